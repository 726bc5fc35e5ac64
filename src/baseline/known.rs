//! The baseline: a file with the findings that are known, a line each.

use super::Fingerprint;
use crate::error::{Error, Place, Result};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The first line of a baseline.
const HEAD: &str = "{\"fauxami-baseline\":1}";

/// Known findings by story.
///
/// ```
/// use fauxami::baseline::Baseline;
/// let text = "{\"fauxami-baseline\":1}\n{\"story\":\"a.txt\",\"rule\":\"calque\",\"text\":\"x\",\"before\":\"\",\"after\":\"y\"}\n";
/// let baseline = Baseline::parse(text, "known.jsonl")?;
/// assert_eq!(baseline.to_string(), text);
/// let error = Baseline::parse(&text.replace("rule", "rul"), "known.jsonl").unwrap_err();
/// assert!(error.to_string().starts_with("known.jsonl:2: "));
/// # Ok::<(), fauxami::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<String, BTreeSet<Fingerprint>>);

#[derive(Serialize, Deserialize)]
struct Row {
    story: String,
    #[serde(flatten)]
    print: Fingerprint,
}

impl Baseline {
    /// Reads a baseline; `file` names it in errors.
    ///
    /// # Errors
    /// Where the first line is not that of a baseline or another line is no finding.
    pub fn parse(text: &str, file: &str) -> Result<Self> {
        let fail = |line: usize, found: String| {
            let remedy = "mend or delete the line, or write the file anew with --update-baseline";
            Error::usage(found).file(file).at(Place::Line(line)).remedy(remedy)
        };
        let mut lines = text.lines();
        if lines.next().map(str::trim_end) != Some(HEAD) {
            return Err(fail(1, "no baseline".to_owned()).expected(format!("`{HEAD}`")));
        }
        let mut known = Self::default();
        for (at, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let row: Row = serde_json::from_str(line).map_err(|error| {
                let reason = error.to_string();
                let reason = reason.split(" at line").next().unwrap_or_default().to_owned();
                fail(at + 2, reason).expected("an object with story, rule, text, before and after")
            })?;
            known.0.entry(row.story).or_default().insert(row.print);
        }
        Ok(known)
    }

    /// Whether a finding of a story is known.
    #[must_use]
    pub fn knows(&self, story: &str, print: &Fingerprint) -> bool {
        self.0.get(story).is_some_and(|prints| prints.contains(print))
    }

    /// How many findings of a story are known.
    #[must_use]
    pub fn count(&self, story: &str) -> usize {
        self.0.get(story).map_or(0, BTreeSet::len)
    }

    /// Replaces what is known of a story. Other stories keep what they have.
    pub fn set(&mut self, story: &str, prints: BTreeSet<Fingerprint>) {
        if prints.is_empty() {
            self.0.remove(story);
        } else {
            self.0.insert(story.to_owned(), prints);
        }
    }
}

/// The file: sorted by story and rule, so that a change of one finding changes one line.
impl std::fmt::Display for Baseline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{HEAD}")?;
        for (story, prints) in &self.0 {
            for print in prints {
                let row = Row { story: story.clone(), print: print.clone() };
                writeln!(f, "{}", serde_json::to_string(&row).map_err(|_| std::fmt::Error)?)?;
            }
        }
        Ok(())
    }
}
