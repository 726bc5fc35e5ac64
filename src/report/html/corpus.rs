//! A corpus as a page: its figures, how its scores spread, and its worst rows.

use super::marks::{Mark, marked};
use super::story::{Tools, answered, by_count, filter, levels, note, rules, shell, tools};
use super::{Text, charts, isolated};
use crate::audit::PairAudit;
use crate::config::Severity;
use crate::error::Error;
use crate::read::{Pair, RowId};
use crate::report::formats::{Corpus, Rows, ToldCorpus};
use crate::report::layout::count;
use crate::report::model::PairView;
use maud::html;
use sha2::{Digest, Sha256};

pub(super) const CORPUS: Corpus = Corpus { rows: Rows::Kept(row), figures: Some(page) };

/// What is shown of a row if it is among the worst.
fn row(id: &RowId, audit: std::result::Result<(&Pair, &PairAudit), &Error>) -> String {
    let Ok((pair, audit)) = audit else { return String::new() };
    let view = PairView::new(id, pair, audit);
    let marks = Mark::all(&view.findings, 0);
    let reference = audit.reference.or((!pair.refs.is_empty()).then_some(0)).and_then(|at| pair.refs.get(at));
    // Ids of rows may hold anything, and come twice: names in the page are made from the whole row.
    let digest = Sha256::new_with_prefix(id.to_string()).chain_update(&pair.mt).finalize();
    let name: String =
        std::iter::once("r".to_owned()).chain(digest.iter().take(6).map(|b| format!("{b:02x}"))).collect();
    let page = html! {
        section.passage aria-label={ "Pair " (super::plain(&id.to_string())) } {
            p.no { (isolated(&id.to_string())) br; span.unseen { "score " } span.score.low[view.score < 50.0] { (format!("{:.0}", view.score)) } }
            p.mt dir="auto" { (marked(&pair.mt, 0, &marks, &name, "")) }
            @if let Some(reference) = reference {
                p.ref dir="auto" { (answered(reference, 0, &view.findings)) }
            } @else if let Some(source) = &pair.src {
                p.ref dir="auto" { (Text(source)) }
            }
            @if !view.findings.is_empty() {
                ol.notes { @for (finding, mark) in view.findings.iter().zip(&marks) { (note(finding, &name, mark.number, None)) } }
            }
        }
        "\n"
    };
    page.into_string()
}

fn page(told: &ToldCorpus<'_>) -> String {
    let (view, decimals) = (told.view, told.decimals);
    let worst = told.gallery.worst();
    let shell = shell(told.name);
    // The keys walk through the rows that are shown; text cannot look like a note, since it is escaped.
    let found = worst.iter().map(|row| row.matches("<li class=\"note ").count()).sum();
    let body = html! {
        header.story {
            h1 { (isolated(told.name)) }
            p.facts {
                span { (count(view.pairs, "pair")) } " " span { (count(told.words, "word")) }
                @if view.failed > 0 { " " span.sev.major { (count(view.failed, "row")) " not read" } }
                @for level in Severity::ALL.into_iter().rev().filter(|level| told.severities[*level as usize] > 0) {
                    " " span.sev.(level.name()) { (told.severities[level as usize]) " " (level.name()) }
                }
            }
        }
        div.board {
            section.card aria-labelledby="figures" {
                h2 id="figures" { "Figures of the corpus" }
                table.figures { tbody {
                    @for (name, value) in &*view.corpus.0 {
                        tr {
                            th scope="row" { (name) }
                            td.n { b { (format!("{value:.decimals$}")) } }
                            td.interval { @if let Some(interval) = view.intervals.get(name) { "± " (format!("{:.decimals$}", interval.margin())) } }
                        }
                    }
                } }
                @if !view.signatures.0.is_empty() {
                    details.signatures {
                        summary { "Signatures" }
                        dl { @for (name, signature) in &*view.signatures.0 { dt { (name) } dd { (signature) } } }
                    }
                }
            }
            section.card aria-labelledby="spread" {
                h2 id="spread" { "Pairs by score" }
                (charts::histogram("How many pairs have which score; the numbers are in the table below", told.gallery.bins()))
                p.axis { span { "0" } span { "50" } span { "100" } }
                details {
                    summary { "In numbers" }
                    table { thead { tr { th { "Score" } th.n { "Pairs" } } } tbody {
                        @for (at, number) in told.gallery.bins().iter().enumerate().filter(|(_, number)| **number > 0) {
                            tr { td { (at * 5) " to " (at * 5 + 5) } td.n { (number) } }
                        }
                    } }
                }
            }
            @if !view.findings.is_empty() {
                section.card aria-labelledby="rules" {
                    h2 id="rules" { "Findings by rule" }
                    (rules(&by_count(&view.findings)))
                }
            }
        }
        @if !worst.is_empty() {
            h2 { @if worst.len() < view.pairs { "The " (worst.len()) " worst of " (view.pairs) " pairs" } @else { "All pairs, the worst first" } }
        }
    };
    let filter = filter(["Severity", "Rule"], &levels(*told.severities), &view.findings);
    let mut page = shell.head(&tools(&Tools { noun: "finding", loud: found, all: found }))
        + &filter.into_string()
        + &body.into_string();
    page.push_str("<div class=\"passages beside pairs\">\n");
    worst.into_iter().for_each(|row| page.push_str(row));
    page.push_str("</div>\n");
    page + &shell.tail()
}
