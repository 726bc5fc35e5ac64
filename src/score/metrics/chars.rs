//! Matching character n-grams of two segments.
//!
//! The characters are numbered by pair and given to [`Shared`]; what is too large for its table is sorted instead.

use super::MAX_ORDER;
use super::shared::Shared;
use super::text::{is_space, space_len};

/// In the tables of numbers: a character without one yet, and white space that is left out.
const FREE: u32 = u32::MAX;
const SKIPPED: u32 = u32::MAX - 1;

/// What each ASCII character has before it is seen: nothing, or that white space is left out.
static BLANK: [[u32; 0x80]; 2] = [blank(true), blank(false)];

const fn blank(skip_space: bool) -> [u32; 0x80] {
    let mut blank = [FREE; 0x80];
    let mut byte = 0;
    while byte < 0x80 {
        if skip_space && space_len(&[byte]) > 0 {
            blank[byte as usize] = SKIPPED;
        }
        byte += 1;
    }
    blank
}

/// The buffers.
#[derive(Clone, Debug)]
pub(super) struct Chars {
    /// The characters of the hypothesis and of the reference, numbered; those of the hypothesis come first.
    numbers: [Vec<u32>; 2],
    /// The number of each ASCII character.
    ascii: [u32; 0x80],
    /// The number of each other character up to U+FFFF, and which of them have one.
    table: Box<[u32]>,
    seen: Vec<u32>,
    /// The numbers of the characters above.
    beyond: rustc_hash::FxHashMap<char, u32>,
    /// The first number that is not given yet, and the first that the hypothesis does not have.
    next: u32,
    distinct: usize,
    places: Vec<u32>,
}

impl Default for Chars {
    fn default() -> Self {
        Self {
            numbers: Default::default(),
            ascii: [FREE; 0x80],
            table: Box::default(),
            seen: Vec::new(),
            beyond: Default::default(),
            next: 0,
            distinct: 0,
            places: Vec::new(),
        }
    }
}

impl Chars {
    /// Takes the hypothesis (`side` 0) or a reference (1), without its white space unless `keep_space`; the hypothesis
    /// first. Returns how many characters it has.
    pub(super) fn take(&mut self, side: usize, segment: &str, keep_space: bool) -> usize {
        if side == 0 {
            self.ascii = BLANK[usize::from(keep_space)];
            for code in self.seen.drain(..) {
                self.table[code as usize] = FREE;
            }
            self.beyond.clear();
            self.next = 0;
        }
        let mut numbers = std::mem::take(&mut self.numbers[side]);
        // Every place is written, and once more if what was written there is left out.
        if numbers.len() < segment.len() {
            numbers.resize(segment.len(), 0);
        }
        let mut length = 0;
        let mut rest = segment;
        while !rest.is_empty() {
            // ASCII up to the next character that is none.
            let ascii = if rest.is_ascii() { None } else { rest.bytes().position(|byte| byte >= 0x80) };
            let (near, far) = rest.split_at(ascii.unwrap_or(rest.len()));
            length += self.number_ascii(near.as_bytes(), &mut numbers[length..]);
            rest = far.trim_start_matches(|c: char| {
                let keep = !c.is_ascii() && (keep_space || !is_space(c));
                if keep {
                    numbers[length] = self.number(c);
                    length += 1;
                }
                !c.is_ascii()
            });
        }
        numbers.truncate(length);
        self.numbers[side] = numbers;
        if side == 0 {
            self.distinct = self.next as usize;
        }
        length
    }

    /// Numbers ASCII characters, of which there are at most as many as `numbers` has room for; returns how many are not
    /// left out.
    fn number_ascii(&mut self, segment: &[u8], numbers: &mut [u32]) -> usize {
        let mut length = 0;
        for &byte in segment {
            let place = &mut self.ascii[usize::from(byte & 0x7f)];
            if *place == FREE {
                *place = self.next;
                self.next += 1;
            }
            numbers[length] = *place;
            length += usize::from(*place != SKIPPED);
        }
        length
    }

    /// The number of any other character.
    fn number(&mut self, c: char) -> u32 {
        let code = u32::from(c);
        let next = self.next;
        let number = if code < 0x1_0000 {
            if self.table.is_empty() {
                self.table = vec![FREE; 0x1_0000].into();
            }
            let place = &mut self.table[code as usize];
            if *place == FREE {
                *place = next;
                self.seen.push(code);
            }
            *place
        } else {
            *self.beyond.entry(c).or_insert(next)
        };
        self.next += u32::from(number == next);
        number
    }

    /// Sets `matched[n - 1]` to the number of n-grams that hypothesis and reference share, for each order n up to that
    /// of `matched`.
    pub(super) fn matches(&mut self, shared: &mut Shared, matched: &mut [u64]) {
        let [hypothesis, reference] = &self.numbers;
        if !shared.matches(hypothesis, reference, self.distinct, matched) {
            self.match_places(matched);
        }
    }

    /// As [`Chars::matches`] at any size: sorts places by what follows them.
    fn match_places(&mut self, matched: &mut [u64]) {
        matched.fill(0);
        let order = matched.len();
        let [hypothesis, reference] = &self.numbers;
        let split = hypothesis.len();
        let window = |place: u32| {
            let place = place as usize;
            let rest = if place < split { &hypothesis[place..] } else { &reference[place - split..] };
            &rest[..rest.len().min(order)]
        };
        self.places.clear();
        self.places.extend(0..(split + reference.len()) as u32);
        self.places.sort_unstable_by(|&a, &b| window(a).cmp(window(b)));
        let mut surplus = [0_i64; MAX_ORDER];
        let mut last: &[u32] = &[];
        for &place in &self.places {
            let this = window(place);
            let shared = last.iter().zip(this).take_while(|(a, b)| a == b).count();
            surplus[shared..].fill(0);
            // What runs over the end is no n-gram.
            count(&mut surplus[..this.len()], (place as usize) < split, matched);
            last = this;
        }
    }
}

/// Counts an n-gram of each order, by how many more of it the hypothesis had than the reference so far: one that the
/// other side is ahead with makes a match.
fn count(surplus: &mut [i64], hypothesis: bool, matched: &mut [u64]) {
    for (surplus, matched) in surplus.iter_mut().zip(matched) {
        if hypothesis {
            *matched += u64::from(*surplus < 0);
            *surplus += 1;
        } else {
            *matched += u64::from(*surplus > 0);
            *surplus -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_agree() {
        let mut chars = Chars::default();
        let mut shared = Shared::default();
        let mut random = 1_u64;
        for round in 0..2000 {
            // Long ones use up all ids within a pair, and the longest are too long for the table.
            let most = match round {
                1000..1010 => 25_000,
                1500..1505 => 60_000,
                _ => 60,
            };
            let letters = ["ab", "abc def", "abcdefghijklmnopqrstuvwxyz ", "añ中😀é ", "xy😀🦀"][round % 5];
            let letters: Vec<char> = letters.chars().collect();
            let mut segment = |longest: u64| -> String {
                let mut next = |below: u64| {
                    random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (random >> 33) % below
                };
                (0..next(longest)).map(|_| letters[next(letters.len() as u64) as usize]).collect()
            };
            chars.take(0, &segment(most), round % 2 == 0);
            for _ in 0..2 {
                chars.take(1, &segment(most + 20), round % 2 == 0);
                let (mut fast, mut slow) = ([0; 8], [0; 8]);
                chars.matches(&mut shared, &mut fast);
                chars.match_places(&mut slow);
                assert_eq!(fast, slow);
            }
        }
    }
}
