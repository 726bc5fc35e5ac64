//! Two translations of one text, side by side: which passages answer one another, what they differ in, and which reads
//! better.
//!
//! Passages come from the alignment of sentences (`rows`). In each, the facts that the two sides tell differently are
//! named first (`facts`); what then is left of a difference of words is style or form (`wording`). Both sides are audited over the same
//! passages, and `verdict` weighs their scores.

mod facts;
mod kind;
mod names;
mod numbers;
mod pair;
mod rows;
mod verbs;
mod verdict;
mod wording;

pub use kind::{Class, Difference, Kind, Side};
pub use verdict::{Summary, Verdict};

use crate::align::passages::same_language;
use crate::audit::{Auditor, Inputs, PassageAudit, StoryAudit};
use crate::error::{Error, Result};
use crate::read::paragraphs;
use crate::span::Span;
use crate::text::Language;
use rows::Place;

/// Two translations compared.
#[derive(Clone, Debug)]
pub struct Diff {
    /// Their language, as far as both are told to be in one.
    pub language: Language,
    /// The passages, in the order of A; what only B has stands where B has it.
    pub passages: Vec<PassageDiff>,
    /// Figures over all passages.
    pub summary: Summary,
    /// What the reader should know of how it was made, a sentence each.
    pub notes: Vec<String>,
}

/// A passage of either side and what answers it.
#[derive(Clone, Debug)]
pub struct PassageDiff {
    /// Where it stands in A, in bytes.
    pub a: Option<Span>,
    /// Where it stands in B, in bytes.
    pub b: Option<Span>,
    /// What the two sides are to one another.
    pub likeness: Likeness,
    /// Whether it stands elsewhere in B, out of order.
    pub moved: bool,
    /// What they differ in: facts first, then by place in A.
    pub differences: Vec<Difference>,
    /// What the audit says of A's side; none where A has nothing.
    pub audit_a: Option<PassageAudit>,
    /// The same of B's side.
    pub audit_b: Option<PassageAudit>,
    /// Which side reads better, if any does, and why.
    pub verdict: Verdict,
}

/// What the two sides of a passage are to one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Word for word, but for white space and the style of quotation marks.
    Same,
    /// Worded or written otherwise, with the same facts as far as can be told.
    Reworded,
    /// Some fact differs.
    Differs,
    /// Nothing in B answers it.
    OnlyA,
    /// Nothing in A answers it.
    OnlyB,
}

impl Likeness {
    /// Its name in reports: `same`, `reworded`, `differs`, `only-a` or `only-b`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Reworded => "reworded",
            Self::Differs => "differs",
            Self::OnlyA => "only-a",
            Self::OnlyB => "only-b",
        }
    }

    const fn mirrored(self) -> Self {
        match self {
            Self::OnlyA => Self::OnlyB,
            Self::OnlyB => Self::OnlyA,
            other => other,
        }
    }
}

/// What two translations are held against.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// A reference translation in the same language.
    pub reference: Option<&'a str>,
    /// The source text.
    pub source: Option<&'a str>,
}

/// Compares two translations of one text. The answer is the same, mirrored, when the sides are exchanged.
///
/// ```
/// use fauxami::{Auditor, Config, diff::{Beside, Kind, Likeness, compare}};
/// let auditor = Auditor::new(&Config::default())?;
/// let a = "The ministry said 14 people were hurt in the fire.";
/// let b = "The ministry said 40 people were hurt in the fire.";
/// let diff = compare(&auditor, a, b, Beside::default())?;
/// assert_eq!(diff.passages[0].likeness, Likeness::Differs);
/// let found = &diff.passages[0].differences[0];
/// assert_eq!((found.kind, &a[found.a.range()], &b[found.b.range()]), (Kind::Number, "14", "40"));
/// # Ok::<(), fauxami::Error>(())
/// ```
///
/// # Errors
/// If the two are in different languages, as far as that is certain.
pub fn compare(auditor: &Auditor, a: &str, b: &str, beside: Beside<'_>) -> Result<Diff> {
    let (first, second) = (Language::of(a), Language::of(b));
    if let (Some(x), Some(y)) = (first.code(), second.code())
        && x != y
    {
        return Err(Error::input(format!("the first text is in {x}, the second in {y}"))
            .expected("two translations into one language")
            .remedy("give the source with --source, or align the two with `fauxami align`"));
    }
    // One order, whatever the user's, so that exchanging the sides exchanges the answer and changes nothing else.
    if a <= b { Ok(ordered(auditor, a, b, beside)) } else { Ok(ordered(auditor, b, a, beside).mirrored()) }
}

