//! What each format promises, by the real binary.

use super::{DOUBLED, Folder};
use serde_json::Value;
use std::path::Path;

/// A story that tries to be more than text, and its reference.
const HOSTILE: &str = "The <script>document.title='x'</script> minister & \"co\" took the the vote.\n\n\
    A ]]> \u{202e}evil\u{202c} name\u{1}\u{1b}[31m\u{b} &amp; <img src=x onerror=alert(1)> | `x` took the the, vote: 100%\r\n\n\
    שלום <b>the the</b> \u{2028}end.\n";
const REFERENCE: &str =
    "The minister took the vote.\n\nAn <script>evil</script> name took the vote.\n\nPeace <b>the</b> end.\n";

fn hostile() -> Folder {
    Folder::new().with("a,b:c <i>.txt", HOSTILE).with("r.txt", REFERENCE)
}

fn audited(folder: &Folder, format: &str) -> String {
    let args = ["audit", "a,b:c <i>.txt", "-r", "r.txt", "--fail-on", "never", "--min-confidence", "0", "-f", format];
    folder.run(&args).exits(0).out
}

fn samples() -> [(String, String); 2] {
    ["fr-diplomacy", "de-economy"].map(|name| {
        let path = |end: &str| format!("{}/corpora/samples/{name}{end}", env!("CARGO_MANIFEST_DIR"));
        (path(".txt"), path(".ref.txt"))
    })
}

