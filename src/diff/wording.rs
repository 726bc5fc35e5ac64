//! What is left of a difference of words when the facts are named: style and form.

use super::kind::Kind;
use super::names::one_name;
use super::pair::{Found, Pair, SAME, is_initial};
use crate::detect::{interchangeable, is_content, variants};
use crate::text::numbers::numbers;
use crate::text::{Analysis, Normal};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Tokens of both sides together up to which they are compared one by one; a longer passage is one rewording between what
/// its sides begin and end with.
const MOST: usize = 6_000;

/// Whether two passages are the same but for white space and the style of marks.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a == b || Normal::new(a).text().split_whitespace().eq(Normal::new(b).text().split_whitespace())
}

/// Adds to the facts what else differs.
pub(super) fn differences(pair: &Pair<'_>, found: &mut Vec<Found>, english: bool) {
    let facts = found.clone();
    for (a, b) in stretches(pair) {
        cases(pair, a.clone(), b.clone(), found);
    }
    let mut hunks = hunks(pair);
    joined(pair, &mut hunks);
    for (a, b) in hunks {
        if is_told(pair, &facts, &a, &b) {
            continue;
        }
        let one = if english { named(pair, a, b) } else { plain(pair, a, b) };
        // Both ends of a move are one difference.
        let meet = |p: &Range<usize>, q: &Range<usize>| p.start < q.end && q.start < p.end;
        let mut moves = found.iter_mut().filter(|other| other.kind == Kind::WordOrder && one.kind == Kind::WordOrder);
        match moves.find(|other| meet(&one.a, &other.a) && meet(&one.b, &other.b)) {
            Some(other) => {
                other.a = other.a.start.min(one.a.start)..other.a.end.max(one.a.end);
                other.b = other.b.start.min(one.b.start)..other.b.end.max(one.b.end);
            }
            None => found.push(one),
        }
    }
}

fn keys<'p>(text: &'p Analysis<'_>) -> Vec<&'p str> {
    (0..text.tokens.len()).map(|i| text.lower(i)).collect()
}

fn operations(pair: &Pair<'_>) -> Vec<DiffOp> {
    let (x, y) = (keys(pair.a), keys(pair.b));
    if x.len() + y.len() <= MOST {
        return capture_diff_slices(Algorithm::Myers, &x, &y);
    }
    let head = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let rest = x.len().min(y.len()) - head;
    let tail = x.iter().rev().zip(y.iter().rev()).take(rest).take_while(|(p, q)| p == q).count();
    let equal = |old_index, new_index, len| DiffOp::Equal { old_index, new_index, len };
    vec![
        equal(0, 0, head),
        DiffOp::Replace {
            old_index: head,
            old_len: x.len() - head - tail,
            new_index: head,
            new_len: y.len() - head - tail,
        },
        equal(x.len() - tail, y.len() - tail, tail),
    ]
}

/// Stretches of tokens that are the same but for capitals.
fn stretches(pair: &Pair<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let equal = |op: &DiffOp| match *op {
        DiffOp::Equal { old_index, new_index, len } => Some((old_index..old_index + len, new_index..new_index + len)),
        _ => None,
    };
    operations(pair).iter().filter_map(equal).collect()
}

/// Stretches of tokens that differ.
fn hunks(pair: &Pair<'_>) -> Vec<(Range<usize>, Range<usize>)> {
    let other = |op: &DiffOp| match op {
        DiffOp::Equal { .. } => None,
        op => Some((op.old_range(), op.new_range())),
    };
    operations(pair).iter().filter_map(other).filter(|(a, b)| !a.is_empty() || !b.is_empty()).collect()
}

/// Joins differences that only a small word or a mark stands between: they are one rewording.
fn joined(pair: &Pair<'_>, hunks: &mut Vec<(Range<usize>, Range<usize>)>) {
    hunks.dedup_by(|next, kept| {
        let between = kept.0.end..next.0.start;
        let small = between.len() == 1 && !is_content(pair.a, between.start) && pair.a.tokens[between.start].is_word();
        let words = |text: &Analysis<'_>, range: &Range<usize>| range.clone().any(|i| is_content(text, i));
        let reworded = |hunk: &(Range<usize>, Range<usize>)| words(pair.a, &hunk.0) && words(pair.b, &hunk.1);
        let joins = small && reworded(kept) && reworded(next);
        if joins {
            *kept = (kept.0.start..next.0.end, kept.1.start..next.1.end);
        }
        joins
    });
}

