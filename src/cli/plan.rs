//! The command line, checked: what is to be done, with nothing left to doubt.

use super::args::{
    AlignArgs, AlignFormat, AuditArgs, DiffArgs, FailOn, Gate, Global, Known, OnlyName, RuleChoice, ScoreArgs,
    SignatureForm, UnitName,
};
use super::files;
use super::rated::{CalibrateArgs, CalibrateFormat, EvaluateArgs, RatedFormat, UnitOfDraw};
use crate::align::Unit;
use crate::config::{Config, Severity};
use crate::detect::{Lexicon, Rule, registry};
use crate::error::{Error, Result, nearest};
use crate::report::{self, Diffs, FORMATS, Format, Only, Stories};
use crate::score::agreement::{self, Bootstrap};
use crate::score::significance::Plan;
use crate::score::{Measures, Metric};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Name of the configuration that is looked for.
const CONFIG: &str = "fauxami.toml";

/// One story and what it is held against.
#[derive(Clone, Debug)]
pub struct Story {
    pub path: PathBuf,
    pub reference: Option<PathBuf>,
    pub source: Option<PathBuf>,
}

#[derive(Debug)]
pub struct Audit {
    pub config: Config,
    pub stories: Vec<Story>,
    pub stories_as: Stories,
    pub styled: bool,
    /// A file of known findings, and whether it is to be written.
    pub baseline: Option<(PathBuf, bool)>,
    pub explain: bool,
    pub limits: Thresholds,
    pub jobs: usize,
}

/// What makes the exit status 1.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    pub severity: Option<Severity>,
    pub score: Option<f64>,
}

impl Thresholds {
    /// Whether a story or corpus with this gravest finding and this score is over one.
    pub fn exceeded(&self, worst: Option<Severity>, score: Option<f64>) -> bool {
        let grave = worst.zip(self.severity).is_some_and(|(worst, limit)| worst >= limit);
        grave || score.zip(self.score).is_some_and(|(score, least)| score < least)
    }
}

#[derive(Debug)]
pub struct Score {
    pub config: Config,
    pub input: Corpus,
    pub metrics: Vec<Metric>,
    pub measures: Measures,
    /// What is estimated of intervals and differences, if anything.
    pub resampling: Option<Plan>,
    pub format: &'static Format,
    /// Decimals in tables.
    pub decimals: usize,
    /// Whether signatures are written with short keys.
    pub short: bool,
    pub output: Option<PathBuf>,
    pub explain: bool,
    pub limits: Thresholds,
    pub jobs: usize,
}

/// Where a corpus comes from.
#[derive(Debug)]
pub enum Corpus {
    Pairs(PathBuf),
    /// One or more systems.
    Parallel {
        mt: Vec<PathBuf>,
        refs: Vec<PathBuf>,
        src: Option<PathBuf>,
    },
}

impl Corpus {
    /// What it is called in reports.
    pub fn name(&self) -> String {
        match self {
            Self::Pairs(path) => files::name(path),
            Self::Parallel { mt, .. } => mt.iter().map(|path| files::name(path)).collect::<Vec<_>>().join(", "),
        }
    }

    /// How many systems there are.
    pub fn systems(&self) -> usize {
        match self {
            Self::Pairs(_) => 1,
            Self::Parallel { mt, .. } => mt.len(),
        }
    }
}

#[derive(Debug)]
pub enum Align {
    Texts { a: PathBuf, b: PathBuf, unit: Unit, lexicon: Vec<PathBuf>, format: AlignFormat },
    Words { file: PathBuf, jobs: usize },
}

#[derive(Debug)]
pub struct Diff {
    pub config: Config,
    pub files: Vec<PathBuf>,
    pub reference: Option<PathBuf>,
    pub source: Option<PathBuf>,
    pub only: Only,
    pub unified: bool,
    pub diffs_as: Diffs,
    pub styled: bool,
    pub limits: Thresholds,
}

#[derive(Debug)]
pub struct Evaluate {
    pub config: Config,
    pub ratings: PathBuf,
    /// What was scored before, if it was.
    pub scored: Option<PathBuf>,
    pub bootstrap: Bootstrap,
    pub format: RatedFormat,
    /// Decimals in tables.
    pub decimals: usize,
    pub output: Option<PathBuf>,
    pub jobs: usize,
}

#[derive(Debug)]
pub struct Calibrate {
    pub config: Config,
    pub ratings: Vec<PathBuf>,
    /// Where the weights go.
    pub output: PathBuf,
    pub format: CalibrateFormat,
    /// Decimals in tables.
    pub decimals: usize,
    pub jobs: usize,
}

/// Least confidence of the findings that `audit` reports where nothing else is said.
const AUDIT_CONFIDENCE: f64 = 0.5;

