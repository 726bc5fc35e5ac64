//! Months and weekdays of English.

use crate::text::calendar::{MONTHS, WEEKDAYS};
use crate::text::{Analysis, Kind};

/// The month that token `i` names beyond doubt, 1 to 12: `May` and `March` only beside a number or a preposition.
pub fn month(text: &Analysis<'_>, i: usize) -> Option<u32> {
    let at = MONTHS.iter().position(|m| *m == text.lower(i)).filter(|_| text.is_capitalised(i))?;
    let number = |k: Option<usize>| k.and_then(|k| text.tokens.get(k)).is_some_and(|t| t.kind == Kind::Number);
    let before = i.checked_sub(1);
    let led = || {
        const LEADS: [&str; 14] =
            ["in", "of", "since", "until", "till", "by", "last", "next", "this", "early", "late", "mid", "from", "end"];
        before.is_some_and(|k| LEADS.contains(&text.lower(k)))
    };
    let sure = !matches!(at, 2 | 4) || number(before) || number(Some(i + 1)) || led();
    sure.then(|| at as u32 + 1)
}

/// The weekday that token `i` names; 0 is Sunday.
pub fn weekday(text: &Analysis<'_>, i: usize) -> Option<u32> {
    let at = WEEKDAYS.iter().position(|w| *w == text.lower(i).trim_end_matches("'s"))?;
    text.is_capitalised(i).then_some(at as u32)
}
