//! What two words have in common, and how they stand.

use super::LinkKind;
use super::columns::{MIXED, SMALL};
use super::side::{Class, Side, WordView};
use crate::text::Kind;
use crate::text::calendar::{MONTHS, WEEKDAYS};
use crate::text::thesaurus::{Entry, Kinship, Relation, Vector};
use fearless_simd::Simd;

/// Features of a pair by itself, in the order of the model's rows.
pub(super) mod feature {
    pub const EXACT: u8 = 0;
    pub const EXACT_FUNCTION: u8 = 1;
    pub const EXACT_PUNCT: u8 = 2;
    pub const EXACT_UNIQUE: u8 = 3;
    pub const EXACT_SAME_NTH: u8 = 4;
    pub const LEMMA: u8 = 5;
    pub const NUMBER: u8 = 6;
    pub const OTHER_NUMBER: u8 = 7;
    pub const SYNONYM: u8 = 8;
    pub const LOOSE_SYNONYM: u8 = 9;
    pub const ANTONYM: u8 = 10;
    pub const GENERAL: u8 = 11;
    pub const LOOSE_GENERAL: u8 = 12;
    pub const DERIVATION: u8 = 13;
    pub const LOOSE_DERIVATION: u8 = 14;
    pub const COSINE: u8 = 15;
    pub const COSINE_35: u8 = 16;
    pub const COSINE_60: u8 = 17;
    pub const UNKNOWN: u8 = 18;
    pub const PREFIX: u8 = 19;
    pub const SPELLING: u8 = 20;
    pub const ABBREVIATION: u8 = 21;
    pub const ACRONYM: u8 = 22;
    pub const PART: u8 = 23;
    pub const INSIDE: u8 = 24;
    pub const DISTANCE: u8 = 25;
    pub const FAR: u8 = 26;
    pub const PHRASE: u8 = 27;
    pub const SAME_TAG: u8 = 28;
    pub const COUNT: u8 = 29;
}

/// What the words of a pair have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likeness {
    pub kind: LinkKind,
    /// 0 to 1.
    pub value: f32,
}

/// What pairs have in common: a feature and its value.
pub(super) type Items = Vec<(u8, f32)>;

/// How far the words stand from the diagonal, 0 to 1.
#[inline(always)]
pub(super) fn slant(a: &WordView<'_>, b: &WordView<'_>) -> f32 {
    (a.along - b.along).abs()
}

/// What words have in common that have nothing but their place.
pub(super) const NOTHING: Likeness = Likeness { kind: LinkKind::Position, value: 0.0 };

impl Likeness {
    /// With what the words mean to one another.
    #[inline(always)]
    pub(super) fn or(self, meaning: Self) -> Self {
        // A kin that the thesaurus names says more than spelling: `legal`, `illegal`.
        if meaning.value > self.value || meaning.kind == LinkKind::Antonym { meaning } else { self }
    }
}

/// Features that make a pair worth a look wherever it stands.
pub(super) const TELLING: std::ops::RangeInclusive<u8> = feature::PREFIX..=feature::INSIDE;

