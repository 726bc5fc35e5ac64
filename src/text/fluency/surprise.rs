//! How likely whole sentences are.

use super::line::Line;
use super::table::{NAME, OTHER, Table};
use crate::text::Analysis;
use crate::text::memo::Texts;
use std::cell::RefCell;

thread_local! {
    static ROUGHNESS: RefCell<Texts<Option<f64>>> = const { RefCell::new(Texts::new()) };
}

/// How likely a sentence is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surprise {
    /// Mean negative log probability (base 10) of its words; about 3 in news.
    pub words: f32,
    /// The same of the classes of its words; about 1.6.
    pub classes: f32,
    /// The worst place: the negative sum of both over two neighbours.
    pub worst: f32,
    /// Of the pairs of known words, the share that the model does not know, 0 to 1.
    pub unseen: f32,
    /// By how much its words are likelier in their order than each alone, a mean of logarithms; about 0 where the order is
    /// lost, whatever the words.
    pub word_order: f32,
    /// The same of their classes.
    pub class_order: f32,
    /// The share of names, numbers and signs among its words and marks, 0 to 1.
    pub names: f32,
    /// How many words it has.
    pub length: usize,
}

impl Surprise {
    pub(super) fn of(line: &Line) -> Self {
        let table = Table::builtin();
        let (words, classes, n) = line.totals();
        let (costs, units) = (&line.costs[2..], &line.units[2..]);
        let mut known = 0.0f32;
        let (mut unseen, mut word_order, mut class_order, mut worst) = (0.0f32, 0.0, 0.0, 0.0f32);
        for (k, (cost, unit)) in costs.iter().zip(units).enumerate() {
            class_order += cost.class - table.single(unit.class);
            if let Some(frequency) = unit.frequency.filter(|_| !unit.is_mark()) {
                known += 1.0;
                unseen += f32::from(u8::from(cost.unseen));
                word_order += cost.word - frequency;
            }
            if k > 0 {
                worst = worst.min(cost.word + cost.class + costs[k - 1].word + costs[k - 1].class);
            }
        }
        Self {
            words: -words / n.max(1.0),
            classes: -classes / n.max(1.0),
            worst: -worst,
            unseen: unseen / known.max(1.0),
            word_order: word_order / known.max(1.0),
            class_order: class_order / costs.len().max(1) as f32,
            names: units.iter().filter(|u| (OTHER..=NAME).contains(&u.class)).count() as f32
                / units.len().max(1) as f32,
            length: n as usize,
        }
    }

    /// How rough the sentence reads, from about 0 to 6, in news mostly 1.5 to 4: its classes' surprise, and how little the order of
    /// its words and classes gains. A word that is left out, bent or put elsewhere mostly raises it.
    #[must_use]
    pub fn roughness(&self) -> f32 {
        self.classes + 1.35 * (1.0 - self.word_order) + 0.8 * (1.0 - self.class_order)
    }

    /// How much it looks like words in no order; 0 and more is a finding.
    #[must_use]
    pub fn disorder(&self) -> f32 {
        DISORDER[0] * self.word_order
            + DISORDER[1] * self.class_order
            + DISORDER[2] * self.unseen
            + DISORDER[3] * (self.length as f32).sqrt()
            + DISORDER[4]
    }

    /// Whether the words of a sentence of ten and more, few of them names, stand in no order. The mean of fewer is chance:
    /// a plain line of six rare words may be as unlikely as one that was shuffled.
    #[must_use]
    pub fn is_shuffled(&self) -> bool {
        self.names < 0.34 && self.disorder() >= 0.0 && self.length > SHORTEST
    }
}

/// Fewest words of a sentence whose order may be said to be lost; its end counts as one more in its length.
pub(super) const SHORTEST: usize = 10;

/// A line fitted to sentences and their words shuffled; the last number puts one in 600 sentences of held-out news above 0.
const DISORDER: [f32; 5] = [-10.75, -9.26, -0.68, -1.66, 0.9];

/// The surprise of each sentence of `text`; a score feature where there is no reference.
///
/// ```
/// use fauxami::text::{Analysis, fluency::surprise};
/// let plain = surprise(&Analysis::english("He said that the talks would go on for a week."));
/// let mixed = surprise(&Analysis::english("Week the go that he for said would talks a on."));
/// assert!(plain[0].word_order > mixed[0].word_order + 0.5);
/// ```
#[must_use]
pub fn surprise(text: &Analysis<'_>) -> Vec<Surprise> {
    let table = Table::builtin();
    text.sentences.iter().map(|range| Surprise::of(&Line::new(table, text, range.clone()))).collect()
}

/// How rough `text` reads: the mean of its sentences' [`Surprise::roughness`], weighted by words. `None` of a text that is not
/// English or has no word.
///
/// ```
/// use fauxami::text::{Analysis, fluency::roughness};
/// let read = |text| roughness(&Analysis::english(text));
/// assert!(read("He said that the talks would go on for a week.") < read("He said that the talks on go would for week a."));
/// assert_eq!(read("..."), None);
/// ```
#[must_use]
pub fn roughness(text: &Analysis<'_>) -> Option<f64> {
    if !text.english {
        return None;
    }
    ROUGHNESS.with_borrow_mut(|texts| texts.get(text.text, |_| mean_roughness(text, &surprise(text))))
}

/// The same, given the sentences' surprise.
pub(super) fn mean_roughness(text: &Analysis<'_>, surprise: &[Surprise]) -> Option<f64> {
    if !text.tokens.iter().any(crate::text::Token::is_word) {
        return None;
    }
    let (sum, words) = surprise.iter().fold((0.0, 0.0), |(sum, words), sentence| {
        let length = sentence.length as f64;
        (sum + f64::from(sentence.roughness()) * length, words + length)
    });
    (words > 0.0).then(|| sum / words)
}
