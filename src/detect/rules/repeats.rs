//! Phrases that come again, though not right behind themselves: what `repeated-word` says of stretches and of `X and X`.

use crate::config::Severity;
use crate::detect::{Passage, Sink, Story};
use crate::span::Span;
use crate::text::{Analysis, Kind, Tag};
use std::ops::Range;

/// Copies of one word, whatever marks part them, that no list and no song has.
const LOOP: usize = 5;

/// Whether the reference says a word twice in a row.
fn in_reference(passage: &Passage<'_>, lower: &str) -> bool {
    passage.reference.as_ref().is_some_and(|reference| {
        let b = &reference.text;
        let words: Vec<usize> = (0..b.tokens.len()).filter(|&j| b.tokens[j].kind != Kind::Punct).collect();
        words.windows(2).any(|pair| pair.iter().all(|&j| b.lower(j) == lower))
    })
}

/// Finds them.
pub fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let known = sink.places();
    let mut add = |at: usize, end: usize, message: &str, goes: bool, severity: Severity| {
        let span = passage.at(Span::new(text.tokens[at].span.end, text.tokens[end - 1].span.end));
        if known.iter().any(|other| other.touches(span)) {
            return;
        }
        let found = sink.add(span, message).weigh(severity);
        if goes {
            found.suggest("");
        }
    };
    // Marks part no two copies.
    let words: Vec<usize> = (0..text.tokens.len()).filter(|&i| text.tokens[i].kind != Kind::Punct).collect();
    let mut w = 0;
    while w < words.len() {
        let i = words[w];
        let copies = words[w..].iter().take_while(|&&k| text.lower(k) == text.lower(i)).count();
        if copies >= LOOP && text.tokens[i].is_word() && !in_reference(passage, text.lower(i)) {
            add(i, words[w + copies - 1] + 1, &format!("said {copies} times in a row"), true, Severity::Major);
            w += copies;
        } else if let Some(end) = doubled(passage, i) {
            add(i, end, "the word is joined with itself", true, Severity::Minor);
            w += 3;
        } else if let Some((n, comma)) = again(passage, story, &words, w) {
            let mut end = w + 2 * n;
            while end + n <= words.len() && same(text, &words[w..w + n], &words[end..end + n]) {
                end += n;
            }
            // The comma goes with the second copy; a whole clause has to be looked at.
            let from = if comma { words[w + n - 1] } else { words[w + n] - 1 };
            add(from, words[end - 1] + 1, "the phrase stands twice", comma, Severity::Minor);
            w = end;
        } else {
            w += 1;
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

/// Fewest words of a phrase that comes again behind a comma, and of one that comes again behind any marks.
const BEHIND_COMMA: usize = 4;
const BEHIND_MARKS: usize = 7;
/// Most words of such a phrase.
const LONGEST: usize = 30;
/// Tokens at the head of a story that may be its headline.
const OPENING: usize = 35;

/// How many words from the `w`th of `words` on come again right behind, with nothing but marks between, and whether that is but a comma.
fn again(passage: &Passage<'_>, story: &Story<'_>, words: &[usize], w: usize) -> Option<(usize, bool)> {
    let text = &passage.text;
    let most = LONGEST.min((words.len() - w) / 2);
    // Most words do not come again at all.
    let again = |n: &usize| text.is_same(words[w], words[w + n]);
    let n =
        (BEHIND_COMMA..=most).rev().filter(again).find(|&n| same(text, &words[w..w + n], &words[w + n..w + 2 * n]))?;
    let (first, second) = (&words[w..w + n], &words[w + n..w + 2 * n]);
    let (last, next) = (first[n - 1], second[0]);
    let whole = |run: &[usize]| run[run.len() - 1] - run[0] + 1 == run.len();
    let comma = next == last + 2 && text.lower(last + 1) == "," && whole(first) && whole(second);
    let plain = first.iter().filter(|&&i| text.tokens[i].kind == Kind::Word);
    let content = plain.clone().filter(|&&i| text.tag_of(i).is_noun() || text.tag_of(i).is_verb()).count();
    // A headline comes again in the sentence below it; crowds chant; tables have numbers.
    let headed = story.whole && first[0] < OPENING && is_first(passage, story);
    let long = n >= BEHIND_MARKS && plain.count() * 4 >= n * 3 && next > last + 1 && !headed;
    let spoken = text.tokens[first[0]].quoted;
    let told = (comma && content >= 2 || long && content >= 3) && !spoken;
    (told && !repeated(passage, first[0]..last + 1)).then_some((n, comma))
}

/// Whether two runs of tokens have the same words.
fn same(text: &Analysis<'_>, first: &[usize], second: &[usize]) -> bool {
    first.iter().zip(second).all(|(&a, &b)| text.is_same(a, b))
}

/// Whether no words stand in the story before the passage.
fn is_first(passage: &Passage<'_>, story: &Story<'_>) -> bool {
    story.passages.iter().take(passage.index).all(|before| before.text.words() == 0)
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
