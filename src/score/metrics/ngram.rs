//! Words as small numbers, and word n-grams counted in a tree: exact, without a string per n-gram.

use super::tokenize::Span;
use std::hash::Hasher;

/// Gives every distinct word of a pair a number from 0 up.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    /// The key of a word and its number; key 0 is a free place.
    slots: Vec<(u64, u32)>,
    words: Vec<Span>,
    mask: usize,
}

impl Interner {
    /// What must follow the text of the words.
    pub(super) const PADDING: &str = "        ";

    /// Forgets all words and makes room for `words`.
    pub(super) fn start(&mut self, words: usize) {
        let size = (2 * words).next_power_of_two().max(16);
        if self.slots.len() < size {
            self.slots.resize(size, (0, 0));
        }
        self.slots[..size].fill((0, 0));
        self.mask = size - 1;
        self.words.clear();
    }

    /// The number of the word at `span` of the text, which ends in [`Interner::PADDING`]. At most as many words as
    /// [`Interner::start`] made room for.
    #[inline]
    pub(super) fn number(&mut self, text: &[u8], span: Span) -> u32 {
        const LONG: u64 = 0xff << 56;
        let length = span.1 - span.0;
        // A short word is its own key, with its length on top; a long one has its hash there and is compared.
        let key = match text[span.0..].first_chunk() {
            Some(bytes) if length < 8 => u64::from_le_bytes(*bytes) & ((1 << (8 * length)) - 1) | (length as u64) << 56,
            _ => {
                let mut hasher = rustc_hash::FxHasher::default();
                hasher.write(&text[span.0..span.1]);
                hasher.finish() | LONG
            }
        };
        let mut place = key.wrapping_mul(SPREAD).rotate_left(24) as usize & self.mask;
        loop {
            let (known, number) = self.slots[place];
            if known == 0 {
                let number = self.words.len() as u32;
                self.words.push(span);
                self.slots[place] = (key, number);
                return number;
            }
            if known == key {
                let other = self.words[number as usize];
                if key < LONG || text[other.0..other.1] == text[span.0..span.1] {
                    return number;
                }
            }
            place = (place + 1) & self.mask;
        }
    }

    /// How many distinct words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

/// Multiplied by this, a key has its differences in the upper bits.
const SPREAD: u64 = 0xf135_7aea_2e62_a9c5;

/// A node of the tree: an n-gram of the references.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The place of the n-gram without its last word + 1, and that word's number + 1; 0 is a free place.
    key: u64,
    /// The most times that one reference has it.
    limit: u32,
    /// How often it came up in the segment that is being counted.
    count: u32,
}

/// The n-grams of the references of one pair, in an open-addressed table whose places name the parents.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    mask: usize,
    order: usize,
}

impl Tree {
    /// Forgets all n-grams and makes room for those of references of `words` words in all.
    pub(super) fn start(&mut self, words: usize, order: usize) {
        let size = (2 * words * order).next_power_of_two().max(16);
        if self.nodes.len() < size {
            self.nodes.resize(size, Node::default());
        }
        self.nodes[..size].fill(Node::default());
        self.mask = size - 1;
        self.order = order;
    }

    /// The place of the n-gram that follows the one at `parent` (0: none) by `word`, or the free place for it.
    #[inline]
    fn find(&self, parent: usize, word: u32) -> (usize, u64) {
        let key = (parent as u64) << 32 | (u64::from(word) + 1);
        let mut place = key.wrapping_mul(SPREAD).rotate_left(24) as usize & self.mask;
        while self.nodes[place].key != 0 && self.nodes[place].key != key {
            place = (place + 1) & self.mask;
        }
        (place, key)
    }

    /// Adds the first reference: its counts are the limits.
    pub(super) fn first(&mut self, words: &[u32]) {
        for start in 0..words.len() {
            let mut parent = 0;
            for &word in &words[start..words.len().min(start + self.order)] {
                let (place, key) = self.find(parent, word);
                let node = &mut self.nodes[place];
                node.key = key;
                node.limit += 1;
                parent = place + 1;
            }
        }
    }

    /// Adds a further reference: a limit becomes the larger of the two counts.
    pub(super) fn further(&mut self, words: &[u32]) {
        for start in 0..words.len() {
            let mut parent = 0;
            for &word in &words[start..words.len().min(start + self.order)] {
                let (place, key) = self.find(parent, word);
                let node = &mut self.nodes[place];
                node.key = key;
                node.count += 1;
                parent = place + 1;
            }
        }
        for node in &mut self.nodes[..=self.mask] {
            node.limit = node.limit.max(node.count);
            node.count = 0;
        }
    }

    /// Adds to `matched[n - 1]` the hypothesis's n-grams that a reference has, each at most `limit` times.
    pub(super) fn matches(&mut self, words: &[u32], mut add: impl FnMut(usize)) {
        for start in 0..words.len() {
            let mut parent = 0;
            // An n-gram that the references lack has no longer one in them either.
            for (order, &word) in words[start..words.len().min(start + self.order)].iter().enumerate() {
                let (place, _) = self.find(parent, word);
                let node = &mut self.nodes[place];
                if node.key == 0 {
                    break;
                }
                if node.count < node.limit {
                    node.count += 1;
                    add(order);
                }
                parent = place + 1;
            }
        }
    }
}
