//! Faults planted in good translations: how many are named, by kind. The sentences are in `tests/detect/mutations.tsv`; the
//! mutator is seeded, so that every run plants the same faults.

use fauxami::read::Pair;
use fauxami::text::{Analysis, Tag};
use fauxami::{Auditor, Config, Finding, Scratch};
use std::ops::Range;
use std::path::Path;

/// xorshift64.
struct Random(u64);

impl Random {
    fn pick<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (!of.is_empty()).then(|| of[(self.0 % of.len() as u64) as usize].clone())
    }
}

/// What a mutation does to a text: bytes that are replaced, and what by.
type Change = (Range<usize>, String);

struct Kind {
    name: &'static str,
    rule: &'static str,
    /// Share of planted faults that have to be named, 0 to 1.
    least: f64,
    plant: fn(&Analysis<'_>, &mut Random) -> Option<Change>,
}

fn words(text: &Analysis<'_>, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    (1..text.tokens.len()).filter(|&i| text.tokens[i].is_word() && wanted(i)).collect()
}

fn range(text: &Analysis<'_>, i: usize) -> Range<usize> {
    text.tokens[i].span.range()
}

/// Token `i` with the space before it, cut out.
fn cut(text: &Analysis<'_>, i: usize) -> Change {
    (text.tokens[i - 1].span.end..text.tokens[i].span.end, String::new())
}

fn drop(text: &Analysis<'_>, random: &mut Random, wanted: impl Fn(Tag) -> bool) -> Option<Change> {
    random.pick(&words(text, |i| wanted(text.tag_of(i)) && text.tokens[i].spaced)).map(|i| cut(text, i))
}

fn replace(text: &Analysis<'_>, random: &mut Random, pairs: &[(&str, &str)]) -> Option<Change> {
    let to = |i: usize| pairs.iter().find(|(from, _)| *from == text.normal(i)).map(|(_, to)| (*to).to_owned());
    random.pick(&words(text, |i| to(i).is_some())).and_then(|i| Some((range(text, i), to(i)?)))
}

const KINDS: [Kind; 16] = [
    Kind {
        name: "a noun is lost",
        rule: "omission",
        least: 0.7,
        plant: |t, r| drop(t, r, |tag| matches!(tag, Tag::Nn | Tag::Nns)),
    },
    Kind { name: "a verb is lost", rule: "omission", least: 0.45, plant: |t, r| drop(t, r, |tag| tag.is_verb()) },
    Kind { name: "a name is lost", rule: "omission", least: 0.6, plant: |t, r| drop(t, r, Tag::is_proper) },
    Kind {
        name: "a word stands twice",
        rule: "repeated-word",
        least: 0.9,
        plant: |t, r| {
            let i = r.pick(&words(t, |_| true))?;
            Some((t.tokens[i].span.end..t.tokens[i].span.end, format!(" {}", t.original(i))))
        },
    },
    Kind {
        name: "neighbours changed places",
        rule: "word-order",
        least: 0.6,
        plant: |t, r| {
            let open = |i: usize| t.tokens[i].is_word() && !t.tag_of(i).is_proper() && t.tokens[i].spaced;
            let i = r.pick(&words(t, |i| i + 1 < t.tokens.len() && open(i) && open(i + 1)))?;
            Some((t.tokens[i].span.start..t.tokens[i + 1].span.end, format!("{} {}", t.original(i + 1), t.original(i))))
        },
    },
    Kind {
        name: "another number",
        rule: "number-mismatch",
        least: 0.85,
        plant: |t, r| {
            let digits = |i: usize| t.original(i).chars().all(|c| c.is_ascii_digit());
            let i = r.pick(&words(t, digits))?;
            Some((range(t, i), format!("{}7", t.original(i))))
        },
    },
    Kind {
        name: "a denial",
        rule: "negation",
        least: 0.7,
        plant: |t, r| {
            let i =
                r.pick(&words(t, |i| matches!(t.lower(i), "was" | "is" | "were" | "will" | "would" | "has" | "can")))?;
            Some((t.tokens[i].span.end..t.tokens[i].span.end, " not".to_owned()))
        },
    },
    Kind {
        name: "two letters changed places",
        rule: "misspelling",
        least: 0.85,
        plant: |t, r| {
            let plain = |i: usize| {
                let w = t.original(i).as_bytes();
                w.len() >= 7 && w.iter().all(u8::is_ascii_lowercase) && w[3] != w[4]
            };
            let i = r.pick(&words(t, plain))?;
            let mut letters = t.original(i).as_bytes().to_vec();
            letters.swap(3, 4);
            Some((range(t, i), String::from_utf8(letters).ok()?))
        },
    },
    Kind {
        name: "another name",
        rule: "name-mismatch",
        least: 0.7,
        plant: |t, r| {
            let i = r.pick(&words(t, |i| {
                t.tag_of(i) == Tag::Nnp && fauxami::text::thesaurus::relation(t.lower(i), "day").is_none()
            }))?;
            Some((range(t, i), r.pick(&["Hartwell", "Oruro", "Lindqvist"])?.to_owned()))
        },
    },
    Kind {
        name: "another gender",
        rule: "gender-mismatch",
        least: 0.8,
        plant: |t, r| replace(t, r, &[("he", "she"), ("she", "he"), ("his", "her"), ("brother", "sister")]),
    },
    Kind {
        name: "another tense",
        rule: "tense-drift",
        least: 0.6,
        plant: |t, r| {
            replace(
                t,
                r,
                &[
                    ("was", "is"),
                    ("were", "are"),
                    ("said", "says"),
                    ("won", "wins"),
                    ("fell", "falls"),
                    ("will", "would"),
                ],
            )
        },
    },
    Kind {
        name: "a question",
        rule: "sentence-mood",
        least: 0.9,
        plant: |t, _| Some((t.text.len() - 1..t.text.len(), "?".to_owned())),
    },
    Kind {
        name: "another preposition",
        rule: "function-word",
        least: 0.45,
        plant: |t, r| replace(t, r, &[("in", "of"), ("on", "by"), ("to", "at"), ("for", "into"), ("of", "with")]),
    },
    Kind {
        name: "no full stop",
        rule: "missing-punctuation",
        least: 0.9,
        plant: |t, _| Some((t.text.len() - 1..t.text.len(), String::new())),
    },
    Kind {
        name: "a word of another language",
        rule: "untranslated",
        least: 0.7,
        plant: |t, r| {
            let i = r.pick(&words(t, |i| t.tag_of(i) == Tag::Nn))?;
            Some((range(t, i), r.pick(&["Regierung", "правительство", "gobierno", "entreprise", "сделка"])?.to_owned()))
        },
    },
    Kind {
        name: "a small first letter",
        rule: "letter-case",
        least: 0.9,
        plant: |t, _| Some((0..1, t.text[..1].to_lowercase())),
    },
];

fn findings(auditor: &Auditor, mt: &str, reference: &str) -> Vec<Finding> {
    let pair = Pair { mt: mt.into(), refs: vec![reference.into()], ..Pair::default() };
    auditor.pair(&pair, &[], &mut Scratch::default()).findings
}

fn rows() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/detect/mutations.tsv");
    let text = std::fs::read_to_string(&path).expect("a file of the repository");
    let row = |line: &str| line.split_once('\t').map(|(mt, reference)| (mt.to_owned(), reference.to_owned()));
    text.lines().skip(1).map(|line| row(line).expect("two columns")).collect()
}

