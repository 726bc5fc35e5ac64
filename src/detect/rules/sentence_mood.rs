//! `sentence-mood`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::{Analysis, Later};

pub const RULE: Rule = Rule {
    id: "sentence-mood",
    category: "Accuracy/Mistranslation",
    severity: Severity::Major,
    needs: Needs::TextOrMore,
    english: true,
    summary: "a statement made a question, or a question made a statement",
    doc: "Where a reference or a source is given: the passage asks and neither of them does, or they ask and the passage does not. \
          Flagged is the closing mark. Where reference and source disagree, the rule is silent; where it must be said which of several \
          sentences asks, the finding is minor.",
    example: (
        "Has the commission been studying alternatives? (reference: The commission has been studying alternatives.)",
        "The commission has been studying alternatives.",
    ),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, _: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    let others: Vec<&Later<'_>> = passage.reference.iter().chain(&passage.source).map(|other| &other.text).collect();
    if others.is_empty() || text.words() < 2 {
        return;
    }
    let own = questions(text);
    let most = others.iter().map(|other| asks(other.text)).max().unwrap_or(0);
    let least = others.iter().map(|other| asks(other.text)).min().unwrap_or(0);
    if own.is_empty() && least == 0 {
        return;
    }
    let single = text.sentences.len() == 1 && others.iter().all(|other| other.sentences.len() <= 1);
    let (severity, confidence) = if single { (Severity::Major, 0.85) } else { (Severity::Minor, 0.6) };
    let reference = passage.reference.is_some();
    if own.len() > most && most == 0 {
        for &i in &own {
            let what = if reference { "the reference states it" } else { "the source does not ask" };
            let found = sink.add(passage.tokens_at(i..i + 1), format!("a question, where {what}"));
            found.suggest(statement(text, i)).weigh(severity).sure(confidence).compared = reference;
        }
    } else if own.is_empty() && least > 0 && single {
        let Some(last) =
            text.tokens.iter().rposition(|t| !matches!(&text.text[t.span.range()], "\"" | "\u{201d}" | "\u{2019}"))
        else {
            return;
        };
        let what = if reference { "the reference asks" } else { "the source asks" };
        sink.add(passage.tokens_at(last..last + 1), format!("a statement, where {what}"))
            .suggest(if text.tokens[last].is_word() { format!("{}?", text.original(last)) } else { "?".to_owned() })
            .weigh(if reference { severity } else { Severity::Minor })
            .sure(if reference { confidence } else { 0.6 })
            .compared = reference;
    }
}

/// What the mark becomes; the order of words is the editor's to mend.
fn statement(text: &Analysis<'_>, mark: usize) -> String {
    let written = text.original(mark);
    if written.contains('!') { "!".to_owned() } else { ".".to_owned() }
}

/// The question marks that end a sentence of English.
fn questions(text: &Analysis<'_>) -> Vec<usize> {
    (0..text.tokens.len()).filter(|&i| matches!(text.normal(i), "?" | "??" | "???" | "?!" | "!?")).collect()
}

/// How many question marks of any script a text has; a Japanese or Chinese question may end in a particle alone.
fn asks(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| *byte == b'?').count();
    }
    let marks: usize =
        ['?', '\u{ff1f}', '\u{61f}', '\u{37e}', '\u{2047}'].into_iter().map(|mark| text.matches(mark).count()).sum();
    // Greek asks with a semicolon.
    let greek = text.contains(';') && text.chars().any(|c| ('\u{391}'..='\u{3c9}').contains(&c));
    // All begin with a byte that few other letters begin with.
    let may_have = text.bytes().any(|byte| matches!(byte, 0xe3 | 0xe5));
    let particles = ["か。", "か」", "吗。", "呢。", "吗，", "か？"];
    marks + usize::from(greek) + usize::from(marks == 0 && may_have && particles.iter().any(|p| text.contains(p)))
}
