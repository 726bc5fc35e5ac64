//! `stray-punctuation`

use super::words::{has_finite_verb, is_brand, is_finite, is_particle, says};
use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::{Analysis, Kind, Tag};

pub const RULE: Rule = Rule {
    id: "stray-punctuation",
    category: "Linguistic conventions/Punctuation",
    severity: Severity::Major,
    needs: Needs::TextOrMore,
    english: true,
    summary: "a stop or comma too many, or one that breaks a sentence",
    doc: "Doubled marks (`said. .`, `,,`, `?.`, a comma on both sides of a closing quote), and a full stop that is followed by \
          the sentence's own rest in lower case (`operation.” serve as a pretext`, `The chairman. told the newspaper`). \
          Abbreviations, ellipses, spaced ellipses and names written small stay silent. A stop that cuts off a mere phrase is a \
          `fragment`.",
    example: ("the department said. .", "the department said."),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    for i in 0..text.tokens.len() {
        if text.tokens[i].kind == Kind::Punct {
            doubled(passage, i, sink);
        }
        breaks(passage, i, sink);
    }
    super::strays::check(passage, story, sink);
    against_reference(passage, sink);
}

fn is_stop(text: &Analysis<'_>, i: usize) -> bool {
    text.lower(i) == "." && text.tokens[i].kind == Kind::Punct
}

/// Two marks where one is enough.
fn doubled(passage: &Passage<'_>, i: usize, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let Some(next) = text.tokens.get(i + 1) else { return };
    let (a, b) = (text.lower(i), text.lower(i + 1));
    let spaced = next.spaced;
    let second = Span::new(text.tokens[i].span.end, next.span.end);
    let first = text.tokens[i].span;
    match (a, b) {
        (".", ".") => {
            // Three spaced stops are an ellipsis.
            let ellipsis = (i >= 1 && is_stop(text, i - 1)) || text.lower(i + 2) == ".";
            if !ellipsis {
                sink.add(passage.at(second), "a second full stop").suggest("");
            }
        }
        (",", ",") => {
            sink.add(passage.at(if spaced { second } else { first }), "a doubled comma").suggest("");
        }
        ("," | ";", ".") if !text.tokens.get(i + 2).is_some_and(|t| !t.spaced && t.kind == Kind::Number) => {
            sink.add(passage.at(first), "a comma before the full stop").suggest("");
        }
        (".", ",") if !spaced => {
            sink.add(passage.at(first), "a full stop before the comma").suggest("");
        }
        ("?" | "!", ".") => {
            sink.add(passage.at(second), "the question or exclamation mark ends the sentence already").suggest("");
        }
        ("," | ".", "\"")
            if text.lower(i + 2) == "," && text.tokens.get(i + 2).is_some_and(|t| !t.spaced) && a == "," =>
        {
            sink.add(passage.at(text.tokens[i + 2].span), "a comma on both sides of the closing quote").suggest("");
        }
        (".", "\"") if is_stop_at(text, i + 2) && !spaced => {
            sink.add(passage.at(text.tokens[i + 2].span), "a full stop on both sides of the closing quote").suggest("");
        }
        (":" | ";", ":" | ";" | ",") if !spaced => {
            sink.add(passage.at(text.tokens[i + 1].span), "two marks where one is enough").suggest("");
        }
        _ => {}
    }
}

fn is_stop_at(text: &Analysis<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| t.kind == Kind::Punct && !t.spaced)
        && text.lower(i) == "."
        && text.lower(i + 1) != "."
}

