//! Numbers in digits and in words: where they stand and what they are worth.

use super::{Analysis, Kind};
use crate::span::Span;
use std::ops::Range;

/// What a number counts, as far as the words beside it say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Things, or nothing said.
    Plain,
    /// `%`, `percent`
    Percent,
    /// An amount of money; the ISO code of the currency where it can be told.
    Money(&'static str),
    /// `5th`, `second`
    Ordinal,
    /// `1990s`
    Decade,
    /// `10:30`, `5 p.m.`; the value is in minutes after midnight.
    Time,
}

/// A number of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Number {
    /// The tokens that say it, units left out.
    pub tokens: Range<usize>,
    /// The same in bytes of the text.
    pub span: Span,
    /// What it is worth: 1,200,000 for `1.2 million`; percent and money in their units.
    pub value: f64,
    /// What it counts.
    pub unit: Unit,
    /// Whether it is written in digits.
    pub digits: bool,
}

impl Number {
    /// The tokens of an amount of money with its currency: `S$300 million`, `31 billion US dollars`.
    #[must_use]
    pub fn with_currency(&self, text: &Analysis<'_>) -> Range<usize> {
        let Range { mut start, mut end } = self.tokens;
        if matches!(self.unit, Unit::Money(_)) {
            let sign = start.checked_sub(1).filter(|&k| currency(text.lower(k)).is_some());
            start = sign.map_or(start, |k| before_sign(text, k).unwrap_or(k));
            end += whose(text, end).map_or(0, |(words, _)| words);
            end += usize::from(currency(text.lower(end)).is_some());
        }
        start..end
    }

    /// Whether two numbers are worth the same, to a millionth. Units must not contradict: a plain number goes with any.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let units = match (self.unit, other.unit) {
            (Unit::Money("") | Unit::Plain, Unit::Money(_) | Unit::Plain)
            | (Unit::Money(_), Unit::Money("") | Unit::Plain) => true,
            (Unit::Plain, _) | (_, Unit::Plain) => true,
            (a, b) => a == b,
        };
        let size = self.value.abs().max(other.value.abs());
        let near = (self.value - other.value).abs() <= size * 1e-6;
        // 5 p.m. and 17:00 are parsed alike; 5:00 without a half of the day may be either.
        let clock = self.unit == Unit::Time
            && other.unit == Unit::Time
            && ((self.value - other.value).abs() - 720.0).abs() < 1e-6;
        // 0.5 for half, 50 for percent.
        let share = (self.unit == Unit::Percent) != (other.unit == Unit::Percent)
            && ((self.value - other.value * 100.0).abs() < 1e-6 || (other.value - self.value * 100.0).abs() < 1e-6);
        units && near || clock || share
    }

    /// Whether it may be a year of news, 1500 to 2099, written in digits.
    #[must_use]
    pub fn is_year(&self) -> bool {
        self.digits && (1500.0..2100.0).contains(&self.value) && self.value.fract() == 0.0 && self.tokens.len() == 1
    }

    /// Whether two numbers count one kind of thing, so that one may stand for the other: shares, sums of any currency, years …
    #[must_use]
    pub fn comparable(&self, other: &Self) -> bool {
        let kind = match (self.unit, other.unit) {
            (Unit::Money(_), Unit::Money(_)) => true,
            (a, b) => a == b,
        };
        kind && (self.unit != Unit::Plain || self.is_year() == other.is_year())
    }
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// The value of a single number word: `twelve`, `forty`, `twenty-five`.
fn small(word: &str) -> Option<f64> {
    if let Some((tens, ones)) = word.split_once('-') {
        let tens = TENS.iter().position(|w| *w == tens)?;
        let ones = ONES[1..10].iter().position(|w| *w == ones)?;
        return Some(((tens + 2) * 10 + ones + 1) as f64);
    }
    ONES.iter()
        .position(|w| *w == word)
        .or_else(|| TENS.iter().position(|w| *w == word).map(|n| (n + 2) * 10))
        .map(|n| n as f64)
}

