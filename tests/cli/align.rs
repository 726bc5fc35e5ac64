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
    run.prints("1 = 1").prints("a │ The council met");
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
