//! JSON Schemas of what is printed as JSON, made from the types that are printed; they are committed under `docs/schema`.

use super::beads::{BeadView, LinksView};
use super::diff::{DiffView, LineView};
use super::model::{CorpusView, DocumentView, FailedView, PairView, PassageView};
use super::systems::SystemsView;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use std::path::Path;

/// `audit --format json`.
#[derive(JsonSchema, serde::Serialize)]
struct Documents<'a> {
    /// The stories, in the order asked for; without those that could not be read.
    documents: Vec<DocumentView<'a>>,
}

/// A line of `score --format jsonl`: a pair, or a row that could not be scored.
#[derive(JsonSchema, serde::Serialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is wanted")]
enum Row<'a> {
    Pair(PairView<'a>),
    Failed(FailedView<'a>),
}

/// `score --format json`: the figures of one system, or of several.
#[derive(JsonSchema, serde::Serialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is wanted")]
enum Figures {
    One(CorpusView),
    Several(SystemsView),
}

/// A line of `align --format jsonl`, or of `align --words`.
#[derive(JsonSchema, serde::Serialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is wanted")]
enum Line<'a> {
    Bead(BeadView),
    Links(LinksView<'a>),
    Failed(FailedView<'a>),
}

/// `diff --format json`: two translations, or all pairs of several.
#[derive(JsonSchema, serde::Serialize)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is wanted")]
enum Diffs<'a> {
    Two(Box<DiffView<'a>>),
    Several(Vec<DiffView<'a>>),
}

fn schema<T: JsonSchema>(title: &str) -> Schema {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), format!("fauxami {title}").into());
    schema
}

/// `FAUXAMI_UPDATE=1 cargo test schemas` writes them anew.
#[test]
fn committed_schemas_are_fresh() {
    let schemas = [
        ("audit.json", schema::<Documents>("audit --format json")),
        ("audit.jsonl", schema::<PassageView>("audit --format jsonl, a line")),
        ("score.json", schema::<Figures>("score --format json")),
        ("score.jsonl", schema::<Row>("score --format jsonl, a line")),
        ("diff.json", schema::<Diffs>("diff --format json")),
        ("diff.jsonl", schema::<LineView>("diff --format jsonl, a line")),
        ("align.jsonl", schema::<Line>("align --format jsonl, a line")),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    for (name, schema) in schemas {
        let path = folder.join(format!("{name}.schema.json"));
        let text = serde_json::to_string_pretty(&schema).expect("a schema") + "\n";
        if std::env::var_os("FAUXAMI_UPDATE").is_some() {
            std::fs::create_dir_all(&folder).expect("docs/schema");
            std::fs::write(&path, &text).expect("the schema");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text, "{} is stale: run FAUXAMI_UPDATE=1 cargo test schemas", path.display());
    }
}
