//! What words are to one another: opposites, spellings of one name, forms of one pronoun or stem.

use super::spelling::Spelling;
use crate::detect::rules::words::is_denial;
use crate::detect::rules::{opposed_by_prefix, runs};
use crate::text::poles::{are_poles, is_pole};
use crate::text::thesaurus::{Entry, Filter, Kinship, Relation};
use crate::text::vocabulary::entry;
use crate::text::{Analysis, Kind, Tag};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// A word, with what its opposites are known by.
#[derive(Clone)]
pub(super) struct Opposable<'t> {
    /// As it was tagged, and as a verb: a tagger takes `rose` for a flower.
    plain: Sense<'t>,
    verb: Option<Sense<'t>>,
}

impl<'t> Opposable<'t> {
    pub(super) fn new(text: &'t Analysis<'_>, i: usize) -> Self {
        let plain = Sense::new(text.lemma(i));
        let verb = crate::text::verb_lemma(text.lower(i));
        let verb = verb.map(|verb| if verb == plain.lemma { plain.clone() } else { Sense::new(verb) });
        Self { plain, verb }
    }
}

/// How surely two words are opposites, as they were tagged or as verbs.
pub(super) fn opposed(a: &Opposable<'_>, b: &Opposable<'_>) -> Option<f32> {
    opposition(&a.plain, &b.plain).or_else(|| opposition(a.verb.as_ref()?, b.verb.as_ref()?))
}

/// A lemma.
#[derive(Clone)]
struct Sense<'t> {
    lemma: &'t str,
    entry: Option<Entry>,
    relatives: Filter,
    /// Whether any word is its opposite, and which are in the senses in which both are mostly used.
    has_antonym: bool,
    antonyms: Vec<Entry>,
    /// Whether it is at an end of a scale.
    is_pole: bool,
}

impl<'t> Sense<'t> {
    fn new(lemma: &'t str) -> Self {
        let entry = Entry::of(lemma);
        let antonyms = entry.filter(|entry| entry.has_antonym()).map(|entry| {
            let usual = |kin: Kinship| kin.relation == Relation::Antonym && kin.usual;
            entry.antonyms().filter(|other| other.kinship(entry).is_some_and(usual)).collect()
        });
        Self {
            lemma,
            entry,
            relatives: entry.map(Entry::filter).unwrap_or_default(),
            has_antonym: antonyms.is_some(),
            antonyms: antonyms.unwrap_or_default(),
            is_pole: is_pole(lemma),
        }
    }
}

impl Sense<'_> {
    fn kinship(&self, other: Option<Entry>) -> Option<Kinship> {
        self.entry?.kinship(other.filter(|other| self.relatives.may_hold(*other))?)
    }
}

/// How surely the ends of a scale are opposites.
const POLES: f32 = 0.72;

/// How surely a word and the opposite of its synonym are.
pub(super) const BY_WAY: f32 = 0.75;

/// How surely two lemmas are opposites, 0 to 1: in WordNet, by a prefix, on a scale, or by way of a synonym.
fn opposition(a: &Sense<'_>, b: &Sense<'_>) -> Option<f32> {
    let (p, q) = (a.lemma, b.lemma);
    let by_prefix = p.len() != q.len() && opposed_by_prefix(p, q);
    // Most words have no opposite, and are soon done with.
    if !(a.has_antonym || b.has_antonym || by_prefix || a.is_pole && b.is_pole) {
        return None;
    }
    let kin = a.kinship(b.entry);
    if let Some(kin) = kin.filter(|kin| kin.relation == Relation::Antonym) {
        return Some(if kin.usual { 1.0 } else { 0.85 });
    }
    if by_prefix {
        return Some(1.0);
    }
    if kin.is_none_or(|kin| kin.relation != Relation::Synonym || !kin.usual)
        && a.is_pole
        && b.is_pole
        && are_poles(p, q)
    {
        return Some(POLES);
    }
    if kin.is_some() {
        return None;
    }
    // From the far end: few words have an antonym.
    let by_way = |from: &Sense<'_>, to: &Sense<'_>| {
        let near = |kin: Kinship| matches!(kin.relation, Relation::Synonym | Relation::Derivation);
        to.antonyms.iter().any(|other| from.kinship(Some(*other)).is_some_and(near))
    };
    (by_way(a, b) || by_way(b, a)).then_some(BY_WAY)
}

