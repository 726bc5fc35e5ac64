//! Names that one side has and the other has not, and pronouns of another person.

use super::kind::Kind;
use super::pair::{Found, Pair, is_initial};
use crate::align::sound_of;
use crate::detect::{Person, is_date, is_initials, is_initials_of, is_proper_name};
use crate::text::thesaurus::{Entry, Relation};
use crate::text::vocabulary::entry;
use crate::text::{Analysis, Kind as TokenKind};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// How alike two names sound that are one name in two spellings, 0 to 1.
const ONE_NAME: f64 = 0.8;
/// Words between two names that may answer one another.
const APART: usize = 2;

/// The words of both whole texts, in lower case: a name that is told elsewhere is no news.
pub(super) struct Known(FxHashSet<String>, FxHashSet<String>);

impl Known {
    pub fn new(a: &str, b: &str) -> Self {
        let words = |text: &str| {
            let parts = text.split(|c: char| !c.is_alphanumeric());
            parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
        };
        Self(words(a), words(b))
    }
}

pub(super) fn differences(pair: &Pair<'_>, known: &Known) -> Vec<Found> {
    let mut found = Vec::new();
    if !pair.display {
        names(pair, known, &mut found);
    }
    persons(pair, &mut found);
    found
}

/// Names that the other side has nowhere: those at one place are two names, the others stand alone.
fn names(pair: &Pair<'_>, known: &Known, found: &mut Vec<Found>) {
    let own = strangers(pair.a, pair.b);
    let mut theirs = strangers(pair.b, pair.a);
    for a in own {
        let near = |b: &Range<usize>| {
            let linked = a.clone().any(|i| pair.to_b(i).is_some_and(|j| b.contains(&j)));
            let before =
                a.start.checked_sub(1).and_then(|i| pair.to_b(i)).is_some_and(|j| j < b.start && b.start - j <= APART);
            let behind = pair.to_b(a.end).is_some_and(|j| j >= b.end && j - b.end < APART);
            linked || before || behind
        };
        if let Some(k) = theirs.iter().position(near) {
            let b = theirs.remove(k);
            let (x, y) = (pair.a.slice(a.clone()), pair.b.slice(b.clone()));
            let found_here = if one_name(x, y) || is_place_or_nation(pair, &a, &b) {
                Found::new(Kind::NameSpelling, a, b, "two spellings of a name")
            } else if is_proper_name(pair.a, a.clone()) || is_proper_name(pair.b, b.clone()) {
                Found::new(Kind::Name, a, b, "another name")
            } else {
                continue;
            };
            found.push(found_here);
            continue;
        }
        if is_news(pair.a, &a, &known.1) && !answered(&a, &pair.words.to_b, &pair.words.likeness) {
            let at = pair.place_in_b(a.start);
            found.push(Found::new(Kind::Name, a, at..at, "a name that one side alone gives"));
        }
    }
    let back = pair.back_likeness();
    for b in theirs {
        if is_news(pair.b, &b, &known.0) && !answered(&b, &pair.words.to_a, &back) {
            let at = pair.place_in_a(b.start);
            found.push(Found::new(Kind::Name, at..at, b, "a name that one side alone gives"));
        }
    }
}

/// Whether any of the words has its like on the other side.
fn answered(range: &Range<usize>, links: &[Option<usize>], likeness: &[f32]) -> bool {
    range.clone().any(|i| links.get(i).copied().flatten().is_some() && likeness.get(i).is_some_and(|like| *like > 0.3))
}

/// Whether a name is one that no word of the other text sounds like, and no common word.
fn is_news(text: &Analysis<'_>, range: &Range<usize>, other: &FxHashSet<String>) -> bool {
    let told = |i: usize| {
        let lower = text.lower(i);
        other.contains(lower) || other.iter().any(|word| word.chars().count() >= 3 && one_name(lower, word))
    };
    is_proper_name(text, range.clone()) && !range.clone().any(told)
}

