//! Words of a translation aligned with words of its reference, in one language, many to many.
//!
//! Each pair of words gets features: what the words have in common (form, lemma, number, spelling, what the thesaurus
//! says) and what stands beside them. A small network turns them into the chance of a link; two more networks look again,
//! knowing what the one before thought of the pairs around, so that small words follow their neighbours and phrases are
//! linked as blocks. The weights are fitted to alignments made by hand ([`fit`]).

mod columns;
mod field;
pub mod fit;
mod grid;
mod lexical;
mod model;
mod net;
mod side;
mod stages;
mod view;

pub use model::Aligner;

use crate::text::{Analysis, vocabulary};
use net::logistic;
use side::Side;
use stages::{Look, Pairs, Spare, Spot};
use std::cell::Cell;
use view::View;

/// Longest passage that is aligned by words, in tokens a side: beyond it, only the first so many are looked at.
pub const MAX_TOKENS: usize = 10_000;

/// The room that the work on one pair of passages leaves to the next one.
#[derive(Default)]
struct Desk {
    spare: Spare,
    view: View,
    look: Look,
}

/// Pairs of words up to which the room is kept: that of a hundred words with as many is enough for nearly all passages.
const MOST_KEPT: usize = 10_000;

thread_local! {
    static DESK: Cell<Desk> = Cell::default();
}

/// Takes all looks, and gives the pairs that the last one was at; what it says of them is in `look`.
fn run<'v>(model: &Aligner, pairs: &'v Pairs<'_, '_>, view: &'v mut View, look: &mut Look) -> &'v [Spot] {
    for (n, net) in model.nets.iter().enumerate() {
        match n {
            0 => {}
            1 => view.first(pairs, &look.odds),
            _ => view.next(pairs, &look.odds),
        }
        pairs.look(net, (n > 0).then_some(&*view), look);
    }
    pairs.wanted((model.nets.len() > 1).then_some(view))
}

/// What linked words have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// One form, small and capital letters alike.
    Exact,
    /// Forms of one lemma: `announce`, `announced`.
    Inflection,
    /// Numbers of one worth: `twelve`, `12`.
    Number,
    /// Spellings, short forms and parts of one word: `Kyiv`, `Kiev`; `UN`, `United`; `cease-fire`, `ceasefire`.
    Spelling,
    /// One root: `invade`, `invasion`.
    Derivation,
    /// The thesaurus has them in one sense.
    Synonym,
    /// The thesaurus has them as opposites.
    Antonym,
    /// A more general word, or one that is used alike: `official`, `minister`.
    Related,
    /// Nothing but their place.
    Position,
}

/// A word of the translation that is answered by a word of the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The token of the translation.
    pub a: usize,
    /// The token of the reference.
    pub b: usize,
    /// The chance that a person who aligns the passages would link them, 0 to 1.
    pub probability: f32,
    /// How alike the words are by themselves, 0 to 1.
    pub likeness: f32,
    /// What they have in common.
    pub kind: LinkKind,
}

/// The links between the tokens of two passages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordAlignment {
    /// For each token of the translation the token of the reference that answers it best; one to one.
    pub to_b: Vec<Option<usize>>,
    /// The same from the reference.
    pub to_a: Vec<Option<usize>>,
    /// How alike the linked words are, 0 to 1, for each token of the translation; 0 where there is no link.
    pub likeness: Vec<f32>,
    /// All links, many to many, by token of the translation, then of the reference.
    pub links: Vec<Link>,
    /// What the words linked one to one have in common, for each token of the translation.
    kinds: Vec<Option<LinkKind>>,
}

impl WordAlignment {
    /// That of two passages without words.
    pub const NONE: Self =
        Self { to_b: Vec::new(), to_a: Vec::new(), likeness: Vec::new(), links: Vec::new(), kinds: Vec::new() };

    /// Aligns translation `a` with reference `b`.
    ///
    /// ```
    /// use fauxami::{align::WordAlignment, text::Analysis};
    /// let (a, b) = (Analysis::english("The minister announces a plan."), Analysis::english("The minister announced the plan."));
    /// let words = WordAlignment::new(&a, &b);
    /// assert_eq!(words.to_b[2], Some(2));
    /// ```
    #[must_use]
    pub fn new(a: &Analysis<'_>, b: &Analysis<'_>) -> Self {
        let (x, y) = (Side::new(a, MAX_TOKENS), Side::new(b, MAX_TOKENS));
        let mut desk = DESK.take();
        let pairs = Pairs::new(&x, &y, std::mem::take(&mut desk.spare));
        let out = Self::of(Aligner::builtin(), &pairs, &mut desk);
        if pairs.grid.cells() <= MOST_KEPT {
            desk.spare = pairs.spare();
            DESK.set(desk);
        }
        out
    }

