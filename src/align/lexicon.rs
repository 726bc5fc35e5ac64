//! A bilingual lexicon learned from beads: IBM Model 1 in both directions (Brown et al. 1993), with a share of words that
//! nothing answers and with what looks alike as its prior.

use rustc_hash::FxHashMap;

/// Distinct types of both sides of a bead.
pub(super) type Sample<'x> = (&'x [u32], &'x [u32]);

/// Cells (pairs of types in one bead) that are learned from; beads beyond are left out.
const MOST_CELLS: usize = 6_000_000;

const ROUNDS: usize = 5;
/// Weight of the prior, in occurrences.
const PRIOR: f32 = 1.5;
/// What is taken off each expected count, so that a pair seen once proves nothing of itself.
const DISCOUNT: f32 = 0.6;
/// Share of words that nothing answers, before anything is known, and its weight in occurrences.
const ALONE: f32 = 0.7;
/// The same for a word of which no translation is known: that it stands alone says next to nothing.
const UNKNOWN: f32 = 0.97;
const ALONE_WEIGHT: f32 = 2.0;

/// One direction of a pair of types each way: how much likelier the one is where the other is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub other: u32,
    /// P(other | this) ⁄ P(other).
    pub forward: f32,
    /// P(this | other) ⁄ P(this).
    pub backward: f32,
}

/// Links by type of the first side, and how often types of both sides stand unanswered.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    starts: Vec<u32>,
    links: Vec<Link>,
    pub alone_a: Vec<f32>,
    pub alone_b: Vec<f32>,
}

impl Lexicon {
    pub fn links(&self, s: u32) -> &[Link] {
        &self.links[self.starts[s as usize] as usize..self.starts[s as usize + 1] as usize]
    }
}

/// How often types stand in the units of a side.
#[derive(Debug, Default)]
pub(super) struct Frequency {
    pub counts: Vec<u32>,
    pub total: f32,
}

impl Frequency {
    pub fn new<'x>(size: usize, units: impl Iterator<Item = &'x [u32]>) -> Self {
        let mut counts = vec![0; size];
        let mut total = 0;
        for unit in units {
            total += unit.len();
            for t in unit {
                counts[*t as usize] += 1;
            }
        }
        Self { counts, total: total.max(1) as f32 }
    }

    pub fn share(&self, t: u32) -> f32 {
        (self.counts[t as usize] as f32 + 0.5) / self.total
    }
}

/// One direction: probabilities of the pairs, and of standing alone.
struct Side {
    p: Vec<f32>,
    counts: Vec<f32>,
    alone: Vec<f32>,
    unanswered: Vec<f32>,
    seen: Vec<f32>,
}

impl Side {
    fn new(pairs: usize, types: usize) -> Self {
        Self {
            p: vec![0.0; pairs],
            counts: vec![0.0; pairs],
            alone: vec![ALONE; types],
            unanswered: vec![0.0; types],
            seen: vec![0.0; types],
        }
    }

    /// Adds the expected counts of `to` given `from`; `cell(f, t)` is the pair's index.
    fn expect(&mut self, from: usize, to: &[u32], share: impl Fn(u32) -> f32, cell: impl Fn(usize, usize) -> usize) {
        if from == 0 {
            return;
        }
        for (k, t) in to.iter().enumerate() {
            let alone = self.alone[*t as usize];
            let none = alone * share(*t);
            let each = (1.0 - alone) / from as f32;
            let sum: f32 = (0..from).map(|f| self.p[cell(f, k)]).sum();
            let whole = none + each * sum;
            self.unanswered[*t as usize] += none / whole;
            self.seen[*t as usize] += 1.0;
            let scale = each / whole;
            for f in 0..from {
                let at = cell(f, k);
                self.counts[at] += scale * self.p[at];
            }
        }
    }

    /// New probabilities from the counts. `given` is the type that each pair is conditioned on.
    fn settle(&mut self, given: &[u32], types: usize, prior: &[f32], discount: f32) {
        let mut sums = vec![0.0_f32; types];
        for (count, s) in self.counts.iter().zip(given) {
            sums[*s as usize] += count;
        }
        for (((p, count), s), prior) in self.p.iter_mut().zip(&mut self.counts).zip(given).zip(prior) {
            *p = ((*count - discount).max(0.0) + PRIOR * prior) / (sums[*s as usize] + PRIOR);
            *count = 0.0;
        }
        self.settle_alone();
    }

