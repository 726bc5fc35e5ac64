//! The phrase knowledge: calques and false friends, boilerplate, and variants of names, as TOML packs.

pub(crate) mod classes;
mod pattern;

pub use classes::Class;
pub use pattern::{Match, Pattern};

use crate::config::{Config, Severity};
use crate::error::{Error, Place, Result};
use crate::text::{Analysis, Form, inflect};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// What kind of fault an entry names; each is a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A phrase translated word for word.
    Calque,
    /// A word taken for its look-alike.
    FalseFriend,
}

/// Where a boilerplate phrase stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Where {
    /// It is the whole passage or sentence.
    #[default]
    Whole,
    /// The passage begins with it and is short.
    Start,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack {
    #[serde(default)]
    entry: Vec<RawEntry>,
    #[serde(default)]
    phrase: Vec<RawPhrase>,
    #[serde(default)]
    group: Vec<RawGroup>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    id: String,
    kind: Kind,
    pattern: Vec<String>,
    suggestion: Vec<String>,
    #[serde(default)]
    sources: BTreeMap<String, String>,
    reason: String,
    severity: Option<Severity>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    good: Vec<String>,
    #[serde(default)]
    bad: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrase {
    text: String,
    #[serde(default, rename = "where")]
    place: Where,
    #[serde(default = "twelve")]
    max_words: usize,
    lang: String,
}

const fn twelve() -> usize {
    12
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    names: Vec<String>,
    prefer: Option<String>,
    kind: NameKind,
    #[serde(default)]
    unless: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum NameKind {
    Place,
    Person,
    Organisation,
}

/// A calque or false friend.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// What it meets.
    pub patterns: Vec<Pattern>,
    /// What to write instead, as templates.
    pub suggestions: Vec<String>,
    /// Source languages with the phrase there.
    pub sources: BTreeMap<String, String>,
    /// Why it is wrong, in one clause.
    pub reason: String,
    /// How bad.
    pub severity: Severity,
    /// Patterns in whose neighbourhood it is right.
    pub unless: Vec<Pattern>,
    /// Sentences with the fault marked, for the tests.
    pub bad: Vec<String>,
    /// Sentences without it.
    pub good: Vec<String>,
}

/// Names that are one name.
#[derive(Clone, Debug)]
pub struct Group {
    /// The spellings.
    pub names: Vec<String>,
    /// The spelling to prefer, where usage is settled.
    pub prefer: Option<String>,
    /// Phrases in which any spelling is right.
    pub unless: Vec<String>,
    /// Whether it is a place: a place behind another name is part of a longer one.
    pub place: bool,
}

#[derive(Clone, Debug)]
struct Phrase {
    place: Where,
    max_words: usize,
    lang: String,
}

/// Everything that is known of phrases.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Calques and false friends.
    pub entries: Vec<Entry>,
    /// Variants of names.
    pub groups: Vec<Group>,
    phrases: FxHashMap<String, Phrase>,
    longest_start: usize,
    /// Word or lemma → patterns that need it, as (entry, pattern).
    anchors: FxHashMap<String, Vec<(u32, u32)>>,
    spellings: FxHashMap<String, u32>,
}

/// An entry met in a text.
#[derive(Clone, Debug)]
pub struct Hit<'l> {
    /// The entry.
    pub entry: &'l Entry,
    /// The tokens that are flagged.
    pub tokens: Range<usize>,
    /// What to write instead, best first.
    pub suggestions: Vec<String>,
}

impl Lexicon {
    /// The lexicon that is built in.
    ///
    /// # Panics
    /// Never: the tests load it.
    #[must_use]
    pub fn builtin() -> Arc<Self> {
        static BUILTIN: OnceLock<Arc<Lexicon>> = OnceLock::new();
        BUILTIN
            .get_or_init(|| {
                let packs: Vec<(String, RawPack)> =
                    serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/lexicon.json")))
                        .expect("the built-in lexicon is whole");
                let mut lexicon = Self::default();
                for (name, pack) in packs {
                    lexicon.add(pack, &name, "").unwrap_or_else(|error| panic!("{error}"));
                }
                lexicon.index();
                Arc::new(lexicon)
            })
            .clone()
    }

