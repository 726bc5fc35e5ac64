//! `name-inconsistency`

use crate::config::Severity;
use crate::detect::lexicon::classes::{countries, nationalities};
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use crate::text::{Kind, is_known};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use unicode_normalization::UnicodeNormalization;

pub const RULE: Rule = Rule {
    id: "name-inconsistency",
    category: "Terminology/Inconsistent use of terminology",
    severity: Severity::Major,
    needs: Needs::Text,
    english: true,
    summary: "one name in two spellings in one story",
    doc: "Kyiv in one paragraph and Kiev in the next. Spellings that are one name are in `corpora/lexicon/names.toml`; the preferred one, \
          or the story's most frequent, is suggested at the others; the first of them counts, the rest are marked as \
          neutral. Names that are not in the table are compared by edit distance: \
          flagged is a rare spelling that comes within one letter of a frequent one and stands with the same other name, or alone. \
          Quotations, fixed names (`Peking University`), a renaming that the story tells, relatives' surnames and plurals stay silent.",
    example: ("Trains to Kyiv were late, the mayor of Kiev said.", "Trains to Kyiv were late, the mayor of Kyiv said."),
    check: Check::Story(check),
};

struct Use {
    passage: usize,
    /// Tokens of the name.
    token: usize,
    len: usize,
}

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    let known = by_table(story, sink);
    by_spelling(story, &known, sink);
}

/// Spellings of one group in one story. Returns every spelling that the table speaks of.
fn by_table(story: &Story<'_>, sink: &mut Sink<'_>) -> FxHashSet<String> {
    let mut uses: FxHashMap<usize, Vec<(String, Use)>> = FxHashMap::default();
    let mut spoken = FxHashSet::default();
    let mut apart: FxHashSet<usize> = FxHashSet::default();
    for (p, passage) in story.passages.iter().enumerate() {
        let text = &passage.text;
        for i in (0..text.tokens.len()).filter(|&i| story.lexicon.may_begin_name(text.normal(i))) {
            for n in (1..=3usize).rev() {
                if i + n > text.tokens.len() || !text.tokens[i].is_word() {
                    continue;
                }
                let name = (i..i + n).map(|k| text.normal(k)).collect::<Vec<_>>().join(" ");
                let Some((group, entry)) = story.lexicon.group_of(&name) else { continue };
                spoken.extend(name.split(' ').map(str::to_owned));
                // `Odessa, Texas` is another place; then nothing can be said of the rest.
                if text.lower(i + n) == "," && is_state(text.lower(i + n + 1)) {
                    apart.insert(group);
                }
                let sentence = &text.sentences[text.tokens[i].sentence];
                let renamed = text.tokens.get(sentence.clone()).is_some_and(|_| {
                    sentence.clone().any(|k| {
                        matches!(
                            text.lower(k),
                            "became"
                                | "renamed"
                                | "formerly"
                                | "called"
                                | "known"
                                | "spelled"
                                | "name"
                                | "transliteration"
                        )
                    })
                }) && entry
                    .names
                    .iter()
                    .filter(|other| other.as_str() != name)
                    .any(|other| text.slice(sentence.clone()).contains(other.as_str()));
                if renamed {
                    apart.insert(group);
                }
                if !fixed(passage, i, n, &entry.unless, entry.place) {
                    uses.entry(group).or_default().push((name, Use { passage: p, token: i, len: n }));
                }
                break;
            }
        }
    }
    let mut groups: Vec<_> = uses.into_iter().filter(|(g, _)| !apart.contains(g)).collect();
    groups.sort_by_key(|(g, _)| *g);
    for (group, uses) in groups {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for (name, _) in &uses {
            match counts.iter_mut().find(|c| c.0 == name) {
                Some(count) => count.1 += 1,
                None => counts.push((name, 1)),
            }
        }
        if counts.len() < 2 {
            continue;
        }
        let prefer = story.lexicon.groups[group].prefer.as_deref().filter(|p| counts.iter().any(|c| c.0 == *p));
        let first = counts.iter().rev().max_by_key(|c| c.1).map_or("", |c| c.0);
        let chosen = prefer.unwrap_or(first).to_owned();
        let mut told: Vec<&str> = Vec::new();
        for (name, at) in uses.iter().filter(|(name, _)| *name != chosen) {
            let passage = &story.passages[at.passage];
            // The reference writes it so too.
            if passage.reference.as_ref().is_some_and(|r| r.text.text.contains(name.as_str())) {
                continue;
            }
            // One fault, however often: where it stands again it is marked, and weighs nothing.
            let severity = match prefer {
                _ if told.contains(&name.as_str()) => Severity::Neutral,
                Some(_) if any_ascii::any_ascii(name) != any_ascii::any_ascii(&chosen) => Severity::Major,
                _ => Severity::Minor,
            };
            told.push(name);
            sink.add(
                passage.tokens_at(at.token..at.token + at.len),
                format!("“{name}” here, “{chosen}” elsewhere in the story"),
            )
            .suggest(chosen.clone())
            .weigh(severity);
        }
    }
    spoken
}

