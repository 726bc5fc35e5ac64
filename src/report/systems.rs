//! Systems side by side: a table for the terminal, for Markdown and for LaTeX, and JSON.

use super::formats::Format;
use super::layout::{count, shown, width};
use super::model::Figures;
use super::style::{BOLD, DIM, GOOD, paint};
use crate::score::Metric;
use crate::score::significance::{Interval, LEVEL, Outcome, Plan, Test};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A table for a paper.
pub const LATEX: Format = Format {
    name: "latex",
    summary: "a table for a paper",
    styled: false,
    stories: None,
    corpus: None,
    systems: Some(systems_latex),
    diffs: None,
};

/// One or more systems over the same segments; the first is the baseline.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SystemsView {
    /// Segments.
    pub pairs: usize,
    /// The systems, in the order given.
    pub systems: Vec<SystemView>,
    /// How each metric was counted, the test included.
    pub signatures: Figures<'static, String>,
    /// How intervals and p-values were estimated; only where they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<TestView>,
}

/// One system.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SystemView {
    /// Its name: the path of its translations.
    pub system: String,
    /// Rows that could not be read and count for nothing; only where there are some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<usize>,
    /// Figures of the whole corpus, by metric.
    pub corpus: Figures<'static, f64>,
    /// 95 % intervals of the figures, where they were estimated.
    pub intervals: Figures<'static, Interval>,
    /// How the system differs from the first; empty for that one and without a test.
    pub differences: Figures<'static, DifferenceView>,
    /// Findings by rule, where rules ran.
    pub findings: BTreeMap<&'static str, usize>,
}

/// How a system differs from the first under a metric.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DifferenceView {
    /// Its figure less the first one's.
    pub difference: f64,
    /// How likely a difference as large is by chance, 0 to 1.
    pub p: f64,
    /// Whether the figures differ and p is below 0.05.
    pub significant: bool,
}

impl DifferenceView {
    /// The view of an outcome; none for the first system and without a test.
    #[must_use]
    pub fn new(outcome: &Outcome) -> Option<Self> {
        let (difference, p) = outcome.difference.zip(outcome.p_value)?;
        Some(Self { difference, p, significant: outcome.significant() })
    }
}

/// How intervals and p-values were estimated.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TestView {
    /// `bootstrap` or `randomization`; none for intervals alone.
    pub paired: Option<&'static str>,
    /// Bootstrap resamples; 0 without intervals.
    pub resamples: usize,
    /// Trials of randomization.
    pub trials: usize,
    /// The seed.
    pub seed: u64,
    /// The system that the others are held against.
    pub baseline: Option<String>,
}

impl TestView {
    /// The view of a plan.
    #[must_use]
    pub fn new(plan: &Plan, baseline: &str) -> Self {
        let paired = plan.test.map(|test| match test {
            Test::Bootstrap => "bootstrap",
            Test::Randomization => "randomization",
        });
        let Plan { resamples, trials, seed, .. } = *plan;
        Self { paired, resamples, trials, seed, baseline: paired.map(|_| baseline.to_owned()) }
    }

    /// What ±, p and * stand for, a clause each.
    pub(super) fn legend(&self, escape: impl Fn(&str) -> String) -> Vec<String> {
        let mut clauses = Vec::new();
        if self.resamples > 0 {
            clauses.push(format!("± half the 95 % interval of {}", count(self.resamples, "bootstrap resample")));
        }
        if let (Some(paired), Some(baseline)) = (self.paired, &self.baseline) {
            let test = match paired {
                "bootstrap" => "paired bootstrap".to_owned(),
                _ => format!("paired approximate randomization, {}", count(self.trials, "trial")),
            };
            clauses.push(format!("{} p < {LEVEL} against {} ({test})", escape("*"), escape(baseline)));
        }
        clauses.push(format!("seed {}", self.seed));
        clauses
    }
}

/// The cell of a system under a metric.
struct Cell {
    figure: String,
    margin: Option<String>,
    p: Option<String>,
    marked: bool,
    better: bool,
}

impl SystemsView {
    /// The metrics of the first system: all have the same references, so they have figures under the same ones.
    fn metrics(&self) -> Vec<Metric> {
        let named = |first: &SystemView| first.corpus.0.iter().filter_map(|(name, _)| Metric::parse(name)).collect();
        self.systems.first().map_or_else(Vec::new, named)
    }

    fn cell(system: &SystemView, metric: Metric, decimals: usize) -> Option<Cell> {
        let name = metric.name();
        let figure = system.corpus.get(name)?;
        let difference = system.differences.get(name);
        Some(Cell {
            figure: format!("{figure:.decimals$}"),
            margin: system.intervals.get(name).map(|interval| format!("{:.decimals$}", interval.margin())),
            // Between equal figures there is nothing to test.
            p: difference.filter(|own| own.difference != 0.0).map(|own| format!("{:.4}", own.p)),
            marked: difference.is_some_and(|difference| difference.significant),
            better: difference.is_some_and(|own| (own.difference > 0.0) == metric.higher_is_better()),
        })
    }
}

