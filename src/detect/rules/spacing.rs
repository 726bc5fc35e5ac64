//! `spacing`

use super::words::is_clitic;
use crate::config::Severity;
use crate::detect::{Check, Counterpart, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::numbers::{is_half, parted_thousands};
use crate::text::{Analysis, Kind, is_starter};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "spacing",
    category: "Linguistic conventions/Whitespace",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "white space too much, too little, or on the wrong side of a mark",
    doc: "A space before a comma, stop, colon or closing bracket (as French sets it, or as a tokeniser leaves it), a space inside \
          brackets, quotes or numbers (`10, 000 rubles`), two spaces between words, and no space after a stop or comma. Decimals, times, addresses, \
          abbreviations, names (`Neva.Today`), ellipses, spaced dashes, and two spaces after every stop (a typist's habit) stay silent.",
    example: ("the talks , which ended.The", "the talks, which ended. The"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let whole = text.text;
    let typist = typist(whole);
    for i in 0..text.tokens.len() {
        let token = &text.tokens[i];
        let before = i.checked_sub(1).map(|k| &text.tokens[k]);
        let next = text.tokens.get(i + 1);
        if let Some(before) = before.filter(|_| token.spaced) {
            let gap = Span::new(before.span.end, token.span.start);
            let blank = &whole[gap.range()];
            let usual = blank == " ";
            let line_break = !usual && blank.contains(['\n', '\r', '\u{2028}', '\u{2029}']);
            // Narrow and no-break spaces are set on purpose, but before a comma they are the French habit too.
            let plain = usual || blank.chars().all(|c| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{3000}'));
            let mark = text.lower(i);
            let closing = matches!(mark, "," | "." | ";" | ":" | "!" | "?" | ")" | "]");
            if closing && token.kind == Kind::Punct && plain && !line_break && !excused(passage, i) {
                sink.add(passage.at(gap.cover(token.span)), format!("a space before “{mark}”")).suggest(
                    if next.is_some_and(|n| !n.spaced && n.is_word()) { format!("{mark} ") } else { mark.to_owned() },
                );
                continue;
            }
            if !line_break && plain && matches!(text.lower(i - 1), "(" | "[") && before.kind == Kind::Punct {
                sink.add(passage.at(gap), "a space inside the bracket").suggest("");
                continue;
            }
            if !line_break && blank.chars().all(|c| c == ' ') && blank.len() >= 2 {
                let after_stop =
                    matches!(text.lower(i - 1), "." | "?" | "!" | ":" | "\"") || text.lower(i - 1).ends_with('.');
                if !(after_stop && typist) {
                    sink.add(passage.at(gap), "more than one space").suggest(" ").weigh(if after_stop {
                        Severity::Neutral
                    } else {
                        Severity::Minor
                    });
                }
                continue;
            }
        }
        if let Some((end, clitic)) = clitic(text, i) {
            let gap = Span::new(text.tokens[i - 1].span.end, end);
            sink.add(passage.at(gap), format!("a space before “{clitic}”")).suggest(clitic);
        }
        if let Some((range, message, repair)) = parted(passage, i) {
            sink.add(passage.tokens_at(range), message).suggest(repair);
        }
        // No space behind a stop or comma.
        if let Some(next) = next.filter(|n| !n.spaced && n.kind == Kind::Word) {
            let mark = text.lower(i);
            let letter =
                before.is_some_and(|b| b.kind == Kind::Word && !token.spaced || b.kind == Kind::Number && mark == ",");
            let initials = text.normal(i + 1).contains('.')
                || before.is_some_and(|_| text.normal(i - 1).contains('.'))
                || text.normal(i + 1).chars().count() < 2;
            let missing = match mark {
                "." => {
                    letter
                        && text.is_capitalised(i + 1)
                        && text.normal(i - 1).chars().any(char::is_lowercase)
                        && text.normal(i + 1).chars().any(char::is_lowercase)
                        && !is_joined(passage, i)
                }
                "," | ";" => letter,
                _ => false,
            };
            if token.kind == Kind::Punct && missing && !initials && !token.spaced && next.span.start == token.span.end {
                sink.add(passage.at(token.span), format!("no space after “{mark}”")).suggest(format!("{mark} "));
            }
        }
    }
    for mark in &text.quotes {
        let (start, end) = (mark.span.start, mark.span.end);
        if mark.partner.is_none() {
            continue;
        }
        let double = mark.kind.is_double();
        let word = |text: &str| double && text.chars().take_while(|c| c.is_alphanumeric()).nth(1).is_some();
        if mark.opens {
            let blank = spaces(&whole[end..]);
            if blank > 0 && whole[..start].ends_with(char::is_alphanumeric) {
                sink.add(passage.at(Span::new(start, end + blank)), "a space on the wrong side of the opening quote")
                    .suggest(format!(" {}", &whole[mark.span.range()]));
            } else if blank > 0 {
                sink.add(passage.at(Span::new(end, end + blank)), "a space inside the opening quote").suggest("");
            } else if whole[..start].ends_with(char::is_lowercase) && word(&whole[end..]) {
                sink.add(passage.at(mark.span), "no space before the quotation")
                    .suggest(format!(" {}", &whole[mark.span.range()]));
            }
        } else {
            let blank = whole[..start].bytes().rev().take_while(|b| *b == b' ').count();
            let inner = whole[..start - blank].ends_with(['\u{2019}', '\'']);
            let glued = word(&whole[end..]);
            if blank > 0 && start > blank && !inner {
                let (span, side) = if glued { (end, "on the wrong side of") } else { (start, "inside") };
                let repair = if glued { format!("{} ", &whole[mark.span.range()]) } else { String::new() };
                sink.add(passage.at(Span::new(start - blank, span)), format!("a space {side} the closing quote"))
                    .suggest(repair);
            } else if glued && !inner {
                sink.add(passage.at(mark.span), "no space behind the quotation")
                    .suggest(format!("{} ", &whole[mark.span.range()]));
            }
        }
    }
}

/// Whether the stop at token `i` joins two words of one name: `Neva.Today`, `gazeta.Ru`. Two names are one unless the second word
/// begins sentences; so are a word and a web ending, a word that ends its sentence, and what the source has in the same letters.
fn is_joined(passage: &Passage<'_>, i: usize) -> bool {
    let text = &passage.text;
    let (before, next) = (text.is_capitalised(i - 1), text.normal(i + 1));
    let whole = &text.text[text.tokens[i - 1].span.start..text.tokens[i + 1].span.end];
    let given = |other: &Counterpart<'_>| other.text.text.contains(whole);
    let ends = text.tokens.get(i + 2).is_none_or(|t| !t.spaced && matches!(text.lower(i + 2), "." | "," | "!" | "?"));
    before && !is_starter(next)
        || ends
        || matches!(text.lower(i + 1), "com" | "net" | "org" | "info" | "ru" | "ua" | "kz" | "io" | "tv" | "eu")
        || passage.source.iter().chain(&passage.reference).any(given)
}

/// A number that a space parts behind its comma or colon: `10, 000 rubles`, `3: 00 p.m.`
fn parted(passage: &Passage<'_>, i: usize) -> Option<(Range<usize>, &'static str, String)> {
    let text = &passage.text;
    if let Some((end, number)) = parted_thousands(text, i) {
        return Some((i..end, "a space inside a number", number));
    }
    let two = |k: usize| text.lower(k).len() <= 2 && text.lower(k).bytes().all(|b| b.is_ascii_digit());
    let (hour, minutes) = (text.lower(i), text.lower(i + 2));
    let number = |k: usize| text.tokens.get(k).is_some_and(|t| t.kind == Kind::Number);
    let numbers = number(i) && number(i + 2) && two(i) && two(i + 2) && minutes.len() == 2;
    if !(numbers && text.lower(i + 1) == ":" && !text.tokens[i + 1].spaced && text.tokens[i + 2].spaced) {
        return None;
    }
    let half = is_half(text.lower(i + 3));
    let timed = half || minutes.starts_with('0') || i > 0 && text.lower(i - 1) == "at";
    let clock = hour.parse::<u32>().ok()? <= 24 && minutes.parse::<u32>().ok()? <= 59;
    (clock && timed).then(|| (i..i + 3, "a space inside a time", format!("{hour}:{minutes}")))
}

/// A clitic that a tokenizer parted from its word, and where it ends: `do n't`, `I 've`.
fn clitic(text: &Analysis<'_>, i: usize) -> Option<(usize, String)> {
    let token = text.tokens.get(i).filter(|token| token.spaced)?;
    let host =
        text.tokens.get(i.checked_sub(1)?).filter(|host| host.kind == Kind::Word && host.sentence == token.sentence)?;
    let blank = &text.text[host.span.end..token.span.start];
    let apart = |k: usize| text.tokens.get(k).is_none_or(|next| next.spaced || next.kind == Kind::Punct);
    let whole = text.lower(i) == "n't" || text.lower(i).strip_prefix('\'').is_some_and(is_clitic);
    let end = if whole && apart(i + 1) {
        token.span.end
    } else if matches!(text.lower(i), "'" | "\u{2019}") {
        let tail = text.tokens.get(i + 1).filter(|tail| !tail.spaced)?;
        (is_clitic(text.lower(i + 1)) && apart(i + 2)).then_some(tail.span.end)?
    } else {
        return None;
    };
    (blank == " ").then(|| (end, text.text[token.span.start..end].to_owned()))
}

fn spaces(text: &str) -> usize {
    text.bytes().take_while(|b| *b == b' ').count()
}

/// Two spaces after every stop of the passage, at least twice.
fn typist(text: &str) -> bool {
    if !text.contains("  ") {
        return false;
    }
    let double = text.matches(".  ").count() + text.matches("?  ").count() + text.matches(".”  ").count();
    if double < 2 {
        return false;
    }
    let single = text.matches(". ").count() + text.matches("? ").count()
        - text.matches(".  ").count()
        - text.matches("?  ").count();
    double > single
}

/// Ellipses, emoticons, web endings (`.com`), and marks that stand apart for themselves.
fn excused(passage: &Passage<'_>, i: usize) -> bool {
    let text = &passage.text;
    let near_dot = |k: Option<usize>| k.is_some_and(|k| matches!(text.lower(k), "." | "..." | ".." | "\u{2026}"));
    let next = text.tokens.get(i + 1);
    // `said. .` is stray punctuation; `. . .` an ellipsis.
    if text.lower(i) == "." && (near_dot(i.checked_sub(1)) || near_dot(Some(i + 1)) && next.is_some()) {
        return true;
    }
    // A mark glued to what follows: .NET, :-), .50-caliber
    let glued = next.is_some_and(|n| !n.spaced && (n.is_word() || matches!(text.lower(i + 1), "-" | "--" | ")" | "(")));
    glued && !matches!(text.lower(i), ",") || text.lower(i) == ":" && next.is_none()
}
