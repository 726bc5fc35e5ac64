//! One entry: a phrase that is wrong, why, and what to write instead.

use super::pattern::Pattern;
use super::record::{ITEM, Records, VALUE, items};
use crate::config::{Profile, Severity};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What kind of fault an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A phrase translated word for word.
    Calque,
    /// A word taken for its look-alike.
    FalseFriend,
    /// An idiom or proverb that English does not have, or has in other words.
    Idiom,
    /// The heavy style of another language's offices and agencies.
    Officialese,
    /// A way of naming who said something that English news does not use.
    Attribution,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Calque, Self::FalseFriend, Self::Idiom, Self::Officialese, Self::Attribution];

    /// Its name, as packs write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Calque => "calque",
            Self::FalseFriend => "false-friend",
            Self::Idiom => "idiom",
            Self::Officialese => "officialese",
            Self::Attribution => "attribution",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The id of the rule that reports it.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        if matches!(self, Self::FalseFriend) { "false-friend" } else { "calque" }
    }

    /// Its category in MQM 2.0.
    #[must_use]
    pub const fn category(self) -> &'static str {
        match self {
            Self::FalseFriend => "Accuracy/Mistranslation",
            Self::Officialese => "Style/Language register",
            Self::Attribution => "Style/Organizational style",
            Self::Calque | Self::Idiom => "Style/Unidiomatic",
        }
    }
}

/// On which side of quotation marks an entry speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Only inside a quotation.
    Quote,
    /// Only outside.
    Outside,
}

impl Side {
    /// Its name, as packs write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Outside => "outside",
        }
    }
}

/// Which field of a record has the patterns.
pub(super) const PATTERNS: usize = 11;

/// The confidence of an entry that does not say.
pub const CONFIDENCE: f32 = 0.8;

/// A phrase that is wrong.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// What it meets.
    pub patterns: Vec<Pattern>,
    /// The patterns as they are written.
    pub written: Vec<String>,
    /// What to write instead, as templates.
    pub suggestions: Vec<String>,
    /// Source languages with the phrase there.
    pub sources: BTreeMap<String, String>,
    /// Why it is wrong, in one clause.
    pub reason: String,
    /// How bad.
    pub severity: Severity,
    /// How likely it is that an editor would agree, 0 to 1, before any evidence.
    pub confidence: f32,
    /// The house style that it belongs to; none is everybody's.
    pub profile: Option<Profile>,
    /// The side of quotation marks on which it speaks; none is both.
    pub side: Option<Side>,
    /// Patterns in whose neighbourhood it is right.
    pub unless: Vec<Pattern>,
    /// Those as they are written.
    pub spared: Vec<String>,
    /// The file that it stands in.
    pub file: String,
    /// The line there, from 1.
    pub line: usize,
}

/// Sentences that show what an entry finds, and what it leaves alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examples {
    /// With the fault, in ⟦ ⟧.
    pub bad: Vec<String>,
    /// Without it.
    pub good: Vec<String>,
}

impl Entry {
    /// Entry `n` of the records that `build.rs` wrote, in the order of its fields there.
    pub(super) fn of_record(records: Records, n: usize) -> Self {
        let mut fields = records.fields(n);
        let mut next = || fields.next().unwrap_or("");
        let list = |field: &'static str| items(field).map(str::to_owned).collect::<Vec<_>>();
        let (id, kind, confidence, severity) = (next(), next(), next(), next());
        let (profile, side, file, line, reason) = (next(), next(), next(), next(), next());
        // An empty suggestion is one: to cut the phrase.
        let suggestions = next().split(ITEM).map(str::to_owned).collect();
        let sources = items(next()).filter_map(|item| item.split_once(VALUE));
        let (sources, written) = (sources.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(), list(next()));
        let spared = list(next());
        // The tests load every entry from its file.
        let patterns = |written: &[String]| written.iter().filter_map(|text| Pattern::parse(text).ok()).collect();
        Self {
            id: id.to_owned(),
            kind: Kind::parse(kind).unwrap_or(Kind::Calque),
            patterns: patterns(&written),
            written,
            suggestions,
            sources,
            reason: reason.to_owned(),
            severity: Severity::ALL.into_iter().find(|s| s.name() == severity).unwrap_or(Severity::Minor),
            confidence: confidence.parse().unwrap_or(CONFIDENCE),
            profile: Profile::parse(profile),
            side: [Side::Quote, Side::Outside].into_iter().find(|s| s.name() == side),
            unless: patterns(&spared),
            spared,
            file: file.to_owned(),
            line: line.parse().unwrap_or(1),
        }
    }
}

/// The examples of record `n`.
pub(super) fn examples_of_record(records: Records, n: usize) -> Examples {
    let mut fields = records.fields(n).map(|field| items(field).map(str::to_owned).collect());
    Examples { bad: fields.next().unwrap_or_default(), good: fields.next().unwrap_or_default() }
}
