//! `fragment`

use super::stray_punctuation::starts_small;
use super::words::{has_finite_verb, is_finite};
use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::{Analysis, Tag};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "fragment",
    category: "Linguistic conventions/Sentence structure",
    severity: Severity::Major,
    needs: Needs::Text,
    english: true,
    summary: "a phrase cut off from its sentence by a full stop",
    doc: "Translation engines cut long sentences and leave their tails standing alone: `said Senator X, Democrat of New Hampshire. in \
          a report.` Flagged from the wrong stop to the tail's own: a tail in lower case without a verb of its own, or with a \
          relative clause only, and a lone `According to …`. Short sentences of style (`Not yet.`, `Which is why …`), headlines, \
          captions and results stay silent.",
    example: (
        "said Senator X, Democrat of New Hampshire. in a report.",
        "said Senator X, Democrat of New Hampshire, in a report.",
    ),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    for pair in text.sentences.windows(2) {
        let (before, tail) = (pair[0].clone(), pair[1].clone());
        let Some(stop) = stop_of(text, &before) else { continue };
        if text.tokens[tail.start].quoted || !has_finite_verb(text, before.clone()) && !text.tokens[stop].quoted {
            continue;
        }
        let cut = if starts_small(text, tail.start) { is_tail(text, &tail) } else { is_lone_attribution(text, &tail) };
        if !cut {
            continue;
        }
        let end = last_stop(text, &tail);
        let span = text.span(stop..end);
        let phrase = text.slice(tail.start..end);
        // A lone preposition belongs nowhere.
        let debris = tail.len() == 2 && text.tag_of(tail.start) == Tag::In;
        let joined = if debris { ".".to_owned() } else { join(text, &tail, phrase) };
        sink.add(passage.at(span), "a phrase stands alone that belongs to the sentence before").suggest(joined);
    }
}

/// The full stop that ends `sentence`: a lone one at its very end.
fn stop_of(text: &Analysis<'_>, sentence: &Range<usize>) -> Option<usize> {
    let last = sentence.end.checked_sub(1)?;
    (text.lower(last) == "." && sentence.len() >= 3 && text.lower(last - 1) != ".").then_some(last)
}

/// The token behind the tail's closing stop.
fn last_stop(text: &Analysis<'_>, tail: &Range<usize>) -> usize {
    let mut end = tail.end;
    while end > tail.start + 1 && text.lower(end - 1) == "\"" {
        end -= 1;
    }
    end
}

/// Small letter, and no main clause: a prepositional phrase, a participle, a relative clause, a list.
fn is_tail(text: &Analysis<'_>, tail: &Range<usize>) -> bool {
    let first = tail.start;
    let relative = matches!(text.lower(first), "which" | "who" | "whose" | "whom" | "where" | "that");
    if relative {
        return true;
    }
    let opens = matches!(text.tag_of(first), Tag::In | Tag::To | Tag::Vbg | Tag::Vbn)
        || matches!(text.lower(first), "among" | "including" | "such" | "as");
    let subordinate = matches!(
        text.lower(first),
        "because" | "although" | "while" | "after" | "before" | "if" | "when" | "since" | "as" | "than" | "until"
    );
    opens && (subordinate || !has_finite_verb(text, tail.clone()) || finite_only_in_relative(text, tail))
}

fn finite_only_in_relative(text: &Analysis<'_>, tail: &Range<usize>) -> bool {
    let relative = tail.clone().find(|&i| matches!(text.lower(i), "which" | "who" | "that" | "where" | "whose"));
    let finite = tail.clone().find(|&i| is_finite(text, i));
    matches!((relative, finite), (Some(r), Some(f)) if r < f)
}

/// `According to the governor.` and nothing more.
fn is_lone_attribution(text: &Analysis<'_>, tail: &Range<usize>) -> bool {
    text.lower(tail.start) == "according"
        && text.lower(tail.start + 1) == "to"
        && !has_finite_verb(text, tail.clone())
        && !tail.clone().any(|i| text.lower(i) == ",")
        && tail.len() <= 16
}

/// How the tail joins its sentence: with a comma before participles and attributions, else plainly.
fn join(text: &Analysis<'_>, tail: &Range<usize>, phrase: &str) -> String {
    let comma = matches!(text.tag_of(tail.start), Tag::Vbg | Tag::Vbn)
        || matches!(
            text.lower(tail.start),
            "which" | "who" | "whose" | "where" | "among" | "including" | "according" | "although"
        );
    let mut chars = phrase.chars();
    let first: String = chars.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
    format!("{} {first}{}", if comma { "," } else { "" }, chars.as_str())
}
