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
    folder
        .run(&["explain", "tens-drift"])
        .exits(2)
        .says("error: unknown rule `tens-drift`; did you mean `tense-drift`?");
    assert!(json["example"]["fault"].is_string() && json["example"]["repair"].is_string());
    folder.run(&["explain", "xyzzy"]).exits(2).says("`fauxami rules` lists them all");
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
