//! Fits how often findings against a reference are right, and shows how well the probabilities keep their word on documents that the
//! fit has not seen:
//!
//! ```text
//! cargo run --release --example fit_confidence -- RATINGS… > confidence.toml
//! ```
//!
//! Ratings are of any format that `fauxami evaluate` reads, with the spans that raters marked. Each file has a base of its own,
//! since raters differ; that of the first is kept. Gradient ascent on the likelihood, with a ridge. The result goes to
//! `corpora/models/confidence.toml`.

use fauxami::batch::Limits;
use fauxami::detect::{BARELY, extent, has_odds, is_fitted, log_odds, logistic, registry};
use fauxami::evaluate::audited;
use fauxami::read::{RatedError, read_ratings};
use fauxami::report::Offsets;
use fauxami::{Auditor, Config, Finding, Pair, PairAudit, Severity, Span};
use std::collections::BTreeMap;

const FOLDS: usize = 5;
/// What a rule adds is held to 0 the harder, the less is known of it.
const RIDGE: f64 = 1.0;

/// A finding: its terms with their values, whether a rater marked its place, the fold of its document, its file.
struct Row {
    terms: [(usize, f64); 5],
    right: bool,
    fold: usize,
    file: usize,
}

/// Where each term stands: a base a file, the words, the severities, the rules' bases, their strengths.
struct Layout {
    files: usize,
    rules: Vec<&'static str>,
}

impl Layout {
    const fn severities(&self) -> usize {
        self.files + 1
    }

    const fn bases(&self) -> usize {
        self.severities() + Severity::ALL.len()
    }

    const fn strengths(&self) -> usize {
        self.bases() + self.rules.len()
    }

    const fn size(&self) -> usize {
        self.strengths() + self.rules.len()
    }

    fn terms(&self, file: usize, finding: &Finding, pair: &Pair) -> Option<[(usize, f64); 5]> {
        let rule = self.rules.iter().position(|id| *id == finding.rule)?;
        let words = extent(finding, &pair.mt, pair.refs.first().map_or("", String::as_str));
        Some([
            (file, 1.0),
            (self.files, (words as f64).ln_1p()),
            (self.severities() + finding.severity as usize, 1.0),
            (self.bases() + rule, 1.0),
            (self.strengths() + rule, log_odds(finding.strength)),
        ])
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    if names.is_empty() {
        return Err("usage: fit_confidence RATINGS…".into());
    }
    let rules: Vec<&str> = registry::all().iter().map(|rule| rule.id).filter(|id| has_odds(id)).collect();
    let layout = Layout { files: names.len(), rules };
    let auditor = Auditor::new(&Config { min_confidence: Some(0.0), ..Config::default() })?;
    let mut rows = Vec::new();
    for (file, name) in names.iter().enumerate() {
        rows.extend(findings(name, file, &layout, &auditor)?);
    }
    let fit = |left_out: usize| fitted(rows.iter().filter(|row| row.fold != left_out), &layout);
    let folds: Vec<Vec<f64>> = (0..FOLDS).map(fit).collect();
    let first: Vec<(f64, bool)> = rows
        .iter()
        .filter(|row| row.file == 0)
        .map(|row| (logistic(odds(&row.terms, &folds[row.fold])), row.right))
        .collect();
    eprintln!("said   findings  mean said  right, in {}", names[0]);
    for tenth in 0..10 {
        let of: Vec<_> = first.iter().filter(|(said, _)| (said * 10.0) as usize == tenth).collect();
        if !of.is_empty() {
            let mean = of.iter().map(|(said, _)| said).sum::<f64>() / of.len() as f64;
            let right = of.iter().filter(|(_, right)| *right).count() as f64 / of.len() as f64;
            eprintln!("0.{tenth}..  {:8}  {mean:9.3}  {right:5.3}", of.len());
        }
    }
    print(&fit(FOLDS), &layout);
    Ok(())
}

/// The findings of one file of ratings.
fn findings(
    name: &str,
    file: usize,
    layout: &Layout,
    auditor: &Auditor,
) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let ratings = read_ratings(Box::new(std::io::BufReader::new(std::fs::File::open(name)?)), name)?.rows;
    let make = |pair: &Pair, audit: &PairAudit| -> Vec<_> {
        let offsets = Offsets::new(&pair.mt);
        let of = |finding| Some((layout.terms(file, finding, pair)?, offsets.chars(place(finding, &pair.mt))));
        audit
            .findings
            .iter()
            .filter(|finding| is_fitted(finding) && finding.strength >= BARELY)
            .filter_map(of)
            .collect()
    };
    let audits = audited(&ratings, auditor, Limits::default(), make, || ())?;
    let omissions = layout.rules.iter().position(|id| *id == "omission").unwrap_or(usize::MAX);
    let mut documents: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for (rating, (found, _)) in ratings.iter().zip(audits) {
        let next = documents.len();
        let document = *documents.entry(rating.pair.doc.as_deref().unwrap_or(&rating.segment)).or_insert(next);
        let Some(raters) = rating.raters.as_ref().filter(|_| !rating.pair.refs.is_empty()) else { continue };
        let marked: Vec<(usize, usize)> =
            raters.iter().flat_map(|r| &r.errors).flat_map(|e| e.places.clone()).collect();
        // What is left out has no place in the translation: many raters mark it in the source.
        let lacks = |error: &RatedError| error.places.is_empty() && error.category.contains("Omission");
        let lacking = raters.iter().flat_map(|rater| &rater.errors).any(lacks);
        for (terms, (start, end)) in found {
            let omission = terms[3].0 == layout.bases().saturating_add(omissions);
            let right = omission && lacking
                || marked.iter().any(|&(from, to)| from < end.max(start + 1) && start < to.max(from + 1));
            rows.push(Row { terms, right, fold: document % FOLDS, file });
        }
    }
    Ok(rows)
}

