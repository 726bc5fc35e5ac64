//! What goes out, in the shape that the JSON has: offsets are Unicode code points, ends exclusive.

use super::offsets::Offsets;
use crate::audit::{CorpusCounts, PairAudit, PassageAudit, StoryAudit};
use crate::config::Severity;
use crate::detect::{Finding, Origin};
use crate::error::Error;
use crate::read::{Pair, RowId};
use crate::score::metrics::Signature;
use crate::score::significance::{Interval, Plan, Test};
use crate::score::{Band, Basis, Measures, Metric};
use crate::span::Span;
use crate::text::Language;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;

/// A stretch of a text: where, in code points, and the words themselves.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Slice<'a> {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The text between them.
    pub text: &'a str,
    /// The same place in bytes.
    #[serde(skip)]
    pub span: Span,
}

impl<'a> Slice<'a> {
    pub(super) fn new(offsets: &Offsets<'a>, span: Span) -> Self {
        let (start, end) = offsets.chars(span);
        Self { start, end, text: offsets.slice(span), span }
    }
}

/// One finding.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FindingView<'a> {
    /// Id of the rule.
    pub rule: &'static str,
    /// MQM dimension and subtype.
    pub category: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// How likely it is that an editor would agree, 0 to 1.
    #[serde(serialize_with = "two_decimals")]
    pub confidence: f32,
    /// First code point in the text audited.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The text between them.
    pub text: &'a str,
    /// Why.
    pub message: &'a str,
    /// What to write instead, best first.
    pub suggestions: &'a [String],
    /// The words of the reference that it was held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<Slice<'a>>,
    /// MQM penalty points.
    pub penalty: f64,
    /// The place in bytes.
    #[serde(skip)]
    pub span: Span,
}

impl<'a> FindingView<'a> {
    pub(super) fn new(finding: &'a Finding, text: &Offsets<'a>, reference: Option<&Offsets<'a>>) -> Self {
        let Slice { start, end, text, span } = Slice::new(text, finding.span);
        Self {
            rule: finding.rule,
            category: finding.category,
            severity: finding.severity,
            confidence: finding.confidence,
            start,
            end,
            text,
            message: &finding.message,
            suggestions: &finding.suggestions,
            reference: reference.zip(finding.reference).map(|(offsets, span)| Slice::new(offsets, span)),
            penalty: finding.penalty(),
            span,
        }
    }
}

impl FindingView<'_> {
    /// The flagged words for a reader: without the white space at their ends, unless that is what the repair takes away.
    #[must_use]
    pub fn words(&self) -> &str {
        let words = self.text.trim();
        if self.suggestions.first().is_some_and(|repair| repair == words) { self.text } else { words }
    }

    /// The best suggestion, in words for a reader.
    #[must_use]
    pub fn repair(&self) -> Option<String> {
        self.suggestions.first().map(|text| super::layout::repair(text, self.span.is_empty()))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn two_decimals<S: Serializer>(confidence: &f32, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*confidence) * 100.0).round() / 100.0)
}

/// Findings in the order of the text, then of their rules' ids.
#[must_use]
pub fn sorted(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| (finding.span.start, finding.rule, finding.span.end));
    sorted
}

fn views<'a>(findings: &'a [Finding], text: &Offsets<'a>, reference: Option<&Offsets<'a>>) -> Vec<FindingView<'a>> {
    sorted(findings).into_iter().map(|finding| FindingView::new(finding, text, reference)).collect()
}

/// One passage of a story.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PassageView<'a> {
    /// Path of the story; only where passages stand alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<&'a str>,
    /// 0-based place among the story's passages.
    pub index: usize,
    /// First code point in the story.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The passage itself.
    pub text: &'a str,
    /// The part of the reference that it is aligned with.
    pub reference: Option<Slice<'a>>,
    /// 0 to 100, higher is better.
    pub score: f64,
    /// What took how many points of 100 away, by name; the parts add up to 100 less the score.
    pub lost: Figures<'a, f64>,
    /// What the findings of each rule took away of that; they add up to its `penalty`.
    pub by_rule: Figures<'a, f64>,
    /// MQM penalty points, summed.
    pub penalty: f64,
    /// Metrics against the reference.
    pub metrics: Figures<'a, f64>,
    /// What was found, in the order of the text.
    pub findings: Vec<FindingView<'a>>,
    /// The place in bytes.
    #[serde(skip)]
    pub span: Span,
}

/// A language that a story may be translated from.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OriginView<'a> {
    /// Its ISO 639-1 code.
    pub language: &'a str,
    /// Its share of the evidence, 0 to 1.
    pub share: f64,
    /// The phrases that point to it.
    pub evidence: &'a [String],
}

