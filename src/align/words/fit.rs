//! Fits the aligner to alignments made by hand. Used by `examples/fit_aligner.rs`; nothing here runs in an audit.

use super::lexical::feature;
use super::model::Aligner;
use super::net::{HIDDEN, Hidden, Net, Sink, Units, logistic};
use super::side::Side;
use super::stages::{Look, Pairs, STAGES, Spare, level};
use super::view::View;
use super::{MAX_TOKENS, home, run};
use crate::text::Analysis;
use fearless_simd::{Simd, dispatch};
use rustc_hash::FxHashSet;

/// Two passages in tokens, and the links that a person made.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// The translation.
    pub a: Vec<String>,
    /// The reference.
    pub b: Vec<String>,
    /// Pairs of tokens, from 0.
    pub links: Vec<(usize, usize)>,
}

/// How well a model does on passages that it has not seen.
#[derive(Clone, Copy, Debug, Default)]
pub struct Accuracy {
    /// Share of its links that are right, 0 to 1.
    pub precision: f64,
    /// Share of the right links that it has, 0 to 1.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// The models of the looks are fitted to what a look before thought of passages it was not fitted to: one part of so many
/// is left out at a time.
const FOLDS: usize = 3;
const RATE: f32 = 0.004;
const DECAY: f32 = 0.1;
/// Share of hidden units that are left out at random while fitting (Srivastava and others 2014).
const DROPOUT: f32 = 0.1;

/// The chance from which a pair is a link. F1 on the training links is best at half of what it then is, about 0.43 (Lipton,
/// Elkan and Narayanaswamy 2014); but these links hold those too that the same people elsewhere called only possible, and
/// a doubtful one is such a one in about every fourth case, so a link that is sure needs 0.43 / 0.75.
/// Hardly more: at 0.6 F1 on the development file is a little better, but `said` is no longer answered by `according`.
const THRESHOLD: f32 = 0.58;

struct Case<'p, 't> {
    pairs: Pairs<'p, 't>,
    gold: Vec<bool>,
    /// Links that lie outside the grid, which cannot be found.
    lost: usize,
}

/// The passages with sides exchanged, after each one: which of the two is the translation says little, and the network
/// sees twice as much.
fn both_ways(rows: &[Aligned]) -> Vec<Aligned> {
    let turned = |row: &Aligned| Aligned {
        a: row.b.clone(),
        b: row.a.clone(),
        links: row.links.iter().map(|&(i, j)| (j, i)).collect(),
    };
    rows.iter().flat_map(|row| [row.clone(), turned(row)]).collect()
}

/// Groups of features that [`fit`] can leave out, to see what each one brings.
pub const GROUPS: [(&str, std::ops::RangeInclusive<u8>); 9] = [
    ("form", feature::EXACT..=feature::EXACT_SAME_NTH),
    ("lemma", feature::LEMMA..=feature::LEMMA),
    ("number", feature::NUMBER..=feature::OTHER_NUMBER),
    ("relations", feature::SYNONYM..=feature::LOOSE_DERIVATION),
    ("vectors", feature::COSINE..=feature::COSINE_60),
    ("spelling", feature::PREFIX..=feature::INSIDE),
    ("position", feature::DISTANCE..=feature::FAR),
    ("phrase", feature::PHRASE..=feature::PHRASE),
    ("class", feature::SAME_TAG..=feature::SAME_TAG),
];

/// Analyses `rows` and hands them to `work` as cases, without the features of the group `without`.
fn with_cases<T>(rows: &[Aligned], without: Option<&str>, work: impl FnOnce(&[Case<'_, '_>]) -> T) -> T {
    let lost = without.and_then(|name| GROUPS.iter().find(|group| group.0 == name)).map(|group| group.1.clone());
    let texts: Vec<(String, String)> = rows.iter().map(|r| (r.a.join(" "), r.b.join(" "))).collect();
    let analyses: Vec<_> = texts.iter().map(|(a, b)| (Analysis::english(a), Analysis::english(b))).collect();
    let sides: Vec<_> = analyses.iter().map(|(a, b)| (Side::new(a, MAX_TOKENS), Side::new(b, MAX_TOKENS))).collect();
    let cases: Vec<Case<'_, '_>> = rows
        .iter()
        .zip(&analyses)
        .zip(&sides)
        .map(|((row, (ta, tb)), (x, y))| {
            let mut pairs = Pairs::new(x, y, Spare::default());
            if let Some(lost) = &lost {
                pairs.forget(lost);
            }
            let [a, b] = [&row.a, &row.b].map(|v| v.iter().map(String::as_str).collect::<Vec<&str>>());
            let (ha, hb) = (home(&a, ta), home(&b, tb));
            let links: FxHashSet<(usize, usize)> = row.links.iter().copied().collect();
            let mut gold = vec![false; pairs.grid.cells()];
            let mut lost = 0;
            for (i, p) in ha.iter().enumerate().take(x.words.len()) {
                for (j, q) in hb.iter().enumerate().take(y.words.len()) {
                    if links.contains(&(*p, *q)) {
                        match pairs.grid.at(i, j) {
                            Some(cell) => gold[cell] = true,
                            None => lost += 1,
                        }
                    }
                }
            }
            Case { pairs, gold, lost }
        })
        .collect();
    work(&cases)
}

/// Fits a model to `rows` in `rounds` passes a look, without the features of the group `without` ([`GROUPS`]).
#[must_use]
pub fn fit(rows: &[Aligned], rounds: u32, without: Option<&str>) -> Aligner {
    with_cases(&both_ways(rows), without, |cases| Aligner { nets: looks(cases, rounds), threshold: THRESHOLD })
}

/// Fits a network for each look.
fn looks(cases: &[Case<'_, '_>], rounds: u32) -> Vec<Net> {
    let mut views: Vec<Option<View>> = cases.iter().map(|_| None).collect();
    let mut nets = Vec::new();
    let mut chances: Vec<Vec<f32>> = cases.iter().map(|case| vec![0.0; case.gold.len()]).collect();
    for stage in 0..STAGES {
        let part = |fold: usize, k: usize| k / 2 % FOLDS == fold;
        let mut next: Vec<Option<View>> = cases.iter().map(|_| None).collect();
        let fitted: Vec<Net> = std::thread::scope(|scope| {
            let views = &views;
            let runs: Vec<_> = (0..=FOLDS)
                .map(|fold| {
                    scope.spawn(move || {
                        let all: Vec<usize> = (0..cases.len()).filter(|&k| fold == FOLDS || !part(fold, k)).collect();
                        train(cases, views, &all, rounds)
                    })
                })
                .collect();
            runs.into_iter().filter_map(|run| run.join().ok()).collect()
        });
        for (k, case) in cases.iter().enumerate() {
            let mut look = Look::default();
            case.pairs.look(&fitted[k / 2 % FOLDS], views[k].as_ref(), &mut look);
            chances[k].fill(0.0);
            for (&(i, j), odds) in case.pairs.wanted(views[k].as_ref()).iter().zip(&look.odds) {
                chances[k][case.pairs.grid.cell(i.into(), j.into())] = logistic(*odds);
            }
            let mut view = views[k].take().unwrap_or_default();
            if stage == 0 {
                view.first(&case.pairs, &look.odds);
            } else {
                view.next(&case.pairs, &look.odds);
            }
            next[k] = Some(view);
        }
        let (best, accuracy) = threshold(cases, &chances);
        let (mut kept, mut gold, mut active, mut all) = (0usize, 0usize, 0usize, 0usize);
        for (case, view) in cases.iter().zip(&next) {
            let Some(view) = view else { continue };
            all += case.gold.len();
            gold += case.gold.iter().filter(|right| **right).count();
            let wanted = case.pairs.wanted(Some(view));
            active += wanted.len();
            let right = |(i, j): &(u16, u16)| case.gold[case.pairs.grid.cell((*i).into(), (*j).into())];
            kept += wanted.iter().filter(|spot| right(spot)).count();
        }
        eprintln!(
            "look {}: {:.2} F1 at {best:.2}; {:.1} % of pairs are looked at again, with {:.1} % of the links",
            stage + 1,
            100.0 * accuracy.f1,
            100.0 * active as f64 / all.max(1) as f64,
            100.0 * kept as f64 / gold.max(1) as f64
        );
        views = next;
        nets.extend(fitted.into_iter().last());
    }
    nets
}

/// The best threshold and what it gives.
fn threshold(cases: &[Case<'_, '_>], views: &[Vec<f32>]) -> (f32, Accuracy) {
    let mut top = (0.5, Accuracy::default());
    for step in 30..=60 {
        let at = step as f32 / 100.0;
        let accuracy = judge(cases, views, at);
        if accuracy.f1 > top.1.f1 {
            top = (at, accuracy);
        }
    }
    top
}

fn judge(cases: &[Case<'_, '_>], views: &[Vec<f32>], at: f32) -> Accuracy {
    let (mut hit, mut said, mut gold) = (0usize, 0usize, 0usize);
    for (case, view) in cases.iter().zip(views) {
        gold += case.lost;
        for (chance, right) in view.iter().zip(&case.gold) {
            said += usize::from(*chance >= at);
            gold += usize::from(*right);
            hit += usize::from(*chance >= at && *right);
        }
    }
    let (precision, recall) = (hit as f64 / said.max(1) as f64, hit as f64 / gold.max(1) as f64);
    Accuracy { precision, recall, f1: 2.0 * precision * recall / (precision + recall).max(1e-9) }
}

/// Measures `model` on `rows`; also how often links of a given chance (ten bins) are right.
#[must_use]
pub fn accuracy(model: &Aligner, rows: &[Aligned], without: Option<&str>) -> (Accuracy, [(usize, usize); 10]) {
    with_cases(rows, without, |cases| {
        let mut bins = [(0, 0); 10];
        let views: Vec<Vec<f32>> = cases
            .iter()
            .map(|case| {
                let (mut view, mut look) = (View::default(), Look::default());
                let mut chances = vec![0.0; case.gold.len()];
                for (&(i, j), odds) in run(model, &case.pairs, &mut view, &mut look).iter().zip(&look.odds) {
                    chances[case.pairs.grid.cell(i.into(), j.into())] = logistic(*odds);
                }
                chances
            })
            .collect();
        for (case, view) in cases.iter().zip(&views) {
            for (chance, right) in view.iter().zip(&case.gold) {
                let bin = ((chance * 10.0) as usize).min(9);
                bins[bin].0 += 1;
                bins[bin].1 += usize::from(*right);
            }
        }
        (judge(cases, &views, model.threshold), bins)
    })
}

/// xorshift64: the same order on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// -1 to 1.
    fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    }
}

