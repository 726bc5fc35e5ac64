//! Words that are spelled right, how common they are, and what a slip of the fingers may have meant.
//!
//! The list is packed by `corpora/words/vocabulary.py`: dictionaries of American, British and Canadian English, and names
//! and new words that are often met.

pub use super::slips::corrections;

use super::memo::Memo;
use fst::Map;
use std::cell::RefCell;
use std::sync::OnceLock;

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Zipf frequency: the logarithm to base 10 of how often it is met in a thousand million words, 0 to 8; 0 where that
    /// is not known (van Heuven et al. 2014).
    pub zipf: f32,
    /// A dictionary has it in small letters.
    pub word: bool,
    /// A dictionary has it with a capital letter.
    pub name: bool,
}

impl Entry {
    /// As the list packs it.
    pub(super) fn new(value: u64) -> Self {
        Self { zipf: (value & 127) as f32 / 10.0, word: value & 128 != 0, name: value & 256 != 0 }
    }
}

/// The list.
pub(super) fn words() -> Option<&'static Map<&'static [u8]>> {
    static WORDS: OnceLock<Option<Map<&'static [u8]>>> = OnceLock::new();
    let bytes: &'static [u8] = include_bytes!("../../corpora/words/vocabulary.fst");
    WORDS.get_or_init(|| Map::new(bytes).ok()).as_ref()
}

/// The languages of the foreign words, as `corpora/words/foreign_vocabulary.py` numbers them.
const LANGUAGES: [&str; 16] =
    ["cs", "da", "de", "es", "fi", "fr", "hu", "id", "it", "nb", "nl", "pl", "pt", "ro", "sv", "tr"];

/// The language where a word that is no English is commonest (ISO 639-1; `nb` for Norwegian), with its Zipf frequency
/// there. Latin letters only.
///
/// ```
/// use fauxami::text::vocabulary::foreign;
/// assert_eq!(foreign("zwischen").map(|(language, _)| language), Some("de"));
/// assert!(foreign("royal").is_none());
/// ```
#[must_use]
pub fn foreign(lower: &str) -> Option<(&'static str, f32)> {
    static WORDS: OnceLock<Option<Map<&'static [u8]>>> = OnceLock::new();
    let bytes: &'static [u8] = include_bytes!("../../corpora/words/foreign.fst");
    let value = WORDS.get_or_init(|| Map::new(bytes).ok()).as_ref()?.get(lower)?;
    let language = LANGUAGES.get(usize::try_from(value >> 7).ok()?)?;
    Some((language, (value & 127) as f32 / 10.0))
}

/// What is known of a word in lower case.
///
/// ```
/// use fauxami::text::vocabulary::entry;
/// assert!(entry("minister").is_some_and(|known| known.word && known.zipf > 4.0));
/// assert!(entry("russian").is_some_and(|known| known.name));
/// assert!(entry("minstry").is_none());
/// ```
#[must_use]
pub fn entry(lower: &str) -> Option<Entry> {
    let ask = |lower: &str| words()?.get(lower).map(Entry::new);
    ENTRIES.with_borrow_mut(|entries| *entries.get(lower, ask))
}

thread_local! {
    /// Several rules ask about each word of a text.
    static ENTRIES: RefCell<Memo<Option<Entry>>> = const { RefCell::new(Memo::new(1 << 13)) };
}

/// Whether a word in lower case is spelled right as far as can be known: it stands in the list, or is made of parts that
/// do (`re-elected`, `mid-March`, `anti-war`, `childlike`).
///
/// ```
/// use fauxami::text::vocabulary::is_spelled;
/// assert!(is_spelled("cyberattack") && is_spelled("state-owned") && !is_spelled("goverment"));
/// ```
#[must_use]
pub fn is_spelled(lower: &str) -> bool {
    if entry(lower).is_some() || super::is_known(lower) || MORE.contains(&lower) {
        return true;
    }
    if let Some((first, rest)) = lower.split_once(['-', '\u{2013}', '\u{2014}', '/']) {
        return (first.chars().count() <= 2 || is_spelled(first)) && (rest.is_empty() || is_spelled(rest));
    }
    let bare = lower.trim_end_matches(['\'', '\u{2019}']);
    if let Some(owner) = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("\u{2019}s")) {
        return is_spelled(owner);
    }
    if bare.len() < lower.len() {
        return is_spelled(bare);
    }
    if lower.contains(['é', 'è', 'ê', 'ï', 'ö', 'ü', 'á', 'í', 'ó', 'ñ', 'ç', 'ô', 'â', 'ä']) {
        return true;
    }
    if inflected(lower) || lower.contains("is") && entry(&lower.replacen("is", "iz", 1)).is_some_and(|k| k.word) {
        return true;
    }
    let stem = |part: &str| part.len() >= 4 && entry(part).is_some_and(|known| known.word && known.zipf >= 2.5);
    PREFIXES.iter().any(|p| lower.strip_prefix(p).is_some_and(stem))
        || SUFFIXES.iter().any(|s| lower.strip_suffix(s).is_some_and(stem))
}

/// A regular form of a word that the list has: `lockdowns`, `livestreamed`, `weaponising`.
fn inflected(lower: &str) -> bool {
    let noun = |part: &str| entry(part).is_some_and(|known| part.len() >= 4 && known.zipf >= 2.0);
    let verb = |part: &str| entry(part).is_some_and(|known| part.len() >= 5 && known.word && known.zipf >= 2.5);
    lower.strip_suffix('s').is_some_and(noun)
        || ["d", "r", "rs"].iter().any(|s| lower.strip_suffix(s).is_some_and(|part| part.ends_with('e') && verb(part)))
        || lower.strip_suffix("ly").is_some_and(|part| entry(part).is_some_and(|k| k.word && part.len() >= 4))
        || ["ed", "ing", "er", "ers"].iter().any(|s| {
            lower.strip_suffix(s).is_some_and(|part| verb(part) || s.starts_with("ing") && verb(&format!("{part}e")))
        })
}

/// Words that the dictionaries have in another form only, with an accent, a point or a hyphen, or not at all.
const MORE: [&str; 18] = [
    "absentia",
    "cliche",
    "cliches",
    "communique",
    "communiques",
    "facade",
    "fiance",
    "fiancee",
    "fiancees",
    "fiances",
    "hrs",
    "lari",
    "mins",
    "pkgs",
    "rearview",
    "secs",
    "toman",
    "tomans",
];

const PREFIXES: [&str; 30] = [
    "re", "un", "non", "anti", "pre", "post", "mid", "multi", "micro", "cyber", "bio", "super", "over", "under",
    "inter", "mega", "nano", "neuro", "geo", "eco", "agro", "photo", "electro", "hydro", "thermo", "ultra", "pseudo",
    "semi", "counter", "tele",
];
const SUFFIXES: [&str; 12] =
    ["like", "wide", "ness", "less", "based", "ward", "wards", "ism", "ist", "ists", "able", "isation"];
