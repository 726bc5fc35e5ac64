//! Numbers, their measures and bounds, dates and shares.

use super::kind::Kind;
use super::pair::{Found, Pair};
use super::rows::Place;
use crate::text::calendar::{MONTHS, WEEKDAYS};
use crate::text::numbers::{Number, Unit, numbers};
use crate::text::{Analysis, foreign_numbers};
use std::ops::Range;

/// The passages around one, where a number or date may have gone with its clause.
pub(super) struct Around(String, String);

impl Around {
    pub fn new<'p>([a, b]: [&str; 2], places: impl Iterator<Item = &'p Place>) -> Self {
        let mut around = Self(String::new(), String::new());
        for place in places {
            for (out, text, span) in [(&mut around.0, a, place.a), (&mut around.1, b, place.b)] {
                out.push_str(span.map_or("", |span| &text[span.range()]));
                out.push('\n');
            }
        }
        around
    }
}

pub(super) fn differences(pair: &Pair<'_>, around: &Around, english: bool) -> Vec<Found> {
    if !english {
        return foreign(pair);
    }
    let mut found = Vec::new();
    let dates = dates(pair, around, &mut found);
    counts(pair, around, &dates, &mut found);
    shares(pair, &mut found);
    found
}

/// Whether a number says how many: not `one`, which is a pronoun as often, nor `first`.
fn tells(number: &Number) -> bool {
    number.digits
        || !(number.value == 1.0 || number.unit == Unit::Ordinal && number.value <= 3.0 || number.value == 0.5)
}

/// Numbers of either side with what answers them on the other.
fn counts(pair: &Pair<'_>, around: &Around, dates: &[Range<usize>], found: &mut Vec<Found>) {
    let (mine, theirs) = (numbers(pair.a), numbers(pair.b));
    let agreeing = |n: &Number, others: &[Number]| others.iter().any(|o| n.agrees(o));
    let left: Vec<&Number> = mine.iter().filter(|n| tells(n) && !agreeing(n, &theirs)).collect();
    let over: Vec<&Number> = theirs.iter().filter(|n| tells(n) && !agreeing(n, &mine)).collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (x, a) in left.iter().enumerate() {
        for (y, b) in over.iter().enumerate().filter(|(_, b)| a.comparable(b)) {
            let near = [
                a.tokens.start.checked_sub(1),
                Some(a.tokens.start),
                Some(a.tokens.end),
                a.tokens.start.checked_sub(2),
            ];
            let distance = near
                .into_iter()
                .flatten()
                .filter_map(|i| pair.to_b(i))
                .map(|j| if j < b.tokens.start { b.tokens.start - j } else { (j + 1).saturating_sub(b.tokens.end) })
                .min();
            pairs.push((distance.unwrap_or(usize::MAX), x, y));
        }
    }
    pairs.sort_unstable();
    let (mut used_x, mut used_y) = (vec![false; left.len()], vec![false; over.len()]);
    let single = left.len() == 1 && over.len() == 1;
    for (distance, x, y) in pairs {
        let (a, b) = (left[x], over[y]);
        if used_x[x] || used_y[y] || distance > 3 && !(single && a.digits && b.digits) {
            continue;
        }
        (used_x[x], used_y[y]) = (true, true);
        if other_measure(pair, a, b).is_some() {
            // 5 miles may well be 8 kilometers.
            continue;
        }
        let dated = dates.iter().any(|date| date.contains(&a.tokens.start));
        let kind = if dated { Kind::Date } else { Kind::Number };
        found.push(Found::new(kind, quantity(pair.a, a), quantity(pair.b, b), "another number"));
    }
    for (n, _) in left.iter().zip(&used_x).filter(|(n, used)| !**used && alone(n, pair.a, pair.b, &around.1)) {
        let at = pair.place_in_b(n.tokens.start);
        found.push(Found::new(Kind::Number, quantity(pair.a, n), at..at, "a number that one side alone gives"));
    }
    for (n, _) in over.iter().zip(&used_y).filter(|(n, used)| !**used && alone(n, pair.b, pair.a, &around.0)) {
        let at = pair.place_in_a(n.tokens.start);
        found.push(Found::new(Kind::Number, at..at, quantity(pair.b, n), "a number that one side alone gives"));
    }
    for a in mine.iter().filter(|n| tells(n)) {
        let Some(b) = answer(pair, a, &theirs) else { continue };
        if let Some((x, y)) = other_measure(pair, a, b) {
            found.push(Found::new(Kind::Measure, a.tokens.start..x + 1, b.tokens.start..y + 1, "another measure"));
        }
        let ((p, from_a), (q, from_b)) = (bound(pair.a, a), bound(pair.b, b));
        if p != q && !(a.is_year() || matches!(a.unit, Unit::Ordinal | Unit::Decade)) {
            found.push(Found::new(
                Kind::Bound,
                from_a..a.tokens.end,
                from_b..b.tokens.end,
                "another bound of the number",
            ));
        }
    }
}

