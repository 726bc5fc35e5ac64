//! What a passage and its reference differ in, place by place: each difference is one edit under one name.
//!
//! Words that answer one another in another wording (synonyms, spellings of one name, forms that grammar asks for) make
//! no edit. What remains is named by what the two sides are to one another, and is the surer the better the words around
//! it agree.

mod heads;
mod joints;
mod kin;
mod places;
mod runs;
mod spelling;

use super::{Counterpart, Passage, log_odds, logistic};
use crate::align::WordAlignment;
use crate::align::words::{Link, LinkKind};
use crate::config::Severity;
use crate::text::fluency::{gain, parts_of_speech};
use crate::text::numbers::{Number, Unit};
use crate::text::thesaurus::{Relation, relation, similarity};
use crate::text::vocabulary::entry;
use crate::text::{Analysis, Kind, Tag};
use kin::{
    BY_WAY, Opposable, is_article, is_course, is_function, is_joint, is_one_person, is_special, is_whole, of_one_stem,
    opposed, turning_head, turns,
};
pub(crate) use kin::{
    Person, class, interchangeable, is_content, is_initials, is_initials_of, is_proper_name, variants,
};
use std::ops::Range;

/// What an edit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    Antonym,
    Mistranslation,
    Name,
    WordForm,
    FunctionWord,
    Misspelling,
    LetterCase,
    WordOrder,
    Omission,
    Addition,
}

/// One difference.
#[derive(Clone, Debug)]
pub struct Edit {
    pub fault: Fault,
    /// Tokens of the translation; empty where words are missing before token `a.start`.
    pub a: Range<usize>,
    /// Tokens of the reference; empty where the translation has words too many.
    pub b: Range<usize>,
    /// How likely it is that an editor would agree, 0 to 1.
    pub confidence: f32,
    pub severity: Severity,
}

/// Words that have so much in common are one word, give or take its form.
const SAME: f32 = 0.65;
/// Small words that may stand between two words of one phrase.
const BRIDGE: usize = 2;
/// Words that may stand between a run and the place where its answer should be.
const APART: usize = 2;
/// Longest run of words that is one edit; a longer one is a rewording.
const LONGEST: usize = 25;

struct View<'p> {
    text: &'p Analysis<'p>,
    other: &'p Analysis<'p>,
    words: &'p WordAlignment,
    /// Tokens of either side that anything on the other answers.
    answered_a: Vec<bool>,
    answered_b: Vec<bool>,
}

