//! Inflection of English: from form to lemma and back. The table in `corpora/words/inflections.tsv` holds what the
//! rules here do not give.

use super::memo::Memo;
use super::tag::Tag;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::OnceLock;

/// A form of a verb or noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// `seize`; of a noun the singular.
    Base,
    /// `seizes`
    Third,
    /// `seized`, `rose`
    Past,
    /// `seized`, `risen`
    PastParticiple,
    /// `seizing`
    PresentParticiple,
    /// `cities`
    Plural,
}

impl Form {
    /// The form that a tag stands for, if it is one of a verb or noun.
    #[must_use]
    pub const fn of(tag: Tag) -> Option<Self> {
        Some(match tag {
            Tag::Vb | Tag::Vbp | Tag::Nn | Tag::Nnp => Self::Base,
            Tag::Vbz => Self::Third,
            Tag::Vbd => Self::Past,
            Tag::Vbn => Self::PastParticiple,
            Tag::Vbg => Self::PresentParticiple,
            Tag::Nns | Tag::Nnps => Self::Plural,
            _ => return None,
        })
    }
}

struct Table {
    /// Verb lemma → past, participle, present participle, third person; empty where the rules hold.
    verbs: FxHashMap<&'static str, [&'static str; 4]>,
    nouns: FxHashMap<&'static str, &'static str>,
    others: FxHashMap<&'static str, ()>,
    /// Irregular form → lemma.
    verb_forms: FxHashMap<&'static str, (&'static str, Form)>,
    noun_forms: FxHashMap<&'static str, &'static str>,
    compared: FxHashMap<&'static str, &'static str>,
}

const BE: [(&str, Form); 8] = [
    ("am", Form::Third),
    ("are", Form::Third),
    ("is", Form::Third),
    ("'s", Form::Third),
    ("'re", Form::Third),
    ("'m", Form::Third),
    ("was", Form::Past),
    ("were", Form::Past),
];

/// The parts of `text` between marks `by`, an ASCII character: parts are short, and a plain look at each byte is quick.
fn split(text: &str, by: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let now = rest?;
        let (part, behind) = match now.as_bytes().iter().position(|byte| *byte == by) {
            Some(at) => (&now[..at], Some(&now[at + 1..])),
            None => (now, None),
        };
        rest = behind;
        Some(part)
    })
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut t = Table {
            verbs: FxHashMap::with_capacity_and_hasher(7000, Default::default()),
            nouns: FxHashMap::with_capacity_and_hasher(20000, Default::default()),
            others: FxHashMap::with_capacity_and_hasher(11000, Default::default()),
            verb_forms: FxHashMap::with_capacity_and_hasher(4000, Default::default()),
            noun_forms: FxHashMap::with_capacity_and_hasher(15500, Default::default()),
            compared: FxHashMap::with_capacity_and_hasher(1700, Default::default()),
        };
        let text = include_str!("../../corpora/words/inflections.tsv");
        let mut at = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
            let mut cells = split(&text[at..end], b'\t');
            at = end + 1;
            let (Some(class), Some(lemma)) = (cells.next(), cells.next()) else { continue };
            match class {
                "v" => {
                    let mut forms = [""; 4];
                    for (slot, cell) in forms.iter_mut().zip(cells) {
                        *slot = if cell == "-" { "" } else { cell };
                    }
                    let kinds = [Form::Past, Form::PastParticiple, Form::PresentParticiple, Form::Third];
                    for (cell, kind) in forms.iter_mut().zip(kinds) {
                        for variant in split(cell, b'/').filter(|v| !v.is_empty()) {
                            t.verb_forms.entry(variant).or_insert((lemma, kind));
                        }
                        *cell = split(cell, b'/').next().unwrap_or("");
                    }
                    t.verbs.insert(lemma, forms);
                }
                "n" => {
                    let plural = cells.next().unwrap_or("");
                    for variant in split(plural, b'/').filter(|v| !v.is_empty()) {
                        t.noun_forms.entry(variant).or_insert(lemma);
                    }
                    t.nouns.insert(lemma, split(plural, b'/').next().unwrap_or(""));
                }
                _ => {
                    t.others.insert(lemma, ());
                    for form in cells {
                        for variant in split(form, b'/').filter(|v| *v != "-" && !v.is_empty()) {
                            t.compared.entry(variant).or_insert(lemma);
                        }
                    }
                }
            }
        }
        for (form, kind) in BE {
            t.verb_forms.insert(form, ("be", kind));
        }
        t.verb_forms.insert("been", ("be", Form::PastParticiple));
        t.verb_forms.insert("'ve", ("have", Form::Base));
        t.verb_forms.insert("has", ("have", Form::Third));
        t
    })
}

