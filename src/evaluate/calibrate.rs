//! Weights of the score, fitted to ratings and held against those that the fit has not seen.

use super::{Opinion, Opinions, evaluate};
use crate::error::Result;
use crate::read::{Rating, Verdict};
use crate::score::Weights;
use crate::score::agreement::{Bootstrap, Unit, Units};
use crate::score::calibration::{Agreement, Calibration, Comparison, Held, fit};
use crate::score::passage::{Evidence, score};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Parts that documents are dealt into.
const FOLDS: u32 = 5;
/// How many translations of other segments each is compared with.
const ACROSS: usize = 4;

/// The ratings of a file with what the auditor knows of the translations.
#[derive(Clone, Debug)]
pub struct Rated {
    /// Its name.
    pub file: String,
    /// The ratings.
    pub ratings: Vec<Rating>,
    /// For each rating what is known of its translation, and of the one with a planted fault.
    pub evidence: Vec<(Evidence, Option<Evidence>)>,
}

/// Fits weights to the ratings of `files`, from `start`. The same input gives the same weights.
///
/// Translations of one segment are compared, translations of different segments, and such with a planted fault; each of these
/// forms counts alike, and so does each file.
///
/// # Errors
/// Where a file has penalties and scores: they are on no common scale.
///
/// # Panics
/// Where `evidence` is shorter than `ratings`.
pub fn calibrate(files: &[Rated], start: &Weights) -> Result<Calibration> {
    let tables: Vec<Table> = files.iter().map(Table::new).collect();
    let all = |keep: &dyn Fn(usize, u32) -> bool| {
        let mut evidence = Vec::new();
        let mut comparisons = Vec::new();
        for (at, table) in tables.iter().enumerate() {
            let from = evidence.len();
            evidence.extend_from_slice(&table.evidence);
            let kept = table.comparisons.iter().filter(|(fold, _)| keep(at, *fold)).map(|(_, comparison)| comparison);
            comparisons.extend(kept.map(|c| Comparison { better: c.better + from, worse: c.worse + from, ..*c }));
        }
        fit(&evidence, &comparisons, start)
    };
    let weights = all(&|_, _| true);
    let folds: Vec<Weights> = (0..FOLDS).map(|out| all(&|_, fold| fold != out)).collect();
    let mut agreements = Vec::with_capacity(files.len());
    for (at, (file, table)) in files.iter().zip(&tables).enumerate() {
        let mut values = vec![(Held::Before, table.figures(file, |_| start)?)];
        if table.is_dealt() {
            values.push((Held::OtherDocuments, table.figures(file, |fold| &folds[fold as usize])?));
        }
        if files.len() > 1 {
            let others = all(&|other, _| other != at);
            values.push((Held::OtherFiles, table.figures(file, |_| &others)?));
        }
        values.push((Held::All, table.figures(file, |_| &weights)?));
        // What nothing can be said of is left out.
        let said: Vec<usize> =
            (0..FIGURES.len()).filter(|&k| values.iter().any(|(_, values)| values[k].is_some())).collect();
        agreements.push(Agreement {
            file: file.file.clone(),
            figures: said.iter().map(|&k| FIGURES[k].to_owned()).collect(),
            values: values.into_iter().map(|(held, own)| (held, said.iter().map(|&k| own[k]).collect())).collect(),
        });
    }
    Ok(Calibration { weights, files: agreements })
}

const FIGURES: [&str; 4] = ["kendall", "pairwise", "systems", "ranked"];

/// The comparisons of a file.
struct Table {
    /// Of the translations, then of those with a planted fault.
    evidence: Vec<Evidence>,
    /// The fold that each rating lies in.
    fold: Vec<u32>,
    /// The fold and what is compared in it; their weights add up to 1 if there are any.
    comparisons: Vec<(u32, Comparison)>,
}

