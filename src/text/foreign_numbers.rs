//! Numbers of a text in any language, with the ways in which they may be read.

use super::{Analysis, Kind};
use crate::span::Span;
use std::borrow::Cow;

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
        let word = &ascii_digits(text.lower(start));
        let stem = &word[..word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(word.len())];
        // 1 200 000: groups of three parted by spaces.
        let mut joined = stem.to_owned();
        while joined.len() <= 12
            && text.tokens.get(i).is_some_and(|t| {
                t.kind == Kind::Number && t.span.start == text.tokens[i - 1].span.end + space_len(text, i)
            })
            && text.lower(i).chars().count() == 3
            && ascii_digits(text.lower(i)).bytes().all(|b| b.is_ascii_digit())
            && joined.bytes().all(|b| b.is_ascii_digit())
        {
            joined.push_str(&ascii_digits(text.lower(i)));
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
        // 14.03.2023 holds three numbers.
        if values.is_empty() {
            let parts = joined.split('.').filter_map(|part| part.parse::<f64>().ok());
            out.extend(parts.map(|part| (text.tokens[start].span, vec![part])));
            continue;
        }
        // 23:35, in hours, in minutes after midnight, and its minutes.
        if let Some(minutes) = word.strip_prefix(stem).and_then(|rest| rest.strip_prefix([':', 'h']))
            && let (Ok(hours), Ok(minutes)) = (stem.parse::<f64>(), minutes.parse::<f64>())
        {
            values.extend([hours * 60.0 + minutes, minutes]);
        }
        // `20 mila`, `20mila`, `3.5 lakh crore`.
        let glued = foreign_scale(word[stem.len()..].trim_start_matches('-'));
        let by = glued.or_else(|| foreign_scale(text.lower(i))).or_else(|| foreign_scale(text.lower(i + 1)));
        let twice = by.and_then(|by| Some(by * foreign_scale(text.lower(i + 1)).filter(|_| glued.is_none())?));
        for by in by.into_iter().chain(twice) {
            let scaled: Vec<f64> = values.iter().map(|v| v * by).collect();
            values.extend(scaled);
        }
        // 1万1000, 3억 5000만: what follows a scale of its own is added.
        let scaled = by.filter(|by| *by >= 1e4 && glued.is_none());
        if let (Some(by), Some((span, parts))) =
            (scaled, (i + 1 < text.tokens.len()).then(|| tail(text, i + 1)).flatten())
        {
            let first = values.iter().copied().filter(|v| v.fract() == 0.0).fold(0.0, f64::max);
            if parts.iter().all(|part| *part < by) {
                values.extend(parts.iter().map(|part| first + part));
                i = text.tokens.partition_point(|t| t.span.start < span.end);
            }
        }
        if !values.is_empty() {
            out.push((text.tokens[start].span.cover(text.tokens[i - 1].span), values));
        }
    }
    out
}

/// The number in figures, with its scale, that is glued behind a scale word at token `i - 1`.
fn tail(text: &Analysis<'_>, i: usize) -> Option<(Span, Vec<f64>)> {
    let token =
        text.tokens.get(i).filter(|t| t.kind == Kind::Number && text.lower(i - 1).chars().all(|c| c >= '\u{3040}'))?;
    if token.spaced && !text.lower(i - 1).starts_with('\u{c5b5}') {
        return None;
    }
    let value: f64 = ascii_digits(text.lower(i)).replace(',', "").parse().ok()?;
    let by = foreign_scale(text.lower(i + 1)).unwrap_or(1.0);
    Some((token.span, vec![value * by]))
}

/// A number with the digits of any script in those of ASCII, and its separators too.
pub(crate) fn ascii_digits(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::from(word);
    }
    const ZEROS: [u32; 8] = [0x660, 0x6f0, 0x966, 0x9e6, 0xbe6, 0xe50, 0x1040, 0xff10];
    let plain = |c: char| match c {
        '\u{66b}' => ',',
        '\u{66c}' | '\u{ff0c}' => '.',
        '\u{ff0e}' => '.',
        _ => {
            let code = u32::from(c);
            ZEROS
                .iter()
                .find(|zero| (**zero..**zero + 10).contains(&code))
                .map_or(c, |zero| char::from_digit(code - zero, 10).unwrap_or(c))
        }
    };
    Cow::from(word.chars().map(plain).collect::<String>())
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

