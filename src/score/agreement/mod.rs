//! How well scores and flags agree with what people said: correlations, pairwise accuracy, spans, and bootstrap intervals.
//!
//! Kendall's tau is tau-b (Kendall 1945), found in O(n log n) after Knight (1966). Pairwise accuracy compares translations of one
//! segment as the WMT metrics task does (Freitag et al. 2022); with ties it is Deutsch et al.'s (2023) without tie calibration.
//! Intervals are percentiles of resamples of whole documents, or of segments where documents are not named.

mod correlation;
mod resample;
mod spans;
mod tally;

pub use spans::{Flag, Marked, RaterMarks, SpanTallies};
pub use tally::{Form, Tally};

use super::significance::Interval;
use correlation::Correlations;
use resample::resampled;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One translation with what people and we said of it as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged<'a> {
    /// Its languages; correlations are means over them.
    pub languages: &'a str,
    /// Its document, if it is named.
    pub doc: Option<&'a str>,
    /// Its source segment, unique within the document.
    pub segment: &'a str,
    /// The system that made it, if it is named.
    pub system: Option<&'a str>,
    /// What people said; higher is better.
    pub gold: f64,
    /// What we say; higher is better.
    pub score: f64,
}

/// A figure in percent, with its interval.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// Its value, usually −100 to 100; none where nothing can be said.
    pub value: Option<f64>,
    /// Where 95 % of resamples put it; none where nothing was resampled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// How many things it is counted over: translations, pairs, systems, characters, flags.
    pub of: u64,
}

/// What is resampled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Whole documents; segments where no document is named.
    Document,
    /// Segments, with all their translations.
    Segment,
}

/// How intervals are estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Bootstrap {
    /// What is drawn.
    pub unit: Unit,
    /// How often; 0 estimates nothing.
    pub resamples: usize,
    /// The seed.
    pub seed: u64,
}

/// The numbers of what is resampled: a number for each row, counted from 0 in order of appearance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// The unit of each row.
    pub of: Vec<u32>,
    /// How many there are.
    pub count: usize,
    /// Whether any row names its document.
    pub documents: bool,
}

impl Units {
    /// Of rows given as languages, document and segment.
    #[must_use]
    pub fn new<'a>(rows: impl Iterator<Item = (&'a str, Option<&'a str>, &'a str)>, unit: Unit) -> Self {
        let mut known = BTreeMap::new();
        let mut units = Self::default();
        for (languages, doc, segment) in rows {
            units.documents |= doc.is_some();
            let whole = unit == Unit::Document && doc.is_some();
            let key = (languages, doc, if whole { None } else { Some(segment) });
            let next = known.len() as u32;
            units.of.push(*known.entry(key).or_insert(next));
        }
        units.count = known.len();
        units
    }
}

/// All that is found of how scores and flags agree with people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// Ratings that were evaluated.
    pub ratings: usize,
    /// Rows that could not be read, or that nothing was said of.
    pub unread: usize,
    /// Documents or segments that are drawn.
    pub units: usize,
    /// Whether documents are drawn, not segments.
    #[serde(skip)]
    pub documents: bool,
    /// How intervals were estimated.
    pub bootstrap: Bootstrap,
    /// Correlations and accuracies of scores ([`agreement`]); empty where nobody rated a translation as a whole.
    pub agreement: Vec<Figure>,
    /// Spans ([`SpanTallies::all`]); empty where nobody marked any.
    pub spans: Vec<Figure>,
    /// For each rule the share of its flags that touch what a rater marked.
    pub rules: Vec<Figure>,
    /// The same for the flags of each tenth of confidence ([`SpanTallies::confidences`]).
    pub confidences: Vec<Figure>,
    /// For each of the raters' categories the share of its errors that a flag touches.
    pub categories: Vec<Figure>,
    /// Planted faults: the share of pairs ranked right, first the mean of all kinds, then by kind; empty where none was planted.
    pub planted: Vec<Figure>,
}

