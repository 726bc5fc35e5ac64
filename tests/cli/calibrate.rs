use super::Folder;

const REFERENCE: &str =
    "The finance ministry said on Tuesday that the deficit had narrowed to 3.1 percent of output this year.";
/// Near to the reference, with a word twice; and worded otherwise, without a fault.
const NEAR: &str =
    "The the finance ministry said on Tuesday that the deficit had narrowed to 3.1 percent of output this year.";
const FAR: &str = "On Tuesday the finance ministry announced that the deficit fell to 3.1 percent of output this year.";

/// Six documents; `near` and `far` are the penalties that people gave.
fn ratings(near: u32, far: u32) -> String {
    let row = |doc: u32, system: &str, mt: &str, mqm: u32| {
        format!(
            "{{\"doc\":\"d{doc}\",\"seg\":{doc},\"system\":\"{system}\",\"mt\":\"{mt}\",\"ref\":\"{REFERENCE}\",\"mqm\":{mqm}}}\n"
        )
    };
    (0..6).map(|doc| row(doc, "near", NEAR, near) + &row(doc, "far", FAR, far)).collect()
}

fn weight(toml: &str, name: &str) -> f64 {
    let line = toml.lines().find(|line| line.starts_with(&format!("{name} = "))).expect(name);
    line.split(" = ").nth(1).expect("a value").parse().expect("a number")
}

#[test]
fn what_people_mind_weighs_more() {
    let folder = Folder::new().with("faults.jsonl", ratings(5, 0));
    folder.run(&["calibrate", "faults.jsonl", "-o", "w.toml"]).exits(0);
    let fitted = std::fs::read_to_string(folder.path("w.toml")).expect("the weights");
    assert!(weight(&fitted, "major") > weight(include_str!("../../corpora/models/score.toml"), "major"), "{fitted}");
    // It holds of documents that the fit has not seen.
    let run = folder.run(&["calibrate", "faults.jsonl", "-o", "w.toml", "--format", "json"]).exits(0);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let pairwise = |held: &str| json["files"][0]["figures"][held]["pairwise"].as_f64().expect(held);
    assert_eq!((pairwise("before"), pairwise("other-documents")), (0.0, 100.0), "{}", run.out);
}

#[test]
fn fitted_weights_are_taken_by_the_other_commands() {
    let folder = Folder::new().with("r.jsonl", ratings(5, 0)).with("pairs.jsonl", ratings(0, 0));
    folder.run(&["calibrate", "r.jsonl", "-o", "w.toml"]).exits(0);
    let first = |args: &[&str]| folder.run(args).exits(0).out.lines().next().expect("a row").to_owned();
    let plain = first(&["score", "--pairs", "pairs.jsonl"]);
    let fitted = first(&["score", "--pairs", "pairs.jsonl", "--score-model", "w.toml"]);
    assert_ne!(plain, fitted);
    let folder = folder.with("fauxami.toml", "score-model = \"w.toml\"\n");
    assert_eq!(folder.run(&["score", "--pairs", "pairs.jsonl"]).exits(0).out.lines().next(), Some(fitted.as_str()));
}

#[test]
fn the_same_weights_at_every_number_of_jobs() {
    let folder = Folder::new().with("a.jsonl", ratings(5, 0)).with("b.jsonl", ratings(1, 2));
    let fitted = |jobs| {
        let out = folder.run(&["calibrate", "a.jsonl", "b.jsonl", "-o", "w.toml", "--jobs", jobs]).exits(0).out;
        (out, std::fs::read_to_string(folder.path("w.toml")).expect("the weights"))
    };
    assert_eq!(fitted("1"), fitted("2"));
    assert!(fitted("1").0.contains("fitted to the other files"));
}

#[test]
fn what_cannot_be_fitted_or_read_is_named() {
    let weights = "[weights]\nlikeness = 1.0\ncoverage = 0.5\nminor = 2.0\nreworded = 1.0\nmajor = 1.0\ncritical = 5.0\nroughness = 0.1\n\n[shape]\nsteepness = 0.7\n\
                   usual-words = 20.0\nlongest-words = 80.0\nleast-words = 8.0\nplain = 2.0\nfloor = 0.2\nunrelated = 0.05\n";
    let folder = Folder::new()
        .with("none.jsonl", "{\"mt\":\"No rating.\"}\n")
        .with("r.jsonl", ratings(5, 0))
        .with("w.toml", weights)
        .with("typo.toml", "[weights]\nlikenes = 1.0\n")
        .with("s.txt", "The talks went on.\n");
    folder.run(&["calibrate", "none.jsonl", "-o", "out.toml"]).exits(2);
    assert!(!folder.path("out.toml").exists());
    let dash = folder.run(&["calibrate", "r.jsonl", "-o", "-"]).exits(2);
    assert!(dash.err.contains("--score-model"), "{}", dash.err);
    let order = folder.run(&["audit", "s.txt", "--score-model", "w.toml"]).exits(2);
    assert!(order.err.contains("w.toml:6") && order.err.contains("`major` is 1"), "{}", order.err);
    let typo = folder.run(&["audit", "s.txt", "--score-model", "typo.toml"]).exits(2);
    assert!(typo.err.contains("typo.toml:2") && typo.err.contains("likenes"), "{}", typo.err);
    let missing = folder.run(&["audit", "s.txt", "--score-model", "gone.toml"]).exits(2);
    assert!(missing.err.contains("gone.toml"), "{}", missing.err);
}
