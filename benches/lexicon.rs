//! What the size of the lexicon costs: the same text against 100 and 10,000 generated entries, and how long each lexicon
//! takes to load. `cargo bench --bench lexicon`; the ratio is printed last, from the fastest of rounds that take turns.

use fauxami::detect::Lexicon;
use fauxami::text::Analysis;
use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

const NAMES: [&str; 7] = ["fr-diplomacy", "es-courts", "de-economy", "ru-war", "zh-science", "ar-disaster", "it-sport"];

/// The next of a row of numbers that look random and are the same everywhere.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// A pack of so many entries. Half of their words stand in the text, and each of its words in many entries.
fn pack(entries: usize, words: &[String]) -> String {
    let mut seed = 7;
    let mut out = String::new();
    for n in 0..entries {
        let mut word = || {
            if next(&mut seed).is_multiple_of(2) {
                words[next(&mut seed) % words.len()].clone()
            } else {
                let letters =
                    ["ba", "co", "di", "fu", "gel", "him", "jos", "kan", "lor", "mi", "net", "po", "ras", "tuv"];
                (0..3).map(|_| letters[next(&mut seed) % letters.len()]).collect()
            }
        };
        let (a, b, c) = (word(), word(), word());
        let pattern = match n % 10 {
            0 => format!("[{a} {b}]"),
            1 => format!("[{a} {b} {c}]"),
            2 => format!("[<make|do|take> the? {a}] {b}"),
            3 => format!("[in the {a} of {{country}}] {b}"),
            4 => format!("[head of {{nationality}} {a}]"),
            5 => format!("[{a}|{b} ..3 {c}]"),
            6 => format!("[<{a}> {{np}} {b}]"),
            7 => format!("[the {{adj}} {a} of] {b}"),
            8 => format!("{{noun}} [{a} {{noun}} {b}]"),
            _ => format!("^ [{a} {{name}}? {b}]"),
        };
        let _ = write!(
            out,
            "[[entry]]\nid = \"g-{n}\"\nkind = \"calque\"\npattern = [\"{pattern}\"]\nsuggestion = [\"x\"]\nreason = \"r\"\n\n"
        );
    }
    out
}

fn main() {
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let mut text = String::new();
    for (name, kind) in NAMES.iter().flat_map(|name| [(name, ""), (name, ".ref")]) {
        let path = format!("{}/corpora/samples/{name}{kind}.txt", env!("CARGO_MANIFEST_DIR"));
        text += &std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        text += "\n\n";
    }
    let passages: Vec<Analysis<'_>> = text.split("\n\n").map(Analysis::english).collect();
    let tokens: usize = passages.iter().map(|p| p.tokens.len()).sum();
    let mut words: Vec<String> = passages
        .iter()
        .flat_map(|p| (0..p.tokens.len()).filter(|&i| p.tokens[i].is_word()).map(|i| p.lower(i).to_owned()))
        .filter(|word| word.bytes().all(|b| b.is_ascii_lowercase()))
        .collect();
    words.sort();
    words.dedup();
    let mut lexicons = Vec::new();
    for size in [100, 1_000, 10_000] {
        let packs = [("generated.toml".to_owned(), pack(size, &words))];
        let start = Instant::now();
        let lexicon = Lexicon::default().with_packs(&packs).expect("a pack of the right form");
        println!("{size:>6} entries  read and filed in {:>6.1} ms", start.elapsed().as_secs_f64() * 1e3);
        lexicons.push((size, lexicon, Vec::new()));
    }
    let (rounds, turns) = (150, 4);
    for round in 0..rounds + 5 {
        for (_, lexicon, times) in &mut lexicons {
            let start = Instant::now();
            for _ in 0..turns {
                for passage in &passages {
                    black_box(lexicon.hits(black_box(passage)).len());
                }
            }
            if round >= 5 {
                times.push(start.elapsed().as_secs_f64() / f64::from(turns));
            }
        }
    }
    // Other work on the machine only adds time.
    let mut fastest = Vec::new();
    for (size, lexicon, times) in &mut lexicons {
        let least = times.iter().copied().fold(f64::INFINITY, f64::min);
        let hits: usize = passages.iter().map(|p| lexicon.hits(p).len()).sum();
        println!("{size:>6} entries  {:>6.1} ns a token, {hits} hits in {tokens} tokens", least * 1e9 / tokens as f64);
        fastest.push(least);
    }
    println!("ratio of 10,000 to 100 entries: {:.2}", fastest[2] / fastest[0]);
}
