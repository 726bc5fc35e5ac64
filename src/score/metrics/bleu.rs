//! BLEU.

use super::chrf::every;
use super::signature::yes;
use super::{Counts, MAX_ORDER, References, Scratch, Signature, Tokenizer, text};
use crate::error::{Error, Result};
use std::fmt;

/// What stands in for an n-gram precision of 0 (Chen and Cherry 2014).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Smoothing {
    /// `none`: nothing; one order without a match makes the score 0.
    None,
    /// `floor`: so many matches, usually 0.1.
    Floor(f64),
    /// `add-k`: so many are added to matches and n-grams of the orders above 1, usually 1.
    AddK(f64),
    /// `exp`: 1/2 match for the first such order, 1/4 for the next …, as in mteval.
    #[default]
    Exp,
}

impl Smoothing {
    /// The smoothing of sacreBLEU's `smooth_method` and `smooth_value`.
    ///
    /// # Errors
    ///
    /// If the method is unknown, or the value no finite number from 0 up.
    ///
    /// ```
    /// use fauxami::score::metrics::Smoothing;
    /// assert_eq!(Smoothing::parse("floor", None)?, Smoothing::Floor(0.1));
    /// assert_eq!(Smoothing::parse("add-k", Some(2.0))?, Smoothing::AddK(2.0));
    /// assert!(Smoothing::parse("floor", Some(-1.0)).is_err());
    /// # Ok::<(), fauxami::Error>(())
    /// ```
    pub fn parse(method: &str, value: Option<f64>) -> Result<Self> {
        let smoothing = match method {
            "none" => Self::None,
            "exp" => Self::Exp,
            "floor" => Self::Floor(value.unwrap_or(0.1)),
            "add-k" => Self::AddK(value.unwrap_or(1.0)),
            _ => {
                return Err(
                    Error::usage(format!("unknown smoothing `{method}`")).expected("one of exp, floor, add-k, none")
                );
            }
        };
        smoothing.check()?;
        Ok(smoothing)
    }

    fn check(self) -> Result<()> {
        match self {
            Self::Floor(value) | Self::AddK(value) if !(value.is_finite() && value >= 0.0) => {
                Err(Error::usage(format!("smoothing value {value}")).expected("a number from 0 up"))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Smoothing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Floor(value) => write!(f, "floor[{value:.2}]"),
            Self::AddK(value) => write!(f, "add-k[{value:.2}]"),
            Self::Exp => f.write_str("exp"),
        }
    }
}

/// The options of [`Bleu`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BleuOptions {
    /// How segments are cut into tokens.
    pub tokenizer: Tokenizer,
    /// Whether case is ignored.
    pub lowercase: bool,
    /// What stands in for a precision of 0.
    pub smoothing: Smoothing,
    /// The highest n-gram order, 1 to [`MAX_ORDER`].
    pub max_order: usize,
    /// Whether orders for which the hypotheses are too short are left out; else they make the score 0.
    pub effective_order: bool,
}

impl Default for BleuOptions {
    /// sacreBLEU's.
    fn default() -> Self {
        Self {
            tokenizer: Tokenizer::V13a,
            lowercase: false,
            smoothing: Smoothing::Exp,
            max_order: 4,
            effective_order: false,
        }
    }
}

/// BLEU (Papineni et al. 2002), as sacreBLEU computes it; 0 to 100, higher is better.
///
/// ```
/// use fauxami::score::metrics::{Bleu, Scratch};
/// let bleu = Bleu::default();
/// let counts = bleu.counts("The cat sat on a mat.", &["The cat sat on the mat."], &mut Scratch::default());
/// assert_eq!(format!("{:.4}", bleu.sentence_score(&counts)), "48.8923");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bleu {
    options: BleuOptions,
}

/// A BLEU score with its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct BleuDetail {
    /// The score, 0 to 100.
    pub score: f64,
    /// The precision of each order, 0 to 100, smoothed.
    pub precisions: Vec<f64>,
    /// The brevity penalty, 0 to 1.
    pub brevity_penalty: f64,
    /// The tokens of the hypotheses.
    pub hypothesis_length: u64,
    /// The tokens of the references that come nearest in length.
    pub reference_length: u64,
}

impl fmt::Display for BleuDetail {
    /// As sacreBLEU: `66.7/40.0 (BP = 1.000 ratio = 1.000 hyp_len = 6 ref_len = 6)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let precisions: Vec<_> = self.precisions.iter().map(|precision| format!("{precision:.1}")).collect();
        let (hypothesis, reference) = (self.hypothesis_length, self.reference_length);
        let ratio = if reference == 0 { 0.0 } else { hypothesis as f64 / reference as f64 };
        let (precisions, penalty) = (precisions.join("/"), self.brevity_penalty);
        write!(f, "{precisions} (BP = {penalty:.3} ratio = {ratio:.3} hyp_len = {hypothesis} ref_len = {reference})")
    }
}

impl Bleu {
    /// BLEU with these options.
    ///
    /// # Errors
    ///
    /// If the order or the smoothing value is out of its range.
    pub fn new(options: BleuOptions) -> Result<Self> {
        if !(1..=MAX_ORDER).contains(&options.max_order) {
            return Err(Error::usage(format!("BLEU with n-grams up to order {}", options.max_order))
                .expected(format!("an order from 1 to {MAX_ORDER}")));
        }
        options.smoothing.check()?;
        Ok(Self { options })
    }

    /// The options.
    #[must_use]
    pub fn options(&self) -> &BleuOptions {
        &self.options
    }

