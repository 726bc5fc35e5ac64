//! `tense-drift`

use super::times::{Times, groups};
use super::verbs::{
    Anchor, Group, Time, anchor, group, is_habitual, is_stative, is_subordinate, next_verb, subordinates,
};
use super::words::says;
use crate::align::WordAlignment;
use crate::config::Severity;
use crate::detect::lexicon::classes::is_date;
use crate::detect::{Check, Counterpart, Needs, Passage, Rule, Sink, Story};
use crate::text::{Analysis, Form, Tag, inflect, is_invariant};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "tense-drift",
    category: "Linguistic conventions/Tense",
    severity: Severity::Major,
    needs: Needs::TextOrMore,
    english: true,
    summary: "a verb in another tense than the narrative around it, or than the reference",
    doc: "Alone: a present (`seizes`), perfect or future in a main clause that is set in the past by a date (`in 2014`, `yesterday`) and \
          joined to verbs in the past. Headlines, quotations, subordinate clauses, general truths, schedules, reporting in the present \
          and passages in the historic present stay silent; a sentence without a verb in the past proves nothing. In a \
          story that attributes in the past at least three times, and four times as often, an attribution in the present (*says*) is \
          minor. With a reference: \
          aligned verbs in another tense or aspect, and verbs that nothing answers in a time or aspect that the reference knows \
          nowhere.",
    example: (
        "Russia seizes the peninsula in 2014 and backed the rebels.",
        "Russia seized the peninsula in 2014 and backed the rebels.",
    ),
    check: Check::Both(check, super::narration::check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    if let Some((words, reference)) = passage.words() {
        against_reference(passage, words, reference, sink);
        return;
    }
    let headline = story.whole && passage.index == 0 && passage.display;
    if passage.display || headline {
        return;
    }
    for sentence in &passage.text.sentences {
        alone(passage, sentence.clone(), sink);
    }
}

fn alone(passage: &Passage<'_>, sentence: Range<usize>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let anchor = anchor(text, &sentence, sentence.clone());
    let mut groups: Vec<Group> = Vec::new();
    let mut i = sentence.start;
    while i < sentence.end {
        let tag = text.tag_of(i);
        // The main verb is the last of its group.
        let auxiliary = matches!(text.lemma(i), "be" | "have" | "do") && next_verb(text, i, sentence.end);
        if tag.is_verb() && !auxiliary && !text.tokens[i].quoted {
            let mut g = group(text, i);
            if g.time == Time::None && g.tokens.len() == 1 && is_hidden_past(text, &sentence, i) {
                g.time = Time::Past;
            }
            if g.time != Time::None {
                groups.push(g);
            }
        }
        i += 1;
    }
    let main: Vec<bool> = groups.iter().map(|g| !is_subordinate(text, &sentence, g.tokens.start)).collect();
    // Only what is told as the story's own line counts as its tense; verbs of saying frame it.
    let told_past = |k: usize| main[k] && groups[k].time == Time::Past && !says(text, groups[k].main);
    let participle_clause = |g: &Group| {
        let before = g.tokens.start.checked_sub(1).map_or("", |k| text.lower(k));
        before == "," && text.tag_of(g.main + 1) == Tag::In && g.tokens.len() == 1
    };
    let framed = groups.iter().position(|g| says(text, g.main) && matches!(g.time, Time::Past | Time::Present));
    for k in 0..groups.len() {
        let g = &groups[k];
        if !main[k] || is_stative(text.lemma(g.main)) || says(text, g.main) && g.time == Time::Present {
            continue;
        }
        if framed.is_some_and(|f| f < k) || !plausible_verb(text, g) {
            continue;
        }
        let before = (0..k).any(|n| told_past(n) && !participle_clause(&groups[n]));
        let after = (k + 1..groups.len())
            .any(|n| told_past(n) && (joined(text, g.main, groups[n].tokens.start) || groups[n].perfect));
        let (present, perfect, future) = (
            g.time == Time::Present && !g.perfect && !g.progressive && !g.passive,
            g.time == Time::Present && g.perfect && !g.progressive,
            g.time == Time::Future,
        );
        let clause = clause_of(text, &sentence, g);
        let here = super::verbs::anchor(text, &sentence, clause.clone());
        let habit = clause.clone().any(|i| matches!(text.lower(i), "every" | "each" | "always" | "usually" | "often"));
        let alone = !groups[..k].iter().any(|other| clause.contains(&other.main) && other.time == Time::Past);
        let reason = if habit || present && is_habitual(text.lemma(g.main)) {
            None
        } else if present && alone && here == Anchor::Past {
            Some("present tense beside a date in the past")
        } else if present && anchor >= Anchor::Dated && (before || after) {
            Some("present tense in a sentence that is set in the past")
        } else if present && before && after && !g.passive {
            Some("present tense between verbs in the past")
        } else if perfect
            && here >= Anchor::Dated
            && (before || after || here == Anchor::Past)
            && !since(text, &sentence)
        {
            Some("a perfect does not go with a date in the past")
        } else if future && (here == Anchor::Past && before || here >= Anchor::Dated && after) {
            Some("future tense beside a date in the past")
        } else {
            None
        };
        let Some(reason) = reason else { continue };
        let finding = sink.add(passage.tokens_at(g.tokens.clone()), reason);
        if present || perfect || future {
            finding.suggest_all(g.told(text, Time::Past, false, false));
        }
    }
}

