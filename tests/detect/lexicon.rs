//! What holds of every entry of the lexicon, and what is said of packs that are wrong.

use fauxami::detect::Lexicon;
use fauxami::text::Analysis;
use fauxami::{Auditor, Config, Finding, Inputs};
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

fn packs() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/lexicon");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("corpora/lexicon can be listed")
        .map(|e| e.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let read = |path: &Path| std::fs::read_to_string(path).expect("a pack can be read");
    let name = |path: &Path| format!("corpora/lexicon/{}", path.file_name().and_then(|n| n.to_str()).expect("a name"));
    files.iter().map(|path| (name(path), read(path))).collect()
}

fn full() -> Lexicon {
    Lexicon::default().with_packs(&packs()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_entry_does_what_its_examples_say() {
    let lexicon = full();
    let mut faults: Vec<String> = lexicon.faults().iter().map(ToString::to_string).collect();
    for (id, entry) in lexicon.entries() {
        let examples = lexicon.examples(id);
        if examples.bad.is_empty() || examples.good.is_empty() {
            faults.push(format!("{}:{}: `{}` lacks a bad or a good example", entry.file, entry.line, entry.id));
        }
    }
    let count = lexicon.entries().count();
    assert!(faults.is_empty(), "{} faults in {count} entries\n{}", faults.len(), faults.join("\n"));
    assert!(count >= 2000, "{count} entries");
}

#[test]
fn the_packed_lexicon_is_the_one_in_corpora() {
    let (packed, full) = (Lexicon::builtin(), full());
    let shown = |lexicon: &Lexicon| -> Vec<String> {
        lexicon.entries().map(|(id, entry)| format!("{entry:?} {:?}", lexicon.examples(id))).collect()
    };
    for (packed, full) in shown(&packed).iter().zip(shown(&full)) {
        assert_eq!(*packed, full);
    }
    assert_eq!(packed.entries().count(), full.entries().count());
    assert_eq!(packed.groups.len(), full.groups.len());
}

/// What stands in the text when each pattern is tried at each word.
fn slow(lexicon: &Lexicon, text: &Analysis<'_>) -> Vec<(String, Range<usize>)> {
    let mut out = Vec::new();
    for sentence in &text.sentences {
        for (_, entry) in lexicon.entries().filter(|(_, entry)| lexicon.speaks(entry) && entry.side.is_none()) {
            for pattern in &entry.patterns {
                for found in pattern.find(text, sentence) {
                    let flagged = found.flagged;
                    let spared = entry.unless.iter().flat_map(|unless| unless.find(text, sentence));
                    if !spared.into_iter().any(|m| m.flagged.start < flagged.end && flagged.start < m.flagged.end) {
                        out.push((entry.id.clone(), flagged));
                    }
                }
            }
        }
    }
    out
}

#[test]
fn the_index_loses_nothing() {
    let lexicon = Lexicon::builtin();
    let mut texts: Vec<String> = Vec::new();
    for (id, _) in lexicon.entries() {
        let examples = lexicon.examples(id);
        texts.extend(examples.bad.iter().map(|bad| bad.replace(['⟦', '⟧'], "")));
        texts.extend(examples.good);
    }
    for name in ["fr-diplomacy", "ru-war", "clean", "it-sport", "zh-science"] {
        let path = format!("{}/corpora/samples/{name}.txt", env!("CARGO_MANIFEST_DIR"));
        texts.push(std::fs::read_to_string(path).expect("a sample"));
    }
    // Trying every pattern at every word of every example takes long; the rest are as good as these.
    for text in texts.iter().rev().step_by(1 + texts.len() / 400) {
        let analysis = Analysis::english(text);
        let fast: Vec<_> = lexicon
            .hits(&analysis)
            .into_iter()
            .map(|hit| (lexicon.entry(hit.entry), hit.tokens))
            .filter(|(entry, _)| entry.side.is_none())
            .map(|(entry, tokens)| (entry.id.clone(), tokens))
            .collect();
        assert_eq!(fast, slow(&lexicon, &analysis), "{text}");
    }
}

/// The findings of a story under the built-in lexicon and one pack of the user's.
fn audit(pack: &str, config: &str, inputs: &Inputs<'_>) -> Result<Vec<Finding>, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("house.toml");
    std::fs::write(&path, pack).expect("a file");
    let mut config = Config::from_toml(config, "fauxami.toml").map_err(|error| error.to_string())?;
    config.lexicons.push(path);
    config.only = Some(vec!["calque".to_owned(), "false-friend".to_owned()]);
    config.min_confidence = Some(0.0);
    let auditor = Auditor::new(&config)
        .map_err(|error| error.to_string().replace(&folder.path().join("").display().to_string(), ""))?;
    Ok(auditor.story(inputs).passages.into_iter().flat_map(|passage| passage.findings).collect())
}

fn entry(fields: &str) -> String {
    let mut out = "[[entry]]\n".to_owned();
    for (key, value) in
        [("id", "\"x-test\""), ("kind", "\"calque\""), ("suggestion", "[\"y\"]"), ("reason", "\"it is so\"")]
    {
        if !fields.lines().any(|line| line.split(' ').next() == Some(key)) {
            out += &format!("{key} = {value}\n");
        }
    }
    out + fields + "\n"
}

/// Flagged words and first suggestion of each finding.
#[track_caller]
fn told(pack: &str, config: &str, text: &str) -> Vec<(String, String)> {
    let findings = audit(pack, config, &Inputs { text, ..Inputs::default() }).expect("a good pack");
    let first = |f: &Finding| f.suggestions.first().cloned().unwrap_or_default();
    findings.iter().map(|f| (text[f.span.range()].to_owned(), first(f))).collect()
}

#[track_caller]
fn holds(pack: &str, text: &str, wanted: &[(&str, &str)]) {
    let told = told(pack, "", text);
    assert_eq!(told.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect::<Vec<_>>(), wanted, "{text}");
}

#[test]
fn suggestions_take_forms_countries_and_articles() {
    let trip = entry("pattern = [\"[<effectuate> a trip] to\"]\nsuggestion = [\"<travel>\"]");
    holds(&trip, "He effectuated a trip to Oslo.", &[("effectuated a trip", "traveled")]);
    holds(&trip, "She effectuates a trip to Oslo.", &[("effectuates a trip", "travels")]);
    let two = entry("pattern = [\"[<waltz> and <juggle>]\"]\nsuggestion = [\"<sing> and <go:2>\"]");
    holds(&two, "He waltzed and juggles there.", &[("waltzed and juggles", "sang and goes")]);
    let own = entry("pattern = [\"[{country} 's own tongue]\"]\nsuggestion = [\"a {nationality} tongue\"]");
    holds(&own, "It was France's own tongue.", &[("France's own tongue", "a French tongue")]);
    holds(&own, "It was Iran's own tongue.", &[("Iran's own tongue", "an Iranian tongue")]);
    let back = entry("pattern = [\"[{nationality} tongue of old]\"]\nsuggestion = [\"{country}'s tongue\"]");
    holds(&back, "The French tongue of old is lost.", &[("French tongue of old", "France's tongue")]);
    holds(&back, "The Dutch tongue of old is lost.", &[("Dutch tongue of old", "Netherlands' tongue")]);
    holds(&back, "The North Korean tongue of old is lost.", &[("North Korean tongue of old", "North Korea's tongue")]);
    let article = entry("pattern = [\"[snorgly]\"]\nsuggestion = [\"odd\"]");
    holds(&article, "It was a snorgly day.", &[("a snorgly", "an odd")]);
    holds(&article, "It was the snorgly day.", &[("snorgly", "odd")]);
}

#[test]
fn an_entry_may_speak_on_one_side_of_quotation_marks() {
    let text = "The snorgly man said: “It is a snorgly day.”";
    let pack = |side: &str| entry(&format!("pattern = [\"[snorgly]\"]\nwhere = \"{side}\""));
    let starts = |side: &str| -> Vec<usize> {
        let found = audit(&pack(side), "", &Inputs { text, ..Inputs::default() }).expect("a good pack");
        found.iter().map(|f| f.span.start).collect()
    };
    assert_eq!(starts("outside"), [4]);
    assert_eq!(starts("quote").len(), 1);
    assert!(starts("quote")[0] > 20);
}

#[test]
fn house_style_speaks_where_it_is_asked_for() {
    let pack = entry("pattern = [\"[snorgly]\"]\nprofile = \"ap\"\nkind = \"attribution\"\nconfidence = 0.6");
    let text = "It was the snorgly day.";
    assert_eq!(told(&pack, "", text), []);
    assert_eq!(told(&pack, "profile = \"reuters\"", text), []);
    let found = audit(&pack, "profile = \"ap\"", &Inputs { text, ..Inputs::default() }).expect("a good pack");
    assert_eq!((found[0].rule, found[0].category), ("calque", "Style/Organizational style"));
    assert_eq!(found[0].message, "it is so (attribution)");
    assert!((found[0].confidence - 0.6).abs() < 1e-6);
    let wrong = audit(&pack, "profile = \"afp\"", &Inputs::default()).unwrap_err();
    assert_eq!(wrong, "fauxami.toml: unknown profile `afp`; expected ap or reuters");
}

#[test]
fn of_two_entries_on_the_same_words_the_longer_speaks() {
    let pack = entry("pattern = [\"[snorgly day]\"]\nsuggestion = [\"short\"]")
        + &entry("id = \"x-long\"\npattern = [\"[snorgly day of frob]\"]\nsuggestion = [\"long\"]");
    holds(&pack, "It was the snorgly day of frob.", &[("snorgly day of frob", "long")]);
    holds(&pack, "It was the snorgly day.", &[("snorgly day", "short")]);
}

#[test]
fn evidence_moves_confidence() {
    let pack = entry(
        "pattern = [\"[snorgly day]\"]\nsuggestion = [\"splendid morning\"]\nsources = { fr = \"journée snorgle\" }",
    );
    let text = "It was the snorgly day when the talks in Geneva came to an end.";
    let sure = |reference: Option<&str>, source: Option<&str>| {
        let found = audit(&pack, "", &Inputs { text, reference, source }).expect("a good pack");
        (found[0].confidence, found[0].message.clone())
    };
    let (alone, message) = sure(None, None);
    assert!((alone - 0.8).abs() < 1e-6);
    assert_eq!(message, "it is so (from fr)");
    let (with, message) = sure(None, Some("C'était la journée snorgle où les pourparlers de Genève ont pris fin."));
    assert!(with > 0.9, "{with}");
    assert_eq!(message, "it is so (from fr; the source has “journée snorgle”)");
    // Another language's words that look like it are no evidence.
    let (with, _) =
        sure(None, Some("La giornata era bella quando i colloqui di Ginevra sono finiti, e la journée snorgle."));
    assert!(with < 0.85, "{with}");
    let (with, message) = sure(Some("It was the splendid morning when the talks in Geneva came to an end."), None);
    assert!(with > 0.85, "{with}");
    assert_eq!(message, "it is so (from fr; the reference writes “splendid morning”)");
    let (with, message) = sure(Some(text), None);
    assert!(with < 0.4, "{with}");
    assert_eq!(message, "it is so (from fr; the reference has the phrase too)");
}

#[test]
fn a_story_shows_where_it_comes_from() {
    let auditor = Auditor::new(&Config::default()).expect("the default configuration is good");
    let origin = |text: &str| auditor.story(&Inputs { text, ..Inputs::default() }).origin;
    let two = origin(
        "The head of Russian diplomacy met the press on Monday.\n\nThe tenant of Matignon will present the budget on Monday, an official said.",
    );
    assert_eq!(two.len(), 1, "{two:?}");
    assert_eq!(two[0].language, "fr");
    assert_eq!(two[0].evidence, ["head of Russian diplomacy", "tenant of Matignon"]);
    assert!(two[0].share > 0.5 && two[0].share <= 1.0);
    assert_eq!(origin("The tenant of Matignon will present the budget on Monday, an official said."), []);
    assert_eq!(origin("The council met on Monday."), []);
}

#[test]
fn a_wrong_pack_is_refused_with_line_and_remedy() {
    let cases: &[(String, &str)] = &[
        (
            entry("pattern = [\"[{nationallity} foo]\"]"),
            "house.toml:6: entry `x-test`: pattern `[{nationallity} foo]`: no class `nationallity`; did you mean `nationality`?",
        ),
        (
            entry("id = \"X Test\"\npattern = [\"[foo bar]\"]"),
            "house.toml:5: entry `X Test`: the id is not in kebab case",
        ),
        (
            entry("pattern = [\"[foo bar]\"]\nconfidence = 80"),
            "house.toml:7: entry `x-test`: `confidence` is 80; expected a number from 0 to 1",
        ),
        (
            entry("pattern = [\"[foo bar]\"]\nsuggestion = [\"{name} x\"]"),
            "suggestion `{name} x`: no pattern has what `{name}` repeats",
        ),
        (entry("pattern = [\"[foo bar]\"]\nsuggestion = [\"<be:2> x\"]"), "no pattern has what `<be:2>` repeats"),
        (entry("pattern = [\"[foo bar]\"]\ncolour = 1"), "house.toml:7: unknown field `colour`"),
        (
            entry("pattern = [\"[foo bar]\"]\nbad = [\"A ⟦foo⟧ bar.\"]"),
            "entry `x-test`: it flags “foo bar” in its bad example “A ⟦foo⟧ bar.”; expected exactly the words between ⟦ and ⟧",
        ),
        (entry("pattern = [\"[foo bar]\"]\nbad = [\"A foo bar.\"]"), "does not mark the fault; put ⟦ and ⟧ around"),
        (
            entry("pattern = [\"[foo bar]\"]\ngood = [\"A foo bar.\"]"),
            "it flags “foo bar” in its good example “A foo bar.”; add an `unless`",
        ),
        (
            entry("pattern = [\"[foo bar]\"]") + &entry("id = \"x-b\"\npattern = [\"[foo  Bar]\"]"),
            "house.toml:11: entry `x-b`: the pattern `[foo  Bar]` is also that of `x-test`; join it with `x-test` (house.toml:2)",
        ),
        (
            entry("pattern = [\"[foo bar]\"]")
                + &entry("id = \"x-b\"\npattern = [\"[foo bar|baz]\"]\nbad = [\"A ⟦foo bar⟧.\"]"),
            "entry `x-b`: `x-test` claims “foo bar” in its bad example",
        ),
        (
            entry("pattern = [\"[tenant|host of Matignon]\"]"),
            "is also that of `tenant-of-matignon`; drop `x-test`, or switch `tenant-of-matignon` (corpora/lexicon/fr.toml:",
        ),
        (
            entry("id = \"head-of-diplomacy\"\npattern = [\"[foo bar]\"]"),
            "another entry has this id; choose another id; the other stands in corpora/lexicon/fr.toml:",
        ),
    ];
    for (pack, wanted) in cases {
        let error = audit(pack, "", &Inputs::default()).expect_err(pack);
        assert!(error.contains(wanted), "wanted {wanted}\ngot    {error}\n{pack}");
    }
    // What is switched off is in nobody's way.
    let pack = entry("pattern = [\"[tenant|host of Matignon]\"]");
    assert!(audit(&pack, "lexicon-off = [\"tenant-of-matignon\"]", &Inputs::default()).is_ok());
}

#[test]
fn ids_are_unique() {
    let lexicon = full();
    let ids: BTreeSet<&str> = lexicon.entries().map(|(_, entry)| entry.id.as_str()).collect();
    assert_eq!(ids.len(), lexicon.entries().count());
}

/// Whether a finding of the rules that report entries lies in `within`.
fn named(auditor: &Auditor, text: &str, within: Range<usize>) -> bool {
    let audit = auditor.story(&Inputs { text, ..Inputs::default() });
    let mut findings = audit.passages.into_iter().flat_map(|passage| passage.findings);
    findings.any(|f| f.span.start < within.end && within.start < f.span.end)
}

#[test]
fn most_calques_of_the_lists_are_named_and_few_twins() {
    // 82, 81 and 62 in a hundred, and 1 in a hundred twins, when this was written; no entry was written from the third list.
    for (list, least) in [("pairs.tsv", 72), ("fresh.tsv", 72), ("unseen.tsv", 58)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lexicon").join(list);
        judge(&std::fs::read_to_string(path).expect("the list"), least);
    }
}

/// Holds that at least `least` in a hundred calques are named, and at most 3 in a hundred twins.
fn judge(text: &str, least: usize) {
    let config = Config {
        only: Some(["calque", "false-friend"].map(str::to_owned).to_vec()),
        min_confidence: Some(0.5),
        ..Config::default()
    };
    let auditor = Auditor::new(&config).expect("a good configuration");
    let (mut rows, mut calques, mut twins) = (0, 0, 0);
    for row in text.lines().skip(1).filter(|row| !row.trim().is_empty()) {
        let mut fields = row.split('\t').skip(2);
        let (marked, twin) = (fields.next().expect("a calque"), fields.next().expect("a twin"));
        let plain = marked.replace(['⟦', '⟧'], "");
        let start = marked.find('⟦').expect("a mark");
        let end = marked.rfind('⟧').expect("a mark") - '⟦'.len_utf8();
        rows += 1;
        calques += usize::from(named(&auditor, &plain, start..end));
        twins += usize::from(named(&auditor, twin, 0..twin.len()));
    }
    println!("{calques} of {rows} calques named, {twins} twins");
    assert!(100 * calques >= least * rows, "{calques} of {rows} calques named");
    assert!(100 * twins <= 3 * rows, "{twins} of {rows} twins flagged");
}
