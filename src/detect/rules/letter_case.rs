//! `letter-case`

use super::against::report;
use super::stray_punctuation::starts_small;
use super::words::{has_finite_verb, is_brand, is_particle};
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::vocabulary::entry;
use crate::text::{Analysis, Kind, capitalised};

pub const RULE: Rule = Rule {
    id: "letter-case",
    category: "Linguistic conventions/Capitalization",
    severity: Severity::Minor,
    needs: Needs::TextOrMore,
    english: true,
    summary: "a small letter where English wants a capital, or the other way round",
    doc: "A passage of running text, or a sentence behind a full stop, that begins with a small letter, names that English writes with a capital and nothing else \
          (`russian`, `monday`), and the pronoun *i*. Where the reference has the same word in the same form, in lists, addresses, brands, \
          and behind quotations that go on, the rule is silent.",
    example: ("according to the russian leader", "According to the Russian leader"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let mut small = 0;
    for i in 0..text.tokens.len() {
        if text.tokens[i].kind != Kind::Word || !text.normal(i).starts_with(char::is_lowercase) {
            continue;
        }
        if i == first_word(text) && opens_small(passage, story, i) {
            add(passage, i, "the passage begins with a small letter", 0.85, sink);
        } else if resumes_small(passage, i) {
            add(passage, i, "the sentence begins with a small letter", 0.8, sink);
        } else if let Some(confidence) = is_small_name(passage, i) {
            small += 1;
            // A text without capitals is one fault, not a hundred.
            if small <= 12 {
                add(passage, i, "a name, written without its capital", confidence, sink);
            }
        }
    }
    report(passage, story, Fault::LetterCase, sink);
}

fn first_word(text: &Analysis<'_>) -> usize {
    (0..text.tokens.len()).find(|&i| !matches!(text.lower(i), "\"" | "'")).unwrap_or(usize::MAX)
}

/// Running text that begins small and does not go on from elsewhere.
fn opens_small(passage: &Passage<'_>, story: &Story<'_>, i: usize) -> bool {
    let text = &passage.text;
    let written = text.normal(i);
    if !starts_small(text, i) || is_particle(written) || passage.display && story.whole || text.words() < 3 {
        return false;
    }
    if let Some(reference) = &passage.reference {
        // The reference begins small as well: a headline's second line, a list.
        let first = first_word(&reference.text);
        return reference.text.normal(first).starts_with(char::is_uppercase)
            || !reference.text.normal(first).starts_with(char::is_alphabetic);
    }
    let closed = text.text.trim_end().ends_with(['.', '!', '?', '"', '\u{201d}', ':', '\u{2026}']);
    let goes_on = passage.index > 0
        && story.passages.get(passage.index - 1).is_some_and(|before| {
            before.text.words() > 3
                && !before.text.text.trim_end().ends_with(['.', '!', '?', '"', '\u{201d}', '\u{2026}'])
        });
    closed && !goes_on
}

/// Whether a sentence of its own begins small behind the full stop of another: `in the city. marine flooding was prevented`.
fn resumes_small(passage: &Passage<'_>, i: usize) -> bool {
    let text = &passage.text;
    let sentence = text.sentences[text.tokens[i].sentence].clone();
    let Some(stop) =
        i.checked_sub(1).filter(|&k| i == sentence.start && text.lower(k) == "." && !text.tokens[k].spaced)
    else {
        return false;
    };
    let Some(before) = stop.checked_sub(1).map(|k| text.sentences[text.tokens[k].sentence].clone()) else {
        return false;
    };
    // An abbreviation that is not known ends no sentence.
    let word = text.lower(stop - 1);
    let ended = word.chars().count() >= 3 && entry(word).is_some_and(|known| known.word && known.zipf >= 3.0);
    // `n the previous day` has lost more than its capital.
    let whole = text.lower(i).len() > 1 || matches!(text.lower(i), "i" | "a");
    whole
        && starts_small(text, i)
        && text.tokens[i].spaced
        && !text.tokens[i].quoted
        && ended
        && entry(text.lower(i)).is_some_and(|known| known.word)
        && before.len() >= 4
        && has_finite_verb(text, before)
        && sentence.len() >= 4
        && has_finite_verb(text, sentence)
        && !in_reference(passage, text.normal(i))
}

/// How sure it is that a word in small letters is a name.
fn is_small_name(passage: &Passage<'_>, i: usize) -> Option<f32> {
    let text = &passage.text;
    let written = text.normal(i);
    if written == "i" {
        let lone = text.tokens[i].spaced && !matches!(text.lower(i + 1), "." | ")" | "," | ":" | "/");
        return (lone && !in_reference(passage, written)).then_some(0.8);
    }
    let known = entry(text.lower(i))?;
    let glued = |k: usize| text.tokens.get(k).is_some_and(|t| !t.spaced);
    let joined = glued(i + 1) && glued(i + 2) && text.tokens.get(i + 2).is_some_and(|t| t.is_word())
        || i > 0 && glued(i) && matches!(text.normal(i - 1), "@" | "/" | "_" | "#" | ".");
    if !known.name
        || known.word
        || known.zipf < 3.3
        || written.len() < 4
        || is_brand(written)
        || joined
        || is_particle(written)
        || COMMON.contains(&written)
        || in_reference(passage, written)
    {
        return None;
    }
    Some(if in_reference_as_name(passage, written) {
        0.97
    } else if known.zipf >= 4.0 {
        0.85
    } else {
        0.6
    })
}

/// Words of dictionaries of names that newswire writes small.
const COMMON: [&str; 12] = [
    "internet",
    "web",
    "euro",
    "euros",
    "bible",
    "marathon",
    "diesel",
    "congress",
    "satan",
    "parliament",
    "pentagon",
    "champagne",
];

fn in_reference(passage: &Passage<'_>, written: &str) -> bool {
    let has = |text: &Analysis<'_>| (0..text.tokens.len()).any(|j| text.normal(j) == written);
    passage.reference.as_ref().is_some_and(|r| has(&r.text))
}

fn in_reference_as_name(passage: &Passage<'_>, written: &str) -> bool {
    passage
        .reference
        .as_ref()
        .is_some_and(|r| (0..r.text.tokens.len()).any(|j| r.text.lower(j) == written && r.text.is_capitalised(j)))
}

fn add(passage: &Passage<'_>, i: usize, message: &str, confidence: f32, sink: &mut Sink<'_>) {
    let repair = capitalised(passage.text.original(i));
    sink.add(passage.tokens_at(i..i + 1), message).suggest(repair).sure(confidence);
}
