//! Findings that are known or allowed: the files that say so.

use super::files;
use super::plan::is_standard;
use super::streams::{Failure, Streams};
use crate::baseline::{Allowances, Baseline, Fingerprint};
use crate::error::{Error, Result};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a file beside a story is called, after the story's own name.
const BESIDE: &str = ".fauxami.toml";

/// A baseline and where it is kept.
pub struct Known {
    path: PathBuf,
    baseline: Baseline,
    update: bool,
}

/// What was met in one story.
pub struct Met {
    story: String,
    /// Findings that the file beside the story allows.
    pub allowed: usize,
    /// Findings that the baseline knows or is to know.
    prints: BTreeSet<Fingerprint>,
    known: usize,
}

impl Known {
    /// Reads a baseline. One that is to be written need not be there.
    ///
    /// # Errors
    /// Where it cannot be read or is no baseline.
    pub fn read(path: &Path, update: bool) -> Result<Self> {
        let name = files::name(path);
        let baseline = match std::fs::read(path) {
            Err(error) if update && error.kind() == std::io::ErrorKind::NotFound => Baseline::default(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::usage("no such file")
                    .file(name)
                    .expected("a baseline")
                    .remedy("make it with --update-baseline"));
            }
            Err(error) => return Err(Error::io(path, &error)),
            Ok(bytes) => Baseline::parse(&String::from_utf8_lossy(&bytes), &name)?,
        };
        Ok(Self { path: path.to_owned(), baseline, update })
    }

    /// What the baseline calls a story: its path from the baseline's folder on, so that it does not matter where the program
    /// is run.
    fn name(&self, story: &Path) -> String {
        if is_standard(story) {
            return files::name(story);
        }
        let (story, own) = (whole(story), whole(&self.path));
        let inside = own.parent().and_then(|folder| story.strip_prefix(folder).ok()).unwrap_or(&story);
        inside.to_string_lossy().replace('\\', "/")
    }
}

/// The path from the root on, without `..`. What stands in a folder keeps the name that it has there, be it a link.
fn whole(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = whole.parent().and_then(|folder| std::fs::canonicalize(folder).ok());
    match folder.zip(whole.file_name()) {
        Some((folder, name)) => folder.join(name),
        None => whole,
    }
}

impl Met {
    pub fn new(known: Option<&Known>, story: &Path) -> Self {
        let story = known.map_or_else(String::new, |known| known.name(story));
        Self { story, allowed: 0, prints: BTreeSet::new(), known: 0 }
    }

    /// Whether a finding is known, or is to be from now on.
    pub fn knows(&mut self, known: &Known, print: &Fingerprint) -> bool {
        let knows = known.update || known.baseline.knows(&self.story, print);
        if knows {
            self.prints.insert(print.clone());
            self.known += 1;
        }
        knows
    }
}

/// What the file beside a story allows, if there is one.
///
/// # Errors
/// Where it cannot be read or is wrong.
pub fn beside(story: &Path) -> Result<Option<Allowances>> {
    if is_standard(story) {
        return Ok(None);
    }
    let mut path = story.as_os_str().to_owned();
    path.push(BESIDE);
    let path = PathBuf::from(path);
    match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(&path, &error)),
        Ok(bytes) => Allowances::parse(&String::from_utf8_lossy(&bytes), &files::name(&path)).map(Some),
    }
}

/// Says what was left out, and writes the baseline where that was asked for and every story was read.
///
/// # Errors
/// Where it cannot be written.
pub fn conclude(
    known: Option<Known>,
    met: Vec<Met>,
    failed: usize,
    streams: Streams,
) -> std::result::Result<(), Failure> {
    let (allowed, found) = met.iter().fold((0, 0), |sums, met| (sums.0 + met.allowed, sums.1 + met.known));
    if allowed > 0 {
        streams.note(&format!("{allowed} allowed beside the stories and not reported"));
    }
    let Some(mut known) = known else { return Ok(()) };
    let name = files::name(&known.path);
    if !known.update {
        let lost: usize = met.iter().map(|met| known.baseline.count(&met.story).saturating_sub(met.prints.len())).sum();
        let lost =
            if lost > 0 { format!("; {lost} no longer found, --update-baseline drops them") } else { String::new() };
        streams.note(&format!("{found} known from {name} and not reported{lost}"));
        return Ok(());
    }
    if failed > 0 {
        streams.warn(&format!("{name} is left as it was, since not every story was read"));
        return Ok(());
    }
    let stories = met.len();
    for Met { story, prints, .. } in met {
        known.baseline.set(&story, prints);
    }
    let mut out = streams.output(Some(&known.path), false)?;
    out.write(&known.baseline.to_string())?;
    out.finish()?;
    let noun = if stories == 1 { "story" } else { "stories" };
    streams.note(&format!("{found} findings of {stories} {noun} are now known in {name}"));
    Ok(())
}
