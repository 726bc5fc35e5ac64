//! `word-order`

use super::against::report;
use super::fluent::{doubt, reportable, severity};
use crate::config::Severity;
use crate::detect::edits::Fault;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::fluency::EditKind;
use crate::text::{Analysis, Tag};

pub const RULE: Rule = Rule {
    id: "word-order",
    category: "Linguistic conventions/Word order",
    severity: Severity::Minor,
    needs: Needs::TextOrMore,
    english: true,
    summary: "two words that changed places, or a sentence whose words stand in no order",
    doc: "Neighbours whose exchange makes the sentence much likelier, by n-grams of words and of word classes: `talks the between`. \
          Where no order is left in a sentence, the whole sentence is flagged. Good English gets about one such finding in 10,000 \
          words. Silent in headlines and lists, and where the reference has the same words in the same order.",
    example: ("said that talks the would go on", "said that the talks would go on"),
    check: Check::Passage(check),
};

fn check(passage: &Passage<'_>, story: &Story<'_>, sink: &mut Sink<'_>) {
    let text = &passage.text;
    for edit in reportable(passage, &[EditKind::Swap, EditKind::Shuffle]) {
        let span = passage.tokens_at(edit.tokens.clone());
        if edit.kind == EditKind::Shuffle {
            sink.add(span, "the words of this sentence stand in no order").weigh(severity(edit));
            continue;
        }
        let (first, last) = (edit.tokens.start, edit.tokens.end - 1);
        // `Yahoo! News The ATP said`: a capitalised article begins a sentence; what is missing is a stop.
        if text.is_capitalised(last) && text.tag_of(last) == Tag::Dt {
            continue;
        }
        // Names with their titles, and compounds (`securities market`), are too many to be known.
        if text.tag_of(first).is_noun() && text.tag_of(last).is_noun() {
            continue;
        }
        // `said Pelosi`, and the seam of a name.
        if text.tag_of(last).is_proper() && (text.tag_of(first).is_verb() || text.tag_of(first).is_proper()) {
            continue;
        }
        // `WHO experts`; `remote agricultural areas`, `warm boiled water`; `Portland in Oregon`
        let acronym = |k: usize| text.normal(k).len() > 1 && text.normal(k).chars().all(char::is_uppercase);
        let modifies = |k: usize| text.tag_of(k).is_adjective() || text.tag_of(k) == Tag::Vbn;
        let adjectives =
            modifies(first) && modifies(last) && (text.tag_of(last).is_adjective() || text.tag_of(last + 1).is_noun());
        let place = text.tag_of(first) == Tag::In && text.tag_of(last).is_proper();
        if acronym(first) || acronym(last) || adjectives || place {
            continue;
        }
        if is_natural(text, first, last) {
            continue;
        }
        let mut words = edit.replacement.clone();
        let opens = text.tokens.get(first).is_some_and(|t| text.sentences[t.sentence].start == first);
        if opens && text.is_capitalised(first) && !text.tag_of(first).is_proper() {
            let lower = words.rsplit_once(' ').map(|(a, b)| format!("{a} {}", b.to_lowercase())).unwrap_or(words);
            words = super::words::cased(text.normal(first), &lower);
        }
        let found = sink.add(span, format!("the order of the words: “{words}”?")).suggest(words).weigh(severity(edit));
        doubt(found, edit);
    }
    report(passage, story, Fault::WordOrder, sink);
}

/// Whether English has this order too, though the model has seen more of the other.
fn is_natural(text: &Analysis<'_>, first: usize, last: usize) -> bool {
    let (word, next) = (text.lower(first), text.lower(last));
    let (tag, next_tag) = (text.tag_of(first), text.tag_of(last));
    // `distracted myself`
    if tag.is_verb() && (next.ends_with("self") || next.ends_with("selves")) {
        return true;
    }
    // `further explain`, `quickly left`
    if tag == Tag::Rb && (word == "further" || word.ends_with("ly")) && next_tag.is_verb() {
        return true;
    }
    // `grew annually by`
    let often =
        matches!(word, "hourly" | "daily" | "nightly" | "weekly" | "monthly" | "quarterly" | "yearly" | "annually");
    if often && next_tag == Tag::In {
        return true;
    }
    // `the two first chapters`
    if text.tag_of(first) == Tag::Cd && matches!(next, "first" | "last" | "next") {
        return true;
    }
    // `stronger united than divided`, `more people than`
    let before = first.checked_sub(1).map_or(Tag::Punct, |i| text.tag_of(i));
    next == "than"
        && matches!(before, Tag::Jjr | Tag::Rbr)
        && matches!(tag, Tag::Jj | Tag::Vbn | Tag::Vbd | Tag::Nn | Tag::Nns)
}
