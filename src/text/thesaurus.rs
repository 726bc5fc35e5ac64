//! What English words have to do with each other: synonyms, antonyms, more general words, derivations, and likeness of
//! use. `corpora/words/thesaurus.bin` holds WordNet's relations and GloVe's vectors for the frequent words
//! (`corpora/words/thesaurus.py` builds it); it is read in place, so that there is nothing to load.
//!
//! All numbers in the file are little-endian: `FXW1`; five `u32` (words N, words with a vector V, dimensions D,
//! slots S, relations R); S slots of a hash table, `u16` word numbers, `0xFFFF` empty; N + 1 starts of the words'
//! text, `u32`; N + 1 starts of their relations, `u32`; R other words, `u16`, ascending for each word; R kinds, a byte;
//! V × D coordinates, a signed byte; the text.

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8};
use std::sync::OnceLock;

/// What a word is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// They can mean the same: `buy`, `purchase`.
    Synonym,
    /// They mean opposites: `rise`, `fall`.
    Antonym,
    /// The first is more general: `city`, `moscow`.
    Hypernym,
    /// The first is more specific: `ambassador`, `official`.
    Hyponym,
    /// One is derived from the other, or both from a third: `invade`, `invasion`; `Russia`, `Russian`.
    Derivation,
}

/// A relation, and how much it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kinship {
    /// What the first word is to the second.
    pub relation: Relation,
    /// Whether it holds in the senses in which both words are mostly used, or, of antonyms, is a direct one.
    pub usual: bool,
}

/// A word of the thesaurus, looked up once and compared often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entry(u16);

/// A set of words that may hold more than were put in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter([u64; 4]);

impl Filter {
    /// Whether `entry` may be in the set.
    #[must_use]
    pub const fn may_hold(&self, entry: Entry) -> bool {
        self.0[(entry.0 >> 6) as usize & 3] & (1 << (entry.0 & 63)) != 0
    }

    /// Both sets in one.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        let (a, b) = (self.0, other.0);
        Self([a[0] | b[0], a[1] | b[1], a[2] | b[2], a[3] | b[3]])
    }
}

const FILE: &[u8] = include_bytes!("../../corpora/words/thesaurus.bin");
const EMPTY: u16 = 0xFFFF;

/// Where the parts of the file begin.
struct Layout {
    words: usize,
    vectors: usize,
    slots: usize,
    slots_at: usize,
    texts_at: usize,
    firsts_at: usize,
    others_at: usize,
    kinds_at: usize,
    vectors_at: usize,
    text_at: usize,
}

/// Coordinates of a vector; the file's figure is checked against it when this is compiled.
const DIMENSIONS: usize = 48;

const fn number(at: usize) -> usize {
    u32::from_le_bytes([FILE[at], FILE[at + 1], FILE[at + 2], FILE[at + 3]]) as usize
}

const LAYOUT: Layout = {
    assert!(FILE[0] == b'F' && FILE[1] == b'X' && FILE[2] == b'W' && FILE[3] == b'1', "thesaurus.bin is no thesaurus");
    assert!(number(12) == DIMENSIONS, "thesaurus.bin has vectors of another length");
    let (words, vectors, slots, relations) = (number(4), number(8), number(16), number(20));
    let slots_at = 24;
    let texts_at = slots_at + 2 * slots;
    let firsts_at = texts_at + 4 * (words + 1);
    let others_at = firsts_at + 4 * (words + 1);
    let kinds_at = others_at + 2 * relations;
    let vectors_at = kinds_at + relations;
    let text_at = vectors_at + vectors * DIMENSIONS;
    assert!(slots.is_power_of_two() && slots > words && vectors <= words && words < EMPTY as usize);
    assert!(text_at + number(texts_at + 4 * words) == FILE.len(), "thesaurus.bin is cut short");
    Layout { words, vectors, slots, slots_at, texts_at, firsts_at, others_at, kinds_at, vectors_at, text_at }
};

fn half(at: usize) -> u16 {
    u16::from_le_bytes([FILE[at], FILE[at + 1]])
}

