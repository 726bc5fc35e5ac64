//! The network that judges a pair of words: one hidden layer over sparse features. What hangs on one word alone is added
//! up once for the word, so a pair costs little more than its own features.

use super::side::{CLASSES, Class, FUNCTION, WordView};
use super::stages::FEATURES;
use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8};

/// Hidden units.
pub(super) const HIDDEN: usize = 24;
pub(super) type Hidden = [f32; HIDDEN];

const FUNCTIONS: usize = FUNCTION.len() + 1;
/// Rows for what a word is: itself and its neighbours where they are function words, its class and theirs, how common it
/// is, whether it stands there more than once, whether it is first or last.
const WORD_ROWS: usize = 3 * FUNCTIONS + 3 * (CLASSES + 1) + 6 + 2 + 3;
/// A word's row numbers.
pub(super) type WordKeys = [u16; 9];

/// One look's weights, in one vector: rows for the words of either side, for pairs of classes, for pair features; bias,
/// output; the constant and a weight for each pair of function words.
#[derive(Debug, Clone)]
pub(super) struct Net {
    pub weights: Vec<f32>,
}

const CLASS_ROWS: usize = 2 * WORD_ROWS;
const FEATURE_ROWS: usize = CLASS_ROWS + CLASSES * CLASSES;
const ROWS: usize = FEATURE_ROWS + FEATURES + 2;

impl Net {
    pub(super) const SIZE: usize = ROWS * HIDDEN + 1 + FUNCTIONS * FUNCTIONS;
    pub(super) const BIAS: usize = (FEATURE_ROWS + FEATURES) * HIDDEN;
    pub(super) const OUTPUT: usize = Self::BIAS + HIDDEN;
    pub(super) const CONSTANT: usize = Self::OUTPUT + HIDDEN;

    pub(super) const fn word_row(side: usize, key: u16) -> usize {
        (side * WORD_ROWS + key as usize) * HIDDEN
    }

    pub(super) const fn class_row(a: Class, b: Class) -> usize {
        (CLASS_ROWS + a as usize * CLASSES + b as usize) * HIDDEN
    }

    pub(super) const fn feature_row(feature: u8) -> usize {
        (FEATURE_ROWS + feature as usize) * HIDDEN
    }

    pub(super) const fn function_pair(a: u8, b: u8) -> usize {
        Self::CONSTANT + 1 + a as usize * FUNCTIONS + b as usize
    }

    /// The weights by row; `None` where the vector is not one of [`Self::SIZE`].
    #[inline]
    pub(super) fn rows(&self) -> Option<Rows<'_>> {
        let (rows, rest) = self.weights.as_chunks::<HIDDEN>();
        let rest = if rest.len() == 1 + FUNCTIONS * FUNCTIONS { rest } else { self.weights.get(Self::CONSTANT..)? };
        let rows = rows.first_chunk::<ROWS>()?;
        Some(Rows {
            rows,
            features: rows[FEATURE_ROWS..].first_chunk()?,
            constant: *rest.first()?,
            functions: rest.get(1..)?,
        })
    }
}

/// A look's weights, ready to be added up.
#[derive(Clone, Copy)]
pub(super) struct Rows<'n> {
    rows: &'n [Hidden; ROWS],
    features: &'n [Hidden; FEATURES],
    constant: f32,
    functions: &'n [f32],
}

/// What takes the features of a pair, one by one.
pub(super) trait Sink {
    fn add(&mut self, feature: u8, value: f32);

    /// A feature whose value is 1.
    fn flag(&mut self, feature: u8);
}

/// The hidden units of a pair while they are added up, eight to a vector where the processor has them so wide. Each unit is
/// the same sum everywhere.
#[derive(Clone, Copy)]
pub(super) struct Units<'n, S: Simd> {
    simd: S,
    rows: Rows<'n>,
    sums: [f32x8<S>; VECTORS],
}

const VECTORS: usize = HIDDEN / 8;

#[inline(always)]
fn load<S: Simd>(simd: S, row: &Hidden, k: usize) -> f32x8<S> {
    f32x8::from_slice(simd, &row[8 * k..8 * k + 8])
}

impl<'n, S: Simd> Units<'n, S> {
    /// What a word adds to the hidden units of all its pairs.
    #[inline(always)]
    pub(super) fn word(simd: S, rows: Rows<'n>, side: usize, keys: &WordKeys) -> Hidden {
        let zero = f32x8::splat(simd, 0.0);
        let mut units = Self { simd, rows, sums: [zero; VECTORS] };
        if side == 0 {
            units.row(&rows.rows[FEATURE_ROWS + FEATURES]);
        }
        for &key in keys {
            units.row(&rows.rows[side * WORD_ROWS + usize::from(key)]);
        }
        let mut out = [0.0; HIDDEN];
        for k in 0..VECTORS {
            units.sums[k].store_slice(&mut out[8 * k..8 * k + 8]);
        }
        out
    }

