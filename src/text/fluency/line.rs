//! A sentence as the model sees it: words with their clitics, classes, and what each position costs.

use super::table::{
    BOS, COLON, COMMA, CURRENCY, Class, DASH, DIGITS, EOS, FNV, Kind, NAME, NUMBER, OTHER, PERCENT, POSSESSIVE,
    SEMICOLON, Table, fnv,
};
use crate::text::Analysis;
use std::cell::RefCell;
use std::ops::Range;

/// A word with its clitics, or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// First and last token; of the sentence's borders, none.
    pub tokens: (usize, usize),
    pub hash: u64,
    /// Logarithm of the word's frequency; `None` of a word that the model does not know.
    pub frequency: Option<f32>,
    pub back: f32,
    pub class: Class,
    /// Whether nothing stands between it and the unit before but white space.
    pub joined: bool,
}

impl Unit {
    /// A mark, over which the word n-grams look.
    pub const fn is_mark(&self) -> bool {
        self.class >= COMMA && self.class <= DASH || self.class == OTHER
    }

    pub fn new(table: &Table, hash: u64, class: Class, tokens: (usize, usize), joined: bool) -> Self {
        let mut unit = Self { tokens, hash, frequency: None, back: 0.0, class, joined };
        unit.look_up(table);
        unit
    }

    /// A word in lower case.
    pub fn word(table: &Table, lower: &str) -> Self {
        let hash = fnv(FNV, lower);
        let class = table.closed(lower).or_else(|| table.lexicon(hash)).unwrap_or_else(|| guess(table, lower));
        Self::new(table, hash, class, (0, 0), true)
    }

    fn look_up(&mut self, table: &Table) {
        Alone { frequency: self.frequency, back: self.back } = Alone::of(table, self.hash);
    }
}

/// What the model knows of a word alone.
#[derive(Clone, Copy, Default)]
struct Alone {
    frequency: Option<f32>,
    back: f32,
}

/// How many words a thread keeps, one to a place; a power of two.
const KEPT: usize = 1 << 13;

thread_local! {
    /// By the low bits of their hashes. No word has hash 0, and what is known of none.
    static WORDS: RefCell<Vec<(u64, Alone)>> = const { RefCell::new(Vec::new()) };
}

impl Alone {
    fn of(table: &Table, hash: u64) -> Self {
        WORDS.with_borrow_mut(|words| {
            if words.is_empty() {
                words.resize(KEPT, (0, Self::find(table, 0)));
            }
            let kept = &mut words[hash as usize % KEPT];
            if kept.0 != hash {
                *kept = (hash, Self::find(table, hash));
            }
            kept.1
        })
    }

    fn find(table: &Table, hash: u64) -> Self {
        let frequency = table.log(Kind::Word, 0, 0, hash, 8.0);
        let back = frequency.and_then(|_| table.log(Kind::WordBack, 0, 0, hash, 16.0)).unwrap_or(0.0);
        Self { frequency, back }
    }
}

/// What one position costs.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cost {
    /// Log probability of the word, to base 10; 0 of marks.
    pub word: f32,
    /// Log probability of its class.
    pub class: f32,
    /// Both words of the pair are known, and the pair is not.
    pub unseen: bool,
    /// The word is in a known group of three.
    pub trigram: bool,
    /// The model does not know the word.
    pub unknown: bool,
}

/// What an unknown word costs, wherever it stands.
const UNKNOWN: f32 = -6.5;
/// What a group of three that is not known costs beyond its pair, where the history is known.
const BACKOFF: f32 = -0.25;

/// The last two words before a place; marks are none.
#[derive(Clone, Copy)]
pub(super) struct Before<'u> {
    far: &'u Unit,
    near: &'u Unit,
}

impl<'u> Before<'u> {
    /// Those before unit `k` of `units`, which begin with two borders.
    pub(super) fn at(units: &'u [Unit], k: usize) -> Self {
        let mut words = units[..k].iter().rev().filter(|unit| !unit.is_mark());
        let near = words.next().unwrap_or(&units[0]);
        Self { far: words.next().unwrap_or(near), near }
    }

    /// Those before what follows `unit`.
    pub(super) fn and(self, unit: &'u Unit) -> Self {
        if unit.is_mark() { self } else { Self { far: self.near, near: unit } }
    }
}

/// The cost of a word behind two others, added to `out`. `pair` says whether these are a known pair, if that has been asked; then it
/// says the same of the word and the one before.
pub(super) fn word_cost(table: &Table, before: Before<'_>, unit: &Unit, pair: &mut Option<bool>, out: &mut Cost) {
    if unit.is_mark() {
        return;
    }
    let history = pair.take();
    let Some(frequency) = unit.frequency else {
        (out.word, out.unknown) = (UNKNOWN, true);
        return;
    };
    let Before { far, near } = before;
    if near.frequency.is_none() && near.class != BOS {
        out.word = frequency - 0.3;
        return;
    }
    let mut backoff = 0.0;
    if near.class != BOS && (far.frequency.is_some() || far.class == BOS) {
        if let Some(log) = table.log(Kind::Trigram, far.hash, near.hash, unit.hash, 8.0) {
            out.word = log;
            out.trigram = true;
            return;
        }
        if history.unwrap_or_else(|| table.log(Kind::Bigram, 0, far.hash, near.hash, 8.0).is_some()) {
            backoff = BACKOFF;
        }
    }
    let bigram = table.log(Kind::Bigram, 0, near.hash, unit.hash, 8.0);
    *pair = Some(bigram.is_some());
    out.unseen = bigram.is_none();
    out.word = backoff + bigram.unwrap_or(near.back + frequency);
}

/// The cost of the class of unit `k` alone.
pub(super) fn class_cost(table: &Table, units: &[Unit], k: usize) -> f32 {
    table.classes([units[k - 2].class, units[k - 1].class, units[k].class])
}

