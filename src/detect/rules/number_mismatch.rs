//! `number-mismatch`

use crate::config::Severity;
use crate::detect::facts::Fact;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::numbers::{Number, Unit, is_scale};
use crate::text::{Analysis, foreign_numbers};

pub const RULE: Rule = Rule {
    id: "number-mismatch",
    category: "Accuracy/Mistranslation",
    severity: Severity::Critical,
    needs: Needs::TextOrMore,
    english: true,
    summary: "a number, amount, date or percentage that disagrees with the reference or source",
    doc: "Numbers are compared by what they are worth: `twelve`, `12` and `a dozen`, `1.2 million` and `1,200,000`, `half` and `50%`, \
          `5 p.m.` and `17:00` agree. A number is flagged only where the other text has one left over that should answer it: the same \
          unit, beside words that answer one another. With a source in another language, separators are read both ways, in the digits of \
          any script; its scale words (*Milliarden*, *млн*, 万, लाख) are applied, and its number words, months, weekdays and \
          currencies compared. What is converted (miles for kilometers) stays silent.",
    example: ("killed 14 people (reference: killed 40 people)", "killed 40 people"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    if passage.reference.is_some() {
        against_reference(passage, sink);
    } else {
        super::source_numbers::check(passage, sink);
    }
}

/// Whether a number says how many: not `one`, which is a pronoun as often, nor `first`.
pub fn counts(number: &Number) -> bool {
    number.digits
        || !(number.value == 1.0 || number.unit == Unit::Ordinal && number.value <= 3.0 || number.value == 0.5)
}

fn against_reference(passage: &Passage<'_>, sink: &mut Sink<'_>) {
    let Some((words, reference)) = passage.words() else { return };
    let (mine, theirs) = passage.numbers();
    // A number that agrees with any of the other side is no fault; order does not matter.
    let mut left: Vec<&Number> = mine.iter().filter(|n| counts(n) && !theirs.iter().any(|o| n.agrees(o))).collect();
    let mut over: Vec<&Number> = theirs.iter().filter(|n| counts(n) && !mine.iter().any(|o| n.agrees(o))).collect();
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (x, a) in left.iter().enumerate() {
        for (y, b) in over.iter().enumerate() {
            if !a.comparable(b) {
                continue;
            }
            // Distance in the reference between the number and where the words beside ours are answered.
            let near = [
                a.tokens.start.checked_sub(1),
                Some(a.tokens.end),
                a.tokens.start.checked_sub(2),
                Some(a.tokens.end + 1),
            ];
            let distance = near
                .into_iter()
                .flatten()
                .filter_map(|i| words.to_b.get(i).copied().flatten())
                .map(|j| if j < b.tokens.start { b.tokens.start - j } else { (j + 1).saturating_sub(b.tokens.end) })
                .min();
            if let Some(distance) = distance.filter(|d| *d <= 3) {
                pairs.push((distance, x, y));
            }
        }
    }
    pairs.sort_unstable();
    let (mut used_x, mut used_y) = (vec![false; left.len()], vec![false; over.len()]);
    for (_, x, y) in pairs {
        if used_x[x] || used_y[y] {
            continue;
        }
        (used_x[x], used_y[y]) = (true, true);
        let (a, b) = (left[x], over[y]);
        report(passage, a, b, &reference.text, reference.offset, sink);
    }
    // One left over on each side of a passage whose other words agree: they answer one another.
    left = left.into_iter().zip(&used_x).filter(|(_, u)| !**u).map(|(n, _)| n).collect();
    over = over.into_iter().zip(&used_y).filter(|(_, u)| !**u).map(|(n, _)| n).collect();
    if let ([a], [b]) = (left.as_slice(), over.as_slice())
        && a.comparable(b)
        && words.coverage(&passage.text) > 0.6
        && a.digits
        && b.digits
    {
        report(passage, a, b, &reference.text, reference.offset, sink);
    }
}

/// Whether the two differ in nothing but what their separators mean: `2.500` for 2,500 is a matter of format.
fn other_separators(text: &Analysis<'_>, a: &Number, b: &Number) -> bool {
    let word = text.lower(a.tokens.start);
    let misread = word.replace(',', "").parse::<f64>().ok().filter(|v| *v != 0.0);
    let other = if word.contains('.') { word.replace('.', "") } else { word.replace(',', ".") };
    // A scale word multiplies both readings alike.
    let (Some(misread), Ok(other)) = (misread, other.parse::<f64>()) else { return false };
    word.contains(['.', ',']) && (a.value / misread * other - b.value).abs() <= b.value.abs() * 1e-6
}

/// Whether the two count different measures, which may well agree in sum: kilograms and tons, kilometers and miles.
fn other_measure(text: &Analysis<'_>, reference: &Analysis<'_>, a: &Number, b: &Number) -> bool {
    const MEASURES: [&str; 34] = [
        "gram",
        "kilogram",
        "kg",
        "ton",
        "tonne",
        "pound",
        "ounce",
        "meter",
        "metre",
        "m",
        "kilometer",
        "kilometre",
        "km",
        "mile",
        "foot",
        "feet",
        "inch",
        "yard",
        "hectare",
        "acre",
        "mu",
        "degree",
        "celsius",
        "fahrenheit",
        "liter",
        "litre",
        "gallon",
        "barrel",
        "hour",
        "minute",
        "day",
        "week",
        "month",
        "year",
    ];
    let (x, y) = (text.lemma(a.tokens.end), reference.lemma(b.tokens.end));
    x != y && MEASURES.contains(&x) && MEASURES.contains(&y)
}

/// Whether the source says what the translation says, and not what the reference says: then the reference is wrong.
fn source_sides_with(passage: &Passage<'_>, a: &Number, b: &Number) -> bool {
    let Some(source) = &passage.source else { return false };
    let values = foreign_numbers(&source.text);
    let words = passage.source_facts().unwrap_or_default().iter().filter_map(|(_, fact)| match fact {
        Fact::Number { value, .. } => Some(*value),
        _ => None,
    });
    let values: Vec<f64> = values.into_iter().flat_map(|(_, worth)| worth).chain(words).collect();
    let holds = |n: &Number| values.iter().any(|x| (x - n.value).abs() <= n.value.abs() * 1e-6);
    holds(a) && !holds(b)
}

fn report(passage: &Passage<'_>, a: &Number, b: &Number, reference: &Analysis<'_>, offset: usize, sink: &mut Sink<'_>) {
    if other_measure(&passage.text, reference, a, b)
        || source_sides_with(passage, a, b)
        || other_separators(&passage.text, a, b)
    {
        return;
    }
    let theirs = whole(reference, b);
    let ours = if scaled(&passage.text, a) { whole(&passage.text, a) } else { passage.text.span(a.tokens.clone()) };
    let theirs =
        if scaled(&passage.text, a) || scaled(reference, b) { theirs } else { reference.span(b.tokens.clone()) };
    let said = &reference.text[theirs.range()];
    sink.add(passage.at(ours), format!("the reference says {said}")).suggest(said).against(theirs.shifted(offset));
}

/// Whether the number has a scale word: then the whole quantity is named, sign and all.
fn scaled(text: &Analysis<'_>, number: &Number) -> bool {
    number.tokens.clone().skip(1).any(|i| is_scale(text.lower(i)))
}

/// The span of a number with its currency sign.
fn whole(text: &Analysis<'_>, number: &Number) -> crate::span::Span {
    let sign = number
        .tokens
        .start
        .checked_sub(1)
        .filter(|&i| text.tokens[i].kind == crate::text::Kind::Symbol && matches!(number.unit, Unit::Money(_)));
    text.span(sign.unwrap_or(number.tokens.start)..number.tokens.end)
}
