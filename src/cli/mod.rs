//! The command line: what is written (`args`), what is meant (`plan`), and a file for each command.

mod align;
mod args;
mod audit;
mod calibrate;
mod diff;
mod docs;
mod evaluate;
mod files;
mod known;
mod options;
mod pager;
mod plan;
mod progress;
mod rated;
mod run;
mod score;
mod streams;
mod systems;

pub use docs::man_pages;
pub use run::run;
