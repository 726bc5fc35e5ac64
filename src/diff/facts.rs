//! Facts that two sides of a passage tell differently, and with them every other difference.

use super::kind::{Difference, Kind, Side, sort};
use super::pair::{Found, Pair, SAME, tokens};
use super::rows::Place;
use super::{names, numbers, verbs, wording};
use crate::align::WordAlignment;
use crate::audit::{Auditor, StoryAudit};
use crate::config::Config;
use crate::detect::{Counterpart, Finding, Passage, Story, added, detect, is_content, lacking};
use crate::span::Span;
use crate::text::numbers::numbers as numbers_of;
use crate::text::{Analysis, Language, Tag};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The rules whose findings against the other side are facts: each with the least strength that is asked for.
const RULES: [(&str, Kind, f32, &str); 4] = [
    ("negation", Kind::Negation, 0.75, "one side denies it"),
    ("antonym", Kind::Opposite, 0.7, "opposites"),
    ("gender-mismatch", Kind::Gender, 0.65, "another gender"),
    ("sentence-mood", Kind::Mood, 0.8, "a question and a statement"),
];

/// What the two sides of each place differ in.
pub(super) fn differences(
    auditor: &Auditor,
    [a, b]: [&str; 2],
    places: &[Place],
    english: bool,
    reference: Option<(&str, &StoryAudit)>,
) -> Vec<Vec<Difference>> {
    let analyse = |text| if english { Analysis::english(text) } else { Analysis::foreign(text) };
    let config = Config { only: Some(RULES.iter().map(|rule| rule.0.to_owned()).collect()), ..Config::default() };
    let whole = names::Known::new(a, b);
    let mut out = Vec::with_capacity(places.len());
    for (index, place) in places.iter().enumerate() {
        let (Some(x), Some(y)) = (place.a, place.b) else {
            out.push(Vec::new());
            continue;
        };
        let (own, theirs) = (&a[x.range()], &b[y.range()]);
        if own == theirs {
            out.push(Vec::new());
            continue;
        }
        let passages = [(own, theirs, x.start, y.start), (theirs, own, y.start, x.start)].map(|(p, q, at, offset)| {
            let other = Counterpart { text: analyse(q).into(), offset, score: 1.0 };
            Passage::new(0, at, analyse(p), Some(other), None)
        });
        let stories = passages.map(|passage| story(auditor, passage, [a, b], english));
        let [(passage, words), (back, back_words)] = [&stories[0], &stories[1]].map(of);
        let pair = Pair {
            a: &passage.text,
            b: &back.text,
            words,
            offsets: (x.start, y.start),
            display: passage.display || back.display,
        };
        let around = numbers::Around::new(
            [a, b],
            [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|k| places.get(k)),
        );
        let mut found = numbers::differences(&pair, &around, english);
        if english && !passage.is_unrelated() {
            found.extend(names::differences(&pair, &whole));
            found.extend(verbs::differences(&pair, back_words));
            let told = [0, 1].map(|side| detect(&stories[side], &config).findings);
            for (rule, kind, least, message) in RULES {
                let matching = |finding: &&Finding| finding.rule == rule && finding.strength >= least;
                for finding in told[0].iter().filter(matching) {
                    push(&mut found, ruled(&pair, finding, kind, message));
                }
                for finding in told[1].iter().filter(matching) {
                    let mirrored = ruled(&pair.exchanged(back_words), finding, kind, message);
                    push(&mut found, mirrored.map(|f| Found { a: f.b, b: f.a, ..f }));
                }
            }
            gaps(&pair, &mut found);
        }
        // `more than 50` and `fewer than 50` are two bounds, which says it all.
        let told: Vec<Found> = found.iter().filter(|fact| fact.kind != Kind::Opposite).cloned().collect();
        found.retain(|fact| fact.kind != Kind::Opposite || !told.iter().any(|other| within(fact, other)));
        let facts = found.len();
        wording::differences(&pair, &mut found, english);
        // A wording that goes round a fact says no more than the fact.
        let worded = found.split_off(facts);
        let round = |own: &Found, fact: &Found| {
            own.kind == Kind::Reworded && !fact.a.is_empty() && !fact.b.is_empty() && within(fact, own)
        };
        let rest = worded.into_iter().filter(|own| !found.iter().any(|fact| round(own, fact))).collect::<Vec<_>>();
        found.extend(rest);
        let mut differences: Vec<Difference> = found.iter().map(|found| pair.placed(found)).collect();
        if let Some((text, audit)) = reference {
            let answer = audit.passages.iter().find(|passage| passage.span == x).and_then(|passage| passage.reference);
            if let Some(stretch) = answer.filter(|_| english) {
                let theirs = Analysis::english(&text[stretch.range()]);
                for (difference, found) in differences.iter_mut().zip(&found) {
                    difference.reference = sided(&pair, found, &theirs);
                }
            }
        }
        sort(&mut differences);
        out.push(differences);
    }
    out
}