/// Runs of words of a name that the other side has nowhere, in no spelling and no part.
pub(super) fn strangers(text: &Analysis<'_>, other: &Analysis<'_>, n: usize) -> Vec<Range<usize>> {
    let is_name = |i: usize| {
        let initial = || text.sentences[text.tokens[i].sentence].start == i;
        text.tag_of(i).is_proper()
            && text.tokens[i].kind == Kind::Word
            && text.is_capitalised(i)
            && text.lower(i).chars().nth(1).is_some()
            && !(initial() && entry(text.lower(i)).is_some_and(|known| known.word && known.zipf >= 4.0))
    };
    let (entries, spellings): (OnceCell<Vec<Option<Entry>>>, OnceCell<Vec<Spelling<'_>>>) = Default::default();
    let known = |i: usize| {
        let lower = text.lower(i);
        let (own, spelling, initials) = (Entry::of(lower), Spelling::of(lower), Initials::of(lower));
        let all = || (0..other.tokens.len()).map(|j| other.lower(j));
        let theirs = spellings.get_or_init(|| all().map(Spelling::of).collect());
        let relatives = own.map(Entry::filter).unwrap_or_default();
        let related = |j: usize| {
            own.and_then(|own| Some((own, entries.get_or_init(|| all().map(Entry::of).collect())[j]?)))
                .filter(|(_, y)| relatives.may_hold(*y))
                .and_then(|(x, y)| x.kinship(y))
                .is_some_and(|kin| kin.usual && matches!(kin.relation, Relation::Synonym | Relation::Derivation))
        };
        // `F. Lopez`, `Feliciano Lopez`
        let initial = lower.strip_suffix('.').filter(|letter| letter.chars().count() == 1);
        let begins =
            |j: usize| initial.is_some_and(|letter| other.is_capitalised(j) && other.lower(j).starts_with(letter));
        let abbreviates = |j: usize| initials.as_ref().is_some_and(|initials| initials.stand_at(other, j));
        (0..other.tokens.len()).any(|j| spelling.is_name_like(&theirs[j]) || related(j) || abbreviates(j) || begins(j))
    };
    // Titles and offices before a name, and what it is the name of behind it, may well be known.
    runs(n, is_name)
        .into_iter()
        .filter_map(|run| {
            let known: Vec<bool> = run.clone().map(known).collect();
            let start = run.start + known.iter().position(|known| !known)?;
            let end = run.start + known.iter().rposition(|known| !known)? + 1;
            let names = start..end;
            let known = |i: usize| known[i - run.start];
            let strange = !names.clone().any(known) && !is_initials_of(text, names.clone(), other);
            // A name with one of its words on the other side is that name.
            let part = run.len() > names.len() && run.clone().any(|i| known(i) && !is_office(text.lower(i)));
            (strange && !part).then_some(names)
        })
        .collect()
}

/// Words of names that differ where all else is one: token of either side. Names of two words or more that stand once, and are as long.
pub(super) fn halves(text: &Analysis<'_>, other: &Analysis<'_>, n: usize, m: usize) -> Vec<(usize, usize)> {
    let names = |text: &Analysis<'_>, n: usize| {
        let is_name = |i: usize| {
            text.tag_of(i).is_proper()
                && text.tokens[i].kind == Kind::Word
                && text.is_capitalised(i)
                && !is_common(text.lower(i))
        };
        runs(n, is_name).into_iter().filter(|run| (2..=4).contains(&run.len())).collect::<Vec<_>>()
    };
    let theirs = names(other, m);
    let mut out = Vec::new();
    for own in names(text, n) {
        let differ = |name: &Range<usize>| -> Vec<(usize, usize)> {
            own.clone().zip(name.clone()).filter(|&(i, j)| text.lower(i) != other.lower(j)).collect()
        };
        let mut like =
            theirs.iter().filter(|name| name.len() == own.len()).map(differ).filter(|pairs| pairs.len() <= 1);
        let (Some(pairs), None) = (like.next(), like.next()) else { continue };
        let [(i, j)] = pairs.as_slice() else { continue };
        let (x, y) = (text.lower(*i), other.lower(*j));
        let known = |word: &str, text: &Analysis<'_>| {
            let related = |k: usize| {
                Entry::of(word)
                    .zip(Entry::of(text.lower(k)))
                    .and_then(|(x, y)| x.kinship(y))
                    .is_some_and(|kin| kin.usual)
            };
            (0..text.tokens.len()).any(|k| {
                Spelling::of(word).is_name_like(&Spelling::of(text.lower(k)))
                    || is_initials(word, text, k)
                    || related(k)
            })
        };
        let long = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        // `Krasnodar Territory`, `Krasnodar Krai`; `Feb.`, `February`
        let common =
            |word: &str| word.contains('.') || entry(word).is_some_and(|known| known.word && known.zipf >= 3.5);
        if long(x) && long(y) && !common(x) && !common(y) && !known(x, other) && !known(y, text) {
            out.push((*i, *j));
        }
    }
    out
}

