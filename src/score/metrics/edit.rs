//! Edit distance between two sequences of words: all cells at once by bits, and within Tercom's beam cell by cell.

/// How far from the diagonal the beam reaches.
const BEAM: usize = 25;

/// An unreachable cell.
const NEVER: u32 = u32::MAX / 2;

/// One step of the way through the matrix, from the hypothesis's point of view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Both words are the same.
    Same,
    /// The word of the hypothesis stands for that of the reference.
    Substitute,
    /// The word of the hypothesis is too many.
    Delete,
    /// The word of the reference is missing.
    Insert,
}

/// The places of a word in the reference, a bit a place.
pub(super) type Places<const N: usize> = [u64; N];

/// A row of the full matrix as the differences between its cells, a bit a word of the reference (Myers 1999, in the
/// form of Hyyrö 2003). Its first cell is its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row<const N: usize> {
    plus: [u64; N],
    minus: [u64; N],
}

/// How the cells of a row came out of the row above.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moves<const N: usize> {
    /// Cells that equal their upper left neighbour.
    level: [u64; N],
    /// Cells that are one more than their upper neighbour.
    down: [u64; N],
}

impl<const N: usize> Row<N> {
    /// The row above the first word.
    pub(super) const FIRST: Self = Self { plus: [!0; N], minus: [0; N] };

    /// The row below by a word whose places in the reference are `equal`.
    #[inline]
    pub(super) fn below(&self, equal: &[u64; N]) -> (Self, Moves<N>) {
        let mut row = Self { plus: [0; N], minus: [0; N] };
        let mut moves = Moves { level: [0; N], down: [0; N] };
        // The first cell of every row is one more than that above.
        let (mut carry, mut plus_in, mut minus_in) = (false, 1, 0);
        for block in 0..N {
            let (equal, plus, minus) = (equal[block], self.plus[block], self.minus[block]);
            let (sum, over) = (equal & plus).overflowing_add(plus);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            carry = over | over_again;
            let level = (sum ^ plus) | equal | minus;
            let down = minus | !(level | plus);
            let up = level & plus;
            let (down_left, up_left) = (down << 1 | plus_in, up << 1 | minus_in);
            (plus_in, minus_in) = (down >> 63, up >> 63);
            row.plus[block] = up_left | !(level | down_left);
            row.minus[block] = down_left & level;
            moves.level[block] = level;
            moves.down[block] = down;
        }
        (row, moves)
    }

    /// The last cell of the row with this index.
    pub(super) fn last(&self, index: usize, reference: usize) -> usize {
        let mut value = index;
        let mut minus = 0;
        for (block, mask) in masks::<N>(reference).into_iter().enumerate() {
            value += (self.plus[block] & mask).count_ones() as usize;
            minus += (self.minus[block] & mask).count_ones() as usize;
        }
        value - minus
    }

    /// The least that a cell of this row is above the same cell of `other`, a row of the same index; 0 at most, as the
    /// first cells are equal.
    pub(super) fn least_above(&self, other: &Self, reference: usize) -> isize {
        let (mut above, mut least) = (0, 0);
        for (block, mask) in masks::<N>(reference).into_iter().enumerate() {
            let (plus, minus) = (self.plus[block], self.minus[block]);
            let (other_plus, other_minus) = (other.plus[block], other.minus[block]);
            let mut differs = ((plus ^ other_plus) | (minus ^ other_minus)) & mask;
            while differs != 0 {
                let at = differs.trailing_zeros();
                let bit = |bits: u64| (bits >> at & 1) as isize;
                above += bit(plus) - bit(minus) - bit(other_plus) + bit(other_minus);
                least = least.min(above);
                differs &= differs - 1;
            }
        }
        least
    }
}

/// The bits of each block that stand for a word.
fn masks<const N: usize>(reference: usize) -> [u64; N] {
    std::array::from_fn(|block| match reference.saturating_sub(64 * block) {
        0 => 0,
        words @ 1..=63 => (1 << words) - 1,
        _ => !0,
    })
}

impl<const N: usize> Moves<N> {
    /// The step to the cell of word `j` of the reference (from 0), where `equal` are the places of the row's word.
    pub(super) fn step(&self, equal: &[u64; N], j: usize) -> Step {
        let has = |bits: &[u64; N]| bits[j / 64] >> (j % 64) & 1 == 1;
        if has(equal) {
            Step::Same
        } else if !has(&self.level) {
            Step::Substitute
        } else if has(&self.down) {
            Step::Delete
        } else {
            Step::Insert
        }
    }
}

/// Whether the beam cuts off no best way of this distance, so that the full matrix has the same distance and steps.
///
/// A way through a cell k off the main diagonal costs |k| + |k − d| or more, for a difference d of the lengths; so a way
/// of cost c strays at most (c + |d|) / 2 from the line between the corners, on which the beam is centred to a cell.
pub(super) fn beam_is_wide_enough(hypothesis: usize, reference: usize, distance: usize) -> bool {
    reference < BEAM - 2 || distance + hypothesis.abs_diff(reference) <= 2 * (BEAM - 3)
}