/// The edits of a passage that has a reference, in order of place.
pub fn edits(passage: &Passage<'_>) -> Vec<Edit> {
    let Some((words, Counterpart { text: other, .. })) = passage.words() else { return Vec::new() };
    let text = &passage.text;
    let (n, m) = (words.to_b.len().min(text.tokens.len()), words.to_a.len().min(other.tokens.len()));
    if n == 0 || m == 0 {
        return Vec::new();
    }
    let words = &*heads::rehung(words, text, other);
    let (mut answered_a, mut answered_b) = (vec![false; n], vec![false; m]);
    // A word that is tied to a phrase for its place alone, while the phrase has the very word it needs, answers nothing.
    let exact = |i: usize| words.kind(i) == Some(LinkKind::Exact);
    let taken = |i: usize| words.kind(i).is_some() && words.likeness[i] >= SAME;
    let partners = |link: &Link| {
        let of = |same: fn(&Link, &Link) -> bool| words.links.iter().filter(|other| same(other, link)).count();
        (of(|p, q| p.a == q.a), of(|p, q| p.b == q.b))
    };
    for link in &words.links {
        let (best_a, best_b) = (words.to_b[link.a] == Some(link.b), words.to_a[link.b]);
        let guest = link.likeness < SAME && !best_a;
        // What is put before a word that has its answer is more than the other side says.
        let modifier = words.to_b[link.a].is_none()
            && best_b == Some(link.a + 1)
            && is_content(text, link.a)
            && !text.tag_of(link.a).is_proper()
            && text.tag_of(link.a + 1).is_noun();
        let (stands_a, stands_b) =
            (stands_in(other, link.b, text, link.a, link), stands_in(text, link.a, other, link.b, link));
        let more = guest && (best_b.is_some_and(taken) || modifier) || stands_a && partners(link).1 == 1;
        if !more {
            answered_a[link.a] = true;
        }
        // A comma is no *and*.
        let mark = !text.tokens[link.a].is_word() && other.tokens[link.b].is_word();
        let nothing = mark || guest && exact(link.a) || stands_b && partners(link).0 == 1;
        if !nothing {
            answered_b[link.b] = true;
        }
    }
    for phrase in heads::behind(words, other) {
        answered_b[phrase].fill(false);
    }
    // `S$300 million`, `300 million Singapore dollars`: the rule on numbers speaks of amounts, however their currency is written.
    let (mine, theirs) = passage.numbers();
    let is_money = |number: &&Number| matches!(number.unit, Unit::Money(_));
    if mine.iter().any(|number| is_money(&number)) && theirs.iter().any(|number| is_money(&number)) {
        for (numbers, text, answered) in [(mine, text, &mut answered_a), (theirs, other, &mut answered_b)] {
            for i in numbers.iter().filter(is_money).flat_map(|number| number.with_currency(text)) {
                if let Some(cell) = answered.get_mut(i) {
                    *cell = true;
                }
            }
        }
    }
    let mut view = View { text, other, words, answered_a, answered_b };
    let mut out = Vec::new();
    if view.is_shuffled() {
        out.push(Edit::new(Fault::WordOrder, 0..n, 0..m, 0.85, Severity::Major));
        return out;
    }
    view.names(&mut out);
    view.halves(&mut out);
    view.pairs(&mut out);
    view.order(&mut out);
    view.runs(&mut out);
    view.opposites(&mut out);
    for edit in &mut out {
        view.read(edit);
    }
    let before = out.len();
    view.joints(&mut out);
    for edit in &mut out[before..] {
        view.read(edit);
    }
    out.sort_by_key(|edit| (edit.a.start, edit.a.end));
    joined(&view, out)
}

/// How far what the reference's words gain in likelihood may move the log-odds of an edit.
const FARTHEST: f32 = 2.0;
/// What a form may cost before it does not fit.
const MISFIT: f32 = 3.5;
/// What the reference's word has to gain over one that is a letter away before this is a slip for it.
const LIKELIER: f32 = 2.5;
/// What a conjunction that is missing may cost more than is usual: the model knows no more than three words in a row.
const JOINT: f32 = 2.0;

/// Whether a small word, `i` of `text`, is tied to a word that says something, `j` of `other`, for its place alone: `have` in `doctors
/// have that`, where the other side has `warned that`. It answers nothing, unless it answers a phrase.
fn stands_in(text: &Analysis<'_>, i: usize, other: &Analysis<'_>, j: usize, link: &Link) -> bool {
    link.likeness < 0.2
        && matches!(link.kind, LinkKind::Position | LinkKind::Related)
        && text.tokens[i].is_word()
        && !is_content(text, i)
        && !matches!(text.lemma(i), "be" | "what" | "who" | "it" | "they" | "he" | "she" | "one")
        && is_content(other, j)
        && (other.tag_of(j).is_verb() || other.tag_of(j).is_noun())
}

/// Words of another sense that stand close together are one phrase.
fn joined(view: &View<'_>, edits: Vec<Edit>) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        let phrase = |e: &Edit| e.fault == Fault::Mistranslation && !e.a.is_empty();
        // Each word of one against each word of the other: single words, however close.
        let single = |e: &Edit| e.a.len() == 1 && e.b.len() == 1;
        let joint = |last: &Edit| phrase(last) && phrase(&edit) && !(single(last) && single(&edit));
        if let Some(last) = out.last_mut().filter(|last| joint(last)) {
            let gap = last.a.end.min(edit.a.start)..edit.a.start;
            let bridge =
                gap.len() <= BRIDGE && gap.clone().all(|i| view.text.tokens[i].is_word() && !is_content(view.text, i));
            let (b, c) = (&last.b, &edit.b);
            let near = b.is_empty() || c.is_empty() || c.start >= b.end && c.start - b.end <= BRIDGE + 1;
            if bridge && near && edit.a.end > last.a.end {
                last.a.end = edit.a.end;
                if b.is_empty() {
                    last.b = edit.b;
                } else if !edit.b.is_empty() {
                    last.b.end = edit.b.end;
                }
                last.confidence = last.confidence.max(edit.confidence);
                continue;
            }
        }
        out.push(edit);
    }
    out
}

