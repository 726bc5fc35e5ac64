#!/usr/bin/env python3
"""Fits the forests of corpora/models/fluency.bin: which local repairs mend a fault, and which only look likelier.

    pip install lightgbm numpy lemminflect
    python3 corpora/models/fluency_forests.py --program target/release/examples/fluency_edits \\
        --train TEXT... --clean TEXT... > forests.bin

TEXT is good English, a passage a line. Every passage of --train is spoiled in the ways of FAULTS; an edit that restores it
is right, every other one wrong. Thresholds are set on --clean, which is not trained on: so many wrong findings a 1,000
words as `RATES` says. No text is kept.
"""
import argparse
import json
import random
import re
import struct
import subprocess
import sys

import lemminflect
import lightgbm
import numpy as np

KINDS = ["swap", "replace", "drop", "form", "hole"]
# Findings a 1,000 words of clean text: minor and above, major.
RATES = {"swap": (0.12, 0.03), "replace": (0.06, 0.0), "drop": (0.03, 0.0), "form": (0.12, 0.0), "hole": (0.06, 0.0)}
SMALL = """of in to for on at by with from about into as than over after before between against through during under without
among behind across around since within out off the a an and or but that which who""".split()
WRONG = SMALL + """unto onto upon amid via versus beside beneath throughout past outside inside toward along near above below beyond due
down up despite except per like until if""".split()
PRONOUNS = ["i me my myself", "he him his himself", "she her herself", "it its itself", "we us our ourselves",
            "they them their themselves", "who whom whose"]
PRONOUNS = [p.split() for p in PRONOUNS]
ENDINGS = ["", "e", "s", "ed", "ing", "ion", "ation", "ment", "er", "or", "ly", "al", "ally", "ic", "ical", "ive", "ively", "ity",
           "ness", "ful", "able", "ance", "ence", "ant", "ent", "y", "ist", "ous", "ously", "ary"]
TOKEN = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]|\s+")


def relatives(word, vocabulary):
    out = set()
    for upos, lemmas in lemminflect.getAllLemmas(word).items():
        for lemma in lemmas:
            for forms in lemminflect.getAllInflections(lemma).values():
                out.update(forms)
    for cut in ENDINGS:
        if word.endswith(cut) and len(word) - len(cut) > 3:
            stem = word[: len(word) - len(cut)]
            out.update(stem + end for end in ENDINGS if stem + end in vocabulary)
    return sorted(w for w in out if w != word and re.match("^[a-z]+$", w))


def cased(word, like):
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def spoil(text, rng, vocabulary):
    """(kind, spoiled text) for one fault of each kind, where the passage has room for it."""
    parts = TOKEN.findall(text)
    words = [i for i, p in enumerate(parts) if p[0].isalpha()]
    pairs = [(i, j) for i, j in zip(words, words[1:]) if j == i + 2 and parts[i].lower() != parts[j].lower()]
    out = []

    def put(kind, edit):
        fresh = list(parts)
        edit(fresh)
        spoiled = re.sub(r"\s+", " ", "".join(fresh)).strip()
        if spoiled != text:
            out.append((kind, spoiled))

    if pairs:
        for i, j in rng.sample(pairs, min(2, len(pairs))):
            def swap(p, i=i, j=j):
                p[i], p[j] = p[j], p[i]
                if parts[i][0].isupper() and not parts[i][1:].isupper() and i == words[0]:
                    p[i], p[j] = cased(p[i], "X"), p[j].lower()
            put("swap", swap)
    small = [i for i in words if parts[i].lower() in SMALL]
    if small:
        for i in rng.sample(small, min(2, len(small))):
            wrong = rng.choice([w for w in WRONG if w != parts[i].lower()])
            put("replace", lambda p: p.__setitem__(i, cased(wrong, parts[i])))
        i = rng.choice(small)
    if words:
        i = rng.choice(words)
        extra = rng.choice(SMALL + ["is", "was", "be", "has"])
        put("drop", lambda p: p.__setitem__(slice(i, i), [extra, " "]))
    content = [i for i in words if parts[i].islower() and len(parts[i]) > 3 and parts[i] not in SMALL]
    rng.shuffle(content)
    done = 0
    for i in content:
        choices = relatives(parts[i], vocabulary)
        if choices:
            put("form", lambda p: p.__setitem__(i, rng.choice(choices)))
            done += 1
            if done == 2:
                break
    cases = [(i, l) for i in words for l in PRONOUNS if parts[i].lower() in l]
    if cases:
        i, family = rng.choice(cases)
        put("form", lambda p: p.__setitem__(i, cased(rng.choice([w for w in family if w != parts[i].lower()]), parts[i])))
    return out


