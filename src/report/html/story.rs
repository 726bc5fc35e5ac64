//! Audited stories as a page.

use super::marks::{Mark, marked};
use super::{Shell, Text, charts, isolated};

use crate::config::Severity;
use crate::report::formats::{Format, Line, Overview, Stories, ToldStory};
use crate::report::layout::count;
use crate::report::model::{DocumentView, FindingView, PassageView};
use crate::score::Basis;
use maud::{Markup, html};
use std::collections::BTreeMap;

/// A page to read: the story with its marks, the reference beside it.
pub const FORMAT: Format = Format {
    name: "html",
    summary: "a page to read in a browser",
    styled: false,
    stories: Some(Stories { head, story, gap: "", tail: |_| shell("").tail(), overview: true }),
    corpus: Some(super::corpus::CORPUS),
    systems: Some(super::systems::page),
    diffs: Some(super::diffs),
};

const STYLE: &str = include_str!("story.css");
/// The script of all pages with findings or differences.
pub(super) const SCRIPT: &str = include_str!("story.js");
const KEYS: &[(&str, &str)] = &[
    ("j", "next finding"),
    ("k", "finding before"),
    ("f", "filter by severity and rule"),
    ("Enter", "from a mark to its note"),
];

/// The longest words of a finding that its note repeats, in characters.
const QUOTED: usize = 90;

/// The frame of all pages with findings.
pub(super) const fn shell(title: &str) -> Shell<'_> {
    Shell { title, style: STYLE, script: SCRIPT, keys: KEYS }
}

fn head(overview: &Overview) -> String {
    let title = match &overview.stories[..] {
        [one] => one.path.clone(),
        all => count(all.len(), "story").replace("storys", "stories"),
    };
    let several = if overview.stories.len() > 1 { Some(stories(&overview.stories)) } else { None };
    let filter = filter(["Severity", "Rule"], &levels(overview.severities()), &overview.rules());
    let tools = tools(&Tools::of_findings(overview.severities()));
    let index = html! { @if let Some(several) = several { (several) } };
    shell(&title).head(&tools) + &filter.into_string() + &index.into_string()
}

/// What the buttons of a page walk through.
pub(super) struct Tools {
    /// What one is called.
    pub noun: &'static str,
    /// How many the keys stop at.
    pub loud: usize,
    /// How many there are.
    pub all: usize,
}

impl Tools {
    pub(super) fn of_findings(severities: [usize; 4]) -> Self {
        let all = severities.iter().sum();
        Self { noun: "finding", loud: all, all }
    }
}

/// The buttons that walk through the findings.
pub(super) fn tools(Tools { noun, loud, all }: &Tools) -> Markup {
    html! {
        @if *all > 0 {
            button type="button" data-do="before" title={ "The " (noun) " before (k)" } aria-label={ "The " (noun) " before" } { "‹" }
            output id="place" aria-live="off" data-noun=(noun) { (count(*loud, noun)) }
            button type="button" data-do="next" title={ "Next " (noun) " (j)" } aria-label={ "Next " (noun) } { "›" }
            button type="button" data-do="filter" title="Filter (f)" aria-expanded="false" aria-controls="filter" { "Filter" }
        }
    }
}

