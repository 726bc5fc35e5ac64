//! What stays of a finding when the story around it is edited.

use crate::audit::StoryAudit;
use crate::span::Span;
use crate::text::{Normal, sentences};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Words on each side that are part of a fingerprint, if the sentence has them.
const AROUND: usize = 3;
/// Characters of flagged words that are kept; of longer ones a digest stands for the rest.
const LONGEST: usize = 120;

/// A finding without its place: it survives edits elsewhere in the story.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fingerprint {
    /// Id of the rule.
    pub rule: String,
    /// The flagged words: one spelling of each character, in lower case, with single spaces.
    pub text: String,
    /// Up to three words before it in its sentence.
    pub before: String,
    /// Up to three words after it in its sentence.
    pub after: String,
    /// 1 for the first such finding in the story, 2 for the next.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub occurrence: usize,
}

const fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_one(count: &usize) -> bool {
    *count == 1
}

impl Fingerprint {
    /// 32 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> String {
        let Self { rule, text, before, after, occurrence } = self;
        hex(&format!("{rule}\0{text}\0{before}\0{after}\0{occurrence}"), 16)
    }
}

fn hex(text: &str, bytes: usize) -> String {
    Sha256::digest(text).iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
}

/// The fingerprints of all findings, passage by passage, in the order of the audit.
///
/// ```
/// use fauxami::{Auditor, Config, Inputs, baseline::fingerprints};
/// let auditor = Auditor::new(&Config::default())?;
/// let prints = |text| fingerprints(&auditor.story(&Inputs { text, ..Inputs::default() }), text);
/// let [print] = &prints("The talks went on.\n\nThey took the the vote.")[..] else { panic!() };
/// assert_eq!((&*print.rule, &*print.text, &*print.before, &*print.after), ("repeated-word", "the", "they took the", "vote"));
/// assert_eq!(prints("Another start.\n\nAnd more.\n\nThey took the the vote."), [print.clone()]);
/// # Ok::<(), fauxami::Error>(())
/// ```
#[must_use]
pub fn fingerprints(audit: &StoryAudit, text: &str) -> Vec<Fingerprint> {
    let mut seen: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    let mut prints = Vec::new();
    for passage in audit.passages.iter().filter(|passage| !passage.findings.is_empty()) {
        let own = text.get(passage.span.range()).unwrap_or_default();
        let sentences: Vec<Span> = sentences(own).into_iter().map(|s| s.shifted(passage.span.start)).collect();
        for finding in &passage.findings {
            let span = finding.span;
            let first = sentences[..sentences.partition_point(|s| s.start <= span.start)].last();
            let last = sentences.get(sentences.partition_point(|s| s.end < span.end));
            let slice = |from: usize, to: usize| text.get(from..to.max(from)).unwrap_or_default();
            let before = words(slice(first.map_or(passage.span.start, |s| s.start), span.start));
            let after = words(slice(span.end, last.map_or(passage.span.end, |s| s.end)));
            let mut print = Fingerprint {
                rule: finding.rule.to_owned(),
                text: folded(slice(span.start, span.end)),
                before: before[before.len().saturating_sub(AROUND)..].join(" "),
                after: after[..after.len().min(AROUND)].join(" "),
                occurrence: 1,
            };
            let count = seen.entry(print.clone()).or_default();
            *count += 1;
            print.occurrence = *count;
            prints.push(print);
        }
    }
    prints
}

/// One spelling of the words: normal form, lower case, single spaces; cut where it is long.
pub(super) fn folded(text: &str) -> String {
    let normal = Normal::new(text).text().to_lowercase();
    let text = normal.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}… {}", &text[..at], hex(&text, 4)),
        None => text,
    }
}

/// The words of a text alone, folded: punctuation around a finding may be mended without its being another one.
fn words(text: &str) -> Vec<String> {
    let normal = Normal::new(text).text().to_lowercase();
    normal.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
