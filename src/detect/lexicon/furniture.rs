//! Page furniture: lines of web pages that are no part of a story.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::borrow::Cow;

/// Where a boilerplate phrase stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Where {
    /// It is the whole passage or sentence.
    #[default]
    Whole,
    /// The passage begins with it and is short.
    Start,
}

#[derive(Clone, Debug)]
struct Phrase {
    place: Where,
    max_words: usize,
    lang: Cow<'static, str>,
}

/// The phrases that are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Furniture {
    phrases: FxHashMap<Cow<'static, str>, Phrase>,
    longest_start: usize,
    /// What phrases begin with, up to the first space or colon.
    heads: FxHashSet<String>,
}

impl Furniture {
    pub fn add(&mut self, text: Cow<'static, str>, place: Where, max_words: usize, lang: Cow<'static, str>) {
        if place == Where::Start {
            self.longest_start = self.longest_start.max(text.split(' ').count());
        }
        let key = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches(':').trim()),
            Cow::Owned(text) => Cow::Owned(text.trim_end_matches(':').trim().to_owned()),
        };
        self.heads.extend(key.split([' ', ':']).next().map(str::to_owned));
        self.phrases.insert(key, Phrase { place, max_words, lang });
    }

    /// The language of the phrase that `text` is, if it is one; `words` is its length in words.
    pub fn language_of(&self, text: &str, words: usize) -> Option<&str> {
        let normal = crate::text::Normal::new(text);
        let bare = trimmed(normal.text());
        let head = bare.split(|c: char| c == ':' || c.is_whitespace()).next().unwrap_or_default();
        // Most lines begin as no phrase does.
        if bare.starts_with(|c: char| c.is_ascii_alphabetic()) && !self.heads.contains(&head.to_lowercase()) {
            return None;
        }
        let key = plain(bare);
        if let Some(phrase) = self.phrases.get(key.as_str()) {
            // A phrase that may open a longer line is furniture by itself only with its colon.
            return (phrase.place == Where::Whole || words > 0).then_some(phrase.lang.as_ref());
        }
        let mut ends: Vec<usize> = key.match_indices([' ', ':']).map(|x| x.0).take(self.longest_start * 2).collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            let phrase = self.phrases.get(key[..end].trim_end_matches([':', ' ']))?;
            // Only with the colon or at a word's end, and only in a short line.
            (phrase.place == Where::Start && words <= phrase.max_words).then_some(phrase.lang.as_ref())
        })
    }
}

/// A line in normal form without marks and digits at its ends.
fn trimmed(normal: &str) -> &str {
    let trimmed =
        normal.trim_matches(|c: char| !(c.is_alphabetic() || matches!(c, ')' | '(' | '\u{a9}')) || c.is_whitespace());
    let trimmed = if trimmed.is_empty() { normal.trim() } else { trimmed };
    trimmed.trim_matches(['(', ')', '[', ']', '\u{a9}', ' '])
}

/// A trimmed line as furniture is compared: lower case, straight quotes.
fn plain(trimmed: &str) -> String {
    trimmed.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
