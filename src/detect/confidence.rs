//! How often a finding against a reference is right: from what its rule sees to a probability.
//!
//! A reference is one wording of many, so a rule cannot know from the words alone whether a translator would mind. Raters can be asked:
//! the log-odds that at least one of three professionals marks the place are a sum of a few terms, fitted to rated news
//! (`examples/fit_confidence.rs`). What the text alone proves, such as a doubled space, is not fitted: raters let such things pass.

use super::{Finding, Needs, registry};
use crate::config::Severity;
use crate::span::Span;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const BUILTIN: &str = include_str!("../../corpora/models/confidence.toml");

/// What the log-odds of a finding are made of.
///
/// ```
/// use fauxami::detect::Odds;
/// // The longer the words that differ, and the graver the fault, the likelier it is that a rater minds.
/// let odds = Odds::builtin();
/// assert!(odds.words > 0.0 && odds.severities[2] > odds.severities[1]);
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Odds {
    /// Of any finding.
    pub base: f64,
    /// Times ln(1 + the words flagged, or those of the reference that they are held against, whichever are more).
    pub words: f64,
    /// Of each severity, the least first.
    pub severities: [f64; 4],
    /// Of each rule by id; one that is not named has none of its own.
    pub rules: BTreeMap<String, RuleOdds>,
}

/// What a rule adds to the log-odds of its findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleOdds {
    /// Always.
    pub base: f64,
    /// Times the log-odds of the finding's strength, 0 upwards.
    pub strength: f64,
}

/// Strength below which a rule does not know what it sees: the finding is at most half as likely to be right.
pub const BARELY: f32 = 0.3;

impl Odds {
    /// Those that the program comes with.
    ///
    /// # Panics
    /// Never: a test reads the file.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static ODDS: LazyLock<Odds> =
            LazyLock::new(|| toml::from_str(BUILTIN).expect("corpora/models/confidence.toml is whole"));
        &ODDS
    }

    /// The probability, 0 to 1, that a finding of `words` words is right.
    #[must_use]
    pub fn probability(&self, rule: &str, severity: Severity, strength: f32, words: usize) -> f64 {
        let own = self.rules.get(rule).copied().unwrap_or_default();
        let odds = self.base
            + self.words * (words as f64).ln_1p()
            + self.severities[severity as usize]
            + own.base
            + own.strength * log_odds(strength);
        logistic(odds)
    }

    /// Sets the confidence of a finding that `reference` alone speaks for; `text` is the story.
    pub(super) fn settle(&self, finding: &mut Finding, text: &str, reference: &str) {
        if is_fitted(finding) {
            let words = extent(finding, text, reference);
            let found = self.probability(finding.rule, finding.severity, finding.strength, words) as f32;
            // Something may well be wrong there, but a rule that barely sees it cannot say what.
            finding.confidence = if finding.strength < BARELY { found.min(finding.strength / 2.0) } else { found };
        }
    }
}

/// How many words a finding speaks of, 1 upwards: those that it flags in `text` or those of `reference`, whichever are more.
#[must_use]
pub fn extent(finding: &Finding, text: &str, reference: &str) -> usize {
    let count = |text: &str, span: Span| text.get(span.range()).map_or(0, |words| words.split_whitespace().count());
    // Of what is missing the words around it say nothing.
    let own = if finding.rule == "omission" { 0 } else { count(text, finding.span) };
    own.max(finding.reference.map_or(1, |span| count(reference, span))).max(1)
}

/// The log-odds of a probability, which is taken to be no nearer to 0 or 1 than 0.02.
///
/// ```
/// use fauxami::detect::log_odds;
/// assert_eq!(log_odds(0.5), 0.0);
/// assert_eq!(log_odds(1.0), log_odds(0.98));
/// ```
#[must_use]
pub fn log_odds(probability: f32) -> f64 {
    let p = f64::from(probability).clamp(0.02, 0.98);
    (p / (1.0 - p)).ln()
}

/// The probability of log-odds, 0 to 1.
///
/// ```
/// use fauxami::detect::{log_odds, logistic};
/// assert_eq!(logistic(0.0), 0.5);
/// assert!((logistic(log_odds(0.8)) - 0.8).abs() < 1e-6);
/// ```
#[must_use]
pub fn logistic(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// Whether a finding speaks of a reference, so that raters decide how often such a one is right.
#[must_use]
pub fn is_fitted(finding: &Finding) -> bool {
    finding.compared && has_odds(finding.rule)
}

/// Whether the rule of an id may say more where there is a reference.
///
/// ```
/// use fauxami::detect::has_odds;
/// assert!(has_odds("mistranslation") && !has_odds("spacing"));
/// ```
#[must_use]
pub fn has_odds(rule: &str) -> bool {
    registry::by_id(rule).is_some_and(|rule| rule.needs != Needs::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_odds_are_those_of_rules_and_strength_never_counts_against_a_finding() {
        let odds = Odds::builtin();
        for (id, own) in &odds.rules {
            assert!(has_odds(id), "{id} is no rule whose findings are fitted");
            assert!(own.base.is_finite() && own.strength.is_finite() && own.strength >= 0.0, "{id}: {own:?}");
        }
        assert!([odds.base, odds.words].into_iter().chain(odds.severities).all(f64::is_finite));
    }
}