/// FNV-1a, folded once because its low bits are weak.
fn hash(parts: &[&[u8]]) -> u32 {
    let mut h = 0x811c_9dc5_u32;
    for part in parts {
        for &byte in *part {
            h = (h ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    h ^ (h >> 15)
}

fn find(parts: &[&[u8]]) -> Option<Entry> {
    let mask = LAYOUT.slots - 1;
    let mut slot = hash(parts) as usize & mask;
    loop {
        let word = half(LAYOUT.slots_at + 2 * slot);
        if word == EMPTY {
            return None;
        }
        let mut rest = Entry(word).bytes();
        if parts.iter().all(|part| match rest.strip_prefix(*part) {
            Some(left) => {
                rest = left;
                true
            }
            None => false,
        }) && rest.is_empty()
        {
            return Some(Entry(word));
        }
        slot = (slot + 1) & mask;
    }
}

/// Words by 16 bits of their hashes; may hold more than were put in.
struct Bits([u64; 1024]);

impl Bits {
    fn put(&mut self, word: &[u8]) {
        let bit = hash(&[word]);
        self.0[usize::from(bit as u16 >> 6)] |= 1 << (bit & 63);
    }

    fn may_hold(&self, word: &str) -> bool {
        let bit = hash(&[word.as_bytes()]);
        self.0[usize::from(bit as u16 >> 6)] & 1 << (bit & 63) != 0
    }
}

/// The first words of all phrases, and what follows them.
fn ends() -> &'static [Bits; 2] {
    static ENDS: OnceLock<Box<[Bits; 2]>> = OnceLock::new();
    ENDS.get_or_init(|| {
        let mut ends = Box::new([Bits([0; 1024]), Bits([0; 1024])]);
        for text in (LAYOUT.vectors..LAYOUT.words).map(|n| Entry(n as u16).bytes()) {
            if let Some(end) = text.iter().position(|byte| *byte == b'_') {
                ends[0].put(&text[..end]);
                ends[1].put(&text[end + 1..]);
            }
        }
        ends
    })
}

impl Entry {
    /// The entry of a lower-case word or lemma.
    #[must_use]
    pub fn of(lower: &str) -> Option<Self> {
        find(&[lower.as_bytes()])
    }

    /// The entry of a phrase of two lower-case words, the first one a lemma: `carry` `out`.
    #[must_use]
    pub fn of_phrase(first: &str, second: &str) -> Option<Self> {
        find(&[first.as_bytes(), b"_", second.as_bytes()])
    }

    /// Whether a phrase may begin with `lower`; where not, [`Entry::of_phrase`] need not be asked.
    #[must_use]
    pub fn may_lead(lower: &str) -> bool {
        ends()[0].may_hold(lower)
    }

    /// Whether a phrase may end with `lower`; where not, [`Entry::of_phrase`] need not be asked.
    #[must_use]
    pub fn may_follow(lower: &str) -> bool {
        ends()[1].may_hold(lower)
    }

    fn bytes(self) -> &'static [u8] {
        let at = LAYOUT.texts_at + 4 * usize::from(self.0);
        &FILE[LAYOUT.text_at + number(at)..LAYOUT.text_at + number(at + 4)]
    }

    /// The word; a phrase has `_` between its words.
    #[must_use]
    pub fn text(self) -> &'static str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// Its place among all words by frequency in news and encyclopedia, from 0; phrases come after all words.
    #[must_use]
    pub const fn rank(self) -> usize {
        self.0 as usize
    }

    fn coordinates(self) -> Option<&'static [u8; DIMENSIONS]> {
        let n = usize::from(self.0);
        if n >= LAYOUT.vectors {
            return None;
        }
        let at = LAYOUT.vectors_at + n * DIMENSIONS;
        FILE.get(at..at + DIMENSIONS).and_then(|bytes| bytes.try_into().ok())
    }

    /// The length of the word's vector, for [`Entry::cosine`]; 0 if it has none.
    #[must_use]
    pub fn length(self) -> f32 {
        self.coordinates().map_or(0.0, |x| (dot(x, x) as f32).sqrt())
    }

    /// The cosine of the words' vectors, -1 to 1, given their [lengths](Entry::length); 0 where one has no vector.
    #[must_use]
    pub fn cosine(self, length: f32, other: Self, other_length: f32) -> f32 {
        match (self.coordinates(), other.coordinates()) {
            (Some(x), Some(y)) => dot(x, y) as f32 / (length * other_length).max(1.0),
            _ => 0.0,
        }
    }

    /// The word's vector, to be compared with many others, given its [length](Entry::length); zeros if it has none.
    #[inline(always)]
    #[must_use]
    pub fn vector(self, length: f32) -> Vector {
        let Some(bytes) = self.coordinates() else { return Vector::NONE };
        let mut coordinates = [0.0; DIMENSIONS];
        for (coordinate, byte) in coordinates.iter_mut().zip(bytes) {
            *coordinate = f32::from(*byte as i8);
        }
        Vector { coordinates, share: 1.0 / length.max(1.0) }
    }

    /// What this word is to `other`.
    #[must_use]
    pub fn kinship(self, other: Self) -> Option<Kinship> {
        let n = usize::from(self.0);
        let (mut low, mut high) = (number(LAYOUT.firsts_at + 4 * n), number(LAYOUT.firsts_at + 4 * (n + 1)));
        while low < high {
            let middle = low.midpoint(high);
            match half(LAYOUT.others_at + 2 * middle).cmp(&other.0) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Kinship::from_byte(FILE[LAYOUT.kinds_at + middle]),
            }
        }
        None
    }

    /// Whether any word is its opposite.
    #[must_use]
    pub fn has_antonym(self) -> bool {
        let n = usize::from(self.0);
        Antonyms::all().words.get(n / 64).is_some_and(|bits| bits & 1 << (n % 64) != 0)
    }

    /// The words that are its opposites, by frequency.
    pub fn antonyms(self) -> impl Iterator<Item = Self> {
        let pairs: &[(Self, Self)] = if self.has_antonym() { &Antonyms::all().pairs } else { &[] };
        let own = pairs.partition_point(|pair| pair.0 < self);
        pairs[own..].iter().take_while(move |pair| pair.0 == self).map(|pair| pair.1)
    }

    /// A filter of this word's relatives: where it lacks `other`, there is no kinship. Cheap to ask for many pairs.
    #[must_use]
    pub fn filter(self) -> Filter {
        let mut bits = [0u64; 4];
        let n = usize::from(self.0);
        for k in number(LAYOUT.firsts_at + 4 * n)..number(LAYOUT.firsts_at + 4 * (n + 1)) {
            let other = half(LAYOUT.others_at + 2 * k);
            bits[usize::from(other >> 6) & 3] |= 1 << (other & 63);
        }
        Filter(bits)
    }

    /// The words that this one has to do with, and what this one is to each, by frequency.
    pub fn relatives(self) -> impl Iterator<Item = (Self, Kinship)> {
        let n = usize::from(self.0);
        (number(LAYOUT.firsts_at + 4 * n)..number(LAYOUT.firsts_at + 4 * (n + 1))).filter_map(|k| {
            Kinship::from_byte(FILE[LAYOUT.kinds_at + k]).map(|kin| (Self(half(LAYOUT.others_at + 2 * k)), kin))
        })
    }
}

