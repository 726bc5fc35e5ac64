//! The metrics: against sacreBLEU's figures (golden.json), and against the straight way (slow.rs) on random segments.

#[path = "case.rs"]
mod case;
#[path = "slow.rs"]
mod slow;

use fauxami::score::metrics::{
    Bleu, BleuOptions, Chrf, ChrfOptions, Counts, METRICS, Metric, References, Scratch, Ter, TerOptions, Tokenizer,
};
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
struct Golden {
    sets: HashMap<String, Vec<(String, Vec<String>)>>,
    cases: Vec<GoldenCase>,
}

#[derive(Deserialize)]
struct GoldenCase {
    metric: String,
    options: case::Options,
    set: String,
    score: f64,
    sentences: Vec<f64>,
    signature: String,
    short: String,
}

#[test]
fn figures_are_those_of_sacrebleu() {
    let golden: Golden = serde_json::from_str(include_str!("golden.json")).unwrap();
    let mut scratch = Scratch::default();
    for case in &golden.cases {
        let metric = case::metric(&case.metric, &case.options).unwrap();
        let pairs = &golden.sets[&case.set];
        let counts: Vec<_> = pairs.iter().map(|(hyp, refs)| metric.counts(hyp, refs, &mut scratch)).collect();
        let told = format!("{} on {} with {:?}", case.metric, case.set, case.options);
        let close = |ours: f64, theirs: f64, what: &str| {
            assert!((ours - theirs).abs() <= 1e-9, "{told}, {what}: {ours}; sacreBLEU has {theirs}");
        };
        close(metric.score(&counts.iter().copied().sum()), case.score, "corpus");
        for ((counts, &theirs), (hyp, _)) in counts.iter().zip(&case.sentences).zip(pairs) {
            close(metric.sentence_score(counts), theirs, hyp);
        }
        let signature = metric.signature(References::of(pairs.iter().map(|(_, refs)| refs.len())));
        let version = concat!("fauxami-", env!("CARGO_PKG_VERSION"));
        assert_eq!(signature.to_string(), case.signature.replace("2.6.0", version), "{told}");
        assert_eq!(signature.short(), case.short.replace("2.6.0", version), "{told}");
    }
}

#[test]
fn signatures_name_resampling_where_sacrebleu_does() {
    let bleu = Bleu::default().signature(References::Varied);
    let signature = bleu.clone().bootstrap(1000, 12345).to_string();
    assert!(signature.starts_with("nrefs:var|bs:1000|seed:12345|case:mixed|eff:no|tok:13a|smooth:exp|version:"));
    let both = bleu.clone().bootstrap(1000, 7).randomization(10_000, 7).to_string();
    assert!(both.starts_with("nrefs:var|bs:1000|ar:10000|seed:7|case:mixed|"), "{both}");
    assert!(bleu.randomization(10_000, 7).short().starts_with("#:var|ar:10000|rs:7|c:mixed|e:no|tok:13a|s:exp|v:"));
}

