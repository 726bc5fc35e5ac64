//! Looks at all pairs: by what the words have in common and what stands beside them, then by what the look before thought
//! of the pairs around.

use super::LinkKind;
use super::columns::{self, BLOCK, Columns};
use super::field::{Around, BESIDE, Field, Room, THOUGHTS};
use super::grid::{Grid, unique};
use super::lexical::{self, Items, Likeness, NOTHING, acronyms, compare, meant};
use super::net::{Hidden, Net, Rows, Sink, Units, WordKeys, word_keys};
use super::side::{Side, WordView};
use super::view::{Tops, View};
use crate::text::Kind;
use crate::text::thesaurus::Vector;
use fearless_simd::{Level, Simd, dispatch};

/// How many looks there are.
pub(super) const STAGES: usize = 3;
const BASE: u8 = lexical::feature::COUNT;
/// Features of a pair: its own, and those that come from other pairs, of the first look or of the later ones.
pub(super) const FEATURES: usize = (BASE + if VIEWED > TOPS + 2 { VIEWED } else { TOPS + 2 }) as usize;
const TOPS: u8 = BESIDE;
const VIEWED: u8 = THOUGHTS + View::FEATURES;

/// More features than any pair has of its own.
const MOST_ITEMS: usize = 32;

/// What the work on one pair of passages leaves to the next one: the room of its vectors.
#[derive(Default)]
pub(super) struct Spare {
    kinds: Vec<LinkKind>,
    values: Field,
    spans: Vec<u32>,
    items: Items,
    columns: Columns,
    vectors: [Vec<Vector>; 2],
    tops: Tops,
    candidates: Vec<Spot>,
    keys: [Vec<WordKeys>; 2],
}

/// Two passages compared word by word.
pub(super) struct Pairs<'p, 't> {
    pub x: &'p Side<'t>,
    pub y: &'p Side<'t>,
    pub grid: Grid,
    /// How alike the words are, and in what, by cell.
    pub values: Field,
    pub kinds: Vec<LinkKind>,
    /// Which of the `items` are a cell's: the first, times [`MOST_ITEMS`], and how many.
    spans: Vec<u32>,
    items: Items,
    columns: Columns,
    /// Those of [`Side::vectors`].
    vectors: [Vec<Vector>; 2],
    /// The best likeness of each row and column.
    tops: Tops,
    /// Pairs that are worth the first look: the words have something in common, or stand in like places.
    pub candidates: Vec<Spot>,
    pub keys: [Vec<WordKeys>; 2],
}

/// What all pairs of a word of the first passage share.
struct Row<'p> {
    i: usize,
    word: &'p WordView<'p>,
    /// The first word that it is compared with.
    start: usize,
    spans: &'p [u32],
}

/// A pair of words: token of the first passage, token of the second.
pub(super) type Spot = (u16, u16);

impl<'p, 't> Pairs<'p, 't> {
    pub(super) fn new(x: &'p Side<'t>, y: &'p Side<'t>, spare: Spare) -> Self {
        let grid = Grid::new(x, y);
        let Spare { mut kinds, mut values, mut spans, mut items, columns, vectors, mut tops, mut candidates, mut keys } =
            spare;
        kinds.clear();
        kinds.resize(grid.cells(), LinkKind::Position);
        values.clear(&grid);
        spans.clear();
        spans.resize(grid.cells(), 0);
        items.clear();
        tops.clear(x.words.len(), y.words.len());
        candidates.clear();
        for (keys, side) in keys.iter_mut().zip([x, y]) {
            keys.clear();
            word_keys(&side.words, keys);
        }
        let mut out = Self { x, y, grid, values, kinds, spans, items, columns, vectors, tops, candidates, keys };
        let (to_y, to_x) = partners(x, y);
        out.columns.fill(y, &to_x, NEAR as u16);
        let mut short = acronyms(x, y);
        short.extend(acronyms(y, x).into_iter().map(|(j, i)| (i, j)));
        dispatch!(level(), simd => out.compare(simd, &to_y, &short));
        out
    }

