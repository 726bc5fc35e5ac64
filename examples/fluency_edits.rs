//! What `text::fluency` would mend: `cargo run --release --example fluency_edits < TEXT > edits.jsonl`. A line in, a line
//! out: {"surprise": [[words, classes, worst, unseen, word order, class order, length], …], "edits": [[kind, start, end, replacement, features], …]},
//! offsets in bytes. `corpora/models/fluency_forests.py` fits the forests to it.

use fauxami::text::Analysis;
use fauxami::text::fluency::{edits, surprise};
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let text = Analysis::english(&line);
        let whole: Vec<_> = surprise(&text)
            .iter()
            .map(|s| [s.words, s.classes, s.worst, s.unseen, s.word_order, s.class_order, s.length as f32])
            .collect();
        let all: Vec<_> = edits(&text)
            .iter()
            .map(|e| {
                let span = text.span(e.tokens.clone());
                let score = if e.score == e.gain { None } else { Some(e.score) };
                (e.kind as u8, span.start, span.end, e.replacement.clone(), e.features.to_vec(), score)
            })
            .collect();
        serde_json::to_writer(&mut out, &serde_json::json!({ "surprise": whole, "edits": all }))?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
