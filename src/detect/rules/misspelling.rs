//! `misspelling`

use super::against::{goes_on, report};
use super::words::{cased, is_clitic, says, written_before};
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::fluency::gain;
use crate::text::vocabulary::{Entry, corrections, entry, is_spelled};
use crate::text::{Analysis, Kind, Tag};

pub const RULE: Rule = Rule {
    id: "misspelling",
    category: "Linguistic conventions/Spelling",
    severity: Severity::Minor,
    needs: Needs::TextOrMore,
    english: true,
    summary: "a word that no dictionary has, one slip away from one that it has",
    doc: "American, British and Canadian forms, names and new words that are often met, compounds and derivations of known words stay \
          silent; so do words that the story uses more than once, that the reference or the source has too, or that nothing common is \
          near to. A capitalised word is taken for a name unless the slip is plain: the reference has the right form, or the word \
          meant is far commoner than any name so spelled. With a reference, a word that exists but is one slip away from the \
          reference's word in the same place is flagged too.",
    example: ("according to the Minstry of Defence", "according to the Ministry of Defence"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    for i in 0..text.tokens.len() {
        if text.tokens[i].kind != Kind::Word {
            continue;
        }
        let lower = text.lower(i);
        if let Some((word, strength)) = slip(passage, story, i) {
            sink.add(passage.tokens_at(i..i + 1), format!("hardly this word: “{word}” is meant"))
                .suggest(word)
                .sure(strength);
            continue;
        }
        let letters = lower.chars().count();
        // `n't`, `'ll`
        if letters < 2
            || lower.starts_with('\'')
            || lower == "n't"
            || i > 0 && is_clitic(lower) && matches!(text.lower(i - 1), "'" | "\u{2019}")
            || !lower.chars().all(|c| c.is_ascii_lowercase() || c == '\'')
            || is_spelled(lower)
        {
            continue;
        }
        let written = text.normal(i);
        // A short word in capitals or with one is a name or an abbreviation.
        if written.chars().skip(1).any(char::is_uppercase)
            || letters < 4 && (text.is_capitalised(i) || shortened(text, i))
            || given(passage, lower)
            || repeated(story, lower)
        {
            continue;
        }
        let found = corrections(lower);
        let named = |word: &str| passage.reference.as_ref().is_some_and(|r| r.text.has_word(word));
        // A name's plural and a longer name are no slips for it.
        let found = || found.iter().filter(|(word, _)| !text.is_capitalised(i) || !goes_on(lower, word));
        let best = found().find(|(word, _)| named(word)).or(found().next());
        let Some((word, known)) = best else { continue };
        let confidence = if named(word) {
            0.95
        } else {
            let confidence = alone(text, i, *known, letters) - doubt(text, i, word, *known);
            // A source in Latin letters that lacks the word says that it is no name.
            if passage.source.as_ref().is_some_and(|s| written_before(s.text.text, '\u{250}')) {
                confidence + 0.1
            } else {
                confidence
            }
        };
        sink.add(passage.tokens_at(i..i + 1), format!("no such word: “{}” is meant", cased(written, word)))
            .suggest(cased(written, word))
            .sure(confidence);
    }
    report(passage, story, Fault::Misspelling, sink);
}

/// Likelihood (base 10) that a common word has to gain over a rare one before that is a slip for it, and from which it is plain.
const LIKELIER: f32 = 4.5;
const PLAIN: f32 = 6.0;
/// Frequency (Zipf) of a common word, and of a word that is met often enough to be meant.
const COMMON: f32 = 4.5;
const MET: f32 = 3.3;

/// The common word that a rare one in small letters, or a name, was meant for: `the tenth tim since`.
fn slip(passage: &Passage<'_>, story: &Story<'_>, i: usize) -> Option<(String, f32)> {
    let (text, lower) = (&passage.text, passage.text.lower(i));
    let known = entry(lower)?;
    // Rare forms of words that are often met are right: `troops massed at the border`.
    let met = |word: &str| entry(word).is_some_and(|known| known.word && known.zipf >= MET);
    let usual = met(lower) || text.lemma(i) != lower && met(text.lemma(i));
    if usual
        || passage.display
        || text.tokens[i].quoted
        || text.normal(i) != lower
        || lower.len() < 2
        || !lower.bytes().all(|b| b.is_ascii_lowercase())
        || shortened(text, i)
        || given(passage, lower)
        || repeated(story, lower)
    {
        return None;
    }
    let listed = known.word;
    let meant = |(word, known): (String, Entry)| {
        if !known.word || known.zipf < COMMON || strsim::osa_distance(lower, &word) > 1 {
            return None;
        }
        let gain = gain(text, i..i + 1, &Analysis::english(&word), 0..1)?.sum();
        let named = passage.reference.as_ref().is_some_and(|r| r.text.has_word(&word));
        // A word that a dictionary has needs more to be doubted than a name in small letters.
        let least = if listed && !named { PLAIN } else { LIKELIER };
        (gain >= least).then_some((named, gain, word))
    };
    let best = |x: &(bool, f32, String), y: &(bool, f32, String)| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1));
    let (named, gain, word) = corrections(lower).into_iter().filter_map(meant).max_by(best)?;
    Some((word, if named || gain >= PLAIN { 0.8 } else { 0.55 }))
}

