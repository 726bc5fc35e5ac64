//! Beads of two texts in two languages: by a lexicon that is learned from the beads themselves, words that look alike,
//! and lengths.
//!
//! A bead gains the logarithm of how much likelier its sides are together than apart: the words under IBM Model 1, both
//! ways (Moore 2002), the lengths under a normal distribution (Gale and Church 1993), and the shape of the bead. The first
//! round knows only what looks alike; each further round learns lexicon, lengths and shapes from the beads of the last.

use super::kindred::{Vocabulary, related};
use super::lexicon::{Frequency, Lexicon, Sample, learn};
use super::path::{Marks, Windows, around, windows};
use super::table::{LONGEST, Model, Step, search};
use std::ops::Range;

/// Shapes of beads with their share before any is seen.
const SHAPES: [((usize, usize), f64); 21] = [
    ((1, 1), 0.80),
    ((1, 2), 0.06),
    ((2, 1), 0.06),
    ((2, 2), 0.012),
    ((1, 3), 0.012),
    ((3, 1), 0.012),
    ((1, 4), 0.004),
    ((4, 1), 0.004),
    ((2, 3), 0.004),
    ((3, 2), 0.004),
    ((3, 3), 0.001),
    ((1, 5), 0.0015),
    ((5, 1), 0.0015),
    ((2, 4), 0.0007),
    ((4, 2), 0.0007),
    ((3, 4), 0.0003),
    ((4, 3), 0.0003),
    ((2, 5), 0.0003),
    ((5, 2), 0.0003),
    ((4, 4), 0.0001),
    ((5, 5), 0.00001),
];
/// Runs of units of each side that stand alone, a bead, before any is seen; and the share of their units that are followed
/// by another.
const ALONE: f64 = 0.03;
const AGAIN: f64 = 0.3;
const AGAIN_WEIGHT: f64 = 5.0;
/// Weight of these shares, in beads.
const SHAPE_WEIGHT: f64 = 60.0;
/// Variance of lengths, a character (Gale and Church 1993), and its weight in beads.
const VARIANCE: f64 = 6.8;
const VARIANCE_WEIGHT: f64 = 30.0;
/// Rounds of learning after the first alignment.
const ROUNDS: usize = 3;
/// Weight of what the words say: both directions say the same in part.
const WORDS: f64 = 0.65;
/// Least logarithm of how well lengths fit.
const LEAST_FIT: f64 = -9.0;

/// A unit as the model sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// Its distinct types, sorted.
    pub types: Vec<u32>,
    pub chars: f64,
}

/// Both texts as units over their vocabularies.
pub(super) struct Texts {
    pub a: Vec<Unit>,
    pub b: Vec<Unit>,
    prior: Vec<(u32, u32, f32)>,
    frequency_a: Frequency,
    frequency_b: Frequency,
    /// Pairs of a parallel corpus, over the same vocabularies.
    corpus: Vec<(Vec<u32>, Vec<u32>)>,
}

/// Characters of a text; those of East Asia say about twice as much.
pub(super) fn length(text: &str) -> f64 {
    text.chars().map(|c| if c >= '\u{2e80}' { 2.2 } else { 1.0 }).sum()
}

impl Texts {
    pub fn new(a: &[&str], b: &[&str], corpus: &[(String, String)]) -> Self {
        let (mut va, mut vb) = (Vocabulary::default(), Vocabulary::default());
        let side = |texts: &[&str], vocabulary: &mut Vocabulary| -> Vec<Unit> {
            texts
                .iter()
                .map(|text| {
                    if text.trim().is_empty() {
                        return Unit::default();
                    }
                    Unit { types: vocabulary.types_of(text), chars: length(text) }
                })
                .collect()
        };
        let (a, b) = (side(a, &mut va), side(b, &mut vb));
        // Which side of the corpus is in which language shows in the words that it shares with the texts.
        let known = |x: &str, y: &str| va.known_types_of(x).len() + vb.known_types_of(y).len();
        let (mut straight, mut crossed) = (0, 0);
        for (x, y) in corpus.iter().take(500) {
            straight += known(x, y);
            crossed += known(y, x);
        }
        let corpus = corpus
            .iter()
            .map(|(x, y)| if straight >= crossed { (x, y) } else { (y, x) })
            .map(|(x, y)| (va.known_types_of(x), vb.known_types_of(y)))
            .filter(|(x, y)| !x.is_empty() && !y.is_empty())
            .collect();
        let frequency_a = Frequency::new(va.len(), a.iter().map(|unit| unit.types.as_slice()));
        let frequency_b = Frequency::new(vb.len(), b.iter().map(|unit| unit.types.as_slice()));
        Self { prior: related(&va, &vb), a, b, frequency_a, frequency_b, corpus }
    }

