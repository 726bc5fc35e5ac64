//! MQM 2.0's arithmetic: from severities to a penalty and a quality score.
//!
//! The terms are the standard's: each finding has an *error penalty*, its severity multiplier (0, 1, 5, 25); their sum
//! is the *absolute penalty total*; divided by the *evaluation word count* it is the *per-word penalty total*; and the
//! *overall quality score* is what that leaves of 100 (Lommel et al. 2024).

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
