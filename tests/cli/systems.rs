//! `score` for several systems, and its options.

use super::Folder;
use serde_json::Value;

fn golden() -> Value {
    serde_json::from_str(include_str!("../score/significance.json")).expect("JSON")
}

/// The systems and references that sacreBLEU's figures are of.
fn systems() -> Folder {
    let golden = golden();
    golden["lines"].as_object().expect("lines").iter().fold(Folder::new(), |folder, (name, lines)| {
        let lines: Vec<&str> = lines.as_array().expect("lines").iter().filter_map(Value::as_str).collect();
        folder.with(name, lines.join("\n") + "\n")
    })
}

const THREE: [&str; 11] = ["score", "--mt", "first", "--mt", "better", "--mt", "other", "--ref", "r1", "--ref", "r2"];

fn three(folder: &Folder, more: &[&str]) -> super::Run {
    folder.run(&[&THREE, more].concat())
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect(text)
}

#[test]
fn p_values_are_those_of_sacrebleu_at_every_number_of_jobs() {
    let (folder, golden) = (systems(), golden());
    for (test, case) in [("bootstrap", 0), ("randomization", 1)] {
        let run = |jobs| {
            let more = ["--metrics", "bleu,chrf,ter", "--format", "json", "--paired", test, "--jobs", jobs];
            three(&folder, &more).exits(0).out
        };
        let one = run("1");
        assert_eq!(one, run("2"));
        assert_eq!(one, run("3"));
        let view = json(&one);
        assert_eq!((&view["pairs"], &view["test"]["paired"]), (&150.into(), &test.into()));
        assert_eq!((&view["test"]["baseline"], &view["test"]["seed"]), (&"first".into(), &12345.into()));
        assert_eq!(view["systems"][0]["differences"], json("{}"));
        // sacreBLEU's systems are first, better, equal, other.
        for (ours, theirs) in [(1, 1), (2, 3)] {
            for (k, metric) in ["bleu", "chrf", "ter"].iter().enumerate() {
                let theirs = &golden["cases"][case]["results"][theirs][k];
                let ours = &view["systems"][ours];
                let close = |a: &Value, b: &Value| {
                    assert!((a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-9, "{metric}: {a}, not {b}");
                };
                close(&ours["corpus"][metric], &theirs["score"]);
                close(&ours["differences"][metric]["p"], &theirs["p_value"]);
                assert_eq!(ours["intervals"][metric].is_object(), test == "bootstrap");
            }
        }
    }
}

#[test]
fn the_seed_and_the_number_of_resamples_are_in_the_signature() {
    let folder = systems();
    let view = |more: &[&str]| {
        let more = [&["--metrics", "bleu", "--format", "json", "--seed", "7"], more].concat();
        json(&three(&folder, &more).exits(0).out)["signatures"]["bleu"].as_str().expect("a signature").to_owned()
    };
    assert!(view(&["--resamples", "50"]).starts_with("nrefs:2|bs:50|seed:7|case:mixed|"));
    let both = ["--paired", "randomization", "--resamples", "60", "--confidence", "--signature", "short"];
    assert!(view(&both).starts_with("#:2|bs:1000|ar:60|rs:7|c:mixed|"));
    assert!(view(&["--paired", "none"]).starts_with("nrefs:2|case:mixed|"));
}

#[test]
fn a_table_for_the_terminal() {
    let run = three(&systems(), &["--metrics", "bleu,chrf,ter", "--format", "terminal"]).exits(0);
    let expected = "\
3 systems · 150 pairs

  system       bleu        chrf         ter
  first       77.41       89.85       18.31
             ± 3.71      ± 1.79      ± 3.23
  better      84.49*      92.61*      12.66*
             ± 3.09      ± 1.53      ± 2.57
           p 0.0010    p 0.0030    p 0.0010
  other       78.39       89.95       17.32
             ± 3.92      ± 1.83      ± 3.17
           p 0.2268    p 0.3636    p 0.1988

  ± half the 95 % interval of 1000 bootstrap resamples; * p < 0.05 against first (paired bootstrap); seed 12345

  bleu    nrefs:2|bs:1000|seed:12345|case:mixed|";
    assert!(run.out.starts_with(expected), "{}", run.out);
}

#[test]
fn tables_for_papers() {
    let folder = systems();
    let run = three(&folder, &["--metrics", "bleu,chrf++", "--format", "markdown", "--width", "1"]).exits(0);
    let expected = "\
| system | BLEU | chrF++ |
| --- | ---: | ---: |
| first | 77.4 ± 3.7 | 89.2 ± 1.9 |
| better | 84.5 ± 3.1 (p = 0.0010)\\* | 92.3 ± 1.6 (p = 0.0010)\\* |
";
    assert!(run.out.starts_with(expected), "{}", run.out);
    let latex = ["--metrics", "chrf,ter", "--format", "latex", "--paired", "randomization"];
    three(&folder, &latex)
        .exits(0)
        .prints("% chrf: nrefs:2|ar:10000|seed:12345|case:mixed|")
        .prints("% * p < 0.05 against first (paired approximate randomization, 10000 trials); seed 12345\n")
        .prints(
            "\\begin{tabular}{lrr}\n\\toprule\nSystem & chrF & TER \\\\\n\\midrule\nfirst & $89.85$ & $18.31$ \\\\\n",
        )
        .prints("better & $92.61$ ($p = 0.0031$)* & $12.66$ ($p = 0.0016$)* \\\\\n")
        .prints("\\bottomrule\n\\end{tabular}\n");
    let folder = folder.with("a_b", "One.\n").with("r", "One.\n");
    let one =
        |format| folder.run(&["score", "--mt", "a_b", "--ref", "r", "--metrics", "ter", "--format", format]).exits(0);
    one("latex").prints("a\\_b & $0.00$ \\\\\n");
    one("markdown").prints("| a\\_b | 0.00 |\n");
}

#[test]
fn a_system_is_not_marked_against_itself() {
    let args = ["score", "--mt", "first", "--mt", "equal", "--ref", "r1", "--metrics", "bleu", "--format"];
    let folder = systems();
    let view = json(&folder.run(&[&args[..], &["json"]].concat()).exits(0).out);
    assert_eq!(view["systems"][1]["differences"]["bleu"]["significant"], false);
    let run = folder.run(&[&args[..], &["terminal"]].concat()).exits(0);
    assert!(!run.out.contains("p 0.0") && run.out.matches('*').count() == 1, "{}", run.out);
}

#[test]
fn intervals_of_one_system_are_an_addition() {
    let folder = systems();
    let run = |more: &[&str]| {
        let args = ["score", "--mt", "first", "--ref", "r1", "--ref", "r2", "--rules", "none"];
        folder.run(&[&args, more].concat()).exits(0)
    };
    let keys = |view: &Value| view.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let plain = json(&run(&["--format", "json"]).out);
    assert_eq!(keys(&plain), ["corpus", "findings", "pairs", "signatures"]);
    let mut more = json(&run(&["--format", "json", "--confidence"]).out);
    let bleu = &more["intervals"]["bleu"];
    let (low, high) = (bleu["low"].as_f64().unwrap(), bleu["high"].as_f64().unwrap());
    // sacreBLEU's `--confidence`: 77.4 (μ = 77.399 ± 3.707).
    assert!(
        (bleu["mean"].as_f64().unwrap() - 77.398_646).abs() < 1e-4 && ((high - low) / 2.0 - 3.706_901).abs() < 1e-4
    );
    assert_eq!(keys(&more["intervals"]), ["bleu", "chrf", "score", "ter"]);
    more.as_object_mut().expect("an object").remove("intervals");
    assert!(more["signatures"]["bleu"].as_str().is_some_and(|text| text.contains("|bs:1000|seed:12345|")));
    more["signatures"] = plain["signatures"].clone();
    assert_eq!(more, plain);
    run(&["--format", "terminal", "--confidence"]).prints("bleu            77.41 ± 3.71  nrefs:2|bs:1000|");
    run(&["--format", "jsonl", "--confidence"]).says("bleu 77.41 ± 3.71 · ");
}

#[test]
fn options_reach_the_metrics_and_the_signatures() {
    let folder = Folder::new().with("mt", "The CAT SAT, on a mat.\n").with("ref", "The cat sat on the mat.\n");
    let run = |more: &[&str]| {
        let args = ["score", "--mt", "mt", "--ref", "ref", "--rules", "none", "--format", "json"];
        let args = [&args[..], &["--metrics", "score,bleu,chrf,chrf++,ter"], more].concat();
        json(&folder.run(&args).exits(0).out)
    };
    let plain = run(&[]);
    let bleu = ["--bleu-tokenize", "intl", "--bleu-lowercase", "--bleu-smooth", "floor", "--bleu-smooth-value", "0.5"];
    let chrf = ["--chrf-char-order", "5", "--chrf-word-order", "1", "--chrf-beta", "3", "--chrf-lowercase"];
    let more = ["--bleu-effective-order", "--bleu-max-order", "3", "--chrf-whitespace", "--chrf-eps-smoothing"];
    let ter = ["--ter-case-sensitive", "--ter-asian-support", "--ter-no-punct", "--ter-normalized"];
    let all = run(&[&bleu[..], &chrf, &more, &ter].concat());
    let starts = |metric: &str, text: &str| {
        let signature = all["signatures"][metric].as_str().expect("a signature");
        assert!(signature.starts_with(text), "{signature}");
        assert_ne!(all["corpus"][metric], plain["corpus"][metric], "{metric}");
    };
    starts("bleu", "nrefs:1|case:lc|eff:yes|tok:intl|smooth:floor[0.50]|version:fauxami-");
    starts("chrf", "nrefs:1|case:lc|eff:no|nc:5|nw:1|space:yes|");
    starts("chrf++", "nrefs:1|case:lc|eff:no|nc:5|nw:2|space:yes|");
    starts("ter", "nrefs:1|case:mixed|tok:tercom|norm:yes|punct:no|asian:yes|");
    // The auditor's own score is no business of these options.
    assert_eq!(all["corpus"]["score"], plain["corpus"]["score"]);
    // sacreBLEU's own names.
    let theirs = run(&["--tokenize", "intl", "--lowercase", "--smooth-method", "floor", "--smooth-value", "0.5"]);
    let ours = run(&bleu);
    assert_eq!(theirs, ours);
}

#[test]
fn options_out_of_range_say_what_to_do() {
    let folder = Folder::new().with("mt", "One.\n").with("ref", "One.\n");
    let run = |more: &[&str]| folder.run(&[&["score", "--mt", "mt", "--ref", "ref"], more].concat()).exits(2);
    for name in ["ja-mecab", "ko-mecab"] {
        run(&["--bleu-tokenize", name]).says("needs a dictionary and is not built in: MeCab's takes tens of megabytes");
    }
    for name in ["spm", "flores200"] {
        run(&["--bleu-tokenize", name])
            .says("needs a SentencePiece model and is not built in: it would have to be fetched");
    }
    run(&["--bleu-tokenize", "13b"]).says("did you mean `13a`?");
    run(&["--bleu-max-order", "0"]).says("expected an order from 1 to 16");
    run(&["--bleu-smooth", "log"]).says("one of exp, floor, add-k, none");
    run(&["--bleu-smooth-value", "1"]).says("--bleu-smooth-value with --bleu-smooth exp; expected a value for floor");
    run(&["--chrf-beta=-1"]).says("chrF with beta -1");
    run(&["--width", "16"]).says("0..=15");
    run(&["--paired", "bootstrap"]).says("--paired with one system; expected a second --mt").says("use --confidence");
    run(&["--resamples", "10"]).says("--resamples with nothing to resample for");
    run(&["--resamples", "0", "--confidence"]).says("1..=1000000");
    run(&["--mt", "ref", "--format", "jsonl"]).says("--format jsonl for several systems").says("one by one");
    let several = ["score", "--mt", "mt", "--mt", "ref", "--ref", "-"];
    folder.run(&several).exits(2).says("standard input as the reference or source of several systems");
}

#[test]
fn rules_run_only_where_their_findings_count() {
    let folder = Folder::new().with("a", "It cut the the budget.\n").with("b", "It cut the budget.\n");
    let run = |more: &[&str]| {
        folder.run(&[&["score", "--mt", "a", "--mt", "b", "--ref", "b", "--format", "json"], more].concat())
    };
    let view = json(&run(&["--metrics", "bleu"]).exits(0).out);
    assert_eq!(view["systems"][0]["findings"], json("{}"));
    assert!(view["systems"][0]["corpus"].get("penalty").is_none());
    let view = json(&run(&[]).exits(0).out);
    assert_eq!(view["systems"][0]["findings"]["repeated-word"], 1);
    assert!(view["systems"][1]["differences"]["score"]["difference"].as_f64().is_some_and(|more| more > 0.0));
    run(&["--min-score", "99"]).exits(1);
    run(&["--metrics", "bleu", "--fail-on", "neutral"]).exits(1);
}

#[test]
fn a_bad_row_of_one_system_moves_no_other() {
    let folder = Folder::new().with("a", b"One two.\nbad \xFF row\nThree.\n").with("b", "One.\nTwo.\nThree.\n");
    let run = folder.run(&["score", "--mt", "b", "--mt", "a", "--ref", "b", "--metrics", "chrf", "--format", "json"]);
    let view = json(&run.exits(2).says("a: 1 of 3 rows could not be read and count for nothing").out);
    assert_eq!((&view["pairs"], &view["systems"][1]["failed"]), (&3.into(), &1.into()));
    assert!(view["systems"][0].get("failed").is_none() && view["systems"][1]["differences"]["chrf"]["p"].is_number());
    let folder = Folder::new().with("a", "1\n2\n").with("b", "1\n").with("r", "1\n2\n");
    folder.run(&["score", "--mt", "a", "--mt", "b", "--ref", "r"]).exits(2).says("r: 2 lines, but b has 1");
}
