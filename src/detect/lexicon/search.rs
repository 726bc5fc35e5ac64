//! The entries that stand in a text.

use super::fill::fill;
use super::index::{DISTANCE, Posting, Present, alone, pair, symbol};
use super::{Entry, EntryId, Lexicon, Side};
use crate::config::Profile;
use crate::text::{Analysis, Kind, verb_lemma};
use std::cmp::Reverse;
use std::ops::Range;

/// An entry met in a text.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The entry.
    pub entry: EntryId,
    /// The tokens that are flagged.
    pub tokens: Range<usize>,
    /// What to write instead, best first.
    pub suggestions: Vec<String>,
}

/// The symbols by which patterns may know a token: of its form, its lemma, and its lemma as a verb.
#[derive(Clone, Copy, Default)]
struct Symbols {
    all: [u64; 3],
    count: usize,
}

impl Symbols {
    fn new(text: &Analysis<'_>, i: usize) -> Self {
        let mut symbols = Self::default();
        let (lower, lemma) = (text.lower(i), text.lemma(i));
        symbols.add(symbol(lower));
        if lemma != lower {
            symbols.add(symbol(lemma));
        }
        // The tagger may take a verb for something else; patterns do not.
        if let Some(verb) = verb_lemma(lower).filter(|verb| *verb != lower && *verb != lemma) {
            symbols.add(symbol(verb));
        }
        symbols
    }

    fn add(&mut self, symbol: u64) {
        self.all[self.count] = symbol;
        self.count += 1;
    }

    fn iter(&self) -> &[u64] {
        &self.all[..self.count]
    }
}

/// A pattern that may stand in the sentence, and where it may start.
type Candidate = (EntryId, u16, usize, usize);

impl Lexicon {
    /// Everything that stands in `text`, by sentence and then in the lexicon's order; hits may overlap.
    #[must_use]
    pub fn hits(&self, text: &Analysis<'_>) -> Vec<Hit> {
        self.hits_in(text, self.profile)
    }

    /// What is to be said of `text`, in its order: where hits overlap, the one of more words stays; of equals that of
    /// the user's own packs, then the first in the lexicon's order. What is written as a name is left out, unless the
    /// entry is about one.
    #[must_use]
    pub fn told(&self, text: &Analysis<'_>) -> Vec<Hit> {
        let mut hits = told(self.hits(text));
        hits.retain(|hit| !is_name(text, &hit.tokens) || self.knows_name(hit.entry));
        hits
    }

    /// Whether the entry is about a name, `Guard of Finance`: one of its examples is written so.
    fn knows_name(&self, entry: EntryId) -> bool {
        let shown = self.examples(entry).bad;
        let marked = |bad: &String| bad.split('⟦').skip(1).filter_map(|x| x.split('⟧').next()).any(is_written_as_name);
        shown.iter().any(marked)
    }

