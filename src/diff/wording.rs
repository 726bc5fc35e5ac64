//! What is left of a difference once the facts are named: words, forms, marks and capitals.

use super::kind::Kind;
use super::pair::{Found, Pair};
use crate::align::words::LinkKind;
use crate::text::Analysis;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Whether two texts are one, but for white space and the style of quotation marks.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    let (x, y) = (Analysis::foreign(a), Analysis::foreign(b));
    x.tokens.len() == y.tokens.len() && (0..x.tokens.len()).all(|i| x.normal(i) == y.normal(i))
}

/// Adds the differences of wording on places of which `found` does not speak yet.
pub(super) fn differences(pair: &Pair<'_>, found: &mut Vec<Found>, english: bool) {
    for i in 0..pair.a.tokens.len() {
        let Some(j) = pair.to_b(i).filter(|_| pair.words.kind(i) == Some(LinkKind::Spelling)) else { continue };
        if pair.a.tag_of(i).is_proper() && pair.b.tag_of(j).is_proper() && pair.a.normal(i) != pair.b.normal(j) {
            push(found, Found::new(Kind::NameSpelling, i..i + 1, j..j + 1, "two spellings of one name, or two names"));
        }
    }
    let lower = |text: &'_ Analysis<'_>| (0..text.tokens.len()).map(|i| text.lower(i).to_owned()).collect::<Vec<_>>();
    let (x, y) = (lower(pair.a), lower(pair.b));
    for op in capture_diff_slices(Algorithm::Patience, &x, &y) {
        let (a, b) = (op.old_range(), op.new_range());
        if let DiffOp::Equal { .. } = op {
            for (i, j) in a.zip(b) {
                if pair.a.normal(i) != pair.b.normal(j) {
                    push(found, Found::new(Kind::Case, i..i + 1, j..j + 1, "small and capital letters"));
                }
            }
            continue;
        }
        for (a, b) in pieces(pair, a, b) {
            if let Some(new) = named(pair, a, b, english) {
                push(found, new);
            }
        }
    }
}

fn push(found: &mut Vec<Found>, new: Found) {
    let meets = |other: &Found| other.touches(&new) || other.a == new.a && other.b == new.b;
    if !found.iter().any(meets) {
        found.push(new);
    }
}

/// A replaced stretch cut at the pairs of words that answer one another in order, so that a form is told from a rewording.
fn pieces(pair: &Pair<'_>, a: Range<usize>, b: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut out = Vec::new();
    let (mut i, mut j) = (a.start, b.start);
    for k in a.clone() {
        let Some(to) = pair.to_b(k).filter(|to| (j..b.end).contains(to)) else { continue };
        let form = matches!(pair.words.kind(k), Some(LinkKind::Inflection | LinkKind::Spelling | LinkKind::Number));
        if form {
            if i < k || j < to {
                out.push((i..k, j..to));
            }
            out.push((k..k + 1, to..to + 1));
            (i, j) = (k + 1, to + 1);
        }
    }
    if i < a.end || j < b.end {
        out.push((i..a.end, j..b.end));
    }
    out
}

fn named(pair: &Pair<'_>, a: Range<usize>, b: Range<usize>, english: bool) -> Option<Found> {
    let any = |text: &Analysis<'_>, range: &Range<usize>, test: fn(&Analysis<'_>, usize) -> bool| {
        range.clone().any(|i| test(text, i))
    };
    let is_word = |text: &Analysis<'_>, i: usize| text.tokens[i].is_word();
    let tells = |text: &Analysis<'_>, i: usize| text.tag_of(i).is_content();
    let words = any(pair.a, &a, is_word) || any(pair.b, &b, is_word);
    if !words {
        return Some(Found::new(Kind::Punctuation, a, b, "other marks"));
    }
    if english && !any(pair.a, &a, tells) && !any(pair.b, &b, tells) {
        return Some(Found::new(Kind::FunctionWord, a, b, "other small words"));
    }
    if a.len() == 1 && b.len() == 1 {
        let (i, j) = (a.start, b.start);
        let (p, q) = (pair.a.tag_of(i), pair.b.tag_of(j));
        if pair.to_b(i) == Some(j) {
            match pair.words.kind(i) {
                Some(LinkKind::Inflection) if p.is_verb() && q.is_verb() => {
                    return Some(Found::new(Kind::Tense, a, b, "another tense or form of the verb"));
                }
                Some(LinkKind::Inflection) if p.is_noun() && q.is_noun() => {
                    return Some(Found::new(Kind::Plural, a, b, "one and several"));
                }
                Some(LinkKind::Inflection | LinkKind::Derivation) => {
                    return Some(Found::new(Kind::WordForm, a, b, "another form of the word"));
                }
                Some(LinkKind::Spelling) => return Some(Found::new(Kind::Spelling, a, b, "two spellings")),
                Some(LinkKind::Number) => return Some(Found::new(Kind::NumberFormat, a, b, "written in two ways")),
                _ => {}
            }
        }
    }
    Some(match (a.is_empty(), b.is_empty()) {
        (false, true) if moved(pair.a, &a, pair.b) => Found::new(Kind::WordOrder, a, b, "stands elsewhere"),
        (true, false) if moved(pair.b, &b, pair.a) => Found::new(Kind::WordOrder, a, b, "stands elsewhere"),
        (false, true) => Found::new(Kind::Shortened, a, b, "one side alone has it"),
        (true, false) => Found::new(Kind::Lengthened, a, b, "one side alone has it"),
        _ => Found::new(Kind::Reworded, a, b, "other words"),
    })
}

/// Whether the other side has all these words that say something.
fn moved(text: &Analysis<'_>, range: &Range<usize>, other: &Analysis<'_>) -> bool {
    let mut telling = range.clone().filter(|&i| text.tag_of(i).is_content()).peekable();
    telling.peek().is_some() && telling.all(|i| other.has_word(text.lower(i)))
}