/// The one number of the other side that agrees; where several do, the linked one.
fn answer<'n>(pair: &Pair<'_>, a: &Number, theirs: &'n [Number]) -> Option<&'n Number> {
    let mut agreeing = theirs.iter().filter(|b| a.agrees(b));
    let first = agreeing.next()?;
    if agreeing.next().is_none() {
        return Some(first);
    }
    theirs.iter().find(|b| a.agrees(b) && a.tokens.clone().any(|i| pair.to_b(i).is_some_and(|j| b.tokens.contains(&j))))
}

/// Whether the other side, and what stands around it, has nothing that the number might be.
fn alone(n: &Number, text: &Analysis<'_>, other: &Analysis<'_>, around: &str) -> bool {
    // A small number in words is a pronoun as often: the two, both.
    if !n.digits && (n.value < 3.0 || n.unit == Unit::Ordinal) {
        return false;
    }
    let value = format!("{}", n.value);
    let word = text.lower(n.tokens.start);
    let digits: String = word.chars().filter(char::is_ascii_digit).collect();
    // What is no number as English writes it, `1,9`, may be several.
    if word.split(',').skip(1).any(|group| group.chars().take_while(char::is_ascii_digit).count() != 3) {
        return false;
    }
    let met = |place: &str| {
        let digit = |c: char| c.is_ascii_digit();
        let joined = place.split(|c: char| !digit(c) && c != ',' && c != '.').map(|run| run.replace([',', '.'], ""));
        let apart = place.split(|c: char| !digit(c)).map(str::to_owned);
        // 04 may stand for 2004, and the other way round.
        let short = |year: &str, run: &str| year.len() == 4 && run.len() == 2 && year.ends_with(run);
        joined.chain(apart).any(|run| {
            !run.is_empty() && (run == digits || run == value || short(&value, &run) || short(&run, &digits))
        })
    };
    let spelled = (0..other.tokens.len()).any(|j| other.lower(j).split('-').any(|part| part == word));
    let beside = || numbers(&Analysis::english(around)).iter().any(|other| n.agrees(other));
    !met(other.text) && !met(around) && !spelled && !beside()
}

/// The number with its sign, percentage or currency.
fn quantity(text: &Analysis<'_>, n: &Number) -> Range<usize> {
    let mut range = n.tokens.clone();
    if matches!(n.unit, Unit::Money(_)) {
        let symbol = |i: &usize| !text.tokens[*i].is_word() || matches!(text.lower(*i), "us$" | "usd" | "eur");
        range.start = range.start.checked_sub(1).filter(symbol).unwrap_or(range.start);
    }
    if matches!(n.unit, Unit::Percent | Unit::Money(_))
        && matches!(
            text.lower(range.end),
            "%" | "percent" | "dollars" | "euros" | "rubles" | "roubles" | "yuan" | "yen" | "pounds"
        )
    {
        range.end += 1;
    }
    range
}

/// Names of one measure, those of one line alike.
const MEASURES: [&[&str]; 22] = [
    &["kilogram", "kg", "kilo"],
    &["gram", "g"],
    &["ton", "tonne"],
    &["pound", "lb"],
    &["ounce", "oz"],
    &["centimeter", "centimetre", "cm"],
    &["meter", "metre", "m"],
    &["kilometer", "kilometre", "km"],
    &["mile"],
    &["foot", "feet", "ft"],
    &["inch"],
    &["yard"],
    &["hectare", "ha"],
    &["acre"],
    &["liter", "litre"],
    &["gallon"],
    &["barrel"],
    &["minute", "min"],
    &["hour"],
    &["day"],
    &["week"],
    &["month"],
];

/// The measures behind two numbers, as tokens, where they are different ones.
fn other_measure(pair: &Pair<'_>, a: &Number, b: &Number) -> Option<(usize, usize)> {
    let measure = |text: &Analysis<'_>, n: &Number| {
        let k = (n.tokens.end..n.tokens.end + 2).find(|&k| !matches!(text.lower(k), "-" | "square" | "cubic"))?;
        let line =
            MEASURES.iter().position(|names| names.contains(&text.lemma(k)) || names.contains(&text.lower(k)))?;
        Some((k, line))
    };
    let ((i, x), (j, y)) = (measure(pair.a, a)?, measure(pair.b, b)?);
    (x != y).then_some((i, j))
}

/// How a number is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Exact,
    About,
    Over,
    Under,
}

