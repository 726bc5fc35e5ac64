//! Two sides of one passage with the words that answer one another.

use super::kind::{Difference, Kind};
use crate::align::WordAlignment;
use crate::span::Span;
use crate::text::Analysis;
use std::ops::Range;

/// Words that have so much in common are one word, give or take its form.
pub(super) const SAME: f32 = 0.65;

/// Both sides of a passage.
pub(super) struct Pair<'p> {
    pub a: &'p Analysis<'p>,
    pub b: &'p Analysis<'p>,
    pub words: &'p WordAlignment,
    /// Where the sides start in their texts, in bytes.
    pub offsets: (usize, usize),
    /// Whether either side is no running text: a headline, a caption.
    pub display: bool,
}

/// A difference between tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub kind: Kind,
    /// Tokens of A; empty before the token where A has nothing.
    pub a: Range<usize>,
    /// Tokens of B, likewise.
    pub b: Range<usize>,
    pub message: &'static str,
}

impl Found {
    pub fn new(kind: Kind, a: Range<usize>, b: Range<usize>, message: &'static str) -> Self {
        Self { kind, a, b, message }
    }

    /// Whether both speak of the same words of a side.
    pub fn touches(&self, other: &Self) -> bool {
        let meet = |p: &Range<usize>, q: &Range<usize>| p.start < q.end && q.start < p.end;
        meet(&self.a, &other.a) || meet(&self.b, &other.b)
    }
}

impl<'p> Pair<'p> {
    /// The same passage with its sides exchanged, as far as `words` of the other direction are given.
    pub fn exchanged(&self, words: &'p WordAlignment) -> Self {
        Self { a: self.b, b: self.a, words, offsets: (self.offsets.1, self.offsets.0), display: self.display }
    }

    /// The token of B that answers token `i` of A best.
    pub fn to_b(&self, i: usize) -> Option<usize> {
        self.words.to_b.get(i).copied().flatten()
    }

    /// The token of A that answers token `j` of B best.
    pub fn to_a(&self, j: usize) -> Option<usize> {
        self.words.to_a.get(j).copied().flatten()
    }

    /// How alike each token of B is to the token of A that answers it best, 0 to 1.
    pub fn back_likeness(&self) -> Vec<f32> {
        (0..self.b.tokens.len()).map(|j| self.to_a(j).map_or(0.0, |i| self.words.likeness[i])).collect()
    }

    /// How many neighbours of two stretches agree: those before them and those behind.
    pub fn parallel(&self, a: &Range<usize>, b: &Range<usize>) -> usize {
        let agree = |i: Option<usize>, j: Option<usize>| match (i, j) {
            (Some(i), Some(j)) => {
                let ends = i == self.a.tokens.len() && j == self.b.tokens.len();
                let same = self.to_b(i) == Some(j) && (self.words.likeness[i] >= SAME || !self.a.tokens[i].is_word());
                ends || same
            }
            (None, None) => true,
            _ => false,
        };
        usize::from(agree(a.start.checked_sub(1), b.start.checked_sub(1)))
            + usize::from(agree(Some(a.end), Some(b.end)))
    }

    /// The place in B, as a token, that answers the place before token `i` of A.
    pub fn place_in_b(&self, i: usize) -> usize {
        let before = (0..i).rev().take(6).find_map(|k| self.to_b(k)).map(|j| j + 1);
        let behind = || (i..self.a.tokens.len()).take(6).find_map(|k| self.to_b(k));
        before.or_else(behind).unwrap_or(0).min(self.b.tokens.len())
    }

    /// The place in A that answers the place before token `j` of B.
    pub fn place_in_a(&self, j: usize) -> usize {
        let before = (0..j).rev().take(6).find_map(|k| self.to_a(k)).map(|i| i + 1);
        let behind = || (j..self.b.tokens.len()).take(6).find_map(|k| self.to_a(k));
        before.or_else(behind).unwrap_or(0).min(self.a.tokens.len())
    }

    /// The difference in bytes of both texts.
    pub fn placed(&self, found: &Found) -> Difference {
        Difference {
            kind: found.kind,
            a: span(self.a, &found.a).shifted(self.offsets.0),
            b: span(self.b, &found.b).shifted(self.offsets.1),
            message: found.message.to_owned(),
            reference: None,
        }
    }
}

/// The bytes of some tokens; for none the place behind the token before.
pub(super) fn span(text: &Analysis<'_>, range: &Range<usize>) -> Span {
    if range.is_empty() {
        return Span::empty(range.start.checked_sub(1).and_then(|i| text.tokens.get(i)).map_or(0, |t| t.span.end));
    }
    text.span(range.clone())
}

/// The tokens that `span`, in bytes of the passage, holds a part of.
pub(super) fn tokens(text: &Analysis<'_>, span: Span) -> Range<usize> {
    let start = text.tokens.partition_point(|token| token.span.end <= span.start);
    let end = text.tokens.partition_point(|token| token.span.start < span.end).max(start);
    start..end
}

/// Whether token `i` begins its sentence, quotation marks left out.
pub(super) fn is_initial(text: &Analysis<'_>, i: usize) -> bool {
    let start = text.sentences.get(text.tokens[i].sentence).map_or(0, |sentence| sentence.start);
    let opens = |k: usize| !text.tokens[k].is_word();
    i == start || (start..i).all(opens) || i > 0 && matches!(text.normal(i - 1), "\"" | "'" | "``" | ":")
}
