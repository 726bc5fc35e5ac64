//! Two translations side by side.

mod json;
mod markdown;

pub use json::{json, lines};
pub use markdown::markdown;

#[cfg(test)]
pub(super) use json::{DiffView, LineView};

use super::layout::{count, shown, truncated, width, wrap};
use super::style::{BOLD, DIM, paint};
use super::terminal::COLUMNS;
use crate::diff::{Class, Diff, Difference, Kind, Likeness, PassageDiff, Side, Summary};
use crate::span::Span;
use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;

/// Blue and yellow are told apart by those who see no red or green.
const FIRST: Style = AnsiColor::BrightBlue.on_default().bold();
const SECOND: Style = AnsiColor::Yellow.on_default().bold();
const QUIET: Style = Style::new().underline();

/// Which differences are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    /// All, wordings and forms quietly.
    #[default]
    All,
    /// What is told differently.
    Facts,
    /// What is worded or written otherwise.
    Style,
}

impl Only {
    /// Whether a difference is shown.
    #[must_use]
    pub fn takes(self, difference: &Difference) -> bool {
        match self {
            Self::All => true,
            Self::Facts => difference.class() == Class::Fact,
            Self::Style => difference.class() != Class::Fact,
        }
    }

    /// Whether a passage is shown.
    #[must_use]
    pub fn takes_passage(self, passage: &PassageDiff) -> bool {
        let alone = passage.a.is_none() || passage.b.is_none();
        self == Self::All
            || alone && self == Self::Facts
            || passage.differences.iter().any(|difference| self.takes(difference))
    }
}

/// How a comparison is laid out.
#[derive(Clone, Copy, Debug)]
pub struct DiffLayout {
    /// Columns to fill.
    pub columns: usize,
    /// One side below the other instead of beside it.
    pub unified: bool,
    /// Which differences are shown.
    pub only: Only,
}

/// The two texts with their names.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'t> {
    /// The first file's name and text.
    pub a: (&'t str, &'t str),
    /// The second's.
    pub b: (&'t str, &'t str),
}

/// All that is known of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct ToldDiff<'a> {
    /// What was found.
    pub diff: &'a Diff,
    /// The two texts.
    pub sides: Sides<'a>,
    /// The text of the reference.
    pub reference: Option<&'a str>,
    /// How it is laid out.
    pub layout: DiffLayout,
}

impl ToldDiff<'_> {
    /// The passages that are shown, with their 0-based places.
    pub(super) fn passages(&self) -> impl Iterator<Item = (usize, &PassageDiff)> {
        let only = self.layout.only;
        self.diff.passages.iter().enumerate().filter(move |(_, passage)| only.takes_passage(passage))
    }
}

/// Comparisons for a terminal: of several files a table, then each pair passage by passage with both sides, facts in ⟦ ⟧, and
/// below it the differences by name.
#[must_use]
pub fn diff(told: &[ToldDiff<'_>]) -> String {
    let mut parts = Vec::new();
    if let Some(table) = table(told) {
        parts.push(table.iter().map(|line| line.join("  ").trim_end().to_owned() + "\n").collect());
    }
    parts.extend(told.iter().map(pair));
    parts.join("\n")
}

/// Several comparisons in a table, padded to the same widths; of one none.
fn table(told: &[ToldDiff<'_>]) -> Option<Vec<Vec<String>>> {
    if told.len() < 2 {
        return None;
    }
    let head =
        ["A", "B", "score A", "score B", "same", "reworded", "facts", "alone", "better A", "better B", "on the whole"];
    let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).into()];
    rows.extend(told.iter().map(|told| {
        let summary = &told.diff.summary;
        let mut row = vec![shown(told.sides.a.0), shown(told.sides.b.0)];
        row.extend(summary.scores.map(|score| format!("{score:.1}")));
        let alone = summary.of(Likeness::OnlyA) + summary.of(Likeness::OnlyB);
        let counts = [Likeness::Same, Likeness::Reworded, Likeness::Differs].map(|likeness| summary.of(likeness));
        row.extend(counts.into_iter().chain([alone]).chain(summary.wins).map(|count| count.to_string()));
        row.push(whole(summary));
        row
    }));
    let widths: Vec<usize> =
        (0..head.len()).map(|k| rows.iter().map(|row| width(&row[k])).max().unwrap_or(0)).collect();
    for row in &mut rows {
        for (k, (cell, wanted)) in row.iter_mut().zip(&widths).enumerate() {
            let pad = " ".repeat(wanted - width(cell));
            *cell = if (2..head.len() - 1).contains(&k) { pad + cell } else { cell.clone() + &pad };
        }
    }
    Some(rows)
}

