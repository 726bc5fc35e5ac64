//! What a look thought of all pairs.

use super::field::{Field, Lines, Room, THOUGHTS, least};
use super::grid::Grid;
use super::net::{Sink, logistic};
use super::stages::{Pairs, Spot};

/// The chance from which a pair is looked at again.
const AGAIN: f32 = 0.05;
/// The chance from which the pairs around a pair are looked at again too, but for those of two words whose chances both add
/// up to so much: they have their partners.
const NEIGHBOUR: f32 = 0.2;
const SETTLED: f32 = 0.7;

/// Log-odds, on either side of 0, from which on a pair keeps what the first look thought of it, and what the second did: a
/// chance of 95 in 100, and of 90.
const SURE_FIRST: f32 = 3.0;
const SURE_NEXT: f32 = 2.2;

/// Log-odds of what is not worth a look.
const FLOOR: f32 = -9.0;

/// The best two of a row or column.
#[derive(Clone, Copy, Default)]
pub(super) struct Top {
    best: f32,
    at: usize,
    second: f32,
}

impl Top {
    fn see(&mut self, at: usize, value: f32) {
        if value > self.best {
            self.second = self.best;
            self.best = value;
            self.at = at;
        } else if value > self.second {
            self.second = value;
        }
    }

    /// The best one apart from the one at `at`.
    pub(super) fn but(&self, at: usize) -> f32 {
        if self.at == at { self.second } else { self.best }
    }
}

#[derive(Default)]
pub(super) struct Tops {
    pub rows: Vec<Top>,
    pub columns: Vec<Top>,
}

impl Tops {
    /// For so many words on either side.
    pub(super) fn clear(&mut self, n: usize, m: usize) {
        refill(&mut self.rows, n, Top::default());
        refill(&mut self.columns, m, Top::default());
    }

    pub(super) fn see(&mut self, i: usize, j: usize, value: f32) {
        self.rows[i].see(j, value);
        self.columns[j].see(i, value);
    }
}

/// What all pairs of a word of the first passage share.
pub(super) struct Row<'v> {
    i: usize,
    lines: Lines<'v>,
    top: Top,
    sum: f32,
    near: Near,
    /// The first word that it is compared with.
    start: usize,
    odds: &'v [f32],
    sure: f32,
}

impl Row<'_> {
    /// What the look before thought of the pair of this word and word `j`, if it was so sure that there is no need for another.
    #[inline(always)]
    pub(super) fn settled(&self, j: usize) -> Option<f32> {
        let odds = self.odds[j - self.start];
        (odds.abs() > self.sure && odds != FLOOR).then_some(odds)
    }
}

/// What a look thought of all pairs, with what the next one asks of it.
#[derive(Default)]
pub(super) struct View {
    /// Which odds need no other look.
    sure: f32,
    /// Log-odds of each cell, [`FLOOR`] where it was not looked at, and chances.
    odds: Vec<f32>,
    around: Field,
    /// The pairs that are worth another look, and those that were looked at.
    pub again: Vec<Spot>,
    seen: Vec<Spot>,
    tops: Tops,
    row_sums: Vec<f32>,
    column_sums: Vec<f32>,
    a: Vec<Near>,
    b: Vec<Near>,
    chances: Vec<f32>,
    active: Bits,
    likely: Bits,
    /// A bit for each word of the second passage that has no sure partner.
    open: Vec<u64>,
    partners: [Vec<Option<usize>>; 2],
}

/// A bit for each pair of words, 64 words of the second passage to a number, with a row of zeros before the first and behind
/// the last.
#[derive(Default)]
struct Bits {
    bits: Vec<u64>,
    /// Numbers to a row.
    stride: usize,
}

impl Bits {
    fn clear(&mut self, n: usize, m: usize) {
        self.stride = m.div_ceil(64);
        refill(&mut self.bits, (n + 2) * self.stride, 0);
    }

    fn row(&mut self, row: usize) -> &mut [u64] {
        &mut self.bits[(row + 1) * self.stride..(row + 2) * self.stride]
    }

    /// A row, and the ones before and behind it.
    fn rows(&self, row: usize) -> [&[u64]; 3] {
        let rows = &self.bits[row * self.stride..(row + 3) * self.stride];
        let (before, rest) = rows.split_at(self.stride);
        let (own, behind) = rest.split_at(self.stride);
        [before, own, behind]
    }
}

