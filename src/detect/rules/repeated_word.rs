//! `repeated-word`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::vocabulary::entry;
use crate::text::{Analysis, Kind, Tag};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "repeated-word",
    category: "Linguistic conventions/Duplication",
    severity: Severity::Major,
    needs: Needs::Text,
    english: true,
    summary: "a word or phrase that stands twice in a row",
    doc: "`the the`, `of the of the`, and longer loops; a phrase that stands on both sides of a comma (`at the request of the client, \
          at the request of the client`), a clause of seven words and more that comes again right behind a stop, and a noun joined with itself \
          (`components and components`). Flagged is the second copy with the space before it. What English repeats on \
          purpose stays silent: `again and again`, `years and years`, `had had`, `that that`, `what it is is`, `her her`, intensifiers in speech (`very, very`), names \
          (`Duran Duran`, `Pago Pago`), numbers, single words across a mark, and headlines before the sentence that says them again.",
    example: ("of the of the coalition", "of the coalition"),
    check: Check::Passage(check),
};

/// Longest phrase whose loop is looked for, in words.
const LONGEST: usize = 8;

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let mut i = 0;
    while i < text.tokens.len() {
        let loops = || (1..=LONGEST).rev().find(|&n| repeats(text, i, n) && !excused(passage, i, n));
        let Some(n) = text.comes_again(i, LONGEST).then(loops).flatten() else {
            i += 1;
            continue;
        };
        let mut end = i + 2 * n;
        while end + n <= text.tokens.len() && same(text, i, end, n) {
            end += n;
        }
        let span = Span::new(text.tokens[i + n - 1].span.end, text.tokens[end - 1].span.end);
        let what = if n == 1 { "the word stands twice" } else { "the phrase stands twice" };
        sink.add(passage.at(span), what).suggest("");
        i = end;
    }
    super::repeats::check(passage, story, sink);
}

fn same(text: &Analysis<'_>, a: usize, b: usize, n: usize) -> bool {
    (0..n).all(|k| text.is_same(a + k, b + k))
}

fn repeats(text: &Analysis<'_>, i: usize, n: usize) -> bool {
    if i + 2 * n > text.tokens.len() || !same(text, i, i + n, n) {
        return false;
    }
    let range: Range<usize> = i..i + 2 * n;
    text.tokens[range.clone()].iter().all(|t| t.kind == Kind::Word || n == 1 && t.kind == Kind::Number) && text.tokens[i].sentence == text.tokens[i + 2 * n - 1].sentence
        // A one-letter loop is an initial or a list; contractions and possessives are parts of words.
        && !(n == 1 && (text.lower(i).chars().count() == 1 && text.lower(i) != "a" || text.lower(i).starts_with('\'') || !text.tokens[i + 1].spaced))
}

/// Names that are rightly doubled.
const DOUBLED: [&str; 12] =
    ["duran", "baden", "york", "bora", "pago", "walla", "sirhan", "boutros", "talk", "lang", "wagga", "lenny"];

/// Whether the reference, or a source in the same script, has the word, and never twice in a row.
fn single_elsewhere(passage: &Passage<'_>, lower: &str) -> bool {
    let single = |text: &Analysis<'_>| {
        let places: Vec<usize> = (0..text.tokens.len()).filter(|&j| text.lower(j) == lower).collect();
        !places.is_empty() && places.windows(2).all(|pair| pair[1] != pair[0] + 1)
    };
    let others = passage.reference.iter().chain(&passage.source);
    others.map(|other| &*other.text).any(single)
}

fn excused(passage: &Passage<'_>, i: usize, n: usize) -> bool {
    let text = &passage.text;
    // A headline that runs into the sentence that repeats it: the second copy has the capital.
    if text.is_capitalised(i + n) && !text.is_capitalised(i) {
        return true;
    }
    if n == 1 {
        let word = text.lower(i);
        let next = text.tag_of(i + 2);
        match word {
            "had" | "that" | "is" | "was" | "very" | "so" | "really" | "no" | "far" | "many" | "much" | "bye"
            | "ha" | "long" | "never" | "blah" | "yes" | "knock" | "do" | "who" => return true,
            "her" | "his" | "you" => return next.is_noun() || next.is_adjective(),
            // `turned in in March`, `logged on on`: particle and preposition.
            "in" | "on" | "off" | "over" => {
                return text.lower(i - usize::from(i > 0)) != "," && i > 0 && text.tag_of(i - 1).is_verb();
            }
            _ => {}
        }
        // Numbers in a row are a table or a result.
        let number = |k: usize| text.tokens.get(k).is_some_and(|t| t.kind == Kind::Number);
        if number(i) && (i > 0 && number(i - 1) || number(i + 2) || text.tokens[i].quoted) {
            return true;
        }
        // Names that are doubled: a few are known, and any may be where no reference or source says otherwise.
        if text.is_capitalised(i) && text.is_capitalised(i + 1) && !single_elsewhere(passage, word) {
            let known = entry(word).is_some_and(|known| known.zipf >= 3.5) && word.chars().count() >= 4;
            return !known || DOUBLED.contains(&word) || text.is_capitalised(i + 2);
        }
        // Quoted speech stutters.
        if text.tokens[i].quoted && matches!(text.tag_of(i), Tag::Uh | Tag::Prp | Tag::Rb) {
            return true;
        }
    }
    // The reference repeats it too.
    passage.reference.as_ref().is_some_and(|r| {
        let b = &r.text;
        (0..b.tokens.len()).any(|j| {
            j + 2 * n <= b.tokens.len() && same(b, j, j + n, n) && (0..n).all(|k| b.lower(j + k) == text.lower(i + k))
        })
    }) || n > 1 && (i..i + n).all(|k| text.is_capitalised(k))
}
