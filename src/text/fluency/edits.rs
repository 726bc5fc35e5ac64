//! The best local repair of each place: swap two neighbours, replace, drop or insert one small word, another form of
//! the same word, or a hole where a content word should stand.

use super::family;
use super::line::{Before, Cost, Line, Unit, word_cost};
use super::surprise::{Surprise, mean_roughness};
use super::table::{BOS, Class, FNV, NAME, NUMBER, Table, fnv};
use crate::text::Analysis;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What a repair does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EditKind {
    /// Two neighbours change places.
    Swap,
    /// A small word gives way to another.
    Replace,
    /// A small word goes.
    Drop,
    /// Another form of the word: inflection, derivation, case.
    Form,
    /// A noun, verb or subject is missing; which one cannot be known.
    Hole,
    /// The sentence as a whole is out of order.
    Shuffle,
}

/// How sure a repair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Likelier than what stands there, but good English gains as much elsewhere.
    None,
    /// About one in 150 words of good English gets one: worth a word only where other things speak for a fault.
    Faint,
    /// About one in 4,000 words of good English gets one.
    Weak,
    /// About one in 20,000.
    Strong,
}

/// A repair that makes a place more likely.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What it does.
    pub kind: EditKind,
    /// The tokens that it takes away; empty for a hole, which is before `tokens.start`.
    pub tokens: Range<usize>,
    /// What stands there instead, in lower case but for names; of a [`EditKind::Hole`], the class of what is missing:
    /// `NN`, `VBD` …
    pub replacement: String,
    /// How much the log probability (base 10) of words and of classes rises.
    pub gain: f32,
    /// Log odds that this mends a fault, by the forest of its kind.
    pub score: f32,
    /// Whether it is a finding, and how sure.
    pub strength: Strength,
    /// The measures that the forest weighs.
    pub features: [f32; FEATURES],
}

/// Number of measures of an edit.
pub const FEATURES: usize = 24;