    fn settle_alone(&mut self) {
        for ((alone, none), seen) in self.alone.iter_mut().zip(&mut self.unanswered).zip(&mut self.seen) {
            *alone = if *none > 0.995 * *seen {
                UNKNOWN
            } else {
                ((*none + ALONE_WEIGHT * ALONE) / (*seen + ALONE_WEIGHT)).clamp(0.1, UNKNOWN)
            };
            (*none, *seen) = (0.0, 0.0);
        }
    }
}

/// Learns from `samples`, of which the first are the surest. `prior` holds pairs that look alike.
pub(super) fn learn(samples: &[Sample<'_>], prior: &[(u32, u32, f32)], a: &Frequency, b: &Frequency) -> Lexicon {
    let mut cells = 0;
    let taken = samples
        .iter()
        .take_while(|(x, y)| {
            cells += x.len() * y.len();
            cells <= MOST_CELLS
        })
        .count();
    let samples = &samples[..taken];
    let mut ids: FxHashMap<u64, u32> = FxHashMap::default();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut at = |s: u32, t: u32| {
        *ids.entry(u64::from(s) << 32 | u64::from(t)).or_insert_with(|| {
            pairs.push((s, t));
            pairs.len() as u32 - 1
        })
    };
    let known: Vec<u32> = prior.iter().map(|(s, t, _)| at(*s, *t)).collect();
    let mut table: Vec<u32> = Vec::new();
    for (x, y) in samples {
        for s in *x {
            table.extend(y.iter().map(|t| at(*s, *t)));
        }
    }
    drop(ids);
    let mut looks = vec![0.0_f32; pairs.len()];
    for (at, (_, _, strength)) in known.iter().zip(prior) {
        looks[*at as usize] = *strength;
    }
    let first: Vec<u32> = pairs.iter().map(|pair| pair.0).collect();
    let second: Vec<u32> = pairs.iter().map(|pair| pair.1).collect();
    let (types_a, types_b) = (a.counts.len(), b.counts.len());
    let mut forward = Side::new(pairs.len(), types_b);
    let mut backward = Side::new(pairs.len(), types_a);
    for (k, (s, t)) in pairs.iter().enumerate() {
        forward.p[k] = b.share(*t) + 5.0 * looks[k];
        backward.p[k] = a.share(*s) + 5.0 * looks[k];
    }
    if samples.is_empty() {
        // Nothing is known but looks: a word that is like none says nothing by standing alone.
        forward.settle(&first, types_a, &looks, 0.0);
        backward.settle(&second, types_b, &looks, 0.0);
        forward.alone.fill(UNKNOWN);
        backward.alone.fill(UNKNOWN);
        for (k, (s, t)) in pairs.iter().enumerate() {
            let alone = 1.0 - 0.5 * looks[k];
            forward.alone[*t as usize] = forward.alone[*t as usize].min(alone);
            backward.alone[*s as usize] = backward.alone[*s as usize].min(alone);
        }
    }
    // The last round only says which words stand alone once what was seen too seldom is off.
    for round in 0..if samples.is_empty() { 0 } else { ROUNDS + 1 } {
        let mut start = 0;
        for (x, y) in samples {
            let (n, m) = (x.len(), y.len());
            let cells = &table[start..start + n * m];
            forward.expect(n, y, |t| b.share(t), |f, k| cells[f * m + k] as usize);
            backward.expect(m, x, |s| a.share(s), |f, k| cells[k * m + f] as usize);
            start += n * m;
        }
        if round == ROUNDS {
            forward.settle_alone();
            backward.settle_alone();
            break;
        }
        let discount = if round + 1 == ROUNDS { DISCOUNT } else { 0.0 };
        forward.settle(&first, types_a, &looks, discount);
        backward.settle(&second, types_b, &looks, discount);
    }
    packed(&pairs, forward, backward, a, b)
}

fn packed(pairs: &[(u32, u32)], forward: Side, backward: Side, a: &Frequency, b: &Frequency) -> Lexicon {
    let mut kept: Vec<(u32, Link)> = Vec::new();
    for (k, (s, t)) in pairs.iter().enumerate() {
        let link = Link { other: *t, forward: forward.p[k] / b.share(*t), backward: backward.p[k] / a.share(*s) };
        if link.forward > 2.0 || link.backward > 2.0 {
            kept.push((*s, link));
        }
    }
    kept.sort_unstable_by_key(|(s, link)| (*s, link.other));
    let mut starts = vec![0_u32; a.counts.len() + 1];
    for (s, _) in &kept {
        starts[*s as usize + 1] += 1;
    }
    for s in 1..starts.len() {
        starts[s] += starts[s - 1];
    }
    Lexicon {
        starts,
        links: kept.into_iter().map(|(_, link)| link).collect(),
        alone_a: backward.alone,
        alone_b: forward.alone,
    }
}
