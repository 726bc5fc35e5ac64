//! Packs `corpora/lexicon/*.toml` into one JSON text without the examples, so that start-up parses little.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let folder = Path::new("corpora/lexicon");
    println!("cargo::rerun-if-changed=corpora/lexicon");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("corpora/lexicon can be listed")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let mut packs = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut pack: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        if let Some(toml::Value::Array(entries)) = pack.get_mut("entry") {
            for entry in entries.iter_mut().filter_map(toml::Value::as_table_mut) {
                entry.remove("good");
                entry.remove("bad");
            }
        }
        let name = file.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        packs.push((name, pack));
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("lexicon.json");
    fs::write(out, serde_json::to_string(&packs).expect("a TOML table is JSON")).expect("OUT_DIR can be written");
}
