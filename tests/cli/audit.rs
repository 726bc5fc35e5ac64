use super::{CLEAN, DOUBLED, Folder, GRAVE};
use serde_json::Value;

#[test]
fn a_clean_story_exits_0() {
    let folder = Folder::new().with("a.txt", CLEAN);
    let run = folder.run(&["audit", "a.txt", "--rules", "repeated-word"]).exits(0).prints("nothing found");
    assert_eq!(run.err, "");
}

#[test]
fn a_finding_is_marked_explained_and_repaired() {
    let folder = Folder::new().with("a.txt", DOUBLED).with("fauxami.toml", GRAVE);
    let run = folder.run(&["audit", "a.txt", "--rules", "repeated-word"]).exits(1);
    let lines: Vec<&str> = run.out.lines().collect();
    let at = lines.iter().position(|line| line.contains("It approved")).expect("the excerpt");
    let finding = &lines[at + 1..];
    assert!(lines[at].starts_with(" 3 │ "), "{}", run.out);
    let marks = finding[0].find('^').map(|at| finding[0][..at].chars().count()).expect("marks");
    let word: String = lines[at].chars().skip(marks).collect();
    assert!(word.trim_start().starts_with("the "), "{}", run.out);
    assert!(finding[1].contains("major repeated-word 3:"), "{}", run.out);
    assert!(run.out.contains("→ "), "{}", run.out);
}

#[test]
fn wide_and_combining_characters_do_not_shift_the_marks() {
    let text = "漢字 e\u{301}e\u{301} 🦀 and the the rest of it follows here.";
    let folder = Folder::new().with("a.txt", text);
    let args = ["audit", "a.txt", "--rules", "repeated-word", "--fail-on", "never"];
    let json = folder.run(&[&args[..], &["--format", "jsonl"]].concat()).lines();
    let start = json[0]["findings"][0]["start"].as_u64().expect("a place") as usize;
    let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let before = width(&text.chars().take(start).collect::<String>());

    let run = folder.run(&args).exits(0);
    let mut lines = run.out.lines().skip_while(|line| !line.contains("the the"));
    let (shown, marks) = (lines.next().expect("text"), lines.next().expect("marks"));
    let gutter = width(&shown[..shown.find('漢').expect("the text")]);
    assert_eq!(width(&marks[..marks.find('^').expect("marks")]), gutter + before, "{}", run.out);
}

#[test]
fn a_story_cannot_steer_the_terminal() {
    let folder = Folder::new().with("a\u{1b}[31m.txt", "Some text \u{1b}[2J with the the rest.\n");
    let run = folder.run(&["audit", "a\u{1b}[31m.txt", "--color", "always", "--fail-on", "never"]).exits(0);
    assert!(!run.out.contains("\u{1b}[2J"));
    assert!(!run.out.contains("a\u{1b}[31m"));
}

