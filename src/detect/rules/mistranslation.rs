//! `mistranslation`

use super::against::report;
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};

pub const RULE: Rule = Rule {
    id: "mistranslation",
    category: "Accuracy/Mistranslation",
    severity: Severity::Minor,
    needs: Needs::Reference,
    english: true,
    summary: "a word or phrase of another sense than the reference's",
    doc: "Content words at one place that neither the thesaurus nor their use makes alike, and words that are more general than the reference's (`reflector` for `mirror`). Synonyms, derivations and other forms of a word stay silent. A reference is one wording of many: the finding is minor, and its confidence falls with the likeness of the words and where the passage as a whole is worded otherwise. A sentence of which half or more differs from the reference, in four places or more, is told as a whole, with the reference's sentence for a repair; in a story that takes the place of the minor differences in it.",
    example: ("a reflector of thirty metres (reference: a mirror of thirty metres)", "a mirror of thirty metres"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    report(passage, story, Fault::Mistranslation, sink);
}
