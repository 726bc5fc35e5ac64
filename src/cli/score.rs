//! `fauxami score`.

use super::files;
use super::plan::{self, Score};
use super::progress::Bar;
use super::run::{CLEAN, FOUND, TROUBLE};
use super::streams::{Failure, Output, Streams};
use super::systems::{self, Counted, figured, outcomes};
use crate::audit::Auditor;
use crate::batch::{self, Limits};
use crate::report::{Corpus, CorpusView, Figures, Gallery, Rows, Signing, ToldCorpus, Written};
use crate::score::Metric;
use crate::score::metrics::Counts;
use crate::score::significance::Sample;
use std::io::IsTerminal;

/// Rows and notes that are told one by one; the rest is only counted.
const TOLD: usize = 5;
/// Rows that a report of the whole corpus shows, the worst.
const WORST: usize = 100;

pub fn run(plan: Score, streams: Streams) -> Result<u8, Failure> {
    let (mt, refs, src) = match &plan.input {
        plan::Corpus::Parallel { mt, refs, src } => (mt.as_slice(), refs.as_slice(), src.as_deref()),
        plan::Corpus::Pairs(_) => (&[][..], &[][..], None),
    };
    let Some(shape) = plan.format.corpus.filter(|_| mt.len() < 2) else { return systems::run(&plan, streams) };
    let auditor = Auditor::new(&plan.config)?.with_measures(plan.measures.clone()).explaining(plan.explain);
    let (rows, progress) = match (&plan.input, mt) {
        (plan::Corpus::Pairs(path), _) => files::pairs(path)?,
        (_, [mt, ..]) => files::parallel(mt, refs, src)?,
        (_, []) => return Ok(CLEAN),
    };
    let mut out = streams.output(plan.output.as_deref(), plan.format.styled)?;
    if let Rows::Written(written) = shape.rows {
        out.write(written.head)?;
    }
    let mut gallery = Gallery::new(WORST);
    match stream(&plan, streams, &auditor, rows, progress, Some((&mut out, &mut gallery, shape.rows))) {
        Ok(counted) => {
            if let Rows::Written(written) = shape.rows {
                out.write(written.tail)?;
            }
            let code = conclude(&plan, streams, counted, &mut out, (shape, &gallery))?;
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

/// Scores the rows of one system. The rows go where `out` says, if it is there.
///
/// # Errors
/// What ends the stream of rows, or writing.
pub fn stream(
    plan: &Score,
    streams: Streams,
    auditor: &Auditor,
    rows: crate::read::PairReader,
    progress: files::Progress,
    mut out: Option<(&mut Output, &mut Gallery, Rows)>,
) -> Result<Counted, Failure> {
    let row = match out.as_ref().map(|out| out.2) {
        None | Some(Rows::Summed) => None,
        Some(Rows::Written(Written { row, .. }) | Rows::Kept(row)) => Some(row),
    };
    let on_screen =
        matches!(out, Some((.., Rows::Written(..)))) && plan.output.is_none() && std::io::stdout().is_terminal();
    let mut bar = Bar::new("pairs", Some(progress), !on_screen);
    let (mut failed, mut notes, mut begun) = (0, 0, false);
    let kept = if plan.resampling.is_some() { plan.metrics.as_slice() } else { &[] };
    let mut samples = vec![Sample::default(); kept.len()];
    let summary = batch::score(
        rows,
        auditor,
        &plan.metrics,
        Limits { jobs: plan.jobs, ..Limits::default() },
        |id, audit| row.map_or_else(String::new, |row| row(id, audit)),
        |scored| {
            match scored.audit {
                Ok(audit) => {
                    for note in &audit.notes {
                        notes += 1;
                        if notes <= TOLD {
                            streams.warn(&format!("pair {}: {note}", scored.id));
                        }
                    }
                    for (sample, metric) in samples.iter_mut().zip(kept) {
                        sample.push(&audit.counts.counts(*metric).unwrap_or_default());
                    }
                }
                Err(error) => {
                    failed += 1;
                    if failed <= TOLD {
                        streams.error(error);
                    }
                    // It counts for nothing, but keeps the segments of several systems side by side.
                    samples.iter_mut().for_each(|sample| sample.push(&Counts::default()));
                }
            }
            bar.tick();
            match (&mut out, scored.audit) {
                (Some((_, gallery, Rows::Kept(_))), Ok(audit)) => gallery.add(audit.score, scored.rendered),
                (Some((out, _, Rows::Written(written))), _) if !scored.rendered.is_empty() => {
                    if begun {
                        out.write(written.gap)?;
                    }
                    begun = true;
                    out.write(scored.rendered)?;
                }
                _ => {}
            }
            Ok::<(), Failure>(())
        },
    );
    bar.clear();
    if notes > TOLD {
        streams.warn(&format!("and {} more of these", notes - TOLD));
    }
    Ok(Counted { summary: summary?, samples })
}

/// The figures of the corpus, and the exit status.
fn conclude(
    plan: &Score,
    streams: Streams,
    mut counted: Counted,
    out: &mut Output,
    (shape, gallery): (Corpus, &Gallery),
) -> Result<u8, Failure> {
    let summary = &counted.summary;
    let (counts, metrics) = (&summary.counts, &plan.metrics);
    let mut view = CorpusView::new(summary.pairs, summary.failed, counts, &summary.findings, metrics, &plan.measures);
    (view.lost, view.by_rule) = (Figures(summary.lost.parts().into()), Figures(summary.by_rule.parts().into()));
    let signing = Signing { short: plan.short, plan: plan.resampling };
    view.signatures = signing.figures(counts.signatures(metrics, &plan.measures));
    if let Some(resampling) = &plan.resampling {
        let own = outcomes(plan, resampling, std::slice::from_mut(&mut counted))?.into_iter().flatten();
        let named = figured(plan, std::slice::from_ref(&counted)).into_iter().zip(own);
        view.intervals = Figures(named.filter_map(|(metric, own)| Some((metric.name(), own.interval?))).collect());
    }
    let summary = &counted.summary;
    match shape.figures {
        Some(figures) => out.write(&figures(&ToldCorpus {
            name: &plan.input.name(),
            view: &view,
            words: summary.words,
            severities: &summary.severities,
            decimals: plan.decimals,
            gallery,
        }))?,
        None => {
            let decimals = plan.decimals;
            let figure = |(name, value): &(&str, f64)| match view.intervals.get(name) {
                Some(interval) => format!("{name} {value:.decimals$} ± {:.decimals$}", interval.margin()),
                None => format!("{name} {value:.decimals$}"),
            };
            let figures = view.corpus.0.iter().map(figure);
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
    let score = view.corpus.get(Metric::Score.name()).copied();
    Ok(if plan.limits.exceeded(summary.worst(), score) { FOUND } else { CLEAN })
}
