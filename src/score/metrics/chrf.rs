//! chrF and chrF++.

use super::signature::yes;
use super::tokenize::{Span, split};
use super::{Counts, MAX_ORDER, References, Scratch, Signature, text};
use crate::error::{Error, Result};

/// The options of [`Chrf`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChrfOptions {
    /// The highest order of character n-grams; both orders together are 1 to [`MAX_ORDER`].
    pub char_order: usize,
    /// The highest order of word n-grams: 0 for chrF, 2 for chrF++.
    pub word_order: usize,
    /// How much more recall weighs than precision.
    pub beta: f64,
    /// Whether case is ignored.
    pub lowercase: bool,
    /// Whether white space counts as characters.
    pub whitespace: bool,
    /// Whether the F-scores of all orders are averaged, with 1e-16 for what is undefined (as in chrF++.py, NLTK and
    /// Moses); else the F-score of the averages over the orders that both sides have is taken.
    pub eps_smoothing: bool,
}

impl Default for ChrfOptions {
    /// sacreBLEU's: chrF2 with character n-grams up to order 6.
    fn default() -> Self {
        Self { char_order: 6, word_order: 0, beta: 2.0, lowercase: false, whitespace: false, eps_smoothing: false }
    }
}

/// chrF (Popović 2015) and chrF++ (Popović 2017), as sacreBLEU computes them; 0 to 100, higher is better.
///
/// ```
/// use fauxami::score::metrics::{Chrf, Scratch};
/// let chrf = Chrf::plus_plus();
/// let counts = chrf.counts("The cat sat on a mat.", &["The cat sat on the mat."], &mut Scratch::default());
/// assert_eq!(format!("{:.4}", chrf.score(&counts)), "68.4366");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chrf {
    options: ChrfOptions,
}

impl Chrf {
    /// chrF with these options.
    ///
    /// # Errors
    ///
    /// If an order or beta is out of its range.
    pub fn new(options: ChrfOptions) -> Result<Self> {
        let orders = options.char_order.saturating_add(options.word_order);
        if !(1..=MAX_ORDER).contains(&orders) {
            return Err(Error::usage(format!("chrF with {orders} n-gram orders"))
                .expected(format!("1 to {MAX_ORDER}, characters and words together")));
        }
        if !(options.beta >= 0.0 && (options.beta * options.beta).is_finite()) {
            return Err(Error::usage(format!("chrF with beta {}", options.beta)).expected("a number from 0 up"));
        }
        Ok(Self { options })
    }

    /// chrF++: word n-grams up to order 2, the rest as by default.
    #[must_use]
    pub fn plus_plus() -> Self {
        Self { options: ChrfOptions { word_order: 2, ..ChrfOptions::default() } }
    }

    /// The options.
    #[must_use]
    pub fn options(&self) -> &ChrfOptions {
        &self.options
    }

    /// The counts of one pair: for each order, characters first, the n-grams of the hypothesis, of the reference, and
    /// those that match. Of several references it is the first of those with the highest score.
    ///
    /// The n-grams of the hypothesis count as none where the reference is too short to have any.
    pub fn counts<R: AsRef<str>>(&self, hypothesis: &str, references: &[R], scratch: &mut Scratch) -> Counts {
        let options = &self.options;
        let mut best = Counts::zeros(3 * (options.char_order + options.word_order));
        let mut best_score = -1.0;
        scratch.start();
        let segments = || std::iter::once(hypothesis).chain(references.iter().map(AsRef::as_ref));
        if options.lowercase || options.word_order > 0 {
            for segment in segments() {
                let start = text::append(&mut scratch.text, segment, options.lowercase);
                scratch.starts.push(start);
                if options.word_order > 0 {
                    words(&scratch.text, start, &mut scratch.tokens);
                    scratch.ends.push(scratch.tokens.len());
                }
            }
            scratch.starts.push(scratch.text.len());
            scratch.number_words();
        }
        let mut hypothesis_chars = 0;
        for (index, segment) in segments().enumerate() {
            let Scratch { text, starts, words, ends, distinct, shared, tree, chars, .. } = &mut *scratch;
            let segment = if options.lowercase { &text[starts[index]..starts[index + 1]] } else { segment };
            if index == 0 {
                hypothesis_chars = chars.take(0, segment, options.whitespace);
                continue;
            }
            // What is the same needs no look at its n-grams.
            let identical = references[index - 1].as_ref() == hypothesis;
            let length = if identical { hypothesis_chars } else { chars.take(1, segment, options.whitespace) };
            let mut counts = Counts::zeros(best.len);
            let mut matched = [0; MAX_ORDER];
            if identical {
                every(&mut matched[..options.char_order], length);
            } else {
                chars.matches(shared, &mut matched[..options.char_order]);
            }
            if options.word_order > 0 {
                let hypothesis = &words[Scratch::segment(words, ends, 0)];
                let reference = &words[Scratch::segment(words, ends, index)];
                let matched = &mut matched[options.char_order..][..options.word_order];
                if identical {
                    every(matched, reference.len());
                } else if !shared.matches(hypothesis, reference, *distinct, matched) {
                    tree.start(reference.len(), options.word_order);
                    tree.first(reference);
                    tree.matches(hypothesis, |n| matched[n] += 1);
                }
                totals(
                    &mut counts.values[3 * options.char_order..],
                    options.word_order,
                    hypothesis.len(),
                    reference.len(),
                );
            }
            totals(&mut counts.values, options.char_order, hypothesis_chars, length);
            for (values, matched) in counts.values.chunks_exact_mut(3).zip(matched) {
                values[2] = matched;
            }
            let score = self.score(&counts);
            if score > best_score {
                best_score = score;
                best = counts;
            }
        }
        best
    }