/// Severities with how many findings have them, the gravest first.
pub(super) fn levels(severities: [usize; 4]) -> [(&'static str, usize); 4] {
    let mut levels = Severity::ALL.map(|level| (level.name(), severities[level as usize]));
    levels.reverse();
    levels
}

/// The choice of levels (severities) and names (rules), under these headings.
pub(super) fn filter(
    heads: [&str; 2],
    levels: &[(&'static str, usize)],
    rules: &BTreeMap<&'static str, usize>,
) -> Markup {
    html! {
        p id="told" class="unseen" role="status" {}
        dialog id="filter" aria-label="Filter" {
            fieldset {
                legend { (heads[0]) }
                @for (level, count) in levels.iter().filter(|(_, count)| *count > 0) {
                    (choice("severity", level, *count, html! { span.sev.(level) { (level) } }))
                }
            }
            fieldset {
                legend { (heads[1]) }
                @for (rule, count) in by_count(rules) { (choice("rule", rule, count, html! { (rule) })) }
            }
            div.row {
                button type="button" data-do="all" { "All" }
                button type="button" data-do="none" { "No " (heads[1].to_lowercase()) }
                button type="button" data-do="close" { "Close" }
            }
        }
    }
}

fn choice(kind: &str, name: &str, count: usize, label: Markup) -> Markup {
    html! { label { input type="checkbox" name=(kind) value=(name) checked; (label) span.n { (count) } } }
}

/// The most frequent first.
pub(super) fn by_count(rules: &BTreeMap<&'static str, usize>) -> Vec<(&'static str, usize)> {
    let mut rules: Vec<(&str, usize)> = rules.iter().map(|(rule, count)| (*rule, *count)).collect();
    rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    rules
}

/// All stories in a table.
fn stories(lines: &[Line]) -> Markup {
    html! {
        nav.card aria-labelledby="stories" {
            h2 id="stories" { (lines.len()) " stories" }
            div.wide {
                table {
                    thead { tr {
                        th { "Story" } th.n { "Words" } th.n { "Score" }
                        @for level in Severity::ALL.into_iter().rev() { th.n { (level.name()) } }
                    } }
                    tbody {
                        @for line in lines {
                            tr {
                                td { a href={ "#s" (line.index) } { (isolated(&line.path)) } }
                                td.n { (line.words) }
                                td.n { (format!("{:.1}", line.score)) }
                                @for number in line.severities.into_iter().rev() { td.n { @if number > 0 { (number) } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn story(told: &ToldStory<'_>) -> String {
    let (view, line) = (told.view(), Line::new(told));
    let id = format!("s{}", told.index);
    let mut number = 0;
    let passages = view.passages.iter().map(|own| {
        let first = number;
        number += own.findings.len();
        passage(own, &view, &id, first)
    });
    let beside = view.passages.iter().any(|passage| passage.reference.is_some());
    let page = html! {
        article.story id=(id) aria-labelledby={ (id) "t" } {
            header {
                h1 id={ (id) "t" } { (isolated(told.path)) }
                p.facts {
                    span { (told.audit.language.label()) } " " span { (count(view.words, "word")) }
                    @for level in Severity::ALL.into_iter().rev().filter(|level| line.severities[*level as usize] > 0) {
                        " " span.sev.(level.name()) { (line.severities[level as usize]) " " (level.name()) }
                    }
                    @if line.findings() == 0 { " " span.fix { "nothing found" } }
                }
                @for same in view.origin.chunk_by(|a, b| a.evidence == b.evidence) {
                    p.origin {
                        "Likely from " b { (same.iter().map(|origin| origin.language).collect::<Vec<_>>().join(" or ")) }
                        " (" (format!("{:.0}", 100.0 * same[0].share)) " %" @if same.len() > 1 { " each" } "): "
                        @for (at, phrase) in same[0].evidence.iter().enumerate() {
                            @if at > 0 { ", " }
                            "“" (isolated(phrase)) "”"
                        }
                    }
                }
            }
            (board(&view, &line, &id))
            div.passages.beside[beside] lang=[view.language] {
                @if beside { div.heads aria-hidden="true" { span {} h2 { "Translation" } h2 { "Reference" } } }
                @for passage in passages { (passage) "\n" }
            }
            @if line.findings() > 0 {
                details.table data-story=(id) {
                    summary { "All findings in a table" }
                    noscript { p { "The table is made by a script; the findings stand below their passages, too." } }
                }
            }
        }
        "\n"
    };
    page.into_string()
}

/// The score with its parts, the score along the story, the findings by rule.
fn board(view: &DocumentView<'_>, line: &Line, id: &str) -> Markup {
    let name = |part: &str| match part {
        "unlikeness" => "worded unlike the reference",
        "unanswered" => "content without an answer",
        "penalty" => "findings",
        "roughness" => "reads roughly",
        "unrelated" => "another text",
        _ => "other",
    };
    let mut parts = vec![("kept", "score", view.score)];
    parts.extend(view.lost.0.iter().map(|(part, points)| (*part, name(part), *points)));
    let scores: Vec<(String, String, f64)> = view
        .passages
        .iter()
        .map(|own| (format!("#{id}p{}", own.index), format!("¶ {}", own.index + 1), own.score))
        .collect();
    let worst = view.passages.iter().min_by(|a, b| a.score.total_cmp(&b.score));
    let said = worst.map_or_else(String::new, |own| {
        format!("Score of each passage; the lowest is {:.1} in passage {}", own.score, own.index + 1)
    });
    html! {
        div.board {
            section.card aria-labelledby={ (id) "b1" } {
                h2 id={ (id) "b1" } { "Score" }
                p.figure { b { (format!("{:.1}", view.score)) } " of 100" @if view.basis != Basis::Reference { ", without a reference" } }
                p.band {
                    b { (view.band.name()) }
                    @if let Some(range) = view.interval.filter(|_| view.words > 0) {
                        span.range title="where the scores of such stories lie, 95 %" { " · " (format!("{:.1} to {:.1}", range.low, range.high)) }
                    }
                }
                (charts::parts(&format!("Score {:.1} of 100", view.score), &parts))
                dl.parts {
                    @for (class, name, points) in parts.iter().skip(1) {
                        div { dt { span.key.(class) {} (name) } dd { (signed(-points)) } }
                    }
                }
            }
            @if view.passages.len() > 1 {
                section.card aria-labelledby={ (id) "b2" } {
                    h2 id={ (id) "b2" } { "Score along the story" }
                    (charts::along(&said, &scores))
                    p.axis { span { "¶ 1" } span { "¶ " (view.passages.len()) } }
                }
            }
            @if !line.rules.is_empty() {
                section.card aria-labelledby={ (id) "b3" } {
                    h2 id={ (id) "b3" } { "Findings by rule" }
                    (rules(&by_count(&line.rules)))
                }
            }
        }
    }
}

/// Rules with bars; a rule's button leaves only its findings.
pub(super) fn rules(rules: &[(&str, usize)]) -> Markup {
    let most = rules.iter().map(|(_, count)| *count).max().unwrap_or(1) as f64;
    html! {
        table.rules { tbody {
            @for (rule, count) in rules {
                tr {
                    th scope="row" { button.plain type="button" data-do="only" data-rule=(rule) title="Show these alone, or all again" { (rule) } }
                    td { (charts::bar(*count as f64 / most, "bar")) }
                    td.n { (count) }
                }
            }
        } }
    }
}

fn signed(points: f64) -> String {
    format!("{points:+.1}").replace('-', "−").replace("+0.0", "0.0").replace("−0.0", "0.0")
}

fn passage(own: &PassageView<'_>, view: &DocumentView<'_>, id: &str, first: usize) -> Markup {
    let marks = Mark::all(&own.findings, first);
    let metrics: Vec<String> = own.metrics.0.iter().map(|(name, value)| format!("{name} {value:.1}")).collect();
    html! {
        section.passage id={ (id) "p" (own.index) } aria-label={ "Passage " (own.index + 1) } {
            p.no title=(metrics.join(" · ")) { "¶ " (own.index + 1) br; span.unseen { "score " } span.score.low[own.score < 50.0] { (format!("{:.0}", own.score)) } }
            p.mt dir="auto" { (marked(own.text, own.span.start, &marks, id, "")) }
            @if let Some(reference) = &own.reference {
                p.ref dir="auto" { (answered(reference.text, reference.span.start, &own.findings)) }
            }
            @if !own.findings.is_empty() {
                ol.notes lang="en" {
                    @for (finding, mark) in own.findings.iter().zip(&marks) {
                        (note(finding, id, mark.number, Some(view.offsets.line_column(finding.span.start))))
                    }
                }
            }
        }
    }
}

/// The reference with the words that findings speak of.
pub(super) fn answered(text: &str, offset: usize, findings: &[FindingView<'_>]) -> Markup {
    let mut spans: Vec<(usize, usize)> = findings
        .iter()
        .filter_map(|finding| finding.reference.as_ref())
        .map(|slice| (slice.span.start.saturating_sub(offset), slice.span.end.saturating_sub(offset)))
        .filter(|(start, end)| start < end && text.get(*start..*end).is_some())
        .collect();
    spans.sort_unstable();
    let mut at = 0;
    let mut pieces: Vec<(&str, &str)> = Vec::new();
    for (start, end) in spans {
        let start = start.max(at);
        if start < end {
            pieces.push((&text[at..start], &text[start..end]));
            at = end;
        }
    }
    html! {
        @for (plain, told) in pieces { (Text(plain)) em.told { (Text(told)) } }
        (Text(text.get(at..).unwrap_or_default()))
    }
}

/// What is said of a finding. `place` is its line and column.
pub(super) fn note(finding: &FindingView<'_>, id: &str, number: usize, place: Option<(usize, usize)>) -> Markup {
    let level = finding.severity.name();
    let quoted = cut(finding.words());
    // A line through a comma hides it.
    let marks = !quoted.chars().any(char::is_alphanumeric);
    let repair = finding.repair().map(|text| cut(&text));
    let others = finding.suggestions.iter().skip(1).take(2).map(|text| cut(text));
    let theirs = finding.reference.as_ref().map(|slice| slice.text.trim()).filter(|text| !text.is_empty());
    // What is said by the repair is not said twice.
    let theirs = theirs.filter(|text| finding.suggestions.first().is_none_or(|first| first.trim() != *text));
    html! {
        li.note.(level) id={ (id) "f" (number) } data-s=(level) data-r=(finding.rule) {
            span.what { span.sev.(level) { (level) } " " span.rule { (finding.rule) } }
            div.said {
                p id={ (id) "d" (number) } {
                    @if !quoted.trim().is_empty() || repair.is_some() {
                        span.swap {
                            @if !quoted.trim().is_empty() { del.was.marks[marks] { (isolated(&quoted)) } }
                            @if let Some(repair) = &repair { " → " ins.fix { (isolated(repair)) } }
                            @for other in others { " or " ins.fix { (isolated(&other)) } }
                        }
                        " "
                    }
                    span.why { (isolated(finding.message)) }
                }
                @if let Some(theirs) = theirs { p.theirs { "Reference: " (isolated(&cut(theirs))) } }
            }
            a.at href={ "#" (id) "m" (number) } {
                @match place { Some((line, column)) => { (line) ":" (column) }, None => { "show" } }
            }
        }
        "\n"
    }
}

pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
