//! Words of a translation aligned with words of its reference, in one language.
//!
//! Every pair of words gets a lexical likeness (same form, same lemma, same number, near spelling); the neighbours'
//! likeness and the distance from the diagonal decide between candidates; the best pair is taken first, one to one.
//! Function words are linked only where a neighbour is.

use crate::text::numbers::{Number, numbers};
use crate::text::{Analysis, Kind, Tag};
use rustc_hash::FxHashMap;

/// Longest passage that is aligned by words, in tokens a side: beyond it, only the first so many are looked at.
pub const MAX_TOKENS: usize = 1_500;

/// The links between the tokens of two passages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordAlignment {
    /// For each token of the translation the token of the reference that answers it.
    pub to_b: Vec<Option<usize>>,
    /// The same from the reference.
    pub to_a: Vec<Option<usize>>,
    /// How alike the linked words are, 0 to 1, for each token of the translation; 0 where there is no link.
    pub likeness: Vec<f32>,
}

impl WordAlignment {
    /// Aligns translation `a` with reference `b`.
    ///
    /// ```
    /// use fauxami::{align::WordAlignment, text::Analysis};
    /// let (a, b) = (Analysis::english("The minister announces a plan."), Analysis::english("The minister announced the plan."));
    /// let words = WordAlignment::new(&a, &b);
    /// assert_eq!(words.to_b[2], Some(2));
    /// ```
    #[must_use]
    pub fn new(a: &Analysis<'_>, b: &Analysis<'_>) -> Self {
        let (x, y) = (Side::new(a), Side::new(b));
        Self::of(&x, &y)
    }

    fn of(a: &Side<'_>, b: &Side<'_>) -> Self {
        let (n, m) = (a.words.len(), b.words.len());
        let mut out = Self { to_b: vec![None; n], to_a: vec![None; m], likeness: vec![0.0; n] };
        let mut candidates = candidates(a, b);
        let table: FxHashMap<(usize, usize), f32> = candidates.iter().map(|c| ((c.0, c.1), c.2)).collect();
        let like = |i: Option<usize>, j: Option<usize>| -> f32 {
            i.zip(j).and_then(|pair| table.get(&pair)).copied().unwrap_or(0.0)
        };
        // Context: the two neighbours on each side, nearer ones first.
        for c in &mut candidates {
            let (i, j) = (c.0, c.1);
            let left = like(i.checked_sub(1), j.checked_sub(1))
                .max(0.6 * like(i.checked_sub(2), j.checked_sub(2)))
                .max(0.5 * like(i.checked_sub(2), j.checked_sub(1)).max(like(i.checked_sub(1), j.checked_sub(2))));
            let right = like(Some(i + 1), Some(j + 1))
                .max(0.6 * like(Some(i + 2), Some(j + 2)))
                .max(0.5 * like(Some(i + 2), Some(j + 1)).max(like(Some(i + 1), Some(j + 2))));
            let slant = (i as f32 / n.max(1) as f32 - j as f32 / m.max(1) as f32).abs();
            let content = a.words[i].content;
            c.3 = c.2 + 0.22 * (left + right) - if content { 0.25 } else { 0.9 } * slant;
            if !content && left + right < 0.3 && slant > 0.12 {
                c.3 = 0.0;
            }
        }
        candidates.retain(|c| c.3 > 0.45);
        candidates.sort_by(|p, q| q.3.total_cmp(&p.3).then(p.0.cmp(&q.0)).then(p.1.cmp(&q.1)));
        for (i, j, like, _) in candidates {
            if out.to_b[i].is_none() && out.to_a[j].is_none() {
                out.link(i, j, like);
            }
        }
        out.repair(a, b);
        out
    }

    fn link(&mut self, i: usize, j: usize, like: f32) {
        self.to_b[i] = Some(j);
        self.to_a[j] = Some(i);
        self.likeness[i] = like;
    }

    /// Links that stand alone far off their neighbours' path are dropped when they are function words.
    fn repair(&mut self, a: &Side<'_>, _b: &Side<'_>) {
        for i in 0..self.to_b.len() {
            let Some(j) = self.to_b[i] else { continue };
            if a.words[i].content {
                continue;
            }
            let near = |k: Option<usize>| {
                k.and_then(|k| self.to_b.get(k).copied().flatten()).is_some_and(|q| q.abs_diff(j) <= 3)
            };
            if !near(i.checked_sub(1))
                && !near(Some(i + 1))
                && !near(i.checked_sub(2))
                && !near(Some(i + 2))
                && self.to_b.len() > 3
            {
                self.to_b[i] = None;
                self.to_a[j] = None;
                self.likeness[i] = 0.0;
            }
        }
    }

    /// Share of the content tokens of the translation that have a link, 0 to 1.
    #[must_use]
    pub fn coverage(&self, a: &Analysis<'_>) -> f64 {
        let content: Vec<usize> =
            (0..a.tokens.len().min(self.to_b.len())).filter(|&i| a.tag_of(i).is_content()).collect();
        if content.is_empty() {
            return 1.0;
        }
        content.iter().filter(|&&i| self.to_b[i].is_some()).count() as f64 / content.len() as f64
    }
}