#[test]
fn a_story_says_where_it_comes_from() {
    let text =
        "The head of Russian diplomacy met the press on Monday.\n\nThe tenant of Matignon will present the budget.\n";
    let folder = Folder::new().with("a.txt", text);
    let run = folder.run(&["audit", "a.txt", "--fail-on", "never"]).exits(0);
    run.prints("likely from fr (60 %): “head of Russian diplomacy”, “tenant of Matignon”");
    let run = folder.run(&["audit", "a.txt", "--fail-on", "never", "--format", "json"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let origin = &json["documents"][0]["origin"];
    let phrases = ["head of Russian diplomacy", "tenant of Matignon"];
    assert_eq!(*origin, serde_json::json!([{ "language": "fr", "share": 0.6, "evidence": phrases }]));
    let run = folder.run(&["audit", "a.txt", "--rules", "spacing", "--format", "json"]).exits(0);
    run.prints("\"origin\":[]");
}

#[test]
fn json_has_the_agreed_shape_and_code_points() {
    let text = "🦀🦀 It approved the the budget.\n";
    let folder = Folder::new().with("a.txt", text).with("r.txt", "It approved the budget.\n");
    let args = ["audit", "a.txt", "--reference", "r.txt", "--format", "json", "--fail-on", "never"];
    let run = folder.run(&args).exits(0);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let document = &json["documents"][0];
    assert_eq!(document["path"], "a.txt");
    for key in ["language", "score", "penalty", "words", "origin", "passages"] {
        assert!(document.get(key).is_some(), "no {key}");
    }
    let passage = &document["passages"][0];
    assert_eq!((passage["index"].as_u64(), passage["start"].as_u64()), (Some(0), Some(0)));
    assert_eq!(passage["end"].as_u64(), Some(text.trim_end().chars().count() as u64));
    assert_eq!(passage["text"], text.trim_end());
    assert!(passage["metrics"].is_object());
    assert_eq!(passage["reference"]["text"], "It approved the budget.");
    let findings = passage["findings"].as_array().expect("findings");
    let finding = findings.iter().find(|finding| finding["rule"] == "repeated-word").expect("the finding");
    for finding in findings {
        let (start, end) = (finding["start"].as_u64().unwrap() as usize, finding["end"].as_u64().unwrap() as usize);
        let slice: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(finding["text"], slice.as_str());
    }
    for key in ["category", "severity", "message", "suggestions", "penalty"] {
        assert!(finding.get(key).is_some(), "no {key}");
    }
}

#[test]
fn without_a_reference_json_says_null() {
    let folder = Folder::new().with("a.txt", CLEAN);
    let run = folder.run(&["audit", "a.txt", "--format", "json"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert!(json["documents"][0]["passages"][1]["reference"].is_null());
}

#[test]
fn jsonl_is_a_line_a_passage() {
    let folder = Folder::new().with("a.txt", CLEAN).with("b.txt", DOUBLED);
    let run = folder.run(&["audit", "a.txt", "b.txt", "--format", "jsonl", "--fail-on", "never"]).exits(0);
    let lines = run.lines();
    let places: Vec<_> = lines.iter().map(|l| (l["path"].as_str().unwrap(), l["index"].as_u64().unwrap())).collect();
    assert_eq!(places, [("a.txt", 0), ("a.txt", 1), ("b.txt", 0), ("b.txt", 1)]);
}

#[test]
fn an_unreadable_file_does_not_stop_the_others() {
    let folder = Folder::new().with("a.txt", CLEAN).with("c.txt", DOUBLED).with("d/x.txt", CLEAN);
    let run = folder.run(&["audit", "a.txt", "b.txt", "d", "c.txt"]).exits(2);
    let run =
        run.says("b.txt: no such file; check the path").says("d: is a directory, not a file; name the files in it");
    run.prints("a.txt").prints("c.txt").says("4 files, 2 not read");
}

#[test]
fn an_unreadable_file_leaves_good_json() {
    let folder = Folder::new().with("a.txt", CLEAN);
    for files in [["x.txt", "a.txt"], ["a.txt", "x.txt"]] {
        let run = folder.run(&["audit", files[0], files[1], "--format", "json"]).exits(2);
        let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
        assert_eq!(json["documents"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn standard_input_is_a_dash() {
    let run = Folder::new().feed(&["audit", "-", "--rules", "none"], CLEAN).exits(0);
    assert!(run.out.starts_with("-  en"), "{}", run.out);
    let folder = Folder::new().with("a.txt", CLEAN);
    let run = folder.run(&["audit", "-", "--reference", "-"]).exits(2);
    run.says("standard input is named more than once; expected `-` once at most");
}

#[test]
fn references_go_with_files_one_by_one() {
    let folder = Folder::new().with("a.txt", CLEAN).with("b.txt", CLEAN).with("r.txt", CLEAN);
    folder.run(&["audit", "a.txt", "b.txt", "--reference", "r.txt"]).exits(2).says("1 --reference for 2 stories");
    let args =
        ["audit", "a.txt", "b.txt", "-r", "r.txt", "-r", "r.txt", "-s", "r.txt", "-s", "r.txt", "--rules", "none"];
    folder.run(&args).exits(0);
    folder.run(&["audit", "a.txt", "--reference", "none.txt"]).exits(2).says("none.txt: no such file");
}

#[test]
fn severity_and_score_set_the_exit_status() {
    let folder = Folder::new().with("a.txt", DOUBLED);
    let rules = ["audit", "a.txt", "--rules", "repeated-word"];
    let with = |more: &[&str]| folder.run(&[&rules[..], more].concat()).code;
    assert_eq!(with(&["--fail-on", "neutral"]), 1);
    assert_eq!(with(&["--fail-on", "critical"]), 0);
    assert_eq!(with(&["--fail-on", "never"]), 0);
    assert_eq!(with(&["--fail-on", "never", "--min-score", "0"]), 0);
    assert_eq!(with(&["--fail-on", "never", "--min-score", "100"]), 1);
    folder.run(&["audit", "a.txt", "--min-score", "101"]).exits(2).says("expected a number from 0 to 100");
    folder.run(&["audit", "a.txt", "--fail-on", "majr"]).exits(2).says("'major'");
}

#[test]
fn json_keeps_every_character() {
    let text = "Some \u{1b}[2J text \u{7f} with \u{9b}31m odd \u{202e} characters \u{fffd}.";
    let folder = Folder::new().with("a.txt", text);
    let run = folder.run(&["audit", "a.txt", "--rules", "none", "--format", "jsonl"]).exits(0);
    assert_eq!(run.lines()[0]["text"], text);
}

#[test]
fn the_score_says_what_it_is_made_from_and_what_it_means() {
    let clean = "The finance ministry said on Tuesday that the deficit had narrowed.\n\nIt was helped by higher tax receipts.\n";
    let faulty = clean.replace("the deficit", "the the deficit");
    let folder = Folder::new().with("clean.txt", clean).with("faulty.txt", faulty);
    let story = |args: &[&str]| -> Value {
        let all = [&["audit", "--format", "json", "--fail-on", "never"], args].concat();
        let json: Value = serde_json::from_str(&folder.run(&all).exits(0).out).expect("JSON");
        json["documents"][0].clone()
    };
    let alone = story(&["clean.txt"]);
    assert_eq!((&alone["basis"], &alone["band"]), (&Value::from("reference-free"), &Value::from("publishable")));
    let (low, high) = (&alone["interval"]["low"], &alone["interval"]["high"]);
    assert!(low.as_f64() <= alone["score"].as_f64() && alone["score"].as_f64() <= high.as_f64(), "{alone}");
    // What must be mended is not published.
    let faulty = story(&["faulty.txt", "--reference", "clean.txt"]);
    assert_eq!((&faulty["basis"], &faulty["band"]), (&Value::from("reference"), &Value::from("needs-edit")));
    let lost: f64 = faulty["lost"].as_object().expect("parts").values().filter_map(Value::as_f64).sum();
    assert!((lost + faulty["score"].as_f64().expect("a score") - 100.0).abs() < 1e-9, "{faulty}");
    let told = folder.run(&["audit", "faulty.txt", "--explain", "--fail-on", "never"]).exits(0).out;
    assert!(told.contains("without a reference: needs an edit") && told.contains("of 100 lost: "), "{told}");
    assert!(told.contains("(repeated-word "), "{told}");
}
