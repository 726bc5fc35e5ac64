//! Three looks at all pairs: by what the words have in common and what stands beside them, then twice more by what the
//! look before thought of the pairs around.

use super::grid::Grid;
use super::lexical::{self, Likeness, acronyms, compare};
use super::net::{Features, Hidden, Net, WordKeys, logistic, word_keys};
use super::side::Side;

/// How many looks there are.
pub(super) const STAGES: usize = 3;
const BASE: u8 = lexical::feature::COUNT;
/// Features of the first look, and of the later ones.
pub(super) const FIRST: usize = BASE as usize + 14;
pub(super) const LATER: usize = BASE as usize + 26 + 11 + 25;

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
    values: Vec<f32>,
    /// Where each cell's features begin in `items`; one more at the end.
    starts: Vec<u32>,
    items: Vec<(u8, f32)>,
    /// Cells that are worth the first look: the words have something in common, or stand in like places.
    candidate: Vec<bool>,
    pub keys: [Vec<WordKeys>; 2],
}

impl<'p, 't> Pairs<'p, 't> {
    pub(super) fn new(x: &'p Side<'t>, y: &'p Side<'t>) -> Self {
        let grid = Grid::new(x, y);
        let mut likeness = Vec::with_capacity(grid.cells());
        let mut starts = Vec::with_capacity(grid.cells() + 1);
        let mut items: Vec<(u8, f32)> = Vec::with_capacity(grid.cells() * 4);
        let mut candidate = Vec::with_capacity(grid.cells());
        let short = acronyms(x, y);
        let long = acronyms(y, x);
        for i in 0..grid.rows() {
            for j in grid.row(i) {
                starts.push(items.len() as u32);
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
                let first = starts.last().map_or(0, |at| *at as usize);
                candidate.push(
                    like.value > 0.0
                        || items[first].1 < if small { 0.2 } else { 0.08 }
                        || items[first..].iter().any(|item| telling(item.0)),
                );
            }
        }
        starts.push(items.len() as u32);
        let values: Vec<f32> = likeness.iter().map(|like| like.value).collect();
        let keys = [x, y].map(|side| (0..side.words.len()).map(|i| word_keys(&side.words, i)).collect());
        Self { x, y, grid, likeness, values, starts, items, candidate, keys }
    }

    pub(super) fn own(&self, cell: usize) -> &[(u8, f32)] {
        &self.items[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    /// Whether a cell is judged in the look after `before`.
    pub(super) fn wanted(&self, before: Option<&View>, cell: usize) -> bool {
        before.map_or(self.candidate[cell], |view| view.active[cell])
    }

    /// Runs one look and returns log-odds; what is not looked at keeps [`FLOOR`].
    pub(super) fn look(&self, net: &Net, before: Option<&View>) -> Vec<f32> {
        let [a, b] = [0, 1].map(|side| -> Vec<Hidden> { self.keys[side].iter().map(|k| net.word(side, k)).collect() });
        let mut out = vec![FLOOR; self.grid.cells()];
        let mut extra = Features::new();
        let tops = before.map_or_else(|| self.tops(), |_| Tops::default());
        for (i, added) in a.iter().enumerate() {
            let around = self.around(before, i);
            for (cell, j) in (i * self.grid.width..).zip(self.grid.row(i)) {
                if !self.wanted(before, cell) {
                    continue;
                }
                let (p, q) = (&self.x.words[i], &self.y.words[j]);
                extra.clear();
                self.context(before.ok_or(&tops), &around, (i, j), cell, &mut extra);
                let hidden = net.hidden(added, &b[j], (p.class, q.class), self.own(cell), extra.items());
                out[cell] = net.output(&hidden, (p.function, q.function));
            }
        }
        out
    }

    /// The rows around row `i` that [`Self::context`] asks.
    pub(super) fn around<'s>(&'s self, before: Option<&'s View>, i: usize) -> Around<'s> {
        Around::new(&self.grid, before.map_or(&self.values, |view| &view.chance), i)
    }

    /// The features that come from other pairs: from what the look before thought, or in the first look from likeness.
    #[inline]
    pub(super) fn context(
        &self,
        before: Result<&View, &Tops>,
        around: &Around<'_>,
        (i, j): (usize, usize),
        cell: usize,
        out: &mut Features,
    ) {
        match before {
            Err(tops) => {
                around.beside(j, out);
                let own = self.values[cell];
                out.push(BASE + 12, tops.rows[i].but(j) - own, true);
                out.push(BASE + 13, tops.columns[j].but(i) - own, true);
            }
            Ok(view) => view.context(self, around, (i, j), cell, out),
        }
    }

    /// The best likeness of each row and column.
    pub(super) fn tops(&self) -> Tops {
        Tops::new(&self.grid, self.y.words.len(), &self.values)
    }
}

/// The chance from which a pair is looked at again.
const AGAIN: f32 = 0.05;
/// The chance from which the pairs around a pair are looked at again too, but for those of two words whose chances both add
/// up to so much: they have their partners.
const NEIGHBOUR: f32 = 0.2;
const SETTLED: f32 = 0.7;

/// Log-odds of what is not worth a look.
pub(super) const FLOOR: f32 = -9.0;

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
    fn new(grid: &Grid, m: usize, values: &[f32]) -> Self {
        let mut tops = Self { rows: vec![Top::default(); grid.rows()], columns: vec![Top::default(); m] };
        for (i, top) in tops.rows.iter_mut().enumerate() {
            let row = &values[i * grid.width..(i + 1) * grid.width];
            for (v, j) in row.iter().zip(grid.row(i)) {
                if *v > 0.0 {
                    top.see(j, *v);
                    tops.columns[j].see(i, *v);
                }
            }
        }
        tops
    }
}

/// A row of values with the three rows before and after it.
pub(super) struct Around<'s> {
    rows: [&'s [f32]; 7],
    starts: [usize; 7],
}

impl<'s> Around<'s> {
    fn new(grid: &Grid, values: &'s [f32], i: usize) -> Self {
        let (mut rows, mut starts) = ([&values[..0]; 7], [0; 7]);
        for k in 0..7 {
            let row = (i + k).wrapping_sub(3);
            if row < grid.rows() {
                rows[k] = &values[row * grid.width..(row + 1) * grid.width];
                starts[k] = grid.row(row).start;
            }
        }
        Self { rows, starts }
    }

