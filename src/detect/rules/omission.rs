//! `omission`

use super::against::{missing, report};
use super::gaps::lacking;
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Rule, Sink, Story};
use crate::span::Span;

pub const RULE: Rule = Rule {
    id: "omission",
    category: "Accuracy/Omission",
    severity: Severity::Major,
    needs: Needs::TextOrMore,
    english: true,
    summary: "content of the reference that the translation lacks, or a hole in a sentence",
    doc: "A phrase of at least two content words, a sentence or a paragraph of the reference that nothing in the translation answers, \
          at a place where the translation has no other wording either. Flagged are the words on both sides of the place, or the place \
          with no width between two sentences or paragraphs; the repair has those words too. Shorter wordings, articles, titles, pronouns for names and clauses that changed places stay silent. \
          Without a reference: a sentence that shows that it lost a noun, a verb or its subject (`insisted on a.`, `the were`, `Best \
          Picture,, Best`), always minor; with a source, a passage that has less than half the length that its source lets expect.",
    example: (
        "The mayor asked the court (reference: The mayor, who faces trial, asked the court)",
        "The mayor, who faces trial, asked the court",
    ),
    check: Check::Story(check),
};

/// A translation so much shorter than expected has lost a part.
const SHORT: f64 = 0.42;

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    for passage in &story.passages {
        if passage.text.words() == 0 {
            let other = passage.reference.as_ref().or(passage.source.as_ref());
            let Some(other) = other.filter(|other| other.text.words() > 0) else { continue };
            let all = Span::new(0, passage.text.text.len());
            let found = sink.add(passage.at(all), "nothing is translated here").weigh(Severity::Critical).sure(0.95);
            if passage.reference.is_some() {
                found.suggest(other.text.text).against(Span::new(0, other.text.text.len()).shifted(other.offset));
            }
            continue;
        }
        super::holes::check(passage, sink);
        let Some((words, reference)) = passage.words() else {
            if super::lengths::ratio(passage).is_some_and(|ratio| ratio < SHORT) {
                let end = passage.text.text.trim_end().len();
                sink.add(passage.at(Span::empty(end)), "the source says more than twice as much").sure(0.7);
            }
            continue;
        };
        let (a, b) = (&passage.text, &reference.text);
        for gap in lacking(a, b, words) {
            let at = gap.behind.map_or(0, |i| a.tokens[i].span.end);
            let lost = b.span(gap.tokens.clone());
            let phrase = b.text[lost.range()].trim_matches([',', ' ']);
            let severity = if gap.certain { Severity::Major } else { Severity::Minor };
            sink.add(passage.at(Span::empty(at)), format!("the reference goes on: “{phrase}”"))
                .suggest(missing(passage, gap.tokens.clone()))
                .weigh(severity)
                .sure(if gap.certain { 0.7 } else { 0.45 })
                .against(lost.shifted(reference.offset));
        }
        report(passage, story, Fault::Omission, sink);
    }
    for (at, lost) in &story.missing {
        let text = story.reference.unwrap_or_default().get(lost.range()).unwrap_or_default();
        let head: String = text.chars().take(90).collect();
        let dots = if head.len() < text.len() { "…" } else { "" };
        sink.add(Span::empty(*at), format!("nothing answers the reference's “{head}{dots}”"))
            .suggest(format!(" {text}"))
            .against(*lost);
    }
}
