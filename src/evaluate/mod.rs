//! Our scores and findings held against what people said of the same translations.

mod calibrate;

pub use calibrate::{Rated, calibrate};

use crate::audit::{Auditor, PairAudit};
use crate::batch::{self, Limits};
use crate::config::Severity;
use crate::error::{Error, Result};
use crate::read::{Pair, RatedError, Rating, Row, RowId, Scored, Verdict};
use crate::report::Offsets;
use crate::score::Metric;
use crate::score::agreement::{
    Bootstrap, Evaluation, Flag, Form, Judged, Marked, SpanTallies, Tally, Units, agreement, figures, mean_figure,
};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What we say of a translation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opinion {
    /// Its score; higher is better.
    pub score: f64,
    /// What we flag.
    pub flags: Vec<Flag>,
}

/// What we say of a rated translation, and of the same with a planted fault.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opinions {
    /// Of the translation.
    pub own: Opinion,
    /// Of the one with the fault; none where none was planted.
    pub planted: Option<Opinion>,
}

impl Opinion {
    fn new(text: &str, audit: &PairAudit) -> Self {
        let offsets = Offsets::new(text);
        let flag = |finding: &crate::detect::Finding| Flag {
            rule: finding.rule.to_owned(),
            strong: finding.severity >= Severity::Major,
            confidence: Some(f64::from(finding.confidence)),
            place: offsets.chars(finding.span),
        };
        Self { score: audit.score, flags: audit.findings.iter().map(flag).collect() }
    }
}

impl From<&Scored> for Opinion {
    fn from(scored: &Scored) -> Self {
        let flag = |finding: &crate::read::ScoredFinding| Flag {
            rule: finding.rule.clone(),
            strong: finding.severity >= Severity::Major,
            confidence: finding.confidence,
            place: (finding.start, finding.end),
        };
        Self { score: scored.score, flags: scored.findings.iter().map(flag).collect() }
    }
}

/// The translations of the ratings, each different one once, and for each rating the places of its own and of the planted one.
fn texts(ratings: &[Rating]) -> (Vec<Pair>, Vec<(usize, Option<usize>)>) {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut known = FxHashMap::default();
    let mut place = |pair: Pair| {
        let key = (pair.mt.clone(), pair.refs.clone(), pair.src.clone());
        *known.entry(key).or_insert_with(|| {
            pairs.push(pair);
            pairs.len() - 1
        })
    };
    let places = ratings
        .iter()
        .map(|rating| {
            let planted = rating.planted.as_ref();
            let own = place(rating.pair.clone());
            (own, planted.map(|planted| place(Pair { mt: planted.text.clone(), ..rating.pair.clone() })))
        })
        .collect();
    (pairs, places)
}

/// Audits the translations of `ratings`. `make` takes what it needs from each audit; `tick` is called after each.
///
/// # Errors
/// Where no threads can be started, or the auditor fails on a translation.
pub fn audited<T: Clone>(
    ratings: &[Rating],
    auditor: &Auditor,
    limits: Limits,
    make: impl Fn(&Pair, &PairAudit) -> T,
    mut tick: impl FnMut(),
) -> Result<Vec<(T, Option<T>)>> {
    let (pairs, places) = texts(ratings);
    let rows = pairs.clone().into_iter().enumerate();
    let rows = rows.map(|(at, pair)| Ok(Row { id: RowId::Number(at.into()), pair: Ok(pair) }));
    let mut made: Vec<T> = Vec::with_capacity(pairs.len());
    batch::score(
        rows,
        auditor,
        &[Metric::Score],
        limits,
        |_, _| String::new(),
        |scored| -> Result<()> {
            let audit = scored.audit.map_err(Error::clone)?;
            made.push(make(&pairs[made.len()], audit));
            tick();
            Ok(())
        },
    )?;
    Ok(places.into_iter().map(|(own, planted)| (made[own].clone(), planted.map(|at| made[at].clone()))).collect())
}

/// What the auditor says of each rated translation.
///
/// # Errors
/// As [`audited`].
pub fn opinions(ratings: &[Rating], auditor: &Auditor, limits: Limits, tick: impl FnMut()) -> Result<Vec<Opinions>> {
    let all = audited(ratings, auditor, limits, |pair, audit| Opinion::new(&pair.mt, audit), tick)?;
    Ok(all.into_iter().map(|(own, planted)| Opinions { own, planted }).collect())
}

/// Ratings with what we say of them, and the ids that no scored row has.
#[derive(Clone, Debug, Default)]
pub struct Joined {
    /// The ratings that have a row.
    pub ratings: Vec<Rating>,
    /// What their rows say.
    pub opinions: Vec<Opinions>,
    /// The ids of the others.
    pub missing: Vec<String>,
}

