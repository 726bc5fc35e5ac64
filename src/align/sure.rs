//! How sure a bead is, and passages that moved.

use super::Bead;
use super::alike::likeness;
use super::bags::Bags;
use super::cross::{Learned, Texts};
use super::table::Step;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What a bead's probability is told from: likeness, length, merged units, margin to the neighbours, size, lone neighbours.
pub const FEATURES: usize = 6;

/// Weights of the features and last the constant, by `examples/fit_beads.rs` on Chinese-English news and talks with lines
/// merged, dropped and put in: translation and reference, source and reference.
const SAME: [f64; FEATURES + 1] = [3.051, -1.764, 0.399, 2.072, -0.814, -1.458, 3.406];
const OTHER: [f64; FEATURES + 1] = [-0.010, -1.219, -2.393, 3.455, 1.269, -0.953, 3.195];

/// Two texts as their features, in one language or two.
pub(super) enum Both {
    Same(Bags),
    Other(Box<(Texts, Learned)>),
}

/// Least characters of a unit that may be said to have moved, and least likenesses.
const MOVED_CHARS: f64 = 30.0;
const MOVED_SAME: f64 = 0.5;
const MOVED_OTHER: f64 = 0.6;
/// How much more alike a moved unit must be than the next best.
const MOVED_LEAD: f64 = 1.5;
/// Places of a feature beyond which it finds no moved unit.
const OFTEN: usize = 20;

impl Both {
    /// How alike two groups are (one language: 0 to 1; two: nats a word), and how far apart their lengths are.
    fn likeness(&self, a: &Range<usize>, b: &Range<usize>) -> (f64, f64) {
        match self {
            Self::Same(bags) => {
                let chars = |units: &[super::bags::Bag]| units.iter().map(|unit| unit.chars).sum::<f64>();
                let (ca, cb) = (chars(&bags.a[a.clone()]), chars(&bags.b[b.clone()]));
                (likeness(bags, a, b), 4.0 * (ca - cb) / (ca + cb).max(1.0))
            }
            Self::Other(other) => other.1.likeness(&other.0, a, b),
        }
    }

    fn chars(&self, first: bool, k: usize) -> f64 {
        match (self, first) {
            (Self::Same(bags), true) => bags.a[k].chars,
            (Self::Same(bags), false) => bags.b[k].chars,
            (Self::Other(other), true) => other.0.a[k].chars,
            (Self::Other(other), false) => other.0.b[k].chars,
        }
    }

    /// The features of each step that has both sides.
    pub fn features(&self, steps: &[Step], sizes: (usize, usize)) -> Vec<Option<[f64; FEATURES]>> {
        let alone = |k: Option<&Step>| k.is_some_and(|(a, b)| a.is_empty() || b.is_empty());
        steps
            .iter()
            .enumerate()
            .map(|(k, (a, b))| {
                let filled = |first, range: &Range<usize>| range.clone().any(|k| self.chars(first, k) > 0.0);
                if !filled(true, a) || !filled(false, b) {
                    return None;
                }
                let (like, apart) = self.likeness(a, b);
                // What else could answer: the neighbours of either side.
                let mut rival = f64::NEG_INFINITY;
                let before = |range: &Range<usize>| range.start.checked_sub(1).map(|k| k..k + 1);
                let after = |range: &Range<usize>, size: usize| (range.end < size).then(|| range.end..range.end + 1);
                for other in [before(b), after(b, sizes.1)].into_iter().flatten() {
                    rival = rival.max(self.likeness(a, &other).0);
                }
                for other in [before(a), after(a, sizes.0)].into_iter().flatten() {
                    rival = rival.max(self.likeness(&other, b).0);
                }
                let margin = if rival == f64::NEG_INFINITY { 0.3 } else { like - rival };
                let size: f64 = a.clone().map(|k| self.chars(true, k)).sum();
                let lone = u8::from(k > 0 && alone(steps.get(k - 1))) + u8::from(alone(steps.get(k + 1)));
                Some([
                    like,
                    apart.abs().min(6.0),
                    (a.len() + b.len() - 2) as f64,
                    margin.clamp(-2.0, 2.0),
                    size.max(1.0).ln() - 4.0,
                    f64::from(lone),
                ])
            })
            .collect()
    }

