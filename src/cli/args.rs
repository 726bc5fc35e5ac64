//! The command line as it is written. Nothing is checked here beyond its form.

use super::options::{MetricArgs, SignificanceArgs};
use super::rated::{CALIBRATE_EXAMPLES, CalibrateArgs, EVALUATE_EXAMPLES, EvaluateArgs};
use crate::report::{FORMATS, Format};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{ArgAction, Args, ColorChoice, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Audits machine-translated news: finds what reads translated, says why, offers a repair, and scores it.
#[derive(Debug, Parser)]
#[command(name = "fauxami", version, max_term_width = 100, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Args)]
pub struct Global {
    /// Read this configuration instead of the nearest fauxami.toml above the working folder
    #[arg(long, value_name = "FILE", global = true, display_order = 100)]
    pub config: Option<PathBuf>,
    /// Colour the output [auto: on a terminal, unless NO_COLOR is set]
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        global = true,
        display_order = 101,
        hide_default_value = true
    )]
    pub color: ColorChoice,
    /// Do not show what is longer than the screen through $PAGER [default: less]
    #[arg(long, global = true, display_order = 102)]
    pub no_pager: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit stories in plain text, alone or against a reference
    #[command(after_help = AUDIT_EXAMPLES)]
    Audit(AuditArgs),
    /// Score a corpus of pairs in batch
    #[command(after_help = SCORE_EXAMPLES)]
    Score(Box<ScoreArgs>),
    /// Hold scores and findings against what people said of the same translations
    #[command(after_help = EVALUATE_EXAMPLES)]
    Evaluate(EvaluateArgs),
    /// Fit the weights of the score to ratings
    #[command(after_help = CALIBRATE_EXAMPLES)]
    Calibrate(CalibrateArgs),
    /// Lay two translations of one text side by side: what they tell, word and write differently, and which reads better
    #[command(after_help = "Example:\n  fauxami diff first.txt second.txt --reference human.txt --only facts")]
    Diff(DiffArgs),
    /// Align two texts, or the words of sentence pairs
    #[command(after_help = ALIGN_EXAMPLES)]
    Align(AlignArgs),
    /// List what is checked, or what the lexicon knows
    #[command(after_help = RULES_EXAMPLES)]
    Rules(RulesArgs),
    /// Explain a rule or an entry of the lexicon: what it finds, why, and what to write instead
    Explain(ExplainArgs),
    /// Print completions for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or that of a command
    #[command(after_help = "Example:\n  fauxami man audit | man -l -")]
    Man {
        /// The command
        command: Option<String>,
    },
}

#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Stories in plain text; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A reference translation; give one for each FILE, in the same order
    #[arg(long, short, value_name = "FILE", action = ArgAction::Append)]
    pub reference: Vec<PathBuf>,
    /// The source text; give one for each FILE, in the same order
    #[arg(long, short, value_name = "FILE", action = ArgAction::Append)]
    pub source: Vec<PathBuf>,
    /// How to print
    #[arg(long, short, default_value = "terminal", value_parser = formats(|format| format.stories.is_some()))]
    pub format: String,
    /// Say what the score is lost to, of the story and of each passage
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub known: Known,
    #[command(flatten)]
    pub gate: Gate,
    #[command(flatten)]
    pub rules: RuleChoice,
    #[command(flatten)]
    pub work: Work,
}

#[derive(Debug, Args)]
pub struct Gate {
    /// Exit with status 1 if a finding is at least this grave [default: major; `score`: never]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
    /// Exit with status 1 if a story's or the corpus's score is below N, from 0 to 100
    #[arg(long, value_name = "N", value_parser = percentage)]
    pub min_score: Option<f64>,
}

#[derive(Debug, Args)]
pub struct Known {
    /// Leave out findings that FILE knows, and let them not count for --fail-on
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write what is found in these stories to the --baseline, so that it is known from now on
    #[arg(long, requires = "baseline")]
    pub update_baseline: bool,
}

