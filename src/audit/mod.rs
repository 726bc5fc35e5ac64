//! The whole path for one story or one pair: analyse, align, detect, score.

mod counts;
mod cut;
mod twin;

pub use counts::CorpusCounts;

use crate::config::{Config, Severity};
use crate::detect::{
    Counterpart, Detected, Finding, Lexicon, Origin, Passage, Story, Weight, detect, origins, registry,
};
use crate::error::{Error, Result, nearest};
use crate::read::{Pair, paragraphs};
use crate::score::metrics;
use crate::score::passage::{Evidence, Likeness, MeanParts, by_rule, lost, score};
use crate::score::significance::{Interval, mean_interval};
use crate::score::{Band, Basis, Measures, Metric, Weights};
use crate::span::Span;
use crate::text::{Analysis, Language, Later, count_words};
use cut::{Against, Cut};
use std::sync::Arc;

/// A translation with what it may be held against.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inputs<'a> {
    /// The translation.
    pub text: &'a str,
    /// A reference translation in the same language.
    pub reference: Option<&'a str>,
    /// The source text.
    pub source: Option<&'a str>,
}

/// Audits stories and pairs. Cheap to share between threads; the same input gives the same answer on each.
///
/// ```
/// use fauxami::{Auditor, Config, Inputs};
/// let auditor = Auditor::new(&Config::default())?;
/// let audit = auditor.story(&Inputs { text: "The talks will go on, the the ministry said.", ..Inputs::default() });
/// assert_eq!(audit.passages[0].findings[0].rule, "repeated-word");
/// # Ok::<(), fauxami::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Auditor {
    config: Config,
    measures: Measures,
    weights: Weights,
    explains: bool,
    lexicon: Arc<Lexicon>,
}

