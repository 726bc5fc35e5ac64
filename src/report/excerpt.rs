//! Cuts from a passage with marks under the words that findings are about.

use super::layout::{shown, width, wrap};
use super::offsets::{Offsets, floor};
use super::style::{DIM, paint, severity};
use crate::detect::Finding;
use crate::span::Span;
use crate::text::sentences;
use std::fmt::Write;

/// Most lines of an excerpt that are shown although no mark begins or ends in them.
const MOST_LINES: usize = 5;

/// Findings of one passage that share an excerpt, and the sentences that it shows.
pub(super) struct Excerpt<'a> {
    pub window: Span,
    pub findings: Vec<&'a Finding>,
}

/// Groups findings, given in the order of the text, whose sentences overlap.
pub(super) fn excerpts<'a>(text: &str, passage: Span, findings: &[&'a Finding]) -> Vec<Excerpt<'a>> {
    let shifted = |span: Span| {
        let span = span.shifted(passage.start);
        Span::new(floor(text, span.start), floor(text, span.end))
    };
    let sentences: Vec<Span> = sentences(&text[passage.range()]).into_iter().map(shifted).collect();
    let mut groups: Vec<Excerpt<'a>> = Vec::new();
    for finding in findings {
        let first = sentences.iter().rfind(|s| s.start <= finding.span.start).copied().unwrap_or(passage);
        let last = sentences.iter().find(|s| s.end >= finding.span.end).copied().unwrap_or(passage);
        let window = if first.start <= last.end { first.cover(last) } else { first };
        match groups.last_mut() {
            Some(group) if group.window.touches(window) => {
                group.window = group.window.cover(window);
                group.findings.push(finding);
            }
            _ => groups.push(Excerpt { window, findings: vec![finding] }),
        }
    }
    groups
}

/// The excerpt with its marks: lines of at most `columns`, each behind a gutter that names the line of the file.
pub(super) fn draw(offsets: &Offsets<'_>, excerpt: &Excerpt<'_>, gutter: usize, columns: usize) -> String {
    let text = &offsets.text()[excerpt.window.range()];
    let lines = wrap(text, columns.saturating_sub(gutter + 4));
    let rows: Vec<Vec<Vec<Mark>>> = (0..lines.len()).map(|at| marks(text, excerpt, &lines, at)).collect();
    let mut out = String::new();
    let mut numbered = 0;
    let mut skipped = false;
    for ((start, end), rows) in lines.iter().zip(rows) {
        let tells = excerpt.findings.iter().any(|finding| {
            let places = [finding.span.start, finding.span.end].map(|at| at.saturating_sub(excerpt.window.start));
            places.iter().any(|at| (*start..=*end).contains(at))
        });
        if !tells && lines.len() > MOST_LINES {
            skipped = true;
            continue;
        }
        if std::mem::take(&mut skipped) {
            let _ = writeln!(out, "{}", paint(DIM, format!("{:>gutter$} ┆", "")));
        }
        let number = offsets.line_column(excerpt.window.start + start).0;
        let label = if number == numbered { String::new() } else { number.to_string() };
        numbered = number;
        let _ =
            writeln!(out, "{} {}", paint(DIM, format!("{label:>gutter$} │")), shown(&text[*start..*end]).trim_end());
        for row in rows {
            let _ = write!(out, "{}", paint(DIM, format!("{:>gutter$} │", "")));
            let mut column = 0;
            for mark in row {
                let _ = write!(
                    out,
                    "{:1$}{2}",
                    "",
                    mark.column - column + usize::from(column == 0),
                    paint(mark.style, &mark.drawn)
                );
                column = mark.column + mark.drawn.len();
            }
            out.push('\n');
        }
    }
    out
}

struct Mark {
    column: usize,
    drawn: String,
    style: anstyle::Style,
}

/// The rows of marks under line `at`; marks that overlap stand in rows of their own.
fn marks(text: &str, excerpt: &Excerpt<'_>, lines: &[(usize, usize)], at: usize) -> Vec<Vec<Mark>> {
    let (start, end) = lines[at];
    let next = lines.get(at + 1).map_or(text.len() + 1, |line| line.0);
    let line = &text[start..end];
    let mut rows: Vec<Vec<Mark>> = Vec::new();
    for (number, finding) in excerpt.findings.iter().enumerate() {
        let from = finding.span.start.saturating_sub(excerpt.window.start);
        let to = finding.span.end.saturating_sub(excerpt.window.start);
        // A mere place, or white space at a line's end, belongs to the line that it follows.
        let here = if from < next && from >= start { true } else { from < start && to > start };
        if !here {
            continue;
        }
        let column_of = |byte: usize| width(&line[..floor(line, byte.clamp(start, end) - start)]);
        let (column, stop) = (column_of(from), column_of(to));
        let length = stop.saturating_sub(column).max(1);
        let label = if excerpt.findings.len() > 1 && from >= start { (number + 1).to_string() } else { String::new() };
        let drawn = format!("{label}{}", "^".repeat(length.saturating_sub(label.len())));
        let mark = Mark { column, drawn, style: severity(finding.severity) };
        let free = rows.iter_mut().find(|row| row.last().is_none_or(|last| last.column + last.drawn.len() <= column));
        match free {
            Some(row) => row.push(mark),
            None => rows.push(vec![mark]),
        }
    }
    rows
}
