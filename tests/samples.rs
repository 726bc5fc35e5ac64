//! The stories in `corpora/samples`: faulty ones are found out, clean ones left alone; documents are up to date.

use fauxami::{Auditor, Config, Finding, Inputs};
use std::path::{Path, PathBuf};

fn sample(name: &str) -> String {
    let path = root().join("corpora/samples").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn audit(text: &str, reference: Option<&str>, source: Option<&str>) -> Vec<Finding> {
    let auditor = Auditor::new(&Config::default()).expect("the default configuration is good");
    auditor.story(&Inputs { text, reference, source }).passages.into_iter().flat_map(|p| p.findings).collect()
}

/// Rule and flagged words of each finding.
fn told(text: &str, findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|f| format!("{} {:?}", f.rule, &text[f.span.range()])).collect()
}

#[test]
fn a_clean_story_is_left_alone() {
    let text = sample("clean.txt");
    assert_eq!(told(&text, &audit(&text, None, None)), [] as [String; 0]);
}

#[test]
fn references_are_left_alone() {
    for name in ["fr-diplomacy", "es-courts", "de-economy", "ru-war", "zh-science", "ar-disaster", "it-sport"] {
        let text = sample(&format!("{name}.ref.txt"));
        assert_eq!(told(&text, &audit(&text, None, None)), [] as [String; 0], "{name}");
        assert_eq!(told(&text, &audit(&text, Some(&text), None)), [] as [String; 0], "{name} against itself");
    }
}

#[test]
fn planted_faults_are_found() {
    let cases: [(&str, &[&str]); 4] = [
        (
            "fr-diplomacy",
            &[
                "calque \"head of French diplomacy\"",
                "calque \"in the interest in\"",
                "stray-punctuation \" .\"",
                "number-mismatch \"14\"",
                "tense-drift \"suspends\"",
                "number-format \"2.500\"",
                "untranslated \"pourparlers\"",
                "boilerplate \"Comments are closed.\"",
            ],
        ),
        (
            "ru-war",
            &[
                "number-mismatch \"seventeen\"",
                "name-inconsistency \"Kiev\"",
                "untranslated \"траур\"",
                "tense-drift \"is closed\"",
            ],
        ),
        ("de-economy", &["encoding "]),
        ("ar-disaster", &["number-mismatch \"112\"", "encoding \"&amp;\""]),
    ];
    for (name, wanted) in cases {
        let (text, reference) = (sample(&format!("{name}.txt")), sample(&format!("{name}.ref.txt")));
        let told = told(&text, &audit(&text, Some(&reference), None));
        for fault in wanted {
            assert!(told.iter().any(|t| t.starts_with(fault)), "{name}: no {fault} in {told:#?}");
        }
    }
}

#[test]
fn the_source_alone_shows_a_wrong_number() {
    let text = "The ministry said 12,500 soldiers would stay until June.";
    let source = "Le ministère a déclaré que 1 250 soldats resteraient jusqu’en juin.";
    let findings = audit(text, None, Some(source));
    assert_eq!(told(text, &findings), ["number-mismatch \"12,500\""]);
}

#[test]
fn a_reference_in_another_language_is_said_to_be_so() {
    let auditor = Auditor::new(&Config::default()).expect("the default configuration is good");
    let (text, wrong) = (sample("fr-diplomacy.txt"), sample("fr-diplomacy.src.txt"));
    let audit = auditor.story(&Inputs { text: &text, reference: Some(&wrong), source: None });
    assert_eq!(
        audit.notes,
        [
            "the reference is in another language (fr) than the translation (en) and is left out; give a source with --source"
        ]
    );
    assert!(audit.passages.iter().all(|p| p.reference.is_none()));
}

#[test]
fn a_fault_in_one_paragraph_leaves_the_alignment_of_the_others() {
    let (text, reference) = (sample("fr-diplomacy.txt"), sample("fr-diplomacy.ref.txt"));
    let auditor = Auditor::new(&Config::default()).expect("the default configuration is good");
    let audit = auditor.story(&Inputs { text: &text, reference: Some(&reference), source: None });
    let answered = audit.passages.iter().filter(|p| p.reference.is_some()).count();
    assert_eq!(answered, audit.passages.len() - 1, "all but the furniture at the end");
}

#[test]
fn the_rules_page_is_up_to_date() {
    let page = std::fs::read_to_string(root().join("docs/rules.md")).expect("docs/rules.md");
    assert_eq!(page, fauxami::report::rules_markdown(), "run `cargo run -- rules --format markdown > docs/rules.md`");
}

#[test]
fn any_text_has_an_answer() {
    use proptest::prelude::*;
    let auditor = Auditor::new(&Config::default()).expect("the default configuration is good");
    let pieces = prop_oneof![
        "\\PC{0,12}",
        prop::sample::select(vec![
            "said. .",
            "“",
            "”",
            "\"",
            "’",
            "'s",
            "&amp;quot;",
            "â€™",
            "\u{200b}",
            "e\u{301}",
            "…",
            "1,5",
            "1 800",
            "Kyiv",
            "Kiev",
            "the the",
            "in 2014",
            "has",
            "seizes",
            ",,",
            "\n\n",
            "\n",
            "🙂",
            "中文",
            "переговоры",
            "U.S.",
            "...",
            "$3bn",
            "(",
            ")",
            "\u{fffd}",
            "of the of the",
        ])
        .prop_map(str::to_owned),
    ];
    let text = prop::collection::vec(pieces, 0..30).prop_map(|parts| parts.join(" "));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let strategy = (text.clone(), prop::option::of(text.clone()), prop::option::of(text));
    runner
        .run(&strategy, |(text, reference, source)| {
            let audit =
                auditor.story(&Inputs { text: &text, reference: reference.as_deref(), source: source.as_deref() });
            for finding in audit.passages.iter().flat_map(|p| &p.findings) {
                prop_assert!(text.get(finding.span.range()).is_some(), "{finding:?}");
                if let (Some(span), Some(reference)) = (finding.reference, &reference) {
                    prop_assert!(reference.get(span.range()).is_some(), "{finding:?}");
                }
            }
            prop_assert!((0.0..=100.0).contains(&audit.score));
            Ok(())
        })
        .unwrap();
}