pub fn audit(global: &Global, args: AuditArgs) -> Result<Audit> {
    let AuditArgs { files, reference, source, format, explain, known, gate, rules, work } = args;
    one_standard_input(files.iter().chain(&reference).chain(&source))?;
    for (flag, given) in [("--reference", &reference), ("--source", &source)] {
        if !given.is_empty() && given.len() != files.len() {
            let found = format!("{} for {}", plural(given.len(), flag), plural(files.len(), "story"));
            return Err(Error::usage(found)
                .expected(format!("one {flag} for each FILE, in the same order, or none"))
                .remedy("audit the stories one by one, or give the others theirs"));
        }
    }
    let mut references = reference.into_iter();
    let mut sources = source.into_iter();
    let stories =
        files.into_iter().map(|path| Story { path, reference: references.next(), source: sources.next() }).collect();
    let mut config = configuration(global, &rules)?;
    // An editor reads every finding; a corpus only counts them.
    config.min_confidence = config.min_confidence.or(Some(AUDIT_CONFIDENCE));
    let limits = thresholds(&gate, &config, Some(Severity::Major));
    let format = the_format(&format)?;
    let stories_as = format.stories.ok_or_else(|| no_such(format, "stories", |other| other.stories.is_some()))?;
    let Known { baseline, update_baseline } = known;
    let baseline = baseline.map(|path| (path, update_baseline));
    Ok(Audit { config, stories, stories_as, styled: format.styled, explain, baseline, limits, jobs: work.jobs })
}

pub fn diff(global: &Global, args: DiffArgs) -> Result<Diff> {
    let DiffArgs { files, reference, source, only, unified, format, gate, rules } = args;
    one_standard_input(files.iter().chain(&reference).chain(&source))?;
    let mut config = configuration(global, &rules)?;
    config.min_confidence = config.min_confidence.or(Some(AUDIT_CONFIDENCE));
    let limits = thresholds(&gate, &config, None);
    let only = match only {
        OnlyName::Facts => Only::Facts,
        OnlyName::All => Only::All,
        OnlyName::Style => Only::Style,
    };
    // A pipe has no columns to fill.
    let unified = unified || !std::io::stdout().is_terminal();
    let format = the_format(&format)?;
    let diffs_as = format.diffs.ok_or_else(|| no_such(format, "translations", |format| format.diffs.is_some()))?;
    Ok(Diff { config, files, reference, source, only, unified, diffs_as, styled: format.styled, limits })
}

fn plural(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}"),
    }
}

pub fn score(global: &Global, args: &ScoreArgs) -> Result<Score> {
    let ScoreArgs { pairs, mt, reference, src, metrics, format, width, signature, output, gate, rules, work, .. } =
        args;
    one_standard_input(pairs.iter().chain(mt).chain(reference).chain(src))?;
    if mt.len() > 1 && reference.iter().chain(src).any(|path| is_standard(path)) {
        return Err(Error::usage("standard input as the reference or source of several systems")
            .expected("a file, since it is read for each system")
            .remedy("write it to a file"));
    }
    let input = match pairs {
        Some(pairs) => Corpus::Pairs(pairs.clone()),
        None => Corpus::Parallel { mt: mt.clone(), refs: reference.clone(), src: src.clone() },
    };
    let output = output.clone().filter(|path| !is_standard(path));
    let several = input.systems() > 1;
    let format = the_format(format.as_deref().unwrap_or_else(|| match several {
        _ if output.is_none() && std::io::stdout().is_terminal() => "terminal",
        true => "json",
        false => "jsonl",
    }))?;
    if several && format.systems.is_none() {
        return Err(no_such(format, "several systems", |other| other.systems.is_some())
            .remedy("or score the systems one by one"));
    }
    let metrics = parse_metrics(metrics)?;
    let mut config = configuration(global, rules)?;
    let limits = thresholds(gate, &config, None);
    if several && !metrics.contains(&Metric::Score) && limits.severity.is_none() {
        // Nothing of what they find would be shown.
        config.only = Some(Vec::new());
    }
    Ok(Score {
        measures: args.options.measures()?,
        resampling: args.significance.plan(input.systems())?,
        decimals: usize::from(*width),
        short: *signature == SignatureForm::Short,
        explain: args.explain,
        jobs: work.jobs,
        config,
        input,
        metrics,
        format,
        output,
        limits,
    })
}