#[test]
fn what_is_out_of_range_is_refused_with_a_reason() {
    let told = |error: fauxami::Error, part: &str| {
        let message = error.to_string();
        assert!(message.contains(part), "{message}");
    };
    for name in ["ja-mecab", "ko-mecab"] {
        told(Tokenizer::parse(name).unwrap_err(), "needs a dictionary and is not built in");
    }
    for name in ["spm", "flores101", "flores200", "spBLEU-1K"] {
        told(Tokenizer::parse(name).unwrap_err(), "needs a SentencePiece model and is not built in");
    }
    told(Tokenizer::parse("13b").unwrap_err(), "did you mean `13a`?");
    told(Tokenizer::for_language("ja-JP").unwrap_err(), "`ja-mecab`");
    let bleu = |max_order| Bleu::new(BleuOptions { max_order, ..BleuOptions::default() });
    told(bleu(0).unwrap_err(), "an order from 1 to 16");
    told(bleu(17).unwrap_err(), "an order from 1 to 16");
    let chrf = |char_order, beta| Chrf::new(ChrfOptions { char_order, beta, ..ChrfOptions::default() });
    told(chrf(0, 2.0).unwrap_err(), "1 to 16");
    told(chrf(usize::MAX, 2.0).unwrap_err(), "1 to 16");
    told(chrf(6, -1.0).unwrap_err(), "beta -1");
    told(chrf(6, f64::NAN).unwrap_err(), "beta NaN");
    assert!(case::metric("BLEU", &serde_json::from_str(r#"{"smooth_method": "log"}"#).unwrap()).is_err());
}

#[test]
fn a_pair_without_a_reference_counts_for_nothing() {
    let mut scratch = Scratch::default();
    for info in METRICS {
        let metric = Metric::parse(info.id).unwrap();
        assert_eq!((metric.id(), metric.higher_is_better()), (info.id, info.higher_is_better));
        let counts = metric.counts::<&str>("A segment.", &[], &mut scratch);
        assert!(counts.values().iter().all(|&value| value == 0), "{}", info.id);
        assert_eq!(metric.score(&counts), 0.0);
        assert_eq!(metric.score(&Counts::default()), 0.0);
    }
}

#[test]
fn segments_of_any_length_are_scored() {
    let mut scratch = Scratch::default();
    // Thousands of distinct characters, and of words, in an order and in another: the paths for what does not fit.
    let characters: String = ('\u{4e00}'..'\u{8fff}').chain('\u{20000}'..'\u{22000}').collect();
    let reversed: String = characters.chars().rev().collect();
    let words: Vec<String> = (0..3000).map(|word| format!("w{}", word % 1700)).collect();
    let (text, moved) = (words.join(" "), [&words[1500..], &words[..1500]].concat().join(" "));
    let chrf = Chrf::plus_plus();
    let counts = chrf.counts(&characters, &[&reversed], &mut scratch);
    let length = characters.chars().count() as u64;
    assert_eq!(counts.values()[..6], [length, length, length, length - 1, length - 1, 0]);
    assert_eq!(chrf.counts(&text, &[&moved], &mut scratch).values(), slow::chrf(&text, &moved, 6, 2, false));
    let ter = Ter::default();
    assert!(ter.score(&ter.counts(&text, &[&moved], &mut scratch)) > 0.0);
    assert_eq!(ter.score(&ter.counts(&text, &[""], &mut scratch)), 100.0);
    let bleu = Bleu::default();
    assert!(bleu.score(&bleu.counts(&text, &[&moved], &mut scratch)) > 99.0);
}

#[test]
fn bleu_tells_its_parts() {
    let bleu = Bleu::default();
    let counts = bleu.counts("The cat sat on a mat", &["The cat sat on the mat."], &mut Scratch::default());
    let detail = bleu.detail(&counts);
    assert_eq!(detail.score, bleu.score(&counts));
    assert_eq!(detail.to_string(), "83.3/60.0/50.0/33.3 (BP = 0.846 ratio = 0.857 hyp_len = 6 ref_len = 7)");
    assert_eq!(Chrf::plus_plus().name(), "chrF2++");
}

/// Segments of the characters that the tokenizers treat differently.
fn segment() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(prop::sample::select(slow::CHARS.chars().collect::<Vec<_>>()), 0..40)
            .prop_map(String::from_iter),
        prop::collection::vec(
            prop::sample::select(&[
                "a", "b", "a.b", "5.5", "5.", ".5", "..", "'s", "a's", "&amp;", "-", "5-5", "É", "\n-"
            ]),
            0..30
        )
        .prop_map(|words| words.join(" ")),
    ]
}

/// Words of which many are equal, so that there is much to shift.
fn words(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop_oneof![3 => 0..6_u32, 1 => 6..60_u32].prop_map(|word| format!("w{word}")), 0..most)
}

/// A copy with a few runs moved and words changed.
fn near(most: usize) -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    (
        words(most),
        prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..12_usize), 0..6),
    )
        .prop_map(|(words, changes)| {
            let mut changed = words.clone();
            for (from, to, length) in changes.into_iter().filter(|_| !words.is_empty()) {
                let from = from.index(changed.len() + 1);
                let run: Vec<_> = changed.drain(from..changed.len().min(from + length)).collect();
                let to = to.index(changed.len() + 1);
                changed.splice(to..to, if length == 5 { vec!["new".to_owned()] } else { run });
            }
            (changed, words)
        })
}

