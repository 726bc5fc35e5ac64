//! Words as small numbers, and word n-grams counted in a tree: exact, without a string per n-gram.

use super::tokenize::Span;
use std::hash::Hasher;

/// Gives every distinct word of a pair a number from 0 up.
#[derive(Clone, Debug, Default)]
pub(super) struct Interner {
    /// The upper half of a word's hash, and its number + 1; 0 is a free place.
    slots: Vec<u64>,
    words: Vec<Span>,
    mask: usize,
}

impl Interner {
    /// Forgets all words and makes room for `words`.
    pub(super) fn start(&mut self, words: usize) {
        let size = (2 * words).next_power_of_two().max(16);
        if self.slots.len() < size {
            self.slots.resize(size, 0);
        }
        self.slots[..size].fill(0);
        self.mask = size - 1;
        self.words.clear();
    }

    /// The number of the word at `span`. At most as many words as [`Interner::start`] made room for.
    #[inline]
    pub(super) fn number(&mut self, text: &[u8], span: Span) -> u32 {
        let word = &text[span.0..span.1];
        let mut hasher = rustc_hash::FxHasher::default();
        hasher.write(word);
        let hash = hasher.finish();
        let tag = hash & 0xffff_ffff_0000_0000;
        let mut place = hash as usize & self.mask;
        loop {
            let slot = self.slots[place];
            if slot == 0 {
                self.words.push(span);
                self.slots[place] = tag | self.words.len() as u64;
                return self.words.len() as u32 - 1;
            }
            let number = slot as u32 - 1;
            if slot & 0xffff_ffff_0000_0000 == tag {
                let known = self.words[number as usize];
                if text[known.0..known.1] == *word {
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
        let hash = key.wrapping_mul(0xf135_7aea_2e62_a9c5);
        let mut place = (hash >> 40) as usize & self.mask;
        if self.mask > 0x00ff_ffff {
            place = hash.rotate_left(32) as usize & self.mask;
        }
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