/// Whether a number may begin with `word`, by its first two letters: most words are told apart so at once.
fn may_begin(word: &str) -> bool {
    let [first, second, rest @ ..] = word.as_bytes() else { return word == "a" };
    match [*first, *second] {
        [b'a', b'n'] => rest.is_empty(),
        [b'o', b'n'] | [b't', b'e' | b'h' | b'w'] | [b'f', b'i' | b'o'] | [b's', b'e' | b'i'] => !rest.is_empty(),
        [b'e', b'i' | b'l'] | [b'n', b'i'] | [b'z', b'e'] | [b'h', b'a'] | [b'd', b'o'] => !rest.is_empty(),
        _ => false,
    }
}

fn ordinal(word: &str) -> Option<f64> {
    if let Some((tens, ones)) = word.split_once('-') {
        let tens = TENS.iter().position(|w| *w == tens)?;
        let ones = ORDINALS[1..10].iter().position(|w| *w == ones)?;
        return Some(((tens + 2) * 10 + ones + 1) as f64);
    }
    if let Some(n) = ORDINALS.iter().position(|w| *w == word) {
        return Some(n as f64);
    }
    TENS.iter()
        .position(|w| word.strip_suffix("ieth").is_some_and(|stem| w.strip_suffix('y') == Some(stem)))
        .map(|n| (n as f64 + 2.0) * 10.0)
}

fn scale(word: &str) -> Option<f64> {
    Some(match word.trim_end_matches('.') {
        "hundred" => 1e2,
        "thousand" | "k" => 1e3,
        "million" | "m" | "mn" | "mln" | "mio" => 1e6,
        "billion" | "bn" | "b" | "bln" | "mrd" => 1e9,
        "trillion" | "tn" | "tln" | "trn" | "trln" => 1e12,
        _ => return None,
    })
}

/// Whether a word that stands apart from its number multiplies it: `5 million`, `5.2 mln`; `5 m` are meters.
pub(crate) fn is_scale(lower: &str) -> bool {
    let bare = lower.trim_end_matches('.');
    scale(bare).is_some() && bare.len() > 1
}

/// Reads `1,200`, `1.5`, `10`: digits with English separators. The one comma of `1,8`, which parts no thousands, is a decimal one.
fn digits(text: &str) -> Option<f64> {
    if let Some((whole, part)) = text.split_once(',')
        && (1..=2).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_digit())
    {
        return format!("{whole}.{part}").parse().ok();
    }
    let plain: String = text.chars().filter(|c| *c != ',' && *c != '\'').collect();
    plain.parse().ok()
}

fn currency(word: &str) -> Option<&'static str> {
    Some(match word {
        "$" | "us$" | "dollar" | "dollars" | "usd" | "cents" => "USD",
        "\u{20ac}" | "euro" | "euros" | "eur" => "EUR",
        "\u{a3}" | "pound" | "pounds" | "gbp" => "GBP",
        "\u{a5}" | "yen" | "jpy" => "JPY",
        "yuan" | "renminbi" | "rmb" | "cny" => "CNY",
        "ruble" | "rubles" | "rouble" | "roubles" | "rub" | "\u{20bd}" => "RUB",
        "hryvnia" | "hryvnias" | "uah" | "\u{20b4}" => "UAH",
        "rupee" | "rupees" | "inr" | "\u{20b9}" => "INR",
        "won" | "krw" | "\u{20a9}" => "KRW",
        "francs" | "franc" | "crowns" | "crown" | "kronor" | "kroner" | "krona" | "krone" | "peso" | "pesos"
        | "real" | "reais" | "lira" | "zloty" | "zlotys" | "forint" | "forints" | "lei" | "rand" | "dirham"
        | "dirhams" | "riyal" | "riyals" | "baht" | "ringgit" | "rupiah" | "dong" => "",
        _ => return None,
    })
}

