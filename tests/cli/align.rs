use super::Folder;

#[test]
fn beads_of_two_texts() {
    let text = "The council met on Monday.\n\nIt approved the budget for the coming year.\n";
    let folder = Folder::new().with("a", text).with("b", text);
    for unit in ["line", "sentence", "paragraph"] {
        let run = folder.run(&["align", "a", "b", "--unit", unit, "--format", "jsonl"]).exits(0);
        let lines = run.lines();
        assert!(!lines.is_empty());
        assert!(lines.iter().all(|l| l["a"].is_array() && l["b"].is_array() && l["score"].is_number()), "{}", run.out);
        assert_eq!(lines[0]["a"], serde_json::json!([0]));
        assert_eq!(lines[0]["b"], serde_json::json!([0]));
    }
    let run = folder.run(&["align", "a", "b", "--format", "terminal"]).exits(0);
    run.prints("1 = 1").prints("The council met on Monday.             │ The council met on Monday.");
    assert!(folder.run(&["align", "a", "b"]).exits(0).out.starts_with('{'), "JSON Lines where no terminal is");
}

#[test]
fn empty_lines_count_as_lines() {
    let folder = Folder::new()
        .with("a", "One thing happened.\n\nAnother thing followed.\n")
        .with("b", "One thing happened.\nAnother thing followed.\n");
    let run = folder.run(&["align", "a", "b", "--unit", "line"]).exits(0);
    let lines = run.lines();
    assert!(lines.iter().any(|l| l["a"] == serde_json::json!([2]) && l["b"] == serde_json::json!([1])), "{}", run.out);
}

#[test]
fn words_of_pairs() {
    let rows = "{\"id\": \"p:0\", \"a\": \"the talks failed\", \"b\": \"the talks failed\"}\n{\"id\": 1, \"a\": \"x\"}\n{\"a\": \"\", \"b\": \"\"}\n";
    let run = Folder::new().with("w.jsonl", rows).run(&["align", "--words", "w.jsonl"]).exits(2);
    let lines = run.lines();
    assert_eq!(lines[0], serde_json::json!({"id": "p:0", "pairs": [[0, 0], [1, 1], [2, 2]]}));
    assert!(lines[1]["error"].as_str().unwrap().starts_with("w.jsonl:2: missing field `b`"));
    assert_eq!(lines[2], serde_json::json!({"id": 2, "pairs": []}));
}

#[test]
fn files_must_fit_what_is_asked() {
    let folder = Folder::new().with("a", "A.\n");
    folder.run(&["align", "a"]).exits(2).says("one file; expected two texts to align");
    folder.run(&["align", "--words", "a", "a"]).exits(2).says("two files with --words");
    folder.run(&["align", "a", "none"]).exits(2).says("none: no such file");
    folder.run(&["align", "a", "a", "--unit", "word"]).exits(2).says("possible values: line, sentence, paragraph");
}

const PLAIN: &str = "The storm hit the coast of the island on Thursday noon.\nSchools were closed and ferries stayed in port all day.\nA fisherman of 54 drowned when his boat struck the pier.\nInsurers put the damage to hotels at $40 million.\n";

/// The same with its first line last.
fn turned() -> String {
    let (first, rest) = PLAIN.split_once('\n').unwrap();
    format!("{rest}{first}\n")
}

#[test]
fn what_moved_is_a_bead_of_its_own() {
    let folder = Folder::new().with("a", PLAIN).with("b", turned());
    let lines = folder.run(&["align", "a", "b", "--unit", "line"]).exits(0).lines();
    assert_eq!((lines.len(), &lines[0]["moved"]), (4, &serde_json::json!(true)));
    assert_eq!((&lines[0]["a"], &lines[0]["b"]), (&serde_json::json!([0]), &serde_json::json!([3])));
    assert!(lines[1].get("moved").is_none());
    folder.run(&["align", "a", "b", "--unit", "line", "--format", "terminal"]).exits(0).prints("1 = 4").prints("moved");
    // The auditor holds it against its counterpart instead of missing it twice.
    let audit =
        folder.run(&["audit", "a", "--reference", "b", "--format", "json", "--rules", "omission,addition"]).exits(0);
    assert!(!audit.out.contains("\"rule\""), "{}", audit.out);
}

#[test]
fn nothing_to_align_is_said() {
    let folder = Folder::new().with("a", PLAIN).with("none", "").with("b", "Copper fell.\nA choir sang.\n");
    folder.run(&["align", "a", "none", "--unit", "line"]).exits(2).says("none: the file is empty");
    folder.run(&["align", "a", "b", "--unit", "line"]).exits(0).says("a and b have nothing in common");
}

#[test]
fn a_lexicon_from_a_corpus() {
    let folder = Folder::new()
        .with(
            "de",
            "Der Sturm kam am Donnerstag an die Küste.\nDie Schulen blieben geschlossen, und niemand ging hinaus.\n",
        )
        .with("en", "The storm came to the coast on Thursday.\nThe schools stayed shut and nobody went out.\n")
        .with("c.tsv", "src\tmt\nDie Schulen\tThe schools\nDer Sturm\tThe storm\n")
        .with("c.de", "Die Schulen\nDer Sturm\n")
        .with("c.en", "The schools\nThe storm\n")
        .with("half.tsv", "mt\nThe schools\n");
    let align = |more: &[&str]| folder.run(&[&["align", "de", "en", "--unit", "line"], more].concat());
    for more in [&["--lexicon-from", "c.tsv"][..], &["--lexicon-from", "c.de", "--lexicon-from", "c.en"]] {
        let lines = align(more).exits(0).lines();
        assert_eq!(lines.len(), 2);
    }
    align(&["--lexicon-from", "half.tsv"]).exits(2).says("half.tsv: no pair with two sides");
    align(&["--lexicon-from", "gone.tsv"]).exits(2).says("gone.tsv: no such file");
}
