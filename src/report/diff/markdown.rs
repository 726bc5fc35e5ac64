//! Comparisons as Markdown.

use super::{DiffLayout, Marked, Only, ToldDiff, summary_lines, table};
use crate::diff::{Difference, Side};
use crate::span::Span;
use std::fmt::Write as _;

/// Comparisons as Markdown: of several files a table, then of each pair the summary and a table of its passages.
#[must_use]
pub fn markdown(told: &[ToldDiff<'_>]) -> String {
    let mut parts: Vec<String> = Vec::new();
    if let Some(table) = table(told) {
        let line =
            |row: &Vec<String>| format!("| {} |\n", row.iter().map(|c| cell(c.trim())).collect::<Vec<_>>().join(" | "));
        let mut lines: Vec<String> = table.iter().map(line).collect();
        let rule = "| ".to_owned() + &["---"; 2].join(" | ") + &" | ---:".repeat(table[0].len() - 3) + " | --- |\n";
        lines.insert(1, rule);
        parts.push(lines.concat());
    }
    parts.extend(told.iter().map(pair));
    parts.join("\n")
}

fn cell(text: &str) -> String {
    super::super::markdown::escaped(text)
}

fn pair(told: &ToldDiff<'_>) -> String {
    let ToldDiff { diff, sides, layout: DiffLayout { only, .. }, .. } = *told;
    let mut out = String::new();
    for (side, name) in [("A", sides.a.0), ("B", sides.b.0)] {
        let at = usize::from(side == "B");
        let _ = writeln!(out, "- **{side}** {} · score {:.1}", cell(name), diff.summary.scores[at]);
    }
    for line in summary_lines(diff) {
        let _ = writeln!(out, "- {line}");
    }
    out.push_str("\n| ¶ | A | B | differences |\n| --- | --- | --- | --- |\n");
    for (index, passage) in told.passages() {
        let of = |(text, span): (&str, Option<Span>), side| {
            span.map(|span| cell(&Marked::new(text, span, passage, side, Only::Facts).text)).unwrap_or_default()
        };
        let said = |text: &str, span: Span| if span.is_empty() { "–".to_owned() } else { cell(&text[span.range()]) };
        let named = |d: &Difference| format!("{}: {} ↔ {}", d.kind.name(), said(sides.a.1, d.a), said(sides.b.1, d.b));
        let shown: Vec<String> = passage.differences.iter().filter(|d| only.takes(d)).map(named).collect();
        let _ = writeln!(
            out,
            "| {} {} | {} | {} | {} |",
            index + 1,
            passage.likeness.name(),
            of((sides.a.1, passage.a), Side::A),
            of((sides.b.1, passage.b), Side::B),
            shown.join("<br>")
        );
    }
    out
}
