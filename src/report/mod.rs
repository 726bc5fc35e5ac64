//! What was found, for people and for programs.

mod annotations;
mod beads;
mod calibration;
mod compare;
mod diff;
mod evaluation;
mod excerpt;
mod formats;
mod gallery;
pub mod html;
mod json;
mod junit;
mod layout;
mod lexicon;
mod markdown;
mod marot;
mod model;
mod offsets;
mod pearmut;
mod rules;
mod sarif;
#[cfg(test)]
mod schema;
mod style;
mod systems;
mod terminal;
mod tsv;

pub use beads::{BeadView, LinksView, bead};
pub use calibration::{calibration, calibration_json};
pub use diff::{DiffLayout, Only, Sides, ToldDiff};
pub use evaluation::{evaluation, evaluation_json, evaluation_markdown};
pub use formats::{
    Corpus, Diffs, FORMATS, Format, Line, Overview, Row, Rows, Stories, ToldCorpus, ToldStory, Written, format,
};
pub use gallery::{BINS, Gallery};
pub use json::{corpus as corpus_json, document, line, passages as passage_lines, row};
pub use layout::shown;
pub use lexicon::{entry_explanation, entry_json, lexicon_json, lexicon_markdown, lexicon_search, lexicon_table};
pub use model::{
    CorpusView, DocumentView, FailedView, Figures, FindingView, OriginView, PairView, PassageView, Signing, Slice,
    sorted,
};
pub use offsets::Offsets;
pub use rules::{explanation, explanation_json, rules_json, rules_markdown, rules_table};
pub use systems::{
    DifferenceView, SystemView, SystemsView, TestView, systems, systems_json, systems_latex, systems_markdown,
};
pub use terminal::{corpus, story};