    /// The probability that each bead is right; 0 for units alone.
    pub fn probabilities(&self, features: &[Option<[f64; FEATURES]>]) -> Vec<f64> {
        let weights = if matches!(self, Self::Same(_)) { &SAME } else { &OTHER };
        features.iter().map(|x| x.as_ref().map_or(0.0, |x| probability(weights, x))).collect()
    }

    /// Beads with the probability that they are right, and moved ones in the place of the two lone units.
    pub fn beads(&self, steps: Vec<Step>, sizes: (usize, usize)) -> Vec<Bead> {
        let features = self.features(&steps, sizes);
        let scores = self.probabilities(&features);
        let moved = self.moved(&steps);
        let gone: std::collections::BTreeSet<usize> = moved.values().copied().collect();
        let mut out = Vec::with_capacity(steps.len());
        for ((a, b), score) in steps.into_iter().zip(scores) {
            if b.is_empty()
                && let Some(&j) = moved.get(&a.start)
            {
                let like = self.likeness(&a, &(j..j + 1)).0;
                out.push(Bead { a, b: j..j + 1, score: like.clamp(0.5, 1.0), moved: true });
            } else if a.is_empty() && gone.contains(&b.start) {
                // Said where its counterpart stands.
            } else {
                out.push(Bead { a, b, score, moved: false });
            }
        }
        out
    }

    /// Lone units of the first side with the lone unit of the second that is the same passage elsewhere: alike beyond
    /// doubt, each other's best, and far better than the next.
    fn moved(&self, steps: &[Step]) -> FxHashMap<usize, usize> {
        let lone_a: Vec<usize> = steps.iter().filter(|(_, b)| b.is_empty()).flat_map(|(a, _)| a.clone()).collect();
        let lone_b: Vec<usize> = steps.iter().filter(|(a, _)| a.is_empty()).flat_map(|(_, b)| b.clone()).collect();
        let long = |first: bool, units: Vec<usize>| -> Vec<usize> {
            units.into_iter().filter(|k| self.chars(first, *k) >= MOVED_CHARS).collect()
        };
        let (lone_a, lone_b) = (long(true, lone_a), long(false, lone_b));
        let mut places: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for j in &lone_b {
            let mut add = |id: u32| places.entry(id).or_default().push(*j);
            match self {
                Self::Same(bags) => bags.b[*j].items.iter().for_each(|item| add(item.0)),
                Self::Other(other) => other.0.b[*j].types.iter().for_each(|t| add(*t)),
            }
        }
        let least = if matches!(self, Self::Same(_)) { MOVED_SAME } else { MOVED_OTHER };
        let mut best: Vec<(usize, usize, f64)> = Vec::new();
        for i in lone_a {
            let features: Vec<u32> = match self {
                Self::Same(bags) => bags.a[i].items.iter().map(|item| item.0).collect(),
                Self::Other(other) => other.0.a[i].types.iter().flat_map(|s| other.1.translations(*s)).collect(),
            };
            let mut near: Vec<usize> = features
                .iter()
                .filter_map(|id| places.get(id).filter(|at| at.len() <= OFTEN))
                .flatten()
                .copied()
                .collect();
            near.sort_unstable();
            let mut counted: Vec<(usize, usize)> =
                near.chunk_by(|x, y| x == y).map(|run| (run.len(), run[0])).collect();
            counted.sort_unstable_by(|x, y| y.cmp(x));
            let mut scored: Vec<(f64, usize)> =
                counted.iter().take(OFTEN).map(|(_, j)| (self.likeness(&(i..i + 1), &(*j..j + 1)).0, *j)).collect();
            scored.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
            if let Some((like, j)) = scored.first().copied()
                && like >= least
                && scored.get(1).is_none_or(|second| like >= MOVED_LEAD * second.0)
            {
                best.push((i, j, like));
            }
        }
        // Where two claim one, the better has it.
        let mut claims: FxHashMap<usize, (usize, f64)> = FxHashMap::default();
        for (i, j, like) in best {
            let claim = claims.entry(j).or_insert((i, like));
            if like > claim.1 {
                *claim = (i, like);
            }
        }
        claims.into_iter().map(|(j, (i, _))| (i, j)).collect()
    }
}

fn probability(weights: &[f64; FEATURES + 1], features: &[f64; FEATURES]) -> f64 {
    let sum: f64 = features.iter().zip(weights).map(|(x, w)| x * w).sum::<f64>() + weights[FEATURES];
    1.0 / (1.0 + (-sum).exp())
}
