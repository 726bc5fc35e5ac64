//! The score of one passage, 0 to 100: what its findings, its reference and its fluency say together.
//!
//! Four things take away from 100. With a reference, *unlikeness*, −ln(chrF++ ⁄ 100), and what is *unanswered*, −ln of how much of the
//! content words' meaning the word alignment finds on the other side; the *penalty* of the findings, as far as they can be trusted, a word;
//! and *roughness*, by how much the text reads less fluently than its reference (without one: than news mostly does). Their sum is the
//! *loss*, and the score is `100 × exp(−loss)`.

use super::Weights;
use crate::config::Severity;
use crate::detect::{Passage, Weight};
use crate::text::Analysis;
use crate::text::fluency::roughness;

/// What is known of a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Its words.
    pub words: usize,
    /// Its findings by severity, the least first, each as far as it can be trusted ([`crate::detect::Weight::trust`]); without those
    /// of `reworded`.
    pub trusted: [f64; 4],
    /// Its minor findings of words that the reference has otherwise, as far as they can be trusted.
    pub reworded: f64,
    /// How rough it reads ([`crate::text::fluency::roughness`]), about 0 to 6; none where nothing can be said.
    pub roughness: Option<f64>,
    /// What it is held against.
    pub reference: Option<Likeness>,
    /// Whether it was found to be another passage than its reference or source.
    pub unrelated: bool,
}

impl Evidence {
    /// Of an analysed passage, what its findings weigh, and chrF++ against its reference, 0 to 100.
    #[must_use]
    pub fn new(passage: &Passage<'_>, weights: &[Weight], chrf: Option<f64>) -> Self {
        let beside = passage.reference.as_ref().map(|reference| &*reference.text);
        let likeness = |chrf| Likeness {
            chrf,
            words: beside.map_or(0, Analysis::words),
            answered: passage.answered(),
            roughness: beside.and_then(roughness),
        };
        // What the reference has too is no fault of a translation that is it.
        let same = beside.is_some_and(|text| text.text == passage.text.text);
        let (mut trusted, mut reworded) = ([0.0; 4], 0.0);
        for weight in weights.iter().filter(|_| !same) {
            *(if weight.is_reworded() { &mut reworded } else { &mut trusted[weight.severity as usize] }) +=
                weight.trust;
        }
        Self {
            words: passage.text.words(),
            trusted,
            reworded,
            roughness: passage.roughness(),
            reference: chrf.map(likeness),
            unrelated: weights.iter().any(|weight| weight.rule == "unrelated"),
        }
    }

    /// MQM penalty points, as far as they can be trusted, 0 upwards.
    #[must_use]
    pub fn points(&self) -> f64 {
        let points: f64 =
            Severity::ALL.iter().zip(self.trusted).map(|(severity, trust)| severity.multiplier() * trust).sum();
        points + Severity::Minor.multiplier() * self.reworded
    }
}

/// By how much less than letters words are unlike the reference's: the mean of −ln of [`Likeness::answered`], as a share of that of chrF++, in
/// Chinese-English news. It stands for words that are not compared.
const BY_LETTERS: f64 = 0.4;

/// A passage beside its reference.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likeness {
    /// chrF++, 0 to 100.
    pub chrf: f64,
    /// How much of the content words' meaning the other side has, 0 to 1 ([`crate::align::WordAlignment::f_measure`]); none where words
    /// are not compared.
    pub answered: Option<f64>,
    /// The words of the reference.
    pub words: usize,
    /// How rough the reference reads.
    pub roughness: Option<f64>,
}

/// What each part takes away; the score is `100 × exp(−(unlikeness + unanswered + penalty + roughness))`, or a small share of it where
/// the passage is unrelated. [`Weights`] says what each part weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Loss {
    /// What is not in the reference's words, 0 upwards.
    pub unlikeness: f64,
    /// Content that the other side does not have, 0 upwards.
    pub unanswered: f64,
    /// Findings, 0 upwards.
    pub penalty: f64,
    /// Fluency; below 0 where the text reads better than its reference.
    pub roughness: f64,
}

