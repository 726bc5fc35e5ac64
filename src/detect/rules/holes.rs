//! Places where a sentence has lost a noun, a verb or its subject, as far as its own words show: the part of `omission`
//! that needs no reference.

use super::fluent::{adjoin, doubt, reportable, supported};
use crate::config::Severity;
use crate::detect::{Finding, Passage, Sink};
use crate::span::Span;
use crate::text::fluency::EditKind;
use crate::text::{Analysis, Tag};

/// Adds what seems to be missing from `passage`.
pub fn check(passage: &Passage<'_>, sink: &mut Sink<'_>) {
    if passage.display || !passage.text.english {
        return;
    }
    let text = &passage.text;
    let mut at: Vec<usize> = Vec::new();
    for i in 0..text.tokens.len() {
        if let Some((gap, what)) = proved(passage, i)
            && !supported(passage, gap..gap)
        {
            at.push(gap);
            add(passage, sink, gap, what);
        }
    }
    for edit in reportable(passage, &[EditKind::Hole]) {
        let gap = edit.tokens.start;
        let (before, after) = (gap.checked_sub(1).map_or("", |i| text.lemma(i)), text.lower(gap));
        // `is to be`, `will be back`
        if edit.replacement == "VBD+VBN" && before == "be" && matches!(after, "to" | "of" | "from") {
            continue;
        }
        if at.iter().any(|g| g.abs_diff(gap) < 3) || edit.replacement.starts_with("NN") && !lacks_noun(text, gap) {
            continue;
        }
        let what = match edit.replacement.as_str() {
            "NN" | "NNS" | "NNP" => "a noun",
            "he" => "a subject",
            _ => "a verb",
        };
        doubt(add(passage, sink, gap, what), edit);
    }
}

/// Whether a noun can be missing before token `gap`: no noun stands there or begins a group there, and none stands before it.
fn lacks_noun(text: &Analysis<'_>, gap: usize) -> bool {
    let before = gap.checked_sub(1).map_or(Tag::Punct, |i| text.tag_of(i));
    let (tag, next) = (text.tag_of(gap), text.tag_of(gap + 1));
    // `the highest known price`, `the police`, `about China's future`
    let described = matches!(tag, Tag::Vbn | Tag::Vbg | Tag::Jj | Tag::Jjs | Tag::Jjr) && next.is_noun();
    let begins = matches!(before, Tag::In | Tag::To) && matches!(tag, Tag::Dt | Tag::Prps | Tag::Prp | Tag::Cd);
    // `by the police | after the fire`, `the rally | may`
    !(tag.is_noun() || described || begins || before.is_noun())
}

fn add<'s>(passage: &Passage<'_>, sink: &'s mut Sink<'_>, gap: usize, what: &str) -> &'s mut Finding {
    let text = &passage.text;
    let opens = text.tokens.get(gap).is_none_or(|t| text.sentences[t.sentence].start == gap);
    let place = match gap.checked_sub(1) {
        Some(before) if !opens || gap == text.tokens.len() => text.tokens[before].span.end,
        _ => text.tokens.get(gap).map_or(0, |t| t.span.start),
    };
    sink.add(passage.at(Span::empty(place)), format!("{what} seems to be missing here")).weigh(Severity::Minor)
}

/// What grammar proves at token `i`: the token before which something is missing, and what.
fn proved(passage: &Passage<'_>, i: usize) -> Option<(usize, &'static str)> {
    let text = &passage.text;
    let (lower, next) = (text.lower(i), text.lower(i + 1));
    let same = text.tokens.get(i + 1).is_some_and(|t| t.sentence == text.tokens[i].sentence);
    let written = text.normal(i);
    match lower {
        "," if next == "," && same => return Some((i + 1, "a word")),
        "the" | "an" | "our" | "their" | "my" if same && matches!(next, "." | "," | ";" | "?" | "!") => {
            return Some((i + 1, "a noun"));
        }
        "a" if same && written == "a" && matches!(next, "." | "?" | "!") => return Some((i + 1, "a noun")),
        "the" | "an" | "a" if written != "A" && next != "'" && adjoin(text, i) => {
            let verb = matches!(next, "is" | "are" | "was" | "were" | "has" | "of" | "'s");
            let joint = lower != "a" && matches!(next, "and" | "or" | "with" | "from" | "for");
            if verb || joint {
                return Some((i + 1, "a noun"));
            }
        }
        "'s" if text.tokens[i].spaced && text.tokens.get(i + 1).is_some_and(|t| t.spaced) => {
            return Some((i, "a name or noun"));
        }
        "the" if next == "'" && text.lower(i + 2) == "s" && !text.tokens[i + 2].spaced => {
            return Some((i + 1, "a name or noun"));
        }
        "\"" if next == "\""
            && text.tokens[i].spaced
            && !text.tokens[i + 1].spaced
            && text.tokens.get(i + 2).is_none_or(|t| t.spaced || text.tag_of(i + 2) == Tag::Punct) =>
        {
            return Some((i + 1, "a word"));
        }
        _ => {}
    }
    subject(passage, i).then_some((i, "a subject"))
}

/// Whether a statement begins with its verb: `Has announced that …`, `And can say it is.`
fn subject(passage: &Passage<'_>, i: usize) -> bool {
    let text = &passage.text;
    let sentence = &text.sentences[text.tokens[i].sentence];
    let opens = i == sentence.start || (i == sentence.start + 1 && matches!(text.lower(i - 1), "and" | "but" | "\""));
    if !opens || text.tokens[i].quoted || sentence.len() < 6 {
        return false;
    }
    let question = sentence.clone().any(|k| text.lower(k) == "?");
    let next = text.tag_of(i + 1);
    !question
        && match text.lower(i) {
            "has" => matches!(next, Tag::Vbn | Tag::Vbd) || text.lower(i + 1) == "been",
            "can" | "could" | "would" | "should" | "must" | "will" | "might" => {
                next == Tag::Vb && text.lower(i + 1) != "not"
            }
            "is" | "was" => matches!(next, Tag::Vbn | Tag::Vbg) || matches!(text.lower(i + 1), "also" | "a" | "an"),
            _ => false,
        }
}
