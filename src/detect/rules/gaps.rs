//! Words of one side that nothing on the other side answers: what `omission` and `addition` are made of.

use crate::align::WordAlignment;
use crate::text::{Analysis, Tag};
use std::ops::Range;

/// Links of words that have less in common are another wording: neither an answer nor a loss.
const LEAST_ALIKE: f32 = 0.2;

/// Words that have so much in common are one word, give or take its form: what a passage that agrees is told by.
const SAME: f32 = 0.65;

/// A run of words without an answer.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The run, from its first to its last token of any kind.
    pub tokens: Range<usize>,
    /// The token of the other side behind which it should stand; `None` at the start.
    pub behind: Option<usize>,
    /// Whether so much is lost, in a passage that otherwise agrees, that no rewording explains it.
    pub certain: bool,
}

fn is_content(text: &Analysis<'_>, i: usize) -> bool {
    text.tag_of(i).is_content()
        && !matches!(text.lemma(i), "be" | "have" | "do" | "also" | "so" | "then" | "there" | "now" | "just")
}

/// The runs of `text` that `links` (to the other side) leave open while the other side has nothing there either.
/// `same` are those of `links` whose words are the same but for their form; `back` are the links of the other side.
fn gaps(
    text: &Analysis<'_>,
    links: &[Option<usize>],
    same: &[Option<usize>],
    other: &Analysis<'_>,
    back: &[Option<usize>],
) -> Vec<Gap> {
    let n = links.len().min(text.tokens.len());
    let content: Vec<usize> = (0..n).filter(|&i| is_content(text, i)).collect();
    let linked = content.iter().filter(|&&i| links[i].is_some()).count();
    // A passage that is worded otherwise all along says nothing about single phrases.
    if content.is_empty() || linked * 2 < other_content(other, back).min(content.len()) {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut i = 0;
    while i < n {
        if links[i].is_some() && !bridges(text, links, i) {
            i += 1;
            continue;
        }
        let start = i;
        while i < n && (links[i].is_none() || bridges(text, links, i)) {
            i += 1;
        }
        if let Some(gap) = judge(text, links, same, other, back, start..i) {
            out.push(gap);
        }
    }
    out
}

fn other_content(other: &Analysis<'_>, back: &[Option<usize>]) -> usize {
    (0..back.len()).filter(|&j| is_content(other, j)).count()
}

/// A linked function word or mark between two unlinked words belongs to the run: its link is chance.
fn bridges(text: &Analysis<'_>, links: &[Option<usize>], i: usize) -> bool {
    let open = |k: Option<usize>| k.and_then(|k| links.get(k)).is_some_and(Option::is_none);
    let small = !is_content(text, i) && text.tag_of(i) != Tag::Punct;
    let jumps = i > 0 && i + 1 < links.len() && {
        let (a, b) = (links[i - 1].or(links.get(i.wrapping_sub(2)).copied().flatten()), links[i]);
        matches!((a, b), (Some(a), Some(b)) if b.abs_diff(a) > 6)
    };
    small && jumps && open(i.checked_sub(1)) && open(Some(i + 1))
}

fn judge(
    text: &Analysis<'_>,
    links: &[Option<usize>],
    same: &[Option<usize>],
    other: &Analysis<'_>,
    back: &[Option<usize>],
    run: Range<usize>,
) -> Option<Gap> {
    let stop = |i: usize| matches!(text.lower(i), "." | "?" | "!");
    // Of the stops around a lost sentence either may be the one that is answered: its own goes with it.
    let run = match links.get(run.end) {
        Some(Some(_)) if stop(run.start) && stop(run.end) => run.start + 1..run.end + 1,
        _ => run,
    };
    let content: Vec<usize> = run.clone().filter(|&i| is_content(text, i)).collect();
    if content.len() < 2 {
        return None;
    }
    let own_stop = links[run.end - 1].filter(|_| stop(run.end - 1));
    let left = own_stop.or_else(|| (0..run.start).rev().find_map(|i| links[i]));
    let right = (run.end..links.len()).find_map(|i| links[i]);
    let (from, to) = match (left, right) {
        (Some(a), Some(b)) if a < b => (a + 1, b),
        // Clauses changed places: what stands between cannot be told.
        (Some(_), Some(_)) => return None,
        (Some(a), None) => (a + 1, back.len()),
        (None, Some(b)) => (0, b),
        (None, None) => return None,
    };
    // Words of the other side at the same place that have no answer either: another wording.
    let rivals = (from..to).filter(|&j| is_content(other, j) && back[j].is_none()).count();
    let near = (from.saturating_sub(4)..(to + 4).min(back.len()))
        .filter(|&j| is_content(other, j) && back[j].is_none())
        .count();
    if rivals > 0 || near * 2 > content.len() {
        return None;
    }
    // The same words may stand elsewhere on the other side, unlinked or linked to their twin: then nothing is lost.
    let elsewhere =
        content.iter().filter(|&&i| (0..other.tokens.len()).any(|j| other.lemma(j) == text.lemma(i))).count();
    if elsewhere * 2 > content.len() {
        return None;
    }
    let mut tokens = run.clone();
    if stop(tokens.start) {
        // A lost sentence: the stop before it stays, its own goes with it.
        tokens.start += 1;
    } else if tokens.start > 0 && stop(tokens.end - 1) && !stop(tokens.start - 1) {
        // A lost phrase at the end: the sentence keeps its stop.
        tokens.end -= 1;
    }
    if !text.tokens[tokens.clone()].iter().any(|t| t.is_word()) {
        return None;
    }
    // Of the other words of this side, how many are answered.
    let rest: Vec<usize> = (0..links.len()).filter(|i| is_content(text, *i) && !run.contains(i)).collect();
    let agreed = rest.iter().filter(|&&i| same[i].is_some()).count();
    let certain = content.len() >= 5 && agreed * 20 >= rest.len() * 17 && agreed >= 3;
    Some(Gap { tokens, behind: left, certain })
}

/// The gaps of the reference (what the translation lacks).
pub fn lacking(a: &Analysis<'_>, b: &Analysis<'_>, words: &WordAlignment) -> Vec<Gap> {
    let (to_b, to_a) = words.alike(LEAST_ALIKE);
    gaps(b, &to_a, &words.alike(SAME).1, a, &to_b)
}

/// The gaps of the translation (what it adds).
pub fn added(a: &Analysis<'_>, b: &Analysis<'_>, words: &WordAlignment) -> Vec<Gap> {
    let (to_b, to_a) = words.alike(LEAST_ALIKE);
    gaps(a, &to_b, &words.alike(SAME).0, b, &to_a)
}
