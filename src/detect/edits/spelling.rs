//! Spellings of names, held against many words.

/// A word with what is known of its spelling before it is compared.
pub(super) struct Spelling<'w> {
    lower: &'w str,
    ascii: bool,
    dotted: bool,
    /// Its bytes as a set, by their last five bits.
    letters: u32,
}

/// Likeness (Jaro and Winkler's) from which on two words are one name.
const ALIKE: f64 = 0.88;

impl<'w> Spelling<'w> {
    pub fn of(lower: &'w str) -> Self {
        let letters = lower.bytes().fold(0, |set, byte| set | 1 << (byte & 31));
        Self { lower, ascii: lower.is_ascii(), dotted: lower.contains('.'), letters }
    }

    /// Two spellings of one name, or a part of it.
    pub fn is_name_like(&self, other: &Self) -> bool {
        let (a, b) = (self.lower, other.lower);
        if !self.ascii || !other.ascii {
            return any_ascii::any_ascii(a) == any_ascii::any_ascii(b) || self.is_plainly_like(other);
        }
        self.is_plainly_like(other)
    }

    fn is_plainly_like(&self, other: &Self) -> bool {
        let (a, b) = (self.lower, other.lower);
        let jaro = || a.len() >= 4 && b.len() >= 4 && self.may_be_alike(other) && strsim::jaro_winkler(a, b) > ALIKE;
        // Nearly all words are done with here: of what follows, only short forms may begin with another letter.
        if a.as_bytes().first() != b.as_bytes().first() && !self.dotted && !other.dotted {
            return jaro();
        }
        let undotted = |word: &'w str| word.chars().filter(|c| *c != '.');
        a == b
            || a.len() >= 4 && b.len() >= 4 && (a.starts_with(b) || b.starts_with(a))
            || jaro()
            || a.chars().take(4).eq(b.chars().take(4)) && a.chars().count() >= 5 && b.chars().count() >= 5
            || (self.dotted || other.dotted)
                && (undotted(a).eq(undotted(b)) || is_short_for(a, b) || is_short_for(b, a))
    }

    /// Whether the likeness of two words may reach [`ALIKE`]: a letter that the other has not matches none of its letters.
    fn may_be_alike(&self, other: &Self) -> bool {
        if !self.ascii || !other.ascii {
            return true;
        }
        let (n, m) = (self.lower.len(), other.lower.len());
        let left = |own: u32, theirs: u32, length: usize| length - ((own & !theirs).count_ones() as usize).min(length);
        let matches = left(self.letters, other.letters, n).min(left(other.letters, self.letters, m)) as f64;
        let most = (matches / n as f64 + matches / m as f64 + 1.0) / 3.0;
        let begin = self.lower.bytes().zip(other.lower.bytes()).take(4).take_while(|(x, y)| x == y).count();
        // A little more than that, for what rounding may do.
        most + 0.1 * begin as f64 * (1.0 - most) > ALIKE - 1e-6
    }
}

/// `Feb.`, `February`
fn is_short_for(a: &str, b: &str) -> bool {
    a.strip_suffix('.').is_some_and(|head| head.len() >= 3 && b.starts_with(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_screen_leaves_out_is_not_alike() {
        let words = [
            "marhta",
            "martha",
            "dixon",
            "dicksonx",
            "jones",
            "johnson",
            "volkov",
            "volkova",
            "kharkiv",
            "kharkov",
            "zelensky",
            "zelenskyy",
            "petrov",
            "petrenko",
            "macron",
            "marcon",
            "merkel",
            "u.s.a",
            "usa",
            "abcd",
            "abce",
            "ab-cd",
        ];
        for a in words.map(Spelling::of) {
            for b in words.map(Spelling::of) {
                let alike = strsim::jaro_winkler(a.lower, b.lower) > ALIKE;
                assert!(!alike || a.may_be_alike(&b), "{} {}", a.lower, b.lower);
            }
        }
        let like = |a: &str, b: &str| Spelling::of(a).is_name_like(&Spelling::of(b));
        assert!(
            like("kharkiv", "kharkov") && like("u.s", "us") && like("münchen", "munchen") && !like("merkel", "macron")
        );
    }
}
