//! Two sentences with a comma between them, where English wants a stop or a joint: the part of `missing-punctuation` that reads clauses.

use super::verbs::subordinates;
use super::words::{is_denial, says};
use crate::config::Severity;
use crate::detect::{Passage, Sink};
use crate::text::{Analysis, Tag, verb_lemma};
use std::ops::Range;

/// How plainly a comma between two sentences is one too few marks: fiction and speech know it too.
const SPLICED: f32 = 0.6;
/// Fewest words of the first sentence.
const SHORTEST: usize = 4;
/// Most words of what is still taken for a sentence.
const LONGEST: usize = 200;
/// Words that put what follows under another clause, besides those that [`subordinates`] knows.
const OPENERS: [&str; 25] = [
    "after",
    "ago",
    "as",
    "assuming",
    "before",
    "case",
    "considering",
    "day",
    "except",
    "given",
    "lest",
    "like",
    "matter",
    "moment",
    "once",
    "provided",
    "providing",
    "so",
    "suppose",
    "supposing",
    "than",
    "time",
    "whatever",
    "when",
    "i",
];

pub fn check(passage: &Passage<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    if passage.display {
        return;
    }
    for sentence in &text.sentences {
        for comma in sentence.clone().filter(|&i| text.lower(i) == ",") {
            if !text.tokens[comma].quoted && splices(text, sentence, comma) {
                sink.add(passage.tokens_at(comma..comma + 1), "a comma alone joins two sentences")
                    .weigh(Severity::Minor)
                    .sure(SPLICED)
                    .suggest(";")
                    .suggest(", and");
            }
        }
    }
}

/// Whether a whole sentence ends before the comma and another one begins behind it.
pub fn splices(text: &Analysis<'_>, sentence: &Range<usize>, comma: usize) -> bool {
    if sentence.len() > LONGEST || opens(text, comma + 1, sentence.end).is_none() {
        return false;
    }
    let border = |k: usize| matches!(text.lower(k), ";" | ":" | "-" | "--" | "\u{2013}" | "\u{2014}" | "\"");
    // `… declined to comment, but at a conference in May,` opens the second one.
    let leads = |k: usize| {
        text.tag_of(k) == Tag::Cc
            && (matches!(text.tag_of(k + 1), Tag::In | Tag::To | Tag::Vbg | Tag::Cd) || text.tag_of(k + 1).is_adverb())
    };
    let start = (sentence.start..comma).rev().find(|&k| border(k) || leads(k)).map_or(sentence.start, |k| k + 1);
    let first = start..comma;
    // `…, moreover, the restless pair has been gone for years.`
    let aside = comma >= sentence.start + 2 && text.lower(comma - 2) == "," && text.tag_of(comma - 1).is_adverb();
    // `Sold for £25, the shirt has been in demand.`
    let participle = !text.lower(start).ends_with('s') && verb_lemma(text.lower(start)).is_some();
    if first.len() < SHORTEST || aside || text.tag_of(start).is_verb() || text.tag_of(start) == Tag::Md || participle {
        return false;
    }
    let bare = |k: usize| text.lower(k).rsplit('-').next().unwrap_or_default();
    let under = first.clone().any(|k| subordinates(text, k) || OPENERS.contains(&bare(k)) || text.tokens[k].quoted);
    let verbs: Vec<usize> = first.clone().filter(|&k| text.tag_of(k).is_finite()).collect();
    let Some(&verb) = verbs.first() else { return false };
    let subject =
        (start..verb).any(|k| text.tag_of(k).is_noun() || text.tag_of(k) == Tag::Prp || text.tag_of(k) == Tag::Ex);
    // `It is not a bug, it is a feature.` `The more he said, the less they knew.`
    let denied = first.clone().any(|k| is_denial(text.lower(k)) || matches!(text.lower(k), "more" | "less"));
    // `He promised, he swore, he wept.`
    let listed =
        sentence.clone().any(|k| k != comma && text.lower(k) == "," && opens(text, k + 1, sentence.end).is_some());
    subject && !under && !denied && !listed && !says(text, verb)
}

/// The verb of a sentence that begins at `i`, with a pronoun or a plain noun phrase for its subject; none for an attribution or a
/// parenthesis (`he said`, `they believe,`), and none that may be a participle (`the firm founded by her`).
fn opens(text: &Analysis<'_>, i: usize, end: usize) -> Option<usize> {
    let pronoun = matches!(text.lower(i), "he" | "she" | "it" | "they" | "we" | "there" | "this" | "these");
    let definite = text.tag_of(i).is_proper()
        || matches!(text.lower(i), "the" | "this" | "these" | "those" | "his" | "her" | "its" | "their" | "our");
    let inner = |k: usize| text.tag_of(k).is_adjective() || text.tag_of(k).is_noun();
    let phrase = (i + 1..end.min(i + 5)).find(|&k| !inner(k)).filter(|&k| definite && text.tag_of(k - 1).is_noun());
    if !pronoun && phrase.is_none() {
        return None;
    }
    let behind = phrase.unwrap_or(i + 1);
    let verb = (behind..end.min(behind + 2)).find(|&k| !text.tag_of(k).is_adverb())?;
    let participle = phrase.is_some() && text.lower(verb).ends_with("ed");
    let finite = text.tag_of(verb).is_finite() || text.tag_of(verb) == Tag::Md;
    let apart = text.tokens.get(verb + 1).is_none_or(|token| !token.is_word());
    (finite && !participle && !apart && !says(text, verb) && !text.tokens[i].quoted).then_some(verb)
}
