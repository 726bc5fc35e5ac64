//! What the user may choose: rules on and off, severities, thresholds, extra lexicons.

use crate::error::{Error, Place, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How much a finding weighs: MQM 2.0's severity levels.
///
/// ```
/// use fauxami::Severity;
/// assert!(Severity::Minor < Severity::Major);
/// assert_eq!(Severity::Major.multiplier(), 5.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look; costs nothing.
    Neutral,
    /// A reader stumbles; the sense is clear.
    Minor,
    /// A reader is misled or cannot follow; an editor must mend it.
    Major,
    /// The passage must not be published as it stands.
    Critical,
}

impl Severity {
    /// All levels, least first.
    pub const ALL: [Self; 4] = [Self::Neutral, Self::Minor, Self::Major, Self::Critical];

    /// MQM 2.0's severity multiplier: 0, 1, 5 or 25 penalty points
    /// (Lommel et al. 2024, "The Multi-Range Theory of Translation Quality Measurement").
    #[must_use]
    pub const fn multiplier(self) -> f64 {
        match self {
            Self::Neutral => 0.0,
            Self::Minor => 1.0,
            Self::Major => 5.0,
            Self::Critical => 25.0,
        }
    }

    /// The level's name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }
}

/// A house style, whose entries in the lexicon speak only where it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// The Associated Press.
    Ap,
    /// Reuters.
    Reuters,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 2] = [Self::Ap, Self::Reuters];

    /// Its name, as the configuration writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ap => "ap",
            Self::Reuters => "reuters",
        }
    }

    /// The profile of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

/// The checked content of `fauxami.toml`. Every field has a default, so an empty file is a good one.
///
/// ```
/// let config = fauxami::Config::from_toml("[rules]\ncalque = \"off\"\ntense-drift = \"minor\"\n", "fauxami.toml").unwrap();
/// assert!(!config.runs("calque"));
/// assert!(config.runs("spacing"));
/// let error = fauxami::Config::from_toml("lexicon = []", "fauxami.toml").unwrap_err();
/// assert!(error.to_string().contains("lexicons"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Rule ids that run; `None` runs all but those in `off`.
    pub only: Option<Vec<String>>,
    /// Rule ids that do not run.
    pub off: Vec<String>,
    /// Severities that replace a rule's own.
    pub severities: BTreeMap<String, Severity>,
    /// Files with further lexicon entries, resolved against the configuration file's folder.
    pub lexicons: Vec<PathBuf>,
    /// Ids of lexicon entries that are switched off.
    pub lexicon_off: Vec<String>,
    /// File with the weights of the score ([`crate::score::Weights`]), resolved like the lexicons; none takes the built-in ones.
    pub score_model: Option<PathBuf>,
    /// The house style that is kept; none keeps what all of them share.
    pub profile: Option<Profile>,
    /// Language that the translation is expected to be in, as an ISO 639-1 code; findings are made for English.
    pub language: Option<String>,
    /// Least severity that makes the exit status 1; `None` leaves the command's default.
    pub fail_on: Option<Severity>,
    /// Least confidence, 0 to 1, that a finding must have to be reported; `None` takes
    /// [`Config::MIN_CONFIDENCE`], with a reference [`Config::MIN_CONFIDENCE_REFERENCE`].
    pub min_confidence: Option<f64>,
    /// Least score, 0 to 100, that a story or corpus must reach for exit status 0.
    pub min_score: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Raw {
    rules: Option<BTreeMap<String, String>>,
    lexicons: Option<Vec<PathBuf>>,
    lexicon_off: Option<Vec<String>>,
    score_model: Option<PathBuf>,
    profile: Option<String>,
    language: Option<String>,
    fail_on: Option<Severity>,
    min_score: Option<f64>,
    min_confidence: Option<f64>,
}

