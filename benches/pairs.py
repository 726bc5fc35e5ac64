"""Sentences of 30 to 60 words with a translation each, made from the sample stories: the same ones for every tool."""

import pathlib
import random

SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "corpora" / "samples"


def units():
    """Passages of the sample stories, each as words of the translation and of the reference."""
    found = []
    for reference in sorted(SAMPLES.glob("*.ref.txt")):
        translation = reference.with_name(reference.name.replace(".ref.txt", ".txt"))
        if not translation.exists():
            translation = reference.with_name(reference.name.replace(".ref.txt", ".mt.txt"))
        lines = [path.read_text(encoding="utf-8").splitlines() for path in (translation, reference)]
        if len(lines[0]) == len(lines[1]):
            found += [(a.split(), b.split()) for a, b in zip(*lines)]
    # Where passages were moved or left out, others than each other's stand on the same line.
    return [(a, b) for a, b in found if len(set(a) & set(b)) > len(b) / 3]


def pairs(count, seed=1):
    """So many pairs of a translation and a reference, each made of passages, some words of the translation changed."""
    rng = random.Random(seed)
    all_units = units()
    words = [word for _, reference in all_units for word in reference]
    made = []
    while len(made) < count:
        mt, ref = [], []
        while len(ref) < 30:
            a, b = rng.choice(all_units)
            mt, ref = mt + a, ref + b
        if len(ref) > 60:
            continue
        out = []
        for word in mt:
            act = rng.random()
            if act < 0.04:
                continue
            out.append(rng.choice(words) if act < 0.16 else word)
        if rng.random() < 0.5:
            start = rng.randrange(len(out))
            run = out[start : start + rng.randint(1, 6)]
            del out[start : start + len(run)]
            to = rng.randint(0, len(out))
            out[to:to] = run
        made.append((" ".join(out), " ".join(ref)))
    return made
