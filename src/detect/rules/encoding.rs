//! `encoding`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::span::Span;
use encoding_rs::WINDOWS_1252;

pub const RULE: Rule = Rule {
    id: "encoding",
    category: "Linguistic conventions/Character encoding",
    severity: Severity::Major,
    needs: Needs::Text,
    english: false,
    summary: "characters broken by a wrong encoding, and HTML entities left in the text",
    doc: "UTF-8 that was read as Windows-1252 (`â€™`, `Ã©`), once or several times over, is flagged with the text that it \
          stood for; so are HTML entities (`&amp;`, `&#39;`, `&amp;quot;`) and the replacement character U+FFFD, for which no \
          repair can be known. A sequence is flagged only where its bytes are valid UTF-8 and decode to a letter or mark of \
          news text, so accented capitals before guillemets (`CAFÉ»`) stay silent.",
    example: ("the ministerâ€™s plan", "the minister’s plan"),
    check: Check::Passage(check),
};

const ENTITIES: [(&str, &str); 24] = [
    ("amp", "&"),
    ("quot", "\""),
    ("apos", "'"),
    ("lt", "<"),
    ("gt", ">"),
    ("nbsp", " "),
    ("rsquo", "’"),
    ("lsquo", "‘"),
    ("rdquo", "”"),
    ("ldquo", "“"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("eacute", "é"),
    ("egrave", "è"),
    ("agrave", "à"),
    ("ccedil", "ç"),
    ("uuml", "ü"),
    ("ouml", "ö"),
    ("auml", "ä"),
    ("ntilde", "ñ"),
    ("euro", "€"),
];

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    let text = passage.text.text;
    if !text.is_ascii() {
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            if c == '\u{fffd}' {
                let end = at + text[at..].chars().take_while(|c| *c == '\u{fffd}').map(char::len_utf8).sum::<usize>();
                sink.add(passage.at(Span::new(at, end)), "a replacement character stands where a letter was lost");
                at = end;
            } else if let Some((end, repaired)) = mojibake(&text[at..]) {
                sink.add(
                    passage.at(Span::new(at, at + end)),
                    format!("UTF-8 read as Windows-1252: this was “{repaired}”"),
                )
                .suggest(repaired);
                at += end;
            } else {
                at += c.len_utf8();
            }
        }
    }
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'&', &text.as_bytes()[from..]).map(|n| from + n) {
        match entity(&text[at..]) {
            Some((len, plain)) => {
                sink.add(passage.at(Span::new(at, at + len)), "an HTML entity was left in the text")
                    .suggest(plain)
                    .weigh(Severity::Minor);
                from = at + len;
            }
            None => from = at + 1,
        }
    }
}

/// The run of broken characters that `text` begins with, its length and what it stood for.
fn mojibake(text: &str) -> Option<(usize, String)> {
    let (mut end, mut repaired) = one(text)?;
    while let Some((len, c)) = one(&text[end..]) {
        end += len;
        repaired.push_str(&c);
    }
    // Broken twice over: what came out is broken again, perhaps together with a plain mark behind.
    for _ in 0..2 {
        let Some(again) = whole(&repaired) else { break };
        repaired = again;
    }
    Some((end, repaired))
}

/// `text` with every broken sequence decoded, if it consists of nothing else.
fn whole(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut at = 0;
    while at < text.len() {
        let (len, c) = one(&text[at..])?;
        out.push_str(&c);
        at += len;
    }
    (!out.is_empty()).then_some(out)
}

/// One character that was broken into two to four.
fn one(text: &str) -> Option<(usize, String)> {
    let lead = byte(text.chars().next()?)?;
    let count = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [0u8; 4];
    let mut len = 0;
    let mut chars = text.chars();
    for slot in &mut bytes[..count] {
        let c = chars.next()?;
        *slot = byte(c)?;
        len += c.len_utf8();
    }
    let decoded = std::str::from_utf8(&bytes[..count]).ok()?;
    let c = decoded.chars().next()?;
    let plausible = match c {
        '\u{a0}'..='\u{17f}'
        | '\u{218}'..='\u{21b}'
        | '\u{2010}'..='\u{2044}'
        | '\u{20ac}'
        | '\u{2122}'
        | '\u{2c6}'
        | '\u{2dc}' => true,
        '\u{400}'..='\u{4ff}' => matches!(lead, 0xd0 | 0xd1),
        '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ff5e}' | '\u{1f300}'..='\u{1faff}' => {
            count >= 3
        }
        _ => false,
    };
    plausible.then(|| (len, decoded.to_owned()))
}

/// The byte that stands for `c` in Windows-1252, controls included.
fn byte(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{ff}' => Some(c as u8),
        c if c < '\u{80}' => None,
        c => {
            let mut buffer = [0u8; 4];
            let (bytes, _, lossy) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
            (!lossy && bytes.len() == 1).then(|| bytes[0])
        }
    }
}

/// The entity that `text` begins with, escaped once or several times: its length and the plain character.
fn entity(text: &str) -> Option<(usize, String)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    // A tokenizer parts them: `& quot ;`.
    let parts: Vec<&str> = text[1..end].split(' ').filter(|part| !part.is_empty()).collect();
    let name = &*parts.concat();
    let plain = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?.to_string()
    } else {
        ENTITIES.iter().find(|(n, _)| *n == name)?.1.to_owned()
    };
    if plain == "&" {
        // &amp;quot; is one fault.
        let again = format!("&{}", &text[end + 1..]);
        if let Some((len, plain)) = entity(&again) {
            return Some((end + len, plain));
        }
    }
    Some((end + 1, plain))
}
