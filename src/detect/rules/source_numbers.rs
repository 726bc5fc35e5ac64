//! Numbers, dates and currencies held against a source in another language: the part of `number-mismatch` that needs no
//! reference.

use super::dates::{month, weekday};
use super::number_mismatch::counts;
use crate::config::Severity;
use crate::detect::facts::Fact;
use crate::detect::{Passage, Sink};
use crate::span::Span;
use crate::text::calendar::{MONTHS, WEEKDAYS};
use crate::text::numbers::{Number, Unit};
use crate::text::{Analysis, Kind, ascii_digits, capitalised, foreign_numbers};

/// Reports a number, month, weekday or currency of which each side has exactly one that the other lacks.
pub fn check(passage: &Passage<'_>, sink: &mut Sink<'_>) {
    let Some(source) = &passage.source else { return };
    numbers(passage, &source.text, sink);
    days(passage, &source.text, sink);
    currency(passage, &source.text, sink);
}

/// A number of the source: where it stands and what it may be worth.
struct Theirs {
    span: Span,
    values: Vec<f64>,
    /// Whether it is a word; `sure` if the word has no other sense.
    word: bool,
    sure: bool,
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= a.abs() * 1e-6
}

fn numbers(passage: &Passage<'_>, source: &Analysis<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let mine = passage.numbers().0;
    if !mine.iter().any(counts) {
        return;
    }
    let digits = foreign_numbers(source);
    let has_minutes =
        |time: f64| time % 60.0 < 0.5 || digits.iter().any(|(_, values)| values.iter().any(|v| near(time % 60.0, *v)));
    let met = |n: &Number, values: &[f64]| {
        values.iter().any(|v| {
            near(n.value, *v)
                || n.unit == Unit::Time && same_hour(n.value, *v) && has_minutes(n.value)
                || n.unit == Unit::Decade && (n.value % 100.0 - v % 100.0).abs() < 0.5
        })
    };
    // Shares in words have as many wordings: a third, one in three.
    let open =
        |n: &&Number| counts(n) && (n.digits || n.value > 1.0) && !digits.iter().any(|(_, values)| met(n, values));
    if !mine.iter().any(|n| open(&n)) {
        return;
    }
    let mut theirs: Vec<Theirs> = digits
        .iter()
        .map(|(span, values)| {
            // 五一 is a holiday as well as a number; 二百 is a number alone.
            let said = &source.text[span.range()];
            let figures = ascii_digits(said).bytes().any(|b| b.is_ascii_digit());
            let name =
                !figures && said.chars().count() < 4 && !said.contains(['十', '百', '千', '万', '萬', '亿', '億']);
            Theirs { span: *span, values: values.clone(), word: name, sure: !name }
        })
        .collect();
    theirs.extend(roman(source));
    let scaled = |span: Span| digits.iter().any(|(other, _)| other.touches(span));
    let facts = passage.source_facts().unwrap_or_default();
    for (span, fact) in facts {
        if let Fact::Number { value, sure } = fact
            && !scaled(*span)
        {
            // `zwei Millionen`, `hundert Milliarden`.
            let mut values = vec![*value];
            values.extend(crate::text::scale_behind(source, *span).map(|by| by * value));
            let next = |(other, fact): &(Span, Fact)| match fact {
                Fact::Number { value, .. }
                    if other.start > span.end && other.start <= span.end + 2 && *value >= 100.0 =>
                {
                    Some(*value)
                }
                _ => None,
            };
            values.extend(facts.iter().find_map(next).map(|by| by * value));
            theirs.push(Theirs { span: *span, values, word: true, sure: *sure });
        }
    }
    let left: Vec<&Number> = mine.iter().filter(|n| open(n) && !theirs.iter().any(|t| met(n, &t.values))).collect();
    let [ours] = left.as_slice() else { return };
    let over: Vec<&Theirs> = theirs
        .iter()
        .filter(|t| t.sure && !mine.iter().any(|n| met(n, &t.values)) && !is_answered(text, source, t))
        .collect();
    let Some(answer) = answer(text, source, ours, &over) else { return };
    let said = &source.text[answer.span.range()];
    let (severity, confidence) =
        if ours.digits && !answer.word { (Severity::Critical, 0.8) } else { (Severity::Major, 0.65) };
    sink.add(passage.at(text.span(ours.tokens.clone())), format!("the source says {said}"))
        .weigh(severity)
        .sure(confidence);
}

