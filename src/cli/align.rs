//! `fauxami align`.

use super::args::AlignFormat;
use super::files;
use super::plan::Align;
use super::progress::Bar;
use super::run::{CLEAN, TROUBLE};
use super::streams::{Failure, Streams, columns};
use crate::align::passages::{WEAK, align, align_with_corpus, same_language};
use crate::align::words::align_tokens;
use crate::align::{Bead, Unit, units};
use crate::batch::{Limits, isolated, ordered};
use crate::error::{Error, Result};
use crate::read::{RowId, TokenPair, TokenReader};
use crate::report::{self, BeadView, LinksView};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

pub fn run(plan: Align, streams: Streams) -> std::result::Result<u8, Failure> {
    match plan {
        Align::Texts { a, b, unit, lexicon, format } => texts((&a, &b), unit, &lexicon, format, streams),
        Align::Words { file, jobs } => words(&file, jobs, streams),
    }
}

/// Pairs of a parallel corpus that are read: words that are not learned from so many are not learned from more.
const MOST_PAIRS: usize = 100_000;

fn texts(
    (a, b): (&Path, &Path),
    unit: Unit,
    lexicon: &[PathBuf],
    format: AlignFormat,
    streams: Streams,
) -> std::result::Result<u8, Failure> {
    let (a, b) = (files::story(a)?, files::story(b)?);
    for warning in a.warnings.iter().chain(&b.warnings) {
        streams.warn(warning);
    }
    let same = same_language(&a.text, &b.text);
    let corpus = corpus(lexicon, streams)?;
    if same && !lexicon.is_empty() {
        streams.warn("both texts are in one language: --lexicon-from changes nothing");
    }
    let (units_a, units_b) = (units(&a.text, unit), units(&b.text, unit));
    let beads: Vec<Bead> = isolated(&a.path, || {
        let x: Vec<&str> = units_a.iter().map(|span| &a.text[span.range()]).collect();
        let y: Vec<&str> = units_b.iter().map(|span| &b.text[span.range()]).collect();
        if same || corpus.is_empty() { align(&x, &y, same, None) } else { align_with_corpus(&x, &y, &corpus) }
    })?;
    if let Some(empty) = [&a, &b].into_iter().find(|story| story.text.trim().is_empty()) {
        streams.warn(&format!("{}: no text: every unit of the other side stands alone", empty.path));
    } else if !beads.iter().any(|bead| bead.score >= WEAK) {
        streams.warn(&format!("{} and {} have nothing in common that could be told", a.path, b.path));
    }
    let columns = columns();
    let mut out = if format == AlignFormat::Terminal { streams.styled() } else { streams.plain() };
    for bead in &beads {
        match format {
            AlignFormat::Terminal => {
                out.write(&report::bead(bead, (&a.text, &units_a), (&b.text, &units_b), columns))?
            }
            AlignFormat::Jsonl => out.write(&line_of(&BeadView::new(bead)))?,
        }
    }
    out.finish()?;
    Ok(CLEAN)
}

/// The pairs of the corpora of `--lexicon-from`: source and translation, or translation and first reference. Rows without
/// two sides are passed over; a file of which nothing can be used is an error.
fn corpus(paths: &[PathBuf], streams: Streams) -> Result<Vec<(String, String)>> {
    let reader = match paths {
        [] => return Ok(Vec::new()),
        [one] => files::pairs(one)?.0,
        [first, second, ..] => files::parallel(first, &[second], None)?.0,
    };
    let mut pairs = Vec::new();
    for row in reader {
        if pairs.len() == MOST_PAIRS {
            streams.warn(&format!("only the first {MOST_PAIRS} pairs of {} are learned from", files::name(&paths[0])));
            break;
        }
        let pair = row?.pair?;
        match (pair.src, pair.refs.into_iter().next()) {
            (Some(src), _) => pairs.push((src, pair.mt)),
            (None, Some(reference)) => pairs.push((pair.mt, reference)),
            (None, None) => {}
        }
    }
    if pairs.is_empty() {
        return Err(Error::usage("no pair with two sides")
            .file(files::name(&paths[0]))
            .expected("fields src and mt, or mt and ref")
            .remedy("add the other side to each row"));
    }
    Ok(pairs)
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
            Ok(pairs) => (line_of(&LinksView { id: &id, pairs: &pairs }), None),
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
    let mut tokens = Vec::with_capacity(text.len() / 4);
    if text.is_ascii() {
        tokens.extend(text.split(|c: char| matches!(c, ' ' | '\t'..='\r')).filter(|token| !token.is_empty()));
    } else {
        tokens.extend(text.split_whitespace());
    }
    tokens
}

fn line_of(value: &impl serde::Serialize) -> String {
    report::line(value) + "\n"
}
