//! Verbs with their auxiliaries, the time that they show, and the dates that set a clause in the past.

use crate::detect::lexicon::classes::{is_date, is_year};
use crate::text::{Analysis, Form, Tag, capitalised, inflect, verb_lemma};
use std::ops::Range;

/// Time as a verb group shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    Past,
    Present,
    Future,
    /// `would`, `could`, `may`: no statement about time.
    Modal,
    /// Infinitives and participles on their own.
    None,
}

/// A verb with its auxiliaries.
#[derive(Clone, Debug)]
pub struct Group {
    /// From the first auxiliary to the main verb.
    pub tokens: Range<usize>,
    pub main: usize,
    pub time: Time,
    pub perfect: bool,
    pub progressive: bool,
    pub passive: bool,
}

/// The verb group whose main verb is token `i`.
pub fn group(text: &Analysis<'_>, i: usize) -> Group {
    let mut start = i;
    let mut k = i;
    let mut auxiliaries = Vec::new();
    // Leftwards over adverbs and auxiliaries of the same sentence.
    while k > 0 && i - k < 6 {
        k -= 1;
        let (tag, lemma) = (text.tag_of(k), text.lemma(k));
        let auxiliary = tag == Tag::Md || (tag.is_verb() && matches!(lemma, "be" | "have" | "do")) || tag == Tag::To;
        if auxiliary {
            auxiliaries.push(k);
            start = k;
            if tag == Tag::To || tag == Tag::Md {
                break;
            }
        } else if !(tag.is_adverb() || matches!(text.lower(k), "not" | "n't")) {
            break;
        }
    }
    auxiliaries.reverse();
    let has = |lemma: &str| auxiliaries.iter().any(|&k| text.lemma(k) == lemma);
    let tag = text.tag_of(i);
    // `attacks pose a threat`: no past looks like its base, but for *put* and its like.
    let base = auxiliaries.is_empty()
        && tag == Tag::Vbd
        && text.lower(i) == text.lemma(i)
        && inflect(text.lemma(i), Form::Past) != text.lower(i);
    let finite = auxiliaries.first().copied().unwrap_or(i);
    let time = match (text.tag_of(finite), text.lemma(finite)) {
        (Tag::To, _) => Time::None,
        (Tag::Md, "will" | "shall") => Time::Future,
        (Tag::Md, _) => Time::Modal,
        (Tag::Vbd, _) if base => Time::Present,
        (Tag::Vbd, _) => Time::Past,
        (Tag::Vbz | Tag::Vbp, _) => Time::Present,
        _ => Time::None,
    };
    Group {
        tokens: start..i + 1,
        main: i,
        time,
        perfect: has("have") && matches!(tag, Tag::Vbn | Tag::Vbg | Tag::Vbd),
        progressive: tag == Tag::Vbg && has("be")
            || auxiliaries.iter().any(|&k| text.lower(k) == "being" && auxiliaries.len() > 1),
        passive: tag == Tag::Vbn && has("be"),
    }
}

impl Group {
    /// The group told in the past, present or future, with its adverbs and denials where they belong: `is still expanding` as `still
    /// expanded`. Two answers where the subject's number is unclear; none for other times and contractions.
    pub fn told(&self, text: &Analysis<'_>, time: Time, perfect: bool, progressive: bool) -> Vec<String> {
        let between: Vec<&str> = self
            .tokens
            .clone()
            .filter(|&i| i != self.main && !matches!(text.lemma(i), "be" | "have" | "do"))
            .filter(|&i| text.tag_of(i) != Tag::Md)
            .map(|i| text.lower(i))
            .collect();
        let contracted = self.tokens.clone().any(|i| text.lower(i).contains(['\'', '\u{2019}']));
        let main = text.lemma(self.main);
        // `Is he …?` has its subject between; `citizens` is none, whatever the tagger says.
        let first = self.tokens.start;
        let asked = self.tokens.len() > 1 && text.sentences[text.tokens[first].sentence].start == first;
        let unknown = verb_lemma(text.lower(self.main)).is_none() && !matches!(main, "be" | "have" | "do");
        if contracted || asked || unknown || !matches!(time, Time::Past | Time::Present | Time::Future) {
            return Vec::new();
        }
        let helpers = [("have", perfect), ("be", progressive), ("be", self.passive)];
        let mut chain: Vec<(&str, Form)> = Vec::with_capacity(5);
        if time == Time::Future {
            chain.push(("will", Form::Base));
        }
        // `did not say`
        let denied = between.contains(&"not") && main != "be" && !helpers.iter().any(|(_, on)| *on);
        if denied && time != Time::Future {
            chain.push(("do", Form::Base));
        }
        let mut form = Form::Base;
        for (k, (helper, _)) in helpers.iter().enumerate().filter(|(_, (_, on))| *on) {
            chain.push((helper, form));
            form = if k == 1 { Form::PresentParticiple } else { Form::PastParticiple };
        }
        chain.push((main, form));
        let speaker = first > 0 && text.lower(first - 1) == "i";
        let numbers = self.singular(text).map_or_else(|| vec![true, false], |singular| vec![singular]);
        let mut out: Vec<String> = Vec::with_capacity(2);
        for singular in numbers {
            let mut words: Vec<String> = chain.iter().map(|(lemma, form)| inflect(lemma, *form)).collect();
            if time != Time::Future {
                words[0] = finite(chain[0].0, time, singular, speaker);
            }
            // `was not`, `has still expanded`; `still expanded`
            let behind = usize::from(chain.len() > 1 || main == "be");
            words.splice(behind..behind, between.iter().map(|word| (*word).to_owned()));
            let told = words.join(" ");
            let told = if text.is_capitalised(self.tokens.start) { capitalised(&told) } else { told };
            if !out.contains(&told) {
                out.push(told);
            }
        }
        out
    }

