//! Beads of two texts in one language: by the weight of what their sides share.

use super::bags::{Bag, Bags, merged};
use super::path::{Marks, windows};
use super::table::{LONGEST, Model, Step, search};
use std::ops::Range;

/// Part of both sides' weight that a bead has to win back by what they share.
const TOLL: f64 = 0.08;

/// Shapes of beads: units of each side. More than four on a side is a rewrite.
const SHAPES: [(usize, usize); 11] =
    [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2), (3, 3)];

struct Alike<'x> {
    bags: &'x Bags,
    mass_a: Vec<f64>,
    mass_b: Vec<f64>,
    /// What the last units of the first side share with each unit of their windows, for a look before bags are merged:
    /// the number of the first unit, and a weight each.
    near: Vec<(usize, Vec<f32>)>,
}

impl Model for Alike<'_> {
    fn row(&mut self, i: usize, low: usize, high: usize) {
        if i == 0 {
            return;
        }
        let first = low.saturating_sub(1);
        let (start, near) = &mut self.near[(i - 1) % LONGEST];
        *start = first;
        near.clear();
        let unit = &self.bags.a[i - 1];
        near.extend(self.bags.b[first..high].iter().map(|other| self.bags.shared(unit, other) as f32));
    }

    fn alone_a(&self, _: usize, _: bool) -> f64 {
        0.0
    }

    fn alone_b(&self, _: usize, _: bool) -> f64 {
        0.0
    }

    fn bead(&mut self, i: usize, j: usize, shape: usize) -> Option<f64> {
        let (x, y) = SHAPES[shape];
        let (a, b) = (i - x..i, j - y..j);
        if (x, y) != (1, 1) && !self.worth_merging(&a, &b) {
            return None;
        }
        let chars = |side: &[Bag]| side.iter().map(|bag| bag.chars).sum::<f64>();
        let (ca, cb) = (chars(&self.bags.a[a.clone()]), chars(&self.bags.b[b.clone()]));
        if ca + cb == 0.0 {
            // Two empty lines answer one another.
            return ((x, y) == (1, 1)).then_some(0.1);
        }
        if ca == 0.0 || cb == 0.0 {
            return None;
        }
        let mass: f64 = self.mass_a[a.clone()].iter().sum::<f64>() + self.mass_b[b.clone()].iter().sum::<f64>();
        let shared = if (x, y) == (1, 1) { self.near(a.start, b.start) } else { shared(self.bags, &a, &b) };
        // Every unit more than one a side costs a little, so that two good pairs do not become one.
        let extra = (x + y - 2) as f64;
        let spread = (cb - ca) / (ca + cb);
        let fit = 0.25 * mass * (0.35 - spread.abs());
        Some(2.0 * shared - TOLL * mass + fit - merge_toll((x, y)) * mass - 0.5 * extra)
    }
}

impl Alike<'_> {
    fn near(&self, i: usize, j: usize) -> f64 {
        let (start, near) = &self.near[i % LONGEST];
        j.checked_sub(*start).and_then(|at| near.get(at)).map_or(0.0, |x| f64::from(*x))
    }

    /// Whether every unit of a merged bead shares something with the other side: else it is better left out.
    fn worth_merging(&self, a: &Range<usize>, b: &Range<usize>) -> bool {
        let rows = a.clone().all(|p| b.clone().map(|q| self.near(p, q)).sum::<f64>() > 0.1 * self.mass_a[p].min(20.0));
        rows && b.clone().all(|q| a.clone().map(|p| self.near(p, q)).sum::<f64>() > 0.1 * self.mass_b[q].min(20.0))
    }
}

/// The weight that two groups of units share.
pub(super) fn shared(bags: &Bags, a: &Range<usize>, b: &Range<usize>) -> f64 {
    match (a.len(), b.len()) {
        (1, 1) => bags.shared(&bags.a[a.start], &bags.b[b.start]),
        (1, _) => bags.shared(&bags.a[a.start], &merged(&bags.b[b.clone()])),
        (_, 1) => bags.shared(&merged(&bags.a[a.clone()]), &bags.b[b.start]),
        _ => bags.shared(&merged(&bags.a[a.clone()]), &merged(&bags.b[b.clone()])),
    }
}

/// How alike two groups of units are, 0 to 1: the part of their weight that they share.
pub(super) fn likeness(bags: &Bags, a: &Range<usize>, b: &Range<usize>) -> f64 {
    let mass = |side: &[Bag]| side.iter().map(|bag| bags.mass(bag)).sum::<f64>();
    let whole = mass(&bags.a[a.clone()]) + mass(&bags.b[b.clone()]);
    if whole == 0.0 { 0.0 } else { (2.0 * shared(bags, a, b) / whole).min(1.0) }
}

/// Part of the weight that a merged bead pays: any two passages of one story share some words by chance, and merging
/// collects them.
fn merge_toll((x, y): (usize, usize)) -> f64 {
    (x + y - 2) as f64 * if x > 1 && y > 1 { 0.15 } else { 0.05 }
}

/// Aligns two texts in one language. `may_join` says whether a range of the first side may be in one bead.
pub(super) fn align(bags: &Bags, may_join: impl Fn(Range<usize>) -> bool) -> Vec<Step> {
    let marks = |side: &[Bag]| side.iter().map(|bag| bag.items.iter().map(|item| item.0).collect()).collect();
    let windows = windows(&Marks { a: marks(&bags.a), b: marks(&bags.b) });
    let masses = |side: &[Bag]| side.iter().map(|bag| bags.mass(bag)).collect();
    let mut model =
        Alike { bags, mass_a: masses(&bags.a), mass_b: masses(&bags.b), near: vec![(0, Vec::new()); LONGEST] };
    search(&windows, &SHAPES, &mut model, may_join)
}
