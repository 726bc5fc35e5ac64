//! Pairs from line-parallel files.

use super::lines::{Line, Lines};
use super::pairs::{Bytes, Pair, Row, RowId};
use crate::error::{Error, Result};
use std::io::BufRead;

pub(super) struct Parallel {
    /// The translation, the references, and last the source if there is one.
    files: Vec<Lines>,
    with_source: bool,
    index: usize,
    done: bool,
}

impl Parallel {
    pub(super) fn new(mt: (Bytes, String), refs: Vec<(Bytes, String)>, src: Option<(Bytes, String)>) -> Self {
        let with_source = src.is_some();
        let files = std::iter::once(mt).chain(refs).chain(src).map(|(bytes, name)| Lines::new(bytes, &name)).collect();
        Self { files, with_source, index: 0, done: false }
    }

    pub(super) fn next_row(&mut self) -> Option<Result<Row>> {
        if self.done {
            return None;
        }
        let mut texts = Vec::with_capacity(self.files.len());
        let mut bad = None;
        let mut ended = None;
        for (at, file) in self.files.iter_mut().enumerate() {
            match file.next() {
                Line::Text(text) => texts.push(text.to_owned()),
                Line::Bad(error) => {
                    bad.get_or_insert(error);
                    texts.push(String::new());
                }
                Line::Broken(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
                Line::End => {
                    ended.get_or_insert(at);
                }
            }
        }
        if let Some(short) = ended {
            self.done = true;
            return (!texts.is_empty()).then(|| Err(self.unequal(short)));
        }
        let id = RowId::index(self.index);
        self.index += 1;
        let src = if self.with_source { texts.pop() } else { None };
        let refs = texts.split_off(1);
        let mt = texts.pop().unwrap_or_default();
        let pair = Pair { id: id.to_string(), mt, refs, src, doc: None, system: None };
        Some(Ok(Row { id, pair: bad.map_or(Ok(pair), Err) }))
    }

    /// One file ended: counts what is left of the first that has not, and says so.
    fn unequal(&mut self, short: usize) -> Error {
        let brief = (self.files[short].name().to_owned(), self.index);
        for file in &mut self.files {
            if file.number > brief.1 {
                while !matches!(file.next(), Line::End | Line::Broken(_)) {}
                return unequal_counts((file.name(), file.number), (&brief.0, brief.1));
            }
        }
        unequal_counts((&brief.0, brief.1), (&brief.0, brief.1))
    }
}

/// The error for two files whose numbers of lines differ.
#[must_use]
pub fn unequal_counts(long: (&str, usize), short: (&str, usize)) -> Error {
    Error::input(format!("{} lines, but {} has {}", long.1, short.0, short.1))
        .file(long.0)
        .expected("as many lines in each file")
        .remedy("align the files first, for instance with `fauxami align`")
}

/// The number of lines in `reader`; a last line without a line break counts.
///
/// # Errors
/// Those of the reader.
///
/// ```
/// assert_eq!(fauxami::read::line_count(&b"one\ntwo"[..]).unwrap(), 2);
/// ```
pub fn line_count(mut reader: impl BufRead) -> std::io::Result<usize> {
    let mut count = 0;
    let mut open = false;
    loop {
        let chunk = match reader.fill_buf() {
            Ok([]) => return Ok(count + usize::from(open)),
            Ok(chunk) => chunk,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        count += memchr::memchr_iter(b'\n', chunk).count();
        open = chunk.last() != Some(&b'\n');
        let used = chunk.len();
        reader.consume(used);
    }
}
