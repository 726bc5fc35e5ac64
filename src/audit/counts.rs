//! What the pairs of a corpus add up to.

use crate::score::metrics::{Counts, References, Signature};
use crate::score::{Measures, Metric};
use std::ops::AddAssign;

/// Sums over a corpus: whole numbers for the metrics, so that any order of addition gives the same figures; score and
/// penalty are summed in millionths for the same reason.
#[derive(Clone, Debug, Default)]
pub struct CorpusCounts {
    pub(super) words: u64,
    /// Millionths of score points times words.
    pub(super) score: i128,
    /// Thousandths of penalty points.
    pub(super) penalty: i128,
    pub(super) sums: [Option<Counts>; 4],
    pub(super) references: Option<(usize, usize)>,
}

impl AddAssign<&Self> for CorpusCounts {
    fn add_assign(&mut self, other: &Self) {
        self.words += other.words;
        self.score += other.score;
        self.penalty += other.penalty;
        for (sum, more) in self.sums.iter_mut().zip(&other.sums) {
            match (sum.as_mut(), more) {
                (Some(sum), Some(more)) => *sum += more,
                (None, more) => *sum = *more,
                (Some(_), None) => {}
            }
        }
        self.references = match (self.references, other.references) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (x, y) => x.or(y),
        };
    }
}

impl CorpusCounts {
    /// The counts under a metric: what [`Measures::figure`] takes. None where nothing was counted, since no pair had a
    /// reference or the metric was not asked for.
    #[must_use]
    pub fn counts(&self, metric: Metric) -> Option<Counts> {
        match metric.slot() {
            Some(slot) => self.sums[slot],
            None => Some(Counts::from_values(&[u64::try_from(self.score).unwrap_or(0), self.words])),
        }
    }

    /// The corpus figures of `metrics` by name, with the penalty last.
    #[must_use]
    pub fn figures(&self, metrics: &[Metric], measures: &Measures) -> Vec<(&'static str, f64)> {
        let figure = |metric: &Metric| Some((metric.name(), measures.figure(*metric, &self.counts(*metric)?)));
        metrics.iter().filter_map(figure).chain([("penalty", self.penalty as f64 / 1e3)]).collect()
    }

    /// The signatures of `metrics` by name.
    #[must_use]
    pub fn signatures(&self, metrics: &[Metric], measures: &Measures) -> Vec<(&'static str, Signature)> {
        let (least, most) = self.references.unwrap_or((1, 1));
        let references = References::of([least, most]);
        let counted = metrics.iter().filter(|metric| self.counts(**metric).is_some());
        counted.filter_map(|m| Some((m.name(), measures.get(*m)?.signature(references)))).collect()
    }
}