const KEYS: [&str; 9] = [
    "rules",
    "lexicons",
    "lexicon-off",
    "score-model",
    "profile",
    "language",
    "fail-on",
    "min-score",
    "min-confidence",
];

impl Config {
    /// Findings that are less likely to be right than this are left out where nothing else is said.
    pub const MIN_CONFIDENCE: f64 = 0.3;
    /// The same where a reference stands beside the translation: every difference of it may matter.
    pub const MIN_CONFIDENCE_REFERENCE: f64 = 0.2;

    /// Whether the rule named `id` is to run.
    #[must_use]
    pub fn runs(&self, id: &str) -> bool {
        let chosen = self.only.as_ref().is_none_or(|only| only.iter().any(|x| x == id));
        chosen && !self.off.iter().any(|x| x == id)
    }

    /// Reads TOML; `file` names it in errors. Relative lexicon paths are kept as written.
    ///
    /// # Errors
    /// [`crate::error::Kind::Usage`] where the text is no TOML, a key is unknown (the nearest known one is named),
    /// a severity or switch is unknown, `min-score` is outside 0 to 100 or `min-confidence` outside 0 to 1. Rule ids are checked by
    /// [`crate::Auditor::new`], which knows the rules.
    pub fn from_toml(text: &str, file: &str) -> Result<Self> {
        let fail = |message: String| Error::usage(message).file(file);
        let table: toml::Table = text.parse().map_err(|error| Error::toml(text, &error).file(file).expected("TOML"))?;
        for key in table.keys() {
            if !KEYS.contains(&key.as_str()) {
                let line = text.lines().position(|l| l.trim_start().trim_start_matches('[').starts_with(key.as_str()));
                let known = crate::error::nearest(key, KEYS);
                let remedy = known
                    .map_or_else(|| format!("known keys: {}", KEYS.join(", ")), |k| format!("did you mean `{k}`?"));
                return Err(fail(format!("unknown key `{key}`"))
                    .at(Place::Line(line.map_or(1, |l| l + 1)))
                    .remedy(remedy));
            }
        }
        let raw: Raw = table.try_into().map_err(|error: toml::de::Error| fail(error.message().to_owned()))?;
        let mut config = Self {
            lexicons: raw.lexicons.unwrap_or_default(),
            lexicon_off: raw.lexicon_off.unwrap_or_default(),
            score_model: raw.score_model,
            language: raw.language,
            fail_on: raw.fail_on,
            min_score: raw.min_score,
            min_confidence: raw.min_confidence,
            ..Self::default()
        };
        if let Some(name) = raw.profile {
            config.profile = Some(Profile::parse(&name).ok_or_else(|| {
                fail(format!("unknown profile `{name}`")).expected(Profile::ALL.map(Profile::name).join(" or "))
            })?);
        }
        if let Some(score) = config.min_score.filter(|s| !(0.0..=100.0).contains(s)) {
            return Err(fail(format!("`min-score` is {score}")).expected("a number from 0 to 100"));
        }
        if let Some(least) = config.min_confidence.filter(|c| !(0.0..=1.0).contains(c)) {
            return Err(fail(format!("`min-confidence` is {least}")).expected("a number from 0 to 1"));
        }
        for (id, value) in raw.rules.unwrap_or_default() {
            match value.as_str() {
                "off" => config.off.push(id),
                "on" => {}
                other => match Severity::ALL.iter().find(|s| s.name() == other) {
                    Some(&severity) => {
                        config.severities.insert(id, severity);
                    }
                    None => {
                        return Err(fail(format!("rule `{id}` is set to `{other}`"))
                            .expected("on, off, neutral, minor, major or critical"));
                    }
                },
            }
        }
        Ok(config)
    }

    /// The rule ids that this configuration names, for a check against those that exist.
    pub fn rule_ids(&self) -> impl Iterator<Item = &str> {
        self.only.iter().flatten().chain(&self.off).chain(self.severities.keys()).map(String::as_str)
    }
}
