//! Packs `corpora/lexicon/*.toml`: entries as records with an index over their patterns, so that start-up reads nothing
//! of them; their examples apart, since only `explain` shows them; page furniture and names. Picks the common words out of
//! `corpora/words/vocabulary.fst`.

#[allow(dead_code)]
#[path = "src/detect/lexicon/index.rs"]
mod index;
#[allow(dead_code)]
#[path = "src/detect/lexicon/record.rs"]
mod record;
#[allow(dead_code)]
#[path = "src/detect/lexicon/syntax.rs"]
mod syntax;

use fst::Streamer;
use record::{END, FIELD, ITEM, VALUE};
use std::path::{Path, PathBuf};
use std::{env, fs};
use syntax::Syntax;
use toml::{Table, Value};

fn main() {
    let folder = Path::new("corpora/lexicon");
    println!("cargo::rerun-if-changed=corpora/lexicon");
    println!("cargo::rerun-if-changed=build.rs");
    for name in ["index", "record", "syntax"] {
        println!("cargo::rerun-if-changed=src/detect/lexicon/{name}.rs");
    }
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("corpora/lexicon can be listed")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .collect();
    files.sort();
    let [mut entries, mut examples, mut phrases, mut groups] = [const { String::new() }; 4];
    let mut patterns: Vec<(u32, u16, Syntax)> = Vec::new();
    let mut count = 0;
    for file in files {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let pack: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let name = file.display().to_string().replace('\\', "/");
        for entry in tables(&pack, "entry") {
            let id = one(entry, "id");
            let line = text.lines().position(|line| line.trim() == format!("id = \"{id}\"")).map_or(1, |n| n + 1);
            for (n, pattern) in list(entry, "pattern").iter().enumerate() {
                // What is wrong with a pattern the tests say, with more words.
                if let Ok(syntax) = Syntax::parse(pattern) {
                    patterns.push((count, n as u16, syntax));
                }
            }
            let sources = entry.get("sources").and_then(Value::as_table).into_iter().flatten();
            let sources = sources.map(|(lang, phrase)| format!("{lang}{}{}", VALUE, plain(phrase))).collect();
            entries.push_str(&write(&[
                vec![id],
                vec![one(entry, "kind")],
                vec![one(entry, "confidence")],
                vec![one(entry, "severity")],
                vec![one(entry, "profile")],
                vec![one(entry, "where")],
                vec![name.clone()],
                vec![line.to_string()],
                vec![one(entry, "reason")],
                list(entry, "suggestion"),
                sources,
                list(entry, "pattern"),
                list(entry, "unless"),
            ]));
            examples.push_str(&write(&[list(entry, "bad"), list(entry, "good")]));
            count += 1;
        }
        for phrase in tables(&pack, "phrase") {
            let fields = ["text", "where", "max_words", "lang"].map(|key| vec![one(phrase, key)]);
            phrases.push_str(&write(&fields));
        }
        for group in tables(&pack, "group") {
            let fields = ["names", "prefer", "unless", "kind"].map(|key| list(group, key));
            groups.push_str(&write(&fields));
        }
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("common.tsv"), common_words()).expect("OUT_DIR can be written");
    let out = out.join("lexicon");
    fs::create_dir_all(&out).expect("OUT_DIR can be written");
    let save = |name: &str, bytes: &[u8]| fs::write(out.join(name), bytes).expect("OUT_DIR can be written");
    for (name, text) in [("entries", entries), ("examples", examples), ("phrases", phrases), ("groups", groups)] {
        save(&format!("{name}.txt"), text.as_bytes());
        save(&format!("{name}.at"), &offsets(&text));
    }
    save("index.bin", &index::index_of(patterns.iter().map(|(entry, n, syntax)| (*entry, *n, syntax))));
}

/// The dictionary words of a Zipf frequency of 3 or more, each with what is known of it, as `text::vocabulary` packs it.
fn common_words() -> String {
    let path = "corpora/words/vocabulary.fst";
    println!("cargo::rerun-if-changed={path}");
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let words = fst::Map::new(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut words = words.stream();
    let mut out = String::new();
    while let Some((word, value)) = words.next() {
        if let (true, Ok(word)) = (value & 128 != 0 && value & 127 >= 30, std::str::from_utf8(word)) {
            out.push_str(&format!("{word}\t{value}\n"));
        }
    }
    out
}

fn tables<'t>(pack: &'t Table, key: &str) -> impl Iterator<Item = &'t Table> {
    pack.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The value of a field as a text, empty where it is missing.
fn one(table: &Table, key: &str) -> String {
    table.get(key).map(plain).unwrap_or_default()
}

/// The items of a list, or the one of a single value.
fn list(table: &Table, key: &str) -> Vec<String> {
    match table.get(key) {
        Some(Value::Array(items)) => items.iter().map(plain).collect(),
        Some(value) => vec![plain(value)],
        None => Vec::new(),
    }
}

/// A record of fields, each a list of items.
fn write<S: AsRef<str>>(fields: &[Vec<S>]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|items| {
            let plain = |s: &S| s.as_ref().replace([FIELD, ITEM, END], " ");
            items.iter().map(plain).collect::<Vec<_>>().join(&ITEM.to_string())
        })
        .collect();
    fields.join(&FIELD.to_string()) + &END.to_string()
}

/// The offsets of records in `text`, as little-endian 32-bit words: that of each record, and the end of the last.
fn offsets(text: &str) -> Vec<u8> {
    let ends = text.match_indices(END).map(|(at, _)| at + END.len_utf8());
    std::iter::once(0).chain(ends).flat_map(|at| (at as u32).to_le_bytes()).collect()
}
