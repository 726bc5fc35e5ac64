//! The pattern language: what a pattern is made of, and its parser. `corpora/lexicon/README.md` describes it for those
//! who write entries. `build.rs` reads patterns with this module too, so it names nothing else of the crate.

use std::ops::Range;

/// A class of words, or of short runs of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// `Russian`, `North Korean`, `European`
    Nationality,
    /// `Russia`, `the United States` without its article
    Country,
    /// One or more proper nouns in a row.
    Name,
    /// A number in digits or words.
    Number,
    /// A weekday, a month or a year.
    Date,
    /// A common noun.
    Noun,
    /// An adjective.
    Adj,
    /// A verb in any form.
    Verb,
    /// An adverb.
    Adv,
    /// An article, demonstrative, possessive or quantifier.
    Det,
    /// A personal pronoun.
    Pron,
    /// A preposition.
    Prep,
    /// Any single word.
    Word,
    /// A simple noun group: determiner, adjectives, nouns.
    Np,
}

impl Class {
    /// Every class with the name that patterns use.
    pub const ALL: [(&'static str, Self); 14] = [
        ("nationality", Self::Nationality),
        ("country", Self::Country),
        ("name", Self::Name),
        ("number", Self::Number),
        ("date", Self::Date),
        ("noun", Self::Noun),
        ("adj", Self::Adj),
        ("verb", Self::Verb),
        ("adv", Self::Adv),
        ("det", Self::Det),
        ("pron", Self::Pron),
        ("prep", Self::Prep),
        ("word", Self::Word),
        ("np", Self::Np),
    ];

    /// The class named `name`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|(_, class)| *class)
    }

    /// The fewest and most tokens that it may take; `FAR` for any number.
    #[must_use]
    pub const fn reach(self) -> (usize, usize) {
        match self {
            Self::Nationality => (1, 2),
            Self::Country => (1, 3),
            Self::Name => (1, 5),
            Self::Number => (1, 4),
            Self::Np => (1, FAR),
            _ => (1, 1),
        }
    }
}

/// So many tokens that no sentence is as long.
pub const FAR: usize = 1 << 20;

/// What one place of a pattern meets.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    /// One of several words, in lower case.
    Words(Vec<String>),
    /// Any form of one of several lemmas.
    Lemmas(Vec<String>),
    /// A word of a class.
    Class(Class),
    /// Up to so many tokens of any kind.
    Gap(usize),
    /// The start of the sentence.
    Start,
    /// Its end.
    End,
}

impl Atom {
    /// The words or lemmas that it names.
    #[must_use]
    pub fn literals(&self) -> Option<&[String]> {
        match self {
            Self::Words(words) | Self::Lemmas(words) => Some(words),
            _ => None,
        }
    }
}

/// One place of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// What it meets.
    pub atom: Atom,
    /// Whether it may be missing.
    pub optional: bool,
}

impl Element {
    /// The fewest and most tokens that it may take.
    #[must_use]
    pub fn reach(&self) -> (usize, usize) {
        let (least, most) = match &self.atom {
            Atom::Words(_) | Atom::Lemmas(_) => (1, 1),
            Atom::Class(class) => class.reach(),
            Atom::Gap(most) => (0, *most),
            Atom::Start => (0, FAR),
            Atom::End => (0, 0),
        };
        (if self.optional { 0 } else { least }, most)
    }

