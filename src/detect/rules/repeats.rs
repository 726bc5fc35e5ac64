//! Phrases that come again, though not right behind themselves: what `repeated-word` says of stretches and of `X and X`.

use crate::config::Severity;
use crate::detect::{Passage, Sink, Story};
use crate::span::Span;
use crate::text::{Analysis, Kind, Tag};
use std::ops::Range;

/// Finds them.
pub fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let known = sink.places();
    let mut add = |at: usize, end: usize, message: &str, goes: bool| {
        let span = passage.at(Span::new(text.tokens[at].span.end, text.tokens[end - 1].span.end));
        if known.iter().any(|other| other.touches(span)) {
            return;
        }
        let found = sink.add(span, message).weigh(Severity::Minor);
        if goes {
            found.suggest("");
        }
    };
    let mut i = 0;
    while i < text.tokens.len() {
        if let Some(end) = doubled(passage, i) {
            add(i, end, "the word is joined with itself", true);
            i = end;
        } else if let Some((first, second)) = again(passage, story, i) {
            // A comma between the two goes with the second; farther off, what stands between has to be written anew.
            let (n, mut end) = (first.len(), second.end);
            if second.start == first.end + 1 {
                while text.lower(end) == "," && (0..n).all(|k| text.lower(end + 1 + k) == text.lower(first.start + k)) {
                    end += n + 1;
                }
                add(first.end - 1, end, "the phrase stands twice", true);
            } else {
                add(second.start - 1, end, "the same words stand shortly before", false);
            }
            i = end;
        } else {
            i += 1;
        }
    }
}

/// Words that English joins with themselves: `hours and hours`, `more and more`, `neck and neck`.
const JOINED: [&str; 32] = [
    "again",
    "more",
    "less",
    "neck",
    "day",
    "night",
    "week",
    "month",
    "year",
    "hour",
    "minute",
    "decade",
    "century",
    "mile",
    "time",
    "generation",
    "half",
    "ton",
    "load",
    "pound",
    "hundred",
    "thousand",
    "million",
    "lot",
    "bit",
    "layer",
    "piece",
    "page",
    "row",
    "wave",
    "side",
    "people",
];

/// The token behind a noun that *and* joins with itself at token `i`: `components and components`.
fn doubled(passage: &Passage<'_>, i: usize) -> Option<usize> {
    let text = &passage.text;
    let word = text.lower(i);
    let joint = matches!(text.lower(i + 1), "and" | "or");
    let plain =
        |k: usize| text.tokens.get(k).is_some_and(|t| t.kind == Kind::Word && !t.quoted) && !text.is_capitalised(k);
    let same = joint && text.lower(i + 2) == word && text.tokens[i].sentence == text.tokens[i + 2].sentence;
    if !same || !plain(i) || !plain(i + 2) || word.chars().count() < 4 || !text.tag_of(i).is_noun() {
        return None;
    }
    // `years and years`; `theft and theft of data`, `villages and villages near by`: the second is another thing.
    let more = JOINED.contains(&text.lemma(i)) || JOINED.contains(&word);
    let further =
        ["of", "-", "and", "or", "&", "around", "near", "outside", "beyond", "from", "with", "without", "like"];
    let goes_on = further.contains(&text.lower(i + 3))
        || matches!(text.tag_of(i + 3), Tag::Wdt | Tag::Wp | Tag::Wrb)
        || text.tokens.get(i + 3).is_some_and(|t| t.is_word() && text.tag_of(i + 3).is_noun() && t.spaced);
    // `between state and state`, `state by state`
    let between = (i.saturating_sub(4)..i).any(|k| text.lower(k) == "between") || repeated(passage, i..i + 3);
    (!more && !goes_on && !between).then_some(i + 3)
}

/// Fewest words of a phrase that comes again behind a comma, and of one that comes again anywhere near.
const BEHIND_COMMA: usize = 4;
const ANYWHERE: usize = 7;
/// Tokens at the head of a story that may be its headline.
const OPENING: usize = 35;
/// Most tokens between the beginnings of the two.
const NEAR: usize = 35;

/// The phrase that begins at token `i`, and where it comes again.
fn again(passage: &Passage<'_>, story: &Story<'_>, i: usize) -> Option<(Range<usize>, Range<usize>)> {
    let text = &passage.text;
    if !is_plain(text, i) || text.lower(i).is_empty() {
        return None;
    }
    for j in i + BEHIND_COMMA..(i + NEAR).min(text.tokens.len()) {
        // From its beginning: what stands before the two differs.
        if text.lower(j) != text.lower(i) || i > 0 && text.lower(i - 1) == text.lower(j - 1) && is_plain(text, i - 1) {
            continue;
        }
        let n = (0..j - i)
            .take_while(|&k| is_plain(text, i + k) && is_plain(text, j + k) && text.lower(i + k) == text.lower(j + k))
            .count();
        let content =
            |range: Range<usize>| range.filter(|&k| text.tag_of(k).is_noun() || text.tag_of(k).is_verb()).count();
        let next = text.tokens.get(j + n);
        // `A, A`: nothing but the comma between, and the sentence goes on or ends behind it.
        let comma = j == i + n + 1
            && !text.tokens[i].quoted
            && text.lower(i + n) == ","
            && n >= BEHIND_COMMA
            && next.is_none_or(|t| !t.is_word() || t.spaced);
        let same = text.tokens[i].sentence == text.tokens[j].sentence;
        let long = n >= ANYWHERE && (same || text.tokens[i].sentence + 1 == text.tokens[j].sentence);
        if content(i..i + n) < 2 || !(comma && same || long && is_clause(text, i, j, n)) {
            continue;
        }
        // A headline comes again in the sentence below it; `131 loans, 95 of which … 95` counts on purpose.
        let headed = story.whole && i < OPENING && is_first(passage, story);
        let counts = |k: usize| {
            text.tokens.get(k).is_some_and(|t| !t.is_word() && t.kind != Kind::Punct || t.kind == Kind::Number)
        };
        let listed = counts(i + n) || counts(j + n) || i > 0 && counts(i - 1) || counts(j - 1);
        if !comma && (headed || listed) || repeated(passage, i..i + n) {
            continue;
        }
        return Some((i..i + n, j..j + n));
    }
    None
}

/// Whether no words stand in the story before the passage.
fn is_first(passage: &Passage<'_>, story: &Story<'_>) -> bool {
    story.passages.iter().take(passage.index).all(|before| before.text.words() == 0)
}

/// A word: numbers and marks make tables and lists.
fn is_plain(text: &Analysis<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|t| t.kind == Kind::Word)
}

/// Whether the words are a clause outside of quotations: they have a verb, and most are no names.
fn is_clause(text: &Analysis<'_>, i: usize, j: usize, n: usize) -> bool {
    let verb = (i..i + n).any(|k| super::words::is_finite(text, k));
    let names = (i..i + n).filter(|&k| text.is_capitalised(k)).count();
    verb && names * 2 < n && !text.tokens[i].quoted && !text.tokens[j].quoted
}

/// Whether the reference has these words twice too.
fn repeated(passage: &Passage<'_>, range: Range<usize>) -> bool {
    let (text, n) = (&passage.text, range.len());
    passage.reference.as_ref().is_some_and(|reference| {
        let b = &reference.text;
        let meets = |j: &usize| (0..n).all(|k| b.lower(j + k) == text.lower(range.start + k));
        let times = (0..(b.tokens.len() + 1).saturating_sub(n)).filter(meets).count();
        times > usize::from(n > 3)
    })
}
