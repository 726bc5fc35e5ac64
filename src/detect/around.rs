//! What is missing has no letters to mark: it is shown on the words around the place, which is how raters mark it and what an
//! editor can see, and its repair has those words too.

use super::{Finding, Passage, Story};
use crate::span::Span;

/// The rule whose findings may have no width.
const RULE: &str = "omission";

/// Marks the words on both sides of what is missing, or the word before it and no mark behind, or the mark before it and a word. Between sentences and paragraphs the place stays without width.
pub(super) fn marked(findings: &mut [Finding], story: &Story<'_>) {
    for finding in findings.iter_mut().filter(|finding| finding.rule == RULE && finding.span.is_empty()) {
        let at = finding.span.start;
        let index = story.passages.partition_point(|passage| passage.offset + passage.text.text.len() < at);
        let Some(passage) = story.passages.get(index).filter(|passage| passage.offset <= at) else { continue };
        let sentence = finding.suggestions.iter().any(|repair| repair.ends_with(STOPS));
        let Some((span, opens)) = around(passage, at - passage.offset, sentence) else { continue };
        let span = passage.at(span);
        let [before, behind] = [span.start.min(at)..at, at..span.end.max(at)].map(|range| &story.text[range]);
        for repair in &mut finding.suggestions {
            *repair = joined(before, repair, behind, opens);
        }
        finding.span = span;
    }
}

/// Marks that end a sentence.
const STOPS: [char; 3] = ['.', '?', '!'];

/// What stands around byte `at` of a passage; at the start of a sentence its first word, unless a whole `sentence` is missing there. With
/// it whether that word has a capital for its place alone.
fn around(passage: &Passage<'_>, at: usize, sentence: bool) -> Option<(Span, bool)> {
    let text = &passage.text;
    let next = text.tokens.partition_point(|token| token.span.end <= at);
    let (left, right) = (next.checked_sub(1).map(|i| &text.tokens[i]), text.tokens.get(next)?);
    match left {
        Some(left) if left.is_word() && !right.is_word() => Some((left.span, false)),
        Some(left) if left.sentence == right.sentence => Some((Span::new(left.span.start, right.span.end), false)),
        _ if sentence => None,
        _ => Some((right.span, !text.tag_of(next).is_proper() && text.normal(next) != "I")),
    }
}

/// What is missing with what stands on both sides of it; `opens` where a sentence began behind it.
fn joined(before: &str, missing: &str, behind: &str, opens: bool) -> String {
    let closed = before.ends_with(',');
    let tight = before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric() && !c.is_whitespace()) && !closed;
    let mut missing = if tight || closed { missing.trim_start_matches(',') } else { missing };
    if tight {
        missing = missing.trim_start();
    }
    if behind.is_empty() {
        missing = missing.trim_end_matches(',');
    }
    let behind = behind.trim_start();
    let mut letters = behind.chars();
    let small = opens && missing.starts_with(char::is_uppercase);
    let first = letters.next().map(|c| if small { c.to_lowercase().collect() } else { String::from(c) });
    let gap = if behind.is_empty() { "" } else { " " };
    format!("{before}{missing}{gap}{}{}", first.unwrap_or_default(), letters.as_str()).trim().to_owned()
}
