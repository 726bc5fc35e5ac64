//! Sentences of newswire.
//!
//! Ready-made splitters part `Sen. X`, `D-N.H.` and quotes, or hide `said. .`; what counts here is that a wrong stop
//! stays visible: a stop followed by a lower-case word ends a sentence, and the next one begins in lower case.

use super::abbreviations::{self, Habit};
use super::tokens::{Kind, Piece};
use std::ops::Range;

/// Words that begin a sentence far more often than they continue a name or title.
const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "They",
    "We",
    "I",
    "You",
    "In",
    "On",
    "At",
    "But",
    "And",
    "However",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "His",
    "Her",
    "Its",
    "Their",
    "When",
    "While",
    "After",
    "Before",
    "As",
    "If",
    "For",
    "Meanwhile",
    "According",
    "Some",
    "Many",
    "Most",
    "No",
    "Not",
    "Now",
    "So",
    "Then",
    "To",
    "What",
    "Who",
    "Why",
    "How",
    "With",
    "By",
    "From",
    "One",
    "Since",
    "Although",
    "Though",
    "Our",
    "My",
    "Both",
    "Last",
    "Also",
    "Such",
    "Still",
    "Yet",
    "Earlier",
    "Officials",
    "Police",
    "Under",
];

/// Whether a word with its capital begins a sentence far more often than it goes on with a name or title.
pub(crate) fn is_starter(written: &str) -> bool {
    STARTERS.contains(&written)
}

fn closes(text: &str) -> bool {
    matches!(text, "." | "!" | "?" | "..." | "\u{3002}" | "\u{6d4}" | "\u{964}" | "\u{61f}")
}

/// Cuts `pieces` of `normal` into sentences, as ranges of pieces. Each piece is in exactly one.
pub(super) fn sentences(normal: &str, pieces: &[Piece]) -> Vec<Range<usize>> {
    let text = |i: usize| pieces.get(i).map_or("", |p| &normal[p.start..p.end]);
    let gap = |i: usize| i == 0 || pieces.get(i).is_none_or(|p| p.start > pieces[i - 1].end);
    let mut out = Vec::new();
    let mut start = 0;
    let mut open_quote = false;
    let mut i = 0;
    while i < pieces.len() {
        // A line break of its own parts sentences: headlines, bylines, captions.
        let broken = i > start && normal[pieces[i - 1].end..pieces[i].start].contains(['\n', '\u{2028}', '\u{2029}']);
        let hard = broken && normal[pieces[i - 1].end..pieces[i].start].matches('\n').count() > 1;
        if hard {
            out.push(start..i);
            start = i;
            open_quote = false;
        }
        let word = text(i);
        if word == "\"" {
            open_quote = !open_quote;
        }
        let abbreviation = pieces[i].kind == Kind::Word && word.ends_with('.');
        if !(closes(word) && pieces[i].kind == Kind::Punct || abbreviation || matches!(word, "\u{ff01}" | "\u{ff1f}")) {
            i += 1;
            continue;
        }
        // The run of stops and of closing quotes and brackets behind them.
        let mut end = i + 1;
        let mut quotes = open_quote;
        let mut quoted_close = false;
        while end < pieces.len() {
            let next = text(end);
            let spaced = gap(end);
            // A stop apart from the first (`said. .`) belongs to the same sentence.
            let close = match next {
                "." | "!" | "?" | "..." => true,
                "\"" => {
                    let closing = quotes && !(spaced && next_is_word(normal, pieces, end));
                    if closing {
                        quotes = false;
                        quoted_close = true;
                    }
                    closing
                }
                "'" => !spaced && (!text(end + 1).starts_with(char::is_alphanumeric) || gap(end + 1)),
                ")" | "]" | "\u{300d}" | "\u{300f}" | "\u{ff09}" => !spaced,
                _ => false,
            };
            if !close {
                break;
            }
            end += 1;
        }
        let next = text(end);
        let first = next.chars().next();
        let wide = matches!(word, "\u{3002}" | "\u{ff01}" | "\u{ff1f}" | "\u{6d4}" | "\u{964}" | "\u{61f}");
        let breaks = if end >= pieces.len() || wide {
            true
        } else if !gap(end) && end == i + 1 {
            // "ended.The": two sentences without a space; "3.5", "a.m" never come here as stops. "Neva.Today" is a name.
            let last = text(i.wrapping_sub(1));
            let named = last.starts_with(char::is_uppercase) && !STARTERS.contains(&next);
            word == "." && first.is_some_and(char::is_uppercase) && last.chars().count() > 1 && !named
        } else if abbreviation && end == i + 1 {
            match abbreviations::habit(word) {
                Some(Habit::Free) => {
                    STARTERS.contains(&next) || next == "\"" && !quotes && next_starts_upper(normal, pieces, end + 1)
                }
                Some(Habit::Number) => STARTERS.contains(&next),
                // `vitamin C. The study`; but `J. The` is no name.
                Some(Habit::Title) => word.chars().count() == 2 && STARTERS.contains(&next),
                _ => false,
            }
        } else {
            match first {
                // “Why?” he asked. An ellipsis and a question or exclamation run on in lower case.
                Some(c) if c.is_lowercase() => {
                    word == "." && !abbreviation || text(end - 1) == "." && end > i + 1 && !quoted_close
                }
                Some(',' | ';' | ':' | ')' | ']') => false,
                // “Stop.” — and a dash that goes on with the sentence.
                Some('-' | '\u{2013}' | '\u{2014}') => false,
                _ => true,
            }
        };
        for k in i + 1..end {
            if text(k) == "\"" {
                open_quote = !open_quote;
            }
        }
        if breaks {
            out.push(start..end);
            start = end;
        }
        i = end;
    }
    if start < pieces.len() {
        out.push(start..pieces.len());
    }
    out
}

fn next_is_word(normal: &str, pieces: &[Piece], quote: usize) -> bool {
    pieces
        .get(quote + 1)
        .is_some_and(|p| p.start == pieces[quote].end && normal[p.start..].starts_with(char::is_alphanumeric))
}

fn next_starts_upper(normal: &str, pieces: &[Piece], i: usize) -> bool {
    pieces.get(i).is_some_and(|p| normal[p.start..].starts_with(char::is_uppercase))
}
