//! What a difference is called.

use crate::span::Span;

/// One of the two translations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The first.
    A,
    /// The second.
    B,
}

impl Side {
    /// `a` or `b`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "a",
            Self::B => "b",
        }
    }

    pub(super) const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// What a difference touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What is told: who, when, how many, whether.
    Fact,
    /// How it is worded.
    Style,
    /// How it is written: marks, capitals, spellings.
    Form,
}

impl Class {
    /// `fact`, `style` or `form`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Style => "style",
            Self::Form => "form",
        }
    }
}

/// The name of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Numbers, amounts, percentages, years and times of another worth, or a number that one side alone gives.
    Number,
    /// One number in two measures: kilometers and miles.
    Measure,
    /// One number with another bound: `more than 50`, `up to 50`, `50`.
    Bound,
    /// Another weekday, month, day or direction of time.
    Date,
    /// Another share: `all`, `most`, `some`, `few`.
    Quantity,
    /// Another name, or one that one side alone has.
    Name,
    /// One side denies what the other affirms.
    Negation,
    /// Words of opposite meaning.
    Opposite,
    /// A person of another gender.
    Gender,
    /// Another person: `we`, `they`.
    Person,
    /// Past and future of one event.
    Time,
    /// What is, and what may, must or should be.
    Modality,
    /// A question and a statement.
    Mood,
    /// Content that A alone has.
    Omitted,
    /// Content that B alone has.
    Added,
    /// Another tense or aspect that tells the same event.
    Tense,
    /// One and several of a thing.
    Plural,
    /// Other words for it.
    Reworded,
    /// A few words that A alone has.
    Shortened,
    /// A few words that B alone has.
    Lengthened,
    /// The same words in another order.
    WordOrder,
    /// Another form of the same word.
    WordForm,
    /// Articles, prepositions, conjunctions.
    FunctionWord,
    /// Two spellings of one name.
    NameSpelling,
    /// Two spellings of one word.
    Spelling,
    /// One number written in two ways.
    NumberFormat,
    /// Small and capital letters.
    Case,
    /// Marks.
    Punctuation,
}

/// Each kind with its class, its name in reports, and the rule of the auditor that names the like.
const KINDS: [(Kind, Class, &str, &str); 28] = [
    (Kind::Number, Class::Fact, "number", "number-mismatch"),
    (Kind::Measure, Class::Fact, "measure", "number-mismatch"),
    (Kind::Bound, Class::Fact, "bound", "number-mismatch"),
    (Kind::Date, Class::Fact, "date", "number-mismatch"),
    (Kind::Quantity, Class::Fact, "quantity", "mistranslation"),
    (Kind::Name, Class::Fact, "name", "name-mismatch"),
    (Kind::Negation, Class::Fact, "negation", "negation"),
    (Kind::Opposite, Class::Fact, "opposite", "antonym"),
    (Kind::Gender, Class::Fact, "gender", "gender-mismatch"),
    (Kind::Person, Class::Fact, "person", "mistranslation"),
    (Kind::Time, Class::Fact, "time", "tense-drift"),
    (Kind::Modality, Class::Fact, "modality", "tense-drift"),
    (Kind::Mood, Class::Fact, "mood", "sentence-mood"),
    (Kind::Omitted, Class::Fact, "omitted", "omission"),
    (Kind::Added, Class::Fact, "added", "addition"),
    (Kind::Tense, Class::Style, "tense", "tense-drift"),
    (Kind::Plural, Class::Style, "plural", "word-form"),
    (Kind::Reworded, Class::Style, "reworded", "mistranslation"),
    (Kind::Shortened, Class::Style, "shortened", "omission"),
    (Kind::Lengthened, Class::Style, "lengthened", "addition"),
    (Kind::WordOrder, Class::Style, "word-order", "word-order"),
    (Kind::WordForm, Class::Style, "word-form", "word-form"),
    (Kind::FunctionWord, Class::Style, "function-word", "function-word"),
    (Kind::NameSpelling, Class::Form, "name-spelling", "name-inconsistency"),
    (Kind::Spelling, Class::Form, "spelling", "misspelling"),
    (Kind::NumberFormat, Class::Form, "number-format", "number-format"),
    (Kind::Case, Class::Form, "case", "letter-case"),
    (Kind::Punctuation, Class::Form, "punctuation", "stray-punctuation"),
];

impl Kind {
    /// All kinds, facts first.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|row| row.0)
    }

    fn row(self) -> (Self, Class, &'static str, &'static str) {
        // The table is in the order of the variants, which a test holds.
        KINDS[self as usize]
    }

    /// What a difference of this kind touches.
    #[must_use]
    pub fn class(self) -> Class {
        self.row().1
    }

    /// Its name in reports.
    ///
    /// ```
    /// assert_eq!(fauxami::diff::Kind::WordOrder.name(), "word-order");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// The id of the rule that names the like in an audit.
    ///
    /// ```
    /// use fauxami::{detect::registry, diff::Kind};
    /// assert!(Kind::all().all(|kind| registry::by_id(kind.rule()).is_some()));
    /// ```
    #[must_use]
    pub fn rule(self) -> &'static str {
        self.row().3
    }

    const fn mirrored(self) -> Self {
        match self {
            Self::Omitted => Self::Added,
            Self::Added => Self::Omitted,
            Self::Shortened => Self::Lengthened,
            Self::Lengthened => Self::Shortened,
            other => other,
        }
    }
}

/// One difference between two translations.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What it is called.
    pub kind: Kind,
    /// Where, in bytes of A; empty at the place where A has nothing.
    pub a: Span,
    /// Where, in bytes of B; empty at the place where B has nothing.
    pub b: Span,
    /// What differs, in a few words that name neither side, so that they hold for both orders.
    pub message: String,
    /// The side that the reference has the same as, where it has one of the two.
    pub reference: Option<Side>,
}

impl Difference {
    /// What it touches.
    #[must_use]
    pub fn class(&self) -> Class {
        self.kind.class()
    }

    pub(super) fn mirrored(self) -> Self {
        Self {
            kind: self.kind.mirrored(),
            a: self.b,
            b: self.a,
            reference: self.reference.map(Side::other),
            message: self.message,
        }
    }
}

/// Facts first, then by place.
pub(super) fn sort(differences: &mut [Difference]) {
    differences.sort_by(|x, y| {
        let key = |d: &Difference| (d.class(), d.a.start, d.b.start, d.a.end, d.b.end, d.kind);
        key(x).cmp(&key(y))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_variants() {
        assert!(Kind::all().enumerate().all(|(place, kind)| kind as usize == place));
        assert!(Kind::all().all(|kind| kind.mirrored().mirrored() == kind && kind.mirrored().class() == kind.class()));
    }
}
