//! Three looks at all pairs: by what the words have in common and what stands beside them, then twice more by what the
//! look before thought of the pairs around.

use super::grid::Grid;
use super::lexical::{self, Likeness, acronyms, compare};
use super::net::{Hidden, Net, WordKeys, logistic, word_keys};
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
        let keys = [x, y].map(|side| (0..side.words.len()).map(|i| word_keys(&side.words, i)).collect());
        Self { x, y, grid, likeness, starts, items, candidate, keys }
    }

    pub(super) fn own(&self, cell: usize) -> &[(u8, f32)] {
        &self.items[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }

    /// The features of the first look that hang on the neighbours' likeness.
    fn beside(&self, i: usize, j: usize, out: &mut Vec<(u8, f32)>) {
        let like = |di: isize, dj: isize| -> f32 {
            let (i, j) = (i.wrapping_add_signed(di), j.wrapping_add_signed(dj));
            self.grid.at(i, j).map_or(0.0, |cell| self.likeness[cell].value)
        };
        let mut push = |feature: u8, value: f32| {
            if value > 0.0 {
                out.push((BASE + feature, value));
            }
        };
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

    /// Whether a cell is judged in the look after `before`.
    pub(super) fn wanted(&self, before: Option<&View>, cell: usize) -> bool {
        before.map_or(self.candidate[cell], |view| view.active[cell])
    }

    /// Runs one look and returns log-odds; what is not looked at keeps [`FLOOR`].
    pub(super) fn look(&self, net: &Net, before: Option<&View>) -> Vec<f32> {
        let [a, b] = [0, 1].map(|side| -> Vec<Hidden> { self.keys[side].iter().map(|k| net.word(side, k)).collect() });
        let mut out = vec![FLOOR; self.grid.cells()];
        let mut extra = Vec::with_capacity(64);
        let tops = before.map_or_else(|| self.tops(), |_| Tops::default());
        for (i, added) in a.iter().enumerate() {
            for (cell, j) in (i * self.grid.width..).zip(self.grid.row(i)) {
                if !self.wanted(before, cell) {
                    continue;
                }
                extra.clear();
                self.context(before.ok_or(&tops), (i, j), cell, &mut extra);
                let (p, q) = (&self.x.words[i], &self.y.words[j]);
                let own = self.own(cell).iter().chain(&extra).copied();
                let hidden = net.hidden(added, &b[j], (p.class, q.class), own);
                out[cell] = net.output(&hidden, (p.function, q.function));
            }
        }
        out
    }

    /// The features that come from other pairs: from what the look before thought, or in the first look from likeness.
    pub(super) fn context(
        &self,
        before: Result<&View, &Tops>,
        (i, j): (usize, usize),
        cell: usize,
        out: &mut Vec<(u8, f32)>,
    ) {
        match before {
            Err(tops) => {
                self.beside(i, j, out);
                let own = self.likeness[cell].value;
                out.push((BASE + 12, tops.rows[i].but(j) - own));
                out.push((BASE + 13, tops.columns[j].but(i) - own));
            }
            Ok(view) => view.context(self, i, j, cell, out),
        }
    }

    /// The best likeness of each row and column.
    pub(super) fn tops(&self) -> Tops {
        Tops::new(&self.grid, self.y.words.len(), |cell| self.likeness[cell].value)
    }
}

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
    fn new(grid: &Grid, m: usize, value: impl Fn(usize) -> f32) -> Self {
        let mut tops = Self { rows: vec![Top::default(); grid.rows()], columns: vec![Top::default(); m] };
        for i in 0..grid.rows() {
            for (cell, j) in (i * grid.width..).zip(grid.row(i)) {
                let v = value(cell);
                if v > 0.0 {
                    tops.rows[i].see(j, v);
                    tops.columns[j].see(i, v);
                }
            }
        }
        tops
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
        let tops = Tops::new(grid, m, |cell| chance[cell]);
        let mut row_sums = vec![0.0; grid.rows()];
        let mut column_sums = vec![0.0; m];
        for (i, row_sum) in row_sums.iter_mut().enumerate() {
            for (cell, j) in (i * grid.width..).zip(grid.row(i)) {
                *row_sum += chance[cell];
                column_sums[j] += chance[cell];
            }
        }
        let mut active: Vec<bool> = chance.iter().map(|p| *p >= 0.02).collect();
        for i in 0..grid.rows() {
            for (cell, j) in (i * grid.width..).zip(grid.row(i)) {
                if chance[cell] >= 0.2 {
                    for di in -1isize..=1 {
                        for dj in -1isize..=1 {
                            if let Some(near) = grid.at(i.wrapping_add_signed(di), j.wrapping_add_signed(dj)) {
                                active[near] = true;
                            }
                        }
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

    fn at(&self, pairs: &Pairs<'_, '_>, i: usize, j: usize, di: isize, dj: isize) -> f32 {
        pairs.grid.at(i.wrapping_add_signed(di), j.wrapping_add_signed(dj)).map_or(0.0, |cell| self.chance[cell])
    }

    fn context(&self, pairs: &Pairs<'_, '_>, i: usize, j: usize, cell: usize, out: &mut Vec<(u8, f32)>) {
        let mut push = |feature: u8, value: f32| {
            if !(0.0..=0.004).contains(&value) {
                out.push((BASE + feature, value));
            }
        };
        push(0, self.chance[cell]);
        push(1, self.odds[cell] / 6.0);
        let mut n = 2;
        for di in -2isize..=2 {
            let row = i.wrapping_add_signed(di);
            if row >= pairs.grid.rows() {
                n += if di == 0 { 4 } else { 5 };
                continue;
            }
            let start = pairs.grid.row(row).start;
            let values = &self.chance[row * pairs.grid.width..(row + 1) * pairs.grid.width];
            for dj in -2isize..=2 {
                if di != 0 || dj != 0 {
                    let at = j.wrapping_add_signed(dj).wrapping_sub(start);
                    push(n, values.get(at).copied().unwrap_or(0.0));
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
        push(n + 7, self.block(pairs, i, j));
        // The partner of the nearest sure word on a side, for a word that has none itself.
        for (k, (near, at, other)) in [(&left, i, j), (&right, j, i)].into_iter().enumerate() {
            for end in near {
                if end.1 == other as isize {
                    push(n + 8 + k as u8, 1.0 / (end.0 - at as isize).unsigned_abs().max(1) as f32);
                }
            }
        }
    }

    /// How much the pairs around make of this one a corner of a block: (i, j'), (i', j') and (i', j).
    fn block(&self, pairs: &Pairs<'_, '_>, i: usize, j: usize) -> f32 {
        let mut best = 0.0f32;
        for dj in [-1, 1, -2, 2, -3, 3] {
            let side = self.at(pairs, i, j, 0, dj);
            if side <= best {
                continue;
            }
            for di in [-1, 1, -2, 2, -3, 3] {
                let corner = side.min(self.at(pairs, i, j, di, 0)).min(self.at(pairs, i, j, di, dj));
                best = best.max(corner);
            }
        }
        best
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