/// The class of a word that no table knows, by its ending; the same as `guess` in `corpora/models/fluency.py`.
pub(super) fn guess(table: &Table, lower: &str) -> Class {
    let ends = |list: &[&str]| list.iter().any(|end| lower.ends_with(end));
    let name = if lower.ends_with("ing") {
        "VBG"
    } else if lower.ends_with("ed") {
        "VBD+VBN"
    } else if lower.ends_with("ly") {
        "RB"
    } else if ends(&["ous", "ful", "ible", "able", "ical", "less", "ive", "ish"]) {
        "JJ"
    } else if lower.ends_with('s') && !ends(&["ss", "us", "is"]) {
        "NNS"
    } else {
        "NN"
    };
    table.class(name).unwrap_or(OTHER)
}

/// Contractions in which `'s` is a verb; after any other word it is taken for the possessive.
const HAS_IS: [&str; 10] =
    ["it's", "that's", "he's", "she's", "there's", "what's", "who's", "let's", "here's", "where's"];

fn is_clitic(lower: &str) -> bool {
    matches!(lower, "n't" | "'s" | "'re" | "'ve" | "'ll" | "'m" | "'d" | "'")
}

/// A sentence with its borders: two units before, one behind.
/// What it costs, place by place.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub units: Vec<Unit>,
    pub costs: Vec<Cost>,
    /// Of each unit, whether the two words before it are a known pair, where that has been asked.
    pub pairs: Vec<Option<bool>>,
}

impl Line {
    pub fn new(table: &Table, text: &Analysis<'_>, sentence: Range<usize>) -> Self {
        let border = |class, hash| Unit::new(table, hash, class, (sentence.start, sentence.start), false);
        let start = fnv(FNV, "<s>");
        let mut units = Vec::with_capacity(sentence.len() + 3);
        units.extend([border(BOS, start), border(BOS, start)]);
        let mut first = true;
        let mut last = usize::MAX;
        for i in sentence.clone() {
            let (normal, lower) = (text.normal(i), text.lower(i));
            let clings = units.len() > 2 && !text.tokens[i].spaced && last.wrapping_add(1) == i && is_clitic(lower);
            if let Some(unit) = units.last_mut().filter(|_| clings) {
                let joined = format!("{}{lower}", text.lower(i - 1));
                unit.hash = fnv(unit.hash, lower);
                unit.tokens.1 = i;
                unit.class = if matches!(lower, "'s" | "'") && !HAS_IS.contains(&joined.as_str()) {
                    POSSESSIVE
                } else {
                    let common = if lower == "n't" { "don't" } else { "it's" };
                    table.closed(&joined).or_else(|| table.closed(common)).unwrap_or(OTHER)
                };
                unit.look_up(table);
                last = i;
                continue;
            }
            let Some(head) = normal.chars().next() else { continue };
            if matches!(head, '"' | '`' | '\'' | '\u{201c}' | '\u{201d}' | '.' | '?' | '!' | '\u{2026}')
                && !normal.chars().any(char::is_alphanumeric)
            {
                continue;
            }
            let mut hash = fnv(FNV, lower);
            let class = if head.is_numeric() {
                if normal.ends_with(|c: char| c.is_numeric()) { DIGITS } else { NUMBER }
            } else if !head.is_alphabetic() {
                match normal {
                    "," => COMMA,
                    ";" => SEMICOLON,
                    ":" => COLON,
                    "%" => {
                        hash = fnv(FNV, "percent");
                        PERCENT
                    }
                    "-" | "--" | "\u{2013}" | "\u{2014}" => DASH,
                    "$" | "\u{20ac}" | "\u{a3}" => CURRENCY,
                    _ => OTHER,
                }
            } else if let Some(class) = table.closed(lower) {
                class
            } else if head.is_uppercase() && !first {
                NAME
            } else if let Some(class) = table.lexicon(hash) {
                class
            } else if head.is_uppercase() {
                NAME
            } else if lower.contains('-') {
                table.class("JJ").unwrap_or(OTHER)
            } else {
                guess(table, lower)
            };
            let joined = last.wrapping_add(1) == i && units.len() > 2;
            units.push(Unit::new(table, hash, class, (i, i), joined));
            last = i;
            first = first && !head.is_alphanumeric();
        }
        // What is missing at the end stands before the stop.
        let after = if last < sentence.end { last + 1 } else { sentence.end };
        units.push(Unit { tokens: (after, after), ..Unit::new(table, fnv(FNV, "</s>"), EOS, (0, 0), false) });
        Self::of(table, units)
    }

    /// Of units that begin with two borders and end with one.
    pub fn of(table: &Table, units: Vec<Unit>) -> Self {
        let (mut costs, mut pairs) = (Vec::with_capacity(units.len()), Vec::with_capacity(units.len()));
        costs.resize(2.min(units.len()), Cost::default());
        pairs.resize(2.min(units.len()), None);
        let (mut pair, mut before) = (None, Before::at(&units, 2));
        for (k, unit) in units.iter().enumerate().skip(2) {
            pairs.push(pair);
            let mut cost = Cost { class: class_cost(table, &units, k), ..Cost::default() };
            word_cost(table, before, unit, &mut pair, &mut cost);
            costs.push(cost);
            before = before.and(unit);
        }
        Self { units, costs, pairs }
    }

    /// Sums over the words between the borders: log probability of words, of classes, and how many there are.
    pub fn totals(&self) -> (f32, f32, f32) {
        let words = self.units.iter().skip(2).filter(|u| !u.is_mark()).count();
        (self.costs.iter().map(|c| c.word).sum(), self.costs.iter().map(|c| c.class).sum(), words as f32)
    }
}
