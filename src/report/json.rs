//! JSON and JSON Lines.

use super::diff;
use super::formats::{Corpus, Format, Rows, Stories, Written};
use super::model::{CorpusView, DocumentView, FailedView, PairView};
use super::systems::systems_json;
use crate::error::Error;
use crate::read::{Pair, RowId};
use serde::Serialize;

/// One object.
pub const FORMAT: Format = Format {
    name: "json",
    summary: "one object: stories with passages and findings, the figures of a corpus, or a comparison",
    styled: false,
    stories: Some(Stories {
        head: |_| "{\"documents\":[".to_owned(),
        story: |told| document(&told.view()),
        gap: ",",
        tail: |_| "]}\n".to_owned(),
        overview: false,
    }),
    corpus: Some(Corpus { rows: Rows::Summed, figures: Some(|told| corpus(told.view)) }),
    systems: Some(|view, _| systems_json(view)),
    diffs: Some(diff::json),
};

/// A line a passage, or a line a pair.
pub const LINES: Format = Format {
    name: "jsonl",
    summary: "a line a passage, or a line a pair",
    styled: false,
    stories: Some(Stories {
        head: |_| String::new(),
        story: |told| passages(told.view()),
        gap: "",
        tail: |_| String::new(),
        overview: false,
    }),
    corpus: Some(Corpus { rows: Rows::Written(Written::lines("", row)), figures: None }),
    systems: None,
    diffs: Some(diff::lines),
};

/// One value on one line, without the line break. All that is written here is plain data and serialises.
pub fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| format!("{{\"error\":{:?}}}", error.to_string()))
}

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