/// A form in -ed that the tagger took for a participle, behind the noun of a clause that has no other verb:
/// `…, and the cooling failed within the hour`.
fn is_hidden_past(text: &Analysis<'_>, sentence: &Range<usize>, i: usize) -> bool {
    if text.tag_of(i) != Tag::Vbn || i == 0 || !text.tag_of(i - 1).is_noun() {
        return false;
    }
    let start =
        (sentence.start + 1..i).rev().find(|&k| matches!(text.lower(k), "and" | "but") && text.lower(k - 1) == ",");
    start.is_some_and(|start| !(start..sentence.end).any(|k| text.tag_of(k).is_finite()))
}

/// A present that the tagger may have mistaken for a noun is left alone: it needs a subject before it, and what follows
/// must not go on as a noun group does.
fn plausible_verb(text: &Analysis<'_>, g: &Group) -> bool {
    if g.tokens.len() > 1 {
        return true;
    }
    let i = g.main;
    let before = i.checked_sub(1).map_or(Tag::None, |k| text.tag_of(k));
    let subject = before.is_noun()
        || before == Tag::Prp
        || before.is_adverb()
        || matches!(before, Tag::Cc | Tag::Dt | Tag::Cd | Tag::Rp | Tag::Ex)
        || i > 0 && text.lower(i - 1) == ",";
    // The third person shows itself; a plain form may be an infinitive or a noun.
    let shown = text.tag_of(i) == Tag::Vbz && text.lower(i).ends_with('s');
    // `the anti-tax stirs`: a compound that only describes is no subject.
    let described =
        ["anti-", "pro-", "pre-", "post-", "non-"].iter().any(|p| i > 0 && text.lower(i - 1).starts_with(p));
    subject && shown && !described && !is_invariant(text.lemma(i))
}

/// Whether a later verb goes on with the same line: `and` or a comma and `and` between, and no clause opened.
fn joined(text: &Analysis<'_>, from: usize, to: usize) -> bool {
    (from + 1..to).any(|k| matches!(text.lower(k), "and" | "but" | "then"))
        && !(from + 1..to).any(|k| subordinates(text, k) && text.lower(k) != "as")
}

/// The stretch between marks around the group.
fn clause_of(text: &Analysis<'_>, sentence: &Range<usize>, g: &Group) -> Range<usize> {
    let border = |k: usize| {
        matches!(text.lower(k), ";" | ":" | "\u{2013}" | "\u{2014}")
            || matches!(text.lower(k), "and" | "but") && text.tag_of(k + 1) != Tag::Jj && text.tag_of(k + 1).is_verb()
    };
    let start = (sentence.start..g.tokens.start).rev().find(|&k| border(k)).map_or(sentence.start, |k| k + 1);
    let end = (g.main..sentence.end).find(|&k| border(k)).unwrap_or(sentence.end);
    start..end
}

fn since(text: &Analysis<'_>, sentence: &Range<usize>) -> bool {
    sentence.clone().any(|k| matches!(text.lower(k), "since" | "already" | "ever" | "first"))
}