    /// Whether the subject is one thing or person, as far as the verb or the word before it shows.
    fn singular(&self, text: &Analysis<'_>) -> Option<bool> {
        let first = self.tokens.start;
        match text.lower(first) {
            "is" | "was" | "has" | "does" => return Some(true),
            "are" | "were" | "have" | "do" | "am" => return Some(false),
            _ if text.tag_of(first) == Tag::Vbz => return Some(true),
            _ if text.tag_of(first) == Tag::Vbp => return Some(false),
            _ => {}
        }
        let sentence = text.sentences.get(text.tokens[first].sentence)?.start;
        let at = (sentence..first).rev().find(|&k| !text.tag_of(k).is_adverb())?;
        // Behind `of`, `and` or the like another noun may be the subject.
        let plain = !(sentence..at).rev().take(4).any(|k| matches!(text.tag_of(k), Tag::In | Tag::Cc | Tag::To));
        match text.lower(at) {
            "he" | "she" | "it" | "this" => Some(true),
            "i" | "you" | "we" | "they" | "these" | "those" => Some(false),
            _ => match text.tag_of(at) {
                Tag::Nns | Tag::Nnps if plain => Some(false),
                Tag::Nn | Tag::Nnp if plain => Some(true),
                _ => None,
            },
        }
    }
}

/// A lemma in the past or present, of a third person if `singular`, of the first if it is a `speaker`.
fn finite(lemma: &str, time: Time, singular: bool, speaker: bool) -> String {
    match (lemma, time) {
        ("be", Time::Past) if singular || speaker => "was".to_owned(),
        ("be", Time::Past) => "were".to_owned(),
        (_, Time::Past) => inflect(lemma, Form::Past),
        ("be", _) if speaker => "am".to_owned(),
        ("be", _) if !singular => "are".to_owned(),
        _ if singular && !speaker => inflect(lemma, Form::Third),
        _ => lemma.to_owned(),
    }
}

/// Words that open a clause which stands outside the narrative's line.
pub fn subordinates(text: &Analysis<'_>, i: usize) -> bool {
    matches!(text.tag_of(i), Tag::Wdt | Tag::Wp | Tag::Wps | Tag::Wrb)
        || matches!(
            text.lower(i),
            "that"
                | "because"
                | "if"
                | "although"
                | "though"
                | "while"
                | "whether"
                | "since"
                | "unless"
                | "as"
                | "where"
                | "when"
                | "which"
                | "who"
                | "until"
                | "how"
                | "what"
                | "whereas"
        ) && matches!(text.tag_of(i), Tag::In | Tag::Wdt | Tag::Wrb | Tag::Wp | Tag::Dt)
            && !(text.lower(i) == "that" && text.tag_of(i) == Tag::Dt)
}

/// Whether token `i` stands in a clause opened by a subordinating word in the same stretch between marks.
pub fn is_subordinate(text: &Analysis<'_>, sentence: &Range<usize>, i: usize) -> bool {
    for k in (sentence.start..i).rev() {
        if subordinates(text, k) {
            return true;
        }
        if matches!(text.lower(k), "," | ";" | ":" | "-" | "--" | "\u{2013}" | "\u{2014}") {
            // A comma inside a list of the same clause is no border, but nothing can be known; take it for one.
            return k > sentence.start && subordinates(text, k - 1);
        }
        if matches!(text.lower(k), "and" | "but")
            && text.tag_of(k) == Tag::Cc
            && (k + 1..i).any(|n| text.tag_of(n).is_noun() || text.tag_of(n) == Tag::Prp)
        {
            return false;
        }
    }
    false
}

