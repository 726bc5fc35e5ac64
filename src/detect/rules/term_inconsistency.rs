//! `term-inconsistency`

use super::title_inconsistency::{is_reworded, ministry};
use crate::config::Severity;
use crate::detect::lexicon::classes::{countries, is_date, nationalities};
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::vocabulary::entry;
use crate::text::{Analysis, Kind};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "term-inconsistency",
    category: "Terminology/Inconsistent use of terminology",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "one organisation or agreement in two wordings in one story",
    doc: "An acronym that is explained in two ways (`Organization for Security and Cooperation in Europe (OSCE)`, later `Organization on \
          Security and Cooperation in Europe (OSCE)`), or one name with two acronyms; a ministry in two wordings (`Ministry of Emergency \
          Situations`, `Emergencies Ministry`); a named agreement under two nouns (`Minsk Agreements`, `Minsk Accords`); a long official \
          name that changes in a small word or in the form of one word. The story's more frequent wording is suggested, or its first. \
          `Ministry of Defence` and `Defence Ministry` are one wording; British and American spellings, plurals, shorter forms, \
          agreements in small letters, quotations, headlines and names of two countries' institutions stay silent.",
    example: (
        "The Minsk Agreements hold. Under the Minsk Accords, guns go back.",
        "The Minsk Agreements hold. Under the Minsk Agreements, guns go back.",
    ),
    check: Check::Story(check),
};

/// Nouns that one agreement may be called by. In small letters writers change them at will.
const AGREEMENTS: [&str; 5] = ["Agreements", "Accords", "Accord", "Pact", "Treaty"];

/// The tokens of a term, its key and its form.
type Found = (Range<usize>, String, String);

/// A term as it stands somewhere in the story.
struct Term<'s, 't> {
    passage: &'s Passage<'t>,
    tokens: Range<usize>,
    /// What makes two terms one: an acronym, a place, a country.
    key: String,
    /// The wording, levelled.
    form: String,
}

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    let passages: Vec<&Passage<'_>> = story.passages.iter().filter(|p| !p.display || !story.whole).collect();
    let each = |find: fn(&Passage<'_>) -> Vec<Found>| -> Vec<Term<'_, '_>> {
        let all = passages.iter().flat_map(|&passage| find(passage).into_iter().map(move |found| (passage, found)));
        all.map(|(passage, (tokens, key, form))| Term { passage, tokens, key, form }).collect()
    };
    compare(&each(expansions), &|a, b| !is_within(a, b), 0.7, sink);
    compare(&each(acronyms), &|_, _| true, 0.65, sink);
    compare(&each(ministries), &is_reworded, 0.6, sink);
    compare(&each(agreements), &|_, _| true, 0.6, sink);
    compare(&each(official), &differs_in_a_word, 0.6, sink);
}

/// Reports the wordings of one key that are rarer than another, or as frequent and later.
fn compare(terms: &[Term<'_, '_>], is_other: &dyn Fn(&str, &str) -> bool, confidence: f32, sink: &mut Sink<'_>) {
    let count = |of: &Term<'_, '_>| terms.iter().filter(|t| t.key == of.key && t.form == of.form).count();
    let first = |of: &Term<'_, '_>| terms.iter().position(|t| t.key == of.key && t.form == of.form).unwrap_or(0);
    for one in terms {
        let better = |t: &&Term<'_, '_>| (count(t), first(one)) > (count(one), first(t));
        let rivals = terms.iter().filter(|t| t.key == one.key && t.form != one.form && is_other(&one.form, &t.form));
        let Some(rival) = rivals.filter(better).max_by_key(|t| (count(t), usize::MAX - first(t))) else { continue };
        let here = one.passage.text.slice(one.tokens.clone());
        let there = rival.passage.text.slice(rival.tokens.clone());
        if one.passage.reference.as_ref().is_some_and(|r| r.text.text.contains(here)) {
            continue;
        }
        let span = one.passage.tokens_at(one.tokens.clone());
        if sink.places().iter().any(|known| known.touches(span)) {
            continue;
        }
        sink.add(span, format!("“{here}” here, “{there}” elsewhere in the story")).suggest(there).sure(confidence);
    }
}

/// Small words inside official names.
fn is_small(lower: &str) -> bool {
    matches!(lower, "of" | "for" | "on" | "and" | "the" | "in" | "to" | "against" | "with" | "at" | "&" | "under")
}

fn is_capital_word(text: &Analysis<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && !t.quoted) && text.is_capitalised(i)
}

