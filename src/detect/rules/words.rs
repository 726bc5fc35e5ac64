//! Small word lists and looks at the words around a place, shared by rules.

use crate::text::{Analysis, Tag, capitalised};
use std::ops::Range;

/// Lemmas of verbs that report speech.
pub const SAYING: [&str; 64] = [
    "say",
    "tell",
    "ask",
    "add",
    "note",
    "write",
    "explain",
    "announce",
    "declare",
    "state",
    "claim",
    "argue",
    "warn",
    "reply",
    "answer",
    "insist",
    "admit",
    "acknowledge",
    "report",
    "conclude",
    "continue",
    "recall",
    "stress",
    "emphasize",
    "point",
    "suggest",
    "believe",
    "think",
    "comment",
    "remark",
    "assert",
    "quip",
    "joke",
    "shout",
    "cry",
    "whisper",
    "tweet",
    "post",
    "call",
    "promise",
    "vow",
    "describe",
    "confirm",
    "deny",
    "reveal",
    "predict",
    "agree",
    "observe",
    "urge",
    "plead",
    "testify",
    "respond",
    "read",
    "hear",
    "according",
    "sigh",
    "laugh",
    "demand",
    "retort",
    "offer",
    "wonder",
    "complain",
    "maintain",
    "exclaim",
];

/// Whether the lemma of token `i` reports speech.
pub fn says(text: &Analysis<'_>, i: usize) -> bool {
    SAYING.contains(&text.lemma(i)) || crate::text::verb_lemma(text.lower(i)).is_some_and(|v| SAYING.contains(&v))
}

/// Whether a lower-case word denies the clause that it stands in.
pub fn is_denial(lower: &str) -> bool {
    matches!(lower, "not" | "n't" | "no" | "never")
}

/// What may follow an apostrophe as a clitic of the word before it.
pub fn is_clitic(letters: &str) -> bool {
    matches!(letters, "s" | "ve" | "ll" | "re" | "d" | "m")
}

/// Whether `range` holds a verb that can be the verb of a sentence, outside a relative clause at its head.
pub fn has_finite_verb(text: &Analysis<'_>, range: Range<usize>) -> bool {
    range.clone().any(|i| is_finite(text, i))
}

/// A finite verb: its tag says so, or it is a form that can be nothing else.
pub fn is_finite(text: &Analysis<'_>, i: usize) -> bool {
    matches!(text.tag_of(i), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
        || matches!(
            text.lower(i),
            "is" | "are"
                | "was"
                | "were"
                | "has"
                | "had"
                | "does"
                | "did"
                | "will"
                | "would"
                | "can"
                | "could"
                | "said"
                | "says"
        )
}

/// `word` with a capital where `written` has one.
pub fn cased(written: &str, word: &str) -> String {
    if written.starts_with(char::is_uppercase) { capitalised(word) } else { word.to_owned() }
}

/// Whether nine letters in ten of a text stand before `limit` in Unicode: how the scripts of Europe are told from others.
pub fn written_before(text: &str, limit: char) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (all, before) = letters.fold((0, 0), |(all, before), c| (all + 1, before + usize::from(c < limit)));
    before * 10 > all * 9
}

/// The runs of those of the first `n` tokens that `chosen` takes.
pub fn runs(n: usize, chosen: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for i in (0..n).filter(|&i| chosen(i)) {
        match out.last_mut() {
            Some(last) if last.end == i => last.end += 1,
            _ => out.push(i..i + 1),
        }
    }
    out
}

/// A word written with a small first letter and a capital inside: `iPhone`, `eBay`.
pub fn is_brand(word: &str) -> bool {
    word.starts_with(char::is_lowercase) && word.chars().any(char::is_uppercase)
}

/// Small words of foreign surnames that keep their small letter even after a stop.
pub fn is_particle(lower: &str) -> bool {
    matches!(
        lower,
        "de" | "van"
            | "von"
            | "der"
            | "den"
            | "da"
            | "di"
            | "del"
            | "della"
            | "la"
            | "le"
            | "du"
            | "dos"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "ten"
            | "ter"
    )
}
