//! One error type. Every error says where, what was found, what was expected and what to do.

use std::fmt;
use std::path::Path;

/// What went wrong, coarsely: enough to choose an exit status or an HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command, the configuration or a lexicon is wrong; nothing was run.
    Usage,
    /// An input could not be opened or read.
    Io,
    /// An input was read and is not what it should be.
    Input,
}

/// The place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// 1-based line.
    Line(usize),
    /// 0-based byte from the start of the file.
    Byte(u64),
    /// 1-based line and 1-based column, in characters.
    LineColumn(usize, usize),
}

/// An error with its context. Build one with [`Error::usage`], [`Error::input`] or [`Error::io`] and add what is known.
///
/// ```
/// use fauxami::{Error, Place};
/// let error = Error::input("no field `mt`")
///     .file("pairs.jsonl")
///     .at(Place::Line(7))
///     .expected("an object with the text of the translation under `mt`")
///     .remedy("add the field, or drop the row");
/// assert_eq!(
///     error.to_string(),
///     "pairs.jsonl:7: no field `mt`; expected an object with the text of the translation under `mt`; add the field, or drop the row"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: Kind,
    file: Option<String>,
    place: Option<Place>,
    found: String,
    expected: Option<String>,
    remedy: Option<String>,
}

/// The crate's result.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    fn new(kind: Kind, found: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, file: None, place: None, found: found.into(), expected: None, remedy: None }))
    }

    /// An error of [`Kind::Usage`]; `found` says what is wrong, in a short clause.
    #[must_use]
    pub fn usage(found: impl Into<String>) -> Self {
        Self::new(Kind::Usage, found)
    }

    /// An error of [`Kind::Usage`] for `text`, which is no TOML of the wanted form, at its line.
    pub(crate) fn toml(text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        Self::usage(error.message().to_owned()).at(Place::Line(line))
    }

    /// An error of [`Kind::Input`].
    #[must_use]
    pub fn input(found: impl Into<String>) -> Self {
        Self::new(Kind::Input, found)
    }

    /// An error of [`Kind::Io`] for the file at `path`.
    #[must_use]
    pub fn io(path: &Path, error: &std::io::Error) -> Self {
        let remedy = match error.kind() {
            std::io::ErrorKind::NotFound => "check the path",
            std::io::ErrorKind::PermissionDenied => "check the permissions",
            std::io::ErrorKind::IsADirectory => "name the files in it",
            _ => "check the file and the disk",
        };
        let found = match error.kind() {
            std::io::ErrorKind::NotFound => "no such file".to_owned(),
            std::io::ErrorKind::IsADirectory => "is a directory, not a file".to_owned(),
            _ => format!("cannot be read or written: {error}"),
        };
        Self::new(Kind::Io, found).file(path.display().to_string()).remedy(remedy)
    }

    /// Names the file (or `-` for a standard stream).
    #[must_use]
    pub fn file(mut self, file: impl Into<String>) -> Self {
        self.0.file = Some(file.into());
        self
    }

    /// Names the file unless one is named already.
    #[must_use]
    pub fn or_file(mut self, file: &str) -> Self {
        self.0.file.get_or_insert_with(|| file.to_owned());
        self
    }

    /// Names the place in the file.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.0.place = Some(place);
        self
    }

    /// Says what should have stood there.
    #[must_use]
    pub fn expected(mut self, expected: impl Into<String>) -> Self {
        self.0.expected = Some(expected.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.0.remedy = Some(remedy.into());
        self
    }

    /// What kind of trouble it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The place in the file, where known.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.0.place
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        match (&inner.file, inner.place) {
            (Some(file), Some(Place::Line(line))) => write!(f, "{file}:{line}: ")?,
            (Some(file), Some(Place::LineColumn(line, column))) => write!(f, "{file}:{line}:{column}: ")?,
            (Some(file), Some(Place::Byte(byte))) => write!(f, "{file}: byte {byte}: ")?,
            (Some(file), None) => write!(f, "{file}: ")?,
            (None, Some(Place::Line(line))) => write!(f, "line {line}: ")?,
            (None, Some(Place::LineColumn(line, column))) => write!(f, "line {line}, column {column}: ")?,
            (None, Some(Place::Byte(byte))) => write!(f, "byte {byte}: ")?,
            (None, None) => {}
        }
        f.write_str(&inner.found)?;
        if let Some(expected) = &inner.expected {
            write!(f, "; expected {expected}")?;
        }
        if let Some(remedy) = &inner.remedy {
            write!(f, "; {remedy}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// The one of `known` that is spelt most like `word`, if any comes near.
///
/// ```
/// assert_eq!(fauxami::error::nearest("tens-drift", ["calque", "tense-drift"]), Some("tense-drift"));
/// assert_eq!(fauxami::error::nearest("xyz", ["calque", "tense-drift"]), None);
/// ```
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    known
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
