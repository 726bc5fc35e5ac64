//! The part-of-speech tagger: an averaged perceptron with a greedy decode (Collins 2002), over words, affixes, shapes
//! and the two tags before. The weights in `corpora/models/tagger.bin` are fitted by `examples/fit_tagger.rs`.

use super::tag::Tag;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Words of a sentence as the tagger sees them: surface and lower-case form.
#[derive(Clone, Copy, Debug)]
pub struct Word<'t> {
    /// The word as written, in normal form.
    pub text: &'t str,
    /// The same in lower case.
    pub lower: &'t str,
}

/// Number of features of a token.
const FEATURES: usize = 19;
const MAGIC: &[u8; 4] = b"FXT1";

/// The fitted model.
#[derive(Debug)]
pub struct Tagger {
    /// Words that have had one tag (nearly) always.
    fixed: FxHashMap<Box<str>, Tag>,
    /// Open-addressed: (fingerprint of the feature, first of its weights, number of weights).
    slots: Vec<(u32, u32, u32)>,
    mask: usize,
    weights: Vec<(u8, i16)>,
}

impl Tagger {
    /// The model that is built in.
    ///
    /// # Panics
    /// Never: a test loads the file.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static MODEL: OnceLock<Tagger> = OnceLock::new();
        MODEL.get_or_init(|| {
            Self::from_bytes(include_bytes!("../../corpora/models/tagger.bin"))
                .expect("corpora/models/tagger.bin is whole")
        })
    }

    /// Reads a model as [`super::fit::fit`] writes it; `None` where the bytes are not one.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        if reader.take(4)? != MAGIC {
            return None;
        }
        let mut fixed = FxHashMap::default();
        for _ in 0..reader.u32()? {
            let len = reader.u8()? as usize;
            let word = std::str::from_utf8(reader.take(len)?).ok()?;
            fixed.insert(word.into(), *Tag::ALL.get(reader.u8()? as usize)?);
        }
        let n = reader.u32()? as usize;
        let size = (n * 2).next_power_of_two().max(2);
        let mut model =
            Self { fixed, slots: vec![(0, 0, 0); size], mask: size - 1, weights: Vec::with_capacity(n * 4) };
        for _ in 0..n {
            let key = reader.u32()?;
            let count = reader.u8()?;
            let first = u32::try_from(model.weights.len()).ok()?;
            for _ in 0..count {
                let tag = reader.u8()?;
                if usize::from(tag) >= Tag::ALL.len() {
                    return None;
                }
                model.weights.push((tag, i16::from_le_bytes(reader.take(2)?.try_into().ok()?)));
            }
            let mut slot = key as usize & model.mask;
            while model.slots[slot].2 != 0 {
                slot = (slot + 1) & model.mask;
            }
            model.slots[slot] = (key, first, u32::from(count));
        }
        reader.0.is_empty().then_some(model)
    }

    /// Appends a tag for each word of one sentence to `tags`.
    pub fn tag(&self, words: &[Word<'_>], tags: &mut Vec<Tag>) {
        let base = tags.len();
        for i in 0..words.len() {
            let tag = match fixed_tag(words[i]).or_else(|| self.fixed.get(words[i].lower).copied()) {
                Some(tag) => tag,
                None => {
                    let before = [1, 2].map(|n| if i >= n { Some(tags[base + i - n]) } else { None });
                    let mut scores = [0i32; 64];
                    for key in features(words, i, before) {
                        let mut slot = key as usize & self.mask;
                        loop {
                            let (k, first, count) = self.slots[slot];
                            if count == 0 {
                                break;
                            }
                            if k == key {
                                for &(tag, weight) in &self.weights[first as usize..(first + count) as usize] {
                                    scores[tag as usize & 63] += i32::from(weight);
                                }
                                break;
                            }
                            slot = (slot + 1) & self.mask;
                        }
                    }
                    best(&scores)
                }
            };
            tags.push(tag);
        }
    }
}

/// The best of the scored tags; the first in the list wins a tie, so that the answer is the same everywhere.
fn best(scores: &[i32; 64]) -> Tag {
    let mut top = 0;
    for n in 1..Tag::ALL.len() {
        if scores[n] > scores[top] {
            top = n;
        }
    }
    Tag::ALL[top]
}

