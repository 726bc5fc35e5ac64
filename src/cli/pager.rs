//! A pager for what is longer than the screen.

use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, Stdio};

/// Without `$PAGER`. `less` shows colours with `-R`, and leaves the text on the screen with `-X`.
const USUAL: &str = "less -FRX";

/// Standard output of a terminal: what fits the screen is written there, what is longer goes through a pager.
pub struct Pager {
    /// Program and arguments.
    command: Vec<String>,
    /// Lines of the screen.
    rows: usize,
    held: Vec<u8>,
    lines: usize,
    child: Option<Child>,
    /// The screen is written to without a pager.
    plain: bool,
}

impl Pager {
    /// A pager if standard output is a terminal and `$PAGER` does not forbid it by being empty or `cat`.
    pub fn new() -> Option<Self> {
        if !io::stdout().is_terminal() {
            return None;
        }
        let rows = usize::from(terminal_size::terminal_size_of(io::stdout())?.1.0);
        let command = std::env::var("PAGER").unwrap_or_else(|_| USUAL.to_owned());
        let command: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        if command.first().is_none_or(|program| program == "cat") {
            return None;
        }
        Some(Self { command, rows, held: Vec::new(), lines: 0, child: None, plain: false })
    }

    /// Starts the pager; where it does not start, the screen has to do.
    fn start(&mut self) -> io::Result<()> {
        match Command::new(&self.command[0]).args(&self.command[1..]).stdin(Stdio::piped()).spawn() {
            Ok(child) => self.child = Some(child),
            Err(_) => self.plain = true,
        }
        let held = std::mem::take(&mut self.held);
        self.pass(&held)
    }

    fn pass(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.child.as_mut().and_then(|child| child.stdin.as_mut()) {
            Some(stdin) => stdin.write_all(bytes),
            None => io::stdout().write_all(bytes),
        }
    }
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.plain || self.child.is_some() {
            self.pass(bytes)?;
            return Ok(bytes.len());
        }
        self.held.extend_from_slice(bytes);
        self.lines += memchr::memchr_iter(b'\n', bytes).count();
        // The prompt takes a line.
        if self.lines >= self.rows {
            self.start()?;
        }
        Ok(bytes.len())
    }

    /// Holds on to what may yet be more than a screen: [`Pager::drop`] shows it.
    fn flush(&mut self) -> io::Result<()> {
        match self.child.as_mut().and_then(|child| child.stdin.as_mut()) {
            Some(stdin) => stdin.flush(),
            None => Ok(()),
        }
    }
}

impl Drop for Pager {
    /// Shows what is held, or waits until the reader has done with the pager.
    fn drop(&mut self) {
        let held = std::mem::take(&mut self.held);
        let _ = self.pass(&held);
        match &mut self.child {
            Some(child) => {
                drop(child.stdin.take());
                let _ = child.wait();
            }
            None => {
                let _ = io::stdout().flush();
            }
        }
    }
}