impl Loss {
    /// The parts of the loss of a passage.
    #[must_use]
    pub fn new(evidence: &Evidence, weights: &Weights) -> Self {
        let penalty =
            weights.penalty(evidence.trusted, evidence.reworded) / (evidence.words as f64).max(weights.least_words);
        let Some(reference) = evidence.reference else {
            // A smooth bend: what reads plainly takes nothing away, and any rougher text more.
            let bend = |x: f64| if x > 30.0 { x } else { x.exp().ln_1p() };
            let roughness = evidence.roughness.map_or(0.0, |x| weights.roughness * bend(x - weights.plain));
            return Self { penalty, roughness, ..Self::default() };
        };
        let unlike = -(reference.chrf / 100.0).clamp(1e-3, 1.0).ln();
        let unlikeness = weights.likeness * unlike;
        let unanswered =
            weights.coverage * reference.answered.map_or(BY_LETTERS * unlike, |share| -share.clamp(1e-2, 1.0).ln());
        let base = unlikeness + unanswered + penalty;
        let rougher = match (evidence.roughness, reference.roughness) {
            (Some(own), Some(theirs)) => weights.roughness * (own - theirs),
            _ => 0.0,
        };
        let rougher = if base == 0.0 { 0.0 } else { rougher.max((weights.floor - 1.0) * base) };
        let by = weights.steepness
            * ((reference.words.max(1) as f64).min(weights.longest_words) / weights.usual_words).sqrt();
        let [unlikeness, unanswered, penalty, roughness] =
            [unlikeness, unanswered, penalty, rougher].map(|part| by * part);
        Self { unlikeness, unanswered, penalty, roughness }
    }

    /// The sum of the parts, 0 upwards.
    #[must_use]
    pub fn total(&self) -> f64 {
        (self.unlikeness + self.unanswered + self.penalty + self.roughness).max(0.0)
    }
}

/// The score of one passage, 0 to 100. One more finding never raises it; an empty translation scores 0, the reference itself 100.
///
/// ```
/// use fauxami::score::passage::{Evidence, Likeness, score};
/// use fauxami::score::Weights;
/// let score = |evidence: &Evidence| score(evidence, &Weights::builtin());
/// let alike = |chrf| Some(Likeness { chrf, words: 20, ..Likeness::default() });
/// let evidence = Evidence { words: 20, reference: alike(100.0), ..Evidence::default() };
/// assert_eq!(score(&evidence), 100.0);
/// assert!(score(&Evidence { trusted: [0.0, 0.0, 1.0, 0.0], ..evidence }) < score(&Evidence { trusted: [0.0, 1.0, 0.0, 0.0], ..evidence }));
/// assert!(score(&Evidence { reference: alike(50.0), ..evidence }) < 70.0);
/// assert_eq!(score(&Evidence::default()), 0.0);
/// ```
#[must_use]
pub fn score(evidence: &Evidence, weights: &Weights) -> f64 {
    if evidence.words == 0 {
        return 0.0;
    }
    let whole = 100.0 * (-Loss::new(evidence, weights).total()).exp();
    if evidence.unrelated { weights.unrelated * whole } else { whole }
}

