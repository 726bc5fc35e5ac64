//! What `score --format jsonl` wrote, or another tool in its shape.

use super::lines::{Line, Lines};
use super::pairs::{Bytes, RowId};
use crate::config::Severity;
use crate::error::{Error, Place, Result};
use serde::Deserialize;

/// One scored translation.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Scored {
    /// The name of its row.
    pub id: RowId,
    /// Its score; higher is better.
    pub score: f64,
    /// What was found in it.
    #[serde(default)]
    pub findings: Vec<ScoredFinding>,
}

/// One finding, as far as it is held against what raters marked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ScoredFinding {
    /// Its rule.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// How likely it is said to be, 0 to 1.
    #[serde(default)]
    pub confidence: Option<f64>,
}

/// Reads scored rows as JSON Lines; `name` names the input in errors. The second list has an error for each line that is none.
///
/// # Errors
/// [`crate::error::Kind::Io`] where the reader fails.
///
/// ```
/// use fauxami::read::read_scored;
/// let lines = "{\"id\": 1, \"score\": 71.5, \"findings\": []}\n{\"id\": 2, \"error\": \"a bad row\"}\n";
/// let (rows, bad) = read_scored(Box::new(lines.as_bytes()), "scored.jsonl")?;
/// assert_eq!((rows.len(), rows[0].score), (1, 71.5));
/// assert!(bad[0].to_string().starts_with("scored.jsonl:2: "));
/// # Ok::<(), fauxami::Error>(())
/// ```
pub fn read_scored(reader: Bytes, name: &str) -> Result<(Vec<Scored>, Vec<Error>)> {
    let mut lines = Lines::new(reader, name);
    let (mut rows, mut bad) = (Vec::new(), Vec::new());
    loop {
        let number = lines.number + 1;
        let parsed = match lines.next() {
            Line::End => return Ok((rows, bad)),
            Line::Broken(error) => return Err(error),
            Line::Bad(error) => {
                bad.push(error);
                continue;
            }
            Line::Text(text) if text.trim().is_empty() => continue,
            Line::Text(text) => serde_json::from_str(text),
        };
        match parsed {
            Ok(row) => rows.push(row),
            Err(error) => {
                let what = error.to_string();
                let what = what.rsplit_once(" at line ").map_or(what.as_str(), |(what, _)| what);
                let error = Error::input(format!("no scored row: {what}")).file(name).at(Place::Line(number));
                bad.push(
                    error.expected("{\"id\", \"score\", \"findings\"}, as `fauxami score --format jsonl` writes it"),
                );
            }
        }
    }
}
