//! Answers about single words and short texts, kept: a text says the same words again and again.

use rustc_hash::{FxBuildHasher, FxHashMap};

/// Longest word whose answer is kept, in bytes.
const LONGEST: usize = 23;
/// A word with its length + 1 behind it, so that no word looks like a free slot.
type Key = [u64; 3];

/// How many words may fall on one place: with less, of a vocabulary that the table could hold, a good part would come and go.
const WAYS: usize = 4;

/// A table of answers by word, of a fixed size: [`WAYS`] words may fall on one place, and another takes the place of the
/// oldest, but never of the one that was asked for last. What is answered never hangs on what is kept.
///
/// Each thread has its own, so that none waits for another.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    /// By place, or none before the first word.
    keys: Vec<[Key; WAYS]>,
    answers: Vec<[T; WAYS]>,
    /// Which one gives way next.
    next: Vec<u8>,
    /// How many places there are, a power of two.
    places: usize,
    /// The answer about a word that is too long to be kept.
    last: Option<T>,
}

impl<T: Copy + Default> Memo<T> {
    /// Room for `size` words, a power of two from four on.
    pub(crate) const fn new(size: usize) -> Self {
        assert!(size.is_power_of_two() && size >= WAYS);
        Self { keys: Vec::new(), answers: Vec::new(), next: Vec::new(), places: size / WAYS, last: None }
    }

    /// The answer about `word`, from `ask` where it is not kept.
    #[inline]
    pub(crate) fn get(&mut self, word: &str, ask: impl FnOnce(&str) -> T) -> &mut T {
        let Some(key) = key(word) else { return self.last.insert(ask(word)) };
        if self.keys.is_empty() {
            self.keys.resize(self.places, [[0; 3]; WAYS]);
            self.answers.resize(self.places, [T::default(); WAYS]);
            self.next.resize(self.places, 0);
        }
        let place = spread(&key) as usize & (self.places - 1);
        let (keys, answers, next) = (&mut self.keys[place], &mut self.answers[place], &mut self.next[place]);
        let found = keys.iter().position(|kept| kept[0] == key[0] && kept[1] == key[1] && kept[2] == key[2]);
        let at = found.unwrap_or_else(|| {
            let at = usize::from(*next);
            keys[at] = key;
            answers[at] = ask(word);
            at
        });
        if usize::from(*next) == at {
            *next = (*next + 1) % WAYS as u8;
        }
        &mut answers[at]
    }
}

/// Bytes of the longest text whose answer is kept, and how many texts are: half a megabyte at most.
const LONGEST_TEXT: usize = 400;
const MOST_TEXTS: usize = 1024;

/// Answers about short texts: where several systems translate one source, it comes again for each, and so does its reference.
///
/// Each thread has its own; what is answered never hangs on what is kept.
#[derive(Debug)]
pub(crate) struct Texts<T> {
    kept: FxHashMap<Box<str>, T>,
}

impl<T: Copy> Texts<T> {
    pub(crate) const fn new() -> Self {
        Self { kept: FxHashMap::with_hasher(FxBuildHasher) }
    }

    /// The answer about `text`, from `ask` where it is not kept.
    pub(crate) fn get(&mut self, text: &str, ask: impl FnOnce(&str) -> T) -> T {
        if text.len() > LONGEST_TEXT {
            return ask(text);
        }
        if let Some(kept) = self.kept.get(text) {
            return *kept;
        }
        let answer = ask(text);
        if self.kept.len() >= MOST_TEXTS {
            self.kept.clear();
        }
        self.kept.insert(text.into(), answer);
        answer
    }
}

#[inline]
fn key(word: &str) -> Option<Key> {
    let bytes = word.as_bytes();
    if bytes.len() > LONGEST {
        return None;
    }
    let length = (bytes.len() as u64 + 1) << 56;
    Some(if bytes.len() <= 8 {
        [part(bytes), 0, length]
    } else {
        let (first, rest) = bytes.split_at(8);
        let (second, third) = rest.split_at(rest.len().min(8));
        [part(first), part(second), part(third) | length]
    })
}

/// Up to eight bytes as a number, little-endian. Read in at most three pieces that may overlap.
#[inline]
fn part(bytes: &[u8]) -> u64 {
    if let Some(all) = bytes.first_chunk() {
        return u64::from_le_bytes(*all);
    }
    let n = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (n - 4));
    }
    if n == 0 {
        return 0;
    }
    let byte = |k: usize| u64::from(bytes[k]) << (8 * k);
    byte(0) | byte(n / 2) | byte(n - 1)
}

/// A hash whose low bits hang on every bit of the key.
#[inline]
fn spread(key: &Key) -> u64 {
    let mut h = 0;
    for part in key {
        h = (h ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        h ^= h >> 32;
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_gets_its_own_answer_in_a_table_of_four() {
        let mut memo = Memo::new(4);
        let long = "a".repeat(LONGEST + 1);
        for word in [
            "",
            "a",
            "b",
            "\0",
            "\0\0",
            "部长",
            "abcdefghijklmnopqrstuvw",
            &long,
            "abcdefgh",
            "abcdefghi",
            "a",
            "",
            "b",
        ] {
            assert_eq!(*memo.get(word, |word| word.len()), word.len(), "{word:?}");
        }
    }

    #[test]
    fn a_word_is_asked_once_while_it_is_kept() {
        let mut memo = Memo::new(4);
        let mut asked = 0;
        for word in ["war", "war", "peace", "war", "truce", "war", "talks", "war", "treaty", "war", "peace"] {
            memo.get(word, |_| asked += 1);
        }
        assert_eq!(asked, 6);
    }

    #[test]
    fn a_text_is_asked_once_while_it_is_kept() {
        let (mut texts, mut asked) = (Texts::new(), 0);
        let long = "a".repeat(LONGEST_TEXT + 1);
        for text in ["War.", "Peace.", "War.", &long, &long] {
            assert_eq!(
                texts.get(text, |text| {
                    asked += 1;
                    text.len()
                }),
                text.len()
            );
        }
        assert_eq!(asked, 4);
        for n in 0..2 * MOST_TEXTS {
            let text = n.to_string();
            assert_eq!(texts.get(&text, str::len), text.len());
        }
        assert!(texts.kept.len() <= MOST_TEXTS);
    }

    #[test]
    fn words_that_differ_have_keys_that_differ() {
        let letters = ["a", "b", "\0"];
        let mut words = vec![String::new()];
        for _ in 0..9 {
            let longer: Vec<String> = words.iter().flat_map(|w| letters.map(|c| format!("{w}{c}"))).collect();
            words.extend(longer);
            words.sort();
            words.dedup();
            words.truncate(3000);
        }
        let keys: std::collections::BTreeSet<Key> = words.iter().filter_map(|word| key(word)).collect();
        assert_eq!(keys.len(), words.len());
    }
}