/// Whether the facts found say all that a stretch has to say.
fn is_told(pair: &Pair<'_>, facts: &[Found], a: &Range<usize>, b: &Range<usize>) -> bool {
    let told = |text: &Analysis<'_>, range: &Range<usize>, side: fn(&Found) -> &Range<usize>| {
        let words: Vec<usize> = range.clone().filter(|&i| text.tokens[i].is_word()).collect();
        let open = words.iter().filter(|&&i| !facts.iter().any(|fact| side(fact).contains(&i)));
        // Small words beside a fact go with it.
        let mut left = open.filter(|&&i| is_content(text, i) || words.len() > 2);
        (left.next().is_none(), words.is_empty())
    };
    let ((p, none_a), (q, none_b)) = (told(pair.a, a, |fact| &fact.a), told(pair.b, b, |fact| &fact.b));
    let near = facts.iter().any(|fact| {
        let meets = |own: &Range<usize>, other: &Range<usize>| own.start <= other.end && other.start <= own.end;
        meets(&fact.a, a) && meets(&fact.b, b)
    });
    near && p && q && !(none_a && none_b)
}

/// A word that is written with a capital on one side alone, where neither begins a sentence.
fn cases(pair: &Pair<'_>, a: Range<usize>, b: Range<usize>, found: &mut Vec<Found>) {
    if pair.display {
        return;
    }
    for (i, j) in a.zip(b) {
        let differs = pair.a.normal(i) != pair.b.normal(j);
        if !differs || is_initial(pair.a, i) || is_initial(pair.b, j) {
            continue;
        }
        if let Some(last) =
            found.last_mut().filter(|last| last.kind == Kind::Case && last.a.end == i && last.b.end == j)
        {
            (last.a.end, last.b.end) = (i + 1, j + 1);
        } else {
            found.push(Found::new(Kind::Case, i..i + 1, j..j + 1, "small and capital letters"));
        }
    }
}

fn words(text: &Analysis<'_>, range: &Range<usize>) -> Vec<usize> {
    range.clone().filter(|&i| text.tokens[i].is_word()).collect()
}

/// The letters and digits of some tokens, joined.
fn letters(text: &Analysis<'_>, range: &Range<usize>) -> String {
    range.clone().flat_map(|i| text.lower(i).chars()).filter(|c| c.is_alphanumeric()).collect()
}

/// The name of a difference in a language of which nothing is known.
fn plain(pair: &Pair<'_>, a: Range<usize>, b: Range<usize>) -> Found {
    let (x, y) = (words(pair.a, &a), words(pair.b, &b));
    if letters(pair.a, &a) == letters(pair.b, &b) {
        let kind = if x.is_empty() && y.is_empty() { Kind::Punctuation } else { Kind::Spelling };
        return Found::new(kind, a, b, if kind == Kind::Spelling { "two spellings" } else { "marks" });
    }
    let (kind, message) = match (x.is_empty(), y.is_empty()) {
        (false, true) => (Kind::Shortened, "words of one side alone"),
        (true, false) => (Kind::Lengthened, "words of one side alone"),
        _ => (Kind::Reworded, "other words"),
    };
    Found::new(kind, a, b, message)
}

/// The name of a difference of English words.
fn named(pair: &Pair<'_>, a: Range<usize>, b: Range<usize>) -> Found {
    let form = plain(pair, a.clone(), b.clone());
    if matches!(form.kind, Kind::Punctuation | Kind::Spelling) {
        return form;
    }
    let (x, y) = (words(pair.a, &a), words(pair.b, &b));
    if let ([i], [j]) = (x.as_slice(), y.as_slice())
        && let Some((kind, message)) = word(pair, *i, *j)
    {
        return Found::new(kind, *i..i + 1, *j..j + 1, message);
    }
    if same_numbers(pair, &a, &b) {
        return Found::new(Kind::NumberFormat, a, b, "one number, written in two ways");
    }
    if let Some((p, q)) = moved(pair, &a, &b, &x, &y) {
        return Found::new(Kind::WordOrder, p, q, "the same words at another place");
    }
    let content = |text: &Analysis<'_>, of: &[usize]| of.iter().any(|&i| is_content(text, i));
    let (kind, message) = match (content(pair.a, &x), content(pair.b, &y)) {
        (false, false) => (Kind::FunctionWord, "small words"),
        (true, false) => (Kind::Shortened, "words of one side alone"),
        (false, true) => (Kind::Lengthened, "words of one side alone"),
        (true, true) => (Kind::Reworded, "other words"),
    };
    Found::new(kind, a, b, message)
}