#[test]
fn planted_faults_are_named() {
    let auditor = Auditor::new(&Config::default()).expect("a good configuration");
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut low = Vec::new();
    let mut mean = 0.0;
    for kind in &KINDS {
        let (mut named, mut all) = (0, 0);
        for (mt, reference) in rows() {
            let Some((at, by)) = (kind.plant)(&Analysis::english(&mt), &mut random) else { continue };
            let planted = format!("{}{by}{}", &mt[..at.start], &mt[at.end..]);
            let place = at.start..at.start + by.len();
            let of = |text: &str| -> Vec<Finding> {
                findings(&auditor, text, &reference).into_iter().filter(|f| f.rule == kind.rule).collect()
            };
            let (before, after) = (of(&mt), of(&planted));
            let touches = |f: &Finding| f.span.start <= place.end + 1 && place.start <= f.span.end + 1;
            all += 1;
            let hit = after.len() > before.len() && after.iter().any(touches);
            if !hit {
                println!("not named: {planted}");
            }
            named += usize::from(hit);
        }
        let share = f64::from(u32::try_from(named).expect("few")) / f64::from(u32::try_from(all.max(1)).expect("few"));
        println!("{:28} {:22} {named:3} of {all:3}", kind.name, kind.rule);
        mean += share / KINDS.len() as f64;
        if share < kind.least {
            low.push(format!("{}: {named} of {all} named as {}", kind.name, kind.rule));
        }
    }
    println!("mean {:.1} %", 100.0 * mean);
    assert!(low.is_empty(), "{}", low.join("\n"));
    assert!(mean >= 0.8, "{mean}");
}

#[test]
fn good_translations_are_not_shouted_at() {
    let auditor = Auditor::new(&Config::default()).expect("a good configuration");
    let strong: Vec<String> = rows()
        .iter()
        .flat_map(|(mt, reference)| {
            let loud = |f: &Finding| f.severity >= fauxami::Severity::Major;
            findings(&auditor, mt, reference)
                .into_iter()
                .filter(loud)
                .map(|f| format!("{} {}", f.rule, &mt[f.span.range()]))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(strong.len() <= 1, "{strong:?}");
}
