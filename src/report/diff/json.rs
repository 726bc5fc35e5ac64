//! Comparisons as JSON, and a line a passage.

use super::{DiffLayout, Likeness, Side, ToldDiff};
use crate::audit::PassageAudit;
use crate::diff::{Class, Difference, PassageDiff};
use crate::report::json::line;
use crate::report::model::{FindingView, Slice, sorted};
use crate::report::offsets::Offsets;
use crate::span::Span;
use serde::Serialize;

/// One comparison.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DiffView<'a> {
    /// Path of the first translation.
    a: &'a str,
    /// Path of the second.
    b: &'a str,
    /// Figures over all passages.
    summary: SummaryView,
    /// The passages that `--only` shows.
    passages: Vec<RowView<'a>>,
    /// What could not be done, and why.
    notes: &'a [String],
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SummaryView {
    /// All passages; the next five sum up to it.
    passages: usize,
    same: usize,
    reworded: usize,
    differs: usize,
    #[serde(rename = "only-a")]
    only_a: usize,
    #[serde(rename = "only-b")]
    only_b: usize,
    /// Passages that stand elsewhere.
    moved: usize,
    /// Differences of facts.
    facts: usize,
    /// Differences of wording.
    style: usize,
    /// Differences of marks, capitals and spellings.
    form: usize,
    /// Score of A and of B, 0 to 100.
    scores: [f64; 2],
    /// MQM penalty points of A and of B.
    penalties: [f64; 2],
    /// Words of A and of B.
    words: [usize; 2],
    /// Passages in which A reads better, and B.
    wins: [usize; 2],
    /// How likely such a difference of scores is by chance; none where too few passages can tell.
    p: Option<f64>,
    /// The side that is better on the whole, where that is proved.
    better: Option<&'static str>,
}

/// A passage.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RowView<'a> {
    /// 0-based.
    index: usize,
    /// `same`, `reworded`, `differs`, `only-a` or `only-b`.
    kind: &'static str,
    /// Whether it stands elsewhere in the other text.
    moved: bool,
    a: Option<SideView<'a>>,
    b: Option<SideView<'a>>,
    /// The side that reads better, if one does.
    better: Option<&'static str>,
    /// Why.
    why: &'a str,
    differences: Vec<DifferenceView<'a>>,
}

/// A line of JSON Lines: a passage, and which texts it is of.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LineView<'a> {
    /// Paths of A and B.
    files: [&'a str; 2],
    #[serde(flatten)]
    row: RowView<'a>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SideView<'a> {
    #[serde(flatten)]
    place: Slice<'a>,
    /// 0 to 100.
    score: Option<f64>,
    findings: Vec<FindingView<'a>>,
}

#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct DifferenceView<'a> {
    /// Its name, as `number` or `reworded`.
    kind: &'static str,
    /// `fact`, `style` or `form`.
    class: &'static str,
    a: Slice<'a>,
    b: Slice<'a>,
    /// What the difference is.
    message: &'a str,
    /// The side that the reference goes with.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'static str>,
}

/// A comparison as one JSON object, several as a list of them; places in code points of each file.
#[must_use]
pub fn json(told: &[ToldDiff<'_>]) -> String {
    let views: Vec<DiffView<'_>> = told.iter().map(view).collect();
    match &views[..] {
        [one] => line(one) + "\n",
        all => line(&all) + "\n",
    }
}

/// A line of JSON a passage.
#[must_use]
pub fn lines(told: &[ToldDiff<'_>]) -> String {
    let lines = |told: &ToldDiff<'_>| -> String {
        let files = [told.sides.a.0, told.sides.b.0];
        rows(told).into_iter().map(|row| line(&LineView { files, row }) + "\n").collect()
    };
    told.iter().map(lines).collect()
}

fn view<'a>(told: &ToldDiff<'a>) -> DiffView<'a> {
    let summary = &told.diff.summary;
    DiffView {
        a: told.sides.a.0,
        b: told.sides.b.0,
        summary: SummaryView {
            passages: told.diff.passages.len(),
            same: summary.of(Likeness::Same),
            reworded: summary.of(Likeness::Reworded),
            differs: summary.of(Likeness::Differs),
            only_a: summary.of(Likeness::OnlyA),
            only_b: summary.of(Likeness::OnlyB),
            moved: summary.moved,
            facts: summary.count(Class::Fact),
            style: summary.count(Class::Style),
            form: summary.count(Class::Form),
            scores: summary.scores,
            // A sum of nothing is -0.
            penalties: summary.penalties.map(|points| points + 0.0),
            words: summary.words,
            wins: summary.wins,
            p: summary.p_value,
            better: summary.better().map(Side::name),
        },
        passages: rows(told),
        notes: &told.diff.notes,
    }
}

fn rows<'a>(told: &ToldDiff<'a>) -> Vec<RowView<'a>> {
    let ToldDiff { diff, sides, reference, layout: DiffLayout { only, .. } } = *told;
    let (x, y) = (Offsets::new(sides.a.1), Offsets::new(sides.b.1));
    let theirs = reference.map(Offsets::new);
    let difference = |d: &'a Difference| DifferenceView {
        kind: d.kind.name(),
        class: d.class().name(),
        a: Slice::new(&x, d.a),
        b: Slice::new(&y, d.b),
        message: &d.message,
        reference: d.reference.map(Side::name),
    };
    let row = |(index, passage): (usize, &'a PassageDiff)| RowView {
        index,
        kind: passage.likeness.name(),
        moved: passage.moved,
        a: passage.a.map(|span| side_view(&x, span, passage.audit_a.as_ref(), theirs.as_ref())),
        b: passage.b.map(|span| side_view(&y, span, passage.audit_b.as_ref(), theirs.as_ref())),
        better: passage.verdict.better.map(Side::name),
        why: &passage.verdict.why,
        differences: passage.differences.iter().filter(|d| only.takes(d)).map(difference).collect(),
    };
    diff.passages.iter().enumerate().filter(|(_, passage)| only.takes_passage(passage)).map(row).collect()
}

fn side_view<'a>(
    offsets: &Offsets<'a>,
    span: Span,
    audit: Option<&'a PassageAudit>,
    reference: Option<&Offsets<'a>>,
) -> SideView<'a> {
    let findings = audit.map(|audit| sorted(&audit.findings)).unwrap_or_default();
    SideView {
        place: Slice::new(offsets, span),
        score: audit.map(|audit| audit.score),
        findings: findings.into_iter().map(|finding| FindingView::new(finding, offsets, reference)).collect(),
    }
}
