//! Matching character n-grams of two segments, for all orders at once.
//!
//! The windows of `order` characters at every place of both segments are sorted together. n-grams of any lower order are
//! prefixes of windows, so those that are equal stand next to each other, and one pass over the sorted windows counts,
//! for each order, how often either segment has each. A window is packed into one integer where its characters,
//! numbered by pair, fit; nothing is hashed, so nothing can collide.

use super::MAX_ORDER;
use super::text::{is_space, may_be_space};
use std::ops::{AddAssign, BitAnd, Sub};

/// The numbers that fill up the windows at the end of the hypothesis and of the reference: as they differ, no n-gram
/// that runs over an end matches.
const ENDS: [u32; 2] = [0, 1];

/// A free place in the table of numbers.
const FREE: u32 = u32::MAX;

/// The buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Chars {
    /// The characters of the hypothesis and of the reference, numbered.
    numbers: [Vec<u32>; 2],
    /// The number of each character up to U+FFFF, and which of them have one.
    table: Vec<u32>,
    seen: Vec<u32>,
    /// The numbers of the characters above.
    beyond: rustc_hash::FxHashMap<char, u32>,
    /// The first number that is not given yet.
    next: u32,
    windows: Vec<u64>,
    sorted: Vec<u64>,
    histograms: Vec<u32>,
    places: Vec<u32>,
}

impl Chars {
    /// Takes the hypothesis (`side` 0) or a reference (1), without its white space unless `keep_space`; the hypothesis
    /// first. Returns how many characters it has.
    pub(super) fn take(&mut self, side: usize, segment: &str, keep_space: bool) -> usize {
        if self.table.is_empty() {
            self.table.resize(0x1_0000, FREE);
        }
        if side == 0 {
            for code in self.seen.drain(..) {
                self.table[code as usize] = FREE;
            }
            self.beyond.clear();
            self.next = 2;
        }
        let mut numbers = std::mem::take(&mut self.numbers[side]);
        numbers.clear();
        numbers.reserve(segment.len());
        if segment.is_ascii() {
            let bytes = segment.as_bytes();
            for &byte in bytes {
                if !keep_space && may_be_space(byte) {
                    continue;
                }
                let number = self.number_near(u32::from(byte));
                numbers.push(number);
            }
        } else {
            for c in segment.chars().filter(|&c| keep_space || !is_space(c)) {
                let code = u32::from(c);
                let number = if code < 0x1_0000 {
                    self.number_near(code)
                } else {
                    *self.beyond.entry(c).or_insert_with(|| {
                        self.next += 1;
                        self.next - 1
                    })
                };
                numbers.push(number);
            }
        }
        self.numbers[side] = numbers;
        self.numbers[side].len()
    }

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
        if bits * order > 63 {
            self.match_places(matched);
            return;
        }
        self.pack(order, bits);
        let windows = self.windows.iter().copied();
        match (order, self.windows.len()) {
            (..=8, ..0x7fff) => tally::<i16, 8>(windows, order, bits, matched),
            _ => tally::<i64, MAX_ORDER>(windows, order, bits, matched),
        }
    }

    /// Fills `windows` with the sorted windows, each with its side in the lowest bit.
    fn pack(&mut self, order: usize, bits: usize) {
        let length = self.numbers[0].len() + self.numbers[1].len();
        let width = bits * order;
        // More and smaller passes for short segments: a pass walks its histogram, too.
        let widest = if length < 1 << 12 { 9 } else { 11 };
        let passes = width.div_ceil(widest);
        let digit = width.div_ceil(passes);
        let mask = (1_u64 << digit) - 1;
        self.histograms.clear();
        self.histograms.resize(passes << digit, 0);
        self.windows.clear();
        for (side, numbers) in self.numbers.iter().enumerate() {
            let mut window = (0..order).fold(0, |window, _| window << bits | u64::from(ENDS[side]));
            for &number in numbers.iter().rev() {
                window = window >> bits | u64::from(number) << (width - bits);
                self.windows.push(window << 1 | side as u64);
                for (pass, histogram) in self.histograms.chunks_exact_mut(1 << digit).enumerate() {
                    histogram[(window >> (pass * digit) & mask) as usize] += 1;
                }
            }
        }
        self.sorted.resize(length, 0);
        for (pass, histogram) in self.histograms.chunks_exact_mut(1 << digit).enumerate() {
            let mut before = 0;
            for count in histogram.iter_mut() {
                before += std::mem::replace(count, before);
            }
            let shift = pass * digit + 1;
            for &window in &self.windows {
                let place = &mut histogram[(window >> shift & mask) as usize];
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
        let mut seen = [[0_u64; 2]; MAX_ORDER];
        let mut last: &[u32] = &[];
        for &place in &self.places {
            let this = window(place);
            let common = last.iter().zip(this).take_while(|(a, b)| a == b).count();
            for n in common..order {
                matched[n] += seen[n][0].min(seen[n][1]);
                seen[n] = [0; 2];
            }
            for seen in &mut seen[..this.len()] {
                seen[usize::from(place as usize >= split)] += 1;
            }
            last = this;
        }
        for (matched, seen) in matched.iter_mut().zip(seen) {
            *matched += seen[0].min(seen[1]);
        }
    }
}

/// Counts the shared n-grams of sorted windows, a lane an order, so that the compiler can take all orders in one step.
fn tally<L, const LANES: usize>(windows: impl Iterator<Item = u64>, order: usize, bits: usize, matched: &mut [u64])
where
    L: Copy + Default + Ord + From<bool> + AddAssign + BitAnd<Output = L> + Sub<Output = L> + Into<i64>,
{
    let (zero, all) = (L::default(), L::default() - L::from(true));
    // The lanes that go on, by the number of characters that a window shares with the one before.
    let mut going = [[zero; LANES]; MAX_ORDER + 1];
    for (shared, lanes) in going.iter_mut().enumerate() {
        lanes[..shared.min(LANES)].fill(all);
    }
    // The number of shared characters, by the leading zeros of the difference.
    let unused = 64 - bits * order;
    let shared: [u8; 65] = std::array::from_fn(|zeros| (zeros.saturating_sub(unused) / bits) as u8);
    let mut seen = [[zero; LANES]; 2];
    let mut sums = [zero; LANES];
    let mut last = !0;
    for window in windows {
        let side = L::from(window & 1 == 1);
        let difference = (window ^ last) >> 1;
        last = window;
        let lanes = &going[usize::from(shared[difference.leading_zeros() as usize])];
        let other = L::from(true) - side;
        for lane in 0..LANES {
            let (hypothesis, reference) = (seen[0][lane], seen[1][lane]);
            sums[lane] += hypothesis.min(reference) & (all - lanes[lane]);
            seen[0][lane] = hypothesis & lanes[lane];
            seen[1][lane] = reference & lanes[lane];
            seen[0][lane] += other;
            seen[1][lane] += side;
        }
    }
    for (lane, matched) in matched.iter_mut().enumerate().take(LANES) {
        *matched = (sums[lane].into() + seen[0][lane].min(seen[1][lane]).into()) as u64;
    }
}
