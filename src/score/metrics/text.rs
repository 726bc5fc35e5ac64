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
pub(super) const fn space_len(bytes: &[u8]) -> usize {
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

/// Calls `found` with the place of every byte that `marked` marks, from left to right.
///
/// `marked` gets eight bytes and gives the highest bit of each that is marked. Bytes above 0x7f must be.
#[inline(always)]
pub(super) fn each_marked(bytes: &[u8], marked: impl Fn(u64) -> u64, mut found: impl FnMut(usize)) {
    let mut start = 0;
    while start < bytes.len() {
        // 64 marks are taken together: a loop over fewer would end at a place that is hard to foresee more often.
        let mut block = [[b'x'; 8]; 8];
        let rest = &bytes[start..];
        match rest.first_chunk::<64>() {
            Some(full) => block.as_flattened_mut().copy_from_slice(full),
            None => block.as_flattened_mut()[..rest.len()].copy_from_slice(rest),
        }
        let mut marks = 0;
        for (shift, eight) in (0..64).step_by(8).zip(block) {
            // The multiplication brings the eight bits together.
            let bits = (marked(u64::from_le_bytes(eight)) & HIGH) >> 7;
            marks |= (bits.wrapping_mul(0x0102_0408_1020_4080) >> 56) << shift;
        }
        while marks != 0 {
            found(start + marks.trailing_zeros() as usize);
            marks &= marks - 1;
        }
        start += 64;
    }
}

/// The highest bit of each byte, and the lowest.
const HIGH: u64 = ONES << 7;
const ONES: u64 = 0x0101_0101_0101_0101;

/// Marks, of eight bytes below 0x80, those from `least` on.
#[inline(always)]
fn from(bytes: u64, least: u8) -> u64 {
    bytes + ONES * u64::from(0x80 - least)
}

/// Marks what is neither a letter nor a digit of ASCII, for [`each_marked`].
#[inline(always)]
pub(super) fn no_letter_or_digit(bytes: u64) -> u64 {
    let low = bytes & !HIGH;
    let lower = low | (ONES * 0x20);
    let letter = from(lower, b'a') & !from(lower, b'z' + 1);
    let digit = from(low, b'0') & !from(low, b'9' + 1);
    !(letter | digit) | bytes
}

/// Marks what may be white space or part of it, for [`each_marked`].
#[inline(always)]
pub(super) fn maybe_space(bytes: u64) -> u64 {
    !from(bytes & !HIGH, b' ' + 1) | bytes
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
        }
    }

    #[test]
    fn marks_are_where_they_should_be() {
        let mut bytes: Vec<u8> = (0..=255).chain((0..200).map(|n: u8| n.wrapping_mul(83))).collect();
        while bytes.pop().is_some() {
            let places = |mark: fn(u64) -> u64| {
                let mut places = Vec::new();
                each_marked(&bytes, mark, |at| places.push(at));
                places
            };
            let expected = |marked: fn(u8) -> bool| -> Vec<_> {
                (0..bytes.len()).filter(|&at| bytes[at] >= 0x80 || marked(bytes[at])).collect()
            };
            assert_eq!(places(no_letter_or_digit), expected(|byte| !byte.is_ascii_alphanumeric()));
            assert_eq!(places(maybe_space), expected(|byte| byte <= b' '));
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