/// Joins ratings with rows that were scored before, by id; the row of a planted fault has the id `ID/KIND`.
#[must_use]
pub fn joined(ratings: Vec<Rating>, scored: &[Scored]) -> Joined {
    let rows: FxHashMap<String, &Scored> = scored.iter().map(|row| (row.id.to_string(), row)).collect();
    let mut out = Joined::default();
    for rating in ratings {
        let id = rating.id.to_string();
        let fault = rating.planted.as_ref().map(|planted| format!("{id}/{}", planted.kind));
        let missing = [Some(&id), fault.as_ref()].into_iter().flatten().find(|id| !rows.contains_key(*id));
        if let Some(missing) = missing {
            out.missing.push(missing.clone());
            continue;
        }
        let opinion = |id: &String| rows.get(id).map(|row| Opinion::from(*row));
        let planted = fault.as_ref().and_then(opinion);
        out.opinions.push(Opinions { own: opinion(&id).unwrap_or_default(), planted });
        out.ratings.push(rating);
    }
    out
}

/// Holds what we say against what people said.
///
/// # Errors
/// Where some ratings are penalties and others scores: they are on no common scale.
///
/// ```
/// use fauxami::evaluate::{Opinion, Opinions, evaluate};
/// use fauxami::read::read_ratings;
/// use fauxami::score::agreement::{Bootstrap, Unit};
/// let lines = "{\"seg\": 1, \"system\": \"a\", \"mt\": \"Good.\", \"score\": 90}\n\
///              {\"seg\": 1, \"system\": \"b\", \"mt\": \"Bad.\", \"score\": 20}\n";
/// let ratings = read_ratings(Box::new(lines.as_bytes()), "ratings.jsonl")?.rows;
/// let ours = [80.0, 40.0].map(|score| Opinions { own: Opinion { score, flags: Vec::new() }, planted: None });
/// let found = evaluate(&ratings, &ours, Bootstrap { unit: Unit::Document, resamples: 0, seed: 1 })?;
/// assert_eq!(found.agreement.iter().find(|figure| figure.name == "pairwise").unwrap().value, Some(100.0));
/// # Ok::<(), fauxami::Error>(())
/// ```
pub fn evaluate(ratings: &[Rating], opinions: &[Opinions], bootstrap: Bootstrap) -> Result<Evaluation> {
    let keys = ratings.iter().map(|own| (own.languages.as_str(), own.pair.doc.as_deref(), own.segment.as_str()));
    let units = Units::new(keys, bootstrap.unit);
    let mut judged = Vec::new();
    let mut of = Vec::new();
    let mut spans = SpanTallies::new(units.count);
    let mut planted: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut first = None;
    let mut marked = 0;
    for (at, (rating, ours)) in ratings.iter().zip(opinions).enumerate() {
        let unit = units.of[at];
        if let Some(verdict) = rating.verdict {
            let kind = matches!(verdict, Verdict::Score(_));
            if *first.get_or_insert(kind) != kind {
                return Err(Error::input("some ratings are penalties and others scores")
                    .expected("one scale, on which all can be compared")
                    .remedy("evaluate them one by one"));
            }
            judged.push(Judged {
                languages: &rating.languages,
                doc: rating.pair.doc.as_deref(),
                segment: &rating.segment,
                system: rating.pair.system.as_deref(),
                gold: verdict.value(),
                score: ours.own.score,
            });
            of.push(unit);
        }
        if let Some(raters) = &rating.raters {
            marked += 1;
            let raters = raters.iter().map(|rater| rater.errors.iter().map(RatedError::mark).collect()).collect();
            let words = rating.pair.mt.split_whitespace().count();
            spans.add(unit, &Marked { raters, flags: &ours.own.flags, words });
        }
        if let (Some(fault), Some(wanted), Some(changed)) = (&rating.planted, rating.wanted(), &ours.planted) {
            let tally = planted.entry(&fault.kind).or_insert_with(|| Tally::new(Form::Share, units.count));
            let right = ours.own.score.total_cmp(&changed.score) == wanted;
            tally.add(unit, [u64::from(right), 1, 0]);
        }
    }
    let own = Units { of, ..units.clone() };
    let planted: Vec<_> = planted.into_iter().map(|(kind, tally)| (kind.to_owned(), tally)).collect();
    let shares = |tallies: &[(String, Tally)]| figures(tallies, units.count, bootstrap);
    let mut faults = Vec::new();
    if !planted.is_empty() {
        faults.push(mean_figure("ranked", &planted, units.count, bootstrap));
        faults.extend(shares(&planted));
    }
    Ok(Evaluation {
        ratings: ratings.len(),
        unread: 0,
        units: units.count,
        documents: units.documents && bootstrap.unit == crate::score::agreement::Unit::Document,
        bootstrap,
        agreement: if judged.is_empty() { Vec::new() } else { agreement(&judged, &own, bootstrap) },
        spans: if marked > 0 { shares(&spans.all()) } else { Vec::new() },
        rules: shares(&spans.rules()),
        confidences: shares(&spans.confidences()),
        categories: shares(&spans.categories()),
        planted: faults,
    })
}
