//! How likely a text is as English, place by place, without a reference: n-grams of words and of word classes, and the
//! local repairs that would make it more likely. The model is `corpora/models/fluency.bin`.

mod edits;
mod family;
mod forest;
mod line;
mod surprise;
mod table;

pub use edits::{Edit, EditKind, FEATURES, Strength, edits, repairs};
pub use surprise::{Surprise, surprise};
