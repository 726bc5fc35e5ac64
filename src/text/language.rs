//! Which language a text is in.

use super::memo::Texts;
use std::cell::RefCell;
use whatlang::{Detector, Lang, Script};

/// A language, or the honest word that it cannot be told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Language {
    /// Told with confidence.
    Known {
        /// ISO 639-1 code, `en`.
        code: &'static str,
        /// 0 to 1.
        confidence: f64,
    },
    /// Too short or too mixed to tell; at best a guess.
    Unsure {
        /// ISO 639-1 code of the likeliest.
        guess: Option<&'static str>,
    },
}

const LATIN: &[(Lang, &str)] = &[
    (Lang::Eng, "en"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Deu, "de"),
    (Lang::Ita, "it"),
    (Lang::Por, "pt"),
    (Lang::Nld, "nl"),
    (Lang::Ron, "ro"),
    (Lang::Pol, "pl"),
    (Lang::Tur, "tr"),
    (Lang::Vie, "vi"),
    (Lang::Ind, "id"),
    (Lang::Ces, "cs"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Nob, "no"),
    (Lang::Fin, "fi"),
    (Lang::Hun, "hu"),
    (Lang::Hrv, "hr"),
    (Lang::Cat, "ca"),
];
const OTHER: &[(Lang, &str)] = &[
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Bul, "bg"),
    (Lang::Srp, "sr"),
    (Lang::Ara, "ar"),
    (Lang::Pes, "fa"),
    (Lang::Urd, "ur"),
    (Lang::Cmn, "zh"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
    (Lang::Hin, "hi"),
    (Lang::Ben, "bn"),
    (Lang::Tha, "th"),
    (Lang::Heb, "he"),
    (Lang::Ell, "el"),
    (Lang::Kat, "ka"),
    (Lang::Hye, "hy"),
    (Lang::Tam, "ta"),
];

thread_local! {
    /// The model takes longer than all else that is asked of a passage.
    static DETECTED: RefCell<Texts<Language>> = const { RefCell::new(Texts::new()) };
}

/// Characters looked at: more does not make the answer surer, only slower.
const ENOUGH: usize = 2_000;

impl Language {
    /// Tells the language of `text` from its first 2,000 characters.
    ///
    /// ```
    /// use fauxami::text::Language;
    /// assert!(Language::of("The minister said on Monday that talks with the union would go on.").is("en"));
    /// assert!(Language::of("Министр заявил в понедельник, что переговоры продолжатся.").is("ru"));
    /// assert_eq!(Language::of("White House").label(), "unsure (en?)");
    /// ```
    #[must_use]
    pub fn of(text: &str) -> Self {
        let head = head(text);
        let letters = letters(head);
        if letters == 0 {
            return Self::Unsure { guess: None };
        }
        let latin = is_latin(head);
        let english = if latin { English::of(head) } else { English::default() };
        // Function words decide where a model of letters wavers: names dominate short news lines. Where nearly every third word is
        // an English one, no model is surer.
        if letters >= LETTERS && english.is_plain() {
            return Self::Known { code: "en", confidence: if english.telling >= 0.3 { 1.0 } else { 0.9 } };
        }
        // A short Latin line is more often English with names in it than Estonian.
        if latin && letters < LETTERS {
            return Self::Unsure { guess: Some("en") };
        }
        DETECTED.with_borrow_mut(|texts| texts.get(head, |head| Self::detect(head, letters, latin)))
    }

    /// By a model of letters.
    fn detect(head: &str, letters: usize, latin: bool) -> Self {
        let list = if latin { LATIN } else { OTHER };
        let detector = Detector::with_allowlist(list.iter().map(|x| x.0).collect());
        let Some(info) = detector.detect(head) else { return Self::Unsure { guess: None } };
        let Some(code) = list.iter().find(|x| x.0 == info.lang()).map(|x| x.1) else {
            return Self::Unsure { guess: None };
        };
        let surely = if latin { info.is_reliable() } else { letters >= 6 };
        if surely { Self::Known { code, confidence: info.confidence() } } else { Self::Unsure { guess: Some(code) } }
    }

    /// Whether `text` is surely English, by its function words alone: a few thousand instructions. What is not may be English all the
    /// same.
    ///
    /// ```
    /// use fauxami::text::Language;
    /// assert!(Language::is_plainly_english("The minister said on Monday that talks with the union would go on."));
    /// assert!(!Language::is_plainly_english("Министр заявил в понедельник, что переговоры продолжатся."));
    /// ```
    #[must_use]
    pub fn is_plainly_english(text: &str) -> bool {
        let head = head(text);
        letters(head) >= LETTERS && is_latin(head) && English::of(head).is_plain()
    }

    /// Whether the language is surely the one with this ISO 639-1 code.
    #[must_use]
    pub fn is(self, wanted: &str) -> bool {
        matches!(self, Self::Known { code, .. } if code == wanted)
    }

