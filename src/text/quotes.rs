//! Quotation marks: which open, which close, and which of them belong together.

use crate::span::Span;

/// The family of a mark. Marks pair within a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuoteKind {
    /// `“ ”` and `„`
    CurlyDouble,
    /// `"`
    StraightDouble,
    /// `« »`
    Guillemet,
    /// `‘ ’`, where they are no apostrophes
    CurlySingle,
    /// `'`, where it is no apostrophe
    StraightSingle,
    /// `「 」` and `『 』`
    Corner,
}

impl QuoteKind {
    /// Whether the marks are double, as English uses them for a first level.
    #[must_use]
    pub const fn is_double(self) -> bool {
        !matches!(self, Self::CurlySingle | Self::StraightSingle)
    }
}

/// One quotation mark of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteMark {
    /// The mark, in bytes of the text.
    pub span: Span,
    /// Its family.
    pub kind: QuoteKind,
    /// Whether it opens.
    pub opens: bool,
    /// Its partner's place in the list, where it has one.
    pub partner: Option<usize>,
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

fn is_space(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// The quotation marks of one passage, in order. Apostrophes, feet and inches are left out.
///
/// ```
/// let marks = fauxami::text::quote_marks("“It’s the allies’ plan,” he said.");
/// assert_eq!(marks.len(), 2);
/// assert_eq!(marks[0].partner, Some(1));
/// ```
#[must_use]
pub fn quote_marks(text: &str) -> Vec<QuoteMark> {
    let mut out: Vec<QuoteMark> = Vec::new();
    if text.is_ascii() && memchr::memchr2(b'"', b'\'', text.as_bytes()).is_none() {
        return out;
    }
    let mut open: Vec<usize> = Vec::new();
    let mut before: Option<char> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            before = Some(c);
            continue;
        }
        let after = chars.peek().map(|x| x.1);
        let second = text[at + c.len_utf8()..].chars().nth(1);
        let last_open =
            |kind: QuoteKind, open: &[usize], out: &[QuoteMark]| open.iter().rposition(|&i| out[i].kind == kind);
        let span = Span::new(at, at + c.len_utf8());
        let found = match c {
            '\u{201c}' => {
                // German „…“ closes with what English opens with.
                let german = open.last().is_some_and(|&i| text[out[i].span.range()].starts_with('\u{201e}'));
                Some((QuoteKind::CurlyDouble, !german || is_space(before)))
            }
            '\u{201d}' => {
                // Used for both sides by some keyboards: it opens before a word with a space in front.
                let opens =
                    is_space(before) && is_word(after) && last_open(QuoteKind::CurlyDouble, &open, &out).is_none();
                Some((QuoteKind::CurlyDouble, opens))
            }
            '\u{201e}' | '\u{201f}' => Some((QuoteKind::CurlyDouble, true)),
            '\u{ab}' => Some((QuoteKind::Guillemet, !is_word(before) || is_word(after))),
            '\u{bb}' => Some((QuoteKind::Guillemet, is_space(before) && is_word(after))),
            '\u{300c}' | '\u{300e}' => Some((QuoteKind::Corner, true)),
            '\u{300d}' | '\u{300f}' => Some((QuoteKind::Corner, false)),
            '"' => {
                let inch = before.is_some_and(|b| b.is_ascii_digit())
                    && last_open(QuoteKind::StraightDouble, &open, &out).is_none();
                let opens = if is_space(before)
                    || matches!(before, Some('(' | '[' | '\u{2014}' | '\u{2013}' | '-' | '\'' | '\u{2018}' | '/'))
                {
                    let closed = last_open(QuoteKind::StraightDouble, &open, &out).is_none();
                    let speaks = is_space(before) && speaker_follows(text, at);
                    !(closed && is_space(after) && speaks && !speaker_before(text, at))
                        && (closed || !(is_space(after) || speaks))
                } else {
                    last_open(QuoteKind::StraightDouble, &open, &out).is_none() && is_word(after)
                };
                (!inch).then_some((QuoteKind::StraightDouble, opens))
            }
            '\u{2018}' | '\u{201a}' => {
                // ‘90s and ‘tis written with the wrong mark, or a real opening.
                let elision = after.is_some_and(|a| a.is_ascii_digit()) && second.is_some_and(|s| s.is_ascii_digit());
                let inside = is_word(before) && is_word(after);
                (!elision && !inside).then_some((QuoteKind::CurlySingle, true))
            }
            '\u{2019}' => {
                let closes = !is_word(after) && last_open(QuoteKind::CurlySingle, &open, &out).is_some();
                // The allies’ plan inside a single quote: a possessive s with a word behind it.
                let possessive = matches!(before, Some('s' | 'S'))
                    && after == Some(' ')
                    && is_word(second)
                    && rest_closes(text, at, c);
                (closes && !possessive).then_some((QuoteKind::CurlySingle, false))
            }
            '\'' => {
                let decade = after.is_some_and(|a| a.is_ascii_digit());
                let left =
                    is_space(before) || matches!(before, Some('(' | '[' | '"' | '\u{201c}' | '\u{2014}' | '\u{2013}'));
                if left && is_word(after) && !decade && rest_closes(text, at, c) {
                    Some((QuoteKind::StraightSingle, true))
                } else {
                    let closes = !is_word(after)
                        && !is_space(before)
                        && last_open(QuoteKind::StraightSingle, &open, &out).is_some();
                    let possessive = matches!(before, Some('s' | 'S'))
                        && after == Some(' ')
                        && is_word(second)
                        && rest_closes(text, at, c);
                    (closes && !possessive).then_some((QuoteKind::StraightSingle, false))
                }
            }
            _ => None,
        };
        if let Some((kind, opens)) = found {
            let index = out.len();
            let mut partner = None;
            if opens {
                open.push(index);
            } else if let Some(depth) = last_open(kind, &open, &out) {
                let first = open[depth];
                open.truncate(depth);
                out[first].partner = Some(index);
                partner = Some(first);
            }
            out.push(QuoteMark { span, kind, opens, partner });
        }
        before = Some(c);
    }
    turn(text, &mut out);
    out
}

