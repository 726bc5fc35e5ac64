//! Correlations and accuracies of rows that count several times each.

use super::{Form, Judged, Tally, Units, numbered};

/// The rows of one pair of languages, presorted.
struct Group {
    /// Each row's unit, dense rank by gold, dense rank by score; in order of the score.
    rows: Vec<(u32, u32, u32)>,
    /// Rows in order of gold, as places in `rows`.
    by_gold: Vec<u32>,
    /// Gold and score less their means; in the order of `rows`.
    values: Vec<(f64, f64)>,
    ranks: (usize, usize),
}

/// All that the figures of a resample are made from.
pub(super) struct Correlations {
    groups: Vec<Group>,
    strict: Tally,
    ties: Tally,
    /// For each unit its rows' systems, gold and score.
    systems: Vec<Vec<(u32, f64, f64)>>,
    /// The group of each system.
    homes: Vec<u32>,
    /// What each figure is counted over.
    pub of: [u64; 6],
}

/// Pairs of rows by how gold and score order them.
#[derive(Clone, Copy, Default)]
struct Pairs {
    all: u64,
    gold_tied: u64,
    score_tied: u64,
    both_tied: u64,
    concordant: u64,
}

impl Pairs {
    fn discordant(&self) -> u64 {
        self.all + self.both_tied - self.gold_tied - self.score_tied - self.concordant
    }
}

/// A Fenwick tree of counts.
struct Tree(Vec<u64>);

impl Tree {
    fn add(&mut self, at: u32, count: u64) {
        let mut at = at as usize + 1;
        while at < self.0.len() {
            self.0[at] += count;
            at += at & at.wrapping_neg();
        }
    }

    /// The counts below `at`.
    fn below(&self, at: u32) -> u64 {
        let (mut at, mut sum) = (at as usize, 0);
        while at > 0 {
            sum += self.0[at];
            at &= at - 1;
        }
        sum
    }
}

const fn pairs_of(count: u64) -> u64 {
    count * count.saturating_sub(1) / 2
}

/// Counts pairs of rows given by gold and score rank and weight, in order of the score and, within it, of gold.
fn count(rows: impl Iterator<Item = (u32, u32, u64)> + Clone, golds: usize) -> Pairs {
    let mut tree = Tree(vec![0; golds + 1]);
    let mut by_gold = vec![0u64; golds];
    let mut pairs = Pairs::default();
    let mut total = 0;
    let mut rest = rows.clone().peekable();
    let mut block = Vec::new();
    while let Some(first) = rest.next() {
        block.clear();
        block.push(first);
        while let Some(next) = rest.next_if(|row| row.1 == first.1) {
            block.push(next);
        }
        let weight: u64 = block.iter().map(|row| row.2).sum();
        pairs.score_tied += pairs_of(weight);
        for same in block.chunk_by(|a, b| a.0 == b.0) {
            pairs.both_tied += pairs_of(same.iter().map(|row| row.2).sum());
        }
        for (gold, _, weight) in &block {
            pairs.concordant += weight * tree.below(*gold);
        }
        for (gold, _, weight) in &block {
            tree.add(*gold, *weight);
            by_gold[*gold as usize] += weight;
        }
        total += weight;
    }
    pairs.all = pairs_of(total);
    pairs.gold_tied = by_gold.into_iter().map(pairs_of).sum();
    pairs
}

/// Dense ranks, equal values alike.
fn ranks(values: &[f64]) -> (Vec<u32>, usize) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut out = vec![0; values.len()];
    let mut rank = 0;
    for pair in 0..order.len() {
        // Not by their bits: 0 and −0 are one value.
        if pair > 0 && values[order[pair]] != values[order[pair - 1]] {
            rank += 1;
        }
        out[order[pair]] = rank;
    }
    (out, if values.is_empty() { 0 } else { rank as usize + 1 })
}

