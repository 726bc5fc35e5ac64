//! Dynamic programming over beads inside a window a row: the best way from the first units of both sides to the last.

use std::ops::Range;

/// A group of units of each side, before it has a score.
pub(super) type Step = (Range<usize>, Range<usize>);

/// What a bead is worth. Units that stand alone are the zero that gains are held against, or a cost.
pub(super) trait Model {
    /// Called once a row, in order: unit `i - 1` of the first side is the last that beads of this row may hold, and
    /// `low ..= high` are the numbers of units of the second side that may be used up by then. `i` is 0 for the first row.
    fn row(&mut self, i: usize, low: usize, high: usize);
    /// The gain of leaving unit `i` of the first side alone, where the unit before was left alone too or not.
    fn alone_a(&self, i: usize, again: bool) -> f64;
    /// The gain of leaving unit `j` of the second side alone.
    fn alone_b(&self, j: usize, again: bool) -> f64;
    /// The gain of the bead of that shape (an index) that ends before units `i` and `j`, or nothing where it may not be.
    fn bead(&mut self, i: usize, j: usize, shape: usize) -> Option<f64>;
}

/// Bits of a step: the run of lone units goes on.
const RUN_A: u8 = 0x40;
const RUN_B: u8 = 0x80;

/// Most units on a side of a bead.
pub(super) const LONGEST: usize = 5;

/// The best path through `windows`: for each number of units of the first side used up, the least and the greatest number
/// of units of the second. `may_join` says whether a range of the first side may be in one bead.
///
/// Time grows with the sum of the windows; memory is a byte for each of their cells.
pub(super) fn search(
    windows: &[(usize, usize)],
    shapes: &[(usize, usize)],
    model: &mut impl Model,
    may_join: impl Fn(Range<usize>) -> bool,
) -> Vec<Step> {
    let n = windows.len() - 1;
    // Gains of the last rows, and for every cell the step that led there: 0 none, 1 and 2 alone, 3.. shapes; two bits
    // say whether the best run of lone units of either side that ends here is longer than this one unit.
    let mut gains: Vec<Vec<f64>> = vec![Vec::new(); LONGEST + 1];
    let mut runs: Vec<f64> = Vec::new();
    let mut steps: Vec<Vec<u8>> = Vec::with_capacity(n + 1);
    for i in 0..=n {
        let (low, high) = windows[i];
        model.row(i, low, high);
        let mut row = std::mem::take(&mut gains[i % (LONGEST + 1)]);
        row.clear();
        let mut step = vec![0_u8; high + 1 - low];
        let above = std::mem::replace(&mut runs, vec![f64::NEG_INFINITY; high + 1 - low]);
        let mut run_b = f64::NEG_INFINITY;
        let usable: Vec<(u8, (usize, usize))> =
            (3..).zip(shapes.iter().copied()).filter(|(_, (x, _))| *x <= i && (*x < 2 || may_join(i - x..i))).collect();
        for j in low..=high {
            let mut best = if i == 0 && j == 0 { 0.0 } else { f64::NEG_INFINITY };
            let mut from = 0;
            let gain = |p: usize, q: usize| {
                let (low, high) = windows[p];
                if q < low || q > high { f64::NEG_INFINITY } else { gains[p % (LONGEST + 1)][q - low] }
            };
            let mut longer = 0;
            if i > 0 {
                let (first, last) = windows[i - 1];
                let on = if j < first || j > last { f64::NEG_INFINITY } else { above[j - first] };
                let (open, on) = (gain(i - 1, j) + model.alone_a(i - 1, false), on + model.alone_a(i - 1, true));
                if on > open {
                    longer |= RUN_A;
                }
                let gain = open.max(on);
                runs[j - low] = gain;
                if gain > best {
                    (best, from) = (gain, 1);
                }
            }
            if j > low {
                let (open, on) = (row[j - 1 - low] + model.alone_b(j - 1, false), run_b + model.alone_b(j - 1, true));
                if on > open {
                    longer |= RUN_B;
                }
                run_b = open.max(on);
                if run_b > best {
                    (best, from) = (run_b, 2);
                }
            }
            for (code, (x, y)) in &usable {
                if *y > j {
                    continue;
                }
                let before = gain(i - x, j - y);
                if before == f64::NEG_INFINITY {
                    continue;
                }
                if let Some(value) = model.bead(i, j, usize::from(*code) - 3)
                    && before + value > best
                {
                    (best, from) = (before + value, *code);
                }
            }
            row.push(best);
            step[j - low] = from | longer;
        }
        gains[i % (LONGEST + 1)] = row;
        steps.push(step);
    }
    trace(windows, shapes, &steps)
}

fn trace(windows: &[(usize, usize)], shapes: &[(usize, usize)], steps: &[Vec<u8>]) -> Vec<Step> {
    let (mut i, mut j) = (windows.len() - 1, windows[windows.len() - 1].1);
    let mut out = Vec::new();
    // Inside a run of lone units the next step is given.
    let mut forced = None;
    while i > 0 || j > 0 {
        let (low, high) = windows[i];
        let cell = if (low..=high).contains(&j) { steps[i][j - low] } else { 0 };
        let code = forced.take().unwrap_or(cell & !(RUN_A | RUN_B));
        let (x, y) = match usize::from(code) {
            0 if j > 0 => (0, 1),
            0 | 1 => (1, 0),
            2 => (0, 1),
            code => shapes[code - 3],
        };
        if (code == 1 && cell & RUN_A != 0) || (code == 2 && cell & RUN_B != 0) {
            forced = Some(code);
        }
        let (x, y) = (x.min(i), y.min(j));
        out.push((i - x..i, j - y..j));
        (i, j) = (i - x, j - y);
    }
    out.reverse();
    out
}
