//! A text whose analysis may never be asked for.

use super::Analysis;
use std::cell::OnceCell;
use std::ops::Deref;

/// A text that is analysed when something of it is first asked: of a source, most rules want nothing but its letters where there is a
/// reference as well.
///
/// ```
/// use fauxami::text::{Analysis, Later};
/// let source = Later::foreign("Die Gespräche gehen weiter.");
/// assert!(source.text.starts_with("Die"));
/// assert_eq!(source.tokens.len(), 5);
/// assert_eq!(Later::from(Analysis::english("Talks go on.")).tokens.len(), 4);
/// ```
#[derive(Debug)]
pub struct Later<'t> {
    /// The original text.
    pub text: &'t str,
    analysis: OnceCell<Analysis<'t>>,
}

impl<'t> Later<'t> {
    /// A text in a language that is not English.
    #[must_use]
    pub fn foreign(text: &'t str) -> Self {
        Self { text, analysis: OnceCell::new() }
    }
}

impl<'t> From<Analysis<'t>> for Later<'t> {
    fn from(analysis: Analysis<'t>) -> Self {
        Self { text: analysis.text, analysis: OnceCell::from(analysis) }
    }
}

impl<'t> Deref for Later<'t> {
    type Target = Analysis<'t>;

    fn deref(&self) -> &Analysis<'t> {
        self.analysis.get_or_init(|| Analysis::foreign(self.text))
    }
}