/// The table for a terminal: systems by metrics, below each figure its margin and p-value.
#[must_use]
pub fn systems(view: &SystemsView, decimals: usize) -> String {
    let metrics = view.metrics();
    let mut out = String::new();
    let facts = [count(view.systems.len(), "system"), count(view.pairs, "pair")];
    let _ = writeln!(out, "{}\n", paint(BOLD, facts.join(" · ")));
    let label = view.systems.iter().map(|system| width(&system.system)).max().unwrap_or(0).max("system".len());
    // A mark stands behind its figure, in a column of its own.
    let wide = (decimals + 8).max(10);
    let _ = write!(out, "  {:<label$}", "system");
    for metric in &metrics {
        let _ = write!(out, " {:>wide$} ", metric.name());
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    for system in &view.systems {
        let cells: Vec<Option<Cell>> = metrics.iter().map(|m| SystemsView::cell(system, *m, decimals)).collect();
        let name = shown(&system.system);
        let pad = " ".repeat(label - width(&name));
        let mut lines = [format!("  {name}{pad}"), format!("  {:label$}", ""), format!("  {:label$}", "")];
        for cell in &cells {
            let Some(cell) = cell else {
                lines.iter_mut().for_each(|line| line.push_str(&" ".repeat(wide + 2)));
                continue;
            };
            let figure = format!("{:>wide$}{}", cell.figure, if cell.marked { "*" } else { " " });
            let style = if cell.better { GOOD } else { BOLD };
            lines[0].push_str(&format!(" {}", if cell.marked { paint(style, figure) } else { figure }));
            let below =
                |sign: &str, text: &Option<String>| text.as_ref().map_or(String::new(), |t| format!("{sign}{t}"));
            lines[1].push_str(&format!(" {:>wide$} ", below("± ", &cell.margin)));
            lines[2].push_str(&format!(" {:>wide$} ", below("p ", &cell.p)));
        }
        let _ = writeln!(out, "{}", lines[0].trim_end());
        for line in lines[1..].iter().filter(|line| !line.trim().is_empty()) {
            let _ = writeln!(out, "{}", paint(DIM, line.trim_end()));
        }
    }
    if let Some(test) = &view.test {
        let _ = writeln!(out, "\n  {}", test.legend(shown).join("; "));
    }
    if !view.signatures.0.is_empty() {
        out.push('\n');
    }
    for (name, signature) in &*view.signatures.0 {
        let _ = writeln!(out, "  {name:<7} {}", paint(DIM, signature));
    }
    out
}

/// The table in Markdown, with what was done below it.
#[must_use]
pub fn systems_markdown(view: &SystemsView, decimals: usize) -> String {
    let escape = super::markdown::escaped;
    let metrics = view.metrics();
    let titles: Vec<&str> = metrics.iter().map(|metric| metric.title()).collect();
    let mut out = format!("| system | {} |\n| --- |{}\n", titles.join(" | "), " ---: |".repeat(titles.len()));
    for system in &view.systems {
        let _ = write!(out, "| {} |", escape(&system.system));
        for metric in &metrics {
            let text = SystemsView::cell(system, *metric, decimals).map_or(String::new(), |cell| {
                let margin = cell.margin.map_or(String::new(), |margin| format!(" ± {margin}"));
                let p = cell.p.map_or(String::new(), |p| format!(" (p = {p})"));
                format!("{}{margin}{p}{}", cell.figure, if cell.marked { r"\*" } else { "" })
            });
            let _ = write!(out, " {text} |");
        }
        out.push('\n');
    }
    if let Some(test) = &view.test {
        let _ = write!(out, "\n{}.\n", test.legend(escape).join("; "));
    }
    if !view.signatures.0.is_empty() {
        out.push('\n');
    }
    for (name, signature) in &*view.signatures.0 {
        let _ = writeln!(out, "- {name}: `{signature}`");
    }
    out
}

/// The table in LaTeX, for the package booktabs; what was done stands above it in comments.
#[must_use]
pub fn systems_latex(view: &SystemsView, decimals: usize) -> String {
    let escape = |text: &str| {
        let special = |c: char| match c {
            '\\' => r"\textbackslash{}".to_owned(),
            '~' => r"\textasciitilde{}".to_owned(),
            '^' => r"\textasciicircum{}".to_owned(),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => format!("\\{c}"),
            c => c.to_string(),
        };
        shown(text).chars().map(special).collect::<String>()
    };
    let metrics = view.metrics();
    let mut out = String::new();
    for (name, signature) in &*view.signatures.0 {
        let _ = writeln!(out, "% {name}: {signature}");
    }
    if let Some(test) = &view.test {
        let _ = writeln!(out, "% {}", test.legend(shown).join("; "));
    }
    let _ = writeln!(out, "\\begin{{tabular}}{{l{}}}\n\\toprule", "r".repeat(metrics.len()));
    let _ = write!(out, "System");
    for metric in &metrics {
        let _ = write!(out, " & {}", escape(metric.title()));
    }
    out.push_str(" \\\\\n\\midrule\n");
    for system in &view.systems {
        out.push_str(&escape(&system.system));
        for metric in &metrics {
            let text = SystemsView::cell(system, *metric, decimals).map_or(String::new(), |cell| {
                let margin = cell.margin.map_or(String::new(), |margin| format!(r" \pm {margin}"));
                let p = cell.p.map_or(String::new(), |p| format!(" ($p = {p}$)"));
                format!("${}{margin}${p}{}", cell.figure, if cell.marked { "*" } else { "" })
            });
            let _ = write!(out, " & {text}");
        }
        out.push_str(" \\\\\n");
    }
    out.push_str("\\bottomrule\n\\end{tabular}\n");
    out
}

/// The systems as indented JSON with a line break; figures in full.
#[must_use]
pub fn systems_json(view: &SystemsView) -> String {
    let mut text = serde_json::to_string_pretty(view).unwrap_or_default();
    text.push('\n');
    text
}
