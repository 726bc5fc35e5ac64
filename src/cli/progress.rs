//! Progress on standard error, for work over a second that somebody watches.

use super::files;
use super::streams::watched;
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// A bar that appears after a second.
pub struct Bar {
    started: Instant,
    noun: &'static str,
    done: u64,
    source: Option<files::Progress>,
    bar: Option<ProgressBar>,
    wanted: bool,
}

impl Bar {
    /// `noun` names what is counted. Nothing is drawn unless standard error is a terminal and `wanted` holds.
    pub fn new(noun: &'static str, source: Option<files::Progress>, wanted: bool) -> Self {
        Self { started: Instant::now(), noun, done: 0, source, bar: None, wanted: wanted && watched() }
    }

    /// One more is done.
    pub fn tick(&mut self) {
        self.done += 1;
        if !self.wanted || (self.bar.is_none() && self.started.elapsed() < Duration::from_secs(1)) {
            return;
        }
        let total = self.source.as_ref().and_then(|source| source.total);
        let bar = self.bar.get_or_insert_with(|| match total {
            Some(total) => styled(ProgressBar::new(total), "{bar:30} {percent:>3} %  {msg}  {eta} left"),
            None => styled(ProgressBar::new_spinner(), "{spinner} {msg}  {elapsed}"),
        });
        if self.done.is_multiple_of(16) {
            let rate = self.done as f64 / self.started.elapsed().as_secs_f64();
            bar.set_message(format!("{} {}, {rate:.0} a second", self.done, self.noun));
            if let Some(source) = self.source.as_ref().filter(|source| source.total.is_some()) {
                bar.set_position(source.read.load(Ordering::Relaxed));
            }
            bar.tick();
        }
    }

    /// Takes the bar away.
    pub fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

fn styled(bar: ProgressBar, template: &str) -> ProgressBar {
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
