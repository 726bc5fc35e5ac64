//! The part-of-speech tagger: an averaged perceptron with a greedy decode (Collins 2002), over words, affixes, shapes
//! and the two tags before. The weights in `corpora/models/tagger.bin` are fitted by `examples/fit_tagger.rs`.

use super::memo::Memo;
use super::tag::Tag;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// Words of a sentence as the tagger sees them: surface and lower-case form.
#[derive(Clone, Copy, Debug)]
pub struct Word<'t> {
    /// The word as written, in normal form.
    pub text: &'t str,
    /// The same in lower case.
    pub lower: &'t str,
}

/// Number of features of a token that hang on one word beside it or itself, on words in other ways, and on tags as well.
const ALONE: usize = 11;
const SHAPED: usize = 3;
const INNER: usize = 5;
const MAGIC: &[u8; 4] = b"FXT2";

/// The fitted model.
#[derive(Debug)]
pub struct Tagger {
    /// Words that have had one tag (nearly) always.
    fixed: FxHashMap<Box<str>, Tag>,
    /// Features by fingerprint, open-addressed. `marks` holds 1 + seven bits of the fingerprint, 0 where a slot is free: most
    /// features of a text are in no model, and a table of bytes that says so stays in the cache.
    marks: Vec<u8>,
    /// For each slot the place in `rows` and, in the lowest six bits, the number of weights.
    places: Vec<u32>,
    mask: usize,
    /// For each feature its fingerprint, low half first, then its weights: the tag in the upper six bits, the weight below, in
    /// eighths of what the file has.
    rows: Vec<u16>,
}

/// The mark of a fingerprint: its highest bits, which do not choose the slot.
const fn mark(key: u32) -> u8 {
    (key >> 25) as u8 + 1
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
        let size = (n + n / 2).next_power_of_two().max(2);
        // The first row is that of no feature.
        let mut model = Self {
            fixed,
            marks: vec![0; size],
            places: vec![0; size],
            mask: size - 1,
            rows: Vec::with_capacity(n * 5),
        };
        model.rows.extend([0, 0]);
        for _ in 0..n {
            let key = reader.u32()?;
            let count = reader.u8().filter(|count| *count < 64)?;
            let first = u32::try_from(model.rows.len()).ok().filter(|first| *first < 1 << 26)?;
            model.rows.extend([key as u16, (key >> 16) as u16]);
            for _ in 0..count {
                let tag = reader.u8().filter(|tag| usize::from(*tag) < Tag::ALL.len())?;
                let weight = i16::from_le_bytes(reader.take(2)?.try_into().ok()?);
                let weight = (weight >> 3).clamp(-512, 511) as u16 & 0x3ff;
                model.rows.push(u16::from(tag) << 10 | weight);
            }
            let mut slot = key as usize & model.mask;
            while model.marks[slot] != 0 {
                slot = (slot + 1) & model.mask;
            }
            model.marks[slot] = mark(key);
            model.places[slot] = first << 6 | u32::from(count);
        }
        reader.0.is_empty().then_some(model)
    }

    /// Where the weights of a feature are, as in `places`; 0, which is a row without weights, where the model does not know it.
    #[inline]
    fn place(&self, key: u32) -> u32 {
        let mut at = key as usize & self.mask;
        while self.marks[at] != 0 {
            if self.marks[at] == mark(key) && self.key(self.places[at] as usize >> 6) == key {
                return self.places[at];
            }
            at = (at + 1) & self.mask;
        }
        0
    }

    #[inline]
    fn key(&self, row: usize) -> u32 {
        u32::from(self.rows[row]) | u32::from(self.rows[row + 1]) << 16
    }

    #[inline]
    fn add(&self, place: u32, scores: &mut Scores) {
        let first = (place as usize >> 6) + 2;
        for cell in &self.rows[first..first + (place as usize & 63)] {
            scores[usize::from(cell >> 10)] += i32::from((cell << 6) as i16 >> 6);
        }
    }

    fn known(&self, lower: &str) -> Known {
        let parts = Parts::of(lower);
        Known { parts, places: parts.alone().map(|key| self.place(key)), tag: self.fixed.get(lower).copied() }
    }
}

