//! Abbreviations of English newswire: which points belong to a word, and which of those can end a sentence.

/// What stands behind an abbreviation, and so whether its point can also close the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// A name follows: `Sen. Shaheen`. Never the end.
    Title,
    /// A number follows: `No. 5`, `Feb. 3`.
    Number,
    /// Stands anywhere: `U.S.`, `Inc.`, `p.m.`.
    Free,
}

const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "mx", "dr", "prof", "sen", "sens", "rep", "reps", "gov", "govs", "gen", "lt", "col", "maj",
    "capt", "cmdr", "cpl", "sgt", "spc", "pvt", "adm", "rev", "fr", "msgr", "hon", "pres", "supt", "det", "insp",
    "atty", "st", "ste", "mt", "brig", "vs", "messrs", "mme", "mlle", "sr", "sra", "dir", "asst", "amb",
];
const NUMBERS: &[&str] = &[
    "no", "nos", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", "fig", "vol", "art", "sec",
    "pp", "ch",
];
const FREE: &[&str] = &[
    "inc", "corp", "co", "ltd", "bros", "cos", "llc", "jr", "etc", "dept", "est", "univ", "assn", "ave", "blvd", "rd",
    "ft", "approx", "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ill", "ind", "kan", "ky", "la",
    "md", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "vt", "va", "wash",
    "wis", "wyo", "al", "min", "max", "sq", "ehf", "hf", "ohf",
];
/// Short words that are abbreviations only with a capital: `Miss.`, `Wash.`, `No.`, `Mar.`, `Art.`, `Ind.`
const CAPITAL: &[&str] = &[
    "no", "nos", "mar", "art", "sec", "fig", "la", "ill", "ind", "miss", "wash", "ore", "del", "pa", "ga", "md", "mo",
    "va", "mass", "sen", "rep", "gen", "col", "st", "mt", "co", "fr", "sep", "dec", "dir", "det", "ave", "min", "max",
    "ch", "ark", "ste", "est", "hon", "sr", "mx", "rd", "ft", "ms", "pres", "col", "cos", "corp", "adm", "apr", "mont",
];

/// How the abbreviation `word` (without its last point) is used, if it is one.
pub(super) fn habit(word: &str) -> Option<Habit> {
    let bare = word.trim_end_matches('.');
    if bare.is_empty() {
        return None;
    }
    // Initials: U.S, a.m, D-N.H, J
    if bare.contains('.') {
        let initials = bare.rsplit('-').next().unwrap_or(bare).split('.').all(|part| {
            let mut chars = part.chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.count() <= 1
        });
        return initials.then_some(Habit::Free);
    }
    let mut chars = bare.chars();
    if let (Some(first), None) = (chars.next(), chars.next()) {
        return (first.is_uppercase() && first.is_alphabetic() && first != 'I').then_some(Habit::Title);
    }
    // R-Texas has no point; D-Mass. does.
    let last = bare.rsplit('-').next().unwrap_or(bare);
    if last.len() > 6 || !last.is_ascii() {
        return None;
    }
    let lower = last.to_ascii_lowercase();
    let key = lower.as_str();
    let capital = last.starts_with(|c: char| c.is_uppercase());
    if CAPITAL.contains(&key) && !capital {
        return None;
    }
    if TITLES.contains(&key) {
        Some(Habit::Title)
    } else if NUMBERS.contains(&key) {
        Some(Habit::Number)
    } else if FREE.contains(&key) || key == "mass" {
        Some(Habit::Free)
    } else {
        None
    }
}

/// Whether the point after `word`, with `rest` behind the point, is part of the word.
pub(super) fn point_belongs(word: &str, rest: &str) -> bool {
    let next = rest.chars().next();
    let last = word.rsplit(['.', '-']).next().unwrap_or(word);
    let single = last.chars().count() == 1 && last.chars().all(char::is_alphabetic);
    if single && (word.contains('.') || next.is_some_and(char::is_alphabetic)) {
        // U.S. inside, and its last point; `p.m` must be short letters all along.
        let runs_on = next.is_some_and(|c| c.is_alphabetic());
        if runs_on {
            let run = rest.chars().take_while(|c| c.is_alphabetic()).count();
            let capitals = run == 1 && last.starts_with(char::is_uppercase) && rest.starts_with(char::is_uppercase);
            let alone = !rest.chars().nth(run).is_some_and(char::is_alphanumeric);
            // `U.S officials`
            return run <= 2 && rest.chars().nth(run) == Some('.')
                || word.contains('.') && run == 1
                || capitals && alone;
        }
        return habit(word).is_some();
    }
    match habit(word) {
        None => false,
        Some(habit) if habit != Habit::Free => {
            // A title or a number word with nothing behind it closes a sentence: "He said no." An initial may stand
            // behind a name: "Vanik A. told", "Vanik A., born".
            let after = rest.trim_start();
            let spaced = rest.starts_with(char::is_whitespace);
            let initial = single && word.len() == last.len();
            spaced && after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || initial && c.is_lowercase())
                || initial && rest.starts_with(',')
        }
        // At the end of the text the point closes the sentence too, and stays with the word.
        Some(_) => !rest.starts_with(char::is_alphanumeric),
    }
}
