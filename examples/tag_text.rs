//! Tags text: `cargo run --release --example tag_text < TEXT > tagged.jsonl`. A line in, a line out: the sentences of the
//! passage, each a list of [word, tag, what stands before it: a space or nothing]. `corpora/models/fluency.py` counts it.

use fauxami::text::Analysis;
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let text = Analysis::english(&line);
        let sentences: Vec<Vec<(&str, &str, bool)>> = text
            .sentences
            .iter()
            .map(|range| {
                range.clone().map(|i| (text.normal(i), text.tag_of(i).name(), text.tokens[i].spaced)).collect()
            })
            .collect();
        serde_json::to_writer(&mut out, &sentences)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
