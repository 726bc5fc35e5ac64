//! How long a translation is beside its source.

use crate::detect::Passage;

/// Characters that a translation of the source may be expected to have from which on lengths prove something.
const ENOUGH: f64 = 80.0;

/// Characters of English that a character of the source comes to, on the whole: Chinese says most with one.
fn weight(c: char, kana: bool) -> f64 {
    match c {
        '\u{3040}'..='\u{30ff}' => 2.2,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
            if kana {
                2.9
            } else {
                3.2
            }
        }
        '\u{ac00}'..='\u{d7a3}' => 2.0,
        '\u{590}'..='\u{6ff}' => 1.15,
        _ => 1.0,
    }
}

/// The length of a passage over what its source lets expect; `None` where there is no source or too little of it. Good
/// translations from ten languages lie between 0.6 and 1.7.
pub fn ratio(passage: &Passage<'_>) -> Option<f64> {
    let source = passage.source.as_ref().filter(|source| source.score >= 0.5)?;
    let text = source.text.text.trim();
    let kana = text.contains(|c| matches!(c, '\u{3040}'..='\u{30ff}'));
    let expected: f64 = text.chars().map(|c| weight(c, kana)).sum();
    let own = passage.text.text.trim().chars().count();
    (expected >= ENOUGH).then(|| own as f64 / expected)
}
