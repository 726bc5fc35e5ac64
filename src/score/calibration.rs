//! Weights of the score, fitted to comparisons of translations.
//!
//! The fit is a logistic model of pairs (Bradley and Terry 1952): that people put one translation above another is the likelier
//! the more the other loses. It moves five ratios, of coverage, of minor, major and critical findings and of roughness to likeness, and is
//! held back to where it starts.

use super::Weights;
use super::passage::{Evidence, Loss};
use serde::Serialize;

/// Two translations of which people put the first above the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// The place of the better one.
    pub better: usize,
    /// The place of the worse one.
    pub worse: usize,
    /// What the comparison counts for, 0 upwards.
    pub weight: f64,
}

/// The ratios that are moved.
const RATIOS: usize = 5;
/// By how much a loss must differ for odds of e to 1.
const SPREAD: f64 = 0.1;
/// What a weight costs that is e times what it was.
const INERTIA: f64 = 0.01;
/// The first and the last step of the search, in natural logarithms.
const STEPS: (f64, f64) = (0.5, 0.01);
/// What a weight starts from where it is nothing.
const SLIGHT: f64 = 0.01;

/// The weights that agree best with `comparisons` of `evidence`, not far from `start`. Where nothing is compared, these.
///
/// ```
/// use fauxami::score::calibration::{Comparison, fit};
/// use fauxami::score::{Weights, passage::{Evidence, Likeness}};
/// let start = Weights::builtin();
/// let of = |chrf, minor| Evidence {
///     words: 20,
///     trusted: [0.0, minor, 0.0, 0.0],
///     reference: Some(Likeness { chrf, words: 20, ..Likeness::default() }),
///     ..Evidence::default()
/// };
/// // People who mind findings more than likeness.
/// let evidence = [of(60.0, 0.0), of(66.0, 3.0)];
/// let fitted = fit(&evidence, &[Comparison { better: 0, worse: 1, weight: 1.0 }], &start);
/// assert!(fitted.minor > start.minor);
/// assert_eq!(fit(&evidence, &[], &start), start);
/// ```
///
/// # Panics
/// Where a comparison names a place that `evidence` does not have.
#[must_use]
pub fn fit(evidence: &[Evidence], comparisons: &[Comparison], start: &Weights) -> Weights {
    let total: f64 = comparisons.iter().map(|comparison| comparison.weight).sum();
    if total <= 0.0 {
        return *start;
    }
    let from =
        [start.coverage, start.minor, start.major, start.critical, start.roughness].map(|weight| weight.max(SLIGHT));
    let less = start.reworded / start.minor.max(SLIGHT);
    let at = |moved: [f64; RATIOS]| {
        let [coverage, minor, major, critical, roughness] = std::array::from_fn(|k| from[k] * moved[k].exp());
        let (major, reworded) = (major.max(minor), less.min(1.0) * minor);
        Weights { coverage, minor, reworded, major, critical: critical.max(major), roughness, ..*start }
    };
    let cost = |moved: [f64; RATIOS]| {
        let weights = at(moved);
        let losses: Vec<f64> = evidence.iter().map(|own| Loss::new(own, &weights).total()).collect();
        let doubt = |c: &Comparison| {
            let apart = (losses[c.worse] - losses[c.better]) / SPREAD;
            // ln(1 + e^−x), which does not overflow.
            c.weight * ((-apart.abs()).exp().ln_1p() + (-apart).max(0.0))
        };
        let held: f64 = moved.iter().map(|step| step * step).sum();
        comparisons.iter().map(doubt).sum::<f64>() / total + INERTIA * held
    };
    let mut best = ([0.0; RATIOS], cost([0.0; RATIOS]));
    let mut step = STEPS.0;
    while step >= STEPS.1 {
        let mut improved = false;
        for k in 0..RATIOS {
            for sign in [1.0, -1.0] {
                let mut moved = best.0;
                moved[k] += sign * step;
                let tried = cost(moved);
                if tried < best.1 {
                    (best, improved) = ((moved, tried), true);
                    break;
                }
            }
        }
        if !improved {
            step /= 2.0;
        }
    }
    if best.0 == [0.0; RATIOS] { *start } else { at(best.0) }
}

/// Weights with what they are worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// The weights, fitted to everything.
    #[serde(skip)]
    pub weights: Weights,
    /// How well the ratings of each file agree with scores.
    pub files: Vec<Agreement>,
}

/// How well the ratings of a file agree with scores, in percent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// The name of the file.
    pub file: String,
    /// The figures that are given, such as `kendall`.
    pub figures: Vec<String>,
    /// Those of each kind of weights, in that order; none where nothing can be said.
    pub values: Vec<(Held, Vec<Option<f64>>)>,
}

/// What the weights have seen of the ratings that they are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// Nothing: the weights from before.
    Before,
    /// All documents but the one that is scored, in five folds.
    OtherDocuments,
    /// All files but this one.
    OtherFiles,
    /// Everything; too good to be true.
    All,
}

impl Held {
    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "as they were",
            Self::OtherDocuments => "fitted to other documents",
            Self::OtherFiles => "fitted to the other files",
            Self::All => "fitted to these too",
        }
    }
}

impl Calibration {
    /// By how much the mean of all figures but `systems`, which hang on a few pairs, is better on documents that the fit has not
    /// seen; none where nothing can be held out.
    #[must_use]
    pub fn gain(&self) -> Option<f64> {
        let mut gains = Vec::new();
        for file in &self.files {
            let of = |held| file.values.iter().find(|(own, _)| *own == held).map(|(_, values)| values);
            let (Some(before), Some(after)) = (of(Held::Before), of(Held::OtherDocuments)) else { continue };
            let rows = file.figures.iter().zip(before.iter().zip(after)).filter(|(name, _)| *name != "systems");
            gains.extend(rows.filter_map(|(_, (before, after))| Some((*after)? - (*before)?)));
        }
        (!gains.is_empty()).then(|| gains.iter().sum::<f64>() / gains.len() as f64)
    }
}