/// Small words that may replace one another.
const SMALL: [&str; 44] = [
    "of", "in", "to", "for", "on", "at", "by", "with", "from", "about", "into", "as", "than", "over", "after",
    "before", "between", "against", "through", "during", "under", "without", "among", "behind", "across", "around",
    "since", "within", "out", "off", "the", "a", "an", "and", "or", "but", "that", "which", "who", "if", "when",
    "while", "because", "until",
];
/// Prepositions that are wrong more often than right in a translation, besides those.
const RARE: [&str; 26] = [
    "unto",
    "onto",
    "upon",
    "versus",
    "beside",
    "besides",
    "beneath",
    "throughout",
    "past",
    "outside",
    "inside",
    "toward",
    "towards",
    "along",
    "alongside",
    "near",
    "above",
    "below",
    "beyond",
    "due",
    "down",
    "up",
    "except",
    "like",
    "unlike",
    "till",
];
/// Words besides the small ones that may be too many.
const SURPLUS: [&str; 12] = ["is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "it", "not"];

/// Classes of content words that may be missing.
const HOLES: [&str; 7] = ["NN", "NNS", "VBD+VBN", "VBD", "VB", "NNP", "he"];

/// Least gain of an edit that its forest is asked about, in the order of [`EditKind`]: fewer than one in fifty of the
/// edits that the forests accept gain less.
const WORTH: [f32; 5] = [3.25, 4.75, 8.5, 3.25, 1.4];

/// Length of a sentence from which lost order is grave.
const GRAVE: usize = 12;

/// How far below the threshold of its forest, in log odds, an edit is still faint.
const FAINT: f32 = 2.5;

/// Words of the model, looked up once.
#[derive(Debug)]
struct Lists {
    small: Vec<(&'static str, Unit)>,
    holes: Vec<(&'static str, Unit)>,
    /// By the hashes of words, whether a word is of [`SMALL`], of [`RARE`] and of [`SURPLUS`].
    known: FxHashMap<u64, [bool; 3]>,
}

fn lists(table: &Table) -> &'static Lists {
    static LISTS: std::sync::OnceLock<Lists> = std::sync::OnceLock::new();
    LISTS.get_or_init(|| {
        let all = |list: &[&'static str]| list.iter().map(|w| (*w, Unit::word(table, w))).collect();
        let hole = |name: &&'static str| {
            let class = table.class(name)?;
            Some((*name, Unit { frequency: None, ..Unit::new(table, 0, class, (0, 0), true) }))
        };
        let mut known: FxHashMap<u64, [bool; 3]> = FxHashMap::default();
        for (k, list) in [&SMALL[..], &RARE[..], &SURPLUS[..]].into_iter().enumerate() {
            for word in list {
                known.entry(fnv(FNV, word)).or_default()[k] = true;
            }
        }
        Lists { small: all(&SMALL), holes: HOLES.iter().filter_map(hole).collect(), known }
    })
}

/// Weighs edits of one sentence.
struct Bench<'l> {
    table: &'static Table,
    line: &'l Line,
    means: [f32; 3],
    /// The units that are taken away.
    range: Range<usize>,
    /// The classes of the two units before them.
    before: [Class; 2],
    /// The end of the units whose cost hangs on them.
    end: usize,
    old: Sums,
    out: Vec<Edit>,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    word: f32,
    class: f32,
    unseen: f32,
    trigrams: f32,
    unknown: f32,
    least_word: f32,
    least_class: f32,
    n: f32,
}

impl Sums {
    fn add(&mut self, cost: &Cost) {
        self.add_class(cost.class);
        self.add_word(cost);
    }

    fn add_class(&mut self, class: f32) {
        self.class += class;
        self.least_class = self.least_class.min(class);
        self.n += 1.0;
    }

    fn add_word(&mut self, cost: &Cost) {
        self.word += cost.word;
        self.unseen += f32::from(u8::from(cost.unseen));
        self.trigrams += f32::from(u8::from(cost.trigram));
        self.unknown += f32::from(u8::from(cost.unknown));
        self.least_word = self.least_word.min(if cost.unknown { 0.0 } else { cost.word });
    }
}

/// The best edit of a place so far: its gain, measures and what it puts there.
type Best<W> = Option<(f32, [f32; FEATURES], W)>;

impl Bench<'_> {
    /// Turns to the units `range`; whether what stands around them costs as much as places that are worth a look do.
    fn turn(&mut self, range: Range<usize>, least: f32) -> bool {
        let units = &self.line.units;
        let (mut end, mut words) = (range.end, 0);
        while end < units.len() && (words < 2 || end < range.end + 2) {
            words += usize::from(!units[end].is_mark());
            end += 1;
        }
        self.old = Sums::default();
        for cost in &self.line.costs[range.start..end] {
            self.old.add(cost);
        }
        // A line begins with two borders.
        self.before = [units[range.start - 2].class, units[range.start - 1].class];
        self.range = range;
        self.end = end;
        self.old.least_word + self.old.least_class <= least
    }

    /// The change that `new` makes in place of the units turned to; `None` where it gains less than `worth`.
    fn weigh(&self, new: &[Unit], words: bool, worth: f32, subtype: f32) -> Option<(f32, [f32; FEATURES])> {
        let units = &self.line.units;
        let (range, end, old) = (self.range.clone(), self.end, self.old);
        let mut fresh = Sums::default();
        let least = old.class + worth + if words { old.word } else { 0.0 };
        // Costs only add up; classes are the cheap ones to look up.
        let [mut far, mut near] = self.before;
        for unit in new.iter().chain(&units[range.end..end]) {
            fresh.add_class(self.table.classes([far, near, unit.class]));
            if fresh.class < least {
                return None;
            }
            (far, near) = (near, unit.class);
        }
        if words {
            let mut before = Before::at(units, range.start);
            let mut pair = self.line.pairs[range.start];
            for unit in new.iter().chain(&units[range.end..end]) {
                let mut cost = Cost::default();
                word_cost(self.table, before, unit, &mut pair, &mut cost);
                before = before.and(unit);
                fresh.add_word(&cost);
                if fresh.word + fresh.class < least {
                    return None;
                }
            }
        }
        let (by_words, by_classes) = (if words { fresh.word - old.word } else { 0.0 }, fresh.class - old.class);
        let frequency = |units: &[Unit]| -> f32 { units.iter().map(|u| u.frequency.unwrap_or(-8.0)).sum() };
        let (gone, come) = (frequency(&units[range.clone()]), frequency(new));
        let closed = |u: Option<&Unit>| f32::from(u8::from(u.is_some_and(|u| u.class >= self.table.first_closed)));
        let names = units[range.start.saturating_sub(1)..end].iter().filter(|u| u.class == NAME).count();
        let features = [
            by_words,
            by_classes,
            old.unseen,
            fresh.unseen,
            old.trigrams,
            fresh.trigrams,
            old.unknown,
            gone,
            come,
            old.least_word,
            fresh.least_word,
            old.least_class,
            fresh.least_class,
            self.means[0],
            self.means[1],
            closed(units.get(range.start)),
            closed(new.first()),
            names as f32,
            f32::from(u8::from(range.start == 2)),
            self.means[2],
            subtype,
            fresh.word / fresh.n.max(1.0),
            by_words - (come - gone),
            self.line.costs[range.start].word,
        ];
        Some((by_words + by_classes, features))
    }

    fn push(
        &mut self,
        kind: EditKind,
        tokens: Range<usize>,
        replacement: String,
        gain: f32,
        features: [f32; FEATURES],
    ) {
        let forest = self.table.forests.get(kind as usize);
        let score = forest.map_or(gain, |f| f.score(&features));
        let (minor, major) = forest.map_or((f32::MIN, f32::MIN), |f| (f.minor, f.major));
        let strength = if score >= major {
            Strength::Strong
        } else if score >= minor {
            Strength::Weak
        } else if score >= minor - FAINT {
            Strength::Faint
        } else {
            Strength::None
        };
        self.out.push(Edit { kind, tokens, replacement, gain, score, strength, features });
    }
}

