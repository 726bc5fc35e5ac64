//! MQM ratings as tab-separated values, as Marot and Google's MQM take them: what was found, for people to start from.

use super::formats::{Corpus, Format, Rows, Written};
use super::model::PairView;
use super::offsets::Offsets;
use crate::audit::PairAudit;
use crate::config::Severity;
use crate::error::Error;
use crate::read::{Pair, RowId};
use crate::span::Span;
use serde_json::{Map, json};
use std::fmt::Write;

/// A row a finding, marked in the target.
pub const FORMAT: Format = Format {
    name: "marot",
    summary: "MQM ratings as tab-separated values, for raters to start from in Marot",
    styled: false,
    stories: None,
    corpus: Some(Corpus {
        rows: Rows::Written(Written::lines(
            "system\tdoc\tdocSegId\tglobalSegId\trater\tsource\ttarget\tcategory\tseverity\tmetadata\n",
            row,
        )),
        figures: None,
    }),
    systems: None,
    diffs: None,
};

/// The findings of a pair; one without any has a row that says so. A row that could not be read is left out: standard error
/// names it.
fn row(id: &RowId, audit: std::result::Result<(&Pair, &PairAudit), &Error>) -> String {
    let Ok((pair, audit)) = audit else { return String::new() };
    let system = field(pair.system.as_deref().unwrap_or("system"));
    let doc = field(pair.doc.as_deref().unwrap_or("corpus"));
    let segment = field(&id.to_string());
    let source = field(pair.src.as_deref().unwrap_or_default());
    let mut metadata = json!({});
    if !pair.refs.is_empty() {
        let references = pair.refs.iter().enumerate().map(|(k, text)| (format!("ref{}", k + 1), json!(text)));
        metadata = json!({"segment": {"references": references.collect::<Map<_, _>>()}});
    }
    let head = format!("{system}\t{doc}\t{segment}\t{segment}\tfauxami\t{source}");
    let mut out = String::new();
    let mut line = |target: &str, category: &str, severity: &str, note: Option<&str>| {
        let mut metadata = metadata.clone();
        if let Some(note) = note {
            metadata["note"] = json!(note);
        }
        // JSON has no line breaks or tabs outside its strings, and escapes them there.
        let _ = writeln!(out, "{head}\t{target}\t{category}\t{severity}\t{metadata}");
    };
    let view = PairView::new(id, pair, audit);
    if view.findings.is_empty() {
        line(&field(&pair.mt), "No-error", "No-error", None);
    }
    for finding in &view.findings {
        let note = format!("{}: {}", finding.rule, finding.message);
        line(&marked(&pair.mt, finding.span), finding.category, severity(finding.severity), Some(&note));
    }
    out
}

/// The severity as raters name it.
pub(super) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Neutral => "Neutral",
        Severity::Minor => "Minor",
        Severity::Major => "Major",
        Severity::Critical => "Critical",
    }
}

/// The text with the place marked. Where something is missing there is no word to mark: the mark is around nothing.
fn marked(text: &str, span: Span) -> String {
    let offsets = Offsets::new(text);
    let (before, after) = (Span::new(0, span.start), Span::new(span.end, text.len()));
    format!("{}<v>{}</v>{}", field(offsets.slice(before)), field(offsets.slice(span)), field(offsets.slice(after)))
}

/// Text in one field: what ends a field or line is a space, as in the data that Google publishes.
fn field(text: &str) -> String {
    text.replace(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'), " ")
}