#[track_caller]
fn holds(schema: &str, values: &[Value]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(schema);
    // Two patterns of OASIS's schema end in a bracket too many, which not every engine lets pass.
    let schema = std::fs::read_to_string(path).expect("the schema").replace("{2}]?$", "{2}?$");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(!values.is_empty());
    for value in values {
        let errors: Vec<String> =
            validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
}

#[test]
fn what_a_command_cannot_print_names_what_it_can() {
    let folder = Folder::new().with("a.txt", DOUBLED).with("p.jsonl", "{\"mt\": \"x\"}\n");
    folder.run(&["audit", "a.txt", "-f", "latex"]).exits(2).says("terminal, json, jsonl, html, markdown, tsv, sarif");
    folder.run(&["score", "--pairs", "p.jsonl", "-f", "junit"]).exits(2).says("terminal, json, jsonl, html, markdown");
    let several = ["score", "--mt", "a.txt", "--mt", "a.txt", "--ref", "a.txt", "-f", "tsv"];
    folder
        .run(&several)
        .exits(2)
        .says("--format tsv for several systems; expected terminal, json, html, markdown, latex");
}

#[test]
fn json_keeps_to_its_schemas() {
    let (folder, [(fr, fr_ref), (de, de_ref)]) = (hostile(), samples());
    let parse = |text: &str| -> Value { serde_json::from_str(text).expect("JSON") };
    let args = ["audit", &fr, &de, "-r", &fr_ref, "-r", &de_ref, "--fail-on", "never", "-f"];
    let all = folder.run(&[&args[..], &["json"]].concat()).exits(0).out;
    holds("docs/schema/audit.json.schema.json", &[parse(&all), parse(&audited(&folder, "json"))]);
    let lines = folder.run(&[&args[..], &["jsonl"]].concat()).exits(0).lines();
    holds("docs/schema/audit.jsonl.schema.json", &lines);
    let pairs = "{\"mt\": \"They took the the vote.\", \"ref\": \"They took the vote.\"}\n{\"id\": 7, \"mt\": 5}\n{\"mt\": \"One.\"}\n";
    let folder = folder.with("p.jsonl", pairs).with("m", "one two\nthree\n").with("n", "one\nthree four\n");
    let score = ["score", "--pairs", "p.jsonl", "--confidence", "-f"];
    holds("docs/schema/score.jsonl.schema.json", &folder.run(&[&score[..], &["jsonl"]].concat()).exits(2).lines());
    holds("docs/schema/score.json.schema.json", &[parse(&folder.run(&[&score[..], &["json"]].concat()).exits(2).out)]);
    let systems = folder.run(&["score", "--mt", "m", "--mt", "n", "--ref", "m", "-f", "json"]).exits(0).out;
    holds("docs/schema/score.json.schema.json", &[parse(&systems)]);
    let beside = ["diff", &fr, &fr_ref, "-r", &fr_ref, "-f"];
    holds("docs/schema/diff.json.schema.json", &[parse(&folder.run(&[&beside[..], &["json"]].concat()).exits(0).out)]);
    let three = folder.run(&["diff", &fr, &fr_ref, &de, "-f", "json"]).exits(0).out;
    holds("docs/schema/diff.json.schema.json", &[parse(&three)]);
    holds("docs/schema/diff.jsonl.schema.json", &folder.run(&[&beside[..], &["jsonl"]].concat()).exits(0).lines());
    let beads = folder.run(&["align", &fr, &fr_ref, "-u", "sentence", "-f", "jsonl"]).exits(0).lines();
    let folder = folder.with("t.jsonl", "{\"id\": 1, \"a\": \"one two\", \"b\": \"one\"}\n{\"id\": 2}\n");
    let links = folder.run(&["align", "--words", "t.jsonl"]).exits(2).lines();
    holds("docs/schema/align.jsonl.schema.json", &[beads, links].concat());
}

#[test]
fn sarif_is_that_of_oasis() {
    let schema = "tests/report/sarif-2.1.0.schema.json";
    let ([(fr, fr_ref), (de, de_ref)], folder) = (samples(), hostile());
    let folder = folder.with("clean.txt", "The council met on Monday.\n");
    let run = folder.run(&["audit", &fr, "clean.txt", &de, "--fail-on", "never", "-f", "sarif"]).exits(0);
    let run = [
        run.out,
        folder.run(&["audit", &fr, &de, "-r", &fr_ref, "-r", &de_ref, "--fail-on", "never", "-f", "sarif"]).out,
    ];
    let clean = folder.run(&["audit", "clean.txt", "-f", "sarif"]).exits(0).out;
    let all: Vec<Value> = run
        .into_iter()
        .chain([clean, audited(&folder, "sarif")])
        .map(|text| serde_json::from_str(&text).expect("JSON"))
        .collect();
    holds(schema, &all);
    let text: Vec<char> = std::fs::read_to_string(&fr).expect("the story").chars().collect();
    let results = all[1]["runs"][0]["results"].as_array().expect("results");
    let rules = all[1]["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(all[1]["runs"][0]["columnKind"], "unicodeCodePoints");
    let (mut prints, mut fixed) = (Vec::new(), 0);
    for result in results {
        let rule = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[rule]["id"], result["ruleId"]);
        assert!(rules[rule]["help"]["text"].as_str().is_some_and(|text| text.len() > 40));
        let place = &result["locations"][0]["physicalLocation"];
        let number = |name: &str| place["region"][name].as_u64().expect(name) as usize;
        if place["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.ends_with("fr-diplomacy.txt")) {
            let words: String =
                text[number("charOffset")..number("charOffset") + number("charLength")].iter().collect();
            assert_eq!(place["region"]["snippet"]["text"], words);
            let before: String = text[..number("charOffset")].iter().collect();
            assert_eq!(number("startLine"), before.matches('\n').count() + 1);
            assert_eq!(number("startColumn"), before.chars().rev().take_while(|c| *c != '\n').count() + 1);
        }
        prints.push(result["partialFingerprints"]["fauxami/v1"].as_str().expect("a fingerprint"));
        fixed +=
            usize::from(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"].is_object());
    }
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), results.len());
    assert!(fixed * 2 > results.len(), "{fixed} fixes");
    let odd = &all[3]["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(odd, "a%2Cb%3Ac%20%3Ci%3E.txt");
}

#[test]
fn annotations_stay_on_their_lines() {
    let out = audited(&hostile(), "github");
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines.len() > 3);
    for line in &lines {
        let (head, message) = line.strip_prefix("::").and_then(|line| line.split_once("::")).expect(line);
        assert!(["error ", "warning ", "notice "].iter().any(|level| head.starts_with(level)), "{head}");
        let (_, properties) = head.split_once(' ').expect("properties");
        let names: Vec<&str> = properties.split(',').filter_map(|one| one.split_once('=')).map(|one| one.0).collect();
        assert!(
            matches!(names[..], ["file", "line", "col", "endColumn", "title"] | ["file", "line", "endLine", "title"]),
            "{head}"
        );
        assert!(properties.starts_with("file=a%2Cb%3Ac <i>.txt,line="));
        assert!(!message.is_empty() && !line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line}");
    }
    let grave = lines.iter().position(|line| !line.starts_with("::error")).unwrap_or(lines.len());
    assert!(lines[grave..].iter().all(|line| !line.starts_with("::error")), "{out}");
}