/// Which side reads better on the whole, in a cell.
pub(super) fn whole(summary: &Summary) -> String {
    match (summary.better(), summary.p_value) {
        (Some(side), Some(p)) => format!("{} (p = {p:.3})", letter(side)),
        (None, Some(p)) => format!("no proof (p = {p:.2})"),
        _ => "too few passages".to_owned(),
    }
}

fn pair(told: &ToldDiff<'_>) -> String {
    let ToldDiff { diff, sides, layout, .. } = *told;
    let columns = layout.columns.clamp(*COLUMNS.start(), *COLUMNS.end());
    let mut out = String::new();
    for (style, letter, name) in [(FIRST, "A", sides.a.0), (SECOND, "B", sides.b.0)] {
        let side = usize::from(letter == "B");
        let (score, findings) = (diff.summary.scores[side], diff.summary.findings[side]);
        let _ = writeln!(
            out,
            "{} {} · score {score:.1} · {}",
            paint(style, letter),
            shown(name),
            count(findings, "finding")
        );
    }
    for line in summary_lines(diff) {
        let _ = writeln!(out, "{line}");
    }
    for (index, passage) in told.passages() {
        out.push('\n');
        head(index, passage, &mut out);
        if passage.likeness == Likeness::Same {
            continue;
        }
        let of = |side: Side| {
            let (text, span) = if side == Side::A { (sides.a.1, passage.a) } else { (sides.b.1, passage.b) };
            span.map(|span| Marked::new(text, span, passage, side, layout.only))
        };
        let (first, second) = (of(Side::A), of(Side::B));
        if layout.unified {
            for (sign, style, side) in [("-", FIRST, first), ("+", SECOND, second)] {
                for line in side.map(|side| side.lines(columns - 2, style)).unwrap_or_default() {
                    let _ = writeln!(out, "{} {}", paint(style, sign), line.0);
                }
            }
        } else {
            let column = (columns - 3) / 2;
            let left = first.map(|side| side.lines(column, FIRST)).unwrap_or_default();
            let right = second.map(|side| side.lines(column, SECOND)).unwrap_or_default();
            for k in 0..left.len().max(right.len()) {
                let (x, used) = left.get(k).map_or(("", 0), |(line, used)| (line.as_str(), *used));
                let y = right.get(k).map_or("", |(line, _)| line.as_str());
                let pad = " ".repeat(column.saturating_sub(used));
                let _ = writeln!(out, "{}", format!("{x}{pad} {} {y}", paint(DIM, "│")).trim_end());
            }
        }
        differences(passage, sides, layout.only, &mut out);
    }
    out
}

/// What is said of the whole.
pub(super) fn summary_lines(diff: &Diff) -> Vec<String> {
    let summary = &diff.summary;
    let mut parts = Vec::new();
    for (likeness, text) in [
        (Likeness::Same, "the same"),
        (Likeness::Reworded, "reworded"),
        (Likeness::Differs, "differing in facts"),
        (Likeness::OnlyA, "only in A"),
        (Likeness::OnlyB, "only in B"),
    ] {
        if summary.of(likeness) > 0 {
            parts.push(format!("{} {text}", summary.of(likeness)));
        }
    }
    if summary.moved > 0 {
        parts.push(format!("{} moved", summary.moved));
    }
    let [a, b] = summary.wins;
    let proof = match (summary.better(), summary.p_value) {
        (Some(side), Some(p)) => format!("{} on the whole (p = {p:.3})", letter(side)),
        (None, Some(p)) => format!("no proof that either does on the whole (p = {p:.2})"),
        _ => "too few passages to tell on the whole".to_owned(),
    };
    vec![
        format!("{}: {}", count(diff.passages.len(), "passage"), parts.join(", ")),
        format!("reads better: A in {a}, B in {b}, else too close to call; {proof}"),
    ]
}

pub(super) const fn letter(side: Side) -> &'static str {
    match side {
        Side::A => "A",
        Side::B => "B",
    }
}

fn head(index: usize, passage: &PassageDiff, out: &mut String) {
    let style = match passage.likeness {
        Likeness::Same | Likeness::Reworded => DIM,
        _ => BOLD,
    };
    let mut text = format!("¶ {} {}", index + 1, passage.likeness.name());
    if passage.moved {
        text.push_str(" · moved");
    }
    let _ = write!(out, "{}", paint(style, text));
    if let Some(side) = passage.verdict.better {
        let _ = write!(out, " · {} reads better: {}", letter(side), passage.verdict.why);
    }
    out.push('\n');
}

