//! The tense in which a story tells who said what: the part of `tense-drift` that needs the whole story.

use super::verbs::{Time, group, is_subordinate};
use crate::config::Severity;
use crate::detect::{Passage, Sink, Story};
use crate::text::{Form, Tag, inflect};
use std::ops::Range;

/// Verbs that a reporter gives a speaker.
const SAYING: [&str; 25] = [
    "say",
    "tell",
    "add",
    "explain",
    "note",
    "stress",
    "emphasize",
    "emphasise",
    "warn",
    "insist",
    "recall",
    "admit",
    "claim",
    "conclude",
    "state",
    "announce",
    "declare",
    "reply",
    "comment",
    "point",
    "continue",
    "complain",
    "argue",
    "assert",
    "remark",
];
/// Past attributions that make the past a story's tense.
const ENOUGH: usize = 3;

/// Reports attributions in the present in a story that attributes in the past: at least three times, and four times as
/// often.
pub fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    if !story.whole {
        return;
    }
    let (mut past, mut present) = (0, Vec::new());
    for passage in story.passages.iter().filter(|p| !p.display) {
        for (verb, time) in attributions(passage) {
            match time {
                Time::Past => past += 1,
                _ => present.push((passage, verb)),
            }
        }
    }
    if past < ENOUGH || present.len() * 4 > past {
        return;
    }
    for (passage, verb) in present {
        if passage.reference.as_ref().is_some_and(|r| r.text.has_word(passage.text.lower(verb))) {
            continue;
        }
        let span = passage.tokens_at(verb..verb + 1);
        if sink.places().iter().any(|known| known.touches(span)) {
            continue;
        }
        sink.add(span, format!("the story attributes in the past elsewhere ({past} times)"))
            .suggest(inflect(passage.text.lemma(verb), Form::Past))
            .weigh(Severity::Minor)
            .sure(0.6);
    }
}

/// The verbs outside quotations by which a person is said to have said something, with their time.
fn attributions(passage: &Passage<'_>) -> Vec<(usize, Time)> {
    let text = &passage.text;
    let mut out = Vec::new();
    for sentence in &text.sentences {
        for i in sentence.clone() {
            let simple = matches!(text.tag_of(i), Tag::Vbd | Tag::Vbz);
            if !simple || text.tokens[i].quoted || !SAYING.contains(&text.lemma(i)) {
                continue;
            }
            let g = group(text, i);
            if g.tokens.len() > 1 || is_subordinate(text, sentence, i) || !is_said(passage, sentence, i) {
                continue;
            }
            out.push((i, if text.tag_of(i) == Tag::Vbd { Time::Past } else { Time::Present }));
        }
    }
    out
}

/// Whether a person stands right before or behind the verb, and what was said beside it.
fn is_said(passage: &Passage<'_>, sentence: &Range<usize>, i: usize) -> bool {
    let text = &passage.text;
    let mark = |k: usize| matches!(text.lower(k), "," | "\"" | "'" | "?" | "!" | ":");
    let beside = |k: Option<usize>| k.is_some_and(|k| sentence.contains(&k) && mark(k));
    let person = |k: usize| {
        sentence.contains(&k)
            && (matches!(text.lower(k), "he" | "she")
                || text.tag_of(k) == Tag::Nnp
                    && text.is_capitalised(k)
                    && text.normal(k).chars().any(char::is_lowercase)
                    && !is_thing(text.lower(k)))
    };
    let before = i.checked_sub(1).is_some_and(person);
    let behind = person(i + 1) && beside(i.checked_sub(1));
    // What is said: a quotation or a comma beside, `that`, or a clause with its own subject.
    let clause =
        text.lower(i + 1) == "that" || matches!(text.tag_of(i + 1), Tag::Prp | Tag::Dt) && text.lower(i) != "tells";
    before && (clause || mark(i + 1) || text.lower(i + 1) == ".") || behind
}

/// Names of what speaks in the present for good: documents, papers, laws, houses.
fn is_thing(lower: &str) -> bool {
    const THINGS: [&str; 28] = [
        "act",
        "article",
        "agency",
        "bank",
        "bible",
        "board",
        "commission",
        "committee",
        "constitution",
        "court",
        "department",
        "facebook",
        "foundation",
        "institute",
        "journal",
        "law",
        "ministry",
        "news",
        "office",
        "party",
        "police",
        "post",
        "report",
        "reuters",
        "times",
        "twitter",
        "university",
        "wikipedia",
    ];
    THINGS.contains(&lower)
}
