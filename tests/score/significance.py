"""Writes significance.json: what the paired tests of sacreBLEU 2.6.0 give for the systems below.

    pip install sacrebleu==2.6.0
    python tests/score/significance.py > tests/score/significance.json

The same as `sacrebleu r1 r2 -i first better equal other -m bleu chrf ter --paired-bs`, with `--paired-ar` and with
`--paired-ar --confidence`, without rounding. Made with Python 3.11 and numpy 2.4.6. All words were written for this file.
"""

import json
import logging
import random

from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

logging.getLogger("sacrebleu").setLevel(logging.ERROR)

WHO = "the minister,a spokesman,the central bank,two officials,the court,residents,the company,a union leader".split(",")
DID = "rejected,approved,postponed,criticised,announced,defended,reviewed,signed".split(",")
WHAT = "the budget,a new law,the appeal,the peace plan,higher taxes,the contract,a ban on exports,the report".split(",")
WHERE = "in Lyon,on Monday,after six hours of talks,despite protests,for the second time,at the summit".split(",")
WORSE = {"rejected": "has refused", "postponed": "put off", "the budget": "the budgetary law", "on Monday": "Monday",
         "the court": "tribunal", "approved": "has adopted", "a ban on exports": "the prohibition of export"}


def corpus(segments):
    rng = random.Random(7)
    rows = []
    for _ in range(segments):
        parts = [rng.choice(WHO), rng.choice(DID), rng.choice(WHAT)] + rng.sample(WHERE, rng.randint(0, 3))
        sentence = lambda words: (" ".join(words) + ".").capitalize()
        spoilt = lambda chance: [WORSE.get(p, p) if rng.random() < chance else p for p in parts]
        swapped = lambda words: words[:2] + words[3:] + words[2:3] if rng.random() < 0.4 else words
        rows.append({
            "r1": sentence(parts),
            "r2": sentence(swapped(spoilt(0.2))),
            "first": sentence(swapped(spoilt(0.6))),
            "better": sentence(swapped(spoilt(0.4))),
            "other": sentence(swapped(spoilt(0.6))),
        })
        rows[-1]["equal"] = rows[-1]["first"]
    return {name: [row[name] for row in rows] for name in rows[0]}


def run(lines, names, kind, **options):
    systems = [(name, lines[name]) for name in names]
    metrics = {"BLEU": BLEU(), "CHRF": CHRF(), "TER": TER()}
    test = PairedTest(systems, metrics, [lines["r1"], lines["r2"]], test_type=kind, **options)
    signatures, scores = test()
    del scores["System"]
    results = [[vars(column[i]) for column in scores.values()] for i in range(len(names))]
    return {"test": kind, "intervals": bool(options) or kind == "bs", "systems": names, "results": results,
            "signature": signatures["BLEU"].format()}


lines = corpus(150)
names = ["first", "better", "equal", "other"]
cases = [run(lines, names, "bs"), run(lines, names, "ar"), run(lines, names, "ar", n_ar_confidence=1000)]
made_by = "python tests/score/significance.py, sacrebleu 2.6.0"
print(json.dumps({"made_by": made_by, "lines": lines, "cases": cases}, indent=0, default=float))