/// Fits one look's network by Adam (Kingma and Ba 2015) with decoupled decay, a passage a step, the rate falling to 0.
fn train(cases: &[Case<'_, '_>], views: &[Option<View>], which: &[usize], rounds: u32) -> Net {
    let size = Net::SIZE;
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut net = Net { weights: vec![0.0; size] };
    let (output, constant) = (Net::OUTPUT, Net::CONSTANT);
    for weight in &mut net.weights[..constant] {
        *weight = 0.15 * random.unit();
    }
    net.weights[output..constant].iter_mut().for_each(|w| *w *= 3.0);
    net.weights[constant] = -2.0;
    let (mut first, mut second) = (vec![0.0f32; size], vec![0.0f32; size]);
    let mut slope = vec![0.0f32; size];
    let mut order = which.to_vec();
    let steps = order.len() * rounds as usize;
    let mut step = 0i32;
    for _ in 0..rounds {
        for i in (1..order.len()).rev() {
            order.swap(i, (random.next() % (i as u64 + 1)) as usize);
        }
        for &k in &order {
            step += 1;
            slope.fill(0.0);
            dispatch!(level(), simd => descend(simd, &net, &cases[k], views[k].as_ref(), &mut random, &mut slope));
            let rate = RATE * (1.0 - step as f32 / (steps + 1) as f32);
            let (c1, c2) = (1.0 - 0.9f32.powi(step.min(2000)), 1.0 - 0.999f32.powi(step.min(20_000)));
            for n in 0..size {
                let g = slope[n];
                first[n] = 0.9 * first[n] + 0.1 * g;
                second[n] = 0.999 * second[n] + 0.001 * g * g;
                net.weights[n] -= rate * (first[n] / c1 / ((second[n] / c2).sqrt() + 1e-6) + DECAY * net.weights[n]);
            }
        }
    }
    net
}

