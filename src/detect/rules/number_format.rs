//! `number-format`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::numbers::is_half;
use crate::text::{Analysis, Kind, Tag};

pub const RULE: Rule = Rule {
    id: "number-format",
    category: "Locale conventions/Number format",
    severity: Severity::Major,
    needs: Needs::Text,
    english: true,
    summary: "decimal commas and points for thousands, as the source language writes numbers",
    doc: "`12,5 percent`, `3.200.000 people`, `2.500` and `1 800` in a story that writes `1,500`. A point before three digits is taken \
          for thousands only where the story writes thousands with commas and the digits end in a nought, or where there are two \
          points. Hours that no half of the day has (`15 a.m.`). Versions, sections, scores, times, dates, rates, weights and addresses stay silent.",
    example: ("Inflation rose to 12,5 percent", "Inflation rose to 12.5 percent"),
    check: Check::Story(check),
};

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    let thousands = story.passages.iter().any(|p| {
        p.text.tokens.iter().enumerate().any(|(i, t)| t.kind == Kind::Number && grouped(p.text.lower(i), ','))
    });
    for passage in &story.passages {
        for i in 0..passage.text.tokens.len() {
            if passage.text.tokens[i].kind == Kind::Number {
                number(passage, i, thousands, sink);
            }
        }
    }
}

/// Whether `text` is `1,234`, `12,345,678`: groups of three parted by `mark`.
fn grouped(text: &str, mark: char) -> bool {
    let mut parts = text.split(mark);
    let head = parts.next().unwrap_or("");
    let mut groups = 0;
    let good = !head.is_empty()
        && head.len() <= 3
        && !head.starts_with('0')
        && head.bytes().all(|b| b.is_ascii_digit())
        && parts.all(|g| {
            groups += 1;
            g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit())
        });
    good && groups > 0
}

fn number(passage: &Passage<'_>, i: usize, thousands: bool, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let word = text.lower(i);
    let span = passage.at(text.tokens[i].span);
    if let Some((end, repair)) = hour(text, i) {
        let finding = sink.add(passage.tokens_at(i..end), "no such hour: clocks with a.m. and p.m. count from 1 to 12");
        finding.suggest(repair).weigh(Severity::Minor);
        return;
    }
    // 3.200.000 and 1.250.000,50
    if word.matches('.').count() >= 2 {
        let (whole, rest) = word.split_once(',').unwrap_or((word, ""));
        if grouped(whole, '.') && rest.bytes().all(|b| b.is_ascii_digit()) && whole.len() >= 9 && !numbered(text, i) {
            let english = whole.replace('.', ",") + if rest.is_empty() { "" } else { "." } + rest;
            sink.add(span, "points for thousands: English uses commas").suggest(english);
        }
        return;
    }
    // 2.500 in a story with 1,500
    if grouped(word, '.') {
        let likely = thousands && word.ends_with('0') && !numbered(text, i) && !measured(text, i);
        // The reference knows the number without its point.
        let value = word.replace('.', "").parse::<f64>().ok();
        let known = value.is_some_and(|v| passage.numbers().1.iter().any(|n| n.value == v));
        if likely || known {
            sink.add(span, "a point for thousands: English uses a comma").suggest(word.replace('.', ","));
        }
        return;
    }
    // 12,5 percent
    if let Some((whole, rest)) = word.split_once(',')
        && (1..=2).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_digit())
        && whole.bytes().all(|b| b.is_ascii_digit())
    {
        let next = text.lower(i + 1);
        let unit = matches!(
            next,
            "percent"
                | "%"
                | "per"
                | "million"
                | "billion"
                | "trillion"
                | "euros"
                | "euro"
                | "dollars"
                | "dollar"
                | "pounds"
                | "rubles"
                | "yuan"
                | "yen"
                | "points"
                | "percentage"
                | "kilometers"
                | "kilometres"
                | "km"
                | "meters"
                | "metres"
                | "miles"
                | "degrees"
                | "tons"
                | "tonnes"
                | "liters"
                | "litres"
                | "kilograms"
                | "kg"
                | "hectares"
                | "times"
                | "magnitude"
        );
        let money = i > 0 && matches!(text.lower(i - 1), "$" | "€" | "£");
        if (unit || money) && !text.tokens[i].quoted {
            sink.add(span, "a decimal comma: English writes a point").suggest(word.replace(',', "."));
        }
        return;
    }
    // 1 800 people in a story with 2,400
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let next = text.lower(i + 1);
    if thousands
        && word.len() <= 3
        && digits(word)
        && next.len() == 3
        && digits(next)
        && text.tokens.get(i + 1).is_some_and(|t| t.spaced && t.span.start - text.tokens[i].span.end <= 3)
        && matches!(text.tag_of(i + 2), Tag::Nns | Tag::Nn | Tag::Jj)
        && !(i > 0 && text.tokens[i - 1].kind == Kind::Number)
        && !numbered(text, i)
    {
        let both = Span::new(text.tokens[i].span.start, text.tokens[i + 1].span.end);
        sink.add(passage.at(both), "a blank for thousands; the story uses commas elsewhere")
            .suggest(format!("{word},{next}"));
    }
}

