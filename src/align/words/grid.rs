//! The pairs of words that are looked at: all of them in short passages, a band around a rising chain of unique words in
//! long ones, so that time grows with the length and not with its square.

use super::side::{Side, WordView};
use crate::text::Kind;

/// Widest row, in words of the second passage.
const WIDTH: usize = 160;

/// For each word of the first passage the stretch of the second that it is compared with.
pub(super) struct Grid {
    starts: Vec<usize>,
    pub width: usize,
}

impl Grid {
    pub(super) fn new(x: &Side<'_>, y: &Side<'_>) -> Self {
        let (n, m) = (x.words.len(), y.words.len());
        if m <= WIDTH {
            return Self { starts: vec![0; n], width: m };
        }
        // Between the links of the chain the path is straight.
        let mut chain = chain(x, y);
        chain.push((n, m));
        let mut starts = Vec::with_capacity(n);
        let mut from = (0, 0);
        for to in chain {
            for i in from.0..to.0 {
                let along = (i - from.0) as f64 / (to.0 - from.0).max(1) as f64;
                let middle = from.1 as f64 + along * (to.1 - from.1) as f64;
                starts.push((middle as usize).saturating_sub(WIDTH / 2).min(m - WIDTH));
            }
            from = to;
        }
        Self { starts, width: WIDTH }
    }

    pub(super) fn rows(&self) -> usize {
        self.starts.len()
    }

    pub(super) fn cells(&self) -> usize {
        self.starts.len() * self.width
    }

    /// The first word that word `i` is compared with; 0 where there is no such row.
    pub(super) fn start(&self, i: usize) -> usize {
        self.starts.get(i).copied().unwrap_or(0)
    }

    /// Whether every word is compared with the same ones.
    pub(super) fn is_even(&self) -> bool {
        self.starts.first() == self.starts.last()
    }

    /// The words that word `i` is compared with.
    pub(super) fn row(&self, i: usize) -> std::ops::Range<usize> {
        self.starts[i]..self.starts[i] + self.width
    }

    /// The cell of a pair that is looked at.
    #[inline]
    pub(super) fn cell(&self, i: usize, j: usize) -> usize {
        i * self.width + j - self.starts[i]
    }

    /// The cell of a pair, if the pair is looked at.
    #[inline]
    pub(super) fn at(&self, i: usize, j: usize) -> Option<usize> {
        let start = *self.starts.get(i)?;
        (j >= start && j < start + self.width).then(|| i * self.width + j - start)
    }
}

/// Pairs of words, no marks, that have one form and stand once in each passage, by the first side.
pub(super) fn unique(x: &Side<'_>, y: &Side<'_>) -> Vec<(usize, usize)> {
    let once = |w: &WordView<'_>| w.count == 1 && w.kind != Kind::Punct;
    let mut q = Vec::with_capacity(y.words.len());
    q.extend(y.words.iter().zip(0u32..).filter(|(w, _)| once(w)).map(|(w, j)| (w.lower_key, j)));
    q.sort_unstable();
    let partner = |(i, w): (usize, &WordView<'_>)| {
        let j = q[q.binary_search_by_key(&w.lower_key, |word| word.0).ok()?].1 as usize;
        (w.lower == y.words[j].lower).then_some((i, j))
    };
    let mut out = Vec::with_capacity(q.len());
    out.extend(x.words.iter().enumerate().filter(|(_, w)| once(w)).filter_map(partner));
    out
}

/// The longest rising chain of words that stand once in each passage.
fn chain(x: &Side<'_>, y: &Side<'_>) -> Vec<(usize, usize)> {
    let pairs: Vec<(usize, usize)> = unique(x, y).into_iter().filter(|(i, _)| x.words[*i].function == 0).collect();
    // Patience sorting: `tails[k]` is the pair that ends the best chain of k + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; pairs.len()];
    for (p, pair) in pairs.iter().enumerate() {
        let k = tails.partition_point(|&t| pairs[t].1 < pair.1);
        before[p] = if k > 0 { tails[k - 1] } else { usize::MAX };
        if k == tails.len() {
            tails.push(p);
        } else {
            tails[k] = p;
        }
    }
    let mut out = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied();
    while let Some(p) = at {
        out.push(pairs[p]);
        at = Some(before[p]).filter(|&b| b != usize::MAX);
    }
    out.reverse();
    out
}