/// Whether a word that is written with a capital beside names is no name itself.
fn is_office(lower: &str) -> bool {
    is_common(lower) || lower.len() <= 3
}

/// Whether a word is in the dictionary and no name.
fn is_common(lower: &str) -> bool {
    entry(lower).is_some_and(|known| known.word && !known.name)
}

/// The letters of a word that may be an abbreviation.
struct Initials {
    letters: [char; 6],
    count: usize,
}

impl Initials {
    fn of(lower: &str) -> Option<Self> {
        let (mut letters, mut count) = (['\0'; 6], 0);
        for letter in lower.chars().filter(|c| c.is_alphanumeric()) {
            *letters.get_mut(count)? = letter;
            count += 1;
        }
        (count >= 2).then_some(Self { letters, count })
    }

    /// Whether they are the first letters of the words from token `j` on.
    fn stand_at(&self, other: &Analysis<'_>, j: usize) -> bool {
        let mut k = j;
        for letter in &self.letters[..self.count] {
            while matches!(other.lower(k), "of" | "the" | "and" | "for") {
                k += 1;
            }
            if !other.lower(k).starts_with(*letter) {
                return false;
            }
            k += 1;
        }
        true
    }
}

/// Whether `lower` is made of the first letters of the words from token `j` on.
pub(crate) fn is_initials(lower: &str, other: &Analysis<'_>, j: usize) -> bool {
    Initials::of(lower).is_some_and(|initials| initials.stand_at(other, j))
}

/// Whether the other side has the initials of a name's words as one word.
pub(crate) fn is_initials_of(text: &Analysis<'_>, range: Range<usize>, other: &Analysis<'_>) -> bool {
    let initials: String = range.clone().filter_map(|i| text.lower(i).chars().next()).collect();
    range.len() >= 2 && (0..other.tokens.len()).any(|j| other.lower(j).replace('.', "") == initials)
}

/// Words that another rule speaks of: numbers, denials, pronouns of one gender.
pub(super) fn is_special(text: &Analysis<'_>, i: usize) -> bool {
    text.tokens[i].kind == Kind::Number || text.tag_of(i) == Tag::Cd || is_denial(text.lower(i))
}