    fn parse(word: &str) -> Result<Self, Wrong> {
        let (word, optional) = match word.strip_suffix('?') {
            Some(stem) if !stem.is_empty() => (stem, true),
            _ => (word, false),
        };
        let list = |text: &str| parts(text, b'|').map(str::to_lowercase).collect::<Vec<_>>();
        let mut inner = word;
        let atom = if word == "^" {
            Atom::Start
        } else if word == "$" {
            Atom::End
        } else if let Some(n) = word.strip_prefix("..").filter(|n| !n.is_empty()) {
            Atom::Gap(
                n.parse()
                    .ok()
                    .filter(|n| (1..=12).contains(n))
                    .ok_or_else(|| Wrong::from(format!("the gap `{word}` is not ..1 to ..12")))?,
            )
        } else if let Some(rest) = word.strip_prefix('<') {
            inner = rest.strip_suffix('>').ok_or_else(|| Wrong::from(format!("`{word}` lacks its `>`")))?;
            Atom::Lemmas(list(inner))
        } else if let Some(inner) = word.strip_prefix('{') {
            let name = inner.strip_suffix('}').ok_or_else(|| Wrong::from(format!("`{word}` lacks its `}}`")))?;
            Atom::Class(Class::parse(name).ok_or_else(|| Wrong::Class(name.to_owned()))?)
        } else {
            Atom::Words(list(word))
        };
        if let Some(words) = atom.literals() {
            if words.iter().any(String::is_empty) {
                return Err(format!("`{word}` has an empty alternative").into());
            }
            // Lists are long, and few have a sign at all: all of a list is looked at at once.
            let signs = inner.bytes().any(|byte| matches!(byte, b'{' | b'}' | b'<' | b'>' | b'^' | b'$' | b'?'));
            if !signs {
                return Ok(Self { atom, optional });
            }
            if words.iter().any(|w| w.contains(['{', '}', '<', '>', '^']) || words.len() > 1 && w == "$") {
                return Err(format!("`{word}` has a class or sign among its alternatives, which are words only").into());
            }
            if words.iter().any(|w| w.len() > 1 && w.ends_with('?')) {
                return Err(
                    format!("`{word}` has a `?` inside: it stands at the end and makes all of it optional").into()
                );
            }
        }
        Ok(Self { atom, optional })
    }
}

/// The parts of `text` between bytes `by`.
fn parts(text: &str, by: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let end = now.bytes().position(|byte| byte == by);
        rest = end.map(|end| &now[end + 1..]);
        Some(&now[..end.unwrap_or(now.len())])
    })
}

/// The brackets of `text`, and what stands between them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.bytes().position(|byte| matches!(byte, b'[' | b']')).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(if end == 0 { rest.len().min(1) } else { end });
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Why a pattern cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Wrong {
    /// It names a class that is none.
    Class(String),
    /// Anything else, in a clause.
    Other(String),
}

impl From<String> for Wrong {
    fn from(text: String) -> Self {
        Self::Other(text)
    }
}

/// A pattern's places, and which of them are flagged.
#[derive(Clone, Debug, PartialEq)]
pub struct Syntax {
    /// Its places, in order.
    pub elements: Vec<Element>,
    /// Those that are flagged.
    pub flagged: Range<usize>,
}

impl Syntax {
    /// Parses a pattern.
    ///
    /// # Errors
    /// What is wrong, without file and line.
    pub fn parse(text: &str) -> Result<Self, Wrong> {
        let mut elements: Vec<Element> = Vec::new();
        let (mut open, mut close) = (None, None);
        for word in text.split_whitespace().flat_map(pieces) {
            match word {
                "[" if open.is_some() => return Err("two `[`; one stretch is flagged".to_owned().into()),
                "[" => open = Some(elements.len()),
                "]" if close.is_some() || open.is_none() => return Err("a `]` without its `[`".to_owned().into()),
                "]" => close = Some(elements.len()),
                _ => elements.push(Element::parse(word)?),
            }
        }
        if open.is_some() != close.is_some() {
            return Err("a `[` without its `]`".to_owned().into());
        }
        let mut flagged = open.unwrap_or(0)..close.unwrap_or(elements.len());
        if let (None, Some(first), Some(last)) = (open, elements.first(), elements.last()) {
            flagged.start += usize::from(first.atom == Atom::Start);
            flagged.end -= usize::from(last.atom == Atom::End);
        }
        if flagged.is_empty() {
            return Err("nothing is flagged".to_owned().into());
        }
        if !elements.iter().any(|e| !e.optional && e.atom.literals().is_some()) {
            return Err("no word or lemma that must stand in the text; classes alone match too much".to_owned().into());
        }
        Ok(Self { elements, flagged })
    }
}
