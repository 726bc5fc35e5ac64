//! Reports for people: excerpts with marks, tables, one line where one will do.

use super::compare;
use super::diff;
use super::excerpt::{draw, excerpts};
use super::formats::{Corpus, Format, Rows, Stories, ToldStory};
use super::layout::{count, paragraph, repair, shown, truncated};
use super::model::{CorpusView, sorted};
use super::offsets::Offsets;
use super::style::{BOLD, DIM, GOOD, paint, severity};
use crate::audit::{PassageAudit, StoryAudit};
use crate::config::Severity;
use crate::detect::Finding;
use crate::score::Basis;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Text for a terminal.
pub const FORMAT: Format = Format {
    name: "terminal",
    summary: "text for a terminal",
    styled: true,
    stories: Some(Stories { head: |_| String::new(), story, gap: "\n", tail: |_| String::new(), overview: false }),
    corpus: Some(Corpus {
        rows: Rows::Summed,
        figures: Some(|told| corpus(told.view, told.words, told.severities, told.decimals)),
    }),
    systems: Some(super::systems::systems),
    diffs: Some(diff::diff),
};

/// Narrowest and widest report, in columns; beyond that, lines are hard to read.
pub(super) const COLUMNS: std::ops::RangeInclusive<usize> = 40..=120;

/// A story: what it is, then each passage with findings, then the findings by rule.
#[must_use]
pub fn story(told: &ToldStory<'_>) -> String {
    let ToldStory { path, audit, text, reference, columns, explain, .. } = *told;
    let columns = columns.clamp(*COLUMNS.start(), *COLUMNS.end());
    let offsets = Offsets::new(text);
    let findings: Vec<&Finding> = audit.passages.iter().flat_map(|passage| &passage.findings).collect();
    let mut out = String::new();
    let mut facts = vec![audit.language.label(), count(audit.words, "word")];
    facts.push(if findings.is_empty() { paint(GOOD, "nothing found") } else { severities(&findings) });
    let _ = writeln!(out, "{}  {}", paint(BOLD, shown(path)), facts.join(" · "));
    let _ = writeln!(out, "{}", paragraph(&scored(audit), columns, 2));
    if explain {
        let line = explained(&audit.lost, &audit.by_rule);
        let _ = writeln!(out, "{}", paint(DIM, paragraph(&line, columns, 2)));
    }
    // Sisters that share all phrases share a line.
    for same in audit.origin.chunk_by(|a, b| a.evidence == b.evidence) {
        let origin = &same[0];
        let languages = same.iter().map(|origin| origin.language.as_str()).collect::<Vec<_>>().join(" or ");
        let each = if same.len() > 1 { " each" } else { "" };
        let phrases = origin.evidence.iter().map(|phrase| format!("“{phrase}”")).collect::<Vec<_>>().join(", ");
        let line = format!("likely from {languages} ({:.0} %{each}): {phrases}", 100.0 * origin.share);
        let _ = writeln!(out, "{}", paint(DIM, paragraph(&line, columns, 2)));
    }
    let gutter = offsets.line_column(text.len()).0.to_string().len() + 1;
    for passage in audit.passages.iter().filter(|passage| explain || !passage.findings.is_empty()) {
        out.push('\n');
        let head = Head { of: audit.passages.len(), explain };
        out.push_str(&passage_report(passage, &offsets, reference, head, gutter, columns));
    }
    if findings.len() > 1 {
        let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in &findings {
            *rules.entry(finding.rule).or_default() += 1;
        }
        let mut rules: Vec<(&str, usize)> = rules.into_iter().collect();
        rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
        let list = rules.iter().map(|(rule, count)| format!("{rule} {count}")).collect::<Vec<_>>().join(", ");
        let head = format!("{}: ", count(findings.len(), "finding"));
        let _ = write!(out, "\n{head}{}\n", paragraph(&list, columns.saturating_sub(head.len()), 2));
    }
    out
}

