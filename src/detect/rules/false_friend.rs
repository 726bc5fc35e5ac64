//! `false-friend`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};

pub const RULE: Rule = Rule {
    id: "false-friend",
    category: "Accuracy/Mistranslation",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "a word taken for its look-alike in the source language",
    doc: "`The concurrence between airlines` means their *competition* (French *concurrence*). The words, the context that makes them \
          wrong, and what to write instead are in `corpora/lexicon/`; severity is the entry's own.",
    example: ("the concurrence between airlines", "the competition between airlines"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    super::calque::report(passage, story, sink);
}
