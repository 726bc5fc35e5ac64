//! `addition`

use super::against::report;
use super::gaps::added;
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Rule, Sink, Story};
use crate::span::Span;

pub const RULE: Rule = Rule {
    id: "addition",
    category: "Accuracy/Addition",
    severity: Severity::Major,
    needs: Needs::TextOrMore,
    english: true,
    summary: "content of the translation that the reference does not have",
    doc: "A phrase of at least two content words, a sentence or a paragraph of the translation that answers nothing in the reference, \
          where the reference has no other wording either. Flagged are the words with the space and commas that go with them. Longer \
          wordings, articles, titles and clauses that changed places stay silent. With a source alone: a passage far longer than its source \
          lets expect.",
    example: (
        "The minister, who is popular among farmers, asked (reference: The minister asked)",
        "The minister asked",
    ),
    check: Check::Story(check),
};

/// A translation so much longer than expected says what its source does not.
const LONG: f64 = 2.8;

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    for passage in &story.passages {
        let Some((words, reference)) = passage.words() else {
            if super::lengths::ratio(passage).is_some_and(|ratio| ratio > LONG) {
                let first = passage.text.tokens.iter().position(crate::text::Token::is_word).unwrap_or(0);
                let all = first..passage.text.tokens.len();
                sink.add(passage.tokens_at(all), "far longer than its source lets expect").sure(0.6);
            }
            continue;
        };
        let (a, b) = (&passage.text, &reference.text);
        for gap in added(a, b, words) {
            let start = gap.tokens.start.checked_sub(1).map_or(0, |i| a.tokens[i].span.end);
            let span = Span::new(start, a.tokens[gap.tokens.end - 1].span.end);
            let severity = if gap.certain { Severity::Major } else { Severity::Minor };
            sink.add(passage.at(span), "the reference does not have this")
                .suggest("")
                .weigh(severity)
                .sure(if gap.certain { 0.75 } else { 0.55 })
                .compared();
        }
        report(passage, story, Fault::Addition, sink);
    }
    for span in &story.surplus {
        sink.add(*span, "nothing in the reference answers this sentence").suggest("");
    }
}
