//! Workflow commands of GitHub Actions, which show findings beside the lines of a change.

use super::formats::{Format, Stories, ToldStory};
use super::layout::shown;
use super::model::FindingView;
use crate::config::Severity;
use std::fmt::Write;

/// A workflow command a finding. GitHub shows the first ten of each level in a step.
pub const FORMAT: Format = Format {
    name: "github",
    summary: "annotations of GitHub Actions",
    styled: false,
    stories: Some(Stories { head: |_| String::new(), story, gap: "", tail: |_| String::new(), overview: false }),
    corpus: None,
    systems: None,
    diffs: None,
};

fn story(told: &ToldStory<'_>) -> String {
    let view = told.view();
    let mut out = String::new();
    // GitHub shows only the first of a level, so the gravest come first.
    let mut findings: Vec<&FindingView<'_>> = view.findings().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for finding in findings {
        let level = match finding.severity {
            Severity::Neutral => "notice",
            Severity::Minor => "warning",
            Severity::Major | Severity::Critical => "error",
        };
        let (line, column) = view.offsets.line_column(finding.span.start);
        let (end, stop) = view.offsets.line_column(finding.span.end);
        let place = if line == end {
            format!("line={line},col={column},endColumn={stop}")
        } else {
            format!("line={line},endLine={end}")
        };
        let _ = writeln!(
            out,
            "::{level} file={},{place},title={}::{}",
            property(view.path),
            property(&format!("{} {}", finding.severity.name(), finding.rule)),
            data(&sentence(finding)),
        );
    }
    out
}

/// A finding in one sentence: the words, why, and what to write.
pub(super) fn sentence(finding: &FindingView<'_>) -> String {
    let words = finding.words();
    let mut text = if words.is_empty() {
        shown(finding.message)
    } else {
        format!("“{}”: {}", shown(words), shown(finding.message))
    };
    if let Some(repair) = finding.repair() {
        text.push_str(" → ");
        text.push_str(&shown(&repair));
    }
    text
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
