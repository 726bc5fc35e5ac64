//! Signatures: how a figure was come by, in sacreBLEU's form.

use std::fmt;

/// How many references the segments have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum References {
    /// Every segment has so many.
    Same(usize),
    /// The number varies.
    Varied,
}

impl References {
    /// The number of references of all segments, from those of each.
    ///
    /// ```
    /// use fauxami::score::metrics::References;
    /// assert_eq!(References::of([2, 2, 2]), References::Same(2));
    /// assert_eq!(References::of([2, 1]), References::Varied);
    /// ```
    #[must_use]
    pub fn of(numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut numbers = numbers.into_iter();
        let first = numbers.next().unwrap_or(0);
        if numbers.all(|number| number == first) { Self::Same(first) } else { Self::Varied }
    }
}

impl fmt::Display for References {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same(number) => number.fmt(f),
            Self::Varied => f.write_str("var"),
        }
    }
}

/// The options behind a figure, in the order and spelling of sacreBLEU 2.6; the version is this crate's.
///
/// ```
/// use fauxami::score::metrics::{Bleu, BleuOptions, References};
/// let signature = Bleu::new(BleuOptions::default())?.signature(References::Same(1));
/// let version = fauxami::score::metrics::VERSION;
/// assert_eq!(signature.to_string(), format!("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:{version}"));
/// assert_eq!(signature.short(), format!("#:1|c:mixed|e:no|tok:13a|s:exp|v:{version}"));
/// # Ok::<(), fauxami::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Long key, short key, value.
    pairs: Vec<(&'static str, &'static str, String)>,
}

/// What stands under `version` in a signature.
pub const VERSION: &str = concat!("fauxami-", env!("CARGO_PKG_VERSION"));

impl Signature {
    pub(super) fn new(references: References) -> Self {
        Self { pairs: vec![("nrefs", "#", references.to_string())] }
    }

    pub(super) fn with(mut self, long: &'static str, short: &'static str, value: impl ToString) -> Self {
        self.pairs.push((long, short, value.to_string()));
        self
    }

    /// Adds a pair before the metric's, and the seed behind all of these.
    fn insert(&mut self, name: &'static str, value: usize, seed: u64) {
        self.pairs.retain(|(long, ..)| *long != "seed");
        let references = self.pairs.iter().take_while(|(long, ..)| matches!(*long, "nrefs" | "bs" | "ar")).count();
        self.pairs.insert(references, (name, name, value.to_string()));
        self.pairs.insert(references + 1, ("seed", "rs", seed.to_string()));
    }

    /// Adds that intervals or p-values come from so many bootstrap resamples.
    #[must_use]
    pub fn bootstrap(mut self, resamples: usize, seed: u64) -> Self {
        self.insert("bs", resamples, seed);
        self
    }

    /// Adds that p-values come from so many trials of approximate randomization.
    #[must_use]
    pub fn randomization(mut self, trials: usize, seed: u64) -> Self {
        self.insert("ar", trials, seed);
        self
    }

    /// The signature with sacreBLEU's short keys.
    #[must_use]
    pub fn short(&self) -> String {
        self.pairs.iter().map(|(_, short, value)| format!("{short}:{value}|")).collect::<String>() + "v:" + VERSION
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (long, _, value) in &self.pairs {
            write!(f, "{long}:{value}|")?;
        }
        write!(f, "version:{VERSION}")
    }
}

/// sacreBLEU's way to write a truth value.
pub(super) fn yes(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}