    /// The value `di` rows, -3 to 3, and `dj` columns from column `j`; 0 where there is none.
    #[inline]
    fn at(&self, j: usize, di: isize, dj: isize) -> f32 {
        let k = (di + 3) as usize;
        let (row, start) = (self.rows[k], self.starts[k]);
        row.get(j.wrapping_add_signed(dj).wrapping_sub(start)).copied().unwrap_or(0.0)
    }

    /// The features of the first look that hang on the neighbours' likeness.
    #[inline]
    fn beside(&self, j: usize, out: &mut Features) {
        let like = |di: isize, dj: isize| self.at(j, di, dj);
        let mut push = |feature: u8, value: f32| out.push(BASE + feature, value, value > 0.0);
        push(0, like(-1, -1));
        push(1, like(1, 1));
        push(2, like(-2, -2));
        push(3, like(2, 2));
        push(4, like(-1, -2).max(like(-2, -1)));
        push(5, like(1, 2).max(like(2, 1)));
        push(6, like(0, -1));
        push(7, like(0, 1));
        push(8, like(-1, 0));
        push(9, like(1, 0));
        push(10, like(-3, -3).max(like(-3, -2)).max(like(-2, -3)).max(like(-1, -3)).max(like(-3, -1)));
        push(11, like(3, 3).max(like(3, 2)).max(like(2, 3)).max(like(1, 3)).max(like(3, 1)));
    }

    /// How much the pairs around make of the middle one, in column `j`, a corner of a block: (i, j'), (i', j') and (i', j).
    fn block(&self, j: usize) -> f32 {
        let mut best = 0.0f32;
        for dj in [-1, 1, -2, 2, -3, 3] {
            let side = self.at(j, 0, dj);
            if side <= best {
                continue;
            }
            for di in [-1, 1, -2, 2, -3, 3] {
                let corner = side.min(self.at(j, di, 0)).min(self.at(j, di, dj));
                best = best.max(corner);
            }
        }
        best
    }
}

/// What a look thought of all pairs, with what the next one asks of it.
pub(super) struct View {
    odds: Vec<f32>,
    pub chance: Vec<f32>,
    active: Vec<bool>,
    tops: Tops,
    row_sums: Vec<f32>,
    column_sums: Vec<f32>,
    /// For each word the nearest words on either side with a sure partner, and the partners.
    a: Vec<[Option<(usize, usize)>; 2]>,
    b: Vec<[Option<(usize, usize)>; 2]>,
}

impl View {
    pub(super) fn new(pairs: &Pairs<'_, '_>, odds: Vec<f32>) -> Self {
        let (grid, m) = (&pairs.grid, pairs.y.words.len());
        let chance: Vec<f32> = odds.iter().map(|x| if *x <= FLOOR { 0.0 } else { logistic(*x) }).collect();
        let mut tops = Tops { rows: vec![Top::default(); grid.rows()], columns: vec![Top::default(); m] };
        let mut row_sums = vec![0.0; grid.rows()];
        let mut column_sums = vec![0.0; m];
        let mut likely = Vec::with_capacity(4 * m);
        for (i, row_sum) in row_sums.iter_mut().enumerate() {
            for (cell, j) in (i * grid.width..).zip(grid.row(i)) {
                let p = chance[cell];
                if p > 0.0 {
                    tops.rows[i].see(j, p);
                    tops.columns[j].see(i, p);
                    *row_sum += p;
                    column_sums[j] += p;
                    if p >= NEIGHBOUR {
                        likely.push((i, j));
                    }
                }
            }
        }
        let mut active: Vec<bool> = chance.iter().map(|p| *p >= AGAIN).collect();
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
        // Sure partners: each other's best.
        let mut to_b = vec![None; grid.rows()];
        let mut to_a = vec![None; m];
        for (i, top) in tops.rows.iter().enumerate() {
            if top.best > 0.5 && tops.columns[top.at].at == i {
                to_b[i] = Some(top.at);
                to_a[top.at] = Some(i);
            }
        }
        Self { odds, chance, active, row_sums, column_sums, a: nearest(&to_b), b: nearest(&to_a), tops }
    }

