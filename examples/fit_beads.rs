//! Fits the weights that turn what is seen of a bead into the probability that it is right, and shows how well the
//! probabilities in use keep their word:
//!
//! ```text
//! cargo run --release --example fit_beads -- same|other DOCUMENTS.jsonl
//! ```
//!
//! A document is a line `{"a": ["unit", …], "b": […], "gold": [[[0], [0, 1]], …]}`, with 0-based units. The weights go into
//! `src/align/sure.rs`. Gradient ascent on the likelihood, with a small ridge.

use fauxami::align::passages::measured;
use std::io::BufRead;

#[derive(serde::Deserialize)]
struct Document {
    a: Vec<String>,
    b: Vec<String>,
    gold: Vec<(Vec<usize>, Vec<usize>)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [mode, file] = args.as_slice() else { return Err("usage: fit_beads same|other DOCUMENTS.jsonl".into()) };
    let mut rows: Vec<(Vec<f64>, f64, bool)> = Vec::new();
    for line in std::io::BufReader::new(std::fs::File::open(file)?).lines() {
        let document: Document = serde_json::from_str(&line?)?;
        let (a, b): (Vec<&str>, Vec<&str>) =
            (document.a.iter().map(String::as_str).collect(), document.b.iter().map(String::as_str).collect());
        for (bead, features) in measured(&a, &b, mode == "same") {
            let pair = (bead.a.collect::<Vec<_>>(), bead.b.collect::<Vec<_>>());
            let row = features.into_iter().chain([1.0]).collect();
            rows.push((row, bead.score, document.gold.contains(&pair)));
        }
    }
    let right = rows.iter().filter(|row| row.2).count();
    println!("{} beads, {:.1} % right", rows.len(), 100.0 * right as f64 / rows.len().max(1) as f64);
    println!("said   beads  mean said  right");
    for tenth in 0..10 {
        let of: Vec<_> = rows.iter().filter(|row| ((row.1 * 10.0) as usize).min(9) == tenth).collect();
        if !of.is_empty() {
            let mean = of.iter().map(|row| row.1).sum::<f64>() / of.len() as f64;
            let share = of.iter().filter(|row| row.2).count() as f64 / of.len() as f64;
            println!("0.{tenth}..  {:6}  {mean:9.3}  {share:5.3}", of.len());
        }
    }
    println!("weights: {:.3?}", fitted(&rows));
    Ok(())
}

fn fitted(rows: &[(Vec<f64>, f64, bool)]) -> Vec<f64> {
    let size = rows.first().map_or(0, |row| row.0.len());
    let count = rows.len().max(1) as f64;
    let mut weights = vec![0.0; size];
    let mut squares = vec![1e-3; size];
    for _ in 0..4000 {
        let mut slope: Vec<f64> = weights.iter().map(|w| -1e-4 * w).collect();
        for (row, _, right) in rows {
            let sum: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let miss = f64::from(u8::from(*right)) - 1.0 / (1.0 + (-sum).exp());
            for (slope, x) in slope.iter_mut().zip(row) {
                *slope += miss * x / count;
            }
        }
        for ((weight, slope), square) in weights.iter_mut().zip(&slope).zip(&mut squares) {
            *square = 0.99 * *square + 0.01 * slope * slope;
            *weight += 0.02 * slope / square.sqrt().max(0.01);
        }
    }
    weights
}