/// Adds the bits beside those of a row.
fn widen(row: &mut [u64]) {
    let mut before = 0;
    for at in 0..row.len() {
        let own = row[at];
        let behind = row.get(at + 1).copied().unwrap_or(0);
        row[at] = own | own << 1 | own >> 1 | before >> 63 | behind << 63;
        before = own;
    }
}

/// The bits of number `at` that are of words in `range`.
fn within(range: &std::ops::Range<usize>, at: usize) -> u64 {
    let below = |end: usize| match end.saturating_sub(64 * at) {
        bits @ 0..64 => (1 << bits) - 1,
        _ => u64::MAX,
    };
    below(range.end) & !below(range.start)
}

/// Makes all of `values` one `value`.
fn refill<T: Clone>(values: &mut Vec<T>, len: usize, value: T) {
    values.clear();
    values.resize(len, value);
}

impl View {
    /// After the first look, which gave these log-odds for [`Pairs::candidates`].
    pub(super) fn first(&mut self, pairs: &Pairs<'_, '_>, looked: &[f32]) {
        self.sure = SURE_FIRST;
        self.seen.clear();
        self.seen.extend_from_slice(&pairs.candidates);
        self.see(pairs, looked);
    }

    /// After another look, which gave these log-odds for [`Self::again`].
    pub(super) fn next(&mut self, pairs: &Pairs<'_, '_>, looked: &[f32]) {
        self.sure = SURE_NEXT;
        std::mem::swap(&mut self.seen, &mut self.again);
        self.see(pairs, looked);
    }

    fn see(&mut self, pairs: &Pairs<'_, '_>, looked: &[f32]) {
        let (grid, n, m) = (&pairs.grid, pairs.x.words.len(), pairs.y.words.len());
        refill(&mut self.odds, grid.cells(), FLOOR);
        self.active.clear(n, m);
        self.likely.clear(n, m);
        refill(&mut self.row_sums, n, 0.0);
        refill(&mut self.column_sums, m, 0.0);
        self.around.clear(grid);
        self.tops.clear(n, m);
        self.chances.clear();
        self.chances.extend(looked.iter().map(|&x| logistic(x)));
        let Tops { rows, columns } = &mut self.tops;
        let (columns, column_sums) = (&mut columns[..m], &mut self.column_sums[..m]);
        let mut given = looked.iter().zip(&self.chances);
        for spots in self.seen.chunk_by(|p, q| p.0 == q.0) {
            let row = usize::from(spots[0].0);
            let start = grid.start(row);
            let odds = &mut self.odds[row * grid.width..(row + 1) * grid.width];
            let around = self.around.row(row);
            let (active, likely) = (self.active.row(row), self.likely.row(row));
            let (mut top, mut sum) = (Top::default(), 0.0);
            for (&(_, j), (&x, &p)) in spots.iter().zip(&mut given) {
                let column = usize::from(j);
                let cell = column - start;
                odds[cell] = x;
                around[cell] = p;
                top.see(column, p);
                columns[column].see(row, p);
                sum += p;
                column_sums[column] += p;
                if p >= AGAIN {
                    let (at, bit) = (column / 64, 1 << (column % 64));
                    active[at] |= bit;
                    if p >= NEIGHBOUR {
                        likely[at] |= bit;
                    }
                }
            }
            widen(likely);
            rows[row] = top;
            self.row_sums[row] = sum;
        }
        refill(&mut self.open, m.div_ceil(64), 0);
        for (column, sum) in self.column_sums.iter().enumerate() {
            self.open[column / 64] |= u64::from(*sum < SETTLED) << (column % 64);
        }
        self.again.clear();
        for row in 0..n {
            let settled = self.row_sums[row] >= SETTLED;
            let words = if grid.is_even() { 0..m } else { grid.row(row) };
            let [before, own, behind] = self.likely.rows(row);
            let near = before.iter().zip(own).zip(behind).map(|((before, own), behind)| before | own | behind);
            for (at, ((&active, near), open)) in self.active.row(row).iter().zip(near).zip(&self.open).enumerate() {
                let mut bits = active | near & if settled { *open } else { u64::MAX };
                if bits != 0 {
                    bits &= within(&words, at);
                }
                while bits != 0 {
                    self.again.push((row as u16, (64 * at) as u16 + bits.trailing_zeros() as u16));
                    bits &= bits - 1;
                }
            }
        }
        // Sure partners: each other's best.
        let [to_b, to_a] = &mut self.partners;
        refill(to_b, n, None);
        refill(to_a, m, None);
        for (i, top) in self.tops.rows.iter().enumerate() {
            if top.best > 0.5 && self.tops.columns[top.at].at == i {
                to_b[i] = Some(top.at);
                to_a[top.at] = Some(i);
            }
        }
        nearest(to_b, m, &mut self.a);
        nearest(to_a, n, &mut self.b);
    }

