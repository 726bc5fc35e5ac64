//! One line at a time, with a bound on its length.

use crate::error::{Error, Place, Result};
use memchr::memchr;
use std::io::BufRead;
use std::path::Path;

/// Longest row that is read into memory, in bytes: 16 MiB.
pub const MAX_ROW: usize = 16 << 20;

/// Reads lines from `reader`; a line over the limit is skipped without being held in memory.
pub(super) struct Lines {
    reader: Box<dyn BufRead + Send>,
    name: String,
    /// 1-based number of the line read last.
    pub number: usize,
    /// Byte at which the line read last starts.
    pub offset: u64,
    next_offset: u64,
    limit: usize,
    buffer: Vec<u8>,
    done: bool,
}

/// What [`Lines::next`] found.
pub(super) enum Line<'a> {
    /// A line, without its line break.
    Text(&'a str),
    /// A line that is no text or too long; the next one may be fine.
    Bad(Error),
    /// The reader failed; nothing follows.
    Broken(Error),
    /// The end.
    End,
}

impl Lines {
    pub(super) fn new(reader: Box<dyn BufRead + Send>, name: &str) -> Self {
        Self {
            reader,
            name: name.to_owned(),
            number: 0,
            offset: 0,
            next_offset: 0,
            limit: MAX_ROW,
            buffer: Vec::new(),
            done: false,
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The first bytes of the file, as far as the reader has them at hand; nothing is consumed.
    pub(super) fn peek(&mut self) -> Result<&[u8]> {
        self.reader.fill_buf().map_err(|error| Error::io(Path::new(&self.name), &error))
    }

    /// An error at the line read last.
    pub(super) fn error(&self, found: impl Into<String>) -> Error {
        Error::input(found).file(self.name.clone()).at(Place::Line(self.number))
    }

    pub(super) fn next(&mut self) -> Line<'_> {
        if self.done {
            return Line::End;
        }
        self.buffer.clear();
        self.offset = self.next_offset;
        let mut length = 0usize;
        let mut ended = false;
        while !ended {
            let chunk = match self.reader.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.done = true;
                    return Line::Broken(Error::io(Path::new(&self.name), &error));
                }
            };
            if chunk.is_empty() {
                self.done = true;
                break;
            }
            let stop = memchr(b'\n', chunk);
            let piece = &chunk[..stop.unwrap_or(chunk.len())];
            length += piece.len();
            if length <= self.limit {
                self.buffer.extend_from_slice(piece);
            }
            let used = piece.len() + usize::from(stop.is_some());
            self.reader.consume(used);
            self.next_offset += used as u64;
            ended = stop.is_some();
        }
        if !ended && length == 0 {
            return Line::End;
        }
        self.number += 1;
        if length > self.limit {
            let error = self.error(format!("the row is {} long", size(length as u64)));
            return Line::Bad(
                error.expected(format!("at most {}", size(self.limit as u64))).remedy("cut it into passages"),
            );
        }
        if self.buffer.last() == Some(&b'\r') {
            self.buffer.pop();
        }
        if self.number == 1 && self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.buffer.drain(..3);
            self.offset += 3;
        }
        match std::str::from_utf8(&self.buffer) {
            Ok(text) => Line::Text(text),
            Err(error) => {
                let byte = self.offset + error.valid_up_to() as u64;
                let value = self.buffer[error.valid_up_to()];
                let error = self.error(format!("byte {byte} (0x{value:02X}) is not UTF-8"));
                Line::Bad(error.expected("UTF-8").remedy("convert the file with `iconv`, or mend the row"))
            }
        }
    }
}

/// A number of bytes for people: `512 bytes`, `1.4 MiB`.
pub(super) fn size(bytes: u64) -> String {
    const KIB: f64 = 1024.0;
    let count = bytes as f64;
    if count < KIB {
        format!("{bytes} bytes")
    } else if count < KIB * KIB {
        format!("{:.1} KiB", count / KIB)
    } else {
        format!("{:.1} MiB", count / KIB / KIB)
    }
}
