#!/usr/bin/env python3
"""Builds corpora/models/fluency.bin: word n-grams and n-grams of word classes, for `text::fluency`.

    pip install pocketsphinx==5.1.1 lemminflect==0.2.3 numpy
    cargo run --release --example tag_text < TEXT > tagged.jsonl       # any English prose, a passage a line
    python3 corpora/models/fluency.py [--forests FORESTS] tagged.jsonl... > corpora/models/fluency.bin

Word n-grams are those of pocketsphinx's English language model, pruned by what each says beyond its shorter history.
Class n-grams are counted here; of the tagged text nothing else is kept. FORESTS is what `fluency_forests.py` writes.

The file: `FXF2`; the names of the classes; the table; a bit for each word of
the lexicon; the forests. The table is a binary fuse filter (Graf and Lemire
2022) of 16-bit cells: 10 bits of fingerprint, 6 bits of value. All numbers are little-endian.
"""
import argparse
import collections
import importlib.util
import json
import math
import os
import re
import struct
import sys

import lemminflect
import numpy as np

LOG10 = math.log10(1.0001)  # the model's logarithms are to base 1.0001
BIGRAMS, TRIGRAMS, WORDS = 560_000, 420_000, 45_000
SPECIAL = ["<s>", "</s>", ",", ";", ":", "-", "$", "%", "()", "0", "CD", "NNP", "'s"]
OPEN = 30  # sets of tags that are classes of their own
CLOSED_TAGS = {"CC", "DT", "EX", "IN", "MD", "PDT", "PRP", "PRP$", "TO", "WDT", "WP", "WP$", "WRB", "RP", "POS"}
CLOSED = """including via toward onto till unless inside outside alongside unlike anyone someone something everything nothing
everyone anything nobody according whereas be am is are was were been being have has had having do does did not n't never also only
just even still already then now here there very so too more most less least as than much many such other another same own both each
every all any some no few several ever again yet however per else quite rather almost about enough away back down up out off on over
together instead soon later ago first last next one two once""".split()
CLITICS = {"n't", "'s", "'re", "'ve", "'ll", "'m", "'d", "'"}
HAS_IS = {"it's", "that's", "he's", "she's", "there's", "what's", "who's", "let's", "here's", "where's"}
QUOTES = set('"“”\'`')


def language_model():
    """The words, and arrays of uni-, bi- and trigrams, of pocketsphinx's trie (read from its binary form)."""
    folder = os.path.dirname(importlib.util.find_spec("pocketsphinx").origin)
    data = open(os.path.join(folder, "model/en-us/en-us.lm.bin"), "rb").read()
    at = data.index(b"Trie Language Model") + len(b"Trie Language Model")
    order = data[at]
    counts = struct.unpack_from(f"<{order}I", data, at + 1)
    at += 1 + 4 * order + 4
    size = 1 << 16
    tables = np.frombuffer(data, "<f4", 3 * size, at) * LOG10
    at += 12 * size
    uni = np.frombuffer(data, np.dtype([("p", "<f4"), ("b", "<f4"), ("n", "<u4")]), counts[0] + 1, at)
    at += 12 * (counts[0] + 1)
    padded = np.concatenate([np.frombuffer(data, np.uint8), np.zeros(16, np.uint8)])

    def field(base, n, total, offset, width):
        bit = np.arange(n, dtype=np.int64) * total + offset
        byte, shift = base + (bit >> 3), (bit & 7).astype(np.uint64)
        value = np.zeros(n, np.uint64)
        for k in range(8):
            value |= padded[byte + k].astype(np.uint64) << np.uint64(8 * k)
        return ((value >> shift) & np.uint64((1 << width) - 1)).astype(np.int64)

    word_bits, next_bits = int(counts[0]).bit_length(), int(counts[2]).bit_length()
    bits2, bits3 = word_bits + 32 + next_bits, word_bits + 16
    w2 = field(at, counts[1], bits2, 0, word_bits)
    p2 = tables[:size][field(at, counts[1], bits2, word_bits + 16, 16)]
    b2 = tables[size : 2 * size][field(at, counts[1], bits2, word_bits, 16)]
    n2 = field(at, counts[1] + 1, bits2, word_bits + 32, next_bits)
    at += ((1 + counts[1]) * bits2 + 7) // 8 + 8
    w3 = field(at, counts[2], bits3, 0, word_bits)
    p3 = tables[2 * size :][field(at, counts[2], bits3, word_bits, 16)]
    at += ((1 + counts[2]) * bits3 + 7) // 8 + 8
    length = struct.unpack_from("<I", data, at)[0]
    words = [w.decode("latin1") for w in data[at + 4 : at + 4 + length].split(b"\0")[: counts[0]]]
    last = np.repeat(np.arange(counts[0]), np.diff(uni["n"].astype(np.int64)))
    n = len(last)
    nexts = n2[: n + 1].copy()
    nexts[n] = max(nexts[n], nexts[:n].max())
    parent = np.repeat(np.arange(n), np.diff(nexts))
    w2, p2, b2 = w2[:n], p2[:n], b2[:n]
    w3, p3 = w3[: len(parent)], p3[: len(parent)]
    return words, uni["p"][:-1] * LOG10, uni["b"][:-1] * LOG10, (w2, last, p2, b2), (w3, w2[parent], last[parent], p3)