/// A passage whose first words stand last: the best way through the matrix leaves the beam, or nearly.
fn turned() -> impl Strategy<Value = (Vec<String>, Vec<String>)> {
    (55..130_usize, 15..45_usize, 1..9_usize).prop_map(|(words, by, equal)| {
        let reference: Vec<_> =
            (0..words).map(|word| format!("w{}", if word % equal == 1 { 0 } else { word })).collect();
        let mut hypothesis = reference.clone();
        hypothesis.rotate_left(by);
        (hypothesis, reference)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn bleu_counts_as_the_straight_way(
        hypothesis in segment(), references in prop::collection::vec(segment(), 1..4), max_order in 1..7_usize,
    ) {
        let mut scratch = Scratch::default();
        for (tokenizer, cut) in [
            (Tokenizer::V13a, slow::v13a as fn(&str) -> Vec<String>), (Tokenizer::Intl, slow::intl),
            (Tokenizer::None, slow::split),
        ] {
            let bleu = Bleu::new(BleuOptions { tokenizer, max_order, ..BleuOptions::default() }).unwrap();
            let counts = bleu.counts(&hypothesis, &references, &mut scratch);
            let references: Vec<_> = references.iter().map(|reference| cut(reference)).collect();
            prop_assert_eq!(counts.values(), slow::bleu(&cut(&hypothesis), &references, max_order), "{}", tokenizer);
        }
    }

    #[test]
    fn chrf_counts_as_the_straight_way(
        hypothesis in segment(), reference in segment(), char_order in 1..12_usize, word_order in 0..4_usize,
        whitespace: bool,
    ) {
        let chrf = Chrf::new(ChrfOptions { char_order, word_order, whitespace, ..ChrfOptions::default() }).unwrap();
        let counts = chrf.counts(&hypothesis, &[&reference], &mut Scratch::default());
        prop_assert_eq!(counts.values(), slow::chrf(&hypothesis, &reference, char_order, word_order, whitespace));
    }

    #[test]
    fn ter_counts_as_the_straight_way(
        hypothesis in segment(), references in prop::collection::vec(segment(), 1..3), normalized: bool, no_punct: bool,
    ) {
        let ter = Ter::new(TerOptions { normalized, no_punct, ..TerOptions::default() });
        let counts = ter.counts(&hypothesis, &references, &mut Scratch::default());
        let words = slow::ter_words(&hypothesis, normalized, no_punct, 1);
        let others: Vec<_> =
            references.iter().map(|reference| slow::ter_words(reference, normalized, no_punct, 2)).collect();
        let edits = others.iter().map(|other| slow::ter(&words, other)).min().unwrap();
        let length: usize = others.iter().map(Vec::len).sum();
        prop_assert_eq!(counts.values()[0], edits);
        prop_assert_eq!(counts.values()[1] * others.len() as u64, length as u64 * 232_792_560);
    }

    #[test]
    fn the_order_of_pairs_is_of_no_account(pairs in prop::collection::vec((segment(), segment()), 0..8)) {
        let mut scratch = Scratch::default();
        for info in METRICS {
            let metric = Metric::parse(info.id).unwrap();
            let forth: Counts = pairs.iter().map(|(a, b)| metric.counts(a, &[b], &mut scratch)).sum();
            let back: Counts = pairs.iter().rev().map(|(a, b)| metric.counts(a, &[b], &mut scratch)).sum();
            prop_assert_eq!(metric.score(&forth).to_bits(), metric.score(&back).to_bits());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    #[test]
    fn shifts_are_found_as_by_the_straight_way(
        (hypothesis, reference) in prop_oneof![near(30), near(90), near(150), (words(80), words(80)), (words(4), words(150)), turned()],
    ) {
        let counts = Ter::default().counts(&hypothesis.join(" "), &[reference.join(" ")], &mut Scratch::default());
        prop_assert_eq!(counts.values()[0], slow::ter(&hypothesis, &reference));
    }
}