/// Whether a time of the translation, in minutes, has the hour `v`, of either half of the day, or is that time.
fn same_hour(minutes: f64, v: f64) -> bool {
    ((minutes / 60.0).floor() % 12.0 - v % 12.0).abs() < 0.5 && v < 25.0
}

/// The one number of the source that stands in the place of `ours`; `None` where nothing can be known.
fn answer<'t>(text: &Analysis<'_>, source: &Analysis<'_>, ours: &Number, over: &[&'t Theirs]) -> Option<&'t Theirs> {
    let [only] = over else { return None };
    // A separator that is read otherwise is a matter of format.
    let written = text.original(ours.tokens.start);
    if written.contains(',') && written == &source.text[only.span.range()] {
        return None;
    }
    // Batting averages: 打率１割８分２厘 is .182; a middle dot parts decimals.
    if source.text[only.span.end..].starts_with(['割', '分', '厘', '・'])
        || source.text[..only.span.start].ends_with('・')
    {
        return None;
    }
    if is_converted(text, ours, source, only) {
        return None;
    }
    let small = !ours.digits && ours.value <= 12.0;
    let fits = match ours.unit {
        Unit::Plain | Unit::Percent | Unit::Money(_) => true,
        Unit::Ordinal => ours.digits && !only.word,
        Unit::Time => !only.word && only.values.iter().any(|v| *v < 25.0),
        Unit::Decade => false,
    };
    let years = |v: f64| (1500.0..2100.0).contains(&v) && v.fract() == 0.0;
    let year = ours.digits && years(ours.value) && ours.unit == Unit::Plain;
    // A year for a year, a count for a count.
    let alike = year == only.values.iter().any(|v| years(*v)) || only.word;
    // A small number in a word may well stand for something that is no number in the source.
    let told = if only.word { only.sure && only.values[0] <= 100.0 } else { !small };
    (fits && alike && told).then_some(only)
}

/// Whether a number of the source is told in another way: a month by its name, two by `both`.
fn is_answered(text: &Analysis<'_>, source: &Analysis<'_>, theirs: &Theirs) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| text.has_word(word));
    // `3.3.`, a day and a month.
    let said = &source.text[theirs.span.range()];
    let dated = said.split_once('.').is_some_and(|(day, month)| day.len() <= 2 && month.len() <= 2);
    if dated && source.text[theirs.span.end..].starts_with('.') {
        return true;
    }
    let value = theirs.values.first().copied().unwrap_or(0.0);
    let behind = source.text[theirs.span.end..].trim_start().chars().next();
    let in_month = matches!(behind, Some('月' | '월'));
    // `7月`, `12.03.`: the month in figures.
    let named = || (0..text.tokens.len()).any(|i| month(text, i).is_some_and(|m| near(f64::from(m), value)));
    if !theirs.word && value <= 12.0 && named() || in_month && !theirs.word {
        return true;
    }
    match value as u32 {
        1 => theirs.word || has(&["one", "first", "once", "single", "a", "an"]) && behind != Some('日'),
        2 => has(&[
            "both",
            "pair",
            "couple",
            "twice",
            "double",
            "twin",
            "either",
            "neither",
            "half",
            "second",
            "duo",
            "bilateral",
        ]),
        3 => has(&["triple", "trio", "thrice", "third", "quarterly"]),
        4 => has(&["quarter", "quadruple", "fourth"]),
        10 => has(&["decade", "decades", "dozens", "tens"]),
        100 => has(&["century", "hundreds", "centuries"]),
        1000 => has(&["thousands", "millennium"]),
        _ => false,
    }
}