/// What an audit says of a story.
#[derive(Clone, Debug)]
pub struct StoryAudit {
    /// The language of the translation.
    pub language: Language,
    /// Its words.
    pub words: usize,
    /// Absolute penalty total: the sum of the findings' penalties, 0 upwards.
    pub penalty: f64,
    /// 0 to 100, higher is better: the mean of the passages' scores, weighted by words.
    pub score: f64,
    /// What the score is made from.
    pub basis: Basis,
    /// Where the score of such a story lies, by resampling its passages; none for fewer than two.
    pub interval: Option<Interval>,
    /// What took how many points of 100 away, the most first; the parts add up to 100 less the score.
    pub lost: Vec<(&'static str, f64)>,
    /// What the findings of each rule took away of that, the most first.
    pub by_rule: Vec<(&'static str, f64)>,
    /// Its passages, in order.
    pub passages: Vec<PassageAudit>,
    /// The languages that its phrases say it is translated from; empty where they do not tell.
    pub origin: Vec<Origin>,
    /// What the reader should know of how the audit was made, a sentence each.
    pub notes: Vec<String>,
}

impl StoryAudit {
    /// What the score means.
    #[must_use]
    pub fn band(&self) -> Band {
        Band::of(self.score, self.basis, self.worst())
    }

    /// The gravest severity found.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.passages.iter().flat_map(|passage| &passage.findings).map(|finding| finding.severity).max()
    }
}

/// What an audit says of a passage.
#[derive(Clone, Debug)]
pub struct PassageAudit {
    /// 0-based place in the story.
    pub index: usize,
    /// Where it stands, in bytes of the story.
    pub span: Span,
    /// What answers it, in bytes of the reference.
    pub reference: Option<Span>,
    /// 0 to 100, higher is better.
    pub score: f64,
    /// What the score is made of.
    pub evidence: Evidence,
    /// What took how many points of 100 away ([`crate::score::passage::lost`]).
    pub lost: Vec<(&'static str, f64)>,
    /// What the findings of each rule took away of that ([`crate::score::passage::by_rule`]).
    pub by_rule: Vec<(&'static str, f64)>,
    /// Sum of the penalties of its findings.
    pub penalty: f64,
    /// Metrics against the reference; empty without one.
    pub metrics: Vec<(&'static str, f64)>,
    /// Its findings, in order of place; spans in bytes of the whole story and reference.
    pub findings: Vec<Finding>,
}

/// What an audit says of a pair.
#[derive(Clone, Debug)]
pub struct PairAudit {
    /// 0 to 100, higher is better.
    pub score: f64,
    /// Sum of the penalties of the findings.
    pub penalty: f64,
    /// Words of the translation.
    pub words: usize,
    /// The metrics asked for, without the score.
    pub metrics: Vec<(&'static str, f64)>,
    /// Findings, in order of place; spans in bytes of the translation and the reference.
    pub findings: Vec<Finding>,
    /// The reference that the findings were held against, as an index into the pair's references.
    pub reference: Option<usize>,
    /// What the score is made of.
    pub evidence: Evidence,
    /// What took how many points of 100 away, if the auditor explains ([`Auditor::explaining`]).
    pub lost: Vec<(&'static str, f64)>,
    /// What the findings of each rule took away of that.
    pub by_rule: Vec<(&'static str, f64)>,
    /// What the pair adds to the corpus.
    pub counts: CorpusCounts,
    /// What the reader should know, a sentence each.
    pub notes: Vec<String>,
}

/// What a story is held against, and what is to be said of that.
struct Held<'a> {
    language: Language,
    english: bool,
    reference: Option<&'a str>,
    source: Option<&'a str>,
    notes: Vec<String>,
}

/// How much of a reference is in a translation, whatever the options of the metrics say.
fn likeness_measure() -> metrics::Chrf {
    metrics::Chrf::plus_plus()
}

/// Buffers of one worker.
#[derive(Debug, Default)]
pub struct Scratch {
    metrics: metrics::Scratch,
}

impl Auditor {
    /// An auditor with the rules and lexicons that `config` chooses.
    ///
    /// # Errors
    /// A rule id that no rule has (the nearest one is named), or a lexicon or weights that cannot be read or are wrong.
    pub fn new(config: &Config) -> Result<Self> {
        for id in config.rule_ids() {
            if registry::by_id(id).is_none() {
                let near = nearest(id, registry::all().iter().map(|r| r.id));
                let remedy =
                    near.map_or_else(|| "`fauxami rules` lists them".to_owned(), |n| format!("did you mean `{n}`?"));
                return Err(Error::usage(format!("unknown rule `{id}`")).remedy(remedy));
            }
        }
        // Half of the time of a short run is spent on building the constants: both halves at once.
        let lexicon = std::thread::scope(|scope| {
            // Without a thread to spare they are built when they are needed.
            let _ = std::thread::Builder::new().spawn_scoped(scope, crate::text::prepare);
            Lexicon::for_config(config)
        })?;
        Ok(Self {
            config: config.clone(),
            weights: Weights::for_config(config)?,
            explains: false,
            lexicon,
            measures: Measures::default(),
        })
    }

    /// The same auditor with other options for the metrics of pairs. The score is made as ever.
    #[must_use]
    pub fn with_measures(self, measures: Measures) -> Self {
        Self { measures, ..self }
    }

    /// The same auditor, which says of each pair what the score is lost to. Of stories it always does.
    #[must_use]
    pub fn explaining(self, explains: bool) -> Self {
        Self { explains, ..self }
    }

    /// Whether any rule runs.
    #[must_use]
    pub fn runs_rules(&self) -> bool {
        registry::all().iter().any(|rule| self.config.runs(rule.id))
    }

    /// The weights of the score.
    #[must_use]
    pub fn weights(&self) -> &Weights {
        &self.weights
    }

    /// The options of the metrics of pairs.
    #[must_use]
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// Audits a whole story. Any text has an answer.
    #[must_use]
    pub fn story(&self, inputs: &Inputs<'_>) -> StoryAudit {
        let held = self.held(inputs);
        let spans = paragraphs(inputs.text);
        let cut = Cut::new(inputs.text, &spans);
        let against = held.reference.map(|text| cut.against(inputs.text, text, true));
        let beside = held.source.map(|text| cut.against(inputs.text, text, false));
        self.judged(inputs.text, held, &spans, against, beside)
    }

    /// What a story may be held against: a reference in its own language, a source in another.
    fn held<'a>(&self, inputs: &Inputs<'a>) -> Held<'a> {
        let language = Language::of(inputs.text);
        let mut notes = Vec::new();
        let english = self.expects_english(language, &mut notes);
        let reference = inputs.reference.filter(|reference| {
            let theirs = Language::of(reference);
            let fits = theirs.code().is_none() || language.code().is_none() || theirs.code() == language.code();
            if !fits {
                notes.push(format!(
                    "the reference is in another language ({}) than the translation ({}) and is left out; give a source with --source",
                    theirs.label(),
                    language.label()
                ));
            }
            fits
        });
        let source = inputs.source.filter(|source| {
            let theirs = Language::of(source);
            let same = theirs.code().is_some() && theirs.code() == language.code();
            if same {
                notes.push(format!(
                    "the source is in the translation's own language ({}) and is left out",
                    theirs.label()
                ));
            }
            !same
        });
        Held { language, english, reference, source, notes }
    }

    /// Audits a story whose passages are `spans`, with what answers each in reference and source.
    fn judged(
        &self,
        text: &str,
        held: Held<'_>,
        spans: &[Span],
        against: Option<Against>,
        beside: Option<Against>,
    ) -> StoryAudit {
        let Held { language, english, reference, source, notes } = held;
        let analyse = |text| if english { Analysis::english(text) } else { Analysis::foreign(text) };
        let mut passages = Vec::with_capacity(spans.len());
        let mut answers: Vec<Option<Span>> = Vec::with_capacity(spans.len());
        for (index, span) in spans.iter().enumerate() {
            let answer = against.as_ref().and_then(|a| a.answers[index]);
            let origin = beside.as_ref().and_then(|b| b.answers[index]);
            let counterpart = answer.as_ref().zip(reference).map(|((s, score), theirs)| Counterpart {
                text: analyse(&theirs[s.range()]).into(),
                offset: s.start,
                score: *score,
            });
            let source = origin.zip(source).map(|((s, score), theirs)| Counterpart {
                text: Later::foreign(&theirs[s.range()]),
                offset: s.start,
                score,
            });
            answers.push(answer.map(|a| a.0));
            passages.push(Passage::new(index, span.start, analyse(&text[span.range()]), counterpart, source));
        }
        let (missing, surplus) = against.map(|a| (a.missing, a.surplus)).unwrap_or_default();
        let story = Story {
            text,
            passages,
            language,
            whole: true,
            missing,
            surplus,
            reference,
            lexicon: &self.lexicon,
            spoken: Default::default(),
        };
        let Detected { findings, weights } = detect(&story, &self.config);
        let phrases = ["calque", "false-friend"].iter().any(|rule| self.config.runs(rule));
        let origin = if phrases { origins(&story) } else { Vec::new() };

        let (mut scratch, measures) = (Scratch::default(), Measures::default());
        let mut out = Vec::with_capacity(spans.len());
        let mut rest = findings.into_iter().peekable();
        let mut weights = weights.as_slice();
        for (index, span) in spans.iter().enumerate() {
            let limit = spans.get(index + 1).map_or(usize::MAX, |next| next.start);
            let mut own = Vec::new();
            while let Some(finding) = rest.next_if(|f| f.span.start < limit) {
                own.push(finding);
            }
            let (here, later) = weights.split_at(weights.partition_point(|weight| weight.at < limit));
            weights = later;
            let passage = &text[span.range()];
            let answer = answers[index].zip(reference).map(|(s, theirs)| &theirs[s.range()]);
            let penalty: f64 = own.iter().map(Finding::penalty).sum();
            let words = story.passages[index].text.words();
            let mut metrics = Vec::new();
            let mut likeness = None;
            if let Some(answer) = answer {
                for metric in Metric::COUNTED {
                    let Some(measure) = measures.get(metric) else { continue };
                    let counts = measure.counts(passage, &[answer], &mut scratch.metrics);
                    let value = measure.sentence_score(&counts);
                    if metric == Metric::ChrfPp {
                        likeness = Some(value);
                    }
                    metrics.push((metric.name(), value));
                }
            }
            let evidence = Evidence::new(&story.passages[index], here, likeness);
            let (score, lost) = (score(&evidence, &self.weights), lost(&evidence, &self.weights));
            let by_rule = by_rule(&lost, here, &self.weights);
            out.push((
                words,
                PassageAudit {
                    index,
                    span: *span,
                    reference: answers[index],
                    score,
                    evidence,
                    lost,
                    by_rule,
                    penalty,
                    metrics,
                    findings: own,
                },
            ));
        }
        let words: usize = out.iter().map(|x| x.0).sum();
        let weighted: f64 = out.iter().map(|(w, p)| *w as f64 * p.score).sum();
        let (mut lost, mut by_rule) = (MeanParts::default(), MeanParts::default());
        for (words, passage) in &out {
            lost.add(*words, &passage.lost);
            by_rule.add(*words, &passage.by_rule);
        }
        let values: Vec<(f64, f64)> = out.iter().map(|(words, p)| (*words as f64, p.score)).collect();
        StoryAudit {
            language,
            words,
            basis: if reference.is_some() { Basis::Reference } else { Basis::ReferenceFree },
            interval: mean_interval(&values),
            lost: lost.parts(),
            by_rule: by_rule.parts(),
            penalty: out.iter().map(|x| x.1.penalty).sum(),
            score: if words == 0 { 0.0 } else { weighted / words as f64 },
            passages: out.into_iter().map(|x| x.1).collect(),
            origin,
            notes,
        }
    }

    /// Audits one pair and measures it with `metrics`; without references only the rules that need none speak, and
    /// no metric.
    pub fn pair(&self, pair: &Pair, metrics: &[Metric], scratch: &mut Scratch) -> PairAudit {
        let mut notes = Vec::new();
        let runs = self.runs_rules();
        let mut counts = CorpusCounts::default();
        let mut values = Vec::new();
        let mut likeness = None;
        if !pair.refs.is_empty() {
            counts.references = Some((pair.refs.len(), pair.refs.len()));
            let alike = likeness_measure();
            let is_alike = |metric: &Metric| matches!(self.measures.get(*metric), Some(metrics::Metric::Chrf(chrf)) if *chrf == alike);
            let asked = runs || metrics.contains(&Metric::Score) || metrics.iter().any(is_alike);
            let whole = asked.then(|| alike.counts(&pair.mt, &pair.refs, &mut scratch.metrics));
            likeness = whole.as_ref().map(|counts| alike.sentence_score(counts));
            for metric in Metric::COUNTED.into_iter().filter(|metric| metrics.contains(metric)) {
                let (Some(slot), Some(measure)) = (metric.slot(), self.measures.get(metric)) else { continue };
                // chrF is a part of what chrF++ counts.
                let known = match (measure, &whole) {
                    (metrics::Metric::Chrf(part), Some(whole)) if pair.refs.len() == 1 => {
                        alike.counts_of_part(whole, part)
                    }
                    _ => None,
                };
                let own = known.unwrap_or_else(|| measure.counts(&pair.mt, &pair.refs, &mut scratch.metrics));
                let value = measure.sentence_score(&own);
                counts.sums[slot] = Some(own);
                values.push((metric.name(), value));
            }
        }
        // Only findings are held against it.
        let reference = if runs { self.nearest_reference(pair, scratch) } else { None };
        let (findings, weights, evidence) = if runs {
            let text = reference.map(|k| pair.refs[k].as_str());
            self.findings(pair, text, likeness, &mut notes)
        } else {
            // Nothing is analysed: likeness alone speaks.
            let alone = |chrf| Likeness { chrf, words: count_words(&pair.refs[0]), ..Likeness::default() };
            let reference = likeness.map(alone);
            (Vec::new(), Vec::new(), Evidence { words: count_words(&pair.mt), reference, ..Evidence::default() })
        };
        let words = evidence.words;
        let penalty: f64 = findings.iter().map(Finding::penalty).sum();
        let score = score(&evidence, &self.weights);
        counts.words = words as u64;
        counts.score = (score * words as f64 * 1e6).round() as i128;
        counts.penalty = (penalty * 1e3).round() as i128;
        let lost = if self.explains { lost(&evidence, &self.weights) } else { Vec::new() };
        PairAudit {
            score,
            penalty,
            words,
            metrics: values,
            findings,
            reference,
            by_rule: by_rule(&lost, &weights, &self.weights),
            evidence,
            lost,
            counts,
            notes,
        }
    }

    fn findings(
        &self,
        pair: &Pair,
        reference: Option<&str>,
        likeness: Option<f64>,
        notes: &mut Vec<String>,
    ) -> (Vec<Finding>, Vec<Weight>, Evidence) {
        let language = self.language_of(pair, reference);
        let english = self.expects_english(language, notes);
        let analyse = |text| if english { Analysis::english(text) } else { Analysis::foreign(text) };
        let counterpart = reference.map(|text| Counterpart { text: analyse(text).into(), offset: 0, score: 1.0 });
        let source = pair.src.as_deref().map(|text| Counterpart { text: Later::foreign(text), offset: 0, score: 1.0 });
        let passages = vec![Passage::new(0, 0, analyse(&pair.mt), counterpart, source)];
        let story = Story {
            text: &pair.mt,
            passages,
            language,
            whole: false,
            missing: Vec::new(),
            surplus: Vec::new(),
            reference,
            lexicon: &self.lexicon,
            spoken: Default::default(),
        };
        let Detected { findings, weights } = detect(&story, &self.config);
        let evidence = Evidence::new(&story.passages[0], &weights, likeness);
        (findings, weights, evidence)
    }

    /// The language to read the translation of a pair in. One segment is little to tell a language by: an English reference tells more.
    fn language_of(&self, pair: &Pair, reference: Option<&str>) -> Language {
        const MAYBE: Language = Language::Unsure { guess: Some("en") };
        // Another language than the expected one would be told.
        let expected = self.config.language.as_deref().is_none_or(|wanted| wanted == "en");
        if expected && reference.is_some_and(Language::is_plainly_english) {
            return MAYBE;
        }
        let own = Language::of(&pair.mt);
        let other = own.code().is_some_and(|code| code != "en");
        if other && reference.is_some_and(|text| Language::of(text).is("en")) { MAYBE } else { own }
    }

    /// The reference that is most like the translation.
    fn nearest_reference(&self, pair: &Pair, scratch: &mut Scratch) -> Option<usize> {
        if pair.refs.len() < 2 {
            return (!pair.refs.is_empty()).then_some(0);
        }
        let chrf = metrics::Metric::Chrf(metrics::Chrf::default());
        let mut value = |text: &str| chrf.sentence_score(&chrf.counts(&pair.mt, &[text], &mut scratch.metrics));
        let scored: Vec<f64> = pair.refs.iter().map(|r| value(r)).collect();
        // The first of equals.
        (0..scored.len()).rev().max_by(|a, b| scored[*a].total_cmp(&scored[*b]))
    }

    /// Whether the text is to be read as English; says so where another language is expected or found.
    fn expects_english(&self, language: Language, notes: &mut Vec<String>) -> bool {
        if let (Some(wanted), Some(found)) = (self.config.language.as_deref(), language.code())
            && wanted != found
        {
            notes.push(format!("the translation is in {found}, not in {wanted} as the configuration expects"));
        }
        match language.code() {
            Some("en") | None => language.may_be("en") || language.code().is_none(),
            Some(code) => {
                notes.push(format!(
                    "the translation is in {code}; the rules of language know English only, so only those of form ran"
                ));
                false
            }
        }
    }
}
