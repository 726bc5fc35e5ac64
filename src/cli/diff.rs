//! `fauxami diff`.

use super::files;
use super::plan::Diff;
use super::run::{CLEAN, FOUND};
use super::streams::{Failure, Streams, columns};
use crate::audit::Auditor;
use crate::batch::isolated;
use crate::diff::{Beside, compare};
use crate::error::Result;
use crate::report::{DiffLayout, Sides, ToldDiff};

/// Fewer columns do not hold two texts.
const NARROW: usize = 70;

pub fn run(plan: &Diff, streams: Streams) -> std::result::Result<u8, Failure> {
    let auditor = Auditor::new(&plan.config)?;
    let texts = plan.files.iter().map(|path| files::story(path)).collect::<Result<Vec<_>>>()?;
    let reference = plan.reference.as_deref().map(files::story).transpose()?;
    let source = plan.source.as_deref().map(files::story).transpose()?;
    for text in texts.iter().chain(&reference).chain(&source) {
        text.warnings.iter().for_each(|warning| streams.warn(warning));
        if text.text.trim().is_empty() {
            streams.warn(&format!("{}: no text", text.path));
        }
    }
    let beside = Beside {
        reference: reference.as_ref().map(|text| text.text.as_str()),
        source: source.as_ref().map(|text| text.text.as_str()),
    };
    let mut pairs = Vec::new();
    for (at, a) in texts.iter().enumerate() {
        for b in &texts[at + 1..] {
            let names = format!("{} and {}", a.path, b.path);
            let diff = isolated(&names, || compare(&auditor, &a.text, &b.text, beside))?
                .map_err(|error| error.file(&names))?;
            diff.notes.iter().for_each(|note| streams.warn(&format!("{names}: {note}")));
            pairs.push((Sides { a: (&a.path, &a.text), b: (&b.path, &b.text) }, diff));
        }
    }
    let columns = columns();
    let layout = DiffLayout { columns, unified: plan.unified || columns < NARROW, only: plan.only };
    let reference = beside.reference;
    let told: Vec<ToldDiff<'_>> =
        pairs.iter().map(|(sides, diff)| ToldDiff { diff, sides: *sides, reference, layout }).collect();
    let mut out = if plan.styled { streams.styled() } else { streams.plain() };
    out.write(&(plan.diffs_as)(&told))?;
    out.finish()?;
    let over = pairs.iter().any(|(_, diff)| {
        let audits = diff.passages.iter().flat_map(|row| row.audit_a.iter().chain(&row.audit_b));
        let worst = audits.flat_map(|audit| &audit.findings).map(|finding| finding.severity).max();
        plan.limits.exceeded(worst, Some(diff.summary.scores[0].min(diff.summary.scores[1])))
    });
    Ok(if over { FOUND } else { CLEAN })
}
