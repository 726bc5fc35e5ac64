//! Matching character n-grams of two segments, for all orders at once.
//!
//! The windows of `order` characters at every place of both segments are sorted together. n-grams of any lower order are
//! prefixes of windows, so those that are equal stand next to each other, and one pass over the sorted windows counts,
//! for each order, how often either segment has each. A window is packed into one integer where its characters,
//! numbered by pair, fit; nothing is hashed, so nothing can collide.

use super::MAX_ORDER;
use super::text::{is_space, may_be_space};

/// The numbers that fill up the windows at the end of the hypothesis and of the reference: as they differ, no n-gram
/// that runs over an end matches.
const ENDS: [u32; 2] = [0, 1];

/// The bits of a window that one pass sorts by, and how many values they have.
const DIGIT: usize = 9;
const DIGITS: usize = 1 << DIGIT;

/// In the table of numbers: a character without one yet, and white space that is left out.
const FREE: u32 = u32::MAX;
const SKIPPED: u32 = u32::MAX - 1;

/// The buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Chars {
    /// The characters of the hypothesis and of the reference, numbered.
    numbers: [Vec<u32>; 2],
    /// The number of each character up to U+FFFF, and which of them have one.
    table: Box<[u32]>,
    seen: Vec<u32>,
    /// The numbers of the characters above.
    beyond: rustc_hash::FxHashMap<char, u32>,
    /// The first number that is not given yet.
    next: u32,
    windows: Vec<u64>,
    sorted: Vec<u64>,
    histograms: Vec<[u32; DIGITS]>,
    places: Vec<u32>,
}

impl Chars {
    /// Takes the hypothesis (`side` 0) or a reference (1), without its white space unless `keep_space`; the hypothesis
    /// first. Returns how many characters it has.
    pub(super) fn take(&mut self, side: usize, segment: &str, keep_space: bool) -> usize {
        if self.table.is_empty() {
            self.table = vec![FREE; 0x1_0000].into();
        }
        if side == 0 {
            for code in self.seen.drain(..) {
                self.table[code as usize] = FREE;
            }
            self.beyond.clear();
            self.next = 2;
        }
        if !keep_space {
            for space in (0..0x80_u8).filter(|&byte| may_be_space(byte)) {
                self.table[usize::from(space)] = SKIPPED;
                self.seen.push(u32::from(space));
            }
        }
        let mut numbers = std::mem::take(&mut self.numbers[side]);
        numbers.clear();
        if segment.is_ascii() {
            // Every byte is written, and the next one over it if it is left out.
            numbers.resize(segment.len(), 0);
            let mut length = 0;
            for &byte in segment.as_bytes() {
                let number = self.number_near(u32::from(byte));
                numbers[length] = number;
                length += usize::from(number != SKIPPED);
            }
            numbers.truncate(length);
        } else {
            for c in segment.chars() {
                let code = u32::from(c);
                let number = match code {
                    0x80.. if !keep_space && is_space(c) => SKIPPED,
                    ..0x1_0000 => self.number_near(code),
                    _ => *self.beyond.entry(c).or_insert_with(|| {
                        self.next += 1;
                        self.next - 1
                    }),
                };
                if number != SKIPPED {
                    numbers.push(number);
                }
            }
        }
        self.numbers[side] = numbers;
        self.numbers[side].len()
    }

    /// The number of a character up to U+FFFF.
    #[inline]
    fn number_near(&mut self, code: u32) -> u32 {
        let place = &mut self.table[code as usize];
        if *place == FREE {
            *place = self.next;
            self.seen.push(code);
            self.next += 1;
        }
        *place
    }

    /// Sets `matched[n - 1]` to the number of n-grams that hypothesis and reference share, for each order n up to that
    /// of `matched`.
    pub(super) fn matches(&mut self, matched: &mut [u64]) {
        let order = matched.len();
        matched.fill(0);
        if order == 0 || self.numbers.iter().any(Vec::is_empty) {
            return;
        }
        if self.numbers[0] == self.numbers[1] {
            for (n, matched) in matched.iter_mut().enumerate() {
                *matched = self.numbers[0].len().saturating_sub(n) as u64;
            }
            return;
        }
        let bits = (u32::BITS - (self.next - 1).leading_zeros()) as usize;
        match (bits * order).div_ceil(DIGIT) {
            _ if bits * order > 63 => return self.match_places(matched),
            ..=2 => self.sort::<2>(order, bits),
            3 => self.sort::<3>(order, bits),
            4 => self.sort::<4>(order, bits),
            5 => self.sort::<5>(order, bits),
            _ => self.sort::<7>(order, bits),
        }
        if order <= 8 && self.windows.len() < 0x8000 {
            tally(&self.windows, bits, matched);
        } else {
            tally_any(&self.windows, bits, matched);
        }
    }

