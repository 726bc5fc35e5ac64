//! Word n-grams counted in a tree: exact, without a string per n-gram, for any number of references.

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
