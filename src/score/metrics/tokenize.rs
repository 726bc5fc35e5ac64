//! Tokenizers. A token is a span of the text: none of them changes a character once the text is prepared.

use super::categories::{Category, category};
use super::text::{self, each_marked, is_space, maybe_space, no_letter_or_digit, space_len};
use crate::error::{Error, Result, nearest};
use std::fmt;

/// First byte, and the byte behind the last.
pub(super) type Span = (usize, usize);

/// How BLEU cuts a segment into tokens; the names are sacreBLEU's.
///
/// ```
/// use fauxami::score::metrics::Tokenizer;
/// assert_eq!(Tokenizer::parse("intl")?, Tokenizer::Intl);
/// assert_eq!(Tokenizer::default().to_string(), "13a");
/// assert!(Tokenizer::parse("ja-mecab").unwrap_err().to_string().contains("needs a dictionary"));
/// # Ok::<(), fauxami::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tokenizer {
    /// `none`: the text is cut at white space only, for text that is tokenized already.
    None,
    /// `13a`: as WMT's mteval-v13a does; for text in scripts that part words by spaces.
    #[default]
    V13a,
    /// `intl`: as mteval-v14 does; cuts at Unicode punctuation and symbols.
    Intl,
    /// `zh`: every Chinese character by itself, the rest as `13a`.
    Zh,
    /// `char`: every character by itself.
    Char,
}

impl Tokenizer {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::V13a, Self::Intl, Self::Zh, Self::Char, Self::None];

    /// The tokenizer that sacreBLEU names so.
    ///
    /// # Errors
    ///
    /// If the name is unknown, or that of a tokenizer that needs a model or a dictionary.
    pub fn parse(name: &str) -> Result<Self> {
        if let Some(tokenizer) = Self::ALL.into_iter().find(|tokenizer| tokenizer.name() == name) {
            return Ok(tokenizer);
        }
        let known = Self::ALL.map(Self::name);
        let needs = match name {
            "ja-mecab" | "ko-mecab" => Some(("dictionary", "MeCab's takes tens of megabytes")),
            "spm" | "flores101" | "flores200" | "spBLEU-1K" => {
                Some(("SentencePiece model", "it would have to be fetched, and nothing here needs the network"))
            }
            _ => None,
        };
        Err(match (needs, nearest(name, known)) {
            (Some((what, why)), _) => {
                Error::usage(format!("tokenizer `{name}` needs a {what} and is not built in: {why}"))
                    .expected(format!("one of {}", known.join(", ")))
                    .remedy("take `char`, or tokenize beforehand and take `none`")
            }
            (None, Some(near)) => {
                Error::usage(format!("unknown tokenizer `{name}`")).remedy(format!("did you mean `{near}`?"))
            }
            (None, None) => {
                Error::usage(format!("unknown tokenizer `{name}`")).expected(format!("one of {}", known.join(", ")))
            }
        })
    }

    /// sacreBLEU's name, which stands in the signature.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::V13a => "13a",
            Self::Intl => "intl",
            Self::Zh => "zh",
            Self::Char => "char",
        }
    }

    /// The tokenizer that sacreBLEU takes for a target language (`zh`, or a tag such as `zh-Hans`) where none is named.
    ///
    /// # Errors
    ///
    /// For Japanese and Korean, whose tokenizers are not built in.
    ///
    /// ```
    /// use fauxami::score::metrics::Tokenizer;
    /// assert_eq!(Tokenizer::for_language("en")?, Tokenizer::V13a);
    /// assert_eq!(Tokenizer::for_language("zh")?, Tokenizer::Zh);
    /// # Ok::<(), fauxami::Error>(())
    /// ```
    pub fn for_language(language: &str) -> Result<Self> {
        match language.split(['-', '_']).next().unwrap_or_default() {
            "zh" => Ok(Self::Zh),
            "ja" => Self::parse("ja-mecab"),
            "ko" => Self::parse("ko-mecab"),
            _ => Ok(Self::V13a),
        }
    }

    /// Prepares the segment at the end of `text`, from `start` on, and appends its tokens.
    pub(super) fn cut(self, text: &mut String, start: usize, spare: &mut String, tokens: &mut Vec<Span>) {
        match self {
            Self::None => split(text, start, |span| tokens.push(span)),
            Self::Char => {
                tokens.extend(text[start..].char_indices().filter(|&(_, c)| !is_space(c)).map(|(at, c)| {
                    let at = start + at;
                    (at, at + c.len_utf8())
                }));
            }
            Self::V13a => {
                text::trim_end(text, start);
                if memchr::memchr3(b'<', b'\n', b'&', &text.as_bytes()[start..]).is_some() {
                    text::replace(text, start, "<skipped>", "", spare);
                    text::replace(text, start, "-\n", "", spare);
                    text::replace(text, start, "\n", " ", spare);
                    entities(text, start, spare);
                }
                western(text, start, &Western { padded: true, possessive: false, single: None }, tokens);
            }
            Self::Zh => {
                text::trim_end(text, start);
                let start = text.len() - text[start..].trim_start_matches(is_space).len();
                western(text, start, &Western { padded: false, possessive: false, single: Some(chinese) }, tokens);
            }
            Self::Intl => {
                text::trim_end(text, start);
                international(text, start, tokens);
            }
        }
    }
}