    /// Compares all words that stand near enough; `short` are pairs of an acronym and one of its words.
    #[inline(always)]
    fn compare<S: Simd>(&mut self, simd: S, to_y: &[Option<u16>], short: &[(usize, usize)]) {
        let (x, y) = (self.x, self.y);
        for (vectors, side) in self.vectors.iter_mut().zip([x, y]) {
            vectors.clear();
            for &(entry, length) in &side.vectors {
                vectors.push(entry.map_or(Vector::NONE, |entry| entry.vector(length)));
            }
        }
        for (i, &partner) in to_y.iter().enumerate() {
            let row = self.grid.row(i);
            // A word with a partner is compared with those near it alone.
            let near = match partner.map(usize::from) {
                None => row.clone(),
                Some(at) => {
                    at.saturating_sub(NEAR).clamp(row.start, row.end)..(at + NEAR + 1).clamp(row.start, row.end)
                }
            };
            let a = &x.words[i];
            let marks = columns::Row::new(simd, i, a);
            let cells = i * self.grid.width..(i + 1) * self.grid.width;
            let (kinds, spans) = (&mut self.kinds[cells.clone()], &mut self.spans[cells]);
            let values = self.values.row(i);
            for block in near.start / BLOCK..near.end.div_ceil(BLOCK) {
                let at = block * BLOCK;
                let (wanted, mut more) = marks.marks(&self.columns, block);
                for &(_, j) in short.iter().filter(|(p, q)| *p == i && q / BLOCK == block) {
                    more |= u32::from(self.columns.compares(i, j)) << (j - at);
                }
                let mut bits = (wanted | more) & u32::MAX << near.start.saturating_sub(at);
                bits &= (1 << (near.end - at).min(BLOCK)) - 1;
                while bits != 0 {
                    let bit = bits.trailing_zeros();
                    bits &= bits - 1;
                    let j = at + bit as usize;
                    let first = self.items.len();
                    let b = &y.words[j];
                    let slant = lexical::slant(a, b);
                    let mut worth = slant < if a.content || b.content { 0.08 } else { 0.2 };
                    let mut like = NOTHING;
                    let mut asked = true;
                    if more >> bit & 1 != 0 {
                        (like, asked) = compare(x, y, (i, j), slant, &mut self.items);
                        worth |= self.items[first..].iter().any(|item| lexical::TELLING.contains(&item.0));
                    }
                    if asked && a.kind != Kind::Punct && b.kind != Kind::Punct {
                        like = like.or(meant(simd, (a, b), &self.vectors, &mut self.items));
                    }
                    if short.contains(&(i, j)) {
                        self.items.push((lexical::feature::ACRONYM, 1.0));
                        worth = true;
                        if like.value < 0.6 {
                            like = Likeness { kind: LinkKind::Spelling, value: 0.6 };
                        }
                    }
                    let cell = j - row.start;
                    spans[cell] = (first * MOST_ITEMS + self.items.len() - first) as u32;
                    if like.value > 0.0 {
                        values[cell] = like.value;
                        kinds[cell] = like.kind;
                        self.tops.see(i, j, like.value);
                        worth = true;
                    }
                    if worth {
                        self.candidates.push((i as u16, j as u16));
                    }
                }
            }
        }
    }

    /// The room of its vectors, for the next pair.
    pub(super) fn spare(self) -> Spare {
        let Self { kinds, values, spans, items, columns, vectors, tops, candidates, keys, .. } = self;
        Spare { kinds, values, spans, items, columns, vectors, tops, candidates, keys }
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
        let Look { odds, words } = look;
        for side in [0, 1] {
            words[side].clear();
            words[side].reserve(self.keys[side].len());
            for keys in &self.keys[side] {
                words[side].push(Units::word(simd, rows, side, keys));
            }
        }
        odds.resize(self.wanted(before).len(), 0.0);
        match before {
            None => {
                self.look_first(simd, rows, words, odds);
            }
            Some(view) => self.look_again(simd, rows, view, words, odds),
        }
    }

