use super::{Folder, GRAVE};
use serde_json::Value;
use std::fmt::Write;

/// Rows that differ in length and faults.
fn corpus(rows: usize) -> String {
    let mut text = String::new();
    for row in 0..rows {
        let words = "the budget was cut again ".repeat(row % 7 + 1);
        let fault = if row % 5 == 0 { "the the " } else { "" };
        let _ = writeln!(text, r#"{{"id": "n{row}", "mt": "On Monday {fault}{words}.", "ref": "On Monday {words}."}}"#);
    }
    text
}

#[test]
fn a_line_a_pair_in_input_order() {
    let folder = Folder::new().with("p.jsonl", corpus(700));
    let run =
        folder.run(&["score", "--pairs", "p.jsonl", "--rules", "repeated-word"]).exits(0).says("700 pairs · score ");
    let lines = run.lines();
    assert_eq!(lines.len(), 700);
    for (row, line) in lines.iter().enumerate() {
        assert_eq!(line["id"], format!("n{row}"));
        assert_eq!(line["findings"].as_array().map(Vec::len), Some(usize::from(row % 5 == 0)), "{line}");
        assert!(line["score"].is_number() && line["penalty"].is_number());
    }
    assert_eq!(lines[0]["findings"][0]["rule"], "repeated-word");
    assert!(lines[0]["metrics"].get("score").is_none());
}

#[test]
fn the_same_bytes_at_every_number_of_jobs() {
    let folder = Folder::new().with("p.jsonl", corpus(600));
    for format in ["jsonl", "json"] {
        let out = |jobs| folder.run(&["score", "--pairs", "p.jsonl", "--format", format, "--jobs", jobs]).exits(0).out;
        let one = out("1");
        assert!(!one.is_empty());
        assert_eq!(one, out("2"));
        assert_eq!(one, out("3"));
    }
}

#[test]
fn figures_of_the_corpus() {
    let folder = Folder::new().with("p.jsonl", corpus(40));
    let run = folder.run(&["score", "--pairs", "p.jsonl", "--format", "json", "--rules", "repeated-word"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["pairs"], 40);
    assert_eq!(json["findings"]["repeated-word"], 8);
    assert!(json.get("failed").is_none());
    assert!(json["corpus"]["score"].is_number() && json["corpus"]["penalty"].is_number());
    assert!(json["signatures"].is_object());
    let args = ["score", "--pairs", "p.jsonl", "--format", "terminal", "--rules", "repeated-word"];
    folder.run(&args).exits(0).prints("40 pairs · ").prints("repeated-word         8");
}

#[test]
fn ids_stay_what_they_are() {
    let rows =
        "{\"id\": 7, \"mt\": \"A.\"}\n\n{\"id\": \"7\", \"mt\": \"A.\"}\n{\"mt\": \"A.\", \"ref\": [\"B.\", \"C.\"]}\n";
    let run = Folder::new().feed(&["score", "--pairs", "-", "--rules", "none"], rows).exits(0);
    let ids: Vec<_> = run.lines().iter().map(|line| line["id"].to_string()).collect();
    assert_eq!(ids, ["7", "\"7\"", "2"]);
}

#[test]
fn a_bad_row_stops_nothing() {
    let rows = concat!(
        "{\"mt\": \"One.\"}\n",
        "{\"id\": \"x\", \"ref\": \"No translation.\"}\n",
        "{\"mt\": 5}\n",
        "{\"mt\": \"Two.\", \"ref\": [1]}\n",
        "{\"mt\": \"Three.\"\n",
        "[]\n",
        "{\"hyp\": \"Four.\"}\n",
        "{\"mt\": \"Last.\"}\n",
    );
    let folder = Folder::new().with("p.jsonl", rows);
    let run = folder.run(&["score", "--pairs", "p.jsonl", "--rules", "none"]).exits(2);
    let errors: Vec<String> = run.lines().iter().map(|l| l["error"].as_str().unwrap_or("").to_owned()).collect();
    assert_eq!(errors[0], "");
    let shape = "expected an object with the text of the translation under `mt`";
    assert_eq!(errors[1], format!("p.jsonl:2: no field `mt`; {shape}; add the field, or drop the row"));
    assert_eq!(errors[2], "p.jsonl:3: `mt` is a number; expected a string; mend or drop the row");
    assert!(errors[3].starts_with("p.jsonl:4: `ref` is an array; expected a string or an array of strings"));
    assert!(errors[4].starts_with("p.jsonl:5: no JSON at character "), "{}", errors[4]);
    assert!(errors[5].starts_with("p.jsonl:6: found an array; "));
    assert!(errors[6].ends_with("rename `hyp` to `mt`"));
    assert_eq!(errors[7], "");
    assert_eq!(run.lines()[1]["id"], "x");
    assert_eq!(run.lines()[2]["id"], 2);
    run.says("error: p.jsonl:2: no field `mt`").says("6 of 8 rows could not be read");
}

#[test]
fn a_row_in_another_encoding_names_its_byte() {
    let folder = Folder::new().with("p.jsonl", b"{\"mt\": \"One.\"}\n{\"mt\": \"caf\xE9\"}\n{\"mt\": \"Two.\"}\n");
    let run = folder.run(&["score", "--pairs", "p.jsonl", "--rules", "none"]).exits(2);
    assert_eq!(run.lines().len(), 3);
    run.says("p.jsonl:2: byte 26 (0xE9) is not UTF-8; expected UTF-8");
}

#[test]
fn a_row_too_long_is_skipped() {
    let rows = format!("{{\"mt\": \"{}\"}}\n{{\"mt\": \"Short.\"}}\n", "word ".repeat(3_500_000));
    let run = Folder::new().with("p.jsonl", rows).run(&["score", "--pairs", "p.jsonl", "--rules", "none"]).exits(2);
    assert_eq!(run.lines().len(), 2);
    assert_eq!(run.lines()[1]["id"], 1);
    run.says("p.jsonl:1: the row is 16.7 MiB long; expected at most 16.0 MiB; cut it into passages");
}

#[test]
fn tsv_with_a_header() {
    let rows = "id\tmt\tref\tref\tnote\r\na\tOne.\tUn.\tUno.\tx\r\nb\tTwo.\r\nc\tSay \"three\tDrei.\t\t\r\n";
    let folder = Folder::new().with("p.tsv", rows);
    let run = folder.run(&["score", "--pairs", "p.tsv", "--rules", "none"]).exits(2);
    let ids: Vec<_> = run.lines().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    run.says("p.tsv:3: 2 fields; expected 5 as in the header; replace tabs and line breaks inside a field with spaces");
}

#[test]
fn what_is_no_corpus_is_told_so() {
    let score = |content: &[u8]| Folder::new().with("p", content).run(&["score", "--pairs", "p"]).exits(2);
    score(b"").says("p: no rows; expected pairs as JSON Lines or TSV");
    score(b"[{\"mt\": \"a\"}]")
        .says("p: a JSON array; expected JSON Lines: one object a line; convert it with `jq -c '.[]'`");
    score(b"\xFF\xFE{\0").says("p: the file is in UTF-16; expected UTF-8");
    score(b"id\ttm\n1\tx\n").says("p:1: no column `mt` in `id, tm`").says("rename `tm` to `mt`");
    score(b"mt\tmt\nx\ty\n").says("the header names `mt` 2 times");
    Folder::new().run(&["score", "--pairs", "none.jsonl"]).exits(2).says("none.jsonl: no such file; check the path");
    Folder::new().run(&["score"]).exits(2).says("--pairs <FILE>");
    Folder::new().run(&["score", "--pairs", "a", "--mt", "b"]).exits(2).says("cannot be used with");
}

#[test]
fn line_parallel_files() {
    let folder =
        Folder::new().with("mt", "One.\nTwo.\n\nFour.").with("r1", "A.\nB.\nC.\nD.\n").with("src", "W\nX\nY\nZ\n");
    let args = ["score", "--mt", "mt", "--ref", "r1", "--ref", "r1", "--src", "src", "--rules", "none"];
    let run = folder.run(&args).exits(0);
    let ids: Vec<_> = run.lines().iter().map(|line| line["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, [0, 1, 2, 3]);
}

#[test]
fn unequal_line_counts_are_refused_before_work_begins() {
    let folder = Folder::new().with("mt", "One.\nTwo.\n").with("r", "A.\nB.\nC.\n");
    let run = folder.run(&["score", "--mt", "mt", "--ref", "r", "--output", "out"]).exits(2);
    assert_eq!(run.out, "");
    assert!(!folder.path("out").exists() && !folder.path("out.partial").exists());
    run.says("r: 3 lines, but mt has 2; expected as many lines in each file");
}

#[test]
fn unequal_line_counts_of_a_pipe_are_told_at_the_end() {
    let folder = Folder::new().with("r", "A.\nB.\nC.\n");
    let run = folder.feed(&["score", "--mt", "-", "--ref", "r", "--output", "out"], "One.\nTwo.\n").exits(2);
    let run = run.says("r: 3 lines, but - has 2").says("what was scored so far is in out.partial");
    assert_eq!(std::fs::read_to_string(folder.path("out.partial")).expect("the partial").lines().count(), 2);
    assert!(!folder.path("out").exists());
    assert_eq!(run.out, "");
    folder.feed(&["score", "--mt", "-", "--ref", "r"], "1\n2\n3\n4\n5\n").exits(2).says("-: 5 lines, but r has 3");
}

#[test]
fn output_is_renamed_when_complete() {
    let folder = Folder::new().with("p.jsonl", corpus(3)).with("out.jsonl", "old");
    let run = folder.run(&["score", "--pairs", "p.jsonl", "--output", "out.jsonl", "--color", "always"]).exits(0);
    assert_eq!(run.out, "");
    assert!(!folder.path("out.jsonl.partial").exists());
    let written = std::fs::read_to_string(folder.path("out.jsonl")).expect("the output");
    assert_eq!(written.lines().count(), 3);
    folder.run(&["score", "--pairs", "p.jsonl", "--output", "no/out"]).exits(2).says("no/out.partial: no such file");
}

#[test]
fn thresholds_of_a_corpus() {
    let folder = Folder::new().with("p.jsonl", corpus(10)).with("fauxami.toml", GRAVE);
    let run =
        |more: &[&str]| folder.run(&[&["score", "--pairs", "p.jsonl", "--rules", "repeated-word"], more].concat()).code;
    assert_eq!(run(&[]), 0, "findings alone are no failure of a corpus");
    assert_eq!(run(&["--fail-on", "major"]), 1);
    assert_eq!(run(&["--fail-on", "critical"]), 0);
    assert_eq!(run(&["--min-score", "100"]), 1);
    assert_eq!(run(&["--min-score", "0"]), 0);
}

#[test]
fn unknown_metrics_name_the_nearest() {
    let folder = Folder::new().with("p.jsonl", corpus(1));
    let run = folder.run(&["score", "--pairs", "p.jsonl", "--metrics", "bleu,chfr"]).exits(2);
    run.says("unknown metric `chfr`; expected score, bleu, chrf, chrf++, ter; did you mean `chrf`?");
    let run = folder.run(&["score", "--pairs", "p.jsonl", "--metrics", "chrf"]).exits(0);
    let line = &run.lines()[0];
    assert!(line["metrics"]["chrf"].is_number() && line["metrics"].get("bleu").is_none());
}

const FAULTY: &str = "{\"id\":\"a\",\"doc\":\"d\",\"system\":\"m\",\"src\":\"Les\\tentretiens.\",\"mt\":\"The the talks will go on in 2014.\",\"ref\":\"The talks went on in 2013.\"}\n\
    {\"id\":\"b\",\"doc\":\"d\",\"system\":\"m\",\"mt\":\"Rain fell.\",\"ref\":\"Rain fell.\"}\n\
    {\"id\":\"c\",\"doc\":\"d\",\"system\":\"m\",\"mt\":\"\",\"ref\":\"Snow fell.\"}\n";

#[test]
fn what_is_lost_adds_up() {
    let folder = Folder::new().with("p.jsonl", FAULTY);
    let run = folder.run(&["score", "--pairs", "p.jsonl", "--explain"]).exits(0);
    let sum = |row: &Value, name: &str| -> f64 {
        row[name].as_object().map_or(0.0, |parts| parts.values().filter_map(Value::as_f64).sum())
    };
    for line in run.out.lines() {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let score = row["score"].as_f64().expect("a score");
        assert!((sum(&row, "lost") + score - 100.0).abs() < 1e-9, "{line}");
        assert!((sum(&row, "by_rule") - row["lost"]["penalty"].as_f64().unwrap_or(0.0)).abs() < 1e-9, "{line}");
    }
    let whole = folder.run(&["score", "--pairs", "p.jsonl", "--explain", "--format", "json"]).exits(0);
    let whole: Value = serde_json::from_str(&whole.out).expect("JSON");
    let score = whole["corpus"]["score"].as_f64().expect("a score");
    assert!((sum(&whole, "lost") + score - 100.0).abs() < 1e-5, "{whole}");
    // Nobody asked.
    assert!(!folder.run(&["score", "--pairs", "p.jsonl"]).exits(0).out.contains("by_rule"));
}

#[test]
fn raters_can_start_from_what_was_found() {
    // Where nothing was written, nothing can be marked.
    let marked: String = FAULTY.lines().take(2).map(|line| format!("{line}\n")).collect();
    let folder = Folder::new().with("p.jsonl", marked);
    let score = |format: &str| folder.run(&["score", "--pairs", "p.jsonl", "--format", format]).exits(0).out;
    let (marot, pearmut) = (score("marot"), score("pearmut"));
    // Rows that are as wide as the header, whatever the texts hold.
    assert!(marot.lines().all(|line| line.split('\t').count() == 10), "{marot}");
    assert!(marot.contains("<v>2014</v>") && marot.contains("\tNo-error\tNo-error\t"), "{marot}");
    let campaign: Value = serde_json::from_str(&pearmut).expect("JSON");
    assert_eq!(campaign["data"].as_array().map(Vec::len), Some(2));
    // Both say what JSON Lines say: all flags are inside what the "raters" marked.
    let scored = score("jsonl");
    let folder = folder.with("m.tsv", &marot).with("p.json", &pearmut).with("s.jsonl", &scored);
    for ratings in ["m.tsv", "p.json"] {
        let run = folder.run(&["evaluate", ratings, "--format", "json", "--resamples", "0"]).exits(0);
        let json: Value = serde_json::from_str(&run.out).expect("JSON");
        let spans = json["spans"].as_array().expect("spans");
        let precision = spans.iter().find(|figure| figure["name"] == "flag-precision").expect("a figure");
        assert_eq!(precision["value"], 100.0, "{ratings}: {}", run.out);
    }
}
