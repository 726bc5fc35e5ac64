//! Which translation reads better, of a passage and on the whole.

use super::kind::Side;
use super::{Class, Likeness, PassageDiff};
use crate::audit::{PassageAudit, StoryAudit};
use crate::score::metrics::Counts;
use crate::score::significance::{Plan, Sample, Test, compare};
use crate::score::{Measures, Metric};

/// Least difference of two scores that says which passage is better where a reference is given. Of two translations of a segment the
/// better one by raters has the higher score in 55 to 75 of 100 cases from here on, in 50 to 59 below (Chinese-English news
/// of 2021 and 2023).
const MARGIN: f64 = 6.0;
/// The same without a reference: fluency alone says nothing of two good translations, so a grave fault of one side is asked for too.
const MARGIN_ALONE: f64 = 10.0;
/// Penalty points that one side must have more than the other without a reference: a major fault.
const GRAVE: f64 = 4.0;

/// Which side of a passage reads better.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// The better side; none where it is too close to call, or one side is missing.
    pub better: Option<Side>,
    /// Why, in a few words; empty where there is nothing to compare.
    pub why: String,
}

impl Verdict {
    pub(super) fn mirrored(self) -> Self {
        Self { better: self.better.map(Side::other), ..self }
    }
}

/// Judges two sides of a passage; `reference` says whether one was given.
pub(super) fn of(a: Option<&PassageAudit>, b: Option<&PassageAudit>, reference: bool) -> Verdict {
    let (Some(a), Some(b)) = (a, b) else { return Verdict::default() };
    let apart = a.score - b.score;
    let (better, worse, side) = if apart >= 0.0 { (a, b, Side::A) } else { (b, a, Side::B) };
    let close = || Verdict { better: None, why: "too close to call".to_owned() };
    // Only what both sides were held against can be compared.
    let beside = reference && a.reference.is_some() && b.reference.is_some();
    let enough = if beside {
        apart.abs() >= MARGIN
    } else {
        apart.abs() >= MARGIN_ALONE && worse.evidence.points() - better.evidence.points() >= GRAVE
    };
    if !enough {
        return close();
    }
    Verdict { better: Some(side), why: why(better, worse, beside) }
}

/// What makes the better side better: the parts of the score that differ most.
fn why(better: &PassageAudit, worse: &PassageAudit, beside: bool) -> String {
    let part = |audit: &PassageAudit, name: &str| {
        audit.lost.iter().find(|(other, _)| *other == name).map_or(0.0, |(_, points)| *points)
    };
    let mut parts: Vec<(f64, String)> = Vec::new();
    let mut add = |name: &str, text: String| parts.push((part(worse, name) - part(better, name), text));
    if beside {
        let chrf = |audit: &PassageAudit| {
            audit.metrics.iter().find(|(name, _)| *name == Metric::ChrfPp.name()).map_or(0.0, |(_, value)| *value)
        };
        add("unlikeness", format!("nearer to the reference (chrF++ {:.0} against {:.0})", chrf(better), chrf(worse)));
        add("unanswered", "has more of what the reference says".to_owned());
        add("unrelated", "the other is about something else".to_owned());
    }
    let (few, many) = (better.findings.len(), worse.findings.len());
    let faults = if few < many { format!("{few} against {many} faults") } else { "fewer grave faults".to_owned() };
    add("penalty", faults);
    add("roughness", "reads more smoothly".to_owned());
    parts.retain(|(points, _)| *points >= 2.0);
    parts.sort_by(|x, y| y.0.total_cmp(&x.0));
    parts.truncate(2);
    if parts.is_empty() {
        return format!("score {:.0} against {:.0}", better.score, worse.score);
    }
    parts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(", ")
}

