//! The score of one passage, 0 to 100: what its findings, its reference and its fluency say together.
//!
//! Three things take away from 100. With a reference, *unlikeness*, −ln(chrF++ ⁄ 100); the *penalty* of the findings, as far as they
//! can be trusted, a word; and *roughness*, by how much the text reads less fluently than its reference (without one: than news
//! mostly does). Their sum is the *loss*, and the score is `100 × exp(−loss)`.

use crate::detect::Passage;
use crate::text::Analysis;
use crate::text::fluency::roughness;

/// Words below which a passage counts as if it had so many: one fault in a headline is not a ruin.
const LEAST_WORDS: f64 = 8.0;
/// What a point of roughness weighs.
const ROUGHNESS: f64 = 0.1;
/// The roughness of clean news is about 2.7; what lies well below takes nothing away.
const PLAIN: f64 = 2.0;
/// A text that reads better than its reference makes up for unlikeness down to this share of its loss.
const FLOOR: f64 = 0.2;
/// The length at which a loss counts as it is. Raters add up faults, and a mean over words forgets how many there are: the loss of a
/// passage with a reference grows with the root of its length, which is the geometric mean of the share of what went wrong and
/// its amount.
const USUAL_WORDS: f64 = 20.0;
/// How fast a loss eats into the score of a passage that has a reference.
const STEEPNESS: f64 = 0.7;
/// What is left of the score of a passage that answers another one.
const UNRELATED: f64 = 0.05;

/// What is known of a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Its words.
    pub words: usize,
    /// The penalties of its findings, each as far as it can be trusted ([`crate::detect::Detected::weights`]), 0 upwards.
    pub trusted: f64,
    /// How rough it reads ([`crate::text::fluency::roughness`]), about 0 to 6; none where nothing can be said.
    pub roughness: Option<f64>,
    /// What it is held against.
    pub reference: Option<Likeness>,
    /// Whether it was found to be another passage than its reference or source.
    pub unrelated: bool,
}

impl Evidence {
    /// Of an analysed passage, the trusted penalties of its findings, whether it is another passage than what it is held
    /// against, and chrF++ against its reference, 0 to 100.
    #[must_use]
    pub fn new(passage: &Passage<'_>, trusted: f64, unrelated: bool, chrf: Option<f64>) -> Self {
        let beside = passage.reference.as_ref().map(|reference| &reference.text);
        let likeness =
            |chrf| Likeness { chrf, words: beside.map_or(0, Analysis::words), roughness: beside.and_then(roughness) };
        Self {
            words: passage.text.words(),
            // What the reference has too is no fault of a translation that is it.
            trusted: if beside.is_some_and(|text| text.text == passage.text.text) { 0.0 } else { trusted },
            roughness: passage.roughness(),
            reference: chrf.map(likeness),
            unrelated,
        }
    }
}

/// A passage beside its reference.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// chrF++, 0 to 100.
    pub chrf: f64,
    /// The words of the reference.
    pub words: usize,
    /// How rough the reference reads.
    pub roughness: Option<f64>,
}

/// What each part takes away; the score is `100 × exp(−(unlikeness + penalty + roughness))`, or a twentieth of it where the passage
/// is unrelated.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Loss {
    /// What is not in the reference's words, 0 upwards.
    pub unlikeness: f64,
    /// Findings, 0 upwards.
    pub penalty: f64,
    /// Fluency; below 0 where the text reads better than its reference.
    pub roughness: f64,
}

impl Loss {
    /// The parts of the loss of a passage.
    #[must_use]
    pub fn new(evidence: &Evidence) -> Self {
        let penalty = evidence.trusted / (evidence.words as f64).max(LEAST_WORDS);
        let Some(reference) = evidence.reference else {
            // A smooth bend: what reads plainly takes nothing away, and any rougher text more.
            let bend = |x: f64| if x > 30.0 { x } else { x.exp().ln_1p() };
            let roughness = evidence.roughness.map_or(0.0, |x| ROUGHNESS * bend(x - PLAIN));
            return Self { unlikeness: 0.0, penalty, roughness };
        };
        let unlikeness = -(reference.chrf / 100.0).clamp(1e-3, 1.0).ln();
        let base = unlikeness + penalty;
        let rougher = match (evidence.roughness, reference.roughness) {
            (Some(own), Some(theirs)) => ROUGHNESS * (own - theirs),
            _ => 0.0,
        };
        let rougher = if base == 0.0 { 0.0 } else { rougher.max((FLOOR - 1.0) * base) };
        let by = STEEPNESS * (reference.words.max(1) as f64 / USUAL_WORDS).sqrt();
        Self { unlikeness: by * unlikeness, penalty: by * penalty, roughness: by * rougher }
    }

    /// The sum of the parts, 0 upwards.
    #[must_use]
    pub fn total(&self) -> f64 {
        (self.unlikeness + self.penalty + self.roughness).max(0.0)
    }
}

/// The score of one passage, 0 to 100. One more finding never raises it; an empty translation scores 0, the reference itself 100.
///
/// ```
/// use fauxami::score::passage::{Evidence, Likeness, score};
/// let alike = |chrf| Some(Likeness { chrf, words: 20, roughness: None });
/// let evidence = Evidence { words: 20, reference: alike(100.0), ..Evidence::default() };
/// assert_eq!(score(&evidence), 100.0);
/// assert!(score(&Evidence { trusted: 5.0, ..evidence }) < score(&Evidence { trusted: 1.0, ..evidence }));
/// assert!(score(&Evidence { reference: alike(50.0), ..evidence }) < 70.0);
/// assert_eq!(score(&Evidence::default()), 0.0);
/// ```
#[must_use]
pub fn score(evidence: &Evidence) -> f64 {
    if evidence.words == 0 {
        return 0.0;
    }
    let whole = 100.0 * (-Loss::new(evidence).total()).exp();
    if evidence.unrelated { UNRELATED * whole } else { whole }
}

/// What took how many points away from 100, by name: `unlikeness`, `penalty`, `roughness`, `unrelated`, those that are not 0. They
/// add up to 100 less the score; `roughness` is below 0 where the text reads better than its reference.
///
/// ```
/// use fauxami::score::passage::{Evidence, Likeness, lost, score};
/// let reference = Some(Likeness { chrf: 60.0, words: 20, roughness: None });
/// let evidence = Evidence { words: 20, trusted: 5.0, reference, ..Evidence::default() };
/// let lost = lost(&evidence);
/// assert_eq!(lost.iter().map(|part| part.0).collect::<Vec<_>>(), ["unlikeness", "penalty"]);
/// assert!((lost.iter().map(|part| part.1).sum::<f64>() + score(&evidence) - 100.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn lost(evidence: &Evidence) -> Vec<(&'static str, f64)> {
    let score = score(evidence);
    if evidence.words == 0 {
        return vec![("unlikeness", 100.0)];
    }
    let loss = Loss::new(evidence);
    let total = loss.total();
    let left = 100.0 * (-total).exp();
    let share = |part: f64| if total > 0.0 { (100.0 - left) * part / total } else { 0.0 };
    [
        ("unlikeness", share(loss.unlikeness)),
        ("penalty", share(loss.penalty)),
        ("roughness", share(loss.roughness)),
        ("unrelated", left - score),
    ]
    .into_iter()
    .filter(|part| part.1 != 0.0)
    .collect()
}