/// The score of a story, where such a story's lies, and what it means.
fn scored(audit: &StoryAudit) -> String {
    let interval = audit.interval.filter(|_| audit.words > 0);
    let range = interval.map_or_else(String::new, |own| format!(" ({:.1} to {:.1})", own.low, own.high));
    let basis = if audit.basis == Basis::Reference { "" } else { " without a reference" };
    let band = audit.band().name();
    format!("score {:.1}{range}{basis}: {band}", audit.score + 0.0)
}

/// What a score is lost to, in a line.
fn explained(lost: &[(&str, f64)], by_rule: &[(&str, f64)]) -> String {
    let list = |parts: &[(&str, f64)]| {
        let shown = parts.iter().filter(|part| part.1.abs() >= 0.05);
        let part = |(name, points): &(&str, f64)| format!("{name} {}", format!("{points:.1}").replace('-', "\u{2212}"));
        shown.map(part).collect::<Vec<_>>().join(", ")
    };
    let total: f64 = lost.iter().map(|part| part.1).sum();
    let parts = lost.iter().map(|part| {
        let rules = if part.0 == "penalty" { list(by_rule) } else { String::new() };
        list(std::slice::from_ref(part)) + &if rules.is_empty() { rules } else { format!(" ({rules})") }
    });
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return "nothing lost".to_owned();
    }
    format!("{total:.1} of 100 lost: {}", parts.join(", "))
}

/// What the head of a passage says.
#[derive(Clone, Copy)]
struct Head {
    /// How many passages there are.
    of: usize,
    /// Whether it says what the score is lost to.
    explain: bool,
}

fn passage_report(
    passage: &PassageAudit,
    offsets: &Offsets<'_>,
    reference: Option<&str>,
    Head { of, explain }: Head,
    gutter: usize,
    columns: usize,
) -> String {
    let mut out = String::new();
    let mut facts = vec![format!("¶ {} of {of}", passage.index + 1), format!("score {:.1}", passage.score)];
    facts.extend(passage.metrics.iter().filter(|m| m.0 != "score").map(|(name, value)| format!("{name} {value:.1}")));
    let _ = writeln!(out, "{:gutter$} {}", "", paint(DIM, facts.join(" · ")));
    if explain {
        let line = paragraph(&explained(&passage.lost, &passage.by_rule), columns, gutter + 3);
        let _ = writeln!(out, "{:gutter$} {}", "", paint(DIM, line));
    }
    for excerpt in excerpts(offsets.text(), passage.span, &sorted(&passage.findings)) {
        out.push_str(&draw(offsets, &excerpt, gutter, columns));
        let alone = excerpt.findings.len() == 1;
        for (number, finding) in excerpt.findings.iter().enumerate() {
            let label = if alone { " ".to_owned() } else { (number + 1).to_string() };
            out.push_str(&finding_lines(finding, &label, offsets, reference, gutter, columns));
        }
    }
    // Where a finding speaks of the reference, the editor wants to see it, and what in it is different.
    let told = passage.findings.iter().any(|finding| finding.reference.is_some());
    let theirs = reference.zip(passage.reference).and_then(|(text, span)| text.get(span.range()));
    if let Some(theirs) = theirs.filter(|_| told) {
        let ours = offsets.text().get(passage.span.range()).unwrap_or_default();
        out.push_str(&compare::reference(ours, theirs, gutter, columns));
    }
    out
}