impl fmt::Display for Tokenizer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The four entities that mteval and Tercom know, one after the other.
pub(super) fn entities(text: &mut String, start: usize, spare: &mut String) {
    for (entity, c) in [("&quot;", "\""), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")] {
        text::replace(text, start, entity, c, spare);
    }
}

/// Cuts at white space.
#[inline]
pub(super) fn split(text: &str, start: usize, mut token: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let mut from = start;
    each_marked(&bytes[start..], maybe_space, |at| {
        let at = start + at;
        let space = if bytes[at] == b' ' { 1 } else { space_len(&bytes[at..]) };
        if space > 0 {
            if from < at {
                token((from, at));
            }
            from = at + space;
        }
    });
    if from < bytes.len() {
        token((from, bytes.len()));
    }
}

/// What differs between the uses of [`western`].
pub(super) struct Western {
    /// Whether the text counts as standing between two spaces.
    pub(super) padded: bool,
    /// Whether a final `'s` is a token.
    pub(super) possessive: bool,
    /// The characters that are tokens by themselves.
    pub(super) single: Option<fn(char) -> bool>,
}

/// What a byte is to [`western`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Inside,
    Symbol,
    Stop,
    Dash,
    Space,
    /// Not ASCII, or white space that is no plain space.
    Wide,
}

static CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Inside; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' => Class::Space,
            b'.' | b',' => Class::Stop,
            b'-' => Class::Dash,
            b'{'..=b'~' | b'['..=b'`' | b'!'..=b'&' | b'('..=b'+' | b':'..=b'@' | b'/' => Class::Symbol,
            0x80..=0xff | b'\t'..=b'\r' | 0x1c..=0x1f => Class::Wide,
            _ => Class::Inside,
        };
        byte += 1;
    }
    table
}

