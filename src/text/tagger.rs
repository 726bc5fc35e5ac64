//! The part-of-speech tagger: an averaged perceptron with a greedy decode (Collins 2002), over words, affixes, shapes
//! and the two tags before. The weights in `corpora/models/tagger.bin` are fitted by `examples/fit_tagger.rs`.

use super::memo::Memo;
use super::scores::{NO_SCORES, Scores, Sums, add};
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
        let count = reader.u32()? as usize;
        let mut fixed = FxHashMap::with_capacity_and_hasher(count.min(bytes.len()), Default::default());
        for _ in 0..count {
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
            let cells = reader.take(3 * usize::from(count))?.as_chunks::<3>().0;
            if cells.iter().any(|[tag, ..]| usize::from(*tag) >= Tag::ALL.len()) {
                return None;
            }
            model.rows.extend(cells.iter().map(|&[tag, low, high]| {
                let weight = (i16::from_le_bytes([low, high]) >> 3).clamp(-512, 511) as u16 & 0x3ff;
                u16::from(tag) << 10 | weight
            }));
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
            let score = &mut scores[usize::from(cell >> 10)];
            *score = score.wrapping_add((cell << 6) as i16 >> 6);
        }
    }

    /// The weights of some features, added up.
    fn sum(&self, keys: &[u32]) -> Scores {
        let mut scores = NO_SCORES;
        for key in keys {
            self.add(self.place(*key), &mut scores);
        }
        scores
    }

    fn known(&self, lower: &str) -> Known {
        let parts = Parts { shape: shape(lower), ..Parts::of(lower) };
        let keys = parts.alone();
        let tag = fixed_tag(Word { text: lower, lower }).or_else(|| self.fixed.get(lower).copied());
        Known { parts, roles: ROLES.map(|(_, roles)| self.sum(&keys[roles])), tag, formed: (UNMET, 0) }
    }
}

/// What a tagger knows of a word, wherever it stands.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// With the shape that it has in lower case.
    parts: Parts,
    /// What [`Parts::alone`] adds to the scores in each of its [`ROLES`].
    roles: [Scores; ROLES.len()],
    /// Its tag in lower case, where that needs no look around.
    tag: Option<Tag>,
    /// Where the weights of [`Parts::formed`] are, for the form that it was last met in.
    formed: (u64, u32),
}

/// No form.
const UNMET: u64 = u64::MAX;

impl Default for Known {
    fn default() -> Self {
        Self { parts: Parts::default(), roles: [NO_SCORES; ROLES.len()], tag: None, formed: (UNMET, 0) }
    }
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
    /// What the shapes of a word and the next, and what the two tags before add to the scores.
    shapes: Sums,
    befores: Sums,
    /// The words of the sentence in work, their tags where those are known, and what adds to their scores but for tags; the
    /// last with [`MARGIN`] on either side.
    words: Vec<(Parts, Option<Tag>)>,
    scores: Vec<Scores>,
}

/// How far a word adds to the scores of others.
const MARGIN: usize = 2;

impl<'m> Tagging<'m> {
    /// With nothing looked up yet.
    #[must_use]
    pub fn new(model: &'m Tagger) -> Self {
        let parts = Parts::NONE;
        let keys = parts.alone();
        let none =
            Known { parts, roles: ROLES.map(|(_, roles)| model.sum(&keys[roles])), tag: None, formed: (UNMET, 0) };
        Self {
            model,
            memo: Memo::new(KEPT),
            none,
            shapes: Sums::new(1 << 10),
            befores: Sums::new(1 << 12),
            words: Vec::new(),
            scores: Vec::new(),
        }
    }

    /// Appends a tag for each word of one sentence to `tags`.
    pub fn tag(&mut self, words: &[Word<'_>], tags: &mut Vec<Tag>) {
        let (model, base) = (self.model, tags.len());
        // What does not hang on tags is added up for the whole sentence, so that no look waits for the one before.
        self.words.clear();
        self.scores.clear();
        self.scores.resize(words.len() + 2 * MARGIN, NO_SCORES);
        let spread = |known: &Known, at: usize, scores: &mut [Scores]| {
            for ((offset, _), row) in ROLES.iter().zip(&known.roles) {
                if let Some(sum) = at.checked_add_signed(-offset).and_then(|k| scores.get_mut(k)) {
                    add(sum, row);
                }
            }
        };
        for at in [0, 1, words.len() + 2, words.len() + 3] {
            spread(&self.none, at, &mut self.scores);
        }
        for (i, word) in words.iter().enumerate() {
            let known = self.memo.get(word.lower, |lower| model.known(lower));
            spread(known, i + MARGIN, &mut self.scores);
            let (mut parts, mut tag) = (known.parts, known.tag);
            if word.text != word.lower {
                parts.shape = shape(word.text);
                tag = fixed_tag(*word).or(tag);
            }
            if tag.is_none() {
                let form = parts.form(i == 0);
                if known.formed.0 != form {
                    known.formed = (form, model.place(parts.formed(form)));
                }
                model.add(known.formed.1, &mut self.scores[i + MARGIN]);
            }
            self.words.push((parts, tag));
        }
        for i in 0..words.len() {
            let (own, tag) = &self.words[i];
            if tag.is_some() {
                continue;
            }
            let next = self.words.get(i + 1).map_or(self.none.parts.shape, |word| word.0.shape);
            let form = own.form(i == 0);
            let number = form as u32 | u32::from(next) << 9;
            let shapes = self.shapes.get(number, || model.sum(&own.shaped(form, next)));
            add(&mut self.scores[i + MARGIN], shapes);
        }
        for i in 0..words.len() {
            let (own, tag) = &self.words[i];
            let tag = tag.unwrap_or_else(|| {
                let scores = &mut self.scores[i + MARGIN];
                let before = [1, 2].map(|n| if i >= n { Some(tags[base + i - n]) } else { None });
                let next = self.words.get(i + 1).map_or(&self.none.parts, |word| &word.0);
                let [first, second, rest @ ..] = inner(own, next, before);
                let number = before.iter().fold(0, |sum, tag| sum << 6 | tag.map_or(63, |tag| tag as u32));
                add(scores, self.befores.get(number, || model.sum(&[first, second])));
                for key in rest {
                    model.add(model.place(key), scores);
                }
                best(scores)
            });
            tags.push(tag);
        }
    }
}

/// The best of the scored tags; the first in the list wins a tie, so that the answer is the same everywhere.
fn best(scores: &Scores) -> Tag {
    let scores = &scores[..Tag::ALL.len()];
    let top = scores.iter().copied().fold(i16::MIN, i16::max);
    Tag::ALL[scores.iter().position(|score| *score == top).unwrap_or(0)]
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
    fn alone(&self) -> [u32; 11] {
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

    /// Its shape, and whether it is the first word.
    const fn form(&self, first: bool) -> u64 {
        self.shape as u64 | (first as u64) << 8
    }

    /// The features that hang on the word's form and the next one's shape.
    fn shaped(&self, form: u64, next: u8) -> [u32; 2] {
        [mix(6, form, 0), mix(16, form, u64::from(next))]
    }

    /// The feature that hangs on the word's end and form.
    fn formed(&self, form: u64) -> u32 {
        mix(19, self.last[0], form)
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
    let form = own.form(i == 0);
    alone.chain(own.shaped(form, next.shape)).chain([own.formed(form)]).chain(inner(&own, &next, before))
}

/// The features of a word that hang on the two tags before it.
fn inner(own: &Parts, next: &Parts, before: [Option<Tag>; 2]) -> [u32; 5] {
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
