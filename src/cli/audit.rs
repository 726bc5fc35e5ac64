//! `fauxami audit`.

use super::files;
use super::known::{self, Known};
use super::plan::{Audit, Story};
use super::progress::Bar;
use super::run::{CLEAN, FOUND, TROUBLE};
use super::streams::{Failure, Output, Streams, columns};
use crate::audit::{Auditor, Inputs};
use crate::baseline;
use crate::batch::{Limits, isolated, ordered};
use crate::error::Result;
use crate::report::{Line, Overview, Stories, ToldStory};
use std::ops::ControlFlow;

/// One story, audited and rendered.
struct Done {
    rendered: String,
    line: Line,
    warnings: Vec<String>,
    known: known::Met,
    over: bool,
}

pub fn run(plan: Audit, streams: Streams) -> std::result::Result<u8, Failure> {
    let auditor = Auditor::new(&plan.config)?;
    let known = plan.baseline.as_ref().map(|(path, update)| Known::read(path, *update)).transpose()?;
    let columns = columns();
    let (shape, limits, total) = (plan.stories_as, plan.limits, plan.stories.len());
    let work = |(index, story): (usize, Story), (): &mut ()| -> Result<Done> {
        let name = files::name(&story.path);
        let text = files::story(&story.path)?;
        let reference = story.reference.as_deref().map(files::story).transpose()?;
        let source = story.source.as_deref().map(files::story).transpose()?;
        let mut allowed = known::beside(&story.path)?;
        let inputs = Inputs {
            text: &text.text,
            reference: reference.as_ref().map(|reference| reference.text.as_str()),
            source: source.as_ref().map(|source| source.text.as_str()),
        };
        let mut audit = isolated(&name, || auditor.story(&inputs))?;
        let mut warnings: Vec<String> = [Some(&text), reference.as_ref(), source.as_ref()]
            .into_iter()
            .flatten()
            .flat_map(|s| s.warnings.clone())
            .collect();
        warnings.extend(audit.notes.iter().map(|note| format!("{name}: {note}")));
        let mut met = known::Met::new(known.as_ref(), &story.path);
        if known.is_some() || allowed.is_some() {
            baseline::retain(&mut audit, inputs.text, |finding, print| {
                let words = inputs.text.get(finding.span.range()).unwrap_or_default();
                if allowed.as_mut().is_some_and(|allowed| allowed.allow(finding, words)) {
                    met.allowed += 1;
                    return false;
                }
                !known.as_ref().is_some_and(|known| met.knows(known, print))
            });
            warnings.extend(allowed.iter().flat_map(|allowed| allowed.unmet()));
        }
        let told = ToldStory {
            index,
            path: &name,
            audit: &audit,
            text: inputs.text,
            reference: inputs.reference,
            columns,
            explain: plan.explain,
            fail_on: limits.severity,
            min_score: limits.score,
        };
        let line = Line::new(&told);
        let over = limits.exceeded(line.worst(), Some(audit.score));
        Ok(Done { rendered: (shape.story)(&told), line, warnings, known: met, over })
    };

    let out = if plan.styled { streams.styled() } else { streams.plain() };
    let mut page = Page { out, shape, overview: Overview::default(), held: Vec::new(), begun: false };
    let mut bar = Bar::new("stories", None, total > 1 && !plan.styled);
    let (mut failed, mut over, mut met) = (0, false, Vec::new());
    let sink = |result: Result<Done>| -> ControlFlow<Failure> {
        bar.tick();
        match result {
            Err(error) => {
                failed += 1;
                streams.error(&error);
            }
            Ok(done) => {
                done.warnings.iter().for_each(|warning| streams.warn(warning));
                over |= done.over;
                met.push(done.known);
                if let Err(failure) = page.add(done.line, done.rendered) {
                    return ControlFlow::Break(failure);
                }
            }
        }
        ControlFlow::Continue(())
    };
    let limits = Limits { jobs: threads(plan.jobs, total), items: 16, ..Limits::default() };
    if let ControlFlow::Break(failure) = ordered(plan.stories.into_iter().enumerate(), limits, |_| 1, work, sink)? {
        return Err(failure);
    }
    bar.clear();
    let overview = page.finish()?;
    if total > 1 {
        let unread = if failed > 0 { format!(", {failed} not read") } else { String::new() };
        streams.note(&format!("{total} files{unread}: {} findings", overview.severities().iter().sum::<usize>()));
    }
    known::conclude(known, met, failed, streams)?;
    Ok(match (failed, over) {
        (1.., _) => TROUBLE,
        (_, true) => FOUND,
        _ => CLEAN,
    })
}

/// The report as it grows.
struct Page {
    out: Output,
    shape: Stories,
    overview: Overview,
    /// Stories that wait for the head, which speaks of all of them.
    held: Vec<String>,
    /// Whether a story has been written.
    begun: bool,
}

impl Page {
    fn add(&mut self, line: Line, rendered: String) -> std::result::Result<(), Failure> {
        if self.shape.overview {
            self.overview.stories.push(line);
            self.held.push(rendered);
            return Ok(());
        }
        if self.overview.stories.is_empty() {
            self.out.write(&(self.shape.head)(&self.overview))?;
        }
        self.overview.stories.push(line);
        self.story(&rendered)
    }

    fn story(&mut self, rendered: &str) -> std::result::Result<(), Failure> {
        if self.begun && !rendered.is_empty() {
            self.out.write(self.shape.gap)?;
        }
        self.begun |= !rendered.is_empty();
        self.out.write(rendered)
    }

    fn finish(mut self) -> std::result::Result<Overview, Failure> {
        if self.shape.overview || self.overview.stories.is_empty() {
            self.out.write(&(self.shape.head)(&self.overview))?;
        }
        for rendered in std::mem::take(&mut self.held) {
            self.story(&rendered)?;
        }
        self.out.write(&(self.shape.tail)(&self.overview))?;
        self.out.finish()?;
        Ok(self.overview)
    }
}

/// No more threads than stories: starting one takes longer than it would save.
fn threads(jobs: usize, stories: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    if jobs == 0 { cores.min(stories) } else { jobs.min(stories) }
}
