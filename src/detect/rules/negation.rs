//! `negation`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::{Analysis, Kind, Language};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

pub const RULE: Rule = Rule {
    id: "negation",
    category: "Accuracy/Mistranslation",
    severity: Severity::Critical,
    needs: Needs::TextOrMore,
    english: true,
    summary: "what is denied is affirmed, or the other way round",
    doc: "The translation says *not* where neither the reference nor the source has any word that denies (with *without*, *fail*, *lack*, \
          *unable*, *refuse* and their like, and the languages' own words, `corpora/words/negation.tsv`), or they deny and the \
          translation does not. A word against its opposite (`able`, `unable`) is an `antonym`. With a reference and an aligned verb the \
          finding is critical; against the source alone it is major, since a denial may be put into many words.",
    example: ("The museum does not open to women (reference: The museum opens to women)", "The museum opens to women"),
    check: Check::Passage(check),
};

#[derive(Default)]
struct Words {
    whole: FxHashSet<&'static str>,
    inside: Vec<&'static str>,
    ends: Vec<&'static str>,
    begins: Vec<&'static str>,
}

impl Words {
    fn take(&mut self, list: &'static str) {
        for word in list.split_whitespace() {
            if let Some(part) = word.strip_prefix('~') {
                self.inside.push(part);
            } else if let Some(part) = word.strip_prefix('-') {
                self.ends.push(part);
            } else if let Some(part) = word.strip_suffix('-') {
                self.begins.push(part);
            } else {
                self.whole.insert(word);
            }
        }
    }

    fn has(&self, word: &str) -> bool {
        self.whole.contains(word)
            || self.inside.iter().any(|part| word.contains(part))
            || self.ends.iter().any(|part| word.len() > part.len() && word.ends_with(part))
            || self.begins.iter().any(|part| word.len() > part.len() + 2 && word.starts_with(part))
    }
}

/// Words that turn a clause round, and all that deny in some way.
#[derive(Default)]
struct Denials {
    strict: Words,
    wide: Words,
    /// Words that look as if they had such a prefix.
    plain: Words,
}

fn denials(language: &str) -> Option<&'static Denials> {
    static ALL: OnceLock<FxHashMap<&'static str, Denials>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all: FxHashMap<&'static str, Denials> = FxHashMap::default();
        let lines = include_str!("../../../corpora/words/negation.tsv").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(code), Some(kind), Some(list)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let own = all.entry(code).or_default();
            match kind {
                "plain" => own.plain.take(list),
                "not" => {
                    own.strict.take(list);
                    own.wide.take(list);
                }
                _ => own.wide.take(list),
            }
        }
        all
    });
    all.get(language)
}

/// The words of English.
fn english() -> Option<&'static Denials> {
    static ENGLISH: OnceLock<Option<&'static Denials>> = OnceLock::new();
    *ENGLISH.get_or_init(|| denials("en"))
}

/// The tokens of English that deny a clause, without `no` as an answer or number and `not only`.
fn denied(text: &Analysis<'_>) -> Vec<usize> {
    let Some(words) = english() else { return Vec::new() };
    (0..text.tokens.len())
        .filter(|&i| {
            words.strict.has(text.lower(i))
                && !matches!(
                    (text.lower(i), text.lower(i + 1)),
                    ("not", "only" | "just" | "least") | ("no", "." | "," | "\"" | "matter")
                )
                && !(text.lower(i) == "nothing" && i > 0 && text.lower(i - 1) == "for")
                && !(text.lower(i) == "neither" || text.lower(i) == "nor")
        })
        .collect()
}

/// Whether an English text has any word that denies, or a prefix that does.
fn denies(text: &Analysis<'_>) -> bool {
    let Some(words) = english() else { return true };
    (0..text.tokens.len()).any(|i| {
        let lower = text.lower(i);
        words.wide.has(lower) || (text.tokens[i].kind == Kind::Word && is_opposite(lower))
    })
}

/// A word with a prefix that turns its sense: `unable`, `illegal`, `disagree`; `under` and `impact` are none.
fn is_opposite(lower: &str) -> bool {
    positive(lower).is_some()
}