#[test]
fn annotations_of_a_plain_story() {
    let folder = Folder::new().with("a.txt", DOUBLED);
    let run =
        folder.run(&["audit", "a.txt", "--rules", "repeated-word", "--fail-on", "never", "-f", "github"]).exits(0);
    assert!(run.out.starts_with("::error file=a.txt,line=3,col=16,endColumn=20,"), "{}", run.out);
    assert!(run.out.contains(",title=major repeated-word::“the”: "), "{}", run.out);
}

#[test]
fn rows_of_a_table_have_all_fields() {
    let folder = hostile();
    let out = audited(&folder, "tsv");
    let mut lines = out.split('\n');
    let head: Vec<&str> = lines.next().expect("a header").split('\t').collect();
    assert_eq!(head[..6], ["path", "line", "column", "severity", "rule", "text"]);
    let rows: Vec<Vec<&str>> = lines.filter(|line| !line.is_empty()).map(|line| line.split('\t').collect()).collect();
    assert!(rows.len() > 3 && !out.contains('\r') && !out.contains('\u{1b}'));
    let at = |name: &str| head.iter().position(|field| *field == name).expect(name);
    for row in &rows {
        assert_eq!(row.len(), head.len(), "{row:?}");
        let list = row[at("suggestions")].replace("\\\\", "\\");
        assert!(serde_json::from_str::<Vec<String>>(&list).is_ok(), "{list}");
    }
    assert!(rows.iter().any(|row| row[at("rule")] == "repeated-word" && row[at("text")] == " the"));
    let pairs = "{\"id\": \"a\\tb\", \"mt\": \"They took the the vote.\"}\n{\"id\": \"c\", \"mt\": 5}\n{\"mt\": \"They left.\"}\n";
    let folder = folder.with("p.jsonl", pairs);
    let run = folder.run(&["score", "--pairs", "p.jsonl", "--rules", "repeated-word", "-f", "tsv"]).exits(2);
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines[0].starts_with("id\tscore\tseverity\trule\ttext\t"));
    assert!(lines[1].starts_with("a\\tb\t") && lines[1].contains("\tmajor\trepeated-word\t the\t"), "{}", lines[1]);
    assert!(lines[2].starts_with("c\t\terror\t") && lines[2].contains("p.jsonl:2: "), "{}", lines[2]);
    assert!(lines.len() == 3 && lines.iter().all(|line| line.split('\t').count() == 12), "{}", run.out);
}

#[test]
fn junit_is_legal_xml_and_fails_what_fails() {
    let folder = hostile();
    let xml = |out: &str| {
        assert!(out.chars().all(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)), "{out}");
        let mut reader = quick_xml::Reader::from_str(out);
        let mut names = Vec::new();
        loop {
            match reader.read_event().expect("well-formed XML") {
                quick_xml::events::Event::Start(element) => {
                    for attribute in element.attributes() {
                        attribute.expect("an attribute");
                    }
                    names.push(element.name().as_ref().to_owned());
                }
                quick_xml::events::Event::Eof => return names,
                _ => {}
            }
        }
    };
    let names = xml(&audited(&folder, "junit"));
    assert_eq!(names[..2], ["testsuites", "testsuite"]);
    assert!(!names.contains(&"failure".to_owned()), "with --fail-on never nothing fails");
    let folder = folder.with("b.txt", DOUBLED).with("c.txt", "The council met on Monday.\n");
    let args = ["audit", "b.txt", "c.txt", "--rules", "repeated-word", "-f", "junit"];
    let minor = folder.run(&[&args[..], &["--fail-on", "minor"]].concat()).exits(1);
    assert_eq!(xml(&minor.out).iter().filter(|name| *name == "failure").count(), 1);
    let minor = minor.prints("<testsuite name=\"b.txt\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">");
    minor.prints("<testsuite name=\"c.txt\" tests=\"1\" failures=\"0\"").prints("file=\"b.txt\" line=\"3\"");
    let low = folder.run(&[&args[..], &["--min-score", "100"]].concat()).exits(1);
    assert!(low.out.matches("<failure type=\"score\"").count() == 2, "{}", low.out);
}