/// Figures over all passages.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Passages by what their sides are to one another, in the order of [`Likeness`].
    pub passages: [usize; 5],
    /// Passages that stand elsewhere.
    pub moved: usize,
    /// Differences of facts, of style, of form.
    pub differences: [usize; 3],
    /// Score of A and of B, 0 to 100.
    pub scores: [f64; 2],
    /// MQM penalty points of A and of B.
    pub penalties: [f64; 2],
    /// Findings in A and in B.
    pub findings: [usize; 2],
    /// Words of A and of B.
    pub words: [usize; 2],
    /// Passages in which A reads better, and B; the others that both have are too close to call.
    pub wins: [usize; 2],
    /// How likely scores at least so far apart are if neither is better: paired approximate randomization over the passages that
    /// both have; none with fewer than five of them, which can prove nothing, or where all scores are equal.
    pub p_value: Option<f64>,
}

/// Passages below which nothing can be significant at 5 %: of four swaps the likeliest has a chance of 1 in 8.
const FEWEST: usize = 5;

impl Summary {
    pub(super) fn new(passages: &[PassageDiff], audits: [&StoryAudit; 2]) -> Self {
        let mut counts = [0; 5];
        let mut differences = [0; 3];
        let mut wins = [0; 2];
        for passage in passages {
            counts[passage.likeness as usize] += 1;
            passage.differences.iter().for_each(|difference| differences[difference.class() as usize] += 1);
            if let Some(side) = passage.verdict.better {
                wins[side as usize] += 1;
            }
        }
        let findings = |audit: &StoryAudit| audit.passages.iter().map(|passage| passage.findings.len()).sum();
        Self {
            passages: counts,
            moved: passages.iter().filter(|passage| passage.moved).count(),
            differences,
            scores: audits.map(|audit| audit.score),
            penalties: audits.map(|audit| audit.penalty),
            findings: audits.map(findings),
            words: audits.map(|audit| audit.words),
            wins,
            p_value: p_value(passages),
        }
    }

    /// How many passages are of that likeness.
    #[must_use]
    pub const fn of(&self, likeness: Likeness) -> usize {
        self.passages[likeness as usize]
    }

    /// How many differences are of that class.
    #[must_use]
    pub const fn count(&self, class: Class) -> usize {
        self.differences[class as usize]
    }

    /// Which translation is better on the whole, as far as its passages' scores prove it.
    #[must_use]
    pub fn better(&self) -> Option<Side> {
        let sure = self.p_value.is_some_and(|p| p < crate::score::significance::LEVEL);
        let side = if self.scores[0] > self.scores[1] { Side::A } else { Side::B };
        sure.then_some(side)
    }

    pub(super) fn mirrored(mut self) -> Self {
        self.passages.swap(Likeness::OnlyA as usize, Likeness::OnlyB as usize);
        self.scores.swap(0, 1);
        self.penalties.swap(0, 1);
        self.findings.swap(0, 1);
        self.words.swap(0, 1);
        self.wins.swap(0, 1);
        self
    }
}

/// The p-value of the mean scores, each passage weighing as many bytes as its longer side.
fn p_value(passages: &[PassageDiff]) -> Option<f64> {
    let both = || passages.iter().filter_map(|passage| Some((passage.audit_a.as_ref()?, passage.audit_b.as_ref()?)));
    if both().count() < FEWEST || both().all(|(a, b)| a.score == b.score) {
        return None;
    }
    let sample = |side: fn((&PassageAudit, &PassageAudit)) -> f64| -> Sample {
        both()
            .map(|(a, b)| {
                let weight = a.span.len().max(b.span.len()) as u64;
                Counts::from_values(&[(side((a, b)) * 1e6).round() as u64 * weight, weight])
            })
            .collect()
    };
    let systems = [vec![sample(|pair| pair.0.score)], vec![sample(|pair| pair.1.score)]];
    let measures = Measures::default();
    let outcomes =
        compare(&systems, &Plan::paired(Test::Randomization), |_, counts| measures.figure(Metric::Score, counts));
    outcomes.ok()?.get(1)?.first()?.p_value
}
