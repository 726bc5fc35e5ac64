//! MQM ratings as tab-separated values: a row an error, the error marked by `<v>` and `</v>` in the target, several rows a segment.

use super::super::lines::{Line, Lines};
use super::super::pairs::{Pair, RowId};
use super::{RatedError, Rater, Rating, Ratings, SHAPES, mean_penalty};
use crate::error::{Error, Place, Result};
use rustc_hash::FxHashMap;

/// What is read, each under the names that tools give it.
const COLUMNS: [(&str, &[&str]); 9] = [
    ("system", &["system"]),
    ("doc", &["doc", "doc_id", "docid"]),
    ("seg_id", &["globalSegId", "seg_id", "docSegId", "segment_id"]),
    ("rater", &["rater"]),
    ("source", &["source"]),
    ("target", &["target"]),
    ("category", &["category"]),
    ("severity", &["severity"]),
    ("metadata", &["metadata"]),
];
const SYSTEM: usize = 0;
const DOC: usize = 1;
const SEGMENT: usize = 2;
const RATER: usize = 3;
const SOURCE: usize = 4;
const TARGET: usize = 5;
const CATEGORY: usize = 6;
const SEVERITY: usize = 7;
const METADATA: usize = 8;

pub(super) fn read(mut lines: Lines) -> Result<Ratings> {
    let header: Vec<String> = match lines.next() {
        Line::Text(text) => text.split('\t').map(|name| name.trim().to_owned()).collect(),
        Line::Bad(error) | Line::Broken(error) => return Err(error),
        Line::End => return Err(Error::input("no ratings").file(lines.name()).expected(SHAPES)),
    };
    let named =
        |names: &[&str]| names.iter().find_map(|name| header.iter().position(|known| known.eq_ignore_ascii_case(name)));
    let columns = COLUMNS.map(|(_, names)| named(names));
    for needed in [SYSTEM, TARGET, CATEGORY, SEVERITY] {
        if columns[needed].is_none() {
            let error = lines.error(format!("no column `{}`", COLUMNS[needed].0));
            return Err(error
                .expected(SHAPES)
                .remedy("give it a header: system, doc, globalSegId, rater, source, target, category, severity"));
        }
    }
    let mut ratings = Ratings::default();
    let mut known: FxHashMap<[String; 3], usize> = FxHashMap::default();
    let (name, width) = (lines.name().to_owned(), header.len());
    loop {
        let number = lines.number + 1;
        let text = match lines.next() {
            Line::End => break,
            Line::Broken(error) => return Err(error),
            Line::Bad(error) => {
                ratings.bad.push(error);
                continue;
            }
            Line::Text(text) if text.trim().is_empty() => continue,
            Line::Text(text) => text,
        };
        if let Err(error) = row(text, &columns, width, &mut known, &mut ratings) {
            ratings.bad.push(error.file(&name).at(Place::Line(number)));
        }
    }
    for rating in &mut ratings.rows {
        rating.verdict = rating.raters.as_deref().and_then(mean_penalty);
    }
    Ok(ratings)
}

fn row(
    text: &str,
    columns: &[Option<usize>; 9],
    width: usize,
    known: &mut FxHashMap<[String; 3], usize>,
    ratings: &mut Ratings,
) -> Result<()> {
    let cells: Vec<&str> = text.split('\t').collect();
    // What stands behind the severity, such as metadata, may be missing from a row.
    let least = columns[SEVERITY].max(columns[CATEGORY]).max(columns[TARGET]).max(columns[SYSTEM]).unwrap_or(0) + 1;
    if cells.len() < least || cells.len() > width {
        return Err(Error::input(format!("{} fields", cells.len()))
            .expected(format!("{width} as in the header"))
            .remedy("replace tabs and line breaks inside a field with spaces"));
    }
    let cell = |column: usize| columns[column].and_then(|at| cells.get(at)).copied().unwrap_or_default();
    let (target, places) = marks(cell(TARGET));
    let (source, _) = marks(cell(SOURCE));
    let segment = if columns[SEGMENT].is_some() { cell(SEGMENT).to_owned() } else { source.clone() };
    let key = [cell(DOC).to_owned(), segment.clone(), cell(SYSTEM).to_owned()];
    let next = ratings.rows.len();
    let at = *known.entry(key).or_insert(next);
    if at == next {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        ratings.rows.push(Rating {
            id: RowId::index(next),
            pair: Pair {
                id: next.to_string(),
                mt: target.clone(),
                refs: references(cell(METADATA)),
                src: Some(source).filter(|source| !source.is_empty()),
                doc: some(cell(DOC)),
                system: some(cell(SYSTEM)),
            },
            languages: String::new(),
            segment,
            verdict: None,
            raters: Some(Vec::new()),
            planted: None,
        });
    }
    let rating = &mut ratings.rows[at];
    if rating.pair.mt != target {
        return Err(Error::input("another target than in the segment's first row")
            .expected("one translation of a segment by a system, but for its marks")
            .remedy("mend the row, or give the segments different ids"));
    }
    let raters = rating.raters.get_or_insert_default();
    let own = match raters.iter().position(|rater| rater.name == cell(RATER)) {
        Some(own) => own,
        None => {
            raters.push(Rater { name: cell(RATER).to_owned(), errors: Vec::new() });
            raters.len() - 1
        }
    };
    let plain: String = cell(SEVERITY).to_lowercase();
    if !plain.starts_with("no-error") && !cell(CATEGORY).to_lowercase().starts_with("no-error") {
        let (category, severity) = (cell(CATEGORY).to_owned(), cell(SEVERITY).to_owned());
        raters[own].errors.push(RatedError { places, category, severity });
    }
    Ok(())
}

/// The text without its marks, and where they stood, in code points. A mark that is not closed reaches to the end.
fn marks(text: &str) -> (String, Vec<(usize, usize)>) {
    let (mut plain, mut places, mut start, mut at) = (String::with_capacity(text.len()), Vec::new(), None, 0);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("<v>") {
            start.get_or_insert(at);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("</v>") {
            places.extend(start.take().map(|start| (start, at)));
            rest = after;
        } else {
            plain.push(c);
            at += 1;
            rest = &rest[c.len_utf8()..];
        }
    }
    places.extend(start.map(|start| (start, at)));
    (plain, places)
}

/// The references that Marot's metadata names, the primary one first.
fn references(metadata: &str) -> Vec<String> {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(metadata) else { return Vec::new() };
    let segment = value.get("segment").unwrap_or(&value);
    let Some(all) = segment.get("references").and_then(serde_json::Value::as_object) else { return Vec::new() };
    let first = segment.get("primary_reference").and_then(serde_json::Value::as_str).unwrap_or_default();
    let mut all: Vec<(&String, &str)> = all.iter().filter_map(|(name, text)| Some((name, text.as_str()?))).collect();
    all.sort_by_key(|(name, _)| (*name != first, *name));
    all.into_iter().map(|(_, text)| text.to_owned()).collect()
}