/// Less gain than this does not make an edit the best of its kind and place.
fn least<W>(best: &Best<W>, kind: EditKind) -> f32 {
    // A thousandth for rounding: `better` has the last word.
    best.as_ref().map_or(f32::MIN, |b| b.0 - 0.001).max(WORTH[kind as usize])
}

fn better<W>(best: &mut Best<W>, weighed: Option<(f32, [f32; FEATURES])>, what: impl FnOnce() -> W) {
    if let Some((gain, features)) = weighed
        && best.as_ref().is_none_or(|b| gain > b.0)
    {
        *best = Some((gain, features, what()));
    }
}

fn edits_of_sentence(table: &'static Table, text: &Analysis<'_>, line: &Line, out: &mut Vec<Edit>) {
    let (word, class, n) = line.totals();
    if n < 4.0 {
        return;
    }
    let mut bench = Bench {
        table,
        line,
        means: [word / n, class / n, n],
        range: 0..0,
        before: [BOS; 2],
        end: 0,
        old: Sums::default(),
        out: std::mem::take(out),
    };
    let lists = lists(table);
    let end = line.units.len() - 1;
    for k in 2..=end {
        let unit = line.units[k];
        let costs = &line.costs[k..(k + 2).min(line.costs.len())];
        if bench.turn(k..k, -5.9) && bench.old.least_class <= -3.1 {
            let mut best: Best<&str> = None;
            for (n, (name, new)) in lists.holes.iter().enumerate() {
                let weighed = bench.weigh(&[*new], false, least(&best, EditKind::Hole), n as f32);
                better(&mut best, weighed, || name);
            }
            if let Some((gain, f, name)) = best {
                bench.push(EditKind::Hole, unit.tokens.0..unit.tokens.0, name.to_owned(), gain, f);
            }
        }
        if k == end || unit.is_mark() {
            continue;
        }
        let (first, last) = unit.tokens;
        let lower = text.lower(first);
        let next = line.units[k + 1];
        if k + 1 < end
            && !next.is_mark()
            && next.joined
            && next.hash != unit.hash
            && bench.turn(k..k + 2, -6.8)
            && let Some((gain, f)) = bench.weigh(&[next, unit], true, WORTH[EditKind::Swap as usize], 0.0)
        {
            let word = |u: Unit| &text.text[text.span(u.tokens.0..u.tokens.1 + 1).range()];
            let replacement = format!("{} {}", word(next), word(unit));
            bench.push(EditKind::Swap, first..next.tokens.1 + 1, replacement, gain, f);
        }
        if first != last
            || !costs.iter().any(|c| c.unseen || c.unknown || c.class < -2.2)
            || !bench.turn(k..k + 1, -6.8)
        {
            continue;
        }
        let [small, rare, surplus] = lists.known.get(&unit.hash).copied().unwrap_or_default();
        if (small || rare) && bench.old.least_word <= -4.2 && costs.iter().any(|c| c.unseen || c.unknown) {
            let mut best: Best<&str> = None;
            for (word, new) in lists.small.iter().filter(|(word, _)| *word != lower) {
                let weighed = bench.weigh(&[*new], true, least(&best, EditKind::Replace), 0.0);
                better(&mut best, weighed, || word);
            }
            if let Some((gain, f, word)) = best {
                bench.push(EditKind::Replace, first..last + 1, word.to_owned(), gain, f);
            }
        }
        if (small || surplus)
            && let Some((gain, f)) = bench.weigh(&[], true, WORTH[EditKind::Drop as usize], 0.0)
        {
            bench.push(EditKind::Drop, first..last + 1, String::new(), gain, f);
        }
        if bench.old.least_class <= -2.2 && bench.old.least_word <= -2.9 {
            forms(&mut bench, lower, k);
        }
    }
    *out = bench.out;
}