    /// What anchors the texts to one another: types that are the same by their looks.
    fn marks(&self) -> Marks {
        let mut best: Vec<(u32, f32)> = vec![(u32::MAX, 0.0); self.frequency_a.counts.len()];
        for (s, t, strength) in &self.prior {
            let slot = &mut best[*s as usize];
            if *strength > slot.1.max(0.25) {
                *slot = (*t, *strength);
            }
        }
        let a = self.a.iter().map(|unit| {
            let mut marks: Vec<u32> =
                unit.types.iter().map(|s| best[*s as usize].0).filter(|t| *t != u32::MAX).collect();
            marks.sort_unstable();
            marks.dedup();
            marks
        });
        Marks { a: a.collect(), b: self.b.iter().map(|unit| unit.types.clone()).collect() }
    }

    fn lexicon(&self, beads: &[Step]) -> Lexicon {
        let joined = |units: &[Unit]| -> Vec<u32> {
            let mut types: Vec<u32> = units.iter().flat_map(|unit| unit.types.iter().copied()).collect();
            types.sort_unstable();
            types.dedup();
            types
        };
        let beads: Vec<(Vec<u32>, Vec<u32>)> = beads
            .iter()
            .filter(|(x, y)| !x.is_empty() && !y.is_empty())
            .map(|(x, y)| (joined(&self.a[x.clone()]), joined(&self.b[y.clone()])))
            .collect();
        let samples: Vec<Sample<'_>> =
            beads.iter().chain(&self.corpus).map(|(x, y)| (x.as_slice(), y.as_slice())).collect();
        learn(&samples, &self.prior, &self.frequency_a, &self.frequency_b)
    }
}

/// What is known of lengths and shapes.
#[derive(Clone, Debug)]
pub(super) struct Habits {
    /// Characters of the second text for one of the first.
    ratio: f64,
    variance: f64,
    shapes: [f64; SHAPES.len()],
    /// By side: the first unit of a run that stands alone, and one more.
    alone: [[f64; 2]; 2],
}

impl Habits {
    fn new(texts: &Texts) -> Self {
        let sum = |units: &[Unit]| units.iter().map(|unit| unit.chars).sum::<f64>().max(1.0);
        Self {
            ratio: (sum(&texts.b) / sum(&texts.a)).clamp(0.3, 3.5),
            variance: VARIANCE,
            shapes: SHAPES.map(|(_, share)| share.ln()),
            alone: [[ALONE.ln(), AGAIN.ln()]; 2],
        }
    }

    /// The habits of the beads of a path.
    fn of(texts: &Texts, beads: &[Step], before: &Self) -> Self {
        let mut counts = SHAPES.map(|(_, share)| share * SHAPE_WEIGHT);
        // Runs, units in them, by side.
        let mut alone = [[0.0_f64; 2]; 2];
        let mut last = 2;
        let (mut sum_a, mut sum_b) = (0.0, 0.0);
        let chars = |units: &[Unit]| units.iter().map(|unit| unit.chars).sum::<f64>();
        let filled = |units: &[Unit]| units.iter().any(|unit| unit.chars > 0.0);
        let mut lengths = Vec::new();
        for (x, y) in beads {
            let (x, y) = (&texts.a[x.clone()], &texts.b[y.clone()]);
            match (filled(x), filled(y)) {
                (true, true) => {
                    if let Some(k) = SHAPES.iter().position(|(shape, _)| *shape == (x.len(), y.len())) {
                        counts[k] += 1.0;
                    }
                    let (ca, cb) = (chars(x), chars(y));
                    (sum_a, sum_b) = (sum_a + ca, sum_b + cb);
                    lengths.push((ca, cb));
                    last = 2;
                }
                (false, false) => {}
                (_, second) => {
                    let side = usize::from(second);
                    alone[side][0] += f64::from(u8::from(last != side));
                    alone[side][1] += 1.0;
                    last = side;
                }
            }
        }
        // The old ratio counts as a thousand characters.
        let ratio = ((sum_b + 1000.0 * before.ratio) / (sum_a + 1000.0)).clamp(0.2, 5.0);
        let mut squares: Vec<f64> =
            lengths.iter().map(|(ca, cb)| (cb - ratio * ca).powi(2) / f64::midpoint(ratio * ca, *cb)).collect();
        squares.sort_unstable_by(f64::total_cmp);
        // The worst are likely to be wrong beads.
        squares.truncate(squares.len() - squares.len() / 20);
        let variance = ((squares.iter().sum::<f64>() + VARIANCE * VARIANCE_WEIGHT)
            / (squares.len() as f64 + VARIANCE_WEIGHT))
            .clamp(1.0, 60.0);
        let all = counts.iter().sum::<f64>() + alone[0][0] + alone[1][0] + 2.0 * ALONE * SHAPE_WEIGHT;
        let of_side = |[runs, units]: [f64; 2]| {
            let more = (units - runs + AGAIN * AGAIN_WEIGHT) / (units + AGAIN_WEIGHT);
            [((runs + ALONE * SHAPE_WEIGHT) / all).ln(), more.ln()]
        };
        Self { ratio, variance, shapes: counts.map(|count| (count / all).ln()), alone: alone.map(of_side) }
    }

