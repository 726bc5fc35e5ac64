//! Which patterns may stand where: every pattern is filed under two of its words and their distance, chosen to be rare in
//! text and little used by other patterns, and is tried only where both stand so far apart. A text's pairs of words are
//! asked of a bit map first, so the work for a word is the same whatever the number of patterns. The table is plain bytes:
//! `build.rs` writes that of the built-in entries with this module, and nothing is built at start-up.

use super::syntax::{FAR, Syntax};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

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
    /// What [`need`] says of a further word that the sentence must have; 0 for none.
    pub needs: u32,
}

/// What a posting says of a word of this symbol; never 0.
#[must_use]
pub const fn need(symbol: u64) -> u32 {
    (symbol >> 16) as u32 | 1
}

/// Which words a sentence has, so that most patterns that need another word are passed over at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Present([u64; 32]);

impl Present {
    /// Adds a word.
    pub fn add(&mut self, symbol: u64) {
        let need = need(symbol) >> 1;
        self.0[(need >> 6 & 31) as usize] |= 1 << (need & 63);
    }

    /// Whether the sentence may have what is needed: never no where it has.
    #[must_use]
    pub const fn may_have(&self, needs: u32) -> bool {
        needs == 0 || self.0[(needs >> 7 & 31) as usize] >> (needs >> 1 & 63) & 1 == 1
    }
}

/// Where to look for the patterns of a key: those filed under single words are few, and apart they stay in the cache.
#[derive(Clone, Debug)]
pub struct Index {
    /// Keys of [`alone`].
    pub singles: Table,
    /// Keys of [`pair`].
    pub pairs: Table,
}

impl Index {
    /// The index that [`index_of`] wrote.
    #[must_use]
    pub fn new(bytes: Cow<'static, [u8]>) -> Self {
        let end = 4 + 4 * word(&bytes, 0) as usize;
        match bytes {
            Cow::Borrowed(bytes) => Self {
                singles: Table::new(bytes.get(4..end).unwrap_or_default().into()),
                pairs: Table::new(bytes.get(end..).unwrap_or_default().into()),
            },
            Cow::Owned(mut bytes) => {
                let pairs = bytes.split_off(end.min(bytes.len()));
                Self { singles: Table::new(bytes.split_off(4).into()), pairs: Table::new(pairs.into()) }
            }
        }
    }
}

/// Postings by key.
#[derive(Clone, Debug)]
pub struct Table {
    /// Little-endian 32-bit words: the logarithms of the sizes of bit map (in blocks of 64 bits) and table, bit map, table,
    /// lists. A slot of the table holds a key's mark and its posting, or [`MANY`] and where its list is.
    bytes: Cow<'static, [u8]>,
    block_shift: u32,
    slot_shift: u32,
    /// First words of table and lists.
    table: usize,
    lists: usize,
}

/// Stands for an entry where a key has several postings.
const MANY: u32 = u32::MAX;

/// The two bits of its block that a key sets.
const fn bits_of(key: u64) -> u64 {
    1 << (key & 63) | 1 << (key >> 6 & 63)
}

/// Where the search for a key's slot begins, and what marks it there; never 0.
const fn slot_of(key: u64, shift: u32) -> (usize, u32) {
    ((key.wrapping_mul(0x2545_f491_4f6c_dd1d) >> shift) as usize, (key >> 12) as u32 | 1)
}

impl Table {
    fn new(bytes: Cow<'static, [u8]>) -> Self {
        let (blocks, slots) = (word(&bytes, 0), word(&bytes, 1));
        let table = 2 + (2 << blocks);
        Self { block_shift: 64 - blocks, slot_shift: 64 - slots, table, lists: table + (4 << slots), bytes }
    }

