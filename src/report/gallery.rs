//! What a report of a corpus shows of its rows, in memory that does not grow with them.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Columns of the histogram.
pub const BINS: usize = 20;

/// How scores spread, and what was rendered of the worst rows.
///
/// ```
/// use fauxami::report::Gallery;
/// let mut gallery = Gallery::new(2);
/// for (score, row) in [(90.0, "a"), (20.0, "b"), (100.0, "c"), (20.0, "d")] {
///     gallery.add(score, row);
/// }
/// assert_eq!(gallery.worst(), ["b", "d"]);
/// assert_eq!(gallery.bins()[19], 1); // 95 to 100
/// ```
#[derive(Clone, Debug)]
pub struct Gallery {
    most: usize,
    bins: [usize; BINS],
    added: usize,
    /// The best of those kept is on top.
    kept: BinaryHeap<Kept>,
}

#[derive(Clone, Debug)]
struct Kept {
    score: f64,
    place: usize,
    row: String,
}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(self.place.cmp(&other.place))
    }
}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Kept {}

impl Gallery {
    /// An empty one that keeps at most so many rows.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, bins: [0; BINS], added: 0, kept: BinaryHeap::new() }
    }

    /// Counts a row of this score, 0 to 100, and keeps what was rendered of it if it is among the worst; of equals the
    /// first.
    pub fn add(&mut self, score: f64, row: &str) {
        let bin = (score * BINS as f64 / 100.0).clamp(0.0, (BINS - 1) as f64) as usize;
        self.bins[bin] += 1;
        self.added += 1;
        let full = self.kept.len() >= self.most;
        if full && self.kept.peek().is_none_or(|best| best.score <= score) {
            return;
        }
        if full {
            self.kept.pop();
        }
        self.kept.push(Kept { score, place: self.added, row: row.to_owned() });
    }

    /// Rows by score, in steps of 5 points from 0; a score of 100 is in the last.
    #[must_use]
    pub const fn bins(&self) -> &[usize; BINS] {
        &self.bins
    }

    /// What was rendered of the worst rows, the worst first.
    #[must_use]
    pub fn worst(&self) -> Vec<&str> {
        let mut kept: Vec<&Kept> = self.kept.iter().collect();
        kept.sort();
        kept.into_iter().map(|kept| kept.row.as_str()).collect()
    }
}
