//! From bytes to the units that others count in: code points, UTF-16 code units, lines and columns.

use crate::span::Span;

/// Bytes between two checkpoints.
const STEP: usize = 128;

/// The places of one text in other units. Built once in a pass over the text; each look-up is constant-time but for
/// [`Offsets::line_column`], which is logarithmic in the number of lines.
///
/// ```
/// use fauxami::report::Offsets;
/// let offsets = Offsets::new("né 🦀\nok");
/// assert_eq!(offsets.char_at(8), 4); // after the crab: n é space crab
/// assert_eq!(offsets.utf16_at(8), 5); // the crab takes two units
/// assert_eq!(offsets.line_column(10), (2, 2));
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// Code points and UTF-16 units before byte `STEP * i`, rounded up to a character boundary; empty for ASCII.
    checkpoints: Vec<(usize, usize)>,
    /// First byte of each line but the first.
    lines: Vec<usize>,
}

impl<'t> Offsets<'t> {
    /// Builds the tables for `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let lines = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).collect();
        let mut checkpoints = Vec::new();
        if !text.is_ascii() {
            let (mut chars, mut units) = (0, 0);
            for (at, c) in text.char_indices() {
                while checkpoints.len() * STEP <= at {
                    checkpoints.push((chars, units));
                }
                chars += 1;
                units += c.len_utf16();
            }
            while checkpoints.len() * STEP <= text.len() {
                checkpoints.push((chars, units));
            }
        }
        Self { text, checkpoints, lines }
    }

    /// The text that the places are in.
    #[must_use]
    pub const fn text(&self) -> &'t str {
        self.text
    }

    /// Code points and UTF-16 units before `byte`.
    fn units_at(&self, byte: usize) -> (usize, usize) {
        let byte = floor(self.text, byte);
        let Some(&(chars, units)) = self.checkpoints.get(byte / STEP) else { return (byte, byte) };
        let mut from = byte / STEP * STEP;
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let between = &self.text[from..byte];
        let wide = between.bytes().filter(|b| *b >= 0xF0).count();
        let count = between.chars().count();
        (chars + count, units + count + wide)
    }

    /// Unicode code points before `byte`. A byte inside a character counts as its start.
    #[must_use]
    pub fn char_at(&self, byte: usize) -> usize {
        self.units_at(byte).0
    }

    /// UTF-16 code units before `byte`, as the Language Server Protocol counts.
    #[must_use]
    pub fn utf16_at(&self, byte: usize) -> usize {
        self.units_at(byte).1
    }

    /// A span of bytes as a span of code points.
    #[must_use]
    pub fn chars(&self, span: Span) -> (usize, usize) {
        (self.char_at(span.start), self.char_at(span.end))
    }

    /// The 1-based line and the 1-based column in code points. Lines end at `\n`.
    #[must_use]
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = if line == 0 { 0 } else { self.lines[line - 1] };
        (line + 1, self.char_at(byte) - self.char_at(start) + 1)
    }

    /// The text at `span`, cut to character boundaries so that no span can break a report.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'t str {
        let start = floor(self.text, span.start);
        &self.text[start..floor(self.text, span.end).max(start)]
    }
}

/// The last character boundary of `text` at or before `byte`.
pub(super) fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        let text = "aé漢🦀\n\u{301}x ".repeat(60);
        let offsets = Offsets::new(&text);
        for (byte, _) in text.char_indices().chain([(text.len(), ' ')]) {
            assert_eq!(offsets.char_at(byte), text[..byte].chars().count(), "at {byte}");
            assert_eq!(offsets.utf16_at(byte), text[..byte].encode_utf16().count(), "at {byte}");
            let line = text[..byte].matches('\n').count();
            let column = text[..byte].rsplit('\n').next().map_or(0, |l| l.chars().count());
            assert_eq!(offsets.line_column(byte), (line + 1, column + 1), "at {byte}");
        }
    }

    #[test]
    fn ascii_needs_no_table() {
        let offsets = Offsets::new("one\ntwo");
        assert_eq!((offsets.char_at(5), offsets.utf16_at(7), offsets.line_column(7)), (5, 7, (2, 4)));
        assert_eq!(Offsets::new("").line_column(0), (1, 1));
    }
}