    /// Whether some pattern may be filed under `key`: never no where one is, and seldom yes where none is.
    #[inline]
    #[must_use]
    pub fn may_have(&self, key: u64) -> bool {
        let at = 8 + 8 * (key >> self.block_shift) as usize;
        let block = self.bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes);
        block & bits_of(key) == bits_of(key)
    }

    /// The patterns under `key`.
    pub fn get(&self, key: u64) -> impl Iterator<Item = Posting> + '_ {
        let (mut slot, mark) = slot_of(key, self.slot_shift);
        let last = (1_usize << (64 - self.slot_shift)) - 1;
        let (first, count) = loop {
            let at = self.table + 4 * slot;
            match word(&self.bytes, at) {
                0 => break (0, 0),
                found if found == mark && word(&self.bytes, at + 1) == MANY => {
                    let list = self.lists + word(&self.bytes, at + 2) as usize;
                    break (list + 1, word(&self.bytes, list) as usize);
                }
                found if found == mark => break (at + 1, 1),
                _ => slot = (slot + 1) & last,
            }
        };
        (0..count).map(move |n| {
            let at = |k: usize| word(&self.bytes, first + 3 * n + k);
            Posting { entry: at(0), pattern: (at(1) >> 16) as u16, element: at(1) as u16, needs: at(2) }
        })
    }
}

#[inline]
fn word(bytes: &[u8], i: usize) -> u32 {
    bytes.get(4 * i..4 * i + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// The bytes of an index over the patterns of entries, given with the entry's number and the pattern's place in it.
pub fn index_of<'s>(patterns: impl IntoIterator<Item = (u32, u16, &'s Syntax)>) -> Vec<u8> {
    // Single words, and pairs.
    let mut filed: [Filed; 2] = [Filed::new(), Filed::new()];
    for (entry, pattern, syntax) in patterns {
        let (elements, keys) = window(syntax, &filed);
        let filed = &mut filed[usize::from(elements.0 != elements.1)];
        let element = elements.0 as u16;
        let needs = further(syntax, elements);
        for key in keys {
            let postings = filed.entry(key).or_default();
            postings.extend(needs.iter().map(|&needs| Posting { entry, pattern, element, needs }));
        }
    }
    let [singles, pairs] = filed.map(|filed| table_of(&filed));
    let words = std::iter::once(singles.len() as u32).chain(singles).chain(pairs);
    words.flat_map(u32::to_le_bytes).collect()
}

/// Postings by key, while they are gathered.
type Filed = HashMap<u64, Vec<Posting>>;

/// The words of a table.
fn table_of(filed: &Filed) -> Vec<u32> {
    let mut keys: Vec<u64> = filed.keys().copied().collect();
    keys.sort_unstable();
    // 8 to 16 bits a key: at most one probe in twenty goes on in vain. The floor keeps small maps as fast as large ones.
    let blocks = log(keys.len() / 8).max(9);
    let slots = log(keys.len() * 5 / 4 + 2);
    let mut map = vec![0_u64; 1 << blocks];
    let mut marks = vec![0_u32; 1 << slots];
    // Two keys of one mark share what is filed under either; what does not fit fails at its first element.
    let mut places: BTreeMap<usize, Vec<Posting>> = BTreeMap::new();
    for key in keys {
        map[(key >> (64 - blocks)) as usize] |= bits_of(key);
        let (mut slot, mark) = slot_of(key, 64 - slots);
        while marks[slot] != 0 && marks[slot] != mark {
            slot = (slot + 1) & (marks.len() - 1);
        }
        marks[slot] = mark;
        places.entry(slot).or_default().extend(&filed[&key]);
    }
    let mut table = vec![0_u32; 4 << slots];
    let mut lists = Vec::new();
    for (slot, mut postings) in places {
        postings.sort_unstable();
        postings.dedup();
        let words = |p: &Posting| [p.entry, u32::from(p.pattern) << 16 | u32::from(p.element), p.needs];
        table[4 * slot] = marks[slot];
        if let [one] = postings.as_slice() {
            table[4 * slot + 1..4 * slot + 4].copy_from_slice(&words(one));
        } else {
            table[4 * slot + 1..4 * slot + 3].copy_from_slice(&[MANY, lists.len() as u32]);
            lists.push(postings.len() as u32);
            lists.extend(postings.iter().flat_map(words));
        }
    }
    let map = map.into_iter().flat_map(|block| [block as u32, (block >> 32) as u32]);
    [blocks, slots].into_iter().chain(map).chain(table).chain(lists).collect()
}

/// The least power of two that is not below `least`, as its logarithm; at least 1.
const fn log(least: usize) -> u32 {
    let least = if least < 2 { 2 } else { least };
    usize::BITS - (least - 1).leading_zeros()
}

