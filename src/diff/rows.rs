//! Which passages of two translations answer one another.
//!
//! Sentences are aligned; a passage ends where either text ends a paragraph. So a paragraph that one translator split and
//! the other did not falls into two passages, and each side of a passage lies in one paragraph but where sentences were
//! joined across two. Long paragraphs that both sides have are cut between sentences, so that differences can be read.

use super::PassageDiff;
use crate::align::Bead;
use crate::align::passages::{WEAK, align};
use crate::detect::{Counterpart, Passage};
use crate::read::paragraphs;
use crate::span::Span;
use crate::text::{Analysis, count_words, sentences};
use std::ops::Range;

/// A paragraph of more words is cut.
const LONG: usize = 120;
/// Words that a piece of a long paragraph has at least.
const PIECE: usize = 40;

/// Where a passage stands in both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub a: Option<Span>,
    pub b: Option<Span>,
    pub moved: bool,
}

/// The sentences of one text.
struct Cut {
    sentences: Vec<Span>,
    /// The paragraph of each, rising.
    paragraph: Vec<usize>,
    words: Vec<usize>,
    /// Words of each paragraph.
    lengths: Vec<usize>,
}

impl Cut {
    fn new(text: &str) -> Self {
        let mut cut = Self { sentences: Vec::new(), paragraph: Vec::new(), words: Vec::new(), lengths: Vec::new() };
        for (n, span) in paragraphs(text).into_iter().enumerate() {
            let mut length = 0;
            for sentence in sentences(&text[span.range()]) {
                let sentence = sentence.shifted(span.start);
                let words = count_words(&text[sentence.range()]);
                length += words;
                cut.sentences.push(sentence);
                cut.paragraph.push(n);
                cut.words.push(words);
            }
            cut.lengths.push(length);
        }
        cut
    }

    fn span(&self, range: &Range<usize>) -> Option<Span> {
        (!range.is_empty()).then(|| self.sentences[range.start].cover(self.sentences[range.end - 1]))
    }

    fn words(&self, range: &Range<usize>) -> usize {
        self.words[range.clone()].iter().sum()
    }

    /// Whether two sentences lie in one paragraph.
    fn together(&self, i: usize, j: usize) -> bool {
        self.paragraph[i] == self.paragraph[j]
    }
}

/// Sentences of both sides that make one passage.
#[derive(Clone, Debug)]
struct Row {
    a: Range<usize>,
    b: Range<usize>,
    moved: bool,
    /// The best score of its beads.
    score: f64,
}

/// The passages of one text beside itself.
pub(super) fn identical(spans: &[Span]) -> Vec<Place> {
    spans.iter().map(|span| Place { a: Some(*span), b: Some(*span), moved: false }).collect()
}

/// The passages of one side, in order of place.
pub(super) fn sides(places: &[Place], side: impl Fn(&Place) -> Option<Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = places.iter().filter_map(side).collect();
    spans.sort_unstable();
    spans
}

/// The passages of two texts, in the order of the first.
pub(super) fn rows(a: &str, b: &str, same: bool, english: bool) -> Vec<Place> {
    let (x, y) = (Cut::new(a), Cut::new(b));
    let own: Vec<&str> = x.sentences.iter().map(|span| &a[span.range()]).collect();
    let theirs: Vec<&str> = y.sentences.iter().map(|span| &b[span.range()]).collect();
    let beads = align(&own, &theirs, same, Some(&x.paragraph));
    let mut rows = gathered(&beads, &x, &y);
    absorb(&mut rows, &x, &y);
    let mut places = Vec::with_capacity(rows.len());
    for row in &rows {
        let (p, q) = (x.span(&row.a), y.span(&row.b));
        // Two passages that stand at one place for want of better ones.
        if let (Some(s), Some(t)) = (p, q)
            && row.score < WEAK
            && strangers(&a[s.range()], &b[t.range()], english)
        {
            places.push(Place { a: p, b: None, moved: false });
            places.push(Place { a: None, b: q, moved: false });
        } else {
            places.push(Place { a: p, b: q, moved: row.moved });
        }
    }
    places
}

