//! What a rule is: static data and one function.

use super::{Finding, Passage, Story};
use crate::config::Severity;
use crate::span::Span;

/// What a rule has to be given before it can say anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// The translation alone.
    Text,
    /// The translation; a reference or source lets it say more.
    TextOrMore,
    /// A reference translation.
    Reference,
}

impl Needs {
    /// For people: `text`, `text, better with a reference or source` or `reference`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::TextOrMore => "text, better with a reference or source",
            Self::Reference => "reference",
        }
    }
}

/// The function of a rule: it looks at one passage, at the whole story, or at both.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// Called for each passage.
    Passage(fn(&Passage<'_>, &Story<'_>, &mut Sink<'_>)),
    /// Called once.
    Story(fn(&Story<'_>, &mut Sink<'_>)),
    /// The first called for each passage, then the second once.
    Both(fn(&Passage<'_>, &Story<'_>, &mut Sink<'_>), fn(&Story<'_>, &mut Sink<'_>)),
}

/// One rule: everything that the command line, the documents and the reports say of it derives from this.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, in kebab case.
    pub id: &'static str,
    /// MQM 2.0's dimension and subtype.
    pub category: &'static str,
    /// The severity of its findings unless one argues otherwise.
    pub severity: Severity,
    /// What it needs.
    pub needs: Needs,
    /// Whether it knows English and no other language.
    pub english: bool,
    /// One line.
    pub summary: &'static str,
    /// One paragraph of Markdown: what is flagged, what is left alone, and why.
    pub doc: &'static str,
    /// A faulty line and its repair, for the documents.
    pub example: (&'static str, &'static str),
    /// The function.
    pub check: Check,
}

/// The strength of a finding that does not say: what rules that prove their case from the text reach.
const STRENGTH: f32 = 0.8;

/// Takes the findings of one rule.
#[derive(Debug)]
pub struct Sink<'o> {
    pub(super) rule: &'static Rule,
    pub(super) out: &'o mut Vec<Finding>,
}

impl Sink<'_> {
    /// Where this rule has found something so far.
    pub(super) fn places(&self) -> Vec<Span> {
        self.out.iter().filter(|finding| finding.rule == self.rule.id).map(|finding| finding.span).collect()
    }

    /// The words of the reference that this rule has named so far.
    pub(super) fn references(&self) -> Vec<Span> {
        self.out.iter().filter(|finding| finding.rule == self.rule.id).filter_map(|finding| finding.reference).collect()
    }

    /// Adds a finding at `span`, in bytes of the story.
    pub fn add(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        self.out.push(Finding {
            rule: self.rule.id,
            category: self.rule.category,
            severity: self.rule.severity,
            confidence: STRENGTH,
            strength: STRENGTH,
            span,
            message: message.into(),
            suggestions: Vec::new(),
            reference: None,
            compared: false,
        });
        let last = self.out.len() - 1;
        &mut self.out[last]
    }
}

impl Finding {
    /// Adds what to write in place of the span; an empty text means that the span goes.
    pub fn suggest(&mut self, text: impl Into<String>) -> &mut Self {
        let text = text.into();
        if !self.suggestions.contains(&text) {
            self.suggestions.push(text);
        }
        self
    }

    /// Adds several texts to write in place of the span, the best first.
    pub fn suggest_all(&mut self, texts: impl IntoIterator<Item = String>) -> &mut Self {
        for text in texts {
            self.suggest(text);
        }
        self
    }

    /// Sets another severity than the rule's own.
    pub fn weigh(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Sets how plainly the rule sees it, 0 to 1.
    pub fn sure(&mut self, strength: f32) -> &mut Self {
        self.strength = strength.clamp(0.0, 1.0);
        self.confidence = self.strength;
        self
    }

    /// Names the words of the reference, in bytes of the whole reference.
    pub fn against(&mut self, reference: Span) -> &mut Self {
        self.reference = Some(reference);
        self.compared()
    }

    /// Says that a reference alone speaks against the place.
    pub fn compared(&mut self) -> &mut Self {
        self.compared = true;
        self
    }
}