/// What took how many points away from 100, by name: `unlikeness`, `unanswered`, `penalty`, `roughness`, `unrelated`, those that are not 0.
/// They add up to 100 less the score; `roughness` is below 0 where the text reads better than its reference.
///
/// ```
/// use fauxami::score::passage::{Evidence, Likeness, lost, score};
/// use fauxami::score::Weights;
/// let weights = Weights::builtin();
/// let reference = Some(Likeness { chrf: 60.0, answered: Some(1.0), words: 20, roughness: None });
/// let evidence = Evidence { words: 20, trusted: [0.0, 0.0, 1.0, 0.0], reference, ..Evidence::default() };
/// let lost = lost(&evidence, &weights);
/// assert_eq!(lost.iter().map(|part| part.0).collect::<Vec<_>>(), ["unlikeness", "penalty"]);
/// assert!((lost.iter().map(|part| part.1).sum::<f64>() + score(&evidence, &weights) - 100.0).abs() < 1e-9);
/// ```
#[must_use]
pub fn lost(evidence: &Evidence, weights: &Weights) -> Vec<(&'static str, f64)> {
    let score = score(evidence, weights);
    if evidence.words == 0 {
        return vec![("unlikeness", 100.0)];
    }
    let loss = Loss::new(evidence, weights);
    let total = loss.total();
    let left = 100.0 * (-total).exp();
    let share = |part: f64| if total > 0.0 { (100.0 - left) * part / total } else { 0.0 };
    [
        ("unlikeness", share(loss.unlikeness)),
        ("unanswered", share(loss.unanswered)),
        ("penalty", share(loss.penalty)),
        ("roughness", share(loss.roughness)),
        ("unrelated", left - score),
    ]
    .into_iter()
    .filter(|part| part.1 != 0.0)
    .collect()
}

/// The `penalty` of [`lost`] by the rules whose findings took it away, the most first; without findings nothing.
///
/// ```
/// use fauxami::Severity;
/// use fauxami::detect::Weight;
/// use fauxami::score::{Weights, passage::by_rule};
/// let weight = |rule, severity| Weight { at: 0, rule, severity, trust: 1.0 };
/// let found = [weight("calque", Severity::Minor), weight("negation", Severity::Major)];
/// assert_eq!(by_rule(&[("penalty", 12.0)], &found, &Weights::builtin()), [("negation", 10.0), ("calque", 2.0)]);
/// ```
#[must_use]
pub fn by_rule(lost: &[(&'static str, f64)], found: &[Weight], weights: &Weights) -> Vec<(&'static str, f64)> {
    let Some((_, points)) = lost.iter().find(|part| part.0 == "penalty") else { return Vec::new() };
    let of = |weight: &Weight| weight.trust * weights.of(weight);
    let total: f64 = found.iter().map(of).sum();
    let mut rules: Vec<(&str, f64)> = Vec::new();
    for weight in found.iter().filter(|weight| of(weight) > 0.0) {
        let share = points * of(weight) / total;
        match rules.iter_mut().find(|(rule, _)| *rule == weight.rule) {
            Some((_, sum)) => *sum += share,
            None => rules.push((weight.rule, share)),
        }
    }
    most_first(&mut rules);
    rules
}

/// The mean of parts, weighted by words: those of a story or corpus from those of its passages.
///
/// ```
/// use fauxami::score::passage::MeanParts;
/// let mut mean = MeanParts::default();
/// mean.add(30, &[("penalty", 4.0)]);
/// mean.add(10, &[("penalty", 8.0), ("unlikeness", 40.0)]);
/// assert_eq!(mean.parts(), [("unlikeness", 10.0), ("penalty", 5.0)]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct MeanParts {
    words: usize,
    /// Points times words.
    sums: Vec<(&'static str, f64)>,
}

impl MeanParts {
    /// Adds the parts of a passage of so many words.
    pub fn add(&mut self, words: usize, parts: &[(&'static str, f64)]) {
        self.words += words;
        for (name, points) in parts {
            let points = points * words as f64;
            match self.sums.iter_mut().find(|(known, _)| known == name) {
                Some((_, sum)) => *sum += points,
                None => self.sums.push((name, points)),
            }
        }
    }

    /// The points by name, the most first; nothing where nothing was lost.
    #[must_use]
    pub fn parts(&self) -> Vec<(&'static str, f64)> {
        let words = self.words.max(1) as f64;
        let mut parts: Vec<_> = self.sums.iter().map(|(name, sum)| (*name, sum / words)).collect();
        most_first(&mut parts);
        parts
    }
}

fn most_first(parts: &mut [(&'static str, f64)]) {
    parts.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
}
