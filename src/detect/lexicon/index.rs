//! Which patterns may stand where: every pattern is filed under two of its words and their distance, chosen to be rare in
//! text and little used by other patterns, and is tried only where both stand so far apart. A text's pairs of words are
//! asked of a bit map first, so the work for a word is the same whatever the number of patterns. The table is plain bytes:
//! `build.rs` writes that of the built-in entries with this module, and nothing is built at start-up.

use super::syntax::{FAR, Syntax};
use std::borrow::Cow;
use std::collections::HashMap;

/// Farthest that two words of a key may stand apart, in tokens.
pub const DISTANCE: usize = 4;

/// The number that stands for a word, in lower case, or a lemma; equal words have equal ones.
#[must_use]
pub fn symbol(word: &str) -> u64 {
    let mut hash = 0x9e37_79b9_7f4a_7c15_u64 ^ word.len() as u64;
    let mut chunks = word.as_bytes().chunks_exact(8);
    for chunk in &mut chunks {
        let value = chunk.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
        hash = (hash.rotate_left(23) ^ value).wrapping_mul(0xff51_afd7_ed55_8ccd);
    }
    let value = chunks.remainder().iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte));
    hash = (hash.rotate_left(23) ^ value).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ hash >> 32
}

/// The key of the word `a` alone.
#[must_use]
pub const fn alone(a: u64) -> u64 {
    let hash = a.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 29
}

/// The key of the words `a` and `b`, `distance` tokens apart.
#[must_use]
pub const fn pair(a: u64, b: u64, distance: usize) -> u64 {
    let hash = (a.rotate_left(7 * distance as u32) ^ b.wrapping_mul(0x9fb2_1c65_1e98_df25))
        .wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ hash >> 29
}

/// A pattern filed under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// The entry, by its number.
    pub entry: u32,
    /// Which of its patterns.
    pub pattern: u16,
    /// The element that meets the key's first word.
    pub element: u16,
}

/// Where to look for the patterns of a key.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Little-endian 32-bit words: the logarithms of the sizes of bit map and table, bit map, table, postings.
    bytes: Cow<'static, [u8]>,
    bit_shift: u32,
    slot_shift: u32,
    /// First words of table and postings.
    table: usize,
    postings: usize,
}

impl Index {
    /// The index that [`index_of`] wrote.
    #[must_use]
    pub fn new(bytes: Cow<'static, [u8]>) -> Self {
        let at = |i: usize| word(&bytes, i);
        let (bits, slots) = (at(0), at(1));
        let table = 2 + (1 << bits >> 5);
        let postings = table + (2 << slots);
        Self { bit_shift: 64 - bits, slot_shift: 64 - slots, table, postings, bytes }
    }

    /// Whether some pattern may be filed under `key`: never no where one is, and seldom yes where none is.
    #[inline]
    #[must_use]
    pub fn may_have(&self, key: u64) -> bool {
        let bit = (key >> self.bit_shift) as usize;
        self.bytes.get(8 + (bit >> 3)).is_some_and(|byte| byte >> (bit & 7) & 1 == 1)
    }

    /// The patterns under `key`.
    pub fn get(&self, key: u64) -> impl Iterator<Item = Posting> + '_ {
        let mark = key as u32 | 1;
        let slots = 1_usize << (64 - self.slot_shift);
        let mut slot = (key.wrapping_mul(0x2545_f491_4f6c_dd1d) >> self.slot_shift) as usize;
        let mut at = 0;
        loop {
            match word(&self.bytes, self.table + 2 * slot) {
                0 => break,
                found if found == mark => {
                    at = word(&self.bytes, self.table + 2 * slot + 1) as usize;
                    break;
                }
                _ => slot = (slot + 1) & (slots - 1),
            }
        }
        // The first posting is a stop, so that 0 means none.
        let first = self.postings + at;
        let count = if at == 0 { 0 } else { word(&self.bytes, first) as usize };
        (0..count).map(move |n| {
            let low = word(&self.bytes, first + 2 + 2 * n);
            let entry = word(&self.bytes, first + 1 + 2 * n);
            Posting { entry, pattern: (low >> 16) as u16, element: low as u16 }
        })
    }
}

