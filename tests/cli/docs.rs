use super::Folder;

#[test]
fn rules_are_listed() {
    let folder = Folder::new();
    folder.run(&["rules"]).exits(0).prints("repeated-word").prints("tense-drift");
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["rules", "--format", "json"]).exits(0).out).unwrap();
    let rules = json["rules"].as_array().expect("rules");
    for key in ["id", "category", "severity", "needs", "summary", "doc"] {
        assert!(rules.iter().all(|rule| rule[key].is_string()), "{key}");
    }
    folder.run(&["rules", "--format", "markdown"]).exits(0).prints("# Rules").prints("### tense-drift");
}

#[test]
fn every_rule_is_explained() {
    let folder = Folder::new();
    let run = folder.run(&["explain", "tense-drift"]).exits(0).prints("tense-drift  ").prints("fauxami.toml");
    assert!(!run.out.contains('\u{1b}'));
    assert!(run.out.lines().all(|line| line.chars().count() <= 100));
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["explain", "tense-drift", "--format", "json"]).exits(0).out).unwrap();
    assert_eq!(json["id"], "tense-drift");
    folder.run(&["explain", "tens-drift"]).exits(2).says(
        "error: unknown rule `tens-drift`; expected a rule, or an entry of the lexicon; did you mean `tense-drift`?",
    );
    assert!(json["example"]["fault"].is_string() && json["example"]["repair"].is_string());
    folder.run(&["explain", "xyzzy"]).exits(2).says("`fauxami rules` lists the rules");
}

#[test]
fn the_lexicon_is_listed_and_searched() {
    let folder = Folder::new();
    let run = folder.run(&["rules", "--lexicon", "diplomacy"]).exits(0);
    let run = run.prints("head-of-diplomacy  calque  es, fr").prints("→ {nationality} foreign minister");
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    let all = folder.run(&["rules", "--lexicon"]).exits(0).prints("under-four-eyes");
    assert!(all.out.lines().all(|line| line.chars().count() <= 80));
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["rules", "--lexicon", "--lang", "de", "--format", "json"]).exits(0).out)
            .unwrap();
    let entries = json["entries"].as_array().expect("entries");
    assert!(entries.len() > 10 && entries.iter().all(|entry| entry["sources"]["de"].is_string()));
    for key in ["id", "kind", "rule", "severity", "reason", "file"] {
        assert!(entries.iter().all(|entry| entry[key].is_string()), "{key}");
    }
    folder.run(&["rules", "--lexicon", "xyzzy"]).exits(0).prints("0 entries");
    folder
        .run(&["rules", "--lexicon", "diplomacy", "--format", "markdown"])
        .exits(0)
        .prints("| head-of-diplomacy | calque |");
    folder.run(&["rules", "--lexicon", "--kind", "jest"]).exits(2).says("idiom");
    folder.run(&["rules", "--lang", "fr"]).exits(2).says("--lexicon");
}

#[test]
fn an_entry_is_explained() {
    let folder = Folder::new();
    let run = folder.run(&["explain", "head-of-diplomacy"]).exits(0);
    let run =
        run.prints("chef de la diplomatie").prints("⟦head of Romanian diplomacy⟧").prints("corpora/lexicon/fr.toml:");
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["explain", "head-of-diplomacy", "--format", "json"]).exits(0).out).unwrap();
    assert_eq!((json["kind"].as_str(), json["severity"].as_str()), (Some("calque"), Some("major")));
    assert!(json["bad"].is_array() && json["good"].is_array() && json["confidence"] == 0.8);
    folder.run(&["explain", "head-of-diplomacyy"]).exits(2).says("did you mean `head-of-diplomacy`?");
    let house = "[[entry]]\nid = \"house-rule\"\nkind = \"officialese\"\npattern = [\"[foo bar]\"]\nsuggestion = [\"\"]\nreason = \"say less\"\n";
    let folder = folder.with("house.toml", house).with("fauxami.toml", "lexicons = [\"house.toml\"]\n");
    folder.run(&["explain", "house-rule"]).exits(0).prints("(delete)").prints("say less");
    folder.run(&["rules", "--lexicon", "foo", "--kind", "officialese"]).exits(0).prints("house-rule");
}

#[test]
fn completions_and_manual_pages() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        folder.run(&["completions", shell]).exits(0).prints("fauxami").prints("audit");
    }
    folder.run(&["man"]).exits(0).prints(".TH fauxami 1");
    folder.run(&["man", "audit"]).exits(0).prints(".TH fauxami-audit 1").prints("reference");
    folder.run(&["man", "adit"]).exits(2).says("no command `adit`; did you mean `audit`?");
}

/// `FAUXAMI_UPDATE=1 cargo test manual` writes them anew.
#[test]
fn committed_manual_pages_are_fresh() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/man");
    for (name, page) in fauxami::cli::man_pages() {
        let path = folder.join(format!("{name}.1"));
        if std::env::var_os("FAUXAMI_UPDATE").is_some() {
            std::fs::create_dir_all(&folder).expect("docs/man");
            std::fs::write(&path, &page).expect("the page");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == page, "{} is stale: run FAUXAMI_UPDATE=1 cargo test manual", path.display());
    }
}
