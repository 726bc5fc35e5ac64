//! The lexicon as a listing, and one of its entries in full.

use super::json::line;
use super::layout::{paragraph, shown, truncated, width};
use super::style::{BOLD, DIM, GOOD, paint, severity};
use crate::config::{Profile, Severity};
use crate::detect::Lexicon;
use crate::detect::lexicon::{Entry, Examples};
use std::collections::BTreeMap;
use std::fmt::Write;

/// An entry as programs get it.
#[derive(Debug, serde::Serialize)]
struct EntryView<'a> {
    id: &'a str,
    kind: &'static str,
    rule: &'static str,
    category: &'static str,
    severity: Severity,
    confidence: f64,
    pattern: &'a [String],
    suggestion: &'a [String],
    sources: &'a BTreeMap<String, String>,
    reason: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    unless: &'a [String],
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<Profile>,
    file: &'a str,
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    bad: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    good: Option<Vec<String>>,
}

impl<'a> EntryView<'a> {
    fn new(entry: &'a Entry, examples: Option<Examples>) -> Self {
        let (bad, good) = examples.map_or((None, None), |e| (Some(e.bad), Some(e.good)));
        Self {
            id: &entry.id,
            kind: entry.kind.name(),
            rule: entry.kind.rule(),
            category: entry.kind.category(),
            severity: entry.severity,
            confidence: (f64::from(entry.confidence) * 100.0).round() / 100.0,
            pattern: &entry.written,
            suggestion: &entry.suggestions,
            sources: &entry.sources,
            reason: &entry.reason,
            unless: &entry.spared,
            side: entry.side.map(crate::detect::lexicon::Side::name),
            profile: entry.profile,
            file: &entry.file,
            line: entry.line,
            bad,
            good,
        }
    }
}

/// A suggestion as it is shown: to cut the phrase is one too.
fn repair(suggestion: &str) -> &str {
    if suggestion.is_empty() { "(delete)" } else { suggestion }
}

/// The entries as a table for the terminal: three lines each, none wider than the terminal.
#[must_use]
pub fn lexicon_table(entries: &[&Entry], columns: usize) -> String {
    let columns = columns.clamp(40, 120);
    let mut out = String::new();
    for entry in entries {
        let languages = entry.sources.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let languages = if languages.is_empty() { String::new() } else { format!("  {languages}") };
        let facts = format!("  {}{languages}", entry.kind.name());
        let facts = truncated(&facts, columns.saturating_sub(width(&entry.id)));
        let _ = writeln!(out, "{}{}", paint(BOLD, &entry.id), paint(DIM, facts));
        let more =
            if entry.written.len() > 1 { format!("  (and {} more)", entry.written.len() - 1) } else { String::new() };
        let pattern = entry.written.first().map_or("", String::as_str);
        let _ = writeln!(out, "  {}{}", truncated(pattern, columns.saturating_sub(2 + more.len())), paint(DIM, &more));
        let first = repair(entry.suggestions.first().map_or("", String::as_str));
        let _ = writeln!(out, "  {}", paint(GOOD, truncated(&format!("→ {first}"), columns - 2)));
    }
    let count = match entries.len() {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    let gap = if entries.is_empty() { "" } else { "\n" };
    let _ = writeln!(out, "{gap}{}", paint(DIM, format!("{count}; `fauxami explain ENTRY-ID` shows one in full.")));
    out
}

/// The entries as one JSON object, with a line break.
#[must_use]
pub fn lexicon_json(entries: &[&Entry]) -> String {
    #[derive(serde::Serialize)]
    struct Entries<'a> {
        entries: Vec<EntryView<'a>>,
    }
    line(&Entries { entries: entries.iter().map(|entry| EntryView::new(entry, None)).collect() }) + "\n"
}

