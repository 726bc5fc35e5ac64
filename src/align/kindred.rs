//! Words of two languages as types that can be compared: folded stems, numbers, and how words sound in Latin letters.

use super::letters::letters;
use crate::span::Span;
use crate::text::tokenize;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters of a stem: inflections of one word come to the same, and so do many cognates.
const STEM: usize = 5;
/// Letters of a sound that are compared.
const SOUND: usize = 9;
/// Types of a unit that are looked at.
const MOST_TYPES: usize = 600;
/// Tokens of a unit that are looked at.
const MOST_BYTES: usize = 40_000;
/// Types in a bucket of similar sounds that are compared, on each side.
const BUCKET: usize = 200;

/// A kind of word, with what makes it comparable across languages.
#[derive(Clone, Debug, Default)]
struct Type {
    sound: String,
    number: bool,
    mark: bool,
    acronym: bool,
}

/// The types of one side.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    types: Vec<Type>,
    stems: FxHashMap<String, u32>,
    /// Surface forms seen before, so that folding is done once each.
    surfaces: FxHashMap<String, Vec<u32>>,
}

impl Vocabulary {
    pub fn len(&self) -> usize {
        self.types.len()
    }

    /// The types of a unit, each once, sorted.
    pub fn types_of(&mut self, text: &str) -> Vec<u32> {
        let text = head(text);
        let mut out = Vec::new();
        for (span, token) in tokens(text) {
            if let Some(known) = self.surfaces.get(&token) {
                out.extend_from_slice(known);
                continue;
            }
            let original = &text[span.range()];
            let types: Vec<u32> =
                cut(&token, original).into_iter().map(|(stem, kind)| self.intern(stem, kind)).collect();
            out.extend_from_slice(&types);
            self.surfaces.insert(token, types);
        }
        out.sort_unstable();
        out.dedup();
        out.truncate(MOST_TYPES);
        out
    }

    /// The types of a unit that are known already, each once, sorted.
    pub fn known_types_of(&self, text: &str) -> Vec<u32> {
        let text = head(text);
        let mut out: Vec<u32> = Vec::new();
        for (span, token) in tokens(text) {
            match self.surfaces.get(&token) {
                Some(types) => out.extend_from_slice(types),
                None => out.extend(
                    cut(&token, &text[span.range()]).iter().filter_map(|(stem, _)| self.stems.get(stem).copied()),
                ),
            }
        }
        out.sort_unstable();
        out.dedup();
        out.truncate(MOST_TYPES);
        out
    }

    fn intern(&mut self, stem: String, kind: Type) -> u32 {
        let next = self.types.len() as u32;
        *self.stems.entry(stem).or_insert_with(|| {
            self.types.push(kind);
            next
        })
    }
}

/// The part of a unit that is looked at: a line of a million words is judged by its first.
pub(super) fn head(text: &str) -> &str {
    let end = (0..=MOST_BYTES.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(0)]
}

/// The tokens of a text; neighbours in a script without spaces, which the tokeniser parts, are one.
pub(super) fn tokens(text: &str) -> Vec<(Span, String)> {
    let mut out: Vec<(Span, String)> = Vec::new();
    for (span, token) in tokenize(text) {
        match out.last_mut() {
            Some((last, run)) if last.end == span.start && run.ends_with(unspaced) && token.starts_with(unspaced) => {
                *last = last.cover(span);
                run.push_str(&token);
            }
            _ => out.push((span, token)),
        }
    }
    out
}

