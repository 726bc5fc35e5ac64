//! `fauxami audit`.

use super::args::Format;
use super::files;
use super::plan::{Audit, Story};
use super::progress::Bar;
use super::run::{CLEAN, FOUND, TROUBLE};
use super::streams::{Failure, Streams, columns};
use crate::audit::{Auditor, Inputs};
use crate::batch::{Limits, isolated, ordered};
use crate::config::Severity;
use crate::error::Result;
use crate::report::{self, DocumentView};
use std::ops::ControlFlow;

/// One story, audited and rendered.
struct Done {
    rendered: String,
    warnings: Vec<String>,
    findings: usize,
    over: bool,
}

pub fn run(plan: Audit, streams: Streams) -> std::result::Result<u8, Failure> {
    let auditor = Auditor::new(&plan.config)?;
    let columns = columns();
    let (format, thresholds, total) = (plan.format, plan.limits, plan.stories.len());
    let work = |story: Story, (): &mut ()| -> Result<Done> {
        let name = files::name(&story.path);
        let text = files::story(&story.path)?;
        let reference = story.reference.as_deref().map(files::story).transpose()?;
        let source = story.source.as_deref().map(files::story).transpose()?;
        let inputs = Inputs {
            text: &text.text,
            reference: reference.as_ref().map(|reference| reference.text.as_str()),
            source: source.as_ref().map(|source| source.text.as_str()),
        };
        let audit = isolated(&name, || auditor.story(&inputs))?;
        let mut warnings: Vec<String> = [Some(&text), reference.as_ref(), source.as_ref()]
            .into_iter()
            .flatten()
            .flat_map(|s| s.warnings.clone())
            .collect();
        warnings.extend(audit.notes.iter().map(|note| format!("{name}: {note}")));
        let view = || DocumentView::new(&name, &audit, inputs.text, inputs.reference);
        let rendered = match format {
            Format::Terminal => report::story(&name, &audit, inputs.text, inputs.reference, columns),
            Format::Json => report::document(&view()),
            Format::Jsonl => report::passage_lines(view()),
        };
        let findings = || audit.passages.iter().flat_map(|passage| &passage.findings);
        let worst: Option<Severity> = findings().map(|finding| finding.severity).max();
        Ok(Done {
            rendered,
            warnings,
            findings: findings().count(),
            over: thresholds.exceeded(worst, Some(audit.score)),
        })
    };

    let mut out = if format == Format::Terminal { streams.styled() } else { streams.plain() };
    if format == Format::Json {
        out.write(report::DOCUMENTS_HEAD)?;
    }
    let mut bar = Bar::new("stories", None, total > 1 && format != Format::Terminal);
    let (mut failed, mut audited, mut findings, mut over) = (0, 0, 0, false);
    let sink = |result: Result<Done>| -> ControlFlow<Failure> {
        bar.tick();
        match result {
            Err(error) => {
                failed += 1;
                streams.error(&error);
            }
            Ok(done) => {
                done.warnings.iter().for_each(|warning| streams.warn(warning));
                let gap = match format {
                    Format::Terminal if audited > 0 => "\n",
                    Format::Json if audited > 0 => ",",
                    _ => "",
                };
                audited += 1;
                findings += done.findings;
                over |= done.over;
                if let Err(failure) = out.write(gap).and_then(|()| out.write(&done.rendered)) {
                    return ControlFlow::Break(failure);
                }
            }
        }
        ControlFlow::Continue(())
    };
    let limits = Limits { jobs: threads(plan.jobs, total), items: 16, ..Limits::default() };
    if let ControlFlow::Break(failure) = ordered(plan.stories.into_iter(), limits, |_| 1, work, sink)? {
        return Err(failure);
    }
    bar.clear();
    if format == Format::Json {
        out.write(report::DOCUMENTS_TAIL)?;
    }
    out.finish()?;
    if total > 1 {
        let unread = if failed > 0 { format!(", {failed} not read") } else { String::new() };
        streams.note(&format!("{total} files{unread}: {findings} findings"));
    }
    Ok(match (failed, over) {
        (1.., _) => TROUBLE,
        (_, true) => FOUND,
        _ => CLEAN,
    })
}

/// No more threads than stories: starting one takes longer than it would save.
fn threads(jobs: usize, stories: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    if jobs == 0 { cores.min(stories) } else { jobs.min(stories) }
}
