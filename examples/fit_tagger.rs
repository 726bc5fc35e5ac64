//! Fits the tagger: `cargo run --release --example fit_tagger -- silver.jsonl [held-out.jsonl] > corpora/models/tagger.bin`.
//! The input is what `corpora/models/silver.py` prints.

use fauxami::text::fit::{Tagged, accuracy, fit};
use fauxami::text::{Tag, Tagger};
use std::io::Write;

#[derive(serde::Deserialize)]
struct Line {
    text: String,
    tokens: Vec<(usize, usize, String)>,
}

fn read(path: &str) -> Vec<Tagged> {
    let content = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut out = Vec::new();
    for (n, line) in content.lines().enumerate() {
        let line: Line = serde_json::from_str(line).unwrap_or_else(|error| panic!("{path}:{}: {error}", n + 1));
        let bytes: Vec<usize> = line.text.char_indices().map(|x| x.0).chain([line.text.len()]).collect();
        let tokens = line.tokens.iter().map(|(a, b, tag)| (bytes[*a], bytes[*b], Tag::parse(tag))).collect();
        out.push(Tagged { text: line.text, tokens });
    }
    out
}

fn main() {
    let mut args = std::env::args().skip(1);
    let train = args.next().expect("usage: fit_tagger silver.jsonl [held-out.jsonl] > tagger.bin");
    let bytes = fit(&read(&train), 12);
    let model = Tagger::from_bytes(&bytes).expect("a model just written can be read");
    if let Some(path) = args.next() {
        let (tags, finite) = accuracy(&model, &read(&path));
        eprintln!(
            "held out: {:.2} % of tags, {:.2} % of finite verbs; {} bytes",
            100.0 * tags,
            100.0 * finite,
            bytes.len()
        );
    }
    std::io::stdout().write_all(&bytes).expect("standard output takes the model");
}