/// Whether two names are one, heard.
pub(super) fn one_name(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (x, y) = (sound_of(&a), sound_of(&b));
    // Iceland and Ireland look alike, and are two.
    let known = |name: &str| entry(name).is_some_and(|known| known.zipf >= 3.0);
    if a != b && x != y && known(&a) && known(&b) {
        return false;
    }
    x.len() >= 2 && y.len() >= 2 && strsim::jaro_winkler(&x, &y) >= ONE_NAME || strsim::jaro_winkler(&a, &b) >= 0.88
}

/// Whether the two are a country and its people, or the like.
fn is_place_or_nation(pair: &Pair<'_>, a: &Range<usize>, b: &Range<usize>) -> bool {
    a.len() == 1 && b.len() == 1 && related(pair.a.lower(a.start), pair.b.lower(b.start))
}

fn related(a: &str, b: &str) -> bool {
    let kin = Entry::of(a).zip(Entry::of(b)).and_then(|(x, y)| x.kinship(y));
    kin.is_some_and(|kin| matches!(kin.relation, Relation::Synonym | Relation::Derivation))
}

/// Runs of names of `text` that `other` has in no spelling and no part.
fn strangers(text: &Analysis<'_>, other: &Analysis<'_>) -> Vec<Range<usize>> {
    let words: Vec<(&str, String)> = (0..other.tokens.len())
        .filter(|&j| other.tokens[j].is_word())
        .map(|j| (other.lower(j), sound_of(other.lower(j))))
        .collect();
    let is_name = |i: usize| {
        let lower = text.lower(i);
        text.tokens[i].kind == TokenKind::Word
            && text.is_capitalised(i)
            && text.tag_of(i).is_proper()
            && lower.chars().count() >= 2
            && !is_date(lower)
            && !lower.contains('-')
            && !(is_initial(text, i) && entry(lower).is_some_and(|known| known.word && known.zipf >= 3.0))
    };
    let is_known = |i: usize| {
        let lower = text.lower(i);
        let sound = sound_of(lower);
        words.iter().any(|(word, other_sound)| {
            lower == *word
                || lower.len() >= 4 && word.len() >= 4 && (lower.starts_with(word) || word.starts_with(lower))
                || word.contains('-') && word.split('-').any(|part| part == lower)
                || related(lower, word)
                || sound.len() >= 3 && sound == *other_sound
                || lower.chars().take(4).eq(word.chars().take(4)) && lower.chars().count() >= 5
        }) || (0..other.tokens.len()).any(|j| is_initials(lower, other, j))
    };
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut i = 0;
    while i < text.tokens.len() {
        if !is_name(i) {
            i += 1;
            continue;
        }
        let mut start = i;
        while i < text.tokens.len() && is_name(i) {
            i += 1;
        }
        // A title that both sides give (`Minister Horvat`) does not make the name behind it the same.
        let title = |k: usize| entry(text.lower(k)).is_some_and(|known| known.word && known.zipf >= 3.0) && is_known(k);
        while start + 1 < i && title(start) {
            start += 1;
        }
        let run = start..i;
        // A name with one of its words on the other side is that name; its initials are too.
        if !run.clone().any(is_known) && !is_initials_of(text, run.clone(), other) {
            out.push(run);
        }
    }
    out
}

/// Pronouns that answer one another and are of another person or gender.
fn persons(pair: &Pair<'_>, found: &mut Vec<Found>) {
    for i in 0..pair.a.tokens.len() {
        let Some(j) = pair.to_b(i) else { continue };
        let Some((p, q)) = Person::of(pair.a.lower(i)).zip(Person::of(pair.b.lower(j))) else { continue };
        // *It* may stand for anybody.
        if p == q || p == Person::It || q == Person::It || pair.parallel(&(i..i + 1), &(j..j + 1)) == 0 {
            continue;
        }
        // What is quoted on one side and reported on the other changes its person and says the same.
        let quoted = pair.a.tokens[i].quoted == pair.b.tokens[j].quoted;
        match (p.min(q), p.max(q)) {
            (Person::He, Person::She) => found.push(Found::new(Kind::Gender, i..i + 1, j..j + 1, "another gender")),
            // Anyone may be told as *you* or *we*.
            (Person::We, Person::You) => {}
            _ if quoted => found.push(Found::new(Kind::Person, i..i + 1, j..j + 1, "another person")),
            _ => {}
        }
    }
}