/// The word that a prefix has turned: `able` of `unable`.
fn positive(lower: &str) -> Option<&str> {
    use crate::text::vocabulary::entry;
    let plain = english().map(|words| &words.plain);
    ["un", "in", "im", "il", "ir", "dis", "non", "non-", "mis"].iter().find_map(|prefix| {
        let rest = lower.strip_prefix(prefix)?;
        let plausible = rest.len() >= 4 && !plain.is_some_and(|words| words.has(lower));
        (plausible && entry(rest).is_some_and(|known| known.word && known.zipf >= 2.5)).then_some(rest)
    })
}

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    if let Some(reference) = &passage.reference {
        against_reference(passage, &reference.text, sink);
    } else if let Some(source) = &passage.source {
        against_source(passage, &source.text, sink);
    }
}

fn against_reference(passage: &Passage<'_>, reference: &Analysis<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let Some((words, counterpart)) = passage.words() else { return };
    let (own, theirs) = (denied(text), denied(reference));
    if own.len() == theirs.len() {
        return;
    }
    // The source on the translation's side: the reference is the one that is odd.
    if theirs.len() > own.len() && denies(text) {
        return;
    }
    let source = passage.source.as_ref().and_then(|s| source_denies(&s.text, passage.source_language()));
    if own.len() > theirs.len() && source == Some(true) {
        // Something in the source denies; what the reference affirms in the same words is in doubt all the same.
        let affirmed = own.iter().filter(|&&i| affirms(text, reference, &words.to_b, &theirs, i));
        for &i in affirmed.take(own.len() - theirs.len()) {
            let found = sink.add(passage.tokens_at(i..i + 1), "the reference does not deny this");
            found.weigh(Severity::Minor).sure(0.45).compared();
            if text.lower(i) != "n't" && text.lower(i) != "cannot" {
                found.suggest("");
            }
        }
    } else if own.len() > theirs.len() {
        let open: Vec<usize> = own
            .iter()
            .copied()
            .filter(|&i| {
                let answer = words.to_b.get(i).copied().flatten();
                !answer.is_some_and(|j| theirs.contains(&j)) && !near_denial(reference, &words.to_b, i)
            })
            .collect();
        let none = theirs.is_empty() && !denies(reference);
        let open = if none {
            open
        } else {
            let affirmed: Vec<usize> =
                own.iter().copied().filter(|&i| affirms(text, reference, &words.to_b, &theirs, i)).collect();
            if affirmed.is_empty() { open } else { affirmed }
        };
        for &i in open.iter().take(own.len() - theirs.len()) {
            let (severity, confidence) = match (none, source) {
                (true, _) => (Severity::Critical, 0.85),
                (false, Some(false)) => (Severity::Major, 0.8),
                _ if affirms(text, reference, &words.to_b, &theirs, i) => (Severity::Major, 0.8),
                _ => (Severity::Minor, 0.4),
            };
            let around = i.saturating_sub(2)..(i + 3).min(text.tokens.len());
            let verb = around.clone().find_map(|k| words.to_b.get(k).copied().flatten());
            let found = sink
                .add(passage.tokens_at(i..i + 1), "the reference does not deny this")
                .weigh(severity)
                .sure(confidence)
                .compared();
            if text.lower(i) != "n't" && text.lower(i) != "cannot" {
                found.suggest("");
            }
            if let Some(j) = verb {
                found.against(reference.tokens[j].span.shifted(counterpart.offset));
            }
        }
    } else if theirs.len() > own.len() && source != Some(false) {
        for &j in theirs.iter().take(theirs.len() - own.len()) {
            // The denied verb stands behind the word, or before `n't`.
            let verb = (j + 1..(j + 4).min(reference.tokens.len()))
                .find(|&k| reference.tag_of(k).is_content() && !reference.tag_of(k).is_adverb());
            // The very word that is denied stands in the translation, affirmed.
            let affirmed = verb
                .and_then(|k| words.to_a.get(k).copied().flatten().filter(|&i| text.lemma(i) == reference.lemma(k)));
            let Some(i) = affirmed else { continue };
            let span = passage.tokens_at(i..i + 1);
            sink.add(
                span,
                format!(
                    "the reference denies this: “{}”",
                    reference.slice(j.saturating_sub(1)..(j + 3).min(reference.tokens.len()))
                ),
            )
            .suggest(format!("not {}", text.original(i)))
            .weigh(if source == Some(true) || words.coverage(text) > 0.6 { Severity::Major } else { Severity::Minor })
            .sure(if source == Some(true) { 0.85 } else { 0.65 })
            .against(reference.tokens[j].span.shifted(counterpart.offset));
        }
    }
}

