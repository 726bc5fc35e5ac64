//! `word-form`

use super::against::report;
use super::fluent::{adjoin, doubt, mend, reportable, supported};
use super::words::cased;
use crate::config::Severity;
use crate::detect::edits::{Fault, class, is_content};
use crate::detect::{Check, Counterpart, Needs, Passage, Rule, Sink, Story};
use crate::text::fluency::{EditKind, parts_of_speech};
use crate::text::{Analysis, Form, Tag, inflect, verb_lemma};
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

pub const RULE: Rule = Rule {
    id: "word-form",
    category: "Linguistic conventions/Word form",
    severity: Severity::Minor,
    needs: Needs::TextOrMore,
    english: true,
    summary: "a word in the wrong form: part of speech, agreement, case, or the verb behind an auxiliary",
    doc: "Sure: `they was`, `has went`, `will interrogated`, `If them sent`, `with they`, `a three-years plan`, `34-years-old`. By likelihood: a word \
          another form of which (`establishment`, `established`) makes the words around it much likelier. Silent in headlines, where \
          the reference has the same words in the same order, and where dialects differ.",
    example: ("theories have began to circulate", "theories have begun to circulate"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let mut done: Vec<usize> = Vec::new();
    for i in 0..text.tokens.len() {
        if let Some(repair) = aged(text, i) {
            let message = format!("year stays singular before a noun: “{repair}”");
            sink.add(passage.tokens_at(i..i + 1), message).suggest(repair);
        }
        if text.tokens[i].kind == crate::text::Kind::Word
            && let Some((at, repair, message)) = proved(text, i)
            && !supported(passage, at..at + 1)
        {
            done.push(at);
            let word = cased(text.normal(at), &repair);
            let finding = sink.add(passage.tokens_at(at..at + 1), message);
            mend(finding, word);
        }
    }
    for edit in reportable(passage, &[EditKind::Form]) {
        let i = edit.tokens.start;
        if done.iter().any(|d| d.abs_diff(i) < 3) || takes_gerund(text, i) {
            continue;
        }
        let word = cased(text.normal(i), &edit.replacement);
        let message = format!("the form of the word: “{word}”?");
        doubt(sink.add(passage.tokens_at(edit.tokens.clone()), message).suggest(word), edit);
    }
    report(passage, story, Fault::WordForm, sink);
    strange_forms(passage, &done, sink);
}

/// Words whose `to` is a preposition.
const GERUND: [&str; 31] = [
    "accustomed",
    "addition",
    "admit",
    "amount",
    "approach",
    "close",
    "come",
    "commit",
    "committed",
    "commitment",
    "confess",
    "contribute",
    "dedicate",
    "dedicated",
    "devote",
    "devoted",
    "due",
    "forward",
    "key",
    "lead",
    "limit",
    "limited",
    "object",
    "opposed",
    "prior",
    "regard",
    "resort",
    "respect",
    "return",
    "use",
    "used",
];

/// Whether token `i` is a form in -ing behind a `to` that asks for it: `in addition to summarizing`.
fn takes_gerund(text: &Analysis<'_>, i: usize) -> bool {
    i > 1
        && text.lower(i).ends_with("ing")
        && text.lower(i - 1) == "to"
        && (GERUND.contains(&text.lower(i - 2)) || GERUND.contains(&text.lemma(i - 2)))
}

/// How plainly the reference says that a form is wrong which is only a little unlikely.
const STRANGE: f32 = 0.4;

/// Forms that would read a little likelier, where the word answers one of another kind in the reference: `interaction` where it has
/// `react`.
fn strange_forms(passage: &Passage<'_>, done: &[usize], sink: &mut Sink<'_>) {
    let Some((words, Counterpart { text: other, .. })) = passage.words().filter(|_| !passage.display) else { return };
    let text = &passage.text;
    for edit in passage.forms() {
        let i = edit.tokens.start;
        let Some(j) = words.to_b.get(i).copied().flatten() else { continue };
        let strange = is_content(text, i)
            && is_content(other, j)
            && class(text.tag_of(i)) != class(other.tag_of(j))
            && !other.has_word(text.lower(i));
        if edit.tokens.len() > 1 || !strange || done.iter().any(|d| d.abs_diff(i) < 3) {
            continue;
        }
        let word = cased(text.normal(i), &edit.replacement);
        let message = format!("the form of the word: “{word}”? The reference has “{}” here", other.original(j));
        sink.add(passage.tokens_at(edit.tokens.clone()), message).suggest(word).sure(STRANGE).compared();
    }
}

/// What `34-years-old` should be.
fn aged(text: &Analysis<'_>, i: usize) -> Option<String> {
    let number = text.original(i).strip_suffix("-years-old")?;
    let digits = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| format!("{number}-year-old"))
}

