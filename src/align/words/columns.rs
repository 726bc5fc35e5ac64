//! A word held against eight words of the other passage at once: most pairs have nothing in common, and are done with here.

use super::side::{Side, WordView};
use crate::text::Kind;
use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8, u32x8};

/// Words to a block.
pub(super) const BLOCK: usize = 8;

/// How far from the diagonal two small words, and a small word and another, are asked for what they mean.
pub(super) const SMALL: f32 = 0.2;
pub(super) const MIXED: f32 = 0.15;

/// Farther than any words are.
const FAR: f32 = 2.0;

const CONTENT: u32 = 1;
const PUNCT: u32 = 2;
const NUMBER: u32 = 4;
const HYPHEN: u32 = 8;
/// A rare word that says something.
const RARE: u32 = 16;
const ANY: u32 = 32;
/// Beside the first letter: the word is no short form.
const LONG: u32 = 0x100;

/// What is asked of a word.
struct Word {
    lower: u32,
    lemma: u32,
    start: u32,
    first: u32,
    letters: u32,
    length: u32,
    flags: u32,
    along: f32,
}

impl Word {
    #[inline(always)]
    fn new(word: &WordView<'_>) -> Self {
        let flag = |flag, is: bool| if is { flag } else { 0 };
        // A short word is no part of another, and none of it.
        let part = word.lower.len() >= 4;
        Self {
            lower: word.lower_key as u32,
            lemma: word.lemma_key as u32,
            start: u32::from_le_bytes([word.start[0], word.start[1], word.start[2], 0]),
            first: u32::from(word.start[0]) | flag(LONG, !word.short),
            letters: if part { word.letters } else { u32::MAX },
            length: if part { word.lower.len() as u32 } else { 0 },
            flags: ANY
                | flag(CONTENT, word.content)
                | flag(PUNCT, word.kind == Kind::Punct)
                | flag(NUMBER, word.number.is_some())
                | flag(HYPHEN, word.hyphen)
                | flag(RARE, word.rare && word.content),
            along: word.along,
        }
    }
}

/// Words of the second passage, one list for each thing that is asked of them.
#[derive(Clone)]
#[repr(align(32))]
struct Block {
    lower: [u32; BLOCK],
    lemma: [u32; BLOCK],
    start: [u32; BLOCK],
    first: [u32; BLOCK],
    letters: [u32; BLOCK],
    length: [u32; BLOCK],
    flags: [u32; BLOCK],
    along: [f32; BLOCK],
    /// The first word that each is compared with, and how many more are.
    from: [u32; BLOCK],
    more: [u32; BLOCK],
}

/// All words of the second passage.
#[derive(Default)]
pub(super) struct Columns {
    blocks: Vec<Block>,
}

impl Columns {
    /// Those of `y`, each compared with no word farther than `near` from its partner.
    pub(super) fn fill(&mut self, y: &Side<'_>, partners: &[Option<u16>], near: u16) {
        const NONE: [u32; BLOCK] = [0; BLOCK];
        self.blocks.clear();
        for (words, partners) in y.words.chunks(BLOCK).zip(partners.chunks(BLOCK)) {
            let mut block = Block {
                lower: NONE,
                lemma: NONE,
                start: NONE,
                first: NONE,
                letters: NONE,
                length: NONE,
                flags: NONE,
                along: [0.0; BLOCK],
                from: [u32::MAX; BLOCK],
                more: NONE,
            };
            for (k, (word, partner)) in words.iter().zip(partners).enumerate().take(BLOCK) {
                let word = Word::new(word);
                block.lower[k] = word.lower;
                block.lemma[k] = word.lemma;
                block.start[k] = word.start;
                block.first[k] = word.first;
                block.letters[k] = word.letters;
                block.length[k] = word.length;
                block.flags[k] = word.flags;
                block.along[k] = word.along;
                (block.from[k], block.more[k]) = partner.map_or((0, u32::MAX), |at| {
                    let from = at.saturating_sub(near);
                    (u32::from(from), u32::from(at - from + near))
                });
            }
            self.blocks.push(block);
        }
    }

