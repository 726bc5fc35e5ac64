//! Runs of words that nothing on the other side answers.

use super::kin::{
    interchangeable, is_article, is_auxiliary, is_content, is_dispensable, is_function, is_joint, is_special,
};
use super::{APART, Edit, Fault, LONGEST, SAME, View};
use crate::config::Severity;
use crate::detect::rules::words::is_denial;
use crate::text::Tag;
use crate::text::thesaurus::similarity;
use std::ops::Range;

impl View<'_> {
    /// Runs of words that nothing answers: left out, put in, or replaced by another run.
    pub(super) fn runs(&self, out: &mut Vec<Edit>) {
        let (n, m) = (self.answered_a.len(), self.answered_b.len());
        let open_a = |i: usize| !self.answered_a[i] && self.text.tokens[i].is_word();
        let open_b = |j: usize| !self.answered_b[j] && self.other.tokens[j].is_word();
        let mut used = vec![false; m];
        let mut i = 0;
        while i < n {
            if !open_a(i) {
                i += 1;
                continue;
            }
            let start = i;
            while i < n && open_a(i) {
                i += 1;
            }
            let a = start..i;
            // What stands at the same place on the other side.
            let before = (0..start).rev().take(4).find_map(|k| self.linked(k));
            let behind = (i..n).take(4).find_map(|k| self.linked(k));
            let place = match (before, behind) {
                (Some(p), Some(q)) if p < q => p + 1..q,
                (Some(p), _) if p + 1 < m && open_b(p + 1) => p + 1..m,
                (_, Some(q)) if q > 0 && open_b(q - 1) => 0..q,
                _ => 0..0,
            };
            let mut b = place.start..place.start;
            let free = |j: usize| open_b(j) && !used[j];
            if let Some(first) = place.clone().take(APART + 1).find(|&j| free(j)) {
                b = first..(first..place.end).take_while(|&j| free(j)).last().map_or(first, |j| j + 1);
            } else if let Some(last) = place.clone().rev().take(APART + 1).find(|&j| free(j)) {
                b = (place.start..=last).rev().take_while(|&j| free(j)).last().unwrap_or(last)..last + 1;
            }
            if self.run(a, b.clone(), out) {
                used[b].fill(true);
            }
        }
        let mut j = 0;
        while j < m {
            if !open_b(j) || used[j] {
                j += 1;
                continue;
            }
            let start = j;
            while j < m && open_b(j) && !used[j] {
                j += 1;
            }
            self.lost(start..j, out);
        }
    }

    /// Explains a run that nothing answers by the run at its place; whether that one is explained with it.
    fn run(&self, a: Range<usize>, b: Range<usize>, out: &mut Vec<Edit>) -> bool {
        if a.len() > LONGEST || b.len() > LONGEST {
            return false;
        }
        let parallel = usize::from(self.parallel(&a, &b));
        let content_a: Vec<usize> = a.clone().filter(|&i| is_content(self.text, i)).collect();
        let content_b: Vec<usize> = b.clone().filter(|&j| is_content(self.other, j)).collect();
        if a.clone().any(|i| is_special(self.text, i)) && content_a.len() <= 1 {
            return false;
        }
        // The reference has the words elsewhere: moved, not changed.
        let moved = content_a
            .iter()
            .filter(|&&i| {
                (0..self.answered_b.len()).any(|j| {
                    let free = self.words.to_a[j].is_none_or(|k| self.words.likeness[k] < SAME);
                    free && self.other.lemma(j) == self.text.lemma(i)
                })
            })
            .count();
        if moved * 2 > content_a.len() && moved > 0 {
            return false;
        }
        if content_a.is_empty() {
            if a.len() == 1
                && b.len() == 1
                && is_function(self.text.tag_of(a.start))
                && is_function(self.other.tag_of(b.start))
                && !interchangeable(self.text.lower(a.start), self.other.lower(b.start))
            {
                out.push(Edit::new(Fault::FunctionWord, a, b, [0.12, 0.3, 0.35][parallel], Severity::Minor));
                return true;
            }
            return false;
        }
        if content_b.is_empty() {
            let names = content_a.iter().all(|&i| self.text.tag_of(i).is_proper());
            let verbs = content_a.iter().all(|&i| {
                let text = self.text;
                text.tag_of(i).is_verb()
                    || !text.tag_of(i).is_noun() && crate::text::verb_lemma(text.lower(i)).is_some()
            });
            let sure = [if verbs { 0.2 } else { 0.31 }, 0.4, 0.5][parallel] - if names { 0.1 } else { 0.0 };
            out.push(Edit::new(Fault::Addition, a, b, sure, Severity::Minor));
            return false;
        }
        let alike = content_a
            .iter()
            .flat_map(|&i| content_b.iter().map(move |&j| (i, j)))
            .filter_map(|(i, j)| similarity(self.text.lemma(i), self.other.lemma(j)))
            .fold(0.0_f32, f32::max);
        let sure = ((0.62 - 0.3 * alike) * [0.75, 0.9, 1.0][parallel]).max(0.3);
        out.push(Edit::new(Fault::Mistranslation, a, b, sure, Severity::Minor));
        true
    }

    /// Words of the reference that the translation lacks.
    fn lost(&self, b: Range<usize>, out: &mut Vec<Edit>) {
        if b.len() > LONGEST {
            return;
        }
        let content: Vec<usize> =
            b.clone().filter(|&j| is_content(self.other, j) && !is_dispensable(self.other.lower(j))).collect();
        let present = content
            .iter()
            .filter(|&&j| {
                (0..self.answered_a.len()).any(|i| {
                    let free = self.linked(i).is_none() || self.words.likeness[i] < SAME;
                    free && self.text.lemma(i) == self.other.lemma(j)
                })
            })
            .count();
        if present * 2 > content.len() && present > 0 {
            return;
        }
        // Denials are another rule's: `no details were given` says `not` elsewhere.
        if !content.is_empty() && content.iter().all(|&j| is_denial(self.other.lower(j))) {
            return;
        }
        let back = |j: usize| self.words.to_a.get(j).copied().flatten();
        let before = (0..b.start).rev().take(3).find_map(|j| back(j).map(|i| i + 1));
        let behind = (b.end..self.answered_b.len()).take(3).find_map(back);
        // Marks and articles that nothing answers may stand at the seam.
        let open = |i: usize| {
            self.linked(i).is_none() && (!self.text.tokens[i].is_word() || is_article(self.text.tag_of(i)))
                || !self.text.tokens[i].is_word() && self.linked(i).is_some_and(|j| b.contains(&j))
        };
        let (at, seam) = match (before, behind) {
            (Some(p), Some(q)) if p < q && q - p <= 2 && (p..q).all(open) => {
                ((p..q).find(|&i| self.text.tokens[i].is_word()).unwrap_or(q), true)
            }
            (Some(p), Some(q)) => (p, p == q),
            (Some(p), None) => (p, p == self.answered_a.len()),
            (None, Some(q)) => (q, q == 0),
            (None, None) => return,
        };
        // Words that answer nothing there: it may have stood on either side of them.
        let end = match behind {
            Some(q) if !seam && before.is_some() && at < q && q - at <= APART + 1 => q,
            _ => at,
        };
        let parallel = usize::from(self.parallel(&(at..at), &b));
        let sure = if content.is_empty() {
            let telling = b.clone().any(|j| {
                let initial = self.other.sentences[self.other.tokens[j].sentence].start == j;
                let optional = matches!(self.other.lower(j), "on" | "of" | "had" | "been")
                    || self.other.lower(j) == "that" && (parallel < 2 || !self.needs_that(at))
                    || initial && self.other.tag_of(j) == Tag::Prp;
                let tag = self.other.tag_of(j);
                let helper = parallel < 2 && is_auxiliary(self.other, j);
                !optional
                    && !helper
                    && (is_joint(tag) || matches!(tag, Tag::Prp | Tag::Md | Tag::In | Tag::To) || tag.is_verb())
            });
            let dispensed = parallel == 2 && b.clone().any(|j| is_dispensable(self.other.lower(j)));
            // Clauses and phrases that nothing joins any more, wherever their words went.
            let joins = |j: usize| is_joint(self.other.tag_of(j));
            let joined = b.clone().any(joins);
            match (telling || dispensed, seam, joined) {
                (true, true, true) => [0.3, 0.3, 0.45][parallel],
                (true, true, false) => [0.1, 0.3, 0.45][parallel],
                (true, false, true) if !self.joins_near(at) => 0.3,
                _ => return,
            }
        } else if content.iter().all(|&j| self.other.lemma(j) == "say") && parallel < 2 {
            return;
        } else if seam {
            [0.3, 0.45, 0.6][parallel]
        } else if content.len() == 1 && before.zip(behind).is_some_and(|(p, q)| q < p) && content.len() < b.len() {
            // A verb of a clause that went elsewhere.
            0.2
        } else {
            [if content.len() >= 2 { 0.3 } else { 0.2 }, 0.3, 0.35][parallel]
        };
        out.push(Edit::new(Fault::Omission, at..end, b, sure, Severity::Minor));
    }

    /// Whether *that* may not be left out before token `at`: as the subject of a clause, or far from its verb of saying.
    fn needs_that(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(Tag::None, |i| self.text.tag_of(i));
        let behind = self.text.tag_of(at);
        !before.is_verb() && before != Tag::Cc && behind != Tag::Prp || behind.is_finite()
    }

    /// Whether a word that joins clauses or phrases stands beside token `at`.
    fn joins_near(&self, at: usize) -> bool {
        (at.saturating_sub(2)..(at + 2).min(self.answered_a.len()))
            .any(|i| is_joint(self.text.tag_of(i)) || self.text.lower(i) == "that")
    }
}
