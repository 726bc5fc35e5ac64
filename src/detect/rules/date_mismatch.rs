//! `date-mismatch`

use super::verbs::{Time, group};
use crate::config::Severity;
use crate::detect::lexicon::classes::is_year;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::calendar::{MONTHS, WEEKDAYS};
use crate::text::{Analysis, Kind};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "date-mismatch",
    category: "Accuracy/Mistranslation",
    severity: Severity::Major,
    needs: Needs::Text,
    english: true,
    summary: "a date that the calendar, the dateline or another date of the story contradicts",
    doc: "A day that its month does not have (`31 June`); a weekday that a full date did not fall on (`Monday, 14 March 2023`); two dates \
          of one story whose weekdays cannot both be right; something told in the past for a day after the dateline's, which is minor. \
          Dates without a year are held against one another only within two months, and where no year stands in either passage. \
          Dates before 1925, when newspapers kept several calendars, quotations, and what the reference says too stay silent.",
    example: ("on Monday, 14 March 2023", "on Tuesday, 14 March 2023"),
    check: Check::Story(check),
};

/// Days of the months of a leap year.
const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// A date of the text.
#[derive(Clone, Debug)]
struct Date {
    /// Tokens of day, month and year.
    tokens: Range<usize>,
    /// The token of the day's number.
    number: usize,
    /// The token of the weekday beside it, and which it is; 0 is Sunday.
    weekday: Option<(usize, u32)>,
    day: u32,
    /// 0 to 11.
    month: usize,
    year: Option<u32>,
}

/// What stands before the text of a story: `KYIV, March 14 —`.
struct Dateline {
    date: Date,
    passage: usize,
    /// The tokens that it takes.
    end: usize,
}

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    let dateline = story.passages.iter().enumerate().take(4).find_map(|(k, passage)| dateline(passage, k));
    let mut dates: Vec<(&Passage<'_>, Date)> = Vec::new();
    for passage in &story.passages {
        for date in dates_of(&passage.text) {
            if !by_itself(passage, &date, sink) && !passage.text.tokens[date.number].quoted {
                dates.push((passage, date));
            }
        }
    }
    by_weekdays(&dates, sink);
    if let Some(dateline) = &dateline {
        by_dateline(story, dateline, &dates, sink);
    }
}

/// The month of token `i`, written out or short.
fn month(text: &Analysis<'_>, i: usize) -> Option<usize> {
    let lower = text.lower(i).trim_end_matches('.');
    let long = MONTHS.iter().position(|m| *m == lower);
    let short = || {
        let known = matches!(
            lower,
            "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec"
        );
        MONTHS.iter().position(|m| known && m.starts_with(&lower[..3]))
    };
    if text.is_capitalised(i) { long.or_else(short) } else { None }
}

/// The day of a month that token `i` is: `14`, `14th`.
fn day(text: &Analysis<'_>, i: usize) -> Option<u32> {
    let lower = text.lower(i);
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(lower);
    let number = text.tokens.get(i).is_some_and(|t| t.kind == Kind::Number || t.kind == Kind::Word);
    let plain = number && (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|n| plain && (1..=31).contains(n))
}

fn weekday(text: &Analysis<'_>, i: usize) -> Option<u32> {
    let at = WEEKDAYS.iter().position(|w| *w == text.lower(i))?;
    u32::try_from(at).ok()
}

/// The dates with a day and a month, in order.
fn dates_of(text: &Analysis<'_>) -> Vec<Date> {
    let mut out = Vec::new();
    for i in 0..text.tokens.len() {
        let Some(month) = month(text, i) else { continue };
        let after = day(text, i + 1).filter(|_| text.tokens[i + 1].spaced);
        let before = i.checked_sub(1).and_then(|k| day(text, k)).filter(|_| text.tokens[i].spaced);
        let of =
            || i.checked_sub(2).filter(|&k| text.lower(k + 1) == "of").and_then(|k| day(text, k)).map(|d| (i - 2, d));
        // `14 March`; `March 14`, but not `In March 14 people died`; a range has no weekday of its own.
        let after = after.filter(|_| !counts(text, i + 1));
        let (tokens, number, day) = match (before, after) {
            (Some(day), None) => (i - 1..i + 1, i - 1, day),
            (None, Some(day)) => (i..i + 2, i + 1, day),
            (None, None) => match of() {
                Some((k, day)) => (k..i + 1, k, day),
                None => continue,
            },
            _ => continue,
        };
        let dash = |k: Option<usize>| {
            k.is_some_and(|k| matches!(text.lower(k), "-" | "\u{2013}" | "\u{2014}" | "to" | "and" | "/" | ":"))
        };
        let glued = |k: usize| text.tokens.get(k).is_some_and(|t| !t.spaced && dash(Some(k)));
        if dash(tokens.start.checked_sub(1)) || glued(tokens.end) {
            continue;
        }
        let comma = usize::from(text.lower(tokens.end) == ",");
        let year = text.lower(tokens.end + comma);
        let year = Some(year).filter(|y| is_year(y)).and_then(|y| y.parse().ok());
        let end = if year.is_some() { tokens.end + comma + 1 } else { tokens.end };
        let head = tokens.start;
        let skip = |k: usize| k > 0 && matches!(text.lower(k), "," | "(" | "the" | "on");
        let mut k = head;
        while k > head.saturating_sub(2) && skip(k - 1) {
            k -= 1;
        }
        let leads = k.checked_sub(1).and_then(|k| Some((k, weekday(text, k)?)));
        let follows =
            (end..end + 2).find(|&k| weekday(text, k).is_some() && (k == end || matches!(text.lower(end), "," | "(")));
        let weekday = leads.or_else(|| follows.and_then(|k| Some((k, weekday(text, k)?))));
        // `by Friday, 14 March`: the same day; `from Monday to 14 March` has a word between.
        out.push(Date { tokens: head..end, number, weekday, day, month, year });
    }
    out
}

