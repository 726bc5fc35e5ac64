//! Pairs of a translation and its references, streamed from JSON Lines, TSV or line-parallel files.

use super::lines::{Line, Lines};
use super::parallel::Parallel;
use super::tsv::Tsv;
use crate::error::{Error, Place, Result, nearest};
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::BufRead;

/// A translation with what it may be held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The row's name; its 0-based index where none was given.
    pub id: String,
    /// The translation.
    pub mt: String,
    /// References; empty where none was given.
    pub refs: Vec<String>,
    /// The source text.
    pub src: Option<String>,
    /// The document that the pair belongs to.
    pub doc: Option<String>,
    /// The system that made the translation.
    pub system: Option<String>,
}

/// A row's name as it was written: numbers stay numbers in the output, so that it joins with the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum RowId {
    /// A JSON number, or the 0-based index of a row without a name.
    Number(serde_json::Number),
    /// A JSON string, or a cell of a TSV file.
    Text(String),
}

impl RowId {
    pub(super) fn index(index: usize) -> Self {
        Self::Number(index.into())
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// One row of a corpus. A bad row carries its error and stops nothing.
#[derive(Clone, Debug)]
pub struct Row {
    /// The row's name, as written; its index where it has none or could not be read.
    pub id: RowId,
    /// The pair, or why there is none: the error names file and line.
    pub pair: Result<Pair>,
}

/// Streams the rows of a corpus. An `Err` item ends the stream: the reader failed, or the files do not belong together.
///
/// ```
/// use fauxami::read::PairReader;
/// let input = "{\"mt\": \"A text.\", \"ref\": \"The text.\"}\n{\"ref\": \"No mt.\"}\n";
/// let rows: Vec<_> = PairReader::json_lines(Box::new(input.as_bytes()), "pairs.jsonl").map(Result::unwrap).collect();
/// assert_eq!(rows[0].pair.as_ref().unwrap().refs, ["The text."]);
/// assert!(rows[1].pair.as_ref().unwrap_err().to_string().starts_with("pairs.jsonl:2: no field `mt`"));
/// ```
pub struct PairReader(Source);

enum Source {
    Json { lines: Lines, index: usize },
    Tsv(Tsv),
    Parallel(Parallel),
}

/// A stream of bytes that a reader thread may own.
pub type Bytes = Box<dyn BufRead + Send>;

impl PairReader {
    /// Reads JSON Lines; `name` names the input in errors. Empty lines are skipped.
    #[must_use]
    pub fn json_lines(reader: Bytes, name: &str) -> Self {
        Self(Source::Json { lines: Lines::new(reader, name), index: 0 })
    }

    /// Reads TSV with a header that names the columns `mt`, and any of `id`, `ref`, `src`, `doc`, `system`. `ref` may
    /// stand there more than once. Nothing is quoted or escaped; other columns are skipped.
    ///
    /// # Errors
    /// [`crate::error::Kind::Input`] where the header has no `mt`, or names a column other than `ref` twice.
    pub fn tsv(reader: Bytes, name: &str) -> Result<Self> {
        Ok(Self(Source::Tsv(Tsv::new(Lines::new(reader, name))?)))
    }

    /// Reads JSON Lines or TSV, whichever the first bytes look like.
    ///
    /// # Errors
    /// As [`PairReader::tsv`], and where the input is empty, one JSON array, or in UTF-16.
    pub fn sniff(reader: Bytes, name: &str) -> Result<Self> {
        let mut lines = Lines::new(reader, name);
        let head = lines.peek()?;
        let fail = |found: &str, expected: &str, remedy: &str| {
            Err(Error::input(found).file(name).expected(expected).remedy(remedy))
        };
        if head.is_empty() {
            return fail("no rows", "pairs as JSON Lines or TSV", "check the export that wrote it");
        }
        if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
            return fail("the file is in UTF-16", "UTF-8", "convert it with `iconv -f UTF-16 -t UTF-8`");
        }
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        match head.first() {
            Some(b'{') => Ok(Self(Source::Json { lines, index: 0 })),
            Some(b'[') => fail("a JSON array", "JSON Lines: one object a line", "convert it with `jq -c '.[]'`"),
            _ => Ok(Self(Source::Tsv(Tsv::new(lines)?))),
        }
    }

    /// Reads line-parallel files, each with its name: line N of each belongs to pair N. Files of unequal
    /// length end the stream with an error that names both counts; compare [`line_count`](super::line_count) to know it
    /// beforehand.
    #[must_use]
    pub fn parallel(mt: (Bytes, String), refs: Vec<(Bytes, String)>, src: Option<(Bytes, String)>) -> Self {
        Self(Source::Parallel(Parallel::new(mt, refs, src)))
    }
}

impl Iterator for PairReader {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Result<Row>> {
        match &mut self.0 {
            Source::Json { lines, index } => next_json(lines, index),
            Source::Tsv(tsv) => tsv.next_row(),
            Source::Parallel(parallel) => parallel.next_row(),
        }
    }
}

fn next_json(lines: &mut Lines, index: &mut usize) -> Option<Result<Row>> {
    loop {
        let (name, number) = (lines.name().to_owned(), lines.number + 1);
        let row = match lines.next() {
            Line::End => return None,
            Line::Broken(error) => return Some(Err(error)),
            Line::Bad(error) => Row { id: RowId::index(*index), pair: Err(error) },
            Line::Text(text) if text.trim().is_empty() => continue,
            Line::Text(text) => json_row(text, *index).unwrap_or_else(|| {
                let (id, error) = diagnose(text, *index);
                Row { id, pair: Err(error.file(name).at(Place::Line(number))) }
            }),
        };
        *index += 1;
        return Some(Ok(row));
    }
}

#[derive(Deserialize)]
struct Raw {
    id: Option<RowId>,
    mt: String,
    #[serde(default, rename = "ref")]
    refs: Refs,
    src: Option<String>,
    doc: Option<RowId>,
    system: Option<RowId>,
}

#[derive(Default)]
struct Refs(Vec<String>);

impl<'de> Deserialize<'de> for Refs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Seen;
        impl<'de> Visitor<'de> for Seen {
            type Value = Refs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or an array of strings")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> std::result::Result<Refs, E> {
                Ok(Refs(vec![text.to_owned()]))
            }
            fn visit_string<E: de::Error>(self, text: String) -> std::result::Result<Refs, E> {
                Ok(Refs(vec![text]))
            }
            fn visit_unit<E: de::Error>(self) -> std::result::Result<Refs, E> {
                Ok(Refs(Vec::new()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<Refs, A::Error> {
                let mut refs = Vec::new();
                while let Some(text) = seq.next_element()? {
                    refs.push(text);
                }
                Ok(Refs(refs))
            }
        }
        deserializer.deserialize_any(Seen)
    }
}

pub(super) fn json_row(text: &str, index: usize) -> Option<Row> {
    let raw: Raw = serde_json::from_str(text).ok()?;
    let id = raw.id.unwrap_or_else(|| RowId::index(index));
    let named = |name: Option<RowId>| name.map(|name| name.to_string());
    let pair = Pair {
        id: id.to_string(),
        mt: raw.mt,
        refs: raw.refs.0,
        src: raw.src,
        doc: named(raw.doc),
        system: named(raw.system),
    };
    Some(Row { id, pair: Ok(pair) })
}

/// What is wrong with a line that is no pair: parsed anew, without types, to name the field.
pub(super) fn diagnose(text: &str, index: usize) -> (RowId, Error) {
    const SHAPE: &str = "an object with the text of the translation under `mt`";
    let unnamed = RowId::index(index);
    let value: serde_json::Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let what = error.to_string();
            let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what);
            let column = text.get(..error.column().saturating_sub(1)).map_or(error.column(), |t| t.chars().count() + 1);
            let error = Error::input(format!("no JSON at character {column}: {what}"));
            return (unnamed, error.expected("one JSON object a line").remedy("mend or drop the row"));
        }
    };
    let serde_json::Value::Object(fields) = value else {
        let error = Error::input(format!("found {}", kind(&value))).expected(SHAPE);
        return (unnamed, error.remedy("wrap the text as {\"mt\": \"…\"}"));
    };
    let id = fields.get("id").and_then(|id| serde_json::from_value(id.clone()).ok()).unwrap_or(unnamed);
    if !fields.contains_key("mt") {
        let near = nearest("mt", fields.keys().map(String::as_str));
        let also = ["hyp", "hypothesis", "translation", "target", "output", "tgt"];
        let remedy = match near.or_else(|| also.into_iter().find(|name| fields.contains_key(*name))) {
            Some(name) => format!("rename `{name}` to `mt`"),
            None => "add the field, or drop the row".to_owned(),
        };
        return (id, Error::input("no field `mt`").expected(SHAPE).remedy(remedy));
    }
    for (name, field) in &fields {
        let (good, expected) = match name.as_str() {
            "mt" => (field.is_string(), "a string"),
            "ref" => {
                let strings = field.as_array().is_some_and(|all| all.iter().all(serde_json::Value::is_string));
                (field.is_string() || field.is_null() || strings, "a string or an array of strings")
            }
            "src" => (field.is_string() || field.is_null(), "a string"),
            "id" | "doc" | "system" => {
                (field.is_string() || field.is_number() || field.is_null(), "a string or a number")
            }
            _ => continue,
        };
        if !good {
            let error = Error::input(format!("`{name}` is {}", kind(field))).expected(expected);
            return (id, error.remedy("mend or drop the row"));
        }
    }
    (id, Error::input("a field stands there twice").expected(SHAPE).remedy("mend or drop the row"))
}

pub(super) fn kind(value: &serde_json::Value) -> &'static str {
    match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "a boolean",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "a string",
        serde_json::Value::Array(_) => "an array",
        serde_json::Value::Object(_) => "an object",
    }
}
