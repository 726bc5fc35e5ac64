//! The counts of all systems, side by side and packed, so that the sums of a resample cost few additions.

use super::Sample;
use crate::error::{Error, Result};
use crate::score::metrics::{CAPACITY, Counts};

/// Rows whose sums over any selection stand ready at a time.
const GROUP: usize = 8;

/// Where a count stands in a row.
#[derive(Clone, Copy, Debug)]
struct Field {
    word: usize,
    shift: u32,
    mask: u64,
}

/// A row a segment: the counts of all systems and metrics, each in as many bits as the sum of a resample may need.
/// Adding rows as words then adds all counts at once, and none runs into the next.
#[derive(Debug)]
pub(super) struct Table {
    rows: usize,
    /// Words of a row.
    width: usize,
    cells: Vec<u64>,
    /// The fields of each system's each metric.
    fields: Vec<Vec<Vec<Field>>>,
}

impl Table {
    /// Packs `systems[system][metric]`, all with as many rows.
    pub(super) fn new(systems: &[&[Sample]]) -> Result<Self> {
        let rows = systems.iter().flat_map(|metrics| metrics.iter()).map(Sample::len).max().unwrap_or(0);
        // Bits that are taken of each word.
        let mut taken: Vec<u32> = Vec::new();
        let mut fields = Vec::with_capacity(systems.len());
        for metrics in systems {
            let mut own = Vec::with_capacity(metrics.len());
            for sample in *metrics {
                own.push(sample.most().map(|most| place(most, rows, &mut taken)).collect::<Result<Vec<_>>>()?);
            }
            fields.push(own);
        }
        // Where nothing is counted a row is one word of nothing.
        let width = taken.len().max(1);
        let mut cells = vec![0; rows * width];
        for (samples, own) in systems.iter().zip(&fields) {
            for (sample, fields) in samples.iter().zip(own) {
                for (row, cells) in sample.rows().zip(cells.chunks_exact_mut(width)) {
                    for (&value, field) in row.iter().zip(fields) {
                        cells[field.word] |= value << field.shift;
                    }
                }
            }
        }
        Ok(Self { rows, width, cells, fields })
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn systems(&self) -> usize {
        self.fields.len()
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    fn row(&self, index: usize) -> &[u64] {
        &self.cells[index * self.width..][..self.width]
    }

    /// The packed sum of the rows with these indices.
    pub(super) fn sum(&self, indices: &[u32]) -> Vec<u64> {
        let mut sum = vec![0; self.width];
        // Four rows at once: the sum is loaded and stored a quarter as often.
        let mut fours = indices.chunks_exact(4);
        for four in &mut fours {
            let [a, b, c, d] = [0, 1, 2, 3].map(|k| self.row(four[k] as usize));
            for ((((sum, a), b), c), d) in sum.iter_mut().zip(a).zip(b).zip(c).zip(d) {
                *sum += (a + b) + (c + d);
            }
        }
        for &index in fours.remainder() {
            add(&mut sum, self.row(index as usize));
        }
        sum
    }

    /// Bytes of the bits that select rows.
    pub(super) fn selection_len(&self) -> usize {
        self.rows.div_ceil(GROUP)
    }

    /// The packed sums of several selections of rows, one behind the other. A selection has a byte for every eight rows,
    /// the first in its lowest bit; `selections` holds one behind the other.
    ///
    /// For each eight rows the sums over all 256 selections are made once and then looked up (Arlazarov et al. 1970).
    pub(super) fn selected(&self, selections: &[u8]) -> Vec<u64> {
        let (bytes, width) = (self.selection_len().max(1), self.width);
        let mut sums = vec![0; selections.len() / bytes * self.width];
        let mut subsets = vec![0; self.width << GROUP];
        for group in 0..self.selection_len() {
            let rows = group * GROUP..self.rows.min((group + 1) * GROUP);
            for (bit, row) in rows.enumerate() {
                let (without, with) = subsets.split_at_mut(self.width << bit);
                with[..without.len()].copy_from_slice(without);
                with[..without.len()].chunks_exact_mut(width).for_each(|subset| add(subset, self.row(row)));
            }
            for (sum, selection) in sums.chunks_exact_mut(width).zip(selections.chunks_exact(bytes)) {
                add(sum, &subsets[usize::from(selection[group]) * self.width..][..self.width]);
            }
        }
        sums
    }

    /// What a packed sum says of a system under a metric.
    pub(super) fn counts(&self, sum: &[u64], system: usize, metric: usize) -> Counts {
        let mut values = [0; CAPACITY];
        let fields = &self.fields[system][metric];
        for (value, field) in values.iter_mut().zip(fields) {
            *value = sum[field.word] >> field.shift & field.mask;
        }
        Counts::from_values(&values[..fields.len()])
    }
}

fn add(sum: &mut [u64], row: &[u64]) {
    for (sum, value) in sum.iter_mut().zip(row) {
        *sum += value;
    }
}

/// Finds room for a count of which no row has more than `most`.
fn place(most: u64, rows: usize, taken: &mut Vec<u32>) -> Result<Field> {
    let bound = u128::from(most) * rows as u128;
    let bits = (u128::BITS - bound.leading_zeros()).max(1);
    if bits > u64::BITS {
        return Err(Error::usage(format!("counts of {rows} segments are too large to be resampled"))
            .expected("sums below 2^64")
            .remedy("cut the corpus, or use `--paired none`"));
    }
    let word = taken.iter().position(|taken| taken + bits <= u64::BITS).unwrap_or_else(|| {
        taken.push(0);
        taken.len() - 1
    });
    let field = Field { word, shift: taken[word], mask: u64::MAX >> (u64::BITS - bits) };
    taken[word] += bits;
    Ok(field)
}