    /// How much likelier the lengths are together than apart.
    fn fit(&self, ca: f64, cb: f64) -> f64 {
        let (ca, middle) = (ca * self.ratio, f64::midpoint(ca * self.ratio, cb));
        let variance = self.variance * middle;
        let delta = (cb - ca).powi(2) / variance;
        (cb.max(1.0) / (2.0 * std::f64::consts::PI * variance).sqrt()).ln().min(2.0) - 0.5 * delta
    }
}

/// What the units of a pair say of one another: per direction the types that are answered, by place in the unit, and how
/// much likelier they are for it.
#[derive(Clone, Debug, Default)]
struct Cells {
    low: usize,
    /// Where the lists of each unit of the second side start, in both directions.
    starts: Vec<(u32, u32)>,
    forward: Vec<(u16, f32)>,
    backward: Vec<(u16, f32)>,
}

/// The model of one round.
struct Cross<'x> {
    texts: &'x Texts,
    habits: &'x Habits,
    lexicon: &'x Lexicon,
    /// Over the units before each: characters, types, and the logarithms of standing alone.
    before_a: Vec<(f64, u32, f64)>,
    before_b: Vec<(f64, u32, f64)>,
    rows: Vec<Cells>,
    /// By type of the second side: what the present unit of the first expects, and its links.
    expected: Vec<f32>,
    heads: Vec<(u32, u32)>,
    sums: Vec<f32>,
    touched: Vec<u16>,
}

/// What has been learned of two texts.
pub(super) struct Learned {
    pub steps: Vec<Step>,
    habits: Habits,
    lexicon: Lexicon,
}

impl Learned {
    /// How alike two groups of units are: the logarithm of how much likelier their words are together than apart, both
    /// ways, a word; and how likely their lengths are, as the difference in standard deviations.
    pub fn likeness(&self, texts: &Texts, a: &Range<usize>, b: &Range<usize>) -> (f64, f64) {
        let types = |units: &[Unit]| -> Vec<u32> { units.iter().flat_map(|unit| unit.types.iter().copied()).collect() };
        let (x, mut y) = (types(&texts.a[a.clone()]), types(&texts.b[b.clone()]));
        y.sort_unstable();
        y.dedup();
        let (size_a, size_b) = (x.len().max(1) as f32, y.len().max(1) as f32);
        let mut expected = vec![0.0_f32; y.len()];
        let mut sum = 0.0;
        let likelier = |alone: f32, expected: f32, size: f32| f64::from((alone + (1.0 - alone) * expected / size).ln());
        for s in &x {
            let links = self.lexicon.links(*s);
            let mut back = 0.0;
            // The shorter list walks through the longer.
            for link in links {
                if let Ok(at) = y.binary_search(&link.other) {
                    expected[at] += link.forward;
                    back += link.backward;
                }
            }
            sum += likelier(self.lexicon.alone_a[*s as usize], back, size_b);
        }
        for (t, expected) in y.iter().zip(expected) {
            sum += likelier(self.lexicon.alone_b[*t as usize], expected, size_a);
        }
        let chars = |units: &[Unit]| units.iter().map(|unit| unit.chars).sum::<f64>();
        let (ca, cb) = (chars(&texts.a[a.clone()]) * self.habits.ratio, chars(&texts.b[b.clone()]));
        let delta = (cb - ca) / (self.habits.variance * f64::midpoint(ca, cb).max(1.0)).sqrt();
        (sum / f64::from(size_a + size_b), delta)
    }

