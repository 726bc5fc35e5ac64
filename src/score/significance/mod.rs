//! Whether a difference between systems may be chance: paired bootstrap resampling (Koehn 2004), paired approximate
//! randomization (Riezler and Maxwell 2005), and 95 % intervals, as sacreBLEU 2.6 has them.
//!
//! Counts are resampled, never text. The same seed gives the resamples that sacreBLEU draws, since the generator is
//! numpy's; p-values and intervals agree as far as its single precision goes, and are the same on any number of threads.
//!
//! ```
//! use fauxami::score::metrics::{Metric, Scratch};
//! use fauxami::score::significance::{Plan, Sample, Test, compare};
//!
//! let references = ["The vote was postponed.", "Talks were held in Lyon.", "Prices rose again."];
//! let first = ["The vote was put off.", "Talks were led in Lyon.", "Prices climbed again."];
//! let second = ["The vote was postponed.", "Talks were held in Lyon.", "Prices rose."];
//! let metric = Metric::parse("chrf")?;
//! let mut scratch = Scratch::default();
//! let mut sample = |lines: [&str; 3]| -> Sample {
//!     lines.iter().zip(references).map(|(mt, reference)| metric.counts(mt, &[reference], &mut scratch)).collect()
//! };
//! let systems = [vec![sample(first)], vec![sample(second)]];
//! let outcomes = compare(&systems, &Plan::paired(Test::Bootstrap), |_, counts| metric.score(counts))?;
//! let (baseline, other) = (&outcomes[0][0], &outcomes[1][0]);
//! assert!(baseline.p_value.is_none() && other.score > baseline.score);
//! assert!(other.p_value.is_some_and(|p| p < 1.0));
//! # Ok::<(), fauxami::Error>(())
//! ```

mod random;
mod table;

use super::metrics::Counts;
use crate::error::{Error, Result};
use random::Bits;
pub(super) use random::Generator;
use rayon::prelude::*;
use serde::Serialize;
use table::Table;

/// The seed that sacreBLEU takes where none is given.
pub const SEED: u64 = 12345;
/// Bootstrap resamples where no number is given.
pub const RESAMPLES: usize = 1_000;
/// Trials of approximate randomization where no number is given.
pub const TRIALS: usize = 10_000;
/// The p-value below which a difference is called significant.
pub const LEVEL: f64 = 0.05;

/// Indices that are drawn ahead, and bytes of selections.
const AHEAD: usize = 1 << 21;

/// A paired test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Paired bootstrap resampling: segments are drawn with replacement, the same for both systems; the p-value is the
    /// share of resamples whose difference, less the mean of all differences, exceeds the one observed.
    Bootstrap,
    /// Paired approximate randomization: the translations of each segment are swapped or not by a coin; the p-value is
    /// the share of trials whose difference exceeds the one observed.
    Randomization,
}

/// What is to be estimated, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The test of each system against the first; none estimates intervals alone.
    pub test: Option<Test>,
    /// Bootstrap resamples, for the test and for intervals; 0 with [`Test::Randomization`] leaves out the intervals.
    pub resamples: usize,
    /// Trials of approximate randomization.
    pub trials: usize,
    /// The seed.
    pub seed: u64,
}

impl Plan {
    /// A test with sacreBLEU's numbers and seed: 1,000 bootstrap resamples, or 10,000 trials without intervals.
    #[must_use]
    pub const fn paired(test: Test) -> Self {
        let resamples = match test {
            Test::Bootstrap => RESAMPLES,
            Test::Randomization => 0,
        };
        Self { test: Some(test), resamples, trials: TRIALS, seed: SEED }
    }

    /// Intervals alone, of 1,000 resamples.
    #[must_use]
    pub const fn intervals() -> Self {
        Self { test: None, resamples: RESAMPLES, trials: 0, seed: SEED }
    }
}

/// The counts of one system under one metric, a row a segment.
///
/// ```
/// use fauxami::score::metrics::Counts;
/// use fauxami::score::significance::Sample;
/// let sample: Sample = [Counts::from_values(&[1, 2]), Counts::from_values(&[3, 4])].into_iter().collect();
/// assert_eq!((sample.len(), sample.total()), (2, Counts::from_values(&[4, 6])));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sample {
    rows: usize,
    width: usize,
    values: Vec<u64>,
}

