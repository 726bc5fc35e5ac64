//! The words that stand in for each other where a form is wrong: pronouns by case, auxiliaries, inflections of one
//! lemma, derivations of one stem.

use super::line::Unit;
use super::table::{FNV, Kind, Table, fnv};
use crate::text::inflect::{Form, inflect, verb_lemma};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// Forms of one pronoun or auxiliary.
const CLOSED: [&[&str]; 10] = [
    &["i", "me", "my", "myself"],
    &["he", "him", "his", "himself"],
    &["she", "her", "herself"],
    &["it", "its", "itself"],
    &["we", "us", "our", "ourselves"],
    &["they", "them", "their", "themselves"],
    &["who", "whom", "whose"],
    &["be", "am", "is", "are", "was", "were", "been", "being"],
    &["have", "has", "had", "having"],
    &["do", "does", "did", "done", "doing"],
];

/// Endings of derived and inflected words.
const ENDINGS: [&str; 62] = [
    "", "e", "s", "es", "ed", "d", "ing", "ion", "ions", "ation", "ations", "ment", "ments", "er", "ers", "or", "ors",
    "ly", "y", "al", "ally", "ial", "ially", "ic", "ical", "ically", "ive", "ively", "ity", "ty", "ness", "ful",
    "fully", "less", "able", "ible", "ance", "ence", "ant", "ent", "ies", "ied", "ism", "ist", "ists", "ous", "ously",
    "ship", "hood", "ify", "ize", "ized", "izing", "en", "ication", "ten", "ality", "ional", "ary", "ately", "ate",
    "ating",
];

/// Whether `lower` is a pronoun or auxiliary of the lists.
pub(super) fn is_closed(lower: &str) -> bool {
    CLOSED.iter().any(|list| list.contains(&lower))
}

/// How two forms are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// Pronouns or auxiliaries.
    Closed = 0,
    /// Inflections of one lemma.
    Inflection = 1,
    /// Words of one stem.
    Derivation = 2,
}

/// A word that the model knows and that may stand in for another.
#[derive(Debug)]
pub(super) struct Relative {
    pub word: Box<str>,
    pub relation: Relation,
    /// The word; where it stands is for the caller to say.
    pub unit: Unit,
}

/// How many families a thread keeps; a few hundred kilobytes.
const KEPT: usize = 4096;

thread_local! {
    static FAMILIES: RefCell<FxHashMap<u64, Rc<[Relative]>>> = RefCell::default();
}

/// The known words that may stand in for `lower`, whose hash is `hash`.
pub(super) fn family(table: &Table, lower: &str, hash: u64) -> Rc<[Relative]> {
    FAMILIES.with_borrow_mut(|kept| {
        if let Some(family) = kept.get(&hash) {
            return Rc::clone(family);
        }
        if kept.len() >= KEPT {
            kept.clear();
        }
        let family: Rc<[Relative]> = find(table, lower, hash).into();
        kept.insert(hash, Rc::clone(&family));
        family
    })
}

fn find(table: &Table, lower: &str, own: u64) -> Vec<Relative> {
    let mut out: Vec<Relative> = Vec::new();
    relatives(lower, |stem, end, hash, relation| {
        if hash == own || !table.may_know(hash) || out.iter().any(|r| r.unit.hash == hash) {
            return;
        }
        let Some(frequency) = table.log(Kind::Word, 0, 0, hash, 8.0) else { return };
        let class = if relation == Relation::Closed { table.closed(stem) } else { table.lexicon(hash) };
        let Some(class) = class else { return };
        let back = table.log(Kind::WordBack, 0, 0, hash, 16.0).unwrap_or(0.0);
        let unit = Unit { tokens: (0, 0), hash, frequency: Some(frequency), back, class, joined: true };
        out.push(Relative { word: format!("{stem}{end}").into(), relation, unit });
    });
    out
}

/// Calls `each` with every word that may stand in for `lower`: its beginning, its end, the hash of both, and how it is
/// related. Derived words need not exist.
fn relatives(lower: &str, mut each: impl FnMut(&str, &str, u64, Relation)) {
    if let Some(list) = CLOSED.iter().find(|list| list.contains(&lower)) {
        for word in list.iter().filter(|w| **w != lower) {
            each(word, "", fnv(FNV, word), Relation::Closed);
        }
        return;
    }
    if !lower.is_ascii() || lower.len() < 3 {
        return;
    }
    if let Some(lemma) = verb_lemma(lower) {
        for form in [Form::Base, Form::Third, Form::Past, Form::PastParticiple, Form::PresentParticiple] {
            let word = inflect(lemma, form);
            if word != lower {
                each(&word, "", fnv(FNV, &word), Relation::Inflection);
            }
        }
    }
    for cut in ENDINGS {
        let Some(stem) = lower.strip_suffix(cut).filter(|s| s.len() >= 3) else { continue };
        let hash = fnv(FNV, stem);
        for end in ENDINGS.into_iter().filter(|end| *end != cut && (stem.len() > 3 || end.len() <= 3)) {
            let near = end.len() <= 2 && cut.len() <= 2;
            each(stem, end, fnv(hash, end), if near { Relation::Inflection } else { Relation::Derivation });
        }
        // day, daily; happy, happiness
        if let Some(y) = stem.strip_suffix('y').filter(|s| cut.is_empty() && s.len() >= 2) {
            for end in ["ily", "iness", "ies", "ied", "ier"] {
                each(y, end, fnv(fnv(FNV, y), end), Relation::Derivation);
            }
        }
        if let Some(y) = stem.strip_suffix('i').filter(|s| s.len() >= 3) {
            each(y, "y", fnv(fnv(FNV, y), "y"), Relation::Derivation);
        }
    }
}
