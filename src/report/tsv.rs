//! Tab-separated values: a row a finding.

use super::formats::{Corpus, Format, Rows, Stories, ToldStory, Written};
use super::json::line;
use super::model::{FindingView, PairView};
use crate::audit::PairAudit;
use crate::error::Error;
use crate::read::{Pair, RowId};
use std::fmt::Write;

/// A row a finding, with a header.
pub const FORMAT: Format = Format {
    name: "tsv",
    summary: "a row a finding, for spreadsheets",
    styled: false,
    stories: Some(Stories {
        head: |_| {
            "path\tline\tcolumn\tseverity\trule\ttext\tmessage\tsuggestions\treference\tconfidence\tcategory\tstart\tend\n"
                .to_owned()
        },
        story,
        gap: "",
        tail: |_| String::new(),
        overview: false,
    }),
    corpus: Some(Corpus {
        rows: Rows::Written(Written::lines(
            "id\tscore\tseverity\trule\ttext\tmessage\tsuggestions\treference\tconfidence\tcategory\tstart\tend\n",
            row,
        )),
        figures: None,
    }),
    systems: None,
    diffs: None,
};

fn story(told: &ToldStory<'_>) -> String {
    let view = told.view();
    let mut out = String::new();
    for finding in view.findings() {
        let (line, column) = view.offsets.line_column(finding.span.start);
        let _ = writeln!(out, "{}\t{line}\t{column}\t{}", escaped(view.path), fields(finding));
    }
    out
}

/// The findings of a pair; a row that could not be read has `error` for its severity, and the error for its message.
fn row(id: &RowId, audit: std::result::Result<(&Pair, &PairAudit), &Error>) -> String {
    let name = escaped(&id.to_string());
    let (pair, audit) = match audit {
        Ok(audit) => audit,
        Err(error) => return format!("{name}\t\terror\t\t\t{}\t\t\t\t\t\t\n", escaped(&error.to_string())),
    };
    let view = PairView::new(id, pair, audit);
    let mut out = String::new();
    for finding in &view.findings {
        let _ = writeln!(out, "{name}\t{:.2}\t{}", view.score, fields(finding));
    }
    out
}

fn fields(finding: &FindingView<'_>) -> String {
    let reference = finding.reference.as_ref().map_or("", |slice| slice.text);
    format!(
        "{}\t{}\t{}\t{}\t{}\t{}\t{:.2}\t{}\t{}\t{}",
        finding.severity.name(),
        finding.rule,
        escaped(finding.text),
        escaped(finding.message),
        // A list in one field: JSON says where an item ends, and tells a deletion from nothing.
        escaped(&line(&finding.suggestions)),
        escaped(reference),
        finding.confidence,
        finding.category,
        finding.start,
        finding.end,
    )
}

/// The text as one field: `\\`, `\t`, `\n`, `\r`, and any other character that could break a line or steer a terminal as
/// `\u` with four digits.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}