/// What a tagger knows of a word, wherever it stands.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    parts: Parts,
    /// Where the weights of [`Parts::alone`] are.
    places: [u32; ALONE],
    tag: Option<Tag>,
}

/// Words of which is kept what a tagger knows of them.
const KEPT: usize = 1 << 13;

/// A tagger at work: it keeps what it has looked up of the words it has met.
///
/// ```
/// use fauxami::text::{Tag, Tagger, Tagging, Word};
/// let mut tagging = Tagging::new(Tagger::builtin());
/// let mut tags = Vec::new();
/// tagging.tag(&["the", "talks", "ended"].map(|word| Word { text: word, lower: word }), &mut tags);
/// assert_eq!(tags, [Tag::Dt, Tag::Nns, Tag::Vbd]);
/// ```
#[derive(Debug)]
pub struct Tagging<'m> {
    model: &'m Tagger,
    memo: Memo<Known>,
    /// What stands where there is no word.
    none: Known,
    /// The words of the sentence in work, and where the weights of their [`Parts::shaped`] are.
    words: Vec<Known>,
    shaped: Vec<[u32; SHAPED]>,
}

impl<'m> Tagging<'m> {
    /// With nothing looked up yet.
    #[must_use]
    pub fn new(model: &'m Tagger) -> Self {
        let parts = Parts::NONE;
        let none = Known { parts, places: parts.alone().map(|key| model.place(key)), tag: None };
        Self { model, memo: Memo::new(KEPT), none, words: Vec::new(), shaped: Vec::new() }
    }

    /// Appends a tag for each word of one sentence to `tags`.
    pub fn tag(&mut self, words: &[Word<'_>], tags: &mut Vec<Tag>) {
        let (model, base) = (self.model, tags.len());
        self.words.clear();
        self.words.extend(words.iter().map(|word| {
            let mut known = self.memo.get(word.lower, |lower| model.known(lower));
            known.parts.shape = shape(word.text);
            known.tag = fixed_tag(*word).or(known.tag);
            known
        }));
        // What does not hang on tags is looked up for the whole sentence, so that no look waits for the one before.
        self.shaped.clear();
        self.shaped.extend((0..words.len()).map(|i| {
            let next = self.words.get(i + 1).unwrap_or(&self.none);
            self.words[i].parts.shaped(i == 0, &next.parts).map(|key| model.place(key))
        }));
        for i in 0..words.len() {
            let tag = self.words[i].tag.unwrap_or_else(|| {
                let mut scores: Scores = [0; 64];
                for (offset, roles) in ROLES {
                    let word = i.checked_add_signed(offset).and_then(|k| self.words.get(k)).unwrap_or(&self.none);
                    for &place in &word.places[roles] {
                        model.add(place, &mut scores);
                    }
                }
                let before = [1, 2].map(|n| if i >= n { Some(tags[base + i - n]) } else { None });
                let next = self.words.get(i + 1).unwrap_or(&self.none);
                let inner = inner(&self.words[i].parts, &next.parts, before).map(|key| model.place(key));
                for place in self.shaped[i].into_iter().chain(inner) {
                    model.add(place, &mut scores);
                }
                best(&scores)
            });
            tags.push(tag);
        }
    }
}

type Scores = [i32; 64];

/// The best of the scored tags; the first in the list wins a tie, so that the answer is the same everywhere.
fn best(scores: &Scores) -> Tag {
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
fn shape(word: &str) -> u8 {
    let mut bits = 0;
    for (i, c) in word.chars().enumerate() {
        bits |= match c {
            'a'..='z' => 4,
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
    if word.is_ascii() {
        return &word[word.len().saturating_sub(n)..];
    }
    word.char_indices().rev().nth(n - 1).map_or(word, |(at, _)| &word[at..])
}

fn prefix(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(at, _)| &word[..at])
}

/// Odd, with its bits well spread: 2^64 over the golden ratio.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash of `word`, eight bytes at a time, the same on every machine.
fn hash(word: &str) -> u64 {
    let mut h = word.len() as u64;
    for chunk in word.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        bytes[..chunk.len()].copy_from_slice(chunk);
        h = (h.rotate_left(5) ^ u64::from_le_bytes(bytes)).wrapping_mul(SPREAD);
        h ^= h >> 29;
    }
    h
}

/// The fingerprint of feature `kind` with its two parts.
#[inline]
fn mix(kind: u64, a: u64, b: u64) -> u32 {
    let h = (a ^ kind.wrapping_mul(0xd6e8_feb8_6659_fd93)).wrapping_mul(SPREAD);
    let h = ((h ^ h >> 32) + b).wrapping_mul(SPREAD);
    (h >> 32) as u32
}

/// What the features ask of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    whole: u64,
    /// The last two, three, four characters.
    last: [u64; 3],
    first: u64,
    shape: u8,
}

/// Which of [`Parts::alone`] count for the word so far from the one that is tagged.
const ROLES: [(isize, Range<usize>); 5] = [(0, 0..5), (-1, 5..7), (-2, 7..8), (1, 8..10), (2, 10..11)];

impl Parts {
    pub(super) fn new(word: Word<'_>) -> Self {
        Self { shape: shape(word.text), ..Self::of(word.lower) }
    }

