//! How an edit against the reference becomes a finding.

use crate::detect::edits::{Edit, Fault};
use crate::detect::facts::Fact;
use crate::detect::{Passage, Sink, Story};
use crate::span::Span;
use crate::text::calendar::{MONTHS, WEEKDAYS};
use crate::text::{Tag, capitalised};
use std::ops::Range;

/// Reports the passage's edits of one kind, but for those on a place where the rule has found something already.
pub fn report(passage: &Passage<'_>, story: &Story<'_>, fault: Fault, sink: &mut Sink<'_>) {
    let Some(reference) = &passage.reference else { return };
    let (known, lost) = (sink.places(), sink.references());
    for edit in passage.edits().iter().filter(|edit| edit.fault == fault) {
        let span = place(passage, edit);
        if known.iter().any(|other| other.touches(span)) {
            continue;
        }
        let answer = reference.text.span(edit.b.clone()).shifted(reference.offset);
        if !edit.b.is_empty() && lost.iter().any(|other| other.touches(answer)) {
            continue;
        }
        // Two spellings that the table of names holds are one name.
        if fault == Fault::Name
            && is_one_name(passage.text.slice(edit.a.clone()), reference.text.slice(edit.b.clone()), story)
        {
            continue;
        }
        let theirs = reference.text.slice(edit.b.clone());
        if fault == Fault::Name && source_sides_with(passage, passage.text.slice(edit.a.clone()), theirs) {
            continue;
        }
        let meant = || like(passage, edit, theirs);
        if fault == Fault::Misspelling && is_other_name(passage.text.slice(edit.a.clone()), &meant()) {
            continue;
        }
        let found = sink.add(span, message(fault, theirs)).weigh(edit.severity).sure(edit.confidence).compared();
        match fault {
            Fault::Addition => found.suggest(""),
            // What should stand there is not known.
            Fault::Name if edit.b.is_empty() => found,
            Fault::Omission if edit.a.is_empty() => found.suggest(missing(passage, edit.b.clone())),
            Fault::Omission => found.suggest(format!("{} {theirs}", passage.text.slice(edit.a.clone()))),
            _ => found.suggest(meant()),
        };
        if !edit.b.is_empty() {
            found.against(answer);
        }
    }
}

/// Words of the reference that the translation lacks, to be put behind a word: with a space, or with the commas that set them off there and
/// that nothing answers.
pub fn missing(passage: &Passage<'_>, mut tokens: Range<usize>) -> String {
    let Some((words, reference)) = passage.words() else { return String::new() };
    let other = &reference.text;
    let is_comma = |j: usize| other.tokens.get(j).is_some() && other.lower(j) == ",";
    while !tokens.is_empty() && is_comma(tokens.start) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && is_comma(tokens.end - 1) {
        tokens.end -= 1;
    }
    let lost = |j: usize| is_comma(j) && words.to_a.get(j).copied().flatten().is_none();
    let mark = |lost: bool| if lost { "," } else { "" };
    let before = tokens.start.checked_sub(1).is_some_and(lost);
    format!("{} {}{}", mark(before), other.slice(tokens.clone()), mark(lost(tokens.end)))
}

/// What the reference has in the place of words that no dictionary knows: its words between those that answer the neighbours.
pub fn instead(passage: &Passage<'_>, range: &Range<usize>) -> Option<String> {
    let (words, reference) = passage.words()?;
    let (text, other) = (&passage.text, &reference.text);
    let sure = |k: usize| words.to_b.get(k).copied().flatten().filter(|_| words.likeness[k] >= SURE);
    let (n, m) = (words.to_b.len(), words.to_a.len());
    let sentence = text.sentences.get(text.tokens.get(range.start)?.sentence)?;
    // An article beside the words may have no answer.
    let left = (sentence.start..range.start).rev().take(1 + BESIDE).find(|&k| sure(k).is_some());
    let right = (range.end..n.min(range.end + 1 + BESIDE)).find(|&k| sure(k).is_some());
    let start = match left {
        Some(k) => sure(k)? + 1,
        None if range.start == 0 => 0,
        None => return None,
    };
    let end = match right {
        Some(k) => sure(k)?,
        None if range.end == n => m,
        None => return None,
    };
    let passed = left.map_or(0, |k| k + 1)..range.start;
    let behind = range.end..right.unwrap_or(n);
    let small = |k: usize| !text.tag_of(k).is_content();
    let mut answer = start..end;
    let article = |tag: Tag| matches!(tag, Tag::Dt | Tag::Prps);
    if !passed.is_empty() && article(other.tag_of(start)) {
        answer.start += 1;
    }
    let fits = !answer.is_empty()
        && answer.len() <= range.len() + 1
        && passed.chain(behind).all(small)
        && answer.clone().all(|j| other.tokens[j].is_word())
        && answer.clone().any(|j| other.tag_of(j).is_content());
    fits.then(|| other.slice(answer).to_owned())
}