fn is_acronym(word: &str) -> bool {
    (2..=7).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// A wording without what is a matter of style: case, British spelling, plurals, articles, hyphens.
fn levelled(text: &Analysis<'_>, range: Range<usize>) -> String {
    let words = range.filter(|&k| !matches!(text.lower(k), "the" | "'s" | "\u{2019}s")).map(|k| {
        let word = text.lower(k).replace("isation", "ization").replace('-', "");
        let word = word.replace("defence", "defense").replace("centre", "center").replace("programme", "program");
        let word = if word == "&" { "and".to_owned() } else { word };
        let word = word.replace("labour", "labor");
        word.strip_suffix('s').filter(|w| w.len() > 3 && !w.ends_with('s')).map_or(word.clone(), str::to_owned)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The words before `end` that `acronym` abbreviates letter by letter, small words left out or taken in; else the official
/// name that ends there.
fn expansion(text: &Analysis<'_>, end: usize, acronym: &str) -> Option<Range<usize>> {
    let letters: Vec<char> = acronym.to_lowercase().chars().collect();
    let sentence = text.tokens.get(end)?.sentence;
    let own = |k: usize| {
        text.tokens[k].sentence == sentence
            && text.tokens[k].kind == Kind::Word
            && text.tokens[k].quoted == text.tokens[end].quoted
    };
    let (mut left, mut k) = (letters.len(), end);
    while left > 0 && k > 0 && own(k - 1) && end - k < 14 {
        k -= 1;
        let mut parts = text.lower(k).split('-').rev();
        if parts.clone().all(|part| part.starts_with(letters[left - 1])) && parts.clone().count() == 1 {
            left -= 1;
        } else if text.lower(k).contains('-') {
            // `Asia-Pacific` counts twice.
            while left > 0 && parts.next().is_some_and(|part| part.starts_with(letters[left - 1])) {
                left -= 1;
            }
        } else if !is_small(text.lower(k)) {
            break;
        }
    }
    let spelled = left == 0 && end - k >= 2 && !is_small(text.lower(k));
    if spelled {
        return Some(k..end);
    }
    let name =
        (0..end).rev().take_while(|&k| own(k) && (is_capital_word(text, k) || is_small(text.lower(k)))).last()?;
    let start = (name..end).find(|&k| is_capital_word(text, k) && !(k + 1 < end && is_small(text.lower(k))))?;
    let capitals = (start..end).filter(|&k| is_capital_word(text, k) && text.lower(k).len() > 2).count();
    (capitals >= 2 && end - start <= 10).then_some(start..end)
}

/// Acronyms in brackets with what they stand for: the acronym is the key.
fn explained(passage: &Passage<'_>) -> Vec<(Range<usize>, usize)> {
    let text = &passage.text;
    let brackets = (1..text.tokens.len().saturating_sub(2))
        .filter(|&i| text.lower(i) == "(" && text.lower(i + 2) == ")" && !text.tokens[i].quoted);
    let named = brackets.filter(|&i| is_acronym(text.normal(i + 1)) && !countries().contains(text.lower(i + 1)));
    named.filter_map(|i| Some((expansion(text, i, text.normal(i + 1))?, i + 1))).collect()
}

fn expansions(passage: &Passage<'_>) -> Vec<Found> {
    let text = &passage.text;
    let found = explained(passage).into_iter();
    found.map(|(range, acronym)| (range.clone(), text.normal(acronym).to_owned(), levelled(text, range))).collect()
}

/// The same the other way round: one name, whose acronyms are the wordings.
fn acronyms(passage: &Passage<'_>) -> Vec<Found> {
    let text = &passage.text;
    let found = explained(passage).into_iter();
    found
        .map(|(range, acronym)| (acronym..acronym + 1, levelled(text, range), text.normal(acronym).to_owned()))
        .collect()
}

/// Whether one name is the other with words before or behind: `Ukrainian Security Service`, `Security Service`.
fn is_within(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest: Vec<&str> = long.split(' ').collect();
    // A country beside it, or its adjective, tells whose it is.
    rest.retain(|w| !nationalities().contains(w) && !countries().contains(w) && !is_small(w));
    let short: Vec<&str> =
        short.split(' ').filter(|w| !nationalities().contains(w) && !countries().contains(w) && !is_small(w)).collect();
    let small = |a: &str| a.split(' ').filter(|w| is_small(w)).map(str::to_owned).collect::<Vec<_>>();
    // Other small words alone are another wording; the same words in another style are not.
    let same_words = rest == short && a.split(' ').count() == b.split(' ').count();
    if same_words {
        return small(a) == small(b);
    }
    short.iter().all(|w| rest.contains(w))
}

/// Ministries by country, with their portfolio.
fn ministries(passage: &Passage<'_>) -> Vec<Found> {
    let text = &passage.text;
    let mut out = Vec::new();
    for i in (0..text.tokens.len()).filter(|&i| text.lower(i) == "ministry" && is_capital_word(text, i)) {
        let named = |k: usize| is_capital_word(text, k) || is_small(text.lower(k));
        let (range, start) = if matches!(text.lower(i + 1), "of" | "for") {
            let mut end = i + 2;
            while named(end) && ministry(text, i + 2..end + 1).is_some() {
                end += 1;
            }
            while end > i + 2 && is_small(text.lower(end - 1)) {
                end -= 1;
            }
            (i + 2..end, i)
        } else {
            let start = (0..i).rev().take_while(|&k| named(k) && ministry(text, k..i).is_some()).last().unwrap_or(i);
            let start = (start..i).find(|&k| !is_small(text.lower(k))).unwrap_or(i);
            (start..i, start)
        };
        let Some(portfolio) = ministry(text, range.clone()) else { continue };
        let whole = start..range.end.max(i + 1);
        // A name that goes on has a portfolio that is not known whole: `Ministry of Emergency Services`.
        let goes_on = |k: usize| is_capital_word(text, k) && text.tokens[k].spaced;
        if text.tokens[i].quoted || goes_on(whole.end) || start > 0 && goes_on(start - 1) && !is_owner(text, start - 1)
        {
            continue;
        }
        out.push((whole.clone(), country_of(text, &whole), portfolio));
    }
    out
}

/// Whether token `k`, before a ministry's name, is whose ministry it is, or begins the sentence.
fn is_owner(text: &Analysis<'_>, k: usize) -> bool {
    is_nation(text.lower(k)) || is_small(text.lower(k)) || text.sentences[text.tokens[k].sentence].start == k
}

/// The country before or behind a name: `the Russian Interior Ministry`, `Ukraine's Ministry`, `the Ministry of Health of France`.
fn country_of(text: &Analysis<'_>, name: &Range<usize>) -> String {
    let near = (name.start.saturating_sub(3)..name.start).rev().chain(name.end..name.end + 3);
    let found = near.map(|k| text.lower(k)).find_map(|word| {
        let stem: String = word.chars().take(4).collect();
        (countries().contains(word) || nationalities().contains(word)).then_some(stem)
    });
    found.unwrap_or_default()
}

/// `Minsk Agreements`: by the place and number, worded by the noun.
fn agreements(passage: &Passage<'_>) -> Vec<Found> {
    let text = &passage.text;
    let named = |i: usize| {
        AGREEMENTS.contains(&text.normal(i))
            && is_capital_word(text, i)
            && is_capital_word(text, i - 1)
            && text.tag_of(i - 1).is_proper()
            && !is_nation(text.lower(i - 1))
            && !is_acronym(text.normal(i - 1))
    };
    let found = (1..text.tokens.len()).filter(|&i| named(i));
    found
        .map(|i| {
            let number = if text.lower(i).ends_with('s') { "many" } else { "one" };
            (i - 1..i + 1, format!("{} {number}", text.lower(i - 1)), text.lower(i).to_owned())
        })
        .collect()
}

/// Official names of three words or more that carry sense.
fn official(passage: &Passage<'_>) -> Vec<Found> {
    let text = &passage.text;
    let mut out = Vec::new();
    let mut i = 0;
    while i < text.tokens.len() {
        if !is_capital_word(text, i) || is_small(text.lower(i)) {
            i += 1;
            continue;
        }
        let sentence = text.tokens[i].sentence;
        let own = |k: usize| {
            text.tokens.get(k).is_some_and(|t| t.sentence == sentence && t.spaced)
                && (is_capital_word(text, k)
                    || is_small(text.lower(k))
                        && !is_date(text.lower(k + 1))
                        && (is_capital_word(text, k + 1) || is_small(text.lower(k + 1))))
        };
        let mut end = (i + 1..i + 12).find(|&k| !own(k)).unwrap_or(i + 12);
        while end > i + 1 && is_small(text.lower(end - 1)) {
            end -= 1;
        }
        let content: Vec<usize> = (i..end).filter(|&k| !is_small(text.lower(k))).collect();
        let plain = content.iter().all(|&k| {
            !is_date(text.lower(k))
                && (entry(text.lower(k)).is_some_and(|known| known.word) || is_nation(text.lower(k)))
        });
        if content.len() >= 3 && plain {
            out.push((i..end, content.len().to_string(), levelled(text, i..end)));
        }
        i = end.max(i + 1);
    }
    out
}

fn is_nation(lower: &str) -> bool {
    countries().contains(lower) || nationalities().contains(lower)
}

/// Whether two names of as many words differ in one: in a small one, or in a noun and its adjective (`Environment`,
/// `Environmental`).
fn differs_in_a_word(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    if a.len() != b.len() {
        return false;
    }
    let others: Vec<(&str, &str)> = a.iter().zip(&b).filter(|(x, y)| x != y).map(|(x, y)| (*x, *y)).collect();
    let [(x, y)] = others.as_slice() else { return false };
    if is_nation(x) || is_nation(y) {
        return false;
    }
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let adjective = long.strip_prefix(*short).is_some_and(|end| matches!(end, "al" | "ic" | "ical" | "ary" | "ial"));
    is_small(x) && is_small(y) || short.len() >= 5 && adjective
}
