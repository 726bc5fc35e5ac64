//! Shares as counts by unit, so that a resample is a sum.

/// What the counts of a [`Tally`] mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The first of the second.
    Share,
    /// Twice the first of the other two together: the harmonic mean of the first's share of each.
    F1,
    /// The first for 1,000 of the second.
    Rate,
}

/// Counts of one figure, by unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    form: Form,
    counts: Vec<[u64; 3]>,
}

impl Tally {
    /// Of nothing yet, for so many units.
    #[must_use]
    pub fn new(form: Form, units: usize) -> Self {
        Self { form, counts: vec![[0; 3]; units] }
    }

    /// Adds counts to a unit.
    pub fn add(&mut self, unit: u32, counts: [u64; 3]) {
        if let Some(own) = self.counts.get_mut(unit as usize) {
            own.iter_mut().zip(counts).for_each(|(own, more)| *own += more);
        }
    }

    /// The figure in percent, where each unit counts as often as `weights` say; none where nothing was counted.
    ///
    /// ```
    /// use fauxami::score::agreement::{Form, Tally};
    /// let mut tally = Tally::new(Form::Share, 2);
    /// tally.add(0, [1, 4, 0]);
    /// tally.add(1, [1, 1, 0]);
    /// assert_eq!(tally.value(&[1, 1]), Some(40.0));
    /// assert_eq!(tally.value(&[1, 0]), Some(25.0));
    /// ```
    #[must_use]
    pub fn value(&self, weights: &[u32]) -> Option<f64> {
        let [a, b, c] = self.sum(weights);
        let (part, whole) = match self.form {
            Form::Share => (100.0 * a as f64, b),
            Form::F1 => (200.0 * a as f64, b + c),
            Form::Rate => (1000.0 * a as f64, b),
        };
        (whole > 0).then(|| part / whole as f64)
    }

    /// How many things were counted in all.
    #[must_use]
    pub fn of(&self) -> u64 {
        let [_, b, c] = self.sum(&vec![1; self.counts.len()]);
        if self.form == Form::F1 { b + c } else { b }
    }

    fn sum(&self, weights: &[u32]) -> [u64; 3] {
        let mut sum = [0; 3];
        for (counts, weight) in self.counts.iter().zip(weights).filter(|(_, weight)| **weight > 0) {
            sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += u64::from(*weight) * count);
        }
        sum
    }
}
