//! What around a phrase says whether it was carried over: the story's other phrases, the source, the reference.

use super::{Entry, EntryId, Hit};
use crate::detect::{Counterpart, Passage, Story};
use crate::span::Span;
use crate::text::Analysis;
use rustc_hash::FxHashSet;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A language that a story may be translated from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Its ISO 639-1 code.
    pub language: String,
    /// Its share of the evidence, 0 to 1.
    pub share: f64,
    /// The phrases that point to it, as the story has them, in its order.
    pub evidence: Vec<String>,
}

/// The languages that the story's phrases point to: those that at least two entries name and that are ahead of the rest.
/// An entry speaks for each of its source languages, with as much less weight as it has more of them.
#[must_use]
pub fn origins(story: &Story<'_>) -> Vec<Origin> {
    let mut found: BTreeMap<&str, (f64, usize, Vec<String>)> = BTreeMap::new();
    let mut seen: FxHashSet<EntryId> = FxHashSet::default();
    let mut total = 0.0;
    for passage in &story.passages {
        for hit in passage.phrases(story.lexicon) {
            let entry = story.lexicon.entry(hit.entry);
            if entry.sources.is_empty() || entry.confidence < 0.5 || !seen.insert(hit.entry) {
                continue;
            }
            let weight = 1.0 / entry.sources.len() as f64;
            total += 1.0;
            for language in entry.sources.keys() {
                let (sum, entries, evidence) = found.entry(language).or_default();
                *sum += weight;
                *entries += 1;
                let words = passage.text.slice(hit.tokens.clone()).to_owned();
                if evidence.len() < MOST && !evidence.contains(&words) {
                    evidence.push(words);
                }
            }
        }
    }
    let mut ranked: Vec<_> = found.into_iter().collect();
    ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(b.1.1.cmp(&a.1.1)));
    let Some(top) = ranked.first().map(|x| x.1.0) else { return Vec::new() };
    // Sisters that share every phrase cannot be told apart; more than two of them are no answer.
    let level = ranked.iter().take_while(|x| x.1.0 > top * 0.9).count();
    let ahead = level <= 2 && ranked.get(level).is_none_or(|next| next.1.0 <= top * 0.75);
    if !ahead {
        return Vec::new();
    }
    ranked.truncate(level);
    ranked.retain(|x| x.1.1 >= 2);
    ranked
        .into_iter()
        .map(|(language, (sum, _, evidence))| Origin { language: language.to_owned(), share: sum / total, evidence })
        .collect()
}

/// The entries that speak for each source language in a story, gathered once.
#[derive(Debug, Default)]
pub(crate) struct Spoken(OnceCell<BTreeMap<String, FxHashSet<EntryId>>>);

impl Spoken {
    fn get(&self, story: &Story<'_>) -> &BTreeMap<String, FxHashSet<EntryId>> {
        self.0.get_or_init(|| {
            let mut languages: BTreeMap<String, FxHashSet<EntryId>> = BTreeMap::new();
            for hit in story.passages.iter().flat_map(|passage| passage.phrases(story.lexicon)) {
                for language in story.lexicon.entry(hit.entry).sources.keys() {
                    languages.entry(language.clone()).or_default().insert(hit.entry);
                }
            }
            languages
        })
    }
}

/// Most phrases that are shown for a language.
const MOST: usize = 5;

/// What speaks for or against one hit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// Of the odds that an editor would agree, the logarithm of the change.
    odds: f32,
    /// A clause each.
    pub notes: Vec<String>,
    /// The words of the reference that the suggestion has, in bytes of the whole reference.
    pub reference: Option<Span>,
}

impl Evidence {
    /// Everything that is known of `hit`.
    pub fn of(hit: &Hit, passage: &Passage<'_>, story: &Story<'_>) -> Self {
        let mut evidence = Self::default();
        let entry = story.lexicon.entry(hit.entry);
        evidence.neighbours(entry, story);
        if let Some(source) = &passage.source {
            evidence.source(entry, source, passage);
        }
        if let Some(reference) = &passage.reference {
            evidence.reference(hit, passage, passage.reference_phrases(story.lexicon), reference);
        }
        evidence
    }

    /// `confidence` in the light of the evidence, 0 to 1.
    pub fn weigh(&self, confidence: f32) -> f32 {
        if self.odds == 0.0 || confidence <= 0.0 || confidence >= 1.0 {
            return confidence;
        }
        let odds = (confidence / (1.0 - confidence)).ln() + self.odds;
        1.0 / (1.0 + (-odds).exp())
    }

    /// Other phrases of the story that have a source language in common with this one.
    fn neighbours(&mut self, entry: &Entry, story: &Story<'_>) {
        let spoken = story.spoken.get(story);
        let others = |language: &String| spoken.get(language).map_or(0, |entries| entries.len().saturating_sub(1));
        // Of several languages the one that most of the story points to; the first of equals.
        let best = entry.sources.keys().rev().max_by_key(|language| others(language));
        if let Some((language, count)) = best.map(|language| (language, others(language))).filter(|x| x.1 > 0) {
            self.odds += 0.3 * count.min(3) as f32;
            self.notes.push(format!("{count} more from {language} here"));
        }
    }