    /// The built-in lexicon with what `config` adds and switches off.
    ///
    /// # Errors
    /// A pack that cannot be read, is not TOML of the form that `corpora/lexicon/README.md` describes, or has a wrong
    /// pattern; an id in `lexicon-off` that no entry has. File and line are named.
    pub fn for_config(config: &Config) -> Result<Arc<Self>> {
        let builtin = Self::builtin();
        if config.lexicons.is_empty() && config.lexicon_off.is_empty() {
            return Ok(builtin);
        }
        let mut lexicon = (*builtin).clone();
        for path in &config.lexicons {
            let text = std::fs::read_to_string(path).map_err(|error| Error::io(path, &error))?;
            lexicon.add_toml(&text, &path.display().to_string())?;
        }
        let off: FxHashSet<&str> = config.lexicon_off.iter().map(String::as_str).collect();
        for id in &off {
            if !lexicon.entries.iter().any(|e| e.id == *id) {
                let near = crate::error::nearest(id, lexicon.entries.iter().map(|e| e.id.as_str()));
                let remedy = near.map_or_else(|| "drop it".to_owned(), |n| format!("did you mean `{n}`?"));
                return Err(Error::usage(format!("`lexicon-off` names no entry `{id}`")).remedy(remedy));
            }
        }
        lexicon.entries.retain(|e| !off.contains(e.id.as_str()));
        lexicon.index();
        Ok(Arc::new(lexicon))
    }

    /// Adds a pack in TOML; `file` names it in errors.
    ///
    /// # Errors
    /// As [`Self::for_config`].
    pub fn add_toml(&mut self, text: &str, file: &str) -> Result<()> {
        let pack: RawPack = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |s| s.start.min(text.len()));
            Error::usage(error.message().to_owned())
                .file(file)
                .at(Place::Line(text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1))
                .remedy("see corpora/lexicon/README.md for the form of a pack")
        })?;
        self.add(pack, file, text)?;
        self.index();
        Ok(())
    }

    fn add(&mut self, pack: RawPack, file: &str, text: &str) -> Result<()> {
        // The line of an entry is found by its id, for errors alone.
        let line = |key: &str| Place::Line(text.lines().position(|l| l.contains(key)).map_or(1, |n| n + 1));
        for raw in pack.entry {
            let fail = |message: String| {
                Error::usage(format!("entry `{}`: {message}", raw.id)).file(file).at(line(&format!("\"{}\"", raw.id)))
            };
            if self.entries.iter().any(|e| e.id == raw.id) {
                return Err(fail("another entry has this id".into()).remedy("choose another id"));
            }
            let parse = |list: &[String]| -> Result<Vec<Pattern>> {
                list.iter()
                    .map(|p| {
                        Pattern::parse(p)
                            .map_err(|e| fail(format!("pattern `{p}`: {e}")).remedy("see corpora/lexicon/README.md"))
                    })
                    .collect()
            };
            let (patterns, unless) = (parse(&raw.pattern)?, parse(&raw.unless)?);
            if patterns.is_empty() || raw.suggestion.is_empty() {
                return Err(fail("no pattern or no suggestion".into()).expected("at least one of each"));
            }
            self.entries.push(Entry {
                id: raw.id,
                kind: raw.kind,
                patterns,
                suggestions: raw.suggestion,
                sources: raw.sources,
                reason: raw.reason,
                severity: raw.severity.unwrap_or(Severity::Minor),
                unless,
                bad: raw.bad,
                good: raw.good,
            });
        }
        for phrase in pack.phrase {
            if phrase.place == Where::Start {
                self.longest_start = self.longest_start.max(phrase.text.split(' ').count());
            }
            let key = phrase.text.trim_end_matches(':').trim().to_owned();
            self.phrases.insert(key, Phrase { place: phrase.place, max_words: phrase.max_words, lang: phrase.lang });
        }
        for group in pack.group {
            if let Some(prefer) = group.prefer.as_ref().filter(|p| !group.names.contains(p)) {
                return Err(Error::usage(format!("`prefer = \"{prefer}\"` is none of the group's names"))
                    .file(file)
                    .at(line(prefer)));
            }
            self.groups.push(Group {
                names: group.names,
                prefer: group.prefer,
                unless: group.unless,
                place: group.kind == NameKind::Place,
            });
        }
        Ok(())
    }

    fn index(&mut self) {
        self.anchors.clear();
        for (e, entry) in self.entries.iter().enumerate() {
            for (p, pattern) in entry.patterns.iter().enumerate() {
                for word in pattern.anchor() {
                    self.anchors.entry(word.to_owned()).or_default().push((e as u32, p as u32));
                }
            }
        }
        self.spellings.clear();
        for (g, group) in self.groups.iter().enumerate() {
            for name in &group.names {
                self.spellings.insert(name.clone(), g as u32);
            }
        }
    }

    /// The group that holds the spelling `name`.
    #[must_use]
    pub fn group_of(&self, name: &str) -> Option<(usize, &Group)> {
        self.spellings.get(name).map(|g| (*g as usize, &self.groups[*g as usize]))
    }

    /// The language of the boilerplate that `text` is, if it is one; `words` is its length in words.
    #[must_use]
    pub fn boilerplate(&self, text: &str, words: usize) -> Option<&str> {
        let key = furniture(text);
        if let Some(phrase) = self.phrases.get(key.as_str()) {
            // A phrase that may open a longer line is furniture by itself only with its colon.
            return (phrase.place == Where::Whole || words > 0).then_some(phrase.lang.as_str());
        }
        let mut ends: Vec<usize> = key.match_indices([' ', ':']).map(|x| x.0).take(self.longest_start * 2).collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            let phrase = self.phrases.get(key[..end].trim_end_matches([':', ' ']))?;
            // Only with the colon or at a word's end, and only in a short line.
            (phrase.place == Where::Start && words <= phrase.max_words).then_some(phrase.lang.as_str())
        })
    }

    /// The entries of `kind` that stand in `text`.
    #[must_use]
    pub fn hits(&self, text: &Analysis<'_>, kind: Kind) -> Vec<Hit<'_>> {
        let mut out = Vec::new();
        let mut wanted: Vec<(u32, u32)> = Vec::new();
        for sentence in &text.sentences {
            wanted.clear();
            for i in sentence.clone() {
                let (lower, lemma) = (text.lower(i), text.lemma(i));
                wanted.extend(self.anchors.get(lower).into_iter().flatten());
                if lemma != lower {
                    wanted.extend(self.anchors.get(lemma).into_iter().flatten());
                }
            }
            wanted.sort_unstable();
            wanted.dedup();
            for &(e, p) in &wanted {
                let entry = &self.entries[e as usize];
                if entry.kind != kind {
                    continue;
                }
                for found in entry.patterns[p as usize].find(text, sentence) {
                    let spared = entry.unless.iter().any(|u| {
                        u.find(text, sentence)
                            .iter()
                            .any(|m| m.flagged.start < found.flagged.end && found.flagged.start < m.flagged.end)
                    });
                    if !spared {
                        let suggestions =
                            entry.suggestions.iter().filter_map(|s| fill(s, text, &found, sentence)).collect();
                        out.push(Hit { entry, tokens: found.flagged, suggestions });
                    }
                }
            }
        }
        out
    }
}

