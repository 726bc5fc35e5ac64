//! The one list of rules. The parser of `--rules`, `explain`, the documents and the reports derive from it.

use super::rule::Rule;
use super::rules;

/// All rules, in the order in which documents list them.
#[must_use]
pub fn all() -> &'static [Rule] {
    const ALL: &[Rule] = &[
        rules::encoding::RULE,
        rules::boilerplate::RULE,
        rules::untranslated::RULE,
        rules::stray_punctuation::RULE,
        rules::missing_punctuation::RULE,
        rules::spacing::RULE,
        rules::unbalanced_quotes::RULE,
        rules::quote_style::RULE,
        rules::misspelling::RULE,
        rules::letter_case::RULE,
        rules::repeated_word::RULE,
        rules::fragment::RULE,
        rules::name_inconsistency::RULE,
        rules::title_inconsistency::RULE,
        rules::term_inconsistency::RULE,
        rules::date_mismatch::RULE,
        rules::number_format::RULE,
        rules::unrelated::RULE,
        rules::negation::RULE,
        rules::antonym::RULE,
        rules::name_mismatch::RULE,
        rules::mistranslation::RULE,
        rules::number_mismatch::RULE,
        rules::gender_mismatch::RULE,
        rules::sentence_mood::RULE,
        rules::tense_drift::RULE,
        rules::word_order::RULE,
        rules::word_form::RULE,
        rules::function_word::RULE,
        rules::calque::RULE,
        rules::false_friend::RULE,
        rules::omission::RULE,
        rules::addition::RULE,
    ];
    ALL
}

/// The rule named `id`.
///
/// ```
/// use fauxami::detect::registry;
/// assert_eq!(registry::by_id("tense-drift").unwrap().category, "Linguistic conventions/Tense");
/// assert!(registry::by_id("no-such-rule").is_none());
/// ```
#[must_use]
pub fn by_id(id: &str) -> Option<&'static Rule> {
    all().iter().find(|rule| rule.id == id)
}

/// Whether a finding of `rule` gives way to one of `other` on the same words: the same fault under a better name.
pub(super) fn gives_way(rule: &str, other: &str) -> bool {
    match rule {
        "stray-punctuation" | "missing-punctuation" | "unbalanced-quotes" | "quote-style" => {
            matches!(other, "encoding" | "fragment" | "boilerplate")
                || (rule == "quote-style" && matches!(other, "unbalanced-quotes" | "stray-punctuation"))
                || (rule == "unbalanced-quotes" && other == "stray-punctuation")
        }
        "spacing" => matches!(other, "encoding" | "stray-punctuation" | "fragment" | "boilerplate" | "repeated-word"),
        "untranslated" => matches!(other, "encoding" | "boilerplate"),
        "repeated-word" => matches!(other, "boilerplate"),
        "tense-drift" | "name-inconsistency" => matches!(other, "boilerplate"),
        "mistranslation" => !matches!(
            other,
            "addition"
                | "omission"
                | "spacing"
                | "quote-style"
                | "unbalanced-quotes"
                | "missing-punctuation"
                | "function-word"
        ),
        "antonym" | "name-mismatch" => {
            matches!(other, "untranslated" | "misspelling" | "encoding" | "unrelated" | "repeated-word")
        }
        "addition" => {
            matches!(
                other,
                "boilerplate"
                    | "fragment"
                    | "repeated-word"
                    | "untranslated"
                    | "number-mismatch"
                    | "calque"
                    | "false-friend"
            )
        }
        "letter-case" => {
            matches!(other, "misspelling" | "untranslated" | "boilerplate" | "stray-punctuation" | "fragment")
        }
        "misspelling" => matches!(other, "untranslated" | "unrelated" | "encoding" | "boilerplate"),
        "omission" => matches!(other, "number-mismatch" | "encoding" | "boilerplate"),
        // A worse fault beside it makes any word unlikely.
        "word-order" => matches!(other, "encoding" | "boilerplate"),
        "word-form" | "function-word" => {
            matches!(
                other,
                "encoding"
                    | "boilerplate"
                    | "untranslated"
                    | "repeated-word"
                    | "fragment"
                    | "word-order"
                    | "calque"
                    | "false-friend"
            )
        }
        "number-format" => matches!(other, "encoding"),
        _ => false,
    }
}
