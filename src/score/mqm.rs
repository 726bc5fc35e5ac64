//! MQM 2.0's arithmetic: from severities to a penalty, a quality score, and the passage's score.
//!
//! The terms are the standard's: each finding has an *error penalty*, its severity multiplier (0, 1, 5, 25); their sum
//! is the *absolute penalty total*; divided by the *evaluation word count* it is the *per-word penalty total*; and the
//! *overall quality score* is what that leaves of 100 (Lommel et al. 2024).

/// Words below which a passage counts as if it had so many: one fault in a headline is not a ruin.
const LEAST_WORDS: f64 = 8.0;
/// How fast penalties eat into the score of a passage that has a reference: at one point a word it keeps 1/e.
const STEEPNESS: f64 = 1.0;

/// Per-word penalty total: penalty points a word, 0 upwards.
///
/// ```
/// use fauxami::score::mqm::per_word_penalty;
/// assert_eq!(per_word_penalty(5.0, 20), 0.25);
/// assert_eq!(per_word_penalty(0.0, 0), 0.0);
/// ```
#[must_use]
pub fn per_word_penalty(penalty: f64, words: usize) -> f64 {
    penalty / (words as f64).max(1.0)
}

/// Overall quality score, 0 to 100: `100 × (1 − per-word penalty)`, not below 0.
///
/// ```
/// use fauxami::score::mqm::quality;
/// assert_eq!(quality(5.0, 20), 75.0);
/// assert_eq!(quality(500.0, 20), 0.0);
/// ```
#[must_use]
pub fn quality(penalty: f64, words: usize) -> f64 {
    (100.0 * (1.0 - per_word_penalty(penalty, words))).max(0.0)
}

/// The score of one passage, 0 to 100.
///
/// With a reference: how alike the two are (chrF++, 0 to 100), lowered by the penalties,
/// `chrF++ × exp(−penalty ⁄ max(words, 8))`. Without one: the overall quality score, over at least eight words. An empty
/// translation scores 0. One more fault never raises it.
///
/// ```
/// use fauxami::score::mqm::score;
/// assert_eq!(score(0.0, 20, Some(100.0)), 100.0);
/// assert!(score(5.0, 20, Some(100.0)) < score(1.0, 20, Some(100.0)));
/// assert_eq!(score(0.0, 0, None), 0.0);
/// ```
#[must_use]
pub fn score(penalty: f64, words: usize, likeness: Option<f64>) -> f64 {
    if words == 0 {
        return 0.0;
    }
    let per_word = penalty / (words as f64).max(LEAST_WORDS);
    match likeness {
        Some(likeness) => likeness * (-STEEPNESS * per_word).exp(),
        None => (100.0 * (1.0 - per_word)).max(0.0),
    }
}