impl<'a> OriginView<'a> {
    fn new(origin: &'a Origin) -> Self {
        let share = (origin.share * 100.0).round() / 100.0;
        Self { language: &origin.language, share, evidence: &origin.evidence }
    }
}

/// One story.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DocumentView<'a> {
    /// Its path as the user gave it.
    pub path: &'a str,
    /// ISO 639-1 code of its language; none where the text does not say.
    pub language: Option<&'static str>,
    /// 0 to 100, higher is better.
    pub score: f64,
    /// What the score is made from.
    pub basis: Basis,
    /// What the score means.
    pub band: Band,
    /// Where the score of such a story lies, 95 %, by resampling its passages.
    pub interval: Option<Interval>,
    /// What took how many points of 100 away, by name; the parts add up to 100 less the score.
    pub lost: Figures<'a, f64>,
    /// What the findings of each rule took away of that; they add up to its `penalty`.
    pub by_rule: Figures<'a, f64>,
    /// MQM penalty points, summed.
    pub penalty: f64,
    /// Words in the story.
    pub words: usize,
    /// The languages that its phrases say it is translated from.
    pub origin: Vec<OriginView<'a>>,
    /// Its passages, in order.
    pub passages: Vec<PassageView<'a>>,
    /// Lines and columns of its text.
    #[serde(skip)]
    pub offsets: Offsets<'a>,
}

impl<'a> DocumentView<'a> {
    /// All findings, in the order of the text.
    pub fn findings(&self) -> impl Iterator<Item = &FindingView<'a>> {
        self.passages.iter().flat_map(|passage| &passage.findings)
    }

    /// The view of one audited story.
    #[must_use]
    pub fn new(path: &'a str, audit: &'a StoryAudit, text: &'a str, reference: Option<&'a str>) -> Self {
        let (text, reference) = (Offsets::new(text), reference.map(Offsets::new));
        let passages = audit.passages.iter().map(|passage| passage_view(passage, &text, reference.as_ref())).collect();
        let language = match audit.language {
            Language::Known { code, .. } => Some(code),
            Language::Unsure { .. } => None,
        };
        Self {
            path,
            language,
            score: plain(audit.score),
            basis: audit.basis,
            band: audit.band(),
            interval: audit.interval,
            lost: Figures::metrics(&audit.lost),
            by_rule: Figures::metrics(&audit.by_rule),
            penalty: plain(audit.penalty),
            words: audit.words,
            origin: audit.origin.iter().map(OriginView::new).collect(),
            passages,
            offsets: text,
        }
    }
}

fn passage_view<'a>(passage: &'a PassageAudit, text: &Offsets<'a>, reference: Option<&Offsets<'a>>) -> PassageView<'a> {
    let Slice { start, end, text: words, span } = Slice::new(text, passage.span);
    PassageView {
        path: None,
        index: passage.index,
        start,
        end,
        text: words,
        reference: reference.zip(passage.reference).map(|(offsets, span)| Slice::new(offsets, span)),
        score: plain(passage.score),
        lost: Figures::metrics(&passage.lost),
        by_rule: Figures::metrics(&passage.by_rule),
        penalty: plain(passage.penalty),
        metrics: Figures::metrics(&passage.metrics),
        findings: views(&passage.findings, text, reference),
        span,
    }
}

/// A sum over nothing is -0.0, which JSON would show.
fn plain(figure: f64) -> f64 {
    figure + 0.0
}

/// One pair of a corpus.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PairView<'a> {
    /// The pair's name.
    pub id: &'a RowId,
    /// 0 to 100, higher is better.
    pub score: f64,
    /// MQM penalty points, summed.
    pub penalty: f64,
    /// What took how many points of 100 away, by name; only where it was asked for.
    #[serde(skip_serializing_if = "Figures::is_empty")]
    pub lost: Figures<'a, f64>,
    /// What the findings of each rule took away of that; only where it was asked for.
    #[serde(skip_serializing_if = "Figures::is_empty")]
    pub by_rule: Figures<'a, f64>,
    /// Metrics against the references.
    pub metrics: Figures<'a, f64>,
    /// What was found, in the order of the text.
    pub findings: Vec<FindingView<'a>>,
}