pub(crate) fn is_content(text: &Analysis<'_>, i: usize) -> bool {
    text.tokens[i].is_word()
        && text.tag_of(i).is_content()
        && !matches!(
            text.lemma(i),
            "be" | "have"
                | "do"
                | "consequence"
                | "result"
                | "order"
                | "fact"
                | "case"
                | "regard"
                | "so"
                | "then"
                | "there"
        )
}

/// Prepositions, articles, conjunctions and their like.
pub(super) fn is_function(tag: Tag) -> bool {
    matches!(tag, Tag::In | Tag::To | Tag::Dt | Tag::Cc | Tag::Prps | Tag::Rp | Tag::Pdt | Tag::Wdt | Tag::Wrb)
}

pub(super) fn is_article(tag: Tag) -> bool {
    matches!(tag, Tag::Dt | Tag::Prps | Tag::Pdt)
}

/// Person and number of a pronoun, and its gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Person {
    I,
    We,
    You,
    He,
    She,
    It,
    They,
}

impl Person {
    /// The person of a pronoun in lower case, in any of its forms.
    pub(crate) fn of(lower: &str) -> Option<Self> {
        Some(match lower {
            "i" | "me" | "my" | "mine" | "myself" => Self::I,
            "we" | "us" | "our" | "ours" | "ourselves" => Self::We,
            "you" | "your" | "yours" | "yourself" | "yourselves" => Self::You,
            "he" | "him" | "his" | "himself" => Self::He,
            "she" | "her" | "hers" | "herself" => Self::She,
            "it" | "its" | "itself" => Self::It,
            "they" | "them" | "their" | "theirs" | "themselves" => Self::They,
            _ => return None,
        })
    }
}

/// Whether two words are pronouns of one person and number, in different forms.
pub(super) fn is_one_person(a: &str, b: &str) -> bool {
    a != b && Person::of(a).is_some_and(|person| Person::of(b) == Some(person))
}

/// Whether two words begin alike, but for their endings: `seek`, `seeker`; `consume`, `consumer`.
pub(super) fn of_one_stem(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (n, m) = (a.chars().count(), b.chars().count());
    shared >= 4 && shared * 3 >= n.min(m) * 2 && n.max(m) - shared <= 6
}

/// Words for all there is: WordNet sets *any* and *both* against *all*, which no reader does.
pub(super) fn is_whole(lower: &str) -> bool {
    matches!(lower, "all" | "any" | "both" | "each" | "either" | "every" | "whole")
}

/// Small words that are opposites.
pub(super) fn turns(a: &str, b: &str) -> bool {
    const PAIRS: [(&str, &str); 13] = [
        ("before", "after"),
        ("with", "without"),
        ("above", "below"),
        ("over", "under"),
        ("more", "less"),
        ("most", "least"),
        ("inside", "outside"),
        ("for", "against"),
        ("into", "from"),
        ("to", "from"),
        ("all", "none"),
        ("always", "never"),
        ("many", "few"),
    ];
    PAIRS.iter().any(|(x, y)| a == *x && b == *y || a == *y && b == *x)
}

/// Prepositions whose sense hangs on no verb before them.
pub(super) fn is_course(a: &str, b: &str) -> bool {
    let own = ["before", "after", "with", "without", "above", "below", "inside", "outside"];
    own.contains(&a) && own.contains(&b)
}

/// Whether two heads are one on which `small` and its opposite turn the sense: one votes for or against, while what is
/// effective for an illness is effective against it.
pub(super) fn turning_head(a: &str, b: &str, small: &str) -> bool {
    const SIDES: [&str; 24] = [
        "argue",
        "argument",
        "be",
        "campaign",
        "case",
        "decide",
        "demonstrate",
        "evidence",
        "lobby",
        "march",
        "move",
        "play",
        "plead",
        "protest",
        "rally",
        "rule",
        "side",
        "speak",
        "stance",
        "stand",
        "testify",
        "vote",
        "work",
        "win",
    ];
    const SWITCHES: [&str; 5] = ["be", "light", "power", "switch", "turn"];
    a == b
        && match small {
            "for" | "against" => SIDES.contains(&a),
            "on" | "off" => SWITCHES.contains(&a),
            _ => true,
        }
}

