//! TER.

use super::signature::yes;
use super::tokenize::{Span, Western, entities, split, western};
use super::{Counts, References, Scratch, Signature, text};

/// What the lengths of references are counted in: an average over any number of references up to 22 is whole.
const UNIT: u64 = 232_792_560;

/// The options of [`Ter`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TerOptions {
    /// Whether punctuation is parted from words and entities are resolved.
    pub normalized: bool,
    /// Whether punctuation is left out.
    pub no_punct: bool,
    /// Whether `normalized` parts Chinese and Japanese characters and `no_punct` leaves out their punctuation, too.
    pub asian_support: bool,
    /// Whether case counts.
    pub case_sensitive: bool,
}

/// TER (Snover et al. 2006), as sacreBLEU computes it; 0 upwards, lower is better.
///
/// ```
/// use fauxami::score::metrics::{Scratch, Ter};
/// let ter = Ter::default();
/// let counts = ter.counts("on the mat sat the cat", &["the cat sat on the mat"], &mut Scratch::default());
/// assert_eq!(format!("{:.2}", ter.score(&counts)), "33.33");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ter {
    options: TerOptions,
}

impl Ter {
    /// TER with these options, of which every combination makes sense.
    #[must_use]
    pub fn new(options: TerOptions) -> Self {
        Self { options }
    }

    /// The options.
    #[must_use]
    pub fn options(&self) -> &TerOptions {
        &self.options
    }

    /// The counts of one pair: the edits to the nearest reference, and the average length of the references in
    /// 232792560ths of a word.
    pub fn counts<R: AsRef<str>>(&self, hypothesis: &str, references: &[R], scratch: &mut Scratch) -> Counts {
        let mut counts = Counts::zeros(2);
        if references.is_empty() {
            return counts;
        }
        scratch.start();
        for (index, segment) in std::iter::once(hypothesis).chain(references.iter().map(AsRef::as_ref)).enumerate() {
            self.cut(segment, index > 0, scratch);
            scratch.ends.push(scratch.tokens.len());
        }
        scratch.number_words();
        let Scratch { words, ends, editor, interner, .. } = scratch;
        let segment = |index| &words[Scratch::segment(words, ends, index)];
        let edits = (1..=references.len()).map(|index| editor.edits(segment(0), segment(index), interner.len())).min();
        let length = (words.len() - segment(0).len()) as u128 * u128::from(UNIT) / references.len() as u128;
        counts.values[0] = edits.unwrap_or(0) as u64;
        counts.values[1] = u64::try_from(length).unwrap_or(u64::MAX);
        counts
    }

    /// Appends the tokens of a segment, as Tercom's normalizer has them.
    ///
    /// sacreBLEU puts references through it twice, and the second time resolves and parts some more; so must this.
    fn cut(&self, segment: &str, twice: bool, scratch: &mut Scratch) {
        let Scratch { text, spare, tokens, .. } = scratch;
        let start = text::append(text, segment, !self.options.case_sensitive);
        let first = tokens.len();
        if !self.options.normalized {
            split(text, start, |span| tokens.push(span));
            self.drop_punctuation(first, text, spare, tokens);
            return;
        }
        text::trim_end(text, start);
        text::replace(text, start, "\n-", "", spare);
        text::replace(text, start, "\n", " ", spare);
        self.normalize(start, text, spare, tokens);
        if twice {
            spare.clear();
            for (from, to) in tokens.drain(first..) {
                spare.push_str(&text[from..to]);
                spare.push(' ');
            }
            let start = text.len();
            text.push_str(spare.trim_end_matches(' '));
            self.normalize(start, text, spare, tokens);
        }
    }

    /// Appends the tokens of the text from `start` on, which is one line.
    fn normalize(&self, start: usize, text: &mut String, spare: &mut String, tokens: &mut Vec<Span>) {
        let first = tokens.len();
        entities(text, start, spare);
        let single = self.options.asian_support.then_some(asian as fn(char) -> bool);
        western(text, start, &Western { padded: true, possessive: true, single }, tokens);
        self.drop_punctuation(first, text, spare, tokens);
    }

    /// Takes the punctuation out of the tokens from `first` on where the options say so.
    fn drop_punctuation(&self, first: usize, text: &mut String, spare: &mut String, tokens: &mut Vec<Span>) {
        if !self.options.no_punct {
            return;
        }
        let drop = |c: char| {
            matches!(c, '.' | ',' | '?' | ':' | ';' | '!' | '"' | '(' | ')')
                || self.options.asian_support && asian_punctuation(c)
        };
        let mut kept = first;
        for index in first..tokens.len() {
            if let Some(span) = without(text, tokens[index], drop, spare) {
                tokens[kept] = span;
                kept += 1;
            }
        }
        tokens.truncate(kept);
    }

    /// The score of summed counts: edits in hundredths of the length. Of nothing else than empty references it is 0
    /// or, where there are edits, 100.
    #[must_use]
    pub fn score(&self, counts: &Counts) -> f64 {
        let (edits, length) = (counts.at(0), counts.at(1));
        // Whole words apart, so that they are exact up to 2^53.
        let words = (length / UNIT) as f64 + (length % UNIT) as f64 / UNIT as f64;
        let score = if length > 0 { edits as f64 / words } else { f64::from(u8::from(edits > 0)) };
        100.0 * score
    }

    /// The score of one pair: the same as of a corpus of one.
    #[must_use]
    pub fn sentence_score(&self, counts: &Counts) -> f64 {
        self.score(counts)
    }

    /// How the corpus score was come by.
    #[must_use]
    pub fn signature(&self, references: References) -> Signature {
        let options = &self.options;
        Signature::new(references)
            .with("case", "c", if options.case_sensitive { "mixed" } else { "lc" })
            .with("tok", "t", "tercom")
            .with("norm", "nr", yes(options.normalized))
            .with("punct", "pn", yes(!options.no_punct))
            .with("asian", "as", yes(options.asian_support))
    }
}

/// The token without the characters to drop, at the end of the text if it had some; `None` if nothing is left.
fn without(text: &mut String, span: Span, drop: impl Fn(char) -> bool, spare: &mut String) -> Option<Span> {
    let token = &text[span.0..span.1];
    if !token.contains(&drop) {
        return Some(span);
    }
    spare.clear();
    spare.extend(token.chars().filter(|&c| !drop(c)));
    let start = text.len();
    text.push_str(spare);
    (start < text.len()).then_some((start, text.len()))
}

/// What stands by itself in normalized text with `asian_support`.
///
/// sacreBLEU means the enclosed letters U+3200–U+32FF by one of its ranges and writes U+3200–U+3F22; equal figures need
/// the same. Its rules for runs of kana ask for a start of the line, where by then a space stands: they never apply.
fn asian(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2eff}' | '\u{31c0}'..='\u{31ef}' | '\u{3200}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}')
        || asian_punctuation(c)
}

/// What `no_punct` drops with `asian_support`.
fn asian_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{30fb}'
        | '\u{ff01}' | '\u{ff02}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0c}' | '\u{ff0e}' | '\u{ff1a}' | '\u{ff1b}'
        | '\u{ff1f}' | '\u{ff61}'..='\u{ff65}')
}
