//! `gender-mismatch`

use super::words::cased;
use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::Analysis;

pub const RULE: Rule = Rule {
    id: "gender-mismatch",
    category: "Accuracy/Mistranslation",
    severity: Severity::Major,
    needs: Needs::Reference,
    english: true,
    summary: "he for she, or she for he",
    doc: "A pronoun, a title or a word of kinship (`he`, `Mrs`, `brother`) of one gender where the reference has the other at the same \
          place, or speaks of that gender alone. Where the reference has both and the words are not aligned, and for *they*, the rule is \
          silent.",
    example: ("He followed medical advice (reference: She followed medical advice)", "She followed medical advice"),
    check: Check::Passage(check),
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
const PRONOUNS: [&str; 8] = ["he", "him", "his", "himself", "she", "her", "hers", "herself"];

#[derive(Clone, Copy, PartialEq)]
enum Gender {
    Male,
    Female,
}

fn gender(lower: &str) -> Option<Gender> {
    PAIRS.iter().find_map(|(he, she)| match lower {
        _ if lower == *he => Some(Gender::Male),
        _ if lower == *she => Some(Gender::Female),
        _ => None,
    })
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
    let Some((words, counterpart)) = passage.words() else { return };
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
