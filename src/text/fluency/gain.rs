//! What a repair would gain in likelihood: words of another text in place of words of this one.

use super::line::Line;
use super::table::Table;
use crate::text::Analysis;
use std::ops::Range;

/// Tokens around a place on which the likelihood of its words hangs, and as many more for the sentence to go on.
const AROUND: usize = 4;
/// What a word of news and its class cost: the mean log probabilities.
const USUAL: Gain = Gain { words: 2.8, classes: 1.5 };

/// By how much the log probability (base 10) rises, beside what as many words of news cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gain {
    /// That of the words; about -7 to 7.
    pub words: f32,
    /// That of their classes; about -5 to 5.
    pub classes: f32,
}

impl Gain {
    /// Both together; above 3 where a reader stumbles over what stands there.
    #[must_use]
    pub fn sum(self) -> f32 {
        self.words + self.classes
    }
}

/// What is gained where tokens `b` of `other` stand in place of tokens `a` of `text`. `None` where the place parts a word from its
/// clitic, or goes beyond its sentence.
///
/// ```
/// use fauxami::text::{Analysis, fluency::gain};
/// let (own, other) = (Analysis::english("It was part on the deal."), Analysis::english("It was part of the deal."));
/// assert!(gain(&own, 3..4, &other, 3..4).unwrap().sum() > 3.0);
/// assert!(gain(&other, 3..4, &own, 3..4).unwrap().sum() < -3.0);
/// ```
#[must_use]
pub fn gain(text: &Analysis<'_>, a: Range<usize>, other: &Analysis<'_>, b: Range<usize>) -> Option<Gain> {
    let table = Table::builtin();
    let token = text.tokens.get(a.start).or(text.tokens.last())?;
    let sentence = text.sentences.get(token.sentence)?;
    if a.start < sentence.start || a.end > sentence.end || b.end > other.tokens.len() {
        return None;
    }
    let window = a.start.saturating_sub(AROUND).max(sentence.start)..(a.end + AROUND).min(sentence.end);
    let line = Line::new(table, text, window);
    let units = &line.units;
    let last = units.len() - 1;
    let from = units[2..last].iter().position(|unit| unit.tokens.0 >= a.start).map_or(last, |k| k + 2);
    let to = units[from..last].iter().position(|unit| unit.tokens.0 >= a.end).map_or(last, |k| k + from);
    let parted = units[2..last].iter().any(|unit| {
        let (first, last) = unit.tokens;
        first < a.start && last >= a.start || first < a.end && last >= a.end
    });
    if parted {
        return None;
    }
    let mut changed = units[..from].to_vec();
    if !b.is_empty() {
        let theirs = Line::new(table, other, b).units;
        changed.extend_from_slice(&theirs[2..theirs.len() - 1]);
    }
    changed.extend_from_slice(&units[to..]);
    let ((words, classes, n), (new_words, new_classes, new_n)) = (line.totals(), Line::of(table, changed).totals());
    let more = new_n - n;
    Some(Gain { words: new_words - words + USUAL.words * more, classes: new_classes - classes + USUAL.classes * more })
}