    /// Of a pair whose words add `a` and `b`.
    #[inline(always)]
    pub(super) fn of_pair(simd: S, rows: Rows<'n>, a: &Hidden, b: &Hidden, classes: (Class, Class)) -> Self {
        let mut units = Self { simd, rows, sums: [f32x8::splat(simd, 0.0); VECTORS] };
        for k in 0..VECTORS {
            units.sums[k] = load(simd, a, k) + load(simd, b, k);
        }
        units.row(&rows.rows[CLASS_ROWS + classes.0 as usize * CLASSES + classes.1 as usize]);
        units
    }

    #[inline(always)]
    fn row(&mut self, row: &Hidden) {
        for k in 0..VECTORS {
            self.sums[k] += load(self.simd, row, k);
        }
    }

    /// The log-odds of a link.
    #[inline(always)]
    pub(super) fn odds(self, functions: (u8, u8)) -> f32 {
        let zero = f32x8::splat(self.simd, 0.0);
        let output = &self.rows.rows[FEATURE_ROWS + FEATURES + 1];
        let mut lanes = zero;
        for k in 0..VECTORS {
            lanes += self.sums[k].max(zero) * load(self.simd, output, k);
        }
        let l = *lanes;
        let mut sum = ((l[0] + l[4]) + (l[1] + l[5])) + ((l[2] + l[6]) + (l[3] + l[7])) + self.rows.constant;
        if functions.0 != 0 && functions.1 != 0 {
            sum += self.rows.functions[usize::from(functions.0) * FUNCTIONS + usize::from(functions.1)];
        }
        sum
    }

    /// The hidden units before they are cut off at 0.
    pub(super) fn hidden(&self) -> Hidden {
        std::array::from_fn(|k| self.sums[k / 8][k % 8])
    }
}

impl<S: Simd> Sink for Units<'_, S> {
    #[inline(always)]
    fn add(&mut self, feature: u8, value: f32) {
        let row = &self.rows.features[usize::from(feature)];
        let value = f32x8::splat(self.simd, value);
        for k in 0..VECTORS {
            self.sums[k] += load(self.simd, row, k) * value;
        }
    }

    #[inline(always)]
    fn flag(&mut self, feature: u8) {
        let rows = self.rows;
        self.row(&rows.features[usize::from(feature)]);
    }
}

/// The features of a pair, listed.
impl Sink for Vec<(u8, f32)> {
    fn add(&mut self, feature: u8, value: f32) {
        self.push((feature, value));
    }

    fn flag(&mut self, feature: u8) {
        self.push((feature, 1.0));
    }
}

/// The rows of each word.
pub(super) fn word_keys(words: &[WordView<'_>], out: &mut Vec<WordKeys>) {
    const CLASS_KEYS: u16 = CLASSES as u16 + 1;
    const FUNCTION_KEYS: u16 = FUNCTIONS as u16;
    const CLASS: u16 = 3 * FUNCTION_KEYS;
    const COMMON: u16 = CLASS + 3 * CLASS_KEYS;
    const REPEATED: u16 = COMMON + 6;
    const END: u16 = REPEATED + 2;
    let about = |word: Option<&WordView<'_>>| word.map_or((0, CLASSES as u16), |w| (w.function.into(), w.class as u16));
    let mut before = about(None);
    let mut own = about(words.first());
    for (i, word) in words.iter().enumerate() {
        let after = about(words.get(i + 1));
        let end = if i == 0 {
            0
        } else if i + 1 == words.len() {
            1
        } else {
            2
        };
        out.push([
            own.0,
            FUNCTION_KEYS + before.0,
            2 * FUNCTION_KEYS + after.0,
            CLASS + own.1,
            CLASS + CLASS_KEYS + before.1,
            CLASS + 2 * CLASS_KEYS + after.1,
            COMMON + u16::from(word.common),
            REPEATED + u16::from(word.count > 1),
            END + end,
        ]);
        before = own;
        own = after;
    }
}

/// The logistic function, by arithmetic that is the same on every machine.
#[inline]
pub(super) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x.clamp(-20.0, 20.0)))
}

/// e to the x for |x| ≤ 20: two to the nearest whole part by its bits, the rest by Taylor's series. Without casts or
/// branches, so that many are computed at once.
#[inline]
fn exp(x: f32) -> f32 {
    // Added to a small number, it leaves no room for the fraction: the lowest bits are the whole part.
    const ROUND: f32 = (3 << 22) as f32;
    let t = x * std::f32::consts::LOG2_E;
    let rounded = t + ROUND;
    let r = (t - (rounded - ROUND)) * std::f32::consts::LN_2;
    let series = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0)))));
    f32::from_bits((rounded.to_bits() << 23).wrapping_add(0x3f80_0000)) * series
}