/// The differences below a passage: facts a line each, the others as a count of each kind.
fn differences(passage: &PassageDiff, sides: Sides<'_>, only: Only, out: &mut String) {
    let mut quiet: Vec<(&'static str, usize)> = Vec::new();
    for difference in passage.differences.iter().filter(|difference| only.takes(difference)) {
        let loud = difference.class() == Class::Fact || difference.kind == Kind::NameSpelling;
        if !loud && only != Only::Style {
            match quiet.iter_mut().find(|(name, _)| *name == difference.kind.name()) {
                Some((_, times)) => *times += 1,
                None => quiet.push((difference.kind.name(), 1)),
            }
            continue;
        }
        let said = |text: &str, span: Span| {
            if span.is_empty() { "–".to_owned() } else { format!("“{}”", shown(&text[span.range()])) }
        };
        let _ = write!(
            out,
            "  {} {} ↔ {}: {}",
            paint(BOLD, difference.kind.name()),
            paint(FIRST, said(sides.a.1, difference.a)),
            paint(SECOND, said(sides.b.1, difference.b)),
            difference.message
        );
        if let Some(side) = difference.reference {
            let _ = write!(out, " (the reference goes with {})", letter(side));
        }
        out.push('\n');
    }
    if !quiet.is_empty() {
        let text = quiet.iter().map(|(name, times)| format!("{times} {name}")).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "  {}", paint(DIM, text));
    }
    if only == Only::All {
        faults(passage, sides, out);
    }
}

/// The grave faults of either side, a line each; what both have is said once.
fn faults(passage: &PassageDiff, sides: Sides<'_>, out: &mut String) {
    let grave = |audit: &Option<crate::PassageAudit>, text: &str| -> Vec<String> {
        let all = audit.iter().flat_map(|audit| &audit.findings).filter(|f| f.severity >= crate::Severity::Major);
        let words = |finding: &crate::Finding| match text.get(finding.span.range()).map(shown) {
            Some(words) if !words.trim().is_empty() => format!(" “{}”", truncated(&words, EXCERPT)),
            _ => String::new(),
        };
        all.map(|f| format!("{} {}{}: {}", f.severity.name(), f.rule, words(f), f.message)).collect()
    };
    let (own, theirs) = (grave(&passage.audit_a, sides.a.1), grave(&passage.audit_b, sides.b.1));
    for line in &own {
        let who = if theirs.contains(line) { "A and B" } else { "A" };
        let _ = writeln!(out, "  {who}: {line}");
    }
    for line in theirs.iter().filter(|line| !own.contains(line)) {
        let _ = writeln!(out, "  B: {line}");
    }
}

/// Columns of the words of a fault that are shown.
const EXCERPT: usize = 50;

/// One side of a passage as it is shown, with what is to be marked in it.
struct Marked {
    text: String,
    /// Stretches of `text` in bytes, and whether a fact.
    marks: Vec<(std::ops::Range<usize>, bool)>,
}

impl Marked {
    fn new(text: &str, span: Span, passage: &PassageDiff, side: Side, only: Only) -> Self {
        let mut places: Vec<(Span, bool)> = passage
            .differences
            .iter()
            .filter(|difference| only.takes(difference))
            .map(|d| (if side == Side::A { d.a } else { d.b }, d.class() == Class::Fact))
            .filter(|(place, _)| !place.is_empty())
            .collect();
        // Facts are shown whatever wording lies around them.
        let facts: Vec<Span> = places.iter().filter(|(_, fact)| *fact).map(|(place, _)| *place).collect();
        places.retain(|(place, fact)| {
            *fact || !facts.iter().any(|fact| fact.start < place.end && place.start < fact.end)
        });
        places.sort_by_key(|(place, fact)| (place.start, !fact, place.end));
        let mut out = Self { text: String::new(), marks: Vec::new() };
        let mut at = span.start;
        for (place, fact) in places {
            // What lies in another mark is shown by that one.
            if place.start < at || place.end > span.end {
                continue;
            }
            out.text.push_str(&shown(&text[at..place.start]));
            let from = out.text.len();
            let words = shown(&text[place.range()]);
            if fact {
                let _ = write!(out.text, "⟦{words}⟧");
            } else {
                out.text.push_str(&words);
            }
            out.marks.push((from..out.text.len(), fact));
            at = place.end;
        }
        out.text.push_str(&shown(&text[at..span.end]));
        out
    }

    /// Its lines with styles, each with the columns that it takes.
    fn lines(&self, columns: usize, loud: Style) -> Vec<(String, usize)> {
        let line = |(start, end): (usize, usize)| {
            let end = start + self.text[start..end].trim_end().len();
            let mut out = String::new();
            let mut at = start;
            for (mark, fact) in &self.marks {
                let (from, to) = (mark.start.max(at), mark.end.min(end));
                if from >= to {
                    continue;
                }
                out.push_str(&self.text[at..from]);
                let style = if *fact { loud } else { QUIET };
                out.push_str(&paint(style, &self.text[from..to]));
                at = to;
            }
            out.push_str(&self.text[at..end]);
            (out, width(&self.text[start..end]))
        };
        wrap(&self.text, columns).into_iter().map(line).collect()
    }
}
