//! `unrelated`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::numbers::Number;
use crate::text::thesaurus::{Entry, Relation};
use crate::text::vocabulary::entry;
use crate::text::{Analysis, Kind, foreign_numbers};

pub const RULE: Rule = Rule {
    id: "unrelated",
    category: "Accuracy/Mistranslation",
    severity: Severity::Critical,
    needs: Needs::TextOrMore,
    english: true,
    summary: "a passage that has nothing in common with its reference",
    doc: "Hardly a content word, name or number of the passage is in its reference, under any form or related word: another segment's \
          translation, or none at all. The whole passage is flagged and no smaller difference in it. With a source alone: both have names or numbers, and none in common.",
    example: (
        "Prices rose in May. (reference: The bridge will be closed at night.)",
        "The bridge will be closed at night.",
    ),
    check: Check::Passage(check),
};

/// Content words from which on a passage can be told from another, and those that are enough where names or numbers differ too, or
/// hardly a word is even distantly like one of the other side: a short line is soon put into other words altogether.
const ENOUGH: usize = 8;
const FEWEST: usize = 4;

/// Whether the passage and its reference are about different things.
pub fn is_unrelated(text: &Analysis<'_>, reference: &Analysis<'_>) -> bool {
    let (own, theirs) = (content(text), content(reference));
    let least = own.len().min(theirs.len());
    if least < FEWEST {
        return false;
    }
    let distant = least < ENOUGH && !facts_differ(text, reference);
    // In halves: a related word says less than the word itself.
    let strange = |shared: usize| {
        shared * 4 < own.len() && shared * 4 < theirs.len() || shared <= 2 && own.len() >= 7 && theirs.len() >= 7
    };
    let same = |i: usize| theirs.iter().any(|&j| is_same(text.lemma(i), reference.lemma(j)));
    let (mut shared, mut rest) = (0, Vec::new());
    for i in own.iter().copied() {
        if !same(i) {
            rest.push(i);
            continue;
        }
        // The more is shared, the less strange: mostly a few words say it.
        shared += 2;
        if !strange(shared) {
            return false;
        }
    }
    if !strange(shared) {
        return false;
    }
    let alike = if distant { 0.45 } else { 0.65 };
    let entries: Vec<(Entry, f32)> = theirs.iter().filter_map(|&j| known_word(reference.lemma(j))).collect();
    for (x, length) in rest.into_iter().filter_map(|i| known_word(text.lemma(i))) {
        let related = |y: Entry| {
            x.kinship(y).is_some_and(|kin| {
                distant || kin.usual && matches!(kin.relation, Relation::Synonym | Relation::Derivation)
            })
        };
        shared += usize::from(entries.iter().any(|&(y, theirs)| related(y) || x.cosine(length, y, theirs) > alike));
        if !strange(shared) {
            return false;
        }
    }
    true
}

/// Whether both sides have names or numbers, and none in common.
fn facts_differ(text: &Analysis<'_>, reference: &Analysis<'_>) -> bool {
    let facts = |text: &Analysis<'_>| -> Vec<String> {
        let is_fact = |i: &usize| {
            text.tokens[*i].kind == Kind::Number
                || text.tag_of(*i).is_proper() && entry(text.lower(*i)).is_none_or(|e| !e.word)
        };
        (0..text.tokens.len()).filter(is_fact).map(|i| text.lower(i).to_owned()).collect()
    };
    let (own, theirs) = (facts(text), facts(reference));
    let alike = |x: &String, y: &String| x.starts_with(y.as_str()) || y.starts_with(x.as_str());
    !own.is_empty() && !theirs.is_empty() && !own.iter().any(|x| theirs.iter().any(|y| alike(x, y)))
}

/// A word of the thesaurus and the length of its vector.
fn known_word(lemma: &str) -> Option<(Entry, f32)> {
    Entry::of(lemma).map(|entry| (entry, entry.length()))
}

