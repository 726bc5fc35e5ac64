//! What a score means to an editor.

use crate::config::Severity;
use serde::Serialize;

/// What a score is made from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A reference translation: likeness, findings and fluency.
    Reference,
    /// The text, and the source if there is one: findings and fluency. Such scores are not to be compared with those that have
    /// a reference.
    #[default]
    ReferenceFree,
}

/// What is to be done with a story of a score.
///
/// With a reference: above 80, raters of Chinese-English news found less than two penalty points a segment, below 50 they found six to
/// ten. Without one: ninety-nine of a hundred native news stories and passages are above 75.
///
/// ```
/// use fauxami::score::{Band, Basis};
/// use fauxami::Severity;
/// assert_eq!(Band::of(78.0, Basis::Reference, None), Band::NeedsEdit);
/// assert_eq!(Band::of(78.0, Basis::ReferenceFree, None), Band::Publishable);
/// assert_eq!(Band::of(78.0, Basis::ReferenceFree, Some(Severity::Major)), Band::NeedsEdit);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// Below 50.
    NeedsRewrite,
    /// From 50, or with a major finding.
    NeedsEdit,
    /// From 80, without a reference from 75, and nothing major or critical found.
    Publishable,
}

impl Band {
    /// The band of a score, 0 to 100, and the gravest finding. What misleads a reader must be mended, however little it weighs in a long
    /// story.
    #[must_use]
    pub fn of(score: f64, basis: Basis, worst: Option<Severity>) -> Self {
        let good = if basis == Basis::Reference { 80.0 } else { 75.0 };
        if score >= good && worst < Some(Severity::Major) {
            Self::Publishable
        } else if score >= 50.0 {
            Self::NeedsEdit
        } else {
            Self::NeedsRewrite
        }
    }

    /// In words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NeedsRewrite => "needs a rewrite",
            Self::NeedsEdit => "needs an edit",
            Self::Publishable => "publishable",
        }
    }
}