/// A line as furniture is compared: lower case, straight quotes, without marks and digits at its ends.
fn furniture(text: &str) -> String {
    let normal = crate::text::Normal::new(text);
    let trimmed = normal
        .text()
        .trim_matches(|c: char| !(c.is_alphabetic() || matches!(c, ')' | '(' | '\u{a9}')) || c.is_whitespace());
    let trimmed = if trimmed.is_empty() { normal.text().trim() } else { trimmed };
    let trimmed = trimmed.trim_matches(['(', ')', '[', ']', '\u{a9}', ' ']);
    trimmed.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fills a template: `{class}` and `{class:2}` repeat captures, `<lemma>` takes the form of the phrase's own verb or
/// noun. `None` where the template names what the pattern did not capture.
fn fill(template: &str, text: &Analysis<'_>, found: &Match, sentence: &Range<usize>) -> Option<String> {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '<']) {
        out.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('{') { '}' } else { '>' };
        let end = at + rest[at..].find(close)?;
        let name = &rest[at + 1..end];
        if close == '}' {
            let (name, nth) = name.split_once(':').map_or((name, 1), |(n, k)| (n, k.parse().unwrap_or(1)));
            let class = Class::parse(name)?;
            let tokens = &found.captures.iter().filter(|c| c.0 == class).nth(nth.max(1) - 1)?.1;
            out.push_str(text.slice(tokens.clone()));
        } else {
            let form = found.head.and_then(|i| Form::of(text.tag_of(i))).unwrap_or(Form::Base);
            // A phrasal verb bends in its first word.
            let (verb, tail) = name.split_once(' ').map_or((name, ""), |(v, _)| (v, &name[v.len()..]));
            out.push_str(&bend(verb, form, text, found.head));
            out.push_str(tail);
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    let first = sentence.clone().find(|&i| text.tokens[i].is_word()) == Some(found.flagged.start);
    if (first || text.is_capitalised(found.flagged.start) && !text.tag_of(found.flagged.start).is_proper())
        && text.is_capitalised(found.flagged.start)
    {
        let mut chars = out.chars();
        if let Some(c) = chars.next() {
            out = c.to_uppercase().chain(chars).collect();
        }
    }
    Some(out)
}

fn bend(lemma: &str, form: Form, text: &Analysis<'_>, head: Option<usize>) -> String {
    if lemma == "be" {
        return match form {
            Form::Past => if head.is_some_and(|i| text.lower(i) == "were") { "were" } else { "was" }.to_owned(),
            Form::Base if head.is_some_and(|i| text.lower(i) == "are") => "are".to_owned(),
            Form::PastParticiple => "been".to_owned(),
            _ => inflect("be", form),
        };
    }
    inflect(lemma, form)
}