pub fn evaluate(global: &Global, args: EvaluateArgs) -> Result<Evaluate> {
    let EvaluateArgs { ratings, scored, resample, resamples, seed, format, width, output, rules, work } = args;
    one_standard_input(std::iter::once(&ratings).chain(&scored))?;
    let unit = match resample {
        UnitOfDraw::Document => agreement::Unit::Document,
        UnitOfDraw::Segment => agreement::Unit::Segment,
    };
    Ok(Evaluate {
        config: configuration(global, &rules)?,
        ratings,
        scored,
        bootstrap: Bootstrap { unit, resamples: resamples as usize, seed },
        format,
        decimals: usize::from(width),
        output: output.filter(|path| !is_standard(path)),
        jobs: work.jobs,
    })
}

pub fn calibrate(global: &Global, args: CalibrateArgs) -> Result<Calibrate> {
    let CalibrateArgs { ratings, output, format, width, rules, work } = args;
    one_standard_input(ratings.iter())?;
    if is_standard(&output) {
        return Err(Error::usage("--output is `-`")
            .expected("a file: what the weights are worth goes to standard output")
            .remedy("name one, and give it to --score-model"));
    }
    Ok(Calibrate {
        config: configuration(global, &rules)?,
        ratings,
        output,
        format,
        decimals: usize::from(width),
        jobs: work.jobs,
    })
}

pub fn align(args: AlignArgs) -> Result<Align> {
    let AlignArgs { files, unit, words, lexicon_from: lexicon, format, work } = args;
    one_standard_input(files.iter().chain(&lexicon))?;
    if lexicon.len() > 2 {
        return Err(Error::usage(format!("{} files with --lexicon-from", lexicon.len()))
            .expected("one file of pairs, or two line-parallel files")
            .remedy("join the corpora into one file"));
    }
    let mut files = files.into_iter();
    match (files.next(), files.next(), words) {
        (Some(file), None, true) if format != Some(AlignFormat::Terminal) => Ok(Align::Words { file, jobs: work.jobs }),
        (Some(_), None, true) => Err(Error::usage("--words prints JSON Lines only").remedy("leave --format out")),
        (Some(a), Some(b), false) => {
            let unit = match unit {
                UnitName::Line => Unit::Line,
                UnitName::Sentence => Unit::Sentence,
                UnitName::Paragraph => Unit::Paragraph,
            };
            let terminal = || if std::io::stdout().is_terminal() { AlignFormat::Terminal } else { AlignFormat::Jsonl };
            Ok(Align::Texts { a, b, unit, lexicon, format: format.unwrap_or_else(terminal) })
        }
        (_, _, true) => Err(Error::usage("two files with --words")
            .expected("one file of JSON Lines {\"id\", \"a\", \"b\"}")
            .remedy("leave out --words to align two texts")),
        (_, _, false) => Err(Error::usage("one file")
            .expected("two texts to align")
            .remedy("name the second, or use --words for a file of pairs")),
    }
}

/// The format of that name.
fn the_format(name: &str) -> Result<&'static Format> {
    report::format(name).ok_or_else(|| Error::usage(format!("unknown format `{name}`")).expected(names(|_| true)))
}

/// An error that names the formats that can do what this one cannot.
fn no_such(format: &Format, what: &str, can: impl Fn(&Format) -> bool) -> Error {
    Error::usage(format!("--format {} for {what}", format.name)).expected(names(can))
}

fn names(can: impl Fn(&Format) -> bool) -> String {
    FORMATS.into_iter().filter(|format| can(format)).map(|format| format.name).collect::<Vec<_>>().join(", ")
}

/// Whether the path means standard input or output.
pub fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn one_standard_input<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Result<()> {
    if paths.filter(|path| is_standard(path)).count() > 1 {
        return Err(Error::usage("standard input is named more than once")
            .expected("`-` once at most")
            .remedy("write one of the inputs to a file"));
    }
    Ok(())
}

fn thresholds(gate: &Gate, config: &Config, default: Option<Severity>) -> Thresholds {
    let severity = match gate.fail_on {
        Some(FailOn::Never) => None,
        Some(FailOn::Neutral) => Some(Severity::Neutral),
        Some(FailOn::Minor) => Some(Severity::Minor),
        Some(FailOn::Major) => Some(Severity::Major),
        Some(FailOn::Critical) => Some(Severity::Critical),
        None => config.fail_on.or(default),
    };
    Thresholds { severity, score: gate.min_score.or(config.min_score) }
}

fn configuration(global: &Global, choice: &RuleChoice) -> Result<Config> {
    let path = match &global.config {
        Some(path) => Some(path.clone()),
        None => nearest_config()?,
    };
    let mut config = match path {
        Some(path) => read_config(&path)?,
        None => Config::default(),
    };
    if let Some(list) = &choice.rules {
        choose_rules(&mut config, list)?;
    }
    config.min_confidence = choice.min_confidence.or(config.min_confidence);
    config.score_model = choice.score_model.clone().or(config.score_model);
    Ok(config)
}

