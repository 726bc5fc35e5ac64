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
        let mut numbers = bytes
            .strip_prefix(MAGIC)?
            .chunks(4)
            .map(|chunk| chunk.try_into().ok().map(f32::from_le_bytes).filter(|x| x.is_finite()));
        let threshold = numbers.next()??;
        let mut nets = Vec::with_capacity(STAGES);
        for _ in 0..STAGES {
            let weights = numbers.by_ref().take(Net::SIZE).collect::<Option<Vec<f32>>>()?;
            if weights.len() != Net::SIZE {
                return None;
            }
            nets.push(Net { weights });
        }
        numbers.next().is_none().then_some(Self { nets, threshold })
    }

    /// The model as a file: `FXA3`, then `f32`, little-endian: the threshold and the weights of each look.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let weights = self.nets.iter().flat_map(|net| &net.weights);
        let numbers = std::iter::once(&self.threshold).chain(weights);
        MAGIC.iter().copied().chain(numbers.flat_map(|x| x.to_le_bytes())).collect()
    }
}
