//! Boosted trees that weigh an edit: small forests fitted by `corpora/models/fluency_forests.py`.

/// A node: feature 255 marks a leaf, whose score is in `value`.
#[derive(Clone, Copy, Debug)]
struct Node {
    feature: u8,
    left: u16,
    right: u16,
    value: f32,
}

/// Trees whose leaves are added up, and the score from which on an edit is a finding.
#[derive(Clone, Debug)]
pub(super) struct Forest {
    nodes: Vec<Node>,
    roots: Vec<u16>,
    /// A minor finding from here on; log odds.
    pub minor: f32,
    /// A major finding from here on.
    pub major: f32,
}

impl Forest {
    /// A count byte, then for each forest: both thresholds, the number of roots, the roots, the number of nodes, nodes.
    pub fn read_all(bytes: &[u8]) -> Option<Vec<Self>> {
        let mut at = 0;
        let mut take = |n: usize| {
            let slice = bytes.get(at..at + n);
            at += n;
            slice
        };
        let count = take(1)?[0];
        let mut out = Vec::with_capacity(usize::from(count));
        let short = |b: &[u8]| u16::from_le_bytes([b[0], b[1]]);
        let real = |b: &[u8]| f32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        for _ in 0..count {
            let (minor, major) = (real(take(4)?), real(take(4)?));
            let n = short(take(2)?);
            let roots: Vec<u16> = take(2 * usize::from(n))?.chunks_exact(2).map(short).collect();
            let n = short(take(2)?);
            let nodes: Vec<Node> = take(9 * usize::from(n))?
                .chunks_exact(9)
                .map(|b| Node { feature: b[0], left: short(&b[1..3]), right: short(&b[3..5]), value: real(&b[5..9]) })
                .collect();
            // A child lies behind its parent, so that no walk can loop.
            let sound = |(i, n): (usize, &Node)| {
                n.feature == 255
                    || [n.left, n.right].iter().all(|c| usize::from(*c) > i && usize::from(*c) < nodes.len())
            };
            if !nodes.iter().enumerate().all(sound) || roots.iter().any(|r| usize::from(*r) >= nodes.len()) {
                return None;
            }
            out.push(Self { nodes, roots, minor, major });
        }
        Some(out)
    }

    /// The log odds that the edit mends a fault.
    pub fn score(&self, features: &[f32]) -> f32 {
        let mut sum = 0.0;
        for &root in &self.roots {
            let mut node = self.nodes[usize::from(root)];
            while node.feature != 255 {
                let value = features.get(usize::from(node.feature)).copied().unwrap_or(0.0);
                let next = if value <= node.value { node.left } else { node.right };
                node = self.nodes[usize::from(next)];
            }
            sum += node.value;
        }
        sum
    }
}