/// Numbers in Roman capitals: `XX wieku`, `XIVe siècle`.
fn roman(source: &Analysis<'_>) -> Vec<Theirs> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let mut out = Vec::new();
    for i in 0..source.tokens.len() {
        let word = source.normal(i).trim_end_matches(|c: char| c.is_lowercase());
        let figures: Option<Vec<i32>> = word.chars().map(value).collect();
        let Some(figures) = figures.filter(|f| !f.is_empty()) else { continue };
        let signed =
            |k: usize| if figures.get(k + 1).is_some_and(|next| *next > figures[k]) { -figures[k] } else { figures[k] };
        let sum: i32 = (0..figures.len()).map(signed).sum();
        // It answers a number, but proves none: `X`, `I` and `V` are letters too.
        out.push(Theirs { span: source.tokens[i].span, values: vec![f64::from(sum)], word: true, sure: false });
    }
    out
}

/// Whether a number is one of the source's, converted: into miles, pounds, degrees Fahrenheit, or into other money.
fn is_converted(text: &Analysis<'_>, ours: &Number, source: &Analysis<'_>, theirs: &Theirs) -> bool {
    const MEASURES: [&str; 15] = [
        "mile",
        "foot",
        "feet",
        "inch",
        "yard",
        "acre",
        "pound",
        "ounce",
        "gallon",
        "fahrenheit",
        "f",
        "lb",
        "ft",
        "knot",
        "degree",
    ];
    // Metric units in one of these.
    const FACTORS: [f64; 14] =
        [1.609, 0.3048, 30.48, 2.54, 25.4, 0.9144, 0.4047, 4047.0, 0.4536, 28.35, 3.785, 2.59, 1.852, 1609.0];
    let measured = (ours.tokens.end..ours.tokens.end + 3).any(|i| MEASURES.contains(&text.lemma(i)));
    let close = |ratio: f64| FACTORS.iter().any(|factor| (ratio / factor - 1.0).abs() < 0.08);
    let degrees = |celsius: f64| (ours.value - (celsius * 1.8 + 32.0)).abs() < 2.0;
    let unit = measured && theirs.values.iter().any(|v| close(v / ours.value) || degrees(*v));
    let known = || currencies(source.text);
    let money =
        matches!(ours.unit, Unit::Money(code) if !code.is_empty() && !known().is_empty() && !known().contains(&code));
    unit || money
}

/// A month and a weekday of the translation that the source does not have, where it has another.
fn days(passage: &Passage<'_>, source: &Analysis<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    for (is_month, find) in [(true, month as fn(&Analysis<'_>, usize) -> Option<u32>), (false, weekday)] {
        let own: Vec<(usize, u32)> = (0..text.tokens.len()).filter_map(|i| Some((i, find(text, i)?))).collect();
        if own.is_empty() {
            continue;
        }
        let said = |fact: &Fact| match fact {
            Fact::Month(m) if is_month => Some(*m),
            Fact::Weekday(d) if !is_month => Some(*d),
            _ => None,
        };
        let mut theirs: Vec<(Span, u32)> = passage
            .source_facts()
            .unwrap_or_default()
            .iter()
            .filter_map(|(span, fact)| Some((*span, said(fact)?)))
            .collect();
        if is_month {
            theirs.extend(numbered_months(source));
        }
        let left: Vec<_> = own.iter().filter(|(_, own)| !theirs.iter().any(|(_, other)| own == other)).collect();
        let mut over: Vec<_> = theirs.iter().filter(|(_, other)| !own.iter().any(|(_, own)| own == other)).collect();
        over.dedup_by_key(|(_, other)| *other);
        let ([(i, _)], [(span, right)]) = (left.as_slice(), over.as_slice()) else { continue };
        let names: &[&str] = if is_month { &MONTHS } else { &WEEKDAYS };
        let index = if is_month { *right as usize - 1 } else { *right as usize };
        let Some(name) = names.get(index) else { continue };
        sink.add(passage.tokens_at(*i..i + 1), format!("the source says {}", &source.text[span.range()]))
            .suggest(capitalised(name))
            .sure(0.8);
    }
}