impl Group {
    fn new(rows: &[&Judged<'_>], units: &[u32]) -> Self {
        let gold: Vec<f64> = rows.iter().map(|row| row.gold + 0.0).collect();
        let score: Vec<f64> = rows.iter().map(|row| row.score + 0.0).collect();
        let ((g, golds), (s, scores)) = (ranks(&gold), ranks(&score));
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|at| (s[*at], g[*at]));
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let (gold_mean, score_mean) = (mean(&gold), mean(&score));
        let sorted: Vec<(u32, u32, u32)> = order.iter().map(|at| (units[*at], g[*at], s[*at])).collect();
        let mut by_gold: Vec<u32> = (0..rows.len() as u32).collect();
        by_gold.sort_by_key(|at| sorted[*at as usize].1);
        let values = order.iter().map(|at| (gold[*at] - gold_mean, score[*at] - score_mean)).collect();
        Self { rows: sorted, by_gold, values, ranks: (golds, scores) }
    }

    fn kendall(&self, weights: &[u32]) -> Option<f64> {
        let weight = |row: &(u32, u32, u32)| u64::from(weights[row.0 as usize]);
        let rows = self.rows.iter().map(|row| (row.1, row.2, weight(row))).filter(|row| row.2 > 0);
        let pairs = count(rows, self.ranks.0);
        let (x, y) = (pairs.all - pairs.score_tied, pairs.all - pairs.gold_tied);
        if y == 0 {
            return None;
        }
        // Scores that are all alike agree with nothing.
        let gain = pairs.concordant as f64 - pairs.discordant() as f64;
        Some(if x == 0 { 0.0 } else { gain / (x as f64).sqrt() / (y as f64).sqrt() })
    }

    fn pearson(&self, weights: &[u32]) -> Option<f64> {
        let weight = |row: &(u32, u32, u32)| f64::from(weights[row.0 as usize]);
        correlation(self.rows.iter().zip(&self.values).map(|(row, (x, y))| (weight(row), *x, *y)))
    }

    fn spearman(&self, weights: &[u32]) -> Option<f64> {
        let weight = |at: usize| weights[self.rows[at].0 as usize];
        let by_score = self.mid_ranks((0..self.rows.len()).map(|at| (at, self.rows[at].2)), weight);
        let by_gold = self.by_gold.iter().map(|at| (*at as usize, self.rows[*at as usize].1));
        let by_gold = self.mid_ranks(by_gold, weight);
        // Ranks are centred, so that their squares keep their digits.
        let middle = 0.5 * (0..self.rows.len()).map(|at| f64::from(weight(at))).sum::<f64>();
        let rows = by_gold.iter().zip(&by_score).enumerate();
        correlation(rows.map(|(at, (x, y))| (f64::from(weight(at)), x - middle, y - middle)))
    }

    /// The mean rank of each row among rows given in order, equals alike.
    fn mid_ranks(&self, sorted: impl Iterator<Item = (usize, u32)>, weight: impl Fn(usize) -> u32) -> Vec<f64> {
        let mut out = vec![0.0; self.rows.len()];
        let mut sorted = sorted.peekable();
        let mut before = 0.0;
        let mut block = Vec::new();
        while let Some((first, rank)) = sorted.next() {
            block.clear();
            block.push(first);
            while let Some((next, _)) = sorted.next_if(|(_, other)| *other == rank) {
                block.push(next);
            }
            let here: f64 = block.iter().map(|at| f64::from(weight(*at))).sum();
            for at in &block {
                out[*at] = before + 0.5 * (here + 1.0);
            }
            before += here;
        }
        out
    }
}

