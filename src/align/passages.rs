//! Passages of two texts, aligned by content: dynamic programming over beads, in a band around anchors.
//!
//! The gain of a bead is the weight of the features that its two sides share, less a part of their whole weight, plus
//! a term for how well the lengths fit (Gale and Church 1993). Units left alone gain nothing, so a bead is made only
//! where its sides have more in common than chance.

use super::bags::{Bag, Bags, merged};
use super::{Bead, Unit, units};
use crate::text::Language;

/// What alignment needs to know of the two texts.
#[derive(Clone, Copy, Debug)]
struct Scale {
    same: bool,
    /// Characters of the second text for one of the first.
    ratio: f64,
}

/// Part of both sides' weight that a bead has to win back by what they share.
const TOLL_SAME: f64 = 0.08;
const TOLL_OTHER: f64 = 0.05;
/// Units to each side of the path through the anchors that are looked at.
const BAND: usize = 40;
/// Cells below which the whole table is filled.
const WHOLE: usize = 40_000;

/// Shapes of beads: units of each side. More than four on a side is a rewrite, not a translation.
const SHAPES: [(usize, usize); 11] =
    [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2), (3, 3)];

/// Aligns two texts by `unit`. Languages are told from the texts; where they differ, what survives translation decides.
///
/// Beads come in order; together they hold every unit of both sides once.
///
/// ```
/// use fauxami::align::{Unit, passages::align_texts};
/// let beads = align_texts("The talks failed.\nComments are closed.\nRain fell in Rome.",
///                         "Talks have failed.\nIn Rome rain fell.", Unit::Line);
/// let pairs: Vec<_> = beads.iter().map(|b| (b.a.clone(), b.b.clone())).collect();
/// assert_eq!(pairs, [(0..1, 0..1), (1..2, 1..1), (2..3, 1..2)]);
/// ```
#[must_use]
pub fn align_texts(a: &str, b: &str, unit: Unit) -> Vec<Bead> {
    let slice =
        |text: &'_ str| -> Vec<String> { units(text, unit).into_iter().map(|s| text[s.range()].to_owned()).collect() };
    let (x, y) = (slice(a), slice(b));
    let (x, y): (Vec<&str>, Vec<&str>) =
        (x.iter().map(String::as_str).collect(), y.iter().map(String::as_str).collect());
    align(&x, &y, same_language(a, b), None)
}

/// Whether two texts are in one language, or nothing speaks against it.
#[must_use]
pub fn same_language(a: &str, b: &str) -> bool {
    match (Language::of(a), Language::of(b)) {
        (Language::Known { code: x, .. }, Language::Known { code: y, .. }) => x == y,
        (Language::Unsure { guess: Some(x) }, y) => y.may_be(x),
        (x, Language::Unsure { guess: Some(y) }) => x.may_be(y),
        _ => true,
    }
}

/// Aligns the units `a` with the units `b`. `same` says that both are in one language. A bead never takes units of `a`
/// from two of the `groups` (numbers that rise with the units), where they are given.
///
/// # Panics
/// Where `groups` is shorter than `a`.
#[must_use]
pub fn align(a: &[&str], b: &[&str], same: bool, groups: Option<&[usize]>) -> Vec<Bead> {
    if let Some(groups) = groups {
        assert!(groups.len() >= a.len(), "one group a unit");
    }
    let bags = Bags::new(a, b, same);
    let chars = |side: &[Bag]| side.iter().map(|x| x.chars).sum::<f64>();
    let ratio = if same { 1.0 } else { (chars(&bags.b).max(1.0) / chars(&bags.a).max(1.0)).clamp(0.2, 5.0) };
    let path = Path::new(&bags);
    Table::new(&bags, Scale { same, ratio }, &path, groups).beads()
}

/// For every unit of the first side the window of units of the second that may answer it.
struct Path {
    windows: Vec<(usize, usize)>,
}

