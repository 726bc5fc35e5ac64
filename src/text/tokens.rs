//! Words, numbers and marks.

use super::abbreviations;
use super::normal::Normal;
use crate::span::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with the hyphens, apostrophes and abbreviation points inside.
    Word,
    /// Digits with their separators, and what is glued on: `1,200`, `5th`, `1990s`, `20bn`.
    Number,
    /// Punctuation, one mark each, but `...` and `--` whole.
    Punct,
    /// Any other sign: currencies, `%`, emoji.
    Symbol,
    /// An address: web, mail, or a handle.
    Address,
}

/// A piece of the normal form: its bytes there, and its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

/// Cuts `normal` into pieces. Contractions are parted (`do` `n't`, `Moscow` `'s`), hyphenated compounds stay whole,
/// and abbreviations keep their point (`Sen.`, `U.S.`, `D-N.H.`).
pub(super) fn pieces(normal: &str) -> Vec<Piece> {
    let mut out = Vec::with_capacity(normal.len() / 5 + 4);
    let addresses = may_have_addresses(normal);
    let mut at = 0;
    while let Some(c) = normal[at..].chars().next() {
        let start = at;
        if !addresses && c.is_ascii_alphabetic() {
            at = word(normal, at, &mut out);
            continue;
        }
        if c.is_whitespace() || c.is_control() {
            at += c.len_utf8();
            continue;
        }
        let fresh = || normal[..at].chars().next_back().is_none_or(|b| !b.is_alphanumeric());
        if addresses
            && fresh()
            && let Some(end) = address(normal, at)
        {
            out.push(Piece { start, end, kind: Kind::Address });
            at = end;
        } else if c.is_ascii_digit() || (c.is_numeric() && !is_ideograph(c)) {
            at = number(normal, at, &mut out);
        } else if is_ideograph(c) {
            at += c.len_utf8();
            out.push(Piece { start, end: at, kind: Kind::Word });
        } else if c.is_alphabetic() || is_mark(c) {
            at = word(normal, at, &mut out);
        } else if c == '\'' {
            // `'s` and its kin after a quotation mark or bracket; `'90s`; else a quote sign.
            at += 1;
            let rest = &normal[at..];
            if rest.starts_with(|d: char| d.is_ascii_digit()) && rest.get(2..3) == Some("s") {
                at += 3;
                out.push(Piece { start, end: at, kind: Kind::Number });
            } else if let Some(n) =
                clitic(rest).filter(|_| !normal[..start].ends_with(char::is_whitespace) && start > 0)
            {
                at += n;
                out.push(Piece { start, end: at, kind: Kind::Word });
            } else {
                out.push(Piece { start, end: at, kind: Kind::Punct });
            }
        } else {
            at += c.len_utf8();
            let kind = if is_punctuation(c) { Kind::Punct } else { Kind::Symbol };
            if matches!(c, '.' | '-') {
                let run = normal[start..].bytes().take_while(|&b| b == c as u8).count();
                if (c == '.' && run >= 3) || (c == '-' && run >= 2) {
                    at = start + run;
                }
            }
            out.push(Piece { start, end: at, kind });
        }
    }
    out
}

/// Han and kana: scripts that write no spaces. Each sign is a token.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Whether `c` is a punctuation mark rather than a sign with a meaning of its own.
pub(crate) fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        && !matches!(c, '$' | '%' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' | '#' | '@' | '&')
        || matches!(c, '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}')
        || matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}')
}

/// Whether any sign of an address is there: most texts have none, and need not be asked at each word.
fn may_have_addresses(text: &str) -> bool {
    let bytes = text.as_bytes();
    let www = |at: usize| at > 0 && bytes[at - 1].eq_ignore_ascii_case(&b'w');
    memchr::memchr3(b'@', b'#', b'/', bytes).is_some() || memchr::memchr_iter(b'.', bytes).any(www)
}

/// The end of a web or mail address, or a handle, that starts at `at`.
fn address(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if !rest.as_bytes()[0].is_ascii_alphanumeric() && !matches!(rest.as_bytes()[0], b'@' | b'#') {
        return None;
    }
    let chunk = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
    let chunk = chunk.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'']);
    let web =
        ["http://", "https://", "www."].iter().any(|p| chunk.get(..p.len()).is_some_and(|x| x.eq_ignore_ascii_case(p)));
    let mail = chunk.find('@').is_some_and(|i| i > 0 && chunk[i..].contains('.'));
    if web || mail {
        return Some(at + chunk.len());
    }
    if chunk.len() > 1 && matches!(chunk.as_bytes()[0], b'@' | b'#') {
        let tail = chunk[1..].find(|c: char| !c.is_alphanumeric() && c != '_').map_or(chunk.len(), |n| n + 1);
        return (tail > 1).then_some(at + tail);
    }
    None
}