/// Quoted, part of a longer name, or in a phrase in which any spelling is right.
fn fixed(passage: &Passage<'_>, i: usize, n: usize, unless: &[String], kind_is_place: bool) -> bool {
    let text = &passage.text;
    // A title in quotes keeps its spelling; so does a name that goes on: Galaxy Macau, Historic Centre of Macau.
    if text.tokens[i].quoted {
        let sentence = &text.sentences[text.tokens[i].sentence];
        if sentence.clone().filter(|&k| text.tokens[k].quoted && text.tokens[k].is_word()).count() <= 8 {
            return true;
        }
    }
    let joined = i > 0
        && text.tag_of(i - 1).is_proper()
        && text.is_capitalised(i - 1)
        && text.tokens[i - 1].kind == Kind::Word
        && kind_is_place;
    if joined {
        return true;
    }
    let (start, end) = (text.tokens[i].span.start, text.tokens[i + n - 1].span.end);
    let phrase = unless
        .iter()
        .any(|phrase| text.text.match_indices(phrase.as_str()).any(|(at, _)| at <= start && at + phrase.len() >= end));
    let after = text.is_capitalised(i + n)
        && text.tag_of(i + n).is_proper()
        && text.tokens.get(i + n).is_some_and(|t| t.is_word());
    let institution = after
        && (i + n..(i + n + 3).min(text.tokens.len())).any(|k| {
            matches!(
                text.lower(k),
                "university"
                    | "stock"
                    | "exchange"
                    | "institute"
                    | "school"
                    | "college"
                    | "museum"
                    | "street"
                    | "airport"
                    | "high"
                    | "court"
                    | "opera"
                    | "festival"
                    | "cathedral"
                    | "grand"
                    | "fc"
                    | "club"
                    | "conservatory"
                    | "review"
                    | "times"
                    | "post"
            )
        });
    phrase || institution
}

fn is_state(lower: &str) -> bool {
    const STATES: [&str; 24] = [
        "texas",
        "ohio",
        "florida",
        "missouri",
        "georgia",
        "illinois",
        "indiana",
        "michigan",
        "california",
        "pennsylvania",
        "kansas",
        "iowa",
        "oregon",
        "washington",
        "minnesota",
        "wisconsin",
        "tennessee",
        "kentucky",
        "alabama",
        "ontario",
        "n.y.",
        "fla.",
        "mo.",
        "ga.",
    ];
    STATES.contains(&lower)
}

struct Name {
    text: String,
    plain: String,
    sounds: OnceCell<String>,
    uses: Vec<Use>,
    /// Names that stand right before and right behind.
    neighbours: FxHashSet<String>,
    sentences: FxHashSet<(usize, usize)>,
}

impl Name {
    fn sounds(&self) -> &str {
        self.sounds.get_or_init(|| sounds(&self.text))
    }
}