/// Past forms that are no participles.
const PAST: [&str; 33] = [
    "went", "saw", "did", "was", "were", "took", "wrote", "gave", "broke", "chose", "drove", "flew", "forgot", "froze",
    "spoke", "stole", "wore", "began", "drank", "rang", "sang", "swam", "grew", "knew", "threw", "drew", "blew",
    "rose", "fell", "ate", "shook", "became", "ran",
];

/// The word behind `i` over adverbs and negation.
fn behind(text: &Analysis<'_>, i: usize) -> usize {
    let mut k = i + 1;
    while matches!(
        text.lower(k),
        "not"
            | "n't"
            | "also"
            | "never"
            | "only"
            | "still"
            | "now"
            | "already"
            | "recently"
            | "just"
            | "since"
            | "soon"
    ) {
        k += 1;
    }
    k
}

/// The words at which grammar proves anything.
const TELLING: [&str; 45] = [
    "can",
    "could",
    "will",
    "would",
    "should",
    "must",
    "may",
    "might",
    "cannot",
    "'ll",
    "wo",
    "ca",
    "has",
    "have",
    "had",
    "'ve",
    "was",
    "were",
    "been",
    "i",
    "he",
    "she",
    "it",
    "we",
    "you",
    "they",
    "me",
    "him",
    "us",
    "them",
    "itself",
    "myself",
    "himself",
    "herself",
    "themselves",
    "ourselves",
    "its",
    "their",
    "my",
    "our",
    "his",
    "this",
    "the",
    "a",
    "an",
];

