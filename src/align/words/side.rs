//! What alignment asks of each word of one passage, computed once.

use crate::text::memo::Memo;
use crate::text::numbers::Number;
use crate::text::thesaurus::{Entry, Filter};
use crate::text::{Analysis, Kind, Tag};
use rustc_hash::FxBuildHasher;
use std::cell::RefCell;
use std::hash::BuildHasher;

/// Words whose identity the model knows; sorted. All else is known by its class only.
pub(super) const FUNCTION: [&str; 111] = [
    "!", "\"", "$", "%", "'", "'s", "(", ")", ",", "-", "--", ".", "...", "/", ":", ";", "?", "a", "about", "after",
    "again", "against", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because", "been", "before",
    "being", "between", "but", "by", "can", "could", "did", "do", "does", "during", "for", "from", "had", "has",
    "have", "he", "her", "him", "his", "if", "in", "into", "is", "it", "its", "may", "more", "most", "n't", "no",
    "not", "of", "on", "one", "only", "or", "other", "our", "out", "over", "said", "she", "should", "since", "so",
    "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
    "through", "to", "too", "under", "until", "up", "was", "we", "were", "when", "where", "which", "while", "who",
    "will", "with", "would", "you", "your",
];

/// [`FUNCTION`] as numbers in the same order.
const FUNCTION_KEYS: [u64; FUNCTION.len()] = {
    let mut keys = [0; FUNCTION.len()];
    let mut k = 0;
    while k < keys.len() {
        keys[k] = packed(FUNCTION[k].as_bytes());
        k += 1;
    }
    keys
};

/// Up to eight bytes as a number that sorts as they do.
const fn packed(bytes: &[u8]) -> u64 {
    let (mut key, mut k) = (0, 0);
    while k < 8 {
        key = key << 8 | if k < bytes.len() { bytes[k] as u64 } else { 0 };
        k += 1;
    }
    key
}

/// 1 + the place of `lower` in [`FUNCTION`], or 0.
fn function(lower: &str) -> u8 {
    if lower.len() > 8 {
        return 0;
    }
    FUNCTION_KEYS.binary_search(&packed(lower.as_bytes())).map_or(0, |k| k as u8 + 1)
}

/// Classes of words, coarser than tags, so that a name is no more than a noun: tags of names hang on capitals.
pub(super) const CLASSES: usize = 13;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Class {
    Noun,
    Verb,
    Adjective,
    Adverb,
    Number,
    Pronoun,
    Determiner,
    Preposition,
    Conjunction,
    Auxiliary,
    Punct,
    Wh,
    Other,
}

impl Class {
    fn new(kind: Kind, tag: Tag, lemma: &str) -> Self {
        if kind == Kind::Punct {
            return Self::Punct;
        }
        match tag {
            _ if matches!(lemma, "be" | "have" | "do") && tag.is_verb() => Self::Auxiliary,
            Tag::Md => Self::Auxiliary,
            _ if tag.is_noun() => Self::Noun,
            _ if tag.is_verb() => Self::Verb,
            _ if tag.is_adjective() => Self::Adjective,
            _ if tag.is_adverb() => Self::Adverb,
            Tag::Cd => Self::Number,
            Tag::Prp | Tag::Prps | Tag::Ex => Self::Pronoun,
            Tag::Dt | Tag::Pdt => Self::Determiner,
            Tag::In | Tag::To | Tag::Rp | Tag::Pos => Self::Preposition,
            Tag::Cc => Self::Conjunction,
            Tag::Wdt | Tag::Wp | Tag::Wps | Tag::Wrb => Self::Wh,
            Tag::Punct => Self::Punct,
            _ => Self::Other,
        }
    }

    pub(super) const fn is_content(self) -> bool {
        matches!(self, Self::Noun | Self::Verb | Self::Adjective | Self::Adverb | Self::Number | Self::Other)
    }
}

pub(super) struct WordView<'t> {
    pub lower: &'t str,
    pub lemma: &'t str,
    /// Hashes of form and lemma: words whose hashes differ differ.
    pub lower_key: u64,
    pub lemma_key: u64,
    /// The bytes of form and lemma, by their last five bits: a part of a word has none that the word lacks.
    pub letters: u32,
    pub lemma_letters: u32,
    /// How far along the passage the middle of the word is, in words, 0 to 1.
    pub along: f32,
    pub kind: Kind,
    pub class: Class,
    /// Whether the class is one of words that say something.
    pub content: bool,
    pub tag: Tag,
    /// The number that the word is part of.
    pub number: Option<u32>,
    /// Form and lemma in the thesaurus.
    pub form: Option<Entry>,
    pub base: Option<Entry>,
    /// Which of the [`Side::vectors`] are those of the form (or of the lemma, where the form has none), and of the lemma.
    pub vectors: (u32, u32),
    /// What form, lemma and phrases have to do with.
    pub relatives: Filter,
    /// Whether the lemma may begin a phrase of the thesaurus.
    leads: bool,
    /// Whether the form is common and may end one.
    follows: bool,
    /// With the next word, and with the one before, as a phrase of the thesaurus.
    pub phrase: Option<Entry>,
    pub phrase_before: Option<Entry>,
    /// Letters, digits and marks at its beginning, for a quick look at spelling.
    pub start: [u8; 3],
    pub hyphen: bool,
    /// Whether it has a point at its end or an apostrophe: it may be a short form.
    pub short: bool,
    /// 1 + its place in [`FUNCTION`], or 0.
    pub function: u8,
    /// How often the form stands in the passage, and how often before this place.
    pub count: u16,
    pub nth: u16,
    /// No thesaurus knows it, or it is rare: a name, a misspelling.
    pub rare: bool,
    /// How common it is, 1 to 5 from the most common on; 0 where no thesaurus knows it.
    pub common: u8,
}

