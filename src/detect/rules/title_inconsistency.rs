//! `title-inconsistency`

use super::people::{is_name_part, is_one_person, name_at, words};
use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::{Analysis, Kind};
use std::ops::Range;

pub const RULE: Rule = Rule {
    id: "title-inconsistency",
    category: "Terminology/Inconsistent use of terminology",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "one person under two titles in one story",
    doc: "`Prime Minister Stoica` here and `President Stoica` there: two offices that one person does not hold, a major fault unless the \
          story tells of a change (*former*, *then*, *became*, *appointed* …). One office in two wordings (`Premier`, `Prime Minister`; \
          `Interior Minister`, `Minister of Internal Affairs`; `Secretary-General`, `Secretary General`) is minor. `Minister of Defence` \
          and `Defence Minister` are styles of one wording. Deputies, quotations, headlines, and surnames of which the story \
          does not name one person alone in full stay silent.",
    example: ("Premier Stoica left. Prime Minister Stoica is back.", "Premier Stoica left. Premier Stoica is back."),
    check: Check::Story(check),
};

/// Offices that one person does not hold with another of the list, in the wordings that one office has.
const OFFICES: [&[&str]; 16] = [
    &["prime minister", "premier"],
    &["president"],
    &["chancellor"],
    &["king"],
    &["queen"],
    &["emperor"],
    &["emir"],
    &["sultan"],
    &["governor"],
    &["mayor"],
    &["secretary of state", "state secretary"],
    &["secretary-general", "secretary general", "general secretary"],
    &["colonel"],
    &["major"],
    &["captain"],
    &["sergeant"],
];
/// Portfolios that are one under several names, each without `and`, `the` and `of`.
const PORTFOLIOS: [&[&str]; 9] = [
    &["interior", "internal affairs", "home affairs"],
    &["foreign", "foreign affairs", "external affairs", "external relations", "foreign relations"],
    &["defense", "defence"],
    &["emergencies", "emergency situations", "emergency"],
    &["labor", "labour"],
    &["transport", "transportation"],
    &["finance", "finances"],
    &["economy", "economic affairs", "economics"],
    &["health", "healthcare", "public health"],
];
/// Portfolios that are one in another style or spelling, which is no fault.
const STYLES: [&[&str]; 4] =
    [&["foreign", "foreign affairs"], &["defense", "defence"], &["labor", "labour"], &["transport", "transportation"]];
/// Words beside a title that make another office of it, or one of another time.
const ASIDE: [&str; 24] = [
    "vice",
    "vice-",
    "deputy",
    "former",
    "ex",
    "ex-",
    "then",
    "then-",
    "acting",
    "interim",
    "late",
    "future",
    "outgoing",
    "incoming",
    "shadow",
    "assistant",
    "caretaker",
    "designate",
    "elect",
    "-elect",
    "lieutenant",
    "general",
    "honorary",
    "provisional",
];
/// Words that tell of a change of office.
const CHANGE: [&str; 24] = [
    "former",
    "formerly",
    "then",
    "became",
    "become",
    "becomes",
    "becoming",
    "appointed",
    "elected",
    "re-elected",
    "sworn",
    "resigned",
    "resignation",
    "inaugurated",
    "inauguration",
    "promoted",
    "succeeded",
    "predecessor",
    "successor",
    "took",
    "nominated",
    "ousted",
    "later",
    "served",
];

/// A name with a title before it.
struct Titled<'s, 't> {
    passage: &'s Passage<'t>,
    title: Range<usize>,
    name: Range<usize>,
    office: Office,
}

/// What a title says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Office {
    /// A row of [`OFFICES`] and the wording in it.
    Held(usize, usize),
    /// A minister, with the portfolio.
    Minister(String),
}

