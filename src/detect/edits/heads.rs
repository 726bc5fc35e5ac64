//! Nouns that were aligned with a word of the phrase behind the noun that they answer.

use super::{SAME, is_article, is_content};
use crate::align::WordAlignment;
use crate::text::{Analysis, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// How far behind its head a phrase may reach.
const REACH: usize = 8;

/// The alignment with each noun at the head of its phrase: `two groups` answers the `pools` of `two pools of genetic variation`, however
/// alike the groups and the variation are. What stood behind the head is then open.
pub(super) fn rehung<'w>(
    words: &'w WordAlignment,
    text: &Analysis<'_>,
    other: &Analysis<'_>,
) -> Cow<'w, WordAlignment> {
    let mut words = Cow::Borrowed(words);
    for i in 1..words.to_b.len().min(text.tokens.len()) {
        if let Some(head) = words.to_b[i].and_then(|j| head_of(&words, text, i, other, j)) {
            words.to_mut().rehang(i, head);
        }
    }
    words
}

/// The noun before token `j` of `other` that token `i` of `text` answers rather: nothing else does, a preposition parts them, and what
/// stands before it stands before `i`.
fn head_of(words: &WordAlignment, text: &Analysis<'_>, i: usize, other: &Analysis<'_>, j: usize) -> Option<usize> {
    let nouns = text.tag_of(i).is_noun() && other.tag_of(j).is_noun();
    let last = !text.tag_of(i + 1).is_noun() && text.tag_of(i + 1) != Tag::In;
    if words.likeness[i] >= SAME || !nouns || !last || !text.tokens[i - 1].is_word() {
        return None;
    }
    let free =
        |k: usize| words.to_a[k].is_none_or(|a| a == i) && !words.links.iter().any(|link| link.b == k && link.a != i);
    let from = j.saturating_sub(REACH).max(1);
    let head = (from..j).rev().find(|&k| {
        let before = words.to_b[i - 1] == Some(k - 1)
            || is_article(text.tag_of(i - 1))
                && text.lower(i - 1) == other.lower(k - 1)
                && words.to_b[i - 1] != Some(j - 1);
        before && other.tag_of(k).is_noun() && !other.tag_of(k + 1).is_noun()
    })?;
    let behind = head + 1..j;
    (free(head)
        && behind.clone().any(|k| other.tag_of(k) == Tag::In)
        && behind.clone().all(|k| free(k) || is_article(other.tag_of(k))))
    .then_some(head)
}

/// The phrases of `other` that are tied to a word for the word before them: `around the Sun` in `moved around the Sun`, where the
/// translation has `revolved`.
pub(super) fn behind<'w>(words: &'w WordAlignment, other: &'w Analysis<'_>) -> impl Iterator<Item = Range<usize>> + 'w {
    (0..words.to_b.len()).filter_map(|i| {
        let head = words.to_b[i].filter(|&j| is_content(other, j))?;
        let guests = words.links_of(i).iter().filter(|link| link.b > head && link.likeness < SAME).map(|link| link.b);
        let mut end = head + 1;
        for guest in guests.filter(|&k| words.to_a[k].is_none()) {
            if guest == end {
                end += 1;
            }
        }
        let start = (head + 1..end).find(|&k| other.tag_of(k) == Tag::In)?;
        (start..end).any(|k| other.tag_of(k).is_noun() && is_content(other, k)).then_some(start..end)
    })
}
