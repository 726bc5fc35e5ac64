//! Rules, and what they look at: a story of passages, each analysed once, with the reference and source that answer it.

mod around;
mod confidence;
mod edits;
mod facts;
mod finding;
pub mod lexicon;
pub mod registry;
mod rewrites;
mod rule;
mod rules;

pub use confidence::{BARELY, Odds, RuleOdds, extent, has_odds, is_fitted, log_odds, logistic};
pub(crate) use edits::{Person, interchangeable, is_content, is_initials, is_initials_of, is_proper_name, variants};
pub use finding::Finding;
pub(crate) use lexicon::classes::is_date;
pub use lexicon::{Hit, Lexicon, Origin, origins};
pub use rule::{Check, Needs, Rule, Sink};
pub(crate) use rules::gaps::{added, lacking};
pub(crate) use rules::verbs::{Group, Time, group, next_verb};
pub(crate) use rules::words::says;

use crate::align::WordAlignment;
use crate::config::{Config, Severity};
use crate::span::Span;
use crate::text::fluency::{Edit, Fluency, fluency, roughness};
use crate::text::numbers::Number;
use crate::text::{Analysis, Language, Later};
use std::cell::OnceCell;

/// A passage of the reference or source that answers one of the translation.
#[derive(Debug)]
pub struct Counterpart<'t> {
    /// Its text.
    pub text: Later<'t>,
    /// Where it starts in the whole reference or source, in bytes.
    pub offset: usize,
    /// How sure the alignment is, 0 to 1.
    pub score: f64,
}

/// One passage of the translation: a paragraph of a story, or the segment of a pair.
#[derive(Debug)]
pub struct Passage<'t> {
    /// 0-based place in the story.
    pub index: usize,
    /// Where it starts in the story, in bytes.
    pub offset: usize,
    /// Its text, analysed.
    pub text: Analysis<'t>,
    /// Whether it looks like a headline, caption, list item or other line that is no running text.
    pub display: bool,
    /// The reference, where one is given and something in it answers this passage.
    pub reference: Option<Counterpart<'t>>,
    /// The source, likewise.
    pub source: Option<Counterpart<'t>>,
    words: OnceCell<WordAlignment>,
    edits: OnceCell<Vec<edits::Edit>>,
    fluency: OnceCell<Fluency>,
    unrelated: OnceCell<bool>,
    phrases: OnceCell<Vec<Hit>>,
    reference_phrases: OnceCell<Vec<Hit>>,
    source_language: OnceCell<Language>,
    source_facts: OnceCell<Option<Vec<(Span, facts::Fact)>>>,
}

impl<'t> Passage<'t> {
    /// A passage at byte `offset` of its story, with what answers it.
    #[must_use]
    pub fn new(
        index: usize,
        offset: usize,
        text: Analysis<'t>,
        reference: Option<Counterpart<'t>>,
        source: Option<Counterpart<'t>>,
    ) -> Self {
        let display = is_display(&text);
        Self {
            index,
            offset,
            text,
            display,
            reference,
            source,
            words: OnceCell::new(),
            edits: OnceCell::new(),
            fluency: OnceCell::new(),
            unrelated: OnceCell::new(),
            phrases: OnceCell::new(),
            reference_phrases: OnceCell::new(),
            source_language: OnceCell::new(),
            source_facts: OnceCell::new(),
        }
    }

    /// The words aligned with the reference's, where there is one.
    #[must_use]
    pub fn words(&self) -> Option<(&WordAlignment, &Counterpart<'t>)> {
        let reference = self.reference.as_ref()?;
        Some((self.words.get_or_init(|| WordAlignment::new(&self.text, &reference.text)), reference))
    }

    /// How much of what the content words of the passage and its reference say the other has, 0 to 1; none without a reference, or where
    /// the words of their language are not known.
    #[must_use]
    pub fn answered(&self) -> Option<f64> {
        let (words, reference) = self.words().filter(|_| self.text.english)?;
        if reference.text.text == self.text.text { Some(1.0) } else { words.f_measure(&self.text, &reference.text) }
    }

