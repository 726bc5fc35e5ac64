//! Systems side by side, as a page.

use super::story::shell;
use super::{charts, isolated};
use crate::report::layout::count;
use crate::report::systems::SystemsView;
use maud::html;
use std::collections::BTreeSet;

/// A table of figures with intervals and tests, and the findings of each system by rule.
pub fn page(view: &SystemsView, decimals: usize) -> String {
    let title = view.systems.iter().map(|system| system.system.as_str()).collect::<Vec<_>>().join(" · ");
    let metrics: Vec<&str> =
        view.systems.first().map_or_else(Vec::new, |first| first.corpus.0.iter().map(|(name, _)| *name).collect());
    let rules: BTreeSet<&str> = view.systems.iter().flat_map(|system| system.findings.keys().copied()).collect();
    let most = view.systems.iter().flat_map(|system| system.findings.values()).copied().max().unwrap_or(1) as f64;
    let body = html! {
        header.story {
            h1 { (count(view.systems.len(), "system")) }
            p.facts { span { (count(view.pairs, "pair")) } }
        }
        section.card.systems aria-labelledby="figures" {
            h2 id="figures" { "Figures" }
            div.wide { table {
                thead { tr { th scope="col" { "System" } @for name in &metrics { th.n scope="col" { (name) } } } }
                tbody { @for system in &view.systems { tr {
                    th scope="row" {
                        (isolated(&system.system))
                        @if let Some(failed) = system.failed.filter(|failed| *failed > 0) { " " span.sev.major { (count(failed, "row")) " not read" } }
                    }
                    @for name in &metrics { td.n {
                        @if let Some(value) = system.corpus.get(name) {
                            b { (format!("{value:.decimals$}")) }
                            @if let Some(interval) = system.intervals.get(name) { span.under { "± " (format!("{:.decimals$}", interval.margin())) } }
                            @if let Some(test) = system.differences.get(name) {
                                span.under { (format!("{:+.decimals$}", test.difference)) " · p " (format!("{:.4}", test.p)) @if test.significant { " *" } }
                            }
                        }
                    } }
                } } }
            } }
            @for clause in view.test.iter().flat_map(|test| test.legend(str::to_owned)) { p.told { (clause) } }
            @if !view.signatures.0.is_empty() {
                details.signatures {
                    summary { "Signatures" }
                    dl { @for (name, signature) in &*view.signatures.0 { dt { (name) } dd { (signature) } } }
                }
            }
        }
        @if !rules.is_empty() {
            section.card.systems aria-labelledby="rules" {
                h2 id="rules" { "Findings by rule" }
                div.wide { table {
                    thead { tr { th scope="col" { "Rule" } @for system in &view.systems { th scope="col" { (isolated(&system.system)) } } } }
                    tbody { @for rule in rules { tr {
                        th scope="row" { (rule) }
                        @for system in &view.systems {
                            @let found = system.findings.get(rule).copied().unwrap_or(0);
                            td { (found) (charts::bar(found as f64 / most, "bar")) }
                        }
                    } } }
                } }
            }
        }
    };
    let shell = shell(&title);
    shell.head(&html! {}) + &body.into_string() + &shell.tail()
}
