//! Pearmut's JSON: campaigns with error spans, and what annotators made of them. An item has `src`, `tgt` (a text, texts, or texts by
//! model), and `error_spans` and `score` in the same shape, either its own or those of an `annotation` beside it. Places are
//! code points, and `end_i` is the last one of the span.

use super::super::lines::{Line, Lines, MAX_ROW};
use super::super::pairs::{Pair, RowId, kind};
use super::{RatedError, Rater, Rating, Ratings, Verdict, mean_penalty};
use crate::error::{Error, Place, Result};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

/// Arrays in arrays beyond this are no campaign.
const DEPTH: usize = 16;

pub(super) fn read(mut lines: Lines) -> Result<Ratings> {
    let mut text = String::new();
    loop {
        match lines.next() {
            Line::Text(line) => {
                text.push_str(line);
                text.push('\n');
            }
            Line::Bad(error) | Line::Broken(error) => return Err(error),
            Line::End => break,
        }
    }
    let name = lines.name().to_owned();
    let mut walk = Walk { name: &name, ..Walk::default() };
    // A log has an object a line, a campaign is one value.
    for (number, value) in serde_json::Deserializer::from_str(&text).into_iter::<Value>().enumerate() {
        let value = value.map_err(|error| {
            Error::input(format!("no JSON: {error}")).file(&name).at(Place::Line(error.line())).expected(super::SHAPES)
        })?;
        walk.value(&value, &Context { place: format!("value {}", number + 1), ..Context::default() }, 0);
    }
    if walk.ratings.rows.is_empty() && walk.ratings.bad.is_empty() {
        return Err(Error::input("no item with `tgt`").file(&name).expected(super::SHAPES));
    }
    for rating in &mut walk.ratings.rows {
        let scores = walk.scores.remove(&rating.pair.id).unwrap_or_default();
        rating.verdict = match scores.len() {
            0 => rating.raters.as_deref().and_then(mean_penalty),
            many => Some(Verdict::Score(scores.iter().sum::<f64>() / many as f64)),
        };
    }
    Ok(walk.ratings)
}

#[derive(Default)]
struct Walk<'n> {
    name: &'n str,
    ratings: Ratings,
    /// The rows by document, source, system and translation: several annotators may have one.
    known: FxHashMap<[String; 4], usize>,
    scores: FxHashMap<String, Vec<f64>>,
}

/// What an item inherits from what stands around it.
#[derive(Clone, Default)]
struct Context<'v> {
    rater: String,
    doc: Option<String>,
    annotation: Option<&'v Value>,
    place: String,
}

