//! Looks at all pairs: by what the words have in common and what stands beside them, then by what the look before thought
//! of the pairs around.

use super::field::{BESIDE, Field, THOUGHTS};
use super::grid::{Grid, unique};
use super::lexical::{self, Likeness, acronyms, compare};
use super::net::{Hidden, Net, Rows, Sink, Units, WordKeys, word_keys};
use super::side::Side;
use super::view::{Tops, View};
use fearless_simd::{Level, Simd, dispatch};

/// How many looks there are.
pub(super) const STAGES: usize = 3;
const BASE: u8 = lexical::feature::COUNT;
/// Features of a pair: its own, and those that come from other pairs, of the first look or of the later ones.
pub(super) const FEATURES: usize = (BASE + if VIEWED > TOPS + 2 { VIEWED } else { TOPS + 2 }) as usize;
const TOPS: u8 = BESIDE;
const VIEWED: u8 = THOUGHTS + View::FEATURES;

/// What the work on one pair of passages leaves to the next one: the room of its vectors.
#[derive(Default)]
pub(super) struct Spare {
    likeness: Vec<Likeness>,
    values: Field,
    starts: Vec<u32>,
    items: Vec<(u8, f32)>,
    candidates: Vec<Spot>,
    keys: [Vec<WordKeys>; 2],
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
    pub candidates: Vec<Spot>,
    pub keys: [Vec<WordKeys>; 2],
}

/// A pair of words: token of the first passage, token of the second.
pub(super) type Spot = (u16, u16);

impl<'p, 't> Pairs<'p, 't> {
    pub(super) fn new(x: &'p Side<'t>, y: &'p Side<'t>, spare: Spare) -> Self {
        let grid = Grid::new(x, y);
        let Spare { mut likeness, mut values, mut starts, mut items, mut candidates, mut keys } = spare;
        likeness.clear();
        likeness.resize(grid.cells(), Likeness { kind: super::LinkKind::Position, value: 0.0 });
        values.clear(&grid);
        starts.clear();
        items.clear();
        candidates.clear();
        let short = acronyms(x, y);
        let long = acronyms(y, x);
        let (to_y, to_x) = partners(x, y);
        for (i, &partner) in to_y.iter().enumerate() {
            let row = grid.row(i);
            // A word with a partner is compared with those near it alone.
            let near = partner.map_or(row.clone(), |at| {
                let at = usize::from(at);
                at.saturating_sub(NEAR).clamp(row.start, row.end)..(at + NEAR + 1).clamp(row.start, row.end)
            });
            starts.resize(starts.len() + near.start - row.start, items.len() as u32);
            let a = &x.words[i];
            for j in near.clone() {
                starts.push(items.len() as u32);
                if to_x[j].is_some_and(|at| usize::from(at).abs_diff(i) > NEAR) {
                    continue;
                }
                let first = items.len();
                let b = &y.words[j];
                let slant = lexical::slant(a, b);
                let mut like = compare(x, y, (i, j), slant, &mut |feature, value| items.push((feature, value)));
                if !short.is_empty() && short.contains(&(i, j)) || !long.is_empty() && long.contains(&(j, i)) {
                    items.push((lexical::feature::ACRONYM, 1.0));
                    if like.value < 0.6 {
                        like = Likeness { kind: super::LinkKind::Spelling, value: 0.6 };
                    }
                }
                let small = !a.content && !b.content;
                let telling = |feature| (lexical::feature::PREFIX..=lexical::feature::INSIDE).contains(&feature);
                if like.value > 0.0 {
                    values.set(i, j, like.value);
                }
                if like.value > 0.0
                    || slant < if small { 0.2 } else { 0.08 }
                    || items[first..].iter().any(|item| telling(item.0))
                {
                    candidates.push((i as u16, j as u16));
                }
                likeness[grid.cell(i, j)] = like;
            }
            starts.resize(starts.len() + row.end - near.end, items.len() as u32);
        }
        starts.push(items.len() as u32);
        for (keys, side) in keys.iter_mut().zip([x, y]) {
            keys.clear();
            word_keys(&side.words, keys);
        }
        Self { x, y, grid, likeness, values, starts, items, candidates, keys }
    }