#[inline]
fn word(bytes: &[u8], i: usize) -> u32 {
    bytes.get(4 * i..4 * i + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// The bytes of an index over the patterns of entries, given with the entry's number and the pattern's place in it.
pub fn index_of<'s>(patterns: impl IntoIterator<Item = (u32, u16, &'s Syntax)>) -> Vec<u8> {
    let mut filed: HashMap<u64, Vec<Posting>> = HashMap::new();
    for (entry, pattern, syntax) in patterns {
        let (element, keys) = window(syntax, &filed);
        for key in keys {
            let postings = filed.entry(key).or_default();
            let posting = Posting { entry, pattern, element };
            if !postings.contains(&posting) {
                postings.push(posting);
            }
        }
    }
    let mut keys: Vec<u64> = filed.keys().copied().collect();
    keys.sort_unstable();
    let log = |least: usize| usize::BITS - (least.max(2) - 1).leading_zeros();
    // 32 bits a key: one probe in thirty goes on in vain. The floor keeps small maps as fast as large ones.
    let (bits, slots) = (log(keys.len() * 32).max(16), log(keys.len() * 2).max(4));
    let mut map = vec![0_u32; 1 << bits >> 5];
    let mut table = vec![0_u32; 2 << slots];
    let mut postings = vec![0_u32];
    // Two keys of one mark share what is filed under either; what does not fit fails at its first element.
    let mut places: HashMap<usize, Vec<Posting>> = HashMap::new();
    for key in keys {
        let bit = (key >> (64 - bits)) as usize;
        map[bit >> 5] |= 1 << (bit & 31);
        let mark = key as u32 | 1;
        let mut slot = (key.wrapping_mul(0x2545_f491_4f6c_dd1d) >> (64 - slots)) as usize;
        while table[2 * slot] != 0 && table[2 * slot] != mark {
            slot = (slot + 1) & ((1 << slots) - 1);
        }
        table[2 * slot] = mark;
        let all = places.entry(slot).or_default();
        all.extend(&filed[&key]);
        all.sort_unstable();
        all.dedup();
    }
    let mut order: Vec<usize> = places.keys().copied().collect();
    order.sort_unstable();
    for slot in order {
        table[2 * slot + 1] = postings.len() as u32;
        let all = &places[&slot];
        postings.push(all.len() as u32);
        for posting in all {
            postings.push(posting.entry);
            postings.push(u32::from(posting.pattern) << 16 | u32::from(posting.element));
        }
    }
    let words = [bits, slots].into_iter().chain(map).chain(table).chain(postings);
    words.flat_map(u32::to_le_bytes).collect()
}

/// The keys under which a pattern is filed: one of them stands in every text that it meets, its first word where the
/// element stands.
fn window(syntax: &Syntax, filed: &HashMap<u64, Vec<Posting>>) -> (u16, Vec<u64>) {
    let mut best: Option<(f64, u16, Vec<u64>)> = None;
    let mut offer = |element: usize, keys: Vec<(u64, f64)>| {
        let cost = |(key, often): &(u64, f64)| often * (1 + filed.get(key).map_or(0, Vec::len)) as f64;
        let cost: f64 = keys.iter().map(cost).sum::<f64>() + 1e-8 * keys.len() as f64;
        if best.as_ref().is_none_or(|b| cost < b.0) {
            best = Some((cost, element as u16, keys.into_iter().map(|k| k.0).collect()));
        }
    };
    let required = |i: usize| syntax.elements.get(i).filter(|e| !e.optional).and_then(|e| e.atom.literals());
    for i in 0..syntax.elements.len() {
        let Some(first) = required(i) else { continue };
        offer(i, first.iter().map(|a| (alone(symbol(a)), share(a))).collect());
        let (mut least, mut most) = (1, 1);
        for j in i + 1..syntax.elements.len() {
            if let Some(second) = required(j) {
                let mut keys = Vec::new();
                for distance in least..=most {
                    for (a, b) in first.iter().flat_map(|a| second.iter().map(move |b| (a, b))) {
                        let (x, y) = (share(a), share(b));
                        keys.push((pair(symbol(a), symbol(b), distance), x.min(y) * x.max(y).sqrt()));
                    }
                }
                if keys.len() <= 400 {
                    offer(i, keys);
                }
            }
            let (fewer, more) = syntax.elements[j].reach();
            (least, most) = (least + fewer, (most + more).min(FAR));
            if most > DISTANCE {
                break;
            }
        }
    }
    best.map_or((0, Vec::new()), |b| (b.1, b.2))
}

/// About how large a share of the words of news a word is: by Zipf's law for the most frequent, one for all others.
fn share(word: &str) -> f64 {
    COMMON.iter().position(|c| *c == word).map_or(3e-5, |rank| 0.08 / (rank + 1) as f64)
}

/// The most frequent words and lemmas of English news, most frequent first.
const COMMON: &[&str] = &[
    "the", ",", ".", "to", "of", "be", "and", "a", "in", "'s", "for", "that", "have", "on", "\"", "it", "with", "is",
    "say", "he", "as", "was", "at", "by", "from", "said", "his", "an", "not", "they", "we", "but", "has", "are", "will",
    "this", "i", "which", "their", "who", "or", "had", "would", "been", "its", "more", "were", "one", "she", "her",
    "there", "after", "also", "you", "do", "people", "year", "new", "about", "all", "when", "n't", "up", "out", "can",
    "two", "than", "other", "make", "over", "what", "into", "some", "first", "could", "no", "time", "if", "last",
    "government", "take", "country", "so", "our", "state", "go", "president", "years", "during", "only", "before",
    "many", "most", "between", "get", "them", "-", ":", ";", "(", ")", "because", "may", "day", "give", "against",
    "such", "say", "minister", "work", "very", "my", "your", "him", "come", "tell", "see", "through", "under", "where",
    "while", "now", "world", "part", "city", "any", "should", "find", "use", "include", "off", "well", "even", "three",
    "must", "these", "both", "how", "just", "then", "down", "week", "month", "those", "being", "know", "way", "call",
    "company", "made", "show", "still", "group", "percent", "million", "since", "back", "case", "police", "official",
    "want", "leave", "hold", "like", "own", "become", "us", "much", "report", "without", "around", "place", "lead",
    "end", "high", "long", "another", "think", "law", "home", "support", "party", "meet", "good", "man", "me", "too",
    "according", "against", "set", "question", "put", "security", "present", "situation", "point", "keep", "big",
];