/// The language-dependent part of mteval-v13a: symbols are tokens; so is a full stop or comma unless digits stand
/// on both sides, and a hyphen behind a digit.
///
/// mteval puts it as four substitutions, one after the other, each from left to right without overlap. As they only
/// add spaces, what they do to a place can be told from its neighbours, and one pass does.
pub(super) fn western(text: &str, start: usize, rules: &Western, tokens: &mut Vec<Span>) {
    let bytes = &text.as_bytes()[start..];
    let digit = |at: usize| bytes[at].is_ascii_digit();
    let mut from = 0;
    // A stop that the substitution `([^0-9])([.,])` has used up cannot be the non-digit before the next one. This is the
    // place behind it.
    let mut used = usize::MAX;
    each_marked(bytes, no_letter_or_digit, |at| {
        // Mostly it is a space, which may be foreseen.
        let class = if bytes[at] == b' ' { Class::Space } else { CLASSES[usize::from(bytes[at])] };
        // How many bytes part the tokens here, and whether they are a token themselves.
        let (length, token) = match class {
            Class::Space => (1, false),
            Class::Inside => return,
            Class::Symbol => (1, true),
            Class::Stop => {
                let before_this = if at == 0 { rules.padded } else { !digit(at - 1) && used != at };
                let before_other = if at + 1 == bytes.len() { rules.padded } else { !digit(at + 1) };
                if before_this {
                    used = at + 1;
                }
                if !before_this && !before_other {
                    return;
                }
                (1, true)
            }
            Class::Dash => {
                if at == 0 || !digit(at - 1) {
                    return;
                }
                (1, true)
            }
            Class::Wide => {
                let space = space_len(&bytes[at..]);
                let single = match rules.single {
                    Some(single) if space == 0 && bytes[at] >= 0xc0 => {
                        text[start + at..].chars().next().filter(|&c| single(c)).map_or(0, char::len_utf8)
                    }
                    _ => 0,
                };
                if space + single == 0 {
                    return;
                }
                (space + single, single > 0)
            }
        };
        if from < at {
            if rules.possessive && matches!(class, Class::Space | Class::Symbol) {
                push_word(bytes, start, (from, at), tokens);
            } else {
                tokens.push((start + from, start + at));
            }
        }
        if token {
            tokens.push((start + at, start + at + length));
        }
        from = at + length;
    });
    if from < bytes.len() {
        if rules.possessive {
            push_word(bytes, start, (from, bytes.len()), tokens);
        } else {
            tokens.push((start + from, start + bytes.len()));
        }
    }
}

/// Appends a word, with a final `'s` apart.
fn push_word(bytes: &[u8], start: usize, (from, to): Span, tokens: &mut Vec<Span>) {
    let word = &bytes[from..to];
    let cut = if word.ends_with(b"'s") { to - 2 } else { to };
    if from < cut {
        tokens.push((start + from, start + cut));
    }
    if cut < to {
        tokens.push((start + cut, start + to));
    }
}

/// mteval-v14: symbols are tokens; so is punctuation unless a number stands on both sides, or at an end of the text.
fn international(text: &str, start: usize, tokens: &mut Vec<Span>) {
    let of = |c: char| match c {
        '0'..='9' => Category::Number,
        '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~' => Category::Symbol,
        _ if c.is_ascii_punctuation() => Category::Punctuation,
        _ if c.is_ascii() => Category::Other,
        _ => category(c),
    };
    let mut from = start;
    // Whether a character that is no number, and not used up by the substitution itself, stands before.
    let mut free = false;
    let mut rest = text[start..].chars();
    let mut next = rest.next().map(|c| (c, of(c)));
    let mut at = start;
    while let Some((c, kind)) = next {
        next = rest.next().map(|c| (c, of(c)));
        let end = at + c.len_utf8();
        let space = is_space(c);
        let mut token = kind == Category::Symbol;
        let mut free_now = kind != Category::Number;
        if kind == Category::Punctuation {
            token = free || next.is_some_and(|(_, kind)| kind != Category::Number);
            free_now = !free;
        }
        if token || space {
            if from < at {
                tokens.push((from, at));
            }
            if token {
                tokens.push((at, end));
            }
            from = end;
        }
        free = free_now;
        at = end;
    }
    if from < at {
        tokens.push((from, at));
    }
}

/// What sacreBLEU's `zh` takes for a Chinese character.
///
/// Its two ranges beyond U+FFFF are spelt `\u20000`–`\u2a6d6` and `\u2f800`–`\u2fa1d`, which Python reads as strings
/// of two characters: they cover U+2001–U+2A6D and U+2F81–U+2FA1 instead. Equal figures need the same reading.
fn chinese(c: char) -> bool {
    matches!(c,
        '\u{2001}'..='\u{2a6d}' | '\u{2e80}'..='\u{2fdf}' | '\u{2ff0}'..='\u{303f}' | '\u{3100}'..='\u{312f}'
        | '\u{31a0}'..='\u{31bf}' | '\u{31c0}'..='\u{31ef}' | '\u{3200}'..='\u{33ff}' | '\u{3400}'..='\u{4db5}'
        | '\u{4e00}'..='\u{9fbb}' | '\u{f900}'..='\u{fa2d}' | '\u{fa30}'..='\u{fa6a}' | '\u{fa70}'..='\u{fad9}'
        | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}')
}
