//! Word alignment by itself: `cargo bench --bench words`. Pairs a second, one thread, on sentences of the usual length.

use divan::Bencher;
use divan::counter::ItemsCount;
use fauxami::align::WordAlignment;
use fauxami::text::{Analysis, prepare};
use std::path::Path;

fn main() {
    prepare();
    divan::main();
}

/// The lines of the line-parallel sample, cut to their first 23 words.
fn lines(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/samples").join(name);
    let text = std::fs::read_to_string(path).expect("a sample of the repository");
    text.lines().map(|line| line.split_whitespace().take(23).collect::<Vec<_>>().join(" ")).collect()
}

fn pairs() -> Vec<(String, String)> {
    lines("parallel.mt.txt").into_iter().zip(lines("parallel.ref.txt")).collect()
}

#[divan::bench]
fn align_alone(bencher: Bencher<'_, '_>) {
    let texts = pairs();
    let analyses: Vec<_> = texts.iter().map(|(a, b)| (Analysis::english(a), Analysis::english(b))).collect();
    bencher
        .counter(ItemsCount::new(analyses.len()))
        .bench(|| divan::black_box(&analyses).iter().map(|(a, b)| WordAlignment::new(a, b).links.len()).sum::<usize>());
}

#[divan::bench]
fn analyse_and_align(bencher: Bencher<'_, '_>) {
    let texts = pairs();
    bencher.counter(ItemsCount::new(texts.len())).bench(|| {
        let align =
            |(a, b): &(String, String)| WordAlignment::new(&Analysis::english(a), &Analysis::english(b)).links.len();
        divan::black_box(&texts).iter().map(align).sum::<usize>()
    });
}
