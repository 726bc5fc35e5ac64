//! Significance: against sacreBLEU's figures (significance.json), and what must hold of any systems.

use fauxami::score::metrics::{Counts, Metric, Scratch};
use fauxami::score::significance::{Outcome, Plan, RESAMPLES, Sample, Test, compare};
use proptest::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize)]
struct Golden {
    lines: HashMap<String, Vec<String>>,
    cases: Vec<GoldenCase>,
}

#[derive(Deserialize)]
struct GoldenCase {
    test: String,
    intervals: bool,
    systems: Vec<String>,
    results: Vec<Vec<Found>>,
}

#[derive(Debug, Deserialize)]
struct Found {
    score: f64,
    p_value: Option<f64>,
    mean: Option<f64>,
    ci: Option<f64>,
}

fn metrics() -> [Metric; 3] {
    ["bleu", "chrf", "ter"].map(|id| Metric::parse(id).unwrap())
}

#[test]
fn p_values_and_intervals_are_those_of_sacrebleu() {
    let golden: Golden = serde_json::from_str(include_str!("significance.json")).unwrap();
    let mut scratch = Scratch::default();
    let (metrics, lines) = (metrics(), &golden.lines);
    let mut sample = |metric: &Metric, system: &str| -> Sample {
        let references = lines["r1"].iter().zip(&lines["r2"]);
        let pairs = lines[system].iter().zip(references);
        pairs.map(|(mt, (one, two))| metric.counts(mt, &[one, two], &mut scratch)).collect()
    };
    for case in &golden.cases {
        let systems: Vec<Vec<Sample>> =
            case.systems.iter().map(|system| metrics.iter().map(|metric| sample(metric, system)).collect()).collect();
        let test = if case.test == "bs" { Test::Bootstrap } else { Test::Randomization };
        let mut plan = Plan::paired(test);
        plan.resamples = if case.intervals { RESAMPLES } else { 0 };
        let outcomes = compare(&systems, &plan, |metric, counts| metrics[metric].score(counts)).unwrap();
        for ((name, ours), theirs) in case.systems.iter().zip(&outcomes).zip(&case.results) {
            for (ours, theirs) in ours.iter().zip(theirs) {
                let told = format!("{} of {name}: {ours:?}; sacreBLEU has {theirs:?}", case.test);
                assert!((ours.score - theirs.score).abs() < 1e-9, "{told}");
                let close = |a: Option<f64>, b: Option<f64>, by: f64| match (a, b) {
                    (Some(a), Some(b)) => (a - b).abs() < by,
                    (a, b) => a == b,
                };
                assert!(close(ours.p_value, theirs.p_value, 1e-12), "{told}");
                // sacreBLEU sums and divides resamples in single precision.
                assert!(close(ours.interval.map(|interval| interval.mean), theirs.mean, 2e-5), "{told}");
                assert!(close(ours.interval.map(|interval| interval.margin()), theirs.ci, 2e-5), "{told}");
            }
        }
    }
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let sample = |rows: usize| -> Sample { (0..rows).map(|_| Counts::from_values(&[1])).collect() };
    let plan = Plan::paired(Test::Bootstrap);
    let error = |systems: &[Vec<Sample>]| compare(systems, &plan, |_, _| 0.0).unwrap_err().to_string();
    assert!(error(&[vec![sample(3)], vec![sample(4)]]).contains("systems of 3 and of 4 segments"));
    assert!(error(&[vec![sample(3)], vec![]]).contains("the same metrics"));
    let huge: Sample = (0..3).map(|_| Counts::from_values(&[u64::MAX / 2])).collect();
    assert!(error(&[vec![huge]]).contains("too large to be resampled"));
    assert!(compare(&[], &plan, |_, _| 0.0).unwrap().is_empty());
    let none = compare(&[vec![sample(0)], vec![sample(0)]], &plan, |_, _| 7.0).unwrap();
    assert_eq!(none[1][0], Outcome { score: 7.0, interval: None, difference: Some(0.0), p_value: None });
    let empty: Sample = [Counts::default(), Counts::default()].into_iter().collect();
    for test in [Test::Bootstrap, Test::Randomization] {
        let nothing = [vec![empty.clone()], vec![empty.clone()]];
        let outcomes = compare(&nothing, &Plan::paired(test), |_, counts| counts.values().len() as f64).unwrap();
        assert_eq!((outcomes[1][0].score, outcomes[1][0].significant()), (0.0, false));
    }
    let one = compare(&[vec![sample(1)], vec![sample(1)]], &plan, |_, counts| counts.values()[0] as f64).unwrap();
    assert_eq!((one[1][0].interval.unwrap().mean, one[1][0].interval.unwrap().margin()), (1.0, 0.0));
    assert!(!one[1][0].significant());
}

/// Counts of the sizes that metrics have: a few tokens, scores in millionths, TER's lengths.
fn rows() -> impl Strategy<Value = Vec<[u64; 3]>> {
    let value = prop_oneof![0..9_u64, 0..1_000_000_u64, Just(1 << 40)];
    prop::collection::vec(prop::array::uniform3(value), 1..40)
}

proptest! {
    #[test]
    fn what_holds_of_any_systems(first in rows(), seed: u64, plus in 0..50_u64, threads in 1..4_usize) {
        let sample = |add: u64| -> Sample {
            first.iter().map(|row| Counts::from_values(&row.map(|value| value + add))).collect()
        };
        let systems = [vec![sample(0)], vec![sample(plus)], vec![sample(0)]];
        // The sum of the counts over the segments: what a resample adds up to stays between the extremes.
        let score = |_: usize, counts: &Counts| counts.values().iter().sum::<u64>() as f64 / first.len() as f64;
        let least = first.iter().map(|row| row.iter().sum::<u64>()).min().unwrap() as f64;
        let most = first.iter().map(|row| row.iter().sum::<u64>()).max().unwrap() as f64;
        for test in [Test::Bootstrap, Test::Randomization] {
            let plan = Plan { resamples: 200, trials: 200, seed, ..Plan::paired(test) };
            let outcomes = compare(&systems, &plan, score).unwrap();
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            prop_assert_eq!(&pool.install(|| compare(&systems, &plan, score).unwrap()), &outcomes);
            prop_assert_eq!((outcomes[0][0].p_value, outcomes[0][0].difference), (None, None));
            prop_assert!(!outcomes[2][0].significant());
            // A system is as good as itself: no resample or trial shows a difference.
            let equal = outcomes[2][0].p_value.unwrap();
            prop_assert!((equal - 1.0 / 201.0).abs() < 1e-12, "{}", equal);
            let interval = outcomes[0][0].interval.unwrap();
            prop_assert!(least <= interval.low && interval.low <= interval.high && interval.high <= most);
            prop_assert!(interval.low <= interval.mean && interval.mean <= interval.high || interval.margin() < most);
            // Every segment is better by as much: every resample shows the whole difference, no coin more than that.
            let shifted = outcomes[1][0].interval.unwrap();
            if test == Test::Bootstrap {
                prop_assert!((shifted.mean - interval.mean - 3.0 * plus as f64).abs() <= 1e-6 * most.max(1.0));
            }
            prop_assert!((0.0..=1.0).contains(&outcomes[1][0].p_value.unwrap()));
        }
    }
}
