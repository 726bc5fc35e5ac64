//! Units as weighted bags of features, cheap to compare one with another and merged.

use crate::text::{Kind, tokenize};
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
    /// In how many units of each side a feature stands.
    pub spread: Vec<(u32, u32)>,
}

impl Bags {
    /// Cuts the units of both sides into features. `same` says that both are in one language: words then count by
    /// themselves and by their beginnings; otherwise only what survives translation does: numbers, names, addresses.
    pub fn new(a: &[&str], b: &[&str], same: bool) -> Self {
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        let mut spread: Vec<(u32, u32)> = Vec::new();
        let mut bag = |text: &&str, first: bool| {
            let mut items: Vec<u32> = Vec::new();
            for feature in features(text, same) {
                let next = ids.len() as u32;
                items.push(*ids.entry(feature).or_insert(next));
            }
            spread.resize(ids.len(), (0, 0));
            items.sort_unstable();
            let mut counted: Vec<(u32, u16)> = Vec::with_capacity(items.len());
            for id in items {
                match counted.last_mut() {
                    Some(last) if last.0 == id => last.1 = last.1.saturating_add(1),
                    _ => counted.push((id, 1)),
                }
            }
            for (id, _) in &counted {
                let slot = &mut spread[*id as usize];
                if first {
                    slot.0 += 1;
                } else {
                    slot.1 += 1;
                }
            }
            Bag { items: counted, chars: text.chars().map(|c| if c >= '\u{2e80}' { 2.2 } else { 1.0 }).sum() }
        };
        let a: Vec<Bag> = a.iter().map(|text| bag(text, true)).collect();
        let b: Vec<Bag> = b.iter().map(|text| bag(text, false)).collect();
        // Rare features weigh more: the log of the share of units without them.
        let units = (a.len() + b.len()) as f32;
        let weights = spread.iter().map(|(x, y)| ((units + 2.0) / (x + y) as f32).ln().max(0.05)).collect();
        Self { a, b, weights, spread }
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

fn features(text: &str, same: bool) -> Vec<String> {
    let mut out = Vec::new();
    for (span, token) in tokenize(text) {
        let original = &text[span.range()];
        let first = token.chars().next().unwrap_or(' ');
        let lower = token.to_lowercase();
        let kind = kind(first);
        if same {
            match kind {
                Kind::Punct => {}
                _ => {
                    if let Some((at, _)) = lower.char_indices().nth(5) {
                        out.push(format!("{}*", &lower[..at]));
                    }
                    out.push(lower);
                }
            }
        } else if lower.chars().any(|c| c.is_ascii_digit()) {
            let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
            out.push(digits);
        } else if matches!(first, '?' | '!' | '%' | '(' | '\u{ff1f}' | '\u{ff01}' | '\u{ff08}') {
            out.push(first.to_string());
        } else if matches!(first, '"' | '\u{300c}') {
            out.push("\"".to_owned());
        } else if kind == Kind::Word && original.chars().count() >= 3 {
            // Names and cognates: the consonants of the first letters, in Latin script.
            let key = skeleton(&lower);
            if key.len() >= 3 {
                out.push(key);
            }
        }
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

/// The first consonants of a word in Latin letters: `Лавров` and `Lavrov` both give `lvrv`.
pub(crate) fn skeleton(lower: &str) -> String {
    let mut out = String::new();
    for c in lower.chars() {
        let sound = match c {
            'б' => "b",
            'в' => "v",
            'г' | 'ґ' => "g",
            'д' => "d",
            'ж' => "zh",
            'з' => "z",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'ф' => "f",
            'х' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ç' | 'ć' | 'č' => "c",
            'ñ' | 'ń' => "n",
            'ś' | 'š' | 'ș' | 'ş' => "s",
            'ž' | 'ź' | 'ż' => "z",
            'ł' => "l",
            'ț' | 'ţ' => "t",
            'ğ' => "g",
            'w' => "v",
            'c' | 'q' => "k",
            'b' | 'd' | 'f' | 'g' | 'h' | 'j' | 'k' | 'l' | 'm' | 'n' | 'p' | 'r' | 's' | 't' | 'v' | 'x' | 'z' => {
                out.push(c);
                ""
            }
            _ => "",
        };
        for s in sound.chars() {
            out.push(s);
        }
        if out.len() >= 4 {
            out.truncate(4);
            break;
        }
    }
    // A doubled consonant is one.
    let mut last = ' ';
    out.retain(|c| {
        let keep = c != last;
        last = c;
        keep
    });
    out
}
