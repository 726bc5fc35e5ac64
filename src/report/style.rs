//! Colours. They are always written; the stream that prints them strips them where they are not wanted.

use crate::config::Severity;
use anstyle::{AnsiColor, Style};
use std::fmt::Display;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const GOOD: Style = AnsiColor::Green.on_default();

pub(super) const fn severity(level: Severity) -> Style {
    match level {
        Severity::Neutral => AnsiColor::Cyan.on_default(),
        Severity::Minor => AnsiColor::Yellow.on_default(),
        Severity::Major => AnsiColor::Red.on_default().bold(),
        Severity::Critical => AnsiColor::Magenta.on_default().bold(),
    }
}

/// `text` in `style`, and plain again.
pub(super) fn paint(style: Style, text: impl Display) -> String {
    format!("{style}{text}{style:#}")
}
