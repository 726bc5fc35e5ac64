//! Scores of tags, added up.

use super::tag::Tag;

/// A score for each tag, and room for whole vectors of the processor's. The sum of all features of a word fits in by far.
pub(super) type Scores = [i16; 40];
pub(super) const NO_SCORES: Scores = [0; 40];
const _: () = assert!(NO_SCORES.len() >= Tag::ALL.len());

/// Eight at a time, which the processor adds at once.
#[inline]
pub(super) fn add(scores: &mut Scores, row: &Scores) {
    for (scores, row) in scores.as_chunks_mut::<8>().0.iter_mut().zip(row.as_chunks::<8>().0) {
        *scores = std::array::from_fn(|k| scores[k].wrapping_add(row[k]));
    }
}

/// Scores by a small number, computed where they are first asked for; of two numbers on one slot, the later one stays.
#[derive(Debug)]
pub(super) struct Sums {
    slots: Vec<(u32, Scores)>,
    size: usize,
}

impl Sums {
    pub(super) const fn new(size: usize) -> Self {
        assert!(size.is_power_of_two());
        Self { slots: Vec::new(), size }
    }

    #[inline]
    pub(super) fn get(&mut self, number: u32, ask: impl FnOnce() -> Scores) -> &Scores {
        if self.slots.is_empty() {
            self.slots.resize(self.size, (u32::MAX, NO_SCORES));
        }
        let slot = &mut self.slots[(number ^ ((number >> 9) * 37)) as usize & (self.size - 1)];
        if slot.0 != number {
            *slot = (number, ask());
        }
        &slot.1
    }
}
