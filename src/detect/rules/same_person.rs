//! A person whose pronouns change their gender in a story: the part of `gender-mismatch` that needs the whole story.

use super::gender_mismatch::{Gender, PRONOUNS, gender, repair};
use super::people::{is_name_part, name_at};
use crate::config::Severity;
use crate::detect::{Passage, Sink, Story};
use crate::text::Analysis;
use crate::text::vocabulary::entry;

/// Titles that tell a gender.
const TITLES: [(&str, Gender); 8] = [
    ("mr", Gender::Male),
    ("mr.", Gender::Male),
    ("sir", Gender::Male),
    ("mrs", Gender::Female),
    ("mrs.", Gender::Female),
    ("ms", Gender::Female),
    ("ms.", Gender::Female),
    ("miss", Gender::Female),
];

/// What one passage says of a person.
struct Vote<'s, 't> {
    passage: &'s Passage<'t>,
    surname: String,
    gender: Gender,
    /// The tokens that say it.
    tokens: Vec<usize>,
}

/// Reports pronouns and titles of one passage about one person alone, where at least two other passages have the other
/// gender and none has this.
pub fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    if !story.whole || story.reference.is_some() {
        return;
    }
    let surnames = surnames(story);
    if surnames.is_empty() {
        return;
    }
    let votes: Vec<Vote<'_, '_>> =
        story.passages.iter().filter(|p| !p.display).filter_map(|passage| vote(passage, &surnames)).collect();
    for vote in &votes {
        let of =
            |other: &Vote<'_, '_>, same: bool| other.surname == vote.surname && (other.gender == vote.gender) == same;
        let (same, others) =
            (votes.iter().filter(|v| of(v, true)).count(), votes.iter().filter(|v| of(v, false)).count());
        if same > 1 || others < 2 {
            continue;
        }
        for &i in &vote.tokens {
            let found = sink.add(
                vote.passage.tokens_at(i..i + 1),
                format!("{} is of the other gender elsewhere in the story", vote.surname),
            );
            if let Some(repair) = repair(&vote.passage.text, i) {
                found.suggest(repair);
            }
            found.weigh(Severity::Minor).sure(0.6);
        }
    }
}

fn is_given(text: &Analysis<'_>, i: usize) -> bool {
    entry(text.lower(i)).is_some_and(|known| known.name && !known.word)
}

/// The surnames of the persons that the story names in full; those of two persons are left out.
fn surnames(story: &Story<'_>) -> Vec<String> {
    let mut all: Vec<(String, String)> = Vec::new();
    for passage in &story.passages {
        let text = &passage.text;
        let mut i = 0;
        while i < text.tokens.len() {
            let name = name_at(text, i);
            if name.len() >= 2 && is_given(text, name.start) {
                let found = (text.normal(name.end - 1).to_owned(), text.normal(name.start).to_owned());
                if !all.contains(&found) {
                    all.push(found);
                }
            }
            i = name.end.max(i + 1);
        }
    }
    let alone = |surname: &str| all.iter().filter(|(other, _)| other == surname).count() == 1;
    all.iter().filter(|(surname, _)| alone(surname)).map(|(surname, _)| surname.clone()).collect()
}

/// What a passage says of the one person that it is about, if it is about one.
fn vote<'s, 't>(passage: &'s Passage<'t>, surnames: &[String]) -> Option<Vote<'s, 't>> {
    let text = &passage.text;
    let open = |i: &usize| !text.tokens[*i].quoted;
    let named: Vec<usize> = (0..text.tokens.len())
        .filter(|&i| is_name_part(text, i) && surnames.iter().any(|surname| surname == text.normal(i)))
        .collect();
    let first = *named.first().filter(|i| open(i))?;
    let surname = text.normal(first);
    // Anyone else in the passage may be the one.
    let other = |i: usize| {
        let own = named.contains(&i) || named.contains(&(i + 1));
        let person = is_name_part(text, i) && !own && text.tokens[i].spaced && (is_given(text, i) || i > 0);
        let kin = gender(text.lower(i)).is_some() && !PRONOUNS.contains(&text.lower(i));
        let title = TITLES.iter().any(|(title, _)| *title == text.lower(i));
        person && entry(text.lower(i)).is_none_or(|known| !known.word) || kin && !title
    };
    if named.iter().any(|&i| text.normal(i) != surname) || (0..text.tokens.len()).any(other) {
        return None;
    }
    let titles = named
        .iter()
        .filter_map(|&i| i.checked_sub(1))
        .filter_map(|i| TITLES.iter().find(|(title, _)| *title == text.lower(i)).map(|(_, gender)| (i, *gender)));
    let pronouns = (first..text.tokens.len()).filter(|&i| PRONOUNS.contains(&text.lower(i)) && open(&i));
    let all: Vec<(usize, Gender)> = titles.chain(pronouns.filter_map(|i| Some((i, gender(text.lower(i))?)))).collect();
    let gender = all.first()?.1;
    let one = all.iter().all(|(_, other)| *other == gender);
    one.then(|| Vote {
        passage,
        surname: surname.to_owned(),
        gender,
        tokens: all.into_iter().map(|(i, _)| i).collect(),
    })
}
