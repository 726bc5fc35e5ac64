//! `calque`

use crate::config::Severity;
use crate::detect::lexicon::Kind;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};

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
        let span = passage.tokens_at(hit.tokens);
        // Two entries on one phrase: the first in the lexicon's order speaks.
        if sink.out[from..].iter().any(|f| f.span.touches(span) && !f.span.is_empty()) {
            continue;
        }
        let origin: Vec<&str> = hit.entry.sources.keys().map(String::as_str).take(4).collect();
        let origin = if origin.is_empty() { String::new() } else { format!(" (from {})", origin.join(", ")) };
        let finding = sink.add(span, format!("{}{origin}", hit.entry.reason)).weigh(hit.entry.severity);
        for suggestion in hit.suggestions {
            finding.suggest(suggestion);
        }
    }
}
