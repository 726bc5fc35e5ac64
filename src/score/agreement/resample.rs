//! Resamples: how often each unit is drawn.

use super::Bootstrap;
use crate::score::significance::Generator;
use rayon::prelude::*;

/// What `figures` says of each resample, given how often each of `units` was drawn. The draws are sequential, so the answer is the same
/// on any number of threads. Empty where there are fewer than two units to draw from.
pub(super) fn resampled(
    units: usize,
    bootstrap: Bootstrap,
    figures: impl Fn(&[u32]) -> Vec<Option<f64>> + Sync,
) -> Vec<Vec<Option<f64>>> {
    let Ok(bound) = u32::try_from(units) else { return Vec::new() };
    if bound < 2 {
        return Vec::new();
    }
    let mut generator = Generator::new(bootstrap.seed);
    let mut out = Vec::with_capacity(bootstrap.resamples);
    let mut drawn = vec![0u32; units];
    while out.len() < bootstrap.resamples {
        let many = (bootstrap.resamples - out.len()).min(64);
        let mut weights = vec![0u32; many * units];
        for own in weights.chunks_exact_mut(units) {
            generator.fill_below(bound, &mut drawn);
            for unit in &drawn {
                own[*unit as usize] += 1;
            }
        }
        out.par_extend(weights.par_chunks_exact(units).map(&figures));
    }
    out
}
