//! The options of metrics and of significance: as they are written, and as they are meant.

use crate::error::{Error, Result};
use crate::score::Measures;
use crate::score::metrics::{BleuOptions, ChrfOptions, Smoothing, TerOptions, Tokenizer};
use crate::score::significance::{Plan, RESAMPLES, SEED, TRIALS, Test};
use clap::{Args, ValueEnum};

/// By default all are sacreBLEU's; its own names for them are understood, too.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of the metrics, as sacreBLEU has them")]
pub struct MetricArgs {
    /// How BLEU cuts words: 13a, intl, zh, char, none
    #[arg(long, value_name = "NAME", default_value = "13a", alias = "tokenize")]
    pub bleu_tokenize: String,
    /// BLEU ignores case
    #[arg(long, visible_alias = "lowercase")]
    pub bleu_lowercase: bool,
    /// What BLEU takes for a precision of 0: exp, floor, add-k, none
    #[arg(long, value_name = "METHOD", default_value = "exp", alias = "smooth-method")]
    pub bleu_smooth: String,
    /// The value of `floor` [default: 0.1] or `add-k` [default: 1]
    #[arg(long, value_name = "N", alias = "smooth-value")]
    pub bleu_smooth_value: Option<f64>,
    /// BLEU leaves out orders for which the translations are too short
    #[arg(long)]
    pub bleu_effective_order: bool,
    /// The highest order of BLEU's n-grams
    #[arg(long, value_name = "N", default_value = "4")]
    pub bleu_max_order: usize,
    /// The highest order of character n-grams of chrf and chrf++
    #[arg(long, value_name = "N", default_value = "6")]
    pub chrf_char_order: usize,
    /// The highest order of word n-grams of chrf; that of chrf++ is 2
    #[arg(long, value_name = "N", default_value = "0")]
    pub chrf_word_order: usize,
    /// How much more recall weighs than precision in chrf and chrf++
    #[arg(long, value_name = "N", default_value = "2")]
    pub chrf_beta: f64,
    /// chrf and chrf++ ignore case
    #[arg(long)]
    pub chrf_lowercase: bool,
    /// chrf and chrf++ count white space as characters
    #[arg(long)]
    pub chrf_whitespace: bool,
    /// chrf and chrf++ average the F-scores of all orders, with 1e-16 for what is undefined
    #[arg(long)]
    pub chrf_eps_smoothing: bool,
    /// TER heeds case
    #[arg(long)]
    pub ter_case_sensitive: bool,
    /// TER parts Chinese and Japanese characters and drops their punctuation, with the two options below
    #[arg(long)]
    pub ter_asian_support: bool,
    /// TER leaves out punctuation
    #[arg(long)]
    pub ter_no_punct: bool,
    /// TER parts punctuation from words
    #[arg(long)]
    pub ter_normalized: bool,
}

impl MetricArgs {
    /// The metrics with these options.
    ///
    /// # Errors
    /// A name that is unknown or needs what is not built in, or a number out of its range.
    pub fn measures(&self) -> Result<Measures> {
        if self.bleu_smooth_value.is_some() && !matches!(&*self.bleu_smooth, "floor" | "add-k") {
            return Err(Error::usage(format!("--bleu-smooth-value with --bleu-smooth {}", self.bleu_smooth))
                .expected("a value for floor or add-k alone")
                .remedy("choose one of these, or leave the value out"));
        }
        let bleu = BleuOptions {
            tokenizer: Tokenizer::parse(&self.bleu_tokenize)?,
            lowercase: self.bleu_lowercase,
            smoothing: Smoothing::parse(&self.bleu_smooth, self.bleu_smooth_value)?,
            max_order: self.bleu_max_order,
            effective_order: self.bleu_effective_order,
        };
        let chrf = ChrfOptions {
            char_order: self.chrf_char_order,
            word_order: self.chrf_word_order,
            beta: self.chrf_beta,
            lowercase: self.chrf_lowercase,
            whitespace: self.chrf_whitespace,
            eps_smoothing: self.chrf_eps_smoothing,
        };
        let ter = TerOptions {
            normalized: self.ter_normalized,
            no_punct: self.ter_no_punct,
            asian_support: self.ter_asian_support,
            case_sensitive: self.ter_case_sensitive,
        };
        Measures::new(bleu, chrf, ter)
    }
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Options of significance")]
pub struct SignificanceArgs {
    /// How systems are held against the first [default with several --mt: bootstrap]
    #[arg(long, value_enum, value_name = "TEST")]
    pub paired: Option<Paired>,
    /// Estimate 95 % intervals by bootstrap resampling; --paired bootstrap does so anyway
    #[arg(long)]
    pub confidence: bool,
    /// Bootstrap resamples [default: 1000], or trials of randomization [default: 10000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub resamples: Option<u32>,
    /// The seed; the same gives the resamples that sacreBLEU draws with it
    #[arg(long, value_name = "N", default_value_t = SEED)]
    pub seed: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Paired {
    /// Paired bootstrap resampling
    Bootstrap,
    /// Paired approximate randomization
    Randomization,
    /// No test
    None,
}

impl SignificanceArgs {
    /// What is to be estimated for so many systems, if anything.
    ///
    /// # Errors
    /// A test of one system, or a number of resamples of nothing.
    pub fn plan(&self, systems: usize) -> Result<Option<Plan>> {
        let test = match self.paired {
            Some(Paired::Bootstrap) => Some(Test::Bootstrap),
            Some(Paired::Randomization) => Some(Test::Randomization),
            Some(Paired::None) => None,
            None => (systems > 1).then_some(Test::Bootstrap),
        };
        if test.is_some() && systems < 2 {
            return Err(Error::usage("--paired with one system")
                .expected("a second --mt to hold against the first")
                .remedy("use --confidence for the interval of one"));
        }
        if test.is_none() && !self.confidence {
            return match self.resamples {
                Some(_) => Err(Error::usage("--resamples with nothing to resample for")
                    .expected("--confidence, or several --mt with a test")),
                None => Ok(None),
            };
        }
        let number = |default: usize| self.resamples.map_or(default, |number| number as usize);
        let seed = self.seed;
        Ok(Some(match test {
            Some(Test::Randomization) => {
                Plan { test, resamples: if self.confidence { RESAMPLES } else { 0 }, trials: number(TRIALS), seed }
            }
            _ => Plan { test, resamples: number(RESAMPLES), trials: 0, seed },
        }))
    }
}
