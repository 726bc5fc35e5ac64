//! `unbalanced-quotes`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::{QuoteKind, QuoteMark};

pub const RULE: Rule = Rule {
    id: "unbalanced-quotes",
    category: "Linguistic conventions/Punctuation",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "a quotation mark without its partner",
    doc: "An opening mark that is never closed, a closing one that was never opened, or a quotation that opens with a double mark and \
          closes with a single one. A quotation that runs over several paragraphs \
          opens each and closes only the last: that is good style and stays silent, as do apostrophes, feet, inches and minutes of \
          arc. A lone segment may be the first or last part of a longer quotation, so there only a mark in its middle is flagged.",
    example: ("the talks had been “frank and useful", "the talks had been “frank and useful”"),
    check: Check::Story(check),
};

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    let passages = &story.passages;
    for (n, passage) in passages.iter().enumerate() {
        let marks = &passage.text.quotes;
        for (k, mark) in marks.iter().enumerate() {
            if mark.partner.is_some() || mark.kind == QuoteKind::Corner {
                continue;
            }
            // Single marks are too often apostrophes to be sure, but for a low German one.
            if !mark.kind.is_double() {
                continue;
            }
            let last_open = mark.opens && !marks[k + 1..].iter().any(|m| m.kind.is_double());
            let first_close = !mark.opens && !marks[..k].iter().any(|m| m.kind.is_double());
            if mark.opens && last_open {
                let next = passages.get(n + 1);
                let resumed = next.is_some_and(|p| opens_first(p) || closes_first(p));
                if resumed && story.whole {
                    continue;
                }
            }
            if first_close && n > 0 && story.whole && open_at_end(&passages[n - 1]) && !opens_first(passage) {
                continue;
            }
            if !story.whole && (last_open || first_close) && !inside(passage, k) {
                continue;
            }
            if let Some(other) = mixed(passage, mark) {
                let single = &passage.text.text[other.range()];
                let double = &passage.text.text[mark.span.range()];
                let (first, last) = if mark.opens { (double, single) } else { (single, double) };
                let right = match (mark.kind, mark.opens) {
                    (QuoteKind::CurlyDouble, true) => "”",
                    (QuoteKind::CurlyDouble, false) => "“",
                    _ => double,
                };
                let message = format!("this quotation opens with {first} and closes with {last}");
                sink.add(passage.at(other), message).suggest(right);
                continue;
            }
            let message = if mark.opens { "this quotation is never closed" } else { "this quotation was never opened" };
            sink.add(passage.at(mark.span), message);
        }
    }
}

/// The single mark that stands for the partner of the double `mark`: behind a comma or stop with nothing behind it, or with a space
/// before it and a word behind. The nearest one, with no other double mark between.
fn mixed(passage: &Passage<'_>, mark: &QuoteMark) -> Option<Span> {
    let (text, marks) = (passage.text.text, &passage.text.quotes);
    let single = |c: char| matches!(c, '\'' | '\u{2018}' | '\u{2019}');
    // A single mark that has a partner of its own is a quotation inside this one.
    let free = |at: usize| !marks.iter().any(|m| m.span.start == at && m.partner.is_some());
    let doubles = || marks.iter().filter(|m| m.kind.is_double());
    let span = |at: usize| Span::new(at, at + text[at..].chars().next().map_or(1, char::len_utf8));
    if mark.opens {
        let end = doubles().map(|m| m.span.start).find(|&at| at > mark.span.start).unwrap_or(text.len());
        let rest = &text[mark.span.end..end];
        let closes = |at: &usize| {
            let behind = text[span(*at).end..].chars().next();
            rest[..*at - mark.span.end].ends_with([',', '.', '!', '?'])
                && behind.is_none_or(char::is_whitespace)
                && free(*at)
        };
        return rest.match_indices(single).map(|(at, _)| mark.span.end + at).find(closes).map(span);
    }
    let start = doubles().map(|m| m.span.end).filter(|&end| end <= mark.span.start).max().unwrap_or(0);
    let opens = |at: &usize| {
        let behind = text[span(*at).end..].chars().next();
        text[..*at].chars().next_back().is_none_or(char::is_whitespace)
            && behind.is_some_and(char::is_alphabetic)
            && free(*at)
            && !is_elision(&text[span(*at).end..])
    };
    text[start..mark.span.start].rmatch_indices(single).map(|(at, _)| start + at).find(opens).map(span)
}

/// `'em`, `'til`, `I 've` and the like: letters left out, not a quotation.
fn is_elision(rest: &str) -> bool {
    let word = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
    matches!(
        word.as_str(),
        "s" | "ve"
            | "re"
            | "ll"
            | "d"
            | "m"
            | "t"
            | "em"
            | "til"
            | "till"
            | "cause"
            | "tis"
            | "twas"
            | "round"
            | "bout"
            | "n"
            | "cos"
    )
}

fn opens_first(passage: &Passage<'_>) -> bool {
    passage
        .text
        .quotes
        .first()
        .is_some_and(|m| m.opens && m.kind.is_double() && passage.text.text[..m.span.start].trim().is_empty())
}

fn closes_first(passage: &Passage<'_>) -> bool {
    passage.text.quotes.iter().find(|m| m.kind.is_double()).is_some_and(|m| !m.opens && m.partner.is_none())
}

fn open_at_end(passage: &Passage<'_>) -> bool {
    passage.text.quotes.iter().rev().find(|m| m.kind.is_double()).is_some_and(|m| m.opens && m.partner.is_none())
}

/// Whether a mark of a lone segment is where no longer quotation can begin or end: the other side is balanced by the
/// reference, which has its marks in pairs.
fn inside(passage: &Passage<'_>, _: usize) -> bool {
    passage
        .reference
        .as_ref()
        .is_some_and(|r| !r.text.quotes.is_empty() && r.text.quotes.iter().all(|m| m.partner.is_some()))
}
