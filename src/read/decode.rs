//! Bytes to text: UTF-8, UTF-16 with a byte-order mark, and Windows-1252 where the bytes look like it.

use crate::error::{Error, Place, Result};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text and what had to be assumed to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte-order mark.
    pub text: String,
    /// What the user should know, one sentence each.
    pub warnings: Vec<String>,
}

/// Reads `bytes` as UTF-8, as UTF-16 if they start with its byte-order mark, or else as Windows-1252 if they look like
/// it. `name` names the file in errors and warnings.
///
/// # Errors
/// [`crate::error::Kind::Input`] where the bytes are empty, binary, or in no encoding that is read; the first bad byte
/// is named, counted from 0.
///
/// ```
/// use fauxami::read::decode;
/// assert_eq!(decode(b"\xEF\xBB\xBFKyiv".to_vec(), "a.txt").unwrap().text, "Kyiv");
/// let guessed = decode(b"The caf\xE9 was closed.".to_vec(), "a.txt").unwrap();
/// assert_eq!(guessed.text, "The caf\u{e9} was closed.");
/// assert!(guessed.warnings[0].starts_with("a.txt: byte 7: not UTF-8; read as Windows-1252"));
/// ```
pub fn decode(bytes: Vec<u8>, name: &str) -> Result<Decoded> {
    if bytes.is_empty() {
        return Err(Error::input("the file is empty")
            .file(name)
            .expected("a text")
            .remedy("check the export that wrote it"));
    }
    if bytes.starts_with(b"\xFF\xFE\0\0") || bytes.starts_with(b"\0\0\xFE\xFF") {
        return Err(Error::input("the text is in UTF-32")
            .file(name)
            .expected("UTF-8")
            .remedy("convert it with `iconv -f UTF-32 -t UTF-8`"));
    }
    if bytes.starts_with(b"\xFF\xFE") {
        return utf16(&bytes, UTF_16LE, name);
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return utf16(&bytes, UTF_16BE, name);
    }
    if let Some(at) = memchr::memchr(0, &bytes) {
        return Err(Error::input("a NUL byte: UTF-16 without a byte-order mark, or no text at all")
            .file(name)
            .at(Place::Byte(at as u64))
            .expected("a text in UTF-8")
            .remedy("convert it, for instance with `iconv -f UTF-16LE -t UTF-8`"));
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return eight_bit(error.utf8_error().valid_up_to(), error.as_bytes(), name),
    };
    if text.starts_with('\u{feff}') {
        text.drain(..3);
    }
    Ok(Decoded { text, warnings: Vec::new() })
}

fn utf16(bytes: &[u8], encoding: &'static Encoding, name: &str) -> Result<Decoded> {
    let body = &bytes[2..];
    let broken = |at: usize, found: &str| {
        Err(Error::input(format!("{found} in {}", encoding.name()))
            .file(name)
            .at(Place::Byte(at as u64))
            .expected(format!("{} as the byte-order mark says", encoding.name()))
            .remedy("save the file anew as UTF-8"))
    };
    if !body.len().is_multiple_of(2) {
        return broken(bytes.len() - 1, "half a character");
    }
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if encoding == UTF_16LE { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let units = body.chunks_exact(2).map(unit);
    let mut text = String::with_capacity(body.len());
    let mut at = 2;
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => {
                text.push(c);
                at += 2 * c.len_utf16();
            }
            Err(_) => return broken(at, "an unpaired surrogate"),
        }
    }
    Ok(Decoded { text, warnings: vec![format!("{name}: read as {}; save it as UTF-8 to be safe", encoding.name())] })
}

/// The bytes are not UTF-8: they are Windows-1252 if they read as prose in it.
fn eight_bit(first: usize, bytes: &[u8], name: &str) -> Result<Decoded> {
    if reads_as_windows_1252(bytes) {
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
        let warning = format!("{name}: byte {first}: not UTF-8; read as Windows-1252; save it as UTF-8 to be safe");
        return Ok(Decoded { text: text.into_owned(), warnings: vec![warning] });
    }
    Err(Error::input(format!("0x{:02X} is not UTF-8, and the file does not read as Windows-1252 either", bytes[first]))
        .file(name)
        .at(Place::Byte(first as u64))
        .expected("UTF-8")
        .remedy("save the file anew as UTF-8, or mend that byte"))
}

fn reads_as_windows_1252(bytes: &[u8]) -> bool {
    // A file that is UTF-8 but for a few bytes is damaged UTF-8, not another encoding.
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xC2).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let undefined = |b: &u8| matches!(b, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C) || *b == 0x7F;
    if good > bad || bytes.iter().any(|b| undefined(b) || control(b)) {
        return false;
    }
    let letters = bytes.iter().filter(|b| b.is_ascii_alphabetic() || **b >= 0xC0 || matches!(b, b' ' | b'\n' | b'\r'));
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    letters.count() * 10 >= bytes.len() * 7 && high * 10 <= bytes.len() * 3
}
