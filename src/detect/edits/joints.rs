//! Clauses that the reference joins and the translation runs together.

use super::kin::is_joint;
use super::{Edit, Fault, SAME, View};
use crate::config::Severity;
use crate::detect::BARELY;
use crate::detect::rules::run_ons::splices;
use crate::detect::rules::words::says;
use crate::text::vocabulary::is_spelled;
use crate::text::{Kind, Tag};

/// How plainly two clauses without a joint lack the reference's.
const APART: f32 = 0.45;
/// Words between a conjunction and the verb of the clause that it opens, with that.
const SUBJECT: usize = 6;
/// Verbs that take a clause without *that*, besides those of saying.
const TELLS: [&str; 20] = [
    "be",
    "believe",
    "expect",
    "fear",
    "feel",
    "find",
    "guess",
    "hear",
    "hope",
    "know",
    "learn",
    "mean",
    "realize",
    "see",
    "show",
    "suppose",
    "tell",
    "think",
    "understand",
    "wish",
];
/// Words that put a clause under another one.
const SUBORDINATE: [&str; 14] = [
    "after", "although", "as", "because", "before", "if", "since", "than", "that", "though", "unless", "until",
    "while", "whereas",
];

impl View<'_> {
    /// Conjunctions of the reference before a clause that follows another in the translation with nothing to join them: `has 85,000
    /// employees is part of`.
    pub(super) fn joints(&self, out: &mut Vec<Edit>) {
        for j in 0..self.answered_b.len() {
            let told = |edit: &Edit| {
                matches!(edit.fault, Fault::Omission | Fault::FunctionWord)
                    && edit.confidence >= BARELY
                    && edit.b.contains(&j)
            };
            let lower = self.other.lower(j);
            let joint = matches!(self.other.tag_of(j), Tag::Cc | Tag::Wdt | Tag::Wp)
                || matches!(lower, "when" | "where")
                || SUBORDINATE.contains(&lower) && !matches!(lower, "that" | "than" | "as");
            if !joint || out.iter().any(told) {
                continue;
            }
            if let Some(at) = self.unjoined(j).or_else(|| self.spliced(j)) {
                out.push(Edit::new(Fault::Omission, at..at, j..j + 1, APART, Severity::Minor));
            }
        }
    }

    /// Whether token `i` of the translation may join clauses, other than those before token `j` of the reference.
    fn joins(&self, i: usize, j: usize) -> bool {
        if self.linked(i).is_some_and(|k| k < j && self.words.likeness[i] >= SAME) {
            return false;
        }
        is_joint(self.text.tag_of(i))
            || SUBORDINATE.contains(&self.text.lower(i))
            || matches!(self.text.lower(i), "so" | "then" | "thus" | "therefore" | "however" | "plus")
            || !self.text.tokens[i].is_word() && self.text.lower(i) != ","
    }

    /// Where in the translation a second clause begins that answers the one behind conjunction `j`, if nothing joins it to the first.
    fn unjoined(&self, j: usize) -> Option<usize> {
        let (text, other) = (self.text, self.other);
        let clause = (j + 1..(j + 1 + SUBJECT).min(self.answered_b.len()))
            .take_while(|&k| other.tokens[k].is_word() && other.tag_of(k) != Tag::Cc);
        // The verb or, before it, what carries its tense.
        let finite = |i: usize| {
            let group =
                (i.saturating_sub(3)..=i).rev().take_while(|&k| text.tag_of(k).is_verb() || text.tag_of(k).is_adverb());
            group.into_iter().find(|&k| text.tag_of(k).is_finite())
        };
        let verbs = clause.filter(|&k| other.tag_of(k).is_verb());
        let second = verbs.filter_map(|k| self.words.to_a[k]).find_map(finite)?;
        let sentence = text.sentences[text.tokens[second].sentence].clone();
        let relative = matches!(other.tag_of(j), Tag::Wdt | Tag::Wp);
        let initial = other.sentences[other.tokens[j].sentence].start == j;
        let opens = if initial {
            // `While the port is open, the road is shut.` lacks its first word.
            let third = (second + 1..sentence.end).find(|&i| text.tag_of(i).is_finite())?;
            let between = second + 1..third;
            let comma = between.clone().any(|i| text.lower(i) == ",");
            if !comma || (sentence.start..second).chain(between).any(|i| self.joins(i, j)) {
                return None;
            }
            sentence.start
        } else {
            let first = (sentence.start..second).rev().find(|&i| text.tag_of(i).is_finite())?;
            let between = first + 1..second;
            let one_group = between.clone().all(|i| text.tag_of(i).is_verb() || text.tag_of(i).is_adverb());
            let under = (sentence.start..first).any(|i| {
                SUBORDINATE.contains(&text.lower(i)) || matches!(text.tag_of(i), Tag::Wdt | Tag::Wp | Tag::Wrb)
            });
            let told = says(text, first) || TELLS.contains(&text.lemma(first)) && between.len() <= 2;
            if one_group || under || told || between.clone().any(|i| self.joins(i, j)) {
                return None;
            }
            self.words.to_a.get(j + 1).copied().flatten().filter(|i| between.contains(i)).unwrap_or(second)
        };
        // What a relative clause says more of is a noun.
        if relative && !opens.checked_sub(1).is_some_and(|i| text.tag_of(i).is_noun() || text.lower(i) == ",") {
            return None;
        }
        // A joint that is misspelled is one.
        let place = if initial { opens } else { opens.checked_sub(1)? };
        let misspelled = text.tokens[place].kind == Kind::Word && !is_spelled(text.lower(place));
        (!misspelled).then_some(opens)
    }

    /// Where a comma alone joins two sentences of the translation, for a conjunction `j` that nothing answers.
    fn spliced(&self, j: usize) -> Option<usize> {
        if self.answered_b[j] {
            return None;
        }
        let sentence = self.other.tokens.get(j)?.sentence;
        let joined = |i: usize| self.linked(i).is_none_or(|k| self.other.tokens[k].sentence == sentence);
        let commas = self.text.sentences.iter().flat_map(|s| s.clone().map(move |i| (s, i)));
        let found =
            commas.filter(|&(_, i)| self.text.lower(i) == ",").find(|&(s, i)| joined(i) && splices(self.text, s, i));
        found.map(|(_, i)| i + 1)
    }
}
