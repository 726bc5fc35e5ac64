//! Two translations side by side.

use super::Folder;

const FIRST: &str = "PARIS — The minister said on Tuesday that 14 people were hurt in the fire at the plant in Lyon. \
He did not rule out an attack.\n\n\
The plant, which opened in 1998, employs 300 people. Workers left the building before the blast.\n\n\
“We will rebuild,” said the director.\n";
const SECOND: &str = "PARIS — On Tuesday the minister said 40 people had been injured in a fire at the Lyon factory. \
He ruled out an attack.\n\n\
The plant opened in 1998. It employs 300 workers.\n\n\
\"We will rebuild,\" said the director.\n\n\
Police are looking for witnesses.\n";

fn folder() -> Folder {
    Folder::new().with("a", FIRST).with("b", SECOND)
}

#[test]
fn facts_are_named_and_rewordings_are_not_facts() {
    let run = folder().run(&["diff", "a", "b", "--format", "json"]).exits(0);
    let diff = run.json();
    let kinds: Vec<&str> = diff["passages"].as_array().unwrap().iter().map(|p| p["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["differs", "differs", "same", "only-b"]);
    let facts: Vec<(String, String, String)> = diff["passages"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|passage| passage["differences"].as_array().unwrap())
        .filter(|difference| difference["class"] == "fact")
        .map(|d| ["kind", "a", "b"].map(|key| d[key]["text"].as_str().or(d[key].as_str()).unwrap().to_owned()).into())
        .collect();
    let wanted =
        [("number", "14", "40"), ("negation", "not", ""), ("omitted", "left the building before the blast", "")];
    assert_eq!(facts, wanted.map(|(k, a, b)| (k.to_owned(), a.to_owned(), b.to_owned())));
    assert_eq!(diff["summary"]["facts"], 3);
}

#[test]
fn places_are_code_points_of_each_file() {
    let diff = folder().run(&["diff", "a", "b", "--format", "json"]).exits(0).json();
    for passage in diff["passages"].as_array().unwrap() {
        for (side, text) in [("a", FIRST), ("b", SECOND)] {
            let letters: Vec<char> = text.chars().collect();
            let places = passage["differences"].as_array().unwrap().iter().map(|d| &d[side]);
            for place in places.chain(Some(&passage[side]).filter(|place| place.is_object())) {
                let [from, to] = ["start", "end"].map(|key| place[key].as_u64().unwrap() as usize);
                assert_eq!(letters[from..to].iter().collect::<String>(), place["text"].as_str().unwrap());
            }
        }
    }
}

#[test]
fn exchanged_sides_say_the_same() {
    let (one, other) = (
        folder().run(&["diff", "a", "b", "--format", "json"]).exits(0).json(),
        folder().run(&["diff", "b", "a", "--format", "json"]).exits(0).json(),
    );
    assert_eq!(one["summary"]["facts"], other["summary"]["facts"]);
    assert_eq!(one["summary"]["only-b"], other["summary"]["only-a"]);
    assert_eq!(one["summary"]["scores"][0], other["summary"]["scores"][1]);
}

#[test]
fn a_pipe_gets_one_side_below_the_other() {
    let run = folder().run(&["diff", "a", "b"]).exits(0);
    let run = run.prints("+ Police are looking for witnesses.").prints("number “14” ↔ “40”").prints("⟦14⟧");
    assert!(!run.out.contains('\u{1b}'), "no colours in a pipe");
    let facts = folder().run(&["diff", "a", "b", "--only", "facts"]).exits(0);
    assert!(!facts.out.contains("rebuild") && !facts.out.contains("word-order"), "{}", facts.out);
    let style = folder().run(&["diff", "a", "b", "--only", "style"]).exits(0);
    assert!(style.out.contains("reworded") && !style.out.contains("number"), "{}", style.out);
}

#[test]
fn markdown_is_a_table_whose_cells_hold() {
    let folder =
        Folder::new().with("a", "He paid 14 | 15 <b>euros</b>.\n").with("b", "He paid 18 | 15 <b>euros</b>.\n");
    let run = folder.run(&["diff", "a", "b", "--format", "markdown"]).exits(0);
    run.prints("⟦14⟧ \\| 15 \\<b\\>euros");
}

#[test]
fn a_reference_says_who_is_right() {
    let folder = folder().with("r", "PARIS — The minister said on Tuesday that 40 people were injured in a fire at the Lyon plant. He did not rule out an attack.\n");
    let diff = folder.run(&["diff", "a", "b", "--reference", "r", "--format", "json"]).exits(0).json();
    let number = &diff["passages"][0]["differences"][0];
    assert_eq!((number["kind"].as_str(), number["reference"].as_str()), (Some("number"), Some("b")));
}

#[test]
fn a_moved_passage_is_said_to_have_moved() {
    let paragraphs = [
        "The council approved the budget for the coming year on Monday evening.",
        "Three bridges over the river Aller will be closed for repairs in March.",
        "A spokesman for the railway said that the night train to Vienna returns.",
        "The museum of natural history counts more visitors than ever before.",
    ];
    let order = |places: [usize; 4]| places.map(|k| paragraphs[k]).join("\n\n");
    let folder = Folder::new().with("a", order([0, 1, 2, 3])).with("b", order([3, 0, 1, 2]));
    let diff = folder.run(&["diff", "a", "b", "--format", "json"]).exits(0).json();
    assert_eq!((&diff["summary"]["same"], &diff["summary"]["moved"]), (&4.into(), &1.into()), "{diff}");
}

#[test]
fn more_than_two_are_compared_two_by_two() {
    let folder = folder().with("c", FIRST);
    let diffs = folder.run(&["diff", "a", "b", "c", "--format", "json"]).exits(0).json();
    let names: Vec<_> = diffs.as_array().unwrap().iter().map(|d| (d["a"].clone(), d["b"].clone())).collect();
    assert_eq!(names, [("a", "b"), ("a", "c"), ("b", "c")].map(|(a, b)| (a.into(), b.into())));
    assert_eq!(diffs[1]["summary"]["same"], diffs[1]["summary"]["passages"]);
}

#[test]
fn bad_inputs_are_named() {
    let folder = folder().with("empty", "").with(
        "fr",
        "Le ministre a déclaré mardi que quarante personnes avaient été blessées dans l’incendie de l’usine.\n",
    );
    folder.run(&["diff", "a"]).exits(2);
    folder.run(&["diff", "a", "none"]).exits(2).says("none");
    folder.run(&["diff", "a", "fr"]).exits(2).says("the first text is in en, the second in fr");
    folder.run(&["diff", "a", "empty"]).exits(2).says("empty: the file is empty");
    let bytes = Folder::new().with("a", [0xff, 0xfe, 0, 1, 2, 0xd8]).with("b", "x");
    assert!(bytes.run(&["diff", "a", "b"]).code <= 2);
}

#[test]
fn the_gate_is_closed_only_where_it_is_asked_for() {
    let folder = Folder::new().with("a", "The talks go on, the department said. .\n").with("b", "The talks go on.\n");
    folder.run(&["diff", "a", "b"]).exits(0);
    folder.run(&["diff", "a", "b", "--fail-on", "major"]).exits(1);
}

#[test]
fn a_line_a_passage_says_what_the_object_says() {
    let args = ["diff", "a", "b", "--format"];
    let object = folder().run(&[&args[..], &["json"]].concat()).exits(0).json();
    let lines = folder().run(&[&args[..], &["jsonl"]].concat()).exits(0).lines();
    let rows = object["passages"].as_array().expect("passages");
    assert_eq!(lines.len(), rows.len());
    for (line, row) in lines.iter().zip(rows) {
        assert_eq!(line["files"], serde_json::json!(["a", "b"]));
        for (key, value) in row.as_object().expect("a row") {
            assert_eq!(&line[key], value);
        }
    }
}

#[test]
fn several_files_have_a_table() {
    let folder = folder().with("c", FIRST);
    let run = folder.run(&["diff", "a", "b", "c"]).exits(0);
    let table: Vec<Vec<&str>> = run.out.lines().take(4).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(table[0][..2], ["A", "B"]);
    let pairs: Vec<[&str; 2]> = table[1..].iter().map(|row| [row[0], row[1]]).collect();
    assert_eq!(pairs, [["a", "b"], ["a", "c"], ["b", "c"]]);
    // Of two equal texts all passages are the same: same, reworded, facts, alone.
    assert_eq!(table[2][4..8], ["3", "0", "0", "0"]);
    let markdown = folder.run(&["diff", "a", "b", "c", "-f", "markdown"]).exits(0).out;
    let cells: Vec<usize> = markdown.lines().take(5).map(|line| line.matches('|').count()).collect();
    assert_eq!(cells, [12; 5], "{markdown}");
    assert!(folder.run(&["diff", "a", "b", "c", "-f", "json"]).json().as_array().is_some_and(|all| all.len() == 3));
}

#[test]
fn a_page_has_both_sides_and_all_differences() {
    let folder = folder().with("r", SECOND);
    for only in ["all", "facts", "style"] {
        let args = ["diff", "a", "b", "-r", "r", "--only", only, "--format"];
        let page = folder.run(&[&args[..], &["html"]].concat()).exits(0).out;
        let json = folder.run(&[&args[..], &["json"]].concat()).json();
        let count: usize = json["passages"]
            .as_array()
            .expect("passages")
            .iter()
            .map(|row| row["differences"].as_array().expect("differences").len())
            .sum();
        assert!(count > 2 && page.matches("<li class=\"note ").count() == count, "{only}");
        let mut ids: Vec<&str> = page.split(" id=").skip(1).map(|part| part.trim_start_matches('"')).collect();
        ids.iter_mut().for_each(|id| *id = id.split(['"', '>', ' ']).next().expect("an id"));
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands twice");
        for part in page.split("href=\"#").skip(1) {
            let id = part.split('"').next().expect("an end");
            assert!(ids.binary_search(&id).is_ok(), "nothing is named {id}");
        }
        if only != "style" {
            assert!(page.contains("<mark class=\"fact\">14</mark>") && page.contains("<mark class=\"fact\">40</mark>"));
            assert!(page.contains("only in B") && page.contains("Police are looking for witnesses."));
        }
    }
}

/// The kinds of the facts that two one-line texts differ in, with the words of either side.
fn facts(a: &str, b: &str) -> Vec<(String, String, String)> {
    let diff = Folder::new().with("a", a).with("b", b).run(&["diff", "a", "b", "--format", "json"]).exits(0).json();
    let passages = diff["passages"].as_array().expect("passages").clone();
    let all = passages.iter().flat_map(|passage| passage["differences"].as_array().expect("differences"));
    all.filter(|difference| difference["class"] == "fact")
        .map(|d| ["kind", "a", "b"].map(|key| d[key]["text"].as_str().or(d[key].as_str()).unwrap().to_owned()).into())
        .collect()
}

#[track_caller]
fn differ(a: &str, b: &str, wanted: &[(&str, &str, &str)]) {
    let found = facts(a, b);
    let found: Vec<_> = found.iter().map(|(k, x, y)| (k.as_str(), x.as_str(), y.as_str())).collect();
    assert_eq!(found, wanted, "{a}\n{b}");
}

#[test]
fn names_pronouns_and_times_are_facts() {
    differ(
        "The court heard Minister Horvat on Friday in the old town hall.",
        "The court heard Minister Kranjec on Friday in the old town hall.",
        &[("name", "Horvat", "Kranjec")],
    );
    differ("The ferry to Iceland was late.", "The ferry to Ireland was late.", &[("name", "Iceland", "Ireland")]);
    differ(
        "After the vote we want to open the port.",
        "After the vote they want to open the port.",
        &[("person", "we", "they")],
    );
    differ(
        "The ministry opened the new bridge in the capital.",
        "The ministry will open the new bridge in the capital.",
        &[("time", "opened", "will open")],
    );
    differ(
        "The company may close the factory in the north.",
        "The company must close the factory in the north.",
        &[("modality", "may close", "must close")],
    );
    differ(
        "He lost eight kilograms before the race.",
        "He lost eight pounds before the race.",
        &[("measure", "eight kilograms", "eight pounds")],
    );
    differ(
        "More than 50 villages were flooded.",
        "Fewer than 50 villages were flooded.",
        &[("bound", "More than 50", "Fewer than 50")],
    );
}

#[test]
fn other_words_for_the_same_are_no_facts() {
    for (a, b) in [
        ("The parade was attended by 15 thousand soldiers.", "15,000 soldiers took part in the parade."),
        ("President Sergei Vaskov met the envoys.", "President Sergey Vaskov met the envoys."),
        ("The source of this infection is not known.", "The origin of this infection is unknown."),
        ("They began handing over 36 guns to the army.", "They began to transfer 36 guns to the army."),
        ("The case is from 2004.", "The case is from '04."),
        ("The band sang Hikari no Ame on Friday.", "The band sang Hikari Ame on Friday."),
        ("“I am tired,” the mayor said.", "The mayor said he was tired."),
        ("At the same time, the army withdrew.", "The army withdrew."),
    ] {
        differ(a, b, &[]);
    }
}