/// Names outside the table that differ by a letter.
fn by_spelling(story: &Story<'_>, spoken: &FxHashSet<String>, sink: &mut Sink<'_>) {
    let mut names: Vec<Name> = Vec::new();
    let mut index: FxHashMap<String, usize> = FxHashMap::default();
    for (p, passage) in story.passages.iter().enumerate() {
        let text = &passage.text;
        for i in 0..text.tokens.len() {
            let token = &text.tokens[i];
            let word = text.normal(i);
            let article = word.get(..3).is_some_and(|a| matches!(a, "al-" | "el-" | "Al-" | "El-"));
            let named = (token.tag.is_proper() && text.is_capitalised(i))
                || article && word[3..].starts_with(char::is_uppercase);
            if token.kind != Kind::Word
                || !named
                || word.chars().count() < 5
                || word.contains('.')
                || spoken.contains(word)
            {
                continue;
            }
            let lower = text.lower(i);
            if countries().contains(lower)
                || nationalities().contains(lower)
                || crate::detect::lexicon::classes::is_date(lower)
                || is_known(lower)
            {
                continue;
            }
            let k = *index.entry(word.to_owned()).or_insert_with(|| {
                names.push(Name {
                    text: word.to_owned(),
                    plain: plain(word),
                    sounds: OnceCell::new(),
                    uses: Vec::new(),
                    neighbours: FxHashSet::default(),
                    sentences: FxHashSet::default(),
                });
                names.len() - 1
            });
            names[k].uses.push(Use { passage: p, token: i, len: 1 });
            names[k].sentences.insert((p, token.sentence));
            for n in [i.wrapping_sub(1), i + 1] {
                if text.tokens.get(n).is_some_and(|t| t.tag.is_proper() && t.kind == Kind::Word)
                    && text.is_capitalised(n)
                {
                    names[k].neighbours.insert(text.normal(n).to_owned());
                }
            }
        }
    }
    if names.len() > 3_000 {
        return;
    }
    for a in 0..names.len() {
        for b in 0..names.len() {
            let (rare, usual) = (&names[a], &names[b]);
            if a == b || rare.uses.len() > usual.uses.len() || (rare.uses.len() == usual.uses.len() && a < b) {
                continue;
            }
            if !near(rare, usual) || rare.sentences.iter().any(|s| usual.sentences.contains(s)) {
                continue;
            }
            let shared = rare.neighbours.iter().any(|n| usual.neighbours.contains(n));
            // The reference decides, where it knows the name: whom it writes so is so written, and two are two.
            let named = |name: &str| story.reference.is_some_and(|reference| has_word(reference, name));
            let (own, other) = (named(&rare.text), named(&usual.text));
            if own && other {
                continue;
            }
            let strangers = !rare.neighbours.is_empty() && !usual.neighbours.is_empty() && !shared;
            // Without a name beside it that both share, only a clear majority tells a slip from a second person.
            let accents = rare.sounds() == usual.sounds();
            let clear = usual.uses.len() >= 2
                && usual.uses.len() >= 2 * rare.uses.len()
                && (accents || usual.uses.len() >= 3 || rare.text.contains('-'));
            let told = clear || shared && (accents || usual.uses.len() > rare.uses.len());
            if strangers || !told {
                continue;
            }
            let (rare, usual) = if own { (usual, rare) } else { (rare, usual) };
            for at in &rare.uses {
                let passage = &story.passages[at.passage];
                if passage.text.tokens[at.token].quoted {
                    continue;
                }
                let span: Span = passage.tokens_at(at.token..at.token + at.len);
                sink.add(span, format!("“{}” here, “{}” elsewhere in the story", rare.text, usual.text))
                    .suggest(usual.text.clone())
                    .weigh(if shared { Severity::Major } else { Severity::Minor });
            }
            break;
        }
    }
}

/// Whether `text` has `name` as a word of its own.
fn has_word(text: &str, name: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(name)
        .any(|(at, _)| !inside(text[..at].chars().next_back()) && !inside(text[at + name.len()..].chars().next()))
}

/// Letters without their accents, in lower case.
fn plain(name: &str) -> String {
    name.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// A name as it is written when transliterations are levelled: `Hnatiuk` and `Hnatyuk`, `Sergei` and `Sergey`.
fn sounds(name: &str) -> String {
    plain(name)
        .replace("iy", "y")
        .replace("ii", "i")
        .replace('y', "i")
        .replace("kh", "h")
        .replace("ks", "x")
        .replace("sch", "sh")
}

/// One name in two spellings: equal without accents, or one letter apart, and neither a plural nor a relative's form.
fn near(a: &Name, b: &Name) -> bool {
    if a.plain == b.plain {
        return true;
    }
    // Names that begin with other sounds are other names, unless it is an article that differs.
    let first = |name: &Name| match name.plain.chars().next() {
        Some('y' | 'i') => Some('i'),
        Some('k' | 'h' | 'x') => Some('k'),
        first => first.filter(char::is_ascii_alphabetic),
    };
    let parted = first(a).zip(first(b)).is_some_and(|(a, b)| a != b);
    if parted && !(a.plain.contains('-') && b.plain.contains('-')) {
        return false;
    }
    if a.sounds() == b.sounds() {
        return true;
    }
    let (a, b) = (a.plain.as_str(), b.plain.as_str());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    // Volkov, Volkova, Volkovs; Martin, Martinez; and anything that merely goes on.
    if long.starts_with(short) || long.ends_with(short) {
        return false;
    }
    // Petrov and Petrovic aside, endings in -a and -o, -os and -as part persons.
    let head = |w: &str| w.char_indices().next_back().map_or(0, |(at, _)| at);
    let ending_only = a[..head(a)] == b[..head(b)];
    let vowel_swap = ending_only && a.ends_with(['y', 'i', 'j']) && b.ends_with(['y', 'i', 'j']);
    if ending_only && !vowel_swap {
        return false;
    }
    if a.len().min(b.len()) < 6 {
        return false;
    }
    let distance = strsim::damerau_levenshtein(a, b);
    // The first letter holds: Marin and Karin are two people.
    let article = a.contains('-') && b.contains('-') && a.get(3..) == b.get(3..);
    article || distance == 1 && a.chars().next() == b.chars().next()
}
