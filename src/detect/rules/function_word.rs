//! `function-word`

use super::against::report;
use super::fluent::{adjoin, doubt, mend, reportable, supported};
use super::words::cased;
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::fluency::{EditKind, parts_of_speech};
use crate::text::numbers::is_scale;
use crate::text::{Analysis, Kind, Tag, takes_an};

pub const RULE: Rule = Rule {
    id: "function-word",
    category: "Linguistic conventions/Function words",
    severity: Severity::Minor,
    needs: Needs::TextOrMore,
    english: true,
    summary: "an article, preposition or conjunction that is wrong, missing or too many",
    doc: "Sure: `a` before a vowel's sound and `an` before a consonant's (`an hour`, `a union`, `an MP` are right; acronyms that some read \
          as words stay silent), two articles in a row, `according the`, `in order continue`, `depend of`, `comprises of`, `between 5 to \
          10`, `and or`. By likelihood: a small word \
          in whose place another, or none, makes the words around it much likelier. Silent in headlines and where the reference has \
          the same words in the same order.",
    example: ("according the ministry", "according to the ministry"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let mut done: Vec<usize> = Vec::new();
    for i in 0..text.tokens.len() {
        if text.tokens[i].kind == Kind::Word
            && let Some((end, repair, message)) = proved(text, i)
            && !supported(passage, i..end)
        {
            done.push(i);
            let word = cased(text.normal(i), &repair);
            let finding = sink.add(passage.tokens_at(i..end), message);
            mend(finding, word);
        }
    }
    for edit in reportable(passage, &[EditKind::Replace, EditKind::Drop]) {
        let i = edit.tokens.start;
        if done.iter().any(|d| d.abs_diff(i) < 2) || (i > 0 && text.is_capitalised(i)) {
            continue;
        }
        let span = passage.tokens_at(edit.tokens.clone());
        let word = text.lower(i);
        let smallest = is_smallest(word) && (edit.replacement.is_empty() || is_smallest(&edit.replacement));
        let strange = passage.reference.as_ref().is_some_and(|r| !r.text.has_word(word));
        if !smallest && !strange && !is_attested(passage, i, &edit.replacement) {
            continue;
        }
        // `breathed with joy`: a manner.
        if word == "with" && matches!(text.tag_of(i + 1), Tag::Nn | Tag::Nns) {
            continue;
        }
        if edit.kind == EditKind::Drop {
            doubt(sink.add(span, format!("“{word}” does not belong here")).suggest(""), edit);
        } else {
            let repair = cased(text.normal(i), &edit.replacement);
            doubt(sink.add(span, format!("“{word}” does not fit here")).suggest(repair), edit);
        }
    }
    report(passage, story, Fault::FunctionWord, sink);
}

/// Whether a word says so little that another of its kind may have been meant. *Unlike*, *beyond* and *among*, conjunctions and
/// auxiliaries say something that no count of neighbours alone can doubt.
fn is_smallest(word: &str) -> bool {
    matches!(word, "a" | "an" | "the" | "of" | "to" | "in" | "on" | "at" | "for" | "by" | "with" | "from")
}

/// Whether the reference has `replacement` beside the word before or behind token `i`, or where it is empty those two side by side.
fn is_attested(passage: &Passage<'_>, i: usize, replacement: &str) -> bool {
    let Some(reference) = &passage.reference else { return false };
    let (text, b) = (&passage.text, &reference.text);
    let before = i.checked_sub(1).map_or("", |k| text.lower(k));
    let after = text.lower(i + 1);
    let beside = |a: &str, c: &str| (1..b.tokens.len()).any(|j| b.lower(j - 1) == a && b.lower(j) == c);
    if replacement.is_empty() {
        beside(before, after)
    } else {
        beside(before, replacement) || beside(replacement, after)
    }
}

/// What grammar proves at token `i`: the end of the words, what to write, and why.
fn proved(text: &Analysis<'_>, i: usize) -> Option<(usize, String, String)> {
    let (lower, next) = (text.lower(i), text.lower(i + 1));
    if !adjoin(text, i) {
        return None;
    }
    let opens = text.sentences[text.tokens[i].sentence].start == i;
    let article = matches!(lower, "a" | "an") && (text.normal(i) != "A" || opens);
    if article
        && text.tag_of(i) == Tag::Dt
        && !matches!(next, "a" | "and" | "i" | "or" | "u")
        && let Some(an) = takes_an(text.normal(i + 1))
        && an != (lower == "an")
    {
        let right = if an { "an" } else { "a" };
        return Some((i + 1, right.to_owned(), format!("“{right}” before the sound of “{}”", text.original(i + 1))));
    }
    if (article || lower == "the")
        && matches!(next, "a" | "an" | "the" | "this" | "these" | "their" | "his")
        && next != lower
        && text.normal(i + 1) == next
        && text.tag_of(i + 2) != Tag::Punct
    {
        return Some((i + 2, next.to_owned(), "two articles in a row".to_owned()));
    }
    let lemma = text.lemma(i);
    if lower == "to" && is_between(text, i) {
        return Some((i + 1, "and".to_owned(), "“between” asks for “and”".to_owned()));
    }
    match (lower, next) {
        // `comprised of` is a passive.
        ("comprise" | "comprises" | "comprising", "of") => {
            Some((i + 2, lower.to_owned(), "“comprise” takes no “of”".to_owned()))
        }
        ("and", "or") => Some((i + 2, "and/or".to_owned(), "two conjunctions in a row".to_owned())),
        ("according", "the" | "a" | "an" | "this" | "his" | "her" | "their" | "its" | "our" | "some") => {
            Some((i + 1, "according to".to_owned(), "“according” asks for “to”".to_owned()))
        }
        ("according", "with") => Some((i + 2, "according to".to_owned(), "“according” asks for “to”".to_owned())),
        ("despite", "of") => Some((i + 2, "despite".to_owned(), "“despite” takes no “of”".to_owned())),
        ("order", _)
            if i > 0
                && text.lower(i - 1) == "in"
                && (text.tag_of(i + 1) == Tag::Vb || parts_of_speech(next) == Some("VB")) =>
        {
            Some((i + 1, "order to".to_owned(), "“in order” asks for “to”".to_owned()))
        }
        (_, "of") if lemma == "depend" && text.tag_of(i).is_verb() => {
            Some((i + 2, format!("{lower} on"), "“depend” asks for “on”".to_owned()))
        }
        (_, "about") if lemma == "discuss" && text.tag_of(i).is_verb() => {
            Some((i + 2, lower.to_owned(), "“discuss” takes no “about”".to_owned()))
        }
        _ => None,
    }
}

/// Whether token `i` parts the two numbers of a `between`: `between 1.2 million to 2 million`.
fn is_between(text: &Analysis<'_>, i: usize) -> bool {
    let numeric = |k: usize| {
        matches!(text.tokens[k].kind, Kind::Number | Kind::Symbol)
            || text.tag_of(k) == Tag::Cd
            || is_scale(text.lower(k))
            || matches!(text.lower(k), "percent" | "about" | "some")
    };
    let sentence = text.sentences[text.tokens[i].sentence].start;
    let run = (sentence..i).rev().take_while(|&k| numeric(k)).last();
    let next = text.tokens.get(i + 1).is_some_and(|_| numeric(i + 1));
    next && run.is_some_and(|k| k > sentence && text.lower(k - 1) == "between" && k < i)
}