/// What there is to know of a word, wherever it stands.
#[derive(Clone, Copy, Default)]
struct Sense {
    entry: Option<Entry>,
    /// Of its vector.
    length: f32,
    relatives: Filter,
    leads: bool,
    follows: bool,
    key: u64,
    letters: u32,
    start: [u8; 3],
    hyphen: bool,
    short: bool,
    function: u8,
}

impl Sense {
    fn of(lower: &str) -> Self {
        let entry = Entry::of(lower);
        let bytes = lower.as_bytes();
        Self {
            entry,
            length: entry.map_or(0.0, Entry::length),
            relatives: entry.map(Entry::filter).unwrap_or_default(),
            leads: entry.is_some() && Entry::may_lead(lower),
            follows: entry.is_some_and(|e| e.rank() < 6_000) && Entry::may_follow(lower),
            key: FxBuildHasher.hash_one(lower),
            letters: bytes.iter().fold(0, |set, byte| set | 1 << (byte & 31)),
            start: std::array::from_fn(|k| bytes.get(k).copied().unwrap_or(k as u8)),
            hyphen: bytes.contains(&b'-'),
            short: bytes.ends_with(b".") || bytes.contains(&b'\''),
            function: function(lower),
        }
    }
}

thread_local! {
    static SENSES: RefCell<Memo<Sense>> = const { RefCell::new(Memo::new(1 << 13)) };
}

pub(super) struct Side<'t> {
    pub words: Vec<WordView<'t>>,
    pub numbers: &'t [Number],
    /// Whose vectors they are, and their lengths; the first is that of a word that has none.
    pub vectors: Vec<(Option<Entry>, f32)>,
}

impl<'t> Side<'t> {
    /// The first `limit` words of `text`.
    pub(super) fn new(text: &'t Analysis<'_>, limit: usize) -> Self {
        SENSES.with_borrow_mut(|senses| Self::with(text, limit, senses))
    }

    fn with(text: &'t Analysis<'_>, limit: usize, senses: &mut Memo<Sense>) -> Self {
        let numbers = text.numbers();
        let n = text.tokens.len().min(limit);
        let mut words: Vec<WordView<'t>> = Vec::with_capacity(n);
        let mut vectors = Vec::with_capacity(n + n / 2 + 1);
        vectors.push((None, 0.0));
        for i in 0..n {
            let (lower, lemma) = (text.lower(i), text.lemma(i));
            let kind = text.tokens[i].kind;
            let tag = text.tag_of(i);
            let form = *senses.get(lower, Sense::of);
            let base = if lemma == lower { form } else { *senses.get(lemma, Sense::of) };
            let (entry, base_entry, relatives) = if kind == Kind::Word {
                (form.entry, base.entry, form.relatives.union(base.relatives))
            } else {
                (None, None, Filter::default())
            };
            let mut vector = |entry: Option<Entry>, length: f32| {
                entry.map_or(0, |entry| {
                    vectors.push((Some(entry), length));
                    vectors.len() as u32 - 1
                })
            };
            let first = vector(entry.or(base_entry), if entry.is_some() { form.length } else { base.length });
            let second = if base_entry == entry.or(base_entry) { first } else { vector(base_entry, base.length) };
            let class = Class::new(kind, tag, lemma);
            words.push(WordView {
                lower,
                lemma,
                lower_key: form.key,
                lemma_key: base.key,
                letters: form.letters,
                lemma_letters: base.letters,
                along: (i as f32 + 0.5) / n as f32,
                kind,
                class,
                content: class.is_content(),
                tag,
                number: None,
                form: entry,
                base: base_entry,
                vectors: (first, second),
                relatives,
                leads: base_entry.is_some() && base.leads,
                follows: entry.is_some() && form.follows,
                phrase: None,
                phrase_before: None,
                function: form.function,
                start: form.start,
                hyphen: form.hyphen,
                short: form.short,
                count: 0,
                nth: 0,
                rare: kind == Kind::Word && entry.is_none_or(|e| e.rank() > 8_000),
                common: match entry.or(base_entry).map(Entry::rank) {
                    None => 0,
                    Some(0..300) => 1,
                    Some(300..1500) => 2,
                    Some(1500..6000) => 3,
                    Some(6000..20000) => 4,
                    Some(_) => 5,
                },
            });
        }
        count(&mut words);
        for i in 1..n {
            if words[i - 1].leads && words[i].follows {
                let phrase = Entry::of_phrase(words[i - 1].lemma, words[i].lower);
                words[i - 1].phrase = phrase;
                words[i].phrase_before = phrase;
            }
        }
        for word in &mut words {
            for phrase in [word.phrase, word.phrase_before].into_iter().flatten() {
                word.relatives = word.relatives.union(phrase.filter());
            }
        }
        for (k, number) in numbers.iter().enumerate() {
            for i in number.tokens.clone().take_while(|i| *i < n) {
                words[i].number = Some(k as u32);
            }
        }
        Self { words, numbers, vectors }
    }
}

/// How often each form stands there, and how often before each place.
fn count(words: &mut [WordView<'_>]) {
    let mut order: Vec<(u64, u32)> = words.iter().enumerate().map(|(i, word)| (word.lower_key, i as u32)).collect();
    order.sort_unstable();
    for group in order.chunk_by(|p, q| p.0 == q.0) {
        for (nth, &(_, i)) in group.iter().enumerate() {
            let word = &mut words[i as usize];
            word.nth = nth as u16;
            word.count = group.len() as u16;
        }
    }
}
