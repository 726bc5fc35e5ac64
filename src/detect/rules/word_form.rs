//! `word-form`

use super::fluent::{adjoin, cased, mend, reportable, severity, supported};
use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::fluency::EditKind;
use crate::text::{Analysis, Form, Tag, inflect, verb_lemma};

pub const RULE: Rule = Rule {
    id: "word-form",
    category: "Linguistic conventions/Word form",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "a word in the wrong form: part of speech, agreement, case, or the verb behind an auxiliary",
    doc: "Sure: `they was`, `has went`, `will interrogated`, `If them sent`, `with they`, `a three-years plan`. By likelihood: a word \
          another form of which (`establishment`, `established`) makes the words around it much likelier. Silent in headlines, where \
          the reference has the same words in the same order, and where dialects differ.",
    example: ("theories have began to circulate", "theories have begun to circulate"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let mut done: Vec<usize> = Vec::new();
    for i in 0..text.tokens.len() {
        if text.tokens[i].kind == crate::text::Kind::Word
            && let Some((at, repair, message)) = proved(text, i)
            && !supported(passage, at..at + 1)
        {
            done.push(at);
            let word = cased(text, at, &repair);
            let finding = sink.add(passage.tokens_at(at..at + 1), message);
            mend(finding, word);
        }
    }
    for edit in reportable(passage, &[EditKind::Form]) {
        let i = edit.tokens.start;
        if done.iter().any(|d| d.abs_diff(i) < 3) {
            continue;
        }
        let word = cased(text, i, &edit.replacement);
        sink.add(passage.tokens_at(edit.tokens.clone()), format!("the form of the word: “{word}”?"))
            .suggest(word)
            .weigh(severity(edit));
    }
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

/// What grammar proves at token `i`: the word that is wrong, the right one, and why.
fn proved(text: &Analysis<'_>, i: usize) -> Option<(usize, String, String)> {
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
            && let Some(lemma) = verb_lemma(form).filter(|lemma| lemma != form)
        {
            return Some((
                k,
                lemma.clone().into_owned(),
                format!("behind “{}” the plain form: “{lemma}”", text.original(i)),
            ));
        }
    }
    if matches!(lower, "has" | "have" | "had" | "'ve") {
        let k = behind(text, i);
        if PAST.contains(&word(k)) && small(k) {
            let right = match word(k) {
                "was" | "were" => "been".to_owned(),
                past => inflect(&verb_lemma(past)?, Form::PastParticiple),
            };
            let message = format!("behind “{lower}” the participle: “{right}”");
            return Some((k, right, message));
        }
    }
    let open = matches!(
        before,
        "" | "," | "and" | "but" | "because" | "when" | "while" | "as" | "since" | "although" | "that" | "\""
    );
    let agreement = match (lower, next) {
        ("they" | "we" | "you", "was" | "is" | "has" | "does") if text.normal(i) != "WE" => {
            !matches!(before, "and" | "of" | "for" | "to" | "with" | "between" | "than" | "or")
        }
        ("he" | "she" | "it", "are" | "am") => open && before != "that" && before != "and",
        ("it", "were") => false,
        ("i", "is" | "are" | "has" | "does") => text.normal(i) == "I" && open && before != "and",
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
    if matches!(lower, "a" | "an" | "the") && adjoin(text, i) {
        if let Some((number, unit)) = next.split_once('-')
            && is_number(number)
            && matches!(
                unit,
                "years" | "months" | "days" | "weeks" | "hours" | "minutes" | "meters" | "metres" | "miles"
            )
            && (lower != "the" || text.tag_of(i + 2).is_noun())
        {
            let right = format!("{number}-{}", &unit[..unit.len() - 1]);
            let message = format!("before a noun the singular: “{right}”");
            return Some((i + 1, right, message));
        }
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