def pruned(words, p1, b1, two, three):
    """The n-grams that say most: joint probability times the change of the logarithm (Stolcke 1998, without renormalising)."""
    keep = np.zeros(len(p1), bool)
    keep[np.argsort(-p1)[:WORDS]] = True
    keep[words.index("<s>")] = True
    keep &= np.array([bool(re.match(r"^(<s>|</s>|[a-z][a-z'-]*)$", w)) for w in words])
    power = lambda q: 10.0 ** np.clip(q, -99, 0)
    u = np.where(p1 < -50, 0, power(p1))
    u[words.index("<s>")] = 0.05
    a, b, p, bow = two
    gain2 = u[a] * power(p) * np.abs(p - b1[a] - p1[b])
    gain2[~(keep[a] & keep[b])] = -1
    top2 = np.argsort(-gain2)[:BIGRAMS]
    key = a.astype(np.int64) << 17 | b
    order = np.argsort(key)
    h1, h2, w, q = three
    at = np.clip(np.searchsorted(key[order], h1.astype(np.int64) << 17 | h2), 0, len(key) - 1)
    hit = key[order][at] == (h1.astype(np.int64) << 17 | h2)
    history = np.where(hit, p[order][at], b1[h1] + p1[h2])
    backoff = np.where(hit, bow[order][at], 0)
    at = np.clip(np.searchsorted(key[order], h2.astype(np.int64) << 17 | w), 0, len(key) - 1)
    hit = key[order][at] == (h2.astype(np.int64) << 17 | w)
    short = np.where(hit, p[order][at], b1[h2] + p1[w])
    gain3 = u[h1] * power(history) * power(q) * np.abs(q - backoff - short)
    gain3[~(keep[h1] & keep[h2] & keep[w])] = -1
    top3 = np.argsort(-gain3)[:TRIGRAMS]
    return np.nonzero(keep)[0], top2, top3