impl<'a> PairView<'a> {
    /// The view of one audited pair. The findings' words of the reference are those of the one that the audit took.
    #[must_use]
    pub fn new(id: &'a RowId, pair: &'a Pair, audit: &'a PairAudit) -> Self {
        let findings = if audit.findings.is_empty() {
            Vec::new()
        } else {
            let reference = audit.reference.and_then(|k| pair.refs.get(k)).map(|text| Offsets::new(text));
            views(&audit.findings, &Offsets::new(&pair.mt), reference.as_ref())
        };
        let metrics = Figures::metrics(&audit.metrics);
        let (lost, by_rule) = (Figures::metrics(&audit.lost), Figures::metrics(&audit.by_rule));
        Self { id, score: plain(audit.score), penalty: plain(audit.penalty), lost, by_rule, metrics, findings }
    }
}

/// A row that could not be scored.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FailedView<'a> {
    /// The row's name, or its 0-based index.
    pub id: &'a RowId,
    /// Why, with file and line.
    pub error: String,
}

impl<'a> FailedView<'a> {
    /// The view of one row that failed.
    #[must_use]
    pub fn new(id: &'a RowId, error: &Error) -> Self {
        Self { id, error: error.to_string() }
    }
}

/// The figures of a corpus.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CorpusView {
    /// Pairs that were scored.
    pub pairs: usize,
    /// Rows that could not be read; only where there are some.
    #[serde(skip_serializing_if = "is_zero")]
    pub failed: usize,
    /// Figures of the whole corpus, by metric.
    pub corpus: Figures<'static, f64>,
    /// 95 % intervals of the figures; only where they were asked for.
    #[serde(skip_serializing_if = "Figures::is_empty")]
    pub intervals: Figures<'static, Interval>,
    /// What took how many points of 100 away from the score, by name; only where it was asked for.
    #[serde(skip_serializing_if = "Figures::is_empty")]
    pub lost: Figures<'static, f64>,
    /// What the findings of each rule took away of that; only where it was asked for.
    #[serde(skip_serializing_if = "Figures::is_empty")]
    pub by_rule: Figures<'static, f64>,
    /// How each metric was counted.
    pub signatures: Figures<'static, String>,
    /// Findings by rule.
    pub findings: BTreeMap<&'static str, usize>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl CorpusView {
    /// The view of a corpus from its sums.
    #[must_use]
    pub fn new(
        pairs: usize,
        failed: usize,
        counts: &CorpusCounts,
        findings: &BTreeMap<&'static str, usize>,
        metrics: &[Metric],
        measures: &Measures,
    ) -> Self {
        let corpus = Figures(counts.figures(metrics, measures).into());
        let signatures = Signing::default().figures(counts.signatures(metrics, measures));
        let none = || Figures(Vec::new().into());
        let (lost, by_rule, intervals) = (none(), none(), Figures(Vec::new().into()));
        Self { pairs, failed, corpus, intervals, lost, by_rule, signatures, findings: findings.clone() }
    }
}

/// How signatures are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signing {
    /// With sacreBLEU's short keys.
    pub short: bool,
    /// How intervals and p-values were estimated, if they were.
    pub plan: Option<Plan>,
}

impl Signing {
    /// The signatures as text.
    #[must_use]
    pub fn figures(self, signatures: Vec<(&'static str, Signature)>) -> Figures<'static, String> {
        let write = |(name, mut signature): (&'static str, Signature)| {
            if let Some(Plan { test, resamples, trials, seed }) = self.plan {
                if resamples > 0 {
                    signature = signature.bootstrap(resamples, seed);
                }
                if test == Some(Test::Randomization) {
                    signature = signature.randomization(trials, seed);
                }
            }
            (name, if self.short { signature.short() } else { signature.to_string() })
        };
        Figures(signatures.into_iter().map(write).collect())
    }
}

/// Names and values, written as a JSON object in their own order. Floats are written in full, never rounded.
#[derive(Clone, Debug)]
pub struct Figures<'a, T: Clone>(pub std::borrow::Cow<'a, [(&'static str, T)]>);

impl<'a> Figures<'a, f64> {
    /// The metrics proper: `score` has a place of its own.
    fn metrics(all: &'a [(&'static str, f64)]) -> Self {
        if all.iter().any(|(name, _)| *name == Metric::Score.name()) {
            return Self(all.iter().filter(|(name, _)| *name != Metric::Score.name()).copied().collect());
        }
        Self(all.into())
    }
}

impl<T: Clone> Figures<'_, T> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is named so.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

#[cfg(test)]
impl<T: Clone + schemars::JsonSchema> schemars::JsonSchema for Figures<'_, T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        BTreeMap::<String, T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        BTreeMap::<String, T>::json_schema(generator)
    }
}

impl<T: Clone + Serialize> Serialize for Figures<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &*self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
