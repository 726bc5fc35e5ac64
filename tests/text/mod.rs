//! Sentences and their words.

use fauxami::text::{Analysis, Form, Tag, inflect, sentences};

#[derive(serde::Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    text: String,
}

#[test]
fn sentences_as_in_the_cases() {
    let cases: Cases = toml::from_str(include_str!("sentences.toml")).expect("TOML");
    let mut failures = Vec::new();
    for case in cases.case {
        let mut text = String::new();
        let mut wanted: Vec<String> = Vec::new();
        for part in case.text.split('|') {
            // A space parts two sentences, unless the case is about its absence.
            let glued = case.name.starts_with("no space") || case.name.starts_with("Chinese") || text.ends_with('\n');
            if !text.is_empty() && !glued {
                text.push(' ');
            }
            text.push_str(part);
            wanted.push(part.trim().to_owned());
        }
        let got: Vec<&str> = sentences(&text).into_iter().map(|span| &text[span.range()]).collect();
        if got != wanted {
            failures.push(format!("{}\n    wanted {wanted:?}\n    got    {got:?}", case.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn verbs_of_a_narrative_have_their_tense_and_lemma() {
    let text = Analysis::english("Russia seizes the peninsula, the army had warned, and officials say it will fall.");
    let verbs: Vec<(&str, &str, Tag)> = (0..text.tokens.len())
        .filter(|&i| text.tag_of(i).is_verb() || text.tag_of(i) == Tag::Md)
        .map(|i| (text.normal(i), text.lemma(i), text.tag_of(i)))
        .collect();
    assert_eq!(
        verbs,
        [
            ("seizes", "seize", Tag::Vbz),
            ("had", "have", Tag::Vbd),
            ("warned", "warn", Tag::Vbn),
            ("say", "say", Tag::Vbp),
            ("will", "will", Tag::Md),
            ("fall", "fall", Tag::Vb),
        ]
    );
}

#[test]
fn forms_go_there_and_back() {
    for (lemma, past, participle, present) in [
        ("rise", "rose", "risen", "rising"),
        ("lie", "lay", "lain", "lying"),
        ("plan", "planned", "planned", "planning"),
        ("put", "put", "put", "putting"),
        ("carry", "carried", "carried", "carrying"),
        ("flee", "fled", "fled", "fleeing"),
        ("travel", "traveled", "traveled", "traveling"),
    ] {
        assert_eq!(inflect(lemma, Form::Past), past);
        assert_eq!(inflect(lemma, Form::PastParticiple), participle);
        assert_eq!(inflect(lemma, Form::PresentParticiple), present);
        assert_eq!(fauxami::text::lemma(past, Tag::Vbd), lemma, "{past}");
        assert_eq!(fauxami::text::lemma(present, Tag::Vbg), lemma, "{present}");
    }
}
