//! Pairs from tab-separated values.

use super::lines::{Line, Lines};
use super::pairs::{Pair, Row, RowId};
use crate::error::{Error, Place, Result, nearest};

const COLUMNS: [&str; 6] = ["id", "mt", "ref", "src", "doc", "system"];

pub(super) struct Tsv {
    lines: Lines,
    /// For each column of the file, its place in [`COLUMNS`], or none where it is skipped.
    columns: Vec<Option<usize>>,
    index: usize,
}

impl Tsv {
    pub(super) fn new(mut lines: Lines) -> Result<Self> {
        let header: Vec<String> = match lines.next() {
            Line::Text(text) => text.split('\t').map(|name| name.trim().to_owned()).collect(),
            Line::Bad(error) | Line::Broken(error) => return Err(error),
            Line::End => return Err(Error::input("no rows").file(lines.name()).expected("a header and rows")),
        };
        let columns: Vec<_> = header.iter().map(|name| COLUMNS.iter().position(|known| known == name)).collect();
        for (at, known) in COLUMNS.iter().enumerate() {
            let count = columns.iter().filter(|column| **column == Some(at)).count();
            if count > 1 && *known != "ref" {
                return Err(lines.error(format!("the header names `{known}` {count} times")).remedy("keep one"));
            }
        }
        if !header.iter().any(|name| name == "mt") {
            let shown = if header.iter().map(String::len).sum::<usize>() > 80 { "" } else { &header.join(", ") };
            let found =
                if shown.is_empty() { "no column `mt`".to_owned() } else { format!("no column `mt` in `{shown}`") };
            let error = lines.error(found).expected(
                "JSON Lines, or tab-separated values with a header that names `mt` and any of `id`, `ref`, `src`, `doc`, `system`",
            );
            return Err(match nearest("mt", header.iter().map(String::as_str)) {
                Some(name) => error.remedy(format!("rename `{name}` to `mt`")),
                None => error.remedy("add a header"),
            });
        }
        Ok(Self { lines, columns, index: 0 })
    }

    pub(super) fn next_row(&mut self) -> Option<Result<Row>> {
        let row = loop {
            let unnamed = RowId::index(self.index);
            match self.lines.next() {
                Line::End => return None,
                Line::Broken(error) => return Some(Err(error)),
                Line::Bad(error) => break Row { id: unnamed, pair: Err(error) },
                Line::Text("") => {}
                Line::Text(text) => break parse(text, &self.columns, unnamed),
            }
        };
        self.index += 1;
        let place = |error: Error| match error.place() {
            Some(_) => error,
            None => error.file(self.lines.name()).at(Place::Line(self.lines.number)),
        };
        Some(Ok(Row { id: row.id, pair: row.pair.map_err(place) }))
    }
}

fn parse(text: &str, columns: &[Option<usize>], unnamed: RowId) -> Row {
    let mut id = None;
    let mut pair = Pair::default();
    let mut count = 0;
    for (at, cell) in text.split('\t').enumerate() {
        count += 1;
        let some = || Some(cell.to_owned()).filter(|cell| !cell.is_empty());
        match columns.get(at).copied().flatten().map(|column| COLUMNS[column]) {
            Some("id") => id = some(),
            Some("mt") => cell.clone_into(&mut pair.mt),
            Some("ref") => pair.refs.extend(some()),
            Some("src") => pair.src = some(),
            Some("doc") => pair.doc = some(),
            Some("system") => pair.system = some(),
            _ => {}
        }
    }
    let id = id.map_or(unnamed, RowId::Text);
    if count != columns.len() {
        let error = Error::input(format!("{count} fields"))
            .expected(format!("{} as in the header", columns.len()))
            .remedy("replace tabs and line breaks inside a field with spaces");
        return Row { id, pair: Err(error) };
    }
    pair.id = id.to_string();
    Row { id, pair: Ok(pair) }
}
