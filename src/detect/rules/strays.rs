//! Marks that stand where no sentence has one: what `stray-punctuation` says of a mark inside a sentence.

use super::stray_punctuation::starts_small;
use super::words::says;
use crate::config::Severity;
use crate::detect::{Passage, Sink, Story};
use crate::span::Span;
use crate::text::vocabulary::{entry, is_spelled};
use crate::text::{Analysis, Kind, Tag};

/// Finds them.
pub fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    symbols(passage, sink);
    quotes(passage, story, sink);
    for i in 1..passage.text.tokens.len() {
        marks(passage, i, sink);
    }
}

/// Symbols that no word ends in, and a hyphen that hangs.
fn symbols(passage: &Passage<'_>, sink: &mut Sink<'_>) {
    let text = passage.text.text;
    if !text.bytes().any(|byte| matches!(byte, b'~' | b'^' | b'_' | b'@' | b'|' | b'\\' | b'`' | b'-')) {
        return;
    }
    let mut before = [' '; 2];
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let hangs = || {
            let tail = text[at..].trim_start_matches(c).trim_start_matches([',', '.', ';']);
            before[1].is_alphanumeric() && (tail.is_empty() || tail.starts_with(char::is_whitespace))
        };
        let span = Span::new(at, at + c.len_utf8());
        let followed = || text[span.end..].split_whitespace().next().unwrap_or_default();
        match c {
            '~' | '^' | '_' | '@' | '|' | '\\' | '`' if hangs() && !given(passage, &text[..span.end]) => {
                sink.add(passage.at(span), "a symbol that belongs to no word")
                    .suggest("")
                    .weigh(Severity::Minor)
                    .sure(0.9);
            }
            // `two- and three-year terms` hang rightly.
            '-' if before[1].is_alphabetic()
                && next == ' '
                && !matches!(
                    followed(),
                    "and" | "or" | "to" | "nor" | "but" | "versus" | "vs" | "vs." | "," | "/" | "&" | "as"
                )
                && followed().starts_with(char::is_lowercase) =>
            {
                sink.add(passage.at(span), "a hyphen with nothing behind it")
                    .suggest("")
                    .weigh(Severity::Minor)
                    .sure(0.75);
            }
            _ => {}
        }
        before = [before[1], c];
    }
}

/// Whether the reference has the same ending: a handle, a placeholder.
fn given(passage: &Passage<'_>, head: &str) -> bool {
    let tail = head.rsplit(char::is_whitespace).next().unwrap_or(head);
    passage.reference.as_ref().is_some_and(|r| r.text.text.contains(tail))
}

/// A closing mark that nothing opened, glued to a word in the middle of a sentence.
fn quotes(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    for i in 0..text.tokens.len().saturating_sub(1) {
        let mark = &text.tokens[i + 1];
        let glyph = &text.text[mark.span.range()];
        let double = matches!(glyph, "\"" | "\u{201d}");
        let single = matches!(glyph, "'" | "\u{2019}");
        if mark.spaced || !(double || single) || !text.tokens[i].is_word() {
            continue;
        }
        let next_small = text.tokens.get(i + 2).is_some_and(|t| t.spaced && t.is_word());
        if !next_small {
            continue;
        }
        let paired = text.quotes.iter().any(|q| q.span.start == mark.span.start && q.partner.is_some());
        if paired || double && open_before(passage, story) {
            continue;
        }
        let lower = text.lower(i);
        let small = is_small(text, i);
        let owner = lower.ends_with(['s', 'x', 'z']) || single && (lower.ends_with("in") || lower.ends_with("ce"));
        if owner && !small && !is_opened(text, i, double) || single && !is_spelled(lower) {
            continue;
        }
        // A quotation that began in an earlier segment may end here.
        let speaks = says(text, i + 2) || says(text, i + 3) || matches!(text.tag_of(i + 2), Tag::Prp);
        let confidence = match (small, single) {
            (true, _) => 0.9,
            (false, true) => 0.75,
            (false, false) if speaks => continue,
            (false, false) => 0.6,
        };
        sink.add(passage.at(mark.span), "a quotation mark that closes nothing")
            .suggest("")
            .weigh(Severity::Minor)
            .sure(confidence);
    }
}

/// Whether an unpaired mark of the kind before token `i` may open a quotation.
fn is_opened(text: &Analysis<'_>, i: usize, double: bool) -> bool {
    text.quotes.iter().any(|q| {
        q.opens && q.kind.is_double() == double && q.partner.is_none() && q.span.start < text.tokens[i].span.start
    })
}

/// Whether an earlier passage leaves a quotation open, or this one may be its middle.
fn open_before(passage: &Passage<'_>, story: &Story<'_>) -> bool {
    let Some(before) = passage.index.checked_sub(1).and_then(|k| story.passages.get(k)) else { return false };
    before.text.quotes.iter().rev().find(|q| q.kind.is_double()).is_some_and(|q| q.opens && q.partner.is_none())
}

/// A word behind which a sentence cannot pause: an article, a preposition, a conjunction, *to*, a modal, a possessive.
fn is_small(text: &Analysis<'_>, i: usize) -> bool {
    matches!(
        text.lower(i),
        "the"
            | "a"
            | "an"
            | "of"
            | "to"
            | "and"
            | "or"
            | "from"
            | "with"
            | "at"
            | "into"
            | "their"
            | "its"
            | "my"
            | "our"
            | "your"
            | "than"
            | "by"
            | "for"
    ) || matches!(text.tag_of(i), Tag::Dt if matches!(text.lower(i), "every" | "no") && text.tag_of(i + 2).is_noun())
        || is_demonstrative(text, i)
        || text.tag_of(i) == Tag::Md && matches!(text.tag_of(i + 2), Tag::Vb)
}