    /// Whether it may be the one with this code: it is, or nothing speaks against it.
    #[must_use]
    pub fn may_be(self, wanted: &str) -> bool {
        match self {
            Self::Known { code, .. } => code == wanted,
            Self::Unsure { guess } => guess.is_none_or(|g| g == wanted),
        }
    }

    /// The code where it is known.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::Known { code, .. } => Some(code),
            Self::Unsure { .. } => None,
        }
    }

    /// For people: `en`, `unsure (en?)` or `unsure`.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Known { code, .. } => code.to_owned(),
            Self::Unsure { guess: Some(guess) } => format!("unsure ({guess}?)"),
            Self::Unsure { guess: None } => "unsure".to_owned(),
        }
    }
}

/// Letters from which on a Latin text tells its language.
const LETTERS: usize = 40;
fn head(text: &str) -> &str {
    if text.len() <= ENOUGH {
        return text;
    }
    text.char_indices().nth(ENOUGH).map_or(text, |(at, _)| &text[..at])
}

fn letters(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(u8::is_ascii_alphabetic).count();
    }
    text.chars().filter(|c| c.is_alphabetic()).count()
}

fn is_latin(text: &str) -> bool {
    // ASCII has no other letters.
    text.is_ascii() && text.bytes().any(|b| b.is_ascii_alphabetic())
        || whatlang::detect_script(text) == Some(Script::Latin)
}

/// The shares of the words of a text that are English function words, 0 to 1.
#[derive(Clone, Copy, Default)]
struct English {
    /// The commonest.
    telling: f64,
    /// Those and more.
    all: f64,
}

/// English function words, the commonest marked; sorted.
const WORDS: [(&str, bool); 64] = [
    ("about", false),
    ("after", true),
    ("against", false),
    ("all", false),
    ("also", false),
    ("and", true),
    ("are", true),
    ("as", true),
    ("at", true),
    ("be", false),
    ("because", false),
    ("been", true),
    ("before", false),
    ("between", false),
    ("but", false),
    ("by", true),
    ("can", false),
    ("could", false),
    ("did", false),
    ("first", false),
    ("for", true),
    ("from", true),
    ("had", false),
    ("has", true),
    ("have", true),
    ("his", true),
    ("in", true),
    ("into", false),
    ("is", true),
    ("it", false),
    ("its", false),
    ("more", false),
    ("new", false),
    ("not", false),
    ("of", true),
    ("on", true),
    ("or", false),
    ("other", false),
    ("our", false),
    ("out", false),
    ("said", true),
    ("she", false),
    ("should", false),
    ("some", false),
    ("than", false),
    ("that", true),
    ("the", true),
    ("their", true),
    ("there", false),
    ("they", false),
    ("this", false),
    ("those", false),
    ("through", false),
    ("to", true),
    ("was", true),
    ("were", false),
    ("when", false),
    ("which", false),
    ("while", false),
    ("who", false),
    ("will", true),
    ("with", true),
    ("would", false),
    ("you", false),
];

/// [`WORDS`] as numbers that sort as they do.
const KEYS: [u64; WORDS.len()] = {
    let mut keys = [0; WORDS.len()];
    let mut k = 0;
    while k < keys.len() {
        keys[k] = packed(WORDS[k].0.as_bytes());
        k += 1;
    }
    keys
};

/// Up to eight bytes in lower case as a number that sorts as they do.
const fn packed(bytes: &[u8]) -> u64 {
    let (mut key, mut k) = (0, 0);
    while k < 8 {
        key = key << 8 | if k < bytes.len() { bytes[k].to_ascii_lowercase() as u64 } else { 0 };
        k += 1;
    }
    key
}

impl English {
    fn of(text: &str) -> Self {
        let (mut telling, mut all, mut words) = (0u32, 0u32, 0u32);
        for word in text.split_whitespace() {
            words += 1;
            let found = if word.len() <= 8 { KEYS.binary_search(&packed(word.as_bytes())) } else { Err(0) };
            if let Ok(found) = found {
                all += 1;
                telling += u32::from(WORDS[found].1);
            }
        }
        let share = |count: u32| f64::from(count) / f64::from(words.max(1));
        Self { telling: share(telling), all: share(all) }
    }

    /// Whether that is enough for a text of some length.
    fn is_plain(self) -> bool {
        self.telling >= 0.2 || self.telling >= 0.1 && self.all >= 0.25
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_sorted_and_told_apart() {
        assert!(KEYS.is_sorted_by(|a, b| a < b));
        for text in [
            "Gisteren zei de minister dat er in het land nog veel werk is en dat hij er niet over wil praten",
            "Was in der Stadt geschah, so sagte er gestern, das sei an und für sich in Ordnung gewesen",
            "Na rynku a w sklepach to było do kupienia by mieć na zimę, jak mówi on i jego brat",
        ] {
            assert!(!Language::is_plainly_english(text), "{text}");
        }
        assert!(Language::is_plainly_english(
            "Dozens gathered before they could reach the square, which was closed again because of rain."
        ));
    }
}
