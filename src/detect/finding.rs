//! What a rule says of a place.

use crate::config::Severity;
use crate::span::Span;

/// One likely artifact: where, under which rule, how bad, why, and what to write instead.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Id of the rule, e.g. `tense-drift`.
    pub rule: &'static str,
    /// MQM 2.0 dimension and subtype, e.g. `Linguistic conventions/Tense`.
    pub category: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// How likely it is that an editor would agree, 0 to 1: against a reference how often raters mark such a finding
    /// ([`super::Odds`]), else its strength.
    pub confidence: f32,
    /// How plainly its rule sees it, 0 to 1: what the score takes.
    pub strength: f32,
    /// Where, in bytes of the text audited. Where something is missing, the words around the place; between sentences empty.
    pub span: Span,
    /// Why, in one clause for an editor.
    pub message: String,
    /// What to write in place of the span, best first; empty where nothing can be known.
    pub suggestions: Vec<String>,
    /// The words of the reference that it was held against, in bytes of the reference.
    pub reference: Option<Span>,
    /// Whether it is the reference that speaks against the place; else the text, or the text and its source, do by themselves.
    pub compared: bool,
}

impl Finding {
    /// MQM penalty points: the severity's multiplier, 0, 1, 5 or 25.
    #[must_use]
    pub fn penalty(&self) -> f64 {
        self.severity.multiplier()
    }
}