impl Sample {
    /// Adds a segment.
    pub fn push(&mut self, counts: &Counts) {
        let values = counts.values();
        if values.len() > self.width {
            // Segments before this one had no counts, or fewer.
            let mut wide = Vec::with_capacity(values.len() * (self.rows + 1));
            for row in self.rows() {
                wide.extend_from_slice(row);
                wide.resize(wide.len() + values.len() - row.len(), 0);
            }
            (self.values, self.width) = (wide, values.len());
        }
        self.values.extend_from_slice(values);
        self.rows += 1;
        self.values.resize(self.rows * self.width, 0);
    }

    /// Segments.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no segment.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The sums over all segments.
    #[must_use]
    pub fn total(&self) -> Counts {
        self.rows().map(Counts::from_values).sum()
    }

    fn rows(&self) -> impl Iterator<Item = &[u64]> {
        (0..self.rows).map(|row| &self.values[row * self.width..][..self.width])
    }

    /// The most that any segment has of each count.
    fn most(&self) -> impl Iterator<Item = u64> {
        let mut most = vec![0; self.width];
        for row in self.rows() {
            most.iter_mut().zip(row).for_each(|(most, value)| *most = (*most).max(*value));
        }
        most.into_iter()
    }
}

impl FromIterator<Counts> for Sample {
    fn from_iter<I: IntoIterator<Item = Counts>>(counts: I) -> Self {
        let mut sample = Self::default();
        counts.into_iter().for_each(|counts| sample.push(&counts));
        sample
    }
}

/// The middle 95 % of the scores of bootstrap resamples, and their mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Interval {
    /// The mean score.
    pub mean: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Half the width: what sacreBLEU prints behind ±.
    #[must_use]
    pub fn margin(&self) -> f64 {
        0.5 * (self.high - self.low)
    }

    /// One fortieth of the scores is cut off at either end.
    pub(super) fn of(mut scores: Vec<f64>) -> Option<Self> {
        scores.sort_unstable_by(f64::total_cmp);
        let cut = scores.len() / 40;
        let (low, high) = (*scores.get(cut)?, *scores.get(scores.len() - cut - 1)?);
        Some(Self { mean: mean(&scores), low, high })
    }
}

/// Where the mean of `values`, each with its weight, would lie if others of their kind had been drawn: 1,000 bootstrap resamples of the
/// values, with [`SEED`]. None for fewer than two values or no weight.
///
/// ```
/// use fauxami::score::significance::mean_interval;
/// let interval = mean_interval(&[(10.0, 80.0), (20.0, 60.0), (15.0, 70.0)]).expect("three values");
/// assert!(60.0 <= interval.low && interval.low < interval.high && interval.high <= 80.0);
/// assert_eq!(mean_interval(&[(10.0, 80.0)]), None);
/// ```
#[must_use]
pub fn mean_interval(values: &[(f64, f64)]) -> Option<Interval> {
    let bound = u32::try_from(values.len()).ok().filter(|&many| many > 1)?;
    let mut generator = Generator::new(SEED);
    let mut drawn = vec![0; values.len()];
    let mut means = Vec::with_capacity(1000);
    for _ in 0..1000 {
        generator.fill_below(bound, &mut drawn);
        let (mut weight, mut sum) = (0.0, 0.0);
        for (own, value) in drawn.iter().map(|&k| values[k as usize]) {
            weight += own;
            sum += own * value;
        }
        if weight > 0.0 {
            means.push(sum / weight);
        }
    }
    Interval::of(means)
}

/// What is found of one system under one metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The score of the whole corpus.
    pub score: f64,
    /// Where resamples put the score; none without resamples or segments.
    pub interval: Option<Interval>,
    /// How much higher the score is than the first system's; none for that one.
    pub difference: Option<f64>,
    /// How likely a difference at least as large is where there is none in truth, 0 to 1; none for the first system,
    /// without a test and without segments. As in sacreBLEU it is low for a system against itself.
    pub p_value: Option<f64>,
}

impl Outcome {
    /// Whether the system differs from the first: another score, and p below [`LEVEL`].
    #[must_use]
    pub fn significant(&self) -> bool {
        self.difference.is_some_and(|difference| difference != 0.0) && self.p_value.is_some_and(|p| p < LEVEL)
    }
}

