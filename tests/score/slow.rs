//! The metrics' counts by the straight way: strings, maps and full matrices. For comparison only.

use std::collections::HashMap;

/// Python's `str.split`.
pub fn split(text: &str) -> Vec<String> {
    let space = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
    text.split(space).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn ngrams<T: Clone + std::hash::Hash + Eq>(items: &[T], n: usize) -> HashMap<Vec<T>, u64> {
    let mut counts = HashMap::new();
    for ngram in items.windows(n) {
        *counts.entry(ngram.to_vec()).or_insert(0) += 1;
    }
    counts
}

fn shared<T: std::hash::Hash + Eq>(a: &HashMap<Vec<T>, u64>, b: &HashMap<Vec<T>, u64>) -> u64 {
    a.iter().map(|(ngram, count)| *count.min(b.get(ngram).unwrap_or(&0))).sum()
}

/// BLEU's counts of tokenized segments, laid out as `Bleu::counts` has them.
pub fn bleu(hypothesis: &[String], references: &[Vec<String>], order: usize) -> Vec<u64> {
    let nearest = references.iter().map(Vec::len).min_by_key(|&length| (length.abs_diff(hypothesis.len()), length));
    let mut counts = vec![hypothesis.len() as u64, nearest.unwrap() as u64];
    for n in 1..=order {
        let mut most = HashMap::new();
        for reference in references {
            for (ngram, count) in ngrams(reference, n) {
                let known = most.entry(ngram).or_insert(0);
                *known = count.max(*known);
            }
        }
        counts.push(shared(&ngrams(hypothesis, n), &most));
    }
    counts.extend((1..=order).map(|n| (hypothesis.len() + 1).saturating_sub(n) as u64));
    counts
}

/// chrF's counts against one reference.
pub fn chrf(hypothesis: &str, reference: &str, chars: usize, words: usize, whitespace: bool) -> Vec<u64> {
    let characters = |text: &str| -> Vec<char> {
        if whitespace { text.chars().collect() } else { split(text).concat().chars().collect() }
    };
    let mut counts = Vec::new();
    each_order(&characters(hypothesis), &characters(reference), chars, &mut counts);
    each_order(&punctuation_apart(hypothesis), &punctuation_apart(reference), words, &mut counts);
    counts
}

fn each_order<T: Clone + std::hash::Hash + Eq>(a: &[T], b: &[T], order: usize, counts: &mut Vec<u64>) {
    for n in 1..=order {
        let (a, b) = (ngrams(a, n), ngrams(b, n));
        let total = if b.is_empty() { 0 } else { a.values().sum() };
        counts.extend([total, b.values().sum(), shared(&a, &b)]);
    }
}

fn punctuation_apart(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in split(text) {
        let chars: Vec<char> = word.chars().collect();
        let length = chars.len();
        let cut = match length {
            1 => 1,
            _ if chars[length - 1].is_ascii_punctuation() => length - 1,
            _ if chars[0].is_ascii_punctuation() => 1,
            _ => length,
        };
        words.push(chars[..cut].iter().collect());
        if cut < length {
            words.push(chars[cut..].iter().collect());
        }
    }
    words
}

/// Replaces pairs of characters from left to right without overlap.
fn pairs(text: &str, first: fn(char) -> bool, second: fn(char) -> bool, new: fn(char, char) -> String) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (mut out, mut at) = (String::new(), 0);
    while at < chars.len() {
        match chars.get(at + 1) {
            Some(&next) if first(chars[at]) && second(next) => {
                out += &new(chars[at], next);
                at += 2;
            }
            _ => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

fn apart(text: &str, single: impl Fn(char) -> bool) -> String {
    text.chars().map(|c| if single(c) { format!(" {c} ") } else { c.to_string() }).collect()
}

fn stop(c: char) -> bool {
    c == '.' || c == ','
}

fn no_digit(c: char) -> bool {
    !c.is_ascii_digit()
}

fn stops_and_dashes(text: &str) -> String {
    let text = pairs(text, no_digit, stop, |a, b| format!("{a} {b} "));
    let text = pairs(&text, stop, no_digit, |a, b| format!(" {a} {b}"));
    pairs(&text, |c| c.is_ascii_digit(), |c| c == '-', |a, b| format!("{a} {b} "))
}

fn symbols(text: &str) -> String {
    apart(text, |c| c == ' ' || c.is_ascii_punctuation() && !"',.-".contains(c))
}

fn entities(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

/// mteval-v13a.
pub fn v13a(text: &str) -> Vec<String> {
    let text = text.trim_end_matches(|c: char| split(&c.to_string()).is_empty());
    let text = text.replace("<skipped>", "").replace("-\n", "").replace('\n', " ");
    split(&stops_and_dashes(&symbols(&format!(" {} ", entities(&text)))))
}

/// mteval-v14, for ASCII and the few others that [`CHARS`] has.
pub fn intl(text: &str) -> Vec<String> {
    fn symbol(c: char) -> bool {
        "$+<=>^`|~€😀".contains(c)
    }
    fn punctuation(c: char) -> bool {
        c.is_ascii_punctuation() && !symbol(c) || "—“、".contains(c)
    }
    fn no_number(c: char) -> bool {
        !c.is_ascii_digit() && c != '½'
    }
    let text = text.trim_end_matches(|c: char| split(&c.to_string()).is_empty());
    let text = pairs(text, no_number, punctuation, |a, b| format!("{a} {b} "));
    let text = pairs(&text, punctuation, no_number, |a, b| format!(" {a} {b}"));
    split(&apart(&text, symbol))
}

/// What random segments are made of.
pub const CHARS: &str = "ab5 .,'-AÉs&;$(%—“€½中、😀\u{301}\n\t\u{a0}";

/// TER's words: of a hypothesis normalized once, of a reference twice.
pub fn ter_words(text: &str, normalized: bool, no_punct: bool, times: usize) -> Vec<String> {
    let mut text = text.to_lowercase();
    for _ in 0..times {
        if normalized {
            let trimmed = text.trim_end_matches(|c: char| split(&c.to_string()).is_empty());
            let line = format!(" {} ", entities(&trimmed.replace("\n-", "").replace('\n', " ")));
            text = stops_and_dashes(&symbols(&line).replace("'s ", " 's "));
        }
        if no_punct {
            text.retain(|c| !".,?:;!\"()".contains(c));
        }
        text = split(&text).join(" ");
    }
    split(&text)
}

/// A cell of the matrix: its cost, and the step that led to it.
type Cell = (u64, char);

/// Tercom's matrix within its beam.
fn matrix(hypothesis: &[String], reference: &[String]) -> Vec<Vec<Cell>> {
    const NEVER: u64 = 1 << 40;
    let (rows, columns) = (hypothesis.len(), reference.len());
    let mut cells = vec![vec![(NEVER, '?'); columns + 1]; rows + 1];
    cells[0] = (0..=columns as u64).map(|column| (column, 'i')).collect();
    let ratio = if rows == 0 { 1.0 } else { columns as f64 / rows as f64 };
    let beam = if ratio / 2.0 > 25.0 { (ratio / 2.0 + 25.0).ceil() as i64 } else { 25 };
    for i in 1..=rows {
        let diagonal = (i as f64 * ratio).floor() as i64;
        for j in 0..=columns {
            let inside = (diagonal - beam..diagonal + beam).contains(&(j as i64));
            if !inside && (i < rows || (j as i64) < diagonal) {
                continue;
            }
            if j == 0 {
                cells[i][0] = (cells[i - 1][0].0 + 1, 'd');
                continue;
            }
            let same = hypothesis[i - 1] == reference[j - 1];
            let corner = (cells[i - 1][j - 1].0 + u64::from(!same), if same { '=' } else { 's' });
            for way in [corner, (cells[i - 1][j].0 + 1, 'd'), (cells[i][j - 1].0 + 1, 'i')] {
                if way.0 < cells[i][j].0 {
                    cells[i][j] = way;
                }
            }
        }
    }
    cells
}

/// The edits of Tercom's search.
pub fn ter(hypothesis: &[String], reference: &[String]) -> u64 {
    if reference.is_empty() {
        return hypothesis.len() as u64;
    }
    let (rows, columns) = (hypothesis.len(), reference.len());
    let mut words = hypothesis.to_vec();
    let (mut shifts, mut tries) = (0, 0);
    loop {
        let cells = matrix(&words, reference);
        let distance = cells[rows][columns].0;
        let (mut i, mut j) = (rows, columns);
        let mut behind = vec![0; columns];
        let (mut wrong, mut missed) = (vec![true; rows], vec![true; columns]);
        while i + j > 0 {
            let step = if i == 0 { 'i' } else { cells[i][j].1 };
            if step != 'd' {
                behind[j - 1] = i;
                missed[j - 1] = step != '=';
            }
            if step != 'i' {
                wrong[i - 1] = step != '=';
            }
            (i, j) = (i - usize::from(step != 'i'), j - usize::from(step != 'd'));
        }
        let mut best: Option<(i64, usize, i64, i64, Vec<String>)> = None;
        'search: for start in 0..rows {
            for wanted in 0..columns {
                for length in 1..=10 {
                    if start.abs_diff(wanted) > 50
                        || words
                            .get(start..start + length)
                            .is_none_or(|run| reference.get(wanted..wanted + length).is_none_or(|other| run != other))
                    {
                        break;
                    }
                    let within = start < behind[wanted] && behind[wanted] <= start + length;
                    if within || !wrong[start..start + length].contains(&true) {
                        continue;
                    }
                    if !missed[wanted..wanted + length].contains(&true) {
                        continue;
                    }
                    let mut targets: Vec<usize> =
                        (0..=length).map(|n| if wanted + n == 0 { 0 } else { behind[wanted + n - 1] }).collect();
                    targets.dedup();
                    for target in targets {
                        let mut shifted = words.clone();
                        let run: Vec<_> = shifted.drain(start..start + length).collect();
                        let to = match target {
                            _ if target < start => target,
                            _ if target > start + length => target - length,
                            _ => target.min(shifted.len()),
                        };
                        shifted.splice(to..to, run);
                        let gain = distance as i64 - matrix(&shifted, reference)[rows][columns].0 as i64;
                        tries += 1;
                        let candidate = (gain, length, -(start as i64), -(target as i64), shifted);
                        if best.as_ref().is_none_or(|best| candidate > *best) {
                            best = Some(candidate);
                        }
                    }
                    if tries >= 1000 {
                        break 'search;
                    }
                }
            }
        }
        match best {
            Some((1.., .., shifted)) if tries < 1000 => {
                words = shifted;
                shifts += 1;
            }
            _ => return shifts + distance,
        }
    }
}
