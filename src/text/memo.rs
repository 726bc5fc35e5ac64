//! Answers about single words, kept: a text says the same words again and again.

/// Longest word whose answer is kept, in bytes.
const LONGEST: usize = 23;
/// A word with its length + 1 behind it, so that no word looks like a free slot.
type Key = [u64; 3];

/// A table of answers by word, of a fixed size: a word that comes later takes the place of one before it that falls on
/// its slot. What is answered never hangs on what is kept.
///
/// Each thread has its own, so that none waits for another.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    /// A power of two of them, or none before the first word.
    slots: Vec<(Key, T)>,
    size: usize,
}

impl<T: Copy + Default> Memo<T> {
    /// Room for `size` words, a power of two.
    pub(crate) const fn new(size: usize) -> Self {
        assert!(size.is_power_of_two());
        Self { slots: Vec::new(), size }
    }

    /// The answer about `word`, from `ask` where it is not kept.
    #[inline]
    pub(crate) fn get(&mut self, word: &str, ask: impl FnOnce(&str) -> T) -> T {
        let Some(key) = key(word) else { return ask(word) };
        if self.slots.is_empty() {
            self.slots.resize(self.size, ([0; 3], T::default()));
        }
        let slot = &mut self.slots[spread(&key) as usize & (self.size - 1)];
        if slot.0 != key {
            *slot = (key, ask(word));
        }
        slot.1
    }
}

#[inline]
fn key(word: &str) -> Option<Key> {
    let mut bytes = [0; LONGEST + 1];
    bytes.get_mut(..LONGEST)?.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    bytes[LONGEST] = word.len() as u8 + 1;
    let part = |k: usize| bytes[8 * k..].first_chunk().map_or(0, |part| u64::from_le_bytes(*part));
    Some([part(0), part(1), part(2)])
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
    fn every_word_gets_its_own_answer_in_a_table_of_two() {
        let mut memo = Memo::new(2);
        let long = "a".repeat(LONGEST + 1);
        for word in ["", "a", "b", "\0", "\0\0", "部长", "abcdefghijklmnopqrstuvw", &long, "a", "", "b"] {
            assert_eq!(memo.get(word, |word| word.len()), word.len(), "{word:?}");
        }
    }

    #[test]
    fn a_word_is_asked_once_while_it_is_kept() {
        let mut memo = Memo::new(1);
        let mut asked = 0;
        for word in ["war", "war", "peace", "war"] {
            memo.get(word, |_| asked += 1);
        }
        assert_eq!(asked, 3);
    }
}
