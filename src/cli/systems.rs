//! `fauxami score` for several systems, and for the tables of one.

use super::files;
use super::plan::{Corpus, Score};
use super::run::{CLEAN, FOUND, TROUBLE};
use super::score::stream;
use super::streams::{Failure, Streams};
use crate::audit::Auditor;
use crate::batch::{self, Summary};
use crate::report::{DifferenceView, Figures, Signing, SystemView, SystemsView, TestView};
use crate::score::Metric;
use crate::score::significance::{Outcome, Plan, Sample, compare};

/// What was counted of one system.
pub struct Counted {
    pub summary: Summary,
    /// For each metric asked for a row a segment; none where nothing is resampled.
    pub samples: Vec<Sample>,
}

/// The metrics that have figures, in the order asked for: without references there are none but the score.
pub fn figured(plan: &Score, counted: &[Counted]) -> Vec<Metric> {
    let has = |metric: &Metric| counted.iter().any(|own| own.summary.counts.counts(*metric).is_some());
    plan.metrics.iter().copied().filter(has).collect()
}

/// Intervals and differences of the systems, by system and metric of [`figured`]. Takes the samples.
///
/// # Errors
/// As [`compare`], and where no threads can be started.
pub fn outcomes(plan: &Score, resampling: &Plan, counted: &mut [Counted]) -> Result<Vec<Vec<Outcome>>, Failure> {
    let metrics = figured(plan, counted);
    let own = |system: &mut Counted| -> Vec<Sample> {
        let named = plan.metrics.iter().zip(std::mem::take(&mut system.samples));
        named.filter(|(metric, _)| metrics.contains(metric)).map(|(_, sample)| sample).collect()
    };
    let samples: Vec<Vec<Sample>> = counted.iter_mut().map(own).collect();
    let figure = |metric: usize, counts: &_| plan.measures.figure(metrics[metric], counts);
    Ok(batch::on_threads(plan.jobs, || compare(&samples, resampling, figure))??)
}

pub fn run(plan: &Score, streams: Streams) -> Result<u8, Failure> {
    let auditor = Auditor::new(&plan.config)?.with_measures(plan.measures.clone());
    let mut out = streams.output(plan.output.as_deref(), plan.format.styled)?;
    let mut names = Vec::new();
    let mut counted = Vec::new();
    match &plan.input {
        Corpus::Pairs(path) => {
            names.push(files::name(path));
            let (rows, progress) = files::pairs(path)?;
            counted.push(stream(plan, streams, &auditor, rows, progress, None)?);
        }
        Corpus::Parallel { mt, refs, src } => {
            for mt in mt {
                names.push(files::name(mt));
                let (rows, progress) = files::parallel(mt, refs, src.as_deref())?;
                counted.push(stream(plan, streams, &auditor, rows, progress, None)?);
            }
        }
    }
    let view = view(plan, &names, &mut counted)?;
    if let Some(systems) = plan.format.systems {
        out.write(&systems(&view, plan.decimals))?;
    }
    out.finish()?;
    let mut code = CLEAN;
    for (name, Counted { summary, .. }) in names.iter().zip(&counted) {
        if summary.failed > 0 {
            let rows = summary.failed + summary.pairs;
            streams.warn(&format!("{name}: {} of {rows} rows could not be read and count for nothing", summary.failed));
            code = TROUBLE;
        }
        let score = summary.counts.counts(Metric::Score).map(|counts| plan.measures.figure(Metric::Score, &counts));
        let score = score.filter(|_| plan.metrics.contains(&Metric::Score));
        if plan.limits.exceeded(summary.worst(), score) {
            code = code.max(FOUND);
        }
    }
    Ok(code)
}

fn view(plan: &Score, names: &[String], counted: &mut [Counted]) -> Result<SystemsView, Failure> {
    let outcomes = match &plan.resampling {
        Some(resampling) => outcomes(plan, resampling, counted)?,
        None => Vec::new(),
    };
    let metrics = figured(plan, counted);
    let mut systems = Vec::with_capacity(counted.len());
    for (index, (name, Counted { summary, .. })) in names.iter().zip(&*counted).enumerate() {
        let mut corpus = summary.counts.figures(&metrics, &plan.measures);
        // Without rules the penalty says nothing.
        corpus.retain(|(name, _)| Metric::parse(name).is_some() || plan.metrics.contains(&Metric::Score));
        let own = outcomes.get(index).map_or(&[][..], Vec::as_slice);
        let named = || metrics.iter().map(|metric| metric.name()).zip(own);
        systems.push(SystemView {
            system: name.clone(),
            failed: (summary.failed > 0).then_some(summary.failed),
            corpus: Figures(corpus.into()),
            intervals: Figures(named().filter_map(|(name, own)| Some((name, own.interval?))).collect()),
            differences: Figures(named().filter_map(|(name, own)| Some((name, DifferenceView::new(own)?))).collect()),
            findings: summary.findings.clone(),
        });
    }
    let signatures =
        counted.first().map_or_else(Vec::new, |first| first.summary.counts.signatures(&plan.metrics, &plan.measures));
    let signing = Signing { short: plan.short, plan: plan.resampling };
    let test = plan.resampling.as_ref().zip(names.first()).map(|(plan, baseline)| TestView::new(plan, baseline));
    let pairs = counted.iter().map(|counted| counted.summary.pairs + counted.summary.failed).max().unwrap_or(0);
    Ok(SystemsView { pairs, systems, signatures: signing.figures(signatures), test })
}
