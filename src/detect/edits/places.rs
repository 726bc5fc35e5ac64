//! Names that differ, and words in another order.

use super::kin::{halves, is_content, is_proper_name, strangers};
use super::{Edit, Fault, SAME, View};
use crate::align::words::LinkKind;
use crate::config::Severity;
use crate::detect::rules::words::says;
use crate::text::calendar::{MONTHS, WEEKDAYS};
use crate::text::{Kind, Tag};
use std::ops::Range;

impl View<'_> {
    /// Names that the other side has nowhere: those of one side and the other at like places are one edit.
    pub(super) fn names(&mut self, out: &mut Vec<Edit>) {
        let own = strangers(self.text, self.other, self.answered_a.len());
        let mut theirs = strangers(self.other, self.text, self.answered_b.len());
        for a in own {
            let before = (0..a.start).rev().take(6).find_map(|k| self.linked(k));
            let behind = (a.end..self.answered_a.len()).take(6).find_map(|k| self.linked(k));
            let distance = |b: &Range<usize>| {
                let left = before.map_or(12, |p| b.start.abs_diff(p + 1));
                let right = behind.map_or(12, |q| q.abs_diff(b.end));
                left.min(right)
            };
            let nearest = (0..theirs.len()).min_by_key(|&k| distance(&theirs[k]));
            let Some(b) = nearest.filter(|&k| distance(&theirs[k]) <= 8).map(|k| theirs.remove(k)) else {
                let linked = a.clone().any(|i| self.answered_a[i]);
                let day = |i: usize| MONTHS.contains(&self.text.lower(i)) || WEEKDAYS.contains(&self.text.lower(i));
                if !linked && !a.clone().all(day) {
                    out.push(Edit::new(Fault::Name, a.clone(), 0..0, 0.5, Severity::Minor));
                    self.settle(&a, &(0..0));
                }
                continue;
            };
            let parallel = usize::from(self.parallel(&a, &b));
            let near = distance(&b) <= 2;
            let sure = [0.6, 0.75, 0.9][parallel] + if near { 0.05 } else { -0.1 };
            let proper = is_proper_name(self.text, a.clone()) && is_proper_name(self.other, b.clone());
            let severity = if parallel > 0 && near && proper { Severity::Major } else { Severity::Minor };
            out.push(Edit::new(Fault::Name, a.clone(), b.clone(), sure, severity));
            self.settle(&a, &b);
        }
    }

    /// Names of which one word is another: `Pham Minh Trung`, `Pham Minh Chinh`.
    pub(super) fn halves(&mut self, out: &mut Vec<Edit>) {
        for (i, j) in halves(self.text, self.other, self.answered_a.len(), self.answered_b.len()) {
            let (a, b) = (i..i + 1, j..j + 1);
            if out.iter().any(|edit| edit.a.contains(&i) || edit.b.contains(&j)) {
                continue;
            }
            out.push(Edit::new(Fault::Name, a.clone(), b.clone(), 0.8, Severity::Major));
            self.settle(&a, &b);
        }
    }

    /// Neighbours that changed places.
    pub(super) fn order(&self, out: &mut Vec<Edit>) {
        for i in 1..self.answered_a.len() {
            let (Some(p), Some(q)) = (self.linked(i - 1), self.linked(i)) else { continue };
            let whole = [i - 1, i]
                .iter()
                .all(|&k| self.words.kind(k) == Some(LinkKind::Exact) && self.text.tokens[k].is_word());
            if !whole || q >= p || p - q > 2 {
                continue;
            }
            let (first, second) = (self.text.tag_of(i - 1), self.text.tag_of(i));
            // `prevention awareness` says what `awareness of prevention` says.
            let of = |k: usize| self.other.tag_of(k) == Tag::In || self.other.lower(k) == "'s";
            let compound = p - q == 2 && of(q + 1) && second.is_noun();
            // `an object flying over Alaska`
            let postponed = first.is_noun()
                && matches!(second, Tag::Vbg | Tag::Vbn)
                && matches!(self.text.tag_of(i + 1), Tag::In | Tag::To);
            // `21 August`, `August 21`
            let date = [i - 1, i].iter().any(|&k| MONTHS.contains(&self.text.lower(k)))
                && [i - 1, i].iter().any(|&k| self.text.tokens[k].kind == Kind::Number);
            // `said Weber`, `Weber said`; a family name before the given one
            let spoken = [i - 1, i].iter().any(|&k| says(self.text, k));
            let name = first.is_proper() && second.is_proper();
            if compound || postponed || date || spoken || name {
                continue;
            }
            let free = [i - 1, i].iter().any(|&k| self.text.tag_of(k).is_adverb() || self.text.lower(k) == "and");
            let outer = u8::from(self.is_pair((i - 1).checked_sub(1), q.checked_sub(1)))
                + u8::from(self.is_pair(Some(i + 1), Some(p + 1)));
            let base = [0.3, 0.55, 0.8][usize::from(outer)];
            let sure = if free { base * 0.5 } else { base };
            out.push(Edit::new(Fault::WordOrder, i - 1..i + 1, q..p + 1, sure, Severity::Minor));
        }
    }

    /// Whether the words are there and their order is not: neighbours of one side are no neighbours on the other.
    pub(super) fn is_shuffled(&self) -> bool {
        let linked: Vec<(usize, usize)> = (0..self.answered_a.len())
            .filter(|&i| self.text.tokens[i].is_word() && self.words.likeness[i] >= SAME)
            .filter_map(|i| Some((i, self.linked(i)?)))
            .collect();
        let content: Vec<usize> = (0..self.answered_a.len()).filter(|&i| is_content(self.text, i)).collect();
        let same = content.iter().filter(|&&i| self.linked(i).is_some() && self.words.likeness[i] >= SAME).count();
        if linked.len() < 6 || same * 2 < content.len() || content.is_empty() {
            return false;
        }
        let near = linked.windows(2).filter(|w| w[1].1.abs_diff(w[0].1) <= (w[1].0 - w[0].0) + 1).count();
        let rising = linked.windows(2).filter(|w| w[1].1 > w[0].1).count();
        let pairs = linked.len() - 1;
        near * 5 < pairs * 2 && rising * 10 < pairs * 7
    }
}
