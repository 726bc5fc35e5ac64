#!/usr/bin/env python3
"""Aligns generated texts of 100,000 lines: time and peak memory. Nothing is downloaded.

  cargo build --release && python benches/align.py [target/release/fauxami] [lines]

Texts: `same` shares four words of five in another order; `other` has every word in a made-up language, with lines split and
left out and a number in a tenth of them; `nothing` shares nothing; `lopsided` is the text against its thousandth part.
"""
import bisect, itertools, os, random, subprocess, sys, tempfile, time

binary = sys.argv[1] if len(sys.argv) > 1 else "target/release/fauxami"
count = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
rnd = random.Random(3)
SIZE = 40_000
CUMULATIVE = list(itertools.accumulate(1 / (k + 10) for k in range(SIZE)))


def words(seed):
    def word(k):
        own = random.Random(k * 7 + seed)
        return "".join(own.choice("bdfgklmnprstv") + own.choice("aeiou") for _ in range(own.randint(2, 4)))

    return [word(k) for k in range(SIZE)]


def draw():
    return bisect.bisect(CUMULATIVE, rnd.random() * CUMULATIVE[-1])


FIRST, SECOND, THIRD = words(1), words(2), words(3)
texts = {name: [] for name in ("text", "same", "other", "nothing")}
for _ in range(count):
    ids = [draw() for _ in range(rnd.randint(8, 28))]
    tail = f" {rnd.randint(10, 3000)}" if rnd.random() < 0.1 else ""
    texts["text"].append(" ".join(FIRST[k] for k in ids) + tail)
    rnd.shuffle(ids)
    texts["nothing"].append(" ".join(THIRD[draw()] for _ in range(rnd.randint(8, 28))))
    chance = rnd.random()
    if chance > 0.97:
        continue
    texts["same"].append(" ".join(FIRST[k if rnd.random() < 0.8 else draw()] for k in ids) + tail)
    half = len(ids) // 2 if chance < 0.1 else len(ids)
    texts["other"] += [" ".join(SECOND[k] for k in part) + end for part, end in ((ids[:half], tail), (ids[half:], "")) if part]
texts["lopsided"] = texts["other"][: max(1, count // 1000)]

with tempfile.TemporaryDirectory() as folder:
    for name, lines in texts.items():
        with open(os.path.join(folder, name), "w") as file:
            file.write(".\n".join(lines) + ".\n")
    for name in ("same", "other", "nothing", "lopsided"):
        start = time.time()
        run = subprocess.Popen([binary, "align", "--unit", "line", "--format", "jsonl", "text", name], cwd=folder,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(run.pid, 0)
        print(f"{name:9} {count} lines: {time.time() - start:5.1f} s, {usage.ru_utime:5.1f} s of work, "
              f"{usage.ru_maxrss / 1024:5.0f} MB, status {os.waitstatus_to_exitcode(status)}")