/// Compares word `i` of `x` with word `j` of `y`, so far from the diagonal, by form, lemma, number and spelling; adds what they
/// have in common to `items`, and says how alike they are, and whether what they mean is worth asking too.
#[inline(never)]
pub(super) fn compare(
    x: &Side<'_>,
    y: &Side<'_>,
    (i, j): (usize, usize),
    slant: f32,
    items: &mut Items,
) -> (Likeness, bool) {
    let (a, b) = (&x.words[i], &y.words[j]);
    let content = a.content && b.content;
    if a.lower_key == b.lower_key && a.lower == b.lower {
        return (exact(a, b, items), false);
    }
    let number = match (a.number, b.number) {
        (Some(p), Some(q)) => match (x.numbers.get(p as usize), y.numbers.get(q as usize)) {
            (Some(p), Some(q)) => Some(p.agrees(q)),
            _ => None,
        },
        _ => None,
    };
    if number == Some(true) {
        items.push((feature::NUMBER, 1.0));
        return (Likeness { kind: LinkKind::Number, value: 0.9 }, false);
    }
    if number == Some(false) {
        items.push((feature::OTHER_NUMBER, 1.0));
    }
    if a.kind == Kind::Punct || b.kind == Kind::Punct {
        return (NOTHING, false);
    }
    let same = |p: (u64, &str), q: (u64, &str)| p.0 == q.0 && p.1 == q.1;
    let (form, base) = ((a.lower_key, a.lower), (a.lemma_key, a.lemma));
    if same(base, (b.lemma_key, b.lemma)) || same(base, (b.lower_key, b.lower)) || same(form, (b.lemma_key, b.lemma)) {
        items.push((feature::LEMMA, 1.0));
        return (Likeness { kind: LinkKind::Inflection, value: if content { 0.9 } else { 0.6 } }, false);
    }
    if slant > SMALL && !a.content && !b.content {
        // Small words are all alike to a thesaurus.
        return (NOTHING, false);
    }
    (spelled(a, b, content, items), a.content == b.content || slant <= MIXED)
}

fn exact(a: &WordView<'_>, b: &WordView<'_>, items: &mut Items) -> Likeness {
    items.push((feature::EXACT, 1.0));
    if a.kind == Kind::Punct {
        items.push((feature::EXACT_PUNCT, 1.0));
    } else if !a.content {
        items.push((feature::EXACT_FUNCTION, 1.0));
    }
    if a.count == 1 && b.count == 1 {
        items.push((feature::EXACT_UNIQUE, 1.0));
    } else if a.count == b.count && a.nth == b.nth {
        items.push((feature::EXACT_SAME_NTH, 1.0));
    }
    let value = match a.kind {
        Kind::Punct => 0.6,
        _ if a.content => 1.0,
        _ => 0.7,
    };
    Likeness { kind: LinkKind::Exact, value }
}

fn shared_prefix(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(p, q)| p == q).count()
}

fn spelled(a: &WordView<'_>, b: &WordView<'_>, content: bool, items: &mut Items) -> Likeness {
    let (p, q) = (a.lower, b.lower);
    let none = NOTHING;
    let alike = a.start[0] == b.start[0];
    let (part, whole) = if p.len() <= q.len() { (a.letters, b.letters) } else { (b.letters, a.letters) };
    let contains = p.len() >= 4 && q.len() >= 4 && p.len() != q.len() && part & !whole == 0;
    let worth = alike || a.hyphen || b.hyphen || contains || (a.rare && b.rare);
    if !worth {
        return none;
    }
    let prefix = if alike { shared_prefix(p, q) } else { 0 };
    let (short, long) = if p.len() <= q.len() { (p, q) } else { (q, p) };
    let mut out = none;
    if prefix >= 3 {
        let share = prefix as f32 / long.len() as f32;
        items.push((feature::PREFIX, share));
        if prefix >= 5 && share >= 0.6 {
            out = Likeness { kind: LinkKind::Derivation, value: 0.7 };
        }
    }
    if a.rare && b.rare && content && short.len() >= 3 {
        let near = strsim::jaro(p, q) as f32;
        if near > 0.6 {
            items.push((feature::SPELLING, near - 0.6));
        }
        if near >= 0.85 {
            out = Likeness { kind: LinkKind::Spelling, value: 0.8 };
        }
    }
    if a.hyphen || b.hyphen {
        if p.bytes().filter(|c| *c != b'-').eq(q.bytes().filter(|c| *c != b'-')) {
            items.push((feature::LEMMA, 1.0));
            return Likeness { kind: LinkKind::Spelling, value: 0.95 };
        }
        let has = |whole: &WordView<'_>, part: &WordView<'_>| {
            (part.letters & !whole.letters == 0 || part.lemma_letters & !whole.letters == 0)
                && part.lower.len() > 1
                && whole.lower.split('-').any(|w| w == part.lower || (w.len() > 2 && w == part.lemma))
        };
        if has(a, b) || has(b, a) {
            items.push((feature::PART, 1.0));
            return Likeness { kind: LinkKind::Spelling, value: 0.5 };
        }
    } else if contains && prefix < short.len() && long.contains(short) {
        items.push((feature::INSIDE, short.len() as f32 / long.len() as f32));
    }
    if prefix >= 1 && abbreviates(short, long) {
        items.push((feature::ABBREVIATION, 1.0));
        out = Likeness { kind: LinkKind::Spelling, value: 0.8 };
    }
    out
}