impl Path {
    fn new(bags: &Bags) -> Self {
        let (n, m) = (bags.a.len(), bags.b.len());
        if (n + 1) * (m + 1) <= WHOLE {
            return Self { windows: vec![(0, m); n + 1] };
        }
        let mut knots = vec![(0, 0)];
        knots.extend(anchors(bags));
        knots.push((n, m));
        let mut windows = vec![(m, 0); n + 1];
        for pair in knots.windows(2) {
            let ((i0, j0), (i1, j1)) = (pair[0], pair[1]);
            // Between two anchors that are close, every cell; where they are far apart, a band around the line.
            let steps = i1 - i0;
            let rise = j1 - j0;
            let slack = BAND + (rise.abs_diff(steps) / 2).min(BAND * 4);
            for (step, window) in windows[i0..=i1].iter_mut().enumerate() {
                let middle = j0 + (step * rise).checked_div(steps).unwrap_or(0);
                window.0 = window.0.min(middle.saturating_sub(slack));
                window.1 = window.1.max((middle + slack).min(m));
            }
            if steps == 0 {
                windows[i0].0 = windows[i0].0.min(j0);
                windows[i0].1 = windows[i0].1.max(j1);
            }
        }
        // A path must exist: windows overlap from row to row, and hold both corners.
        windows[0].0 = 0;
        windows[n].1 = m;
        for i in 1..=n {
            windows[i].0 = windows[i].0.min(windows[i - 1].1);
            windows[i].1 = windows[i].1.max(windows[i].0);
        }
        for i in (0..n).rev() {
            if windows[i].1 < windows[i + 1].0 {
                windows[i].1 = windows[i + 1].0;
            }
        }
        Self { windows }
    }
}

/// Pairs of units that share several features found in them alone; the longest rising chain of such pairs.
fn anchors(bags: &Bags) -> Vec<(usize, usize)> {
    let mut home = vec![usize::MAX; bags.weights.len()];
    for (j, bag) in bags.b.iter().enumerate() {
        for (id, _) in &bag.items {
            if bags.spread[*id as usize] == (1, 1) {
                home[*id as usize] = j;
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (i, bag) in bags.a.iter().enumerate() {
        let mut hits: Vec<usize> =
            bag.items.iter().map(|(id, _)| home[*id as usize]).filter(|j| *j != usize::MAX).collect();
        hits.sort_unstable();
        let best = hits.chunk_by(|x, y| x == y).max_by_key(|run| run.len());
        if let Some(run) = best.filter(|run| run.len() >= 2 && run.len() * 2 > hits.len()) {
            pairs.push((i, run[0]));
        }
    }
    longest_rising(&pairs)
}

/// The longest subsequence of `pairs` (sorted by the first) that rises in the second.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (k, pair) in pairs.iter().enumerate() {
        let at = tails.partition_point(|&t| pairs[t].1 < pair.1);
        before[k] = at.checked_sub(1).map(|x| tails[x]);
        if at == tails.len() {
            tails.push(k);
        } else {
            tails[at] = k;
        }
    }
    let mut out = Vec::new();
    let mut next = tails.last().copied();
    while let Some(k) = next {
        out.push(pairs[k]);
        next = before[k];
    }
    out.reverse();
    out
}

struct Table<'x> {
    bags: &'x Bags,
    scale: Scale,
    path: &'x Path,
    groups: Option<&'x [usize]>,
    /// For each row the best gain and the step that led there, over the row's window.
    rows: Vec<Vec<(f64, (u8, u8))>>,
}

