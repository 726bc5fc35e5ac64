//! Passages aligned by content, not by number.

use fauxami::align::Unit;
use fauxami::align::passages::{WEAK, align, align_texts, align_with_corpus};
use std::ops::Range;

fn pairs(a: &str, b: &str, unit: Unit) -> Vec<(Range<usize>, Range<usize>)> {
    align_texts(a, b, unit).into_iter().map(|bead| (bead.a, bead.b)).collect()
}

const STORY: [&str; 6] = [
    "The storm reached the coast of the island at noon on Thursday.",
    "Schools were closed and the ferries stayed in port all day.",
    "A fisherman of 54 drowned when his boat struck the pier.",
    "The governor asked the army for helicopters and water.",
    "Insurers put the damage to the hotels at $40 million.",
    "Forecasters expect the next storm before the end of August.",
];

#[test]
fn equal_texts_pair_line_by_line() {
    let text = STORY.join("\n");
    assert_eq!(pairs(&text, &text, Unit::Line), (0..6).map(|i| (i..i + 1, i..i + 1)).collect::<Vec<_>>());
}

#[test]
fn lines_merged_dropped_and_put_in() {
    let a =
        [STORY[0], &format!("{} {}", STORY[1], STORY[2]), "Subscribe to our newsletter", STORY[4], STORY[5]].join("\n");
    let b = STORY.join("\n");
    let mut beads = pairs(&a, &b, Unit::Line);
    // Which of two units that stand alone comes first says nothing.
    beads.sort_by_key(|(a, b)| (a.end, b.end, a.start));
    let alone: Vec<_> = beads.iter().filter(|(a, b)| a.is_empty() || b.is_empty()).collect();
    assert_eq!(alone.len(), 2, "{beads:?}");
    beads.retain(|(a, b)| !a.is_empty() && !b.is_empty());
    assert_eq!(beads, [(0..1, 0..1), (1..2, 1..3), (3..4, 4..5), (4..5, 5..6)]);
}

#[test]
fn paragraphs_cut_elsewhere() {
    let a = format!("{}\n\n{} {}\n\n{}", STORY[0], STORY[1], STORY[2], STORY[3]);
    let b = format!("{} {}\n\n{}\n\n{}", STORY[0], STORY[1], STORY[2], STORY[3]);
    let beads = pairs(&a, &b, Unit::Sentence);
    assert_eq!(beads, (0..4).map(|i| (i..i + 1, i..i + 1)).collect::<Vec<_>>());
}

#[test]
fn two_languages_by_numbers_names_and_length() {
    let a = "Inflation rose to 12.5 percent in May, the bank said.\nThe governor, Elena Marković, will resign on June 30.\nShe led it for nine years.\nExports to Germany fell by 7 percent.";
    let b = "La inflación subió al 12,5 por ciento en mayo, dijo el banco.\nLa gobernadora, Elena Marković, dimitirá el 30 de junio.\nLo dirigió durante nueve años.\nLas exportaciones a Alemania cayeron un 7 por ciento.";
    assert_eq!(pairs(a, b, Unit::Line), (0..4).map(|i| (i..i + 1, i..i + 1)).collect::<Vec<_>>());
}

#[test]
fn an_empty_side_is_left_alone() {
    assert_eq!(pairs("", "One line.\nTwo lines.", Unit::Line), [(0..0, 0..1), (0..0, 1..2)]);
    assert_eq!(pairs("", "", Unit::Line), []);
}

#[test]
fn one_side_a_thousand_times_the_other() {
    let long: String = (0..3000).map(|n| format!("Row {n} of the list is of no interest to anybody here.\n")).collect();
    let beads = align_texts("A single line about whales.", &long, Unit::Line);
    assert_eq!(beads.iter().map(|bead| bead.b.len()).sum::<usize>(), 3000);
}

#[test]
fn a_paragraph_that_moved_is_said_once() {
    let a = STORY.join("\n");
    let b = [STORY[1], STORY[2], STORY[3], STORY[4], STORY[5], STORY[0]].join("\n");
    let beads = align_texts(&a, &b, Unit::Line);
    let moved: Vec<_> = beads.iter().filter(|bead| bead.moved).map(|bead| (bead.a.clone(), bead.b.clone())).collect();
    assert_eq!(moved, [(0..1, 5..6)]);
    assert_eq!(beads.len(), 6, "each unit once: {beads:?}");
}

