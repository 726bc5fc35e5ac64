//! Translations side by side, as a page.

use super::marks::{Mark, marked};
use super::story::{SCRIPT, Tools, cut, filter, rules, tools};
use super::{Shell, Text, charts, isolated};
use crate::audit::PassageAudit;
use crate::config::Severity;
use crate::diff::{Class, Difference, Kind, Likeness, PassageDiff, Side};
use crate::report::diff::{Only, ToldDiff, letter, summary_lines, whole};
use crate::report::layout::count;
use crate::report::model::{FindingView, sorted};
use crate::report::offsets::Offsets;
use crate::span::Span;
use maud::{Markup, html};
use std::collections::BTreeMap;

const STYLE: &str = concat!(include_str!("story.css"), include_str!("diff.css"));
const KEYS: &[(&str, &str)] = &[
    ("j", "next difference of facts"),
    ("k", "difference of facts before"),
    ("f", "filter by class and kind"),
    ("w", "show or hide differences of wording"),
    ("Enter", "from a mark to its note"),
];

/// All comparisons: a table where there are several, then each of them.
pub fn pages(told: &[ToldDiff<'_>]) -> String {
    let title = match told {
        [one] => format!("{} ↔ {}", one.sides.a.0, one.sides.b.0),
        all => format!("{} comparisons", all.len()),
    };
    let (mut classes, mut kinds) = ([0; 3], BTreeMap::new());
    for difference in told.iter().flat_map(shown) {
        classes[difference.class() as usize] += 1;
        *kinds.entry(difference.kind.name()).or_default() += 1;
    }
    let levels = [Class::Fact, Class::Style, Class::Form].map(|class| (class.name(), classes[class as usize]));
    let loud = told.iter().flat_map(shown).filter(|difference| is_loud(difference)).count();
    let all = classes.iter().sum();
    let buttons = Tools { noun: "difference", loud: if loud > 0 { loud } else { all }, all };
    let page = html! {
        (filter(["Class", "Kind"], &levels, &kinds))
        @if told.len() > 1 { (table(told)) }
        @for (index, told) in told.iter().enumerate() { (pair(told, &format!("s{index}"))) }
    };
    let shell = Shell { title: &title, style: STYLE, script: SCRIPT, keys: KEYS };
    let wordings = html! {
        (tools(&buttons))
        @if all > loud {
            button type="button" data-do="wordings" aria-pressed="true" title="Differences of wording (w)" { "Wordings" }
        }
    };
    shell.head(&wordings) + &page.into_string() + &shell.tail()
}

fn shown<'a>(told: &ToldDiff<'a>) -> impl Iterator<Item = &'a Difference> {
    let only = told.layout.only;
    told.diff.passages.iter().flat_map(|passage| &passage.differences).filter(move |difference| only.takes(difference))
}

fn is_loud(difference: &Difference) -> bool {
    difference.class() == Class::Fact || difference.kind == Kind::NameSpelling
}