/// What one word is to another.
fn word(pair: &Pair<'_>, i: usize, j: usize) -> Option<(Kind, &'static str)> {
    let (x, y) = (pair.a.lower(i), pair.b.lower(j));
    let (p, q) = (pair.a.tag_of(i), pair.b.tag_of(j));
    if pair.a.is_capitalised(i) && pair.b.is_capitalised(j) && p.is_proper() && q.is_proper() && one_name(x, y) {
        return Some((Kind::NameSpelling, "two spellings of a name"));
    }
    if variants(x, y) {
        return Some((Kind::Spelling, "two spellings"));
    }
    if !is_content(pair.a, i) && !is_content(pair.b, j) {
        let message = if interchangeable(x, y) { "small words of one sense" } else { "small words" };
        return Some((Kind::FunctionWord, message));
    }
    if pair.a.lemma(i) == pair.b.lemma(j) {
        let plural = p.is_noun() && q.is_noun();
        return Some(if plural {
            (Kind::Plural, "one and several")
        } else {
            (Kind::WordForm, "another form of the word")
        });
    }
    let slip = strsim::damerau_levenshtein(x, y) == 1 && x.chars().count() >= 6 && y.chars().count() >= 6;
    let known = |word: &str| crate::text::vocabulary::entry(word).is_some();
    (slip && !(known(x) && known(y))).then_some((Kind::Spelling, "two spellings"))
}

/// Whether two stretches hold the same numbers and nothing else that tells.
fn same_numbers(pair: &Pair<'_>, a: &Range<usize>, b: &Range<usize>) -> bool {
    let inside = |text: &Analysis<'_>, range: &Range<usize>| {
        let all = numbers(text);
        let held: Vec<_> =
            all.into_iter().filter(|n| range.start < n.tokens.end && n.tokens.start < range.end).collect();
        let rest = range.clone().any(|i| {
            is_content(text, i)
                && !held.iter().any(|n| n.tokens.contains(&i))
                && !matches!(
                    text.lower(i),
                    "percent" | "per" | "cent" | "%" | "dollars" | "euros" | "pounds" | "p.m." | "a.m." | "o'clock"
                )
        });
        (held, rest)
    };
    let ((x, more_a), (y, more_b)) = (inside(pair.a, a), inside(pair.b, b));
    !x.is_empty() && x.len() == y.len() && !more_a && !more_b && x.iter().zip(&y).all(|(n, m)| n.agrees(m))
}

/// Where the words of a stretch stand on the other side, if all that tells of it stands there elsewhere.
fn moved(
    pair: &Pair<'_>,
    a: &Range<usize>,
    b: &Range<usize>,
    x: &[usize],
    y: &[usize],
) -> Option<(Range<usize>, Range<usize>)> {
    let alike = |i: usize| pair.words.likeness.get(i).is_some_and(|like| *like >= SAME);
    let to_b = |i: usize| pair.to_b(i).filter(|_| alike(i));
    let to_a = |j: usize| pair.to_a(j).filter(|i| alike(*i));
    let telling = |text: &Analysis<'_>, words: &[usize]| -> Vec<usize> {
        words.iter().copied().filter(|&i| is_content(text, i)).collect()
    };
    let (p, q) = (telling(pair.a, x), telling(pair.b, y));
    let there: Vec<usize> = p.iter().filter_map(|&i| to_b(i)).collect();
    let here: Vec<usize> = q.iter().filter_map(|&j| to_a(j)).collect();
    // Most of what tells is told there too, and not at this very place.
    let most = (there.len() + here.len()) * 5 >= (p.len() + q.len()) * 3;
    let away = there.iter().filter(|j| !b.contains(j)).count() + here.iter().filter(|i| !a.contains(i)).count();
    if p.is_empty() && q.is_empty() || !most || away * 2 <= there.len() + here.len() {
        return None;
    }
    let cover = |own: &Range<usize>, more: &[usize]| {
        let mut range = own.clone();
        for &k in more {
            range = if range.is_empty() { k..k + 1 } else { range.start.min(k)..range.end.max(k + 1) };
        }
        range
    };
    let (p, q) = (cover(a, &here), cover(b, &there));
    // Words that are strewn over the sentence did not move together.
    (p.len() <= 2 * (a.len() + here.len()) + 2 && q.len() <= 2 * (b.len() + there.len()) + 2).then_some((p, q))
}
