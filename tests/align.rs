//! Passages aligned by content, not by number.

use fauxami::align::Unit;
use fauxami::align::passages::align_texts;
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