impl<'n> Walk<'n> {
    fn value(&mut self, value: &Value, context: &Context<'_>, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match value {
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    let annotation = context.annotation.and_then(|all| all.as_array()?.get(at));
                    let place = format!("{}, item {}", context.place, at + 1);
                    self.value(item, &Context { annotation, place, ..context.clone() }, depth + 1);
                }
            }
            Value::Object(fields) if fields.contains_key("tgt") => {
                if let Err(error) = self.item(fields, context) {
                    let error = Error::input(format!("{}: {error}", context.place));
                    self.ratings.bad.push(error.file(self.name));
                }
            }
            Value::Object(fields) => {
                let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
                let annotation = fields.get("annotation").or_else(|| fields.get("annotations"));
                let own = Context {
                    rater: text("user_id").unwrap_or_else(|| context.rater.clone()),
                    doc: text("doc_id").or_else(|| context.doc.clone()),
                    annotation,
                    place: context.place.clone(),
                };
                for (name, value) in fields {
                    if name != "annotation" && name != "annotations" && name != "info" {
                        self.value(value, &own, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn item(&mut self, fields: &Map<String, Value>, context: &Context<'_>) -> Result<()> {
        let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
        let reference = text("ref");
        let doc = text("doc_id").or_else(|| context.doc.clone());
        let src = text("src");
        let annotation = context.annotation.or_else(|| fields.get("annotation"));
        for (system, target) in targets(&fields["tgt"])? {
            // The annotation's own shape: by model, by place, or of the one text.
            let of = |whole: &Value| -> Option<Value> {
                match (whole, &system) {
                    (Value::Object(all), Some(System::Model(model))) if all.contains_key(model) => {
                        all.get(model).cloned()
                    }
                    (Value::Array(all), Some(System::At(at))) => all.get(*at).cloned(),
                    (whole, None) => Some(whole.clone()),
                    _ => None,
                }
            };
            let judged = annotation.and_then(|annotation| of(annotation).or_else(|| Some(annotation.clone())));
            let field = |name: &str| {
                let theirs = judged.as_ref().and_then(|judged| judged.get(name).cloned());
                let theirs = theirs.map(|value| of(&value).filter(|_| value.is_object()).unwrap_or(value));
                theirs.or_else(|| fields.get(name).and_then(of)).filter(|value| !value.is_null())
            };
            let errors = match field("error_spans") {
                None => None,
                Some(Value::Array(spans)) => Some(spans.iter().map(error).collect::<Result<Vec<_>>>()?),
                Some(other) => {
                    return Err(
                        Error::input(format!("`error_spans` is {}", kind(&other))).expected("an array of spans")
                    );
                }
            };
            let score = field("score").and_then(|score| score.as_f64());
            if errors.is_none() && score.is_none() {
                continue;
            }
            let system = system.map(|system| match system {
                System::Model(model) => model,
                System::At(at) => format!("candidate {}", at + 1),
            });
            let system = system.or_else(|| text("system"));
            let key = [doc.clone(), src.clone(), system.clone(), Some(target.clone())].map(Option::unwrap_or_default);
            let next = self.ratings.rows.len();
            let at = *self.known.entry(key).or_insert(next);
            if at == next {
                let segment = src.clone().unwrap_or_else(|| context.place.clone());
                let pair = Pair {
                    id: next.to_string(),
                    mt: target,
                    refs: reference.clone().into_iter().collect(),
                    src: src.clone(),
                    doc: doc.clone(),
                    system,
                };
                let id = RowId::index(next);
                let languages = String::new();
                self.ratings.rows.push(Rating {
                    id,
                    pair,
                    languages,
                    segment,
                    verdict: None,
                    raters: None,
                    planted: None,
                });
            }
            if let Some(errors) = errors {
                let rater = Rater { name: context.rater.clone(), errors };
                self.ratings.rows[at].raters.get_or_insert_default().push(rater);
            }
            self.scores.entry(at.to_string()).or_default().extend(score);
        }
        Ok(())
    }
}

/// Which of an item's translations it is.
enum System {
    Model(String),
    At(usize),
}

fn targets(value: &Value) -> Result<Vec<(Option<System>, String)>> {
    let text = |value: &Value| {
        let error = || Error::input(format!("a translation is {}", kind(value))).expected("a string");
        value.as_str().map(str::to_owned).ok_or_else(error)
    };
    match value {
        Value::String(only) => Ok(vec![(None, only.clone())]),
        Value::Array(all) => {
            all.iter().enumerate().map(|(at, value)| Ok((Some(System::At(at)), text(value)?))).collect()
        }
        Value::Object(all) => {
            all.iter().map(|(model, value)| Ok((Some(System::Model(model.clone())), text(value)?))).collect()
        }
        other => Err(Error::input(format!("`tgt` is {}", kind(other))).expected("a text, texts, or texts by model")),
    }
}

fn error(value: &Value) -> Result<RatedError> {
    let place = |name: &str| match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(word)) if word == "missing" => Ok(None),
        Some(other) => {
            other.as_u64().and_then(|at| usize::try_from(at).ok()).filter(|at| *at <= MAX_ROW).map(Some).ok_or_else(
                || {
                    Error::input(format!("`{name}` is {}", kind(other)))
                        .expected("a count of code points, or \"missing\"")
                },
            )
        }
    };
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let places = place("start_i")?.zip(place("end_i")?).map(|(start, last)| (start, last + 1));
    Ok(RatedError { places: places.into_iter().collect(), category: text("category"), severity: text("severity") })
}