/// Whether the words of `inner` on both sides lie in those of `outer`.
fn within(inner: &Found, outer: &Found) -> bool {
    let inside = |p: &Range<usize>, q: &Range<usize>| q.start <= p.start && p.end <= q.end;
    inside(&inner.a, &outer.a) && inside(&inner.b, &outer.b)
}

/// A story of one passage.
fn story<'t>(auditor: &'t Auditor, passage: Passage<'t>, [a, b]: [&'t str; 2], english: bool) -> Story<'t> {
    let first = passage.reference.as_ref().is_none_or(|other| b.get(other.offset..).is_some());
    Story {
        text: if first { a } else { b },
        passages: vec![passage],
        language: Language::Unsure { guess: english.then_some("en") },
        whole: false,
        missing: Vec::new(),
        surplus: Vec::new(),
        reference: None,
        lexicon: auditor.lexicon(),
        spoken: Default::default(),
    }
}

/// The passage of a story of one, with its words.
fn of<'s, 't>(story: &'s Story<'t>) -> (&'s Passage<'t>, &'s WordAlignment) {
    static NONE: WordAlignment = WordAlignment::NONE;
    let passage = &story.passages[0];
    (passage, passage.words().map_or(&NONE, |(words, _)| words))
}

/// Adds what no difference of that kind speaks of yet.
fn push(found: &mut Vec<Found>, new: Option<Found>) {
    let Some(new) = new else { return };
    if !found.iter().any(|other| other.kind == new.kind && other.touches(&new)) {
        found.push(new);
    }
}

/// A finding of the auditor as a difference.
fn ruled(pair: &Pair<'_>, finding: &Finding, kind: Kind, message: &'static str) -> Option<Found> {
    let back =
        |span: Span, offset: usize| Some(Span::new(span.start.checked_sub(offset)?, span.end.checked_sub(offset)?));
    let a = tokens(pair.a, back(finding.span, pair.offsets.0)?);
    let b = match finding.reference {
        Some(span) => tokens(pair.b, back(span, pair.offsets.1)?),
        None => {
            let at = pair.place_in_b(a.start);
            at..at
        }
    };
    if kind == Kind::Opposite {
        let small = |text: &Analysis<'_>, range: &Range<usize>| {
            range.clone().all(|i| !text.tag_of(i).is_content() || matches!(text.lower(i), "in" | "out" | "up" | "down"))
        };
        let linked = a.clone().any(|i| pair.to_b(i).is_some_and(|j| b.contains(&j)));
        if small(pair.a, &a) || small(pair.b, &b) || !linked || pair.parallel(&a, &b) == 0 {
            return None;
        }
    }
    if kind == Kind::Negation {
        // *No* in the middle of a name is a word of another language.
        let named = |i: usize| i > 0 && pair.a.is_capitalised(i - 1) && pair.a.is_capitalised(i + 1);
        if a.clone().any(|i| pair.a.lower(i) == "no" && named(i)) {
            return None;
        }
        // The side that affirms has no word for it.
        let denying = |text: &Analysis<'_>, range: Range<usize>| {
            let denies = |&i: &usize| DENIALS.contains(&text.lower(i));
            range.clone().find(denies).map_or(range.start..range.start, |i| i..i + 1)
        };
        return Some(Found::new(kind, denying(pair.a, a), denying(pair.b, b), message));
    }
    Some(Found::new(kind, a, b, message))
}

/// Words that deny.
const DENIALS: [&str; 12] =
    ["not", "n't", "no", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "without", "cannot"];

/// Phrases of two content words or more that nothing on the other side answers.
fn gaps(pair: &Pair<'_>, found: &mut Vec<Found>) {
    let back = pair.back_likeness();
    for gap in added(pair.a, pair.b, pair.words) {
        let at = gap.behind.map_or(0, |j| j + 1);
        let range = trimmed(pair.a, gap.tokens);
        if tells(pair.a, &range, pair.b) && !is_reworded(pair.a, &range, pair.b, at, &back) {
            push_gap(found, Found::new(Kind::Omitted, range, at..at, "one side alone says it"));
        }
    }
    for gap in lacking(pair.a, pair.b, pair.words) {
        let at = gap.behind.map_or(0, |i| i + 1);
        let range = trimmed(pair.b, gap.tokens);
        if tells(pair.b, &range, pair.a) && !is_reworded(pair.b, &range, pair.a, at, &pair.words.likeness) {
            push_gap(found, Found::new(Kind::Added, at..at, range, "one side alone says it"));
        }
    }
}