fn table(told: &[ToldDiff<'_>]) -> Markup {
    html! {
        nav.card aria-labelledby="pairs" {
            h2 id="pairs" { (told.len()) " comparisons" }
            div.wide { table {
                thead { tr {
                    th { "A" } th { "B" } th.n { "Score A" } th.n { "Score B" }
                    @for name in ["Same", "Reworded", "Facts differ", "Only in one"] { th.n { (name) } }
                    th { "Reads better" }
                } }
                tbody { @for (index, ToldDiff { diff, sides, .. }) in told.iter().enumerate() {
                    @let of = |likeness| diff.summary.of(likeness);
                    tr {
                        td { a href={ "#s" (index) } { (isolated(sides.a.0)) } }
                        td { a href={ "#s" (index) } { (isolated(sides.b.0)) } }
                        @for score in diff.summary.scores { td.n { (format!("{score:.1}")) } }
                        td.n { (of(Likeness::Same)) } td.n { (of(Likeness::Reworded)) } td.n { (of(Likeness::Differs)) }
                        td.n { (of(Likeness::OnlyA) + of(Likeness::OnlyB)) }
                        td { (whole(&diff.summary)) }
                    }
                } }
            } }
        }
    }
}

fn pair(told: &ToldDiff<'_>, id: &str) -> Markup {
    let ToldDiff { diff, sides, reference, layout } = *told;
    let places = [Offsets::new(sides.a.1), Offsets::new(sides.b.1)];
    let pair = Pair { id, places, reference: reference.map(Offsets::new), only: layout.only };
    let mut number = 0;
    let passages = told.passages().map(|(index, own)| {
        let first = number;
        number += own.differences.iter().filter(|difference| layout.only.takes(difference)).count();
        passage(own, index, &pair, first)
    });
    html! {
        article.story id=(id) aria-labelledby={ (id) "t" } {
            header {
                h1 id={ (id) "t" } { span.letter.a { "A" } " " (isolated(sides.a.0)) br; span.letter.b { "B" } " " (isolated(sides.b.0)) }
            }
            (board(told, id))
            div.passages.beside.diff lang=[diff.language.code()] {
                div.heads aria-hidden="true" { span {} h2 { span.letter.a { "A" } " " (isolated(sides.a.0)) } h2 { span.letter.b { "B" } " " (isolated(sides.b.0)) } }
                @for passage in passages { (passage) "\n" }
            }
            @if shown(told).next().is_some() {
                details.table data-story=(id) data-heads="Place|Class|Kind|Words|What" {
                    summary { "All differences in a table" }
                    noscript { p { "The table is made by a script; the differences stand below their passages, too." } }
                }
            }
        }
        "\n"
    }
}

/// Both sides in figures, which reads better where, and what they differ in.
fn board(told: &ToldDiff<'_>, id: &str) -> Markup {
    let summary = &told.diff.summary;
    let lines = summary_lines(told.diff);
    let leads: Vec<(String, String, f64)> = told
        .passages()
        .map(|(index, own)| {
            let score = |audit: &Option<PassageAudit>| audit.as_ref().map(|audit| audit.score);
            let lead = score(&own.audit_b).zip(score(&own.audit_a)).map_or(0.0, |(b, a)| b - a);
            (format!("#{id}p{index}"), format!("¶ {}", index + 1), lead)
        })
        .collect();
    // Facts first, be they ever so few.
    let mut counts: BTreeMap<(Class, &str), usize> = BTreeMap::new();
    for difference in shown(told) {
        *counts.entry((difference.class(), difference.kind.name())).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|((class, name), count)| (*class, std::cmp::Reverse(*count), *name));
    let kinds: Vec<(&str, usize)> = counts.into_iter().map(|((_, name), count)| (name, count)).collect();
    html! {
        div.board {
            section.card aria-labelledby={ (id) "b1" } {
                h2 id={ (id) "b1" } { "Translations" }
                table.sides {
                    thead { tr { td {} th.n scope="col" { "score" } th.n scope="col" { "findings" } th.n scope="col" { "words" } th.n scope="col" { "better in" } } }
                    tbody { @for (at, side) in ["A", "B"].into_iter().enumerate() { tr {
                        th scope="row" { span.letter.(["a", "b"][at]) { (side) } }
                        td.n { b { (format!("{:.1}", summary.scores[at])) } } td.n { (summary.findings[at]) }
                        td.n { (summary.words[at]) } td.n { (summary.wins[at]) }
                    } } }
                }
                @for line in &lines { p.told { (line) } }
            }
            @if leads.iter().any(|lead| lead.2 != 0.0) {
                section.card aria-labelledby={ (id) "b2" } {
                    h2 id={ (id) "b2" } { "Which side reads better along the text" }
                    (charts::leads("Difference of the scores of B and A, passage by passage; up is B", &leads))
                    p.axis { span { "¶ 1" } span { "up: B · down: A" } span { "¶ " (leads.len()) } }
                }
            }
            @if !kinds.is_empty() {
                section.card aria-labelledby={ (id) "b3" } {
                    h2 id={ (id) "b3" } { "Differences by kind" }
                    (rules(&kinds))
                }
            }
        }
    }
}

/// What all passages of a comparison share.
struct Pair<'a> {
    id: &'a str,
    places: [Offsets<'a>; 2],
    reference: Option<Offsets<'a>>,
    only: Only,
}

fn passage(own: &PassageDiff, index: usize, pair: &Pair<'_>, first: usize) -> Markup {
    let id = pair.id;
    let told: Vec<(usize, &Difference)> =
        own.differences.iter().filter(|d| pair.only.takes(d)).enumerate().map(|(at, d)| (first + at, d)).collect();
    let (loud, quiet): (Vec<_>, Vec<_>) = told.iter().copied().partition(|(_, difference)| is_loud(difference));
    let audits = [own.audit_a.as_ref(), own.audit_b.as_ref()];
    let against = audits.into_iter().flatten().find_map(|audit| audit.reference);
    html! {
        section.passage.(own.likeness.name()) id={ (id) "p" (index) } aria-label={ "Passage " (index + 1) } {
            p.no { "¶ " (index + 1) br; span.kind { (called(own.likeness)) } @if own.moved { br; span.moved { "moved" } } }
            @for (side, span, text) in [(Side::A, own.a, &pair.places[0]), (Side::B, own.b, &pair.places[1])] {
                @match span {
                    Some(span) => p.mt.(side.name()) dir="auto" { (marked(text.slice(span), span.start, &marks(&told, side, span), id, side.name())) },
                    None => p.mt.none { "—" },
                }
            }
            @if let Some((reference, span)) = pair.reference.as_ref().zip(against) {
                p.ref.below dir="auto" { span.label { "Reference" } " " (Text(reference.slice(span))) }
            }
            @if let Some(side) = own.verdict.better {
                p.verdict { span.letter.(side.name()) { (letter(side)) } " reads better: " (own.verdict.why) }
            }
            @if !loud.is_empty() {
                ol.notes lang="en" { @for (number, difference) in loud { (note(difference, number, own, pair)) } }
            }
            @if !quiet.is_empty() {
                details.quiet lang="en" {
                    summary { (counted(&quiet)) }
                    ol.notes { @for (number, difference) in quiet { (note(difference, number, own, pair)) } }
                }
            }
            @if pair.only == Only::All {
                @for (at, audit) in audits.into_iter().enumerate() { (faults(audit, at, pair)) }
            }
        }
    }
}

const fn called(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Same => "same",
        Likeness::Reworded => "reworded",
        Likeness::Differs => "facts differ",
        Likeness::OnlyA => "only in A",
        Likeness::OnlyB => "only in B",
    }
}

