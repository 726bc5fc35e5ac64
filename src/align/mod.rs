//! What answers what: passages and sentences of two texts, and the words of two passages.

mod alike;
mod bags;
mod cross;
mod kindred;
mod letters;
mod lexicon;
pub mod passages;
mod path;
mod sure;
mod table;
pub mod words;

pub use kindred::sound_of;
pub use words::{Link, LinkKind, WordAlignment};

use crate::span::Span;
use std::ops::Range;

/// The pieces that are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Lines, empty ones too.
    Line,
    /// Sentences.
    Sentence,
    /// Paragraphs, as the story reader cuts them.
    Paragraph,
}

/// A group of units of one text and the group of the other that answers it; one side may be empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// Units of the first text.
    pub a: Range<usize>,
    /// Units of the second.
    pub b: Range<usize>,
    /// The probability that the two answer one another, 0 to 1; 0 where one side is empty.
    pub score: f64,
    /// Whether the passage stands elsewhere in the other text, out of order.
    pub moved: bool,
}

/// The units of `text`, in bytes.
///
/// ```
/// use fauxami::align::{Unit, units};
/// assert_eq!(units("One. Two.\n\nThree.", Unit::Sentence).len(), 3);
/// assert_eq!(units("One. Two.\n\nThree.\n", Unit::Line).len(), 3);
/// ```
#[must_use]
pub fn units(text: &str, unit: Unit) -> Vec<Span> {
    match unit {
        Unit::Line => {
            let mut start = 0;
            let mut out: Vec<Span> = text
                .split_inclusive('\n')
                .map(|line| {
                    let span = Span::new(start, start + line.trim_end_matches(['\n', '\r']).len());
                    start += line.len();
                    span
                })
                .collect();
            out.shrink_to_fit();
            out
        }
        Unit::Sentence => crate::read::paragraphs(text)
            .into_iter()
            .flat_map(|p| crate::text::sentences(&text[p.range()]).into_iter().map(move |s| s.shifted(p.start)))
            .collect(),
        Unit::Paragraph => crate::read::paragraphs(text),
    }
}
