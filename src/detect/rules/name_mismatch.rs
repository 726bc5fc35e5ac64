//! `name-mismatch`

use super::against::report;
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};

pub const RULE: Rule = Rule {
    id: "name-mismatch",
    category: "Accuracy/Mistranslation",
    severity: Severity::Major,
    needs: Needs::Reference,
    english: true,
    summary: "another name than the reference has at that place",
    doc: "A name that the reference has nowhere, in no spelling and in no part, at a place where the reference has a name that the translation has nowhere. Other spellings of one name, titles, given names left out and names that changed places stay silent.",
    example: ("Minister Horvat said (reference: Minister Kranjec said)", "Minister Kranjec said"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    report(passage, Fault::Name, sink);
}