fn consonant_y(word: &str) -> bool {
    let mut chars = word.chars().rev();
    chars.next() == Some('y') && chars.next().is_some_and(|c| !"aeiou".contains(c))
}

/// The regular `-s` form: `say` → `says`, `ally` → `allies`, `push` → `pushes`.
fn add_s(word: &str) -> String {
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        format!("{word}es")
    } else if consonant_y(word) {
        format!("{}ies", &word[..word.len() - 1])
    } else {
        format!("{word}s")
    }
}

fn add_ed(word: &str) -> String {
    if word.ends_with('e') {
        format!("{word}d")
    } else if consonant_y(word) {
        format!("{}ied", &word[..word.len() - 1])
    } else {
        format!("{word}ed")
    }
}

fn add_ing(word: &str) -> String {
    if word.ends_with('e') && !["ee", "ye", "oe"].iter().any(|end| word.ends_with(end)) && word.len() > 2 {
        format!("{}ing", &word[..word.len() - 1])
    } else {
        format!("{word}ing")
    }
}

/// Brings a lemma into a form; American spelling where there are two.
///
/// ```
/// use fauxami::text::{Form, inflect};
/// assert_eq!(inflect("seize", Form::Past), "seized");
/// assert_eq!(inflect("rise", Form::PastParticiple), "risen");
/// assert_eq!(inflect("ally", Form::Plural), "allies");
/// ```
#[must_use]
pub fn inflect(lemma: &str, form: Form) -> String {
    let t = table();
    let forms = t.verbs.get(lemma).copied().unwrap_or([""; 4]);
    let or = |given: &str, rule: fn(&str) -> String| if given.is_empty() { rule(lemma) } else { given.to_owned() };
    match form {
        Form::Base => lemma.to_owned(),
        Form::Past => or(forms[0], add_ed),
        Form::PastParticiple if forms[1].is_empty() => or(forms[0], add_ed),
        Form::PastParticiple => forms[1].to_owned(),
        Form::PresentParticiple => or(forms[2], add_ing),
        Form::Third => match lemma {
            "be" => "is".to_owned(),
            "have" => "has".to_owned(),
            _ => or(forms[3], if lemma.ends_with('o') { |w| format!("{w}es") } else { add_s }),
        },
        Form::Plural => or(t.nouns.get(lemma).copied().unwrap_or(""), add_s),
    }
}

/// The stems that a regular form may come from.
fn stems(lower: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let cut =
        |n: usize| lower.len().checked_sub(n).filter(|k| *k > 1 && lower.is_char_boundary(*k)).map(|k| &lower[..k]);
    let (plain, with_e): (Option<&str>, bool) = if lower.ends_with("ies") || lower.ends_with("ied") {
        (None, false)
    } else if lower.ends_with("ing") {
        (cut(3), true)
    } else if lower.ends_with("ed") {
        (cut(2), true)
    } else if lower.ends_with('s') && !lower.ends_with("ss") {
        (cut(1), false)
    } else {
        (None, false)
    };
    let y = (lower.ends_with("ies") || lower.ends_with("ied"))
        .then(|| cut(3))
        .flatten()
        .map(|s| Cow::Owned(format!("{s}y")));
    let es = lower.ends_with("es").then(|| cut(2)).flatten().map(Cow::Borrowed);
    let e = plain.filter(|_| with_e).map(|s| Cow::Owned(format!("{s}e")));
    // lies, dies, tied
    let ie = (lower.len() <= 5)
        .then(|| if lower.ends_with("ies") || lower.ends_with("ied") { cut(1) } else { None })
        .flatten();
    let e = e.into_iter().chain(ie.map(Cow::Borrowed));
    y.into_iter().chain(plain.map(Cow::Borrowed)).chain(e).chain(es)
}

thread_local! {
    /// Rules and lexicon ask for each word's, several times.
    static VERB_LEMMAS: RefCell<Memo<Option<&'static str>>> = const { RefCell::new(Memo::new(1 << 13)) };
}