fn against_reference(passage: &Passage<'_>, words: &WordAlignment, reference: &Counterpart<'_>, sink: &mut Sink<'_>) {
    let (a, b, to_b) = (&passage.text, &reference.text, &words.to_b);
    let mut seen: Vec<Range<usize>> = Vec::new();
    let mut compared: Vec<usize> = Vec::new();
    for (i, j) in to_b.iter().enumerate() {
        let Some(j) = *j else { continue };
        if !a.tag_of(i).is_verb() || !b.tag_of(j).is_verb() {
            continue;
        }
        // `is being` before a verb that nothing answers.
        if [a.lower(i), b.lower(j)].iter().any(|word| matches!(*word, "being" | "been")) {
            continue;
        }
        let same = a.lemma(i) == b.lemma(j);
        // An auxiliary in the place of a verb that is lost: `doctors have that`.
        if !same && matches!(a.lemma(i), "have" | "do") && words.likeness[i] < 0.2 {
            continue;
        }
        // Auxiliaries speak through their main verb.
        let sentence_end = a.sentences[a.tokens[i].sentence].end;
        let other_end = b.sentences[b.tokens[j].sentence].end;
        if matches!(a.lemma(i), "be" | "have" | "do") && (next_verb(a, i, sentence_end) || next_verb(b, j, other_end)) {
            continue;
        }
        let (x, y) = (group(a, i), group(b, j));
        if x.time != Time::None && y.time != Time::None {
            compared.push(x.main);
        }
        let headline = is_headline(passage);
        // Reported speech takes the pluperfect or leaves it.
        let backshift = x.perfect != y.perfect && (reported(a, &x) || reported(b, &y));
        let found = differs(a, b, &x, &y, headline).or_else(|| shades(&x, &y, headline || backshift));
        let Some((message, severity)) = found else { continue };
        // Auxiliaries that stand for their own verb are looked at with it.
        if seen.contains(&x.tokens) {
            continue;
        }
        seen.push(x.tokens.clone());
        let pair = |i: Option<usize>, j: Option<usize>| {
            i.zip(j).is_some_and(|(i, j)| to_b.get(i).copied().flatten() == Some(j)) || i.is_none() && j.is_none()
        };
        let around = u8::from(pair(x.tokens.start.checked_sub(1), y.tokens.start.checked_sub(1)))
            + u8::from(pair(Some(x.tokens.end), Some(y.tokens.end)));
        let shade = !matches!((x.time, y.time), (Time::Present | Time::Past | Time::Future, Time::Present | Time::Past | Time::Future) if x.time != y.time)
            || x.perfect != y.perfect;
        let mut confidence = if shade { 0.38 } else { 0.44 } + 0.06 * f32::from(around);
        if severity >= Severity::Major {
            confidence += 0.25;
        }
        if !same {
            confidence = (confidence - 0.1).max(0.3);
        }
        let severity = if same { severity } else { severity.min(Severity::Minor) };
        let theirs = b.span(y.tokens.clone());
        let said = &b.text[theirs.range()];
        let text_x = a.slice(x.tokens.clone());
        if said.eq_ignore_ascii_case(text_x) {
            continue;
        }
        sink.add(passage.tokens_at(x.tokens.clone()), message)
            .suggest(if same { said.to_lowercase() } else { retimed(a, &x, b, &y) })
            .weigh(severity)
            .sure(confidence)
            .against(theirs.shifted(reference.offset));
    }
    if is_headline(passage) || !passage.text.english {
        return;
    }
    let times = Times::of(b);
    for x in groups(a) {
        if compared.contains(&x.main) || seen.contains(&x.tokens) {
            continue;
        }
        if let Some((message, repairs)) = times.lacks(a, &x) {
            let finding = sink.add(passage.tokens_at(x.tokens.clone()), message);
            finding.weigh(Severity::Minor).sure(UNANSWERED).compared();
            finding.suggest_all(repairs);
        }
    }
}

/// Confidence of a time that the reference knows nowhere, of a verb that nothing in it answers.
const UNANSWERED: f32 = 0.33;

/// The translation's verb in the form of the reference's group: its auxiliaries, and the main verb as it is there.
fn retimed(a: &Analysis<'_>, x: &Group, b: &Analysis<'_>, y: &Group) -> String {
    let helpers = b.slice(y.tokens.start..y.main).to_lowercase();
    let form = Form::of(b.tag_of(y.main)).unwrap_or(Form::Base);
    let verb = if a.lemma(x.main) == "be" { b.lower(y.main).to_owned() } else { inflect(a.lemma(x.main), form) };
    if helpers.is_empty() { verb } else { format!("{helpers} {verb}") }
}

/// Aspect and mood: differences that a sentence seldom proves.
fn shades(x: &Group, y: &Group, headline: bool) -> Option<(&'static str, Severity)> {
    if headline || x.time == Time::None && y.time == Time::None {
        return None;
    }
    if x.time == Time::None || y.time == Time::None {
        return None;
    }
    let what = if x.progressive != y.progressive {
        "another aspect than the reference: a progressive and a simple form"
    } else if x.perfect != y.perfect {
        "another aspect than the reference: a perfect and a simple form"
    } else if x.time != y.time {
        "another tense or mood than the reference"
    } else {
        return None;
    };
    Some((what, Severity::Minor))
}