/// An hour that no half of the day has, `15 a.m.`, `0 am`: the token behind it, and what is meant.
fn hour(text: &Analysis<'_>, i: usize) -> Option<(usize, String)> {
    // `3: 00 p.m.` is spaced wrongly, no more.
    if i > 0 && matches!(text.lower(i - 1), ":" | "." | ",") && (i < 2 || text.tokens[i - 2].kind == Kind::Number) {
        return None;
    }
    let word = text.lower(i);
    let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (hours, rest) = word.split_at(digits);
    let (minutes, glued) = match rest.strip_prefix([':', '.']) {
        Some(tail) => tail.split_at(tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len())),
        None => ("", rest),
    };
    let half = if glued.is_empty() { text.lower(i + 1) } else { glued };
    let end = i + 1 + usize::from(glued.is_empty());
    let timed = hours.len() <= 2 && matches!(minutes.len(), 0 | 2) && (hours != "0" || minutes.is_empty());
    let good = is_half(half) && timed;
    let hours = hours.parse::<u32>().ok().filter(|hours| good && (*hours == 0 || (13..=24).contains(hours)))?;
    let exact = minutes.is_empty() || minutes == "00";
    let minutes = if minutes.is_empty() { String::new() } else { format!(":{minutes}") };
    Some((
        end,
        match hours {
            0 | 24 if exact => "midnight".to_owned(),
            0 | 24 => format!("12{minutes} a.m."),
            _ => format!("{}{minutes} p.m.", hours - 12),
        },
    ))
}

/// Behind a word that numbers things rather than counts them.
fn numbered(text: &Analysis<'_>, i: usize) -> bool {
    let before = |k: usize| i.checked_sub(k).map_or("", |n| text.lower(n));
    let names = |w: &str| {
        matches!(
            w,
            "version"
                | "section"
                | "rule"
                | "article"
                | "paragraph"
                | "order"
                | "no."
                | "number"
                | "chapter"
                | "port"
                | "room"
                | "case"
                | "act"
                | "law"
                | "v"
                | "release"
                | "firmware"
                | "to"
        )
    };
    names(before(1)) && before(1) != "to" || before(1) == "to" && text.lower(i.wrapping_sub(2)) == "traced"
}

/// Rates, weights, times: three decimals have their place there.
fn measured(text: &Analysis<'_>, i: usize) -> bool {
    matches!(
        text.lower(i + 1),
        "seconds"
            | "second"
            | "kilograms"
            | "kg"
            | "grams"
            | "liters"
            | "ounces"
            | "carats"
            | "percent"
            | "%"
            | "million"
            | "billion"
            | "inches"
            | "miles"
            | "dollars"
            | "euros"
            | "average"
    ) || text.tag_of(i + 1) == Tag::Sym
}
