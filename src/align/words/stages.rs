//! Three looks at all pairs: by what the words have in common and what stands beside them, then twice more by what the
//! look before thought of the pairs around.

use super::field::{BESIDE, Field, THOUGHTS};
use super::grid::{Grid, unique};
use super::lexical::{self, Likeness, acronyms, compare};
use super::net::{Features, Hidden, Net, WordKeys, logistic, word_keys};
use super::side::Side;

/// How many looks there are.
pub(super) const STAGES: usize = 3;
pub(super) const BASE: u8 = lexical::feature::COUNT;
/// Features of the first look, and of the later ones.
const FIRST: usize = (BASE + BESIDE) as usize + 2;
const LATER: usize = (BASE + THOUGHTS) as usize + 11 + 25;

pub(super) const fn features(stage: usize) -> usize {
    if stage == 0 { FIRST } else { LATER }
}

/// Two passages compared word by word.
pub(super) struct Pairs<'p, 't> {
    pub x: &'p Side<'t>,
    pub y: &'p Side<'t>,
    pub grid: Grid,
    pub likeness: Vec<Likeness>,
    /// The values of `likeness`.
    values: Field,
    /// Where each cell's features begin in `items`; one more at the end.
    starts: Vec<u32>,
    items: Vec<(u8, f32)>,
    /// Pairs that are worth the first look: the words have something in common, or stand in like places.
    candidates: Vec<Spot>,
    pub keys: [Vec<WordKeys>; 2],
}

/// A pair of words: token of the first passage, token of the second.
pub(super) type Spot = (u16, u16);

impl<'p, 't> Pairs<'p, 't> {
    pub(super) fn new(x: &'p Side<'t>, y: &'p Side<'t>) -> Self {
        let grid = Grid::new(x, y);
        let mut likeness = Vec::with_capacity(grid.cells());
        let mut values = Field::new(&grid);
        let mut starts = Vec::with_capacity(grid.cells() + 1);
        let mut items: Vec<(u8, f32)> = Vec::with_capacity(grid.cells() * 4);
        let mut candidates = Vec::with_capacity(grid.cells() / 2);
        let short = acronyms(x, y);
        let long = acronyms(y, x);
        let (to_y, to_x) = partners(x, y);
        for (i, &partner) in to_y.iter().enumerate() {
            for j in grid.row(i) {
                let first = items.len();
                starts.push(first as u32);
                if apart(partner, j) || apart(to_x[j], i) {
                    likeness.push(Likeness { kind: super::LinkKind::Position, value: 0.0 });
                    continue;
                }
                let mut like = compare(x, y, i, j, &mut |feature, value| items.push((feature, value)));
                if !short.is_empty() && short.contains(&(i, j)) || !long.is_empty() && long.contains(&(j, i)) {
                    items.push((lexical::feature::ACRONYM, 1.0));
                    if like.value < 0.6 {
                        like = Likeness { kind: super::LinkKind::Spelling, value: 0.6 };
                    }
                }
                likeness.push(like);
                let small = !x.words[i].class.is_content() && !y.words[j].class.is_content();
                let telling = |feature| (lexical::feature::PREFIX..=lexical::feature::INSIDE).contains(&feature);
                if like.value > 0.0 {
                    values.set(i, j, like.value);
                }
                if like.value > 0.0
                    || items[first].1 < if small { 0.2 } else { 0.08 }
                    || items[first..].iter().any(|item| telling(item.0))
                {
                    candidates.push((i as u16, j as u16));
                }
            }
        }
        starts.push(items.len() as u32);
        let keys = [x, y].map(|side| (0..side.words.len()).map(|i| word_keys(&side.words, i)).collect());
        Self { x, y, grid, likeness, values, starts, items, candidates, keys }
    }

