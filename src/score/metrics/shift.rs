//! The search for the shifts of words that bring a hypothesis nearest to its reference: Tercom's, as sacreBLEU has it.

use super::edit::{Band, Moves, Places, Row, Step, beam_is_wide_enough};
use std::cmp::Reverse;

/// The longest run of words that is shifted.
const MAX_LENGTH: usize = 10;

/// How far apart in the two segments a run may start.
const MAX_DISTANCE: usize = 50;

/// After so many tries on a pair no further shift is made.
const MAX_TRIES: usize = 1000;

/// How the words of a hypothesis stand to those of a reference.
#[derive(Clone, Debug, Default)]
struct Alignment {
    /// For each word of the reference, how many words of the hypothesis precede what stands behind it: the word that it
    /// is aligned to is that number less 1, and 0 is the start.
    behind: Vec<usize>,
    /// How many words up to each place, and not including it, are wrong.
    wrong: Vec<u32>,
    missed: Vec<u32>,
}

impl Alignment {
    /// Follows the steps back from the ends of both segments.
    fn trace(&mut self, hypothesis: usize, reference: usize, mut step: impl FnMut(usize, usize) -> Step) {
        self.behind.clear();
        self.behind.resize(reference, 0);
        for (errors, length) in [(&mut self.wrong, hypothesis), (&mut self.missed, reference)] {
            errors.clear();
            errors.resize(length + 1, 0);
        }
        let (mut i, mut j) = (hypothesis, reference);
        while i > 0 || j > 0 {
            let step = match (i, j) {
                (0, _) => Step::Insert,
                (_, 0) => Step::Delete,
                _ => step(i, j),
            };
            let error = u32::from(step != Step::Same);
            if step != Step::Delete {
                self.behind[j - 1] = i;
                self.missed[j] = error;
                j -= 1;
            }
            if step != Step::Insert {
                self.wrong[i] = error;
                i -= 1;
            }
        }
        for errors in [&mut self.wrong, &mut self.missed] {
            let mut sum = 0;
            for error in errors {
                sum += *error;
                *error = sum;
            }
        }
    }
}

/// A shift of `length` words from `start` to before `target`.
#[derive(Clone, Copy, Debug)]
struct Shift {
    start: usize,
    length: usize,
    target: usize,
}

impl Shift {
    /// The words from the first to the third place change their order: those from the second place on come first.
    fn window(self, words: usize) -> (usize, usize, usize) {
        let Self { start, length, target } = self;
        if target < start {
            (target, start, start + length)
        } else if target > start + length {
            (start, start + length, target)
        } else {
            // A target within the run counts from the end of the run.
            (start, start + length, (length + target).min(words))
        }
    }

    /// Among shifts that gain the same, the longest is best, then the earliest, then that to the earliest target.
    fn precedes(self, other: Self) -> bool {
        let rank = |shift: Self| (Reverse(shift.length), shift.start, shift.target);
        rank(self) < rank(other)
    }
}

/// The buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Editor {
    short: Search<1>,
    middling: Search<2>,
    long: Search<4>,
    longer: Search<16>,
    longest: Search<0>,
}

impl Editor {
    /// The least number of edits that Tercom's search finds: insertions, deletions, substitutions of a word and shifts
    /// of a run of words. Words are numbers below `distinct`.
    pub(super) fn edits(&mut self, hypothesis: &[u32], reference: &[u32], distinct: usize) -> usize {
        if hypothesis == reference {
            0
        } else if hypothesis.is_empty() || reference.is_empty() {
            hypothesis.len() + reference.len()
        } else {
            match reference.len() {
                0..=64 => self.short.edits(hypothesis, reference, distinct),
                65..=128 => self.middling.edits(hypothesis, reference, distinct),
                129..=256 => self.long.edits(hypothesis, reference, distinct),
                257..=1024 => self.longer.edits(hypothesis, reference, distinct),
                _ => self.longest.edits(hypothesis, reference, distinct),
            }
        }
    }
}

/// The search for references of up to N blocks of 64 words; of any length, within the beam only, for N = 0.
#[derive(Clone, Debug, Default)]
struct Search<const N: usize> {
    hypothesis: Vec<u32>,
    /// For each word, the places of the reference where it stands, a bit a place.
    places: Vec<Places<N>>,
    /// For each word, its first place in the reference + 1, and for each place the next one of the word + 1; 0 ends.
    first: Vec<u32>,
    next: Vec<u32>,
    /// As `first`, but for the first place that is near enough.
    near: Vec<u32>,
    /// The rows of the full matrix, and the moves between them.
    rows: Vec<Row<N>>,
    moves: Vec<Moves<N>>,
    band: Band,
    alignment: Alignment,
    /// The distance in the full matrix, and in the beam.
    full: usize,
    distance: usize,
    /// Whether the beam cuts nothing off that matters.
    wide: bool,
}

impl<const N: usize> Search<N> {
    fn edits(&mut self, hypothesis: &[u32], reference: &[u32], distinct: usize) -> usize {
        self.hypothesis.clear();
        self.hypothesis.extend_from_slice(hypothesis);
        self.places.clear();
        self.places.resize(distinct, [0; N]);
        self.first.clear();
        self.first.resize(distinct, 0);
        self.next.clear();
        self.next.resize(reference.len(), 0);
        for (place, &word) in reference.iter().enumerate().rev() {
            if N > 0 {
                self.places[word as usize][place / 64] |= 1 << (place % 64);
            }
            self.next[place] = std::mem::replace(&mut self.first[word as usize], place as u32 + 1);
        }
        let (mut shifts, mut tries) = (0, 0);
        loop {
            self.align(reference);
            // A shift is an edit itself: the last edit but one is the last that can be saved.
            if self.distance <= 1 {
                break;
            }
            let best = self.best_shift(reference, &mut tries);
            let Some(shift) = best.filter(|_| tries < MAX_TRIES) else { break };
            shifts += 1;
            let (from, second, to) = shift.window(self.hypothesis.len());
            self.hypothesis[from..to].rotate_left(second - from);
        }
        shifts + self.distance
    }