    /// The counts of one pair: the tokens of the hypothesis and of the reference nearest in length (the shorter of two
    /// as near), then for each order the n-grams of the hypothesis that match, then all of them.
    ///
    /// An n-gram matches as often as the reference has it that has it most often.
    pub fn counts<R: AsRef<str>>(&self, hypothesis: &str, references: &[R], scratch: &mut Scratch) -> Counts {
        let order = self.options.max_order;
        let mut counts = Counts::zeros(2 + 2 * order);
        if references.is_empty() {
            return counts;
        }
        scratch.start();
        // What is the same needs no look at its n-grams.
        let identical = references.len() == 1 && references[0].as_ref() == hypothesis;
        let others = references.iter().map(AsRef::as_ref).filter(|_| !identical);
        for segment in std::iter::once(hypothesis).chain(others) {
            let start = text::append(&mut scratch.text, segment, self.options.lowercase);
            self.options.tokenizer.cut(&mut scratch.text, start, &mut scratch.spare, &mut scratch.tokens);
            scratch.ends.push(scratch.tokens.len());
        }
        if identical {
            let length = scratch.tokens.len();
            counts.values[..2].fill(length as u64);
            every(&mut counts.values[2..2 + order], length);
            every(&mut counts.values[2 + order..2 + 2 * order], length);
            return counts;
        }
        scratch.number_words();
        let Scratch { words, ends, distinct, shared, tree, .. } = scratch;
        let segment = |index| &words[Scratch::segment(words, ends, index)];
        let hypothesis = segment(0);
        let mut nearest = segment(1).len();
        for index in 2..=references.len() {
            let length = segment(index).len();
            let distance = |length: usize| (hypothesis.len().abs_diff(length), length);
            nearest = if distance(length) < distance(nearest) { length } else { nearest };
        }
        let values = &mut counts.values;
        values[0] = hypothesis.len() as u64;
        values[1] = nearest as u64;
        let matched = &mut values[2..2 + order];
        if references.len() > 1 || !shared.matches(hypothesis, segment(1), *distinct, matched) {
            tree.start(words.len() - hypothesis.len(), order);
            tree.first(segment(1));
            for index in 2..=references.len() {
                tree.further(segment(index));
            }
            tree.matches(hypothesis, |order| matched[order] += 1);
        }
        every(&mut values[2 + order..2 + 2 * order], hypothesis.len());
        counts
    }

    /// The score of summed counts.
    #[must_use]
    pub fn score(&self, counts: &Counts) -> f64 {
        self.compute(counts, self.options.effective_order, |_, _| ())
    }

    /// The score of one pair, with the effective order whatever the options say, as `sacrebleu.sentence_bleu` has it.
    #[must_use]
    pub fn sentence_score(&self, counts: &Counts) -> f64 {
        self.compute(counts, true, |_, _| ())
    }

    /// The score of summed counts with its parts.
    #[must_use]
    pub fn detail(&self, counts: &Counts) -> BleuDetail {
        let mut precisions = vec![0.0; self.options.max_order];
        let score = self.compute(counts, self.options.effective_order, |n, precision| precisions[n] = precision);
        BleuDetail {
            score,
            precisions,
            brevity_penalty: brevity_penalty(counts),
            hypothesis_length: counts.at(0),
            reference_length: counts.at(1),
        }
    }

    /// The geometric mean of the precisions times the brevity penalty, in sacreBLEU's order of operations.
    fn compute(&self, counts: &Counts, effective: bool, mut tell: impl FnMut(usize, f64)) -> f64 {
        let order = self.options.max_order;
        if (0..order).all(|n| counts.at(2 + n) == 0) {
            return 0.0;
        }
        let mut precisions = [0.0; MAX_ORDER];
        let mut orders = order;
        let mut share = 1.0;
        for (n, precision) in precisions[..order].iter_mut().enumerate() {
            let (mut matched, mut total) = (counts.at(2 + n) as f64, counts.at(2 + order + n) as f64);
            if let (Smoothing::AddK(k), true) = (self.options.smoothing, n > 0) {
                matched += k;
                total += k;
            }
            if total == 0.0 {
                break;
            }
            if effective {
                orders = n + 1;
            }
            *precision = match self.options.smoothing {
                _ if matched > 0.0 => 100.0 * matched / total,
                Smoothing::Exp => {
                    share *= 2.0;
                    100.0 / (share * total)
                }
                Smoothing::Floor(value) => 100.0 * value / total,
                Smoothing::None | Smoothing::AddK(_) => 0.0,
            };
            tell(n, *precision);
        }
        // sacreBLEU's stand-in for the logarithm of 0; the exponential makes it 0 again.
        let log = |precision: f64| if precision == 0.0 { -9_999_999_999.0 } else { precision.ln() };
        let sum = precisions[..orders].iter().fold(0.0, |sum, &precision| sum + log(precision));
        brevity_penalty(counts) * (sum / orders as f64).exp()
    }

    /// How the corpus score was come by.
    #[must_use]
    pub fn signature(&self, references: References) -> Signature {
        let options = &self.options;
        Signature::new(references)
            .with("case", "c", if options.lowercase { "lc" } else { "mixed" })
            .with("eff", "e", yes(options.effective_order))
            .with("tok", "tok", options.tokenizer)
            .with("smooth", "s", options.smoothing)
    }
}

/// exp(1 − r / c) where the hypotheses are shorter than the references.
fn brevity_penalty(counts: &Counts) -> f64 {
    let (hypothesis, reference) = (counts.at(0), counts.at(1));
    if hypothesis >= reference {
        1.0
    } else if hypothesis == 0 {
        0.0
    } else {
        (1.0 - reference as f64 / hypothesis as f64).exp()
    }
}
