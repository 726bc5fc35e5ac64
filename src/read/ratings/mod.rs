//! What people said of translations: penalties, scores, and the spans that they marked.

mod json;
mod marot;
mod pearmut;

use super::lines::Lines;
use super::pairs::{Bytes, Pair, RowId};
use crate::error::{Error, Result};
use std::cmp::Ordering;

/// One translation and what people said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// The row's name; its 0-based place among the rows of the file where it has none.
    pub id: RowId,
    /// The translation with what it may be held against, its document and system.
    pub pair: Pair,
    /// The languages, for instance `zh-en`; empty where they are not named. Ratings of different languages are never compared.
    pub languages: String,
    /// The source segment: translations of one segment of one document are compared with each other.
    pub segment: String,
    /// What people said of it as a whole, if they did.
    pub verdict: Option<Verdict>,
    /// The errors that each rater marked; none where nobody marked spans.
    pub raters: Option<Vec<Rater>>,
    /// The same translation with a planted fault, which must score less; where it is the reference, more.
    pub planted: Option<Planted>,
}

impl Rating {
    /// How the translation should score beside the changed text of [`Self::planted`]: above it where that has a fault, below it where
    /// that is the reference, the same where nothing was changed of a reference. None where nothing was planted.
    ///
    /// ```
    /// use fauxami::read::read_ratings;
    /// use std::{cmp::Ordering, io::Cursor};
    /// let row = r#"{"mt": "A house red.", "ref": "A red house.", "perturbed": "CHANGED", "perturbation": "order"}"#;
    /// let wanted = |text| {
    ///     let row = Cursor::new(row.replace("CHANGED", text));
    ///     read_ratings(Box::new(row), "r.jsonl").unwrap().rows[0].wanted()
    /// };
    /// assert_eq!(wanted("House a red."), Some(Ordering::Greater));
    /// assert_eq!(wanted("A red house."), Some(Ordering::Less));
    /// ```
    #[must_use]
    pub fn wanted(&self) -> Option<Ordering> {
        let text = &self.planted.as_ref()?.text;
        let is_reference = self.pair.refs.contains(text);
        Some(match (is_reference, *text == self.pair.mt) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, _) => Ordering::Greater,
        })
    }
}

/// What people said of a translation as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    /// Penalty points, 0 upwards; lower is better.
    Penalty(f64),
    /// A score; higher is better.
    Score(f64),
}

impl Verdict {
    /// On a scale on which higher is better.
    #[must_use]
    pub const fn value(self) -> f64 {
        match self {
            Self::Penalty(points) => -points,
            Self::Score(score) => score,
        }
    }
}

/// A fault that somebody planted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planted {
    /// The translation with the fault.
    pub text: String,
    /// What kind of fault it is; empty where that is not named.
    pub kind: String,
}

/// What one rater marked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rater {
    /// The rater's name.
    pub name: String,
    /// The errors, in the order given.
    pub errors: Vec<RatedError>,
}

/// One error that a rater marked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RatedError {
    /// Where, in Unicode code points of the translation, ends exclusive; empty where the error has no place in it.
    pub places: Vec<(usize, usize)>,
    /// The category as the rater's tool names it; may be empty.
    pub category: String,
    /// The severity as the rater's tool names it.
    pub severity: String,
}

impl RatedError {
    /// Its category and places.
    #[must_use]
    pub fn mark(&self) -> (&str, &[(usize, usize)]) {
        (&self.category, &self.places)
    }

    /// Penalty points as Google's MQM weighs them: major 5, minor 1, minor punctuation 0.1, non-translation and critical 25,
    /// anything else 0 (Freitag et al. 2021, "Experts, Errors, and Context").
    ///
    /// ```
    /// use fauxami::read::RatedError;
    /// let error = |category: &str, severity: &str| RatedError {
    ///     category: category.into(),
    ///     severity: severity.into(),
    ///     ..RatedError::default()
    /// };
    /// assert_eq!(error("Accuracy/Addition", "Major").penalty(), 5.0);
    /// assert_eq!(error("Fluency/Punctuation", "minor").penalty(), 0.1);
    /// assert_eq!(error("Non-translation!", "Major").penalty(), 25.0);
    /// ```
    #[must_use]
    pub fn penalty(&self) -> f64 {
        let is = |name: &str| self.severity.trim().eq_ignore_ascii_case(name);
        if is("critical") || (is("major") && self.category.starts_with("Non-translation")) {
            25.0
        } else if is("major") {
            5.0
        } else if is("minor") && self.category == "Fluency/Punctuation" {
            0.1
        } else if is("minor") {
            1.0
        } else {
            0.0
        }
    }
}

/// The mean of the raters' penalties.
fn mean_penalty(raters: &[Rater]) -> Option<Verdict> {
    let sum = |rater: &Rater| rater.errors.iter().map(RatedError::penalty).sum::<f64>();
    let total: f64 = raters.iter().map(sum).sum();
    (!raters.is_empty()).then(|| Verdict::Penalty(total / raters.len() as f64))
}

/// The ratings of a file, and the rows that could not be read.
#[derive(Clone, Debug, Default)]
pub struct Ratings {
    /// What was read, in the order of the file.
    pub rows: Vec<Rating>,
    /// The rows that are no ratings; each error names file and line.
    pub bad: Vec<Error>,
}

/// Reads ratings as JSON Lines, as MQM in tab-separated values (Marot, and as Google publishes them), or as Pearmut's JSON,
/// whichever the first bytes look like. `name` names the input in errors. All ratings are held in memory.
///
/// # Errors
/// [`crate::error::Kind::Io`] where the reader fails, [`crate::error::Kind::Input`] where the input is empty or none of these.
///
/// ```
/// use fauxami::read::{Verdict, read_ratings};
/// let tsv = "system\tdoc\tseg_id\trater\tsource\ttarget\tcategory\tseverity\n\
///            A\td1\t1\tr1\tQuelle\tThe <v>well</v> is dry.\tAccuracy/Mistranslation\tMajor\n";
/// let ratings = read_ratings(Box::new(tsv.as_bytes()), "mqm.tsv")?;
/// assert_eq!(ratings.rows[0].pair.mt, "The well is dry.");
/// assert_eq!(ratings.rows[0].verdict, Some(Verdict::Penalty(5.0)));
/// assert_eq!(ratings.rows[0].raters.as_ref().unwrap()[0].errors[0].places, [(4, 8)]);
/// # Ok::<(), fauxami::Error>(())
/// ```
pub fn read_ratings(reader: Bytes, name: &str) -> Result<Ratings> {
    let mut lines = Lines::new(reader, name);
    let head = lines.peek()?;
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    // A line of JSON Lines is a translation; a campaign goes over many lines, or names its translations otherwise.
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
    let whole = line.trim_ascii_end().ends_with(b"}") || !head.contains(&b'\n');
    let has = |key: &str| line.windows(key.len()).any(|window| window == key.as_bytes());
    match head.first() {
        None => Err(Error::input("no ratings").file(name).expected(SHAPES).remedy("check the export that wrote it")),
        Some(b'[') => pearmut::read(lines),
        Some(b'{') if !has("\"mt\"") && (!whole || has("\"tgt\"") || has("\"campaign_id\"")) => pearmut::read(lines),
        Some(b'{') => json::read(lines),
        Some(_) => marot::read(lines),
    }
}

const SHAPES: &str = "ratings as JSON Lines, MQM as tab-separated values, or Pearmut's JSON";