    fn source(&mut self, entry: &Entry, source: &Counterpart<'_>, passage: &Passage<'_>) {
        // Sisters write alike: where the source's own language is known, only its phrase counts.
        let language = || passage.source_language().code().filter(|_| source.text.words() > 2);
        let words = folded(source.text.text);
        let mut phrases = entry.sources.iter().filter(|(_, phrase)| stands(phrase, &words));
        if let Some((_, phrase)) = phrases.find(|(of, _)| language().is_none_or(|language| language == *of)) {
            self.odds += 1.5;
            self.notes.push(format!("the source has “{phrase}”"));
        }
    }

    fn reference(&mut self, hit: &Hit, passage: &Passage<'_>, theirs: &[Hit], reference: &Counterpart<'_>) {
        // One word alone stands everywhere; with the next it is a phrase.
        let text = &passage.text;
        let end = hit.tokens.end + usize::from(hit.tokens.len() == 1 && hit.tokens.end < text.tokens.len());
        let same = || wording(text.slice(hit.tokens.start..end), &reference.text).is_some();
        if theirs.iter().any(|other| other.entry == hit.entry) || same() {
            self.odds -= 2.5;
            self.notes.push("the reference has the phrase too".to_owned());
            return;
        }
        let found =
            hit.suggestions.iter().find_map(|suggestion| Some((suggestion, wording(suggestion, &reference.text)?)));
        if let Some((suggestion, tokens)) = found {
            self.odds += 1.0;
            self.reference = Some(reference.text.span(tokens).shifted(reference.offset));
            self.notes.push(format!("the reference writes “{suggestion}”"));
        }
    }
}

/// Where `text` has the words of `suggestion`, in any form. Words that stand everywhere are no wording.
fn wording(suggestion: &str, text: &Analysis<'_>) -> Option<std::ops::Range<usize>> {
    let wanted = Analysis::english(suggestion);
    let count = wanted.tokens.len();
    let telling = (0..count).filter(|&i| wanted.lemma(i).chars().count() > 3).count();
    if telling == 0 || count == 1 && wanted.lemma(0).chars().count() < 5 {
        return None;
    }
    let same = |i: usize, k: usize| text.lower(k) == wanted.lower(i) || text.lemma(k) == wanted.lemma(i);
    let starts = 0..(text.tokens.len() + 1).saturating_sub(count);
    starts.map(|at| at..at + count).find(|range| (0..count).all(|i| same(i, range.start + i)))
}

/// Words without accents and case.
fn folded(text: &str) -> Vec<String> {
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether the script parts no words.
fn unspaced(word: &str) -> bool {
    word.chars().any(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
}

/// A word of a source phrase.
struct Wanted<'w> {
    word: &'w str,
    /// In characters.
    length: usize,
    /// What of it does not change: an ending of one letter at least may, but for the shortest.
    stem: &'w str,
}

impl<'w> Wanted<'w> {
    fn new(word: &'w str) -> Self {
        let length = word.chars().count();
        let end = word.char_indices().nth((length.max(1) - 1).clamp(4, 5)).map_or(word.len(), |(at, _)| at);
        Self { word, length, stem: &word[..end] }
    }

    /// Whether `word` is a form of it.
    fn is(&self, word: &str) -> bool {
        let bare = word.strip_prefix("ال").unwrap_or(word);
        word == self.word || self.length > 3 && (word.starts_with(self.stem) || bare.starts_with(self.stem))
    }
}

/// Whether a source phrase stands among the words of a source text, in any form: the first four or five letters of its longer
/// words, in order and close together. Of three or more, one may be another word: verbs change in their stem too.
fn stands(phrase: &str, words: &[String]) -> bool {
    let phrase = folded(phrase);
    if phrase.iter().any(|word| unspaced(word)) {
        let joined = words.concat();
        return !phrase.is_empty() && phrase.iter().all(|word| joined.contains(word.as_str()));
    }
    let mut wanted: Vec<Wanted<'_>> = phrase.iter().map(|word| Wanted::new(word)).collect();
    if wanted.iter().any(|word| word.length > 3) {
        wanted.retain(|word| word.length > 3);
    }
    let Some(longest) = wanted.iter().map(|word| word.length).max() else { return false };
    let least = if wanted.len() >= 3 { wanted.len() - 1 } else { wanted.len() };
    (0..words.len()).any(|start| {
        let (mut next, mut met, mut told) = (0, 0, false);
        for word in words[start..].iter().take(phrase.len() + 3) {
            if let Some(n) = wanted[next..].iter().position(|wanted| wanted.is(word)) {
                told |= wanted[next + n].length == longest;
                next += n + 1;
                met += 1;
            }
        }
        met >= least && told
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_phrase_is_found_in_other_forms() {
        let has = |phrase: &str, text: &str| stands(phrase, &folded(text));
        assert!(has("chef de la diplomatie", "Le chef russe de la diplomatie a parlé."));
        assert!(!has("chef de la diplomatie", "La diplomatie russe a parlé."));
        assert!(has("avoir d’autres chats à fouetter", "Il a d'autres chats à fouetter."));
        assert!(has("глава дипломатии", "Встреча с главой дипломатии прошла в Москве."));
        assert!(has("表示", "发言人表示，会谈将继续。"));
        assert!(has("ifade etti", "Bakan bunu ifade etti."));
    }
}