/// The lexicon that the configuration gives.
pub fn lexicon(global: &Global) -> Result<std::sync::Arc<Lexicon>> {
    Lexicon::for_config(&configuration(global, &RuleChoice::default())?)
}

fn nearest_config() -> Result<Option<PathBuf>> {
    let here = std::env::current_dir().map_err(|error| Error::io(Path::new("."), &error))?;
    Ok(here.ancestors().map(|folder| folder.join(CONFIG)).find(|path| path.is_file()))
}

fn read_config(path: &Path) -> Result<Config> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| Error::io(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() as u64;
        Error::usage("not UTF-8").file(&name).at(crate::error::Place::Byte(at)).expected("TOML in UTF-8")
    })?;
    let mut config = Config::from_toml(&text, &name)?;
    for id in config.rule_ids() {
        find_rule(id).map_err(|error| error.or_file(&name))?;
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    for file in config.lexicons.iter_mut().chain(&mut config.score_model) {
        *file = folder.join(&*file);
    }
    Ok(config)
}

/// The rule of that id, or an error that names the nearest.
fn find_rule(id: &str) -> Result<&'static Rule> {
    registry::by_id(id).ok_or_else(|| {
        let error = Error::usage(format!("unknown rule `{id}`"));
        match nearest(id, registry::all().iter().map(|rule| rule.id)) {
            Some(near) => error.remedy(format!("did you mean `{near}`?")),
            None => error.remedy("`fauxami rules` lists them all"),
        }
    })
}

/// Applies `--rules` on top of the configuration, from left to right. Ids alone mean these and no others.
fn choose_rules(config: &mut Config, list: &str) -> Result<()> {
    let mut named = false;
    for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let negative = item.strip_prefix('-').or_else(|| item.strip_prefix("no-"));
        if item == "all" {
            config.only = None;
            config.off.clear();
        } else if item == "none" {
            config.only = Some(Vec::new());
        } else if let Some(id) = negative.filter(|_| registry::by_id(item).is_none()) {
            let id = find_rule(id)?.id;
            config.off.push(id.to_owned());
        } else {
            let id = find_rule(item).map_err(|error| error.expected("rule ids, `all` or `none`"))?.id;
            config.off.retain(|off| off != id);
            match &mut config.only {
                Some(only) => only.push(id.to_owned()),
                // After `all`, ids change nothing.
                only @ None if !named && !list.split(',').any(|item| item.trim() == "all") => {
                    *only = Some(vec![id.to_owned()]);
                }
                None => {}
            }
        }
        named = true;
    }
    if named {
        return Ok(());
    }
    Err(Error::usage("--rules is empty").expected("rule ids, `all` or `none`").remedy("use `--rules none` to run none"))
}

fn parse_metrics(list: &str) -> Result<Vec<Metric>> {
    let mut metrics = Vec::new();
    for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let Some(metric) = Metric::parse(name) else {
            let names = Metric::ALL.map(Metric::name);
            let error = Error::usage(format!("unknown metric `{name}`")).expected(names.join(", "));
            return Err(match nearest(name, names) {
                Some(near) => error.remedy(format!("did you mean `{near}`?")),
                None => error.remedy("pick from these"),
            });
        };
        if !metrics.contains(&metric) {
            metrics.push(metric);
        }
    }
    if metrics.is_empty() {
        return Err(Error::usage("--metrics is empty").expected(Metric::ALL.map(Metric::name).join(", ")));
    }
    Ok(metrics)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(list: &str) -> Config {
        let mut config = Config { off: vec!["calque".to_owned()], ..Config::default() };
        choose_rules(&mut config, list).unwrap();
        config
    }

    #[test]
    fn rules_are_chosen_from_left_to_right() {
        assert!(!chosen("none").runs("tense-drift"));
        assert!(chosen("all").runs("calque"));
        let only = chosen("tense-drift, calque");
        assert!(only.runs("tense-drift") && only.runs("calque") && !only.runs("repeated-word"));
        let less = chosen("-tense-drift");
        assert!(!less.runs("tense-drift") && !less.runs("calque") && less.runs("repeated-word"));
        let all_but = chosen("all,no-repeated-word");
        assert!(!all_but.runs("repeated-word") && all_but.runs("calque"));
        let some = chosen("-tense-drift,repeated-word");
        assert!(!some.runs("tense-drift") && some.runs("repeated-word"));
    }

    #[test]
    fn metrics_are_named_once_each() {
        assert_eq!(parse_metrics("bleu, chrf++,bleu").unwrap().len(), 2);
        assert!(parse_metrics("blue").unwrap_err().to_string().ends_with("did you mean `bleu`?"));
        assert!(parse_metrics(",").is_err());
    }
}
