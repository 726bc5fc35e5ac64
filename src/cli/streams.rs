//! Standard output and standard error, and what may go wrong with them.

use super::pager::Pager;
use super::plan::is_standard;
use crate::error::{Error, Result};
use anstream::{AutoStream, StripStream};
use anstyle::{AnsiColor, Style};
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Why a command stopped.
pub enum Failure {
    /// The reader of standard output has gone; that is no error.
    Closed,
    /// Trouble.
    Error(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// What standard error gets: warnings and errors in colour, where colour is wanted.
#[derive(Clone, Copy)]
pub struct Streams {
    pub color: anstream::ColorChoice,
    /// Whether text longer than the screen may go through a pager.
    pub pager: bool,
}

impl Streams {
    /// A line on standard error. Nothing can be done where that fails.
    pub fn note(&self, text: &str) {
        let _ = writeln!(AutoStream::new(io::stderr(), self.color).lock(), "{text}");
    }

    pub fn warn(&self, text: &str) {
        self.labelled(AnsiColor::Yellow.on_default().bold(), "warning", text);
    }

    pub fn error(&self, error: &Error) {
        self.labelled(AnsiColor::Red.on_default().bold(), "error", &error.to_string());
    }

    fn labelled(&self, style: Style, label: &str, text: &str) {
        self.note(&format!("{style}{label}:{style:#} {}", crate::report::shown(text)));
    }

    /// Standard output for text with styles, which are kept where colour is wanted; on a terminal a pager shows what is longer
    /// than the screen.
    pub fn styled(&self) -> Output {
        if let Some(pager) = self.pager.then(Pager::new).flatten() {
            let bare = self.color == anstream::ColorChoice::Never
                || self.color == anstream::ColorChoice::Auto
                    && AutoStream::choice(&io::stdout()) == anstream::ColorChoice::Never;
            return if bare {
                Output::new(StripStream::new(Box::new(pager) as Box<dyn Write>), None)
            } else {
                Output::new(pager, None)
            };
        }
        Output::new(AutoStream::new(io::stdout(), self.color), None)
    }

    /// Standard output for data, byte for byte.
    pub fn plain(&self) -> Output {
        Output::new(io::stdout(), None)
    }

    /// Standard output or, where `path` names one, a file. `styled` text loses its styles in a file.
    ///
    /// # Errors
    /// Where the file cannot be created.
    pub fn output(&self, path: Option<&Path>, styled: bool) -> Result<Output> {
        let Some(path) = path.filter(|path| !is_standard(path)) else {
            return Ok(if styled { self.styled() } else { self.plain() });
        };
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let file = File::create(&partial).map_err(|error| Error::io(&partial, &error))?;
        let names = Some((partial, path.to_owned()));
        Ok(if styled { Output::new(AutoStream::never(file), names) } else { Output::new(file, names) })
    }
}

/// Columns of the terminal: `COLUMNS` where it is set, the terminal's own width, or 100.
pub fn columns() -> usize {
    let set = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok()).filter(|columns| *columns > 0);
    set.or_else(|| terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))).unwrap_or(100)
}

/// Where results go: standard output, or a file that gets its name only when it is complete.
pub struct Output {
    writer: Box<dyn Write>,
    file: Option<(PathBuf, PathBuf)>,
}

impl Output {
    fn new(writer: impl Write + 'static, file: Option<(PathBuf, PathBuf)>) -> Self {
        Self { writer: Box::new(BufWriter::with_capacity(1 << 16, writer)), file }
    }

    /// Writes `text`.
    ///
    /// # Errors
    /// Where it cannot be written: [`Failure::Closed`] if the reader has gone.
    pub fn write(&mut self, text: &str) -> std::result::Result<(), Failure> {
        self.writer.write_all(text.as_bytes()).map_err(|error| self.failure(&error))
    }

    /// Writes what is still held, and gives the file its name.
    ///
    /// # Errors
    /// As [`Output::write`].
    pub fn finish(mut self) -> std::result::Result<(), Failure> {
        self.writer.flush().map_err(|error| self.failure(&error))?;
        if let Some((partial, path)) = &self.file {
            std::fs::rename(partial, path).map_err(|error| self.failure(&error))?;
        }
        Ok(())
    }

    /// Where what was written so far is kept, if it did not go to standard output.
    pub fn partial(&self) -> Option<&Path> {
        self.file.as_ref().map(|(partial, _)| partial.as_path())
    }

    fn failure(&self, error: &io::Error) -> Failure {
        match &self.file {
            None if error.kind() == io::ErrorKind::BrokenPipe => Failure::Closed,
            None => Failure::Error(Error::io(Path::new("standard output"), error)),
            Some((partial, _)) => Failure::Error(Error::io(partial, error)),
        }
    }
}

/// Whether standard error is watched by a person.
pub fn watched() -> bool {
    io::stderr().is_terminal()
}
