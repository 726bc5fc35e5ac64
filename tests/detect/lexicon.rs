//! Every entry of the lexicon on its own examples.

use super::unmark;
use fauxami::detect::Lexicon;
use fauxami::text::Analysis;
use std::collections::BTreeSet;
use std::path::Path;

fn full() -> Lexicon {
    let mut lexicon = Lexicon::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/lexicon");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("corpora/lexicon can be listed")
        .map(|e| e.expect("an entry").path())
        .collect();
    files.sort();
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let text = std::fs::read_to_string(path).expect("a pack can be read");
        lexicon.add_toml(&text, &path.display().to_string()).unwrap_or_else(|error| panic!("{error}"));
    }
    lexicon
}

#[test]
fn every_entry_fires_on_its_bad_examples_and_not_on_its_good_ones() {
    let lexicon = full();
    let mut failures = Vec::new();
    for entry in &lexicon.entries {
        if entry.bad.is_empty() || entry.good.is_empty() {
            failures.push(format!("{}: lacks a bad or a good example", entry.id));
        }
        for bad in &entry.bad {
            let (text, spans) = unmark(bad);
            let analysis = Analysis::english(&text);
            let hits: Vec<_> =
                lexicon.hits(&analysis, entry.kind).into_iter().filter(|h| h.entry.id == entry.id).collect();
            let got: BTreeSet<(usize, usize)> = hits
                .iter()
                .map(|h| (analysis.span(h.tokens.clone()).start, analysis.span(h.tokens.clone()).end))
                .collect();
            let wanted: BTreeSet<(usize, usize)> = spans.iter().copied().collect();
            if got != wanted {
                let tags: Vec<String> = (0..analysis.tokens.len())
                    .map(|i| format!("{}/{}", analysis.normal(i), analysis.tag_of(i).name()))
                    .collect();
                failures.push(format!("{}: bad: wanted {wanted:?}, got {got:?}\n      {}", entry.id, tags.join(" ")));
            } else if hits.iter().any(|h| h.suggestions.is_empty()) {
                failures.push(format!("{}: no suggestion can be filled in", entry.id));
            }
        }
        for good in &entry.good {
            let analysis = Analysis::english(good);
            if lexicon.hits(&analysis, entry.kind).iter().any(|h| h.entry.id == entry.id) {
                failures.push(format!("{}: fires on its good example: {good}", entry.id));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} failures in {} entries\n{}",
        failures.len(),
        lexicon.entries.len(),
        failures.join("\n")
    );
    assert!(lexicon.entries.len() >= 150, "{} entries", lexicon.entries.len());
}

#[test]
fn the_packed_lexicon_is_the_one_in_corpora() {
    let (packed, full) = (Lexicon::builtin(), full());
    assert_eq!(packed.entries.len(), full.entries.len());
    assert_eq!(packed.groups.len(), full.groups.len());
}
