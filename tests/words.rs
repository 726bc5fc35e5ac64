//! Words aligned with words: cases as data, and what must hold of any text.

use fauxami::align::{LinkKind, WordAlignment};
use fauxami::text::Analysis;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

#[derive(serde::Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    a: String,
    b: String,
    links: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    #[serde(default)]
    kinds: BTreeMap<String, String>,
}

/// The token that `word` or `word/2` means.
fn token(text: &Analysis<'_>, word: &str) -> usize {
    let (word, nth) = match word.split_once('/') {
        Some((word, nth)) => (word, nth.parse().expect("a number behind the stroke")),
        None => (word, 1),
    };
    (0..text.tokens.len()).filter(|&i| text.normal(i) == word).nth(nth - 1).unwrap_or_else(|| panic!("no {word}"))
}

fn pair(a: &Analysis<'_>, b: &Analysis<'_>, words: &str) -> (usize, usize) {
    let (p, q) = words.split_once(' ').expect("two words");
    (token(a, p), token(b, q))
}

#[test]
fn words_are_answered() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/align/words.toml");
    let cases: Cases = toml::from_str(&std::fs::read_to_string(path).expect("the cases")).expect("TOML of that form");
    let mut wrong = Vec::new();
    for case in &cases.case {
        let (a, b) = (Analysis::english(&case.a), Analysis::english(&case.b));
        let words = WordAlignment::new(&a, &b);
        let find = |words_of: &str| {
            let (i, j) = pair(&a, &b, words_of);
            words.links_of(i).iter().find(|link| link.b == j)
        };
        wrong.extend(case.links.iter().filter(|l| find(l).is_none()).map(|l| format!("{}: lacks {l}", case.name)));
        wrong.extend(case.none.iter().filter(|l| find(l).is_some()).map(|l| format!("{}: has {l}", case.name)));
        for (link, kind) in &case.kinds {
            let found = find(link).map(|l| format!("{:?}", l.kind));
            if found.as_deref().is_some_and(|found| found != kind) {
                wrong.push(format!("{}: {link} is {found:?}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_text_is_answered_by_itself() {
    let text = "President Vladimir V. Putin, 61, told reporters on Tuesday that “the well-known deal” with the U.S. \
                would cost $4.5 billion; the Kremlin's spokesman declined to comment.";
    let a = Analysis::english(text);
    let words = WordAlignment::new(&a, &a);
    for i in 0..a.tokens.len() {
        assert_eq!(words.to_b[i], Some(i), "{}", a.normal(i));
        assert_eq!(words.kind(i), Some(LinkKind::Exact));
    }
}

#[test]
fn time_grows_with_length_and_not_with_its_square() {
    let line = |n: usize| -> String {
        let words = ["trade", "rose", "in", "the", "north", "while", "ports", "closed", "early", "for", "repairs"];
        (0..n)
            .map(|i| format!("{}{} ", words[i % words.len()], if i % 7 == 0 { i.to_string() } else { String::new() }))
            .collect()
    };
    let run = |n: usize| -> Duration {
        let (a, b) = (line(n), line(n + n / 10));
        let (x, y) = (Analysis::english(&a), Analysis::english(&b));
        let start = Instant::now();
        let words = WordAlignment::new(&x, &y);
        let spent = start.elapsed();
        assert!(words.links.len() > n / 2, "{} of {n}", words.links.len());
        spent
    };
    let (short, long) = (run(1_600), run(6_400));
    assert!(long < short * 12 + Duration::from_millis(200), "{short:?} for 1,600 tokens, {long:?} for 6,400");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn links_are_in_range_and_agree_with_the_best_view(a in "\\PC{0,80}", b in "([a-z]{1,6}[ ,.-]){0,30}") {
        let (x, y) = (Analysis::english(&a), Analysis::english(&b));
        for (x, y) in [(&x, &y), (&y, &x), (&x, &x)] {
            let words = WordAlignment::new(x, y);
            for link in &words.links {
                prop_assert!(link.a < x.tokens.len() && link.b < y.tokens.len());
                prop_assert!((0.0..=1.0).contains(&link.probability) && (0.0..=1.0).contains(&link.likeness));
            }
            for (i, j) in words.to_b.iter().enumerate() {
                if let Some(j) = *j {
                    prop_assert_eq!(words.to_a[j], Some(i));
                    prop_assert!(words.links_of(i).iter().any(|link| link.b == j));
                }
            }
        }
    }
}