/// Holds each system against the first, under each metric. `systems[system][metric]` are counts of the same segments;
/// `score` makes a score of summed counts, under the metric of that index. The answer has the same shape.
///
/// Runs on the threads of the rayon pool that it is called in.
///
/// # Errors
///
/// If systems differ in their number of segments or metrics, or the sums of resampled counts might exceed 64 bits.
pub fn compare(
    systems: &[Vec<Sample>],
    plan: &Plan,
    score: impl Fn(usize, &Counts) -> f64 + Sync,
) -> Result<Vec<Vec<Outcome>>> {
    let metrics = systems.first().map_or(0, Vec::len);
    let segments = systems.iter().flatten().next().map_or(0, Sample::len);
    if systems.iter().any(|system| system.len() != metrics) {
        return Err(Error::usage("systems under different metrics").expected("the same metrics for all"));
    }
    if let Some(other) = systems.iter().flatten().find(|sample| sample.len() != segments) {
        return Err(Error::usage(format!("systems of {segments} and of {} segments", other.len()))
            .expected("translations of the same segments"));
    }
    if u32::try_from(segments).is_err() {
        return Err(Error::usage(format!("{segments} segments")).expected("fewer than 2^32").remedy("cut the corpus"));
    }
    let whole = |sample: (usize, &Sample)| score(sample.0, &sample.1.total());
    let mut outcomes: Vec<Vec<Outcome>> = systems
        .iter()
        .map(|own| own.iter().enumerate().map(whole))
        .map(|scores| scores.map(|score| Outcome { score, interval: None, difference: None, p_value: None }).collect())
        .collect();
    if let [first, others @ ..] = &mut *outcomes {
        for (outcome, first) in others.iter_mut().flat_map(|others| others.iter_mut().zip(first.iter())) {
            outcome.difference = Some(outcome.score - first.score);
        }
    }
    if segments == 0 || metrics == 0 {
        return Ok(outcomes);
    }
    let all: Vec<&[Sample]> = systems.iter().map(Vec::as_slice).collect();
    let mut generator = Generator::new(plan.seed);
    if plan.test == Some(Test::Randomization) {
        let table = Table::new(&all)?;
        let p_values = randomized(&table, &outcomes, plan.trials, &mut generator, &score);
        for (outcomes, p_values) in outcomes.iter_mut().skip(1).zip(p_values) {
            outcomes.iter_mut().zip(p_values).for_each(|(outcome, p)| outcome.p_value = Some(p));
        }
        if plan.resamples > 0 {
            // As sacreBLEU: the first system's resamples start from the seed, the others' go on behind the trials.
            let mut fresh = Generator::new(plan.seed);
            let (first, others) = all.split_at(1);
            let mut resampled = bootstrapped(&Table::new(first)?, metrics, plan.resamples, &mut fresh, &score);
            resampled.extend(bootstrapped(&Table::new(others)?, metrics, plan.resamples, &mut generator, &score));
            set_intervals(&mut outcomes, resampled);
        }
        return Ok(outcomes);
    }
    if plan.resamples > 0 {
        let resampled = bootstrapped(&Table::new(&all)?, metrics, plan.resamples, &mut generator, &score);
        if plan.test.is_some() {
            for (outcomes, own) in outcomes.iter_mut().zip(&resampled).skip(1) {
                for ((outcome, own), first) in outcomes.iter_mut().zip(own).zip(&resampled[0]) {
                    let differences: Vec<f64> = own.iter().zip(first).map(|(own, first)| (own - first).abs()).collect();
                    let (mean, observed) = (mean(&differences), outcome.difference.unwrap_or(0.0).abs());
                    let above = differences.iter().filter(|drawn| **drawn - mean > observed).count();
                    outcome.p_value = Some(p_value(above, differences.len()));
                }
            }
        }
        set_intervals(&mut outcomes, resampled);
    }
    Ok(outcomes)
}

fn set_intervals(outcomes: &mut [Vec<Outcome>], resampled: Vec<Vec<Vec<f64>>>) {
    for (outcomes, scores) in outcomes.iter_mut().zip(resampled) {
        outcomes.iter_mut().zip(scores).for_each(|(outcome, scores)| outcome.interval = Interval::of(scores));
    }
}

