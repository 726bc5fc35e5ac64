//! Where to look: a window of the second side for every unit of the first, around features found once on both sides.

use super::table::Step;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Units to each side of the path through the anchors that are looked at.
const BAND: usize = 40;
/// Cells below which the whole table is filled.
const WHOLE: usize = 40_000;
/// How often a stretch between anchors is searched for anchors of its own.
const DEPTH: usize = 6;
/// A feature that stands oftener than this on a side of a stretch anchors nothing in it.
const OFTEN: usize = 3;

/// Features of the units of both sides, by ids common to both: what is the same there is likely to be a pair.
pub(super) struct Marks {
    pub a: Vec<Vec<u32>>,
    pub b: Vec<Vec<u32>>,
}

/// For every number of units of the first side used up, the least and greatest number of units of the second.
pub(super) type Windows = Vec<(usize, usize)>;

/// Windows around the anchors that `marks` give.
pub(super) fn windows(marks: &Marks) -> Windows {
    let (n, m) = (marks.a.len(), marks.b.len());
    if (n + 1).saturating_mul(m + 1) <= WHOLE {
        return vec![(0, m); n + 1];
    }
    let mut anchors = Vec::new();
    find(marks, 0..n, 0..m, DEPTH, &mut anchors);
    let mut knots = vec![(0, 0)];
    knots.extend(anchors);
    knots.push((n, m));
    let mut windows = vec![(m, 0); n + 1];
    for pair in knots.windows(2) {
        let ((i0, j0), (i1, j1)) = (pair[0], pair[1]);
        let (steps, rise) = (i1 - i0, j1 - j0);
        // A small stretch is filled; in a large one without anchors a band around its diagonal has to do.
        let whole = steps.saturating_mul(rise) <= WHOLE;
        let slack = if whole { BAND } else { BAND + (rise.abs_diff(steps) / 2).min(BAND * 4) };
        for (step, window) in windows[i0..=i1].iter_mut().enumerate() {
            let middle = j0 + (step * rise).checked_div(steps).unwrap_or(0);
            let (low, high) = if whole { (j0, j1) } else { (middle, middle) };
            let slack = if whole { BAND.min(10) } else { slack };
            window.0 = window.0.min(low.saturating_sub(slack));
            window.1 = window.1.max((high + slack).min(m));
        }
        if steps == 0 {
            windows[i0].0 = windows[i0].0.min(j0);
            windows[i0].1 = windows[i0].1.max(j1);
        }
    }
    joined(windows, m)
}

/// Windows of `slack` units to each side of a path that was found before.
pub(super) fn around(steps: &[Step], (n, m): (usize, usize), slack: usize) -> Windows {
    if (n + 1).saturating_mul(m + 1) <= WHOLE {
        return vec![(0, m); n + 1];
    }
    let mut tight = vec![(m, 0); n + 1];
    for (a, b) in steps {
        for window in &mut tight[a.start..=a.end] {
            window.0 = window.0.min(b.start);
            window.1 = window.1.max(b.end);
        }
    }
    // The path may also be off along the first side.
    let reach = slack / 2;
    let windows = (0..=n)
        .map(|i| {
            let (first, last) = (i.saturating_sub(reach), (i + reach).min(n));
            (tight[first].0.saturating_sub(slack), (tight[last].1 + slack).min(m))
        })
        .collect();
    joined(windows, m)
}

/// A path must exist: windows overlap from row to row, rise, and hold both corners.
fn joined(mut windows: Windows, m: usize) -> Windows {
    let n = windows.len() - 1;
    windows[0].0 = 0;
    windows[n].1 = m;
    for i in 1..=n {
        windows[i].0 = windows[i].0.min(windows[i - 1].1);
        windows[i].1 = windows[i].1.max(windows[i].0);
    }
    for i in (0..n).rev() {
        windows[i].1 = windows[i].1.max(windows[i + 1].0);
        windows[i].0 = windows[i].0.min(windows[i + 1].0);
    }
    for i in 1..=n {
        windows[i].1 = windows[i].1.max(windows[i - 1].1);
    }
    windows
}

/// Anchors of a stretch: pairs of units that share features which are rare in it, the heaviest chain of them that rises;
/// then the anchors between these, since what is frequent in the whole may be rare in a part.
fn find(marks: &Marks, a: Range<usize>, b: Range<usize>, depth: usize, out: &mut Vec<(usize, usize)>) {
    if depth == 0 || a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) <= WHOLE {
        return;
    }
    let chain = rising(&votes(marks, a.clone(), b.clone()));
    let (mut i, mut j) = (a.start, b.start);
    if chain.is_empty() {
        return;
    }
    for (x, y) in chain {
        find(marks, i..x, j..y, depth - 1, out);
        out.push((x, y));
        (i, j) = (x + 1, y + 1);
    }
    find(marks, i..a.end, j..b.end, depth - 1, out);
}