    pub(super) fn own(&self, cell: usize) -> &[(u8, f32)] {
        &self.items[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    /// Takes away a group of features, to see what it brings.
    pub(super) fn forget(&mut self, group: &std::ops::RangeInclusive<u8>) {
        for (_, value) in self.items.iter_mut().filter(|(feature, _)| group.contains(feature)) {
            *value = 0.0;
        }
    }

    /// The pairs that are judged in the look after `before`, row by row.
    pub(super) fn wanted<'s>(&'s self, before: Option<&'s View>) -> &'s [Spot] {
        before.map_or(&self.candidates, |view| &view.again)
    }

    /// Runs one look over [`Self::wanted`] and returns their log-odds.
    pub(super) fn look(&self, net: &Net, before: Option<&View>) -> Vec<f32> {
        let [a, b] = [0, 1].map(|side| -> Vec<Hidden> { self.keys[side].iter().map(|k| net.word(side, k)).collect() });
        let mut extra = Features::new();
        let tops = before.map_or_else(|| self.tops(), |_| Tops::default());
        let judge = |&(i, j): &Spot| {
            let (i, j) = (usize::from(i), usize::from(j));
            let (p, q) = (&self.x.words[i], &self.y.words[j]);
            let cell = self.grid.cell(i, j);
            extra.clear();
            self.context(before.ok_or(&tops), (i, j), cell, &mut extra);
            let hidden = net.hidden(&a[i], &b[j], (p.class, q.class), self.own(cell), extra.items());
            net.output(&hidden, (p.function, q.function))
        };
        self.wanted(before).iter().map(judge).collect()
    }

    /// The features that come from other pairs: from what the look before thought, or in the first look from likeness.
    #[inline]
    pub(super) fn context(
        &self,
        before: Result<&View, &Tops>,
        (i, j): (usize, usize),
        cell: usize,
        out: &mut Features,
    ) {
        match before {
            Err(tops) => {
                let around = self.values.around(i, j);
                around.beside(out);
                let own = around.at(0, 0);
                out.push(BASE + BESIDE, tops.rows[i].but(j) - own, true);
                out.push(BASE + BESIDE + 1, tops.columns[j].but(i) - own, true);
            }
            Ok(view) => view.context((i, j), cell, out),
        }
    }

    /// The best likeness of each row and column.
    pub(super) fn tops(&self) -> Tops {
        let mut tops = Tops::new(&self.grid, self.y.words.len());
        for &(i, j) in &self.candidates {
            let (i, j) = (usize::from(i), usize::from(j));
            let value = self.likeness[self.grid.cell(i, j)].value;
            if value > 0.0 {
                tops.see(i, j, value);
            }
        }
        tops
    }
}

/// For each word its partner on the other side: the same form, which stands once in each passage, of a content word or number.
fn partners(x: &Side<'_>, y: &Side<'_>) -> (Vec<Option<u16>>, Vec<Option<u16>>) {
    let (mut to_y, mut to_x) = (vec![None; x.words.len()], vec![None; y.words.len()]);
    for (i, j) in unique(x, y) {
        if x.words[i].class.is_content() && y.words[j].class.is_content() {
            to_y[i] = Some(j as u16);
            to_x[j] = Some(i as u16);
        }
    }
    (to_y, to_x)
}

/// A word with a partner is compared with others only so far from the partner: where phrases answer one another, its
/// neighbours may be linked to it too (of links made by hand 2 in 100 lie farther off, of all pairs 43).
const NEAR: u16 = 3;

fn apart(partner: Option<u16>, other: usize) -> bool {
    partner.is_some_and(|at| usize::from(at).abs_diff(other) > usize::from(NEAR))
}

/// The chance from which a pair is looked at again.
const AGAIN: f32 = 0.05;
/// The chance from which the pairs around a pair are looked at again too, but for those of two words whose chances both add
/// up to so much: they have their partners.
const NEIGHBOUR: f32 = 0.2;
const SETTLED: f32 = 0.7;

/// Log-odds of what is not worth a look.
const FLOOR: f32 = -9.0;

/// The best two of a row or column.
#[derive(Clone, Copy, Default)]
pub(super) struct Top {
    best: f32,
    at: usize,
    second: f32,
}

impl Top {
    fn see(&mut self, at: usize, value: f32) {
        if value > self.best {
            self.second = self.best;
            self.best = value;
            self.at = at;
        } else if value > self.second {
            self.second = value;
        }
    }

    /// The best one apart from the one at `at`.
    fn but(&self, at: usize) -> f32 {
        if self.at == at { self.second } else { self.best }
    }
}

#[derive(Default)]
pub(super) struct Tops {
    pub rows: Vec<Top>,
    pub columns: Vec<Top>,
}

impl Tops {
    fn new(grid: &Grid, m: usize) -> Self {
        Self { rows: vec![Top::default(); grid.rows()], columns: vec![Top::default(); m] }
    }

    fn see(&mut self, i: usize, j: usize, value: f32) {
        self.rows[i].see(j, value);
        self.columns[j].see(i, value);
    }
}

/// What a look thought of all pairs, with what the next one asks of it.
pub(super) struct View {
    /// Log-odds and chance of each cell; what was not looked at has [`FLOOR`] and 0.
    odds: Vec<f32>,
    pub chance: Vec<f32>,
    around: Field,
    /// The pairs that are worth another look.
    again: Vec<Spot>,
    tops: Tops,
    row_sums: Vec<f32>,
    column_sums: Vec<f32>,
    a: Vec<Near>,
    b: Vec<Near>,
}

impl View {
    /// Of the log-odds that [`Pairs::look`] gave after `before`.
    pub(super) fn new(pairs: &Pairs<'_, '_>, before: Option<&Self>, looked: &[f32]) -> Self {
        let (grid, m) = (&pairs.grid, pairs.y.words.len());
        let seen = pairs.wanted(before);
        let mut odds = vec![FLOOR; grid.cells()];
        let mut chance = vec![0.0; grid.cells()];
        let mut around = Field::new(grid);
        let mut tops = Tops::new(grid, m);
        let mut row_sums = vec![0.0; grid.rows()];
        let mut column_sums = vec![0.0; m];
        let mut likely = Vec::with_capacity(4 * m);
        let mut active = vec![false; grid.cells()];
        for (&(i, j), &x) in seen.iter().zip(looked) {
            let (i, j) = (usize::from(i), usize::from(j));
            let cell = grid.cell(i, j);
            let p = logistic(x);
            odds[cell] = x;
            chance[cell] = p;
            around.set(i, j, p);
            tops.see(i, j, p);
            row_sums[i] += p;
            column_sums[j] += p;
            active[cell] = p >= AGAIN;
            if p >= NEIGHBOUR {
                likely.push((i, j));
            }
        }
        for (i, j) in likely {
            for (row, row_sum) in row_sums.iter().enumerate().take(i + 2).skip(i.saturating_sub(1)) {
                for (column, column_sum) in column_sums.iter().enumerate().take(j + 2).skip(j.saturating_sub(1)) {
                    if (*row_sum < SETTLED || *column_sum < SETTLED)
                        && let Some(near) = grid.at(row, column)
                    {
                        active[near] = true;
                    }
                }
            }
        }
        let mut again = Vec::with_capacity(4 * m);
        for (i, row) in active.chunks(grid.width.max(1)).enumerate() {
            again.extend((grid.start(i)..).zip(row).filter(|(_, active)| **active).map(|(j, _)| (i as u16, j as u16)));
        }
        // Sure partners: each other's best.
        let mut to_b = vec![None; grid.rows()];
        let mut to_a = vec![None; m];
        for (i, top) in tops.rows.iter().enumerate() {
            if top.best > 0.5 && tops.columns[top.at].at == i {
                to_b[i] = Some(top.at);
                to_a[top.at] = Some(i);
            }
        }
        let (a, b) = (nearest(&to_b, m), nearest(&to_a, grid.rows()));
        Self { odds, chance, around, again, row_sums, column_sums, a, b, tops }
    }

    #[inline]
    fn context(&self, (i, j): (usize, usize), cell: usize, out: &mut Features) {
        self.around.around(i, j).thoughts(BASE, out);
        let n = BASE + THOUGHTS;
        let mut push = |feature: u8, value: f32| out.push(n + feature, value, !(0.0..=0.004).contains(&value));
        push(0, self.chance[cell]);
        push(1, self.odds[cell] / 6.0);
        push(2, self.tops.rows[i].but(j));
        push(3, self.tops.columns[j].but(i));
        push(4, (self.row_sums[i] - self.chance[cell]).min(4.0) / 4.0);
        push(5, (self.column_sums[j] - self.chance[cell]).min(4.0) / 4.0);
        let (a, b) = (&self.a[i], &self.b[j]);
        let (row, column) = (i as i32, j as i32);
        push(6, a.off(column));
        push(7, b.off(row));
        if a.before.1 < column && column < a.after.1 && b.before.1 < row && row < b.after.1 {
            // In the gap between the same two sure pairs on both sides.
            push(8, 1.0);
            push(11 + 5 * a.gap + b.gap, 1.0);
        }
        // The partner of the nearest sure word on a side, for a word that has none itself.
        for (k, (near, at, other)) in [(a, row, column), (b, column, row)].into_iter().enumerate() {
            for end in [near.before, near.after] {
                if end.1 == other {
                    push(9 + k as u8, 1.0 / (end.0 - at).unsigned_abs().max(1) as f32);
                }
            }
        }
    }
}

/// What a word has on either side: the nearest words with a sure partner and those partners, or the passages' ends.
#[derive(Clone, Copy)]
struct Near {
    before: (i32, i32),
    after: (i32, i32),
    /// Where its own partner is to be looked for by theirs; less than all places where neither side has any.
    expected: f32,
    /// Words between them, 1 to 5 or more, less one.
    gap: u8,
}

/// Less than any place.
const NOWHERE: f32 = -1e9;

impl Near {
    /// How far `place` is from the expected one, 0 to 1 for ten words or more.
    #[inline]
    fn off(&self, place: i32) -> f32 {
        (place as f32 - self.expected).abs().min(10.0) / 10.0
    }
}

/// For each word what is near, given the partners; `other` is the other passage's length.
fn nearest(partners: &[Option<usize>], other: usize) -> Vec<Near> {
    let end = (partners.len() as i32, other as i32);
    let mut out = vec![Near { before: (-1, -1), after: end, expected: NOWHERE, gap: 0 }; partners.len()];
    let mut last = (-1, -1);
    for (i, (near, partner)) in out.iter_mut().zip(partners).enumerate() {
        near.before = last;
        if let Some(j) = partner {
            last = (i as i32, *j as i32);
        }
    }
    last = end;
    for (i, (near, partner)) in out.iter_mut().zip(partners).enumerate().rev() {
        near.after = last;
        if let Some(j) = partner {
            last = (i as i32, *j as i32);
        }
        let (p, q, at) = (near.before, near.after, i as i32);
        near.gap = (q.0 - p.0 - 1).clamp(1, 5) as u8 - 1;
        near.expected = match (p.0 >= 0, q.0 < end.0) {
            (true, true) => p.1 as f32 + (at - p.0) as f32 / (q.0 - p.0) as f32 * (q.1 - p.1) as f32,
            (true, false) => (p.1 + at - p.0) as f32,
            (false, true) => (q.1 + at - q.0) as f32,
            (false, false) => NOWHERE,
        };
    }
    out
}