/// The matrix within the beam: sacreBLEU's, cell for cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Band {
    /// The rows of the hypothesis as it stands, one behind the other.
    cells: Vec<u32>,
    /// For each row, where it starts in `cells`, and its first column.
    rows: Vec<(usize, usize)>,
    /// The last two rows of a shifted hypothesis.
    above: Vec<u32>,
    below: Vec<u32>,
}

/// The columns of row `index` that lie within the beam: the first, and the one behind the last.
fn columns(index: usize, hypothesis: usize, reference: usize) -> (usize, usize) {
    let ratio = reference as f64 / hypothesis as f64;
    let beam = if ratio / 2.0 > BEAM as f64 { (ratio / 2.0 + BEAM as f64).ceil() as usize } else { BEAM };
    let diagonal = (index as f64 * ratio).floor() as usize;
    let end = if index == hypothesis { reference + 1 } else { (diagonal + beam).min(reference + 1) };
    (diagonal.saturating_sub(beam), end)
}

/// Appends the row of `word` in the columns `first..end` below `above`, which starts at column `above_first`.
fn below(
    above: &[u32],
    above_first: usize,
    (first, end): (usize, usize),
    word: u32,
    reference: &[u32],
    row: &mut Vec<u32>,
) {
    // The beam moves to the right only, and what it comes upon there is out of reach from above.
    let mut above = above[(first - above_first).saturating_sub(1)..].iter().copied();
    let mut corner = if first == above_first { NEVER } else { above.next().unwrap_or(NEVER) };
    let mut left = NEVER;
    let mut columns = first..end;
    if first == 0 && columns.next().is_some() {
        corner = above.next().unwrap_or(NEVER);
        left = corner + 1;
        row.push(left);
    }
    for column in columns {
        let top = above.next().unwrap_or(NEVER);
        let substituted = corner + u32::from(word != reference[column - 1]);
        left = substituted.min(top + 1).min(left + 1).min(NEVER);
        row.push(left);
        corner = top;
    }
}

impl Band {
    /// Computes the matrix of the hypothesis, which must have a word; returns the distance.
    pub(super) fn fill(&mut self, hypothesis: &[u32], reference: &[u32]) -> usize {
        self.cells.clear();
        self.rows.clear();
        self.cells.extend(0..=reference.len() as u32);
        self.rows.push((0, 0));
        let mut above = std::mem::take(&mut self.above);
        for (index, &word) in hypothesis.iter().enumerate() {
            let (start, above_first) = self.rows[index];
            above.clear();
            above.extend_from_slice(&self.cells[start..]);
            let columns = columns(index + 1, hypothesis.len(), reference.len());
            self.rows.push((self.cells.len(), columns.0));
            below(&above, above_first, columns, word, reference, &mut self.cells);
        }
        self.above = above;
        self.cells.last().map_or(0, |&distance| distance as usize)
    }

    /// The row with this index, and its first column.
    fn row(&self, index: usize) -> (&[u32], usize) {
        let (start, first) = self.rows[index];
        let end = self.rows.get(index + 1).map_or(self.cells.len(), |row| row.0);
        (&self.cells[start..end], first)
    }

    /// The step to the cell in row `i` and column `j`, both above 0; ties go to the corner, then to the cell above.
    pub(super) fn step(&self, hypothesis: &[u32], reference: &[u32], i: usize, j: usize) -> Step {
        let cell = |i: usize, j: usize| {
            let (row, first) = self.row(i);
            row.get(j.wrapping_sub(first)).copied().unwrap_or(NEVER)
        };
        let (value, same) = (cell(i, j), hypothesis[i - 1] == reference[j - 1]);
        if value == cell(i - 1, j - 1) + u32::from(!same) {
            if same { Step::Same } else { Step::Substitute }
        } else if value == cell(i - 1, j) + 1 {
            Step::Delete
        } else {
            Step::Insert
        }
    }

    /// The distance of the hypothesis of [`Band::fill`] with the words from `from` to `to` put into another order,
    /// followed by the rest; `None` if it is above `limit`.
    pub(super) fn shifted(
        &mut self,
        hypothesis: &[u32],
        reference: &[u32],
        (from, to): (usize, usize),
        window: impl Iterator<Item = u32>,
        limit: usize,
    ) -> Option<usize> {
        let (mut above, mut row) = (std::mem::take(&mut self.above), std::mem::take(&mut self.below));
        above.clear();
        above.extend_from_slice(self.row(from).0);
        let mut above_first = self.row(from).1;
        let distance = self.cells.last().map_or(0, |&distance| distance as usize);
        let mut result = None;
        let mut index = from;
        for word in window.chain(hypothesis[to..].iter().copied()) {
            index += 1;
            let columns = columns(index, hypothesis.len(), reference.len());
            row.clear();
            below(&above, above_first, columns, word, reference, &mut row);
            std::mem::swap(&mut above, &mut row);
            above_first = columns.0;
            if index == to {
                // The words that follow are the same: the end is no nearer to the old one than the nearest cell is.
                let pairs = above.iter().zip(self.row(index).0);
                let least = pairs.map(|(&new, &old)| i64::from(new) - i64::from(old)).min().unwrap_or(0);
                if distance as i64 + least > limit as i64 {
                    break;
                }
            }
        }
        if index == hypothesis.len() {
            result = above.last().map(|&distance| distance as usize).filter(|&distance| distance <= limit);
        }
        (self.above, self.below) = (above, row);
        result
    }
}
