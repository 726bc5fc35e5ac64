//! From findings and reference to figures: MQM's penalty and quality, the metrics, the score, and significance.

pub mod agreement;
mod band;
pub mod calibration;
pub mod metrics;
pub mod mqm;
pub mod passage;
pub mod significance;
mod weights;

pub use band::{Band, Basis};
pub use weights::Weights;

use crate::error::Result;
use metrics::{BleuOptions, ChrfOptions, METRICS, TerOptions};

/// A figure that `score` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Metric {
    /// The auditor's own score, 0 to 100.
    Score,
    /// BLEU (Papineni et al. 2002), 0 to 100.
    Bleu,
    /// chrF (Popović 2015), 0 to 100.
    Chrf,
    /// chrF++ (Popović 2017), 0 to 100.
    ChrfPp,
    /// TER (Snover et al. 2006), 0 upwards; lower is better.
    Ter,
}

impl Metric {
    /// Every metric.
    pub const ALL: [Self; 5] = [Self::Score, Self::Bleu, Self::Chrf, Self::ChrfPp, Self::Ter];
    /// Those of [`METRICS`], in its order.
    pub const COUNTED: [Self; 4] = [Self::Bleu, Self::Chrf, Self::ChrfPp, Self::Ter];

    /// Its place in [`METRICS`]; none for the score, which is no metric of counts alone.
    #[must_use]
    pub const fn slot(self) -> Option<usize> {
        match self {
            Self::Score => None,
            Self::Bleu => Some(0),
            Self::Chrf => Some(1),
            Self::ChrfPp => Some(2),
            Self::Ter => Some(3),
        }
    }

    /// Its name on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self.slot() {
            Some(slot) => METRICS[slot].id,
            None => "score",
        }
    }

    /// Its name in prose.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self.slot() {
            Some(slot) => METRICS[slot].name,
            None => "score",
        }
    }

    /// Whether a higher figure is better.
    #[must_use]
    pub const fn higher_is_better(self) -> bool {
        match self.slot() {
            Some(slot) => METRICS[slot].higher_is_better,
            None => true,
        }
    }

    /// The metric named `name`.
    ///
    /// ```
    /// use fauxami::score::Metric;
    /// assert_eq!(Metric::parse("chrf++"), Some(Metric::ChrfPp));
    /// assert_eq!(Metric::parse("rouge"), None);
    /// ```
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }
}

/// The metrics of [`Metric::COUNTED`] with their options; by default sacreBLEU's.
///
/// ```
/// use fauxami::score::{Measures, Metric, metrics::{BleuOptions, References}};
/// let bleu = BleuOptions { lowercase: true, ..BleuOptions::default() };
/// let measures = Measures::new(bleu, Default::default(), Default::default())?;
/// let bleu = measures.get(Metric::Bleu).expect("a metric of counts");
/// assert!(bleu.signature(References::Same(1)).to_string().starts_with("nrefs:1|case:lc|"));
/// # Ok::<(), fauxami::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Measures([metrics::Metric; 4]);

impl Measures {
    /// Metrics with these options. Those of chrF are also chrF++'s, whose word order is 2.
    ///
    /// # Errors
    /// An option out of its range.
    pub fn new(bleu: BleuOptions, chrf: ChrfOptions, ter: TerOptions) -> Result<Self> {
        Ok(Self([
            metrics::Metric::Bleu(metrics::Bleu::new(bleu)?),
            metrics::Metric::Chrf(metrics::Chrf::new(chrf)?),
            metrics::Metric::Chrf(metrics::Chrf::new(ChrfOptions { word_order: 2, ..chrf })?),
            metrics::Metric::Ter(metrics::Ter::new(ter)),
        ]))
    }

    /// The figure that summed counts come to. The score's are its millionths times words, and words.
    ///
    /// ```
    /// use fauxami::score::{Measures, Metric, metrics::Counts};
    /// let counts = Counts::from_values(&[71_500_000 * 12, 12]);
    /// assert_eq!(Measures::default().figure(Metric::Score, &counts), 71.5);
    /// ```
    #[must_use]
    pub fn figure(&self, metric: Metric, counts: &metrics::Counts) -> f64 {
        match (self.get(metric), counts.values()) {
            (Some(measure), _) => measure.score(counts),
            (None, [score, words, ..]) => *score as f64 / 1e6 / (*words).max(1) as f64,
            (None, _) => 0.0,
        }
    }

    /// The metric, unless it is the score.
    #[must_use]
    pub fn get(&self, metric: Metric) -> Option<&metrics::Metric> {
        metric.slot().map(|slot| &self.0[slot])
    }
}

impl Default for Measures {
    fn default() -> Self {
        Self([
            metrics::Metric::Bleu(metrics::Bleu::default()),
            metrics::Metric::Chrf(metrics::Chrf::default()),
            metrics::Metric::Chrf(metrics::Chrf::plus_plus()),
            metrics::Metric::Ter(metrics::Ter::default()),
        ])
    }
}
