//! `boilerplate`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};

pub const RULE: Rule = Rule {
    id: "boilerplate",
    category: "Design and markup/Page furniture",
    severity: Severity::Major,
    needs: Needs::Text,
    english: false,
    summary: "web furniture left in the copy: comment notices, share buttons, credits on their own",
    doc: "A paragraph or sentence that is nothing but page furniture (`Comments are closed.`, `Read also: …`, `Lire aussi`) is \
          flagged whole. The phrases are in `corpora/lexicon/boilerplate.toml`, in English and in the languages whose sites are \
          translated most; they are compared in lower case without closing marks, and never inside a sentence.",
    example: ("Comments are closed.", "(cut the line)"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let trimmed = text.text.trim();
    if trimmed.len() > 600 || text.tokens.is_empty() {
        // A long paragraph is looked at sentence by sentence only at its end, where furniture sticks.
        if let Some(last) = text.sentences.last().cloned() {
            sentence(passage, story, last, sink);
        }
        return;
    }
    if let Some(language) = story.lexicon.boilerplate(trimmed, text.words()) {
        let message = message(language);
        sink.add(passage.tokens_at(0..text.tokens.len()), message).suggest("");
        return;
    }
    if text.sentences.len() > 1 {
        for range in text.sentences.clone() {
            sentence(passage, story, range, sink);
        }
    }
}

fn sentence(passage: &Passage<'_>, story: &Story<'_>, range: std::ops::Range<usize>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    if range.clone().any(|i| text.tokens[i].quoted) {
        return;
    }
    let words = range.clone().filter(|&i| text.tokens[i].is_word()).count();
    if words >= 2
        && let Some(language) = story.lexicon.boilerplate(text.slice(range.clone()), words)
    {
        let message = message(language);
        sink.add(passage.tokens_at(range), message).suggest("");
    }
}

fn message(language: &str) -> String {
    if language == "en" {
        "page furniture, not part of the story: cut it".to_owned()
    } else {
        format!("page furniture, left in the source language ({language}): cut it")
    }
}
