//! What the rules on fluency share: which repairs may be reported, and their wording.

use crate::config::Severity;
use crate::detect::{Finding, Passage};
use crate::text::Analysis;
use crate::text::fluency::{Edit, EditKind, Strength};
use std::ops::Range;

/// The repairs of a passage of the given kinds that nothing excuses: the passage is running text, and the reference, where
/// there is one, has not the very same words in a row. Faint ones are reported of what is known to be a translation.
pub fn reportable<'p>(passage: &'p Passage<'_>, kinds: &'static [EditKind]) -> impl Iterator<Item = &'p Edit> {
    let edits = if passage.display { &[] } else { passage.repairs() };
    let translated = passage.reference.is_some() || passage.source.is_some();
    edits.iter().filter(move |e| {
        (translated || e.strength != Strength::Faint)
            && kinds.contains(&e.kind)
            && !supported(passage, e.tokens.clone())
    })
}

/// Whether the reference has the words of `tokens` and their neighbours in the same order.
pub fn supported(passage: &Passage<'_>, tokens: Range<usize>) -> bool {
    let Some(reference) = &passage.reference else { return false };
    let (a, b) = (&passage.text, &reference.text);
    let sentence = a.tokens.get(tokens.start).or(a.tokens.last()).map(|t| a.sentences[t.sentence].clone());
    let Some(sentence) = sentence else { return false };
    let from = tokens.start.saturating_sub(1).max(sentence.start);
    let to = (tokens.end + 1).min(sentence.end);
    to > from + 1
        && (from..to - 1)
            .all(|i| (1..b.tokens.len()).any(|j| b.lower(j - 1) == a.lower(i) && b.lower(j) == a.lower(i + 1)))
}

/// Major where the model is sure, minor elsewhere.
pub fn severity(edit: &Edit) -> Severity {
    if edit.strength == Strength::Strong { Severity::Major } else { Severity::Minor }
}

/// Sets how sure a finding is, where the model is not.
pub fn doubt(finding: &mut Finding, edit: &Edit) {
    if edit.strength == Strength::Faint {
        finding.weigh(Severity::Minor).sure(FAINT);
    }
}

/// Confidence of a finding that the model has but a faint sign of.
const FAINT: f32 = 0.32;

/// Whether tokens `i` and `i + 1` are parted by white space alone and belong to one sentence.
pub fn adjoin(text: &Analysis<'_>, i: usize) -> bool {
    match (text.tokens.get(i), text.tokens.get(i + 1)) {
        (Some(a), Some(b)) => b.spaced && a.sentence == b.sentence && a.quoted == b.quoted,
        _ => false,
    }
}

/// Adds a repair to a finding where it is a word or more.
pub fn mend(finding: &mut Finding, word: String) {
    if !word.is_empty() {
        finding.suggest(word);
    }
}