/// The numbers of an English passage, in order.
///
/// ```
/// use fauxami::text::{Analysis, numbers::{Unit, numbers}};
/// let text = Analysis::english("Some 1.2 million people, or twenty-five percent, paid $40bn at 5 p.m.");
/// let found: Vec<_> = numbers(&text).iter().map(|n| (n.value, n.unit)).collect();
/// assert_eq!(found, [(1.2e6, Unit::Plain), (25.0, Unit::Percent), (4e10, Unit::Money("USD")), (1020.0, Unit::Time)]);
/// ```
#[must_use]
pub fn numbers(text: &Analysis<'_>) -> Vec<Number> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < text.tokens.len() {
        match one(text, i) {
            Some(mut number) => {
                i = number.tokens.end.max(i + 1);
                number.span = text.span(number.tokens.clone());
                out.push(number);
            }
            None => i += 1,
        }
    }
    ranges(text, &mut out);
    out
}

/// `4 to 6 million`, `between 1.27 and 2.5 million`: the scale and the unit of the second number are the first one's too.
fn ranges(text: &Analysis<'_>, numbers: &mut [Number]) {
    for k in 1..numbers.len() {
        let (left, right) = (numbers[k - 1].clone(), numbers[k].clone());
        if right.tokens.start != left.tokens.end + 1 || left.unit == Unit::Ordinal || left.tokens.len() > 1 {
            continue;
        }
        let link = text.lower(left.tokens.end);
        let between = link == "and" && left.tokens.start > 0 && text.lower(left.tokens.start - 1) == "between";
        if !(between || matches!(link, "to" | "-" | "\u{2013}" | "or")) {
            continue;
        }
        let by = right.tokens.clone().skip(1).filter_map(|i| scale(text.lower(i))).product::<f64>();
        if by > 1.0 && left.value < right.value / by {
            numbers[k - 1].value *= by;
        }
        if left.unit == Unit::Plain {
            numbers[k - 1].unit = right.unit;
        }
    }
}