/// Whether two lemmas are one, or have five letters of a stem in common.
fn is_same(x: &str, y: &str) -> bool {
    let stem = |word: &str| word.char_indices().nth(5).map(|(at, _)| at);
    x.as_bytes().first() == y.as_bytes().first()
        && (x == y || stem(x).zip(stem(y)).is_some_and(|(p, q)| x[..p] == y[..q]))
}

/// Whether names and numbers of a passage and its source have nothing in common, though both have some.
fn is_foreign_to(text: &Analysis<'_>, source: &Analysis<'_>) -> bool {
    let numbers = |text: &Analysis<'_>| -> Vec<String> {
        let digits = |i: usize| text.lower(i).chars().filter(char::is_ascii_digit).collect::<String>();
        (0..text.tokens.len()).map(digits).filter(|d| !d.is_empty()).collect()
    };
    let (own, theirs) = (numbers(text), numbers(source));
    let values = foreign_numbers(source);
    let told = |n: &Number| values.iter().any(|(_, v)| v.iter().any(|x| (x - n.value).abs() <= n.value.abs() * 1e-6));
    if own.iter().any(|n| theirs.contains(n)) || crate::text::numbers::numbers(text).iter().any(told) {
        return false;
    }
    let names = super::name_mismatch::strangers(text, source);
    let all_names =
        (0..text.tokens.len()).filter(|&i| i > 0 && text.tag_of(i).is_proper() && text.is_capitalised(i)).count();
    let strange: usize = names.iter().map(std::ops::Range::len).sum();
    let numbered = !own.is_empty() && !theirs.is_empty();
    // Digits are compared as they are written: Chinese and Japanese count in ten thousands.
    let digits = !source.text.chars().any(|c| c >= '\u{2e80}');
    // One long name may be a translated institution.
    let several = names.len() >= 2 || names.iter().any(|run| run.len() == 2);
    several && strange == all_names
        || digits && numbered && strange > 0 && strange == all_names
        || digits && own.len() >= 2 && theirs.len() >= 2
        || numbered && all_names == 0 && lengths_differ(text, source)
}

/// Whether one side is far longer than any translation of the other.
fn lengths_differ(text: &Analysis<'_>, source: &Analysis<'_>) -> bool {
    let letters = |text: &str| text.chars().map(|c| if c >= '\u{2e80}' { 2.6 } else { 1.0 }).sum::<f64>();
    let ratio = letters(text.text) / letters(source.text).max(1.0);
    !(0.5..=2.0).contains(&ratio)
}

fn content(text: &Analysis<'_>) -> Vec<usize> {
    (0..text.tokens.len())
        .filter(|&i| {
            matches!(text.tokens[i].kind, Kind::Word | Kind::Number)
                && text.tag_of(i).is_content()
                && !matches!(
                    text.lemma(i),
                    "be" | "have" | "do" | "say" | "make" | "also" | "other" | "more" | "year" | "time" | "people"
                )
        })
        .collect()
}

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    let Some(reference) = &passage.reference else {
        if passage.source.as_ref().is_some_and(|source| is_foreign_to(&passage.text, &source.text)) {
            let first = passage.text.tokens.iter().position(crate::text::Token::is_word).unwrap_or(0);
            sink.add(
                passage.tokens_at(first..passage.text.tokens.len()),
                "no name and no number of this is in the source, nor any of the source in this",
            )
            .weigh(Severity::Major)
            .sure(0.6);
        }
        return;
    };
    if passage.is_unrelated() {
        let whole = Span::new(0, reference.text.text.len());
        let first = passage.text.tokens.iter().position(crate::text::Token::is_word).unwrap_or(0);
        let span = passage.tokens_at(first..passage.text.tokens.len());
        sink.add(span, "nothing of this is in the reference")
            .suggest(reference.text.text)
            .sure(0.85)
            .against(whole.shifted(reference.offset));
    }
}
