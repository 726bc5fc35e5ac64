//! Baselines, and what a file beside a story allows.

use super::{DOUBLED, Folder};

const FAULTY: &str = "The council met on Monday.\n\nThey took the the vote, and and then left the the building.\n";
const RULE: [&str; 2] = ["--rules", "repeated-word"];

fn audit(folder: &Folder, more: &[&str]) -> super::Run {
    folder.run(&[&["audit", "a.txt", "--fail-on", "minor"], &RULE[..], more].concat())
}

fn baseline(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path("known.jsonl")).expect("a baseline")
}

const WITH: [&str; 2] = ["--baseline", "known.jsonl"];
const UPDATE: [&str; 3] = ["--baseline", "known.jsonl", "--update-baseline"];

#[test]
fn known_findings_are_not_told_again() {
    let folder = Folder::new().with("a.txt", FAULTY);
    audit(&folder, &[]).exits(1).prints("3 findings");
    audit(&folder, &UPDATE).exits(0).says("3 findings of 1 story are now known in known.jsonl").prints("nothing found");
    audit(&folder, &WITH).exits(0).says("3 known from known.jsonl and not reported").prints("nothing found");
    // Edits elsewhere change nothing; a new fault is told, and only it.
    let edited = format!("Another start, with the same mistake: and and\n\n{FAULTY}");
    let folder = folder.with("a.txt", edited);
    let run = audit(&folder, &[&WITH[..], &["-f", "jsonl"]].concat()).exits(1).says("3 known from");
    let told: Vec<usize> =
        run.lines().iter().map(|line| line["findings"].as_array().expect("findings").len()).collect();
    assert_eq!(told, [1, 0, 0]);
    let lines = run.lines();
    assert_eq!((lines[0]["penalty"].as_f64(), lines[2]["penalty"].as_f64()), (Some(5.0), Some(0.0)));
    let bare = audit(&folder, &["-f", "jsonl"]).lines();
    assert_eq!(lines[2]["score"], bare[2]["score"], "the score is the text's");
    // What is mended is named, and dropped by an update.
    let folder = folder.with("a.txt", FAULTY.replace("the the building", "the building"));
    audit(&folder, &WITH).exits(0).says("1 no longer found, --update-baseline drops them");
    let before = baseline(&folder);
    audit(&folder, &UPDATE).exits(0);
    assert!(baseline(&folder).lines().count() + 1 == before.lines().count());
}

#[test]
fn the_same_words_twice_are_two_findings() {
    let one = "They took the the vote.\n";
    let folder = Folder::new().with("a.txt", one);
    audit(&folder, &UPDATE).exits(0);
    let folder = folder.with("a.txt", format!("{one}\n{one}"));
    let run = audit(&folder, &[&WITH[..], &["-f", "jsonl"]].concat()).exits(1);
    assert_eq!(run.lines()[1]["findings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_baseline_is_sorted_and_keeps_other_stories() {
    let folder = Folder::new().with("a.txt", FAULTY).with("d/b.txt", DOUBLED);
    let all = |files: &[&str]| folder.run(&[&["audit"], files, &RULE[..], &UPDATE[..]].concat()).exits(0);
    all(&["d/b.txt"]);
    all(&["a.txt"]);
    let text = baseline(&folder);
    all(&["d/b.txt", "a.txt"]);
    assert_eq!(baseline(&folder), text, "the order of runs does not matter");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "{\"fauxami-baseline\":1}");
    assert_eq!(
        lines[1],
        "{\"story\":\"a.txt\",\"rule\":\"repeated-word\",\"text\":\"and\",\"before\":\"the vote and\",\"after\":\"then left the\"}"
    );
    assert!(lines[4].starts_with("{\"story\":\"d/b.txt\""));
    // Paths count from the baseline's folder, wherever the program runs.
    let mut command = folder.command(&[
        "audit",
        "b.txt",
        "--baseline",
        "../known.jsonl",
        "--fail-on",
        "minor",
        "--rules",
        "repeated-word",
    ]);
    let output = command.current_dir(folder.path("d")).output().expect("a run");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!folder.path("known.jsonl.partial").exists());
}