fn one(text: &Analysis<'_>, i: usize) -> Option<Number> {
    let word = text.lower(i);
    let make = |tokens: Range<usize>, value: f64, unit: Unit, digits: bool| {
        Some(Number { tokens, span: Span::default(), value, unit, digits })
    };
    if text.tokens[i].kind == Kind::Number {
        let word = word.trim_start_matches('\'');
        let stem_len =
            word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | '\''))).unwrap_or(word.len());
        let (stem, tail) = word.split_at(stem_len);
        if stem.contains(':') {
            return clock(text, i, stem);
        }
        let (mut value, mut end) = match parted_thousands(text, i) {
            Some((end, joined)) => (digits(&joined)?, end),
            None => (digits(stem)?, i + 1),
        };
        match tail {
            "st" | "nd" | "rd" | "th" => return make(i..end, value, Unit::Ordinal, true),
            "s" => return make(i..end, value, Unit::Decade, true),
            "" => {}
            _ => {
                // 20bn, 5m, 20-year: the number is worth what its head says.
                let head = tail.split('-').find(|p| !p.is_empty()).unwrap_or("");
                if let Some(by) = scale(head).filter(|_| !tail.starts_with('-') || head.len() > 2) {
                    value *= by;
                } else if !tail.starts_with('-') {
                    return None;
                }
            }
        }
        if is_half(text.lower(end)) && value <= 12.0 {
            let noon = text.lower(end).starts_with('p');
            let hours = value % 12.0 + if noon { 12.0 } else { 0.0 };
            return make(i..end, hours * 60.0, Unit::Time, true);
        }
        while let Some(by) = scale(text.lower(end)).filter(|_| is_scale(text.lower(end)) || !text.tokens[end].spaced) {
            value *= by;
            end += 1;
        }
        let unit = unit(text, i, end);
        return make(i..end, value, unit, true);
    }
    if text.tokens[i].kind != Kind::Word || !may_begin(word) {
        return None;
    }
    if let Some(value) = ordinal(word) {
        // `second` is time as often as order.
        let time = word == "second" && text.tag_of(i).is_noun();
        return if time { None } else { make(i..i + 1, value, Unit::Ordinal, false) };
    }
    if let Some((value, end)) = share(text, i) {
        return make(i..end, value, unit(text, i, end), false);
    }
    if let Some(rest) = word
        .split_once('-')
        .filter(|(head, tail)| small(head).is_some() && small(word).is_none() && small(tail).is_none())
    {
        return small(rest.0).and_then(|value| make(i..i + 1, value, Unit::Plain, false));
    }
    // One hundred and twenty thousand.
    let (mut total, mut current, mut end, mut any) = (0.0, 0.0, i, false);
    loop {
        let word = text.lower(end);
        if let Some(value) = small(word) {
            if any
                && (current == 0.0
                    || current % 10.0 != 0.0
                    || value >= 100.0
                    || (current % 100.0 != 0.0 && value >= 10.0))
                && current != 0.0
            {
                break;
            }
            current += value;
        } else if let Some(by) = scale(word).filter(|_| word.len() > 3 && any) {
            if by == 1e2 {
                current = if current == 0.0 { by } else { current * by };
            } else {
                total += if current == 0.0 { by } else { current * by };
                current = 0.0;
            }
        } else if word == "and"
            && any
            && current % 100.0 == 0.0
            && small(text.lower(end + 1)).is_some()
            && text.lower(end - 1) == "hundred"
        {
        } else if word == "and" && any && text.lower(end + 1) == "a" && text.lower(end + 2) == "half" {
            // Two and a half million.
            current += 0.5;
            end += 2;
        } else {
            break;
        }
        any = true;
        end += 1;
    }
    any.then(|| make(i..end, total + current, unit(text, i, end), false))?
}

/// A number whose thousands a space parts from their comma, `10, 000 rubles`: the token behind it, and the number as it
/// should be. What may be two numbers, `In May 10, 300 people`, is none: a later group begins with a nought, or is counted in money.
pub(crate) fn parted_thousands(text: &Analysis<'_>, i: usize) -> Option<(usize, String)> {
    let number = |k: usize| text.tokens.get(k).filter(|t| t.kind == Kind::Number).map(|_| text.lower(k));
    let plain = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let head = number(i).filter(|head| head.len() <= 3 && plain(head) && !head.starts_with('0'))?;
    // The last of a list is no number of its own.
    if i > 1 && text.lower(i - 1) == "," && number(i - 2).is_some() {
        return None;
    }
    let (mut joined, mut end, mut sure) = (head.to_owned(), i + 1, false);
    while text.lower(end) == "," && !text.tokens[end].spaced {
        let Some(group) = number(end + 1).filter(|group| group.len() == 3 && plain(group)) else { break };
        if !text.tokens[end + 1].spaced {
            break;
        }
        sure |= group.starts_with('0');
        joined.push(',');
        joined.push_str(group);
        end += 2;
    }
    let dated = i > 0 && (text.is_capitalised(i - 1) || text.tag_of(i - 1).is_noun());
    let sure = sure || !dated && currency(text.lower(end)).is_some();
    // A list of numbers goes on.
    (end > i + 1 && sure && text.lower(end) != ",").then_some((end, joined))
}

