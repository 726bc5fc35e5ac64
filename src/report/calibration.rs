//! What fitted weights are worth: for the terminal and as JSON.

use super::layout::{shown, width};
use super::style::{BOLD, DIM, paint};
use crate::score::calibration::{Calibration, Held};
use serde_json::{Map, Value, json};
use std::fmt::Write;

/// A table a file, with so many decimals.
#[must_use]
pub fn calibration(found: &Calibration, decimals: usize) -> String {
    let mut out = String::new();
    let name = found.files.iter().flat_map(|file| &file.values).map(|(held, _)| width(held.name())).max().unwrap_or(0);
    for file in &found.files {
        let _ = writeln!(out, "{}", paint(BOLD, shown(&file.file)));
        let heads: String = file.figures.iter().map(|figure| format!("  {figure:>9}")).collect();
        let _ = writeln!(out, "  {:name$}{}", "", paint(DIM, heads));
        for (held, values) in &file.values {
            let cell = |value: &Option<f64>| match value {
                Some(value) => format!("  {value:>9.decimals$}"),
                None => format!("  {:>9}", "-"),
            };
            let cells: String = values.iter().map(cell).collect();
            let _ = writeln!(out, "  {:name$}{cells}", held.name());
        }
        out.push('\n');
    }
    out.push_str(&verdict(found));
    out.push('\n');
    out
}

/// Whether the fit is worth taking.
fn verdict(found: &Calibration) -> String {
    match found.gain() {
        None => "Too few documents to hold any out: nothing says whether the fit is better than what was.".to_owned(),
        Some(gain) if gain > 0.0 => {
            format!("On documents that the fit has not seen, the figures are better by {gain:.2} on average.")
        }
        Some(gain) => format!(
            "On documents that the fit has not seen, the figures are no better ({gain:.2} on average): keep the weights as they were."
        ),
    }
}

/// One object.
#[must_use]
pub fn calibration_json(found: &Calibration) -> String {
    let weights = &found.weights;
    let files: Vec<Value> = found
        .files
        .iter()
        .map(|file| {
            let row = |(held, values): &(Held, Vec<Option<f64>>)| {
                let figures: Map<String, Value> =
                    file.figures.iter().cloned().zip(values.iter().map(|value| json!(value))).collect();
                let name = serde_json::to_value(held).unwrap_or_default();
                (name.as_str().unwrap_or_default().to_owned(), Value::Object(figures))
            };
            json!({"file": file.file, "figures": file.values.iter().map(row).collect::<Map<_, _>>()})
        })
        .collect();
    let fitted = json!({
        "likeness": weights.likeness, "coverage": weights.coverage, "minor": weights.minor, "reworded": weights.reworded,
        "major": weights.major, "critical": weights.critical, "roughness": weights.roughness,
    });
    let mut out = serde_json::to_string_pretty(&json!({"weights": fitted, "gain": found.gain(), "files": files}))
        .unwrap_or_default();
    out.push('\n');
    out
}
