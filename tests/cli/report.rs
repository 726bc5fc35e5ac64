//! Reports hold for any text and any findings in it.

use anstream::adapter::strip_str;
use fauxami::audit::{PassageAudit, StoryAudit};
use fauxami::detect::Finding;
use fauxami::report::{self, DocumentView, ToldStory};
use fauxami::score::Basis;
use fauxami::score::passage::Evidence;
use fauxami::text::Language;
use fauxami::{Severity, Span};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

/// A story of one passage with a finding at each pair of places, given in thousandths of the text.
fn audit(text: &str, places: &[(u16, u16)]) -> StoryAudit {
    let boundary = |share: u16| {
        let mut byte = text.len() * usize::from(share % 1001) / 1000;
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let finding = |&(a, b): &(u16, u16)| {
        let (a, b) = (boundary(a), boundary(b));
        Finding {
            rule: "repeated-word",
            category: "Linguistic conventions/Grammar",
            severity: Severity::ALL[usize::from(a as u8 % 4)],
            confidence: 0.8,
            strength: 0.8,
            span: Span::new(a.min(b), a.max(b)),
            message: "a reason that is long enough to be broken over lines on a terminal of few columns".to_owned(),
            suggestions: vec!["a repair".to_owned(), String::new(), " ".to_owned()],
            reference: None,
            compared: false,
        }
    };
    let passage = PassageAudit {
        evidence: Evidence::default(),
        by_rule: Vec::new(),
        index: 0,
        span: Span::new(0, text.len()),
        reference: None,
        score: 50.0,
        lost: Vec::new(),
        penalty: 1.0,
        metrics: Vec::new(),
        findings: places.iter().map(finding).collect(),
    };
    let language = Language::Unsure { guess: None };
    StoryAudit {
        language,
        words: 1,
        penalty: 1.0,
        score: 50.0,
        basis: Basis::ReferenceFree,
        interval: None,
        lost: vec![("unlikeness", 30.0), ("penalty", 22.5), ("roughness", -2.5)],
        by_rule: vec![("repeated-word", 22.5)],
        passages: vec![passage],
        origin: Vec::new(),
        notes: Vec::new(),
    }
}

fn drawn(audit: &StoryAudit, text: &str, columns: usize) -> String {
    let (path, reference, fail_on, min_score) = ("a.txt", None, None, None);
    report::story(&ToldStory { index: 0, path, audit, text, reference, columns, explain: true, fail_on, min_score })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_terminal_report_keeps_its_width(
        text in "([a-z]{1,9}[ .]{1,2}|漢字|e\u{301}|🦀|\n|\\PC){1,150}",
        places in proptest::collection::vec(any::<(u16, u16)>(), 0..12),
        columns in 40usize..100,
    ) {
        let drawn = drawn(&audit(&text, &places), &text, columns);
        for line in strip_str(&drawn).to_string().lines().skip(1) {
            prop_assert!(line.width() <= columns + 1, "{} columns: {}", line.width(), line);
        }
    }

    #[test]
    fn json_slices_are_the_text_between_their_ends(
        text in "(\\PC|🦀|\n){1,80}",
        places in proptest::collection::vec(any::<(u16, u16)>(), 0..8),
    ) {
        let audit = audit(&text, &places);
        let view = DocumentView::new("a.txt", &audit, &text, None);
        let mut last = 0;
        for finding in &view.passages[0].findings {
            let slice: String = text.chars().skip(finding.start).take(finding.end - finding.start).collect();
            prop_assert_eq!(finding.text, slice);
            prop_assert!(finding.start >= last);
            last = finding.start;
        }
    }
}

#[test]
fn marks_stand_under_their_words() {
    let text = "The 漢字 council met. It took the the vote and and left. Nothing else happened.";
    let at = |word: &str| text.find(word).map(|at| (at, at + word.len())).expect(word);
    let share = |byte: usize| u16::try_from((byte * 1000).div_ceil(text.len())).expect("small");
    let places = ["the the", "and and"].map(|word| (share(at(word).0), share(at(word).1)));
    let drawn = drawn(&audit(text, &places), text, 80);
    let plain = strip_str(&drawn).to_string();
    let expected = " 1 │ It took the the vote and and left.\n   │         1^^^^^^      2^^^^^^\n";
    assert!(plain.contains(expected), "{plain}");
    assert!(!plain.contains("Nothing else"), "{plain}");
}