/// `half`, `a third`, `two-thirds`, `a dozen`, `a million`: the value and the token behind.
fn share(text: &Analysis<'_>, i: usize) -> Option<(f64, usize)> {
    let article = matches!(text.lower(i), "a" | "an");
    let word = text.lower(i + usize::from(article));
    let end = i + usize::from(article) + 1;
    let value = match word {
        "half" if !article => 0.5,
        "quarter" if article && text.lower(end) == "of" => 0.25,
        "third" if article && text.lower(end) == "of" => 1.0 / 3.0,
        "two-thirds" => 2.0 / 3.0,
        "three-quarters" => 0.75,
        "dozen" => 12.0,
        "hundred" | "thousand" | "million" | "billion" | "trillion" if article => scale(word)?,
        _ => return None,
    };
    Some((value, end))
}

fn clock(text: &Analysis<'_>, i: usize, stem: &str) -> Option<Number> {
    let mut parts = stem.split(':').map(|p| p.parse::<u32>());
    let (hours, minutes) = (parts.next()?.ok()?, parts.next()?.ok()?);
    if hours > 24 || minutes > 59 {
        return None;
    }
    let next = text.lower(i + 1);
    let hours = match next.chars().next() {
        Some('p') if next.starts_with("p.m") || next == "pm" => hours % 12 + 12,
        Some('a') if next.starts_with("a.m") || next == "am" => hours % 12,
        _ => hours,
    };
    Some(Number {
        tokens: i..i + 1,
        span: Span::default(),
        value: f64::from(hours * 60 + minutes),
        unit: Unit::Time,
        digits: true,
    })
}

fn unit(text: &Analysis<'_>, start: usize, end: usize) -> Unit {
    if let Some(code) = start
        .checked_sub(1)
        .and_then(|k| currency(text.lower(k)))
        .filter(|_| text.tokens[start - 1].kind == Kind::Symbol)
    {
        // `S$300`: another country's dollars.
        return Unit::Money(if before_sign(text, start - 1).is_some_and(|k| !matches!(text.lower(k), "us" | "u.s.")) {
            ""
        } else {
            code
        });
    }
    match text.lower(end) {
        "%" | "percent" | "pc" | "pct" => Unit::Percent,
        "per" if text.lower(end + 1) == "cent" => Unit::Percent,
        "percentage" if text.lower(end + 1).starts_with("point") => Unit::Percent,
        word => currency(word)
            .or_else(|| whose(text, end).and_then(|n| Some(if n.1 { currency(text.lower(end + n.0))? } else { "" })))
            .map_or(Unit::Plain, Unit::Money),
    }
}

/// Whether a word in lower case says which half of the day an hour is of.
pub(crate) fn is_half(lower: &str) -> bool {
    matches!(lower, "a.m." | "p.m." | "am" | "pm" | "a.m" | "p.m")
}

/// The letters glued to the sign of a currency: `S` in `S$300`.
fn before_sign(text: &Analysis<'_>, sign: usize) -> Option<usize> {
    let k = sign.checked_sub(1).filter(|_| !text.tokens[sign].spaced)?;
    matches!(text.lower(k), "us" | "u.s." | "hk" | "nt" | "s" | "c" | "a" | "nz").then_some(k)
}

/// How many words from token `i` on say whose dollars the next word names, and whether they are American.
fn whose(text: &Analysis<'_>, i: usize) -> Option<(usize, bool)> {
    let (words, american) = match (text.lower(i), text.lower(i + 1)) {
        ("us" | "u.s." | "u.s" | "american", _) => (1, true),
        ("hong", "kong") | ("new", "zealand" | "taiwan") => (2, false),
        ("singapore" | "canadian" | "australian" | "taiwan" | "taiwanese", _) => (1, false),
        _ => return None,
    };
    matches!(text.lower(i + words), "dollar" | "dollars" | "$").then_some((words, american))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_word_may_begin_a_number() {
        let shares = ["half", "a", "an", "two-thirds", "three-quarters", "dozen"];
        for word in ONES.iter().chain(&TENS).chain(&ORDINALS).chain(&shares) {
            assert!(may_begin(word), "{word}");
        }
        for tens in TENS {
            assert!(may_begin(&tens.replace('y', "ieth")), "{tens}");
        }
    }
}