#[test]
fn a_lexicon_is_learned_from_the_beads() {
    // Two made-up languages without a word in common; lengths and a few numbers are all that the first round has.
    let word = |k: usize, letters: &str| -> String {
        let letters: Vec<char> = letters.chars().collect();
        (0..4).map(|n| letters[(k * 7 + k / letters.len() * (n + 1) + n * 3) % letters.len()]).collect()
    };
    let mut state = 7_usize;
    let mut next = move || {
        state = (state * 1_103_515_245 + 12345) % (1 << 31);
        state >> 8
    };
    let lines: Vec<Vec<usize>> = (0..300).map(|_| (0..3 + next() % 12).map(|_| next() % 60).collect()).collect();
    let say = |line: &Vec<usize>, letters: &str| line.iter().map(|k| word(*k, letters)).collect::<Vec<_>>().join(" ");
    let number = |k: usize| if k.is_multiple_of(6) { format!(" {}", 1000 + 17 * k) } else { String::new() };
    let a: Vec<String> = lines.iter().enumerate().map(|(k, line)| say(line, "abcdefghij") + &number(k)).collect();
    let kept: Vec<usize> = (0..300).filter(|k| k % 29 != 5).collect();
    let other = "\u{561}\u{562}\u{563}\u{564}\u{565}\u{566}\u{567}\u{568}\u{569}\u{56a}";
    let b: Vec<String> =
        kept.iter().map(|k| say(&lines[*k].iter().rev().copied().collect(), other) + &number(*k)).collect();
    let (x, y): (Vec<&str>, Vec<&str>) =
        (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
    let beads = align(&x, &y, false, None);
    let right =
        beads.iter().filter(|bead| bead.a.len() == 1 && bead.b.len() == 1 && kept[bead.b.start] == bead.a.start);
    let right = right.count();
    assert!(right > 240, "{right} of {}", kept.len());
}

#[test]
fn a_parallel_corpus_teaches_words() {
    let a = ["roho kuma", "tisa beno", "lami fego"];
    let b = ["zuvi pexa", "qomi wudy"];
    let pairs = [("zuvi", "tisa"), ("pexa", "beno"), ("qomi", "lami"), ("wudy", "fego")];
    // The sides of the corpus stand the other way round than the texts.
    let corpus: Vec<(String, String)> =
        (0..40).map(|k| pairs[k % 4]).map(|(x, y)| (x.to_owned(), y.to_owned())).collect();
    let beads = align_with_corpus(&a, &b, &corpus);
    let pairs: Vec<_> = beads.iter().map(|bead| (bead.a.clone(), bead.b.clone())).collect();
    assert_eq!(pairs, [(0..1, 0..0), (1..2, 0..1), (2..3, 1..2)]);
}

#[test]
fn names_and_numbers_across_scripts() {
    let a = "Лавров прибыл в Анкару 12 мая.\nЗеленский остался в Киеве.";
    let b = "Lavrov arrived in Ankara on May 12.\nZelensky stayed in Kyiv.";
    assert_eq!(pairs(a, b, Unit::Line), [(0..1, 0..1), (1..2, 1..2)]);
}

#[test]
fn the_score_is_a_probability() {
    let text = STORY.join("\n");
    assert!(align_texts(&text, &text, Unit::Line).iter().all(|bead| bead.score > 0.95));
    let other = "Prices of copper fell.\nA choir sang.\nNobody came.";
    let beads = align_texts(&text, other, Unit::Line);
    assert!(beads.iter().all(|bead| bead.score < WEAK), "{beads:?}");
}

#[test]
fn hard_texts_end_in_time() {
    let clock = std::time::Instant::now();
    let long = "word ".repeat(200_000);
    let thai = "\u{e01}\u{e32}\u{e23}".repeat(20_000);
    let han = "\u{6f22}\u{5b57}\u{3002}\n".repeat(3_000);
    for (x, y) in [
        (long.as_str(), "A word."),
        (&thai, "Words.\nMore words."),
        (&han, "One.\nTwo.\n"),
        (&han, &long),
        ("\n\n\n", ""),
    ] {
        for same in [true, false] {
            let (a, b): (Vec<&str>, Vec<&str>) = (x.lines().collect(), y.lines().collect());
            let beads = align(&a, &b, same, None);
            assert_eq!(beads.iter().map(|bead| bead.a.len()).sum::<usize>(), a.len());
            assert_eq!(beads.iter().map(|bead| bead.b.len()).sum::<usize>(), b.len());
        }
    }
    let strange: Vec<String> = (0..4000).map(|k| format!("q{k}x w{}y", k * 3)).collect();
    let other: Vec<String> = (0..5000).map(|k| format!("z{k}p m{}n", k * 5)).collect();
    let (a, b): (Vec<&str>, Vec<&str>) =
        (strange.iter().map(String::as_str).collect(), other.iter().map(String::as_str).collect());
    assert!(align(&a, &b, true, None).len() >= 5000);
    assert!(!align(&a, &b, false, None).is_empty());
    assert!(clock.elapsed().as_secs() < 60, "{:?}", clock.elapsed());
}