/// Months in figures: `7月`, `7월`, `14.03.2023`.
fn numbered_months(source: &Analysis<'_>) -> Vec<(Span, u32)> {
    let numbers = (0..source.tokens.len()).filter(|&i| source.tokens[i].kind == Kind::Number);
    let found = numbers.filter_map(|i| {
        let span = source.tokens[i].span;
        let whole = &source.text[span.range()];
        let parts: Vec<&str> = whole.split('.').collect();
        let behind = source.text[span.end..].chars().next();
        let month: u32 = match (parts.as_slice(), behind) {
            (_, Some('月' | '월')) => ascii_digits(whole).parse().ok()?,
            ([day, month, year], _) if day.len() <= 2 && year.len() == 4 => month.parse().ok()?,
            _ => return None,
        };
        Some((span, month)).filter(|(_, m)| (1..=12).contains(m))
    });
    found.collect()
}

/// Signs and words of currencies in source languages, by their beginnings.
const CURRENCIES: [(&str, &[&str]); 9] = [
    (
        "USD",
        &[
            "$",
            "usd",
            "dollar",
            "dólar",
            "dolar",
            "dolár",
            "доллар",
            "долар",
            "δολάρι",
            "美元",
            "美金",
            "ドル",
            "달러",
            "دولار",
            "דולר",
            "डॉलर",
        ],
    ),
    ("EUR", &["€", "eur", "евро", "євро", "ευρώ", "欧元", "歐元", "ユーロ", "유로", "يورو", "אירו", "यूरो"]),
    ("GBP", &["£", "gbp", "фунт", "英镑", "英鎊", "ポンド", "파운드", "pfund", "libra", "livre", "sterlin"]),
    ("JPY", &["yen", "иен", "日元", "日圆", "円", "엔"]),
    ("CNY", &["cny", "rmb", "юан", "yuan", "renminbi", "元", "人民元", "위안"]),
    ("RUB", &["₽", "rub", "руб", "рубл", "卢布", "ルーブル", "루블"]),
    ("INR", &["₹", "रुपय", "रुपए", "रुपये", "rupi", "rupe", "卢比", "ルピー"]),
    ("KRW", &["₩", "원", "韩元", "ウォン"]),
    ("UAH", &["₴", "грив", "hrywn", "hřiv", "griwn"]),
];

/// The currencies that a source names, each once.
fn currencies(source: &str) -> Vec<&'static str> {
    let lower = source.to_lowercase();
    let spaced = |at: usize| !lower[..at].ends_with(char::is_alphabetic);
    let mut out: Vec<&'static str> = Vec::new();
    for (code, forms) in CURRENCIES {
        let found = forms.iter().any(|form| {
            let unspaced = form.starts_with(|c: char| c >= '\u{3040}') || !form.starts_with(char::is_alphabetic);
            lower.match_indices(form).any(|(at, _)| {
                (unspaced || spaced(at))
                    && !(*form == "元"
                        && lower[..at].ends_with(['美', '欧', '歐', '日', '韩', '单', '次', '多', '纪', '公', '民']))
            })
        });
        if found || code == "CNY" && lower.contains("人民元") {
            out.push(code);
        }
    }
    out
}

/// The only currency of the translation, where the source names another alone.
fn currency(passage: &Passage<'_>, source: &Analysis<'_>, sink: &mut Sink<'_>) {
    let money = |n: &&Number| matches!(n.unit, Unit::Money(code) if !code.is_empty());
    let amounts: Vec<&Number> = passage.numbers().0.iter().filter(money).collect();
    let Some(Number { unit: Unit::Money(own), .. }) = amounts.first() else { return };
    let theirs = currencies(source.text);
    let [other] = theirs.as_slice() else { return };
    if other == own || amounts.iter().any(|n| n.unit != Unit::Money(own)) {
        return;
    }
    // Converted amounts have other numbers.
    let digits = foreign_numbers(source);
    for n in amounts {
        if digits.iter().any(|(_, values)| values.iter().any(|v| near(n.value, *v))) {
            let (sign, name) = (n.tokens.start.checked_sub(1), n.tokens.end);
            let sign = sign.filter(|&i| passage.text.tokens[i].kind == Kind::Symbol);
            let name = Some(name).filter(|&i| passage.text.tag_of(i).is_noun());
            let place = sign.or(name).map_or(n.tokens.clone(), |i| i..i + 1);
            sink.add(passage.tokens_at(place), format!("the source counts in {other}"))
                .weigh(Severity::Major)
                .sure(0.65);
        }
    }
}