/// How two titles of one person go together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Same,
    Worded,
    Contradicts,
}

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    let mut found: Vec<Titled<'_, '_>> = Vec::new();
    for passage in story.passages.iter().filter(|p| !p.display || !story.whole) {
        let text = &passage.text;
        let mut i = 0;
        while i < text.tokens.len() {
            let titled = title_at(text, i).filter(|_| !text.tokens[i].quoted);
            if let Some((title, name, office)) = titled {
                i = name.end;
                found.push(Titled { passage, title, name, office });
            } else {
                i += 1;
            }
        }
    }
    for (k, one) in found.iter().enumerate() {
        // The wording that is met more often is the story's; of equals, the first.
        let weight = |of: &Titled<'_, '_>| found.iter().filter(|t| is_same(t, one) && t.office == of.office).count();
        let rival = found
            .iter()
            .enumerate()
            .filter(|(n, other)| {
                is_same(one, other)
                    && verdict(&one.office, &other.office) != Verdict::Same
                    && (weight(other), k) > (weight(one), *n)
            })
            .max_by_key(|(n, other)| (weight(other), usize::MAX - n));
        let Some((_, rival)) = rival else { continue };
        let contradicts = verdict(&one.office, &rival.office) == Verdict::Contradicts;
        if contradicts && (changes(one) || changes(rival) || !is_one(story, one)) || in_reference(one) {
            continue;
        }
        let here = one.passage.text.slice(one.title.clone());
        let there = rival.passage.text.slice(rival.title.clone());
        let name = rival.passage.text.slice(rival.name.clone());
        sink.add(
            one.passage.tokens_at(one.title.clone()),
            format!("“{here}” here, “{there} {name}” elsewhere in the story"),
        )
        .suggest(there)
        .weigh(if contradicts { Severity::Major } else { Severity::Minor })
        .sure(if contradicts { 0.7 } else { 0.65 });
    }
}

fn is_same(a: &Titled<'_, '_>, b: &Titled<'_, '_>) -> bool {
    is_one_person(&words(&a.passage.text, &a.name), &words(&b.passage.text, &b.name))
}

/// Whether the story names one person of this surname in full, and no other.
fn is_one(story: &Story<'_>, one: &Titled<'_, '_>) -> bool {
    let own = words(&one.passage.text, &one.name);
    let Some(last) = own.last() else { return false };
    let mut given: Vec<&str> = Vec::new();
    for passage in &story.passages {
        let text = &passage.text;
        for i in (1..text.tokens.len()).filter(|&i| text.normal(i) == *last) {
            let first = text.normal(i - 1);
            if is_name_part(text, i - 1)
                && !is_title_word(text, i - 1)
                && !is_office(text.lower(i - 1))
                && !given.contains(&first)
            {
                given.push(first);
            }
        }
    }
    given.len() == 1
}

fn is_office(lower: &str) -> bool {
    OFFICES.iter().any(|row| row.iter().any(|form| form.rsplit(' ').next() == Some(lower)))
}

/// Whether the sentence tells of a change of office, or of another time.
fn changes(titled: &Titled<'_, '_>) -> bool {
    let text = &titled.passage.text;
    let sentence = text.sentences[text.tokens[titled.title.start].sentence].clone();
    sentence.clone().any(|k| CHANGE.contains(&text.lower(k)))
        || sentence.clone().any(|k| crate::detect::lexicon::classes::is_year(text.lower(k)))
}

fn in_reference(titled: &Titled<'_, '_>) -> bool {
    let said = titled.passage.text.slice(titled.title.start..titled.name.end);
    titled.passage.reference.as_ref().is_some_and(|r| r.text.text.contains(said))
}

/// The title that begins at token `i`, the name that follows it, and the office.
fn title_at(text: &Analysis<'_>, i: usize) -> Option<(Range<usize>, Range<usize>, Office)> {
    if !text.is_capitalised(i) || text.tokens[i].kind != Kind::Word {
        return None;
    }
    let before = i.checked_sub(1).map_or("", |k| text.lower(k));
    // A capital that goes on from the word before makes a longer title of it.
    let goes_on = i > 0 && text.tokens[i].spaced && text.tokens[i - 1].kind == Kind::Word && is_title_word(text, i - 1);
    if ASIDE.contains(&before) || goes_on || before == "-" && i > 1 && ASIDE.contains(&text.lower(i - 2)) {
        return None;
    }
    let heads = OFFICES.iter().copied().flatten().any(|form| form.starts_with(text.lower(i)));
    let (title, office) = (1..=if heads { 3 } else { 0 })
        .rev()
        .find_map(|n| {
            let phrase = joined(text, i..(i + n).min(text.tokens.len()));
            let at =
                OFFICES.iter().enumerate().find_map(|(k, row)| Some((k, row.iter().position(|form| *form == phrase)?)));
            at.map(|(row, form)| (i..i + n, Office::Held(row, form)))
        })
        .or_else(|| minister(text, i))?;
    if ASIDE.contains(&text.lower(title.end)) || text.lower(title.end) == "-" {
        return None;
    }
    let name = name_at(text, title.end);
    let plain = !name.is_empty() && text.tokens[title.end].spaced && !is_title_word(text, title.end);
    plain.then_some((title, name, office))
}

fn is_title_word(text: &Analysis<'_>, i: usize) -> bool {
    const WORDS: [&str; 13] = [
        "vice",
        "deputy",
        "lieutenant",
        "general",
        "brigadier",
        "prime",
        "foreign",
        "minister",
        "president",
        "secretary",
        "staff",
        "attorney",
        "sergeant",
    ];
    text.is_capitalised(i) && WORDS.contains(&text.lower(i))
}