def classes(paths, vocabulary):
    """Closed words, and the set of tags of each open word, from the tagged text and lemminflect."""
    seen = collections.defaultdict(collections.Counter)
    for path in paths:
        for line in open(path, encoding="utf-8"):
            for sentence in json.loads(line):
                for word, tag, _ in sentence:
                    seen[word.lower()][tag] += 1
    closed = set(CLOSED)
    for word, tags in seen.items():
        total = sum(tags.values())
        if total >= 20 and sum(n for t, n in tags.items() if t in CLOSED_TAGS) > 0.5 * total and re.match("^[a-z]+$", word):
            closed.add(word)

    def table(word):
        out = set()
        for upos, lemmas in lemminflect.getAllLemmas(word).items():
            for lemma in lemmas:
                for tag, forms in lemminflect.getAllInflections(lemma, upos=upos).items():
                    if word in forms:
                        out.add({"VBP": "VB"}.get(tag, tag))
        return out

    open_words = {}
    known = set("NN NNS VB VBZ VBD VBN VBG JJ JJR JJS RB RBR NNP CD".split())
    norm = {"VBP": "VB", "NNPS": "NNP", "FW": "NN", "AFX": "NN"}
    for word in vocabulary | {w for w, t in seen.items() if re.match("^[a-z][a-z-]+$", w) and sum(t.values()) >= 2}:
        if word in closed or not re.match("^[a-z][a-z-]*$", word):
            continue
        tags = collections.Counter()
        for tag, n in seen.get(word, {}).items():
            tags[norm.get(tag, tag)] += n
        total = sum(tags.values())
        if total >= 8:
            found = {t for t, n in tags.items() if n >= max(2, 0.08 * total)}
        else:
            found = table(word) | {t for t, n in tags.items() if n >= 2}
            if {"NN", "NNS"} <= found:
                found.discard("NN" if word.endswith("s") and not word.endswith("ss") else "NNS")
        if len(found) > 1:
            found.discard("NNP")
        if found & known:
            open_words[word] = tuple(sorted(found & known))
    popular = collections.Counter()
    for word, tags in open_words.items():
        popular[tags] += 1 + sum(seen.get(word, {}).values())
    top = [t for t, _ in sorted(popular.items(), key=lambda x: (-x[1], x[0])) if t != ("NNP",) and t != ("CD",)][:OPEN]
    near = lambda tags: tags if tags in top else max(top, key=lambda t: (len(set(t) & set(tags)) / len(set(t) | set(tags)), -top.index(t)))
    special = {("NNP",): "NNP", ("CD",): "CD"}
    return closed, top, {w: special.get(t) or "+".join(near(t)) for w, t in open_words.items()}


def guess(word):
    """The class of a word that no table knows; the same as `guess` in src/text/fluency/line.rs."""
    if word.endswith("ing"):
        return "VBG"
    if word.endswith("ed"):
        return "VBD+VBN"
    if word.endswith("ly"):
        return "RB"
    if word.endswith(("ous", "ful", "ible", "able", "ical", "less", "ive", "ish")):
        return "JJ"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return "NNS"
    return "NN"


def units(sentence, closed, open_words):
    """The classes of a sentence; the same as `Line::new` in src/text/fluency/line.rs."""
    out = []
    first, last = True, -2
    for k, (word, _, spaced) in enumerate(sentence):
        lower = word.lower()
        if lower in CLITICS and out and not spaced and last == k - 1:
            joined = out[-1][0] + lower
            cls = "'s" if lower in ("'s", "'") and joined not in HAS_IS else joined
            out[-1] = (joined, cls)
            last = k
            continue
        if word in QUOTES or word in ".?!…":
            continue
        if word[0].isdigit():
            cls = "0" if word[-1].isdigit() else "CD"
        elif not word[0].isalpha():
            cls = word if word in ",;:%" else "-" if word in ("-", "--", "–", "—") else "$" if word in "$€£" else "()"
        elif lower in closed:
            cls = lower
        elif word[0].isupper() and not first:
            cls = "NNP"
        elif lower in open_words:
            cls = open_words[lower]
        elif word[0].isupper():
            cls = "NNP"
        else:
            cls = "JJ" if "-" in lower else guess(lower)
        out.append((lower, cls))
        last = k
        first = first and not word[0].isalnum()
    return [c for _, c in out]


def count(paths, closed, open_words):
    n = [collections.Counter() for _ in range(3)]
    for path in paths:
        for line in open(path, encoding="utf-8"):
            for sentence in json.loads(line):
                if len(sentence) < 5 or sentence[-1][0] not in '.!?"”':
                    continue
                seq = ["<s>", "<s>", *units(sentence, closed, open_words), "</s>"]
                for k in range(2, len(seq)):
                    n[0][seq[k]] += 1
                    n[1][seq[k - 1], seq[k]] += 1
                    n[2][seq[k - 2], seq[k - 1], seq[k]] += 1
    return n


