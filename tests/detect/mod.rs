//! Runs the case files: every rule on its cases, plain and displaced behind four-byte characters.

mod lexicon;

use fauxami::audit::Scratch;
use fauxami::detect::registry;
use fauxami::read::Pair;
use fauxami::{Auditor, Config, Finding, Inputs};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    reference: Option<String>,
    source: Option<String>,
    suggests: Option<Vec<String>>,
    severity: Option<String>,
    #[serde(default)]
    pair: bool,
}

/// A text without its marks, and the byte spans that they stood around.
fn unmark(marked: &str) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), None);
    for c in marked.chars() {
        match c {
            '⟦' => open = Some(text.len()),
            '⟧' => spans.push((open.take().expect("⟦ before ⟧"), text.len())),
            _ => text.push(c),
        }
    }
    assert!(open.is_none(), "a ⟦ without ⟧ in {marked:?}");
    (text, spans)
}

fn run(rule: &str, inputs: &Inputs<'_>, as_pair: bool) -> Vec<Finding> {
    let config = Config { only: Some(vec![rule.to_owned()]), ..Config::default() };
    let auditor = Auditor::new(&config).expect("the rule exists");
    if as_pair {
        let pair = Pair {
            mt: inputs.text.to_owned(),
            refs: inputs.reference.map(str::to_owned).into_iter().collect(),
            src: inputs.source.map(str::to_owned),
            ..Pair::default()
        };
        return auditor.pair(&pair, &[], &mut Scratch::default()).findings;
    }
    let audit = auditor.story(inputs);
    audit.passages.into_iter().flat_map(|p| p.findings).filter(|f| f.rule == rule).collect()
}

fn files() -> Vec<(String, File)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/detect");
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).expect("tests/detect can be listed") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text = std::fs::read_to_string(&path).expect("a case file can be read");
            let file = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            out.push((path.file_stem().and_then(|s| s.to_str()).expect("a name").to_owned(), file));
        }
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

/// Runs one case behind `prefix`; says what went wrong.
fn failure(rule: &str, case: &Case, prefix: &str) -> Option<String> {
    let (text, spans) = unmark(&case.text);
    let text = format!("{prefix}{text}");
    let reference = case.reference.as_ref().map(|r| format!("{prefix}{r}"));
    let inputs = Inputs { text: &text, reference: reference.as_deref(), source: case.source.as_deref() };
    let found = run(rule, &inputs, case.pair);
    let wanted: Vec<(usize, usize)> = spans.iter().map(|(a, b)| (a + prefix.len(), b + prefix.len())).collect();
    let got: Vec<(usize, usize)> = found.iter().map(|f| (f.span.start, f.span.end)).collect();
    let show = |spans: &[(usize, usize)]| {
        spans.iter().map(|(a, b)| format!("{a}..{b} {:?}", &text[*a..*b])).collect::<Vec<_>>().join(", ")
    };
    if wanted != got {
        return Some(format!(
            "{rule}: {}\n    wanted [{}]\n    got    [{}]\n    {text}",
            case.name,
            show(&wanted),
            show(&got)
        ));
    }
    if let Some(suggests) = &case.suggests {
        let first: Vec<&str> = found.iter().map(|f| f.suggestions.first().map_or("(none)", String::as_str)).collect();
        if first != suggests.iter().map(String::as_str).collect::<Vec<_>>() {
            return Some(format!("{rule}: {}\n    suggests {first:?}, wanted {suggests:?}", case.name));
        }
    }
    if let Some(severity) = &case.severity
        && found.iter().any(|f| f.severity.name() != severity)
    {
        return Some(format!("{rule}: {}: another severity than {severity}", case.name));
    }
    None
}

#[test]
fn every_case_does_as_it_says() {
    let mut failures = Vec::new();
    let mut count = 0;
    for (rule, file) in files() {
        for case in &file.case {
            count += 1;
            failures.extend(failure(&rule, case, ""));
        }
    }
    assert!(failures.is_empty(), "{} of {count} cases fail\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_case_does_so_behind_wide_characters() {
    let mut failures = Vec::new();
    for (rule, file) in files() {
        for case in &file.case {
            failures.extend(failure(&rule, case, "🙂🚂🜁\n\n"));
        }
    }
    assert!(failures.is_empty(), "{} cases fail displaced\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_rule_has_cases_that_fire_and_cases_that_do_not() {
    let files = files();
    let stems: BTreeSet<&str> = files.iter().map(|(stem, _)| stem.as_str()).collect();
    let ids: BTreeSet<&str> = registry::all().iter().map(|rule| rule.id).collect();
    assert_eq!(stems, ids, "a case file for each rule, and a rule for each case file");
    for (stem, file) in &files {
        assert!(file.case.iter().any(|c| c.text.contains('⟦')), "{stem}: no case fires");
        assert!(file.case.iter().any(|c| !c.text.contains('⟦')), "{stem}: no case stays silent");
        let names: BTreeSet<&str> = file.case.iter().map(|c| c.name.as_str()).collect();
        assert_eq!(names.len(), file.case.len(), "{stem}: two cases of one name");
    }
}

#[test]
fn a_rule_that_is_not_asked_for_says_nothing() {
    let text = "The talks will go on, the the ministry said. .";
    let found = run("calque", &Inputs { text, ..Inputs::default() }, false);
    assert_eq!(found, []);
}

#[test]
fn a_sentence_of_other_words_is_told_once_in_a_story_and_beside_its_faults_in_a_corpus() {
    let text = "The mill burned on Monday. The head of the fire brigade communicated to the press that the flames had been mastered in \
                the early hours and the wounded were on the road of recovery.";
    let sentence = "Firefighters brought the blaze under control before dawn and those injured are doing better, their chief told \
                    reporters.";
    let reference = format!("The mill burned on Monday. {sentence}");
    let auditor = Auditor::new(&Config::default()).expect("the configuration is right");
    let whole = |finding: &Finding| finding.suggestions == [sentence] && text[finding.span.range()] == text[27..];
    let audit = auditor.story(&Inputs { text, reference: Some(&reference), source: None });
    let story: Vec<Finding> = audit.passages.into_iter().flat_map(|p| p.findings).collect();
    assert_eq!(story.iter().map(|f| f.rule).collect::<Vec<_>>(), ["mistranslation", "false-friend"], "{story:?}");
    assert!(whole(&story[0]), "{story:?}");
    let pair = Pair { mt: text.to_owned(), refs: vec![reference], ..Pair::default() };
    let findings = auditor.pair(&pair, &[], &mut Scratch::default()).findings;
    assert_eq!(findings.iter().filter(|f| whole(f)).count(), 1, "{findings:?}");
    assert!(findings.len() > 4, "{findings:?}");
    // Only the surest findings: then nothing is said of the sentence as a whole.
    let sure =
        Auditor::new(&Config { min_confidence: Some(0.95), ..Config::default() }).expect("the configuration is right");
    assert!(!sure.pair(&pair, &[], &mut Scratch::default()).findings.iter().any(whole));
}
