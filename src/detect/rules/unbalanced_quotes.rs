//! `unbalanced-quotes`

use crate::config::Severity;
use crate::detect::{Check, Needs, Passage, Rule, Sink, Story};
use crate::text::QuoteKind;

pub const RULE: Rule = Rule {
    id: "unbalanced-quotes",
    category: "Linguistic conventions/Punctuation",
    severity: Severity::Minor,
    needs: Needs::Text,
    english: true,
    summary: "a quotation mark without its partner",
    doc: "An opening mark that is never closed, or a closing one that was never opened. A quotation that runs over several paragraphs \
          opens each and closes only the last: that is good style and stays silent, as do apostrophes, feet, inches and minutes of \
          arc. A lone segment may be the first or last part of a longer quotation, so there only a mark in its middle is flagged.",
    example: ("the talks had been “frank and useful", "the talks had been “frank and useful”"),
    check: Check::Story(check),
};

fn check(story: &Story<'_>, sink: &mut Sink<'_>) {
    let passages = &story.passages;
    for (n, passage) in passages.iter().enumerate() {
        let marks = &passage.text.quotes;
        for (k, mark) in marks.iter().enumerate() {
            if mark.partner.is_some() || mark.kind == QuoteKind::Corner {
                continue;
            }
            // Single marks are too often apostrophes to be sure, but for a low German one.
            if !mark.kind.is_double() {
                continue;
            }
            let last_open = mark.opens && !marks[k + 1..].iter().any(|m| m.kind.is_double());
            let first_close = !mark.opens && !marks[..k].iter().any(|m| m.kind.is_double());
            if mark.opens && last_open {
                let next = passages.get(n + 1);
                let resumed = next.is_some_and(|p| opens_first(p) || closes_first(p));
                if resumed && story.whole {
                    continue;
                }
            }
            if first_close && n > 0 && story.whole && open_at_end(&passages[n - 1]) && !opens_first(passage) {
                continue;
            }
            if !story.whole && (last_open || first_close) && !inside(passage, k) {
                continue;
            }
            let message = if mark.opens { "this quotation is never closed" } else { "this quotation was never opened" };
            sink.add(passage.at(mark.span), message);
        }
    }
}

fn opens_first(passage: &Passage<'_>) -> bool {
    passage
        .text
        .quotes
        .first()
        .is_some_and(|m| m.opens && m.kind.is_double() && passage.text.text[..m.span.start].trim().is_empty())
}

fn closes_first(passage: &Passage<'_>) -> bool {
    passage.text.quotes.iter().find(|m| m.kind.is_double()).is_some_and(|m| !m.opens && m.partner.is_none())
}

fn open_at_end(passage: &Passage<'_>) -> bool {
    passage.text.quotes.iter().rev().find(|m| m.kind.is_double()).is_some_and(|m| m.opens && m.partner.is_none())
}

/// Whether a mark of a lone segment is where no longer quotation can begin or end: the other side is balanced by the
/// reference, which has its marks in pairs.
fn inside(passage: &Passage<'_>, _: usize) -> bool {
    passage
        .reference
        .as_ref()
        .is_some_and(|r| !r.text.quotes.is_empty() && r.text.quotes.iter().all(|m| m.partner.is_some()))
}