    /// What the passage and its reference differ in.
    fn edits(&self) -> &[edits::Edit] {
        self.edits.get_or_init(
            || {
                if self.is_unrelated() || !self.text.english { Vec::new() } else { edits::edits(self) }
            },
        )
    }

    /// Whether it is about something else than its reference.
    pub(crate) fn is_unrelated(&self) -> bool {
        let ask = || self.reference.as_ref().is_some_and(|r| rules::is_unrelated(&self.text, &r.text));
        *self.unrelated.get_or_init(ask)
    }

    /// The numbers of the passage and of its reference.
    #[must_use]
    pub fn numbers(&self) -> (&[Number], &[Number]) {
        (self.text.numbers(), self.reference.as_ref().map(|r| r.text.numbers()).unwrap_or_default())
    }

    fn fluency(&self) -> &Fluency {
        self.fluency.get_or_init(|| if self.text.english { fluency(&self.text) } else { Fluency::default() })
    }

    /// What is wrong with it as English, as far as its own words can say.
    #[must_use]
    pub fn repairs(&self) -> &[Edit] {
        &self.fluency().repairs
    }

    /// Forms of words that would be likelier, by too little to be repairs.
    #[must_use]
    pub fn forms(&self) -> &[Edit] {
        &self.fluency().forms
    }

    /// How rough it reads ([`crate::text::fluency::roughness`]).
    #[must_use]
    pub fn roughness(&self) -> Option<f64> {
        // A rule may have read it already; what no rule reads is not searched for repairs.
        self.fluency.get().map_or_else(|| roughness(&self.text), |fluency| fluency.roughness)
    }

    /// The entries of the lexicon that stand in it and are to be told; always of one lexicon.
    #[must_use]
    pub fn phrases(&self, lexicon: &Lexicon) -> &[Hit] {
        self.phrases.get_or_init(|| if self.text.english { lexicon.told(&self.text) } else { Vec::new() })
    }

    /// The entries of the lexicon that stand in its reference; always of one lexicon.
    fn reference_phrases(&self, lexicon: &Lexicon) -> &[Hit] {
        let find = || self.reference.as_ref().map(|reference| lexicon.hits(&reference.text)).unwrap_or_default();
        self.reference_phrases.get_or_init(find)
    }

    /// The language of its source; unsure where there is none.
    fn source_language(&self) -> Language {
        let ask = |source: &Counterpart<'_>| Language::of(source.text.text);
        *self.source_language.get_or_init(|| self.source.as_ref().map_or(Language::Unsure { guess: None }, ask))
    }

    /// What single words of the source say plainly; `None` without a source in a language whose words are known.
    fn source_facts(&self) -> Option<&[(Span, facts::Fact)]> {
        let ask = |source: &Counterpart<'_>| {
            let written = source.text.text;
            let latin = written.bytes().any(|b| b.is_ascii_lowercase());
            let code = match self.source_language() {
                // Letters that no neighbour writes, whose language would be guessed.
                _ if written.contains(['þ', 'ð', 'Þ']) => "is",
                _ if written.contains(['і', 'ї', 'є', 'ґ']) => "uk",
                _ if written.contains(['ы', 'э', 'ё']) => "ru",
                Language::Known { code, .. } => code,
                Language::Unsure { guess } => guess.filter(|_| !latin)?,
            };
            facts::facts(&source.text, code)
        };
        self.source_facts.get_or_init(|| self.source.as_ref().and_then(ask)).as_deref()
    }

    /// A span of this passage, in bytes of the story.
    #[must_use]
    pub fn at(&self, span: Span) -> Span {
        span.shifted(self.offset)
    }

    /// The span of tokens `range`, in bytes of the story.
    #[must_use]
    pub fn tokens_at(&self, range: std::ops::Range<usize>) -> Span {
        self.at(self.text.span(range))
    }
}

