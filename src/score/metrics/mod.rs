//! BLEU, chrF, chrF++ and TER, to the figure as sacreBLEU 2.6 computes them.
//!
//! A metric turns a pair into [`Counts`], whole numbers that add up over a corpus, and only then counts into a score:
//! any order of the pairs and any sharding gives the same bits, and significance tests resample counts.
//!
//! ```
//! use fauxami::score::metrics::{Counts, Metric, References, Scratch};
//!
//! let metric = Metric::parse("chrf")?;
//! let mut scratch = Scratch::default();
//! let mut corpus = Counts::default();
//! for (hypothesis, reference) in [
//!     ("The vote was put off.", "The vote was postponed."),
//!     ("Ministers met in Lyon.", "The ministers met in Lyon."),
//! ] {
//!     corpus += metric.counts(hypothesis, &[reference], &mut scratch);
//! }
//! assert_eq!(format!("{:.2}", metric.score(&corpus)), "67.96");
//! assert!(metric.signature(References::Same(1)).to_string().starts_with("nrefs:1|case:mixed|eff:yes|nc:6|nw:0|"));
//! # Ok::<(), fauxami::Error>(())
//! ```
//!
//! Agreement is with sacreBLEU under a Python whose Unicode tables are those of this build's standard library; letters
//! encoded since may differ in lower case. No segment needs a reference: a pair without one counts for nothing.

mod bleu;
mod categories;
mod chars;
mod chrf;
mod edit;
mod intern;
mod ngram;
mod shared;
mod shift;
mod signature;
mod ter;
mod text;
mod tokenize;

pub use bleu::{Bleu, BleuDetail, BleuOptions, Smoothing};
pub use chrf::{Chrf, ChrfOptions};
pub use signature::{References, Signature, VERSION};
pub use ter::{Ter, TerOptions};
pub use tokenize::Tokenizer;

use crate::error::{Error, Result, nearest};
use std::iter::Sum;
use std::ops::AddAssign;

/// The largest n-gram order of BLEU, and of chrF's characters and words together.
pub const MAX_ORDER: usize = 16;

pub(super) const CAPACITY: usize = 3 * MAX_ORDER;

/// Whole numbers that sum up what a metric saw in one or more pairs.
///
/// What each stands for is the metric's affair: [`Bleu::counts`], [`Chrf::counts`] and [`Ter::counts`] say it. Counts
/// of different metrics or options must not be added to each other.
///
/// ```
/// use fauxami::score::metrics::Counts;
/// let mut sum = Counts::default();
/// sum += Counts::from_values(&[3, 4]);
/// sum += Counts::from_values(&[1, 0]);
/// assert_eq!(sum.values(), [4, 4]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    values: [u64; CAPACITY],
    len: usize,
}

impl Counts {
    /// `len` zeros.
    fn zeros(len: usize) -> Self {
        Self { values: [0; CAPACITY], len: len.min(CAPACITY) }
    }

    /// Counts kept elsewhere, as [`Counts::values`] gave them; more than a metric can have are cut off.
    #[must_use]
    pub fn from_values(values: &[u64]) -> Self {
        let mut counts = Self::zeros(values.len());
        counts.values[..counts.len].copy_from_slice(&values[..counts.len]);
        counts
    }

    /// The numbers; none for the empty sum.
    #[must_use]
    pub fn values(&self) -> &[u64] {
        &self.values[..self.len]
    }

    fn at(&self, index: usize) -> u64 {
        self.values.get(index).copied().unwrap_or(0)
    }
}

impl Default for Counts {
    fn default() -> Self {
        Self::zeros(0)
    }
}

impl std::fmt::Debug for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Counts").field(&self.values()).finish()
    }
}

impl AddAssign<&Counts> for Counts {
    fn add_assign(&mut self, other: &Self) {
        self.len = self.len.max(other.len);
        for (sum, value) in self.values.iter_mut().zip(other.values()) {
            *sum = sum.saturating_add(*value);
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        *self += &other;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |mut sum, counts| {
            sum += counts;
            sum
        })
    }
}

/// The buffers of one worker, for any metric: what they grew to serves the pairs that follow.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// The prepared segments of the pair, the hypothesis first, one behind the other.
    text: String,
    spare: String,
    /// The tokens of all segments, where the segments start, and where the tokens of each end.
    tokens: Vec<tokenize::Span>,
    starts: Vec<usize>,
    ends: Vec<usize>,
    words: Vec<u32>,
    /// How many distinct words the hypothesis has.
    distinct: usize,
    interner: intern::Interner,
    shared: shared::Shared,
    tree: ngram::Tree,
    chars: chars::Chars,
    editor: shift::Editor,
}

impl Scratch {
    fn start(&mut self) {
        self.text.clear();
        self.tokens.clear();
        self.starts.clear();
        self.ends.clear();
    }

    /// Numbers the tokens of all segments, those of the hypothesis first.
    fn number_words(&mut self) {
        self.interner.start(self.tokens.len());
        self.text.push_str(intern::Interner::PADDING);
        self.words.clear();
        let bytes = self.text.as_bytes();
        let (own, others) = self.tokens.split_at(self.ends.first().copied().unwrap_or(0));
        self.interner.number(bytes, own, &mut self.words);
        self.distinct = self.interner.len();
        self.interner.number(bytes, others, &mut self.words);
    }

