//! All tests in one binary: it links once.

mod cli;
mod detect;
mod laws;
mod read;

#[path = "score/metrics.rs"]
mod metrics;
mod samples;
#[path = "score/significance.rs"]
mod significance;
