//! A plain-text story and its paragraphs.

use super::decode::decode;
use super::lines::size;
use crate::error::{Error, Place, Result};
use crate::span::Span;
use std::io::Read;
use std::path::Path;

/// Largest story, in bytes: 64 MiB.
pub const MAX_STORY: usize = 64 << 20;
/// Longest paragraph, in bytes: 1 MiB.
pub const MAX_PARAGRAPH: usize = 1 << 20;

/// A story that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// What the user called it: a path, or `-` for standard input.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// Its paragraphs, in bytes of `text`.
    pub paragraphs: Vec<Span>,
    /// What had to be assumed to read it, one sentence each.
    pub warnings: Vec<String>,
}

/// Reads a story from `reader`; `path` names it in errors.
///
/// # Errors
/// [`crate::error::Kind::Io`] where the reader fails; [`crate::error::Kind::Input`] where the bytes are no text (see
/// [`decode`]), hold nothing but white space, are over 64 MiB, or have a paragraph over 1 MiB. A line that is too long
/// is counted and not kept, so that the answer comes at once and in little memory.
///
/// ```
/// let story = fauxami::read::read_story(&b"One.\n\nTwo.\n"[..], "a.txt").unwrap();
/// assert_eq!(story.paragraphs.len(), 2);
/// ```
pub fn read_story(reader: impl Read, path: &str) -> Result<Story> {
    let bytes = read_bounded(reader, path)?;
    let decoded = decode(bytes, path)?;
    let paragraphs = paragraphs(&decoded.text);
    if paragraphs.is_empty() {
        return Err(Error::input("nothing but white space")
            .file(path)
            .expected("a text")
            .remedy("check the export that wrote it"));
    }
    if let Some(long) = paragraphs.iter().find(|span| span.len() > MAX_PARAGRAPH) {
        let line = decoded.text[..long.start].matches('\n').count() + 1;
        return Err(too_long("paragraph", line, long.len() as u64, path));
    }
    Ok(Story { path: path.to_owned(), text: decoded.text, paragraphs, warnings: decoded.warnings })
}

fn too_long(what: &str, line: usize, length: u64, path: &str) -> Error {
    Error::input(format!("the {what} is {} long", size(length)))
        .file(path)
        .at(Place::Line(line))
        .expected(format!("paragraphs of at most {}", size(MAX_PARAGRAPH as u64)))
        .remedy("break it into paragraphs, or give a corpus to `fauxami score`")
}

fn read_bounded(mut reader: impl Read, path: &str) -> Result<Vec<u8>> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    let (mut line, mut line_start) = (1usize, 0usize);
    loop {
        let count = fill(&mut reader, &mut chunk, path)?;
        if count == 0 {
            return Ok(bytes);
        }
        let at = bytes.len();
        bytes.extend_from_slice(&chunk[..count]);
        for stop in memchr::memchr2_iter(b'\n', b'\r', &chunk[..count]) {
            if at + stop - line_start > MAX_PARAGRAPH {
                return Err(too_long("line", line, (at + stop - line_start) as u64, path));
            }
            line += usize::from(chunk[stop] == b'\n');
            line_start = at + stop + 1;
        }
        if bytes.len() - line_start > MAX_PARAGRAPH {
            let mut length = (bytes.len() - line_start) as u64;
            drop(bytes);
            loop {
                let count = fill(&mut reader, &mut chunk, path)?;
                let stop = memchr::memchr2(b'\n', b'\r', &chunk[..count]);
                length += stop.unwrap_or(count) as u64;
                if stop.is_some() || count == 0 {
                    return Err(too_long("line", line, length, path));
                }
            }
        }
        if bytes.len() > MAX_STORY {
            return Err(Error::input(format!("the file is over {}", size(MAX_STORY as u64)))
                .file(path)
                .expected("one story")
                .remedy("give a corpus to `fauxami score`, as JSON Lines, TSV or line-parallel files"));
        }
    }
}

fn fill(reader: &mut impl Read, chunk: &mut [u8], path: &str) -> Result<usize> {
    loop {
        match reader.read(chunk) {
            Ok(count) => return Ok(count),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::io(Path::new(path), &error)),
        }
    }
}

/// The paragraphs of a text, without the white space around them.
///
/// Empty lines part blocks. A block is one paragraph if its lines look cut at a margin, else each line is one. `\n`,
/// `\r\n`, `\r`, U+2028 and U+2029 end a line.
///
/// ```
/// let text = "A headline\nA first sentence.\n\nA second one.";
/// let parts: Vec<&str> = fauxami::read::paragraphs(text).iter().map(|span| &text[span.range()]).collect();
/// assert_eq!(parts, ["A headline", "A first sentence.", "A second one."]);
/// ```
#[must_use]
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut block: Vec<Span> = Vec::new();
    for line in trimmed_lines(text) {
        if line.is_empty() {
            close(text, &mut block, &mut found);
        } else {
            block.push(line);
        }
    }
    close(text, &mut block, &mut found);
    found
}

fn close(text: &str, block: &mut Vec<Span>, found: &mut Vec<Span>) {
    if let [first, .., last] = block[..]
        && hard_wrapped(text, block)
    {
        found.push(first.cover(last));
    } else {
        found.extend_from_slice(block);
    }
    block.clear();
}

fn trimmed_lines(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let raw = &text[start..end];
        let lead = raw.len() - raw.trim_start().len();
        lines.push(Span::new(start + lead, start + lead + raw.trim().len()));
    };
    let bytes = text.as_bytes();
    // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
    for at in memchr::memchr3_iter(b'\n', b'\r', 0xE2, bytes) {
        let width = match &bytes[at..] {
            [b'\r', b'\n', ..] => 2,
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            [0xE2, ..] => continue,
            _ => 1,
        };
        if at >= start {
            push(start, at);
            start = at + width;
        }
    }
    push(start, text.len());
    lines
}

/// Whether the lines of a block were cut at a right margin: the margin is where prose has it, the first word of each
/// line would not have fitted on the line before, and most lines stop in mid-sentence.
fn hard_wrapped(text: &str, block: &[Span]) -> bool {
    let length = |span: &Span| text[span.range()].chars().count();
    let full = &block[..block.len() - 1];
    let margin = full.iter().map(length).max().unwrap_or(0);
    if !(50..=100).contains(&margin) || block.last().is_some_and(|last| length(last) > margin + 2) {
        return false;
    }
    let fits = |pair: &[Span]| {
        let word = text[pair[1].range()].split_whitespace().next().unwrap_or("").chars().count();
        length(&pair[0]) + 1 + word <= margin
    };
    let short = block.windows(2).filter(|pair| fits(pair)).count();
    let stops = full.iter().filter(|line| ends_sentence(&text[line.range()])).count();
    let lower = block[1..].iter().filter(|line| text[line.range()].starts_with(char::is_lowercase)).count();
    short * 5 <= full.len() && stops * 2 < full.len() && lower * 3 >= full.len()
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')', '»']).ends_with(['.', '!', '?', '…', ':'])
}