impl<'x> Table<'x> {
    fn new(bags: &'x Bags, scale: Scale, path: &'x Path, groups: Option<&'x [usize]>) -> Self {
        let mut table = Self { bags, scale, path, groups, rows: Vec::with_capacity(bags.a.len() + 1) };
        let masses = |side: &[Bag]| side.iter().map(|x| bags.mass(x)).collect::<Vec<_>>();
        let (ma, mb) = (masses(&bags.a), masses(&bags.b));
        let mut shared: Vec<Vec<f32>> = Vec::new();
        for i in 0..=bags.a.len() {
            let (low, high) = path.windows[i];
            let mut row = vec![(f64::NEG_INFINITY, (0, 0)); high + 1 - low];
            // What unit i-1 shares with each of its window, for a look before a merged bag is built.
            let near: Vec<f32> = if i == 0 {
                Vec::new()
            } else {
                (low..=high)
                    .map(|j| if j == 0 { 0.0 } else { bags.shared(&bags.a[i - 1], &bags.b[j - 1]) as f32 })
                    .collect()
            };
            shared.push(near);
            for j in low..=high {
                let mut best = if i == 0 && j == 0 { (0.0, (0, 0)) } else { (f64::NEG_INFINITY, (0, 0)) };
                let mut offer = |gain: f64, step: (u8, u8)| {
                    if gain > best.0 {
                        best = (gain, step);
                    }
                };
                if i > 0 {
                    offer(table.gain(i - 1, j), (1, 0));
                }
                if j > low {
                    offer(row[j - 1 - low].0, (0, 1));
                }
                for (x, y) in SHAPES {
                    if x > i || y > j || !table.grouped(i - x..i) {
                        continue;
                    }
                    let before = table.gain(i - x, j - y);
                    if before == f64::NEG_INFINITY {
                        continue;
                    }
                    let single = (x, y) == (1, 1);
                    if !single && scale.same && !worth_merging(&shared, &path.windows, i, j, (x, y), &ma, &mb) {
                        continue;
                    }
                    offer(before + table.value(i, j, (x, y), &ma, &mb), (x as u8, y as u8));
                }
                row[j - low] = best;
            }
            if i >= 5 {
                shared[i - 5] = Vec::new();
            }
            table.rows.push(row);
        }
        table
    }

    fn gain(&self, i: usize, j: usize) -> f64 {
        let (low, high) = self.path.windows[i];
        if j < low || j > high { f64::NEG_INFINITY } else { self.rows[i][j - low].0 }
    }

    fn grouped(&self, range: std::ops::Range<usize>) -> bool {
        self.groups.is_none_or(|g| g[range.start] == g[range.end - 1])
    }

    /// The gain of the bead of the last `x` units before `i` and the last `y` before `j`.
    fn value(&self, i: usize, j: usize, (x, y): (usize, usize), ma: &[f64], mb: &[f64]) -> f64 {
        let mass: f64 = ma[i - x..i].iter().sum::<f64>() + mb[j - y..j].iter().sum::<f64>();
        let shared = self.shared(i - x..i, j - y..j);
        let chars = |side: &[Bag]| side.iter().map(|b| b.chars).sum::<f64>();
        let (ca, cb) = (chars(&self.bags.a[i - x..i]) * self.scale.ratio, chars(&self.bags.b[j - y..j]));
        if ca + cb == 0.0 {
            // Two empty lines answer one another.
            return if (x, y) == (1, 1) { 0.1 } else { f64::NEG_INFINITY };
        }
        if ca == 0.0 || cb == 0.0 {
            return f64::NEG_INFINITY;
        }
        // Every unit more than one a side costs a little, so that two good pairs do not become one.
        let extra = (x + y - 2) as f64;
        let spread = (cb - ca) / (ca + cb);
        if self.scale.same {
            let toll = TOLL_SAME * mass;
            let fit = 0.25 * mass * (0.35 - spread.abs());
            2.0 * shared - toll + fit - merge_toll((x, y)) * mass - 0.5 * extra
        } else {
            // Gale and Church: the difference of lengths in standard deviations.
            let delta = (cb - ca) / (6.8 * ((ca + cb) / 2.0)).sqrt();
            let fit = 4.0 - 0.5 * delta * delta;
            2.0 * shared - TOLL_OTHER * mass + fit.max(-12.0)
                - if extra > 0.0 { 3.0 + 2.2 * (extra - 1.0) } else { 0.0 }
        }
    }

