//! `antonym`

use super::against::report;
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};

pub const RULE: Rule = Rule {
    id: "antonym",
    category: "Accuracy/Mistranslation",
    severity: Severity::Major,
    needs: Needs::Reference,
    english: true,
    summary: "a word that says the opposite of the reference's",
    doc: "Words that answer one another and are opposites in WordNet (`rise`, `fall`; `support`, `oppose`) or stand at the two ends of a scale (`soar`, `plunge`). The finding is the surer the better the words around it agree; a denial near by is left to `negation`.",
    example: ("Exports rose (reference: Exports fell)", "Exports fell"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    report(passage, story, Fault::Antonym, sink);
}