    #[inline(always)]
    fn look_first<S: Simd>(&self, simd: S, rows: Rows<'_>, words: &[Vec<Hidden>; 2], odds: &mut [f32]) {
        let Some(first) = self.candidates.first() else { return };
        let mut room = Room::default();
        let mut row = self.row(usize::from(first.0));
        let mut lines = self.values.lines(row.i);
        for (&(i, j), odds) in self.candidates.iter().zip(odds) {
            let (i, j) = (usize::from(i), usize::from(j));
            if i != row.i {
                row = self.row(i);
                lines = self.values.lines(i);
            }
            let b = &self.y.words[j];
            let mut units = Units::of_pair(simd, rows, &words[0][i], &words[1][j], (row.word.class, b.class));
            self.own(&row, j, &mut units);
            self.beside(&lines.around(j, &mut room), (i, j), &mut units);
            *odds = units.odds((row.word.function, b.function));
        }
    }

    #[inline(always)]
    fn look_again<S: Simd>(&self, simd: S, rows: Rows<'_>, view: &View, words: &[Vec<Hidden>; 2], odds: &mut [f32]) {
        let Some(first) = view.again.first() else { return };
        let mut room = Room::default();
        let mut row = self.row(usize::from(first.0));
        let mut seen = view.row(&self.grid, row.i);
        for (&(i, j), odds) in view.again.iter().zip(odds) {
            let (i, j) = (usize::from(i), usize::from(j));
            if i != row.i {
                row = self.row(i);
                seen = view.row(&self.grid, i);
            }
            if let Some(settled) = seen.settled(j) {
                *odds = settled;
                continue;
            }
            let b = &self.y.words[j];
            let mut units = Units::of_pair(simd, rows, &words[0][i], &words[1][j], (row.word.class, b.class));
            self.own(&row, j, &mut units);
            view.context(&seen, j, BASE, &mut room, &mut units);
            *odds = units.odds((row.word.function, b.function));
        }
    }

    /// How alike the words beside a pair are, and the others of its row and column.
    #[inline(always)]
    fn beside(&self, around: &Around<'_>, (i, j): (usize, usize), out: &mut impl Sink) {
        around.beside(BASE, out);
        let own = around.at(0, 0);
        out.add(BASE + TOPS, self.tops.rows[i].but(j) - own);
        out.add(BASE + TOPS + 1, self.tops.columns[j].but(i) - own);
    }

    /// What all pairs of word `i` share.
    #[inline(always)]
    fn row(&self, i: usize) -> Row<'_> {
        let cells = i * self.grid.width..(i + 1) * self.grid.width;
        Row { i, word: &self.x.words[i], start: self.grid.start(i), spans: &self.spans[cells] }
    }

    /// All features of a pair in the look after `before`, with the likeness of the pairs around for the first one.
    pub(super) fn features(&self, before: Option<&View>, (i, j): (usize, usize)) -> Vec<(u8, f32)> {
        let mut out = Vec::with_capacity(64);
        let mut room = Room::default();
        self.own(&self.row(i), j, &mut out);
        match before {
            None => self.beside(&self.values.lines(i).around(j, &mut room), (i, j), &mut out),
            Some(view) => view.context(&view.row(&self.grid, i), j, BASE, &mut room, &mut out),
        }
        out
    }

    /// What the words of a pair have in common, and how they stand.
    #[inline(always)]
    fn own(&self, row: &Row<'_>, j: usize, out: &mut impl Sink) {
        let (a, b) = (row.word, &self.y.words[j]);
        let slant = lexical::slant(a, b);
        out.add(lexical::feature::DISTANCE, slant);
        out.add(lexical::feature::FAR, if slant > 0.15 { slant - 0.15 } else { 0.0 });
        if a.tag == b.tag {
            out.flag(lexical::feature::SAME_TAG);
        }
        let span = row.spans[j - row.start] as usize;
        for &(feature, value) in &self.items[span / MOST_ITEMS..][..span % MOST_ITEMS] {
            out.add(feature, value);
        }
    }
}

/// A look's answers, and the room that it works in.
#[derive(Default)]
pub(super) struct Look {
    /// The log-odds of the pairs that were looked at.
    pub odds: Vec<f32>,
    words: [Vec<Hidden>; 2],
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