/// The entries as a table in Markdown.
#[must_use]
pub fn lexicon_markdown(entries: &[&Entry]) -> String {
    let mut out = String::from("| entry | kind | sources | pattern | suggestion |\n| --- | --- | --- | --- | --- |\n");
    let code = |text: &str| format!("`{}`", text.replace('|', "\\|"));
    for entry in entries {
        let languages = entry.sources.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let patterns = entry.written.iter().map(|p| code(p)).collect::<Vec<_>>().join("<br>");
        let first = code(repair(entry.suggestions.first().map_or("", String::as_str)));
        let _ = writeln!(out, "| {} | {} | {languages} | {patterns} | {first} |", entry.id, entry.kind.name());
    }
    out
}

/// One entry with all that is known of it, for the terminal.
#[must_use]
pub fn entry_explanation(entry: &Entry, examples: &Examples, columns: usize) -> String {
    let columns = columns.clamp(40, 100);
    let level = paint(severity(entry.severity), entry.severity.name());
    let mut out = format!("{}  {level} · {}\n", paint(BOLD, &entry.id), entry.kind.category());
    let mut facts = vec![format!("lexicon: {}", entry.kind.name()), format!("rule {}", entry.kind.rule())];
    facts.push(format!("confidence {:.2}", entry.confidence));
    facts.extend(entry.profile.map(|profile| format!("only with profile = \"{}\"", profile.name())));
    facts.extend(entry.side.map(|side| match side.name() {
        "quote" => "only inside quotation marks".to_owned(),
        _ => "only outside quotation marks".to_owned(),
    }));
    let _ = writeln!(out, "{}", paint(DIM, paragraph(&facts.join(" · "), columns, 0)));
    let _ = writeln!(out, "\n{}", paragraph(&entry.reason, columns, 0));
    let mut list = |head: &str, items: &[String]| {
        if !items.is_empty() {
            let _ = writeln!(out, "\n{head}");
            for item in items {
                let _ = writeln!(out, "  {}", paragraph(item, columns, 4));
            }
        }
    };
    list("finds", &entry.written);
    list("unless", &entry.spared);
    let suggestions: Vec<String> = entry.suggestions.iter().map(|s| repair(s).to_owned()).collect();
    list("write instead", &suggestions);
    let sources: Vec<String> = entry.sources.iter().map(|(language, phrase)| format!("{language}  {phrase}")).collect();
    list("from", &sources);
    if !examples.bad.is_empty() || !examples.good.is_empty() {
        out.push('\n');
    }
    for bad in &examples.bad {
        let _ = writeln!(out, "  {} {}", paint(severity(entry.severity), "✗"), paragraph(bad, columns, 4));
    }
    for good in &examples.good {
        let _ = writeln!(out, "  {} {}", paint(GOOD, "✓"), paragraph(good, columns, 4));
    }
    let _ = writeln!(out, "\n{}", paint(DIM, shown(&format!("{}:{}", entry.file, entry.line))));
    let _ = writeln!(out, "{}", paint(DIM, "Switch it off in fauxami.toml:"));
    let _ = writeln!(out, "  lexicon-off = [\"{}\"]", entry.id);
    out
}

/// One entry as a JSON object, with a line break.
#[must_use]
pub fn entry_json(entry: &Entry, examples: Examples) -> String {
    line(&EntryView::new(entry, Some(examples))) + "\n"
}

/// The entries that a search finds, in the lexicon's order: `query` stands in the id, a pattern, a suggestion, a source
/// phrase or the reason, in any case; `language` is among the sources; the kind is `kind`.
#[must_use]
pub fn lexicon_search<'l>(
    lexicon: &'l Lexicon,
    query: &str,
    language: Option<&str>,
    kind: Option<&str>,
) -> Vec<&'l Entry> {
    let query = query.to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&query);
    let all = |texts: &[String]| texts.iter().any(|text| has(text));
    lexicon
        .entries()
        .map(|x| x.1)
        .filter(|entry| language.is_none_or(|language| entry.sources.contains_key(language)))
        .filter(|entry| kind.is_none_or(|kind| entry.kind.name() == kind))
        .filter(|entry| {
            has(&entry.id)
                || all(&entry.written)
                || all(&entry.suggestions)
                || entry.sources.values().any(|phrase| has(phrase))
                || has(&entry.reason)
        })
        .collect()
}