def run(program, texts):
    done = subprocess.run([program], input="".join(t + "\n" for t in texts), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def normal(text):
    return re.sub(r"\s+", " ", text).strip().lower()


def applied(text, edit):
    kind, start, end, replacement = edit[:4]
    data = text.encode()
    middle = replacement.encode()
    if start == end:
        middle += b" "
        if start == len(data):
            middle = b" " + middle
    fresh = normal((data[:start] + middle + data[end:]).decode())
    return re.sub(r"\s+([,.;:!?])", r"\1", fresh)


def noun_verb_holes(program, texts, rng):
    """Passages with one noun, verb or subject taken out, and the byte at which it stood."""
    out = []
    for text in texts:
        parts = TOKEN.findall(text)
        words = [i for i, p in enumerate(parts) if p.islower() and len(p) > 3 and p not in WRONG]
        words += [i for i, p in enumerate(parts) if p.lower() in ("he", "she", "they", "it", "we", "i", "is", "was", "has", "are")]
        good = []
        for i in words:
            up = set(lemminflect.getAllLemmas(parts[i].lower()))
            if up & {"NOUN", "VERB", "AUX", "PROPN"} and "ADV" not in up or parts[i].lower() in ("he", "she", "they", "it", "we"):
                good.append(i)
        for i in rng.sample(good, min(2, len(good))):
            fresh = parts[:i] + parts[i + 2 :] if i + 1 < len(parts) and parts[i + 1].isspace() else parts[: max(i - 1, 0)] + parts[i + 1 :]
            at = len("".join(parts[:i]).encode())
            out.append(("".join(fresh), at))
    return out


def fit(rows, labels):
    data = lightgbm.Dataset(np.array(rows, np.float32), np.array(labels))
    return lightgbm.train(dict(objective="binary", num_leaves=10, learning_rate=0.12, min_data_in_leaf=40, lambda_l2=5.0, verbose=-1,
                               num_threads=1, feature_fraction=0.7, bagging_fraction=0.8, bagging_freq=1, seed=7), data, 60)


def packed(model, minor, major):
    nodes, roots = [], []

    def walk(node):
        at = len(nodes)
        nodes.append(None)
        if "leaf_value" in node:
            nodes[at] = (255, 0, 0, node["leaf_value"])
        else:
            left, right = walk(node["left_child"]), walk(node["right_child"])
            nodes[at] = (node["split_feature"], left, right, node["threshold"])
        return at

    for tree in model.dump_model()["tree_info"]:
        roots.append(walk(tree["tree_structure"]))
    out = struct.pack("<ffH", minor, major, len(roots)) + b"".join(struct.pack("<H", r) for r in roots)
    return out + struct.pack("<H", len(nodes)) + b"".join(struct.pack("<BHHf", *n) for n in nodes)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--train", nargs="+", required=True)
    parser.add_argument("--clean", nargs="+", required=True)
    options = parser.parse_args()
    rng = random.Random(5)
    lines = lambda paths: [re.sub(r"\s+", " ", l).strip() for p in paths for l in open(p, encoding="utf-8") if len(l.split()) >= 6]
    train, clean = lines(options.train), lines(options.clean)
    # Long passages are cut, so that each sentence gets its faults.
    train = [s for t in train for s in re.split(r"(?<=[a-z”\"][.!?]) (?=[A-Z“\"])", t) if len(s.split()) >= 6]
    vocabulary = {w for t in train + clean for w in re.findall("[a-z]+", t)}
    spoiled = [(kind, text, bad) for text in train for kind, bad in spoil(text, rng, vocabulary)]
    rows = {k: [] for k in range(5)}
    labels = {k: [] for k in range(5)}
    found = dict.fromkeys(KINDS, 0)
    total = dict.fromkeys(KINDS, 0)
    for (kind, text, bad), got in zip(spoiled, run(options.program, [b for _, _, b in spoiled])):
        want = re.sub(r"\s+([,.;:!?])", r"\1", normal(text))
        total[kind] += 1
        hit = False
        for edit in got["edits"]:
            right = edit[0] != 4 and applied(bad, edit) == want
            near = False
            if right:
                hit = True
            elif KINDS[edit[0]] == kind or kind in ("swap", "replace", "form"):
                # Another repair of the same place says nothing either way.
                a = bad.encode()
                prefix = next((n for n, (x, y) in enumerate(zip(a, text.encode())) if x != y), len(a))
                near = edit[1] <= prefix + 16 and edit[2] >= prefix - 12
            if right or not near:
                rows[edit[0]].append(edit[4])
                labels[edit[0]].append(int(right))
        found[kind] += hit
    bad = noun_verb_holes(options.program, train, rng)
    hits = 0
    for (text, at), got in zip(bad, run(options.program, [b for b, _ in bad])):
        hit = False
        for edit in got["edits"]:
            right = edit[0] == 4 and abs(edit[1] - at) <= 1
            if edit[0] == 4 and (right or abs(edit[1] - at) > 12):
                rows[4].append(edit[4])
                labels[4].append(int(right))
                hit |= right
        hits += hit
    print(f"candidates found: {[(k, total[k], round(found[k] / max(1, total[k]), 2)) for k in KINDS[:4]]}, holes {len(bad)} {hits / len(bad):.2f}", file=sys.stderr)
    for got in run(options.program, train):
        for edit in got["edits"]:
            rows[edit[0]].append(edit[4])
            labels[edit[0]].append(0)
    words = sum(len(t.split()) for t in clean)
    held = run(options.program, clean)
    out = bytes([5])
    for k in range(5):
        model = fit(rows[k], labels[k])
        candidates = [(e, t) for g, t in zip(held, clean) for e in g["edits"] if e[0] == k]
        scores = model.predict(np.array([e[4] for e, _ in candidates], np.float32), raw_score=True)
        order = np.sort(scores)[::-1]
        minor, major = (float(order[int(r * words / 1000)]) + 1e-3 for r in RATES[KINDS[k]])
        right = model.predict(np.array([r for r, l in zip(rows[k], labels[k]) if l], np.float32), raw_score=True)
        print(f"{KINDS[k]}: {len(rows[k])} rows, {sum(labels[k])} right; minor {minor:.2f} finds {np.mean(right > minor):.2f} of them, major {major:.2f} {np.mean(right > major):.2f}", file=sys.stderr)
        for i in np.argsort(-scores)[:6]:
            e, t = candidates[i]
            b = t.encode()
            print(f"   {scores[i]:.1f} {b[max(0, e[1] - 30):e[1]].decode(errors='ignore')}[{b[e[1]:e[2]].decode(errors='ignore')}→{e[3]}]{b[e[2]:e[2] + 30].decode(errors='ignore')}", file=sys.stderr)
        out += packed(model, minor, major)
    sys.stdout.buffer.write(out)


if __name__ == "__main__":
    main()
