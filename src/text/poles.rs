//! Words at the two ends of a scale: `rise`, `grow`, `soar` against `fall`, `shrink`, `plunge`. WordNet has antonyms of
//! single words; a translation turns a sense round with any word of the other end.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// A line a scale: lemmas of one end, a tab, lemmas of the other.
const FILE: &str = include_str!("../../corpora/words/poles.tsv");

/// The scales that a word stands on, and whether at the second end.
type Ends = Vec<(usize, bool)>;

fn poles() -> &'static FxHashMap<&'static str, Ends> {
    static POLES: OnceLock<FxHashMap<&'static str, Ends>> = OnceLock::new();
    POLES.get_or_init(|| {
        let mut out: FxHashMap<&'static str, Ends> = FxHashMap::default();
        for (scale, line) in FILE.lines().enumerate() {
            for (second, words) in line.split('\t').enumerate() {
                for word in words.split(' ') {
                    out.entry(word).or_default().push((scale, second == 1));
                }
            }
        }
        out
    })
}

/// Where a word stands; adverbs stand where their adjectives do.
fn find(word: &str) -> Option<&'static Ends> {
    poles().get(word).or_else(|| poles().get(word.strip_suffix("ly")?))
}

/// Whether a lemma stands at any end of a scale.
#[must_use]
pub fn is_pole(lemma: &str) -> bool {
    find(lemma).is_some()
}

/// Whether two lemmas stand at opposite ends of a scale, and on no scale at the same one.
///
/// ```
/// use fauxami::text::poles::are_poles;
/// assert!(are_poles("soar", "plunge"));
/// assert!(!are_poles("soar", "rise"));
/// assert!(!are_poles("soar", "minister"));
/// ```
#[must_use]
pub fn are_poles(a: &str, b: &str) -> bool {
    let Some(x) = find(a) else { return false };
    let Some(y) = find(b) else { return false };
    let meet = |same: bool| x.iter().any(|(scale, end)| y.contains(&(*scale, if same { *end } else { !*end })));
    meet(false) && !meet(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_two_ends_that_share_no_word() {
        for line in FILE.lines() {
            let ends: Vec<Vec<&str>> = line.split('\t').map(|end| end.split(' ').collect()).collect();
            assert_eq!(ends.len(), 2, "{line}");
            assert!(ends.iter().flatten().all(|word| !word.is_empty()), "{line}");
            assert!(!ends[0].iter().any(|word| ends[1].contains(word)), "{line}");
        }
    }
}
