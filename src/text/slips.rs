//! What a slip of the fingers may have meant.

use super::vocabulary::{Entry, words};
use fst::raw::{Fst, Node, Output};
use std::sync::OnceLock;

/// Letters that a slip puts in.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz'";

/// Letters from which on a word may have two slips in it.
const TWO_SLIPS: usize = 7;

/// Letters of the longest word that is looked at.
const LONGEST: usize = 40;

/// A place in the list of words: what has been read leads here.
#[derive(Clone, Copy)]
struct Place<'f> {
    list: &'f Fst<&'static [u8]>,
    node: Node<'f>,
    value: Output,
}

impl<'f> Place<'f> {
    fn start(list: &'f Fst<&'static [u8]>) -> Self {
        Self { list, node: list.root(), value: Output::zero() }
    }

    /// The place behind `byte`, if any word goes on so.
    fn behind(self, byte: u8) -> Option<Self> {
        let step = self.node.transition(self.node.find_input(byte)?);
        Some(Self { node: self.list.node(step.addr), value: self.value.cat(step.out), ..self })
    }

    /// The place behind `text`.
    fn after(self, text: &str) -> Option<Self> {
        text.bytes().try_fold(self, Self::behind)
    }

    /// The letters that a slip may have put in here, and the places behind them.
    fn letters(self) -> impl Iterator<Item = (&'static str, Self)> + 'f {
        (0..self.node.len()).filter_map(move |at| {
            let step = self.node.transition(at);
            let letter = LETTERS.bytes().position(|letter| letter == step.inp)?;
            let place = Self { node: self.list.node(step.addr), value: self.value.cat(step.out), ..self };
            Some((&LETTERS[letter..=letter], place))
        })
    }

    /// What is known of the word that ends behind `rest`.
    fn word(self, rest: &str) -> Option<Entry> {
        let end = self.after(rest).filter(|end| end.node.is_final())?;
        Some(Entry::new(end.value.cat(end.node.final_output()).value()))
    }
}

/// Words that one slip makes into `lower`, the likeliest first: a letter left out, put in, changed, or two changed about; common words and
/// common slips (letters changed about, left out, doubled) come before others.
/// Long words that no single slip explains may have two, behind a right first letter.
///
/// ```
/// use fauxami::text::vocabulary::corrections;
/// assert_eq!(corrections("minstry")[0].0, "ministry");
/// assert_eq!(corrections("casues")[0].0, "causes");
/// assert!(corrections("").is_empty());
/// ```
#[must_use]
pub fn corrections(lower: &str) -> Vec<(String, Entry)> {
    let letters = lower.chars().count();
    let Some(words) = words().filter(|_| (2..=LONGEST).contains(&letters)) else { return Vec::new() };
    let mut found: Vec<(String, Entry, f32)> = Vec::new();
    let mut offer = |parts: [&str; 3], known: Option<Entry>, ease: f32| {
        let Some(known) = known else { return };
        let word = parts.concat();
        if word == lower {
            return;
        }
        match found.iter_mut().find(|(other, ..)| *other == word) {
            Some(old) => old.2 = old.2.max(known.zipf + ease),
            None => found.push((word, known, known.zipf + ease)),
        }
    };
    // Where no word goes on, there is no need to look further.
    let mut place = Some(Place::start(words.as_fst()));
    let mut before = None;
    let mut at = 0;
    while let Some(here) = place {
        let (head, tail) = lower.split_at(at);
        let first = tail.chars().next();
        let (own, rest) = tail.split_at(first.map_or(0, char::len_utf8));
        for (letter, place) in here.letters() {
            offer([head, letter, tail], place.word(tail), 0.8);
            if let Some(first) = first {
                let vowels = letter.chars().all(is_vowel) && is_vowel(first);
                offer([head, letter, rest], place.word(rest), if vowels { 0.5 } else { 0.0 });
            }
        }
        let Some(first) = first else { break };
        let next = rest.chars().next();
        let doubled = before == Some(first) || next == Some(first);
        offer([head, rest, ""], here.word(rest), if doubled { 0.8 } else { 0.2 });
        if let Some(second) = next {
            let (second, rest) = rest.split_at(second.len_utf8());
            let about = [second, own].concat();
            offer([head, &about, rest], here.after(&about).and_then(|place| place.word(rest)), 1.2);
        }
        place = here.after(own);
        before = Some(first);
        at += own.len();
    }
    if found.is_empty() && letters >= TWO_SLIPS {
        found = two_slips(lower).into_iter().map(|(word, known)| (word, known, known.zipf)).collect();
    }
    found.sort_by(|a, b| b.2.total_cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    found.into_iter().map(|(word, known, _)| (word, known)).collect()
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A dictionary word that is common enough for two slips.
struct Common {
    word: &'static str,
    known: Entry,
    /// Its letters as a set: each slip takes one out at most, and puts one in.
    letters: u32,
    length: usize,
}

impl Common {
    fn new(word: &'static str, known: Entry) -> Self {
        Self { letters: set_of(word), length: word.chars().count(), word, known }
    }
}

fn set_of(word: &str) -> u32 {
    word.chars().fold(0, |set, letter| set | 1 << (u32::from(letter) & 31))
}

/// All of them, in order: `build.rs` picks them out of the list of words, which takes too long to walk through.
fn common() -> &'static [Common] {
    static COMMON: OnceLock<Vec<Common>> = OnceLock::new();
    let known = |line: &'static str| {
        let (word, value) = line.split_once('\t')?;
        Some(Common::new(word, Entry::new(value.parse().ok()?)))
    };
    COMMON.get_or_init(|| include_str!(concat!(env!("OUT_DIR"), "/common.tsv")).lines().filter_map(known).collect())
}

/// Dictionary words two slips away that begin with the same letter.
fn two_slips(lower: &str) -> Vec<(String, Entry)> {
    let Some(first) = lower.chars().next() else { return Vec::new() };
    let list = common();
    let list = &list[list.partition_point(|other| !other.word.starts_with(first) && other.word < lower)..];
    let list = &list[..list.partition_point(|other| other.word.starts_with(first))];
    let (letters, length) = (set_of(lower), lower.chars().count());
    let near = |other: &&Common| {
        other.length.abs_diff(length) <= 2
            && (letters & !other.letters).count_ones() <= 2
            && (other.letters & !letters).count_ones() <= 2
            && strsim::levenshtein(lower, other.word) <= 2
    };
    list.iter().filter(near).map(|other| (other.word.to_owned(), other.known)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::entry;
    use super::*;

    /// Every word that one slip makes, built and looked up.
    fn one_slip(lower: &str) -> Vec<String> {
        let letters: Vec<char> = lower.chars().collect();
        let mut made = Vec::new();
        for at in 0..=letters.len() {
            let (head, tail) = letters.split_at(at);
            let with = |middle: &[char], rest: &[char]| head.iter().chain(middle).chain(rest).collect::<String>();
            for letter in LETTERS.chars() {
                made.push(with(&[letter], tail));
                made.extend(tail.get(1..).map(|rest| with(&[letter], rest)));
            }
            made.extend(tail.get(1..).map(|rest| with(&[], rest)));
            made.extend(tail.get(2..).map(|rest| with(&[tail[1], tail[0]], rest)));
        }
        made.retain(|word| word != lower && entry(word).is_some());
        made.sort();
        made.dedup();
        made
    }

    #[test]
    fn a_walk_finds_what_building_every_slip_finds() {
        for word in
            ["minstry", "casues", "teh", "goverment", "x", "caf\u{e9}s", "na\u{ef}vete", "ab", "they're", "zzzz"]
        {
            let mut found: Vec<String> = corrections(word).into_iter().map(|(word, _)| word).collect();
            found.sort();
            let expected = if word.chars().count() < 2 { Vec::new() } else { one_slip(word) };
            if !expected.is_empty() || word.chars().count() < TWO_SLIPS {
                assert_eq!(found, expected, "{word}");
            }
        }
    }

    #[test]
    fn the_common_words_are_those_of_the_list() {
        let mut stream = words().expect("the list is whole").stream();
        let mut common = common().iter();
        while let Some((word, value)) = fst::Streamer::next(&mut stream) {
            let known = Entry::new(value);
            if known.word && known.zipf >= 3.0 {
                let other = common.next().map(|other| (other.word.as_bytes(), other.known));
                assert_eq!(other, Some((word, known)));
            }
        }
        assert!(common.next().is_none());
    }

    #[test]
    fn two_slips_are_looked_for_behind_the_first_letter() {
        let found = corrections("gvernmant");
        assert_eq!(found.first().map(|(word, _)| word.as_str()), Some("government"), "{found:?}");
        assert!(corrections("xqzvwkjq").is_empty());
    }
}