#[derive(Debug, Default, Args)]
pub struct RuleChoice {
    /// Rules to run, parted by commas: ids, `all`, `none`; `-ID` or `no-ID` switches one off
    #[arg(long, value_name = "LIST", allow_hyphen_values = true)]
    pub rules: Option<String>,
    /// Leave out findings that are less likely to be right than P, from 0 to 1 [default: 0.5; `score`: 0.3, with a reference 0.2]
    #[arg(long, value_name = "P", value_parser = share)]
    pub min_confidence: Option<f64>,
    /// Take the weights of the score from FILE, as `calibrate` writes it
    #[arg(long, value_name = "FILE")]
    pub score_model: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Work {
    /// Threads to work on [default: one a core]
    #[arg(long, short, value_name = "N", default_value = "0", hide_default_value = true, value_parser = threads)]
    pub jobs: usize,
}

#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// Pairs as JSON Lines or TSV, with the fields mt, ref, src, id, doc, system; only mt is needed
    #[arg(long, value_name = "FILE", required_unless_present = "mt", conflicts_with_all = ["mt", "reference", "src"])]
    pub pairs: Option<PathBuf>,
    /// Translations, one a line; may be given again for several systems, of which the first is the baseline
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub mt: Vec<PathBuf>,
    /// References, line by line parallel to --mt; may be given again for several
    #[arg(long = "ref", value_name = "FILE", requires = "mt", action = ArgAction::Append)]
    pub reference: Vec<PathBuf>,
    /// Sources, line by line parallel to --mt
    #[arg(long, value_name = "FILE", requires = "mt")]
    pub src: Option<PathBuf>,
    /// Metrics to count, parted by commas: score, bleu, chrf, chrf++, ter
    #[arg(long, value_name = "LIST", default_value = "score,bleu,chrf,ter")]
    pub metrics: String,
    /// How to print [default: jsonl, for several systems json, on a terminal `terminal`]
    #[arg(long, short, value_parser = formats(|format| format.corpus.is_some() || format.systems.is_some()))]
    pub format: Option<String>,
    /// Decimals in tables; JSON has all
    #[arg(long, value_name = "N", default_value = "2", value_parser = clap::value_parser!(u8).range(0..=15))]
    pub width: u8,
    /// How to write signatures
    #[arg(long, value_enum, default_value = "full")]
    pub signature: SignatureForm,
    /// Write here; while at work to FILE.partial
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Say what the score is lost to, of each pair and of the corpus
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub gate: Gate,
    #[command(flatten)]
    pub rules: RuleChoice,
    #[command(flatten)]
    pub work: Work,
    #[command(flatten)]
    pub significance: SignificanceArgs,
    #[command(flatten)]
    pub options: MetricArgs,
}

#[derive(Debug, Args)]
pub struct AlignArgs {
    /// Two texts; with --words one file of pairs
    #[arg(required = true, num_args = 1..=2, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to align
    #[arg(long, short, value_enum, default_value = "paragraph")]
    pub unit: UnitName,
    /// Align words: FILE has JSON Lines {"id", "a", "b"} of tokens parted by spaces
    #[arg(long, conflicts_with = "unit")]
    pub words: bool,
    /// Learn words from a parallel corpus too: pairs as JSON Lines or TSV (src and mt, or mt and ref); given twice, two
    /// line-parallel files
    #[arg(long, value_name = "FILE", action = ArgAction::Append, conflicts_with = "words")]
    pub lexicon_from: Vec<PathBuf>,
    /// How to print [default: jsonl, on a terminal `terminal`]
    #[arg(long, short, value_enum)]
    pub format: Option<AlignFormat>,
    #[command(flatten)]
    pub work: Work,
}

#[derive(Debug, Args)]
pub struct DiffArgs {
    /// Two translations of one text, or more, which are compared two by two; `-` is standard input
    #[arg(required = true, num_args = 2.., value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A reference translation, which both are held against
    #[arg(long, short, value_name = "FILE")]
    pub reference: Option<PathBuf>,
    /// The source text
    #[arg(long, short, value_name = "FILE")]
    pub source: Option<PathBuf>,
    /// Which differences to show: what is told, what is worded or written otherwise, or both
    #[arg(long, value_enum, default_value = "all")]
    pub only: OnlyName,
    /// One side below the other instead of beside it [default: where there are fewer than 70 columns, and in a pipe]
    #[arg(long)]
    pub unified: bool,
    /// How to print
    #[arg(long, short, default_value = "terminal", value_parser = formats(|format| format.diffs.is_some()))]
    pub format: String,
    #[command(flatten)]
    pub gate: Gate,
    #[command(flatten)]
    pub rules: RuleChoice,
}

