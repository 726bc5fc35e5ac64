//! Bytes per second of each stage, on the sample stories: `cargo bench --bench stages`.

use divan::Bencher;
use divan::counter::BytesCount;
use fauxami::align::passages::align_texts;
use fauxami::align::{Unit, WordAlignment};
use fauxami::detect::Lexicon;
use fauxami::report::{Line, Overview, ToldStory, format};
use fauxami::text::{Analysis, Language, Normal, sentences, tokenize};
use fauxami::{Auditor, Config, Inputs, Metric, Pair, Scratch};

const NAMES: [&str; 7] = ["fr-diplomacy", "es-courts", "de-economy", "ru-war", "zh-science", "ar-disaster", "it-sport"];

fn main() {
    divan::main();
}

fn sample(name: &str, kind: &str) -> String {
    let path = format!("{}/corpora/samples/{name}{kind}.txt", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All translations, and all references, as one text each.
fn all(kind: &str) -> String {
    NAMES.map(|name| sample(name, kind)).join("\n\n")
}

fn over(bencher: Bencher<'_, '_>, text: &str, run: impl Fn(&str) -> usize + Sync) {
    bencher.counter(BytesCount::of_str(text)).bench(|| run(divan::black_box(text)));
}

/// The page of a story of about 2,000 words, the audit left out.
#[divan::bench]
fn report_page(bencher: Bencher<'_, '_>) {
    let (text, reference) = (all(""), all(".ref"));
    let auditor = Auditor::new(&Config::default()).expect("the auditor");
    let audit = auditor.story(&Inputs { text: &text, reference: Some(&reference), ..Inputs::default() });
    let told = ToldStory {
        explain: false,
        index: 0,
        path: "story.txt",
        audit: &audit,
        text: &text,
        reference: Some(&reference),
        columns: 100,
        fail_on: None,
        min_score: None,
    };
    let pages = format("html").and_then(|format| format.stories).expect("pages of stories");
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let overview = Overview { stories: vec![Line::new(&told)] };
        (pages.head)(&overview).len() + (pages.story)(divan::black_box(&told)).len() + (pages.tail)(&overview).len()
    });
}

#[divan::bench]
fn read_decode_and_paragraphs(bencher: Bencher<'_, '_>) {
    let text = all("");
    over(bencher, &text, |t| {
        fauxami::read::read_story(t.as_bytes(), "bench").map_or(0, |story| story.paragraphs.len())
    });
}

#[divan::bench]
fn text_normal_form(bencher: Bencher<'_, '_>) {
    over(bencher, &all(""), |t| Normal::new(t).text().len());
}

#[divan::bench]
fn text_language(bencher: Bencher<'_, '_>) {
    over(bencher, &all(""), |t| t.split("\n\n").filter(|p| Language::of(p).is("en")).count());
}

#[divan::bench]
fn text_tokens(bencher: Bencher<'_, '_>) {
    over(bencher, &all(""), |t| tokenize(t).len());
}

#[divan::bench]
fn text_sentences(bencher: Bencher<'_, '_>) {
    over(bencher, &all(""), |t| sentences(t).len());
}

#[divan::bench]
fn text_analysis_with_tags(bencher: Bencher<'_, '_>) {
    over(bencher, &all(""), |t| Analysis::english(t).tokens.len());
}

#[divan::bench]
fn align_sentences(bencher: Bencher<'_, '_>) {
    let reference = all(".ref");
    over(bencher, &all(""), |t| align_texts(t, &reference, Unit::Sentence).len());
}

#[divan::bench]
fn align_words(bencher: Bencher<'_, '_>) {
    let (a, b) = (sample("fr-diplomacy", ""), sample("fr-diplomacy", ".ref"));
    let (x, y) = (Analysis::english(&a), Analysis::english(&b));
    bencher.counter(BytesCount::of_str(&a)).bench(|| WordAlignment::new(divan::black_box(&x), &y).to_b.len());
}

#[divan::bench]
fn detect_lexicon(bencher: Bencher<'_, '_>) {
    let text = all("");
    let (analysis, lexicon) = (Analysis::english(&text), Lexicon::builtin());
    bencher.counter(BytesCount::of_str(&text)).bench(|| lexicon.hits(divan::black_box(&analysis)).len());
}

#[divan::bench]
fn audit_alone(bencher: Bencher<'_, '_>) {
    let auditor = Auditor::new(&Config::default()).expect("the default configuration is good");
    over(bencher, &all(""), |t| auditor.story(&Inputs { text: t, ..Inputs::default() }).passages.len());
}

#[divan::bench]
fn audit_with_reference(bencher: Bencher<'_, '_>) {
    let auditor = Auditor::new(&Config::default()).expect("the default configuration is good");
    let reference = all(".ref");
    over(bencher, &all(""), |t| {
        auditor.story(&Inputs { text: t, reference: Some(&reference), source: None }).passages.len()
    });
}

#[divan::bench]
fn score_pairs_with_all_rules(bencher: Bencher<'_, '_>) {
    let auditor = Auditor::new(&Config::default()).expect("the default configuration is good");
    let pairs: Vec<Pair> = sample("parallel", ".mt")
        .lines()
        .zip(sample("parallel", ".ref").lines())
        .map(|(mt, reference)| Pair { mt: mt.to_owned(), refs: vec![reference.to_owned()], ..Pair::default() })
        .collect();
    let metrics = [Metric::Score, Metric::Bleu, Metric::Chrf, Metric::Ter];
    let bytes: usize = pairs.iter().map(|p| p.mt.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut scratch = Scratch::default();
        pairs.iter().map(|pair| auditor.pair(pair, &metrics, &mut scratch).findings.len()).sum::<usize>()
    });
}
