//! `untranslated`

use super::against::instead;
use super::words::is_particle;
use crate::config::Severity;
use crate::detect::{Check, Finding, Needs, Passage, Rule, Sink, Story};
use crate::text::vocabulary::{corrections, entry, foreign};
use crate::text::{Analysis, Kind, is_known, may_hide_letters};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;
use std::sync::OnceLock;

pub const RULE: Rule = Rule {
    id: "untranslated",
    category: "Accuracy/Untranslated",
    severity: Severity::Major,
    needs: Needs::TextOrMore,
    english: true,
    summary: "words left in the source language",
    doc: "Words in another script in running text, common words of the source languages that are neither English nor loan words \
          (`corpora/words/foreign.tsv`) with the words around them, and, where the source is given, words of it that stand in the \
          translation unchanged and are neither names nor English. Names, titles, loan words, and foreign words that are quoted or \
          explained stay silent.",
    example: ("the Ministerstwo Zdrowia said", "the Health Ministry said"),
    check: Check::Passage(check),
};

struct Words {
    strong: FxHashMap<&'static str, &'static str>,
    weak: FxHashSet<&'static str>,
    /// Foreign words that English has taken in.
    loans: FxHashSet<&'static str>,
}

fn lists() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words { strong: FxHashMap::default(), weak: FxHashSet::default(), loans: FxHashSet::default() };
        for line in include_str!("../../../corpora/words/foreign.tsv").lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(language), Some(strength), Some(list)) = (cells.next(), cells.next(), cells.next()) else {
                continue;
            };
            for word in list.split(' ') {
                if strength == "loan" {
                    words.loans.insert(word);
                } else if strength == "weak" {
                    words.weak.insert(word);
                } else if !is_known(word) {
                    words.strong.entry(word).or_insert(language);
                }
            }
        }
        words
    })
}

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    // Without a telling word there is no remnant anywhere.
    let telling = (0..text.tokens.len()).any(|k| lists().strong.contains_key(text.lower(k)));
    let mut i = 0;
    while i < text.tokens.len() {
        if let Some(end) = other_script(text, i) {
            if !excused(text, &(i..end)) && !in_reference(passage, i) {
                add(passage, sink, i..end, "left in the source's script: translate or transliterate it");
            }
            i = end;
        } else if let Some((range, language)) = telling.then(|| remnant(text, i)).flatten() {
            i = range.end;
            if !excused(text, &range) && !in_reference(passage, range.start) {
                add(passage, sink, range, format!("left in the source language ({language})"));
            }
        } else if let Some(confidence) = lone(passage, i) {
            let language = foreign_word(text.lower(i)).map_or("", |(language, _)| language);
            add(passage, sink, i..i + 1, format!("a word of another language ({language})"))
                .sure(confidence)
                .weigh(if confidence >= 0.75 { Severity::Major } else { Severity::Minor });
            i += 1;
        } else if copied(passage, i) {
            if !excused(text, &(i..i + 1)) {
                add(passage, sink, i..i + 1, "the source's own word, not translated");
            }
            i += 1;
        } else {
            i += 1;
        }
    }
}

fn add<'s>(
    passage: &Passage<'_>,
    sink: &'s mut Sink<'_>,
    words: Range<usize>,
    message: impl Into<String>,
) -> &'s mut Finding {
    let answer = instead(passage, &words);
    sink.add(passage.tokens_at(words), message).suggest_all(answer)
}

/// The end of the run of words in another script that begins at `i`.
fn other_script(text: &Analysis<'_>, i: usize) -> Option<usize> {
    let other = |k: usize| {
        text.tokens.get(k).is_some_and(|t| t.kind == Kind::Word)
            && text.normal(k).chars().next().is_some_and(|c| c.is_alphabetic() && !is_latin_or_greek(c))
    };
    let end = (i..text.tokens.len()).take_while(|&k| other(k)).last()? + 1;
    Some(end)
}

