//! Numbers of a text in any language, with the ways in which they may be read.

use super::{Analysis, Kind};
use crate::span::Span;

/// What a number in digits of a text in any language may be worth: separators read both ways, scale words and signs
/// of the common source languages applied. In the order of the text.
#[must_use]
pub fn foreign_numbers(text: &Analysis<'_>) -> Vec<(Span, Vec<f64>)> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < text.tokens.len() {
        let start = i;
        i += 1;
        if text.tokens[start].kind != Kind::Number {
            let numeral = |k: usize| {
                text.tokens.get(k).is_some_and(|t| !t.spaced || k == start)
                    && ideographs(text.lower(k)).is_some()
                    && !text.lower(k).is_empty()
            };
            if numeral(start) {
                while numeral(i) {
                    i += 1;
                }
                let span = text.tokens[start].span.cover(text.tokens[i - 1].span);
                // A lone numeral is a word as often as a number.
                if let Some(value) = ideographs(&text.text[span.range()]).filter(|_| i > start + 1) {
                    out.push((span, vec![value]));
                }
            }
            continue;
        }
        let word = text.lower(start);
        let stem = &word[..word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(word.len())];
        // 1 200 000: groups of three parted by spaces.
        let mut joined = stem.to_owned();
        while joined.len() <= 12
            && text.tokens.get(i).is_some_and(|t| {
                t.kind == Kind::Number && t.span.start == text.tokens[i - 1].span.end + space_len(text, i)
            })
            && text.lower(i).len() == 3
            && text.lower(i).bytes().all(|b| b.is_ascii_digit())
            && joined.bytes().all(|b| b.is_ascii_digit())
        {
            joined.push_str(text.lower(i));
            i += 1;
        }
        let mut values: Vec<f64> = Vec::new();
        for candidate in readings(&joined) {
            if let Ok(value) = candidate.parse::<f64>()
                && !values.contains(&value)
            {
                values.push(value);
            }
        }
        let by = foreign_scale(text.lower(i)).or_else(|| foreign_scale(text.lower(i + 1)));
        if let Some(by) = by {
            let scaled: Vec<f64> = values.iter().map(|v| v * by).collect();
            values.extend(scaled);
        }
        if !values.is_empty() {
            out.push((text.tokens[start].span.cover(text.tokens[i - 1].span), values));
        }
    }
    out
}

/// The ways to read the separators of `text`: a mark before groups of three digits may part thousands, a single one
/// decimals, and one that stands twice only thousands.
fn readings(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (thousands, decimal) in [(',', '.'), ('.', ',')] {
        let (whole, rest) = text.split_once(decimal).map_or((text, None), |(w, r)| (w, Some(r)));
        let mut groups = whole.split(thousands);
        let head = groups.next().unwrap_or("");
        let parted = whole.contains(thousands);
        if rest.is_some_and(|r| r.contains([',', '.'])) || !groups.all(|g| g.len() == 3) || parted && head.len() > 3 {
            continue;
        }
        out.push(whole.replace(thousands, "") + &rest.map(|r| format!(".{r}")).unwrap_or_default());
    }
    out
}

/// The value of a run of Chinese numerals, such as 二十 or 三百五十万; digits in a row (二〇二二) are read as they stand.
fn ideographs(run: &str) -> Option<f64> {
    const DIGITS: &str = "零一二三四五六七八九";
    let digit = |c: char| match c {
        '〇' => Some(0),
        '两' | '兩' => Some(2),
        _ => DIGITS.chars().position(|d| d == c),
    };
    if run.chars().count() > 1 && run.chars().all(|c| digit(c).is_some()) {
        return run.chars().filter_map(digit).map(|d| char::from(b'0' + d as u8)).collect::<String>().parse().ok();
    }
    let (mut total, mut section, mut last) = (0.0, 0.0, 0.0);
    for c in run.chars() {
        if let Some(d) = digit(c) {
            last = d as f64;
            continue;
        }
        let by = match c {
            '十' => 1e1,
            '百' => 1e2,
            '千' => 1e3,
            '万' | '萬' => 1e4,
            '亿' | '億' => 1e8,
            _ => return None,
        };
        if by >= 1e4 {
            total = (total + section + last) * by;
            section = 0.0;
        } else {
            section += if last == 0.0 { by } else { last * by };
        }
        last = 0.0;
    }
    Some(total + section + last)
}

fn space_len(text: &Analysis<'_>, i: usize) -> usize {
    let from = text.tokens[i - 1].span.end;
    text.text[from..text.tokens[i].span.start]
        .chars()
        .next()
        .filter(|c| c.is_whitespace())
        .map_or(usize::MAX / 2, char::len_utf8)
}

fn foreign_scale(word: &str) -> Option<f64> {
    let starts = |list: &[&str]| list.iter().any(|p| word.starts_with(p));
    Some(match word {
        "\u{4e07}" | "\u{842c}" | "\u{b9cc}" => 1e4,
        "\u{4ebf}" | "\u{5104}" | "\u{c5b5}" => 1e8,
        "\u{5343}" => 1e3,
        "\u{5341}" => 1e1,
        "\u{767e}" => 1e2,
        "mil" | "mille" | "tys" | "tys." | "bin" | "ribu" | "tausend" | "duizend" | "mii" => 1e3,
        _ if starts(&["тысяч", "тыс", "тисяч"]) => 1e3,
        _ if starts(&[
            "милли",
            "млн",
            "мільй",
            "million",
            "millón",
            "millon",
            "milione",
            "milioni",
            "milhões",
            "milhão",
            "mln",
            "milion",
            "milyon",
            "juta",
            "miljoen",
        ]) && !starts(&["миллиа"]) =>
        {
            1e6
        }
        _ if starts(&[
            "миллиард",
            "млрд",
            "мільяр",
            "milliard",
            "miliard",
            "mrd",
            "mld",
            "milyar",
            "bilhõ",
            "miljard",
        ]) =>
        {
            1e9
        }
        _ if starts(&["трилл", "billon", "billón", "billion"]) => 1e12,
        _ => return None,
    })
}
