//! A text with what was found in it marked.

use super::Text;
use crate::report::model::FindingView;
use crate::span::Span;
use maud::{Markup, PreEscaped, Render, html};
use std::fmt::Write;

/// Most findings that one stretch of text names; of more the gravest.
const NAMED: usize = 8;

/// A place with a finding: `number` is unique in the story.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// What its note is named by.
    pub number: usize,
    /// Where, in bytes.
    pub span: Span,
    /// Class of the mark: how grave, or what it touches.
    pub level: &'static str,
    /// Of marks on the same words the one with the most is shown.
    pub weight: u8,
}

impl Mark {
    /// Marks for findings that are numbered from `first`.
    pub fn all(findings: &[FindingView<'_>], first: usize) -> Vec<Self> {
        let mark = |(at, finding): (usize, &FindingView<'_>)| Self {
            number: first + at,
            span: finding.span,
            level: finding.severity.name(),
            weight: finding.severity as u8,
        };
        findings.iter().enumerate().map(mark).collect()
    }
}

/// `text`, whose first byte is byte `offset` of what the marks point into. Each stretch that the same findings cover is one link
/// to the note of the gravest of them; the first stretch of a finding carries the name that its note links back to. Ids start
/// with `story`, those of that name with `side` behind it.
pub fn marked(text: &str, offset: usize, marks: &[Mark], story: &str, side: &str) -> Markup {
    let inside = |at: usize| {
        let mut at = at.saturating_sub(offset).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let mut order: Vec<(usize, usize, &Mark)> =
        marks.iter().map(|mark| (inside(mark.span.start), inside(mark.span.end), mark)).collect();
    order.sort_by_key(|(start, end, mark)| (*start, *end, mark.number));
    let mut cuts: Vec<usize> = order.iter().flat_map(|(start, end, _)| [*start, *end]).collect();
    cuts.push(text.len());
    cuts.sort_unstable();
    cuts.dedup();
    let (mut out, mut at) = (String::with_capacity(text.len() * 2), 0);
    let mut waiting = order.into_iter().peekable();
    let mut open: Vec<(usize, &Mark)> = Vec::new();
    for cut in cuts {
        // What stands before this cut is covered by what is open.
        if cut > at {
            link(&mut out, &text[at..cut], &open, &[], story, side);
            at = cut;
        }
        open.retain(|(end, _)| *end > cut);
        let mut fresh = Vec::new();
        while let Some((_, end, mark)) = waiting.next_if(|(start, ..)| *start <= cut) {
            if end <= cut {
                link(&mut out, "", &[(end, mark)], &[mark.number], story, side);
            } else {
                open.push((end, mark));
                fresh.push(mark.number);
            }
        }
        // A name stands before the stretch that begins here; the link below is its own.
        for number in fresh {
            let _ = write!(out, "<i id={story}{side}m{number}></i>");
        }
    }
    PreEscaped(out)
}

fn link(out: &mut String, text: &str, open: &[(usize, &Mark)], names: &[usize], story: &str, side: &str) {
    let mut named: Vec<&Mark> = open.iter().map(|(_, mark)| *mark).collect();
    named.sort_by_key(|mark| (std::cmp::Reverse(mark.weight), mark.number));
    let Some(gravest) = named.first() else { return Text(text).render_to(out) };
    let numbers: Vec<String> = named.iter().take(NAMED).map(|mark| mark.number.to_string()).collect();
    for number in names {
        let _ = write!(out, "<i id={story}{side}m{number}></i>");
    }
    let (href, level) = (format!("#{story}f{}", gravest.number), gravest.level);
    html! {
        a.hit href=(href) data-f=(numbers.join(" ")) aria-describedby={ (story) "d" (gravest.number) } {
            @if text.is_empty() {
                mark.gap.(level) aria-label="something missing here" { "‸" }
            } @else {
                mark.(level) { (Text(text)) }
            }
        }
    }
    .render_to(out);
}
