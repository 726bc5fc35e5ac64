//! The pattern language of the lexicon: parsing, and matching over analysed tokens. `corpora/lexicon/README.md`
//! describes it for those who write entries.

use super::classes::Class;
use crate::text::Analysis;
use std::ops::Range;

/// What one place of a pattern meets.
#[derive(Clone, Debug, PartialEq)]
enum Atom {
    /// One of several words, in lower case.
    Words(Vec<String>),
    /// Any form of one of several lemmas.
    Lemmas(Vec<String>),
    Class(Class),
    /// Up to so many tokens of any kind.
    Gap(usize),
    Start,
    End,
}

#[derive(Clone, Debug, PartialEq)]
struct Element {
    atom: Atom,
    optional: bool,
}

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    elements: Vec<Element>,
    /// Elements that are flagged.
    flagged: Range<usize>,
}

/// What a pattern met: the tokens that are flagged, and what the classes and the first lemma captured.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Tokens that are flagged.
    pub flagged: Range<usize>,
    /// Classes in the order of the pattern with the tokens that each took.
    pub captures: Vec<(Class, Range<usize>)>,
    /// The first token that met a lemma and is a verb or noun.
    pub head: Option<usize>,
}

impl Pattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// A sentence that says what is wrong, without file and line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut elements = Vec::new();
        let (mut open, mut close) = (None, None);
        let spaced = text.replace('[', " [ ").replace(']', " ] ");
        for word in spaced.split_whitespace() {
            match word {
                "[" if open.is_some() => return Err("two `[`; one stretch is flagged".into()),
                "[" => open = Some(elements.len()),
                "]" if close.is_some() || open.is_none() => return Err("a `]` without its `[`".into()),
                "]" => close = Some(elements.len()),
                _ => elements.push(Element::parse(word)?),
            }
        }
        if open.is_some() != close.is_some() {
            return Err("a `[` without its `]`".into());
        }
        let flagged = open.unwrap_or(0)..close.unwrap_or(elements.len());
        let flagged = match (open, elements.first(), elements.last()) {
            (None, Some(first), Some(last)) => {
                flagged.start + usize::from(first.atom == Atom::Start)
                    ..flagged.end - usize::from(last.atom == Atom::End)
            }
            _ => flagged,
        };
        let pattern = Self { elements, flagged };
        if pattern.flagged.is_empty() {
            return Err("nothing is flagged".into());
        }
        if pattern.anchor().is_empty() {
            return Err("no word or lemma that must stand in the text; classes alone match too much".into());
        }
        Ok(pattern)
    }

    /// The words and lemmas of the element that is least common in text: one of them must stand in the sentence.
    #[must_use]
    pub fn anchor(&self) -> Vec<&str> {
        let rarity = |words: &[String]| words.iter().map(|w| if is_common(w) { 0 } else { w.len() }).min().unwrap_or(0);
        self.elements
            .iter()
            .filter(|e| !e.optional)
            .filter_map(|e| match &e.atom {
                Atom::Words(words) | Atom::Lemmas(words) => Some(words),
                _ => None,
            })
            .max_by_key(|words| (rarity(words), std::cmp::Reverse(words.len())))
            .map(|words| words.iter().map(String::as_str).collect())
            .unwrap_or_default()
    }

    /// The matches in the sentence of tokens `sentence`, each starting at another token.
    #[must_use]
    pub fn find(&self, text: &Analysis<'_>, sentence: &Range<usize>) -> Vec<Match> {
        let mut out: Vec<Match> = Vec::new();
        for start in sentence.clone() {
            if out.last().is_some_and(|m| m.flagged.end > start) {
                continue;
            }
            let mut state = State { text, sentence, captures: Vec::new(), head: None, marks: (0, 0), steps: 0 };
            if self.walk(0, start, &mut state) && state.marks.0 < state.marks.1 {
                out.push(Match { flagged: state.marks.0..state.marks.1, captures: state.captures, head: state.head });
            }
        }
        out
    }

    fn walk(&self, element: usize, at: usize, state: &mut State<'_, '_>) -> bool {
        state.steps += 1;
        if state.steps > 4_000 {
            return false;
        }
        if element == self.flagged.start {
            state.marks.0 = at;
        }
        if element == self.flagged.end {
            state.marks.1 = at;
        }
        let Some(Element { atom, optional }) = self.elements.get(element) else { return true };
        let end = state.sentence.end;
        let matched = match atom {
            Atom::Start => {
                let first = state.sentence.clone().find(|&i| state.text.tokens[i].is_word());
                (at <= first.unwrap_or(state.sentence.start))
                    && self.walk(element + 1, at.max(first.unwrap_or(at)), state)
            }
            Atom::End => (at..end).all(|i| !state.text.tokens[i].is_word()) && self.walk(element + 1, at, state),
            Atom::Gap(most) => (0..=*most).any(|n| at + n <= end && self.walk(element + 1, at + n, state)),
            _ if at >= end => false,
            Atom::Words(words) => {
                let lower = state.text.lower(at);
                words.iter().any(|w| w == lower) && self.walk(element + 1, at + 1, state)
            }
            Atom::Lemmas(lemmas) => {
                let (lemma, lower) = (state.text.lemma(at), state.text.lower(at));
                // A name is no verb: `Mark`, `Bush`.
                let proper =
                    state.text.tag_of(at).is_proper() && state.text.is_capitalised(at) && at != state.sentence.start;
                let met = lemmas.iter().any(|l| {
                    l == lemma || l == lower || crate::text::verb_lemma(lower).is_some_and(|v| v == l.as_str())
                });
                if !met || proper {
                    false
                } else {
                    let before = state.head;
                    if state.head.is_none() {
                        state.head = Some(at);
                    }
                    let on = self.walk(element + 1, at + 1, state);
                    if !on {
                        state.head = before;
                    }
                    on
                }
            }
            Atom::Class(class) => class.lengths(state.text, at, end).into_iter().any(|n| {
                state.captures.push((*class, at..at + n));
                let on = self.walk(element + 1, at + n, state);
                if !on {
                    state.captures.pop();
                }
                on
            }),
        };
        matched || (*optional && self.walk(element + 1, at, state))
    }
}

