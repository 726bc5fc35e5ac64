//! `name-mismatch`

use super::against::report;
use super::words::{runs, written_before};
use crate::align::sound_of;
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::vocabulary::entry;
use crate::text::{Analysis, Kind};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "name-mismatch",
    category: "Accuracy/Mistranslation",
    severity: Severity::Major,
    needs: Needs::TextOrMore,
    english: true,
    summary: "another name than the reference has at that place",
    doc: "A name that the reference has nowhere, in no spelling and in no part, at a place where the reference has a name that the translation has nowhere. Other spellings of one name, titles, given names left out and names that changed places stay silent. With a source in Latin, \
          Cyrillic or Greek letters alone: a name that no dictionary has and that sounds like no word of the source.",
    example: ("Minister Horvat said (reference: Minister Kranjec said)", "Minister Kranjec said"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    report(passage, story, Fault::Name, sink);
    if let (None, Some(source)) = (&passage.reference, &passage.source) {
        for names in strangers(&passage.text, &source.text) {
            sink.add(passage.tokens_at(names), "a name that nothing in the source sounds like")
                .weigh(Severity::Minor)
                .sure(0.6);
        }
    }
}

/// Runs of names without a word of that sound in a source whose letters say how it sounds.
pub fn strangers(text: &Analysis<'_>, source: &Analysis<'_>) -> Vec<Range<usize>> {
    // Letters that say how names sound: Latin, Greek, Cyrillic.
    if !written_before(source.text, '\u{530}') {
        return Vec::new();
    }
    let theirs: Vec<String> = source.tokens.iter().map(|t| sound_of(&source.text[t.span.range()])).collect();
    let is_name = |i: usize| {
        text.tokens[i].kind == Kind::Word
            && text.is_capitalised(i)
            && text.tag_of(i).is_proper()
            && text.normal(i).chars().any(char::is_lowercase)
    };
    // Names of the world have another form in every language; those that no dictionary has are carried over.
    let rare = |k: usize| {
        text.lower(k).chars().count() >= 4
            && entry(text.lower(k)).is_none_or(|known| !known.word && !known.name && known.zipf < 3.6)
    };
    let mut out = runs(text.tokens.len(), is_name);
    out.retain(|names| names.clone().any(rare) && !names.clone().any(|k| heard(text.lower(k), &theirs)));
    out
}

/// Whether a word of the source sounds like `lower`.
fn heard(lower: &str, theirs: &[String]) -> bool {
    let own = sound_of(lower);
    let head = |sound: &str| sound.chars().take(4).collect::<String>();
    own.len() < 3
        || theirs
            .iter()
            .any(|other| other.len() >= 3 && (head(other) == head(&own) || strsim::jaro_winkler(other, &own) >= 0.78))
}
