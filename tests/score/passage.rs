//! What the score of a passage promises.

use fauxami::read::Pair;
use fauxami::score::passage::{Evidence, Likeness, lost, score};
use fauxami::score::{Metric, Weights};
use fauxami::{Auditor, Config, Scratch};
use proptest::prelude::*;

const LINES: [&str; 4] = [
    "The finance ministry said on Tuesday that the deficit had narrowed to 3.1 percent of output, helped by higher tax receipts.",
    "Rescuers pulled four miners alive from the flooded shaft late on Sunday, nine days after the accident.",
    "The striker, who is 19, scored twice in the final against the champions and was carried off the field.",
    "Forecasters expect heavy snow in the north and warn drivers to stay at home.",
];

fn figure(mt: &str, reference: &str) -> f64 {
    let auditor = Auditor::new(&Config::default()).expect("the default configuration is valid");
    let pair = Pair { mt: mt.into(), refs: vec![reference.into()], ..Pair::default() };
    auditor.pair(&pair, &[Metric::Score], &mut Scratch::default()).score
}

#[test]
fn the_reference_itself_scores_100() {
    for line in LINES {
        assert_eq!(figure(line, line), 100.0, "{line}");
    }
    // However long it is.
    assert_eq!(figure(&LINES.concat(), &LINES.concat()), 100.0);
}

#[test]
fn nothing_and_another_passage_score_next_to_nothing() {
    for (n, line) in LINES.iter().enumerate() {
        assert_eq!(figure("", line), 0.0);
        let other = figure(LINES[(n + 1) % LINES.len()], line);
        assert!(other <= 5.0, "{other}: {line}");
    }
}

#[test]
fn a_planted_fault_lowers_the_score() {
    let good = "The finance ministry said on Tuesday that the deficit narrowed to 3.1 percent of output, aided by higher tax receipts.";
    let whole = figure(good, LINES[0]);
    for (from, to) in [
        ("Tuesday", "Thursday"),
        ("3.1", "31"),
        ("narrowed", "widened"),
        ("finance ministry", "ministry finance"),
        ("the deficit ", ""),
    ] {
        let planted = figure(&good.replacen(from, to, 1), LINES[0]);
        assert!(planted < whole, "{from} -> {to}: {planted} is not below {whole}");
    }
}

proptest! {
    #[test]
    fn more_faults_never_raise_it_and_the_parts_add_up(
        words in 0usize..200,
        trusted in proptest::array::uniform4(0.0f64..20.0),
        reworded in 0.0f64..20.0,
        grave in 0usize..4,
        more in 0.0f64..5.0,
        rough in proptest::option::of(0.0f64..8.0),
        beside in proptest::option::of((
            0.0f64..=100.0,
            proptest::option::of(0.0f64..=1.0),
            1usize..200,
            proptest::option::of(0.0f64..8.0),
        )),
        unrelated: bool,
    ) {
        let reference = beside.map(|(chrf, answered, words, roughness)| Likeness { chrf, answered, words, roughness });
        let evidence = Evidence { words, trusted, reworded, roughness: rough, reference, unrelated };
        let weights = Weights::builtin();
        let mut worse = trusted;
        worse[grave] += more;
        let (before, after) = (score(&evidence, &weights), score(&Evidence { trusted: worse, ..evidence }, &weights));
        prop_assert!((0.0..=100.0).contains(&before));
        prop_assert!(after <= before);
        let other_words = score(&Evidence { reworded: reworded + more, ..evidence }, &weights);
        prop_assert!(other_words <= before);
        let sum: f64 = lost(&evidence, &weights).iter().map(|part| part.1).sum();
        prop_assert!((sum + before - 100.0).abs() < 1e-6);
    }

    #[test]
    fn more_of_the_reference_never_lowers_it(
        chrf in 0.0f64..100.0,
        answered in 0.0f64..1.0,
        more in 0.0f64..50.0,
        words in 1usize..200,
    ) {
        let at = |chrf: f64, answered: f64| {
            let reference = Likeness { chrf: chrf.min(100.0), answered: Some(answered.min(1.0)), words, roughness: None };
            score(&Evidence { words, reference: Some(reference), ..Evidence::default() }, &Weights::builtin())
        };
        prop_assert!(at(chrf + more, answered) >= at(chrf, answered));
        prop_assert!(at(chrf, answered + more / 100.0) >= at(chrf, answered));
    }
}