    /// What `part` counts of the same pair, where it is a part of what this one counted: it differs in the word n-grams that it leaves
    /// out alone. Only for a pair of one reference, since another metric may choose another of several.
    ///
    /// ```
    /// use fauxami::score::metrics::{Chrf, Scratch};
    /// let (chrf, more, mut scratch) = (Chrf::default(), Chrf::plus_plus(), Scratch::default());
    /// let mut counts = |chrf: &Chrf| chrf.counts("The cat sat.", &["A cat sat."], &mut scratch);
    /// assert_eq!(more.counts_of_part(&counts(&more), &chrf), Some(counts(&chrf)));
    /// assert_eq!(chrf.counts_of_part(&counts(&chrf), &more), None);
    /// ```
    #[must_use]
    pub fn counts_of_part(&self, counts: &Counts, part: &Self) -> Option<Counts> {
        let options = &part.options;
        let same = ChrfOptions { word_order: self.options.word_order, ..*options } == self.options;
        let length = 3 * (options.char_order + options.word_order);
        let values = counts.values().get(..length)?;
        (same && options.word_order <= self.options.word_order).then(|| Counts::from_values(values))
    }

    /// The score of summed counts, in sacreBLEU's order of operations.
    #[must_use]
    pub fn score(&self, counts: &Counts) -> f64 {
        const EPSILON: f64 = 1e-16;
        let orders = self.options.char_order + self.options.word_order;
        let factor = self.options.beta * self.options.beta;
        let (mut sum, mut precisions, mut recalls, mut effective) = (0.0, 0.0, 0.0, 0_u32);
        for n in 0..orders {
            let (hypothesis, reference) = (counts.at(3 * n) as f64, counts.at(3 * n + 1) as f64);
            let matched = counts.at(3 * n + 2) as f64;
            let precision = if hypothesis > 0.0 { matched / hypothesis } else { EPSILON };
            let recall = if reference > 0.0 { matched / reference } else { EPSILON };
            let weight = factor * precision + recall;
            sum += if weight > 0.0 { (1.0 + factor) * precision * recall / weight } else { EPSILON };
            if hypothesis > 0.0 && reference > 0.0 {
                precisions += precision;
                recalls += recall;
                effective += 1;
            }
        }
        if self.options.eps_smoothing {
            return 100.0 * sum / orders as f64;
        }
        if effective > 0 {
            precisions /= f64::from(effective);
            recalls /= f64::from(effective);
        }
        if precisions + recalls == 0.0 {
            return 0.0;
        }
        let score = (1.0 + factor) * precisions * recalls;
        100.0 * (score / (factor * precisions + recalls))
    }

    /// The score of one pair: the same as of a corpus of one.
    #[must_use]
    pub fn sentence_score(&self, counts: &Counts) -> f64 {
        self.score(counts)
    }

    /// The name with beta and word order, as sacreBLEU prints it: `chrF2`, `chrF2++`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("chrF{}{}", self.options.beta, "+".repeat(self.options.word_order))
    }

    /// How the corpus score was come by.
    #[must_use]
    pub fn signature(&self, references: References) -> Signature {
        let options = &self.options;
        Signature::new(references)
            .with("case", "c", if options.lowercase { "lc" } else { "mixed" })
            .with("eff", "e", yes(!options.eps_smoothing))
            .with("nc", "nc", options.char_order)
            .with("nw", "nw", options.word_order)
            .with("space", "s", yes(options.whitespace))
    }
}

/// Sets the matches of each order to the n-grams of a segment of so many symbols.
pub(super) fn every(matched: &mut [u64], length: usize) {
    for (n, matched) in matched.iter_mut().enumerate() {
        *matched = length.saturating_sub(n) as u64;
    }
}

/// Sets how many n-grams either side has, for each order, by their lengths.
fn totals(values: &mut [u64], orders: usize, hypothesis: usize, reference: usize) {
    for (n, values) in values.chunks_exact_mut(3).take(orders).enumerate() {
        if reference > n {
            values[0] = hypothesis.saturating_sub(n) as u64;
            values[1] = (reference - n) as u64;
        }
    }
}

/// chrF++'s words: cut at white space, and one ASCII punctuation mark parted from the end, or else from the start.
fn words(text: &str, start: usize, tokens: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    split(text, start, |(from, to)| {
        // A mark is one byte, so the cut falls between two characters.
        let cut = match (to - from, bytes[from], bytes[to - 1]) {
            (2.., _, last) if last.is_ascii_punctuation() => to - 1,
            (2.., first, _) if first.is_ascii_punctuation() => from + 1,
            _ => to,
        };
        tokens.push((from, cut));
        if cut < to {
            tokens.push((cut, to));
        }
    });
}
