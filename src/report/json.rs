//! JSON and JSON Lines.

use super::model::{CorpusView, DocumentView, FailedView, PairView};
use crate::error::Error;
use crate::read::{Pair, RowId};
use serde::Serialize;

/// One value on one line, without the line break. All that is written here is plain data and serialises.
pub fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"error\":{:?}}}", error.to_string()))
}

/// What stands before the first document of `audit --format json`.
pub const DOCUMENTS_HEAD: &str = "{\"documents\":[";
/// What stands after the last.
pub const DOCUMENTS_TAIL: &str = "]}\n";

/// A story as one JSON object.
#[must_use]
pub fn document(view: &DocumentView<'_>) -> String {
    line(view)
}

/// A story as JSON Lines: a line a passage, each with the story's path.
#[must_use]
pub fn passages(mut view: DocumentView<'_>) -> String {
    let mut lines = String::new();
    for passage in &mut view.passages {
        passage.path = Some(view.path);
        lines.push_str(&line(passage));
        lines.push('\n');
    }
    lines
}

/// A row of a corpus as a line, with its line break.
#[must_use]
pub fn row(id: &RowId, audit: std::result::Result<(&Pair, &crate::audit::PairAudit), &Error>) -> String {
    let mut line = match audit {
        Ok((pair, audit)) => line(&PairView::new(id, pair, audit)),
        Err(error) => line(&FailedView::new(id, error)),
    };
    line.push('\n');
    line
}

/// The figures of a corpus, as indented JSON with a line break.
#[must_use]
pub fn corpus(view: &CorpusView) -> String {
    let mut text = serde_json::to_string_pretty(view).unwrap_or_default();
    text.push('\n');
    text
}
