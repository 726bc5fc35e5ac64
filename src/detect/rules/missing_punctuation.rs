//! `missing-punctuation`

use super::words::{has_finite_verb, is_finite};
use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::{Kind, Tag};

pub const RULE: Rule = Rule {
    id: "missing-punctuation",
    category: "Linguistic conventions/Punctuation",
    severity: Severity::Minor,
    needs: Needs::TextOrMore,
    english: true,
    summary: "a paragraph without its full stop; two sentences that a comma joins; what the reference has and the sentence needs",
    doc: "Alone: a paragraph of running text (a full sentence of more than sixteen words, or one of several sentences) that ends in a \
          word. Headlines, captions, lists, credits, and paragraphs that end in a quote, bracket, colon or abbreviation stay silent. \
          A comma between two whole sentences, the second with a pronoun, a name or a plain noun phrase for its subject; attributions, \
          denials (`not this, it is that`), lists and what is put under another clause stay silent. \
          With a reference: its closing stop, a stop between two sentences, and the comma that opens a relative clause.",
    example: ("…near the central railway station", "…near the central railway station."),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let Some(last) = text.tokens.len().checked_sub(1) else { return };
    // Behind an address a stop is left out: `travel.gov.gr`.
    let addressed = text.lower(last).contains('.')
        || last > 0 && !text.tokens[last].spaced && text.lower(last - 1) == "." && !text.is_capitalised(last);
    let open = matches!(text.tokens[last].kind, Kind::Word | Kind::Number) && !addressed;
    let mut closed_by_reference = None;
    if let Some(reference) = &passage.reference {
        let b = &reference.text;
        let end = b.tokens.len().checked_sub(1);
        if let Some(end) = end.filter(|&e| matches!(b.lower(e), "." | "?" | "!")) {
            closed_by_reference = Some(b.tokens[end].span.shifted(reference.offset));
        }
    }
    if open {
        let several = text.sentences.len() > 1;
        let sentence = text.sentences.last().cloned().unwrap_or(0..0);
        let running = has_finite_verb(text, sentence) && (!passage.display || several);
        // Alone, a segment may be a headline: it has to look like a report. A story's paragraph has neighbours.
        let reports = running && (story.whole || several || text.tokens.iter().any(|t| t.tag == Tag::Vbd));
        if let Some(span) = closed_by_reference {
            // What the reference closes is a sentence, whatever its length.
            sink.add(passage.at(text.tokens[last].span), "the closing stop is missing; the reference has it")
                .suggest(format!("{}{}", text.original(last), passage_stop(passage)))
                .against(span);
        } else if passage.reference.is_none()
            && !reports
            && passage.source.as_ref().is_some_and(|s| is_closed(s.text.text))
        {
            sink.add(passage.at(text.tokens[last].span), "the closing stop is missing; the source has one")
                .suggest(format!("{}.", text.original(last)))
                .sure(0.85);
        } else if reports && passage.reference.is_none() && !credit(passage) {
            sink.add(passage.at(text.tokens[last].span), "the paragraph ends without its full stop")
                .suggest(format!("{}.", text.original(last)));
        }
    }
    super::run_ons::check(passage, sink);
    against_reference(passage, sink);
}

/// Whether a text of any script ends in a stop.
fn is_closed(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(['"', '\u{201d}', '\u{bb}', '\u{300d}', ')', '\u{ff09}']);
    let marks = ['.', '!', '?', '\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{964}', '\u{61f}', '\u{6d4}'];
    end.ends_with(marks)
}

fn passage_stop(passage: &Passage<'_>) -> &'static str {
    let b = passage.reference.as_ref().map(|r| r.text.text.trim_end());
    match b.and_then(|t| t.chars().next_back()) {
        Some('?') => "?",
        Some('!') => "!",
        _ => ".",
    }
}

/// `Reporting by A; editing by B` and the like.
fn credit(passage: &Passage<'_>) -> bool {
    let text = &passage.text;
    matches!(
        text.lower(0),
        "reporting" | "photo" | "editing" | "written" | "additional" | "by" | "source" | "image" | "("
    ) || matches!(text.lower(0), "associated") && text.lower(1) == "press"
}

fn against_reference(passage: &Passage<'_>, sink: &mut Sink<'_>) {
    let Some((words, reference)) = passage.words() else { return };
    let (text, b) = (&passage.text, &reference.text);
    for i in 1..text.tokens.len().min(words.to_b.len()) {
        let (Some(left), Some(right)) = (words.to_b[i - 1], words.to_b[i]) else { continue };
        if words.likeness[i - 1] == 0.0
            || words.likeness[i] == 0.0
            || right != left + 2
            || b.tokens[left + 1].kind != Kind::Punct
            || words.to_a[left + 1].is_some()
        {
            continue;
        }
        if !text.tokens[i - 1].is_word() || !text.tokens[i].is_word() {
            continue;
        }
        let mark = b.lower(left + 1);
        let needed = match mark {
            "." | "?" | "!" => text.is_capitalised(i) && b.is_capitalised(right),
            "," => {
                let relative = matches!(text.lower(i), "who" | "which" | "whose" | "where" | "whom")
                    && matches!(text.tag_of(i - 1), Tag::Nn | Tag::Nnp | Tag::Nns);
                let attribution = matches!(text.lemma(i), "say" | "tell" | "add") && is_finite(text, i);
                relative || attribution
            }
            ":" | ";" => true,
            _ => false,
        };
        if needed {
            let name = match mark {
                "," => "a comma",
                ":" => "a colon",
                ";" => "a semicolon",
                _ => "a stop",
            };
            sink.add(
                passage.at(Span::empty(text.tokens[i - 1].span.end)),
                format!("{name} is missing; the reference has it"),
            )
            .suggest(mark)
            .against(b.tokens[left + 1].span.shifted(reference.offset));
        }
    }
}