/// What the word behind the word at `span` multiplies it by: the `Millionen` of `zwei Millionen`.
pub(crate) fn scale_behind(text: &Analysis<'_>, span: Span) -> Option<f64> {
    let next = text.tokens.iter().position(|t| t.span.start >= span.end)?;
    foreign_scale(text.lower(next))
}

/// Words that multiply the number before them, by their beginnings; the longest fits.
const SCALES: [(f64, &[&str]); 9] = [
    (1e1, &["\u{5341}"]),
    (1e2, &["\u{767e}"]),
    (
        1e3,
        &[
            "\u{5343}",
            "тысяч",
            "тыс",
            "тисяч",
            "tysi",
            "tisíc",
            "tisic",
            "tūkst",
            "tuhat",
            "þúsund",
            "ألف",
            "آلاف",
            "ألاف",
            "אלף",
            "אלפי",
            "هزار",
            "हज़ार",
            "हजार",
            "χιλιάδ",
            "tusen",
            "nghìn",
            "ngàn",
        ],
    ),
    (1e4, &["\u{4e07}", "\u{842c}", "\u{b9cc}"]),
    (1e5, &["lakh", "लाख", "لاکھ", "লাখ"]),
    (
        1e6,
        &[
            "милли",
            "млн",
            "мільй",
            "million",
            "millón",
            "millon",
            "milión",
            "milion",
            "milhõ",
            "milhã",
            "mln",
            "milyon",
            "juta",
            "miljo",
            "miljó",
            "milljó",
            "εκατομμ",
            "مليون",
            "ملايين",
            "میلیون",
            "מיליון",
            "मिलियन",
            "triệu",
        ],
    ),
    (1e7, &["crore", "करोड़", "করোড়", "کروڑ", "কোটি"]),
    (
        1e9,
        &[
            "миллиард",
            "млрд",
            "мільяр",
            "milliard",
            "miliard",
            "miljard",
            "milljarð",
            "mrd",
            "mld",
            "milyar",
            "bilhõ",
            "bilhã",
            "miliarde",
            "δισεκατομμ",
            "مليار",
            "میلیارد",
            "מיליארד",
            "अरब",
            "बिलियन",
            "tỷ",
        ],
    ),
    (
        1e12,
        &[
            "\u{5146}",
            "трилл",
            "трлн",
            "трильй",
            "trilh",
            "trilion",
            "billon",
            "billón",
            "billion",
            "bilion",
            "trilyon",
            "τρισεκατομμ",
            "تريليون",
            "טריליון",
        ],
    ),
];

/// Short words that multiply, whole.
const SHORT_SCALES: [(f64, &[&str]); 3] = [
    (
        1e3,
        &[
            "mil", "mila", "mille", "tys", "tys.", "tis", "tis.", "bin", "ribu", "tausend", "duizend", "mii", "ezer",
            "χιλ",
        ],
    ),
    (1e6, &["mio", "mio.", "mln", "mln.", "млн."]),
    (1e8, &["\u{4ebf}", "\u{5104}", "\u{c5b5}"]),
];

fn foreign_scale(word: &str) -> Option<f64> {
    if word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation()) {
        return None;
    }
    let short = SHORT_SCALES.iter().find(|(_, words)| words.contains(&word)).map(|(by, _)| *by);
    short.or_else(|| {
        let begun = SCALES.iter().flat_map(|(by, stems)| stems.iter().map(move |stem| (*by, stem)));
        begun.filter(|(_, stem)| word.starts_with(**stem)).max_by_key(|(_, stem)| stem.len()).map(|(by, _)| by)
    })
}
