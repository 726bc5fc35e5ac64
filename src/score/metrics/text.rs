//! Text as Python sees it: white space, case and replacement, without an allocation per segment.

/// Whether Python's `str.split` parts words at `c`.
///
/// This is Unicode's White_Space and the four ASCII separators U+001C to U+001F.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, '\u{1c}'..='\u{1f}') || c.is_whitespace()
}

/// The length in bytes of the white space at the start of `bytes`, 0 where there is none.
///
/// `bytes` is the rest of a UTF-8 text, from the start of a character.
#[inline]
pub(super) fn space_len(bytes: &[u8]) -> usize {
    match *bytes {
        [b'\t'..=b'\r' | 0x1c..=0x20, ..] => 1,
        [0xc2, 0x85 | 0xa0, ..] => 2,
        [0xe1, 0x9a, 0x80, ..]
        | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..]
        | [0xe2, 0x81, 0x9f, ..]
        | [0xe3, 0x80, 0x80, ..] => 3,
        _ => 0,
    }
}

/// Whether a character that starts with this byte can be white space: a cheap first test.
#[inline]
pub(super) const fn may_be_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | 0x1c..=0x20 | 0xc2 | 0xe1..=0xe3)
}

/// Appends `segment`, in lower case if `lower`; returns where it starts.
pub(super) fn append(text: &mut String, segment: &str, lower: bool) -> usize {
    let start = text.len();
    if !lower {
        text.push_str(segment);
    } else if segment.is_ascii() {
        text.push_str(segment);
        text[start..].make_ascii_lowercase();
    } else if segment.contains('Σ') {
        // The one letter whose lower case hangs on its neighbours: the standard library knows the rule.
        text.push_str(&segment.to_lowercase());
    } else {
        for c in segment.chars() {
            if c.is_ascii() {
                text.push(c.to_ascii_lowercase());
            } else {
                text.extend(c.to_lowercase());
            }
        }
    }
    start
}

/// Cuts trailing white space, but nothing before `start`.
pub(super) fn trim_end(text: &mut String, start: usize) {
    let kept = text[start..].trim_end_matches(is_space).len();
    text.truncate(start + kept);
}

/// Replaces every `from` at or behind `start` by `to`, from left to right; `spare` is a buffer.
pub(super) fn replace(text: &mut String, start: usize, from: &str, to: &str, spare: &mut String) {
    if !text[start..].contains(from) {
        return;
    }
    spare.clear();
    spare.push_str(&text[start..]);
    text.truncate(start);
    let mut rest = spare.as_str();
    while let Some((before, after)) = rest.split_once(from) {
        text.push_str(before);
        text.push_str(to);
        rest = after;
    }
    text.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_by_bytes_is_space_by_character() {
        for c in '\0'..=char::MAX {
            let mut buffer = [0; 4];
            let bytes = c.encode_utf8(&mut buffer).as_bytes();
            assert_eq!(space_len(bytes), if is_space(c) { bytes.len() } else { 0 }, "{c:?}");
            assert!(!is_space(c) || may_be_space(bytes[0]), "{c:?}");
        }
    }

    #[test]
    fn lower_case_is_that_of_the_whole_string() {
        for text in ["", "ABC", "ÄÖÜ ß", "ΟΔΟΣ ΣΑΣ", "İstanbul", "ǅ", "中文 ABC"] {
            let mut out = String::from("x");
            assert_eq!(append(&mut out, text, true), 1);
            assert_eq!(out[1..], text.to_lowercase());
        }
    }

    #[test]
    fn replaces_behind_the_start_only() {
        let mut text = String::from("&amp;|&amp;lt;&amp;");
        replace(&mut text, 6, "&amp;", "&", &mut String::new());
        assert_eq!(text, "&amp;|&lt;&");
    }
}