/// The verb lemma of a lower-case form, if it is a form of a known verb.
///
/// ```
/// use fauxami::text::verb_lemma;
/// assert_eq!(verb_lemma("seizing"), Some("seize"));
/// assert_eq!(verb_lemma("ministry"), None);
/// ```
#[must_use]
pub fn verb_lemma(lower: &str) -> Option<&'static str> {
    VERB_LEMMAS.with_borrow_mut(|lemmas| *lemmas.get(lower, find_verb_lemma))
}

fn find_verb_lemma(lower: &str) -> Option<&'static str> {
    let t = table();
    if let Some((lemma, _)) = t.verb_forms.get(lower) {
        return Some(lemma);
    }
    if let Some((verb, _)) = t.verbs.get_key_value(lower) {
        return Some(verb);
    }
    // `fined` is of `fine`: of `fin` it would be `finned`.
    let cell = if lower.ends_with("ing") {
        2
    } else if lower.ends_with("ed") {
        0
    } else {
        3
    };
    let known = || stems(lower).filter_map(|stem| t.verbs.get_key_value(stem.as_ref()));
    let verb = known().find(|(_, forms)| forms[cell].is_empty()).or_else(|| known().next());
    verb.map(|(verb, _)| *verb)
}

/// The lemma of a lower-case word with its tag: of verbs, nouns, adjectives and adverbs; other words are their own.
///
/// ```
/// use fauxami::text::{Tag, lemma};
/// assert_eq!(lemma("seizes", Tag::Vbz), "seize");
/// assert_eq!(lemma("allies", Tag::Nns), "ally");
/// assert_eq!(lemma("worse", Tag::Jjr), "bad");
/// ```
#[must_use]
pub fn lemma(lower: &str, tag: Tag) -> Cow<'_, str> {
    let t = table();
    match tag {
        Tag::Vb | Tag::Vbp | Tag::Vbd | Tag::Vbn | Tag::Vbg | Tag::Vbz => {
            if tag == Tag::Vb && t.verbs.contains_key(lower) {
                return Cow::Borrowed(lower);
            }
            // `found` as a present is its own lemma; as a past it is of `find`.
            if tag == Tag::Vbp && t.verbs.contains_key(lower) && lower != "are" {
                return Cow::Borrowed(lower);
            }
            match lower {
                "'d" => Cow::Borrowed("have"),
                "ca" | "wo" => Cow::Borrowed(lower),
                _ => Cow::Borrowed(verb_lemma(lower).unwrap_or(lower)),
            }
        }
        Tag::Md => Cow::Borrowed(match lower {
            "wo" | "'ll" => "will",
            "ca" => "can",
            "'d" => "would",
            _ => lower,
        }),
        Tag::Nns => {
            if let Some(lemma) = t.noun_forms.get(lower) {
                return Cow::Borrowed(lemma);
            }
            stems(lower).find(|stem| t.nouns.contains_key(stem.as_ref())).unwrap_or_else(|| {
                Cow::Borrowed(if lower.len() > 3 && lower.ends_with('s') { &lower[..lower.len() - 1] } else { lower })
            })
        }
        Tag::Jjr | Tag::Jjs | Tag::Rbr | Tag::Rbs => match lower {
            "worse" | "worst" => Cow::Borrowed("bad"),
            "better" | "best" => Cow::Borrowed("good"),
            _ => t.compared.get(lower).map_or(Cow::Borrowed(lower), |lemma| Cow::Borrowed(lemma)),
        },
        Tag::Rb if lower == "n't" => Cow::Borrowed("not"),
        Tag::Dt if lower == "an" => Cow::Borrowed("a"),
        _ => Cow::Borrowed(lower),
    }
}

/// Whether `lower` is a word of the table in some form: a small dictionary of common English.
#[must_use]
pub fn is_known(lower: &str) -> bool {
    let t = table();
    t.nouns.contains_key(lower)
        || t.others.contains_key(lower)
        || t.noun_forms.contains_key(lower)
        || t.compared.contains_key(lower)
        || verb_lemma(lower).is_some()
        || stems(lower).any(|stem| t.nouns.contains_key(stem.as_ref()))
}

/// Whether the past tense and the past participle of `lemma` are one form, as in `said`, or even the base, as in `put`.
#[must_use]
pub fn is_invariant(lemma: &str) -> bool {
    inflect(lemma, Form::Past) == lemma
}
