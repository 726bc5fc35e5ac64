//! Classes of words that patterns name in braces.

pub use super::syntax::Class;
use crate::text::calendar::{MONTHS, WEEKDAYS};
use crate::text::vocabulary::entry;
use crate::text::{Analysis, Kind, Tag};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

impl Class {
    /// How many tokens from `i` on, and before `end`, may make up this class: each possible length, longest first.
    pub(super) fn lengths(self, text: &Analysis<'_>, i: usize, end: usize) -> Vec<usize> {
        let tag = text.tag_of(i);
        let one = |yes: bool| if yes { vec![1] } else { Vec::new() };
        match self {
            Self::Nationality => {
                let two = || format!("{} {}", text.lower(i), text.lower(i + 1));
                let double = i + 1 < end && text.is_capitalised(i) && nationalities().contains(two().as_str());
                (1..=2)
                    .rev()
                    .filter(|n| if *n == 2 { double } else { nationalities().contains(text.lower(i)) })
                    .collect()
            }
            Self::Country => {
                let longest = (1..=3.min(end - i)).rev().filter(|n| {
                    let joined = (i..i + n).map(|k| text.lower(k)).collect::<Vec<_>>().join(" ");
                    countries().contains(joined.as_str())
                });
                longest.collect()
            }
            Self::Name => {
                let run = (i..end).take_while(|&k| is_name(text, k)).count();
                (1..=run.min(5)).rev().collect()
            }
            Self::Number => {
                let run =
                    (i..end).take_while(|&k| text.tag_of(k) == Tag::Cd || text.tokens[k].kind == Kind::Number).count();
                (1..=run.min(4)).rev().collect()
            }
            Self::Date => one(is_date(text.lower(i)) || is_year(text.lower(i))),
            Self::Noun => one(matches!(tag, Tag::Nn | Tag::Nns)),
            Self::Adj => {
                one(tag.is_adjective() || (matches!(tag, Tag::Vbn | Tag::Vbg) && text.tag_of(i + 1).is_noun()))
            }
            Self::Verb => one(tag.is_verb()),
            Self::Adv => one(tag.is_adverb()),
            // The tagger takes `her` for an object where a rare noun follows.
            Self::Det => {
                one(matches!(tag, Tag::Dt | Tag::Prps | Tag::Pdt)
                    || text.lower(i) == "her" && text.tag_of(i + 1).is_noun())
            }
            Self::Pron => one(tag == Tag::Prp),
            Self::Prep => one(matches!(tag, Tag::In | Tag::To)),
            Self::Word => one(text.tokens[i].is_word()),
            Self::Np => {
                let mut k = i;
                while k < end && matches!(text.tag_of(k), Tag::Dt | Tag::Prps | Tag::Pdt) && k < i + 2 {
                    k += 1;
                }
                while k < end
                    && (text.tag_of(k).is_adjective()
                        || text.tag_of(k) == Tag::Cd
                        || matches!(text.tag_of(k), Tag::Vbn))
                {
                    k += 1;
                }
                let nouns = (k..end).take_while(|&n| text.tag_of(n).is_noun()).count();
                (1..=nouns.min(4)).rev().map(|n| k + n - i).collect()
            }
        }
    }
}

fn is_name(text: &Analysis<'_>, i: usize) -> bool {
    // A rare name before a noun may have been read as an adjective.
    let adjective = || text.tag_of(i) == Tag::Jj && entry(text.lower(i)).is_none_or(|known| !known.word);
    text.is_capitalised(i) && (text.tag_of(i).is_proper() || adjective())
}

/// A weekday or a month, in lower case.
pub(crate) fn is_date(lower: &str) -> bool {
    const SHORT: [&str; 9] = ["jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec.", "mar.", "apr."];
    MONTHS.contains(&lower) || WEEKDAYS.contains(&lower) || SHORT.contains(&lower)
}

/// A year of news: 1500 to 2099.
pub(crate) fn is_year(lower: &str) -> bool {
    lower.len() == 4 && lower.bytes().all(|b| b.is_ascii_digit()) && ("1500".."2100").contains(&lower)
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../../corpora/words/countries.tsv").lines().filter_map(|line| line.split_once('\t'))
}

/// The adjective of a country, in lower case: `france` → `french`.
pub(super) fn nationality_of(country: &str) -> Option<&'static str> {
    let row = rows().find(|(names, _)| names.split('/').any(|name| name == country))?;
    row.1.split('/').next().filter(|name| !name.is_empty())
}

/// The country of an adjective, in lower case: `french` → `france`.
pub(super) fn country_of(nationality: &str) -> Option<&'static str> {
    let row = rows().find(|(_, adjectives)| adjectives.split('/').any(|name| name == nationality))?;
    row.0.split('/').next().filter(|name| !name.is_empty())
}

pub(crate) fn countries() -> &'static FxHashSet<&'static str> {
    static SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| rows().flat_map(|(names, _)| names.split('/')).filter(|name| !name.is_empty()).collect())
}

pub(crate) fn nationalities() -> &'static FxHashSet<&'static str> {
    static SET: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    SET.get_or_init(|| {
        rows().flat_map(|(_, adjectives)| adjectives.split('/')).filter(|name| !name.is_empty()).collect()
    })
}