M = (1 << 64) - 1


def fnv(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & M
    return h


def mixed(kind, a, b, c):
    """The key of an n-gram; the same as `key` in src/text/fluency/table.rs."""
    rot = lambda x, n: (x << np.uint64(n)) | (x >> np.uint64(64 - n))
    u = lambda x: np.asarray(x, np.uint64)
    with np.errstate(over="ignore"):
        x = (u(a) + np.uint64(kind)) * u(0x9E3779B97F4A7C15)
        x = (rot(x, 23) ^ u(b)) * u(0xBF58476D1CE4E5B9)
        x = (rot(x, 29) ^ u(c)) * u(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
        x *= u(0xD6E8FEB86659FD93)
        x ^= x >> np.uint64(32)
    return x


def fuse(keys, values):
    """The cells of a binary fuse filter that answers `values` (6 bits) for `keys`."""
    keys, first = np.unique(keys, return_index=True)
    values = values[first].astype(np.uint16)
    n = len(keys)
    segment = 1 << int(math.floor(math.log(n) / math.log(3.33) + 2.25))
    count = max(1, math.ceil(n * max(1.125, 0.875 + 0.25 * math.log(1e6) / math.log(n)) / segment) - 2)
    size = (count + 2) * segment
    mask = np.uint64(segment - 1)
    # The high half of a 64 by 32 bit product.
    span = np.uint64(count * segment)
    h0 = ((keys >> np.uint64(32)) * span + (((keys & np.uint64(0xFFFFFFFF)) * span) >> np.uint64(32))) >> np.uint64(32)
    h1 = (h0 + np.uint64(segment)) ^ ((keys >> np.uint64(18)) & mask)
    h2 = (h0 + np.uint64(2 * segment)) ^ (keys & mask)
    slots = np.stack([h0, h1, h2]).astype(np.int64)
    stored = (((keys >> np.uint64(40)) ^ (keys >> np.uint64(5))) & np.uint64(1023)).astype(np.uint16) << 6 | values
    alive = np.arange(n)
    rounds = []
    while len(alive):
        degree = np.bincount(slots[:, alive].ravel(), minlength=size)
        lone = degree[slots[:, alive]] == 1
        which = lone.argmax(axis=0)
        peeled = lone.any(axis=0)
        if not peeled.any():
            raise SystemExit("the filter cannot be peeled: change a size")
        rounds.append((alive[peeled], which[peeled]))
        alive = alive[~peeled]
    cells = np.zeros(size, np.uint16)
    for index, which in reversed(rounds):
        s = slots[:, index]
        cells[s[which, np.arange(len(index))]] = 0
        value = stored[index] ^ cells[s[0]] ^ cells[s[1]] ^ cells[s[2]]
        cells[s[which, np.arange(len(index))]] = value
    return segment, count, cells


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--forests")
    parser.add_argument("tagged", nargs="+")
    options = parser.parse_args()
    words, p1, b1, two, three = language_model()
    kept, top2, top3 = pruned(words, p1, b1, two, three)
    closed, top, open_words = classes(options.tagged, {words[i] for i in kept})
    n = count(options.tagged, closed, open_words)
    contractions = sorted(w for w, c in n[0].items() if "'" in w and w != "'s" and c >= 25)
    names = SPECIAL + ["+".join(t) for t in top] + sorted(closed) + contractions
    if len(names) > 255:
        raise SystemExit(f"{len(names)} classes")
    ids = {name: i for i, name in enumerate(names)}

    def identity(name):
        if name in ids:
            return ids[name]
        return ids["don't"] if name.endswith("n't") else ids["it's"]

    keys, values = [], []

    def add(kind, a, b, c, value, scale):
        keys.append(np.atleast_1d(mixed(kind, a, b, c)))
        values.append(np.atleast_1d(np.clip(np.rint(-np.asarray(value) * scale), 0, 63)))

    h = np.array([fnv(w) for w in words], np.uint64)
    add(1, 0, 0, h[kept], p1[kept], 8)
    add(2, 0, 0, h[kept], b1[kept], 16)
    add(3, 0, h[two[0][top2]], h[two[1][top2]], two[2][top2], 8)
    add(4, h[three[0][top3]], h[three[1][top3]], h[three[2][top3]], three[3][top3], 8)
    lexicon = [(w, ids[c]) for w, c in sorted(open_words.items())]
    keys.append(mixed(5, 0, 0, np.array([fnv(w) for w, _ in lexicon], np.uint64)))
    values.append(np.array([c for _, c in lexicon]))
    # Witten and Bell's interpolation; what a seen n-gram comes to is stored, and the backoff of each history.
    grams = [collections.Counter() for _ in range(3)]
    for c, v in n[0].items():
        grams[0][identity(c)] += v
    for g in (1, 2):
        for k, v in n[g].items():
            grams[g][tuple(identity(c) for c in k)] += v
    total = sum(grams[0].values())
    size = [collections.Counter() for _ in range(2)]
    types = [collections.Counter() for _ in range(2)]
    for (a, _), v in grams[1].items():
        size[0][a] += v
        types[0][a] += 1
    for (a, b, _), v in grams[2].items():
        size[1][a, b] += v
        types[1][a, b] += 1
    one = {c: (v + 0.5) / (total + 0.5 * len(names)) for c, v in grams[0].items()}
    floor = 0.5 / (total + 0.5 * len(names))
    pair = {(b, c): (v + types[0][b] * one.get(c, floor)) / (size[0][b] + types[0][b]) for (b, c), v in grams[1].items()}
    back1 = {b: types[0][b] / (size[0][b] + types[0][b]) for b in size[0]}
    under = lambda b, c: pair.get((b, c)) or back1.get(b, 1) * one.get(c, floor)
    triple = {}
    for (a, b, c), v in grams[2].items():
        t = types[1][a, b]
        triple[a, b, c] = (v + t * under(b, c)) / (size[1][a, b] + t)
    back2 = {k: types[1][k] / (size[1][k] + types[1][k]) for k in size[1]}
    log = lambda values: np.log10(np.array(list(values)))
    column = lambda rows, i: np.array([r[i] for r in rows], np.uint64)
    add(6, 0, 0, np.array(list(one), np.uint64), log(one.values()), 8)
    add(7, 0, 0, np.array(list(back1), np.uint64), log(back1.values()), 16)
    add(8, 0, column(pair, 0), column(pair, 1), log(pair.values()), 8)
    add(9, 0, column(back2, 0), column(back2, 1), log(back2.values()), 16)
    add(10, column(triple, 0), column(triple, 1), column(triple, 2), log(triple.values()), 8)
    segment, segments, cells = fuse(np.concatenate(keys), np.concatenate(values))
    out = sys.stdout.buffer
    out.write(b"FXF2" + struct.pack("<HH", len(names), len(SPECIAL) + len(top)))
    for name in names:
        out.write(bytes([len(name.encode())]) + name.encode())
    out.write(struct.pack("<III", segment, segments, len(cells)))
    out.write(cells.astype("<u2").tobytes())
    bits = np.zeros(1 << 19, np.uint8)
    known = np.array([fnv(w) for w in {*open_words, *closed}], np.uint64)
    bits[((known ^ (known >> np.uint64(29))) % np.uint64(1 << 19)).astype(np.int64)] = 1
    out.write(np.packbits(bits, bitorder="little").tobytes())
    out.write(open(options.forests, "rb").read() if options.forests else b"\0")
    print(f"{len(names)} classes, {len(lexicon)} open words, {sum(map(len, keys))} keys, {2 * len(cells)} bytes, "
          f"{len(triple)} class trigrams", file=sys.stderr)


if __name__ == "__main__":
    main()
