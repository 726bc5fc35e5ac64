//! Packs the list that `corpora/words/vocabulary.py` writes into the map that the program reads.
//!
//!     python corpora/words/vocabulary.py | cargo run --release --example pack_vocabulary -- corpora/words/vocabulary.fst

use std::io::{BufWriter, Read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name the file to write")?;
    let mut list = String::new();
    std::io::stdin().read_to_string(&mut list)?;
    let mut map = fst::MapBuilder::new(BufWriter::new(std::fs::File::create(path)?))?;
    for (index, line) in list.lines().enumerate() {
        let (word, value) = line.split_once('\t').ok_or_else(|| format!("line {}: no tab", index + 1))?;
        map.insert(word, value.parse()?)?;
    }
    map.finish()?;
    Ok(())
}