fn joined(text: &Analysis<'_>, range: Range<usize>) -> String {
    range.map(|k| text.lower(k)).collect::<Vec<_>>().join(" ")
}

/// `Defence Minister`, `Minister of Defence`, `Minister for Foreign Affairs and Trade`.
fn minister(text: &Analysis<'_>, i: usize) -> Option<(Range<usize>, Office)> {
    let same =
        |k: usize| text.tokens.get(k).is_some_and(|t| t.sentence == text.tokens[i].sentence && t.kind == Kind::Word);
    if text.lower(i) == "minister" && matches!(text.lower(i + 1), "of" | "for") {
        let mut end = i + 2;
        let small = |k: usize| matches!(text.lower(k), "the" | "and" | "of");
        while same(end) && (text.is_capitalised(end) && is_portfolio(text.lower(end)) || small(end)) {
            end += 1;
        }
        while end > i + 2 && small(end - 1) {
            end -= 1;
        }
        let portfolio = portfolio(text, i + 2..end);
        return (end > i + 2 && !portfolio.is_empty()).then_some((i..end, Office::Minister(portfolio)));
    }
    let end = (i..i + 5).find(|&k| same(k) && text.lower(k) == "minister" && text.is_capitalised(k))?;
    let all =
        (i..end).all(|k| same(k) && (is_portfolio(text.lower(k)) && text.is_capitalised(k) || text.lower(k) == "and"));
    (end > i && all).then(|| (i..end + 1, Office::Minister(portfolio(text, i..end))))
}

/// Words that ministers are named after.
fn is_portfolio(lower: &str) -> bool {
    const WORDS: [&str; 48] = [
        "foreign",
        "external",
        "internal",
        "interior",
        "home",
        "affairs",
        "relations",
        "defense",
        "defence",
        "finance",
        "finances",
        "economy",
        "economic",
        "economics",
        "development",
        "trade",
        "commerce",
        "industry",
        "health",
        "healthcare",
        "public",
        "education",
        "science",
        "culture",
        "sports",
        "sport",
        "tourism",
        "energy",
        "environment",
        "agriculture",
        "food",
        "fisheries",
        "transport",
        "transportation",
        "infrastructure",
        "justice",
        "labor",
        "labour",
        "employment",
        "social",
        "emergency",
        "emergencies",
        "situations",
        "digital",
        "information",
        "communications",
        "immigration",
        "security",
    ];
    WORDS.contains(&lower)
}

fn portfolio(text: &Analysis<'_>, range: Range<usize>) -> String {
    range.map(|k| text.lower(k)).filter(|w| !matches!(*w, "and" | "the" | "of")).collect::<Vec<_>>().join(" ")
}

fn verdict(a: &Office, b: &Office) -> Verdict {
    match (a, b) {
        (Office::Held(x, p), Office::Held(y, q)) if x == y => {
            if p == q {
                Verdict::Same
            } else {
                Verdict::Worded
            }
        }
        (Office::Minister(x), Office::Minister(y)) => {
            let within = |a: &str, b: &str| a.split(' ').all(|w| b.split(' ').any(|v| v == w));
            let row = |table: &[&[&str]]| table.iter().any(|r| r.contains(&x.as_str()) && r.contains(&y.as_str()));
            if row(&STYLES) || row(&PORTFOLIOS) && within(x, y) && within(y, x) {
                Verdict::Same
            } else if row(&PORTFOLIOS) {
                Verdict::Worded
            } else if within(x, y)
                || within(y, x)
                || x.split(' ').any(|w| w != "affairs" && y.split(' ').any(|v| v == w))
            {
                // The long name of one office and its short one.
                Verdict::Same
            } else {
                Verdict::Contradicts
            }
        }
        _ => Verdict::Contradicts,
    }
}

/// Two wordings of one portfolio, neither a style of the other: `interior`, `internal affairs`.
pub fn is_reworded(a: &str, b: &str) -> bool {
    verdict(&Office::Minister(a.to_owned()), &Office::Minister(b.to_owned())) == Verdict::Worded
}

/// The portfolio in `range` of a ministry's name, without small words; `None` where it is none.
pub fn ministry(text: &Analysis<'_>, range: Range<usize>) -> Option<String> {
    let all = range.clone().all(|k| is_portfolio(text.lower(k)) || matches!(text.lower(k), "and" | "the" | "of"));
    (all && !range.is_empty()).then(|| portfolio(text, range))
}
