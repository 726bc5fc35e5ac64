//! Colour, pipes, configuration, help.

use super::{CLEAN, DOUBLED, Folder, GRAVE};
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

#[test]
fn colour_only_where_it_is_wanted() {
    let folder = Folder::new().with("a.txt", DOUBLED);
    let args = ["audit", "a.txt", "--rules", "repeated-word", "--fail-on", "never"];
    assert!(!folder.run(&args).out.contains('\u{1b}'), "no terminal, no colour");
    let always = [&args[..], &["--color", "always"]].concat();
    assert!(folder.run(&always).out.contains("\u{1b}["));
    let never = [&args[..], &["--color", "never"]].concat();
    assert!(!folder.run(&never).out.contains('\u{1b}'));
    let output = folder.command(&args).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "0").output().expect("a run");
    assert!(!output.stdout.contains(&0x1b));
    let plain = folder.run(&args).out;
    assert_eq!(anstream::adapter::strip_str(&folder.run(&always).out).to_string(), plain);
}

#[test]
fn lines_keep_to_the_width() {
    let long = "The council, which met on Monday, approved the the budget for the coming year and then, after a long debate, \
                it also took up a matter that had been put off for the the better part of a decade by its members.\n";
    let folder = Folder::new().with("a.txt", long);
    for columns in ["60", "80", "100"] {
        let args = ["audit", "a.txt", "--rules", "repeated-word", "--fail-on", "never"];
        let output = folder.command(&args).env("COLUMNS", columns).output().expect("a run");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let limit: usize = columns.parse().expect("a number");
        for line in text.lines() {
            assert!(line.chars().count() <= limit, "over {limit}: {line}");
        }
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let rows = "{\"mt\": \"On Monday the budget was cut again.\"}\n".repeat(20_000);
    let folder = Folder::new().with("p.jsonl", rows);
    let mut command = folder.command(&["score", "--pairs", "p.jsonl", "--rules", "none", "--format", "jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a run");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut first).expect("a line");
    assert!(first.starts_with('{'));
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("UTF-8");
    assert_eq!(err, "");
    assert_eq!(child.wait().expect("an end").code(), Some(0));
}

#[test]
fn a_closed_pipe_ends_the_program_though_input_goes_on() {
    let folder = Folder::new();
    let mut command = folder.command(&["score", "--pairs", "-", "--rules", "none", "--format", "jsonl"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a run");
    let mut stdin = child.stdin.take().expect("a pipe");
    drop(child.stdout.take());
    let rows = "{\"mt\": \"On Monday the budget was cut again.\"}\n".repeat(5_000);
    let _ = std::io::Write::write_all(&mut stdin, rows.as_bytes());
    // The pipe stays open: the program must not wait for its end.
    assert_eq!(child.wait().expect("an end").code(), Some(0));
    drop(stdin);
}

#[test]
fn configuration_is_found_upward() {
    let folder = Folder::new().with("fauxami.toml", GRAVE).with("deep/er/a.txt", DOUBLED);
    let mut command = folder.command(&["audit", "a.txt", "--rules", "repeated-word"]);
    let output = command.current_dir(folder.path("deep/er")).output().expect("a run");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("major repeated-word"));
}

#[test]
fn the_named_configuration_wins() {
    let off = "fail-on = \"minor\"\n[rules]\nrepeated-word = \"off\"\n";
    let folder = Folder::new().with("fauxami.toml", GRAVE).with("other.toml", off).with("a.txt", DOUBLED);
    let run =
        folder.run(&["audit", "a.txt", "--config", "other.toml", "--format", "json", "--fail-on", "never"]).exits(0);
    assert!(!run.out.contains("repeated-word"));
    // The command line wins over the configuration.
    folder.run(&["audit", "a.txt", "--config", "other.toml", "--rules", "repeated-word"]).exits(1);
    folder.run(&["audit", "a.txt", "--config", "none.toml"]).exits(2).says("none.toml: no such file");
}

#[test]
fn a_wrong_configuration_names_the_nearest_key() {
    let audit =
        |toml: &str| Folder::new().with("fauxami.toml", toml).with("a.txt", CLEAN).run(&["audit", "a.txt"]).exits(2);
    audit("lexicon = []\n").says("fauxami.toml:1: unknown key `lexicon`; did you mean `lexicons`?");
    audit("[rules]\ntens-drift = \"off\"\n")
        .says("fauxami.toml: unknown rule `tens-drift`; did you mean `tense-drift`?");
    audit("[rules]\ncalque = \"loud\"\n")
        .says("rule `calque` is set to `loud`; expected on, off, neutral, minor, major or critical");
    audit("[rules\n").says("fauxami.toml:1: ");
    audit("min-score = 200\n").says("`min-score` is 200; expected a number from 0 to 100");
}

#[test]
fn unknown_rules_name_the_nearest() {
    let folder = Folder::new().with("a.txt", CLEAN);
    folder
        .run(&["audit", "a.txt", "--rules", "calq"])
        .exits(2)
        .says("unknown rule `calq`; expected rule ids, `all` or `none`; did you mean `calque`?");
    folder.run(&["audit", "a.txt", "--rules", "-calqe"]).exits(2).says("did you mean `calque`?");
    folder.run(&["audit", "a.txt", "--rules", ","]).exits(2).says("--rules is empty");
    folder.run(&["audit", "a.txt", "--rules", "all,-calque,no-tense-drift"]).exits(0);
}

#[test]
fn help_shows_examples() {
    let folder = Folder::new();
    folder.run(&["--help"]).exits(0).prints("Examples:").prints("Exit status: 0");
    for command in ["audit", "score", "align"] {
        folder.run(&[command, "--help"]).exits(0).prints(&format!("fauxami {command} "));
    }
    folder.run(&["--version"]).exits(0).prints("fauxami ");
    folder.run(&[]).exits(2);
    folder.run(&["adit", "a.txt"]).exits(2).says("'audit'");
    folder.run(&["audit"]).exits(2).says("<FILE>");
    folder.run(&["score", "--pairs", "-", "--jobs", "many"]).exits(2).says("expected a number from 1 to 256");
}