/// A line that is no running text: short, without a closing mark, as headlines, captions and list items are.
fn is_display(text: &Analysis<'_>) -> bool {
    let words = text.words();
    let closed = text
        .text
        .trim_end()
        .ends_with(['.', '!', '?', '"', '\u{201d}', '\u{2019}', '\u{2026}', ':', ';', ')', ']', '\u{3002}']);
    let bullet = text
        .text
        .trim_start()
        .starts_with(['-', '*', '\u{2022}', '\u{2013}', '\u{2014}', '\u{25aa}', '\u{25cf}', '\u{b7}']);
    let listed = {
        let head = text.text.trim_start();
        let digits = head.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && digits <= 2 && head[digits..].starts_with(['.', ')']) && head[digits + 1..].starts_with(' ')
    };
    // A quotation with its attribution is running text, however short.
    let attributed = text.text.contains(",\u{201d}") || text.text.contains(",\"") || text.text.contains(",\u{2019} ");
    bullet || listed || (!closed && words <= 16 && !attributed)
}

/// A story: what every rule sees.
#[derive(Debug)]
pub struct Story<'t> {
    /// The whole text.
    pub text: &'t str,
    /// Its passages, in order.
    pub passages: Vec<Passage<'t>>,
    /// The language of the text.
    pub language: Language,
    /// Whether it is a whole document, with a headline and an end, rather than a lone segment.
    pub whole: bool,
    /// Parts of the reference that nothing in the translation answers: the byte of the story where they should stand,
    /// and where they stand in the reference.
    pub missing: Vec<(usize, Span)>,
    /// Sentences of the translation that nothing in the reference answers, in bytes of the story.
    pub surplus: Vec<Span>,
    /// The whole reference, where one is given.
    pub reference: Option<&'t str>,
    /// The phrases that are known.
    pub lexicon: &'t Lexicon,
    /// The languages that those in the story come from.
    pub(crate) spoken: lexicon::Spoken,
}

/// What the rules say of a story.
#[derive(Clone, Debug, Default)]
pub struct Detected {
    /// Findings as likely as the configuration asks for, in order of place and rule. Where two of different rules lie on
    /// the same words, the more specific one stays.
    pub findings: Vec<Finding>,
    /// What the score is to take, whether it is told or not, in order of place.
    pub weights: Vec<Weight>,
}

/// What a finding weighs in the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// The byte of the story where it starts.
    pub at: usize,
    /// Id of its rule.
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// How far it can be trusted, 0 to 1.
    pub trust: f64,
}

impl Weight {
    /// Whether it says no more than that the reference has other words.
    #[must_use]
    pub fn is_reworded(&self) -> bool {
        self.rule == "mistranslation" && self.severity == Severity::Minor
    }
}

/// Runs every rule that `config` lets run.
#[must_use]
pub fn detect(story: &Story<'_>, config: &Config) -> Detected {
    let mut out: Vec<Finding> = Vec::new();
    let english = story.language.may_be("en") || story.language.code().is_none();
    for rule in registry::all() {
        if !config.runs(rule.id) || (rule.english && !english) {
            continue;
        }
        let from = out.len();
        let mut sink = Sink { rule, out: &mut out };
        match rule.check {
            Check::Passage(check) => {
                for passage in &story.passages {
                    check(passage, story, &mut sink);
                }
            }
            Check::Story(check) => check(story, &mut sink),
            Check::Both(passages, whole) => {
                for passage in &story.passages {
                    passages(passage, story, &mut sink);
                }
                whole(story, &mut sink);
            }
        }
        if let Some(severity) = config.severities.get(rule.id) {
            for finding in &mut out[from..] {
                finding.severity = *severity;
            }
        }
    }
    sort(&mut out);
    out.dedup_by(|next, kept| next.rule == kept.rule && next.span == kept.span);
    let weights = settled(&out, |finding| f64::from(finding.strength), |_| FAINTEST)
        .into_iter()
        .map(|(k, doubt)| Weight {
            at: out[k].span.start,
            rule: out[k].rule,
            severity: out[k].severity,
            trust: ((doubt - FAINTEST) / (CERTAIN - FAINTEST)).clamp(0.0, 1.0),
        })
        .collect();
    for finding in &mut out {
        Odds::builtin().settle(finding, story.text, story.reference.unwrap_or_default());
    }
    let least = |finding: &Finding| {
        let usual = if is_fitted(finding) { Config::MIN_CONFIDENCE_REFERENCE } else { Config::MIN_CONFIDENCE };
        config.min_confidence.unwrap_or(usual)
    };
    let mut told = vec![false; out.len()];
    for (k, _) in settled(&out, |finding| f64::from(finding.confidence), least) {
        told[k] = true;
    }
    let mut told = told.into_iter();
    out.retain(|_| told.next().unwrap_or(false));
    let mut findings = rewrites::gathered(out, story, config);
    around::marked(&mut findings, story);
    sort(&mut findings);
    Detected { findings, weights }
}

