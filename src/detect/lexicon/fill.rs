//! What an entry says to write instead, filled in from what its pattern met.

use super::classes::{Class, country_of, nationalities, nationality_of};
use super::pattern::{Head, Match};
use crate::text::{Analysis, Form, Tag, capitalised, inflect, takes_an, verb_lemma};
use std::ops::Range;

/// A place of a template that is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blank<'t> {
    /// `{class}`, `{class:2}`: the name and which of them, from 1.
    Class(&'t str, usize),
    /// `<lemma>`, `<lemma:2>`: the lemma and which of the pattern's lemmas gives the form, from 1.
    Lemma(&'t str, usize),
}

/// The blanks of a template, each with the text before it; the last is the rest, without a blank.
pub(super) fn parts(template: &str) -> Result<Vec<(&str, Option<Blank<'_>>)>, String> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '<']) {
        let brace = rest[at..].starts_with('{');
        let close = if brace { '}' } else { '>' };
        let end = rest[at..].find(close).ok_or_else(|| format!("`{}` lacks its `{close}`", &rest[at..]))? + at;
        let name = &rest[at + 1..end];
        let (name, nth) = match name.split_once(':') {
            Some((name, nth)) => {
                let nth = nth.parse().ok().filter(|n| (1..10).contains(n));
                (name, nth.ok_or_else(|| format!("`{}` counts from :1 to :9", &rest[at..=end]))?)
            }
            None => (name, 1),
        };
        if name.is_empty() || brace && Class::parse(name).is_none() {
            return Err(format!("`{}` is no class", &rest[at..=end]));
        }
        out.push((&rest[..at], Some(if brace { Blank::Class(name, nth) } else { Blank::Lemma(name, nth) })));
        rest = &rest[end + 1..];
    }
    out.push((rest, None));
    Ok(out)
}

/// Fills a template: `{class}` and `{class:2}` repeat captures, `<lemma>` takes the form of the phrase's own verb or
/// noun. `None` where the template names what the pattern did not capture.
pub(super) fn fill(template: &str, text: &Analysis<'_>, found: &Match, sentence: &Range<usize>) -> Option<String> {
    let mut out = String::new();
    for (before, blank) in parts(template).ok()? {
        // `France's`, but `the Netherlands'`
        let before = if before.starts_with("'s") && out.ends_with('s') {
            before.replacen("'s", "'", 1)
        } else {
            before.to_owned()
        };
        out.push_str(&before);
        let Some(blank) = blank else { continue };
        let word = match blank {
            Blank::Class(name, nth) => captured(Class::parse(name)?, nth, text, found)?,
            Blank::Lemma(lemma, nth) => {
                let head = found.heads.get(nth - 1).copied();
                if nth > 1 && head.is_none() {
                    return None;
                }
                // A phrasal verb bends in its first word.
                let (verb, tail) = lemma.split_once(' ').map_or((lemma, ""), |(v, _)| (v, &lemma[v.len()..]));
                bend(verb, text, head) + tail
            }
        };
        agree(&mut out, &word);
        out.push_str(&word);
    }
    let start = found.flagged.start;
    if start > 0 && text.lower(start - 1) == "the" && out.starts_with("the ") {
        out.drain(..4);
    }
    // A capital goes over, unless it is a name's.
    let first = sentence.clone().find(|&i| text.tokens[i].is_word()) == Some(start);
    let named = text.tag_of(start).is_proper() || nationalities().contains(text.lower(start));
    if text.is_capitalised(start) && (first || !named) {
        out = capitalised(&out);
    }
    Some(out)
}

/// Makes an article at the end of `out` agree with `word`, which comes behind it.
fn agree(out: &mut String, word: &str) {
    let stem = out.strip_suffix(' ').unwrap_or("");
    let (stem, article) = stem.rsplit_once(' ').map_or(("", stem), |(stem, last)| (stem, last));
    if let (true, Some(an)) = (matches!(article, "a" | "an" | "A" | "An"), takes_an(word)) {
        let first = &article[..1];
        let gap = if stem.is_empty() { "" } else { " " };
        *out = format!("{stem}{gap}{first}{} ", if an { "n" } else { "" });
    }
}

/// What the `nth` class of that name took; of countries and nationalities also what the other one says.
fn captured(class: Class, nth: usize, text: &Analysis<'_>, found: &Match) -> Option<String> {
    let of = |class: Class| found.captures.iter().filter(|c| c.0 == class).nth(nth - 1).map(|c| c.1.clone());
    if let Some(tokens) = of(class) {
        return Some(text.slice(tokens).to_owned());
    }
    let lower = |tokens: Range<usize>| tokens.map(|k| text.lower(k)).collect::<Vec<_>>().join(" ");
    match class {
        Class::Nationality => nationality_of(&lower(of(Class::Country)?)).map(title),
        Class::Country => {
            let name = country_of(&lower(of(Class::Nationality)?))?;
            let the = matches!(
                name,
                "united states"
                    | "united kingdom"
                    | "netherlands"
                    | "philippines"
                    | "czech republic"
                    | "united arab emirates"
                    | "dominican republic"
                    | "maldives"
                    | "bahamas"
            );
            Some(if the { format!("the {}", title(name)) } else { title(name) })
        }
        _ => None,
    }
}

/// A name that the tables hold in lower case.
fn title(name: &str) -> String {
    let word = |word: &str| match word {
        "and" | "of" | "the" => word.to_owned(),
        _ if word.contains('.') || matches!(word, "uk" | "us" | "eu" | "usa" | "uae") => word.to_uppercase(),
        _ => capitalised(word),
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The form of `lemma` that the word at `head` has.
fn bend(lemma: &str, text: &Analysis<'_>, head: Option<Head>) -> String {
    let Some(head) = head else { return inflect(lemma, Form::Base) };
    let form = match form(text, head) {
        // Verbs alone: the tagger took the other one for a noun.
        Form::Plural if matches!(lemma, "be" | "have" | "do" | "go") => Form::Third,
        form => form,
    };
    if lemma != "be" {
        return inflect(lemma, form);
    }
    let (own, subject) = (text.lower(head.token), head.token.checked_sub(1));
    let many = subject.is_some_and(|i| {
        matches!(text.tag_of(i), Tag::Nns | Tag::Nnps) || matches!(text.lower(i), "they" | "we" | "you")
    });
    match form {
        Form::Past if own == "were" || own != "was" && many => "were".to_owned(),
        Form::Past => "was".to_owned(),
        Form::Base if own == "are" || text.tag_of(head.token) == Tag::Vbp && own != "am" => "are".to_owned(),
        Form::PastParticiple => "been".to_owned(),
        _ => inflect("be", form),
    }
}

/// The form of a word that met a lemma: its tag's, or where the tagger takes a verb for something else, its ending's.
fn form(text: &Analysis<'_>, head: Head) -> Form {
    let own = Form::of(text.tag_of(head.token)).unwrap_or(Form::Base);
    let lower = text.lower(head.token);
    match verb_lemma(lower).filter(|verb| head.as_verb && *verb != lower) {
        Some(_) if lower.ends_with("ing") => Form::PresentParticiple,
        Some(verb) if inflect(verb, Form::Past) == lower && own != Form::PastParticiple => Form::Past,
        Some(verb) if inflect(verb, Form::PastParticiple) == lower => Form::PastParticiple,
        Some(verb) if inflect(verb, Form::Third) == lower => Form::Third,
        _ => own,
    }
}