#[derive(Debug, Args)]
pub struct RulesArgs {
    /// List the lexicon instead: its entries, or those with QUERY in id, pattern, suggestion, source phrase or reason
    #[arg(long, value_name = "QUERY", num_args = 0..=1, default_missing_value = "")]
    pub lexicon: Option<String>,
    /// Of the lexicon, only entries from this source language, as a two-letter code
    #[arg(long, value_name = "LANG", requires = "lexicon")]
    pub lang: Option<String>,
    /// Of the lexicon, only entries of this kind
    #[arg(long, requires = "lexicon", value_parser = ["calque", "false-friend", "idiom", "officialese", "attribution"])]
    pub kind: Option<String>,
    /// How to print
    #[arg(long, short, value_enum, default_value = "terminal")]
    pub format: RulesFormat,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The id of a rule, or of an entry of the lexicon
    #[arg(value_name = "ID")]
    pub rule: String,
    /// How to print
    #[arg(long, short, value_enum, default_value = "terminal")]
    pub format: ExplainFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OnlyName {
    Facts,
    All,
    Style,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignatureForm {
    Full,
    Short,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AlignFormat {
    Terminal,
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    Terminal,
    Json,
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    Terminal,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UnitName {
    Line,
    Sentence,
    Paragraph,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Never,
    Neutral,
    Minor,
    Major,
    Critical,
}

/// The formats of a command, as the registry has them.
fn formats(can: impl Fn(&Format) -> bool) -> PossibleValuesParser {
    let formats = FORMATS.into_iter().filter(|format| can(format));
    formats.map(|format| PossibleValue::new(format.name).help(format.summary)).collect::<Vec<_>>().into()
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(number) if number <= 256 => Ok(number),
        _ => Err("expected a number from 1 to 256".to_owned()),
    }
}

fn percentage(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=100.0).contains(&number) => Ok(number),
        _ => Err("expected a number from 0 to 100".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}

const EXAMPLES: &str = "\
Examples:
  fauxami audit story.txt                         what reads translated, and what to write instead
  fauxami audit story.txt --reference human.txt   also what the translation lost, added or changed
  fauxami score --pairs corpus.jsonl > out.jsonl  a line a pair, the corpus's figures on standard error
  fauxami explain tense-drift                     why a rule is there

Exit status: 0 nothing grave, 1 a finding at or above --fail-on or a score under --min-score, 2 trouble.
`-` is standard input. A fauxami.toml in the working folder or above it sets rules, severities and lexicons.";

const AUDIT_EXAMPLES: &str = "\
Examples:
  fauxami audit story.txt
  fauxami audit mt.txt --reference human.txt --source original.txt
  pbpaste | fauxami audit -
  fauxami audit *.txt --format json --fail-on never > findings.json
  fauxami audit story.txt --reference human.txt --format html > story.html
  fauxami audit *.txt --baseline known.jsonl --update-baseline
  fauxami audit story.txt --rules tense-drift,calque
  fauxami audit story.txt --rules -quote-style --min-score 80

A file STORY.fauxami.toml beside a story (story.txt.fauxami.toml) lets findings stand, each entry with a reason:
  [[allow]]
  rule = \"calque\"
  text = \"head of French diplomacy\"
  reason = \"the ministry's own words\"";

const SCORE_EXAMPLES: &str = "\
Examples:
  fauxami score --pairs corpus.jsonl --output scored.jsonl
  fauxami score --mt out.en --ref ref.en --src in.de --format json
  fauxami score --pairs corpus.jsonl --format html --output corpus.html
  fauxami score --mt out.en --ref a.en --ref b.en --rules none --metrics bleu,chrf
  fauxami score --mt base.en --mt new.en --ref ref.en --metrics bleu,chrf --format latex --width 1
  zcat corpus.jsonl.gz | fauxami score --pairs - | jq -c 'select(.score < 50)'

A row that cannot be read becomes {\"id\", \"error\"}, stops nothing, and makes the exit status 2.";

const ALIGN_EXAMPLES: &str = "\
Examples:
  fauxami align mt.txt human.txt
  fauxami align mt.txt human.txt --unit sentence --format jsonl
  fauxami align source.txt mt.txt --unit sentence --lexicon-from corpus.tsv
  fauxami align --words tokens.jsonl

A line a bead: {\"a\": [units of the first], \"b\": [units of the second], \"score\"}, units counted from 0; \"score\" is
the probability that it is right, 0 for units alone. \"moved\": true marks a passage that stands elsewhere.";

const RULES_EXAMPLES: &str = "\
Examples:
  fauxami rules
  fauxami rules --lexicon diplomacy
  fauxami rules --lexicon --lang fr --kind idiom --format json";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  fauxami completions bash > ~/.local/share/bash-completion/completions/fauxami
  fauxami completions zsh > \"${fpath[1]}/_fauxami\"
  fauxami completions fish > ~/.config/fish/completions/fauxami.fish";