    /// The hits where `profile` is the house style.
    pub(super) fn hits_in(&self, text: &Analysis<'_>, profile: Option<Profile>) -> Vec<Hit> {
        let mut out = Vec::new();
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut symbols: Vec<Symbols> = Vec::new();
        for sentence in &text.sentences {
            symbols.clear();
            symbols.extend(sentence.clone().map(|i| Symbols::new(text, i)));
            candidates.clear();
            let first = sentence.clone().find(|&i| text.tokens[i].is_word()).unwrap_or(sentence.start);
            self.candidates(sentence.start, first, &symbols, &mut candidates);
            candidates.retain(|candidate| self.speaks_in(self.entry(candidate.0), profile));
            candidates.sort_unstable();
            for same in candidates.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                self.try_pattern(text, sentence, same, &mut out);
            }
        }
        out
    }

    /// The patterns that may stand in a sentence of these symbols, whose first token is `start` and whose first word
    /// `first`.
    fn candidates(&self, start: usize, first: usize, symbols: &[Symbols], out: &mut Vec<Candidate>) {
        let sentence = start..start + symbols.len();
        let mut present = Present::default();
        symbols.iter().flat_map(Symbols::iter).for_each(|symbol| present.add(*symbol));
        for (layer, l) in self.layers.iter().zip(0..) {
            let mut file = |posting: Posting, at: usize| {
                if !present.may_have(posting.needs) {
                    return;
                }
                let Some(entry) = layer.entry(posting.entry) else { return };
                let Some(pattern) = entry.patterns.get(usize::from(posting.pattern)) else { return };
                let Some(starts) = pattern.starts(posting, at, &sentence, first) else { return };
                let id = EntryId { layer: l, entry: posting.entry };
                out.push((id, posting.pattern, starts.start, starts.end));
            };
            for (n, own) in symbols.iter().enumerate() {
                let near = &symbols[n + 1..symbols.len().min(n + 1 + DISTANCE)];
                for &a in own.iter() {
                    let single = alone(a);
                    if layer.index.singles.may_have(single) {
                        layer.index.singles.get(single).for_each(|posting| file(posting, start + n));
                    }
                    for (other, distance) in near.iter().zip(1..) {
                        for &b in other.iter() {
                            let key = pair(a, b, distance);
                            if layer.index.pairs.may_have(key) {
                                layer.index.pairs.get(key).for_each(|posting| file(posting, start + n));
                            }
                        }
                    }
                }
            }
        }
    }

    /// Tries one pattern at the places where it may start.
    fn try_pattern(&self, text: &Analysis<'_>, sentence: &Range<usize>, places: &[Candidate], out: &mut Vec<Hit>) {
        let Some(&(id, nth, ..)) = places.first() else { return };
        let entry = self.entry(id);
        // The places rise; where they overlap, each start is tried once.
        let mut next = sentence.start;
        let starts = places.iter().flat_map(move |&(_, _, from, to)| {
            let starts = from.max(next)..to;
            next = next.max(to);
            starts
        });
        for found in entry.patterns[usize::from(nth)].find_from(text, sentence, starts) {
            if spared(entry, text, sentence, &found.flagged) {
                continue;
            }
            let suggestions = entry.suggestions.iter().filter_map(|s| fill(s, text, &found, sentence)).collect();
            out.push(Hit { entry: id, tokens: found.flagged, suggestions });
        }
    }
}

/// Of hits that overlap the one that speaks, as [`Lexicon::told`] says; in the order of the text.
pub(super) fn told(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (Reverse(hit.tokens.len()), Reverse(hit.entry.layer), hit.entry.entry, hit.tokens.start));
    let mut out: Vec<Hit> = Vec::new();
    for hit in hits {
        if out.iter().all(|kept| kept.tokens.end <= hit.tokens.start || hit.tokens.end <= kept.tokens.start) {
            out.push(hit);
        }
    }
    out.sort_by_key(|hit| hit.tokens.start);
    out
}

/// Whether the words are a name of several words as they are written, `Uniform State Exam`: all but small ones have a capital, where
/// the sentence as a whole has not, as headlines do.
fn is_name(text: &Analysis<'_>, flagged: &Range<usize>) -> bool {
    let Some(sentence) = text.tokens.get(flagged.start).map(|t| text.sentences[t.sentence].clone()) else {
        return false;
    };
    let telling = |i: &usize| text.tokens[*i].kind == Kind::Word && text.lower(*i).chars().count() > 3;
    let first = sentence.clone().find(|&i| text.tokens[i].is_word());
    let named = |range: Range<usize>| {
        let telling = range.filter(telling);
        telling.fold((0, 0), |(all, named), i| (all + 1, named + usize::from(text.is_capitalised(i))))
    };
    let (own, capitals) = named(flagged.clone());
    let (all, others) = named(sentence.clone());
    own >= 2 && own == capitals && first != Some(flagged.start) && (all - own) > 2 * (others - capitals)
}

/// Whether all words but small ones have a capital, and there are two.
fn is_written_as_name(text: &str) -> bool {
    let capital = |word: &&str| word.starts_with(char::is_uppercase);
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| capital(word) || word.chars().count() > 3);
    words.clone().count() >= 2 && words.clone().all(|word| capital(&word))
}

/// Whether the entry says nothing of these words: what is around them makes them right, or they stand on the other side
/// of quotation marks.
fn spared(entry: &Entry, text: &Analysis<'_>, sentence: &Range<usize>, flagged: &Range<usize>) -> bool {
    let quoted = |i: usize| text.tokens[i].quoted;
    match entry.side {
        Some(Side::Quote) if !flagged.clone().all(quoted) => return true,
        Some(Side::Outside) if flagged.clone().any(quoted) => return true,
        _ => {}
    }
    let covers = |range: &Range<usize>| range.start < flagged.end && flagged.start < range.end;
    entry.unless.iter().any(|pattern| pattern.find(text, sentence).iter().any(|m| covers(&m.flagged)))
}