    fn of(model: &Aligner, pairs: &Pairs<'_, '_>, desk: &mut Desk) -> Self {
        let (n, m) = (pairs.x.words.len(), pairs.y.words.len());
        let mut out = Self {
            to_b: vec![None; n],
            to_a: vec![None; m],
            likeness: vec![0.0; n],
            links: Vec::with_capacity(n + m),
            kinds: vec![None; n],
        };
        if n == 0 || m == 0 {
            return out;
        }
        let Desk { view, look, .. } = desk;
        for (&(i, j), &odds) in run(model, pairs, view, look).iter().zip(&look.odds) {
            let (a, b) = (usize::from(i), usize::from(j));
            let probability = logistic(odds);
            if probability >= model.threshold {
                let (likeness, kind) = (pairs.values.at(a, b), pairs.kinds[pairs.grid.cell(a, b)]);
                out.links.push(Link { a, b, probability, likeness, kind });
            }
        }
        out.best();
        out
    }

    /// One to one: the likeliest links first, and of equally likely ones the words that are more alike.
    fn best(&mut self) {
        let mut order: Vec<&Link> = self.links.iter().collect();
        let rank = |link: &Link| link.probability + link.likeness;
        order.sort_by(|p, q| rank(q).total_cmp(&rank(p)).then(p.a.cmp(&q.a)).then(p.b.cmp(&q.b)));
        for link in order {
            if self.to_b[link.a].is_none() && self.to_a[link.b].is_none() {
                self.to_b[link.a] = Some(link.b);
                self.to_a[link.b] = Some(link.a);
                self.likeness[link.a] = link.likeness;
                self.kinds[link.a] = Some(link.kind);
            }
        }
    }

    /// Ties token `a` of the translation to token `b` of the reference, which nothing else answers best, in place of the one that it answers
    /// best now. The link keeps what it is: what ties the words is still where they stand.
    pub(crate) fn rehang(&mut self, a: usize, b: usize) {
        let Some(before) = self.to_b[a].replace(b) else { return };
        (self.to_a[before], self.to_a[b]) = (None, Some(a));
        self.links.retain(|link| (link.a, link.b) != (a, b));
        for link in self.links.iter_mut().filter(|link| (link.a, link.b) == (a, before)) {
            link.b = b;
        }
        self.links.sort_by_key(|link| (link.a, link.b));
    }

