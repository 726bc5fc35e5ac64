//! Page furniture: lines of web pages that are no part of a story.

use rustc_hash::FxHashMap;
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
    /// Letters of the longest phrase, and words of the longest line that a phrase opens.
    most_letters: usize,
    most_words: usize,
}

impl Furniture {
    pub fn add(&mut self, text: Cow<'static, str>, place: Where, max_words: usize, lang: Cow<'static, str>) {
        if place == Where::Start {
            self.longest_start = self.longest_start.max(text.split(' ').count());
            self.most_words = self.most_words.max(max_words);
        }
        self.most_letters = self.most_letters.max(text.chars().count());
        let key = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches(':').trim()),
            Cow::Owned(text) => Cow::Owned(text.trim_end_matches(':').trim().to_owned()),
        };
        self.phrases.insert(key, Phrase { place, max_words, lang });
    }

    /// The language of the phrase that `text` is, if it is one; `words` is its length in words.
    pub fn language_of(&self, text: &str, words: usize) -> Option<&str> {
        // What has more letters than any phrase is none, and too long a line is opened by none.
        let letters = text.bytes().map(|byte| usize::from(byte.is_ascii_alphabetic())).sum::<usize>();
        if letters > self.most_letters && words > self.most_words {
            return None;
        }
        let key = plain(text);
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

/// A line as furniture is compared: lower case, straight quotes, without marks and digits at its ends.
fn plain(text: &str) -> String {
    let normal = crate::text::Normal::new(text);
    let trimmed = normal
        .text()
        .trim_matches(|c: char| !(c.is_alphabetic() || matches!(c, ')' | '(' | '\u{a9}')) || c.is_whitespace());
    let trimmed = if trimmed.is_empty() { normal.text().trim() } else { trimmed };
    let trimmed = trimmed.trim_matches(['(', ')', '[', ']', '\u{a9}', ' ']);
    trimmed.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
