//! Laws of the house that the sources themselves must keep.

use std::path::{Path, PathBuf};

/// The rooms, in the order in which the data walks. A room may name only itself and those before it.
const ROOMS: [&str; 15] = [
    "error", "span", "config", "read", "text", "align", "detect", "score", "audit", "diff", "baseline", "report",
    "batch", "evaluate", "cli",
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("src can be listed") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn a_room_names_only_itself_and_those_before_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut broken = Vec::new();
    for path in files {
        let inside = path.strip_prefix(&root).expect("under src");
        let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let room = first.trim_end_matches(".rs");
        if matches!(room, "lib" | "main") {
            continue;
        }
        let place = ROOMS.iter().position(|r| *r == room).unwrap_or_else(|| panic!("{room} is no room"));
        let text = std::fs::read_to_string(&path).expect("a source can be read");
        for (n, line) in text.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with("//")) {
            for (at, _) in line.match_indices("crate::") {
                let name: String = line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if ROOMS.iter().position(|r| *r == name).is_some_and(|other| other > place) {
                    broken.push(format!("{}:{}: {room} names {name}", inside.display(), n + 1));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn files_stay_short() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for path in files {
        let lines = std::fs::read_to_string(&path).expect("a source can be read").lines().count();
        assert!(lines <= 520, "{}: {lines} lines; part it", path.display());
    }
}
