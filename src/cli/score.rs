//! `fauxami score`.

use super::args::Format;
use super::files;
use super::plan::{Corpus, Score};
use super::progress::Bar;
use super::run::{CLEAN, FOUND, TROUBLE};
use super::streams::{Failure, Output, Streams};
use crate::audit::Auditor;
use crate::batch::{self, Limits, Summary};
use crate::report::{self, CorpusView};
use crate::score::Metric;
use std::io::IsTerminal;

/// Rows and notes that are told one by one; the rest is only counted.
const TOLD: usize = 5;

pub fn run(plan: Score, streams: Streams) -> Result<u8, Failure> {
    let auditor = Auditor::new(&plan.config)?;
    let (rows, progress) = match &plan.input {
        Corpus::Pairs(path) => files::pairs(path)?,
        Corpus::Parallel { mt, refs, src } => files::parallel(mt, refs, src.as_deref())?,
    };
    let mut out = streams.output(plan.output.as_deref(), plan.format == Format::Terminal)?;
    match stream(&plan, streams, &auditor, rows, progress, &mut out) {
        Ok(summary) => {
            let code = conclude(&plan, streams, &summary, &mut out)?;
            out.finish()?;
            Ok(code)
        }
        Err(failure) => {
            if let Some(partial) = out.partial() {
                streams.warn(&format!("what was scored so far is in {}", partial.display()));
            }
            Err(failure)
        }
    }
}

fn stream(
    plan: &Score,
    streams: Streams,
    auditor: &Auditor,
    rows: crate::read::PairReader,
    progress: files::Progress,
    out: &mut Output,
) -> Result<Summary, Failure> {
    let lines = plan.format == Format::Jsonl;
    let on_screen = lines && plan.output.is_none() && std::io::stdout().is_terminal();
    let mut bar = Bar::new("pairs", Some(progress), !on_screen);
    let (mut failed, mut notes) = (0, 0);
    let summary = batch::score(
        rows,
        auditor,
        &plan.metrics,
        Limits { jobs: plan.jobs, ..Limits::default() },
        |id, audit| if lines { report::row(id, audit) } else { String::new() },
        |scored| {
            match scored.audit {
                Ok(audit) => {
                    for note in &audit.notes {
                        notes += 1;
                        if notes <= TOLD {
                            streams.warn(&format!("pair {}: {note}", scored.id));
                        }
                    }
                }
                Err(error) => {
                    failed += 1;
                    if failed <= TOLD {
                        streams.error(error);
                    }
                }
            }
            bar.tick();
            out.write(scored.rendered)
        },
    );
    bar.clear();
    if notes > TOLD {
        streams.warn(&format!("and {} more of these", notes - TOLD));
    }
    summary
}

/// The figures of the corpus, and the exit status.
fn conclude(plan: &Score, streams: Streams, summary: &Summary, out: &mut Output) -> Result<u8, Failure> {
    let view = CorpusView::new(summary.pairs, summary.failed, &summary.counts, &summary.findings, &plan.metrics);
    match plan.format {
        Format::Json => out.write(&report::corpus_json(&view))?,
        Format::Terminal => out.write(&report::corpus(&view, summary.words, &summary.severities))?,
        Format::Jsonl => {
            let figures = view.corpus.0.iter().map(|(name, value)| format!("{name} {value:.2}"));
            let facts: Vec<String> = std::iter::once(format!("{} pairs", summary.pairs)).chain(figures).collect();
            streams.note(&facts.join(" · "));
        }
    }
    if summary.failed > 0 {
        streams.warn(&format!(
            "{} of {} rows could not be read; the first are named above",
            summary.failed,
            summary.failed + summary.pairs
        ));
        return Ok(TROUBLE);
    }
    if summary.pairs == 0 {
        streams.warn("no pairs");
    }
    let score = view.corpus.0.iter().find(|(name, _)| *name == Metric::Score.name()).map(|(_, value)| *value);
    Ok(if plan.limits.exceeded(summary.worst(), score) { FOUND } else { CLEAN })
}