/// Aligns two passages given as tokens; pairs come in order of the first side.
///
/// ```
/// let pairs = fauxami::align::words::align_tokens(&["he", "says", "no"], &["he", "then", "said", "no"]);
/// assert_eq!(pairs, [(0, 0), (1, 2), (2, 3)]);
/// ```
#[must_use]
pub fn align_tokens(a: &[&str], b: &[&str]) -> Vec<(usize, usize)> {
    // The tokens are given, so the analysis of the joined text is mapped back to them by position.
    let (ta, tb) = (a.join(" "), b.join(" "));
    let (xa, xb) = (Analysis::english(&ta), Analysis::english(&tb));
    let words = WordAlignment::new(&xa, &xb);
    let home = |tokens: &[&str], analysis: &Analysis<'_>| -> Vec<usize> {
        let mut ends = Vec::with_capacity(tokens.len());
        let mut at = 0;
        for token in tokens {
            at += token.len() + 1;
            ends.push(at);
        }
        analysis.tokens.iter().map(|t| ends.partition_point(|&end| end <= t.span.start)).collect()
    };
    let (ha, hb) = (home(a, &xa), home(b, &xb));
    let mut pairs: Vec<(usize, usize)> = words
        .to_b
        .iter()
        .enumerate()
        .filter_map(|(i, j)| j.map(|j| (ha[i], hb[j])))
        .filter(|(i, j)| *i < a.len() && *j < b.len())
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

struct WordView<'t> {
    lower: &'t str,
    lemma: &'t str,
    kind: Kind,
    content: bool,
    proper: bool,
    tag: Tag,
    /// The number that the word is part of.
    number: Option<usize>,
}

struct Side<'t> {
    words: Vec<WordView<'t>>,
    numbers: Vec<Number>,
}

impl<'t> Side<'t> {
    fn new(text: &'t Analysis<'_>) -> Self {
        let numbers = numbers(text);
        let mut number_of = vec![None; text.tokens.len()];
        for (k, number) in numbers.iter().enumerate() {
            for i in number.tokens.clone() {
                number_of[i] = Some(k);
            }
        }
        let words = (0..text.tokens.len().min(MAX_TOKENS))
            .map(|i| WordView {
                lower: text.lower(i),
                lemma: text.lemma(i),
                kind: text.tokens[i].kind,
                content: text.tag_of(i).is_content() && !matches!(text.lemma(i), "be" | "have" | "do"),
                proper: text.tag_of(i).is_proper(),
                tag: text.tag_of(i),
                number: number_of[i],
            })
            .collect();
        Self { words, numbers }
    }
}

/// Pairs of words that have something in common: (i, j, likeness, rank).
fn candidates(a: &Side<'_>, b: &Side<'_>) -> Vec<(usize, usize, f32, f32)> {
    let mut by_form: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (j, word) in b.words.iter().enumerate() {
        by_form.entry(word.lower).or_default().push(j);
        if word.lemma != word.lower {
            by_form.entry(word.lemma).or_default().push(j);
        }
    }
    let mut out = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    for (i, word) in a.words.iter().enumerate() {
        seen.clear();
        for key in [word.lower, word.lemma] {
            for &j in by_form.get(key).into_iter().flatten() {
                if !seen.contains(&j) {
                    seen.push(j);
                }
            }
        }
        if word.content {
            for (j, other) in b.words.iter().enumerate() {
                if other.content && !seen.contains(&j) && related(word, other, a, b) {
                    seen.push(j);
                }
            }
        }
        seen.sort_unstable();
        for &j in &seen {
            let like = likeness(word, &b.words[j], a, b);
            if like > 0.0 {
                out.push((i, j, like, 0.0));
            }
        }
    }
    out
}

/// A cheap gate before spelling is compared: same number, or the same first letters.
fn related(a: &WordView<'_>, b: &WordView<'_>, x: &Side<'_>, y: &Side<'_>) -> bool {
    if let (Some(p), Some(q)) = (a.number, b.number) {
        return x.numbers[p].agrees(&y.numbers[q]);
    }
    let shared = a.lower.bytes().zip(b.lower.bytes()).take_while(|(p, q)| p == q).count();
    shared >= 4 || (shared >= 1 && a.proper && b.proper && a.lower.len() > 3 && b.lower.len() > 3)
}

fn likeness(a: &WordView<'_>, b: &WordView<'_>, x: &Side<'_>, y: &Side<'_>) -> f32 {
    if a.lower == b.lower {
        return match a.kind {
            Kind::Punct => 0.6,
            _ if a.content => 1.0,
            _ => 0.7,
        };
    }
    if let (Some(p), Some(q)) = (a.number, b.number) {
        return if x.numbers[p].agrees(&y.numbers[q]) { 0.9 } else { 0.0 };
    }
    if a.lemma == b.lemma || a.lemma == b.lower || a.lower == b.lemma {
        return if a.content || b.content { 0.9 } else { 0.6 };
    }
    let near = strsim::jaro_winkler(a.lower, b.lower) as f32;
    let shared = a.lower.bytes().zip(b.lower.bytes()).take_while(|(p, q)| p == q).count();
    let longest = a.lower.len().max(b.lower.len());
    if a.proper && b.proper && near >= 0.88 {
        0.8
    } else if shared >= 5 && shared * 10 >= longest * 6 {
        // One root: nation, national; invade, invasion.
        0.7
    } else if near >= 0.93 && a.tag == b.tag {
        0.7
    } else {
        0.0
    }
}