#[test]
fn a_broken_baseline_says_where() {
    let folder = Folder::new().with("a.txt", FAULTY);
    audit(&folder, &WITH)
        .exits(2)
        .says("known.jsonl: no such file; expected a baseline; make it with --update-baseline");
    let broken = |text: &str| audit(&Folder::new().with("a.txt", FAULTY).with("known.jsonl", text), &WITH).exits(2);
    broken("").says("known.jsonl:1: no baseline; expected `{\"fauxami-baseline\":1}`");
    broken("{\"fauxami-baseline\":1}\n{\"story\":\"a.txt\"}\n").says("known.jsonl:2: missing field `rule`");
    broken("{\"fauxami-baseline\":1}\n\nnonsense\n").says("known.jsonl:3: ").says("mend or delete the line");
    let folder = folder.with("known.jsonl", "nonsense");
    audit(&folder, &UPDATE).exits(2).says("no baseline");
    assert_eq!(baseline(&folder), "nonsense", "what cannot be read is not written over");
    audit(&folder, &["--update-baseline"]).exits(2).says("--baseline");
}

#[test]
fn a_baseline_is_left_alone_if_a_story_is_missing() {
    let folder = Folder::new().with("a.txt", FAULTY);
    audit(&folder, &UPDATE).exits(0);
    let before = baseline(&folder);
    let folder = folder.with("a.txt", DOUBLED);
    folder.run(&[&["audit", "a.txt", "none.txt"], &UPDATE[..]].concat()).exits(2).says("is left as it was");
    assert_eq!(baseline(&folder), before);
}

#[test]
fn a_file_beside_the_story_allows_findings() {
    let allow = |toml: &str| Folder::new().with("a.txt", FAULTY).with("a.txt.fauxami.toml", toml);
    let text = allow("[[allow]]\ntext = \" THE\"\nreason = \"a band of that name\"\n");
    audit(&text, &[]).exits(1).says("2 allowed beside the stories and not reported").prints("and and");
    let rule = allow("[[allow]]\nrule = \"repeated-word\"\nreason = \"a poem\"\n");
    audit(&rule, &[]).exits(0).prints("nothing found");
    let unmet = allow("# why\n\n[[allow]]\nrule = \"calque\"\ntext = \"the\"\nreason = \"a poem\"\n");
    audit(&unmet, &[]).exits(1).says("a.txt.fauxami.toml:3: nothing found that this allows: `calque` on “the”");
    // What is allowed is not written into a baseline.
    audit(&text, &UPDATE).exits(0).says("1 findings of 1 story");
    assert_eq!(baseline(&text).lines().count(), 2);
}

#[test]
fn a_broken_file_beside_the_story_says_where() {
    let broken = |toml: &str| {
        let folder = Folder::new().with("a.txt", FAULTY).with("a.txt.fauxami.toml", toml);
        audit(&folder, &[]).exits(2)
    };
    broken("[[allow]]\ntext = \"x\"\n").says("a.txt.fauxami.toml:1: no `reason`; expected why the finding may stand");
    broken("[[allow]]\nreason = \"x\"\n").says("an entry allows everything; expected `rule`, `text` or both");
    broken("[[allow]]\nrule = \"calqe\"\nreason = \"x\"\n").says("unknown rule `calqe`; did you mean `calque`?");
    broken("[[alow]]\n").says("a.txt.fauxami.toml:1: unknown key `alow`");
    broken("allow = 5\n").says("`allow` is no list");
    broken("[[allow]\n").says("a.txt.fauxami.toml:1: ");
    broken("[[allow]]\ntext = 5\nreason = \"x\"\n").says("`text` is empty or no text");
}
