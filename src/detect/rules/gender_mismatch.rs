//! `gender-mismatch`

use super::words::cased;
use crate::config::Severity;
use crate::detect::facts::Fact;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::{Analysis, Tag};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

pub const RULE: Rule = Rule {
    id: "gender-mismatch",
    category: "Accuracy/Mistranslation",
    severity: Severity::Major,
    needs: Needs::TextOrMore,
    english: true,
    summary: "he for she, or she for he",
    doc: "A pronoun, a title or a word of kinship (`he`, `Mrs`, `brother`) of one gender where the reference has the other at the same \
          place, or speaks of that gender alone. Where the reference has both and the words are not aligned, and for *they*, the rule is \
          silent. With a source alone: pronouns of one gender only, where the source has a pronoun of the other and no word that may \
          stand for the gender of the translation. In a story without a reference: pronouns or a title of a passage about one person \
          alone, who is of the other gender in at least two other passages.",
    example: ("He followed medical advice (reference: She followed medical advice)", "She followed medical advice"),
    check: Check::Both(check, super::same_person::check),
};

/// Words of one gender and of the other, form by form.
const PAIRS: [(&str, &str); 24] = [
    ("he", "she"),
    ("him", "her"),
    ("his", "her"),
    ("his", "hers"),
    ("himself", "herself"),
    ("mr", "ms"),
    ("mr.", "ms."),
    ("mr", "mrs"),
    ("mr.", "mrs."),
    ("man", "woman"),
    ("men", "women"),
    ("boy", "girl"),
    ("boys", "girls"),
    ("father", "mother"),
    ("brother", "sister"),
    ("brothers", "sisters"),
    ("son", "daughter"),
    ("sons", "daughters"),
    ("husband", "wife"),
    ("king", "queen"),
    ("uncle", "aunt"),
    ("actor", "actress"),
    ("spokesman", "spokeswoman"),
    ("grandfather", "grandmother"),
];
/// Pronouns, which stand for whomever the passage is about.
pub const PRONOUNS: [&str; 8] = ["he", "him", "his", "himself", "she", "her", "hers", "herself"];

/// Of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
}

pub fn gender(lower: &str) -> Option<Gender> {
    static GENDERS: OnceLock<FxHashMap<&'static str, Gender>> = OnceLock::new();
    let genders = GENDERS.get_or_init(|| {
        let men = PAIRS.iter().map(|(he, _)| (*he, Gender::Male));
        men.chain(PAIRS.iter().map(|(_, she)| (*she, Gender::Female))).collect()
    });
    genders.get(lower).copied()
}

/// The words of the other gender that `lower` may stand for.
fn others(lower: &str) -> impl Iterator<Item = &'static str> + '_ {
    PAIRS.iter().filter_map(move |(he, she)| match lower {
        _ if lower == *he => Some(*she),
        _ if lower == *she => Some(*he),
        _ => None,
    })
}

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    let Some((words, counterpart)) = passage.words() else {
        against_source(passage, sink);
        return;
    };
    let (text, reference) = (&passage.text, &counterpart.text);
    let pronoun = |lower: &str| PRONOUNS.contains(&lower);
    let genders = |text: &Analysis<'_>| {
        let has = |g| (0..text.tokens.len()).any(|j| pronoun(text.lower(j)) && gender(text.lower(j)) == Some(g));
        (has(Gender::Male), has(Gender::Female))
    };
    let theirs = genders(reference);
    for i in 0..text.tokens.len() {
        let lower = text.lower(i);
        let Some(own) = gender(lower) else { continue };
        let linked = words.to_b.get(i).copied().flatten();
        if linked.is_some_and(|j| gender(reference.lower(j)) == Some(own)) {
            continue;
        }
        // At the same place: linked to its opposite, or between neighbours that are linked to its opposite's.
        let opposite = |j: usize| others(lower).any(|other| reference.lower(j) == other);
        let placed = linked.filter(|&j| opposite(j)).or_else(|| {
            let before = i.checked_sub(1).and_then(|k| words.to_b.get(k).copied().flatten()).map(|j| j + 1);
            let after = words.to_b.get(i + 1).copied().flatten().and_then(|j| j.checked_sub(1));
            before
                .into_iter()
                .chain(after)
                .find(|&j| j < reference.tokens.len() && words.to_a.get(j).copied().flatten().is_none() && opposite(j))
        });
        // Nowhere else: the reference knows this gender not at all.
        let alone = pronoun(lower)
            && match own {
                Gender::Male => theirs == (false, true),
                Gender::Female => theirs == (true, false),
            };
        let other = placed.or_else(|| alone.then(|| (0..reference.tokens.len()).find(|&j| opposite(j))).flatten());
        let (true, Some(j)) = (placed.is_some() || alone, other) else { continue };
        let confidence = match (placed.is_some(), alone) {
            (true, true) => 0.95,
            (true, false) => 0.8,
            _ => 0.65,
        };
        let repair = cased(text.original(i), reference.lower(j));
        sink.add(passage.tokens_at(i..i + 1), format!("the reference says “{}”", reference.original(j)))
            .suggest(repair)
            .sure(confidence)
            .against(reference.tokens[j].span.shifted(counterpart.offset));
    }
}

/// Pronouns of one gender alone, where the source has one of the other and no word that may stand for this one.
fn against_source(passage: &Passage<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let own = |i: &usize| {
        let word = text.lower(*i);
        PRONOUNS.contains(&word).then(|| gender(word)).flatten().is_some()
    };
    let pronouns: Vec<usize> = (0..text.tokens.len()).filter(own).collect();
    let Some(first) = pronouns.first().and_then(|&i| gender(text.lower(i))) else { return };
    // A word of kinship or a title of the other gender has its pronouns too.
    if (0..text.tokens.len()).any(|i| gender(text.lower(i)).is_some_and(|g| g != first)) {
        return;
    }
    let Some(facts) = passage.source_facts() else { return };
    let has = |wanted: &[Fact]| facts.iter().find(|(_, fact)| wanted.contains(fact)).map(|(span, _)| *span);
    let (other, may) = match first {
        Gender::Male => (has(&[Fact::She]), has(&[Fact::He, Fact::MaybeHe])),
        Gender::Female => (has(&[Fact::He]), has(&[Fact::She, Fact::MaybeShe])),
    };
    let (Some(place), None, Some(source)) = (other, may, &passage.source) else { return };
    let said = &source.text.text[place.range()];
    for i in pronouns {
        let found = sink.add(passage.tokens_at(i..i + 1), format!("the source has “{said}” and no word for this"));
        if let Some(repair) = repair(text, i) {
            found.suggest(repair);
        }
        found.sure(0.65);
    }
}

/// The word of the other gender in place of token `i`.
pub fn repair(text: &Analysis<'_>, i: usize) -> Option<String> {
    // The object form of `she` is the possessive's too.
    let other = match text.lower(i) {
        "her" if text.tag_of(i) == Tag::Prps || text.tag_of(i + 1).is_noun() => Some("his"),
        "her" => Some("him"),
        lower => others(lower).next(),
    };
    other.map(|other| cased(text.original(i), other))
}