/// Links that are sure enough to stand on either side of an answer, and how many small words may stand between.
const SURE: f32 = 0.6;
const BESIDE: usize = 1;

/// Whether two months or weekdays stand against one another, and the source has the translation's: then the reference is wrong.
fn source_sides_with(passage: &Passage<'_>, own: &str, theirs: &str) -> bool {
    let fact = |word: &str| {
        let at = |list: &[&str]| list.iter().position(|name| word.eq_ignore_ascii_case(name)).map(|k| k as u32);
        at(&MONTHS).map(|k| Fact::Month(k + 1)).or_else(|| at(&WEEKDAYS).map(Fact::Weekday))
    };
    let says = |fact: Fact| passage.source_facts().unwrap_or_default().iter().any(|(_, said)| *said == fact);
    fact(own).zip(fact(theirs)).is_some_and(|(own, theirs)| says(own) && !says(theirs))
}

fn is_one_name(a: &str, b: &str, story: &Story<'_>) -> bool {
    let group = |name: &str| story.lexicon.group_of(name).map(|(group, _)| group);
    group(a).is_some_and(|own| group(b) == Some(own))
}

/// Whether two words with capitals are names of which neither is a slip for the other.
fn is_other_name(own: &str, theirs: &str) -> bool {
    let named = own.starts_with(char::is_uppercase) && theirs.starts_with(char::is_uppercase);
    let (own, theirs) = (own.to_lowercase(), theirs.to_lowercase());
    named && (goes_on(&own, &theirs) || strsim::osa_distance(&own, &theirs) > 1)
}

/// Whether one of two names merely goes on where the other ends: `Ling` and `Lingli`, a city and its people (`Tyumens`).
pub fn goes_on(a: &str, b: &str) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

fn message(fault: Fault, theirs: &str) -> String {
    match fault {
        Fault::Antonym => format!("the opposite of the reference’s “{theirs}”"),
        Fault::Mistranslation => format!("the reference says “{theirs}”"),
        Fault::Name if theirs.is_empty() => "a name that the reference does not have".to_owned(),
        Fault::Name => format!("another name than the reference’s “{theirs}”"),
        Fault::WordForm => format!("another form than the reference’s “{theirs}”"),
        Fault::FunctionWord => format!("the reference has “{theirs}” here"),
        Fault::Misspelling => format!("the reference spells it “{theirs}”"),
        Fault::LetterCase => "the reference writes it with a capital".to_owned(),
        Fault::WordOrder => "the words stand in another order than in the reference".to_owned(),
        Fault::Omission => format!("the reference has “{theirs}” here"),
        Fault::Addition => "the reference does not have this".to_owned(),
    }
}

fn place(passage: &Passage<'_>, edit: &Edit) -> Span {
    let text = &passage.text;
    if edit.a.is_empty() {
        let at = edit.a.start.checked_sub(1).map_or(0, |i| text.tokens[i].span.end);
        return passage.at(Span::empty(at));
    }
    if edit.fault == Fault::Addition && edit.a.start > 0 {
        // The space goes with the words.
        let start = text.tokens[edit.a.start - 1].span.end;
        return passage.at(Span::new(start, text.tokens[edit.a.end - 1].span.end));
    }
    passage.tokens_at(edit.a.clone())
}

/// The reference's words with the capital that the place asks for.
fn like(passage: &Passage<'_>, edit: &Edit, theirs: &str) -> String {
    let reference = passage.reference.as_ref().map(|r| &r.text);
    let capital = passage.text.is_capitalised(edit.a.start);
    let initial = reference.is_some_and(|r| edit.b.start == 0 && !r.tag_of(0).is_proper());
    // `The interim governor`, `acting governor`: the article that is flagged with the word stays.
    let article = passage.text.lower(edit.a.start) == "the" && edit.a.len() > 1;
    // A name takes none: `The head of French diplomacy`, `France’s foreign minister`.
    let named =
        |tag: Tag| !tag.is_proper() && (tag.is_noun() || tag.is_adjective() || matches!(tag, Tag::Vbn | Tag::Vbg));
    if article && reference.is_some_and(|r| named(r.tag_of(edit.b.start))) {
        return format!("{} {theirs}", passage.text.slice(edit.a.start..edit.a.start + 1));
    }
    let mut letters = theirs.chars();
    let Some(first) = letters.next() else { return String::new() };
    if edit.fault == Fault::LetterCase {
        theirs.to_owned()
    } else if capital && edit.a.start == 0 {
        capitalised(theirs)
    } else if initial && !capital {
        first.to_lowercase().chain(letters).collect()
    } else {
        theirs.to_owned()
    }
}