    #[inline]
    fn context(
        &self,
        pairs: &Pairs<'_, '_>,
        around: &Around<'_>,
        (i, j): (usize, usize),
        cell: usize,
        out: &mut Features,
    ) {
        let mut push = |feature: u8, value: f32| out.push(BASE + feature, value, !(0.0..=0.004).contains(&value));
        push(0, self.chance[cell]);
        push(1, self.odds[cell] / 6.0);
        let mut n = 2;
        for di in -2isize..=2 {
            for dj in -2isize..=2 {
                if di != 0 || dj != 0 {
                    push(n, around.at(j, di, dj));
                    n += 1;
                }
            }
        }
        // n is 26.
        push(n, self.tops.rows[i].but(j));
        push(n + 1, self.tops.columns[j].but(i));
        push(n + 2, (self.row_sums[i] - self.chance[cell]).min(4.0) / 4.0);
        push(n + 3, (self.column_sums[j] - self.chance[cell]).min(4.0) / 4.0);
        let off = |x: Option<f32>| x.map_or(1.0, |d| d.min(10.0) / 10.0);
        push(n + 4, off(deviation(&self.a[i], i, j)));
        push(n + 5, off(deviation(&self.b[j], j, i)));
        // In the gap between the same two sure pairs on both sides.
        let ends = |near: &[Option<(usize, usize)>; 2], n: isize, m: isize| -> [(isize, isize); 2] {
            [
                near[0].map_or((-1, -1), |p| (p.0 as isize, p.1 as isize)),
                near[1].map_or((n, m), |p| (p.0 as isize, p.1 as isize)),
            ]
        };
        let (rows, columns) = (pairs.x.words.len() as isize, pairs.y.words.len() as isize);
        let (left, right) = (ends(&self.a[i], rows, columns), ends(&self.b[j], columns, rows));
        let inside =
            left[0].1 < j as isize && (j as isize) < left[1].1 && right[0].1 < i as isize && (i as isize) < right[1].1;
        // The sizes of the two gaps, 0 to 4.
        let gap = |near: &[(isize, isize); 2]| (near[1].0 - near[0].0 - 1).clamp(1, 5) as u8 - 1;
        if inside {
            push(n + 6, 1.0);
            push(n + 11 + 5 * gap(&left) + gap(&right), 1.0);
        }
        push(n + 7, around.block(j));
        // The partner of the nearest sure word on a side, for a word that has none itself.
        for (k, (near, at, other)) in [(&left, i, j), (&right, j, i)].into_iter().enumerate() {
            for end in near {
                if end.1 == other as isize {
                    push(n + 8 + k as u8, 1.0 / (end.0 - at as isize).unsigned_abs().max(1) as f32);
                }
            }
        }
    }
}

/// How far `j` is from where word `i` is expected between its neighbours' partners, in words.
fn deviation(near: &[Option<(usize, usize)>; 2], i: usize, j: usize) -> Option<f32> {
    let j = j as f32;
    Some(match *near {
        [Some(p), Some(q)] => {
            let along = (i - p.0) as f32 / (q.0 - p.0) as f32;
            let expected = p.1 as f32 + along * (q.1 as f32 - p.1 as f32);
            (j - expected).abs()
        }
        [Some(p), None] => (j - p.1 as f32 - (i - p.0) as f32).abs(),
        [None, Some(q)] => (j - q.1 as f32 + (q.0 - i) as f32).abs(),
        [None, None] => return None,
    })
}

fn nearest(partners: &[Option<usize>]) -> Vec<[Option<(usize, usize)>; 2]> {
    let mut out = vec![[None; 2]; partners.len()];
    let mut last = None;
    for (i, partner) in partners.iter().enumerate() {
        out[i][0] = last;
        if let Some(j) = partner {
            last = Some((i, *j));
        }
    }
    last = None;
    for (i, partner) in partners.iter().enumerate().rev() {
        out[i][1] = last;
        if let Some(j) = partner {
            last = Some((i, *j));
        }
    }
    out
}