/// A token as stems with their types: none for stops and commas, several for a script that is written without spaces.
fn cut(token: &str, original: &str) -> Vec<(String, Type)> {
    let first = token.chars().next().unwrap_or(' ');
    if token.chars().any(|c| digit(c).is_some()) {
        let digits: String = token.chars().filter_map(digit).collect();
        return vec![(digits.clone(), Type { sound: digits, number: true, ..Type::default() })];
    }
    if !first.is_alphabetic() {
        let mark = match first {
            '?' | '\u{ff1f}' | '\u{37e}' | '\u{61f}' => "?",
            '!' | '\u{ff01}' => "!",
            '%' | '\u{ff05}' => "%",
            '(' | '\u{ff08}' | '[' => "(",
            ':' | '\u{ff1a}' => ":",
            ';' | '\u{ff1b}' => ";",
            '"' | '\u{ab}' | '\u{201e}' | '\u{300c}' | '\u{201c}' => "\"",
            '$' | '€' | '£' | '¥' | '&' | '+' | '§' | '°' => {
                return vec![(first.to_string(), Type { sound: first.to_string(), mark: true, ..Type::default() })];
            }
            _ => return Vec::new(),
        };
        return vec![(mark.to_owned(), Type { sound: mark.to_owned(), mark: true, ..Type::default() })];
    }
    if token.chars().any(unspaced) {
        return cut_unspaced(token);
    }
    let folded = fold(token);
    let letters = token.chars().count();
    let acronym = (2..=5).contains(&letters) && token.chars().all(char::is_uppercase) && original.len() == token.len();
    let stem: String = folded.chars().filter(|c| c.is_alphanumeric()).take(STEM).collect();
    if stem.is_empty() {
        return Vec::new();
    }
    let sound = sound(&folded);
    vec![(stem, Type { sound, acronym, ..Type::default() })]
}

/// Han one by one, katakana as the loan words that they are, other letters by twos.
fn cut_unspaced(token: &str) -> Vec<(String, Type)> {
    let script = |c: char| match c {
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => 0,
        '\u{30a0}'..='\u{30ff}' => 1,
        c if unspaced(c) => 2,
        _ => 3,
    };
    let chars: Vec<char> = token.chars().collect();
    let mut out = Vec::new();
    for run in chars.chunk_by(|x, y| script(*x) == script(*y)) {
        let plain = |text: String| (text, Type::default());
        match script(run[0]) {
            0 => {
                out.extend(run.iter().map(|c| plain(c.to_string())));
                out.extend(run.windows(2).map(|pair| plain(pair.iter().collect())));
            }
            2 => out.extend(run.windows(2).map(|pair| plain(pair.iter().collect()))),
            _ => {
                let text: String = run.iter().collect();
                let sound = sound(&fold(&text));
                out.push((text, Type { sound, ..Type::default() }));
            }
        }
    }
    out
}

/// Scripts that are written without spaces between words.
pub(super) fn unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The value of a digit, in whatever script.
fn digit(c: char) -> Option<char> {
    let zero = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{966}'..='\u{96f}' => 0x966,
        '\u{e50}'..='\u{e59}' => 0xe50,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

/// Lower case without accents.
fn fold(token: &str) -> String {
    if token.is_ascii() {
        return token.to_ascii_lowercase();
    }
    token
        .nfd()
        .filter(|c| !is_combining_mark(*c) || matches!(c, '\u{3099}' | '\u{309a}'))
        .nfc()
        .flat_map(char::to_lowercase)
        .collect()
}

/// How a folded word sounds, roughly, in Latin letters: spellings of one name in several languages come near.
fn sound(folded: &str) -> String {
    let mut latin = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'a'..='z' => latin.push(c),
            _ => latin.push_str(letters(c)),
        }
    }
    let mut out = String::new();
    let mut rest: &str = &latin;
    while let Some(c) = rest.chars().next() {
        let (sound, used) = [
            ("shch", "s"),
            ("tsch", "c"),
            ("sch", "s"),
            ("tch", "c"),
            ("sh", "s"),
            ("ch", "c"),
            ("ck", "k"),
            ("ph", "f"),
            ("th", "t"),
            ("kh", "h"),
            ("zh", "j"),
            ("qu", "k"),
            ("ou", "u"),
            ("oo", "u"),
            ("ts", "s"),
            ("tz", "s"),
            ("ce", "se"),
            ("ci", "si"),
            ("cy", "si"),
            ("gh", "g"),
            ("dj", "j"),
        ]
        .into_iter()
        .find(|(spelling, _)| rest.starts_with(spelling))
        .map_or_else(|| (Cow::from(single(c)), c.len_utf8()), |(spelling, sound)| (Cow::from(sound), spelling.len()));
        for s in sound.chars() {
            if !out.ends_with(s) {
                out.push(s);
            }
        }
        rest = &rest[used..];
    }
    out.truncate(SOUND);
    out
}

/// How a word of any script that writes its vowels or consonants sounds, in Latin letters; empty where it cannot be told.
/// Spellings of one name in several languages come near.
///
/// ```
/// use fauxami::align::sound_of;
/// assert_eq!(sound_of("Лавров"), sound_of("Lavrov"));
/// assert_eq!(sound_of("国"), "");
/// ```
#[must_use]
pub fn sound_of(word: &str) -> String {
    sound(&fold(word))
}

