//! Patterns matched over analysed tokens.

use super::classes::Class;
use super::index::Posting;
use super::syntax::{Atom, Element, FAR, Syntax, Wrong};
use crate::text::{Analysis, verb_lemma};
use std::ops::Range;

/// A parsed pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    syntax: Syntax,
    /// Whether it begins with `^`.
    opens: bool,
    /// The fewest and most tokens before each element, behind the `^`.
    before: Vec<(usize, usize)>,
}

/// What a pattern met: the tokens that are flagged, and what classes and lemmas captured.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// Tokens that are flagged.
    pub flagged: Range<usize>,
    /// Classes in the order of the pattern with the tokens that each took.
    pub captures: Vec<(Class, Range<usize>)>,
    /// The tokens that met lemmas, in order.
    pub heads: Vec<Head>,
}

/// A token that met a lemma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The token.
    pub token: usize,
    /// Whether it did so only as a form of a verb, against its tag.
    pub as_verb: bool,
}

impl Pattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// A clause that says what is wrong, without file and line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let syntax = Syntax::parse(text).map_err(|wrong| match wrong {
            Wrong::Other(text) => text,
            Wrong::Class(name) => match crate::error::nearest(&name, Class::ALL.map(|x| x.0)) {
                Some(known) => format!("no class `{name}`; did you mean `{known}`?"),
                None => format!("no class `{name}`; the classes are {}", Class::ALL.map(|x| x.0).join(", ")),
            },
        })?;
        let opens = syntax.elements[0] == Element { atom: Atom::Start, optional: false };
        let mut sum = (0, 0);
        let before = syntax
            .elements
            .iter()
            .map(|element| {
                let (least, most) = if opens && element.atom == Atom::Start { (0, 0) } else { element.reach() };
                let here = sum;
                sum = (sum.0 + least, (sum.1 + most).min(FAR));
                here
            })
            .collect();
        Ok(Self { syntax, opens, before })
    }

    /// Its places, and which of them are flagged.
    #[must_use]
    pub fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    /// The tokens at which a match may start of which `posting`'s element meets token `at`, if any; `first` is the
    /// sentence's first word.
    pub(super) fn starts(
        &self,
        posting: Posting,
        at: usize,
        sentence: &Range<usize>,
        first: usize,
    ) -> Option<Range<usize>> {
        let (least, most) = self.before.get(usize::from(posting.element)).copied().unwrap_or((0, FAR));
        let starts = at.saturating_sub(most).max(sentence.start)..(at + 1).saturating_sub(least);
        if self.opens {
            return starts.contains(&first).then_some(sentence.start..first + 1);
        }
        (!starts.is_empty()).then_some(starts)
    }

    /// The matches in the sentence of tokens `sentence`, each starting at another token.
    #[must_use]
    pub fn find(&self, text: &Analysis<'_>, sentence: &Range<usize>) -> Vec<Match> {
        self.find_from(text, sentence, sentence.clone())
    }

    /// The matches of [`Self::find`], where none starts anywhere but at `starts`, which rise.
    pub(super) fn find_from(
        &self,
        text: &Analysis<'_>,
        sentence: &Range<usize>,
        starts: impl IntoIterator<Item = usize>,
    ) -> Vec<Match> {
        let mut out: Vec<Match> = Vec::new();
        for start in starts {
            if out.last().is_some_and(|m| m.flagged.end > start) {
                continue;
            }
            let mut state = State { text, sentence, captures: Vec::new(), heads: Vec::new(), marks: (0, 0), steps: 0 };
            if self.walk(0, start, &mut state) && state.marks.0 < state.marks.1 {
                out.push(Match { flagged: state.marks.0..state.marks.1, captures: state.captures, heads: state.heads });
            }
        }
        out
    }

    fn walk(&self, element: usize, at: usize, state: &mut State<'_, '_>) -> bool {
        state.steps += 1;
        if state.steps > 4_000 {
            return false;
        }
        if element == self.syntax.flagged.start {
            state.marks.0 = at;
        }
        if element == self.syntax.flagged.end {
            state.marks.1 = at;
        }
        let Some(Element { atom, optional }) = self.syntax.elements.get(element) else { return true };
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
                let plain = lemmas.iter().any(|l| l == lemma || l == lower);
                let as_verb = !plain && lemmas.iter().any(|l| verb_lemma(lower).is_some_and(|v| v == l.as_str()));
                if proper || !plain && !as_verb || is_auxiliary(state.text, state.sentence, at) {
                    false
                } else {
                    state.heads.push(Head { token: at, as_verb });
                    let on = self.walk(element + 1, at + 1, state);
                    if !on {
                        state.heads.pop();
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

/// Whether a form of *do* only asks or denies: `Did the balloon drift?`, `What does the test show?`
fn is_auxiliary(text: &Analysis<'_>, sentence: &Range<usize>, at: usize) -> bool {
    if !matches!(text.lower(at), "do" | "does" | "did") {
        return false;
    }
    let asks = sentence.clone().rev().take(3).any(|i| text.lower(i) == "?");
    let opens = sentence.clone().find(|&i| text.tokens[i].is_word()) == Some(at);
    let asked = at > sentence.start
        && matches!(
            text.lower(at - 1),
            "what" | "why" | "how" | "where" | "when" | "who" | "whom" | "which" | "so" | "nor"
        );
    asks && (opens || asked)
}

struct State<'a, 't> {
    text: &'a Analysis<'t>,
    sentence: &'a Range<usize>,
    captures: Vec<(Class, Range<usize>)>,
    heads: Vec<Head>,
    marks: (usize, usize),
    /// A pattern of many gaps and options could try for long; it gives up instead.
    steps: u32,
}