    fn shared(&self, a: std::ops::Range<usize>, b: std::ops::Range<usize>) -> f64 {
        match (a.len(), b.len()) {
            (1, 1) => self.bags.shared(&self.bags.a[a.start], &self.bags.b[b.start]),
            (1, _) => self.bags.shared(&self.bags.a[a.start], &merged(&self.bags.b[b])),
            (_, 1) => self.bags.shared(&merged(&self.bags.a[a]), &self.bags.b[b.start]),
            _ => self.bags.shared(&merged(&self.bags.a[a]), &merged(&self.bags.b[b])),
        }
    }

    fn beads(&self) -> Vec<Bead> {
        let (mut i, mut j) = (self.bags.a.len(), self.bags.b.len());
        let mut out = Vec::new();
        while i > 0 || j > 0 {
            let (low, _) = self.path.windows[i];
            let (x, y) = self.rows[i][j - low].1;
            let (x, y) = match (usize::from(x), usize::from(y)) {
                (0, 0) if j > 0 => (0, 1),
                (0, 0) => (1, 0),
                step => step,
            };
            let (a, b) = (i - x..i, j - y..j);
            let score = if a.is_empty() || b.is_empty() {
                0.0
            } else {
                let mass = |side: &[Bag]| side.iter().map(|z| self.bags.mass(z)).sum::<f64>();
                let whole = mass(&self.bags.a[a.clone()]) + mass(&self.bags.b[b.clone()]);
                if whole == 0.0 { 0.0 } else { (2.0 * self.shared(a.clone(), b.clone()) / whole).min(1.0) }
            };
            out.push(Bead { a, b, score });
            (i, j) = (i - x, j - y);
        }
        out.reverse();
        out
    }
}

/// Part of the weight that a merged bead pays: any two passages of one story share some words by chance, and merging
/// collects them.
fn merge_toll((x, y): (usize, usize)) -> f64 {
    (x + y - 2) as f64 * if x > 1 && y > 1 { 0.15 } else { 0.05 }
}

/// Whether every unit of a merged bead shares something with the other side: else it is better left out.
fn worth_merging(
    shared: &[Vec<f32>],
    windows: &[(usize, usize)],
    i: usize,
    j: usize,
    (x, y): (usize, usize),
    ma: &[f64],
    mb: &[f64],
) -> bool {
    let at = |p: usize, q: usize| {
        let (low, high) = windows[p + 1];
        if q + 1 < low || q + 1 > high { 0.0 } else { f64::from(shared[p + 1][q + 1 - low]) }
    };
    let rows = (i - x..i).all(|p| (j - y..j).map(|q| at(p, q)).sum::<f64>() > 0.1 * ma[p].min(20.0));
    let columns = (j - y..j).all(|q| (i - x..i).map(|p| at(p, q)).sum::<f64>() > 0.1 * mb[q].min(20.0));
    rows && columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn beads_hold_every_unit_once(a in proptest::collection::vec("[a-d ]{0,12}", 0..14), b in proptest::collection::vec("[a-d ]{0,12}", 0..14), same: bool) {
            let (x, y): (Vec<&str>, Vec<&str>) = (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
            let beads = align(&x, &y, same, None);
            let (mut i, mut j) = (0, 0);
            for bead in beads {
                prop_assert_eq!((bead.a.start, bead.b.start), (i, j));
                prop_assert!((0.0..=1.0).contains(&bead.score));
                (i, j) = (bead.a.end, bead.b.end);
            }
            prop_assert_eq!((i, j), (a.len(), b.len()));
        }
    }

    #[test]
    fn long_texts_go_through_the_band() {
        let line = |n: usize| format!("Item number{n} of the agenda{} was read by member{}.", n * 7, n * 13);
        let a: Vec<String> = (0..900).map(line).collect();
        let b: Vec<String> = (0..900).filter(|n| n % 50 != 7).map(line).collect();
        let (x, y): (Vec<&str>, Vec<&str>) =
            (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
        let beads = align(&x, &y, true, None);
        let pairs = beads
            .iter()
            .filter(|bead| bead.a.len() == 1 && bead.b.len() == 1 && x[bead.a.start] == y[bead.b.start])
            .count();
        assert_eq!(pairs, b.len());
    }
}
