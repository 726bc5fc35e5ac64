//! Times and moods of verbs that answer one another.

use super::kind::Kind;
use super::pair::{Found, Pair, SAME};
use crate::align::WordAlignment;
use crate::detect::{Group, Time, group, next_verb, says};
use crate::text::{Analysis, Tag};

/// What a verb group says of the time of its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Past,
    Present,
    Future,
}

/// What a verb group says of its truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    Plain,
    May,
    Must,
}

pub(super) fn differences(pair: &Pair<'_>, back: &WordAlignment) -> Vec<Found> {
    let (a, b) = (pair.a, pair.b);
    let mut found: Vec<Found> = Vec::new();
    if pair.display {
        return found;
    }
    for i in 0..a.tokens.len() {
        let Some(j) = pair.to_b(i) else { continue };
        if !a.tag_of(i).is_verb() || !b.tag_of(j).is_verb() || helps(a, i) || helps(b, j) {
            continue;
        }
        let (x, y) = (group(a, i), group(b, j));
        if found.iter().any(|other| other.a == x.tokens)
            || a.slice(x.tokens.clone()).eq_ignore_ascii_case(b.slice(y.tokens.clone()))
        {
            continue;
        }
        // Both directions agree on the pair, and the verb is one and the same, or stands at the same place.
        let mutual = back.to_b.get(j).copied().flatten() == Some(i);
        let same = a.lemma(i) == b.lemma(j);
        let alike = same || pair.words.likeness[i] >= SAME || pair.parallel(&x.tokens, &y.tokens) == 2;
        if !mutual || !alike {
            continue;
        }
        if let Some((kind, message)) = judged(pair, &x, &y, same) {
            found.push(Found::new(kind, x.tokens.clone(), y.tokens.clone(), message));
        }
    }
    found
}

/// Whether the form of *be*, *have* or *do* at `i` is the auxiliary of another verb.
fn helps(text: &Analysis<'_>, i: usize) -> bool {
    let end = text.sentences.get(text.tokens[i].sentence).map_or(text.tokens.len(), |sentence| sentence.end);
    matches!(text.lemma(i), "be" | "have" | "do") && next_verb(text, i, end)
}

fn judged(pair: &Pair<'_>, x: &Group, y: &Group, same: bool) -> Option<(Kind, &'static str)> {
    let (a, b) = (pair.a, pair.b);
    let speech = says(a, x.main) || says(b, y.main);
    let quoted = a.tokens[x.main].quoted == b.tokens[y.main].quoted;
    if let Some((p, q)) = truth(a, x).zip(truth(b, y))
        && p != q
        && quoted
        && same
        && !hedged(a, x)
        && !hedged(b, y)
    {
        return Some((Kind::Modality, "what is, and what may or must be"));
    }
    if let Some((p, q)) = time(a, x).zip(time(b, y))
        && p != q
    {
        let far = p != When::Present && q != When::Present;
        return Some(if far && quoted && !speech && same {
            (Kind::Time, "past and future")
        } else if same {
            (Kind::Tense, "another tense")
        } else {
            return None;
        });
    }
    (same
        && x.time != Time::None
        && y.time != Time::None
        && (x.perfect != y.perfect || x.progressive != y.progressive || x.time != y.time))
        .then_some((Kind::Tense, "another tense or aspect"))
}

/// The time of an event; a perfect tells of the past.
fn time(text: &Analysis<'_>, g: &Group) -> Option<When> {
    let first = g.tokens.start;
    let going = text.lemma(g.tokens.start.saturating_sub(1)) == "go" && text.tag_of(first) == Tag::To;
    match g.time {
        _ if going => Some(When::Future),
        Time::Past => Some(When::Past),
        Time::Present if g.perfect => Some(When::Past),
        Time::Present => Some(When::Present),
        Time::Future if g.perfect => None,
        Time::Future => Some(When::Future),
        Time::Modal | Time::None => None,
    }
}

/// Whether a statement is made of what is, may be or must be; none where the form leaves it open.
fn truth(text: &Analysis<'_>, g: &Group) -> Option<Truth> {
    let first = text.lower(g.tokens.start);
    match g.time {
        Time::Modal if matches!(first, "may" | "might") => Some(Truth::May),
        Time::Modal if matches!(first, "must" | "should" | "shall") => Some(Truth::Must),
        Time::Past | Time::Present | Time::Future => Some(Truth::Plain),
        _ => None,
    }
}

/// Whether other words beside the verb say that it may or must be.
fn hedged(text: &Analysis<'_>, g: &Group) -> bool {
    let around = g.tokens.start.saturating_sub(4)..(g.tokens.end + 3).min(text.tokens.len());
    around.into_iter().any(|i| {
        matches!(
            text.lower(i),
            "likely"
                | "possibly"
                | "perhaps"
                | "maybe"
                | "probably"
                | "possible"
                | "potentially"
                | "can"
                | "could"
                | "need"
                | "needs"
                | "needed"
                | "required"
                | "necessary"
                | "if"
                | "would"
                | "whether"
                | "supposed"
                | "obliged"
        ) || matches!(text.lemma(i), "want" | "wish" | "have") && text.tag_of(i + 1) == Tag::To
    })
}
