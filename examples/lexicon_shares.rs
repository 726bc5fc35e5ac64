//! How many phrases of a test set the lexicon names, by language and in all: of the sentences with a phrase that was
//! carried over the share in which a finding of `calque` or `false-friend` touches the marks, and of their twins in good
//! English the share with any such finding.
//!
//! `cargo run --release --example lexicon_shares -- tests/lexicon/pairs.tsv [--missed]`; the file has the columns `lang`,
//! `kind`, `calque` and `twin`, and the calque is marked with ⟦ ⟧.

use fauxami::{Auditor, Config, Inputs};
use std::collections::BTreeMap;

#[derive(Default)]
struct Counts {
    rows: usize,
    named: usize,
    false_alarms: usize,
}

/// The bytes of the text that findings lie on.
fn findings(auditor: &Auditor, text: &str) -> Vec<std::ops::Range<usize>> {
    let audit = auditor.story(&Inputs { text, ..Inputs::default() });
    audit.passages.into_iter().flat_map(|passage| passage.findings).map(|finding| finding.span.range()).collect()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("usage: lexicon_shares PAIRS.tsv [--missed]")?;
    let missed = args.next().is_some_and(|arg| arg == "--missed");
    let rules = ["calque", "false-friend"].map(str::to_owned).to_vec();
    let config = Config { only: Some(rules), min_confidence: Some(0.5), ..Config::default() };
    let auditor = Auditor::new(&config)?;
    let text = std::fs::read_to_string(&path)?;
    let mut rows = text.lines();
    let head: Vec<&str> = rows.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| head.iter().position(|h| *h == name).ok_or(format!("{path}: no column `{name}`"));
    let (lang, calque, twin) = (column("lang")?, column("calque")?, column("twin")?);
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for row in rows.filter(|row| !row.trim().is_empty()) {
        let fields: Vec<&str> = row.split('\t').collect();
        let field = |k: usize| fields.get(k).copied().unwrap_or_default();
        let marked = field(calque);
        let plain = marked.replace(['⟦', '⟧'], "");
        // Before the first mark nothing was taken out; before the last one mark was.
        let start = marked.find('⟦').unwrap_or(0);
        let end = marked.rfind('⟧').map_or(plain.len(), |at| at.saturating_sub('⟦'.len_utf8())).min(plain.len());
        let named = findings(&auditor, &plain).iter().any(|f| f.start < end && start < f.end);
        let alarm = !findings(&auditor, field(twin)).is_empty();
        for key in [field(lang), "all"] {
            let count = counts.entry(key).or_default();
            count.rows += 1;
            count.named += usize::from(named);
            count.false_alarms += usize::from(alarm);
        }
        if missed && (!named || alarm) {
            println!("{}\t{}\t{marked}\t{}", field(lang), if named { "alarm" } else { "missed" }, field(twin));
        }
    }
    println!("{:<6} {:>6} {:>8} {:>14}", "lang", "rows", "named", "twins flagged");
    for (lang, count) in counts {
        let share = |n: usize| 100.0 * n as f64 / count.rows.max(1) as f64;
        println!("{lang:<6} {:>6} {:>6.1} % {:>12.1} %", count.rows, share(count.named), share(count.false_alarms));
    }
    Ok(())
}
