//! Fits the word aligner: `cargo run --release --example fit_aligner -- aligned.jsonl [held-out.jsonl] > corpora/models/aligner.bin`.
//! `--without GROUP` leaves out a group of features, to see what it brings. The input is JSON Lines `{"a": [token, …], "b": [token, …], "sure": [[i, j], …]}`, aligned by hand.

use fauxami::align::words::Aligner;
use fauxami::align::words::fit::{Aligned, GROUPS, accuracy, fit};
use std::io::Write;

#[derive(serde::Deserialize)]
struct Line {
    a: Vec<String>,
    b: Vec<String>,
    sure: Vec<(usize, usize)>,
}

fn read(path: &str) -> Vec<Aligned> {
    let content = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let parse = |(n, line)| {
        let line: Line = serde_json::from_str(line).unwrap_or_else(|error| panic!("{path}:{}: {error}", n + 1));
        Aligned { a: line.a, b: line.b, links: line.sure }
    };
    content.lines().enumerate().map(parse).collect()
}

fn main() {
    const USAGE: &str = "usage: fit_aligner [--without GROUP] aligned.jsonl [held-out.jsonl] > aligner.bin";
    let mut args = std::env::args().skip(1).peekable();
    let without = args.next_if_eq("--without").map(|_| {
        let known = GROUPS.map(|group| group.0);
        args.next()
            .filter(|name| known.contains(&name.as_str()))
            .unwrap_or_else(|| panic!("{USAGE}\ngroups: {known:?}"))
    });
    let without = without.as_deref();
    let train = args.next().expect(USAGE);
    let rows = read(&train);
    let model = fit(&rows, 16, without);
    let bytes = model.to_bytes();
    let model = Aligner::from_bytes(&bytes).expect("a model just written can be read");
    eprintln!("on what it was fitted to: F1 {:.2}", 100.0 * accuracy(&model, &rows, without).0.f1);
    if let Some(path) = args.next() {
        let (found, bins) = accuracy(&model, &read(&path), without);
        let [p, r, f] = [found.precision, found.recall, found.f1].map(|x| 100.0 * x);
        eprintln!("held out: precision {p:.2}, recall {r:.2}, F1 {f:.2}; {} bytes", bytes.len());
        for (n, (all, right)) in bins.iter().enumerate() {
            eprintln!("chance 0.{n}: right in {:.3} of {all}", *right as f64 / (*all).max(1) as f64);
        }
    }
    std::io::stdout().write_all(&bytes).expect("standard output takes the model");
}