fn single(c: char) -> &'static str {
    match c {
        'c' | 'q' => "k",
        'w' => "v",
        'y' => "i",
        'z' => "s",
        'x' => "ks",
        'h' => "h",
        _ => LATIN.get((c as usize).wrapping_sub('a' as usize)).copied().unwrap_or(""),
    }
}

const LATIN: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w",
    "x", "y", "z",
];

/// The consonants of a sound, at most `most`; `r` and `l` are one, since not every script parts them.
fn skeleton(sound: &str, most: usize) -> String {
    sound
        .chars()
        .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'h'))
        .map(|c| match c {
            'l' => 'r',
            'c' | 'j' => 's',
            'b' => 'p',
            'd' => 't',
            'g' => 'k',
            'f' => 'v',
            c => c,
        })
        .take(most)
        .collect()
}

/// Pairs of types that are likely to be the same word by their looks, with the probability that one answers the other.
pub(super) fn related(a: &Vocabulary, b: &Vocabulary) -> Vec<(u32, u32, f32)> {
    let mut buckets: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    let mut exact: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (t, kind) in b.types.iter().enumerate() {
        if kind.sound.is_empty() {
            continue;
        }
        let same = exact.entry(&kind.sound).or_default();
        if same.len() < BUCKET {
            same.push(t as u32);
        }
        if let Some(key) = bucket(kind) {
            let bucket = buckets.entry(key).or_default();
            if bucket.len() < BUCKET {
                bucket.push(t as u32);
            }
        }
    }
    let mut out = Vec::new();
    for (s, kind) in a.types.iter().enumerate() {
        let mut found: Vec<(u32, f32)> = Vec::new();
        for t in exact.get(kind.sound.as_str()).into_iter().flatten() {
            let strength = same_sound(kind, &b.types[*t as usize]);
            if strength > 0.0 {
                found.push((*t, strength));
            }
        }
        if let Some(near) = bucket(kind).and_then(|key| buckets.get(&key)) {
            for t in near {
                let other = &b.types[*t as usize];
                if other.sound == kind.sound {
                    continue;
                }
                let like = strsim::jaro_winkler(&kind.sound, &other.sound) as f32;
                if like >= 0.82 {
                    found.push((*t, 0.15 + (like - 0.82) * 1.5));
                }
            }
        }
        let sum: f32 = found.iter().map(|(_, strength)| strength).sum();
        let share = if sum > 0.9 { 0.9 / sum } else { 1.0 };
        out.extend(found.into_iter().map(|(t, strength)| (s as u32, t, strength * share)));
    }
    out
}

fn bucket(kind: &Type) -> Option<String> {
    let key = skeleton(&kind.sound, 3);
    (!kind.number && !kind.mark && kind.sound.len() >= 4 && key.len() >= 2).then_some(key)
}

fn same_sound(a: &Type, b: &Type) -> f32 {
    if a.number != b.number || a.mark != b.mark {
        return 0.0;
    }
    if a.number {
        return if a.sound.len() > 1 { 0.9 } else { 0.6 };
    }
    if a.mark {
        return 0.5;
    }
    match a.sound.len() {
        _ if a.acronym && b.acronym => 0.7,
        0..=2 => 0.0,
        3 => 0.1,
        4 => 0.3,
        _ => 0.6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sound_alike_across_scripts() {
        for (x, y) in [
            ("Лавров", "Lavrov"),
            ("プーチン", "Putin"),
            ("Зеленский", "Zelensky"),
            ("Kaschmir", "Cachemire"),
            ("Αθήνα", "Athena"),
            ("オバマ", "Obama"),
        ] {
            let (mut a, mut b) = (Vocabulary::default(), Vocabulary::default());
            a.types_of(x);
            b.types_of(y);
            assert_eq!(related(&a, &b).len(), 1, "{x} {y}: {:?} {:?}", a.types, b.types);
        }
    }

    #[test]
    fn numbers_are_one_in_every_script() {
        let (mut a, mut b) = (Vocabulary::default(), Vocabulary::default());
        a.types_of("١٢٣ и 8.839,8");
        b.types_of("123 8,839.8");
        assert_eq!(related(&a, &b).iter().filter(|pair| pair.2 > 0.8).count(), 2);
    }
}