/// Small words that say the same at one place, or are the same.
pub(crate) fn interchangeable(a: &str, b: &str) -> bool {
    const GROUPS: [&[&str]; 19] = [
        &["in", "within", "inside"],
        &["because", "as", "since", "for"],
        &["as", "like"],
        &["as", "when", "while"],
        &["whether", "if"],
        &["over", "across", "throughout"],
        &["each", "per"],
        &["to", "toward", "towards"],
        &["to", "into"],
        &["on", "upon", "onto"],
        &["until", "till"],
        &["around", "about"],
        &["which", "that", "this"],
        &["while", "whereas"],
        &["although", "though"],
        &["after", "following"],
        &["via", "through", "by"],
        &["and", "while"],
        &["among", "amongst", "amid"],
    ];
    a == b || GROUPS.iter().any(|group| group.contains(&a) && group.contains(&b))
}

/// Words that a sentence may do without and say the same.
pub(super) fn is_dispensable(lower: &str) -> bool {
    matches!(
        lower,
        "also"
            | "already"
            | "actually"
            | "just"
            | "really"
            | "together"
            | "both"
            | "therefore"
            | "however"
            | "thus"
            | "then"
            | "now"
            | "here"
            | "there"
            | "indeed"
            | "certain"
            | "respective"
            | "relevant"
            | "so"
            | "well"
            | "very"
            | "even"
    )
}

/// Words that go with a verb and carry tense or voice.
pub(super) fn is_auxiliary(text: &Analysis<'_>, i: usize) -> bool {
    matches!(text.lemma(i), "be" | "have" | "do" | "will" | "would" | "shall")
}

/// Whether a word joins clauses or phrases by its tag alone: a conjunction, or a word of questions and relative clauses.
pub(super) fn is_joint(tag: Tag) -> bool {
    matches!(tag, Tag::Cc | Tag::Wdt | Tag::Wp | Tag::Wrb)
}

/// The coarse part of speech.
pub(crate) fn class(tag: Tag) -> u8 {
    match tag {
        _ if tag.is_verb() => 1,
        _ if tag.is_noun() => 2,
        _ if tag.is_adjective() => 3,
        _ if tag.is_adverb() => 4,
        _ => 0,
    }
}

/// American and British forms of one word.
pub(crate) fn variants(a: &str, b: &str) -> bool {
    const SPELLINGS: [(&str, &str); 11] = [
        ("our", "or"),
        ("isa", "iza"),
        ("ise", "ize"),
        ("isi", "izi"),
        ("yse", "yze"),
        ("ll", "l"),
        ("ae", "e"),
        ("tre", "ter"),
        ("ence", "ense"),
        ("ogue", "og"),
        ("amme", "am"),
    ];
    fn plain(word: &str) -> Cow<'_, str> {
        // Words are short: a look at each place is quicker than a search that is prepared first.
        let has = |word: &str, part: &str| {
            let (word, part) = (word.as_bytes(), part.as_bytes());
            (0..word.len()).any(|at| word[at] == part[0] && word[at..].starts_with(part))
        };
        SPELLINGS.iter().fold(Cow::Borrowed(word), |word, (from, to)| {
            if has(&word, from) { Cow::Owned(word.replace(from, to)) } else { word }
        })
    }
    plain(a) == plain(b)
}

/// Whether a run of words holds one that is a name and nothing else: no office, bureau or police.
pub(crate) fn is_proper_name(text: &Analysis<'_>, mut range: Range<usize>) -> bool {
    range.any(|i| entry(text.lower(i)).is_none_or(|known| !known.word || known.zipf < 2.5))
}