/// The bound of a number and the token where the words for it begin.
fn bound(text: &Analysis<'_>, n: &Number) -> (Bound, usize) {
    let start = quantity(text, n).start;
    let word = |back: usize| start.checked_sub(back).map_or("", |i| text.lower(i));
    let (one, two, three) = (word(1), word(2), word(3));
    let found = match (three, two, one) {
        ("no" | "not", "less" | "fewer", "than") => (Bound::Over, 3),
        ("no" | "not", "more", "than") => (Bound::Under, 3),
        (_, "more" | "greater" | "larger" | "higher", "than") | (_, "at", "least") => (Bound::Over, 2),
        (_, "less" | "fewer" | "lower", "than") | (_, "up", "to") | (_, "at", "most") => (Bound::Under, 2),
        (_, "close", "to") => (Bound::About, 2),
        (_, _, "over" | "above" | "exceeding") => (Bound::Over, 1),
        (_, _, "under" | "below") => (Bound::Under, 1),
        (_, _, "about" | "around" | "approximately" | "roughly" | "nearly" | "almost" | "some" | "circa") => {
            (Bound::About, 1)
        }
        _ => (Bound::Exact, 0),
    };
    // `over 5 years` is a stretch of time as often, and `hand over 5` a verb of two words.
    let phrasal = start.checked_sub(2).is_some_and(|i| {
        matches!(text.lemma(i), "hand" | "take" | "turn" | "give" | "sign" | "carry" | "pass" | "make")
    });
    let behind = text.lower(quantity(text, n).end);
    let stretch = one == "over"
        && (phrasal || matches!(text.lemma(n.tokens.end), "year" | "month" | "week" | "day" | "hour" | "minute"));
    match found {
        (Bound::Exact, _) if behind == "or" || behind == "and" => match text.lower(quantity(text, n).end + 1) {
            "more" | "above" => (Bound::Over, start),
            "less" | "fewer" => (Bound::Under, start),
            "so" => (Bound::About, start),
            _ => (Bound::Exact, start),
        },
        _ if stretch => (Bound::Exact, start),
        (bound, back) => (bound, start - back),
    }
}

/// A word that says when: its sort (month, weekday, day from now) and which.
fn when(text: &Analysis<'_>, i: usize) -> Option<(u8, usize)> {
    let lower = text.lower(i).trim_end_matches('.');
    if text.is_capitalised(i) {
        let short = |name: &&str| {
            *name == lower
                || lower.len() >= 3 && lower.len() <= 4 && name.starts_with(lower) && text.lower(i).ends_with('.')
        };
        let dated = |month: usize| {
            let beside = |k: Option<usize>| k.is_some_and(|k| text.lower(k).starts_with(|c: char| c.is_ascii_digit()));
            let before = i.checked_sub(1).map_or("", |k| text.lower(k));
            !matches!(MONTHS[month], "may" | "march")
                || beside(i.checked_sub(1))
                || beside(Some(i + 1))
                || matches!(before, "in" | "since" | "of" | "until" | "last" | "next" | "early" | "late" | "mid" | "by")
        };
        if let Some(month) = MONTHS.iter().position(&short).filter(|month| dated(*month)) {
            return Some((0, month));
        }
        if let Some(day) = WEEKDAYS.iter().position(short) {
            return Some((1, day));
        }
    }
    match lower {
        "yesterday" => Some((2, 0)),
        "today" => Some((2, 1)),
        "tomorrow" => Some((2, 2)),
        _ => None,
    }
}

/// Where a stretch of time lies from now: `last week`, `next year`.
fn direction(text: &Analysis<'_>, i: usize) -> Option<i8> {
    let before = i.checked_sub(1).map(|k| text.lower(k))?;
    if !matches!(text.lemma(i), "week" | "month" | "year" | "weekend" | "season" | "quarter" | "decade") {
        return None;
    }
    match before {
        "last" | "past" | "previous" => Some(-1),
        "this" | "current" => Some(0),
        "next" | "coming" | "following" | "upcoming" => Some(1),
        _ => None,
    }
}