/// Words with their opposites: few have any.
struct Antonyms {
    /// A bit for each word that has one.
    words: Vec<u64>,
    /// In order.
    pairs: Vec<(Entry, Entry)>,
}

impl Antonyms {
    fn all() -> &'static Self {
        static ALL: OnceLock<Antonyms> = OnceLock::new();
        ALL.get_or_init(|| {
            let mut all = Self { words: vec![0; LAYOUT.words.div_ceil(64)], pairs: Vec::new() };
            for n in 0..LAYOUT.words {
                let own = number(LAYOUT.firsts_at + 4 * n)..number(LAYOUT.firsts_at + 4 * (n + 1));
                for (k, kind) in own.clone().zip(&FILE[LAYOUT.kinds_at + own.start..LAYOUT.kinds_at + own.end]) {
                    if kind & 0x7f == Relation::Antonym as u8 {
                        all.words[n / 64] |= 1 << (n % 64);
                        all.pairs.push((Entry(n as u16), Entry(half(LAYOUT.others_at + 2 * k))));
                    }
                }
            }
            all
        })
    }
}

/// A word's vector, ready to be compared with many others.
///
/// ```
/// use fauxami::text::thesaurus::Entry;
/// let vector = |word| Entry::of(word).map(|entry| entry.vector(entry.length())).unwrap_or_default();
/// assert!(vector("minister").cosine(&vector("premier")) > 0.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vector {
    /// Whole numbers, whose products add up to less than 2^24: their sum is exact in any order.
    coordinates: [f32; DIMENSIONS],
    /// One over its length.
    share: f32,
}

impl Default for Vector {
    fn default() -> Self {
        Self::NONE
    }
}

impl Vector {
    /// That of a word that has none.
    pub const NONE: Self = Self { coordinates: [0.0; DIMENSIONS], share: 0.0 };

    /// The cosine of two vectors, -1 to 1; 0 where a word has none.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f32 {
        let products = self.coordinates.iter().zip(&other.coordinates).map(|(x, y)| x * y);
        products.sum::<f32>() * (self.share * other.share)
    }

    /// The same, eight coordinates at a time.
    #[inline(always)]
    pub(crate) fn cosine_at_once<S: Simd>(&self, simd: S, other: &Self) -> f32 {
        let mut sums = f32x8::splat(simd, 0.0);
        for (x, y) in self.coordinates.as_chunks::<8>().0.iter().zip(other.coordinates.as_chunks::<8>().0) {
            sums += f32x8::from_slice(simd, x) * f32x8::from_slice(simd, y);
        }
        let l = *sums;
        let sum = ((l[0] + l[4]) + (l[1] + l[5])) + ((l[2] + l[6]) + (l[3] + l[7]));
        sum * (self.share * other.share)
    }
}

