//! Scores segments by sacreBLEU's metrics and options, for comparison with it.
//!
//! Reads JSON Lines, each `{"metric": "BLEU" | "CHRF" | "TER", "options": {…}, "hyps": ["…"], "refs": [["…", …], …]}`
//! with the names and defaults of sacreBLEU's constructors for the options and one list of references a segment, and
//! writes `{"score": …, "sentences": [0.0], "signature": "…", "short": "…"}` a line.
//!
//!     cargo run --release --example metrics < cases.jsonl

#[path = "../tests/score/case.rs"]
mod case;

use fauxami::score::metrics::{Counts, References, Scratch};
use serde::Deserialize;
use std::io::{BufRead, Write};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    metric: String,
    #[serde(default)]
    options: case::Options,
    hyps: Vec<String>,
    refs: Vec<Vec<String>>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut scratch = Scratch::default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let case: Case = serde_json::from_str(&line?)?;
        let metric = case::metric(&case.metric, &case.options)?;
        let pairs = case.hyps.iter().zip(&case.refs);
        let counts: Vec<_> = pairs.map(|(hyp, refs)| metric.counts(hyp, refs, &mut scratch)).collect();
        let signature = metric.signature(References::of(case.refs.iter().map(Vec::len)));
        let answer = serde_json::json!({
            "score": metric.score(&counts.iter().copied().sum::<Counts>()),
            "sentences": counts.iter().map(|counts| metric.sentence_score(counts)).collect::<Vec<_>>(),
            "signature": signature.to_string(),
            "short": signature.short(),
        });
        writeln!(out, "{answer}")?;
    }
    Ok(out.flush()?)
}
