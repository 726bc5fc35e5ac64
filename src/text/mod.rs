//! One text analysed: normal form, tokens, sentences, tags, lemmas, quotations, language.

mod abbreviations;
mod articles;
pub mod calendar;
pub mod fit;
pub mod fluency;
mod foreign_numbers;
mod inflect;
mod language;
mod later;
pub(crate) mod memo;
mod normal;
pub mod numbers;
pub mod poles;
mod quotes;
mod repair;
mod scores;
mod sentences;
mod slips;
mod tag;
mod tagger;
pub mod thesaurus;
mod tokens;
pub mod vocabulary;

pub use articles::takes_an;
pub use foreign_numbers::foreign_numbers;
pub(crate) use foreign_numbers::{ascii_digits, scale_behind};
pub use inflect::{Form, inflect, is_invariant, is_known, lemma, verb_lemma};
pub use language::Language;
pub use later::Later;
pub use normal::Normal;
pub(crate) use normal::may_hide_letters;
pub use quotes::{QuoteKind, QuoteMark, quote_marks, quoted_spans};
pub(crate) use sentences::is_starter;
pub use tag::Tag;
pub use tagger::{Tagger, Tagging, Word};
pub(crate) use tokens::is_punctuation;
pub use tokens::{Kind, count_words, tokenize};

use crate::span::Span;
use numbers::Number;
use rustc_hash::FxBuildHasher;
use std::cell::RefCell;
use std::hash::BuildHasher;
use std::ops::Range;
use std::sync::OnceLock;

/// `word` with a capital letter at its start.
///
/// ```
/// assert_eq!(fauxami::text::capitalised("état"), "État");
/// ```
#[must_use]
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A word, number or mark of an [`Analysis`].
#[derive(Clone, Debug)]
pub struct Token {
    /// Its bytes in the original text.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// Part of speech; [`Tag::None`] in a text that is not English.
    pub tag: Tag,
    /// Whether white space (or the text's start) stands before it.
    pub spaced: bool,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// The sentence that it belongs to.
    pub sentence: usize,
    /// A number that words of one lower case have in common, and hardly any others.
    key: u64,
    normal: Range<u32>,
    lower: Range<u32>,
    lemma: Range<u32>,
}

impl Token {
    /// A word, number or address; no mark.
    #[must_use]
    pub fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number | Kind::Address)
    }

    /// A verb form (not a modal).
    #[must_use]
    pub fn is_verb(&self) -> bool {
        self.tag.is_verb()
    }
}

/// A passage with everything that rules ask of it, computed once.
///
/// ```
/// use fauxami::text::{Analysis, Tag};
/// let text = Analysis::english("Russia seizes the Crimean peninsula.");
/// assert_eq!(text.tokens[1].tag, Tag::Vbz);
/// assert_eq!(text.lemma(1), "seize");
/// assert_eq!(text.sentences.len(), 1);
/// ```
#[derive(Clone, Debug)]
pub struct Analysis<'t> {
    /// The original text.
    pub text: &'t str,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Its sentences, as ranges of tokens; together they hold every token.
    pub sentences: Vec<Range<usize>>,
    /// Its quotation marks.
    pub quotes: Vec<QuoteMark>,
    /// Whether it was tagged as English.
    pub english: bool,
    normal: Normal,
    lower: String,
    lemmas: String,
    numbers: OnceLock<Vec<Number>>,
}

thread_local! {
    static TAGGING: RefCell<Tagging<'static>> = RefCell::new(Tagging::new(Tagger::builtin()));
}

impl<'t> Analysis<'t> {
    /// Analyses English: with tags and lemmas.
    #[must_use]
    pub fn english(text: &'t str) -> Self {
        Self::new(text, true)
    }

    /// Analyses a text in any other language: tokens and sentences only.
    #[must_use]
    pub fn foreign(text: &'t str) -> Self {
        Self::new(text, false)
    }

    fn new(text: &'t str, english: bool) -> Self {
        let normal = Normal::new(text);
        let pieces = tokens::pieces(normal.text());
        let sentences = sentences::sentences(normal.text(), &pieces);
        let quotes = quote_marks(text);
        let quoted = quoted_spans(text, &quotes);
        let mut lower = String::with_capacity(normal.text().len());
        let mut tokens: Vec<Token> = Vec::with_capacity(pieces.len());
        let mut sentence = 0;
        let mut quote = 0;
        for (i, piece) in pieces.iter().enumerate() {
            while sentences.get(sentence).is_some_and(|s| s.end <= i) {
                sentence += 1;
            }
            let span = normal.original_span(piece.start, piece.end);
            while quoted.get(quote).is_some_and(|q| q.end <= span.start) {
                quote += 1;
            }
            let from = lower.len();
            push_lower(&normal.text()[piece.start..piece.end], &mut lower);
            let key = FxBuildHasher.hash_one(&lower.as_bytes()[from..]);
            tokens.push(Token {
                span,
                kind: piece.kind,
                tag: Tag::None,
                spaced: i == 0 || pieces[i - 1].end < piece.start,
                quoted: quoted.get(quote).is_some_and(|q| q.start <= span.start),
                sentence,
                key,
                normal: piece.start as u32..piece.end as u32,
                lower: from as u32..lower.len() as u32,
                lemma: from as u32..lower.len() as u32,
            });
        }
        let mut analysis = Self {
            text,
            tokens,
            sentences,
            quotes,
            english,
            normal,
            lower,
            lemmas: String::new(),
            numbers: OnceLock::new(),
        };
        if english {
            analysis.tag();
        }
        analysis
    }

