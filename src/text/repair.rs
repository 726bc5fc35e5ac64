//! Mends what a greedy tagger gets wrong in a way that the whole sentence shows.

use super::inflect::verb_lemma;
use super::tag::Tag;
use super::tagger::Word;

/// A plural that has to be a verb: `Argentina defaults on its debt and spent`, `breaks over the wall and floods the pumps`.
///
/// A clause that is joined to another by *and* or *but* has a finite verb. Where it has none, the first plural that can
/// be a verb and stands behind a singular noun is it. A plural between *and* and a determiner is a verb too, once the
/// clause has a verb in the same form.
pub(super) fn plurals(words: &[Word<'_>], tags: &mut [Tag]) {
    let finite = |tag: Tag| matches!(tag, Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md);
    let can_be_verb = |i: usize| words[i].lower.ends_with('s') && verb_lemma(words[i].lower).is_some_and(|lemma| lemma != words[i].lower);
    let mut start = 0;
    let mut i = 0;
    while i < tags.len() {
        let joins = tags[i] == Tag::Cc && matches!(words[i].lower, "and" | "but");
        // What follows is a predicate or a clause: a finite verb at once, or behind a comma.
        let clause = joins && (tags.get(i + 1).copied().is_some_and(|t| t == Tag::Vbd) || i > 0 && words[i - 1].lower == "," && tags[i + 1..].iter().any(|t| finite(*t)));
        if clause {
            if !tags[start..i].iter().any(|t| finite(*t)) {
                let verb = (start + 1..i).find(|&k| {
                    tags[k] == Tag::Nns
                        && matches!(tags[k - 1], Tag::Nn | Tag::Nnp)
                        && can_be_verb(k)
                        && tags.get(k + 1).is_some_and(|t| matches!(t, Tag::In | Tag::Dt | Tag::Prps | Tag::Rp | Tag::To))
                });
                if let Some(k) = verb {
                    tags[k] = Tag::Vbz;
                }
            }
            start = i + 1;
        }
        i += 1;
    }
    for k in 1..tags.len().saturating_sub(1) {
        let coordinated = tags[k - 1] == Tag::Cc && matches!(tags[k + 1], Tag::Dt | Tag::Prps);
        if tags[k] == Tag::Nns && coordinated && can_be_verb(k) && tags[..k].contains(&Tag::Vbz) {
            tags[k] = Tag::Vbz;
        }
    }
}
