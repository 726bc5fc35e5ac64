//! x
pub mod align;
pub mod config;
pub mod error;
pub mod read;
pub mod span;
pub mod text;
pub use config::{Config, Severity};
pub use error::{Error, Place};
pub use span::Span;
