//! A value for each pair of words, with room around, so that the pairs beside any pair are at hand.

use super::grid::Grid;
use super::net::Features;
use super::stages::BASE;

/// How far a pair sees.
const REACH: usize = 2;
const SIDE: usize = 2 * REACH + 1;

/// A grid of values with [`REACH`] zeros on each side.
pub(super) struct Field {
    values: Vec<f32>,
    /// What each row begins with, in words of the second passage.
    starts: Vec<usize>,
    stride: usize,
    /// Whether all rows begin alike.
    even: bool,
}

impl Field {
    /// All zeros.
    pub(super) fn new(grid: &Grid) -> Self {
        let stride = grid.width + 2 * REACH;
        let rows = grid.rows() + 2 * REACH;
        let last = grid.rows().saturating_sub(1);
        let start = |row: usize| grid.start(row.saturating_sub(REACH).min(last));
        let starts: Vec<usize> = (0..rows).map(start).collect();
        let even = starts.first() == starts.last();
        Self { values: vec![0.0; stride * rows], starts, stride, even }
    }

    /// Sets the value of the pair of words `i` and `j`.
    pub(super) fn set(&mut self, i: usize, j: usize, value: f32) {
        self.values[(i + REACH) * self.stride + j - self.starts[i + REACH] + REACH] = value;
    }

    /// The values around the pair of words `i` and `j`.
    #[inline]
    pub(super) fn around(&self, i: usize, j: usize) -> Around {
        if self.even {
            // Rows lie under one another.
            let first = i * self.stride + j - self.starts[0];
            let block = &self.values[first..first + 2 * REACH * self.stride + SIDE];
            let row = |k: usize| block[k * self.stride..].first_chunk::<SIDE>().copied().unwrap_or_default();
            return Around([row(0), row(1), row(2), row(3), row(4)]);
        }
        let mut out = Around([[0.0; SIDE]; SIDE]);
        for (k, row) in out.0.iter_mut().enumerate() {
            let values = &self.values[(i + k) * self.stride..(i + k + 1) * self.stride];
            let column = j.wrapping_sub(self.starts[i + k]);
            for (n, cell) in row.iter_mut().enumerate() {
                *cell = values.get(column.wrapping_add(n)).copied().unwrap_or(0.0);
            }
        }
        out
    }
}

/// The values of a pair and of those up to [`REACH`] rows and columns off.
pub(super) struct Around([[f32; SIDE]; SIDE]);

impl Around {
    /// The value `di` rows and `dj` columns off, -2 to 2.
    #[inline]
    pub(super) const fn at(&self, di: isize, dj: isize) -> f32 {
        self.0[(di + REACH as isize) as usize][(dj + REACH as isize) as usize]
    }

    /// The features of the first look that hang on the neighbours' likeness.
    #[inline]
    pub(super) fn beside(&self, out: &mut Features) {
        let like = |di: isize, dj: isize| self.at(di, dj);
        let mut push = |feature: u8, value: f32| out.push(BASE + feature, value, value > 0.0);
        push(0, like(-1, -1));
        push(1, like(1, 1));
        push(2, like(-2, -2));
        push(3, like(2, 2));
        push(4, like(-1, -2).max(like(-2, -1)));
        push(5, like(1, 2).max(like(2, 1)));
        push(6, like(0, -1));
        push(7, like(0, 1));
        push(8, like(-1, 0));
        push(9, like(1, 0));
    }

    /// The features of the later looks: what the look before thought of the pairs around.
    #[inline]
    pub(super) fn thoughts(&self, first: u8, out: &mut Features) {
        let mut push = |feature: u8, value: f32| out.push(first + feature, value, value > 0.004);
        push(0, self.at(-1, -1));
        push(1, self.at(-1, 0));
        push(2, self.at(-1, 1));
        push(3, self.at(0, -1));
        push(4, self.at(0, 1));
        push(5, self.at(1, -1));
        push(6, self.at(1, 0));
        push(7, self.at(1, 1));
        push(8, self.at(-2, -2));
        push(9, self.at(2, 2));
        push(10, self.at(0, -2).max(self.at(0, 2)));
        push(11, self.at(-2, 0).max(self.at(2, 0)));
        push(12, self.at(-1, -2).max(self.at(-2, -1)));
        push(13, self.at(1, 2).max(self.at(2, 1)));
        push(14, self.block());
    }

    /// How much the pairs around make of the middle one a corner of a block: (i, j'), (i', j') and (i', j).
    #[inline]
    fn block(&self) -> f32 {
        let corner = |di: isize, dj: isize| self.at(0, dj).min(self.at(di, 0)).min(self.at(di, dj));
        let near = corner(-1, -1).max(corner(1, 1)).max(corner(-1, 1)).max(corner(1, -1));
        let far = corner(-2, -1).max(corner(-1, -2)).max(corner(2, 1)).max(corner(1, 2));
        near.max(far)
    }
}

/// How many features [`Around::beside`] and [`Around::thoughts`] may give.
pub(super) const BESIDE: u8 = 10;
pub(super) const THOUGHTS: u8 = 15;