/// Whether the verb that token `i` denies answers the same verb in the reference, where nothing denies it.
fn affirms(text: &Analysis<'_>, reference: &Analysis<'_>, to_b: &[Option<usize>], theirs: &[usize], i: usize) -> bool {
    let Some(words) = english() else { return false };
    let verb = (i + 1..(i + 4).min(text.tokens.len()))
        .find(|&k| text.tag_of(k).is_content() && !text.tag_of(k).is_adverb() || text.lemma(k) == "be")
        .or_else(|| i.checked_sub(1));
    let Some((k, j)) = verb.and_then(|k| Some((k, to_b.get(k).copied().flatten()?))) else { return false };
    let near = j.saturating_sub(4)..(j + 2).min(reference.tokens.len());
    text.lemma(k) == reference.lemma(j)
        && !near.clone().any(|q| theirs.contains(&q) || matches!(reference.lower(q), "without" | "nor" | "neither"))
        && !(j.saturating_sub(2)..=j).any(|q| words.wide.has(reference.lower(q)))
}

/// Whether the reference denies near the place that answers token `i`.
fn near_denial(reference: &Analysis<'_>, to_b: &[Option<usize>], i: usize) -> bool {
    let Some(words) = english() else { return false };
    let place = (1..4).find_map(|d| {
        to_b.get(i + d).copied().flatten().or_else(|| i.checked_sub(d).and_then(|k| to_b.get(k).copied().flatten()))
    });
    place.is_some_and(|j| {
        (j.saturating_sub(4)..(j + 5).min(reference.tokens.len()))
            .any(|k| words.wide.has(reference.lower(k)) || is_opposite(reference.lower(k)))
    })
}

/// Whether one of two words is the other with a prefix that turns it: `able`, `unable`.
pub fn opposed_by_prefix(a: &str, b: &str) -> bool {
    let turned = |a: &str, b: &str| a.ends_with(b) && positive(a) == Some(b);
    turned(a, b) || turned(b, a)
}

/// Whether a text in another language denies anything; `None` where its language's words are not known.
fn source_denies(source: &Analysis<'_>, language: Language) -> Option<bool> {
    let code = match language {
        Language::Known { code, .. } => code,
        Language::Unsure { guess } => guess?,
    };
    let words = denials(code)?;
    if !source.tokens.iter().any(|t| t.is_word()) {
        return None;
    }
    if matches!(code, "zh" | "ja") {
        return Some(words.wide.inside.iter().any(|part| source.text.contains(part)));
    }
    let elided = |lower: &str| lower.starts_with("n'") || lower.starts_with("n\u{2019}");
    Some((0..source.tokens.len()).any(|i| {
        let lower = source.lower(i);
        words.wide.has(lower) || code == "fr" && elided(lower) || code == "en"
    }))
}

fn against_source(passage: &Passage<'_>, source: &Analysis<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    // One denial in a passage of ordinary length; in a long one something always denies.
    let found: Vec<usize> =
        denied(text).into_iter().filter(|&i| !matches!(text.lower(i), "no" | "none" | "nothing")).collect();
    if found.is_empty() || source_denies(source, passage.source_language()) != Some(false) {
        return;
    }
    for i in found {
        let found = sink
            .add(passage.tokens_at(i..i + 1), "nothing in the source denies this")
            .weigh(Severity::Major)
            .sure(0.65);
        if text.lower(i) != "n't" && text.lower(i) != "cannot" {
            found.suggest("");
        }
    }
}
