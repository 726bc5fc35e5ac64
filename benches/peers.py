"""How many times as fast as its peers each metric is, in one run, on the same sentences, on one core.

    pip install sacrebleu==2.6.0 fastchrf bleuscore
    python benches/peers.py [--pairs 1000]

Builds and runs `examples/clock_metrics.rs`. A peer that is not installed is left out. Times are those of the fastest
pass; as all tools are held to one core of one machine, the ratios say more than the times.
"""

import argparse
import os
import subprocess
import sys
import time

# Before the peers are imported: those in Rust would take every core.
os.environ["RAYON_NUM_THREADS"] = "1"

from pairs import pairs as make_pairs


def fastest(run, passes):
    """The seconds of the fastest of some passes, and what it gave."""
    best, value = float("inf"), None
    for _ in range(passes):
        start = time.perf_counter()
        value = run()
        best = min(best, time.perf_counter() - start)
    return best, value


def peers(hyps, refs):
    """Name, metric, passes and function of each peer that is installed; its value where it should be ours."""
    try:
        import sacrebleu
        from sacrebleu.metrics import BLEU, CHRF, TER

        name = f"sacreBLEU {sacrebleu.__version__}"
        for metric, made, passes in (
            ("bleu", BLEU, 3),
            ("chrf", CHRF, 3),
            ("chrf++", lambda: CHRF(word_order=2), 3),
            ("ter", TER, 1),
        ):
            yield name, metric, passes, lambda made=made: made().corpus_score(hyps, [refs]).score
    except ImportError:
        print("sacrebleu is not installed", file=sys.stderr)
    try:
        import fastchrf

        batch = ([[hyp] for hyp in hyps], [[ref] for ref in refs])
        yield "fastchrf", "chrf", 3, lambda: fastchrf.pairwise_chrf(*batch) and None
    except ImportError:
        print("fastchrf is not installed", file=sys.stderr)
    try:
        import bleuscore

        lists = [[ref] for ref in refs]
        yield "bleuscore", "bleu", 3, lambda: bleuscore.compute(references=lists, predictions=hyps) and None
    except ImportError:
        print("bleuscore is not installed", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--binary", help="a built examples/clock_metrics; else it is built")
    args = parser.parse_args()
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    binary = args.binary
    if not binary:
        subprocess.run(["cargo", "build", "--release", "--quiet", "--example", "clock_metrics"], cwd=root, check=True)
        target = os.environ.get("CARGO_TARGET_DIR", os.path.join(root, "target"))
        binary = os.path.join(target, "release", "examples", "clock_metrics")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

    made = make_pairs(args.pairs)
    hyps, refs = [hyp for hyp, _ in made], [ref for _, ref in made]
    size = sum(len(text.encode()) for pair in made for text in pair) / len(made)
    text = "".join(f"{hyp}\t{ref}\n" for hyp, ref in made)

    def ours():
        lines = subprocess.run([binary], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
        return {name: (float(nanos), float(score)) for name, nanos, score in (line.split("\t") for line in lines)}

    before = ours()
    theirs = [(name, metric, *fastest(run, passes)) for name, metric, passes, run in peers(hyps, refs)]
    after = ours()

    print(f"{len(made)} pairs of {size:.0f} bytes on one core\n")
    print("| metric | fauxami, µs a pair | peer | peer, µs a pair | times as fast |")
    print("| --- | ---: | --- | ---: | ---: |")
    for name, metric, seconds, score in theirs:
        # Before and after the peers, for the machine may have changed its mind meanwhile.
        nanos = min(before[metric][0], after[metric][0])
        peer = seconds * 1e9 / len(made)
        if score is not None and abs(score - before[metric][1]) > 1e-9:
            sys.exit(f"{metric}: {before[metric][1]}, but {name} has {score}")
        print(f"| {metric} | {nanos / 1e3:.2f} | {name} | {peer / 1e3:.1f} | {peer / nanos:.0f} |")


if __name__ == "__main__":
    main()