/// A stop that the sentence runs over.
fn breaks(passage: &Passage<'_>, i: usize, sink: &mut Sink<'_>) {
    let text = &passage.text;
    if !is_stop(text, i) || i == 0 || text.lower(i - 1) == "." {
        return;
    }
    let quoted = text.lower(i + 1) == "\"" && text.tokens.get(i + 1).is_some_and(|t| !t.spaced);
    let next = i + 1 + usize::from(quoted);
    if !starts_small(text, next) || !text.tokens[next].spaced {
        return;
    }
    if quoted {
        // “I did it.” he said: a comma is wanted, not nothing.
        let attribution = says(text, next)
            || matches!(text.tag_of(next), Tag::Prp) && (says(text, next + 1) || is_finite(text, next + 1));
        let span = text.tokens[i].span.cover(text.tokens[i + 1].span);
        let mark = &text.text[text.tokens[i + 1].span.range()];
        let finding = sink.add(passage.at(span), "a full stop breaks the sentence, which goes on in lower case");
        if attribution {
            finding.suggest(format!(",{mark}"));
        } else {
            finding.suggest(mark);
        }
        return;
    }
    let sentence = &text.sentences[text.tokens[i].sentence];
    let before = sentence.start..i;
    // Without a verb before the stop, the stop parts subject and verb; with one, it cuts off a phrase: a fragment.
    let rest = text.sentences.get(text.tokens[next].sentence).cloned().unwrap_or(next..text.tokens.len());
    if before.len() >= 3 && !has_finite_verb(text, before.clone()) && has_finite_verb(text, rest) && !passage.display {
        sink.add(passage.at(text.tokens[i].span), "a full stop parts the sentence's subject from its verb").suggest("");
    }
}

/// Whether token `i` begins with a small letter and is no name that does so.
pub(super) fn starts_small(text: &Analysis<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word)
        && text.normal(i).starts_with(char::is_lowercase)
        && !is_brand(text.normal(i))
        && !(is_particle(text.lower(i)) && text.is_capitalised(i + 1) && i + 1 < text.tokens.len())
        && !text.normal(i).contains('.')
}

/// A comma that the reference does not have, between words that answer one another and never take one: a verb and its
/// object, a preposition and its noun.
fn against_reference(passage: &Passage<'_>, sink: &mut Sink<'_>) {
    let Some((words, reference)) = passage.words() else { return };
    let text = &passage.text;
    for i in 1..text.tokens.len().min(words.to_b.len()).saturating_sub(1) {
        if text.tokens[i].kind != Kind::Punct
            || !matches!(text.lower(i), "," | ":" | ";" | "." | "!" | "?" | "-" | "'")
            || words.to_b[i].is_some()
            || text.tokens[i].spaced
        {
            continue;
        }
        let (Some(a), Some(b)) = (words.to_b[i - 1], words.to_b[i + 1]) else { continue };
        if words.likeness[i - 1] == 0.0
            || words.likeness[i + 1] == 0.0
            || b != a + 1
            || !text.tokens[i - 1].is_word()
            || !text.tokens[i + 1].is_word()
        {
            continue;
        }
        let bound =
            matches!(text.tag_of(i - 1), Tag::Dt | Tag::In | Tag::To | Tag::Prps | Tag::Md | Tag::Pos | Tag::Jj)
                || matches!(text.tag_of(i + 1), Tag::Pos)
                || (text.tag_of(i - 1).is_verb()
                    && matches!(text.tag_of(i + 1), Tag::Dt | Tag::Prps | Tag::Nn | Tag::Nns | Tag::Jj))
                || (matches!(text.tag_of(i - 1), Tag::Prp | Tag::Nn | Tag::Nns | Tag::Nnp) && is_finite(text, i + 1))
                || text.lower(i) != ",";
        let span = passage.at(text.tokens[i].span);
        // Writers differ in where a sentence pauses, but before joints and behind adverbs.
        let odd = words.likeness[i - 1].min(words.likeness[i + 1]) >= SAME
            && !text.tag_of(i - 1).is_adverb()
            && !text.tag_of(i + 1).is_adverb()
            && !matches!(text.tag_of(i + 1), Tag::Cc | Tag::In | Tag::Wdt | Tag::Wp | Tag::Wrb | Tag::Vbg | Tag::Vbn);
        if (bound || odd) && !sink.places().iter().any(|other| other.touches(span)) {
            sink.add(span, "the reference has no mark here, and the words on both sides belong together")
                .suggest("")
                .weigh(Severity::Minor)
                .sure(if bound { 0.8 } else { 0.32 })
                .against(reference.text.span(a..b + 1).shifted(reference.offset));
        }
    }
}

/// Words that have so much in common are one word.
const SAME: f32 = 0.65;
