//! A file a rule.

pub(super) mod addition;
pub(super) mod antonym;
pub(super) mod boilerplate;
pub(super) mod calque;
pub(super) mod encoding;
pub(super) mod false_friend;
pub(super) mod fragment;
pub(super) mod function_word;
pub(super) mod gender_mismatch;
pub(super) mod letter_case;
pub(super) mod missing_punctuation;
pub(super) mod misspelling;
pub(super) mod mistranslation;
pub(super) mod name_inconsistency;
pub(super) mod name_mismatch;
pub(super) mod negation;
pub(super) mod number_format;
pub(super) mod number_mismatch;
pub(super) mod omission;
pub(super) mod quote_style;
pub(super) mod repeated_word;
pub(super) mod sentence_mood;
pub(super) mod spacing;
pub(super) mod stray_punctuation;
pub(super) mod tense_drift;
pub(super) mod unbalanced_quotes;
pub(super) mod unrelated;
pub(super) mod untranslated;
pub(super) mod word_form;
pub(super) mod word_order;

mod against;
mod fluent;
pub(super) mod gaps;
mod holes;
mod strays;
mod times;
pub(super) mod verbs;
pub(super) mod words;

pub(super) use negation::opposed_by_prefix;
pub(super) use unrelated::is_unrelated;
pub(super) use words::runs;
