//! The fitted model: a network for each look.

use super::net::Net;
use super::stages::STAGES;
use std::sync::OnceLock;

const MAGIC: &[u8; 4] = b"FXA3";

/// The weights of all looks, and the chance from which a pair counts as a link.
#[derive(Debug, Clone)]
pub struct Aligner {
    pub(super) nets: Vec<Net>,
    pub(super) threshold: f32,
}

impl Aligner {
    /// The model that is built in.
    ///
    /// # Panics
    /// Never: a test loads the file.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static MODEL: OnceLock<Aligner> = OnceLock::new();
        MODEL.get_or_init(|| {
            Self::from_bytes(include_bytes!("../../../corpora/models/aligner.bin"))
                .expect("corpora/models/aligner.bin is whole")
        })
    }

    /// Reads a model as [`Self::to_bytes`] writes it; `None` where the bytes are not one.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.strip_prefix(MAGIC)?.as_chunks();
        let numbers: Vec<f32> = numbers.iter().map(|number| f32::from_le_bytes(*number)).collect();
        let (&threshold, weights) = numbers.split_first()?;
        let whole = rest.is_empty() && weights.len() == STAGES * Net::SIZE;
        if !whole || !numbers.iter().all(|number| number.is_finite()) {
            return None;
        }
        let nets = weights.chunks_exact(Net::SIZE).map(|weights| Net { weights: weights.to_vec() }).collect();
        Some(Self { nets, threshold })
    }

    /// The model as a file: `FXA3`, then `f32`, little-endian: the threshold and the weights of each look.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let weights = self.nets.iter().flat_map(|net| &net.weights);
        let numbers = std::iter::once(&self.threshold).chain(weights);
        MAGIC.iter().copied().chain(numbers.flat_map(|x| x.to_le_bytes())).collect()
    }
}