/// `this`, `these` or `those` before a noun; not the object of what stands before it: `To do this, computers`, `after this, police`.
fn is_demonstrative(text: &Analysis<'_>, i: usize) -> bool {
    let object = i > 0 && (text.tag_of(i - 1).is_verb() || matches!(text.tag_of(i - 1), Tag::In | Tag::To));
    matches!(text.lower(i), "this" | "these" | "those")
        && text.tag_of(i) == Tag::Dt
        && text.tag_of(i + 2).is_noun()
        && !object
}

/// A mark that the sentence runs over.
fn marks(passage: &Passage<'_>, i: usize, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let mark = &text.tokens[i];
    if mark.kind != Kind::Punct || mark.spaced || !text.tokens[i - 1].is_word() || mark.quoted {
        return;
    }
    let lower = text.lower(i - 1);
    let small = is_small(text, i - 1);
    let Some(next) = text.tokens.get(i + 1).filter(|next| next.spaced) else { return };
    // No name and no number comes after a question in the middle of its noun or verb: `has? 85,000 employees`, `of! Transnistria`.
    let cut = matches!(text.lower(i), "?" | "!")
        && !text.is_capitalised(i - 1)
        && (small && !ends_phrasal(text, i - 1) || carries(text, i - 1));
    if !starts_small(text, i + 1) && !(cut && (next.is_word() || next.kind == Kind::Number)) {
        return;
    }
    // `and, of course, she`: a phrase between two commas.
    let inserted =
        || (i + 2..(i + 9).min(text.tokens.len())).any(|k| matches!(text.lower(k), "," | "\u{2014}" | "\u{2013}"));
    let (message, confidence) = match text.lower(i) {
        "," if small && !matches!(lower, "and" | "or" | "by") && !inserted() && !ends_phrasal(text, i - 1) => {
            ("no sentence pauses behind this word", 0.8)
        }
        "," if matches!((lower, text.lower(i + 1)), ("because", "of") | ("according" | "due" | "prior", "to"))
            && !inserted() =>
        {
            ("no sentence pauses behind this word", 0.8)
        }
        ";" | ":" if small && !ends_phrasal(text, i - 1) => ("no sentence pauses behind this word", 0.8),
        // `have: been cut off`
        ";" | ":" | "." if carries(text, i - 1) && is_participle(text, i + 1) || text.lower(i + 1) == "been" => {
            ("no sentence pauses between a verb and its auxiliary", 0.8)
        }
        ";" | ":" if text.tag_of(i - 1).is_noun() && matches!(text.tag_of(i + 1), Tag::Vbd | Tag::Vbz | Tag::Md) => {
            ("no sentence pauses between a subject and its verb", 0.6)
        }
        ":" if text.tag_of(i - 1).is_noun()
            && text.lower(i + 1) == "of"
            && !inserted()
            && !matches!(text.lower(i + 2), "these" | "those" | "them" | "which" | "whom") =>
        {
            ("no sentence pauses before this word", 0.75)
        }
        "?" | "!" if cut => ("the sentence goes on behind this mark", 0.8),
        "?" | "!" if !text.is_capitalised(i - 1) && !in_brackets(text, i) && !says(text, i + 1) => {
            ("the sentence goes on behind this mark", 0.75)
        }
        "." if (small || lower.len() >= 4 && binds(text, i))
            && entry(lower).is_some_and(|k| k.word && k.zipf >= 3.0) =>
        {
            ("the sentence goes on behind this stop", 0.75)
        }
        _ => return,
    };
    sink.add(passage.at(mark.span), message).suggest("").weigh(Severity::Minor).sure(confidence);
}

/// An auxiliary before the rest of its verb or sentence: the forms of *have* and *be*, and modals.
fn carries(text: &Analysis<'_>, i: usize) -> bool {
    matches!(text.lemma(i), "have" | "be") && text.tag_of(i).is_verb() || text.tag_of(i) == Tag::Md
}

/// A participle, or *be*: what goes on behind an auxiliary.
fn is_participle(text: &Analysis<'_>, i: usize) -> bool {
    text.tag_of(i) == Tag::Vbn || text.lower(i) == "be"
}

/// A particle or preposition that may close a clause: `the house he lived in, the`.
fn ends_phrasal(text: &Analysis<'_>, i: usize) -> bool {
    text.tag_of(i) == Tag::Rp
        || matches!(text.lower(i), "for" | "with" | "by" | "at" | "of" | "from" | "to")
            && i > 0
            && (text.tag_of(i - 1).is_verb() || text.tag_of(i - 1) == Tag::Prp || text.tag_of(i - 1).is_adjective())
}

fn in_brackets(text: &Analysis<'_>, i: usize) -> bool {
    (i + 1..(i + 4).min(text.tokens.len())).any(|k| matches!(text.lower(k), ")" | "\""))
}

/// An adjective before its noun, or a noun before its verb: no stop parts them.
fn binds(text: &Analysis<'_>, i: usize) -> bool {
    let (before, behind) = (text.tag_of(i - 1), text.tag_of(i + 1));
    before == Tag::Jj && behind.is_noun() || matches!(behind, Tag::Vbd | Tag::Vbz | Tag::Md) && before.is_noun()
}