    /// The room of its vectors, for the next pair.
    pub(super) fn spare(self) -> Spare {
        let Self { likeness, values, starts, items, candidates, keys, .. } = self;
        Spare { likeness, values, starts, items, candidates, keys }
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

    /// Runs one look over [`Self::wanted`] and puts their log-odds into `look`.
    pub(super) fn look(&self, net: &Net, before: Option<&View>, look: &mut Look) {
        look.odds.clear();
        if let Some(rows) = net.rows() {
            dispatch!(level(), simd => self.look_with(simd, rows, before, look));
        }
    }

    #[inline(always)]
    fn look_with<S: Simd>(&self, simd: S, rows: Rows<'_>, before: Option<&View>, look: &mut Look) {
        // Closures would not be compiled for the processor at hand; so there are none.
        let Look { odds, words, tops } = look;
        for side in [0, 1] {
            words[side].clear();
            words[side].reserve(self.keys[side].len());
            for keys in &self.keys[side] {
                words[side].push(Units::word(simd, rows, side, keys));
            }
        }
        let wanted = self.wanted(before);
        odds.reserve(wanted.len());
        if before.is_none() {
            self.tops(tops);
        }
        for &(i, j) in wanted {
            let (i, j) = (usize::from(i), usize::from(j));
            let (a, b) = (&self.x.words[i], &self.y.words[j]);
            let mut units = Units::of_pair(simd, rows, &words[0][i], &words[1][j], (a.class, b.class));
            self.own(i, j, &mut units);
            match before {
                None => self.beside(tops, i, j, &mut units),
                Some(view) => view.context(i, j, self.grid.cell(i, j), BASE, &mut units),
            }
            odds.push(units.odds((a.function, b.function)));
        }
    }

    /// All features of a pair in the look after `before`, with the likeness of the pairs around for the first one.
    pub(super) fn features(&self, before: Option<&View>, tops: &Tops, (i, j): (usize, usize)) -> Vec<(u8, f32)> {
        let mut out = Vec::with_capacity(64);
        self.own(i, j, &mut out);
        match before {
            None => self.beside(tops, i, j, &mut out),
            Some(view) => view.context(i, j, self.grid.cell(i, j), BASE, &mut out),
        }
        out
    }

    /// What the words of a pair have in common, and how they stand.
    #[inline(always)]
    fn own(&self, i: usize, j: usize, out: &mut impl Sink) {
        let (a, b) = (&self.x.words[i], &self.y.words[j]);
        let slant = lexical::slant(a, b);
        out.add(lexical::feature::DISTANCE, slant);
        out.add(lexical::feature::FAR, if slant > 0.15 { slant - 0.15 } else { 0.0 });
        if a.tag == b.tag {
            out.flag(lexical::feature::SAME_TAG);
        }
        let cell = self.grid.cell(i, j);
        for &(feature, value) in &self.items[self.starts[cell] as usize..self.starts[cell + 1] as usize] {
            out.add(feature, value);
        }
    }

    /// How alike the words beside a pair are.
    #[inline(always)]
    fn beside(&self, tops: &Tops, i: usize, j: usize, out: &mut impl Sink) {
        let around = self.values.around(i, j);
        around.beside(BASE, out);
        let own = around.at(0, 0);
        out.add(BASE + TOPS, tops.rows[i].but(j) - own);
        out.add(BASE + TOPS + 1, tops.columns[j].but(i) - own);
    }

    /// The best likeness of each row and column.
    pub(super) fn tops(&self, tops: &mut Tops) {
        tops.clear(self.x.words.len(), self.y.words.len());
        for &(i, j) in &self.candidates {
            let (i, j) = (usize::from(i), usize::from(j));
            let value = self.likeness[self.grid.cell(i, j)].value;
            if value > 0.0 {
                tops.see(i, j, value);
            }
        }
    }
}

/// A look's answers, and the room that it works in.
#[derive(Default)]
pub(super) struct Look {
    /// The log-odds of the pairs that were looked at.
    pub odds: Vec<f32>,
    words: [Vec<Hidden>; 2],
    tops: Tops,
}

/// For each word its partner on the other side: the same form, which stands once in each passage, of a content word or number.
fn partners(x: &Side<'_>, y: &Side<'_>) -> (Vec<Option<u16>>, Vec<Option<u16>>) {
    let (mut to_y, mut to_x) = (vec![None; x.words.len()], vec![None; y.words.len()]);
    for (i, j) in unique(x, y) {
        if x.words[i].content && y.words[j].content {
            to_y[i] = Some(j as u16);
            to_x[j] = Some(i as u16);
        }
    }
    (to_y, to_x)
}

/// A word with a partner is compared with others only so far from the partner: where phrases answer one another, its
/// neighbours may be linked to it too (of links made by hand 2 in 100 lie farther off, of all pairs 43).
const NEAR: usize = 3;

/// What the processor can do.
pub(super) fn level() -> Level {
    thread_local! {
        static LEVEL: Level = Level::new();
    }
    LEVEL.with(|level| *level)
}