/// Pairs straight marks that have their space on the wrong side: `quotes" Evening Moscow ."` opens with what stands like a
/// closing mark. Two neighbours without partners, the first seeming to close and the second to open, are one quotation.
fn turn(text: &str, marks: &mut [QuoteMark]) {
    for k in 1..marks.len() {
        let (first, second) = (marks[k - 1], marks[k]);
        let lone = |mark: &QuoteMark| mark.kind == QuoteKind::StraightDouble && mark.partner.is_none();
        let inner = &text[first.span.end..second.span.start];
        // Where the second closes behind its stop, the first has to stand behind a word and before a short name.
        let named = inner.trim_start().starts_with(char::is_uppercase)
            && is_word(text[..first.span.start].chars().next_back())
            && inner.split_whitespace().count() <= 6;
        if lone(&first)
            && lone(&second)
            && !first.opens
            && (second.opens || named)
            && inner.starts_with(' ')
            && inner.ends_with([' ', '.', ','])
            && is_space(text[second.span.end..].chars().next())
        {
            marks[k - 1] = QuoteMark { opens: true, partner: Some(k), ..first };
            marks[k] = QuoteMark { opens: false, partner: Some(k - 1), ..second };
        }
    }
}

/// Whether the mark at `at`, with a space before it and none behind, closes a quotation all the same: a comma stands before
/// the space, and who spoke stands behind the mark (`yet, "he said`).
fn speaker_follows(text: &str, at: usize) -> bool {
    let mut words = text[at + 1..].split(|c: char| !c.is_alphanumeric()).take(4);
    text[..at].trim_end().ends_with(',') && words.any(|word| SAID.contains(&word))
}

/// Whether who spoke stands before the comma in front of the mark at `at`, so that the mark opens: `he said, " We`.
fn speaker_before(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end().trim_end_matches(',');
    before.rsplit(|c: char| !c.is_alphanumeric()).take(4).any(|word| SAID.contains(&word))
}

/// How news says that somebody spoke.
const SAID: [&str; 14] = [
    "said",
    "says",
    "added",
    "adds",
    "told",
    "tells",
    "explained",
    "noted",
    "commented",
    "wrote",
    "writes",
    "recalled",
    "concluded",
    "stressed",
];

/// Whether a closing single mark still comes: `mark` (or its curly twin) behind a sign that is no space, before one that is no letter.
fn rest_closes(text: &str, at: usize, mark: char) -> bool {
    let mut before = mark;
    let rest = &text[at + mark.len_utf8()..];
    let mut chars = rest.chars().take(600).peekable();
    while let Some(c) = chars.next() {
        if c == mark && !before.is_whitespace() && !is_word(chars.peek().copied()) && before != mark {
            return true;
        }
        before = c;
    }
    false
}

/// The quoted stretches of a passage, marks included. An opening without its close reaches to the end, as in a
/// quotation that goes on in the next paragraph; a close without an opening reaches back to the start.
#[must_use]
pub fn quoted_spans(text: &str, marks: &[QuoteMark]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for mark in marks {
        let span = match (mark.opens, mark.partner) {
            (true, Some(partner)) => mark.span.cover(marks[partner].span),
            (true, None) if mark.kind.is_double() => Span::new(mark.span.start, text.len()),
            (false, None) if mark.kind.is_double() && out.is_empty() => Span::new(0, mark.span.end),
            _ => continue,
        };
        match out.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
