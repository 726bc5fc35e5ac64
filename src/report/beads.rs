//! Two texts side by side, bead by bead.

use super::layout::{shown, width, wrap};
use super::style::{BOLD, DIM, paint};
use super::terminal::COLUMNS;
use crate::align::Bead;
use crate::align::passages::WEAK;
use crate::config::Severity;
use crate::read::RowId;
use crate::span::Span;
use std::fmt::Write as _;
use std::ops::Range;

/// A bead as a line of JSON: units of both texts, counted from 0.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct BeadView {
    /// Units of the first text.
    pub a: Vec<usize>,
    /// Units of the second.
    pub b: Vec<usize>,
    /// The probability that the two answer one another, 0 to 1; 0 for units alone.
    pub score: f64,
    /// Whether the passage stands elsewhere in the other text; only where it does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub moved: bool,
}

impl BeadView {
    /// The view of a bead.
    #[must_use]
    pub fn new(bead: &Bead) -> Self {
        Self { a: bead.a.clone().collect(), b: bead.b.clone().collect(), score: bead.score, moved: bead.moved }
    }
}

/// The words of a pair that answer one another, as a line of JSON.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LinksView<'a> {
    /// The pair's name.
    pub id: &'a RowId,
    /// Linked tokens of both sides, counted from 0.
    pub pairs: &'a [(usize, usize)],
}

/// One bead: the numbers of its units (1-based), how sure it is, and below both sides in full, in two columns. What stands
/// alone, is weak or moved is marked.
#[must_use]
pub fn bead(bead: &Bead, a: (&str, &[Span]), b: (&str, &[Span]), columns: usize) -> String {
    let columns = columns.clamp(*COLUMNS.start(), *COLUMNS.end());
    let numbers = |range: &Range<usize>| match range.len() {
        0 => "–".to_owned(),
        1 => (range.start + 1).to_string(),
        _ => format!("{}-{}", range.start + 1, range.end),
    };
    let mark = match (bead.a.is_empty(), bead.b.is_empty()) {
        (false, true) => "left only",
        (true, false) => "right only",
        _ if bead.moved => "moved",
        _ if bead.score < WEAK => "weak",
        _ => "",
    };
    let mut out = String::new();
    let head = format!("{} = {}", numbers(&bead.a), numbers(&bead.b));
    let _ = write!(out, "{}", paint(BOLD, head));
    if !bead.a.is_empty() && !bead.b.is_empty() {
        let _ = write!(out, "  {}", paint(DIM, format!("{:.2}", bead.score)));
    }
    if !mark.is_empty() {
        let _ = write!(out, "  {}", paint(super::style::severity(Severity::Minor), mark));
    }
    out.push('\n');
    // Two columns with ` │ ` between.
    let column = (columns - 3) / 2;
    let (left, right) = (lines(a, &bead.a, column), lines(b, &bead.b, column));
    for k in 0..left.len().max(right.len()) {
        let (x, y) = (left.get(k).map_or("", String::as_str), right.get(k).map_or("", String::as_str));
        let pad = " ".repeat(column.saturating_sub(width(x)));
        let _ = writeln!(out, "{}", format!("{x}{pad} {} {y}", paint(DIM, "│")).trim_end());
    }
    out
}

/// The units of a side, each broken at `column`.
fn lines((text, units): (&str, &[Span]), range: &Range<usize>, column: usize) -> Vec<String> {
    let spans = units.get(range.clone()).unwrap_or_default();
    let mut out = Vec::new();
    for span in spans {
        let text = shown(&text[span.range()]);
        out.extend(wrap(&text, column).into_iter().map(|(start, end)| text[start..end].trim_end().to_owned()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn columns_fit_wide_characters_too() {
        let (a, b) = (
            "The talks on the ceasefire went on in the capital all night.",
            "停戦に関する協議は首都で一晩中続いた。関係者が明らかにした。",
        );
        let pair = Bead { a: 0..1, b: 0..1, score: 0.91, moved: false };
        let text = plain(&bead(&pair, (a, &[Span::new(0, a.len())]), (b, &[Span::new(0, b.len())]), 60));
        assert!(text.starts_with("1 = 1  0.91\n"));
        let bars: Vec<usize> = text.lines().skip(1).map(|line| width(&line[..line.find('│').unwrap()])).collect();
        assert!(bars.len() >= 2 && bars.iter().all(|bar| *bar == bars[0]), "{text}");
        assert!(text.lines().all(|line| width(line) <= 60), "{text}");
    }

    #[test]
    fn what_stands_alone_or_moved_is_marked() {
        let one = ("Text.", [Span::new(0, 5)]);
        let say = |a, b, moved| plain(&bead(&Bead { a, b, score: 0.9, moved }, (one.0, &one.1), (one.0, &one.1), 80));
        assert!(say(0..1, 0..0, false).starts_with("1 = –  left only\nText."));
        assert!(say(0..0, 0..1, false).starts_with("– = 1  right only\n"));
        assert!(say(0..1, 0..1, true).starts_with("1 = 1  0.90  moved\n"));
    }
}
