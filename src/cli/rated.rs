//! The options of the commands that take ratings.

use super::args::{RuleChoice, Work};
use crate::score::significance::SEED;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// Ratings: JSON Lines, MQM as tab-separated values (Marot), or Pearmut's JSON
    #[arg(value_name = "RATINGS")]
    pub ratings: PathBuf,
    /// Take scores and findings from here, as `score --format jsonl` wrote them, instead of auditing the translations
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rules", "min_confidence"])]
    pub scored: Option<PathBuf>,
    /// What is drawn for the intervals: whole documents, where they are named, or segments
    #[arg(long, value_enum, value_name = "UNIT", default_value = "document")]
    pub resample: UnitOfDraw,
    /// Bootstrap resamples; 0 leaves the intervals out
    #[arg(long, value_name = "N", default_value = "1000", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub resamples: u32,
    /// The seed
    #[arg(long, value_name = "N", default_value_t = SEED)]
    pub seed: u64,
    /// How to print
    #[arg(long, short, value_enum, default_value = "terminal")]
    pub format: RatedFormat,
    /// Decimals in tables; JSON has all
    #[arg(long, value_name = "N", default_value = "2", value_parser = clap::value_parser!(u8).range(0..=15))]
    pub width: u8,
    /// Write here; while at work to FILE.partial
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub rules: RuleChoice,
    #[command(flatten)]
    pub work: Work,
}

#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Ratings, as `evaluate` takes them; each file counts alike
    #[arg(required = true, value_name = "RATINGS")]
    pub ratings: Vec<PathBuf>,
    /// Write the weights here, for --score-model
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
    /// How to print what they are worth
    #[arg(long, short, value_enum, default_value = "terminal")]
    pub format: CalibrateFormat,
    /// Decimals in tables; JSON has all
    #[arg(long, value_name = "N", default_value = "2", value_parser = clap::value_parser!(u8).range(0..=15))]
    pub width: u8,
    #[command(flatten)]
    pub rules: RuleChoice,
    #[command(flatten)]
    pub work: Work,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CalibrateFormat {
    Terminal,
    Json,
}

pub const CALIBRATE_EXAMPLES: &str = "\
Examples:
  fauxami calibrate ratings.jsonl mqm.tsv -o mine.toml
  fauxami audit story.txt --reference human.txt --score-model mine.toml";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RatedFormat {
    Terminal,
    Json,
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UnitOfDraw {
    Document,
    Segment,
}

pub const EVALUATE_EXAMPLES: &str = "\
Examples:
  fauxami evaluate mqm.tsv
  fauxami evaluate ratings.jsonl --format markdown
  fauxami evaluate ratings.jsonl --scored other.jsonl --resample segment

JSON Lines: {\"mt\", \"ref\"?, \"src\"?, \"id\"?, \"doc\"?, \"seg\"?, \"system\"?, \"languages\"?} and one of \"score\" (higher is
better), \"mqm\" (penalty points, lower is better), \"raters\": {NAME: [{\"start\", \"end\", \"category\", \"severity\"}]}, or \"perturbed\"
and \"perturbation\" (the same translation with a planted fault, and its kind). docs/scores.md has more.";
