//! Time, and bytes and pairs per second, of each metric on one thread, on translations and references of 30 to 60 words:
//! `cargo bench --bench metrics`. `benches/peers.py` sets the same metrics beside other tools.

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use fauxami::score::metrics::{Bleu, BleuOptions, Counts, Metric, Scratch, Tokenizer};
use fauxami::score::significance::{Plan, Sample, Test, compare};

const STORIES: [&str; 5] = ["de-economy", "es-courts", "fr-diplomacy", "it-sport", "zh-science"];

fn main() {
    divan::main();
}

fn lines(name: &str) -> Vec<String> {
    let path = format!("{}/corpora/samples/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// 300 pairs of passages of the sample stories, joined up to 30 words; a word in ten of the translation is another.
fn pairs() -> Vec<(String, String)> {
    let mut random = 1_u64;
    let mut below = move |limit: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % limit
    };
    let passages: Vec<(String, String)> =
        STORIES.iter().flat_map(|name| lines(name).into_iter().zip(lines(&format!("{name}.ref")))).collect();
    let words: Vec<&str> = passages.iter().flat_map(|(_, reference)| reference.split(' ')).collect();
    let mut made = Vec::new();
    while made.len() < 300 {
        let (mut translation, mut reference) = (Vec::new(), Vec::new());
        while reference.len() < 30 {
            let (a, b) = &passages[below(passages.len())];
            translation.extend(a.split(' '));
            reference.extend(b.split(' '));
        }
        if reference.len() <= 60 {
            for word in &mut translation {
                if below(10) == 0 {
                    *word = words[below(words.len())];
                }
            }
            made.push((translation.join(" "), reference.join(" ")));
        }
    }
    made
}

fn over(bencher: Bencher<'_, '_>, metric: &Metric, pairs: &[(String, String)]) {
    let bytes: usize = pairs.iter().map(|(a, b)| a.len() + b.len()).sum();
    let mut scratch = Scratch::default();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(pairs.len())).bench_local(|| -> Counts {
        divan::black_box(pairs)
            .iter()
            .map(|(hypothesis, reference)| metric.counts(hypothesis, &[reference], &mut scratch))
            .sum()
    });
}

#[divan::bench(args = ["bleu", "chrf", "chrf++", "ter"])]
fn one_reference(bencher: Bencher<'_, '_>, id: &str) {
    over(bencher, &Metric::parse(id).expect("a metric's id"), &pairs());
}

#[divan::bench(args = ["bleu", "chrf", "chrf++", "ter"])]
fn identical(bencher: Bencher<'_, '_>, id: &str) {
    let pairs: Vec<_> = pairs().into_iter().map(|(_, reference)| (reference.clone(), reference)).collect();
    over(bencher, &Metric::parse(id).expect("a metric's id"), &pairs);
}

#[divan::bench(args = ["bleu", "chrf", "chrf++", "ter"])]
fn three_references(bencher: Bencher<'_, '_>, id: &str) {
    let metric = Metric::parse(id).expect("a metric's id");
    let pairs = pairs();
    let mut scratch = Scratch::default();
    bencher.counter(ItemsCount::new(pairs.len())).bench_local(|| -> Counts {
        divan::black_box(&pairs)
            .windows(3)
            .map(|near| {
                let references = [&near[0].1, &near[1].1, &near[2].1];
                metric.counts(&near[0].0, &references, &mut scratch)
            })
            .sum()
    });
}

#[divan::bench(args = Tokenizer::ALL)]
fn bleu_by_tokenizer(bencher: Bencher<'_, '_>, tokenizer: Tokenizer) {
    let bleu = Bleu::new(BleuOptions { tokenizer, ..BleuOptions::default() }).expect("options in range");
    over(bencher, &Metric::Bleu(bleu), &pairs());
}

/// Two systems of 10,000 segments under BLEU, chrF and TER: 1,000 resamples, 10,000 trials.
#[divan::bench(args = ["bootstrap", "randomization"], sample_count = 10)]
fn significance(bencher: Bencher<'_, '_>, test: &str) {
    let pairs = pairs();
    let metrics = ["bleu", "chrf", "ter"].map(|id| Metric::parse(id).unwrap());
    let mut scratch = Scratch::default();
    let mut system = |shift: usize| -> Vec<Sample> {
        let counts = |metric: &Metric, k: usize, scratch: &mut Scratch| {
            let (reference, other) = (&pairs[k % pairs.len()].1, &pairs[(k + shift * (k % 7 / 6)) % pairs.len()].0);
            metric.counts(other, &[reference], scratch)
        };
        metrics
            .iter()
            .map(|metric| {
                let once: Vec<Counts> = (0..pairs.len() * 7).map(|k| counts(metric, k, &mut scratch)).collect();
                (0..10_000).map(|k| once[k % once.len()]).collect()
            })
            .collect()
    };
    let systems = [system(0), system(1)];
    let plan = Plan::paired(if test == "bootstrap" { Test::Bootstrap } else { Test::Randomization });
    bencher.bench_local(|| compare(&systems, &plan, |at, counts| metrics[at].score(counts)));
}
