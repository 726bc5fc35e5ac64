//! `calque`

use crate::config::Severity;
use crate::detect::lexicon::{Entry, Evidence, Hit, Kind};
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::fluency::{Gain, gain};
use crate::text::{Analysis, capitalised, takes_an};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "calque",
    category: "Style/Unidiomatic",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "a phrase of the source language translated word for word",
    doc: "`The head of Russian diplomacy` is how French says *foreign minister*. The phrases, with what English writes instead, the \
          languages that they come from and the reason, are in `corpora/lexicon/`; severity is the entry's own. Context decides \
          where a phrase is good English elsewhere. Idioms, officialese and attributions that English does not have are reported here \
          too; the message says which. The story's other phrases, the source and the reference make a finding more or less likely. \
          `fauxami rules --lexicon` lists what is known.",
    example: ("the head of Russian diplomacy", "the Russian foreign minister"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    report(passage, story, sink);
}

/// How much worse than the flagged words a suggestion has to read before it cannot be meant for them, and by how much another one has to
/// read better: the first one written is the best wherever it fits at all.
const UNREADABLE: f32 = -6.0;
const BETTER: f32 = 3.0;

/// Adds a finding for each entry of the rule's kinds that stands in the passage.
pub(super) fn report(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    for hit in passage.phrases(story.lexicon) {
        let entry = story.lexicon.entry(hit.entry);
        if entry.kind.rule() != sink.rule.id {
            continue;
        }
        let evidence = Evidence::of(hit, passage, story);
        let (span, suggestions) = match hit.suggestions.first() {
            Some(first) if first.is_empty() => {
                let (span, suggestion) = deletion(passage, hit.tokens.clone());
                (span, vec![suggestion])
            }
            _ => with_article(passage, hit),
        };
        let finding = sink.add(span, message(entry, &evidence));
        finding.category = entry.kind.category();
        finding.weigh(entry.severity).sure(evidence.weigh(entry.confidence));
        if let Some(reference) = evidence.reference {
            finding.against(reference);
        }
        finding.suggest_all(suggestions);
    }
}

/// The reason, with what the phrase is, where it comes from, and what speaks for that.
fn message(entry: &Entry, evidence: &Evidence) -> String {
    let mut facts = Vec::new();
    let origin: Vec<&str> = entry.sources.keys().map(String::as_str).take(4).collect();
    let origin = if origin.is_empty() { String::new() } else { format!("from {}", origin.join(", ")) };
    let kind = match entry.kind {
        Kind::Calque | Kind::FalseFriend => "",
        kind => kind.name(),
    };
    let both = [kind, origin.as_str()].into_iter().filter(|x| !x.is_empty()).collect::<Vec<_>>().join(" ");
    facts.extend((!both.is_empty()).then_some(both));
    facts.extend(evidence.notes.iter().cloned());
    if facts.is_empty() { entry.reason.clone() } else { format!("{} ({})", entry.reason, facts.join("; ")) }
}

/// The words to replace, with the article before them where it does not agree with what is suggested.
fn with_article(passage: &Passage<'_>, hit: &Hit) -> (Span, Vec<String>) {
    let text = &passage.text;
    let (span, suggestions) = (passage.tokens_at(hit.tokens.clone()), by_fit(text, hit));
    let Some(before) = hit.tokens.start.checked_sub(1) else { return (span, suggestions) };
    let article = text.original(before);
    let an = |suggestion: &String| takes_an(suggestion).unwrap_or(text.lower(before) == "an");
    let agrees = suggestions.iter().all(|s| an(s) == (text.lower(before) == "an"));
    if !matches!(article, "a" | "an" | "A" | "An")
        || text.tokens[before].sentence != text.tokens[hit.tokens.start].sentence
        || agrees
    {
        return (span, suggestions);
    }
    let write = |s: &String| format!("{}{} {s}", &article[..1], if an(s) { "n" } else { "" });
    (passage.tokens_at(before..hit.tokens.end), suggestions.iter().map(write).collect())
}

/// What an entry suggests. One that cannot stand in the place gives way to one that can: an entry may hold several phrases (`a vaccine
/// from`, `make vaccinations`).
fn by_fit(text: &Analysis<'_>, hit: &Hit) -> Vec<String> {
    let mut out = hit.suggestions.clone();
    if out.len() < 2 || out.iter().any(String::is_empty) {
        return out;
    }
    let fit = |suggestion: &String| {
        let other = Analysis::english(suggestion);
        gain(text, hit.tokens.clone(), &other, 0..other.tokens.len()).map_or(f32::MIN, Gain::sum)
    };
    let fits: Vec<f32> = out.iter().map(fit).collect();
    let best = (1..out.len()).fold(0, |best, k| if fits[k] > fits[best] { k } else { best });
    if fits[0] < UNREADABLE && fits[best] >= fits[0] + BETTER {
        out[..=best].rotate_right(1);
    }
    out
}

/// What goes with a phrase that is to be cut: the space before it; at the head of a sentence the next word, which takes
/// the capital.
fn deletion(passage: &Passage<'_>, tokens: Range<usize>) -> (Span, String) {
    let text = &passage.text;
    let sentence = &text.sentences[text.tokens[tokens.start].sentence];
    let head = sentence.clone().find(|&i| text.tokens[i].is_word()) == Some(tokens.start);
    let comma = text.lower(tokens.end) == ",";
    let next = tokens.end + usize::from(comma && head);
    if head && next < sentence.end && text.tokens[next].is_word() {
        return (passage.tokens_at(tokens.start..next + 1), capitalised(text.original(next)));
    }
    let start = tokens.start.checked_sub(1).map_or(text.tokens[tokens.start].span.start, |i| text.tokens[i].span.end);
    (passage.at(Span::new(start, text.tokens[tokens.end - 1].span.end)), String::new())
}
