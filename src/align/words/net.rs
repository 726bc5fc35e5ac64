//! The network that judges a pair of words: one hidden layer over sparse features. What hangs on one word alone is added
//! up once for the word, so a pair costs little more than its own features.

use super::side::{CLASSES, Class, FUNCTION, WordView};

/// Hidden units.
pub(super) const HIDDEN: usize = 24;
pub(super) type Hidden = [f32; HIDDEN];

const FUNCTIONS: usize = FUNCTION.len() + 1;
/// Rows for what a word is: itself and its neighbours where they are function words, its class and theirs, how common it
/// is, whether it stands there more than once, whether it is first or last.
const WORD_ROWS: usize = 3 * FUNCTIONS + 3 * (CLASSES + 1) + 6 + 2 + 3;
/// A word's row numbers.
pub(super) type WordKeys = [u16; 9];

/// One stage's weights, in one vector: rows for the words of either side, for pairs of classes, for pair features;
/// bias, output; a weight for each pair of function words.
#[derive(Debug, Clone)]
pub(super) struct Net {
    pub features: usize,
    pub weights: Vec<f32>,
}

impl Net {
    pub(super) const fn size(features: usize) -> usize {
        (2 * WORD_ROWS + CLASSES * CLASSES + features + 2) * HIDDEN + 1 + FUNCTIONS * FUNCTIONS
    }

    pub(super) const fn word_row(side: usize, key: u16) -> usize {
        (side * WORD_ROWS + key as usize) * HIDDEN
    }

    pub(super) const fn class_row(a: Class, b: Class) -> usize {
        (2 * WORD_ROWS + a as usize * CLASSES + b as usize) * HIDDEN
    }

    #[inline]
    pub(super) const fn feature_row(feature: u8) -> usize {
        (2 * WORD_ROWS + CLASSES * CLASSES + feature as usize) * HIDDEN
    }

    pub(super) const fn bias_row(&self) -> usize {
        (2 * WORD_ROWS + CLASSES * CLASSES + self.features) * HIDDEN
    }

    pub(super) const fn output_row(&self) -> usize {
        self.bias_row() + HIDDEN
    }

    pub(super) const fn constant(&self) -> usize {
        self.output_row() + HIDDEN
    }

    pub(super) const fn function_pair(&self, a: u8, b: u8) -> usize {
        self.constant() + 1 + a as usize * FUNCTIONS + b as usize
    }

    #[inline]
    fn row(&self, at: usize) -> &Hidden {
        // Rows lie inside: sizes are checked where the model is read.
        self.weights[at..at + HIDDEN].try_into().unwrap_or(&[0.0; HIDDEN])
    }

    /// What a word adds to the hidden units of all its pairs.
    pub(super) fn word(&self, side: usize, keys: &WordKeys) -> Hidden {
        let mut sum = if side == 0 { *self.row(self.bias_row()) } else { [0.0; HIDDEN] };
        for &key in keys {
            add(&mut sum, self.row(Self::word_row(side, key)), 1.0);
        }
        sum
    }

    /// The hidden units of a pair before they are cut off at 0. Not inlined: by itself it keeps the units in registers,
    /// four to each.
    #[inline(never)]
    pub(super) fn hidden(
        &self,
        a: &Hidden,
        b: &Hidden,
        classes: (Class, Class),
        own: &[(u8, f32)],
        around: &[(u8, f32)],
    ) -> Hidden {
        let mut sum = *a;
        add(&mut sum, b, 1.0);
        add(&mut sum, self.row(Self::class_row(classes.0, classes.1)), 1.0);
        for (feature, value) in own {
            add(&mut sum, self.row(Self::feature_row(*feature)), *value);
        }
        for (feature, value) in around {
            add(&mut sum, self.row(Self::feature_row(*feature)), *value);
        }
        sum
    }

    /// The log-odds of a link.
    #[inline]
    pub(super) fn output(&self, hidden: &Hidden, functions: (u8, u8)) -> f32 {
        let out = self.row(self.output_row());
        let mut lanes = [0.0f32; 4];
        for k in 0..HIDDEN {
            lanes[k & 3] += hidden[k].max(0.0) * out[k];
        }
        let mut sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + self.weights[self.constant()];
        if functions.0 != 0 && functions.1 != 0 {
            sum += self.weights[self.function_pair(functions.0, functions.1)];
        }
        sum
    }
}

/// Features of a pair with their values. Room for more than any pair has.
pub(super) struct Features {
    items: [(u8, f32); 128],
    len: usize,
}

impl Features {
    pub(super) const fn new() -> Self {
        Self { items: [(0, 0.0); 128], len: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    /// Puts in a feature if `keep` holds, without a branch.
    #[inline]
    pub(super) fn push(&mut self, feature: u8, value: f32, keep: bool) {
        self.items[self.len & 127] = (feature, value);
        self.len += usize::from(keep);
    }

    pub(super) fn items(&self) -> &[(u8, f32)] {
        &self.items[..self.len.min(128)]
    }
}

#[inline]
fn add(sum: &mut Hidden, row: &Hidden, value: f32) {
    for k in 0..HIDDEN {
        sum[k] += row[k] * value;
    }
}

/// The rows of word `i`.
pub(super) fn word_keys(words: &[WordView<'_>], i: usize) -> WordKeys {
    let word = &words[i];
    let class = |k: Option<usize>| k.and_then(|k| words.get(k)).map_or(CLASSES as u16, |w| w.class as u16);
    let function = |k: Option<usize>| k.and_then(|k| words.get(k)).map_or(0, |w| u16::from(w.function));
    let mut base = 0;
    let mut next = |size: usize, at: u16| {
        let key = base + at;
        base += size as u16;
        key
    };
    let common = match word.form.or(word.base).map(|(e, _)| e.rank()) {
        None => 0,
        Some(0..300) => 1,
        Some(300..1500) => 2,
        Some(1500..6000) => 3,
        Some(6000..20000) => 4,
        Some(_) => 5,
    };
    let itself = next(FUNCTIONS, function(Some(i)));
    let small_before = next(FUNCTIONS, function(i.checked_sub(1)));
    let small_after = next(FUNCTIONS, function(Some(i + 1)));
    let own = next(CLASSES + 1, class(Some(i)));
    let before = next(CLASSES + 1, class(i.checked_sub(1)));
    let after = next(CLASSES + 1, class(Some(i + 1)));
    let common = next(6, common);
    let repeated = next(2, u16::from(word.count > 1));
    let end = next(
        3,
        if i == 0 {
            0
        } else if i + 1 == words.len() {
            1
        } else {
            2
        },
    );
    [itself, small_before, small_after, own, before, after, common, repeated, end]
}

/// The logistic function, by arithmetic that is the same on every machine.
#[inline]
pub(super) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x.clamp(-20.0, 20.0)))
}

/// e to the x for |x| ≤ 20: two to the whole part by its bits, the rest by Taylor's series.
#[inline]
fn exp(x: f32) -> f32 {
    let t = x * std::f32::consts::LOG2_E;
    // Toward minus infinity; `floor` is a call where the processor is not known to round.
    let cut = t as i32;
    let whole = cut - i32::from(cut as f32 > t);
    let r = (t - whole as f32) * std::f32::consts::LN_2;
    let series = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r / 720.0)))));
    f32::from_bits(((whole + 127) as u32) << 23) * series
}