/// Puts findings in order of place and rule.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
}

/// Strength below which a finding is not even weighed.
const FAINTEST: f64 = 0.1;
/// Strength from which a finding weighs in full.
const CERTAIN: f64 = 0.8;

/// Whether one finding lies on the place of another. Differences of wording may be long: a word in them does not explain
/// them.
fn overlaps(other: &Finding, finding: &Finding) -> bool {
    if !other.span.touches(finding.span) {
        return false;
    }
    if !matches!(finding.rule, "mistranslation" | "addition") || finding.span.is_empty() {
        return true;
    }
    let shared = other.span.end.min(finding.span.end).saturating_sub(other.span.start.max(finding.span.start));
    shared * 2 >= finding.span.end - finding.span.start
}

/// Whether another finding explains the place of this one better.
fn gives_way(finding: &Finding, other: &Finding) -> bool {
    // A guess at what a word is gives way to no fact that the reference shows.
    let doubted = matches!(finding.rule, "name-mismatch" | "antonym") && other.strength < finding.strength;
    overlaps(other, finding) && other.rule != finding.rule && !doubted && registry::gives_way(finding.rule, other.rule)
}

/// The findings that `of` says at least so much of, by their places in `findings`, without those that say less about a place than another
/// one that explains it. Each comes with how likely it is that something is wrong there, whatever its name: what two rules doubt is
/// the likelier to be wrong. `findings` are in order of their spans.
fn settled(findings: &[Finding], of: impl Fn(&Finding) -> f64, least: impl Fn(&Finding) -> f64) -> Vec<(usize, f64)> {
    let asked: Vec<usize> = (0..findings.len()).filter(|&k| of(&findings[k]) >= least(&findings[k])).collect();
    // How far those up to each one reach: only what lies between can touch a span.
    let mut reach = 0;
    let reaches: Vec<usize> = asked
        .iter()
        .map(|&k| {
            reach = reach.max(findings[k].span.end);
            reach
        })
        .collect();
    let near = |finding: &Finding| {
        let from = reaches.partition_point(|&end| end < finding.span.start);
        from..asked.partition_point(|&k| findings[k].span.start <= finding.span.end)
    };
    let lost: Vec<bool> = asked
        .iter()
        .map(|&k| near(&findings[k]).any(|other| gives_way(&findings[k], &findings[asked[other]])))
        .collect();
    let mut doubts: Vec<f64> = asked.iter().map(|&k| of(&findings[k])).collect();
    for n in (0..asked.len()).filter(|&n| lost[n]) {
        let finding = &findings[asked[n]];
        let kept = |&other: &usize| !lost[other] && gives_way(finding, &findings[asked[other]]);
        if let Some(kept) = near(finding).find(kept) {
            doubts[kept] = 1.0 - (1.0 - doubts[kept]) * (1.0 - of(finding));
        }
    }
    (0..asked.len()).filter(|&n| !lost[n]).map(|n| (asked[n], doubts[n])).collect()
}