fn ordered(auditor: &Auditor, a: &str, b: &str, beside: Beside<'_>) -> Diff {
    let mut notes = Vec::new();
    let language = Language::of(if a.len() >= b.len() { a } else { b });
    let english = language.may_be("en") || language.code().is_none();
    if !english {
        notes.push(format!(
            "both are in {}; of facts only numbers are compared, since the rest is known of English alone",
            language.label()
        ));
    }
    let same = same_language(a, b);
    let places = if a == b { rows::identical(&paragraphs(a)) } else { rows::rows(a, b, same, english) };
    let (spans_a, spans_b) = (rows::sides(&places, |place| place.a), rows::sides(&places, |place| place.b));
    let pairs: Vec<(usize, usize)> =
        places.iter().filter_map(|place| Some((index(&spans_a, place.a?)?, index(&spans_b, place.b?)?))).collect();
    let inputs = [a, b].map(|text| Inputs { text, reference: beside.reference, source: beside.source });
    let [audit_a, audit_b] = auditor.twins(inputs, [&spans_a, &spans_b], &pairs);
    for note in audit_a.notes.iter().chain(&audit_b.notes) {
        // What both sides are said to be is said once, and of both.
        if !notes.contains(note) && english {
            notes.push(note.clone());
        }
    }
    let found = facts::differences(auditor, [a, b], &places, english, beside.reference.zip(Some(&audit_a)));
    let passages: Vec<PassageDiff> = places
        .iter()
        .zip(found)
        .map(|(place, differences)| {
            let audit = |audit: &StoryAudit, spans: &[Span], span: Option<Span>| {
                Some(audit.passages[index(spans, span?)?].clone())
            };
            let (x, y) = (audit(&audit_a, &spans_a, place.a), audit(&audit_b, &spans_b, place.b));
            let verdict = verdict::of(x.as_ref(), y.as_ref(), beside.reference.is_some());
            PassageDiff {
                a: place.a,
                b: place.b,
                likeness: likeness(place, [a, b], &differences),
                moved: place.moved,
                differences,
                audit_a: x,
                audit_b: y,
                verdict,
            }
        })
        .collect();
    let summary = Summary::new(&passages, [&audit_a, &audit_b]);
    Diff { language, passages, summary, notes }
}

/// The place of a span among the passages of its side.
fn index(spans: &[Span], span: Span) -> Option<usize> {
    spans.binary_search_by_key(&span.start, |other| other.start).ok()
}

fn likeness(place: &Place, [a, b]: [&str; 2], differences: &[Difference]) -> Likeness {
    match (place.a, place.b) {
        (Some(x), Some(y)) => {
            if differences.iter().any(|difference| difference.class() == Class::Fact) {
                Likeness::Differs
            } else if differences.is_empty() && wording::is_same(&a[x.range()], &b[y.range()]) {
                Likeness::Same
            } else {
                Likeness::Reworded
            }
        }
        (Some(_), None) => Likeness::OnlyA,
        _ => Likeness::OnlyB,
    }
}

impl Diff {
    /// The same with the sides exchanged.
    fn mirrored(self) -> Self {
        let mut passages: Vec<PassageDiff> = self
            .passages
            .into_iter()
            .map(|passage| PassageDiff {
                a: passage.b,
                b: passage.a,
                likeness: passage.likeness.mirrored(),
                moved: passage.moved,
                differences: passage.differences.into_iter().map(Difference::mirrored).collect(),
                audit_a: passage.audit_b,
                audit_b: passage.audit_a,
                verdict: passage.verdict.mirrored(),
            })
            .collect();
        rows::reorder(&mut passages);
        for passage in &mut passages {
            kind::sort(&mut passage.differences);
        }
        Self { passages, summary: self.summary.mirrored(), ..self }
    }

    /// The differences of all passages.
    pub fn differences(&self) -> impl Iterator<Item = &Difference> {
        self.passages.iter().flat_map(|passage| &passage.differences)
    }
}