    /// Whether word `i` is compared with word `j`.
    pub(super) fn compares(&self, i: usize, j: usize) -> bool {
        let block = &self.blocks[j / BLOCK];
        (i as u32).wrapping_sub(block.from[j % BLOCK]) <= block.more[j % BLOCK]
    }
}

/// A word of the first passage, ready to be held against blocks.
pub(super) struct Row<S: Simd> {
    simd: S,
    i: u32x8<S>,
    lower: u32x8<S>,
    lemma: u32x8<S>,
    start: u32x8<S>,
    first: u32x8<S>,
    first_mask: u32x8<S>,
    letters: u32x8<S>,
    length: u32x8<S>,
    along: f32x8<S>,
    /// What must be among the flags of a word of one number, and of one that may be spelled alike.
    number: u32x8<S>,
    special: u32x8<S>,
    /// How far words that say something, and small words, may stand off to be asked for what they mean, and how they are spelled.
    limits: [f32x8<S>; 2],
    spelling: [f32x8<S>; 2],
}

impl<S: Simd> Row<S> {
    /// Of word `i`.
    #[inline(always)]
    pub(super) fn new(simd: S, i: usize, word: &WordView<'_>) -> Self {
        let word = Word::new(word);
        let all = |value: u32| u32x8::splat(simd, value);
        let flag = |flag| word.flags & flag != 0;
        let limits = if flag(CONTENT) { [FAR, MIXED] } else { [MIXED, SMALL] };
        let spelling = if flag(PUNCT) {
            [-1.0; 2]
        } else if flag(CONTENT) {
            [FAR; 2]
        } else {
            [FAR, SMALL]
        };
        Self {
            simd,
            i: all(i as u32),
            lower: all(word.lower),
            lemma: all(word.lemma),
            start: all(word.start),
            first: all(word.first & 0xff),
            first_mask: all(if word.first & LONG == 0 { 0xff } else { 0xff | LONG }),
            letters: all(word.letters),
            length: all(word.length),
            along: f32x8::splat(simd, word.along),
            number: all(word.flags & NUMBER),
            special: all(HYPHEN | word.flags & RARE | if flag(HYPHEN) { ANY } else { 0 }),
            limits: [f32x8::splat(simd, limits[0]), f32x8::splat(simd, limits[1])],
            spelling: [f32x8::splat(simd, spelling[0]), f32x8::splat(simd, spelling[1])],
        }
    }

    /// Which words of a block, by bits, stand so that what they mean is worth asking, and which may have form, lemma,
    /// number or spelling in common with this one.
    #[inline(always)]
    pub(super) fn marks(&self, columns: &Columns, block: usize) -> (u32, u32) {
        let block = &columns.blocks[block];
        let load = |list: &[u32; BLOCK]| u32x8::from_slice(self.simd, list);
        let zero = u32x8::splat(self.simd, 0);
        let (lower, lemma, flags) = (load(&block.lower), load(&block.lemma), load(&block.flags));
        let same = lower.simd_eq(self.lower)
            | lemma.simd_eq(self.lemma)
            | lower.simd_eq(self.lemma)
            | lemma.simd_eq(self.lower)
            | !(flags & self.number).simd_eq(zero);
        let (letters, length) = (load(&block.letters), load(&block.length));
        let lacks = self.length.simd_le(length).select(self.letters & !letters, letters & !self.letters);
        let spelled = load(&block.start).simd_eq(self.start)
            | ((load(&block.first) ^ self.first) & self.first_mask).simd_eq(zero)
            | !(flags & self.special).simd_eq(zero)
            | lacks.simd_eq(zero);
        let slant = (f32x8::from_slice(self.simd, &block.along) - self.along).abs();
        let small = (flags & CONTENT).simd_eq(zero);
        let wanted = slant.simd_le(small.select(self.limits[1], self.limits[0]));
        let alike =
            spelled & (flags & PUNCT).simd_eq(zero) & slant.simd_le(small.select(self.spelling[1], self.spelling[0]));
        let here = (self.i - load(&block.from)).simd_le(load(&block.more));
        ((here & wanted).to_bitmask() as u32, (here & (same | alike)).to_bitmask() as u32)
    }
}
