//! A value for each pair of words, with room around, so that the pairs beside any pair are at hand.

use super::grid::Grid;
use super::net::Sink;

/// How far a pair sees.
const REACH: usize = 2;
const SIDE: usize = 2 * REACH + 1;

/// A grid of values with [`REACH`] zeros on each side.
#[derive(Default)]
pub(super) struct Field {
    values: Vec<f32>,
    /// What each row begins with, in words of the second passage; none where all begin with the first.
    starts: Vec<usize>,
    stride: usize,
}

impl Field {
    /// Makes all values 0, for pairs in `grid`.
    pub(super) fn clear(&mut self, grid: &Grid) {
        self.stride = grid.width + 2 * REACH;
        let rows = grid.rows() + 2 * REACH;
        self.starts.clear();
        if !grid.is_even() {
            let last = grid.rows().saturating_sub(1);
            self.starts.extend((0..rows).map(|row| grid.start(row.saturating_sub(REACH).min(last))));
        }
        self.values.clear();
        self.values.resize(self.stride * rows, 0.0);
    }

    /// The values of the pairs of word `i`, from the first word that it is compared with.
    pub(super) fn row(&mut self, i: usize) -> &mut [f32] {
        let first = (i + REACH) * self.stride;
        &mut self.values[first + REACH..first + self.stride - REACH]
    }

    /// The value of the pair of words `i` and `j`, which is looked at.
    pub(super) fn at(&self, i: usize, j: usize) -> f32 {
        let start = self.starts.get(i + REACH).copied().unwrap_or(0);
        self.values[(i + REACH) * self.stride + j - start + REACH]
    }

    /// The rows around word `i`.
    #[inline(always)]
    pub(super) fn lines(&self, i: usize) -> Lines<'_> {
        let block = &self.values[i * self.stride..(i + SIDE) * self.stride];
        let line = |k: usize| &block[k * self.stride..(k + 1) * self.stride];
        Lines { lines: [line(0), line(1), line(2), line(3), line(4)], starts: self.starts.get(i..i + SIDE) }
    }
}

/// The rows around a word of the first passage.
pub(super) struct Lines<'f> {
    lines: [&'f [f32]; SIDE],
    /// What each begins with, if they do not lie under one another.
    starts: Option<&'f [usize]>,
}

/// Room for the values around a pair where rows do not lie under one another.
pub(super) type Room = [[f32; SIDE]; SIDE];

impl<'f> Lines<'f> {
    /// The values around the pair of this word and word `j`.
    #[inline(always)]
    pub(super) fn around<'r>(&self, j: usize, room: &'r mut Room) -> Around<'r>
    where
        'f: 'r,
    {
        let [a, b, c, d, e] = self.lines;
        let cells = j..j + SIDE;
        if self.starts.is_none()
            && let (Some(a), Some(b), Some(c), Some(d), Some(e)) = (
                a.get(cells.clone()).and_then(<[f32]>::first_chunk),
                b.get(cells.clone()).and_then(<[f32]>::first_chunk),
                c.get(cells.clone()).and_then(<[f32]>::first_chunk),
                d.get(cells.clone()).and_then(<[f32]>::first_chunk),
                e.get(cells).and_then(<[f32]>::first_chunk),
            )
        {
            return Around([a, b, c, d, e]);
        }
        self.uneven(j, room);
        let [a, b, c, d, e] = &*room;
        Around([a, b, c, d, e])
    }

    #[cold]
    fn uneven(&self, j: usize, room: &mut Room) {
        for (k, row) in room.iter_mut().enumerate() {
            let column = j.wrapping_sub(self.starts.map_or(0, |starts| starts[k]));
            for (n, cell) in row.iter_mut().enumerate() {
                *cell = self.lines[k].get(column.wrapping_add(n)).copied().unwrap_or(0.0);
            }
        }
    }
}

/// The values of a pair and of those up to [`REACH`] rows and columns off.
pub(super) struct Around<'r>([&'r [f32; SIDE]; SIDE]);

/// The lesser one. Without the care that the library's takes for what is no number, it is one instruction.
#[inline(always)]
pub(super) const fn least(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
const fn most(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

impl Around<'_> {
    /// The value `di` rows and `dj` columns off, -2 to 2.
    #[inline(always)]
    pub(super) const fn at(&self, di: isize, dj: isize) -> f32 {
        self.0[(di + REACH as isize) as usize][(dj + REACH as isize) as usize]
    }

    /// The greater one of two values that lie across the diagonal from each other.
    #[inline(always)]
    const fn either(&self, di: isize, dj: isize) -> f32 {
        most(self.at(di, dj), self.at(dj, di))
    }

    /// The features of the first look that hang on the neighbours' likeness.
    #[inline(always)]
    pub(super) fn beside(&self, first: u8, out: &mut impl Sink) {
        out.add(first, self.at(-1, -1));
        out.add(first + 1, self.at(1, 1));
        out.add(first + 2, self.at(-2, -2));
        out.add(first + 3, self.at(2, 2));
        out.add(first + 4, self.either(-1, -2));
        out.add(first + 5, self.either(1, 2));
        out.add(first + 6, self.at(0, -1));
        out.add(first + 7, self.at(0, 1));
        out.add(first + 8, self.at(-1, 0));
        out.add(first + 9, self.at(1, 0));
    }

    /// The features of the later looks: what the look before thought of the pairs around.
    #[inline(always)]
    pub(super) fn thoughts(&self, first: u8, out: &mut impl Sink) {
        out.add(first, self.at(-1, -1));
        out.add(first + 1, self.at(-1, 0));
        out.add(first + 2, self.at(-1, 1));
        out.add(first + 3, self.at(0, -1));
        out.add(first + 4, self.at(0, 1));
        out.add(first + 5, self.at(1, -1));
        out.add(first + 6, self.at(1, 0));
        out.add(first + 7, self.at(1, 1));
        out.add(first + 8, self.at(-2, -2));
        out.add(first + 9, self.at(2, 2));
        out.add(first + 10, most(self.at(0, -2), self.at(0, 2)));
        out.add(first + 11, most(self.at(-2, 0), self.at(2, 0)));
        out.add(first + 12, self.either(-1, -2));
        out.add(first + 13, self.either(1, 2));
        out.add(first + 14, self.block());
    }

    /// How much the pairs around make of the middle one a corner of a block: (i, j'), (i', j') and (i', j).
    #[inline(always)]
    fn block(&self) -> f32 {
        let near = most(most(self.corner(-1, -1), self.corner(1, 1)), most(self.corner(-1, 1), self.corner(1, -1)));
        let far = most(most(self.corner(-2, -1), self.corner(-1, -2)), most(self.corner(2, 1), self.corner(1, 2)));
        most(near, far)
    }

    #[inline(always)]
    const fn corner(&self, di: isize, dj: isize) -> f32 {
        least(least(self.at(0, dj), self.at(di, 0)), self.at(di, dj))
    }
}

/// How many features [`Around::beside`] and [`Around::thoughts`] give.
pub(super) const BESIDE: u8 = 10;
pub(super) const THOUGHTS: u8 = 15;
