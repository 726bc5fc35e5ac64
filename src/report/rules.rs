//! What is checked, and why: listings and pages made from the rules themselves.

use super::json::line;
use super::layout::{paragraph, shown};
use super::style::{BOLD, DIM, GOOD, paint, severity};
use crate::config::Severity;
use crate::detect::{Rule, registry};
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(serde::Serialize)]
struct RuleView {
    id: &'static str,
    category: &'static str,
    severity: Severity,
    needs: &'static str,
    /// Whether it knows English and no other language.
    english: bool,
    summary: &'static str,
    doc: &'static str,
    example: ExampleView,
}

#[derive(serde::Serialize)]
struct ExampleView {
    fault: &'static str,
    repair: &'static str,
}

impl RuleView {
    fn new(rule: &'static Rule) -> Self {
        Self {
            id: rule.id,
            category: rule.category,
            severity: rule.severity,
            needs: rule.needs.label(),
            english: rule.english,
            summary: rule.summary,
            doc: rule.doc,
            example: ExampleView { fault: rule.example.0, repair: rule.example.1 },
        }
    }
}

/// All rules, by MQM dimension, each dimension in the order of the registry.
fn by_dimension() -> BTreeMap<&'static str, Vec<&'static Rule>> {
    let mut groups: BTreeMap<&'static str, Vec<&'static Rule>> = BTreeMap::new();
    for rule in registry::all() {
        let dimension = rule.category.split('/').next().unwrap_or(rule.category);
        groups.entry(dimension).or_default().push(rule);
    }
    groups
}

/// All rules as a table for the terminal.
#[must_use]
pub fn rules_table(columns: usize) -> String {
    let columns = columns.clamp(60, 120);
    let wide = registry::all().iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (dimension, rules) in by_dimension() {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{}", paint(BOLD, dimension));
        for rule in rules {
            let level = paint(severity(rule.severity), format!("{:<8}", rule.severity.name()));
            let summary = paragraph(rule.summary, columns, wide + 14);
            let _ = writeln!(out, "  {:<wide$}  {level}  {summary}", rule.id);
        }
    }
    let _ = writeln!(out, "\n{}", paint(DIM, "`fauxami explain RULE` says why, and what to write instead."));
    out
}

/// All rules as one JSON object, with a line break.
#[must_use]
pub fn rules_json() -> String {
    #[derive(serde::Serialize)]
    struct Rules {
        rules: Vec<RuleView>,
    }
    let rules = by_dimension().into_values().flatten().map(RuleView::new).collect();
    line(&Rules { rules }) + "\n"
}

/// One rule with its whole doc, for the terminal.
#[must_use]
pub fn explanation(rule: &'static Rule, columns: usize) -> String {
    let columns = columns.clamp(40, 100);
    let level = paint(severity(rule.severity), rule.severity.name());
    let language = if rule.english { " · English only" } else { "" };
    let facts = paint(DIM, format!("needs {}{language}", rule.needs.label()));
    let mut out = format!("{}  {level} · {}\n{facts}\n", paint(BOLD, rule.id), rule.category);
    let _ = writeln!(out, "\n{}", paragraph(rule.summary, columns, 0));
    for block in rule.doc.split("\n\n") {
        out.push('\n');
        let listed = |text: &str| text.lines().all(|line| line.starts_with(['-', '|', ' ', '*', '>']));
        if listed(block) {
            for text in block.lines() {
                let _ = writeln!(out, "{}", shown(text));
            }
        } else {
            let _ = writeln!(out, "{}", paragraph(&block.split_whitespace().collect::<Vec<_>>().join(" "), columns, 0));
        }
    }
    let (fault, repair) = rule.example;
    let _ = writeln!(out, "\n  {} {}", paint(severity(rule.severity), "✗"), paragraph(fault, columns, 4));
    let _ = writeln!(out, "  {} {}", paint(GOOD, "→"), paragraph(repair, columns, 4));
    let _ = writeln!(out, "\n{}", paint(DIM, format!("Switch it off with --rules -{}, or in fauxami.toml:", rule.id)));
    let _ = writeln!(out, "  [rules]\n  {} = \"off\"", rule.id);
    out
}

/// One rule as a JSON object, with a line break.
#[must_use]
pub fn explanation_json(rule: &'static Rule) -> String {
    line(&RuleView::new(rule)) + "\n"
}

/// The page `docs/rules.md`: a table of all rules and a section for each.
#[must_use]
pub fn rules_markdown() -> String {
    let mut out = String::from(
        "# Rules\n\nWhat is checked, by [MQM 2.0](https://themqm.org) dimension. \
         This page is made from the rules: `fauxami rules --format markdown`.\n",
    );
    for (dimension, rules) in by_dimension() {
        let _ = write!(out, "\n## {dimension}\n\n| rule | severity | needs | finds |\n| --- | --- | --- | --- |\n");
        for rule in &rules {
            let (level, needs) = (rule.severity.name(), rule.needs.label());
            let summary = rule.summary.replace('|', "\\|");
            let _ = writeln!(out, "| [`{0}`](#{0}) | {level} | {needs} | {summary} |", rule.id);
        }
        for rule in rules {
            let (level, (fault, repair)) = (rule.severity.name(), rule.example);
            let language = if rule.english { "; English only" } else { "" };
            let _ =
                write!(out, "\n### {}\n\n*{}*, {level}{language}.\n\n{}\n", rule.id, rule.category, rule.doc.trim());
            let _ = write!(out, "\n- ✗ {}\n- → {}\n", one_line(fault), one_line(repair));
        }
    }
    out
}

/// An example as an item of a list.
fn one_line(text: &str) -> String {
    text.trim().replace('\n', " ")
}