impl Element {
    fn parse(word: &str) -> Result<Self, String> {
        let (word, optional) = match word.strip_suffix('?') {
            Some(stem) if !stem.is_empty() => (stem, true),
            _ => (word, false),
        };
        let list = |text: &str| text.split('|').map(str::to_lowercase).collect::<Vec<_>>();
        let atom = if word == "^" {
            Atom::Start
        } else if word == "$" {
            Atom::End
        } else if let Some(n) = word.strip_prefix("..").filter(|n| !n.is_empty()) {
            Atom::Gap(
                n.parse()
                    .ok()
                    .filter(|n| (1..=12).contains(n))
                    .ok_or_else(|| format!("the gap `{word}` is not ..1 to ..12"))?,
            )
        } else if let Some(inner) = word.strip_prefix('<') {
            Atom::Lemmas(list(inner.strip_suffix('>').ok_or_else(|| format!("`{word}` lacks its `>`"))?))
        } else if let Some(inner) = word.strip_prefix('{') {
            let name = inner.strip_suffix('}').ok_or_else(|| format!("`{word}` lacks its `}}`"))?;
            Atom::Class(Class::parse(name).ok_or_else(|| {
                let known = crate::error::nearest(name, Class::ALL.map(|x| x.0));
                known
                    .map_or_else(|| format!("no class `{name}`"), |k| format!("no class `{name}`; did you mean `{k}`?"))
            })?)
        } else {
            Atom::Words(list(word))
        };
        if let Atom::Words(words) | Atom::Lemmas(words) = &atom {
            if words.iter().any(String::is_empty) {
                return Err(format!("`{word}` has an empty alternative"));
            }
            if words.iter().any(|w| w.contains(['{', '}', '<', '>', '^']) || words.len() > 1 && w == "$") {
                return Err(format!("`{word}` has a class or sign among its alternatives, which are words only"));
            }
        }
        Ok(Self { atom, optional })
    }
}

struct State<'a, 't> {
    text: &'a Analysis<'t>,
    sentence: &'a Range<usize>,
    captures: Vec<(Class, Range<usize>)>,
    head: Option<usize>,
    marks: (usize, usize),
    /// A pattern of many gaps and options could try for long; it gives up instead.
    steps: u32,
}

fn is_common(word: &str) -> bool {
    word.len() <= 3
        || matches!(
            word,
            "with"
                | "from"
                | "that"
                | "this"
                | "have"
                | "were"
                | "been"
                | "their"
                | "which"
                | "said"
                | "will"
                | "they"
                | "make"
                | "take"
                | "over"
        )
}