const fn place(difference: &Difference, side: Side) -> Span {
    match side {
        Side::A => difference.a,
        Side::B => difference.b,
    }
}

/// Whether a difference is marked on that side: what is lost is marked by its place if it is a fact.
fn has_mark(difference: &Difference, side: Side, own: Option<Span>) -> bool {
    let span = place(difference, side);
    own.is_some_and(|own| own.start <= span.start && span.end <= own.end) && (!span.is_empty() || is_loud(difference))
}

fn marks(told: &[(usize, &Difference)], side: Side, own: Span) -> Vec<Mark> {
    let seen = told.iter().filter(|(_, difference)| has_mark(difference, side, Some(own)));
    seen.map(|(number, difference)| {
        let (level, weight) = if is_loud(difference) { ("fact", 2) } else { (difference.class().name(), 1) };
        Mark { number: *number, span: place(difference, side), level, weight }
    })
    .collect()
}

/// `2 reworded, 1 tense`, in the order of their first.
fn counted(quiet: &[(usize, &Difference)]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for (_, difference) in quiet {
        let name = difference.kind.name();
        match counts.iter_mut().find(|(own, _)| *own == name) {
            Some((_, times)) => *times += 1,
            None => counts.push((name, 1)),
        }
    }
    counts.iter().map(|(name, times)| format!("{times} {name}")).collect::<Vec<_>>().join(", ")
}

fn note(difference: &Difference, number: usize, own: &PassageDiff, pair: &Pair<'_>) -> Markup {
    let (id, class) = (pair.id, difference.class().name());
    let words = |side: Side| {
        let words = pair.places[side as usize].slice(place(difference, side)).trim();
        html! { @if words.is_empty() { "–" } @else { (isolated(&cut(words))) } }
    };
    html! {
        li.note.(class).quiet[!is_loud(difference)] id={ (id) "f" (number) } data-s=(class) data-r=(difference.kind.name()) {
            span.what { span.sev.(class) { (class) } " " span.rule { (difference.kind.name()) } }
            div.said {
                p id={ (id) "d" (number) } {
                    span.swap { span.words.a { (words(Side::A)) } " ↔ " span.words.b { (words(Side::B)) } } " "
                    span.why { (isolated(&difference.message)) @if let Some(side) = difference.reference { " (the reference goes with " (letter(side)) ")" } }
                }
            }
            span.places {
                @for (side, span) in [(Side::A, own.a), (Side::B, own.b)] {
                    @if has_mark(difference, side, span) {
                        @let (line, column) = pair.places[side as usize].line_column(place(difference, side).start);
                        a.at href={ "#" (id) (side.name()) "m" (number) } { (letter(side)) " " (line) ":" (column) } " "
                    }
                }
            }
        }
        "\n"
    }
}

/// Grave findings of one side.
fn faults(audit: Option<&PassageAudit>, at: usize, pair: &Pair<'_>) -> Markup {
    let findings = audit.map(|audit| sorted(&audit.findings)).unwrap_or_default();
    let grave: Vec<FindingView<'_>> = findings
        .into_iter()
        .filter(|finding| finding.severity >= Severity::Major)
        .map(|finding| FindingView::new(finding, &pair.places[at], pair.reference.as_ref()))
        .collect();
    html! {
        @if !grave.is_empty() {
            ul.faults.(["a", "b"][at]) lang="en" aria-label={ (count(grave.len(), "grave finding")) " in " (["A", "B"][at]) } {
                @for finding in &grave { li {
                    span.sev.(finding.severity.name()) { (finding.severity.name()) } " " span.rule { (finding.rule) } " "
                    @let words = cut(finding.words());
                    @if !words.is_empty() { span.swap { (isolated(&words)) @if let Some(repair) = finding.repair() { " → " ins.fix { (isolated(&cut(&repair))) } } } " " }
                    span.why { (isolated(finding.message)) }
                } }
            }
        }
    }
}
