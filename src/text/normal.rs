//! The normal form of a text, and the way back to the original.
//!
//! Rules compare words in one spelling of each character: NFC, with straight quotes, plain spaces, ASCII in place of
//! full-width forms and ligatures, and without invisible characters. The original is kept; every place of the normal
//! form knows where it comes from.

use crate::span::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in normal form with a map to the original.
#[derive(Clone, Debug)]
pub struct Normal {
    text: String,
    /// Rising in both texts: where characters were replaced, and where copied ones go on.
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    normal: usize,
    original: usize,
    /// Of a replaced cluster, where it ends in the original; copied bytes follow their step one by one.
    replaced: Option<usize>,
}

impl Normal {
    /// Brings `original` into normal form.
    ///
    /// ```
    /// use fauxami::text::Normal;
    /// let normal = Normal::new("the\u{a0}cafe\u{301}’s “plan”");
    /// assert_eq!(normal.text(), "the café's \"plan\"");
    /// let at = normal.text().find("plan").unwrap();
    /// assert_eq!(normal.original(at), "the\u{a0}cafe\u{301}’s “".len());
    /// ```
    #[must_use]
    pub fn new(original: &str) -> Self {
        if original.is_ascii() {
            return Self { text: original.to_owned(), steps: Vec::new() };
        }
        let mut normal = Self { text: String::with_capacity(original.len()), steps: Vec::new() };
        let mut chars = original.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            // Before ASCII, a character of ASCII stands as it is.
            if c.is_ascii() && chars.peek().is_none_or(|(_, next)| next.is_ascii()) {
                normal.text.push(c);
                continue;
            }
            let mut end = at + c.len_utf8();
            let from = normal.text.len();
            while let Some(&(_, next)) = chars.peek() {
                // A base letter takes its combining marks, a Hangul syllable its vowel and tail.
                if !(is_combining_mark(next) || ('\u{1160}'..='\u{11ff}').contains(&next)) || next.is_ascii() {
                    break;
                }
                end += next.len_utf8();
                chars.next();
            }
            if end == at + c.len_utf8() {
                match fold(c) {
                    Fold::Keep => normal.text.push(c),
                    Fold::Drop => {}
                    Fold::To(text) => normal.text.push_str(text),
                    Fold::Compatible => normal.text.extend(std::iter::once(c).nfkc()),
                }
            } else {
                normal.text.extend(original[at..end].nfc());
            }
            let copied = normal.text.len() - from == end - at && normal.text[from..] == original[at..end];
            if !copied {
                if normal.text.len() > from {
                    normal.step(Step { normal: from, original: at, replaced: Some(end) });
                }
                normal.step(Step { normal: normal.text.len(), original: end, replaced: None });
            }
        }
        normal
    }

    fn step(&mut self, step: Step) {
        // Behind dropped characters the later place is the one that the next character has.
        if self.steps.last().is_some_and(|last| last.normal == step.normal) {
            self.steps.pop();
        }
        self.steps.push(step);
    }

    /// The step that holds byte `at` of the normal form.
    fn step_at(&self, at: usize) -> Option<Step> {
        self.steps.partition_point(|step| step.normal <= at).checked_sub(1).map(|n| self.steps[n])
    }

    /// The text in normal form.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the original from which byte `at` of the normal form comes. Inside what replaced a character, the
    /// place of that character.
    #[must_use]
    pub fn original(&self, at: usize) -> usize {
        match self.step_at(at) {
            None => at,
            Some(Step { original, replaced: Some(_), .. }) => original,
            Some(Step { normal, original, replaced: None }) => original + at - normal,
        }
    }

    /// The span of the original from which the bytes `start..end` of the normal form come.
    #[must_use]
    pub fn original_span(&self, start: usize, end: usize) -> Span {
        let from = self.original(start);
        let Some(last) = self.text.get(start..end).and_then(|t| t.chars().next_back()) else {
            return Span::empty(from);
        };
        // The end is where the last character stops, so that characters dropped behind it stay outside.
        let before = end - last.len_utf8();
        let to = match self.step_at(before) {
            Some(Step { replaced: Some(to), .. }) => to,
            _ => self.original(before) + last.len_utf8(),
        };
        Span::new(from, to)
    }
}

enum Fold {
    Keep,
    Drop,
    To(&'static str),
    Compatible,
}

/// Whether the normal form may have letters of ASCII, or have them side by side, where a text has this character.
pub(crate) fn may_hide_letters(c: char) -> bool {
    matches!(fold(c), Fold::Drop | Fold::Compatible)
}

fn fold(c: char) -> Fold {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{2bc}' | '\u{b4}' => Fold::To("'"),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' | '\u{301d}'
        | '\u{301e}' => Fold::To("\""),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Fold::To(" "),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => Fold::Drop,
        '\u{2010}' | '\u{2011}' => Fold::To("-"),
        '\u{2026}' => Fold::To("..."),
        '\u{ff01}'..='\u{ff5e}' | '\u{fb00}'..='\u{fb06}' => Fold::Compatible,
        _ => Fold::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_dropped_character_stays_outside_the_words_beside_it() {
        let original = "so\u{200b} far";
        let normal = Normal::new(original);
        assert_eq!(normal.text(), "so far");
        assert_eq!(normal.original_span(0, 2).range(), 0..2);
        assert_eq!(&original[normal.original_span(3, 6).range()], "far");
    }

    proptest! {
        #[test]
        fn every_place_maps_to_a_border_of_the_original(original in "(?s)[a-z \u{e9}\u{301}\u{ad}\u{2019}\u{201c}\u{fb01}\u{ff21}\u{2026}\u{1f30d}\u{1100}\u{1161}\u{4e2d}]{0,24}|.{0,24}") {
            let normal = Normal::new(&original);
            let mut last = 0;
            let places: Vec<usize> = normal.text().char_indices().map(|x| x.0).chain([normal.text().len()]).collect();
            for &at in &places {
                let to = normal.original(at);
                prop_assert!(original.is_char_boundary(to), "{at} -> {to}");
                prop_assert!(to >= last);
                last = to;
            }
            for (i, &a) in places.iter().enumerate() {
                for &b in &places[i..] {
                    let span = normal.original_span(a, b);
                    prop_assert!(span.start <= span.end && original.get(span.range()).is_some(), "{a}..{b} -> {span:?}");
                }
            }
        }
    }
}