fn dot(x: &[u8; DIMENSIONS], y: &[u8; DIMENSIONS]) -> i32 {
    x.iter().zip(y).map(|(p, q)| i32::from(i16::from(*p as i8) * i16::from(*q as i8))).sum()
}

impl Kinship {
    const fn from_byte(byte: u8) -> Option<Self> {
        let relation = match byte & 0x7f {
            0 => Relation::Synonym,
            1 => Relation::Antonym,
            2 => Relation::Hypernym,
            3 => Relation::Hyponym,
            4 => Relation::Derivation,
            _ => return None,
        };
        Some(Self { relation, usual: byte & 0x80 != 0 })
    }
}

/// What lemma `a` is to lemma `b`, both in lower case, in the senses in which they are mostly used; `None` where
/// WordNet says nothing of them or they are the same. [`kinship`] gives the looser relations too.
///
/// ```
/// use fauxami::text::thesaurus::{Relation, relation};
/// assert_eq!(relation("buy", "purchase"), Some(Relation::Synonym));
/// assert_eq!(relation("rise", "fall"), Some(Relation::Antonym));
/// assert_eq!(relation("city", "moscow"), Some(Relation::Hypernym));
/// assert_eq!(relation("ambassador", "official"), Some(Relation::Hyponym));
/// assert_eq!(relation("invade", "invasion"), Some(Relation::Derivation));
/// assert_eq!(relation("car", "minister"), None);
/// ```
#[must_use]
pub fn relation(a: &str, b: &str) -> Option<Relation> {
    kinship(a, b).filter(|kin| kin.usual).map(|kin| kin.relation)
}

/// What lemma `a` is to lemma `b`, both in lower case, also in rarer senses and by a detour.
///
/// ```
/// use fauxami::text::thesaurus::{Relation, kinship};
/// let kin = kinship("swift", "slow").unwrap();
/// assert_eq!((kin.relation, kin.usual), (Relation::Antonym, false));
/// ```
#[must_use]
pub fn kinship(a: &str, b: &str) -> Option<Kinship> {
    Entry::of(a)?.kinship(Entry::of(b)?)
}

/// How alike two lower-case words are used, as the cosine of their vectors, -1 to 1: above 0.6 they are mostly of one
/// field, antonyms too. `None` where one of them is not among the frequent words (about 32,000).
///
/// ```
/// use fauxami::text::thesaurus::similarity;
/// let (near, far) = (similarity("minister", "premier").unwrap(), similarity("minister", "goal").unwrap());
/// assert!(near > 0.5 && far < 0.3);
/// ```
#[must_use]
pub fn similarity(a: &str, b: &str) -> Option<f32> {
    let (a, b) = (Entry::of(a)?, Entry::of(b)?);
    a.coordinates().and(b.coordinates())?;
    Some(a.cosine(a.length(), b, b.length()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_every_relation_has_its_converse() {
        for n in 0..LAYOUT.words {
            let entry = Entry(n as u16);
            assert_eq!(Entry::of(entry.text()), Some(entry), "{}", entry.text());
            for (other, kin) in entry.relatives() {
                let back = other.kinship(entry).map(|k| k.relation);
                let converse = match kin.relation {
                    Relation::Hypernym => Relation::Hyponym,
                    Relation::Hyponym => Relation::Hypernym,
                    same => same,
                };
                assert_eq!(back, Some(converse), "{} {}", entry.text(), other.text());
            }
        }
    }

    #[test]
    fn opposites_of_news_are_antonyms() {
        for (a, b) in [
            ("increase", "decrease"),
            ("win", "lose"),
            ("accept", "reject"),
            ("success", "failure"),
            ("high", "low"),
            ("import", "export"),
            ("guilty", "innocent"),
            ("legal", "illegal"),
            ("above", "below"),
            ("victory", "defeat"),
        ] {
            assert_eq!(kinship(a, b).map(|k| k.relation), Some(Relation::Antonym), "{a} {b}");
        }
    }

    #[test]
    fn phrases_and_unknown_words() {
        let carry = Entry::of_phrase("carry", "out").expect("a phrase of WordNet");
        assert_eq!(carry.text(), "carry_out");
        assert_eq!(Entry::of("").or(Entry::of("部长")), None);
        assert_eq!(similarity("minister", "部长"), None);
    }
}