/// `feb.` of `february`, `gov't` of `government`: a short form with a point or apostrophe, or a month's or day's beginning.
fn abbreviates(short: &str, long: &str) -> bool {
    let stem = short.trim_end_matches('.');
    if stem.len() < 2 || stem.len() > 5 || long.len() < stem.len() + 2 || !long.is_ascii() {
        return false;
    }
    if stem.len() == short.len() && !short.contains('\'') {
        let date = MONTHS.contains(&long) || WEEKDAYS.contains(&long);
        return stem.len() >= 3 && stem.len() <= 4 && date && long.starts_with(stem);
    }
    let mut rest = long.bytes();
    stem.bytes().filter(u8::is_ascii_alphabetic).all(|c| rest.any(|d| d == c))
}

/// Where [they may have any](may_be_kin).
#[inline(never)]
fn kinship(a: &WordView<'_>, b: &WordView<'_>) -> Option<Kinship> {
    let (p, q) = (a.base.or(a.form)?, b.base.or(b.form)?);
    p.kinship(q).or_else(|| {
        // The form itself may be a word: `convicted`, `acquitted`; `rising`, `falling`.
        let (p, q) = (a.form.or(a.base)?, b.form.or(b.base)?);
        p.kinship(q)
    })
}

/// Whether any of one word's relatives may be the other.
#[inline(always)]
fn may_be_kin(a: &WordView<'_>, b: &WordView<'_>) -> bool {
    b.form.is_some_and(|e| a.relatives.may_hold(e)) || b.base.is_some_and(|e| a.relatives.may_hold(e))
}