fn number(text: &str, start: usize, out: &mut Vec<Piece>) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    while let Some(c) = text[at..].chars().next() {
        if c.is_numeric() && !is_ideograph(c) {
            at += c.len_utf8();
        } else if matches!(c, ',' | '.' | ':' | '\'') && at > start && digit(at + 1) && digit(at - 1) {
            at += 1;
        } else {
            break;
        }
    }
    // What is glued on: 5th, 1990s, 20bn, 20-year-old. A hyphen between two numbers parts them.
    let mut end = at;
    let mut glued = false;
    while let Some(c) = text[end..].chars().next() {
        if c.is_alphabetic() && !is_ideograph(c) {
            end += c.len_utf8();
            glued = true;
        } else if c.is_ascii_digit() && glued || c == '-' && text[end + 1..].starts_with(|d: char| d.is_alphabetic()) {
            end += 1;
        } else {
            break;
        }
    }
    // `5p.m.` and `10a.m.`
    let tail = &text[end..];
    if matches!(&text[at..end], "a" | "p") && tail.starts_with(".m.") {
        out.push(Piece { start, end: at, kind: Kind::Number });
        out.push(Piece { start: at, end: end + 3, kind: Kind::Word });
        return end + 3;
    }
    out.push(Piece { start, end, kind: Kind::Number });
    end
}

/// Length of the clitic (without its apostrophe) that `rest` starts with.
fn clitic(rest: &str) -> Option<usize> {
    ["s", "re", "ve", "ll", "d", "m"].into_iter().find_map(|c| {
        let fits = rest.get(..c.len()).is_some_and(|x| x.eq_ignore_ascii_case(c));
        let ends = rest.get(c.len()..).is_some_and(|x| !x.starts_with(|d: char| d.is_alphanumeric()));
        (fits && ends).then_some(c.len())
    })
}

/// Whether the mark `c` at `at` belongs into the word that began at `start`: a hyphen, `AT&T`, the point of `U.S.`
fn inside(text: &str, start: usize, at: usize, c: char) -> bool {
    let rest = &text[at + c.len_utf8()..];
    let letter = rest.chars().next().is_some_and(|n| n.is_alphanumeric() && !is_ideograph(n));
    match c {
        '-' => letter,
        '&' => letter && at - start <= 3 && text[start..at].chars().all(char::is_uppercase),
        '.' => abbreviations::point_belongs(&text[start..at], rest),
        _ => false,
    }
}

fn word(text: &str, start: usize, out: &mut Vec<Piece>) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    let letter = |i: usize| {
        text.get(i..).and_then(|r| r.chars().next()).is_some_and(|c| c.is_alphanumeric() && !is_ideograph(c))
    };
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let Some(c) = text[at..].chars().next() else { break };
        if !c.is_ascii() && (c.is_alphanumeric() && !is_ideograph(c) || is_mark(c)) {
            at += c.len_utf8();
        } else if at == start {
            break;
        } else if inside(text, start, at, c) {
            at += 1;
        } else if c == '\'' && letter(at + 1) {
            if clitic(&text[at + 1..]).is_some() {
                break;
            }
            // n't: the n belongs to it.
            if text[at + 1..].starts_with(['t', 'T']) && matches!(bytes[at - 1], b'n' | b'N') && !letter(at + 2) {
                if at - 1 > start {
                    out.push(Piece { start, end: at - 1, kind: Kind::Word });
                }
                out.push(Piece { start: at - 1, end: at + 2, kind: Kind::Word });
                return at + 2;
            }
            at += 1;
        } else {
            break;
        }
    }
    if at == start {
        at += text[start..].chars().next().map_or(1, char::len_utf8);
    }
    out.push(Piece { start, end: at, kind: Kind::Word });
    if bytes.get(at) == Some(&b'\'')
        && let Some(n) = clitic(&text[at + 1..])
    {
        out.push(Piece { start: at, end: at + 1 + n, kind: Kind::Word });
        return at + 1 + n;
    }
    at
}

/// The words of `text`, as `fauxami score` counts them: words and numbers, no marks.
#[must_use]
pub fn count_words(text: &str) -> usize {
    pieces(Normal::new(text).text())
        .iter()
        .filter(|p| matches!(p.kind, Kind::Word | Kind::Number | Kind::Address))
        .count()
}

/// The tokens of `text` with their spans in it.
///
/// ```
/// let words: Vec<_> = fauxami::text::tokenize("Sen. Jeanne Shaheen, D-N.H., didn’t go.")
///     .into_iter().map(|(_, text)| text).collect();
/// assert_eq!(words, ["Sen.", "Jeanne", "Shaheen", ",", "D-N.H.", ",", "did", "n't", "go", "."]);
/// ```
#[must_use]
pub fn tokenize(text: &str) -> Vec<(Span, String)> {
    let normal = Normal::new(text);
    pieces(normal.text())
        .into_iter()
        .map(|p| (normal.original_span(p.start, p.end), normal.text()[p.start..p.end].to_owned()))
        .collect()
}