/// Words that fill a phrase and say little: `took part in them`, `at the same time`, `one by one`.
const LIGHT: [&str; 44] = [
    "be",
    "have",
    "do",
    "take",
    "make",
    "give",
    "get",
    "go",
    "come",
    "become",
    "put",
    "keep",
    "part",
    "account",
    "time",
    "same",
    "way",
    "case",
    "fact",
    "order",
    "regard",
    "respect",
    "addition",
    "term",
    "one",
    "other",
    "such",
    "own",
    "hold",
    "say",
    "tell",
    "accord",
    "according",
    "note",
    "add",
    "report",
    "thing",
    "view",
    "place",
    "well",
    "many",
    "more",
    "there",
    "carry",
];

/// Whether a phrase has two words or more that say something, nouns, verbs, adjectives, names or numbers, and that the
/// other side has nowhere.
fn tells(text: &Analysis<'_>, range: &Range<usize>, other: &Analysis<'_>) -> bool {
    let telling = |i: &usize| {
        let tag = text.tag_of(*i);
        text.tokens[*i].is_word()
            && (tag.is_noun() || tag.is_proper() || tag.is_verb() || tag.is_adjective() || tag == Tag::Cd)
            && !LIGHT.contains(&text.lemma(*i))
            && !(0..other.tokens.len()).any(|j| other.lemma(j) == text.lemma(*i))
    };
    range.clone().filter(telling).count() >= 2
}

/// Whether words of the other side around the place where a phrase should stand have no like on this one: then they
/// may well say the same.
fn is_reworded(text: &Analysis<'_>, range: &Range<usize>, other: &Analysis<'_>, at: usize, likeness: &[f32]) -> bool {
    let near = at.saturating_sub(NEAR)..(at + NEAR).min(other.tokens.len());
    let rivals = near.filter(|&j| is_content(other, j) && likeness.get(j).is_none_or(|like| *like < SAME)).count();
    let content = range.clone().filter(|&i| is_content(text, i)).count();
    rivals * 3 >= content * 2
}

/// Tokens on either side of a place that may word otherwise what should stand there.
const NEAR: usize = 3;

/// A phrase that one side alone has holds the smaller facts in it.
fn push_gap(found: &mut Vec<Found>, gap: Found) {
    let inside = |p: &Range<usize>, q: &Range<usize>| p.is_empty() || q.start <= p.start && p.end <= q.end;
    let swallowed = |other: &Found| {
        if gap.a.is_empty() {
            other.a.is_empty() && inside(&other.b, &gap.b)
        } else {
            other.b.is_empty() && inside(&other.a, &gap.a)
        }
    };
    found.retain(|other| !swallowed(other));
    found.push(gap);
}

/// Without the marks at either end.
fn trimmed(text: &Analysis<'_>, mut range: Range<usize>) -> Range<usize> {
    while range.len() > 1 && !text.tokens[range.start].is_word() {
        range.start += 1;
    }
    while range.len() > 1 && !text.tokens[range.end - 1].is_word() {
        range.end -= 1;
    }
    range
}

/// Which side the reference has the same as: only for differences that words or numbers show.
fn sided(pair: &Pair<'_>, found: &Found, reference: &Analysis<'_>) -> Option<Side> {
    let has: FxHashSet<&str> = (0..reference.tokens.len()).map(|k| reference.lower(k)).collect();
    let (own, theirs) = match found.kind {
        Kind::Number => {
            let values = numbers_of(reference);
            let holds = |text: &Analysis<'_>, range: &Range<usize>| {
                let inside =
                    numbers_of(text).into_iter().filter(|n| range.start < n.tokens.end && n.tokens.start < range.end);
                let mut any = false;
                let all = inside.inspect(|_| any = true).all(|n| values.iter().any(|v| v.agrees(&n)));
                (any && all, any)
            };
            let ((x, some_x), (y, some_y)) = (holds(pair.a, &found.a), holds(pair.b, &found.b));
            (if some_x { x } else { !y }, if some_y { y } else { !x })
        }
        Kind::Name
        | Kind::NameSpelling
        | Kind::Date
        | Kind::Measure
        | Kind::Gender
        | Kind::Quantity
        | Kind::Omitted
        | Kind::Added => {
            let share = |text: &Analysis<'_>, range: &Range<usize>| {
                let words: Vec<usize> =
                    range.clone().filter(|&i| text.tag_of(i).is_content() || range.len() == 1).collect();
                let met = words.iter().filter(|&&i| has.contains(text.lower(i))).count();
                (!words.is_empty()).then(|| met as f64 / words.len() as f64)
            };
            match (share(pair.a, &found.a), share(pair.b, &found.b)) {
                (Some(x), Some(y)) => (x > 0.99, y > 0.99),
                (Some(x), None) => (x > 0.79, x < 0.01),
                (None, Some(y)) => (y < 0.01, y > 0.79),
                (None, None) => return None,
            }
        }
        _ => return None,
    };
    match (own, theirs) {
        (true, false) => Some(Side::A),
        (false, true) => Some(Side::B),
        _ => None,
    }
}
