//! Persons of a story: their names, and which mentions are of one person.

use crate::detect::lexicon::classes::{countries, is_date, nationalities};
use crate::text::{Analysis, Kind};
use std::ops::Range;

/// Most words of a name that is looked at.
const LONGEST: usize = 4;

/// Whether token `i` may be part of a person's name.
pub fn is_name_part(text: &Analysis<'_>, i: usize) -> bool {
    let Some(token) = text.tokens.get(i) else { return false };
    let (word, lower) = (text.normal(i), text.lower(i));
    token.kind == Kind::Word
        && token.tag.is_proper()
        && word.starts_with(char::is_uppercase)
        && (word.chars().any(char::is_lowercase) || word.len() == 2 && word.ends_with('.'))
        && !countries().contains(lower)
        && !nationalities().contains(lower)
        && !is_date(lower)
}

/// The name that begins at token `i`, of words of one sentence that nothing parts; empty where there is none.
pub fn name_at(text: &Analysis<'_>, i: usize) -> Range<usize> {
    let sentence = text.tokens.get(i).map_or(0, |t| t.sentence);
    let own = |k: usize| {
        is_name_part(text, k)
            && text.tokens[k].sentence == sentence
            && (k == i || text.tokens[k].spaced)
            && text.tokens[k].quoted == text.tokens[i].quoted
    };
    i..(i..i + LONGEST).find(|&k| !own(k)).unwrap_or(i + LONGEST)
}

/// Whether two names, word by word, may be one person's: the same surname and no other given name.
pub fn is_one_person(a: &[&str], b: &[&str]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (Some(first), Some(last)) = (short.first(), short.last()) else { return false };
    let initial = |x: &str, y: &str| x.ends_with('.') && y.starts_with(&x[..x.len() - 1]);
    let given = |x: &str, y: &str| x == y || initial(x, y) || initial(y, x);
    match short.len() {
        1 => long.last() == Some(last),
        _ => long.last() == Some(last) && long.first().is_some_and(|other| given(first, other)),
    }
}

/// The words of a name.
pub fn words<'a>(text: &'a Analysis<'_>, name: &Range<usize>) -> Vec<&'a str> {
    name.clone().map(|k| text.normal(k)).collect()
}
