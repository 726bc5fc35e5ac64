//! Pairs of tokenised sentences, for word alignment.

use super::lines::{Line, Lines};
use super::pairs::{Bytes, RowId};
use crate::error::{Error, Place, Result};
use serde::Deserialize;

/// Two sentences as tokens parted by single spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenPair {
    /// First sentence.
    pub a: String,
    /// Second sentence.
    pub b: String,
}

/// Streams JSON Lines `{"id", "a", "b"}`. An `Err` item ends the stream; a bad row stops nothing.
///
/// ```
/// use fauxami::read::TokenReader;
/// let input: &[u8] = b"{\"id\": 4, \"a\": \"the talks\", \"b\": \"talks\"}\n";
/// let (id, pair) = TokenReader::new(Box::new(input), "words.jsonl").next().unwrap().unwrap();
/// assert_eq!((id.to_string(), pair.unwrap().a), ("4".into(), "the talks".into()));
/// ```
pub struct TokenReader {
    lines: Lines,
    index: usize,
}

#[derive(Deserialize)]
struct Raw {
    id: Option<RowId>,
    a: String,
    b: String,
}

impl TokenReader {
    /// Reads from `reader`; `name` names it in errors.
    #[must_use]
    pub fn new(reader: Bytes, name: &str) -> Self {
        Self { lines: Lines::new(reader, name), index: 0 }
    }
}

impl Iterator for TokenReader {
    type Item = Result<(RowId, Result<TokenPair>)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (name, number) = (self.lines.name().to_owned(), self.lines.number + 1);
            let unnamed = RowId::index(self.index);
            let row = match self.lines.next() {
                Line::End => return None,
                Line::Broken(error) => return Some(Err(error)),
                Line::Bad(error) => (unnamed, Err(error)),
                Line::Text(text) if text.trim().is_empty() => continue,
                Line::Text(text) => match serde_json::from_str::<Raw>(text) {
                    Ok(raw) => (raw.id.unwrap_or(unnamed), Ok(TokenPair { a: raw.a, b: raw.b })),
                    Err(error) => {
                        let what = error.to_string();
                        let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what);
                        let error = Error::input(what).file(name).at(Place::Line(number));
                        let error =
                            error.expected("{\"id\", \"a\", \"b\"} with tokens parted by spaces under `a` and `b`");
                        (unnamed, Err(error.remedy("mend or drop the row")))
                    }
                },
            };
            self.index += 1;
            return Some(Ok(row));
        }
    }
}