    /// Fills `windows` with the windows, sorted in P passes, each with its side in the lowest bit.
    fn sort<const P: usize>(&mut self, order: usize, bits: usize) {
        self.histograms.clear();
        self.histograms.resize(P, [0; DIGITS]);
        let Some(histograms) = self.histograms.first_chunk_mut::<P>() else { return };
        let digit = |window: u64, pass: usize| (window >> (pass * DIGIT + 1)) as usize % DIGITS;
        self.windows.clear();
        let top = bits * (order - 1) + 1;
        for (side, numbers) in self.numbers.iter().enumerate() {
            let mut window = (0..order).fold(0, |window, _| window << bits | u64::from(ENDS[side])) << 1;
            self.windows.extend(numbers.iter().rev().map(|&number| {
                window = (window >> bits & !1) | u64::from(number) << top | side as u64;
                for (pass, histogram) in histograms.iter_mut().enumerate() {
                    histogram[digit(window, pass)] += 1;
                }
                window
            }));
        }
        self.sorted.resize(self.windows.len(), 0);
        for (pass, histogram) in histograms.iter_mut().enumerate() {
            let mut before = 0;
            for count in histogram.iter_mut() {
                before += std::mem::replace(count, before);
            }
            for &window in &self.windows {
                let place = &mut histogram[digit(window, pass)];
                self.sorted[*place as usize] = window;
                *place += 1;
            }
            std::mem::swap(&mut self.windows, &mut self.sorted);
        }
    }

    /// As [`Chars::matches`] where windows do not fit an integer: sorts places by what follows them.
    fn match_places(&mut self, matched: &mut [u64]) {
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

/// How many characters two windows have in common, by the leading zeros of their difference.
fn shared_by_zeros(bits: usize, order: usize) -> [u8; 65] {
    let unused = 63 - bits * order;
    std::array::from_fn(|zeros| (zeros.saturating_sub(unused) / bits).min(order) as u8)
}

/// Counts the matches of sorted windows of any order and number.
fn tally_any(windows: &[u64], bits: usize, matched: &mut [u64]) {
    let shared = shared_by_zeros(bits, matched.len());
    let mut surplus = [0; MAX_ORDER];
    let mut last = 0;
    for &window in windows {
        let difference = (window ^ last) & !1;
        last = window;
        surplus[usize::from(shared[difference.leading_zeros() as usize])..].fill(0);
        count(&mut surplus[..matched.len()], window & 1 == 0, matched);
    }
}

/// The same for up to 8 orders and 32767 windows, with the orders side by side in one integer of 8 lanes: a lane holds
/// the surplus of the hypothesis + 0x8000, so that its highest bit tells who is ahead.
fn tally(windows: &[u64], bits: usize, matched: &mut [u64]) {
    const ONES: u128 = 0x0001_0001_0001_0001_0001_0001_0001_0001;
    const HIGH: u128 = ONES << 15;
    let shared = shared_by_zeros(bits, matched.len());
    // The lanes of the orders that a window shares with the one before go on; the others start again.
    let going: [u128; 9] = std::array::from_fn(|orders| if orders == 8 { !0 } else { (1 << (16 * orders)) - 1 });
    let mut surplus = HIGH;
    let mut sums = 0;
    let mut last = 0;
    for &window in windows {
        let difference = (window ^ last) & !1;
        last = window;
        let lanes = going[usize::from(shared[difference.leading_zeros() as usize])];
        let reference = u128::from(window & 1).wrapping_neg();
        surplus = ((surplus ^ HIGH) & lanes) ^ HIGH;
        surplus -= ONES & reference;
        sums += ((surplus ^ !reference) & HIGH) >> 15;
        surplus += ONES & !reference;
    }
    for (lane, matched) in matched.iter_mut().enumerate() {
        *matched = (sums >> (16 * lane)) as u64 & 0xffff;
    }
}
