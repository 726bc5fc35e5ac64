//! Units as weighted bags of features, cheap to compare one with another and merged.

use super::cross::length;
use super::kindred::{head, tokens, unspaced};
use crate::text::Kind;
use rustc_hash::FxHashMap;

/// Features of one unit: sorted ids with counts, and the length in characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag {
    pub items: Vec<(u32, u16)>,
    pub chars: f64,
}

/// The bags of both texts over one list of weighted features.
#[derive(Debug)]
pub(super) struct Bags {
    pub a: Vec<Bag>,
    pub b: Vec<Bag>,
    pub weights: Vec<f32>,
}

impl Bags {
    /// Cuts the units of both sides into features: words by themselves and by their beginnings.
    pub fn new(a: &[&str], b: &[&str]) -> Self {
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        // In how many units of both sides a feature stands.
        let mut spread: Vec<u32> = Vec::new();
        let mut bag = |text: &&str| {
            let mut items: Vec<u32> = Vec::new();
            for feature in features(text) {
                let next = ids.len() as u32;
                items.push(*ids.entry(feature).or_insert(next));
            }
            spread.resize(ids.len(), 0);
            items.sort_unstable();
            let mut counted: Vec<(u32, u16)> = Vec::with_capacity(items.len());
            for id in items {
                match counted.last_mut() {
                    Some(last) if last.0 == id => last.1 = last.1.saturating_add(1),
                    _ => counted.push((id, 1)),
                }
            }
            for (id, _) in &counted {
                spread[*id as usize] += 1;
            }
            Bag { items: counted, chars: length(text) }
        };
        let a: Vec<Bag> = a.iter().map(&mut bag).collect();
        let b: Vec<Bag> = b.iter().map(&mut bag).collect();
        // Rare features weigh more: the log of the share of units without them.
        let units = (a.len() + b.len()) as f32;
        let weights = spread.iter().map(|x| ((units + 2.0) / *x as f32).ln().max(0.05)).collect();
        Self { a, b, weights }
    }

    /// The weight of a bag.
    pub fn mass(&self, bag: &Bag) -> f64 {
        bag.items.iter().map(|(id, n)| f64::from(self.weights[*id as usize]) * f64::from(*n)).sum()
    }

    /// The weight that two bags share.
    pub fn shared(&self, a: &Bag, b: &Bag) -> f64 {
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while let (Some(x), Some(y)) = (a.items.get(i), b.items.get(j)) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += f64::from(self.weights[x.0 as usize]) * f64::from(x.1.min(y.1));
                    i += 1;
                    j += 1;
                }
            }
        }
        sum
    }
}

/// Two bags as one.
pub(super) fn merged(bags: &[Bag]) -> Bag {
    let mut items: Vec<(u32, u16)> = bags.iter().flat_map(|b| b.items.iter().copied()).collect();
    items.sort_unstable();
    items.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 = kept.1.saturating_add(next.1);
        }
        same
    });
    Bag { items, chars: bags.iter().map(|b| b.chars).sum() }
}

fn features(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (_, token) in tokens(head(text)) {
        let first = token.chars().next().unwrap_or(' ');
        if kind(first) == Kind::Punct {
            continue;
        }
        let lower = token.to_lowercase();
        if token.chars().any(unspaced) {
            // No spaces, no words: characters, and by twos.
            let chars: Vec<char> = lower.chars().collect();
            out.extend(chars.iter().map(char::to_string));
            out.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
            continue;
        }
        if let Some((at, _)) = lower.char_indices().nth(5) {
            out.push(format!("{}*", &lower[..at]));
        }
        out.push(lower);
    }
    out
}

fn kind(first: char) -> Kind {
    if first.is_alphabetic() {
        Kind::Word
    } else if first.is_numeric() {
        Kind::Number
    } else if crate::text::is_punctuation(first) {
        Kind::Punct
    } else {
        Kind::Symbol
    }
}
