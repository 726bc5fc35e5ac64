use super::Folder;

const GOLD: [i32; 20] = [-5, -1, 0, -10, -3, -1, 0, -6, -2, -7, -5, 0, -1, -2, -25, -4, 0, -3, -8, -1];
const SCORE: [i32; 20] = [60, 80, 75, 30, 70, 80, 90, 65, 50, 40, 62, 85, 70, 75, 10, 66, 95, 64, 45, 80];

/// Ten segments of five documents, each by two systems, and what was scored of them.
fn folder() -> Folder {
    let (mut ratings, mut scored) = (String::new(), String::new());
    for (at, (gold, score)) in GOLD.iter().zip(SCORE).enumerate() {
        let (segment, system, mqm) = (at / 2, ["a", "b"][at % 2], -gold);
        ratings += &format!(
            "{{\"doc\":\"d{}\",\"seg\":{segment},\"system\":\"{system}\",\"mt\":\"Twelve words.\",\"mqm\":{mqm}}}\n",
            segment / 2
        );
        scored += &format!("{{\"id\":{at},\"score\":{score},\"findings\":[]}}\n");
    }
    Folder::new().with("r.jsonl", ratings).with("s.jsonl", scored)
}

fn figure(run: &super::Run, section: &str, name: &str) -> f64 {
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let all = json[section].as_array().expect(section);
    all.iter().find(|figure| figure["name"] == name).expect(name)["value"].as_f64().expect("a value")
}

/// scipy 1.17.1: `kendalltau`, `pearsonr` and `spearmanr` of the two lists above.
#[test]
fn correlations_are_those_of_scipy() {
    let run = folder().run(&["evaluate", "r.jsonl", "--scored", "s.jsonl", "--format", "json"]).exits(0);
    for (name, golden) in
        [("kendall", 0.7947511205587217), ("pearson", 0.8838426700079997), ("spearman", 0.9099391776041585)]
    {
        let found = figure(&run, "agreement", name);
        assert!((found - 100.0 * golden).abs() < 1e-9, "{name}: {found}");
    }
}

#[test]
fn the_same_bytes_at_every_number_of_jobs() {
    let folder = folder();
    let out = |jobs| folder.run(&["evaluate", "r.jsonl", "--scored", "s.jsonl", "--jobs", jobs]).exits(0).out;
    assert_eq!(out("1"), out("2"));
    assert!(out("1").contains("of 5 documents; seed 12345"));
}

/// Counted by hand.
#[test]
fn spans_are_held_against_each_rater() {
    let ratings = r#"{"id":"x","mt":"The cat cat sat here.","raters":{"r1":[{"start":8,"end":11,"category":"Addition","severity":"Major"}],"r2":[]}}"#;
    let scored = r#"{"id":"x","score":50,"findings":[{"rule":"repeated-word","severity":"major","start":4,"end":11}]}"#;
    let folder = Folder::new().with("r.jsonl", ratings).with("s.jsonl", scored);
    let run = folder.run(&["evaluate", "r.jsonl", "--scored", "s.jsonl", "--format", "json"]).exits(0);
    assert!((figure(&run, "spans", "char-precision") - 100.0 * 3.0 / 14.0).abs() < 1e-9);
    assert_eq!(figure(&run, "spans", "char-recall"), 100.0);
    assert_eq!(figure(&run, "rules", "repeated-word"), 100.0);
    assert_eq!(figure(&run, "categories", "Addition"), 100.0);
}

#[test]
fn marot_and_pearmut_say_the_same_as_json_lines() {
    let marot = "system\tdoc\tdocSegId\trater\tsource\ttarget\tcategory\tseverity\n\
                 a\td\t1\tr\tQuelle\tThe <v>the</v> well is dry.\tAccuracy/Addition\tMajor\n\
                 b\td\t1\tr\tQuelle\tThe well is dry.\tNo-error\tno-error\n";
    let pearmut = r#"[[{"src":"Quelle","doc_id":"d","tgt":{"a":"The the well is dry.","b":"The well is dry."},"error_spans":{"a":[{"start_i":4,"end_i":6,"severity":"major","category":"Accuracy/Addition"}],"b":[]}}]]"#;
    let lines = "{\"doc\":\"d\",\"seg\":1,\"system\":\"a\",\"src\":\"Quelle\",\"mt\":\"The the well is dry.\",\"raters\":{\"r\":[{\"start\":4,\"end\":7,\"category\":\"Accuracy/Addition\",\"severity\":\"Major\"}]}}\n\
                 {\"doc\":\"d\",\"seg\":1,\"system\":\"b\",\"src\":\"Quelle\",\"mt\":\"The well is dry.\",\"raters\":{\"r\":[]}}\n";
    let folder = Folder::new().with("m.tsv", marot).with("p.json", pearmut).with("r.jsonl", lines);
    let out = |file| folder.run(&["evaluate", file, "--format", "json", "--rules", "repeated-word"]).exits(0).out;
    assert_eq!(out("m.tsv"), out("r.jsonl"));
    assert_eq!(out("p.json"), out("r.jsonl"));
    let run = folder.run(&["evaluate", "m.tsv", "--format", "json", "--rules", "repeated-word"]);
    assert_eq!(figure(&run, "agreement", "pairwise"), 100.0);
    folder.run(&["evaluate", "m.tsv", "--format", "markdown"]).exits(0).prints("| pairwise |");
}

#[test]
fn planted_faults_must_score_less_and_the_reference_more() {
    let row = r#"{"mt":"The well is dry.","ref":"The well is dry.","perturbed":"The well well is dry.","perturbation":"double"}"#;
    let run = Folder::new().with("r.jsonl", row).run(&["evaluate", "r.jsonl", "--format", "json"]).exits(0);
    assert_eq!(figure(&run, "planted", "ranked"), 100.0);
    let row =
        r#"{"mt":"The well dry.","ref":"The well is dry.","perturbed":"The well is dry.","perturbation":"reference"}"#;
    let run = Folder::new().with("r.jsonl", row).run(&["evaluate", "r.jsonl", "--format", "json"]).exits(0);
    assert_eq!(figure(&run, "planted", "ranked"), 100.0);
}

#[test]
fn bad_rows_are_named_and_left_out() {
    let rows = "{\"mt\":\"A.\",\"mqm\":1}\n{\"mt\":\"B.\"}\n{\"mt\":\"C.\",\"mqm\":\"x\"}\n{\"mt\":\"D.\",\"mqm\":0}\n";
    let folder = Folder::new().with("r.jsonl", rows);
    let run = folder.run(&["evaluate", "r.jsonl"]).exits(2).prints("2 ratings · 2 rows not read");
    run.says("r.jsonl:2: nothing that people said of it").says("r.jsonl:3: `mqm` is a string; expected a number");
    let mixed = "{\"mt\":\"A.\",\"mqm\":1}\n{\"mt\":\"B.\",\"score\":1}\n";
    folder
        .with("m.jsonl", mixed)
        .run(&["evaluate", "m.jsonl"])
        .exits(2)
        .says("some ratings are penalties and others scores");
    let vast = "{\"mt\":\"A.\",\"score\":1e308}\n{\"mt\":\"B.\",\"score\":-1e308}\n";
    let run = Folder::new().with("v.jsonl", vast).run(&["evaluate", "v.jsonl"]).exits(0);
    assert!(!run.out.contains("NaN"), "{}", run.out);
    Folder::new().with("e", "").run(&["evaluate", "e"]).exits(2).says("e: no ratings");
    Folder::new().with("t", "a\tb\n").run(&["evaluate", "t"]).exits(2).says("t:1: no column `system`");
}