/// One more than were found, so that no p-value is 0 (Phipson and Smyth 2010).
fn p_value(above: usize, trials: usize) -> f64 {
    (above + 1) as f64 / (trials + 1) as f64
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The scores of each system, under each metric, of each resample.
fn bootstrapped(
    table: &Table,
    metrics: usize,
    resamples: usize,
    generator: &mut Generator,
    score: &(impl Fn(usize, &Counts) -> f64 + Sync),
) -> Vec<Vec<Vec<f64>>> {
    let (rows, systems) = (table.rows(), table.systems());
    let mut scores = vec![vec![Vec::with_capacity(resamples); metrics]; systems];
    // Segments are fewer than 2^32.
    let mut draw = |resamples: usize, indices: &mut Vec<u32>| {
        indices.resize(resamples * rows, 0);
        generator.fill_below(rows as u32, indices);
    };
    let at_once = (AHEAD / rows).clamp(4, 256);
    let (mut now, mut next) = (Vec::new(), Vec::new());
    let mut left = resamples;
    draw(left.min(at_once), &mut now);
    while left > 0 {
        left -= now.len() / rows;
        // Drawing is sequential, so the next resamples are drawn while these are summed.
        let work = || -> Vec<Vec<f64>> {
            let resample = |indices: &[u32]| {
                let sum = table.sum(indices);
                let pairs = (0..systems).flat_map(|system| (0..metrics).map(move |metric| (system, metric)));
                pairs.map(|(system, metric)| score(metric, &table.counts(&sum, system, metric))).collect()
            };
            now.par_chunks(rows).map(resample).collect()
        };
        let (found, ()) = rayon::join(work, || draw(left.min(at_once), &mut next));
        for drawn in found {
            scores.iter_mut().flatten().zip(drawn).for_each(|(all, score)| all.push(score));
        }
        std::mem::swap(&mut now, &mut next);
    }
    scores
}

/// The p-values of each system but the first, under each metric.
fn randomized(
    table: &Table,
    outcomes: &[Vec<Outcome>],
    trials: usize,
    generator: &mut Generator,
    score: &(impl Fn(usize, &Counts) -> f64 + Sync),
) -> Vec<Vec<f64>> {
    let (rows, systems, metrics) = (table.rows(), table.systems(), outcomes[0].len());
    let bytes = table.selection_len();
    let mut bits = Bits::new(generator);
    let mut draw = |trials: usize, selections: &mut Vec<u8>| {
        selections.clear();
        for _ in 0..trials {
            // At most eight bits each.
            selections.extend((0..bytes).map(|byte| bits.take((rows - 8 * byte).min(8) as u32) as u8));
        }
    };
    let whole = table.sum(&(0..rows as u32).collect::<Vec<_>>());
    let at_once = (8 * AHEAD / bytes).clamp(64, 2048);
    let mut above = vec![vec![0; metrics]; systems];
    let (mut now, mut next) = (Vec::new(), Vec::new());
    let mut left = trials;
    draw(left.min(at_once), &mut now);
    while left > 0 {
        let drawn = now.len() / bytes;
        left -= drawn;
        let share = drawn.div_ceil(rayon::current_num_threads()).max(64);
        let work = || -> Vec<Vec<bool>> {
            let sums = now.par_chunks(share * bytes).flat_map_iter(|selections| table.selected(selections));
            let sums: Vec<u64> = sums.collect();
            let trial = |selected: &[u64]| {
                let rest: Vec<u64> = whole.iter().zip(selected).map(|(whole, selected)| whole - selected).collect();
                let mut exceeds = Vec::with_capacity((systems - 1) * metrics);
                for (system, own) in outcomes.iter().enumerate().skip(1) {
                    for (metric, difference) in own.iter().map(|own| own.difference.unwrap_or(0.0).abs()).enumerate() {
                        let pseudo = |first: &[u64], second: &[u64]| {
                            let mut counts = table.counts(first, 0, metric);
                            counts += table.counts(second, system, metric);
                            score(metric, &counts)
                        };
                        exceeds.push((pseudo(selected, &rest) - pseudo(&rest, selected)).abs() > difference);
                    }
                }
                exceeds
            };
            sums.par_chunks(table.width()).map(trial).collect()
        };
        let (found, ()) = rayon::join(work, || draw(left.min(at_once), &mut next));
        for exceeds in found {
            above[1..].iter_mut().flatten().zip(exceeds).for_each(|(above, exceeds)| *above += usize::from(exceeds));
        }
        std::mem::swap(&mut now, &mut next);
    }
    above[1..].iter().map(|own| own.iter().map(|&above| p_value(above, trials)).collect()).collect()
}
