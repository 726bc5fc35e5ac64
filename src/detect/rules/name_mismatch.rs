//! `name-mismatch`

use super::against::report;
use super::sounds::Sounds;
use super::words::runs;
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::lexicon::classes::{countries, nationalities};
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
    doc: "A name that the reference has nowhere, in no spelling and in no part, at a place where the reference has a name that the translation has nowhere. Other spellings of one name, titles, given names left out and names that changed places stay silent. With a source \
          alone: a name that no dictionary has and that sounds like no word of the source, whatever its script; Chinese is read aloud, \
          Japanese names whose reading cannot be known stay silent.",
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
    let is_name = |i: usize| {
        text.tokens[i].kind == Kind::Word
            && text.is_capitalised(i)
            && text.tag_of(i).is_proper()
            && text.normal(i).chars().any(char::is_lowercase)
    };
    // Names of the world have another form in every language; those that no dictionary has are carried over.
    let rare = |k: usize| {
        text.lower(k).chars().count() >= 4
            && !text.lower(k).contains(['-', '.', '&'])
            && entry(text.lower(k)).is_none_or(|known| !known.word && !known.name && known.zipf < 3.6)
    };
    // A given name and a surname are carried over too, where both are unheard of.
    let given = |k: usize| entry(text.lower(k)).is_some_and(|known| known.name && !known.word);
    let person = |names: &Range<usize>| {
        names.len() == 2 && given(names.start) && text.lower(names.start).chars().count() >= 4 && is_person(text, names)
    };
    let mut out = runs(text.tokens.len(), is_name);
    out.retain(|names| names.clone().any(rare) || person(names));
    if out.is_empty() {
        return out;
    }
    let Some(sounds) = Sounds::of(source) else { return Vec::new() };
    out.retain(|names| {
        !names.clone().any(|k| sounds.has(text.lower(k))) && (sounds.carries_given_names() || names.clone().any(rare))
    });
    out
}

/// Whether two names side by side are no place, people or institution.
fn is_person(text: &Analysis<'_>, names: &Range<usize>) -> bool {
    let known = |k: usize| {
        let word = text.lower(k);
        let one = word.strip_suffix('s').unwrap_or(word);
        [word, one].iter().any(|w| countries().contains(w) || nationalities().contains(w))
    };
    let joined = text.slice(names.clone()).to_lowercase();
    let article = names.start.checked_sub(1).is_some_and(|k| text.lower(k) == "the");
    !names.clone().any(known) && !countries().contains(joined.as_str()) && !article
}
