//! How many n-grams two segments share, for all orders, in one table that stays in the nearest cache.
//!
//! Order by order, every distinct n-gram of the hypothesis gets an id. The n-gram one longer is then an id and a symbol,
//! two small numbers, and together they address a table: nothing is hashed, nothing collides, and no branch hangs on the
//! text. Ids rise from order to order and from pair to pair, so what stands in the table from before is known by a lower
//! one, and nothing has to be cleared.

/// The most entries of the table: 8 MiB, which segments of some 30000 characters need.
const ENTRIES: usize = 1 << 22;

/// A segment is shorter than this, so that there are ids for two orders at least.
const LENGTH: usize = 0x7000;

/// As many as 16 bits name: an array of so many needs no check of its bounds.
const ALL: usize = 0x1_0000;

/// The buffers.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    /// The id of an n-gram by the id of its beginning and its last symbol.
    table: Vec<u16>,
    /// How often either segment has the n-gram with an id; 0 for the ids above the last one.
    counts: [Vec<u16>; 2],
    /// The last id that was given.
    last: u16,
    /// The symbols of the segments, and the id of the n-gram that starts at each place.
    symbols: [Vec<u16>; 2],
    ids: [Vec<u16>; 2],
}

/// What is the same for all places of a segment and order.
#[derive(Clone, Copy)]
struct Order {
    /// The symbols that there are.
    stride: u32,
    /// The last id before those of the order that is one lower, and the last one of that order.
    low: u16,
    base: u16,
}

impl Order {
    /// Where the id of an n-gram stands in the table.
    fn entry(self, beginning: u16, symbol: u16) -> usize {
        let start = u32::from(self.low).wrapping_mul(self.stride);
        (u32::from(beginning) * self.stride + u32::from(symbol)).wrapping_sub(start) as usize
    }
}

impl Shared {
    /// Sets `matched[n - 1]` to the number of n-grams that both segments have, for each order n up to that of
    /// `matched`. The symbols of the hypothesis are numbered from 0 up to `distinct`; those of the reference that it
    /// lacks have any numbers from there on.
    ///
    /// Returns whether it could be done; segments that are too large for the table are left to others.
    pub(super) fn matches(
        &mut self,
        hypothesis: &[u32],
        reference: &[u32],
        distinct: usize,
        matched: &mut [u64],
    ) -> bool {
        // One symbol more stands for all that the hypothesis lacks.
        let stride = distinct + 1;
        let entries = hypothesis.len().saturating_add(2).saturating_mul(stride);
        if hypothesis.len().max(reference.len()) >= LENGTH || entries > ENTRIES {
            return false;
        }
        if self.table.len() < entries {
            self.table.resize(entries, 0);
        }
        matched.fill(0);
        let [our_counts, their_counts] = &mut self.counts;
        our_counts.resize(ALL, 0);
        their_counts.resize(ALL, 0);
        let (Some(our_counts), Some(their_counts)) = (our_counts.first_chunk_mut(), their_counts.first_chunk_mut())
        else {
            return false;
        };
        let mut low = self.last;
        for (n, matched) in matched.iter_mut().enumerate() {
            if usize::from(self.last) + hypothesis.len() + 2 > usize::from(u16::MAX) {
                // Only the ids of the order before are needed any more: they move to the bottom.
                let used = usize::from(self.last);
                our_counts[..=used].fill(0);
                their_counts[..=used].fill(0);
                self.table.truncate(entries);
                self.table.fill(0);
                self.ids.iter_mut().flatten().for_each(|id| *id = id.saturating_sub(low));
                self.last -= low;
                low = 0;
            }
            let base = self.last;
            let [our_symbols, their_symbols] = &mut self.symbols;
            let [our_ids, their_ids] = &mut self.ids;
            if n == 0 {
                number(hypothesis, stride, base, our_symbols, our_ids, our_counts);
                number(reference, stride, base, their_symbols, their_ids, their_counts);
                self.last += distinct as u16;
                *matched = smaller(our_counts, their_counts, base, self.last);
                self.last += 1;
            } else {
                let (Some(our_symbols), Some(their_symbols)) = (our_symbols.get(n..), their_symbols.get(n..)) else {
                    break;
                };
                let order = Order { stride: stride as u32, low, base };
                self.last = extend(order, our_symbols, our_ids, &mut self.table[..entries], our_counts);
                follow(order, their_symbols, their_ids, &self.table[..entries], their_counts);
                *matched = smaller(our_counts, their_counts, base, self.last);
            }
            if *matched == 0 {
                break;
            }
            low = base;
        }
        true
    }
}

/// Copies the numbers of a segment, those that are too high as the highest that is not; gives each the id of the n-gram
/// of order 1 that it is, and counts that.
#[inline(never)]
fn number(
    numbers: &[u32],
    stride: usize,
    base: u16,
    symbols: &mut Vec<u16>,
    ids: &mut Vec<u16>,
    counts: &mut [u16; ALL],
) {
    let most = stride as u32 - 1;
    symbols.clear();
    symbols.extend(numbers.iter().map(|&number| number.min(most) as u16));
    ids.clear();
    ids.extend(symbols.iter().map(|&symbol| (base + 1).wrapping_add(symbol)));
    for &id in &*ids {
        counts[usize::from(id)] += 1;
    }
}

/// Turns the id at each place into that of the n-gram that is one symbol longer, a new one where there is none yet, and
/// counts it. Returns the last id.
#[inline(never)]
fn extend(order: Order, symbols: &[u16], ids: &mut [u16], table: &mut [u16], counts: &mut [u16; ALL]) -> u16 {
    let (first, mut last) = (order.base + 1, order.base);
    for (id, &symbol) in ids.iter_mut().zip(symbols) {
        let known = &mut table[order.entry(*id, symbol)];
        let fresh = *known < first;
        last += u16::from(fresh);
        *known = if fresh { last } else { *known };
        *id = *known;
        counts[usize::from(*id)] += 1;
    }
    last
}

/// Looks up the n-grams that are one symbol longer, and counts them. What has no id is counted at the base and starts no
/// n-gram of the next order, as none starts with the id that the base is.
#[inline(never)]
fn follow(order: Order, symbols: &[u16], ids: &mut [u16], table: &[u16], counts: &mut [u16; ALL]) {
    for (id, &symbol) in ids.iter_mut().zip(symbols) {
        // As wider numbers, so that the compiler makes no branch of it, which would be guessed wrong half the time.
        *id = i32::from(table[order.entry(*id, symbol)]).max(i32::from(order.base)) as u16;
        counts[usize::from(*id)] += 1;
    }
}

/// The sum of the smaller counts of the ids above `base` up to `last`.
#[inline(never)]
fn smaller(ours: &[u16; ALL], theirs: &[u16; ALL], base: u16, last: u16) -> u64 {
    let ids = usize::from(base) + 1..=usize::from(last);
    let pairs = ours[ids.clone()].iter().zip(&theirs[ids]);
    u64::from(pairs.map(|(&ours, &theirs)| u32::from(ours.min(theirs))).sum::<u32>())
}