/// Of weighted pairs; none where gold, which comes first, is always the same.
fn correlation(rows: impl Iterator<Item = (f64, f64, f64)> + Clone) -> Option<f64> {
    let (mut n, mut sx, mut sy) = (0.0, 0.0, 0.0);
    for (w, x, y) in rows.clone() {
        (n, sx, sy) = (n + w, sx + w * x, sy + w * y);
    }
    let (mx, my) = (sx / n, sy / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (w, x, y) in rows {
        let (x, y) = (x - mx, y - my);
        (xx, yy, xy) = (xx + w * x * x, yy + w * y * y, xy + w * x * y);
    }
    // Numbers too large to be squared have no correlation.
    if n == 0.0 || xx <= 0.0 || !(xx + yy + xy).is_finite() {
        return None;
    }
    Some(if yy <= 0.0 { 0.0 } else { (xy / xx.sqrt() / yy.sqrt()).clamp(-1.0, 1.0) })
}

impl Correlations {
    pub(super) fn new(rows: &[Judged<'_>], units: &Units) -> Self {
        let (groups_of, groups) = numbered(rows.iter().map(|row| row.languages));
        let (segments_of, _) = numbered(rows.iter().map(|row| (row.languages, row.doc, row.segment)));
        let mut members: Vec<(Vec<&Judged<'_>>, Vec<u32>)> = vec![Default::default(); groups];
        for (at, row) in rows.iter().enumerate() {
            members[groups_of[at] as usize].0.push(row);
            members[groups_of[at] as usize].1.push(units.of[at]);
        }
        let (mut strict, mut ties) = (Tally::new(Form::Share, units.count), Tally::new(Form::Share, units.count));
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|at| segments_of[*at]);
        for same in order.chunk_by(|a, b| segments_of[*a] == segments_of[*b]) {
            let ((g, golds), (s, _)) = (
                ranks(&same.iter().map(|at| rows[*at].gold).collect::<Vec<_>>()),
                ranks(&same.iter().map(|at| rows[*at].score).collect::<Vec<_>>()),
            );
            let mut sorted: Vec<(u32, u32, u64)> = g.iter().zip(&s).map(|(gold, score)| (*gold, *score, 1)).collect();
            sorted.sort_by_key(|row| (row.1, row.0));
            let pairs = count(sorted.iter().copied(), golds);
            let unit = units.of[same[0]];
            strict.add(unit, [pairs.concordant, pairs.all - pairs.gold_tied, 0]);
            ties.add(unit, [pairs.concordant + pairs.both_tied, pairs.all, 0]);
        }
        let named = || rows.iter().enumerate().filter_map(|(at, row)| Some((at, (row.languages, row.system?))));
        let (systems_of, count) = numbered(named().map(|(_, key)| key));
        let mut systems = vec![Vec::new(); units.count];
        let mut homes = vec![0; count];
        for ((at, _), system) in named().zip(systems_of) {
            systems[units.of[at] as usize].push((system, rows[at].gold, rows[at].score));
            homes[system as usize] = groups_of[at];
        }
        let many = rows.len() as u64;
        let of = [many, many, many, strict.of(), ties.of(), count as u64];
        let groups = members.iter().map(|(rows, units)| Group::new(rows, units)).collect();
        Self { groups, strict, ties, systems, homes, of }
    }

    /// The figures in percent, where each unit counts as often as `weights` say.
    pub(super) fn figures(&self, weights: &[u32]) -> Vec<Option<f64>> {
        let mean = |of: &dyn Fn(&Group) -> Option<f64>| {
            let values: Vec<f64> = self.groups.iter().filter_map(of).collect();
            (!values.is_empty()).then(|| 100.0 * values.iter().sum::<f64>() / values.len() as f64)
        };
        vec![
            mean(&|group| group.kendall(weights)),
            mean(&|group| group.pearson(weights)),
            mean(&|group| group.spearman(weights)),
            self.strict.value(weights),
            self.ties.value(weights),
            self.systems(weights),
        ]
    }

    fn systems(&self, weights: &[u32]) -> Option<f64> {
        let mut sums = vec![(0.0, 0.0, 0.0); self.homes.len()];
        for (rows, weight) in self.systems.iter().zip(weights).filter(|(_, weight)| **weight > 0) {
            let weight = f64::from(*weight);
            for (system, gold, score) in rows {
                let sum = &mut sums[*system as usize];
                *sum = (sum.0 + weight, sum.1 + weight * gold, sum.2 + weight * score);
            }
        }
        let (mut right, mut pairs) = (0u32, 0u32);
        for (at, one) in sums.iter().enumerate() {
            // Systems of one pair of languages stand side by side.
            let home = self.homes[at + 1..].iter().take_while(|home| **home == self.homes[at]).count();
            for other in sums[at + 1..][..home].iter().filter(|other| one.0 > 0.0 && other.0 > 0.0) {
                let gold = one.1 / one.0 - other.1 / other.0;
                let score = one.2 / one.0 - other.2 / other.0;
                pairs += 1;
                right += u32::from(gold * score > 0.0);
            }
        }
        (pairs > 0).then(|| 100.0 * f64::from(right) / f64::from(pairs))
    }
}