    fn tag(&mut self) {
        let mut tags = Vec::with_capacity(self.tokens.len());
        let mut words = Vec::new();
        TAGGING.with_borrow_mut(|tagging| {
            for range in &self.sentences {
                words.clear();
                words.extend(range.clone().map(|i| Word { text: self.normal(i), lower: self.lower(i) }));
                tagging.tag(&words, &mut tags);
                repair::sentence(&words, &mut tags[range.start..range.end]);
            }
        });
        let mut lemmas = String::with_capacity(self.lower.len());
        for (token, tag) in self.tokens.iter_mut().zip(tags) {
            token.tag = tag;
            let lower = &self.lower[token.lower.start as usize..token.lower.end as usize];
            let from = lemmas.len();
            lemmas.push_str(&lemma(lower, tag));
            token.lemma = from as u32..lemmas.len() as u32;
        }
        self.lemmas = lemmas;
    }

    /// Token `i` as the original writes it.
    #[must_use]
    pub fn original(&self, i: usize) -> &'t str {
        &self.text[self.tokens[i].span.range()]
    }

    /// Token `i` in normal form; empty past the end, so that rules can look ahead.
    #[must_use]
    pub fn normal(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &self.normal.text()[t.normal.start as usize..t.normal.end as usize])
    }

    /// Token `i` in lower case; empty past the end.
    #[must_use]
    pub fn lower(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &self.lower[t.lower.start as usize..t.lower.end as usize])
    }

    /// The lemma of token `i`, in lower case; the word itself where nothing is known.
    #[must_use]
    pub fn lemma(&self, i: usize) -> &str {
        let buffer = if self.english { &self.lemmas } else { &self.lower };
        self.tokens.get(i).map_or("", |t| &buffer[t.lemma.start as usize..t.lemma.end as usize])
    }

    /// The tag of token `i`; [`Tag::None`] past the end.
    #[must_use]
    pub fn tag_of(&self, i: usize) -> Tag {
        self.tokens.get(i).map_or(Tag::None, |t| t.tag)
    }

    /// The bytes from the first to the last token of `range`; empty at the start of the text for an empty range.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        match (self.tokens.get(range.start), range.end.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(first), Some(last)) if range.start < range.end => first.span.cover(last.span),
            (Some(first), _) => Span::empty(first.span.start),
            _ => Span::empty(self.text.len()),
        }
    }

    /// The original's bytes of `range`.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &'t str {
        &self.text[self.span(range).range()]
    }

    /// Its numbers, in order, as [`numbers::numbers`] reads them.
    #[must_use]
    pub fn numbers(&self) -> &[Number] {
        self.numbers.get_or_init(|| numbers::numbers(self))
    }

    /// How many tokens are words.
    #[must_use]
    pub fn words(&self) -> usize {
        self.tokens.iter().filter(|t| t.is_word()).count()
    }

    /// Whether any token is `lower` in lower case.
    #[must_use]
    pub fn has_word(&self, lower: &str) -> bool {
        let key = FxBuildHasher.hash_one(lower.as_bytes());
        self.tokens.iter().enumerate().any(|(i, token)| token.key == key && self.lower(i) == lower)
    }

    /// Whether tokens `i` and `j` are one word in lower case; false past the end.
    #[must_use]
    pub fn is_same(&self, i: usize, j: usize) -> bool {
        let one = self.tokens.get(i).zip(self.tokens.get(j)).is_some_and(|(a, b)| a.key == b.key);
        one && self.lower(i) == self.lower(j)
    }

    /// Whether one of the `n` tokens behind token `i` is the same word in lower case.
    #[must_use]
    pub fn comes_again(&self, i: usize, n: usize) -> bool {
        let Some((token, behind)) = self.tokens.get(i..).and_then(<[Token]>::split_first) else { return false };
        let again = |k: &usize| behind[*k].key == token.key && self.lower(i) == self.lower(i + 1 + k);
        (0..n.min(behind.len())).any(|k| again(&k))
    }

    /// Whether token `i` begins with a capital letter.
    #[must_use]
    pub fn is_capitalised(&self, i: usize) -> bool {
        self.normal(i).starts_with(char::is_uppercase)
    }
}

fn push_lower(text: &str, out: &mut String) {
    if text.is_ascii() {
        let from = out.len();
        out.push_str(text);
        out[from..].make_ascii_lowercase();
    } else {
        out.extend(text.chars().flat_map(char::to_lowercase));
    }
}

/// Builds the constants that the first analysis needs (the tagger's weights, the inflections), so that a caller can do
/// so beside other work. Never needed for a right answer.
pub fn prepare() {
    let _ = Tagger::builtin();
    let _ = is_known("");
}

/// The spans of the sentences of `text`, in bytes; white space between them is left out.
///
/// ```
/// let text = "Sen. Shaheen left the U.S. on Feb. 3. “Now,” she said, “we wait.” The talks ended.";
/// assert_eq!(fauxami::text::sentences(text).len(), 3);
/// ```
#[must_use]
pub fn sentences(text: &str) -> Vec<Span> {
    let normal = Normal::new(text);
    let pieces = tokens::pieces(normal.text());
    sentences::sentences(normal.text(), &pieces)
        .into_iter()
        .map(|range| normal.original_span(pieces[range.start].start, pieces[range.end - 1].end))
        .collect()
}