/// The day in a leap year, from 1.
fn place(date: &Date) -> u32 {
    LENGTHS.iter().take(date.month).sum::<u32>() + date.day
}

fn has_year(text: &Analysis<'_>) -> bool {
    (0..text.tokens.len()).any(|i| is_year(text.lower(i)))
}

fn is_in_reference(passage: &Passage<'_>, said: &str) -> bool {
    passage.reference.as_ref().is_some_and(|r| r.text.text.contains(said))
}

/// Whether the number `i` behind a month counts what follows it.
fn counts(text: &Analysis<'_>, i: usize) -> bool {
    let next = text.tag_of(i + 1);
    let in_month = i.checked_sub(2).is_some_and(|k| matches!(text.lower(k), "in" | "since" | "last" | "this" | "of"));
    in_month && text.lower(i + 1) != ","
        || text.lower(i + 1) == "%"
        || next.is_noun() && !next.is_proper() && text.lower(i).bytes().all(|b| b.is_ascii_digit())
        || next.is_adjective()
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

/// Days since the first of January of the year 1 in the Gregorian calendar.
fn days(year: u32, month: usize, day: u32) -> u32 {
    let before = year.saturating_sub(1);
    let leap_day = u32::from(month > 1 && !is_leap(year));
    let months: u32 = LENGTHS.iter().take(month).sum();
    before * 365 + before / 4 - before / 100 + before / 400 + months - leap_day + day - 1
}

/// The weekday of a date; 0 is Sunday.
fn weekday_of(year: u32, month: usize, day: u32) -> u32 {
    (days(year, month, day) + 1) % 7
}

fn name(list: &[&'static str], at: usize) -> String {
    crate::text::capitalised(list.get(at).copied().unwrap_or(""))
}

/// Faults that a date shows by itself. Returns whether there is one.
fn by_itself(passage: &Passage<'_>, date: &Date, sink: &mut Sink<'_>) -> bool {
    let text = &passage.text;
    let leap = date.year.is_none_or(is_leap);
    let longest = if date.month == 1 && !leap { 28 } else { LENGTHS[date.month] };
    if date.day > longest {
        let said = text.slice(date.tokens.clone());
        if !is_in_reference(passage, said) {
            let month = name(&MONTHS, date.month);
            let year = date.year.filter(|_| date.month == 1 && date.day == 29).map(|y| format!(" in {y}"));
            sink.add(
                passage.tokens_at(date.tokens.clone()),
                format!("{month} has {longest} days{}", year.unwrap_or_default()),
            )
            .sure(0.9);
        }
        return true;
    }
    // The calendar of today, where all newspapers keep it.
    let (Some((at, said)), Some(year)) = (date.weekday, date.year.filter(|y| *y >= 1925)) else { return false };
    let right = weekday_of(year, date.month, date.day);
    if said == right || is_in_reference(passage, text.slice(at.min(date.tokens.start)..date.tokens.end.max(at + 1))) {
        return false;
    }
    let (right, shown) = (name(&WEEKDAYS, right as usize), text.slice(date.tokens.clone()));
    sink.add(passage.tokens_at(at..at + 1), format!("{shown} was a {right}")).suggest(right).sure(0.9);
    true
}

/// Weekdays of one story that cannot both be right: no year is said, so both lie in the same days of the same year.
fn by_weekdays(dates: &[(&Passage<'_>, Date)], sink: &mut Sink<'_>) {
    let plain = |(passage, date): &&(&Passage<'_>, Date)| {
        date.weekday.is_some() && date.year.is_none() && !has_year(&passage.text)
    };
    let sure: Vec<_> = dates.iter().filter(plain).collect();
    for (k, (passage, date)) in sure.iter().enumerate() {
        let Some((at, said)) = date.weekday else { continue };
        // The leap day lies between February and March.
        let near = |other: &Date| place(date).abs_diff(place(other)) <= 62 && (date.month <= 1) == (other.month <= 1);
        let right = |other: &Date| {
            other.weekday.map(|(_, theirs)| (theirs + 7 * 60 + place(date) - place(other).min(7 * 60)) % 7)
        };
        let rivals: Vec<&Date> = sure.iter().map(|(_, d)| d).filter(|d| near(d) && right(d) != Some(said)).collect();
        let agreeing =
            sure.iter().enumerate().filter(|(n, (_, d))| *n != k && near(d) && right(d) == Some(said)).count();
        let later = sure[..k].iter().any(|(_, d)| near(d) && right(d) != Some(said));
        let Some(rival) =
            rivals.first().filter(|_| rivals.len() > agreeing + 1 || rivals.len() == agreeing + 1 && later)
        else {
            continue;
        };
        let (Some((_, theirs)), Some(should)) = (rival.weekday, right(rival)) else { continue };
        let message = format!(
            "{} {} makes this a {}",
            name(&WEEKDAYS, theirs as usize),
            format_args!("{} {} elsewhere in the story", rival.day, name(&MONTHS, rival.month)),
            name(&WEEKDAYS, should as usize)
        );
        sink.add(passage.tokens_at(at..at + 1), message).suggest(name(&WEEKDAYS, should as usize)).sure(0.7);
    }
}

/// The date in the dateline at the head of a passage: a city in capitals, or the date alone, and a dash.
fn dateline(passage: &Passage<'_>, k: usize) -> Option<Dateline> {
    let text = &passage.text;
    let end = (1..18).find(|&i| matches!(text.lower(i), "\u{2014}" | "\u{2013}" | "--" | "-"))?;
    let date = dates_of(text).into_iter().find(|d| d.tokens.end <= end)?;
    let first = (0..end).find(|&i| text.tokens[i].kind == Kind::Word)?;
    let city = text.normal(first).len() > 2 && !text.normal(first).chars().any(char::is_lowercase);
    let closed = (0..end).all(|i| !matches!(text.lower(i), ":" | ";" | "?") && (city || !text.tag_of(i).is_finite()));
    ((city || date.tokens.start <= first + 1) && closed && text.words() > 8).then_some(Dateline {
        date,
        passage: k,
        end,
    })
}

fn by_dateline(story: &Story<'_>, dateline: &Dateline, dates: &[(&Passage<'_>, Date)], sink: &mut Sink<'_>) {
    let head = &dateline.date;
    for (passage, date) in dates {
        let later = place(date).saturating_sub(place(head));
        let own = passage.index == story.passages[dateline.passage].index && date.tokens.start < dateline.end;
        // Other years are told by the year, and the turn of the year tells nothing.
        let same_year = match (date.year, head.year) {
            (Some(a), Some(b)) => a == b,
            (None, _) => !has_year(&passage.text),
            _ => false,
        };
        let said = passage.text.slice(date.tokens.clone());
        if own
            || !(1..=60).contains(&later)
            || !same_year
            || !told_in_the_past(&passage.text, date)
            || is_in_reference(passage, said)
        {
            continue;
        }
        let shown = story.passages[dateline.passage].text.slice(head.tokens.clone());
        sink.add(
            passage.tokens_at(date.tokens.clone()),
            format!("told in the past, though the dateline is of {shown}"),
        )
        .weigh(Severity::Minor)
        .sure(0.6);
    }
}

/// Whether the clause of a date has a simple past and no future beside it.
fn told_in_the_past(text: &Analysis<'_>, date: &Date) -> bool {
    let sentence = text.sentences[text.tokens[date.number].sentence].clone();
    let border = |k: usize| matches!(text.lower(k), "," | ";" | "(" | ")" | "\u{2014}" | "\u{2013}");
    let start = (sentence.start..date.tokens.start).rev().find(|&k| border(k)).map_or(sentence.start, |k| k + 1);
    let preposition = date.tokens.start.checked_sub(1).map_or("", |k| text.lower(k));
    let verbs: Vec<_> =
        (start..date.tokens.start).filter(|&k| text.tag_of(k).is_verb()).map(|k| group(text, k)).collect();
    let open = sentence.clone().any(|k| {
        matches!(
            text.lower(k),
            "will" | "would" | "to" | "scheduled" | "planned" | "expected" | "due" | "until" | "year" | "deadline"
        ) && k < date.tokens.start
            && k + 12 > date.tokens.start
    });
    preposition == "on"
        && !open
        && verbs.last().is_some_and(|g| g.time == Time::Past && !g.passive && !g.perfect && !g.progressive)
}

#[cfg(test)]
mod tests {
    use super::weekday_of;

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        // 14 March 2023 was a Tuesday, 29 February 2024 a Thursday, 1 January 2000 a Saturday.
        assert_eq!([weekday_of(2023, 2, 14), weekday_of(2024, 1, 29), weekday_of(2000, 0, 1)], [2, 4, 6]);
    }
}