#[test]
fn markdown_reads_as_text() {
    let (folder, [(fr, fr_ref), (de, de_ref)]) = (hostile(), samples());
    let run = folder.run(&["audit", &fr, "-r", &fr_ref, "--fail-on", "never", "-f", "markdown"]).exits(0);
    let run = run.prints("> PARIS — The **head of French diplomacy** said on Tuesday");
    let run = run.prints("- **major** `calque` 3:13 “head of French diplomacy”: ");
    assert!(run.out.starts_with("## /") && run.out.contains(" → French foreign minister\n"), "{}", run.out);
    let both =
        folder.run(&["audit", &fr, &de, "-r", &fr_ref, "-r", &de_ref, "--fail-on", "never", "-f", "markdown"]).out;
    assert!(both.starts_with("| story | words | score | critical |") && both.matches("\n## ").count() == 2, "{both}");
    let odd = audited(&folder, "markdown");
    assert!(odd.contains("\\<img") && !odd.replace("\\<", "").contains('<') && !odd.contains('\u{202e}'), "{odd}");
    assert!(odd.contains("\\`x\\`") && odd.contains("\\| "), "{odd}");
}

#[test]
fn a_page_shows_text_as_text() {
    let page = audited(&hostile(), "html");
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">") && page.ends_with("</html>\n"));
    // The page's own scripts, and nothing of the story's.
    assert_eq!(page.matches("<script").count(), 2);
    assert!(!page.contains("<img") && !page.contains("<b>the") && page.contains("&lt;img src=x"));
    assert!(page.contains("<span class=ctl>U+202E</span>") && page.contains("<span class=ctl>U+001B</span>"));
    let raw = |c: char| matches!(c, '\0' | '\u{b}' | '\u{1b}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2066}'..='\u{2069}');
    assert!(!page.contains(raw));
    assert!(page.contains("<title>a,b:c &lt;i&gt;.txt</title>"));
    let policy = "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-";
    assert!(
        page.contains(policy) && !page.contains("unsafe") && !page.contains(" style=") && !page.contains(" onclick")
    );
}

