//! Markdown, for an issue or a mail.

use super::annotations;
use super::diff;
use super::excerpt::excerpts;
use super::formats::{Format, Line, Overview, Stories, ToldStory};
use super::layout::{count, shown};
use super::model::{FindingView, sorted};
use super::systems::systems_markdown;
use crate::config::Severity;
use crate::detect::Finding;
use crate::span::Span;
use std::fmt::Write;

/// A section a story; for systems their table.
pub const FORMAT: Format = Format {
    name: "markdown",
    summary: "for an issue or a mail; of systems a table",
    styled: false,
    stories: Some(Stories { head, story, gap: "\n", tail: |_| String::new(), overview: true }),
    corpus: None,
    systems: Some(systems_markdown),
    diffs: Some(diff::markdown),
};

/// Where there are several stories, a table of them.
fn head(overview: &Overview) -> String {
    if overview.stories.len() < 2 {
        return String::new();
    }
    let mut out = String::from("| story | words | score | critical | major | minor | neutral |\n");
    out.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for Line { path, words, score, severities: [neutral, minor, major, critical], .. } in &overview.stories {
        let path = escaped(path);
        let _ = writeln!(out, "| {path} | {words} | {score:.1} | {critical} | {major} | {minor} | {neutral} |");
    }
    out.push('\n');
    out
}

fn story(told: &ToldStory<'_>) -> String {
    let (view, line) = (told.view(), Line::new(told));
    let mut facts = vec![told.audit.language.label(), count(view.words, "word"), format!("score {:.1}", view.score)];
    let levels = Severity::ALL.into_iter().rev().filter(|level| line.severities[*level as usize] > 0);
    let levels: Vec<String> = levels.map(|l| format!("{} {}", line.severities[l as usize], l.name())).collect();
    facts.push(if levels.is_empty() { "nothing found".to_owned() } else { levels.join(", ") });
    let mut out = format!("## {}\n\n{}\n", escaped(told.path), facts.join(" · "));
    for (passage, own) in told.audit.passages.iter().zip(&view.passages) {
        let mut rest = own.findings.iter();
        for excerpt in excerpts(told.text, passage.span, &sorted(&passage.findings)) {
            let _ = write!(out, "\n> {}\n\n", marked(told.text, excerpt.window, &excerpt.findings));
            for finding in rest.by_ref().take(excerpt.findings.len()) {
                let (line, column) = view.offsets.line_column(finding.span.start);
                let _ = writeln!(out, "- {}", item(finding, line, column));
            }
        }
    }
    out
}

fn item(finding: &FindingView<'_>, line: usize, column: usize) -> String {
    let said = escaped(&annotations::sentence(finding));
    format!("**{}** `{}` {line}:{column} {said}", finding.severity.name(), finding.rule)
}

/// The sentences with what was found in bold. Emphasis reaches out to white space on both sides: between a letter and a
/// punctuation mark Markdown sees none.
fn marked(text: &str, window: Span, findings: &[&Finding]) -> String {
    let text = text.get(window.range()).unwrap_or_default();
    let mut bold: Vec<(usize, usize)> = Vec::new();
    for finding in findings {
        let inside = |at: usize| at.saturating_sub(window.start).min(text.len());
        let (start, end) = (inside(finding.span.start), inside(finding.span.end));
        let words = text.get(start..end).unwrap_or_default();
        let (start, end) = (start + words.len() - words.trim_start().len(), start + words.trim_end().len());
        if start >= end {
            continue;
        }
        let from = text[..start]
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let to = text[end..].find(char::is_whitespace).map_or(text.len(), |at| end + at);
        match bold.last_mut() {
            Some(last) if last.1 >= from => last.1 = last.1.max(to),
            _ => bold.push((from, to)),
        }
    }
    let (mut out, mut at) = (String::new(), 0);
    for (from, to) in bold {
        let _ = write!(out, "{}**{}**", escaped(&text[at..from]), escaped(&text[from..to]));
        at = to;
    }
    out.push_str(&escaped(&text[at..]));
    out
}

/// Text that stays text in Markdown, on one line: what could be markup, a link or a mention is escaped.
pub(super) fn escaped(text: &str) -> String {
    let special = |c: char| if r"\`*_|<>[]&~#@".contains(c) { format!("\\{c}") } else { c.to_string() };
    shown(text).chars().map(special).collect()
}