/// Pairs of units with the weight of the rare features that they share, sorted; a pair needs two of them, and no rival
/// of the same unit that comes near.
fn votes(marks: &Marks, a: Range<usize>, b: Range<usize>) -> Vec<(usize, usize, f32)> {
    // Where a feature stands in the stretch, for as long as it is rare.
    let mut homes: FxHashMap<u32, (Vec<u32>, usize)> = FxHashMap::default();
    for j in b {
        for mark in &marks.b[j] {
            let (places, count) = homes.entry(*mark).or_default();
            *count += 1;
            if places.len() <= OFTEN {
                places.push(j as u32);
            }
        }
    }
    let mut times: FxHashMap<u32, usize> = FxHashMap::default();
    for i in a.clone() {
        for mark in &marks.a[i] {
            *times.entry(*mark).or_default() += 1;
        }
    }
    let mut out = Vec::new();
    let mut hits: Vec<(u32, f32)> = Vec::new();
    for i in a {
        hits.clear();
        for mark in &marks.a[i] {
            if let Some((places, count)) = homes.get(mark)
                && *count <= OFTEN
                && times[mark] <= OFTEN
            {
                let weight = 1.0 / (*count * times[mark]) as f32;
                hits.extend(places.iter().map(|j| (*j, weight)));
            }
        }
        hits.sort_unstable_by_key(|hit| hit.0);
        let sums = hits.chunk_by(|x, y| x.0 == y.0).map(|run| (run[0].0, run.iter().map(|hit| hit.1).sum::<f32>()));
        let (mut best, mut second) = ((0, 0.0), 0.0);
        for (j, sum) in sums {
            if sum > best.1 {
                second = best.1;
                best = (j, sum);
            } else if sum > second {
                second = sum;
            }
        }
        if best.1 >= 1.5 && best.1 > 2.0 * second {
            out.push((i, best.0 as usize, best.1));
        }
    }
    out
}

/// The heaviest subsequence of `pairs` (sorted by the first) that rises in the second.
fn rising(pairs: &[(usize, usize, f32)]) -> Vec<(usize, usize)> {
    let mut columns: Vec<usize> = pairs.iter().map(|pair| pair.1).collect();
    columns.sort_unstable();
    columns.dedup();
    // A Fenwick tree of the heaviest chain that ends at or before a column: its weight and its last pair.
    let mut tree: Vec<(f32, Option<usize>)> = vec![(0.0, None); columns.len() + 1];
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    let mut best = (0.0, None);
    for (k, (_, j, weight)) in pairs.iter().enumerate() {
        let at = columns.partition_point(|column| column < j);
        let mut heaviest = (0.0, None);
        let mut node = at;
        while node > 0 {
            if tree[node].0 > heaviest.0 {
                heaviest = tree[node];
            }
            node &= node - 1;
        }
        before[k] = heaviest.1;
        let sum = heaviest.0 + weight;
        if sum > best.0 {
            best = (sum, Some(k));
        }
        node = at + 1;
        while node < tree.len() {
            if sum > tree[node].0 {
                tree[node] = (sum, Some(k));
            }
            node += node & node.wrapping_neg();
        }
    }
    let mut out = Vec::new();
    let mut next = best.1;
    while let Some(k) = next {
        out.push((pairs[k].0, pairs[k].1));
        next = before[k];
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_rising_chain() {
        let pairs = [(0, 5, 1.0), (1, 1, 1.0), (2, 2, 1.0), (3, 9, 1.0), (4, 3, 3.0)];
        assert_eq!(rising(&pairs), [(1, 1), (2, 2), (4, 3)]);
        assert_eq!(rising(&[]), []);
    }

    #[test]
    fn windows_hold_both_corners_and_overlap() {
        let marks = Marks { a: vec![vec![7]; 700], b: vec![vec![7]; 90] };
        let windows = windows(&marks);
        assert_eq!(windows[0].0, 0);
        assert_eq!(windows[700].1, 90);
        assert!(windows.windows(2).all(|w| w[1].0 <= w[0].1 && w[0].0 <= w[1].0 && w[0].1 <= w[1].1));
    }
}