/// Days, months and directions in time; gives the tokens of A beside a month, whose numbers are days.
fn dates(pair: &Pair<'_>, around: &Around, found: &mut Vec<Found>) -> Vec<Range<usize>> {
    let all = |text: &Analysis<'_>| -> Vec<(usize, (u8, usize))> {
        (0..text.tokens.len()).filter_map(|i| Some((i, when(text, i)?))).collect()
    };
    let (mine, theirs) = (all(pair.a), all(pair.b));
    let lacks = |others: &[(usize, (u8, usize))], which: (u8, usize)| !others.iter().any(|other| other.1 == which);
    let left: Vec<_> = mine.iter().filter(|date| lacks(&theirs, date.1)).collect();
    let mut over: Vec<_> = theirs.iter().filter(|date| lacks(&mine, date.1)).collect();
    for &(i, which) in left.iter().copied() {
        if let Some(k) = over.iter().position(|other| other.1.0 == which.0) {
            let (j, _) = *over.remove(k);
            found.push(Found::new(Kind::Date, i..i + 1, j..j + 1, "another date"));
        } else if which.0 < 2 && !named(&around.1, pair.a.lower(i)) && !dated(pair.b) {
            let at = pair.place_in_b(i);
            found.push(Found::new(Kind::Date, i..i + 1, at..at, "a date that one side alone gives"));
        }
    }
    for &(j, which) in over {
        if which.0 < 2 && !named(&around.0, pair.b.lower(j)) && !dated(pair.a) {
            let at = pair.place_in_a(j);
            found.push(Found::new(Kind::Date, at..at, j..j + 1, "a date that one side alone gives"));
        }
    }
    for i in 0..pair.a.tokens.len() {
        let Some((p, j)) = direction(pair.a, i).zip(pair.to_b(i)) else { continue };
        if pair.a.lemma(i) == pair.b.lemma(j) && direction(pair.b, j).is_some_and(|q| q != p) {
            found.push(Found::new(Kind::Date, i - 1..i + 1, j - 1..j + 1, "another time"));
        }
    }
    mine.iter().filter(|date| date.1.0 == 0).map(|(i, _)| i.saturating_sub(2)..i + 3).collect()
}

fn named(text: &str, lower: &str) -> bool {
    text.to_lowercase().contains(lower)
}

/// Whether a passage has a date in digits or a day from now, which may stand for a weekday or month.
fn dated(text: &Analysis<'_>) -> bool {
    let from_now = |i: usize| matches!(when(text, i), Some((2, _))) || direction(text, i).is_some();
    (0..text.tokens.len()).any(from_now) || in_digits(text.text)
}

/// Whether a text has a day and a month in digits: `7/24`, `24.07.2021`.
fn in_digits(text: &str) -> bool {
    let mut parts = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-'));
    parts.any(|part| {
        let mut numbers = part.trim_matches(['.', '-']).split(['/', '.', '-']);
        let small = |part: Option<&str>| part.is_some_and(|n| (1..=2).contains(&n.len()) && n != "0" && n != "00");
        part.contains('/') && small(numbers.next()) && small(numbers.next())
            || part.trim_matches(['.', '-']).split(['.', '-']).filter(|n| !n.is_empty()).count() == 3
    })
}

/// The share that a word names: all, most, some, few, none.
fn share(text: &Analysis<'_>, i: usize) -> Option<u8> {
    Some(match text.lower(i) {
        "all" | "every" | "entire" | "whole" => 4,
        "most" | "majority" => 3,
        "many" | "numerous" | "several" | "some" => 2,
        "few" => {
            if i > 0 && text.lower(i - 1) == "a" {
                2
            } else {
                1
            }
        }
        _ => return None,
    })
}

/// Linked words that name different shares of the same thing.
fn shares(pair: &Pair<'_>, found: &mut Vec<Found>) {
    for i in 0..pair.a.tokens.len() {
        let Some(j) = pair.to_b(i) else { continue };
        let Some((p, q)) = share(pair.a, i).zip(share(pair.b, j)) else { continue };
        // Shares of one thing: the next word is one and the same.
        let thing = pair.to_b(i + 1) == Some(j + 1) && pair.words.likeness[i + 1] >= super::pair::SAME;
        if p != q && thing {
            found.push(Found::new(Kind::Quantity, i..i + 1, j..j + 1, "another share"));
        }
    }
}

/// Numbers in digits of a language whose words are not known, read with either separator.
fn foreign(pair: &Pair<'_>) -> Vec<Found> {
    let (mine, theirs) = (foreign_numbers(pair.a), foreign_numbers(pair.b));
    let met = |values: &[f64], others: &[(crate::span::Span, Vec<f64>)]| {
        others.iter().any(|(_, other)| other.iter().any(|v| values.iter().any(|w| (v - w).abs() <= v.abs() * 1e-6)))
    };
    let left: Vec<_> = mine.iter().filter(|n| !met(&n.1, &theirs)).collect();
    let over: Vec<_> = theirs.iter().filter(|n| !met(&n.1, &mine)).collect();
    let tokens = super::pair::tokens;
    let ([a], [b]) = (left.as_slice(), over.as_slice()) else { return Vec::new() };
    vec![Found::new(Kind::Number, tokens(pair.a, a.0), tokens(pair.b, b.0), "another number")]
}
