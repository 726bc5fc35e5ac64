//! `quote-style`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::{QuoteKind, QuoteMark};

pub const RULE: Rule = Rule {
    id: "quote-style",
    category: "Style/Inconsistent style",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "two conventions of quotation marks in one story",
    doc: "A story that sets commas and stops inside its closing quotes (`plan,” he said`) and once outside (`strategic”, and`), or the \
          reverse, and marks of another kind among curly or straight ones. The story's own majority is the convention; at least three \
          quotations and a clear majority are needed to know it. Quotes within quotes, headlines, question marks that belong to the \
          writer, semicolons and colons stay silent, and so does a whole sentence that keeps its stop in a story of British style.",
    example: ("“economic and strategic”, and", "“economic and strategic,” and"),
    check: Check::Story(check),
};

/// Where a comma or stop stands at a closing mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Inside,
    Outside,
}

struct Close<'s, 't> {
    passage: &'s Passage<'t>,
    side: Side,
    /// Mark and comma or stop, in bytes of the passage.
    span: Span,
    swapped: String,
    comma: bool,
    quote: QuoteMark,
    opening: QuoteMark,
}

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    sides(story, sink);
    kinds(story, sink);
}

fn is_nested(passage: &Passage<'_>, mark: &QuoteMark) -> bool {
    passage.text.quotes.iter().any(|outer| {
        outer.opens
            && outer.span.start < mark.span.start
            && outer.partner.is_some_and(|p| passage.text.quotes[p].span.start > mark.span.start)
    })
}

fn sides(story: &Story<'_>, sink: &mut Sink<'_>) {
    let mut closes: Vec<Close<'_, '_>> = Vec::new();
    for passage in story.passages.iter().filter(|p| !p.display || !story.whole) {
        let text = passage.text.text;
        for mark in passage.text.quotes.iter().filter(|m| !m.opens) {
            let Some(opening) = mark.partner.map(|p| passage.text.quotes[p]) else { continue };
            if is_nested(passage, mark) || matches!(mark.kind, QuoteKind::Corner) {
                continue;
            }
            let before = text[..mark.span.start].chars().next_back();
            let after = text[mark.span.end..].chars().next();
            let quote = &text[mark.span.range()];
            let found = match (before, after) {
                (Some(c @ (',' | '.')), _) if !text[..mark.span.start].ends_with("..") => {
                    let span = Span::new(mark.span.start - 1, mark.span.end);
                    Some((Side::Inside, span, format!("{quote}{c}"), c == ','))
                }
                (_, Some(c @ (',' | '.'))) if !matches!(before, Some('?' | '!' | '\u{2026}')) => {
                    let span = Span::new(mark.span.start, mark.span.end + 1);
                    Some((Side::Outside, span, format!("{c}{quote}"), c == ','))
                }
                _ => None,
            };
            if let Some((side, span, swapped, comma)) = found {
                closes.push(Close { passage, side, span, swapped, comma, quote: *mark, opening });
            }
        }
    }
    let inside = closes.iter().filter(|c| c.side == Side::Inside).count();
    let outside = closes.len() - inside;
    let (rare, few, many) =
        if inside > outside { (Side::Outside, outside, inside) } else { (Side::Inside, inside, outside) };
    if few == 0 || closes.len() < 3 || few * 2 > many + 1 || many < 2 {
        return;
    }
    for close in closes.iter().filter(|c| c.side == rare) {
        // A story of British style keeps the stop, and even the comma, that belongs to a quoted sentence.
        if rare == Side::Inside && (!close.comma || is_sentence(close)) {
            continue;
        }
        let place = if rare == Side::Outside { "inside" } else { "outside" };
        let what = if close.comma { "commas" } else { "stops" };
        sink.add(close.passage.at(close.span), format!("the story sets {what} {place} its closing quotes"))
            .suggest(close.swapped.clone());
    }
}

/// Whether the quotation is a sentence of its own: it begins with a capital.
fn is_sentence(close: &Close<'_, '_>) -> bool {
    close.passage.text.text[close.opening.span.end..close.quote.span.start].starts_with(char::is_uppercase)
}

/// Marks of a rare kind among many of another.
fn kinds(story: &Story<'_>, sink: &mut Sink<'_>) {
    let kinds = [QuoteKind::CurlyDouble, QuoteKind::StraightDouble, QuoteKind::Guillemet];
    let mut counts = [0usize; 3];
    for passage in &story.passages {
        for mark in passage.text.quotes.iter().filter(|m| m.kind.is_double() && m.opens && !is_nested(passage, m)) {
            if let Some(k) = kinds.iter().position(|x| *x == mark.kind) {
                counts[k] += 1;
            }
        }
    }
    let Some(main) = (0..3).max_by_key(|&k| (counts[k], 2 - k)) else { return };
    let others: usize = counts.iter().sum::<usize>() - counts[main];
    for passage in &story.passages {
        for mark in passage.text.quotes.iter().filter(|m| m.kind.is_double() && !is_nested(passage, m)) {
            let Some(kind) = kinds.iter().position(|x| *x == mark.kind) else { continue };
            let low = passage.text.text[mark.span.range()].starts_with(['\u{201e}', '\u{201f}']);
            let rare = kind != main && others * 2 <= counts[main] + 1 && mark.partner.is_some();
            // Both marks are one fault, told where the quotation opens.
            if rare && !mark.opens {
                continue;
            }
            if counts[main] + others < 3 || !(rare || low && kind == main && counts[main] >= 3) {
                continue;
            }
            let (open, close) = match kinds[main] {
                QuoteKind::StraightDouble => ("\"", "\""),
                QuoteKind::Guillemet => ("«", "»"),
                _ => ("“", "”"),
            };
            let message = "another kind of quotation mark than the rest of the story's";
            match mark.partner.map(|p| passage.text.quotes[p].span).filter(|_| rare) {
                Some(last) => {
                    let inner = &passage.text.text[mark.span.end..last.start];
                    sink.add(passage.at(mark.span.cover(last)), message).suggest(format!("{open}{inner}{close}"));
                }
                None => {
                    sink.add(passage.at(mark.span), message).suggest(if mark.opens { open } else { close });
                }
            }
        }
    }
}