    /// Computes the distance and the alignment of the hypothesis as it stands.
    fn align(&mut self, reference: &[u32]) {
        let hypothesis = &self.hypothesis;
        self.wide = false;
        self.full = 0;
        if N > 0 {
            self.rows.clear();
            self.moves.clear();
            let mut row = Row::FIRST;
            self.rows.push(row);
            for &word in hypothesis {
                let (below, moves) = row.below(&self.places[word as usize]);
                row = below;
                self.rows.push(row);
                self.moves.push(moves);
            }
            self.full = row.last(hypothesis.len(), reference.len());
            self.wide = beam_is_wide_enough(hypothesis.len(), reference.len(), self.full);
        }
        if self.wide {
            self.distance = self.full;
            let (moves, places) = (&self.moves, &self.places);
            self.alignment.trace(hypothesis.len(), reference.len(), |i, j| {
                moves[i - 1].step(&places[hypothesis[i - 1] as usize], j - 1)
            });
        } else {
            self.distance = self.band.fill(hypothesis, reference);
            let band = &self.band;
            self.alignment.trace(hypothesis.len(), reference.len(), |i, j| band.step(hypothesis, reference, i, j));
        }
    }

    /// The shift that brings the hypothesis nearest, if one brings it nearer; adds the shifts that sacreBLEU would have
    /// tried to `tries`.
    fn best_shift(&mut self, reference: &[u32], tries: &mut usize) -> Option<Shift> {
        let words = self.hypothesis.len();
        let mut best: Option<(usize, Shift)> = None;
        self.near.clone_from(&self.first);
        for start in 0..words {
            let near = &mut self.near[self.hypothesis[start] as usize];
            // What lies too far back lies so for all that follows.
            while *near > 0 && *near as usize - 1 + MAX_DISTANCE < start {
                *near = self.next[*near as usize - 1];
            }
            let mut place = *near as usize;
            while let Some(wanted) = place.checked_sub(1).filter(|&wanted| wanted <= start + MAX_DISTANCE) {
                place = self.next[wanted] as usize;
                let longest = MAX_LENGTH.min(words - start).min(reference.len() - wanted);
                for length in 1..=longest {
                    if self.hypothesis[start + length - 1] != reference[wanted + length - 1] {
                        break;
                    }
                    let Alignment { behind, wrong, missed } = &self.alignment;
                    // Words that are right stay, and so do places that have what they want.
                    if wrong[start] == wrong[start + length] || missed[wanted] == missed[wanted + length] {
                        continue;
                    }
                    // So does a run that would move within itself.
                    if (start + 1..=start + length).contains(&behind[wanted]) {
                        continue;
                    }
                    let mut last = None;
                    for offset in 0..=length {
                        // Before the first word of the run, then behind each of them.
                        let target = if wanted + offset == 0 { 0 } else { self.alignment.behind[wanted + offset - 1] };
                        if last.replace(target) == Some(target) {
                            continue;
                        }
                        *tries += 1;
                        let shift = Shift { start, length, target };
                        let limit = match best {
                            None => self.distance - 1,
                            Some((distance, than)) if shift.precedes(than) => distance,
                            Some((0, _)) => continue,
                            Some((distance, _)) => distance - 1,
                        };
                        if let Some(distance) = self.shifted(reference, shift, limit) {
                            best = Some((distance, shift));
                        }
                    }
                    if *tries >= MAX_TRIES {
                        return None;
                    }
                }
            }
        }
        best.map(|(_, shift)| shift)
    }

    /// The distance after a shift, or `None` if it is above `limit`, which is below the distance before.
    fn shifted(&mut self, reference: &[u32], shift: Shift, limit: usize) -> Option<usize> {
        let words = self.hypothesis.len();
        let (from, second, to) = shift.window(words);
        // To move m words past others is to take away m words and add m: it saves 2 m edits at most.
        let moved = (second - from).min(to - second);
        if N > 0 && self.full > limit + 2 * moved {
            return None;
        }
        let places = (second..to).chain(from..second);
        if N > 0 {
            let mut row = self.rows[from];
            for place in places.clone() {
                row = row.below(&self.places[self.hypothesis[place] as usize]).0;
            }
            // The words that follow are the same: the end is no nearer to the old one than the nearest cell is.
            if self.full as isize + row.least_above(&self.rows[to], reference.len()) > limit as isize {
                return None;
            }
            for &word in &self.hypothesis[to..] {
                row = row.below(&self.places[word as usize]).0;
            }
            let full = row.last(words, reference.len());
            // The beam can only make it more.
            if full > limit {
                return None;
            }
            if beam_is_wide_enough(words, reference.len(), full) {
                return Some(full);
            }
        }
        // A wide beam stays wide for less distance, so here the beam was narrow and `align` has filled the band.
        let Self { band, hypothesis, .. } = self;
        band.shifted(hypothesis, reference, (from, to), places.map(|place| hypothesis[place]), limit)
    }
}
