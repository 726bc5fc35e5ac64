//! Packs: entries, page furniture and names in TOML.

use super::entry::{CONFIDENCE, Entry, Examples, Kind, Side};
use super::fill::{Blank, parts};
use super::furniture::Where;
use super::pattern::Pattern;
use super::syntax::Atom;
use crate::config::{Profile, Severity};
use crate::error::{Error, Place, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// Where the form of a pack is described.
const FORM: &str = "see corpora/lexicon/README.md for the form of a pack";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPack {
    #[serde(default)]
    pub entry: Vec<RawEntry>,
    #[serde(default)]
    pub phrase: Vec<RawPhrase>,
    #[serde(default)]
    pub group: Vec<RawGroup>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEntry {
    id: Spanned<String>,
    kind: Kind,
    pattern: Vec<Spanned<String>>,
    suggestion: Vec<Spanned<String>>,
    #[serde(default)]
    sources: BTreeMap<String, String>,
    reason: String,
    severity: Option<Severity>,
    confidence: Option<Spanned<f32>>,
    profile: Option<Profile>,
    #[serde(rename = "where")]
    side: Option<Side>,
    #[serde(default)]
    unless: Vec<Spanned<String>>,
    #[serde(default)]
    good: Vec<String>,
    #[serde(default)]
    bad: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPhrase {
    pub text: String,
    #[serde(default, rename = "where")]
    pub place: Where,
    #[serde(default = "twelve")]
    pub max_words: usize,
    pub lang: String,
}

const fn twelve() -> usize {
    12
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    pub names: Vec<String>,
    pub prefer: Option<Spanned<String>>,
    pub kind: NameKind,
    #[serde(default)]
    pub unless: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum NameKind {
    Place,
    Person,
    Organisation,
}

/// A pack's file and where its lines end, to name places in it.
pub(super) struct Source<'f> {
    file: &'f str,
    breaks: Vec<usize>,
}

impl<'f> Source<'f> {
    pub fn new(text: &str, file: &'f str) -> Self {
        Self { file, breaks: text.match_indices('\n').map(|x| x.0).collect() }
    }

    /// The line of byte `at`, from 1.
    fn line(&self, at: usize) -> usize {
        self.breaks.partition_point(|end| *end < at) + 1
    }

    /// `error` with file and line.
    fn place(&self, error: Error, at: usize) -> Error {
        error.file(self.file).at(Place::Line(self.line(at)))
    }
}

/// Reads a pack.
pub(super) fn read(text: &str, source: &Source<'_>) -> Result<RawPack> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        source.place(Error::usage(error.message().trim().to_owned()), at).remedy(FORM)
    })
}

/// The error that `prefer` is none of a group's names.
pub(super) fn stray_name(prefer: &Spanned<String>, source: &Source<'_>) -> Error {
    let error = Error::usage(format!("`prefer = \"{}\"` is none of the group's names", prefer.get_ref()));
    source.place(error, prefer.span().start).remedy("choose one of `names`, or add it there")
}

impl RawEntry {
    /// The entry, checked as far as it can be alone.
    ///
    /// # Errors
    /// An id that is not in kebab case, a confidence outside 0 to 1, no pattern or suggestion, a pattern that cannot be
    /// read, a suggestion that repeats what no pattern captures.
    pub fn check(self, source: &Source<'_>) -> Result<(Entry, Examples)> {
        let id = self.id.get_ref().clone();
        let fail = |at: usize, message: String| source.place(Error::usage(format!("entry `{id}`: {message}")), at);
        let start = self.id.span().start;
        let kebab = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !id.split('-').all(kebab) {
            return Err(fail(start, "the id is not in kebab case".into())
                .expected("lower-case letters and digits, parted by single hyphens"));
        }
        if self.pattern.is_empty() || self.suggestion.is_empty() {
            return Err(fail(start, "no pattern or no suggestion".into()).expected("at least one of each"));
        }
        if let Some(confidence) = self.confidence.as_ref().filter(|c| !(0.0..=1.0).contains(c.get_ref())) {
            return Err(fail(confidence.span().start, format!("`confidence` is {}", confidence.get_ref()))
                .expected("a number from 0 to 1"));
        }
        let parse = |list: &[Spanned<String>]| -> Result<Vec<Pattern>> {
            list.iter()
                .map(|p| {
                    Pattern::parse(p.get_ref())
                        .map_err(|e| fail(p.span().start, format!("pattern `{}`: {e}", p.get_ref())).remedy(FORM))
                })
                .collect()
        };
        let (patterns, unless) = (parse(&self.pattern)?, parse(&self.unless)?);
        for suggestion in &self.suggestion {
            let template = suggestion.get_ref();
            let wrong = |message: String| {
                fail(suggestion.span().start, format!("suggestion `{template}`: {message}")).remedy(FORM)
            };
            for blank in parts(template).map_err(wrong)?.into_iter().filter_map(|part| part.1) {
                if !patterns.iter().any(|pattern| captures(pattern, blank)) {
                    return Err(wrong(format!("no pattern has what {} repeats", shown(blank))));
                }
            }
        }
        let written = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect::<Vec<_>>();
        let entry = Entry {
            kind: self.kind,
            patterns,
            written: written(self.pattern),
            suggestions: written(self.suggestion),
            sources: self.sources,
            reason: self.reason,
            severity: self.severity.unwrap_or(Severity::Minor),
            confidence: self.confidence.map_or(CONFIDENCE, Spanned::into_inner),
            profile: self.profile,
            side: self.side,
            unless,
            spared: written(self.unless),
            file: source.file.to_owned(),
            line: source.line(start),
            id,
        };
        Ok((entry, Examples { bad: self.bad, good: self.good }))
    }
}

fn shown(blank: Blank<'_>) -> String {
    match blank {
        Blank::Class(name, 1) => format!("`{{{name}}}`"),
        Blank::Class(name, n) => format!("`{{{name}:{n}}}`"),
        Blank::Lemma(name, 1) => format!("`<{name}>`"),
        Blank::Lemma(name, n) => format!("`<{name}:{n}>`"),
    }
}

/// Whether the pattern can capture what fills the blank.
fn captures(pattern: &Pattern, blank: Blank<'_>) -> bool {
    let elements = &pattern.syntax().elements;
    let count = |of: &dyn Fn(&Atom) -> bool| elements.iter().filter(|e| of(&e.atom)).count();
    match blank {
        // Without a lemma in the pattern it stands in its base form.
        Blank::Lemma(_, nth) => nth == 1 || count(&|atom| matches!(atom, Atom::Lemmas(_))) >= nth,
        Blank::Class(name, nth) => {
            let named = |wanted: &str| {
                count(&|atom| matches!(atom, Atom::Class(class) if super::Class::parse(wanted) == Some(*class))) >= nth
            };
            named(name) || name == "country" && named("nationality") || name == "nationality" && named("country")
        }
    }
}
