//! Mends what a greedy tagger gets wrong in a way that the whole sentence shows.

use super::inflect::verb_lemma;
use super::tag::Tag;
use super::tagger::Word;

/// Mends the tags of one sentence.
pub(super) fn sentence(words: &[Word<'_>], tags: &mut [Tag]) {
    plurals(words, tags);
    lone_participle(words, tags);
    reporting_plural(words, tags);
}

/// A plural that has to be a verb: `Argentina defaults on its debt and spent`, `breaks over the wall and floods the pumps`.
///
/// A clause that is joined to another by *and* or *but* has a finite verb. Where it has none, the first plural that can
/// be a verb and stands behind a singular noun is it. A plural between *and* and a determiner is a verb too, once the
/// clause has a verb in the same form.
fn plurals(words: &[Word<'_>], tags: &mut [Tag]) {
    let can_be_verb = |i: usize| {
        words[i].lower.ends_with('s') && verb_lemma(words[i].lower).is_some_and(|lemma| lemma != words[i].lower)
    };
    // `spent`, whatever it was read as.
    let past = |i: usize, tag: Tag| {
        matches!(tag, Tag::Vbd | Tag::Vbn)
            || tag == Tag::Jj
                && !words[i].lower.ends_with("ing")
                && verb_lemma(words[i].lower).is_some_and(|lemma| lemma != words[i].lower)
    };
    let mut start = 0;
    let mut i = 0;
    while i < tags.len() {
        let joins = tags[i] == Tag::Cc && matches!(words[i].lower, "and" | "but");
        // What follows is a predicate or a clause: a finite verb at once, or behind a comma.
        let clause = joins
            && (i + 1 < tags.len() && past(i + 1, tags[i + 1])
                || i > 0 && words[i - 1].lower == "," && tags[i + 1..].iter().any(|t| finite(*t)));
        if clause {
            if !tags[start..i].iter().any(|t| finite(*t)) {
                let verb = (start + 1..i).find(|&k| {
                    tags[k] == Tag::Nns
                        && matches!(tags[k - 1], Tag::Nn | Tag::Nnp)
                        && can_be_verb(k)
                        && tags
                            .get(k + 1)
                            .is_some_and(|t| matches!(t, Tag::In | Tag::Dt | Tag::Prps | Tag::Rp | Tag::To))
                });
                if let Some(k) = verb {
                    tags[k] = Tag::Vbz;
                    if past(i + 1, tags[i + 1]) {
                        tags[i + 1] = Tag::Vbd;
                    }
                }
            }
            start = i + 1;
        }
        i += 1;
    }
    for k in 1..tags.len().saturating_sub(1) {
        let coordinated = tags[k - 1] == Tag::Cc && matches!(tags[k + 1], Tag::Dt | Tag::Prps);
        if matches!(tags[k], Tag::Nns | Tag::Vb) && coordinated && can_be_verb(k) && tags[..k].contains(&Tag::Vbz) {
            tags[k] = Tag::Vbz;
        }
    }
}

fn finite(tag: Tag) -> bool {
    matches!(tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
}

/// A sentence that ends in a stop and has no finite verb, but a participle right behind a noun or pronoun: that is its
/// verb. `A group of lawmakers traveled to the island.`
fn lone_participle(words: &[Word<'_>], tags: &mut [Tag]) {
    let closed = words.last().is_some_and(|w| matches!(w.text, "." | "\"" | "!" | "?"));
    if !closed || tags.iter().any(|t| finite(*t)) {
        return;
    }
    let verb = (1..tags.len()).find(|&k| tags[k] == Tag::Vbn && (tags[k - 1].is_noun() || tags[k - 1] == Tag::Prp));
    if let Some(k) = verb {
        tags[k] = Tag::Vbd;
    }
}

/// A plural of a word that reports, right behind a singular noun, with *that* and a clause to come and no verb before:
/// `The ministry announces on Friday that it would …`.
fn reporting_plural(words: &[Word<'_>], tags: &mut [Tag]) {
    let Some(that) = (2..tags.len()).find(|&k| words[k].lower == "that" && tags[k] == Tag::In) else { return };
    if tags[..that].iter().any(|t| finite(*t)) || !tags[that..].iter().any(|t| finite(*t)) {
        return;
    }
    let reports = |i: usize| {
        let lemma = verb_lemma(words[i].lower);
        lemma.is_some_and(|l| {
            matches!(
                l,
                "announce"
                    | "claim"
                    | "report"
                    | "note"
                    | "warn"
                    | "state"
                    | "stress"
                    | "promise"
                    | "decree"
                    | "demand"
                    | "request"
            )
        })
    };
    let verb = (1..that).find(|&k| tags[k] == Tag::Nns && matches!(tags[k - 1], Tag::Nn | Tag::Nnp) && reports(k));
    if let Some(k) = verb {
        tags[k] = Tag::Vbz;
    }
}