fn forms(bench: &mut Bench<'_>, lower: &str, k: usize) {
    let (table, unit) = (bench.table, bench.line.units[k]);
    if matches!(unit.class, NAME | NUMBER) || (unit.class >= table.first_closed && !family::is_closed(lower)) {
        return;
    }
    let family = family::family(table, lower, unit.hash);
    let mut best: Best<&str> = None;
    for relative in family.iter() {
        let new = Unit { tokens: unit.tokens, joined: unit.joined, ..relative.unit };
        let subtype = f32::from(relative.relation as u8);
        let weighed = bench.weigh(&[new], true, least(&best, EditKind::Form), subtype);
        better(&mut best, weighed, || &relative.word);
    }
    if let Some((gain, f, word)) = best {
        bench.push(EditKind::Form, unit.tokens.0..unit.tokens.1 + 1, word.to_owned(), gain, f);
    }
}

/// The edits of `text` that gain, the best of each kind and place, in the order of the places; most are no faults.
#[must_use]
pub fn edits(text: &Analysis<'_>) -> Vec<Edit> {
    look(text).0
}

/// All edits that gain, and the surprise of each sentence.
fn look(text: &Analysis<'_>) -> (Vec<Edit>, Vec<Surprise>) {
    let table = Table::builtin();
    let (mut out, mut surprise) = (Vec::new(), Vec::with_capacity(text.sentences.len()));
    for range in &text.sentences {
        let line = Line::new(table, text, range.clone());
        edits_of_sentence(table, text, &line, &mut out);
        surprise.push(Surprise::of(&line));
    }
    (out, surprise)
}

/// What is wrong with `text` as English, as far as its own words can say: the edits that their forests accept, where
/// several touch the surest one, in the order of the places.
///
/// ```
/// use fauxami::text::{Analysis, fluency::{EditKind, repairs}};
/// let found = repairs(&Analysis::english("He said that talks the between the two sides would go on for a week."));
/// assert!(found.iter().any(|e| e.kind == EditKind::Swap && e.replacement == "the talks"), "{found:?}");
/// ```
#[must_use]
pub fn repairs(text: &Analysis<'_>) -> Vec<Edit> {
    fluency(text).repairs
}

/// What the model says of a text.
#[derive(Clone, Debug, Default)]
pub struct Fluency {
    /// What [`repairs`] gives.
    pub repairs: Vec<Edit>,
    /// Other forms of single words that would be likelier, by too little to be repairs: most are no faults.
    pub forms: Vec<Edit>,
    /// What [`super::roughness`] gives.
    pub roughness: Option<f64>,
}

/// [`repairs`] and [`super::roughness`] in one reading.
#[must_use]
pub fn fluency(text: &Analysis<'_>) -> Fluency {
    let table = Table::builtin();
    let (mut all, surprise) = look(text);
    let forms = all.extract_if(.., |e| e.strength == Strength::None && e.kind == EditKind::Form).collect();
    all.retain(|e| e.strength != Strength::None);
    // An exchange that mends a place explains it better than any new word.
    let rank = |e: &Edit| {
        let over = e.score - table.forests.get(e.kind as usize).map_or(0.0, |f| f.minor);
        over + if e.kind == EditKind::Swap { 2.0 } else { 0.0 }
    };
    let faint = |e: &Edit| e.strength == Strength::Faint;
    all.sort_by(|a, b| {
        faint(a)
            .cmp(&faint(b))
            .then(rank(b).total_cmp(&rank(a)))
            .then(a.tokens.start.cmp(&b.tokens.start))
            .then(a.kind.cmp(&b.kind))
    });
    let mut out: Vec<Edit> = Vec::new();
    for edit in all {
        if !out.iter().any(|o| o.tokens.start <= edit.tokens.end && edit.tokens.start <= o.tokens.end) {
            out.push(edit);
        }
    }
    // A sentence without order has no single places.
    for (range, s) in text.sentences.iter().zip(&surprise) {
        let here = out.iter().filter(|e| !faint(e) && range.contains(&e.tokens.start)).count();
        let littered = here >= 3 && here * 12 >= s.length && s.disorder() >= -4.0;
        if s.is_shuffled() || littered {
            out.retain(|e| !range.contains(&e.tokens.start));
            out.push(Edit {
                kind: EditKind::Shuffle,
                tokens: range.clone(),
                replacement: String::new(),
                gain: 0.0,
                score: s.disorder(),
                strength: if s.disorder() >= 1.0 && s.length > GRAVE { Strength::Strong } else { Strength::Weak },
                features: [0.0; FEATURES],
            });
        }
    }
    out.sort_by_key(|e| (e.tokens.start, e.tokens.end, e.kind));
    Fluency { repairs: out, forms, roughness: mean_roughness(text, &surprise) }
}