/// The words of an element that must be met.
fn required(syntax: &Syntax, i: usize) -> Option<&[String]> {
    syntax.elements.get(i).filter(|e| !e.optional).and_then(|e| e.atom.literals())
}

/// What the sentence must have beside the words of the key, one of several: the rarest element that is neither of those.
fn further(syntax: &Syntax, key: (usize, usize)) -> Vec<u32> {
    let often = |words: &[String]| words.iter().map(|word| share(word)).sum::<f64>();
    let rest = (0..syntax.elements.len()).filter(|i| *i != key.0 && *i != key.1);
    let words = rest.filter_map(|i| required(syntax, i)).filter(|words| words.len() <= 6);
    match words.min_by(|a, b| often(a).total_cmp(&often(b))) {
        Some(words) => words.iter().map(|word| need(symbol(word))).collect(),
        None => vec![0],
    }
}

/// The keys under which a pattern is filed: one of them stands in every text that it meets, its first word where the
/// first element stands. The elements are those of the key's words, twice the same for a single one.
fn window(syntax: &Syntax, filed: &[Filed; 2]) -> ((usize, usize), Vec<u64>) {
    let mut best: Option<(f64, (usize, usize), Vec<u64>)> = None;
    let mut offer = |elements: (usize, usize), keys: Vec<(u64, f64)>| {
        let filed = &filed[usize::from(elements.0 != elements.1)];
        let cost = |(key, often): &(u64, f64)| often * (1 + filed.get(key).map_or(0, Vec::len)) as f64;
        let cost: f64 = keys.iter().map(cost).sum::<f64>() + 2e-7 * keys.len() as f64;
        if best.as_ref().is_none_or(|b| cost < b.0) {
            best = Some((cost, elements, keys.into_iter().map(|k| k.0).collect()));
        }
    };
    let required = |i: usize| required(syntax, i);
    for i in 0..syntax.elements.len() {
        let Some(first) = required(i) else { continue };
        offer((i, i), first.iter().map(|a| (alone(symbol(a)), share(a))).collect());
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
                    offer((i, j), keys);
                }
            }
            let (fewer, more) = syntax.elements[j].reach();
            (least, most) = (least + fewer, (most + more).min(FAR));
            if most > DISTANCE {
                break;
            }
        }
    }
    best.map_or(((0, 0), Vec::new()), |b| (b.1, b.2))
}

/// About how large a share of the words of news a word is: by Zipf's law for the most frequent, one for all others.
fn share(word: &str) -> f64 {
    COMMON.iter().position(|c| *c == word).map_or(3e-5, |rank| 0.08 / (rank + 1) as f64)
}

/// The most frequent words and lemmas of English news, most frequent first.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "the", ",", ".", "to", "of", "be", "and", "a", "in", "'s", "for", "that", "have", "on", "\"", "it", "with", "is",
    "say", "he", "as", "was", "at", "by", "from", "said", "his", "an", "not", "they", "we", "but", "has", "are",
    "will", "this", "i", "which", "their", "who", "or", "had", "would", "been", "its", "more", "were", "one", "she",
    "her", "there", "after", "also", "you", "do", "people", "year", "new", "about", "all", "when", "n't", "up", "out",
    "can", "two", "than", "other", "make", "over", "what", "into", "some", "first", "could", "no", "time", "if",
    "last", "government", "take", "country", "so", "our", "state", "go", "president", "years", "during", "only",
    "before", "many", "most", "between", "get", "them", "-", ":", ";", "(", ")", "because", "may", "day", "give",
    "against", "such", "minister", "work", "very", "my", "your", "him", "come", "tell", "see", "through", "under",
    "where", "while", "now", "world", "part", "city", "any", "should", "find", "use", "include", "off", "well",
    "even", "three", "must", "these", "both", "how", "just", "then", "down", "week", "month", "those", "being",
    "know", "way", "call", "company", "made", "show", "still", "group", "percent", "million", "since", "back", "case",
    "police", "official", "want", "leave", "hold", "like", "own", "become", "us", "much", "report", "without",
    "around", "place", "lead", "end", "high", "long", "another", "think", "law", "home", "support", "party", "meet",
    "good", "man", "me", "too", "according", "set", "question", "put", "security", "present", "situation", "point",
    "keep", "big",
];
