//! The registry of formats: what `audit`, `score` and `diff` can print. The command line, its help and its errors derive from it.

use super::diff::ToldDiff;
use super::gallery::Gallery;
use super::model::{CorpusView, DocumentView};
use super::systems::SystemsView;
use super::{annotations, html, json, junit, markdown, marot, pearmut, sarif, systems, terminal, tsv};
use crate::audit::{PairAudit, StoryAudit};
use crate::config::Severity;
use crate::error::Error;
use crate::read::{Pair, RowId};
use std::collections::BTreeMap;

/// A format: its name, and how each kind of report is made in it. What it has no function for, it cannot be asked for.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// As `--format` names it.
    pub name: &'static str,
    /// A few words for the help.
    pub summary: &'static str,
    /// Whether it has colours, which are stripped where they are not wanted.
    pub styled: bool,
    /// Audited stories.
    pub stories: Option<Stories>,
    /// A corpus of one system.
    pub corpus: Option<Corpus>,
    /// Systems side by side, with so many decimals.
    pub systems: Option<fn(&SystemsView, usize) -> String>,
    /// Translations side by side.
    pub diffs: Option<Diffs>,
}

/// How stories are written: head, stories with `gap` between them, tail.
#[derive(Clone, Copy, Debug)]
pub struct Stories {
    /// What stands before the first story.
    pub head: fn(&Overview) -> String,
    /// A story; called on the threads that audit.
    pub story: fn(&ToldStory<'_>) -> String,
    /// What stands between two stories of which something is written.
    pub gap: &'static str,
    /// What stands after the last.
    pub tail: fn(&Overview) -> String,
    /// Whether the head speaks of all stories: they are then held until the last is known.
    pub overview: bool,
}

/// How translations side by side are written: all pairs of them at once.
pub type Diffs = fn(&[ToldDiff<'_>]) -> String;

/// How a corpus of one system is written.
#[derive(Clone, Copy, Debug)]
pub struct Corpus {
    /// What becomes of its rows.
    pub rows: Rows,
    /// The figures of the whole; without a function they go to standard error in one line.
    pub figures: Option<fn(&ToldCorpus<'_>) -> String>,
}

/// What is made of a row, on the threads that audit.
pub type Row = fn(&RowId, std::result::Result<(&Pair, &PairAudit), &Error>) -> String;

/// How rows are written: head, rows with `gap` between those of which something is written, tail.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// What stands before the first row.
    pub head: &'static str,
    /// A row.
    pub row: Row,
    /// What stands between two rows.
    pub gap: &'static str,
    /// What stands after the last.
    pub tail: &'static str,
}

impl Written {
    /// Lines after a head.
    #[must_use]
    pub const fn lines(head: &'static str, row: Row) -> Self {
        Self { head, row, gap: "", tail: "" }
    }
}

/// What becomes of the rows of a corpus.
#[derive(Clone, Copy, Debug)]
pub enum Rows {
    /// They are only summed up.
    Summed,
    /// Each is written in its turn.
    Written(Written),
    /// The worst are kept for the figures ([`Gallery`]).
    Kept(Row),
}

/// All that is known of an audited story.
#[derive(Clone, Copy, Debug)]
pub struct ToldStory<'a> {
    /// 0-based place among the stories asked for.
    pub index: usize,
    /// Its path as the user gave it.
    pub path: &'a str,
    /// What was found.
    pub audit: &'a StoryAudit,
    /// Its text.
    pub text: &'a str,
    /// The text of its reference.
    pub reference: Option<&'a str>,
    /// Columns of the terminal.
    pub columns: usize,
    /// Whether to say what the score is lost to, where that is not always said.
    pub explain: bool,
    /// Least severity that makes the exit status 1.
    pub fail_on: Option<Severity>,
    /// Score below which the exit status is 1.
    pub min_score: Option<f64>,
}

impl<'a> ToldStory<'a> {
    /// The story in the shape that the JSON has.
    #[must_use]
    pub fn view(&self) -> DocumentView<'a> {
        DocumentView::new(self.path, self.audit, self.text, self.reference)
    }
}

/// A story in a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// 0-based place among the stories asked for.
    pub index: usize,
    /// Its path as the user gave it.
    pub path: String,
    /// Its words.
    pub words: usize,
    /// Its score, 0 to 100.
    pub score: f64,
    /// Findings by severity, least first.
    pub severities: [usize; 4],
    /// Findings by rule.
    pub rules: BTreeMap<&'static str, usize>,
}

impl Line {
    /// The line of a story.
    #[must_use]
    pub fn new(told: &ToldStory<'_>) -> Self {
        let (mut severities, mut rules) = ([0; 4], BTreeMap::new());
        for finding in told.audit.passages.iter().flat_map(|passage| &passage.findings) {
            severities[finding.severity as usize] += 1;
            *rules.entry(finding.rule).or_default() += 1;
        }
        let (words, score) = (told.audit.words, told.audit.score + 0.0);
        Self { index: told.index, path: told.path.to_owned(), words, score, severities, rules }
    }

    /// All findings.
    #[must_use]
    pub fn findings(&self) -> usize {
        self.severities.iter().sum()
    }

    /// The gravest severity found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        Severity::ALL.into_iter().rev().find(|severity| self.severities[*severity as usize] > 0)
    }
}

/// The stories so far, or all of them.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// In the order asked for; without those that could not be read.
    pub stories: Vec<Line>,
}

impl Overview {
    /// Findings by severity, least first.
    #[must_use]
    pub fn severities(&self) -> [usize; 4] {
        let mut sums = [0; 4];
        for line in &self.stories {
            sums.iter_mut().zip(line.severities).for_each(|(sum, more)| *sum += more);
        }
        sums
    }

    /// Findings by rule.
    #[must_use]
    pub fn rules(&self) -> BTreeMap<&'static str, usize> {
        let mut sums = BTreeMap::new();
        for (rule, count) in self.stories.iter().flat_map(|line| &line.rules) {
            *sums.entry(*rule).or_default() += count;
        }
        sums
    }
}

/// All that is known of a corpus.
#[derive(Clone, Copy, Debug)]
pub struct ToldCorpus<'a> {
    /// Its name: the path of its pairs or translations.
    pub name: &'a str,
    /// Its figures.
    pub view: &'a CorpusView,
    /// Words of its translations.
    pub words: usize,
    /// Findings by severity, least first.
    pub severities: &'a [usize; 4],
    /// Decimals in tables.
    pub decimals: usize,
    /// How the scores spread, and the worst rows.
    pub gallery: &'a Gallery,
}

/// All formats, in the order in which help names them.
pub const FORMATS: [&Format; 12] = [
    &terminal::FORMAT,
    &json::FORMAT,
    &json::LINES,
    &html::FORMAT,
    &markdown::FORMAT,
    &tsv::FORMAT,
    &sarif::FORMAT,
    &annotations::FORMAT,
    &junit::FORMAT,
    &marot::FORMAT,
    &pearmut::FORMAT,
    &systems::LATEX,
];

/// The format of that name.
///
/// ```
/// assert!(fauxami::report::format("sarif").is_some_and(|format| format.stories.is_some()));
/// ```
#[must_use]
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.into_iter().find(|format| format.name == name)
}