    /// But for the shape.
    fn of(lower: &str) -> Self {
        Self {
            whole: hash(lower),
            last: [2, 3, 4].map(|n| hash(suffix(lower, n))),
            first: hash(prefix(lower, 2)),
            shape: 0,
        }
    }

    /// The features that hang on the word alone, in each of its [`ROLES`].
    fn alone(&self) -> [u32; ALONE] {
        [
            mix(1, self.whole, 0),
            mix(2, self.last[1], 0),
            mix(3, self.last[0], 0),
            mix(4, self.last[2], 0),
            mix(5, self.first, 0),
            mix(10, self.whole, 0),
            mix(11, self.last[1], 0),
            mix(12, self.whole, 0),
            mix(13, self.whole, 0),
            mix(14, self.last[1], 0),
            mix(15, self.whole, 0),
        ]
    }

    /// The features that hang on the word's shape.
    fn shaped(&self, first: bool, next: &Self) -> [u32; SHAPED] {
        let form = u64::from(self.shape) | u64::from(first) << 8;
        [mix(6, form, 0), mix(16, form, u64::from(next.shape)), mix(19, self.last[0], form)]
    }

    /// Where there is no word.
    const NONE: Self = Self { whole: 2, last: [0; 3], first: 0, shape: 128 };
}

/// The features of word `i` of a sentence, with the two tags before it, as fingerprints.
pub(super) fn features(
    words: &[Parts],
    i: usize,
    before: [Option<Tag>; 2],
) -> impl Iterator<Item = u32> + Clone + use<> {
    let at = |k: Option<usize>| k.and_then(|k| words.get(k)).copied().unwrap_or(Parts::NONE);
    let (own, next) = (at(Some(i)), at(Some(i + 1)));
    let near = ROLES.map(|(offset, roles)| (at(i.checked_add_signed(offset)).alone(), roles));
    let alone = near.into_iter().flat_map(|(keys, roles)| roles.map(move |role| keys[role]));
    alone.chain(own.shaped(i == 0, &next)).chain(inner(&own, &next, before))
}

/// The features of a word that hang on the two tags before it.
fn inner(own: &Parts, next: &Parts, before: [Option<Tag>; 2]) -> [u32; INNER] {
    let [p1, p2] = before.map(|tag| tag.map_or(255, |t| t as u64));
    [mix(7, p1, 0), mix(8, p1, p2), mix(9, own.whole, p1), mix(17, next.whole, p1), mix(18, own.last[1], p1)]
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
