//! Two translations of one text, audited over passages that answer one another.

use super::cut::{Against, Cut};
use super::{Auditor, Inputs, StoryAudit};
use crate::detect::Lexicon;
use crate::span::Span;

/// How much longer than either stretch of a reference the stretch may be that holds both.
const WIDEST: usize = 2;

impl Auditor {
    /// Audits two translations whose passages are given: `spans` in bytes of each text, in order. `rows` are pairs of
    /// passages that answer one another; both sides of a row are held against the same stretch of the reference, so that
    /// their scores can be compared.
    ///
    /// ```
    /// use fauxami::{Auditor, Config, Inputs, Span};
    /// let auditor = Auditor::new(&Config::default())?;
    /// let [a, b] = [("The the talks went on."), ("The talks went on.")]
    ///     .map(|text| Inputs { text, reference: Some("The talks continued."), source: None });
    /// let spans = [a, b].map(|side| vec![Span::new(0, side.text.len())]);
    /// let [a, b] = auditor.twins([a, b], [&spans[0], &spans[1]], &[(0, 0)]);
    /// assert!(a.score < b.score);
    /// # Ok::<(), fauxami::Error>(())
    /// ```
    ///
    /// # Panics
    /// Where a row names a passage that `spans` does not have, or a span does not lie in its text.
    #[must_use]
    pub fn twins(&self, inputs: [Inputs<'_>; 2], spans: [&[Span]; 2], rows: &[(usize, usize)]) -> [StoryAudit; 2] {
        let [a, b] = inputs;
        let (held_a, held_b) = (self.held(&a), self.held(&b));
        let cuts = [Cut::new(a.text, spans[0]), Cut::new(b.text, spans[1])];
        let along = |side: usize, text: &str, other: Option<&str>, same: bool| {
            other.map(|other| cuts[side].against(text, other, same))
        };
        let mut against_a = along(0, a.text, held_a.reference, true);
        let mut against_b = along(1, b.text, held_b.reference, true);
        if let (Some(x), Some(y)) = (&mut against_a, &mut against_b) {
            share(x, y, rows);
            x.settle(spans[0]);
            y.settle(spans[1]);
        }
        let beside_a = along(0, a.text, held_a.source, false);
        let beside_b = along(1, b.text, held_b.source, false);
        [
            self.judged(a.text, held_a, spans[0], against_a, beside_a),
            self.judged(b.text, held_b, spans[1], against_b, beside_b),
        ]
    }

    /// The phrases that are known.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }
}

/// Gives both sides of each row one stretch of the reference.
fn share(a: &mut Against, b: &mut Against, rows: &[(usize, usize)]) {
    for &(i, j) in rows {
        let (x, y) = (a.answers[i], b.answers[j]);
        let both = match (x, y) {
            (Some((s, p)), Some((t, q))) => {
                let cover = s.cover(t);
                if cover.len() > WIDEST * s.len().max(t.len()) {
                    continue;
                }
                Some((cover, p.min(q)))
            }
            (one, other) => one.or(other),
        };
        (a.answers[i], b.answers[j]) = (both, both);
    }
}

impl Against {
    /// Takes out of what is missing or too much what passages answer by now.
    fn settle(&mut self, spans: &[Span]) {
        let answers = &self.answers;
        self.missing.retain(|(_, lost)| !answers.iter().flatten().any(|(span, _)| span.contains(*lost)));
        let held =
            |more: &Span| spans.iter().zip(answers).any(|(span, answer)| answer.is_some() && span.contains(*more));
        self.surplus.retain(|more| !held(more));
    }
}