/// Names and numbers of what was given, in order of their names.
pub(super) fn numbered<K: Ord + Copy>(keys: impl Iterator<Item = K> + Clone) -> (Vec<u32>, usize) {
    let names: BTreeSet<K> = keys.clone().collect();
    let places: BTreeMap<K, u32> = names.into_iter().zip(0..).collect();
    (keys.map(|key| places[&key]).collect(), places.len())
}

/// Correlations and accuracies of scores, in the order `kendall`, `pearson`, `spearman`, `pairwise`, `pairwise-ties`, `systems`;
/// in percent. Correlations are over all translations of one pair of languages, then the mean over these. `units` says which rows are drawn
/// together.
///
/// `pairwise` is the share of pairs of translations of one segment, without those that people rated alike, that are ranked as people ranked
/// them; `pairwise-ties` has the latter too, and calls a tie right where both see one. `systems` is the share of pairs of systems
/// whose mean scores differ as people's do.
///
/// ```
/// use fauxami::score::agreement::{Bootstrap, Judged, Unit, Units, agreement};
/// let row = |segment, system, gold, score| Judged { languages: "", doc: None, segment, system: Some(system), gold, score };
/// let rows = [row("1", "a", -1.0, 80.0), row("1", "b", -5.0, 70.0), row("2", "a", 0.0, 75.0), row("2", "b", -6.0, 78.0)];
/// let units = Units::new(rows.iter().map(|row| (row.languages, row.doc, row.segment)), Unit::Document);
/// let figures = agreement(&rows, &units, Bootstrap { unit: Unit::Document, resamples: 0, seed: 1 });
/// let value = |name: &str| figures.iter().find(|figure| figure.name == name).and_then(|figure| figure.value);
/// assert_eq!(value("pairwise"), Some(50.0));
/// assert_eq!(value("systems"), Some(100.0));
/// ```
#[must_use]
pub fn agreement(rows: &[Judged<'_>], units: &Units, bootstrap: Bootstrap) -> Vec<Figure> {
    let table = Correlations::new(rows, units);
    let whole = vec![1; units.count];
    let values = table.figures(&whole);
    let drawn = resampled(units.count, bootstrap, |weights| table.figures(weights));
    let figure = |(at, name): (usize, &&str)| Figure {
        name: (*name).to_owned(),
        value: values[at],
        interval: Interval::of(drawn.iter().filter_map(|values| values[at]).collect()),
        of: table.of[at],
    };
    NAMES.iter().enumerate().map(figure).collect()
}

const NAMES: [&str; 6] = ["kendall", "pearson", "spearman", "pairwise", "pairwise-ties", "systems"];

/// Shares with their intervals; each of `tallies` counts by the units of `units`.
#[must_use]
pub fn figures(tallies: &[(String, Tally)], units: usize, bootstrap: Bootstrap) -> Vec<Figure> {
    let whole = vec![1; units];
    let drawn = resampled(units, bootstrap, |weights| tallies.iter().map(|(_, tally)| tally.value(weights)).collect());
    let figure = |(at, (name, tally)): (usize, &(String, Tally))| Figure {
        name: name.clone(),
        value: tally.value(&whole),
        interval: Interval::of(drawn.iter().filter_map(|values| values[at]).collect()),
        of: tally.of(),
    };
    tallies.iter().enumerate().map(figure).collect()
}

/// The mean of shares, such as that of all kinds of planted faults.
#[must_use]
pub fn mean_figure(name: &str, tallies: &[(String, Tally)], units: usize, bootstrap: Bootstrap) -> Figure {
    let mean = |weights: &[u32]| -> Option<f64> {
        let values: Vec<f64> = tallies.iter().filter_map(|(_, tally)| tally.value(weights)).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let drawn = resampled(units, bootstrap, |weights| vec![mean(weights)]);
    Figure {
        name: name.to_owned(),
        value: mean(&vec![1; units]),
        interval: Interval::of(drawn.into_iter().filter_map(|values| values[0]).collect()),
        of: tallies.iter().map(|(_, tally)| tally.of()).sum(),
    }
}