    /// The words of segment `index`: 0 is the hypothesis.
    fn segment(words: &[u32], ends: &[usize], index: usize) -> std::ops::Range<usize> {
        let from = index.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        from..ends.get(index).copied().unwrap_or(words.len())
    }
}

/// A metric with its options.
#[derive(Clone, Debug, PartialEq)]
pub enum Metric {
    /// BLEU.
    Bleu(Bleu),
    /// chrF or chrF++.
    Chrf(Chrf),
    /// TER.
    Ter(Ter),
}

/// What is known of a metric under its default options.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// The name on the command line and in reports.
    pub id: &'static str,
    /// The name in prose.
    pub name: &'static str,
    /// Whether a higher score is better.
    pub higher_is_better: bool,
    /// One paragraph.
    pub doc: &'static str,
    new: fn() -> Metric,
}

/// All metrics, under their default options.
pub const METRICS: &[Info] = &[
    Info {
        id: "bleu",
        name: "BLEU",
        higher_is_better: true,
        doc: "Precision of word n-grams up to order 4 and a penalty for brevity, 0 to 100 (Papineni et al. 2002).",
        new: || Metric::Bleu(Bleu::default()),
    },
    Info {
        id: "chrf",
        name: "chrF",
        higher_is_better: true,
        doc: "F-score of character n-grams up to order 6, recall weighing twice, 0 to 100 (Popović 2015).",
        new: || Metric::Chrf(Chrf::default()),
    },
    Info {
        id: "chrf++",
        name: "chrF++",
        higher_is_better: true,
        doc: "chrF with word n-grams up to order 2, 0 to 100 (Popović 2017).",
        new: || Metric::Chrf(Chrf::plus_plus()),
    },
    Info {
        id: "ter",
        name: "TER",
        higher_is_better: false,
        doc: "Word edits and shifts that turn the translation into the reference, in hundredths of the length of the \
              reference, 0 upwards (Snover et al. 2006).",
        new: || Metric::Ter(Ter::default()),
    },
];

impl Metric {
    /// The metric with this [`Info::id`] under its default options.
    ///
    /// # Errors
    ///
    /// If there is no such metric.
    ///
    /// ```
    /// use fauxami::score::metrics::Metric;
    /// assert_eq!(Metric::parse("chrf++")?.id(), "chrf++");
    /// assert!(Metric::parse("blue").unwrap_err().to_string().contains("did you mean `bleu`?"));
    /// # Ok::<(), fauxami::Error>(())
    /// ```
    pub fn parse(id: &str) -> Result<Self> {
        if let Some(info) = METRICS.iter().find(|info| info.id == id) {
            return Ok((info.new)());
        }
        let known = METRICS.iter().map(|info| info.id);
        let error = Error::usage(format!("unknown metric `{id}`"))
            .expected(format!("one of {}", known.clone().collect::<Vec<_>>().join(", ")));
        Err(match nearest(id, known) {
            Some(near) => error.remedy(format!("did you mean `{near}`?")),
            None => error,
        })
    }

    /// The [`Info::id`] of the metric; chrF with any word order is `chrf++`.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Bleu(_) => "bleu",
            Self::Chrf(chrf) if chrf.options().word_order == 0 => "chrf",
            Self::Chrf(_) => "chrf++",
            Self::Ter(_) => "ter",
        }
    }

    /// Whether a higher score is better.
    #[must_use]
    pub fn higher_is_better(&self) -> bool {
        !matches!(self, Self::Ter(_))
    }

    /// The counts of one pair; none of them is above 0 where `references` is empty.
    pub fn counts<R: AsRef<str>>(&self, hypothesis: &str, references: &[R], scratch: &mut Scratch) -> Counts {
        match self {
            Self::Bleu(bleu) => bleu.counts(hypothesis, references, scratch),
            Self::Chrf(chrf) => chrf.counts(hypothesis, references, scratch),
            Self::Ter(ter) => ter.counts(hypothesis, references, scratch),
        }
    }

    /// The score of summed counts, as sacreBLEU's `corpus_score` has it.
    #[must_use]
    pub fn score(&self, counts: &Counts) -> f64 {
        match self {
            Self::Bleu(bleu) => bleu.score(counts),
            Self::Chrf(chrf) => chrf.score(counts),
            Self::Ter(ter) => ter.score(counts),
        }
    }

    /// The score of the counts of one pair, as `sacrebleu.sentence_*` has it: BLEU takes the effective order.
    #[must_use]
    pub fn sentence_score(&self, counts: &Counts) -> f64 {
        match self {
            Self::Bleu(bleu) => bleu.sentence_score(counts),
            _ => self.score(counts),
        }
    }

    /// How the corpus score was come by.
    #[must_use]
    pub fn signature(&self, references: References) -> Signature {
        match self {
            Self::Bleu(bleu) => bleu.signature(references),
            Self::Chrf(chrf) => chrf.signature(references),
            Self::Ter(ter) => ter.signature(references),
        }
    }
}
