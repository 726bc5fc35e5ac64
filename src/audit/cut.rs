//! A story's sentences beside those of another text: what answers each paragraph, and what nothing does.

use crate::align::Bead;
use crate::align::passages::{WEAK, align};
use crate::read::paragraphs;
use crate::span::Span;
use crate::text::sentences;
use std::ops::Range;

/// The sentences of a story, with the paragraph of each.
pub(super) struct Cut {
    sentences: Vec<Span>,
    paragraph: Vec<usize>,
    paragraphs: Vec<Span>,
}

/// What another text answers to each paragraph.
pub(super) struct Against {
    /// The span in the other text and the mean score of its beads, for each paragraph.
    pub answers: Vec<Option<(Span, f64)>>,
    /// Byte of the story where a part of the other text should stand, and that part.
    pub missing: Vec<(usize, Span)>,
    /// Sentences of the story that nothing answers.
    pub surplus: Vec<Span>,
}

impl Cut {
    pub(super) fn new(text: &str, paragraphs: &[Span]) -> Self {
        let mut cut = Self { sentences: Vec::new(), paragraph: Vec::new(), paragraphs: paragraphs.to_vec() };
        for (n, span) in paragraphs.iter().enumerate() {
            for sentence in sentences(&text[span.range()]) {
                cut.sentences.push(sentence.shifted(span.start));
                cut.paragraph.push(n);
            }
        }
        cut
    }

    pub(super) fn against(&self, text: &str, other: &str, same: bool) -> Against {
        let theirs = Self::new(other, &paragraphs(other));
        let a: Vec<&str> = self.sentences.iter().map(|s| &text[s.range()]).collect();
        let b: Vec<&str> = theirs.sentences.iter().map(|s| &other[s.range()]).collect();
        let beads = align(&a, &b, same, Some(&self.paragraph));
        let mut units: Vec<Option<Range<usize>>> = vec![None; self.paragraphs.len()];
        let mut scores: Vec<(f64, f64)> = vec![(0.0, 0.0); self.paragraphs.len()];
        let answered = |bead: &&Bead| !bead.a.is_empty() && !bead.b.is_empty() && (!same || bead.score >= WEAK);
        // What moved answers only a paragraph that nothing in its place does, and stretches no other's answer.
        let mut moved: Vec<usize> = Vec::new();
        let in_place = beads.iter().filter(|bead| !bead.moved);
        for bead in in_place.chain(beads.iter().filter(|bead| bead.moved)).filter(answered) {
            let p = self.paragraph[bead.a.start];
            if bead.moved {
                moved.extend(bead.b.clone());
                if units[p].as_ref().is_some_and(|range| bead.b.start > range.end || bead.b.end < range.start) {
                    continue;
                }
            }
            let range = units[p].get_or_insert(bead.b.clone());
            range.start = range.start.min(bead.b.start);
            range.end = range.end.max(bead.b.end);
            let weight = bead.a.len() as f64;
            scores[p] = (scores[p].0 + weight * bead.score, scores[p].1 + weight);
        }
        let answers: Vec<Option<(Span, f64)>> = units
            .iter()
            .zip(&scores)
            .map(|(units, score)| {
                let units = units.as_ref()?;
                let span = theirs.sentences[units.start].cover(theirs.sentences[units.end - 1]);
                Some((span, score.0 / score.1.max(1.0)))
            })
            .collect();
        let held = |j: usize| moved.contains(&j) || units.iter().flatten().any(|range| range.contains(&j));
        let mut missing: Vec<(usize, Span)> = Vec::new();
        let mut surplus = Vec::new();
        for bead in &beads {
            if answered(&bead) {
                continue;
            }
            for i in bead.a.clone() {
                // Inside an answered paragraph the words themselves tell; a paragraph of its own stands alone.
                if units[self.paragraph[i]].is_none() {
                    surplus.push(self.sentences[i]);
                }
            }
            for j in bead.b.clone().filter(|&j| !held(j)) {
                let at = if bead.a.end == 0 { 0 } else { self.sentences[bead.a.end - 1].end };
                match missing.last_mut() {
                    Some((place, span)) if *place == at => *span = span.cover(theirs.sentences[j]),
                    _ => missing.push((at, theirs.sentences[j])),
                }
            }
        }
        Against { answers, missing, surplus }
    }
}
