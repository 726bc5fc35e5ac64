//! What single words of a source say plainly: numbers, months, weekdays, and whether a person is a man or a woman.

use crate::span::Span;
use crate::text::Analysis;
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a word of the source says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fact {
    /// A number in a word; `sure` unless the word has another sense.
    Number {
        value: f64,
        sure: bool,
    },
    /// 1 to 12.
    Month(u32),
    /// 0 is Sunday.
    Weekday(u32),
    He,
    She,
    /// A word that may stand for a man, among others.
    MaybeHe,
    MaybeShe,
    /// A word that only looks like another.
    Nothing,
}

/// The words of one language.
#[derive(Debug, Default)]
struct Words {
    whole: FxHashMap<&'static str, Vec<Fact>>,
    /// Beginnings, by their first character.
    begins: FxHashMap<char, Vec<(&'static str, Fact)>>,
    ends: Vec<(&'static str, Fact)>,
}

/// Characters of the longest Chinese or Japanese form.
const LONGEST: usize = 4;

fn words(language: &str) -> Option<&'static Words> {
    static ALL: OnceLock<FxHashMap<&'static str, Words>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all: FxHashMap<&'static str, Words> = FxHashMap::default();
        let lines = include_str!("../../corpora/words/facts.tsv").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let (Some(code), Some(kind), Some(list)) = (cells.next(), cells.next(), cells.next()) else { continue };
            let Some(fact) = fact(kind) else { continue };
            let own = all.entry(code).or_default();
            for form in list.split_whitespace() {
                if let (Some(stem), Some(first)) = (form.strip_suffix('-'), form.chars().next()) {
                    own.begins.entry(first).or_default().push((stem, fact));
                } else if let Some(end) = form.strip_prefix('-') {
                    own.ends.push((end, fact));
                } else {
                    own.whole.entry(form).or_default().push(fact);
                }
            }
        }
        all
    });
    all.get(language)
}

fn fact(kind: &str) -> Option<Fact> {
    let at = |prefix: char| kind.strip_prefix(prefix).and_then(|n| n.parse::<u32>().ok());
    Some(match kind {
        "he" => Fact::He,
        "she" => Fact::She,
        "he?" => Fact::MaybeHe,
        "she?" => Fact::MaybeShe,
        "-" => Fact::Nothing,
        _ => {
            if let Some(value) = at('n').or_else(|| at('a')) {
                Fact::Number { value: f64::from(value), sure: kind.starts_with('n') }
            } else if let Some(month) = at('m') {
                Fact::Month(month)
            } else {
                Fact::Weekday(at('d')?)
            }
        }
    })
}

/// The facts of a text in `language` (ISO 639-1), in order; `None` for a language whose words are not known.
pub fn facts(text: &Analysis<'_>, language: &str) -> Option<Vec<(Span, Fact)>> {
    let words = words(language)?;
    let mut out = Vec::new();
    if matches!(language, "zh" | "ja") {
        unspaced(text.text, words, &mut out);
        return Some(out);
    }
    for i in 0..text.tokens.len() {
        let lower = text.lower(i);
        let span = text.tokens[i].span;
        let found = words.whole.get(lower);
        if let Some(found) = found {
            out.extend(found.iter().map(|fact| (span, *fact)));
            continue;
        }
        let stems = lower.chars().next().and_then(|first| words.begins.get(&first));
        let begun = || stems.into_iter().flatten().filter(|(stem, _)| lower.starts_with(stem));
        let longest = begun().map(|(stem, _)| stem.len()).max();
        out.extend(begun().filter(|(stem, _)| Some(stem.len()) == longest).map(|(_, fact)| (span, *fact)));
        if longest.is_none() {
            let ended = words.ends.iter().filter(|(end, _)| lower.len() > end.len() && lower.ends_with(end));
            out.extend(ended.map(|(_, fact)| (span, *fact)));
        }
    }
    Some(out)
}

/// The same for a script that is written without spaces: the longest form at each place.
fn unspaced(text: &str, words: &Words, out: &mut Vec<(Span, Fact)>) {
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let ends = text[at..].char_indices().take(LONGEST).map(|(k, c)| at + k + c.len_utf8());
        let found = ends.filter_map(|end| Some((end, words.whole.get(&text[at..end])?))).last();
        if let Some((end, found)) = found {
            out.extend(found.iter().map(|fact| (Span::new(at, end), *fact)));
            at = end;
        } else {
            at += first.len_utf8();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, language: &str) -> Vec<Fact> {
        let all = facts(&Analysis::foreign(text), language).expect("a known language");
        all.into_iter().map(|(_, fact)| fact).filter(|fact| *fact != Fact::Nothing).collect()
    }

    #[test]
    fn words_say_what_they_say_in_their_language() {
        assert_eq!(found("Am 3. März kam er.", "de"), [Fact::Month(3), Fact::He]);
        assert_eq!(found("彼女は月曜日に", "ja"), [Fact::She, Fact::Weekday(1)]);
        assert_eq!(found("其他人说他周五来", "zh"), [Fact::He, Fact::Weekday(5)]);
        assert_eq!(found("třídy", "cs"), []);
        assert!(facts(&Analysis::foreign("x"), "xx").is_none());
    }
}
