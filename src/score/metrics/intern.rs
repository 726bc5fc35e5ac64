//! Words as small numbers.

use super::tokenize::Span;
use std::hash::Hasher;
use std::hint::black_box;

/// Gives every distinct word of a pair a number from 0 up.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    slots: Vec<Slot>,
    /// The words in the order of their numbers, and how many there are.
    words: Vec<Span>,
    count: usize,
    /// The stamp of the pair's word 0. Stamps only rise, so what stands in the table from pairs before is known by a
    /// lower one, and nothing has to be cleared.
    base: u32,
    /// The bits of a hash that do not name a place.
    shift: u32,
}

/// A place of the open-addressed table.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The bytes of the word, or its hash if it is longer.
    low: u64,
    high: u64,
    length: u32,
    /// Number and base together; 0 where there was never a word.
    stamp: u32,
}

/// Words up to so many bytes are their own key.
const SHORT: usize = 16;

/// The bytes of the key that belong to a word, by its length.
static MASKS: [u128; SHORT + 1] = masks();

const fn masks() -> [u128; SHORT + 1] {
    let mut masks = [u128::MAX; SHORT + 1];
    let mut length = 0;
    while length < SHORT {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
}

impl Interner {
    /// What must follow the text of the words.
    pub(super) const PADDING: &str = "                ";

    /// Forgets all words and makes room for `words`.
    pub(super) fn start(&mut self, words: usize) {
        let bits = (2 * words).next_power_of_two().max(16).trailing_zeros();
        let top = (self.base as usize).saturating_add(self.count);
        self.count = 0;
        self.shift = u64::BITS - bits;
        if self.slots.len() < 1 << bits {
            self.slots.resize(1 << bits, Slot::default());
        }
        self.base = match u32::try_from(top.saturating_add(words)) {
            Ok(_) => top.max(1) as u32,
            Err(_) => {
                self.slots.fill(Slot::default());
                1
            }
        };
    }

    /// Appends the numbers of the words at `spans` of the text, which ends in [`Interner::PADDING`]. At most as many
    /// words as [`Interner::start`] made room for.
    pub(super) fn number(&mut self, text: &[u8], spans: &[Span], numbers: &mut Vec<u32>) {
        let (base, shift) = (u64::from(self.base), self.shift);
        let mask = u64::MAX.wrapping_shr(shift) as usize;
        let slots = &mut self.slots[..=mask];
        // A known word is put where the next new one goes, to be overwritten.
        self.words.resize(self.count + spans.len(), (0, 0));
        let words = &mut self.words[..];
        let mut count = self.count;
        let start = numbers.len();
        numbers.resize(start + spans.len(), 0);
        for (&(from, to), numbered) in spans.iter().zip(&mut numbers[start..]) {
            let length = to.wrapping_sub(from);
            let (low, high) = match (text.get(from..).and_then(<[u8]>::first_chunk::<16>), MASKS.get(length)) {
                (Some(bytes), Some(mask)) => {
                    let key = u128::from_le_bytes(*bytes) & mask;
                    (key as u64, (key >> 64) as u64)
                }
                _ => hash(&text[from..to]),
            };
            let mixed = (low.wrapping_mul(SPREAD) ^ high).wrapping_mul(SPREAD);
            let mut place = (mixed >> shift) as usize;
            *numbered = loop {
                let slot = &mut slots[place & mask];
                // Whether a word is new cannot be foreseen, so no branch may hang on it: all ones if the place is free.
                // The compiler would make one if it knew that there are but two values.
                let behind = u64::from(slot.stamp).wrapping_sub(base);
                let free = black_box((behind >> 63).wrapping_neg());
                let differs = (slot.low ^ low) | (slot.high ^ high) | u64::from(slot.length ^ length as u32);
                let number = count as u64 & free | behind & !free;
                if differs & !free == 0
                    && (length <= SHORT || free != 0 || same(text, (from, to), words[number as usize]))
                {
                    *slot = Slot { low, high, length: length as u32, stamp: (base + number) as u32 };
                    words[count] = (from, to);
                    count += (free & 1) as usize;
                    break number as u32;
                }
                place += 1;
            };
        }
        self.count = count;
    }

    /// How many distinct words there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }
}

/// Multiplied by this, a key has its differences in the upper bits.
const SPREAD: u64 = 0xf135_7aea_2e62_a9c5;

#[cold]
fn hash(word: &[u8]) -> (u64, u64) {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(word);
    (hasher.finish(), 0)
}

#[cold]
fn same(text: &[u8], (from, to): Span, (other_from, other_to): Span) -> bool {
    text[from..to] == text[other_from..other_to]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(interner: &mut Interner, words: &[&str]) -> Vec<u32> {
        let mut text = String::new();
        let spans: Vec<_> = words
            .iter()
            .map(|word| {
                text.push_str(word);
                (text.len() - word.len(), text.len())
            })
            .collect();
        text.push_str(Interner::PADDING);
        interner.start(words.len());
        let mut numbers = Vec::new();
        interner.number(text.as_bytes(), &spans, &mut numbers);
        numbers
    }

    #[test]
    fn equal_words_have_equal_numbers() {
        let mut interner = Interner::default();
        let long = "abcdefghijklmnopqrstuvwxyz";
        let words = ["a", "a\0", "b", "a", &long[..16], &long[..17], &long[..16], long, &long[..17], &long[1..], long];
        for _ in 0..3 {
            assert_eq!(numbers(&mut interner, &words), [0, 1, 2, 0, 3, 4, 3, 5, 4, 6, 5]);
            assert_eq!(numbers(&mut interner, &["b", "a", "b"]), [0, 1, 0]);
        }
        assert_eq!(interner.len(), 2);
    }

    #[test]
    fn stamps_begin_again() {
        let mut interner = Interner { base: u32::MAX - 6, ..Interner::default() };
        for _ in 0..6 {
            assert_eq!(numbers(&mut interner, &["x", "y", "x"]), [0, 1, 0]);
        }
        assert!(interner.base < 100);
    }
}
