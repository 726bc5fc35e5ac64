//! How likely a text is as English, place by place, without a reference: n-grams of words and of word classes, and the
//! local repairs that would make it more likely. The model is `corpora/models/fluency.bin`.

mod edits;
mod family;
mod forest;
mod gain;
mod line;
mod surprise;
mod table;

pub use edits::{Edit, EditKind, FEATURES, Fluency, Strength, edits, fluency, repairs};
pub use gain::{Gain, gain};
pub use surprise::{Surprise, roughness, surprise};

use table::{FNV, Table, fnv};

/// The parts of speech that a word in lower case may have, whatever stands around it: Penn tags joined by `+`
/// (`NN+VB`), as tagged news and a dictionary have them. `None` of a closed-class or an unknown word.
///
/// ```
/// use fauxami::text::fluency::parts_of_speech;
/// assert_eq!(parts_of_speech("agreement"), Some("NN"));
/// assert_eq!(parts_of_speech("the"), None);
/// ```
#[must_use]
pub fn parts_of_speech(lower: &str) -> Option<&'static str> {
    let table = Table::builtin();
    let hash = fnv(FNV, lower);
    table.may_know(hash).then(|| table.lexicon(hash)).flatten().map(|class| table.name(class))
}
