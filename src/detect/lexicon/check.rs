//! Whether the entries do what their examples say, and leave one another alone.

use super::entry::PATTERNS;
use super::record::items;
use super::search::told;
use super::{Entry, EntryId, Hit, Lexicon};
use crate::error::{Error, Place};
use crate::text::Analysis;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// An error that names the entry, its file and its line.
pub(super) fn at(entry: &Entry, message: &str) -> Error {
    Error::usage(format!("entry `{}`: {message}", entry.id)).file(&entry.file).at(Place::Line(entry.line))
}

/// A text without its marks, and the bytes that stood in each pair of them. None where they do not pair.
fn unmarked(marked: &str) -> Option<(String, Vec<Range<usize>>)> {
    let (mut text, mut spans, mut open) = (String::with_capacity(marked.len()), Vec::new(), None);
    for c in marked.chars() {
        match c {
            '⟦' if open.is_none() => open = Some(text.len()),
            '⟧' => spans.push(open.take()?..text.len()),
            '⟦' => return None,
            c => text.push(c),
        }
    }
    (open.is_none() && !spans.is_empty()).then_some((text, spans))
}

impl Lexicon {
    /// What is wrong with the entries of the last packs that were added, in their order: two entries of one pattern, an
    /// example that an entry does not meet at exactly its marks, one that it meets although it should not, and one whose
    /// words another entry claims with as many or more of them. Entries that are switched off are left out.
    #[must_use]
    pub fn faults(&self) -> Vec<Error> {
        let Some(last) = self.layers.len().checked_sub(1) else { return Vec::new() };
        if self.layers[last].records.is_some() {
            // The tests try what is built in.
            return Vec::new();
        }
        let mut out = Vec::new();
        let mut patterns: FxHashMap<String, EntryId> = FxHashMap::default();
        for id in self.ids() {
            for written in self.written(id) {
                let plain = written.replace('[', " [ ").replace(']', " ] ").to_lowercase();
                let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
                let other = *patterns.entry(plain).or_insert(id);
                if other == id || id.layer as usize != last {
                    continue;
                }
                let (entry, other) = (self.entry(id), self.entry(other));
                if apart(entry, other) && ![entry, other].iter().any(|e| self.off.contains(&e.id)) {
                    out.push(
                        at(entry, &format!("the pattern `{written}` is also that of `{}`", other.id))
                            .remedy(self.remedy(entry, other)),
                    );
                }
            }
        }
        for (id, entry) in
            self.entries().filter(|(id, entry)| id.layer as usize == last && !self.off.contains(&entry.id))
        {
            let examples = self.examples(id);
            for bad in &examples.bad {
                self.try_bad(id, entry, bad, &mut out);
            }
            for good in &examples.good {
                let analysis = Analysis::english(good);
                if let Some(hit) =
                    self.hits_in(&analysis, entry.profile.or(self.profile)).into_iter().find(|hit| hit.entry == id)
                {
                    let words = analysis.slice(hit.tokens);
                    out.push(
                        at(entry, &format!("it flags “{words}” in its good example “{good}”"))
                            .remedy("add an `unless`, give the pattern more context, or change the example"),
                    );
                }
            }
        }
        out
    }

    fn try_bad(&self, id: EntryId, entry: &Entry, bad: &str, out: &mut Vec<Error>) {
        let Some((text, spans)) = unmarked(bad) else {
            out.push(
                at(entry, &format!("the bad example “{bad}” does not mark the fault"))
                    .remedy("put ⟦ and ⟧ around the words that are flagged"),
            );
            return;
        };
        let analysis = Analysis::english(&text);
        let hits = self.hits_in(&analysis, entry.profile.or(self.profile));
        let bytes = |hit: &Hit| analysis.span(hit.tokens.clone()).range();
        // Of an entry's own patterns, too, the one of most words speaks.
        let mine = told(hits.iter().filter(|hit| hit.entry == id).cloned().collect());
        let own: Vec<Range<usize>> = mine.iter().map(bytes).collect();
        if own != spans {
            let found: Vec<String> = own.iter().map(|range| format!("“{}”", &text[range.clone()])).collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join(", ") };
            let tags: Vec<String> = (0..analysis.tokens.len())
                .map(|i| format!("{}/{}", analysis.normal(i), analysis.tag_of(i).name()))
                .collect();
            out.push(
                at(entry, &format!("it flags {found} in its bad example “{bad}”"))
                    .expected("exactly the words between ⟦ and ⟧")
                    .remedy(format!("change pattern or marks; the words are read as {}", tags.join(" "))),
            );
            return;
        }
        for hit in &mine {
            if hit.suggestions.is_empty() {
                out.push(
                    at(entry, &format!("no suggestion can be filled in for “{bad}”"))
                        .remedy("suggest only what each pattern captures, or part the entry"),
                );
            }
            let rival = hits.iter().find(|other| {
                other.entry != id
                    && other.tokens.start < hit.tokens.end
                    && hit.tokens.start < other.tokens.end
                    && other.tokens.len() >= hit.tokens.len()
                    && apart(entry, self.entry(other.entry))
            });
            if let Some(rival) = rival {
                let other = self.entry(rival.entry);
                out.push(
                    at(
                        entry,
                        &format!(
                            "`{}` claims “{}” in its bad example “{bad}”",
                            other.id,
                            analysis.slice(rival.tokens.clone())
                        ),
                    )
                    .remedy(self.remedy(entry, other)),
                );
            }
        }
    }

    /// The patterns of an entry as they are written, which are known without reading it.
    fn written(&self, id: EntryId) -> Vec<&str> {
        let layer = &self.layers[id.layer as usize];
        match layer.records {
            Some(records) => records.fields(id.entry as usize).nth(PATTERNS).into_iter().flat_map(items).collect(),
            None => self.entry(id).written.iter().map(String::as_str).collect(),
        }
    }

    fn remedy(&self, entry: &Entry, other: &Entry) -> String {
        let place = format!("{}:{}", other.file, other.line);
        let builtin = self.by_id(&other.id).is_some_and(|id| self.layers[id.layer as usize].records.is_some());
        if builtin {
            format!("drop `{}`, or switch `{}` ({place}) off with `lexicon-off`", entry.id, other.id)
        } else {
            format!("join it with `{}` ({place}), or give one of them more context", other.id)
        }
    }
}

/// Whether two entries can stand in each other's way: those of two house styles never speak together.
fn apart(a: &Entry, b: &Entry) -> bool {
    a.profile.is_none() || b.profile.is_none() || a.profile == b.profile
}