impl Table {
    fn new(file: &Rated) -> Self {
        let ratings = &file.ratings;
        let keys = ratings.iter().map(|own| (own.languages.as_str(), own.pair.doc.as_deref(), own.segment.as_str()));
        let units = Units::new(keys, Unit::Document);
        let fold: Vec<u32> = units.of.iter().map(|unit| unit % FOLDS).collect();
        let mut evidence: Vec<Evidence> = file.evidence.iter().map(|own| own.0).collect();
        let gold: Vec<Option<f64>> =
            ratings.iter().map(|own| own.verdict.map(|verdict: Verdict| verdict.value())).collect();
        let ordered = |a: usize, b: usize| {
            let (x, y) = (gold[a]?, gold[b]?);
            (x != y).then_some(if x > y { (a, b) } else { (b, a) })
        };

        let mut segments: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut languages: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, own) in ratings.iter().enumerate().filter(|(at, _)| gold[*at].is_some()) {
            segments
                .entry((own.languages.as_str(), own.pair.doc.as_deref(), own.segment.as_str()))
                .or_default()
                .push(at);
            languages.entry(&own.languages).or_default().push(at);
        }
        let mut within = Vec::new();
        for rows in segments.values() {
            for (k, a) in rows.iter().enumerate() {
                within.extend(rows[k + 1..].iter().filter_map(|b| ordered(*a, *b)));
            }
        }
        // All pairs would be too many: each is compared with a few at set distances, in one fold, so that none knows another.
        let mut across = Vec::new();
        for rows in languages.values() {
            for own in 0..FOLDS {
                let rows: Vec<usize> = rows.iter().copied().filter(|at| fold[*at] == own).collect();
                for distance in (1..=ACROSS).map(|k| k * rows.len() / (ACROSS + 1) + 1) {
                    let partner = |k: usize| rows[(k + distance) % rows.len()];
                    across.extend((0..rows.len()).filter_map(|k| ordered(rows[k], partner(k))));
                }
            }
        }
        let mut planted: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, (own, (_, changed))) in ratings.iter().zip(&file.evidence).enumerate() {
            let (Some(fault), Some(wanted), Some(changed)) = (&own.planted, own.wanted(), changed) else { continue };
            let pairs = planted.entry(&fault.kind).or_default();
            match wanted {
                Ordering::Greater => pairs.push((at, evidence.len())),
                Ordering::Less => pairs.push((evidence.len(), at)),
                Ordering::Equal => continue,
            }
            evidence.push(*changed);
        }
        let kinds = planted.len().max(1) as f64;
        let forms =
            usize::from(!within.is_empty()) + usize::from(!across.is_empty()) + usize::from(!planted.is_empty());
        let mut comparisons = Vec::new();
        let mut add = |pairs: Vec<(usize, usize)>, share: f64| {
            let weight = share / forms.max(1) as f64 / pairs.len().max(1) as f64;
            // Of two of which one has a planted fault, the other's fold.
            let compared =
                |(better, worse): (usize, usize)| (fold[better.min(worse)], Comparison { better, worse, weight });
            comparisons.extend(pairs.into_iter().map(compared));
        };
        add(within, 1.0);
        add(across, 1.0);
        for pairs in planted.into_values() {
            add(pairs, 1.0 / kinds);
        }
        Self { evidence, fold, comparisons }
    }

    /// Whether there are documents in more than one fold.
    fn is_dealt(&self) -> bool {
        self.fold.iter().any(|fold| Some(fold) != self.fold.first())
    }

    /// The figures of [`FIGURES`] where the ratings of each fold are scored with its own weights.
    fn figures<'w>(&self, file: &Rated, weights: impl Fn(u32) -> &'w Weights) -> Result<Vec<Option<f64>>> {
        let opinion = |own: &Evidence, fold| Opinion { score: score(own, weights(fold)), flags: Vec::new() };
        let opinions: Vec<Opinions> = file
            .evidence
            .iter()
            .zip(&self.fold)
            .map(|((own, planted), &fold)| Opinions {
                own: opinion(own, fold),
                planted: planted.as_ref().map(|planted| opinion(planted, fold)),
            })
            .collect();
        let found = evaluate(&file.ratings, &opinions, Bootstrap { unit: Unit::Document, resamples: 0, seed: 0 })?;
        let all = || found.agreement.iter().chain(&found.planted);
        Ok(FIGURES
            .iter()
            .map(|name| all().find(|figure| figure.name == *name).and_then(|figure| figure.value))
            .collect())
    }
}
