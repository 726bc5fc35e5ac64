//! All tests in one binary: it links once.

mod align;
mod cli;
mod detect;
mod laws;
mod mutations;
mod read;
mod text;
mod words;

#[path = "score/metrics.rs"]
mod metrics;
#[path = "score/passage.rs"]
mod passage;
mod samples;
#[path = "score/significance.rs"]
mod significance;
