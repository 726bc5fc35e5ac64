//! Bytes in, texts out: the encodings and file formats that the auditor reads.

mod decode;
mod lines;
mod pairs;
mod parallel;
mod ratings;
mod scored;
mod story;
mod tokens;
mod tsv;

pub use decode::{Decoded, decode};
pub use lines::MAX_ROW;
pub use pairs::{Bytes, Pair, PairReader, Row, RowId};
pub use parallel::{line_count, unequal_counts};
pub use ratings::{Planted, RatedError, Rater, Rating, Ratings, Verdict, read_ratings};
pub use scored::{Scored, ScoredFinding, read_scored};
pub use story::{MAX_PARAGRAPH, MAX_STORY, Story, paragraphs, read_story};
pub use tokens::{TokenPair, TokenReader};