fn finding_lines(
    finding: &Finding,
    label: &str,
    offsets: &Offsets<'_>,
    reference: Option<&str>,
    gutter: usize,
    columns: usize,
) -> String {
    let indent = gutter + 3;
    let style = severity(finding.severity);
    let (line, column) = offsets.line_column(finding.span.start);
    let head = format!("{} {} {line}:{column}  ", finding.severity.name(), finding.rule);
    // The message starts where the head ends and goes on below it, indented.
    let message = paragraph(&format!("{head}{}", finding.message), columns, indent);
    let message = message.strip_prefix(&head).map_or_else(
        || paint(style, &message),
        |message| {
            let place = paint(DIM, format!("{line}:{column}"));
            format!("{} {} {place}  {message}", paint(style, finding.severity.name()), paint(BOLD, finding.rule))
        },
    );
    let mut out = format!(
        "{:1$}{2} {message}\n",
        "",
        indent - 1 - label.len(),
        if label == " " { label.to_owned() } else { paint(style, label) }
    );
    let mut below = Vec::new();
    if !finding.suggestions.is_empty() {
        let all =
            finding.suggestions.iter().take(3).map(|text| repair(text, finding.span.is_empty())).collect::<Vec<_>>();
        below.push((GOOD, format!("→ {}", all.join(" | "))));
    }
    let words = reference.zip(finding.reference).and_then(|(text, span)| text.get(span.range())).unwrap_or_default();
    // What is said by the repair is not said twice.
    if !words.is_empty() && finding.suggestions.first().is_none_or(|first| first.trim() != words.trim()) {
        below.push((DIM, format!("reference: {words}")));
    }
    for (style, line) in below {
        let line = paragraph(&truncated(&line, 3 * columns), columns, indent + 2);
        let _ = writeln!(out, "{:1$}{2}", "", indent, paint(style, line));
    }
    out
}

/// `1 critical, 3 major, 2 minor`, each in its colour.
fn severities(findings: &[&Finding]) -> String {
    let of = |level: Severity| findings.iter().filter(|finding| finding.severity == level).count();
    severity_counts(of)
}

fn severity_counts(of: impl Fn(Severity) -> usize) -> String {
    let levels = Severity::ALL.into_iter().rev().filter(|level| of(*level) > 0);
    levels.map(|level| paint(severity(level), format!("{} {}", of(level), level.name()))).collect::<Vec<_>>().join(", ")
}

/// The figures of a corpus as tables, with so many decimals. `words` are those of the translations; `severities` count findings, least first.
#[must_use]
pub fn corpus(view: &CorpusView, words: usize, severities: &[usize; 4], decimals: usize) -> String {
    let mut out = String::new();
    let mut facts = vec![paint(BOLD, count(view.pairs, "pair")), count(words, "word")];
    if view.failed > 0 {
        facts.push(paint(severity(Severity::Major), format!("{} not read", count(view.failed, "row"))));
    }
    if !view.findings.is_empty() {
        facts.push(severity_counts(|level| severities[level as usize]));
    }
    let _ = writeln!(out, "{}\n", facts.join(" · "));
    for (name, value) in &*view.corpus.0 {
        let margin = view.intervals.get(name).map(|interval| format!(" ± {:.decimals$}", interval.margin()));
        let line = format!("  {name:<10} {value:>10.decimals$}{}", margin.unwrap_or_default());
        let signature = view.signatures.get(name).map(|text| format!("  {}", paint(DIM, text)));
        let _ = writeln!(out, "{line}{}", signature.unwrap_or_default());
    }
    if !view.lost.0.is_empty() {
        let _ = writeln!(out, "\n  {}", paragraph(&explained(&view.lost.0, &view.by_rule.0), *COLUMNS.end(), 4));
    }
    if !view.findings.is_empty() {
        let mut rules: Vec<(&str, usize)> = view.findings.iter().map(|(rule, count)| (*rule, *count)).collect();
        rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
        let wide = rules.iter().map(|(rule, _)| rule.len()).max().unwrap_or(0);
        let _ = writeln!(out, "\n  {:<wide$} {:>9} {:>15}", "rule", "findings", "a 1,000 words");
        for (rule, count) in rules {
            let rate = 1000.0 * count as f64 / words.max(1) as f64;
            let _ = writeln!(out, "  {rule:<wide$} {count:>9} {rate:>15.2}");
        }
    }
    out
}