/// Whether two passages have nothing to do with one another.
fn strangers(a: &str, b: &str, english: bool) -> bool {
    let analyse = |text| if english { Analysis::english(text) } else { Analysis::foreign(text) };
    let other = Counterpart { text: analyse(b).into(), offset: 0, score: 0.0 };
    if !english {
        return true;
    }
    Passage::new(0, 0, analyse(a), Some(other), None).is_unrelated()
}

/// Beads gathered into passages.
fn gathered(beads: &[Bead], x: &Cut, y: &Cut) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for bead in beads {
        let row = Row { a: bead.a.clone(), b: bead.b.clone(), moved: bead.moved, score: bead.score };
        let Some(last) = rows.last_mut().filter(|last| last.moved == row.moved && joins(last, &row, x, y)) else {
            rows.push(row);
            continue;
        };
        join(last, &row);
    }
    rows
}

fn join(last: &mut Row, row: &Row) {
    for (own, more) in [(&mut last.a, &row.a), (&mut last.b, &row.b)] {
        if own.start == own.end {
            *own = more.clone();
        } else if !more.is_empty() {
            *own = own.start.min(more.start)..own.end.max(more.end);
        }
    }
    last.score = last.score.max(row.score);
}

/// Whether `row` goes on with the passage `last`: behind it on both sides, in the same paragraphs.
fn joins(last: &Row, row: &Row, x: &Cut, y: &Cut) -> bool {
    let goes_on = |own: &Range<usize>, more: &Range<usize>, cut: &Cut| {
        own.is_empty() || more.is_empty() || own.end == more.start && cut.together(own.end - 1, more.start)
    };
    if !goes_on(&last.a, &row.a, x) || !goes_on(&last.b, &row.b, y) {
        return false;
    }
    // Two sides that stand alone answer one another no better for standing together.
    let alone = |row: &Row| row.a.is_empty() || row.b.is_empty();
    if alone(last) && alone(row) && last.a.is_empty() != row.a.is_empty() {
        return false;
    }
    let long = |range: &Range<usize>, cut: &Cut| !range.is_empty() && cut.lengths[cut.paragraph[range.start]] > LONG;
    let cut_here =
        !alone(row) && (long(&row.a, x) || long(&row.b, y)) && x.words(&last.a).max(y.words(&last.b)) >= PIECE;
    !cut_here
}

/// Sentences that changed places within a passage are no passages of their own.
fn absorb(rows: &mut Vec<Row>, x: &Cut, y: &Cut) {
    let beside = |own: &Range<usize>, moved: &Range<usize>, cut: &Cut| {
        let near = own.end == moved.start || moved.end == own.start;
        near && !own.is_empty() && cut.together(own.start.max(moved.start), own.start.min(moved.start))
    };
    let mut k = 0;
    while k < rows.len() {
        if rows[k].moved {
            let moved = rows[k].clone();
            let home = [k.checked_sub(1), Some(k + 1)].into_iter().flatten().find(|&n| {
                rows.get(n).is_some_and(|row| !row.moved && beside(&row.a, &moved.a, x) && beside(&row.b, &moved.b, y))
            });
            if let Some(home) = home {
                join(&mut rows[home], &moved);
                rows.remove(k);
                continue;
            }
        }
        k += 1;
    }
}

/// Puts passages into the order of A, those that B alone has behind what stands before them in B.
pub(super) fn reorder(passages: &mut Vec<PassageDiff>) {
    let mut alone: Vec<PassageDiff> = Vec::new();
    let mut out: Vec<PassageDiff> = Vec::with_capacity(passages.len());
    for passage in passages.drain(..) {
        if passage.a.is_some() { out.push(passage) } else { alone.push(passage) }
    }
    out.sort_by_key(|passage| passage.a.map(|span| span.start));
    alone.sort_by_key(|passage| passage.b.map(|span| span.start));
    for passage in alone {
        let start = passage.b.map_or(0, |span| span.start);
        let before = out
            .iter()
            .enumerate()
            .filter(|(_, other)| !other.moved && other.b.is_some_and(|span| span.start < start))
            .max_by_key(|(_, other)| other.b.map(|span| span.start))
            .map_or(0, |(place, _)| place + 1);
        out.insert(before, passage);
    }
    *passages = out;
}
