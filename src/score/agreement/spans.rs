//! Spans that we flag against spans that raters marked, character by character.

use super::{Form, Tally};
use std::collections::BTreeMap;

/// One of our findings.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// Its rule.
    pub rule: String,
    /// Whether it is major or critical.
    pub strong: bool,
    /// How likely it is said to be, 0 to 1, if it is.
    pub confidence: Option<f64>,
    /// Where, in code points; an empty span counts as one character.
    pub place: (usize, usize),
}

/// What one rater marked in a translation: for each error its category and its places in code points.
pub type RaterMarks<'a> = Vec<(&'a str, &'a [(usize, usize)])>;

/// A translation with the spans of raters and of us.
#[derive(Clone, Debug, PartialEq)]
pub struct Marked<'a> {
    /// What each rater marked.
    pub raters: Vec<RaterMarks<'a>>,
    /// What we flag.
    pub flags: &'a [Flag],
    /// Its words, parted by white space.
    pub words: usize,
}

/// The counts of all figures of spans.
#[derive(Clone, Debug)]
pub struct SpanTallies {
    units: usize,
    all: [Tally; 8],
    rules: BTreeMap<String, Tally>,
    confidences: BTreeMap<String, Tally>,
    categories: BTreeMap<String, Tally>,
}

const NAMES: [(&str, Form); 8] = [
    ("char-precision", Form::Share),
    ("char-recall", Form::Share),
    ("char-f1", Form::F1),
    ("human-vs-human-char-f1", Form::F1),
    ("flag-precision", Form::Share),
    ("strong-flag-precision", Form::Share),
    ("marked-errors-touched", Form::Share),
    ("flags-per-1000-unmarked-words", Form::Rate),
];

/// Sorted ranges that neither touch nor overlap.
struct Ranges(Vec<(usize, usize)>);

impl Ranges {
    fn new(places: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut all: Vec<_> = places.map(|(start, end)| (start, end.max(start.saturating_add(1)))).collect();
        all.sort_unstable();
        let mut out: Vec<(usize, usize)> = Vec::with_capacity(all.len());
        for (start, end) in all {
            match out.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => out.push((start, end)),
            }
        }
        Self(out)
    }

    fn len(&self) -> u64 {
        self.0.iter().map(|(start, end)| (end - start) as u64).sum()
    }

    /// The characters that both have.
    fn shared(&self, other: &Self) -> u64 {
        let (mut i, mut j, mut sum) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            sum += a.1.min(b.1).saturating_sub(a.0.max(b.0)) as u64;
            if a.1 <= b.1 { i += 1 } else { j += 1 }
        }
        sum
    }
}

impl SpanTallies {
    /// Of nothing yet, for so many units.
    #[must_use]
    pub fn new(units: usize) -> Self {
        let all = NAMES.map(|(_, form)| Tally::new(form, units));
        Self { units, all, rules: BTreeMap::new(), confidences: BTreeMap::new(), categories: BTreeMap::new() }
    }

    /// Adds a translation to a unit. Each rater counts alone; a flag is right if it touches what any rater marked.
    pub fn add(&mut self, unit: u32, row: &Marked<'_>) {
        let ours = Ranges::new(row.flags.iter().map(|flag| flag.place));
        let theirs: Vec<Ranges> =
            row.raters.iter().map(|errors| Ranges::new(errors.iter().flat_map(|e| e.1).copied())).collect();
        let mut compare = |at: usize, a: &Ranges, b: &Ranges| {
            let counts = [a.shared(b), a.len(), b.len()];
            match at {
                0 => {
                    self.all[0].add(unit, [counts[0], counts[1], 0]);
                    self.all[1].add(unit, [counts[0], counts[2], 0]);
                    self.all[2].add(unit, counts);
                }
                at => self.all[at].add(unit, counts),
            }
        };
        for (at, own) in theirs.iter().enumerate() {
            compare(0, &ours, own);
            for (_, other) in theirs.iter().enumerate().filter(|(other, _)| *other != at) {
                compare(3, own, other);
            }
        }
        let union = Ranges::new(theirs.iter().flat_map(|own| own.0.iter().copied()));
        for flag in row.flags {
            let hit = u64::from(Ranges::new(std::iter::once(flag.place)).shared(&union) > 0);
            self.all[4].add(unit, [hit, 1, 0]);
            if flag.strong {
                self.all[5].add(unit, [hit, 1, 0]);
            }
            add(&mut self.rules, &flag.rule, self.units, unit, hit);
            if let Some(confidence) = flag.confidence {
                let tenth = ((confidence * 10.0) as u64).min(9);
                add(&mut self.confidences, &format!("0.{tenth}"), self.units, unit, hit);
            }
        }
        for (category, places) in row.raters.iter().flatten().filter(|(_, places)| !places.is_empty()) {
            let hit = u64::from(Ranges::new(places.iter().copied()).shared(&ours) > 0);
            self.all[6].add(unit, [hit, 1, 0]);
            add(&mut self.categories, category, self.units, unit, hit);
        }
        if !theirs.is_empty() && union.0.is_empty() {
            self.all[7].add(unit, [row.flags.len() as u64, row.words as u64, 0]);
        }
    }

    /// The figures of all spans: precision, recall and F1 by character, F1 of raters against each other, the share of flags that touch what
    /// a rater marked, of strong ones alike, the share of marked errors that a flag touches, and flags in 1,000 words that no rater
    /// marked anything in.
    #[must_use]
    pub fn all(&self) -> Vec<(String, Tally)> {
        NAMES.iter().zip(&self.all).map(|((name, _), tally)| ((*name).to_owned(), tally.clone())).collect()
    }

    /// For each rule the share of its flags that touch what a rater marked; most flags first.
    #[must_use]
    pub fn rules(&self) -> Vec<(String, Tally)> {
        sorted(&self.rules)
    }

    /// The same for the flags of each tenth of confidence, the least first, by the tenth's lower end: where confidences keep their word,
    /// of those from 0.8 to 0.9 about 85 in 100.
    #[must_use]
    pub fn confidences(&self) -> Vec<(String, Tally)> {
        self.confidences.iter().map(|(tenth, tally)| (tenth.clone(), tally.clone())).collect()
    }

    /// For each category the share of its errors that a flag touches; most errors first.
    #[must_use]
    pub fn categories(&self) -> Vec<(String, Tally)> {
        sorted(&self.categories)
    }
}

fn add(tallies: &mut BTreeMap<String, Tally>, name: &str, units: usize, unit: u32, hit: u64) {
    if !tallies.contains_key(name) {
        tallies.insert(name.to_owned(), Tally::new(Form::Share, units));
    }
    if let Some(tally) = tallies.get_mut(name) {
        tally.add(unit, [hit, 1, 0]);
    }
}

fn sorted(tallies: &BTreeMap<String, Tally>) -> Vec<(String, Tally)> {
    let mut all: Vec<_> = tallies.iter().map(|(name, tally)| (name.clone(), tally.clone())).collect();
    all.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.of()));
    all
}
