//! From findings and reference to figures: MQM's penalty and quality, the metrics, and the score.

pub mod metrics;
pub mod mqm;

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

    /// Its name on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Bleu => "bleu",
            Self::Chrf => "chrf",
            Self::ChrfPp => "chrf++",
            Self::Ter => "ter",
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