/// A date that is in the past beside verbs in the past: `in 2014`, `in March 2011`, `yesterday`, `last year`, `two days ago`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
pub enum Anchor {
    None,
    /// A year, which is past where the sentence has other verbs in the past.
    Dated,
    /// Past in any sentence.
    Past,
}

pub fn anchor(text: &Analysis<'_>, sentence: &Range<usize>, range: Range<usize>) -> Anchor {
    let mut out = Anchor::None;
    for i in range.clone() {
        if text.tokens[i].quoted {
            continue;
        }
        if is_subordinate(text, sentence, i) {
            continue;
        }
        let (word, before) = (text.lower(i), if i > range.start { text.lower(i - 1) } else { "" });
        if matches!(word, "yesterday" | "ago") {
            return Anchor::Past;
        }
        if before == "last"
            && (matches!(
                word,
                "week" | "month" | "year" | "spring" | "summer" | "autumn" | "fall" | "winter" | "night"
            ) || is_date(word))
            && !matches!(text.lower(i.wrapping_sub(2)), "the" | "since" | "of" | "for")
        {
            return Anchor::Past;
        }
        // `in 2014`, `in March 2011`; `since 2015` and `from 1962` are no points in time.
        if is_year(word) {
            let month = is_date(before) || before == "," && i >= 2;
            let head = if month {
                (range.start..i)
                    .rev()
                    .find(|&k| !is_date(text.lower(k)) && text.lower(k) != "," && text.tag_of(k) != Tag::Cd)
            } else {
                i.checked_sub(1)
            };
            let preposition = head.map_or("", |k| text.lower(k));
            // A participle before it dates its noun, not the clause: `passed in 2009`.
            let participle = head.and_then(|k| k.checked_sub(1)).is_some_and(|k| {
                let tag = text.tag_of(k);
                let after_comma = k > 0 && matches!(text.lower(k - 1), "," | "(");
                tag == Tag::Vbn || tag == Tag::Vbd && after_comma
            });
            if matches!(preposition, "in" | "on" | "during") && !participle {
                out = Anchor::Dated;
            }
        }
    }
    out
}

/// Verbs that state what holds, not what happens.
pub fn is_stative(lemma: &str) -> bool {
    matches!(
        lemma,
        "be" | "have"
            | "do"
            | "know"
            | "mean"
            | "include"
            | "contain"
            | "consist"
            | "belong"
            | "lie"
            | "stand"
            | "remain"
            | "seem"
            | "appear"
            | "own"
            | "cost"
            | "need"
            | "want"
            | "like"
            | "love"
            | "hate"
            | "believe"
            | "think"
            | "hope"
            | "expect"
            | "represent"
            | "live"
            | "date"
            | "require"
            | "ban"
            | "allow"
            | "show"
            | "suggest"
            | "indicate"
            | "claim"
            | "hold"
            | "account"
            | "depend"
            | "exist"
            | "cover"
            | "feature"
            | "tend"
            | "continue"
            | "use"
            | "work"
            | "run"
            | "come"
            | "blame"
            | "describe"
            | "follow"
            | "concern"
            | "fear"
            | "face"
            | "reflect"
            | "range"
            | "aim"
            | "plan"
            | "intend"
            | "vary"
            | "total"
    )
}

/// What an institution or a person does day after day: `opened in 1998 and employs 400`.
pub fn is_habitual(lemma: &str) -> bool {
    matches!(
        lemma,
        "employ"
            | "produce"
            | "serve"
            | "operate"
            | "teach"
            | "sell"
            | "offer"
            | "provide"
            | "supply"
            | "house"
            | "attract"
            | "export"
            | "import"
            | "specialize"
            | "specialise"
            | "treat"
            | "train"
            | "manage"
            | "publish"
            | "stretch"
            | "connect"
            | "link"
            | "carry"
            | "earn"
            | "pay"
            | "make"
            | "lead"
            | "head"
            | "chair"
            | "oversee"
            | "sit"
            | "play"
            | "study"
            | "write"
            | "speak"
    )
}

/// Whether the form of *be*, *have* or *do* at `i` is the auxiliary of a verb behind it.
pub fn next_verb(text: &Analysis<'_>, i: usize, end: usize) -> bool {
    let mut k = i + 1;
    while k < end && (text.tag_of(k).is_adverb() || matches!(text.lower(k), "not" | "n't")) {
        k += 1;
    }
    k < end
        && (matches!(text.tag_of(k), Tag::Vbn | Tag::Vbg)
            || text.tag_of(k) == Tag::Vb && matches!(text.lemma(i), "do" | "have")
            || matches!(text.lemma(k), "be" | "have") && text.tag_of(k).is_verb())
}
