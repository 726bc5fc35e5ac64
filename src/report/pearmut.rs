//! Campaigns for Pearmut, with what was found as error spans for people to start from.

use super::formats::{Corpus, Format, Rows, Written};
use super::marot::severity;
use super::model::{FindingView, PairView};
use crate::audit::PairAudit;
use crate::config::Severity;
use crate::error::Error;
use crate::read::{Pair, RowId};
use serde_json::{Value, json};

/// A campaign of one document a pair.
pub const FORMAT: Format = Format {
    name: "pearmut",
    summary: "a campaign for Pearmut, with findings as error spans for raters to start from",
    styled: false,
    stories: None,
    corpus: Some(Corpus {
        rows: Rows::Written(Written {
            head: concat!(
                r#"{"campaign_id":"fauxami","info":{"assignment":"single-stream","protocol":"ESA"},"data":["#,
                "\n"
            ),
            row,
            gap: ",\n",
            tail: "\n]}\n",
        }),
        figures: None,
    }),
    systems: None,
    diffs: None,
};

/// The pair as a document of one item. A row that could not be read is left out: standard error names it.
fn row(id: &RowId, audit: std::result::Result<(&Pair, &PairAudit), &Error>) -> String {
    let Ok((pair, audit)) = audit else { return String::new() };
    let view = PairView::new(id, pair, audit);
    let mut system = pair.system.clone().unwrap_or_else(|| "system".to_owned());
    if system.bytes().all(|byte| byte.is_ascii_digit()) {
        // Pearmut takes no numbers for names.
        system.insert_str(0, "system ");
    }
    let long = pair.mt.chars().count();
    let spans: Vec<Value> = view.findings.iter().filter_map(|finding| span(finding, long)).collect();
    let mut item = json!({
        "item_id": id.to_string(),
        "tgt": {system.as_str(): pair.mt},
        "error_spans": {system.as_str(): spans},
    });
    let others = [("src", &pair.src), ("ref", &pair.refs.first().cloned()), ("doc_id", &pair.doc)];
    for (name, text) in others.into_iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
        item[name] = json!(text);
    }
    json!([item]).to_string()
}

/// Pearmut's spans end with their last code point, below `long`. What is missing is marked at the code point before it; in an empty
/// text there is nothing to mark.
fn span(finding: &FindingView<'_>, long: usize) -> Option<Value> {
    let (start, end) = if finding.start < finding.end {
        (finding.start, finding.end - 1)
    } else {
        let at = finding.start.saturating_sub(1);
        (at, at)
    };
    // It knows no critical errors.
    let severity = severity(finding.severity.min(Severity::Major)).to_lowercase();
    (end < long).then(|| json!({"start_i": start, "end_i": end, "severity": severity, "category": finding.category}))
}
