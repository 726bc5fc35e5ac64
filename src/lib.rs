//! Audits machine-translated news: aligns a translation with reference phrasing, flags likely artifacts as spans with a
//! name, a reason and a repair, and scores passages, stories and corpora.
//!
//! ```
//! use fauxami::{Auditor, Config, Inputs};
//!
//! let auditor = Auditor::new(&Config::default())?;
//! let audit = auditor.story(&Inputs {
//!     text: "On Monday, the head of Russian diplomacy rejected the claim, the department said. .",
//!     ..Inputs::default()
//! });
//! let rules: Vec<&str> = audit.passages[0].findings.iter().map(|finding| finding.rule).collect();
//! assert_eq!(rules, ["calque", "stray-punctuation"]);
//! assert_eq!(audit.passages[0].findings[0].suggestions[0], "Russian foreign minister");
//! # Ok::<(), fauxami::Error>(())
//! ```
//!
//! The modules are the stages that the data walks, in order; ARCHITECTURE.md tells more.

pub mod error;
pub mod span;

pub mod config;

pub mod read;

pub mod text;

pub mod align;

pub mod detect;

pub mod score;

pub mod audit;

pub mod diff;

pub mod baseline;

pub mod report;

pub mod batch;

pub mod evaluate;

pub mod cli;

pub use audit::{Auditor, Inputs, PairAudit, PassageAudit, Scratch, StoryAudit};
pub use config::{Config, Severity};
pub use detect::{Finding, Rule};
pub use error::{Error, Place};
pub use read::Pair;
pub use score::Metric;
pub use span::Span;