impl Edit {
    fn new(fault: Fault, a: Range<usize>, b: Range<usize>, confidence: f32, severity: Severity) -> Self {
        Self { fault, a, b, confidence, severity }
    }
}

impl View<'_> {
    fn linked(&self, i: usize) -> Option<usize> {
        self.words.to_b.get(i).copied().flatten()
    }

    /// Whether token `i` is answered by the same word as `j`, but for its form.
    fn is_pair(&self, i: Option<usize>, j: Option<usize>) -> bool {
        match (i, j) {
            (Some(i), Some(j)) => {
                let (n, m) = (self.answered_a.len(), self.answered_b.len());
                i == n && j == m
                    || self.linked(i) == Some(j)
                        && i < n
                        && (self.words.likeness[i] >= SAME || self.text.tokens[i].kind == Kind::Punct)
            }
            (None, None) => true,
            _ => false,
        }
    }

    /// How many of the two neighbours of a place agree: those before `a` and `b`, and those behind.
    fn parallel(&self, a: &Range<usize>, b: &Range<usize>) -> u8 {
        let left = self.is_pair(a.start.checked_sub(1), b.start.checked_sub(1));
        let right = self.is_pair(Some(a.end), Some(b.end));
        u8::from(left) + u8::from(right)
    }

    /// Makes an edit the surer, the likelier English the place would be with the reference's words.
    fn read(&self, edit: &mut Edit) {
        // One preposition does as well as another where neither reads better, and a pronoun may go; other words differ for the sense
        // they have, however they read.
        let (slope, least, most) = match edit.fault {
            Fault::FunctionWord => (0.6, -FARTHEST, FARTHEST),
            Fault::WordForm => (0.45, -FARTHEST, FARTHEST),
            Fault::WordOrder => (0.4, 0.0, FARTHEST),
            Fault::Addition => (0.25, 0.0, FARTHEST),
            Fault::Omission if !edit.b.clone().any(|j| is_content(self.other, j)) => (0.35, -FARTHEST, 0.0),
            _ => return,
        };
        let Some(gain) = gain(self.text, edit.a.clone(), self.other, edit.b.clone()) else { return };
        let joins = |j: usize| self.other.tag_of(j) == Tag::In || is_joint(self.other.tag_of(j));
        let gain = match edit.fault {
            Fault::Omission if edit.b.clone().any(joins) => (gain.classes + JOINT).min(0.0),
            Fault::Omission => gain.classes,
            // Where the sentence is built otherwise, the reference's form does not fit: `a plan for the expansion`, `plans to expand`.
            Fault::WordForm if gain.sum() < 0.0 => (gain.sum() + MISFIT).min(0.0),
            _ => gain.sum(),
        };
        let odds = log_odds(edit.confidence) + f64::from((slope * gain).clamp(least, most));
        edit.confidence = logistic(odds) as f32;
    }

    /// The same stretches with the small words beside them that nothing answers.
    fn widened(&self, mut a: Range<usize>, b: Range<usize>) -> (Range<usize>, Range<usize>) {
        let loose = |i: usize| {
            let open = !self.answered_a[i] && !is_content(self.text, i);
            // Tied to the same phrase, and no word of its own.
            let guest = self.answered_a[i] && self.linked(i).is_none();
            self.text.tokens[i].is_word() && (open || guest) && !is_special(self.text, i)
        };
        while a.start > 0 && loose(a.start - 1) {
            a.start -= 1;
        }
        while a.end < self.answered_a.len() && loose(a.end) {
            a.end += 1;
        }
        (a, b)
    }

    /// Linked words that differ.
    fn pairs(&self, out: &mut Vec<Edit>) {
        for i in 0..self.answered_a.len() {
            let Some(j) = self.linked(i) else { continue };
            let (Some(kind), true) =
                (self.words.kind(i), self.text.tokens[i].is_word() && self.other.tokens[j].is_word())
            else {
                continue;
            };
            if self.text.lower(i) == self.other.lower(j) {
                self.letter_case(i, j, out);
                continue;
            }
            // `Mr.` and `Mr`, `U.S` and `US`
            let plain = |text: &str| text.chars().filter(|c| *c != '.').collect::<String>();
            let (own, theirs) = (self.text.lower(i), self.other.lower(j));
            let same = (own.contains('.') || theirs.contains('.')) && plain(own) == plain(theirs);
            if same || is_special(self.text, i) || is_special(self.other, j) {
                continue;
            }
            let parallel = self.parallel(&(i..i + 1), &(j..j + 1));
            if is_one_person(self.text.lower(i), self.other.lower(j)) {
                let sure = [0.3, 0.5, 0.85][usize::from(parallel)];
                out.push(Edit::new(Fault::WordForm, i..i + 1, j..j + 1, sure, Severity::Minor));
                continue;
            }
            match kind {
                LinkKind::Exact | LinkKind::Synonym | LinkKind::Number => {}
                LinkKind::Inflection | LinkKind::Derivation => self.form(i, j, parallel, out),
                LinkKind::Spelling => self.spelling(i, j, parallel, out),
                LinkKind::Antonym => self.opposite(i, j, 1.0, out),
                LinkKind::Related | LinkKind::Position => self.other_word(i, j, kind, parallel, out),
            }
        }
    }

    /// The same word in small letters where the reference writes a name.
    fn letter_case(&self, i: usize, j: usize, out: &mut Vec<Edit>) {
        let small = self.text.normal(i).starts_with(char::is_lowercase) && self.other.is_capitalised(j);
        let initial = self.other.sentences[self.other.tokens[j].sentence].start == j || j == 0;
        let common = entry(self.text.lower(i)).is_some_and(|known| known.word);
        if small && !initial && !common && self.text.lower(i).chars().count() >= 3 {
            out.push(Edit::new(Fault::LetterCase, i..i + 1, j..j + 1, 0.9, Severity::Minor));
        }
    }

    /// Two forms of one word or root.
    fn form(&self, i: usize, j: usize, parallel: u8, out: &mut Vec<Edit>) {
        let (x, y) = (self.text.tag_of(i), self.other.tag_of(j));
        if variants(self.text.lower(i), self.other.lower(j)) {
            return;
        }
        let derived = self.text.lemma(i) != self.other.lemma(j);
        // A tagger makes a noun of a verb that stands where a noun should.
        let other_kind = || match (parts_of_speech(self.text.lower(i)), parts_of_speech(self.other.lower(j))) {
            (Some(p), Some(q)) => !p.split('+').any(|tag| q.split('+').any(|other| tag[..2] == other[..2])),
            _ => false,
        };
        if class(x) != class(y) || derived && (parallel == 2 || other_kind()) {
            // Before a noun, a noun says what its adjective says (`Taiwan media`); two nouns of one stem are often synonyms.
            let names = |tag: Tag| tag.is_noun() || tag.is_adjective();
            let before_noun = self.text.tag_of(i + 1).is_noun() && self.other.tag_of(j + 1).is_noun();
            let as_good = x.is_noun() && y.is_noun() || before_noun && names(x) && names(y);
            let sure = if as_good { [0.31, 0.4, 0.45] } else { [0.31, 0.4, 0.75] }[usize::from(parallel)];
            out.push(Edit::new(Fault::WordForm, i..i + 1, j..j + 1, sure, Severity::Minor));
        }
    }

    /// Words that are spelled nearly alike.
    fn spelling(&self, i: usize, j: usize, parallel: u8, out: &mut Vec<Edit>) {
        let (x, y) = (self.text.lower(i), self.other.lower(j));
        if x.contains('-') || y.contains('-') || variants(x, y) || x.contains('.') || y.contains('.') {
            return;
        }
        // `CPC`, `Communist Party of China`
        let (n, m) = (self.answered_a.len(), self.answered_b.len());
        if (j.saturating_sub(5)..m.min(j + 1)).any(|k| is_initials(x, self.other, k))
            || (i.saturating_sub(5)..n.min(i + 1)).any(|k| is_initials(y, self.text, k))
        {
            return;
        }
        let near = strsim::damerau_levenshtein(x, y);
        let (own, theirs) = (entry(x), entry(y));
        if self.text.is_capitalised(i) && self.other.is_capitalised(j) {
            // Two ways to write a name, unless one is a known name and the other a slip of it.
            if near <= 2 && own.is_none() && theirs.is_some() {
                out.push(Edit::new(Fault::Misspelling, i..i + 1, j..j + 1, 0.6, Severity::Minor));
            } else if near >= 1 && x.len() < 2 * y.len() && y.len() < 2 * x.len() {
                out.push(Edit::new(Fault::Name, i..i + 1, j..j + 1, 0.45, Severity::Minor));
            }
            return;
        }
        let rarer = own.map_or(0.0, |known| known.zipf) + 1.0 < theirs.map_or(0.0, |known| known.zipf);
        if near <= 1 && rarer && theirs.is_some() {
            let sure = [0.35, 0.65, 0.85][usize::from(parallel)];
            out.push(Edit::new(Fault::Misspelling, i..i + 1, j..j + 1, sure, Severity::Minor));
        } else if self.text.lemma(i) != self.other.lemma(j) && parallel > 0 && near > 2 {
            self.other_word(i, j, LinkKind::Position, parallel, out);
        }
    }

    /// Another word at the same place.
    fn other_word(&self, i: usize, j: usize, kind: LinkKind, parallel: u8, out: &mut Vec<Edit>) {
        let (a, b) = (i..i + 1, j..j + 1);
        let (x, y) = (self.text.tag_of(i), self.other.tag_of(j));
        let (content_a, content_b) = (is_content(self.text, i), is_content(self.other, j));
        let near = strsim::damerau_levenshtein(self.text.lower(i), self.other.lower(j));
        let rarer = entry(self.text.lower(i)).map_or(0.0, |k| k.zipf) + 1.0
            < entry(self.other.lower(j)).map_or(0.0, |k| k.zipf);
        let likelier = || gain(self.text, a.clone(), self.other, b.clone()).is_some_and(|gain| gain.sum() >= LIKELIER);
        // `raw` for `draw`
        let (own, theirs) = (self.text.lower(i), self.other.lower(j));
        let commoner = entry(own).map_or(0.0, |k| k.zipf) < entry(theirs).map_or(0.0, |k| k.zipf);
        let long = commoner && own.len() > 2 && theirs.len() > 2 && !of_one_stem(own, theirs);
        if near <= 1 && self.text.lower(i).len() > 1 && (rarer && parallel > 0 || long && likelier()) {
            let sure = if parallel == 2 { 0.8 } else { 0.55 };
            out.push(Edit::new(Fault::Misspelling, a, b, sure, Severity::Minor));
            return;
        }
        if x.is_proper() && y.is_proper() {
            return;
        }
        if turns(self.text.lower(i), self.other.lower(j)) {
            self.opposite(i, j, 0.9, out);
            return;
        }
        if !content_a && !content_b {
            let (own, theirs) = (self.text.lower(i), self.other.lower(j));
            if is_function(x) && is_function(y) && !(is_article(x) && is_article(y)) && !interchangeable(own, theirs) {
                let sure = [0.12, 0.3, 0.35][usize::from(parallel)];
                out.push(Edit::new(Fault::FunctionWord, a, b, sure, Severity::Minor));
            }
            return;
        }
        if !content_a || !content_b {
            return;
        }
        if parallel > 0 && of_one_stem(self.text.lower(i), self.other.lower(j)) {
            self.form(i, j, parallel, out);
            return;
        }
        let (p, q) = (self.text.lemma(i), self.other.lemma(j));
        match relation(p, q) {
            Some(Relation::Synonym | Relation::Derivation) => {}
            found => {
                if let Some(strength) = opposed(&Opposable::new(self.text, i), &Opposable::new(self.other, j)) {
                    self.opposite(i, j, strength, out);
                    return;
                }
                let alike = similarity(p, q).unwrap_or(0.3);
                let base = match (found, kind) {
                    (Some(Relation::Hypernym), _) => 0.5,
                    (Some(Relation::Hyponym), _) => 0.35,
                    (_, LinkKind::Related) => 0.6 - 0.4 * alike,
                    _ => 0.68 - 0.4 * alike,
                };
                let sure = (base * [0.8, 0.9, 1.1][usize::from(parallel)]).clamp(0.3, 0.6);
                let (a, b) = self.widened(a, b);
                out.push(Edit::new(Fault::Mistranslation, a, b, sure, Severity::Minor));
            }
        }
    }

    /// Two words that say the opposite, unless a denial beside one of them turns it.
    fn opposite(&self, i: usize, j: usize, strength: f32, out: &mut Vec<Edit>) {
        let turned = |text: &Analysis<'_>, k: usize| {
            (k.saturating_sub(3)..k).any(|q| {
                matches!(
                    text.lower(q),
                    "not" | "n't" | "no" | "never" | "without" | "less" | "hardly" | "cannot" | "nor"
                )
            })
        };
        let whole = is_whole(self.text.lower(i)) && is_whole(self.other.lower(j));
        // `based on`, `based off`; `refuse to`, `refrain from`: a small word turns the sense of its own head only.
        let small = |tag: Tag| matches!(tag, Tag::In | Tag::To | Tag::Rp);
        let headless = small(self.text.tag_of(i))
            && small(self.other.tag_of(j))
            && !is_course(self.text.lower(i), self.other.lower(j))
            && (i == 0 || j == 0 || !turning_head(self.text.lemma(i - 1), self.other.lemma(j - 1), self.text.lower(i)));
        // Who comes to the polls goes there.
        let viewed = ["come", "go", "bring", "take"];
        let viewed = viewed.contains(&self.text.lemma(i)) && viewed.contains(&self.other.lemma(j));
        if whole || headless || viewed || turned(self.text, i) != turned(self.other, j) {
            return;
        }
        let parallel = usize::from(self.parallel(&(i..i + 1), &(j..j + 1)));
        let sure = [0.55, 0.72, 0.85][parallel] * strength;
        let severity = if sure >= 0.7 { Severity::Major } else { Severity::Minor };
        out.push(Edit::new(Fault::Antonym, i..i + 1, j..j + 1, sure, severity));
    }

    /// Words that nothing answers, and whose opposites nothing answers either.
    fn opposites(&self, out: &mut Vec<Edit>) {
        let lonely = |j: usize| self.words.to_a.get(j).copied().flatten().is_none_or(|k| self.words.likeness[k] < SAME);
        let lonely: Vec<(usize, Opposable<'_>)> = (0..self.answered_b.len())
            .filter(|&j| is_content(self.other, j) && lonely(j))
            .map(|j| (j, Opposable::new(self.other, j)))
            .collect();
        for i in (0..self.answered_a.len()).filter(|&i| is_content(self.text, i)) {
            if self.words.likeness[i] >= SAME || out.iter().any(|e| e.fault == Fault::Antonym && e.a.contains(&i)) {
                continue;
            }
            let own = Opposable::new(self.text, i);
            let found = lonely
                .iter()
                .filter_map(|(j, other)| Some((*j, opposed(&own, other)?)))
                .max_by(|x, y| x.1.total_cmp(&y.1));
            if let Some((j, strength)) = found {
                let before = out.len();
                let one_class = class(self.text.tag_of(i)) == class(self.other.tag_of(j));
                if !one_class || strength <= BY_WAY && !self.is_near(i, j) {
                    continue;
                }
                self.opposite(i, j, strength * 0.9, out);
                // The more telling name for the place.
                if out.len() > before {
                    out.retain(|e| !(e.fault == Fault::Mistranslation && e.a.len() == 1 && e.a.start == i));
                }
            }
        }
    }

    /// Whether a word within four of `i` is answered within four of `j`.
    fn is_near(&self, i: usize, j: usize) -> bool {
        let around = i.saturating_sub(4)..(i + 5).min(self.answered_a.len());
        around.filter(|&k| k != i).any(|k| self.linked(k).is_some_and(|q| q.abs_diff(j) <= 4))
    }

    /// Takes words out of what is still to be explained.
    fn settle(&mut self, a: &Range<usize>, b: &Range<usize>) {
        self.answered_a[a.clone()].fill(true);
        self.answered_b[b.clone()].fill(true);
    }
}
