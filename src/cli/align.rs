//! `fauxami align`.

use super::args::AlignFormat;
use super::files;
use super::plan::Align;
use super::progress::Bar;
use super::run::{CLEAN, TROUBLE};
use super::streams::{Failure, Streams, columns};
use crate::align::passages::align_texts;
use crate::align::words::align_tokens;
use crate::align::{Bead, Unit, units};
use crate::batch::{Limits, isolated, ordered};
use crate::error::{Error, Result};
use crate::read::{RowId, TokenPair, TokenReader};
use crate::report;
use std::ops::ControlFlow;
use std::path::Path;

pub fn run(plan: Align, streams: Streams) -> std::result::Result<u8, Failure> {
    match plan {
        Align::Texts { a, b, unit, format } => texts(&a, &b, unit, format, streams),
        Align::Words { file, jobs } => words(&file, jobs, streams),
    }
}

#[derive(serde::Serialize)]
struct BeadLine {
    a: Vec<usize>,
    b: Vec<usize>,
    score: f64,
}

fn texts(a: &Path, b: &Path, unit: Unit, format: AlignFormat, streams: Streams) -> std::result::Result<u8, Failure> {
    let (a, b) = (files::story(a)?, files::story(b)?);
    for warning in a.warnings.iter().chain(&b.warnings) {
        streams.warn(warning);
    }
    let beads: Vec<Bead> = isolated(&a.path, || align_texts(&a.text, &b.text, unit))?;
    let (units_a, units_b) = (units(&a.text, unit), units(&b.text, unit));
    let columns = columns();
    let mut out = if format == AlignFormat::Terminal { streams.styled() } else { streams.plain() };
    for bead in &beads {
        match format {
            AlignFormat::Terminal => {
                out.write(&report::bead(bead, (&a.text, &units_a), (&b.text, &units_b), columns))?
            }
            AlignFormat::Jsonl => {
                let line = BeadLine { a: bead.a.clone().collect(), b: bead.b.clone().collect(), score: bead.score };
                out.write(&line_of(&line))?;
            }
        }
    }
    out.finish()?;
    Ok(CLEAN)
}

#[derive(serde::Serialize)]
struct PairsLine<'a> {
    id: &'a RowId,
    pairs: &'a [(usize, usize)],
}

type TokenRow = Result<(RowId, Result<TokenPair>)>;

fn words(file: &Path, jobs: usize, streams: Streams) -> std::result::Result<u8, Failure> {
    let (bytes, progress) = files::counted(file)?;
    let rows = TokenReader::new(bytes, &files::name(file));
    let mut out = streams.plain();
    let mut bar = Bar::new("pairs", Some(progress), true);
    let work = |row: TokenRow, (): &mut ()| -> Result<(String, Option<Error>)> {
        let (id, pair) = row?;
        let align =
            |pair: TokenPair| isolated(&format_args!("pair {id}"), || align_tokens(&tokens(&pair.a), &tokens(&pair.b)));
        Ok(match pair.and_then(align) {
            Ok(pairs) => (line_of(&PairsLine { id: &id, pairs: &pairs }), None),
            Err(error) => (line_of(&report::FailedView::new(&id, &error)), Some(error)),
        })
    };
    let mut failed = 0;
    let weigh = |row: &TokenRow| match row {
        Ok((_, Ok(pair))) => pair.a.len() + pair.b.len(),
        _ => 64,
    };
    let limits = Limits { jobs, ..Limits::default() };
    let stop = ordered(rows, limits, weigh, work, |result| {
        bar.tick();
        let (line, error) = match result {
            Ok(done) => done,
            Err(error) => return ControlFlow::Break(Failure::Error(error)),
        };
        if let Some(error) = error {
            failed += 1;
            streams.error(&error);
        }
        match out.write(&line) {
            Ok(()) => ControlFlow::Continue(()),
            Err(failure) => ControlFlow::Break(failure),
        }
    })?;
    bar.clear();
    if let ControlFlow::Break(failure) = stop {
        return Err(failure);
    }
    out.finish()?;
    Ok(if failed > 0 { TROUBLE } else { CLEAN })
}

fn tokens(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn line_of(value: &impl serde::Serialize) -> String {
    report::line(value) + "\n"
}
