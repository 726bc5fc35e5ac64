//! The n-grams of `corpora/models/fluency.bin`: a binary fuse filter (Graf and Lemire 2022) that answers six bits for a
//! key, read in place, and the names of the word classes.

use super::forest::Forest;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

/// Kinds of keys; the numbers stand in `corpora/models/fluency.py` too.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Word = 1,
    WordBack = 2,
    Bigram = 3,
    Trigram = 4,
    Lexicon = 5,
    Class = 6,
    ClassBack = 7,
    ClassBigram = 8,
    ClassBack2 = 9,
    ClassTrigram = 10,
}

/// The class of a word, an index into the names of the model.
pub(super) type Class = u8;

pub(super) const BOS: Class = 0;
pub(super) const EOS: Class = 1;
pub(super) const COMMA: Class = 2;
pub(super) const SEMICOLON: Class = 3;
pub(super) const COLON: Class = 4;
pub(super) const DASH: Class = 5;
pub(super) const CURRENCY: Class = 6;
pub(super) const PERCENT: Class = 7;
pub(super) const OTHER: Class = 8;
pub(super) const DIGITS: Class = 9;
pub(super) const NUMBER: Class = 10;
pub(super) const NAME: Class = 11;
pub(super) const POSSESSIVE: Class = 12;

/// The model that is built in.
#[derive(Debug)]
pub(super) struct Table {
    cells: &'static [u8],
    segment: u32,
    span: u64,
    closed: FxHashMap<&'static str, Class>,
    pub first_closed: Class,
    names: Vec<&'static str>,
    /// One bit a word of the lexicon, by the low bits of its hash: a cheap no.
    bits: &'static [u8],
    pub forests: Vec<Forest>,
    /// What classes cost alone.
    single: Vec<f32>,
    /// Costs of three classes in a row that were asked for last: 24 bits of classes, 8 of cost; several threads share it.
    triples: Vec<AtomicU32>,
    /// Of each pair of classes, what the second costs behind the first, in sixteenths, and one; 0 where nobody has asked.
    doubles: Vec<AtomicU8>,
    /// The same of what a class costs more behind a pair that it is not known behind.
    backs: Vec<AtomicU8>,
}

/// Size of the bit table of words.
const BITS: usize = 1 << 19;
/// Logarithm of the number of class triples kept.
const TRIPLES: u32 = 16;
/// What a class costs that the model has never met, in sixteenths.
const RARE_CLASS: u8 = 80;