    /// Types of the second side that a type of the first is a likely translation of.
    pub fn translations(&self, s: u32) -> impl Iterator<Item = u32> {
        self.lexicon.links(s).iter().filter(|link| link.forward > 20.0).map(|link| link.other)
    }
}

impl<'x> Cross<'x> {
    fn new(texts: &'x Texts, habits: &'x Habits, lexicon: &'x Lexicon) -> Self {
        let before = |units: &[Unit], alone: &[f32]| -> Vec<(f64, u32, f64)> {
            let mut sum = (0.0, 0, 0.0);
            let mut out = vec![sum];
            for unit in units {
                let none: f64 = unit.types.iter().map(|t| f64::from(alone[*t as usize]).ln()).sum();
                sum = (sum.0 + unit.chars, sum.1 + unit.types.len() as u32, sum.2 + none);
                out.push(sum);
            }
            out
        };
        let longest = texts.a.iter().chain(&texts.b).map(|unit| unit.types.len()).max().unwrap_or(0);
        Self {
            texts,
            habits,
            lexicon,
            before_a: before(&texts.a, &lexicon.alone_a),
            before_b: before(&texts.b, &lexicon.alone_b),
            rows: vec![Cells::default(); LONGEST],
            expected: vec![0.0; texts.frequency_b.counts.len()],
            heads: vec![(0, 0); texts.frequency_b.counts.len()],
            sums: vec![0.0; longest],
            touched: Vec::new(),
        }
    }

    /// The logarithm of how much likelier the words of a bead are together than apart, both ways.
    fn words(&mut self, a: &Range<usize>, b: &Range<usize>) -> f64 {
        let count =
            |before: &[(f64, u32, f64)], range: &Range<usize>| (before[range.end].1 - before[range.start].1).max(1);
        let (size_a, size_b) = (count(&self.before_a, a) as f32, count(&self.before_b, b) as f32);
        let alone = |before: &[(f64, u32, f64)], range: &Range<usize>| before[range.end].2 - before[range.start].2;
        let mut sum = alone(&self.before_a, a) + alone(&self.before_b, b);
        // The logarithm of a product: one for all words.
        let mut product = 1.0_f64;
        for j in b.clone() {
            for i in a.clone() {
                let row = &self.rows[i % LONGEST];
                let (from, to) = (row.starts[j - row.low].0 as usize, row.starts[j - row.low + 1].0 as usize);
                for (k, value) in &row.forward[from..to] {
                    let slot = &mut self.sums[*k as usize];
                    if *slot == 0.0 {
                        self.touched.push(*k);
                    }
                    *slot += value;
                }
            }
            for k in self.touched.drain(..) {
                let alone = self.lexicon.alone_b[self.texts.b[j].types[k as usize] as usize];
                let likelier = 1.0 + (1.0 - alone) / alone * self.sums[k as usize] / size_a;
                product *= f64::from(likelier);
                if product > 1e200 {
                    sum += product.ln();
                    product = 1.0;
                }
                self.sums[k as usize] = 0.0;
            }
        }
        for i in a.clone() {
            let row = &self.rows[i % LONGEST];
            for j in b.clone() {
                let (from, to) = (row.starts[j - row.low].1 as usize, row.starts[j - row.low + 1].1 as usize);
                for (k, value) in &row.backward[from..to] {
                    let slot = &mut self.sums[*k as usize];
                    if *slot == 0.0 {
                        self.touched.push(*k);
                    }
                    *slot += value;
                }
            }
            for k in self.touched.drain(..) {
                let alone = self.lexicon.alone_a[self.texts.a[i].types[k as usize] as usize];
                let likelier = 1.0 + (1.0 - alone) / alone * self.sums[k as usize] / size_b;
                product *= f64::from(likelier);
                if product > 1e200 {
                    sum += product.ln();
                    product = 1.0;
                }
                self.sums[k as usize] = 0.0;
            }
        }
        sum + product.ln()
    }
}

