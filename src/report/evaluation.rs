//! How well scores and flags agree with people: for the terminal, as Markdown, and as JSON.

use super::layout::{count, shown, width};
use super::style::{BOLD, DIM, paint};
use crate::score::agreement::{Evaluation, Figure};
use std::fmt::Write;

/// What the figures of a table are, and its rows.
struct Section<'a> {
    title: &'static str,
    unit: &'static str,
    figures: &'a [Figure],
}

fn sections(evaluation: &Evaluation) -> Vec<Section<'_>> {
    let all = [
        Section { title: "scores", unit: "of", figures: &evaluation.agreement },
        Section { title: "spans", unit: "of", figures: &evaluation.spans },
        Section { title: "rule: flags inside a marked span", unit: "flags", figures: &evaluation.rules },
        Section { title: "confidence from: flags inside", unit: "flags", figures: &evaluation.confidences },
        Section { title: "category: marked errors touched", unit: "errors", figures: &evaluation.categories },
        Section { title: "planted faults ranked right", unit: "pairs", figures: &evaluation.planted },
    ];
    all.into_iter().filter(|section| !section.figures.is_empty()).collect()
}

fn facts(evaluation: &Evaluation) -> String {
    let mut facts = vec![count(evaluation.ratings, "rating")];
    if evaluation.unread > 0 {
        facts.push(format!("{} not read", count(evaluation.unread, "row")));
    }
    facts.join(" · ")
}

fn legend(evaluation: &Evaluation) -> Option<String> {
    let bootstrap = &evaluation.bootstrap;
    let unit = if evaluation.documents { "document" } else { "segment" };
    let seed = bootstrap.seed;
    (bootstrap.resamples > 0 && evaluation.units > 1).then(|| {
        let units = count(evaluation.units, unit);
        format!(
            "in brackets the 95 % interval of {} of {units}; seed {seed}",
            count(bootstrap.resamples, "bootstrap resample")
        )
    })
}

/// The figure and its interval, with so many decimals.
fn cells(figure: &Figure, decimals: usize) -> (String, String) {
    let value = figure.value.map_or_else(|| "-".to_owned(), |value| format!("{value:.decimals$}"));
    let interval = figure.interval.filter(|_| figure.value.is_some());
    (value, interval.map_or_else(String::new, |i| format!("[{:.decimals$}, {:.decimals$}]", i.low, i.high)))
}

/// Tables for the terminal, with so many decimals.
#[must_use]
pub fn evaluation(evaluation: &Evaluation, decimals: usize) -> String {
    let mut out = format!("{}\n", paint(BOLD, facts(evaluation)));
    for section in sections(evaluation) {
        let cells: Vec<_> =
            section.figures.iter().map(|figure| (shown(&figure.name), cells(figure, decimals))).collect();
        let name = cells.iter().map(|(name, _)| width(name)).chain([section.title.len()]).max().unwrap_or(0);
        let wide = cells.iter().map(|(_, (_, interval))| interval.len()).max().unwrap_or(0);
        let _ = writeln!(
            out,
            "\n  {}{:3$}  {:>4$}",
            paint(DIM, section.title),
            "",
            section.unit,
            name - section.title.len(),
            9 + 2 + wide + 9
        );
        for (figure, (label, (value, interval))) in section.figures.iter().zip(cells) {
            let pad = name - width(&label);
            let _ = writeln!(
                out,
                "  {label}{:pad$}  {value:>9}  {}{:>9}",
                "",
                paint(DIM, format!("{interval:<wide$}")),
                figure.of
            );
        }
    }
    if let Some(legend) = legend(evaluation) {
        let _ = writeln!(out, "\n  {legend}");
    }
    out
}

/// Tables in Markdown, with so many decimals.
#[must_use]
pub fn evaluation_markdown(evaluation: &Evaluation, decimals: usize) -> String {
    let escape = |text: &str| {
        let special = |c: char| if r"\`*_|<>[]".contains(c) { format!("\\{c}") } else { c.to_string() };
        shown(text).chars().map(special).collect::<String>()
    };
    let mut out = format!("{}.\n", facts(evaluation));
    for section in sections(evaluation) {
        let _ = write!(out, "\n| {} | % | 95 % | {} |\n| --- | ---: | --- | ---: |\n", section.title, section.unit);
        for figure in section.figures {
            let (value, interval) = cells(figure, decimals);
            let _ = writeln!(
                out,
                "| {} | {value} | {} | {} |",
                escape(&figure.name),
                interval.trim_matches(['[', ']']),
                figure.of
            );
        }
    }
    if let Some(legend) = legend(evaluation) {
        let _ =
            write!(out, "\n{}.\n", legend.replace("in brackets", "95 %:").replace("the 95 % interval", "the interval"));
    }
    out
}

/// Indented JSON with a line break; figures in full.
#[must_use]
pub fn evaluation_json(evaluation: &Evaluation) -> String {
    let mut text = serde_json::to_string_pretty(evaluation).unwrap_or_default();
    text.push('\n');
    text
}