/// Where a rater has to have marked something. What is missing stands between the words that are flagged, either of which may be marked for
/// a fault of its own.
fn place(finding: &Finding, text: &str) -> Span {
    let Span { start, end } = finding.span;
    let words = &text[finding.span.range()];
    let inside = |c: char| c.is_whitespace();
    match (words.find(inside), words.rfind(inside)) {
        (Some(first), Some(last)) if finding.rule == "omission" => Span::new(start + first, start + last + 1),
        _ => Span::new(start, end),
    }
}

fn odds(terms: &[(usize, f64)], weights: &[f64]) -> f64 {
    terms.iter().map(|&(term, value)| weights[term] * value).sum()
}

fn fitted<'r>(rows: impl Iterator<Item = &'r Row>, layout: &Layout) -> Vec<f64> {
    let rows: Vec<&Row> = rows.collect();
    let count = rows.len().max(1) as f64;
    let mut weights = vec![0.0; layout.size()];
    let mut squares = vec![1e-6; layout.size()];
    for _ in 0..3000 {
        let held = |(k, weight): (usize, &f64)| if k > layout.files { -RIDGE / count * weight } else { 0.0 };
        let mut slopes: Vec<f64> = weights.iter().enumerate().map(held).collect();
        for row in &rows {
            let miss = f64::from(u8::from(row.right)) - logistic(odds(&row.terms, &weights));
            for &(term, value) in &row.terms {
                slopes[term] += miss * value / count;
            }
        }
        for (k, ((weight, slope), square)) in weights.iter_mut().zip(&slopes).zip(&mut squares).enumerate() {
            *square = 0.99 * *square + 0.01 * slope * slope;
            *weight += 0.02 * slope / square.sqrt().max(1e-4);
            if k >= layout.strengths() {
                *weight = weight.max(0.0);
            }
        }
        // What is graver is no less likely to be marked.
        for k in layout.severities() + 1..layout.bases() {
            weights[k] = weights[k].max(weights[k - 1]);
        }
    }
    weights
}

fn print(weights: &[f64], layout: &Layout) {
    println!(
        "# The log-odds that one of three professional raters marks what is found against a reference: a sum of these terms."
    );
    println!("# Made from rated news and talks: `cargo run --release --example fit_confidence -- RATINGS…`.\n");
    println!("# Of any finding.\nbase = {:.2}", weights[0]);
    println!(
        "# Times ln(1 + the words flagged, or those of the reference, whichever are more).\nwords = {:.2}",
        weights[layout.files]
    );
    let severities: Vec<String> =
        weights[layout.severities()..layout.bases()].iter().map(|weight| format!("{weight:.2}")).collect();
    println!("# Of neutral, minor, major and critical findings.\nseverities = [{}]\n", severities.join(", "));
    println!("# Of each rule: always, and times the log-odds of the finding's strength.\n[rules]");
    for (k, rule) in layout.rules.iter().enumerate() {
        let [base, strength] = [layout.bases(), layout.strengths()].map(|from| weights[from + k]);
        println!("{rule} = {{ base = {base:.2}, strength = {strength:.2} }}");
    }
}