#[test]
fn a_page_has_all_findings_and_links_that_lead_somewhere() {
    let (folder, [(fr, fr_ref), (de, de_ref)]) = (Folder::new(), samples());
    let args = ["audit", &fr, &de, "-r", &fr_ref, "-r", &de_ref, "--fail-on", "never", "-f"];
    let page = folder.run(&[&args[..], &["html"]].concat()).exits(0).out;
    let json: Value = serde_json::from_str(&folder.run(&[&args[..], &["json"]].concat()).out).expect("JSON");
    let findings: usize = json["documents"]
        .as_array()
        .expect("documents")
        .iter()
        .flat_map(|document| document["passages"].as_array().expect("passages"))
        .map(|passage| passage["findings"].as_array().expect("findings").len())
        .sum();
    assert_eq!(page.matches("<li class=\"note ").count(), findings);
    let mut ids: Vec<&str> = Vec::new();
    for part in page.split(" id=").skip(1) {
        ids.push(part.trim_start_matches('"').split(['"', '>', ' ']).next().expect("an id"));
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    let mut links = 0;
    for part in page.split("href=\"#").skip(1) {
        let id = part.split('"').next().expect("an end");
        assert!(ids.binary_search(&id).is_ok(), "nothing is named {id}");
        links += 1;
    }
    assert!(links > 2 * findings);
    assert!(page.contains("head of French diplomacy</mark>") && page.contains("French foreign minister"));
    // The parts of the score add up.
    let score = json["documents"][0]["score"].as_f64().expect("a score");
    let parts: Vec<f64> = page[page.find("<dl class=\"parts\">").expect("parts")..]
        .split("</dl>")
        .next()
        .expect("an end")
        .split("<dd>")
        .skip(1)
        .map(|part| part.split('<').next().expect("a figure").replace('−', "-").parse().expect("a number"))
        .collect();
    assert!((100.0 + parts.iter().sum::<f64>() - score).abs() < 0.3, "{parts:?} {score}");
}

#[test]
fn a_page_of_a_corpus_keeps_the_worst() {
    let rows: String = (0..300)
        .map(|row| {
            let words = if row % 3 == 0 { "They took the the vote." } else { "They took the vote." };
            format!(
                "{{\"id\": \"row <{row}>\", \"mt\": \"{words}\", \"ref\": \"They took the vote {}.\"}}\n",
                "again ".repeat(row % 7)
            )
        })
        .collect();
    let folder = Folder::new().with("p.jsonl", rows);
    let page = |jobs: &str| folder.run(&["score", "--pairs", "p.jsonl", "-f", "html", "-j", jobs]).exits(0).out;
    let out = page("1");
    assert_eq!(out, page("3"));
    assert!(out.contains("The 100 worst of 300 pairs") && out.contains("row &lt;6&gt;") && !out.contains("row <"));
    assert_eq!(out.matches("<section class=\"passage\"").count(), 100);
    let all = folder.run(&["score", "--pairs", "p.jsonl", "-f", "json"]).out;
    let count = serde_json::from_str::<Value>(&all).expect("JSON")["findings"]["repeated-word"].to_string();
    assert!(out.contains("data-rule=\"repeated-word\"") && out.contains(&format!("<td class=\"n\">{count}</td>")));
    let run = folder.run(&["score", "--pairs", "p.jsonl", "-f", "html", "-o", "out.html"]).exits(0);
    assert!(run.out.is_empty() && std::fs::read_to_string(folder.path("out.html")).expect("the page") == out);
}

#[test]
fn a_page_of_systems_has_their_figures() {
    let folder = Folder::new()
        .with("one <b>", "They took the the vote.\nThey left.\n")
        .with("two", "They took the vote.\nThey left the hall.\n")
        .with("ref", "They took the vote.\nThey left the hall.\n");
    let args = ["score", "--mt", "one <b>", "--mt", "two", "--ref", "ref", "-f"];
    let page = folder.run(&[&args[..], &["html"]].concat()).exits(0).out;
    let json: Value = serde_json::from_str(&folder.run(&[&args[..], &["json"]].concat()).out).expect("JSON");
    let systems = json["systems"].as_array().expect("systems");
    for (name, value) in systems.iter().flat_map(|system| system["corpus"].as_object().expect("figures")) {
        assert!(page.contains(&format!("<b>{:.2}</b>", value.as_f64().expect(name))), "{name}");
    }
    assert!(page.contains("one &lt;b&gt;") && !page.contains("one <b>") && page.contains("half the 95 % interval"));
}

#[test]
fn every_format_is_the_same_at_every_number_of_jobs() {
    let (folder, [(fr, fr_ref), (de, de_ref)]) = (Folder::new(), samples());
    for format in ["terminal", "json", "jsonl", "html", "markdown", "tsv", "sarif", "github", "junit"] {
        let args =
            ["audit", &fr, &de, &fr, "-r", &fr_ref, "-r", &de_ref, "-r", &fr_ref, "--fail-on", "never", "-f", format];
        let out = |jobs: &str| folder.run(&[&args[..], &["-j", jobs]].concat()).exits(0).out;
        assert_eq!(out("1"), out("3"), "{format}");
    }
}