/// FNV-1a, continued from `state`.
pub(super) fn fnv(state: u64, text: &str) -> u64 {
    text.bytes().fold(state, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

pub(super) const FNV: u64 = 0xcbf2_9ce4_8422_2325;

pub(super) fn key(kind: Kind, a: u64, b: u64, c: u64) -> u64 {
    let mut x = a.wrapping_add(kind as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x = (x.rotate_left(23) ^ b).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x.rotate_left(29) ^ c).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    x = x.wrapping_mul(0xd6e8_feb8_6659_fd93);
    x ^ (x >> 32)
}

impl Table {
    /// # Panics
    /// Never: a test loads the file.
    pub fn builtin() -> &'static Self {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| {
            Self::read(include_bytes!("../../../corpora/models/fluency.bin"))
                .expect("corpora/models/fluency.bin is whole")
        })
    }

    fn read(bytes: &'static [u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(b"FXF2")?;
        let (head, mut rest) = rest.split_first_chunk::<4>()?;
        let count = usize::from(u16::from_le_bytes([head[0], head[1]]));
        let first_closed = Class::try_from(u16::from_le_bytes([head[2], head[3]])).ok()?;
        let mut names = Vec::with_capacity(count);
        let mut closed = FxHashMap::default();
        for i in 0..count {
            let (len, tail) = rest.split_first()?;
            let (name, tail) = tail.split_at_checked(usize::from(*len))?;
            let name = std::str::from_utf8(name).ok()?;
            names.push(name);
            let class = Class::try_from(i).ok()?;
            if class >= first_closed {
                closed.insert(name, class);
            }
            rest = tail;
        }
        let (head, rest) = rest.split_first_chunk::<12>()?;
        let word = |i: usize| u32::from_le_bytes([head[i], head[i + 1], head[i + 2], head[i + 3]]);
        let (segment, segments, size) = (word(0), word(4), word(8));
        let (cells, rest) = rest.split_at_checked(2 * size as usize)?;
        if !segment.is_power_of_two() || u64::from(segments + 2) * u64::from(segment) != u64::from(size) {
            return None;
        }
        let (bits, rest) = rest.split_at_checked(BITS / 8)?;
        let forests = Forest::read_all(rest)?;
        let span = u64::from(segments) * u64::from(segment);
        let triples = (0..1 << TRIPLES).map(|_| AtomicU32::new(0)).collect();
        let pairs = || (0..1 << 16).map(|_| AtomicU8::new(0)).collect();
        let (doubles, backs) = (pairs(), pairs());
        let single = Vec::with_capacity(count);
        let mut table =
            Self { cells, segment, span, closed, first_closed, names, bits, forests, single, triples, doubles, backs };
        for class in 0..count as u64 {
            let cost = table.log(Kind::Class, 0, 0, class, 8.0).unwrap_or(-f32::from(RARE_CLASS) / 16.0);
            table.single.push(cost);
        }
        Some(table)
    }

    /// The log probability of a class, whatever stands before it.
    pub fn single(&self, class: Class) -> f32 {
        self.single.get(usize::from(class)).copied().unwrap_or(-5.0)
    }

    /// The log probability of the last of three classes behind the others.
    pub fn classes(&self, triple: [Class; 3]) -> f32 {
        let [a, b, c] = triple;
        let name = u32::from_le_bytes([0, a, b, c]);
        let slot = self.triples.get((name.wrapping_mul(0x9e37_79b1) >> (32 - TRIPLES)) as usize);
        // No triple of three starts of sentences is ever asked for, so that an empty slot answers none.
        if let Some(kept) = slot.map(|s| s.load(Ordering::Relaxed)).filter(|kept| kept & !255 == name) {
            return -((kept & 255) as f32) / 16.0;
        }
        let cost = self.class_sixteenths(triple);
        if let Some(slot) = slot {
            slot.store(name | u32::from(cost), Ordering::Relaxed);
        }
        -f32::from(cost) / 16.0
    }

    /// The same as a negative number of sixteenths, at most 63 · 4.
    fn class_sixteenths(&self, triple: [Class; 3]) -> u8 {
        let [a, b, c] = triple.map(u64::from);
        let get = |kind, a, b, c| self.get(key(kind, a, b, c));
        if let Some(log) = get(Kind::ClassTrigram, a, b, c) {
            return 2 * log;
        }
        let back = kept(&self.backs, triple[0], triple[1], || get(Kind::ClassBack2, 0, a, b).unwrap_or(0));
        let double = kept(&self.doubles, triple[1], triple[2], || {
            get(Kind::ClassBigram, 0, b, c).map_or_else(
                || get(Kind::ClassBack, 0, 0, b).unwrap_or(0) + get(Kind::Class, 0, 0, c).map_or(RARE_CLASS, |v| 2 * v),
                |v| 2 * v,
            )
        });
        back + double
    }

    /// The six bits stored for `key`; about one in a thousand of unknown keys answers by chance.
    pub fn get(&self, key: u64) -> Option<u8> {
        let mask = u64::from(self.segment) - 1;
        let step = u64::from(self.segment);
        let h0 = ((u128::from(key) * u128::from(self.span)) >> 64) as u64;
        let h1 = (h0 + step) ^ ((key >> 18) & mask);
        let h2 = (h0 + 2 * step) ^ (key & mask);
        let cell = |h: u64| {
            let at = 2 * h as usize;
            u16::from_le_bytes([self.cells[at], self.cells[at + 1]])
        };
        let word = cell(h0) ^ cell(h1) ^ cell(h2);
        let print = ((key >> 40) ^ (key >> 5)) & 1023;
        (u64::from(word >> 6) == print).then_some((word & 63) as u8)
    }

    /// The value of an n-gram as a logarithm to base 10, stored in steps of 1 ⁄ `scale`.
    pub fn log(&self, kind: Kind, a: u64, b: u64, c: u64, scale: f32) -> Option<f32> {
        self.get(key(kind, a, b, c)).map(|v| -f32::from(v) / scale)
    }

    /// The class of a closed-class word in lower case.
    pub fn closed(&self, lower: &str) -> Option<Class> {
        self.closed.get(lower).copied()
    }

    /// The class named `name`, if the model has it.
    pub fn class(&self, name: &str) -> Option<Class> {
        self.names.iter().position(|n| *n == name).and_then(|i| Class::try_from(i).ok())
    }

    /// The name of a class: the tags that its words may have, joined by `+`, or the word itself.
    pub fn name(&self, class: Class) -> &'static str {
        self.names.get(usize::from(class)).copied().unwrap_or("")
    }

    /// Whether a word may be of the lexicon or of the closed classes.
    pub fn may_know(&self, hash: u64) -> bool {
        let at = (hash ^ (hash >> 29)) as usize % BITS;
        self.bits[at / 8] & (1 << (at % 8)) != 0
    }

    /// The class of an open-class word in lower case that the lexicon has.
    pub fn lexicon(&self, hash: u64) -> Option<Class> {
        self.get(key(Kind::Lexicon, 0, 0, hash)).filter(|c| (NUMBER..self.first_closed).contains(c))
    }
}

/// What `table` keeps of a pair of classes, found by `find` the first time.
fn kept(table: &[AtomicU8], a: Class, b: Class, find: impl FnOnce() -> u8) -> u8 {
    let slot = table.get(usize::from(a) << 8 | usize::from(b));
    if let Some(value) = slot.and_then(|s| s.load(Ordering::Relaxed).checked_sub(1)) {
        return value;
    }
    let value = find();
    if let Some(slot) = slot {
        slot.store(value + 1, Ordering::Relaxed);
    }
    value
}
