//! `calque`

use crate::config::Severity;
use crate::detect::lexicon::Kind;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "calque",
    category: "Style/Unidiomatic",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "a phrase of the source language translated word for word",
    doc: "`The head of Russian diplomacy` is how French says *foreign minister*. The phrases, with what English writes instead, the \
          languages that they come from and the reason, are in `corpora/lexicon/`; severity is the entry's own. Context decides \
          where a phrase is good English elsewhere.",
    example: ("the head of Russian diplomacy", "the Russian foreign minister"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    report(passage, story, Kind::Calque, sink);
}

/// Adds a finding for each entry of `kind` that stands in the passage.
pub(super) fn report(passage: &Passage<'_>, story: &Story<'_>, kind: Kind, sink: &mut Sink<'_>) {
    let from = sink.out.len();
    for hit in story.lexicon.hits(&passage.text, kind) {
        let tokens = hit.tokens.clone();
        let span = passage.tokens_at(hit.tokens);
        // Two entries on one phrase: the first in the lexicon's order speaks.
        if sink.out[from..].iter().any(|f| f.span.touches(span) && !f.span.is_empty()) {
            continue;
        }
        let origin: Vec<&str> = hit.entry.sources.keys().map(String::as_str).take(4).collect();
        let origin = if origin.is_empty() { String::new() } else { format!(" (from {})", origin.join(", ")) };
        let message = format!("{}{origin}", hit.entry.reason);
        if hit.suggestions.first().is_some_and(String::is_empty) {
            let (span, suggestion) = deletion(passage, tokens);
            sink.add(span, message).weigh(hit.entry.severity).suggest(suggestion);
            continue;
        }
        let finding = sink.add(span, message).weigh(hit.entry.severity);
        for suggestion in hit.suggestions {
            finding.suggest(suggestion);
        }
    }
}

/// What goes with a phrase that is to be cut: the space before it; at the head of a sentence the next word, which takes
/// the capital.
fn deletion(passage: &Passage<'_>, tokens: Range<usize>) -> (Span, String) {
    let text = &passage.text;
    let sentence = &text.sentences[text.tokens[tokens.start].sentence];
    let head = sentence.clone().find(|&i| text.tokens[i].is_word()) == Some(tokens.start);
    let comma = text.lower(tokens.end) == ",";
    let next = tokens.end + usize::from(comma && head);
    if head && next < sentence.end && text.tokens[next].is_word() {
        let word = text.original(next);
        let mut chars = word.chars();
        let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
        return (passage.tokens_at(tokens.start..next + 1), first + chars.as_str());
    }
    let start = tokens.start.checked_sub(1).map_or(text.tokens[tokens.start].span.start, |i| text.tokens[i].span.end);
    (passage.at(Span::new(start, text.tokens[tokens.end - 1].span.end)), String::new())
}