    /// How many features [`Self::context`] gives beside those of the pairs around.
    pub(super) const FEATURES: u8 = 11 + 25;

    /// What all pairs of word `i` share.
    #[inline(always)]
    pub(super) fn row(&self, grid: &Grid, i: usize) -> Row<'_> {
        Row {
            i,
            lines: self.around.lines(i),
            top: self.tops.rows[i],
            sum: self.row_sums[i],
            near: self.a[i],
            start: grid.start(i),
            odds: &self.odds[i * grid.width..(i + 1) * grid.width],
            sure: self.sure,
        }
    }

    /// The features of a later look that come from other pairs, numbered from `first` on.
    #[inline(always)]
    pub(super) fn context(&self, own: &Row<'_>, j: usize, first: u8, room: &mut Room, out: &mut impl Sink) {
        let around = own.lines.around(j, room);
        around.thoughts(first, out);
        let n = first + THOUGHTS;
        let chance = around.at(0, 0);
        out.add(n, chance);
        out.add(n + 1, own.odds[j - own.start] * (1.0 / 6.0));
        out.add(n + 2, own.top.but(j));
        out.add(n + 3, self.tops.columns[j].but(own.i));
        out.add(n + 4, least(own.sum - chance, 4.0) * 0.25);
        out.add(n + 5, least(self.column_sums[j] - chance, 4.0) * 0.25);
        let (a, b) = (&own.near, &self.b[j]);
        let (row, column) = (own.i as i32, j as i32);
        out.add(n + 6, a.off(column));
        out.add(n + 7, b.off(row));
        if a.before.1 < column && column < a.after.1 && b.before.1 < row && row < b.after.1 {
            // In the gap between the same two sure pairs on both sides.
            out.flag(n + 8);
            out.flag(n + 11 + 5 * a.gap + b.gap);
        }
        // The partner of the nearest sure word on a side, for a word that has none itself.
        for (k, near, at, other) in [(9, a, row, column), (10, b, column, row)] {
            for end in [near.before, near.after] {
                if end.1 == other {
                    out.add(n + k, 1.0 / (end.0 - at).unsigned_abs().max(1) as f32);
                }
            }
        }
    }
}

/// What a word has on either side: the nearest words with a sure partner and those partners, or the passages' ends.
#[derive(Clone, Copy)]
struct Near {
    before: (i32, i32),
    after: (i32, i32),
    /// Where its own partner is to be looked for by theirs; less than all places where neither side has any.
    expected: f32,
    /// Words between them, 1 to 5 or more, less one.
    gap: u8,
}

/// Less than any place.
const NOWHERE: f32 = -1e9;

impl Near {
    /// How far `place` is from the expected one, 0 to 1 for ten words or more.
    #[inline(always)]
    fn off(&self, place: i32) -> f32 {
        least((place as f32 - self.expected).abs(), 10.0) * 0.1
    }
}

/// For each word what is near, given the partners; `other` is the other passage's length.
fn nearest(partners: &[Option<usize>], other: usize, out: &mut Vec<Near>) {
    let end = (partners.len() as i32, other as i32);
    refill(out, partners.len(), Near { before: (-1, -1), after: end, expected: NOWHERE, gap: 0 });
    let mut last = (-1, -1);
    for (i, (near, partner)) in out.iter_mut().zip(partners).enumerate() {
        near.before = last;
        if let Some(j) = partner {
            last = (i as i32, *j as i32);
        }
    }
    last = end;
    for (i, (near, partner)) in out.iter_mut().zip(partners).enumerate().rev() {
        near.after = last;
        if let Some(j) = partner {
            last = (i as i32, *j as i32);
        }
        let (p, q, at) = (near.before, near.after, i as i32);
        near.gap = (q.0 - p.0 - 1).clamp(1, 5) as u8 - 1;
        near.expected = match (p.0 >= 0, q.0 < end.0) {
            (true, true) => p.1 as f32 + (at - p.0) as f32 / (q.0 - p.0) as f32 * (q.1 - p.1) as f32,
            (true, false) => (p.1 + at - p.0) as f32,
            (false, true) => (q.1 + at - q.0) as f32,
            (false, false) => NOWHERE,
        };
    }
}