    /// The one-to-one view, [`Self::to_b`] and [`Self::to_a`], of links whose words are at least so alike, 0 to 1: without
    /// words that are linked for their place alone.
    #[must_use]
    pub fn alike(&self, least: f32) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
        let (mut to_b, mut to_a) = (self.to_b.clone(), self.to_a.clone());
        for (i, link) in to_b.iter_mut().enumerate() {
            if let Some(j) = link.filter(|_| self.likeness[i] < least) {
                to_a[j] = None;
                *link = None;
            }
        }
        (to_b, to_a)
    }

    /// The links of token `i` of the translation.
    #[must_use]
    pub fn links_of(&self, i: usize) -> &[Link] {
        let from = self.links.partition_point(|link| link.a < i);
        let to = self.links.partition_point(|link| link.a <= i);
        &self.links[from..to]
    }

    /// What token `i` of the translation and the token that answers it best have in common.
    #[must_use]
    pub fn kind(&self, i: usize) -> Option<LinkKind> {
        self.kinds.get(i).copied().flatten()
    }

    /// Share of the content tokens of the translation that have a link, 0 to 1.
    #[must_use]
    pub fn coverage(&self, a: &Analysis<'_>) -> f64 {
        let content: Vec<usize> =
            (0..a.tokens.len().min(self.to_b.len())).filter(|&i| a.tag_of(i).is_content()).collect();
        if content.is_empty() {
            return 1.0;
        }
        content.iter().filter(|&&i| self.to_b[i].is_some()).count() as f64 / content.len() as f64
    }

    /// How much of what the content words of both sides say the other side has, 0 to 1: the harmonic mean of recall and precision,
    /// of which recall weighs 0.7. A word counts by how rare it is, and is answered as far as its best link is likely, a link of words that are
    /// nothing to one another half as well as one of the same word. `None` where neither side has content words.
    ///
    /// ```
    /// use fauxami::{align::WordAlignment, text::Analysis};
    /// let reference = Analysis::english("The minister announced a new plan for farmers.");
    /// let f = |text| { let own = Analysis::english(text); WordAlignment::new(&own, &reference).f_measure(&own, &reference) };
    /// let whole = f("The minister announced a new plan for farmers.").unwrap();
    /// assert!(whole > 0.98);
    /// assert!(f("The minister announced a plan for farmers.").unwrap() < whole);
    /// assert_eq!(WordAlignment::NONE.f_measure(&Analysis::english("…"), &Analysis::english("!")), None);
    /// ```
    #[must_use]
    pub fn f_measure(&self, a: &Analysis<'_>, b: &Analysis<'_>) -> Option<f64> {
        let (mut own, mut theirs) = (vec![0.0f32; self.to_b.len()], vec![0.0f32; self.to_a.len()]);
        for link in &self.links {
            let answer = link.probability * (1.0 + link.likeness) / 2.0;
            own[link.a] = own[link.a].max(answer);
            theirs[link.b] = theirs[link.b].max(answer);
        }
        let share = |text: &Analysis<'_>, answers: &[f32]| {
            let (mut had, mut said) = (0.0, 0.0);
            for (i, &answer) in answers.iter().enumerate().filter(|&(i, _)| text.tag_of(i).is_content()) {
                let weight = f64::from(rarity(text.lower(i)));
                (had, said) = (had + weight * f64::from(answer), said + weight);
            }
            (said > 0.0).then(|| had / said)
        };
        let (precision, recall) = (share(a, &own), share(b, &theirs));
        let (precision, recall) = (precision.or(recall)?, recall.or(precision)?);
        let harmonic = 1.0 / (RECALL / recall + (1.0 - RECALL) / precision);
        Some(if harmonic.is_finite() { harmonic } else { 0.0 })
    }
}

/// What recall weighs in [`WordAlignment::f_measure`]; METEOR (Denkowski and Lavie 2014) has 0.85, chrF 0.8.
const RECALL: f64 = 0.7;
/// How often the commonest words stand, as a Zipf frequency (the logarithm of how often in a billion words), and the rarest.
const ZIPF: std::ops::RangeInclusive<f32> = 2.0..=8.0;

/// How rare a word in lower case is, about 0 to 6; what no list has, such as most names, is as rare as can be.
fn rarity(lower: &str) -> f32 {
    let zipf = vocabulary::entry(lower).map_or(*ZIPF.start(), |known| known.zipf);
    ZIPF.end() - zipf.clamp(*ZIPF.start(), *ZIPF.end())
}

/// Aligns two passages given as tokens; pairs come in order of the first side.
///
/// ```
/// let pairs = fauxami::align::words::align_tokens(&["he", "says", "no"], &["he", "then", "said", "no"]);
/// assert_eq!(pairs, [(0, 0), (1, 2), (2, 3)]);
/// ```
#[must_use]
pub fn align_tokens(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    // The tokens are given, so the analysis of the joined text is mapped back to them by position.
    let (ta, tb) = (a.join(" "), b.join(" "));
    let (xa, xb) = (Analysis::english(&ta), Analysis::english(&tb));
    let words = WordAlignment::new(&xa, &xb);
    let (ha, hb) = (home(a, &xa), home(b, &xb));
    let mut pairs: Vec<(usize, usize)> =
        words.links.iter().map(|link| (ha[link.a], hb[link.b])).filter(|(i, j)| *i < a.len() && *j < b.len()).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The given token that each token of `analysis` begins in; `tokens` joined by spaces are its text.
fn home(tokens: &[&str], analysis: &Analysis<'_>) -> Vec<usize> {
    let mut at = 0;
    let ends: Vec<usize> = tokens
        .iter()
        .map(|token| {
            at += token.len() + 1;
            at
        })
        .collect();
    analysis.tokens.iter().map(|t| ends.partition_point(|&end| end <= t.span.start)).collect()
}
