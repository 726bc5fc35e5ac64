//! SARIF 2.1.0 (OASIS), which code hosts and editors read.

use super::formats::{Format, Stories, ToldStory};
use super::model::{DocumentView, FindingView};
use super::offsets::Offsets;
use crate::baseline::fingerprints;
use crate::config::Severity;
use crate::detect::{Rule, registry};
use crate::span::Span;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};

/// One run with all results.
pub const FORMAT: Format = Format {
    name: "sarif",
    summary: "SARIF 2.1.0, for code hosts and editors",
    styled: false,
    stories: Some(Stories { head: |_| head(), story, gap: ",", tail: |_| "]}]}\n".to_owned(), overview: false }),
    corpus: None,
    systems: None,
    diffs: None,
};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

fn head() -> String {
    let rules: Vec<Value> = registry::all().iter().map(rule).collect();
    let driver = json!({
        "name": "fauxami",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "shortDescription": {"text": env!("CARGO_PKG_DESCRIPTION")},
        "rules": rules,
    });
    format!(
        "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{},\"columnKind\":\"unicodeCodePoints\",\"results\":[",
        json!({"driver": driver}),
    )
}

fn rule(rule: &Rule) -> Value {
    let (fault, repair) = rule.example;
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.doc},
        "help": {
            "text": format!("{}\n\nFor example: {fault}\nBetter: {repair}", rule.doc),
            "markdown": format!("{}\n\n- ✗ {fault}\n- → {repair}\n", rule.doc),
        },
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {"category": rule.category, "tags": [rule.category.split('/').next()]},
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Neutral => "note",
        Severity::Minor => "warning",
        Severity::Major | Severity::Critical => "error",
    }
}

fn story(told: &ToldStory<'_>) -> String {
    let view = told.view();
    let places: BTreeMap<&str, usize> = registry::all().iter().enumerate().map(|(at, rule)| (rule.id, at)).collect();
    // The view has a passage's findings in the order of the text, the audit in that of the rules.
    let prints = fingerprints(told.audit, told.text);
    let mut digests: BTreeMap<(Span, &str), VecDeque<String>> = BTreeMap::new();
    for (finding, print) in told.audit.passages.iter().flat_map(|passage| &passage.findings).zip(prints) {
        digests.entry((finding.span, finding.rule)).or_default().push_back(print.digest());
    }
    let uri = uri(told.path);
    let results = view.findings().map(|finding| {
        let digest = digests.get_mut(&(finding.span, finding.rule)).and_then(VecDeque::pop_front);
        result(finding, &view, &uri, places.get(finding.rule), digest).to_string()
    });
    results.collect::<Vec<_>>().join(",")
}

fn result(
    finding: &FindingView<'_>,
    view: &DocumentView<'_>,
    uri: &str,
    rule: Option<&usize>,
    digest: Option<String>,
) -> Value {
    let mut region = region(finding.span, &view.offsets);
    region["snippet"] = json!({"text": finding.text});
    let file = json!({"uri": uri});
    let mut properties = json!({
        "category": finding.category,
        "severity": finding.severity,
        "penalty": finding.penalty,
    });
    if let Some(reference) = &finding.reference {
        properties["reference"] = json!(reference.text);
    }
    let fixes: Vec<Value> = finding
        .suggestions
        .iter()
        .map(|text| {
            let deleted = json!({"charOffset": finding.start, "charLength": finding.end - finding.start});
            let replacement = json!({"deletedRegion": deleted, "insertedContent": {"text": text}});
            json!({
                "description": {"text": super::layout::repair(text, finding.span.is_empty())},
                "artifactChanges": [{"artifactLocation": file, "replacements": [replacement]}],
            })
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "rank": (f64::from(finding.confidence) * 100.0).round(),
        "message": {"text": super::annotations::sentence(finding)},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
        "properties": properties,
    });
    if let Some(rule) = rule {
        result["ruleIndex"] = json!(rule);
    }
    if let Some(digest) = digest {
        result["partialFingerprints"] = json!({"fauxami/v1": digest});
    }
    if !fixes.is_empty() {
        result["fixes"] = Value::Array(fixes);
    }
    result
}

fn region(span: Span, offsets: &Offsets<'_>) -> Value {
    let ((line, column), (end_line, end_column)) = (offsets.line_column(span.start), offsets.line_column(span.end));
    let (start, end) = offsets.chars(span);
    json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": start,
        "charLength": end - start,
    })
}

/// A path as a relative or absolute URI reference: what RFC 3986 does not leave as it is becomes bytes in hexadecimal.
fn uri(path: &str) -> String {
    let mut out = String::new();
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