fn is_headline(passage: &Passage<'_>) -> bool {
    passage.display && passage.reference.as_ref().is_some_and(|r| !r.text.text.trim_end().ends_with(['.', '?', '!']))
}

/// What is different between two groups of one verb, if it is worth a word.
fn differs(
    a: &Analysis<'_>,
    b: &Analysis<'_>,
    x: &Group,
    y: &Group,
    headline: bool,
) -> Option<(&'static str, Severity)> {
    if headline || x.time == Time::None || y.time == Time::None {
        return None;
    }
    if x.passive != y.passive {
        return None;
    }
    let quoted = a.tokens[x.main].quoted;
    match (x.time, y.time) {
        (p, q) if p == q => {
            if x.progressive != y.progressive && !x.perfect && !y.perfect && p == Time::Past {
                Some(("another aspect than the reference: a progressive and a simple form", Severity::Minor))
            } else {
                None
            }
        }
        // `has destroyed` against `destroyed`: wrong beside a date, a matter of taste elsewhere.
        (Time::Present, Time::Past) if x.perfect && !y.perfect => {
            let dated = a.sentences.get(a.tokens[x.main].sentence).is_some_and(|s| {
                anchor(a, s, s.clone()) != Anchor::None || s.clone().any(|k| is_date(a.lower(k)) && a.lower(k) != "may")
            });
            dated.then_some(("a perfect beside a date in the past; the reference has the simple past", Severity::Major))
        }
        (Time::Past, Time::Present) if y.perfect && !x.perfect => None,
        (Time::Present, Time::Past) | (Time::Past, Time::Present) => {
            if x.perfect || y.perfect {
                return None;
            }
            // Reported speech may keep either tense, and a reference may choose another than the source. What is sure is
            // a present that the translation's own sentence contradicts.
            if reported(a, x) || reported(b, y) {
                return None;
            }
            let loose = quoted || says(a, x.main) || is_stative(a.lemma(x.main));
            let severity =
                if x.time == Time::Present && !loose && contradicted(a, x) { Severity::Major } else { Severity::Minor };
            Some((
                if x.time == Time::Present {
                    "present tense; the reference has the past"
                } else {
                    "past tense; the reference has the present"
                },
                severity,
            ))
        }
        (Time::Future, Time::Past) => Some((
            "future tense; the reference has the past",
            if contradicted(a, x) { Severity::Major } else { Severity::Minor },
        )),
        (Time::Past, Time::Future) => Some((
            "past tense; the reference has the future",
            if ahead(a, x) { Severity::Major } else { Severity::Minor },
        )),
        (Time::Future, Time::Present) | (Time::Present, Time::Future) if !x.perfect && !y.perfect => {
            Some(("another tense than the reference", Severity::Minor))
        }
        _ => None,
    }
}

/// Whether the group's own sentence sets it in the past: by a date, or by another main verb in the past.
fn contradicted(text: &Analysis<'_>, g: &Group) -> bool {
    let Some(sentence) = text.tokens.get(g.main).and_then(|t| text.sentences.get(t.sentence)) else { return false };
    let dated = anchor(text, sentence, sentence.clone()) != Anchor::None
        || sentence
            .clone()
            .any(|k| matches!(text.lower(k), "on") && is_date(text.lower(k + 1)) && text.lower(k + 1).ends_with("day"));
    dated
        || sentence.clone().any(|k| {
            text.tag_of(k) == Tag::Vbd && !text.tokens[k].quoted && !says(text, k) && !is_subordinate(text, sentence, k)
        })
}

/// Whether the group's own sentence points forward: `next week`, `tomorrow`.
fn ahead(text: &Analysis<'_>, g: &Group) -> bool {
    let Some(sentence) = text.tokens.get(g.main).and_then(|t| text.sentences.get(t.sentence)) else { return false };
    sentence.clone().any(|k| {
        text.lower(k) == "tomorrow"
            || text.lower(k) == "next" && matches!(text.lower(k + 1), "week" | "month" | "year")
            || text.lower(k) == "next" && is_date(text.lower(k + 1))
    })
}

/// In a clause after a verb of saying, or opened by a subordinating word.
fn reported(text: &Analysis<'_>, g: &Group) -> bool {
    let Some(sentence) = text.tokens.get(g.main).and_then(|t| text.sentences.get(t.sentence)) else { return false };
    is_subordinate(text, sentence, g.tokens.start)
        || (sentence.start..g.tokens.start).any(|k| text.tag_of(k).is_verb() && says(text, k))
}
