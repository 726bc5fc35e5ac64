//! Sentences that differ from their reference nearly throughout: a list of all that is otherwise tells an editor less than the reference's
//! own sentence does.

use super::{Finding, Passage, Sink, Story, registry, sort};
use crate::config::{Config, Severity};
use crate::span::Span;
use std::ops::Range;

/// The rule under whose name such a sentence is told.
const RULE: &str = "mistranslation";
/// An answer that is so many times as long is none.
const LONGER: usize = 3;
/// The most that is certain: where three raters read such a sentence, one of them marks something nine times in ten or more often.
const SURE: f32 = 0.9;
/// Fewest differences that make it a rewording.
const FEWEST: usize = 4;
/// What share of the links of a sentence a sentence of the reference has to have to be answered by it, one over this.
const ANSWERED: usize = 4;

/// Puts one finding in the place of many where they cover half of a sentence or more. `findings` are in order of place, and stay so.
pub(super) fn gathered(findings: Vec<Finding>, story: &Story<'_>, config: &Config) -> Vec<Finding> {
    let asked = config.runs(RULE) && config.min_confidence.is_none_or(|least| least <= f64::from(SURE));
    let Some(rule) = registry::by_id(RULE).filter(|_| asked && story.reference.is_some()) else {
        return findings;
    };
    let severity = config.severities.get(RULE).copied().unwrap_or(Severity::Minor);
    let mut rewrites = Vec::new();
    let mut gone = vec![false; findings.len()];
    for passage in story.passages.iter().filter(|passage| passage.reference.is_some()) {
        for sentence in passage.text.sentences.iter().filter(|sentence| !sentence.is_empty()) {
            let span = passage.tokens_at(sentence.clone());
            let from = findings.partition_point(|finding| finding.span.start < span.start);
            let to = findings.partition_point(|finding| finding.span.start < span.end);
            let inside = || (from..to).filter(|&k| findings[k].span.end <= span.end);
            let spans = inside().map(|k| findings[k].span);
            if inside().count() < FEWEST || covered(spans) * 2 < span.end - span.start {
                continue;
            }
            let Some((answer, place)) =
                answer(passage, sentence).filter(|(text, _)| text.len() <= LONGER * (span.end - span.start))
            else {
                continue;
            };
            let doubt: f32 = inside().map(|k| 1.0 - findings[k].confidence).product();
            let mut sink = Sink { rule, out: &mut rewrites };
            let rewrite = sink.add(span, "worded otherwise throughout: the reference has a sentence of its own");
            rewrite.weigh(severity).sure((1.0 - doubt).min(SURE)).suggest(answer).against(place);
            // How sure it is follows from those that it tells of, whose odds are fitted.
            rewrite.compared = false;
            // A story is to be mended, and who writes the sentence anew needs no list; in a corpus all kinds of faults are counted.
            for k in inside().filter(|_| story.whole) {
                let known = matches!(findings[k].rule, "calque" | "false-friend");
                gone[k] = findings[k].compared && !known && findings[k].severity <= Severity::Minor;
            }
        }
    }
    if rewrites.is_empty() {
        return findings;
    }
    let mut gone = gone.into_iter();
    let mut told: Vec<Finding> = findings.into_iter().filter(|_| !gone.next().unwrap_or(false)).collect();
    told.append(&mut rewrites);
    sort(&mut told);
    told
}

/// How many bytes lie in any of the spans, which are in order of their starts.
fn covered(spans: impl Iterator<Item = Span>) -> usize {
    let (mut total, mut end) = (0, 0);
    for span in spans {
        total += span.end.saturating_sub(span.start.max(end));
        end = end.max(span.end);
    }
    total
}

/// The sentences of the reference that answer a sentence, and where they stand in the whole reference.
fn answer(passage: &Passage<'_>, sentence: &Range<usize>) -> Option<(String, Span)> {
    let (words, reference) = passage.words()?;
    let other = &reference.text;
    let mut links = vec![0; other.sentences.len()];
    for j in sentence.clone().filter_map(|i| words.to_b.get(i).copied().flatten()) {
        links[other.tokens[j].sentence] += 1;
    }
    let total: usize = links.iter().sum();
    let answers = |k: &usize| links[*k] > 0 && links[*k] * ANSWERED >= total;
    let (first, last) = ((0..links.len()).find(answers)?, (0..links.len()).rfind(answers)?);
    let tokens = other.sentences[first].start..other.sentences[last].end;
    Some((other.slice(tokens.clone()).to_owned(), other.span(tokens).shifted(reference.offset)))
}
