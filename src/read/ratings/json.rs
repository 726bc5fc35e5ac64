//! Ratings as JSON Lines: a translation a line.

use super::super::lines::{Line, Lines, MAX_ROW};
use super::super::pairs::{diagnose, json_row, kind};
use super::super::{Row, RowId};
use super::{Planted, RatedError, Rater, Rating, Ratings, Verdict, mean_penalty};
use crate::error::{Error, Place, Result};
use serde_json::{Map, Value};

pub(super) fn read(mut lines: Lines) -> Result<Ratings> {
    let mut ratings = Ratings::default();
    let mut index = 0;
    let name = lines.name().to_owned();
    loop {
        let number = lines.number + 1;
        let text = match lines.next() {
            Line::End => return Ok(ratings),
            Line::Broken(error) => return Err(error),
            Line::Bad(error) => {
                ratings.bad.push(error);
                index += 1;
                continue;
            }
            Line::Text(text) if text.trim().is_empty() => continue,
            Line::Text(text) => text,
        };
        match row(text, index) {
            Ok(row) => ratings.rows.push(row),
            Err(error) => ratings.bad.push(error.file(&name).at(Place::Line(number))),
        }
        index += 1;
    }
}

fn row(text: &str, index: usize) -> Result<Rating> {
    let Some(Row { id, pair }) = json_row(text, index) else { return Err(diagnose(text, index).1) };
    let pair = pair?;
    let fields: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| Error::input(format!("no JSON object: {error}")))?;
    let planted = match fields.get("perturbed").filter(|field| !field.is_null()) {
        None => None,
        Some(Value::String(text)) => {
            Some(Planted { text: text.clone(), kind: named(&fields, &["perturbation", "kind"])?.unwrap_or_default() })
        }
        Some(other) => return Err(wrong("perturbed", other, "a string")),
    };
    let raters = raters(&fields)?;
    let verdict = match (number(&fields, "score")?, number(&fields, "mqm")?) {
        (Some(score), _) => Some(Verdict::Score(score)),
        (None, Some(points)) => Some(Verdict::Penalty(points)),
        (None, None) => raters.as_deref().and_then(mean_penalty),
    };
    if verdict.is_none() && planted.is_none() {
        return Err(Error::input("nothing that people said of it")
            .expected(
                "a number under `mqm` or `score`, spans under `raters` or `spans`, or a worse text under `perturbed`",
            )
            .remedy("add one of them, or drop the row"));
    }
    let languages = named(&fields, &["languages", "pair", "lp", "language", "lang"])?.unwrap_or_default();
    let segment = match named(&fields, &["seg", "segment"])? {
        Some(segment) => segment,
        None => pair.src.clone().unwrap_or_else(|| format!("row {index}")),
    };
    Ok(Rating { id, pair, languages, segment, verdict, raters, planted })
}

fn wrong(name: &str, found: &Value, expected: &str) -> Error {
    Error::input(format!("`{name}` is {}", kind(found))).expected(expected).remedy("mend or drop the row")
}

fn number(fields: &Map<String, Value>, name: &str) -> Result<Option<f64>> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_f64().map(Some).ok_or_else(|| wrong(name, value, "a number")),
    }
}

/// The first of `names` that is there, as text.
fn named(fields: &Map<String, Value>, names: &[&str]) -> Result<Option<String>> {
    for name in names {
        match fields.get(*name) {
            None | Some(Value::Null) => {}
            Some(value) => {
                let text: Option<RowId> = serde_json::from_value(value.clone()).ok();
                return text
                    .map(|text| Some(text.to_string()))
                    .ok_or_else(|| wrong(name, value, "a string or a number"));
            }
        }
    }
    Ok(None)
}

fn raters(fields: &Map<String, Value>) -> Result<Option<Vec<Rater>>> {
    let all: Vec<(String, &Value)> = match (fields.get("raters"), fields.get("spans")) {
        (Some(Value::Object(raters)), _) => raters.iter().map(|(name, errors)| (name.clone(), errors)).collect(),
        (None | Some(Value::Null), Some(spans @ Value::Array(_))) => vec![(String::new(), spans)],
        (None | Some(Value::Null), None | Some(Value::Null)) => return Ok(None),
        (Some(other), _) if !other.is_null() => return Err(wrong("raters", other, "an object of arrays of spans")),
        (_, Some(other)) => return Err(wrong("spans", other, "an array of spans")),
        (Some(_), None) => return Ok(None),
    };
    let rater = |(name, errors): (String, &Value)| {
        let list = errors.as_array().ok_or_else(|| wrong("raters", errors, "an array of spans for each rater"))?;
        Ok(Rater { name, errors: list.iter().map(error).collect::<Result<_>>()? })
    };
    Ok(Some(all.into_iter().map(rater).collect::<Result<_>>()?))
}

fn error(value: &Value) -> Result<RatedError> {
    let Value::Object(fields) = value else {
        return Err(wrong("spans", value, "objects {\"start\", \"end\", \"category\", \"severity\"}"));
    };
    let place = |name: &str| match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_u64().and_then(|at| usize::try_from(at).ok()).filter(|at| *at <= MAX_ROW) {
            Some(at) => Ok(Some(at)),
            None => Err(wrong(name, value, "a count of code points")),
        },
    };
    let text = |name: &str| Ok::<_, Error>(named(fields, &[name])?.unwrap_or_default());
    let places = place("start")?.zip(place("end")?).into_iter().collect();
    Ok(RatedError { places, category: text("category")?, severity: text("severity")? })
}
