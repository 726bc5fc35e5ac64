//! The reference of a passage with the words that the translation does not have.

use super::layout::shown;
use super::style::{DIM, GOOD, paint};
use similar::{ChangeTag, TextDiff};
use unicode_width::UnicodeWidthStr;

/// The reference, wrapped to `columns` behind a gutter of `gutter` columns; words that the translation lacks or has
/// otherwise stand out, the rest is dim.
///
/// Words are compared with Myers' algorithm, whatever stands between them; without colour the text is plain.
pub(super) fn reference(translation: &str, reference: &str, gutter: usize, columns: usize) -> String {
    let (ours, theirs): (Vec<&str>, Vec<&str>) =
        (translation.split_whitespace().collect(), reference.split_whitespace().collect());
    let diff = TextDiff::from_slices(&ours, &theirs);
    let head = |label: &str| paint(DIM, format!("{label:>gutter$} │ "));
    let room = columns.saturating_sub(gutter + 3).max(20);
    let mut out = head("ref");
    let mut used = 0;
    for change in diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Delete) {
        let word = shown(change.value()).to_string();
        let width = word.width();
        if used > 0 && used + 1 + width > room {
            out.push('\n');
            out.push_str(&head(""));
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(&paint(if change.tag() == ChangeTag::Insert { GOOD } else { DIM }, &word));
        used += width;
    }
    out.push('\n');
    out
}
