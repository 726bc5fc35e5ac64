//! A word held against all words of the other passage at once, eight to a step where the processor has them: most pairs
//! have nothing in common, and are done with here.

use super::grid::Grid;
use super::side::{Side, WordView};
use crate::text::Kind;
use std::ops::Range;

/// The words stand so that what they mean is worth asking.
pub(super) const WANTED: u8 = 1;
/// They may be spelled alike.
pub(super) const ALIKE: u8 = 2;
/// They may have one form, lemma or number.
pub(super) const SAME: u8 = 4;

/// Words to a step.
pub(super) const STEP: usize = 8;

/// How far from the diagonal two small words, and a small word and another, are asked for what they mean.
pub(super) const SMALL: f32 = 0.2;
pub(super) const MIXED: f32 = 0.15;

const CONTENT: u32 = 1;
const PUNCT: u32 = 2;
const NUMBER: u32 = 4;
const HYPHEN: u32 = 8;
/// A rare word that says something.
const RARE: u32 = 16;
/// It may be a short form.
const SHORT: u32 = 32;

/// What is asked of a word.
struct Word {
    lower: u32,
    lemma: u32,
    start: u32,
    letters: u32,
    length: u32,
    flags: u32,
    along: f32,
}

impl Word {
    fn new(word: &WordView<'_>) -> Self {
        let flag = |flag, is: bool| if is { flag } else { 0 };
        Self {
            lower: word.lower_key as u32,
            lemma: word.lemma_key as u32,
            start: u32::from_le_bytes([word.start[0], word.start[1], word.start[2], 0]),
            letters: word.letters,
            length: word.lower.len() as u32,
            flags: flag(CONTENT, word.content)
                | flag(PUNCT, word.kind == Kind::Punct)
                | flag(NUMBER, word.number.is_some())
                | flag(HYPHEN, word.hyphen)
                | flag(RARE, word.rare && word.content)
                | flag(SHORT, word.short),
            along: word.along,
        }
    }
}

/// The words of the second passage, one list for each thing that is asked of them.
#[derive(Default)]
pub(super) struct Columns {
    lower: Vec<u32>,
    lemma: Vec<u32>,
    start: Vec<u32>,
    letters: Vec<u32>,
    length: Vec<u32>,
    flags: Vec<u32>,
    along: Vec<f32>,
    /// The first and the last word that each is compared with.
    first: Vec<u32>,
    last: Vec<u32>,
    /// Of the words that were marked last.
    pub marks: Vec<u8>,
}

impl Columns {
    /// Those of `y`, each compared with no word farther than `near` from its partner.
    pub(super) fn fill(&mut self, y: &Side<'_>, partners: &[Option<u16>], near: usize, grid: &Grid) {
        let Self { lower, lemma, start, letters, length, flags, along, first, last, marks } = self;
        for list in
            [&mut *lower, &mut *lemma, &mut *start, &mut *letters, &mut *length, &mut *flags, &mut *first, &mut *last]
        {
            list.clear();
            list.reserve(y.words.len() + STEP);
        }
        along.clear();
        marks.clear();
        marks.resize(grid.width.next_multiple_of(STEP), 0);
        for (word, partner) in y.words.iter().zip(partners) {
            let word = Word::new(word);
            lower.push(word.lower);
            lemma.push(word.lemma);
            start.push(word.start);
            letters.push(word.letters);
            length.push(word.length);
            flags.push(word.flags);
            along.push(word.along);
            let (from, to) = partner.map_or((0, u32::MAX), |at| {
                let (at, near) = (u32::from(at), near as u32);
                (at.saturating_sub(near), at + near)
            });
            first.push(from);
            last.push(to);
        }
        // Behind the last word there is room for a whole step.
        let room = y.words.len() + STEP;
        for list in [lower, lemma, start, letters, length, flags, first, last] {
            list.resize(room, 0);
        }
        along.resize(room, 0.0);
    }

    /// Marks what word `i` may have in common with the words in `range`.
    #[inline(always)]
    pub(super) fn mark(&mut self, i: usize, word: &WordView<'_>, range: Range<usize>) {
        let row = Word::new(word);
        let i = i as u32;
        let n = range.len().next_multiple_of(STEP);
        let marks = &mut self.marks[..n];
        let rest = range.len();
        let range = range.start..range.start + n;
        let (lower, lemma) = (&self.lower[range.clone()][..n], &self.lemma[range.clone()][..n]);
        let (start, letters) = (&self.start[range.clone()][..n], &self.letters[range.clone()][..n]);
        let (length, flags) = (&self.length[range.clone()][..n], &self.flags[range.clone()][..n]);
        let (along, first) = (&self.along[range.clone()][..n], &self.first[range.clone()][..n]);
        let last = &self.last[range][..n];
        for k in 0..n {
            // Without branches, so that many words are asked at once.
            let (both, any) = (row.flags & flags[k], row.flags | flags[k]);
            let slant = (row.along - along[k]).abs();
            let limit = if both & CONTENT != 0 {
                2.0
            } else if any & CONTENT != 0 {
                MIXED
            } else {
                SMALL
            };
            let same = (lower[k] == row.lower)
                | (lemma[k] == row.lemma)
                | (lower[k] == row.lemma)
                | (lemma[k] == row.lower)
                | (both & NUMBER != 0);
            let lacks = if row.length <= length[k] { row.letters & !letters[k] } else { letters[k] & !row.letters };
            let inside = (row.length >= 4) & (length[k] >= 4) & (row.length != length[k]) & (lacks == 0);
            let start = start[k] ^ row.start;
            let short = (any & SHORT != 0) & (start & 0xff == 0);
            let spelled = (start == 0) | short | (both & RARE != 0) | (any & HYPHEN != 0) | inside;
            let alike = spelled & (any & PUNCT == 0) & ((any & CONTENT != 0) | (slant <= SMALL));
            let here = (first[k] <= i) & (i <= last[k]);
            let mark = u8::from(slant <= limit) * WANTED | u8::from(alike) * ALIKE | u8::from(same) * SAME;
            marks[k] = if here { mark } else { 0 };
        }
        marks[rest..].fill(0);
    }

    /// Whether word `i` is compared with word `j`.
    pub(super) fn compares(&self, i: usize, j: usize) -> bool {
        (self.first[j] as usize..=self.last[j] as usize).contains(&i)
    }
}