/// Tags that need no model: marks and plain numbers.
pub(super) fn fixed_tag(word: Word<'_>) -> Option<Tag> {
    let mut chars = word.text.chars();
    let first = chars.next()?;
    if chars.next().is_none() || matches!(first, '.' | '-') {
        if super::tokens::is_punctuation(first)
            && word.text.chars().all(super::tokens::is_punctuation)
            && word.text != "'"
        {
            return Some(Tag::Punct);
        }
        if !first.is_alphanumeric() && word.text != "'" && word.text != "&" {
            return Some(Tag::Sym);
        }
    }
    let numeric =
        word.text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ':')) && first.is_ascii_digit();
    numeric.then_some(Tag::Cd)
}

/// A word's outer form in one byte: case of the first letter and of the rest, digits, hyphen, point.
fn shape(word: &str) -> u32 {
    let mut bits = 0;
    for (i, c) in word.chars().enumerate() {
        bits |= match c {
            c if c.is_uppercase() => {
                if i == 0 {
                    1
                } else {
                    2
                }
            }
            c if c.is_lowercase() => 4,
            c if c.is_numeric() => 8,
            '-' => 16,
            '.' => 32,
            _ => 64,
        };
    }
    bits
}

fn suffix(word: &str, n: usize) -> &str {
    word.char_indices().rev().nth(n - 1).map_or(word, |(at, _)| &word[at..])
}

fn prefix(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(at, _)| &word[..at])
}

/// FNV-1a, 32 bits: small inputs, one pass, the same on every machine.
fn hash(kind: u32, parts: &[&[u8]]) -> u32 {
    let mut h = 0x811c_9dc5_u32 ^ kind.wrapping_mul(0x9e37_79b1);
    for part in parts {
        for &byte in *part {
            h = (h ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        h = (h ^ 0xff).wrapping_mul(0x0100_0193);
    }
    // FNV's low bits are weak for a table of a power of two.
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^ (h >> 12)
}

/// The features of word `i`, as fingerprints.
pub(super) fn features(words: &[Word<'_>], i: usize, before: [Option<Tag>; 2]) -> [u32; FEATURES] {
    let lower = |k: Option<usize>| k.and_then(|k| words.get(k)).map_or("\u{2}", |w| w.lower).as_bytes();
    let word = words[i];
    let w = word.lower.as_bytes();
    let code = |tag: Option<Tag>| [tag.map_or(255, |t| t as u8)];
    let (p1, p2) = (code(before[0]), code(before[1]));
    let prev = lower(i.checked_sub(1));
    let next = lower(Some(i + 1));
    let form = [shape(word.text) as u8, u8::from(i == 0)];
    let next_form = [words.get(i + 1).map_or(128, |w| shape(w.text) as u8)];
    [
        hash(1, &[w]),
        hash(2, &[suffix(word.lower, 3).as_bytes()]),
        hash(3, &[suffix(word.lower, 2).as_bytes()]),
        hash(4, &[suffix(word.lower, 4).as_bytes()]),
        hash(5, &[prefix(word.lower, 2).as_bytes()]),
        hash(6, &[&form]),
        hash(7, &[&p1]),
        hash(8, &[&p1, &p2]),
        hash(9, &[&p1, w]),
        hash(10, &[prev]),
        hash(11, &[words.get(i.wrapping_sub(1)).map_or("", |x| suffix(x.lower, 3)).as_bytes()]),
        hash(12, &[lower(i.checked_sub(2))]),
        hash(13, &[next]),
        hash(14, &[words.get(i + 1).map_or("", |x| suffix(x.lower, 3)).as_bytes()]),
        hash(15, &[lower(Some(i + 2))]),
        hash(16, &[&form, &next_form]),
        hash(17, &[&p1, next]),
        hash(18, &[&p1, suffix(word.lower, 3).as_bytes()]),
        hash(19, &[&form, suffix(word.lower, 2).as_bytes()]),
    ]
}

struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, n: usize) -> Option<&'b [u8]> {
        let (head, tail) = self.0.split_at_checked(n)?;
        self.0 = tail;
        Some(head)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take(1).map(|b| b[0])
    }

    fn u32(&mut self) -> Option<u32> {
        self.take(4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes)
    }
}

/// The model file's head, for the writer.
pub(super) const fn magic() -> &'static [u8; 4] {
    MAGIC
}