/// How sure a slip is that nothing but the dictionary shows.
fn alone(text: &Analysis<'_>, i: usize, known: Entry, letters: usize) -> f32 {
    let long = letters >= 7;
    let quoted = if text.tokens[i].quoted { 0.15 } else { 0.0 };
    let base = if text.is_capitalised(i) {
        let initial = text.sentences[text.tokens[i].sentence].start == i;
        // `…,” Schladow said`: who speaks without an article has a name.
        let article = i.checked_sub(1).is_some_and(|k| text.tag_of(k) == Tag::Dt);
        match () {
            () if says(text, i + 1) && !article => 0.1,
            () if initial && known.word && long && known.zipf >= 4.0 => 0.7,
            () if initial && known.word && known.zipf >= 5.3 => 0.45,
            // Among names, an unknown one is a name.
            () if long && known.zipf >= 4.3 && !named_around(text, i) => 0.5,
            () if long && known.zipf >= 4.5 && known.word => 0.25,
            () => 0.1,
        }
    } else {
        match known.zipf {
            z if z >= 4.0 && long => 0.9,
            z if z >= 5.3 => 0.85,
            z if z >= 3.0 && letters >= 6 => 0.75,
            z if z >= 4.5 && letters >= 4 || z >= 3.0 && letters >= 5 => 0.5,
            _ => 0.2,
        }
    };
    base - quoted
}

fn stem(word: &str) -> &str {
    ["ers", "er", "ed", "ing", "s"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

/// What speaks for a word that no dictionary has rather than for a slip.
fn doubt(text: &Analysis<'_>, i: usize, word: &str, known: Entry) -> f32 {
    let lower = text.lower(i);
    // `backstabbed` is no slip for `backstabber`.
    let form = stem(lower) == stem(word);
    // Two slips in one word are rare, and a short word in small letters is seldom meant for a name.
    let far = strsim::osa_distance(lower, word) > 1 && known.zipf < 4.5;
    let name = !known.word && lower.len() <= 5;
    // `105,000 tomans`
    let counted = known.zipf < 4.0 && i > 0 && text.tag_of(i - 1) == Tag::Cd;
    if form || name || counted {
        0.6
    } else if far {
        0.3
    } else {
        0.0
    }
}

fn named_around(text: &Analysis<'_>, i: usize) -> bool {
    let name = |k: usize| {
        text.tokens.get(k).is_some_and(|t| t.kind == Kind::Word && t.sentence == text.tokens[i].sentence)
            && text.is_capitalised(k)
            && text.tag_of(k) != Tag::Dt
    };
    i.checked_sub(1).is_some_and(name) || name(i + 1)
}

/// A short word with a stop, a digit or a symbol beside it is an abbreviation or a unit: `5 km`, `vol.`.
fn shortened(text: &Analysis<'_>, i: usize) -> bool {
    let odd = |k: usize| {
        text.tokens.get(k).is_some_and(|t| t.kind != Kind::Word && !matches!(text.normal(k), "," | "\"" | "'"))
    };
    let joined = text.tokens.get(i + 1).is_some_and(|t| !t.spaced) && odd(i + 1);
    i.checked_sub(1).is_some_and(odd) || joined
}

/// The reference or the source has the word just so.
fn given(passage: &Passage<'_>, lower: &str) -> bool {
    passage.reference.iter().chain(&passage.source).any(|other| other.text.has_word(lower))
}

/// A word that comes again is a term or a name.
fn repeated(story: &Story<'_>, lower: &str) -> bool {
    let times = story
        .passages
        .iter()
        .flat_map(|p| (0..p.text.tokens.len()).filter(move |&j| p.text.lower(j) == lower))
        .take(2)
        .count();
    times > 1
}