/// What the words mean to one another.
#[inline(always)]
pub(super) fn meant<S: Simd>(
    simd: S,
    (a, b): (&WordView<'_>, &WordView<'_>),
    vectors: &[Vec<Vector>; 2],
    items: &mut Items,
) -> Likeness {
    let mut out = NOTHING;
    let content = a.content && b.content;
    let phrase = a.phrase.or(a.phrase_before).is_some() && may_be_kin(a, b)
        || b.phrase.or(b.phrase_before).is_some() && may_be_kin(b, a);
    if phrase
        && let Some(kin) = phrase_kin(a.phrase, b)
            .or_else(|| phrase_kin(a.phrase_before, b))
            .or_else(|| phrase_kin(b.phrase, a))
            .or_else(|| phrase_kin(b.phrase_before, a))
        && kin.relation == Relation::Synonym
    {
        items.push((feature::PHRASE, if kin.usual { 1.0 } else { 0.5 }));
        out = Likeness { kind: LinkKind::Synonym, value: 0.5 };
    }
    if a.form.or(a.base).is_none() || b.form.or(b.base).is_none() {
        items.push((feature::UNKNOWN, 1.0));
        return out;
    }
    if may_be_kin(a, b)
        && let Some(kin) = kinship(a, b)
    {
        let (feature, kind, value) = match (kin.relation, kin.usual) {
            (Relation::Synonym, true) => (feature::SYNONYM, LinkKind::Synonym, 0.8),
            (Relation::Synonym, false) => (feature::LOOSE_SYNONYM, LinkKind::Synonym, 0.6),
            (Relation::Antonym, _) => (feature::ANTONYM, LinkKind::Antonym, 0.3),
            (Relation::Hypernym | Relation::Hyponym, true) => (feature::GENERAL, LinkKind::Related, 0.5),
            (Relation::Hypernym | Relation::Hyponym, false) => (feature::LOOSE_GENERAL, LinkKind::Related, 0.4),
            (Relation::Derivation, true) => (feature::DERIVATION, LinkKind::Derivation, 0.8),
            (Relation::Derivation, false) => (feature::LOOSE_DERIVATION, LinkKind::Derivation, 0.6),
        };
        items.push((feature, 1.0));
        out = Likeness { kind, value };
    }
    if !content && (a.class == Class::Punct || b.class == Class::Punct) {
        return out;
    }
    let [(p, p2), (q, q2)] = [a.vectors, b.vectors];
    let mut cosine = vectors[0][p as usize].cosine_at_once(simd, &vectors[1][q as usize]);
    if p2 != 0 && q2 != 0 && (p != p2 || q != q2) {
        let other = vectors[0][p2 as usize].cosine_at_once(simd, &vectors[1][q2 as usize]);
        cosine = if other > cosine { other } else { cosine };
    }
    if cosine > 0.0 {
        items.push((feature::COSINE, cosine));
    }
    if cosine > 0.35 {
        items.push((feature::COSINE_35, cosine - 0.35));
        let value = ((cosine - 0.35) * if content { 1.0 } else { 0.5 }).min(0.5);
        if out.value < value && out.kind != LinkKind::Antonym {
            out = Likeness { kind: LinkKind::Related, value };
        }
    }
    if cosine > 0.6 {
        items.push((feature::COSINE_60, cosine - 0.6));
    }
    out
}

fn phrase_kin(phrase: Option<Entry>, word: &WordView<'_>) -> Option<Kinship> {
    phrase?.kinship(word.base.or(word.form)?)
}

/// Pairs of an acronym and a word whose initial it holds: `UN`, `United Nations`.
pub(super) fn acronyms(x: &Side<'_>, y: &Side<'_>) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let initial = |word: &WordView<'_>| if word.lower.len() > 1 { word.start[0] } else { 0 };
    let initials: Vec<u8> = y.words.iter().map(initial).collect();
    for (i, word) in x.words.iter().enumerate() {
        let name =
            word.rare || word.class == Class::Noun || word.lower.len() > 2 && word.lower.as_bytes().contains(&b'.');
        if word.kind != Kind::Word || word.function != 0 || !name || !(2..=12).contains(&word.lower.len()) {
            continue;
        }
        let mut letters = [0; 6];
        let mut len = 0;
        for byte in word.lower.bytes().filter(|byte| *byte != b'.') {
            if len < 6 {
                letters[len] = byte;
            }
            len += 1;
        }
        let Some(letters) = letters.get(..len).filter(|letters| letters.len() > 1) else { continue };
        if !letters.iter().all(u8::is_ascii_alphabetic) {
            continue;
        }
        let same = |other: &WordView<'_>| other.lower_key == word.lower_key && other.lower == word.lower;
        for start in memchr::memchr_iter(letters[0], &initials) {
            if let Some(hits) = spells(letters, y, start) {
                if y.words.iter().any(same) {
                    break;
                }
                out.extend(hits.map(|j| (i, j)));
            }
        }
    }
    out
}

/// The words from `start` on whose initials are `letters`; small words between may be passed over.
fn spells(letters: &[u8], y: &Side<'_>, start: usize) -> Option<std::ops::Range<usize>> {
    let mut at = start;
    for (n, letter) in letters.iter().enumerate() {
        loop {
            let word = y.words.get(at)?;
            at += 1;
            if word.lower.as_bytes().first() == Some(letter) && word.lower.len() > 1 {
                break;
            }
            if n == 0 || !matches!(word.lower, "of" | "the" | "and" | "for" | "on" | "in") {
                return None;
            }
        }
    }
    Some(start..at)
}