/// Adds the slope of the cross-entropy over one passage to `slope`.
#[inline(always)]
fn descend<S: Simd>(
    simd: S,
    net: &Net,
    case: &Case<'_, '_>,
    before: Option<&View>,
    random: &mut Random,
    slope: &mut [f32],
) {
    let pairs = &case.pairs;
    let Some(rows) = net.rows() else { return };
    let words = [0, 1]
        .map(|side| -> Vec<Hidden> { pairs.keys[side].iter().map(|k| Units::word(simd, rows, side, k)).collect() });
    let mut back = words.clone().map(|side| vec![[0.0f32; HIDDEN]; side.len()]);
    let output: Vec<f32> = net.weights[Net::OUTPUT..Net::CONSTANT].to_vec();
    for &(i, j) in pairs.wanted(before) {
        let (i, j) = (usize::from(i), usize::from(j));
        let cell = pairs.grid.cell(i, j);
        let items = pairs.features(before, (i, j));
        let (p, q) = (&pairs.x.words[i], &pairs.y.words[j]);
        let mut units = Units::of_pair(simd, rows, &words[0][i], &words[1][j], (p.class, q.class));
        for &(feature, value) in &items {
            units.add(feature, value);
        }
        let mut hidden = units.hidden();
        for unit in &mut hidden {
            *unit *= if random.unit() < 2.0 * DROPOUT - 1.0 { 0.0 } else { 1.0 / (1.0 - DROPOUT) };
        }
        let functions = if p.function != 0 && q.function != 0 {
            net.weights[Net::function_pair(p.function, q.function)]
        } else {
            0.0
        };
        let sum: f32 = hidden.iter().zip(&output).map(|(h, o)| h.max(0.0) * o).sum();
        let chance = logistic(sum + net.weights[Net::CONSTANT] + functions);
        let error = chance - if case.gold[cell] { 1.0 } else { 0.0 };
        if error.abs() < 1e-4 {
            continue;
        }
        slope[Net::CONSTANT] += error;
        if p.function != 0 && q.function != 0 {
            slope[Net::function_pair(p.function, q.function)] += error;
        }
        let mut down = [0.0f32; HIDDEN];
        for k in 0..HIDDEN {
            slope[Net::OUTPUT + k] += error * hidden[k].max(0.0);
            down[k] = if hidden[k] > 0.0 { error * output[k] / (1.0 - DROPOUT) } else { 0.0 };
        }
        for k in 0..HIDDEN {
            back[0][i][k] += down[k];
            back[1][j][k] += down[k];
        }
        let mut add = |at: usize, value: f32| {
            for (s, d) in slope[at..at + HIDDEN].iter_mut().zip(&down) {
                *s += d * value;
            }
        };
        add(Net::class_row(p.class, q.class), 1.0);
        for (feature, value) in items.iter() {
            add(Net::feature_row(*feature), *value);
        }
    }
    for (side, back) in back.iter().enumerate() {
        for (keys, down) in pairs.keys[side].iter().zip(back) {
            let bias = (side == 0).then_some(Net::BIAS);
            for at in keys.iter().map(|key| Net::word_row(side, *key)).chain(bias) {
                for (s, d) in slope[at..at + HIDDEN].iter_mut().zip(down) {
                    *s += d;
                }
            }
        }
    }
}
