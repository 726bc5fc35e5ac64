//! Times the metrics on one thread, for benches/peers.py.
//!
//! Reads pairs, a line each: translation, tab, reference. Writes a line for each metric: its name, the nanoseconds that
//! a pair takes in the fastest of seven passes over all pairs, and the score of the corpus. Arguments name the metrics;
//! none stand for all.
//!
//!     cargo run --release --example clock_metrics -- bleu < pairs.tsv

use fauxami::score::metrics::{Counts, METRICS, Metric, Scratch};
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let input = std::io::read_to_string(std::io::stdin())?;
    let pairs: Vec<(&str, &str)> = input.lines().filter_map(|line| line.split_once('\t')).collect();
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let mut scratch = Scratch::default();
    for info in METRICS.iter().filter(|info| wanted.is_empty() || wanted.iter().any(|id| id == info.id)) {
        let metric = Metric::parse(info.id)?;
        let mut fastest = u128::MAX;
        let mut score = 0.0;
        for _ in 0..7 {
            let start = Instant::now();
            let mut sum = Counts::default();
            for &(hypothesis, reference) in &pairs {
                sum += metric.counts(black_box(hypothesis), &[reference], &mut scratch);
            }
            score = metric.score(&sum);
            fastest = fastest.min(start.elapsed().as_nanos());
        }
        println!("{}\t{:.1}\t{score:.12}", info.id, fastest as f64 / pairs.len().max(1) as f64);
    }
    Ok(())
}
