//! Text on a screen: columns, line breaks, and characters that a terminal must not get.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text as it may be shown: line breaks and tabs become spaces, other control and direction characters become
/// U+FFFD, so that neither a file nor a model's output can steer the terminal.
#[must_use]
pub fn shown(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// Columns that the text takes on a terminal: 0 for combining marks, 2 for wide characters.
#[must_use]
pub fn width(text: &str) -> usize {
    shown(text).width()
}

/// Cuts `text` into byte ranges of at most `columns` columns, at white space where there is some. The white space at a
/// cut belongs to the line before and is not shown.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<(usize, usize)> {
    let columns = columns.max(8);
    let mut lines = Vec::new();
    let mut start = 0;
    let mut last_space = None;
    let mut at = 0;
    // A sum over characters, which is cheap and seldom less than the width; the width is taken only where it tells.
    let mut sum = 0;
    while let Some(c) = text[at..].chars().next() {
        let next = at + c.len_utf8();
        if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' {
            // A run of white space goes as one.
            let from = last_space.filter(|(_, end)| *end == at).map_or(at, |(from, _)| from);
            last_space = Some((from, next));
        }
        sum += c.width().unwrap_or(1);
        if !c.is_whitespace() && sum > columns && at > start && width(&text[start..next]) > columns {
            let (end, restart) = last_space.filter(|(end, _)| *end > start).unwrap_or((at, at));
            lines.push((start, end));
            start = restart;
            last_space = None;
            sum = width(&text[start..next]);
        }
        at = next;
    }
    if start < text.len() || lines.is_empty() {
        lines.push((start, text.trim_end().len().max(start)));
    }
    lines
}

/// Words broken at `columns`, each line but the first indented by `indent`; ready to print.
#[must_use]
pub fn paragraph(text: &str, columns: usize, indent: usize) -> String {
    let text = shown(text);
    let lines = wrap(&text, columns.saturating_sub(indent));
    let glue = format!("\n{}", " ".repeat(indent));
    lines.iter().map(|(start, end)| text[*start..*end].trim_end()).collect::<Vec<_>>().join(&glue)
}

/// The text cut to `columns`, with an ellipsis where something was cut.
#[must_use]
pub fn truncated(text: &str, columns: usize) -> String {
    let text = shown(text);
    if text.width() <= columns {
        return text;
    }
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if text[..at + c.len_utf8()].width() + 1 > columns {
            break;
        }
        end = at + c.len_utf8();
    }
    format!("{}…", text[..end].trim_end())
}

/// A repair as it is shown: white space at its ends is made visible, and nothing is said to be so. `place` says that it is to
/// stand at a mere place.
#[must_use]
pub fn repair(text: &str, place: bool) -> String {
    match text {
        "" => "(delete)".to_owned(),
        text if place && !text.trim().is_empty() => format!("add: {}", text.trim()),
        text if text.trim() != text => format!("\"{text}\""),
        text => text.to_owned(),
    }
}

/// `1 word`, `2 words`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|(start, end)| &text[start..end]).collect()
    }

    #[test]
    fn wraps_at_spaces_and_by_columns() {
        assert_eq!(wrapped("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("漢字漢字漢字", 8), ["漢字漢字", "漢字"]);
        assert_eq!(wrapped("e\u{301}e\u{301}e\u{301}e\u{301}", 8), ["e\u{301}e\u{301}e\u{301}e\u{301}"]);
        assert_eq!(wrapped("", 8), [""]);
    }

    #[test]
    fn hides_what_would_steer_a_terminal() {
        assert_eq!(shown("a\u{1b}[2Jb\u{202e}c\td"), "a\u{fffd}[2Jb\u{fffd}c d");
        assert_eq!(truncated("a long line", 7), "a long…");
    }
}