impl Model for Cross<'_> {
    fn row(&mut self, i: usize, low: usize, high: usize) {
        if i == 0 {
            return;
        }
        let unit = &self.texts.a[i - 1];
        // All links of the unit, by type of the other side.
        let mut links: Vec<(u32, u16, f32)> = Vec::new();
        for (k, s) in unit.types.iter().enumerate() {
            for link in self.lexicon.links(*s) {
                self.expected[link.other as usize] += link.forward;
                links.push((link.other, k as u16, link.backward));
            }
        }
        links.sort_unstable_by_key(|link| (link.0, link.1));
        let mut start = 0;
        for run in links.chunk_by(|x, y| x.0 == y.0) {
            self.heads[run[0].0 as usize] = (start, start + run.len() as u32);
            start += run.len() as u32;
        }
        // Units that a bead of this row may hold: those before the window's first end too.
        let first = low.saturating_sub(LONGEST);
        let row = &mut self.rows[(i - 1) % LONGEST];
        row.low = first;
        row.starts.clear();
        row.forward.clear();
        row.backward.clear();
        for other in &self.texts.b[first..high] {
            row.starts.push((row.forward.len() as u32, row.backward.len() as u32));
            for (k, t) in other.types.iter().enumerate() {
                let (from, to) = self.heads[*t as usize];
                if from == to {
                    continue;
                }
                row.forward.push((k as u16, self.expected[*t as usize]));
                for (_, s, value) in &links[from as usize..to as usize] {
                    let slot = &mut self.sums[*s as usize];
                    if *slot == 0.0 {
                        self.touched.push(*s);
                    }
                    *slot += value;
                }
            }
            self.touched.sort_unstable();
            for s in self.touched.drain(..) {
                row.backward.push((s, self.sums[s as usize]));
                self.sums[s as usize] = 0.0;
            }
        }
        row.starts.push((row.forward.len() as u32, row.backward.len() as u32));
        for (t, _, _) in &links {
            self.heads[*t as usize] = (0, 0);
            self.expected[*t as usize] = 0.0;
        }
    }

    fn alone_a(&self, i: usize, again: bool) -> f64 {
        if self.texts.a[i].chars == 0.0 { 0.0 } else { self.habits.alone[0][usize::from(again)] }
    }

    fn alone_b(&self, j: usize, again: bool) -> f64 {
        if self.texts.b[j].chars == 0.0 { 0.0 } else { self.habits.alone[1][usize::from(again)] }
    }

    fn bead(&mut self, i: usize, j: usize, shape: usize) -> Option<f64> {
        let (x, y) = SHAPES[shape].0;
        let (a, b) = (i - x..i, j - y..j);
        let (ua, ub) = (&self.texts.a[a.clone()], &self.texts.b[b.clone()]);
        let empty = |unit: &Unit| unit.chars == 0.0;
        let ends = |units: &[Unit]| empty(&units[0]) || empty(&units[units.len() - 1]);
        if ends(ua) || ends(ub) {
            // Two empty lines answer one another; no bead begins or ends with one.
            return (x == 1 && y == 1 && empty(&ua[0]) && empty(&ub[0])).then_some(0.3);
        }
        let chars = |before: &[(f64, u32, f64)], range: &Range<usize>| before[range.end].0 - before[range.start].0;
        let fit = self.habits.fit(chars(&self.before_a, &a), chars(&self.before_b, &b));
        if fit < LEAST_FIT && (x, y) != (1, 1) {
            return None;
        }
        // Every row that the bead needs must know its columns.
        if a.clone().any(|p| {
            let row = &self.rows[p % LONGEST];
            b.start < row.low || b.end > row.low + row.starts.len() - 1
        }) {
            return None;
        }
        Some(self.habits.shapes[shape] + fit.max(LEAST_FIT) + WORDS * self.words(&a, &b))
    }
}

/// Units of both sides from which on a text is long: the first round then knows three shapes, and the rounds after look
/// close to the path.
const LONG: usize = 6_000;

/// Aligns two texts in two languages. `may_join` says whether a range of the first side may be in one bead.
pub(super) fn align(texts: &Texts, may_join: impl Fn(Range<usize>) -> bool) -> Learned {
    let shapes = SHAPES.map(|(shape, _)| shape);
    let size = (texts.a.len(), texts.b.len());
    let long = size.0 + size.1 > LONG;
    let mut habits = Habits::new(texts);
    let mut lexicon = texts.lexicon(&[]);
    let mut look: Windows = windows(&texts.marks());
    let mut steps = Vec::new();
    let rounds = if long { ROUNDS - 1 } else { ROUNDS };
    for round in 0..=rounds {
        let known = if long && round == 0 { 3 } else { shapes.len() };
        steps = search(&look, &shapes[..known], &mut Cross::new(texts, &habits, &lexicon), &may_join);
        if round == rounds {
            break;
        }
        lexicon = texts.lexicon(&steps);
        habits = Habits::of(texts, &steps, &habits);
        look = around(&steps, size, if long { 8 } else { 40 });
    }
    Learned { steps, habits, lexicon }
}