/// What grammar proves at token `i`: the word that is wrong, the right one, and why.
fn proved(text: &Analysis<'_>, i: usize) -> Option<(usize, String, String)> {
    static WORDS: OnceLock<FxHashSet<&str>> = OnceLock::new();
    if !WORDS.get_or_init(|| TELLING.into_iter().collect()).contains(text.lower(i)) {
        return None;
    }
    let sentence = text.sentences[text.tokens[i].sentence].clone();
    let word = |k: usize| if sentence.contains(&k) { text.lower(k) } else { "" };
    let (lower, next) = (word(i), word(i + 1));
    let before = i.checked_sub(1).map_or("", word);
    let small = |k: usize| sentence.contains(&k) && !text.is_capitalised(k);
    if text.tag_of(i) == Tag::Md
        && matches!(
            lower,
            "can" | "could" | "will" | "would" | "should" | "must" | "may" | "might" | "'ll" | "wo" | "ca"
        )
    {
        let k = behind(text, i);
        let form = word(k);
        let finite = matches!(text.tag_of(k), Tag::Vbd | Tag::Vbz | Tag::Vbn)
            || matches!(form, "is" | "was" | "were" | "are" | "has" | "had" | "been" | "being" | "does" | "did");
        let homonym =
            matches!(form, "found" | "wound" | "ground" | "felt" | "saw" | "left" | "bound" | "founded" | "lay");
        if finite
            && small(k)
            && !homonym
            && let Some(lemma) = verb_lemma(form).filter(|lemma| *lemma != form)
        {
            return Some((k, lemma.to_owned(), format!("behind “{}” the plain form: “{lemma}”", text.original(i))));
        }
    }
    if matches!(lower, "has" | "have" | "had" | "'ve") {
        let k = behind(text, i);
        if PAST.contains(&word(k)) && small(k) {
            let right = match word(k) {
                "was" | "were" => "been".to_owned(),
                past => inflect(verb_lemma(past)?, Form::PastParticiple),
            };
            let message = format!("behind “{lower}” the participle: “{right}”");
            return Some((k, right, message));
        }
    }
    let open = || {
        matches!(
            before,
            "" | "," | "and" | "but" | "because" | "when" | "while" | "as" | "since" | "although" | "that" | "\""
        )
    };
    let agreement = match (lower, next) {
        ("they" | "we" | "you", "was" | "is" | "has" | "does") if text.normal(i) != "WE" => {
            !matches!(before, "and" | "of" | "for" | "to" | "with" | "between" | "than" | "or")
        }
        ("he" | "she" | "it", "are" | "am") => open() && before != "that" && before != "and",
        ("it", "were") => false,
        ("i", "is" | "are" | "has" | "does") => text.normal(i) == "I" && open() && before != "and",
        _ => false,
    };
    if agreement {
        let right = match (lower, next) {
            (_, "was") => "were",
            ("i", "is" | "are") => "am",
            ("he" | "she" | "it", _) => "is",
            (_, "is") => "are",
            (_, "does") => "do",
            _ => "have",
        };
        return Some((i + 1, right.to_owned(), format!("“{}” asks for “{right}”", text.original(i))));
    }
    let subject = match lower {
        "them" => Some("they"),
        "him" => Some("he"),
        "us" if text.normal(i) != "US" => Some("we"),
        "me" => Some("I"),
        _ => None,
    };
    if let Some(subject) = subject
        && (before.is_empty()
            || matches!(before, "if" | "because" | "when" | "although" | "though" | "while" | "whether"))
        && (matches!(text.tag_of(i + 1), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
            || matches!(next, "is" | "are" | "was" | "were" | "has" | "had" | "will" | "would"))
    {
        return Some((i, subject.to_owned(), format!("the subject of “{}”: “{subject}”", text.original(i + 1))));
    }
    let object = match lower {
        "they" => Some("them"),
        "he" => Some("him"),
        "she" => Some("her"),
        "we" => Some("us"),
        _ => None,
    };
    if let Some(object) = object
        && matches!(
            before,
            "of" | "with"
                | "from"
                | "by"
                | "at"
                | "into"
                | "against"
                | "among"
                | "under"
                | "toward"
                | "towards"
                | "without"
                | "for"
                | "to"
        )
        && small(i)
        && small(i - 1)
        && !matches!(text.tag_of(i + 1), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md | Tag::Rb | Tag::Vbn)
        && !matches!(next, "who" | "'s" | "'ll" | "'d" | "'re" | "'ve" | "and")
    {
        return Some((i, object.to_owned(), format!("behind “{before}” the object: “{object}”")));
    }
    let finite =
        || matches!(next, "is" | "are" | "was" | "were" | "has" | "have" | "had" | "will" | "would" | "can" | "could");
    let reflexive = match lower {
        "itself" => Some("it"),
        "myself" => Some("I"),
        "himself" => Some("he"),
        "herself" => Some("she"),
        "themselves" => Some("they"),
        "ourselves" => Some("we"),
        "its" if adjoin(text, i) => Some("it"),
        "their" => Some("they"),
        "my" => Some("I"),
        "our" => Some("we"),
        _ => None,
    };
    let owner = matches!(lower, "its" | "their" | "my" | "our") && next != "can";
    if let Some(subject) = reflexive
        && finite()
        && (owner || (open() && before != "and" && before != "as"))
    {
        return Some((i, subject.to_owned(), format!("the subject of “{next}”: “{subject}”")));
    }
    let kind = |k: usize| {
        let plain = sentence.contains(&k) && small(k) && text.tokens[k].kind == crate::text::Kind::Word;
        if plain && adjoin(text, k - 1) { parts_of_speech(text.lower(k)).unwrap_or("") } else { "" }
    };
    let possessive = match lower {
        "they" => Some("their"),
        "he" => Some("his"),
        "she" => Some("her"),
        "it" => Some("its"),
        _ => None,
    };
    if let Some(possessive) = possessive
        && matches!(
            before,
            "of" | "in" | "from" | "with" | "for" | "and" | "to" | "by" | "on" | "have" | "had" | "has" | "at"
        )
        && kind(i + 1) == "NN"
        && !matches!(next, "today" | "yesterday" | "tomorrow" | "tonight" | "home" | "sir")
        && (lower != "it" || before == "of")
    {
        return Some((i, possessive.to_owned(), format!("before “{next}” the possessive: “{possessive}”")));
    }
    let verb_next = |k: usize| {
        matches!(word(k), "of" | "is" | "was" | "are" | "were" | "has" | "had" | "," | "." | "in" | "for" | "between")
    };
    // `has repeated emphasized`
    if matches!(lower, "has" | "have" | "had" | "was" | "were" | "been")
        && (kind(i + 1) == "JJ" || (lower == "has" && kind(i + 1).starts_with("JJ+")))
        && matches!(kind(i + 2), "VBD+VBN" | "VBN" | "VBD")
        && let Some(adverb) = adverb_of(next)
    {
        return Some((i + 1, adverb, format!("before “{}” an adverb", text.original(i + 2))));
    }
    let determiner = matches!(lower, "the" | "a" | "an" | "its" | "his" | "their" | "our" | "my" | "this");
    if determiner {
        // The noun's place, behind one adjective or none.
        let k = if kind(i + 1) == "JJ" { i + 2 } else { i + 1 };
        if kind(k) == "VB"
            && verb_next(k + 1)
            && word(k) != "produce"
            && let Some(noun) = noun_of(word(k))
        {
            return Some((k, noun, format!("“{}” is a verb; a noun is wanted", text.original(k))));
        }
        // The adjective's place.
        if kind(i + 1) == "RB"
            && next.ends_with("ly")
            && (matches!(kind(i + 2), "NN" | "NNS") || (kind(i + 2) == "NNS+VBZ" && lower != "this"))
            && !matches!(word(i + 3), "-" | "and")
            && let Some(plain) = plain_adjective(next)
        {
            return Some((i + 1, plain, format!("before “{}” an adjective, no adverb", text.original(i + 2))));
        }
    }
    let auxiliary = matches!(lower, "would" | "could" | "should" | "must" | "cannot")
        || (matches!(lower, "can" | "will" | "may" | "might") && text.tag_of(i) == Tag::Md);
    if auxiliary
        && (text.tag_of(i - usize::from(i > 0)).is_noun()
            || matches!(before, "he" | "she" | "it" | "they" | "we" | "i" | "you"))
        && i > sentence.start
        && (kind(i + 1) == "VBG" || (matches!(kind(i + 1), "NN" | "NNS") && verb_lemma(next).is_none()))
        && !next.ends_with("time")
        && !matches!(next, "someday" | "yesterday" | "today" | "tomorrow" | "tonight" | "being" | "having")
    {
        return Some((i + 1, String::new(), format!("behind “{lower}” a verb in its plain form")));
    }
    if matches!(lower, "a" | "an" | "the")
        && adjoin(text, i)
        && let Some((number, unit)) = next.split_once('-')
        && is_number(number)
        && matches!(unit, "years" | "months" | "days" | "weeks" | "hours" | "minutes" | "meters" | "metres" | "miles")
        && (lower != "the" || text.tag_of(i + 2).is_noun())
    {
        let right = format!("{number}-{}", &unit[..unit.len() - 1]);
        let message = format!("before a noun the singular: “{right}”");
        return Some((i + 1, right, message));
    }
    None
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
        || matches!(
            word,
            "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" | "ten" | "twenty" | "thirty"
        )
}

/// The adjective that an adverb is made of, if it is one: `highly` → `high`.
fn plain_adjective(adverb: &str) -> Option<String> {
    let stem = adverb.strip_suffix("ly")?;
    let heads =
        [stem.to_owned(), format!("{stem}le"), stem.strip_suffix('i').map(|s| format!("{s}y")).unwrap_or_default()];
    heads
        .into_iter()
        .chain(stem.strip_suffix("al").map(str::to_owned))
        .find(|word| parts_of_speech(word).is_some_and(|tags| tags.split('+').any(|t| t == "JJ")))
}

/// The adverb that an adjective makes with `-ly`, if there is one.
fn adverb_of(adjective: &str) -> Option<String> {
    let mut adverb = match adjective.strip_suffix('y') {
        Some(stem) => format!("{stem}i"),
        None => adjective.strip_suffix("le").map_or_else(|| adjective.to_owned(), |stem| format!("{stem}l")),
    };
    adverb.push_str(if adverb.ends_with('l') && adjective.ends_with("le") { "y" } else { "ly" });
    (parts_of_speech(&adverb) == Some("RB")).then_some(adverb)
}

/// The noun that a verb makes: `establish` → `establishment`, `arrive` → `arrival`.
fn noun_of(verb: &str) -> Option<String> {
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    ["ment", "ion", "ation", "al", "ance", "ence"]
        .into_iter()
        .map(|end| if end == "ment" { format!("{verb}{end}") } else { format!("{stem}{end}") })
        .find(|noun| parts_of_speech(noun).is_some_and(|tags| tags.starts_with("NN")))
}
