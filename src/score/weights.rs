//! What the parts of a score weigh: readable TOML, built in or from a file.

use crate::config::{Config, Severity};
use crate::detect::Weight;
use crate::error::{Error, Place, Result};
use serde::Deserialize;
use std::sync::LazyLock;

const BUILTIN: &str = include_str!("../../corpora/models/score.toml");

/// What the parts of a passage's score weigh ([`super::passage`]).
///
/// ```
/// use fauxami::score::Weights;
/// let weights = Weights::from_toml(&Weights::builtin().to_toml(), "score.toml")?;
/// assert_eq!(weights, Weights::builtin());
/// let error = Weights::from_toml("[weights]\nlikenes = 1.0\n", "mine.toml").unwrap_err();
/// assert!(error.to_string().starts_with("mine.toml"));
/// # Ok::<(), fauxami::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Of −ln(chrF++ ⁄ 100), 0 upwards.
    pub likeness: f64,
    /// Of −ln of the content that the other side has, 0 upwards.
    pub coverage: f64,
    /// Of one minor finding in a passage of one word, 0 upwards.
    pub minor: f64,
    /// Of a minor one that says only that the reference has other words, which coverage sees as well; no more than of a minor one.
    pub reworded: f64,
    /// Of a major one, no less than of a minor one.
    pub major: f64,
    /// Of a critical one, no less than of a major one.
    pub critical: f64,
    /// Of a point of roughness, 0 upwards.
    pub roughness: f64,
    /// How fast a loss eats into the score of a passage that has a reference, above 0.
    pub steepness: f64,
    /// Words of a reference at which the loss counts as it is, 1 upwards. Raters add up faults, and a mean over words forgets how
    /// many there are: the loss grows with the root of the length, which is the geometric mean of the share of what went wrong and
    /// its amount.
    pub usual_words: f64,
    /// Words beyond which it grows no more, 1 upwards: a passage of several sentences is no worse than its sentences.
    pub longest_words: f64,
    /// Words below which a passage counts as if it had so many, 1 upwards.
    pub least_words: f64,
    /// The roughness below which a passage without a reference loses next to nothing, 0 upwards.
    pub plain: f64,
    /// What reads better than its reference makes up for other losses down to this share of them, 0 to 1.
    pub floor: f64,
    /// What is left of the score of a passage that answers another one, 0 to 1.
    pub unrelated: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    weights: Parts,
    shape: Shape,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    likeness: f64,
    coverage: f64,
    minor: f64,
    reworded: f64,
    major: f64,
    critical: f64,
    roughness: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Shape {
    steepness: f64,
    usual_words: f64,
    longest_words: f64,
    least_words: f64,
    plain: f64,
    floor: f64,
    unrelated: f64,
}

impl Weights {
    /// The weights that the program comes with.
    #[must_use]
    pub fn builtin() -> Self {
        static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
            Weights::from_toml(BUILTIN, "corpora/models/score.toml").expect("corpora/models/score.toml is whole")
        });
        *WEIGHTS
    }

    /// Those that the configuration names, or the built-in ones.
    ///
    /// # Errors
    /// As [`Self::from_toml`], or a file that cannot be read.
    pub fn for_config(config: &Config) -> Result<Self> {
        let Some(path) = &config.score_model else { return Ok(Self::builtin()) };
        let text = std::fs::read_to_string(path).map_err(|error| Error::io(path, &error))?;
        Self::from_toml(&text, &path.display().to_string())
    }

    /// Reads TOML of the form of `corpora/models/score.toml`; `file` names it in errors.
    ///
    /// # Errors
    /// [`crate::error::Kind::Usage`] where the text is no such TOML, a key is missing or unknown, or a weight is out of its range.
    pub fn from_toml(text: &str, file: &str) -> Result<Self> {
        let File { weights, shape } = toml::from_str(text).map_err(|error| {
            Error::toml(text, &error)
                .file(file)
                .expected("weights of the score")
                .remedy("`fauxami calibrate` writes such a file")
        })?;
        let Parts { likeness, coverage, minor, reworded, major, critical, roughness } = weights;
        let Shape { steepness, usual_words, longest_words, least_words, plain, floor, unrelated } = shape;
        let least = |name, value: f64, least: f64| (name, value, least..=1e6);
        let ranges = [
            least("likeness", likeness, 0.0),
            least("coverage", coverage, 0.0),
            least("minor", minor, 0.0),
            ("reworded", reworded, 0.0..=minor),
            least("major", major, minor),
            least("critical", critical, major),
            least("roughness", roughness, 0.0),
            least("steepness", steepness, 1e-6),
            least("usual-words", usual_words, 1.0),
            least("longest-words", longest_words, 1.0),
            least("least-words", least_words, 1.0),
            least("plain", plain, 0.0),
            ("floor", floor, 0.0..=1.0),
            ("unrelated", unrelated, 0.0..=1.0),
        ];
        for (name, value, range) in ranges {
            if !range.contains(&value) {
                let line = text.lines().position(|line| line.split('=').next().is_some_and(|key| key.trim() == name));
                return Err(Error::usage(format!("`{name}` is {value}"))
                    .file(file)
                    .at(Place::Line(line.map_or(1, |line| line + 1)))
                    .expected(format!("a number from {} to {}", range.start(), range.end())));
            }
        }
        Ok(Self {
            likeness,
            coverage,
            minor,
            reworded,
            major,
            critical,
            roughness,
            steepness,
            usual_words,
            longest_words,
            least_words,
            plain,
            floor,
            unrelated,
        })
    }

    /// As TOML that [`Self::from_toml`] reads, with the comments of the built-in file.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let values = [
            ("likeness", self.likeness),
            ("coverage", self.coverage),
            ("minor", self.minor),
            ("reworded", self.reworded),
            ("major", self.major),
            ("critical", self.critical),
            ("roughness", self.roughness),
            ("steepness", self.steepness),
            ("usual-words", self.usual_words),
            ("longest-words", self.longest_words),
            ("least-words", self.least_words),
            ("plain", self.plain),
            ("floor", self.floor),
            ("unrelated", self.unrelated),
        ];
        let line = |line: &str| {
            let key = line.split(" = ").next().unwrap_or_default();
            values
                .iter()
                .find(|(name, _)| *name == key)
                .map_or_else(|| line.to_owned(), |(_, value)| format!("{key} = {value:?}"))
        };
        BUILTIN.lines().map(|own| line(own) + "\n").collect()
    }

    /// What a finding weighs in a passage of one word if it can be trusted in full.
    pub(super) fn of(&self, finding: &Weight) -> f64 {
        if finding.is_reworded() { self.reworded } else { self.of_severity(finding.severity) }
    }

    const fn of_severity(&self, severity: Severity) -> f64 {
        match severity {
            Severity::Neutral => 0.0,
            Severity::Minor => self.minor,
            Severity::Major => self.major,
            Severity::Critical => self.critical,
        }
    }

    /// The penalty of findings by severity, the least first, and of those that are but reworded.
    pub(super) fn penalty(&self, trusted: [f64; 4], reworded: f64) -> f64 {
        let graded: f64 =
            Severity::ALL.into_iter().zip(trusted).map(|(severity, trust)| self.of_severity(severity) * trust).sum();
        graded + self.reworded * reworded
    }
}
