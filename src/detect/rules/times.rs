//! Verbs that no verb of the reference answers, held against the times that the reference knows at all: the part of
//! `tense-drift` that needs no alignment.

use super::verbs::{Group, Time, group, next_verb};
use super::words::says;
use crate::text::{Analysis, Tag};

/// What the verbs of a passage show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Times {
    past: bool,
    present: bool,
    future: bool,
    modal: bool,
    perfect: bool,
    progressive: bool,
}

/// The verb groups of a passage, by their main verbs.
pub fn groups(text: &Analysis<'_>) -> Vec<Group> {
    let main = |i: usize| {
        let end = text.sentences[text.tokens[i].sentence].end;
        text.tag_of(i).is_verb() && !(matches!(text.lemma(i), "be" | "have" | "do") && next_verb(text, i, end))
    };
    (0..text.tokens.len()).filter(|&i| main(i)).map(|i| group(text, i)).collect()
}

impl Times {
    /// The times of a reference.
    pub fn of(text: &Analysis<'_>) -> Self {
        let mut out = Self::default();
        for g in groups(text) {
            match g.time {
                // A perfect is told in either.
                Time::Present if g.perfect => (out.present, out.past) = (true, true),
                Time::Present => out.present = true,
                Time::Past => out.past = true,
                Time::Future => out.future = true,
                Time::Modal => out.modal = true,
                Time::None => {}
            }
            out.perfect |= g.perfect;
            out.progressive |= g.progressive;
        }
        // `is to be built`, `going to`, and participles, which may stand for any shade.
        out.future |= (1..text.tokens.len()).any(|i| {
            text.tag_of(i) == Tag::To && matches!(text.lemma(i - 1), "be" | "go" | "plan" | "expect" | "intend")
        });
        out
    }

    /// What a verb group shows that the passage which these are the times of knows nowhere, and the group as it would stand without.
    pub fn lacks(&self, text: &Analysis<'_>, g: &Group) -> Option<(&'static str, Vec<String>)> {
        let finite = self.past || self.present || self.future || self.modal;
        if !finite || text.tokens[g.main].quoted {
            return None;
        }
        // The time that the reference tells in, for a group that cannot keep its own.
        let told = match g.time {
            Time::Past if self.past || !self.present => Time::Past,
            Time::Present if self.present || !self.past => Time::Present,
            _ if self.past && !self.present => Time::Past,
            _ => Time::Present,
        };
        let (message, time, perfect) = if g.progressive && !self.progressive {
            let kept = if matches!(g.time, Time::Past | Time::Present) { told } else { g.time };
            ("a progressive; the reference has none", kept, g.perfect && self.perfect)
        } else {
            match g.time {
                Time::Future if !self.future => ("future tense; the reference has none", told, false),
                Time::Past if !g.perfect && !self.past && self.present && !self.modal => {
                    ("past tense; the reference has the present", Time::Present, false)
                }
                Time::Present if !g.perfect && !self.present && self.past && !says(text, g.main) => {
                    ("present tense; the reference has the past", Time::Past, false)
                }
                Time::Present | Time::Past if g.perfect && !self.perfect && !self.modal => {
                    ("a perfect; the reference has none", if self.past { Time::Past } else { Time::Present }, false)
                }
                _ => return None,
            }
        };
        Some((message, g.told(text, time, perfect, g.progressive && self.progressive)))
    }
}
