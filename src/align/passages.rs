//! Passages of two texts, aligned by content: dynamic programming over beads, in a band around anchors.
//!
//! In one language a bead gains the weight of the features that its two sides share, less a part of their whole weight,
//! plus a term for how well the lengths fit. In two, a lexicon is learned from the beads of a first alignment by looks and
//! lengths, and the texts are aligned again. Time and memory grow with the sum of the lengths of both texts.

use super::bags::Bags;
use super::cross::{self, Texts};
use super::sure::{Both, FEATURES};
use super::{Bead, Unit, alike, units};
use crate::text::Language;

/// A bead whose score is below this is as likely wrong as right: nothing should be concluded from what its sides differ in.
pub const WEAK: f64 = 0.5;

/// Aligns two texts by `unit`. Languages are told from the texts; where they differ, what survives translation decides.
///
/// Beads come in order; together they hold every unit of both sides once.
///
/// ```
/// use fauxami::align::{Unit, passages::align_texts};
/// let beads = align_texts("The talks failed.\nComments are closed.\nRain fell in Rome.",
///                         "Talks have failed.\nIn Rome rain fell.", Unit::Line);
/// let pairs: Vec<_> = beads.iter().map(|b| (b.a.clone(), b.b.clone())).collect();
/// assert_eq!(pairs, [(0..1, 0..1), (1..2, 1..1), (2..3, 1..2)]);
/// ```
#[must_use]
pub fn align_texts(a: &str, b: &str, unit: Unit) -> Vec<Bead> {
    let slice =
        |text: &'_ str| -> Vec<String> { units(text, unit).into_iter().map(|s| text[s.range()].to_owned()).collect() };
    let (x, y) = (slice(a), slice(b));
    let (x, y): (Vec<&str>, Vec<&str>) =
        (x.iter().map(String::as_str).collect(), y.iter().map(String::as_str).collect());
    align(&x, &y, same_language(a, b), None)
}

/// Whether two texts are in one language, or nothing speaks against it.
#[must_use]
pub fn same_language(a: &str, b: &str) -> bool {
    match (Language::of(a), Language::of(b)) {
        (Language::Known { code: x, .. }, Language::Known { code: y, .. }) => x == y,
        (Language::Unsure { guess: Some(x) }, y) => y.may_be(x),
        (x, Language::Unsure { guess: Some(y) }) => x.may_be(y),
        _ => true,
    }
}

/// Aligns the units `a` with the units `b`. `same` says that both are in one language. A bead never takes units of `a`
/// from two of the `groups` (numbers that rise with the units), where they are given.
///
/// # Panics
/// Where `groups` is shorter than `a`.
#[must_use]
pub fn align(a: &[&str], b: &[&str], same: bool, groups: Option<&[usize]>) -> Vec<Bead> {
    let both = run(a, b, same, groups, &[]);
    both.0.beads(both.1, (a.len(), b.len()))
}

/// Aligns units in two languages, as [`align`] does, with what the pairs of a parallel `corpus` tell of the words. Which
/// of its sides is in which language is found out.
#[must_use]
pub fn align_with_corpus(a: &[&str], b: &[&str], corpus: &[(String, String)]) -> Vec<Bead> {
    let both = run(a, b, false, None, corpus);
    both.0.beads(both.1, (a.len(), b.len()))
}

/// The beads of [`align`] that have both sides, without what moved, with what their probability is told from: what
/// `examples/fit_beads.rs` fits on.
#[must_use]
pub fn measured(a: &[&str], b: &[&str], same: bool) -> Vec<(Bead, [f64; FEATURES])> {
    let (both, steps) = run(a, b, same, None, &[]);
    let features = both.features(&steps, (a.len(), b.len()));
    let scores = both.probabilities(&features);
    steps
        .into_iter()
        .zip(features)
        .zip(scores)
        .filter_map(|(((a, b), features), score)| Some((Bead { a, b, score, moved: false }, features?)))
        .collect()
}

fn run(
    a: &[&str],
    b: &[&str],
    same: bool,
    groups: Option<&[usize]>,
    corpus: &[(String, String)],
) -> (Both, Vec<super::table::Step>) {
    if let Some(groups) = groups {
        assert!(groups.len() >= a.len(), "one group a unit");
    }
    let may_join = |range: std::ops::Range<usize>| groups.is_none_or(|g| g[range.start] == g[range.end - 1]);
    if same {
        let bags = Bags::new(a, b);
        let steps = alike::align(&bags, may_join);
        return (Both::Same(bags), steps);
    }
    let texts = Texts::new(a, b, corpus);
    let mut learned = cross::align(&texts, may_join);
    let steps = std::mem::take(&mut learned.steps);
    (Both::Other(Box::new((texts, learned))), steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn beads_hold_every_unit_once(a in proptest::collection::vec("[a-d ]{0,12}", 0..14), b in proptest::collection::vec("[a-d ]{0,12}", 0..14), same: bool) {
            let (x, y): (Vec<&str>, Vec<&str>) = (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
            let beads = align(&x, &y, same, None);
            let (mut i, mut j) = (0, 0);
            for bead in beads {
                prop_assert_eq!((bead.a.start, bead.b.start), (i, j));
                prop_assert!((0.0..=1.0).contains(&bead.score));
                (i, j) = (bead.a.end, bead.b.end);
            }
            prop_assert_eq!((i, j), (a.len(), b.len()));
        }
    }

    #[test]
    fn long_texts_go_through_the_band() {
        let line = |n: usize| format!("Item number{n} of the agenda{} was read by member{}.", n * 7, n * 13);
        let a: Vec<String> = (0..900).map(line).collect();
        let b: Vec<String> = (0..900).filter(|n| n % 50 != 7).map(line).collect();
        let (x, y): (Vec<&str>, Vec<&str>) =
            (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
        let beads = align(&x, &y, true, None);
        let pairs = beads
            .iter()
            .filter(|bead| bead.a.len() == 1 && bead.b.len() == 1 && x[bead.a.start] == y[bead.b.start])
            .count();
        assert_eq!(pairs, b.len());
    }
}