/// Latin, and Greek letters as science uses them.
fn is_latin_or_greek(c: char) -> bool {
    matches!(c, '\0'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{2c6}'..='\u{2ff}' | '\u{2100}'..='\u{214f}' | '\u{1d400}'..='\u{1d7ff}')
}

/// A run of foreign Latin words with a telling one at or behind `i`.
fn remnant(text: &Analysis<'_>, i: usize) -> Option<(Range<usize>, &'static str)> {
    let words = lists();
    let telling = |k: usize| -> Option<&'static str> {
        if text.tokens.get(k)?.kind != Kind::Word {
            return None;
        }
        let language = words.strong.get(text.lower(k)).copied()?;
        // Among names, a foreign word is part of the name: Gazeta Wyborcza, La Presse.
        let capital = text.is_capitalised(k);
        let sentence = &text.sentences[text.tokens[k].sentence];
        let named = |n: usize| {
            n != k
                && text.tokens.get(n).is_some_and(|t| t.kind == Kind::Word)
                && text.is_capitalised(n)
                && n != sentence.start
        };
        if capital
            && (!looks_foreign(text.lower(k), language)
                || named(k.wrapping_sub(1)) && !words.strong.contains_key(text.lower(k.wrapping_sub(1)))
                || named(k + 1) && !words.strong.contains_key(text.lower(k + 1)))
        {
            return None;
        }
        if !capital && (named(k.wrapping_sub(1)) && named(k + 1)) && !german_and(text.lower(k)) {
            return None;
        }
        Some(language)
    };
    let stretch = |k: usize| {
        text.tokens.get(k).is_some_and(|t| t.kind == Kind::Word && !t.tag.is_proper())
            && (words.strong.contains_key(text.lower(k))
                || words.weak.contains(text.lower(k)) && !is_known(text.lower(k)) && text.lower(k) != "a")
    };
    let first = (i..text.tokens.len().min(i + 4))
        .take_while(|&k| k == i || stretch(k - 1) || telling(k - 1).is_some())
        .find(|&k| telling(k).is_some())?;
    if first > i && !(i..first).all(stretch) {
        return None;
    }
    let language = telling(first)?;
    let mut end = first + 1;
    let bridge = |k: usize| words.weak.contains(text.lower(k)) && telling(k + 1).is_some();
    while telling(end).is_some()
        || bridge(end)
        || stretch(end) && text.tokens.get(end).is_some_and(|t| t.sentence == text.tokens[first].sentence)
    {
        end += 1;
    }
    // `projet de loi`: an unknown small word behind a stretch of small foreign ones belongs to them.
    if end > first + 1
        && words.weak.contains(text.lower(end - 1))
        && text.tokens.get(end).is_some_and(|t| t.kind == Kind::Word && !text.is_capitalised(end))
        && !is_known(text.lower(end))
    {
        end += 1;
    }
    while end > first + 1 && words.weak.contains(text.lower(end - 1)) {
        end -= 1;
    }
    Some((i..end, language))
}

fn german_and(lower: &str) -> bool {
    matches!(lower, "und" | "och" | "oraz" | "ve")
}

/// A capitalised foreign word that is no name: German writes every noun so, and every language its institutions.
fn looks_foreign(lower: &str, language: &str) -> bool {
    const OFFICES: [&str; 9] =
        ["minist", "bakanl", "gobierno", "governo", "gouvernement", "guvernul", "primăria", "prefeitura", "zdrowia"];
    language == "de" && lower.chars().count() >= 6 || OFFICES.iter().any(|office| lower.starts_with(office))
}

/// Quoted, in brackets, or explained: `the gilets jaunes, or yellow vests`.
fn excused(text: &Analysis<'_>, range: &Range<usize>) -> bool {
    let quoted = range.clone().any(|i| text.tokens[i].quoted);
    let before = range.start.checked_sub(1).map_or("", |i| text.lower(i));
    let after = text.lower(range.end);
    let glossed = (after == ","
        && matches!(text.lower(range.end + 1), "or" | "meaning" | "which" | "literally" | "that"))
        || after == "("
        || matches!(after, "means" | "meaning");
    let named = matches!(
        before,
        "called" | "dubbed" | "titled" | "named" | "word" | "term" | "newspaper" | "magazine" | "daily" | "("
    );
    quoted || glossed || named
}

