//! Findings that need not be told again: those of a baseline, and those that a file beside the story allows.
//!
//! Both are read and written as text here; the files themselves are the caller's.

mod allow;
mod fingerprint;
mod known;

pub use allow::Allowances;
pub use fingerprint::{Fingerprint, fingerprints};
pub use known::Baseline;

use crate::audit::StoryAudit;
use crate::detect::Finding;

/// Takes the findings out of `audit` for which `keep` is false, told with their fingerprints in the order of the audit; says
/// how many went. The penalties then sum up what is left; the scores are of the text and stay.
///
/// ```
/// use fauxami::{Auditor, Config, Inputs, baseline};
/// let text = "They took the the vote.";
/// let mut audit = Auditor::new(&Config::default())?.story(&Inputs { text, ..Inputs::default() });
/// let score = audit.score;
/// let gone = baseline::retain(&mut audit, text, |finding, _| finding.rule != "repeated-word");
/// assert_eq!((gone, audit.penalty, audit.score), (1, 0.0, score));
/// # Ok::<(), fauxami::Error>(())
/// ```
pub fn retain(audit: &mut StoryAudit, text: &str, mut keep: impl FnMut(&Finding, &Fingerprint) -> bool) -> usize {
    let mut prints = fingerprints(audit, text).into_iter();
    let mut gone = 0;
    for passage in &mut audit.passages {
        let before = passage.findings.len();
        passage.findings.retain(|finding| prints.next().is_none_or(|print| keep(finding, &print)));
        gone += before - passage.findings.len();
        passage.penalty = passage.findings.iter().map(Finding::penalty).sum();
    }
    audit.penalty = audit.passages.iter().map(|passage| passage.penalty).sum();
    gone
}