/// Whether the reference keeps the word too: then it is a name or a term.
fn in_reference(passage: &Passage<'_>, i: usize) -> bool {
    passage.reference.as_ref().is_some_and(|r| r.text.has_word(passage.text.lower(i)))
}

/// How sure it is that one foreign word stands alone among English ones.
fn lone(passage: &Passage<'_>, i: usize) -> Option<f32> {
    let text = &passage.text;
    let lower = text.lower(i);
    let letters = lower.chars().count();
    if text.tokens[i].kind != Kind::Word
        || letters < 3
        || is_particle(lower)
        || is_spelled_plainly(lower)
        || is_loan(lower)
    {
        return None;
    }
    let (_, zipf) = foreign_word(lower)?;
    // `10 mln`, `3 kn`
    if letters <= 3 && i > 0 && text.tokens[i - 1].kind == Kind::Number {
        return None;
    }
    if in_reference(passage, i) || excused(text, &(i..i + 1)) {
        return None;
    }
    let foreign_letters = !lower.is_ascii();
    // Among names, or with a capital, it is likely part of one.
    let capital = text.is_capitalised(i);
    let beside = |k: usize| text.tokens.get(k).is_some_and(|t| t.kind == Kind::Word) && text.is_capitalised(k);
    let named = i.checked_sub(1).is_some_and(beside) || beside(i + 1);
    // A slip of a common English word looks foreign by chance.
    let slip = !foreign_letters
        && corrections(lower).first().is_some_and(|(_, known)| known.zipf >= if letters <= 5 { 4.3 } else { 3.5 });
    if slip && letters <= 5 {
        return None;
    }
    let base = if capital {
        if named || !foreign_letters || passage.reference.is_none() { 0.2 } else { 0.5 }
    } else if named {
        0.45
    } else if zipf >= 4.5 || foreign_letters {
        0.85
    } else {
        0.7
    };
    let known_reference = if passage.reference.is_some() { 0.1 } else { 0.0 };
    Some((base + known_reference - if slip && zipf < 5.0 { 0.45 } else { 0.0 } as f32).clamp(0.0, 0.95))
}

/// Behind an article that is glued to it as well: `all'olfatto`.
fn foreign_word(lower: &str) -> Option<(&'static str, f32)> {
    foreign(lower).or_else(|| lower.split_once(['\'', '\u{2019}']).and_then(|(_, word)| foreign(word)))
}

/// A loan word, also without its accents: `crème`, `chargé`.
fn is_loan(lower: &str) -> bool {
    use unicode_normalization::UnicodeNormalization;
    let straight = lower.replace('\u{2019}', "'");
    if lists().loans.contains(straight.as_str()) {
        return true;
    }
    let bare: String = straight.nfd().filter(char::is_ascii).collect();
    bare.len() >= 4 && bare != lower && entry(&bare).is_some_and(|known| known.word)
}

fn is_spelled_plainly(lower: &str) -> bool {
    entry(lower).is_some() || is_known(lower)
}

/// A word in small letters that stands in the source just so, and is no English and no name.
fn copied(passage: &Passage<'_>, i: usize) -> bool {
    let Some(source) = &passage.source else { return false };
    let text = &passage.text;
    let lower = text.lower(i);
    if text.tokens[i].kind != Kind::Word
        || text.is_capitalised(i)
        || lower.chars().count() < 4
        || is_particle(lower)
        || lower.contains(['.', '-', '\''])
    {
        return false;
    }
    // Its letters must be there, unless the normal form alone shows them.
    let written = || source.text.text.contains(lower) || source.text.text.contains(may_hide_letters);
    !is_known(lower)
        && !in_reference(passage, i)
        && written()
        && (0..source.text.tokens.len()).any(|j| source.text.lower(j) == lower && !source.text.is_capitalised(j))
}
