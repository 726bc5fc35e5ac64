"""Compares the metrics with sacreBLEU on random segments and options; fails on the first difference above 1e-9.

    cargo build --release --example metrics
    pip install sacrebleu==2.6.0
    python tests/score/compare_sacrebleu.py target/release/examples/metrics [--cases 12000] [--seed 1]
"""

import argparse
import json
import logging
import pathlib
import random
import subprocess
import sys

import sacrebleu
from sacrebleu.metrics import BLEU, CHRF, TER

logging.getLogger("sacrebleu").setLevel(logging.ERROR)

WORDS = """the a of to in on at by and but not no its it's Ministers' minister said says will would put off vote votes
budget talks talk Paris Lyon U.S. U.N. e.g. Mr. 1,000 3.5 3.5% 12-13 2-0 1990s $5m €3.50 £2 10.30 ... .. , . ; : ! ? - --
— – “quote” ‘q’ "hello" (hi) (hi). [1] {x} a.b a..b ..5 5.. 1.,2 ,.5 .5 5. 5, -5 5- 5-x x-5 &quot; &amp; &lt;b&gt; &amp;lt;
&amp;quot; <skipped> <SKIPPED> a<skipped>b <b> & @user #tag a/b 'tis dogs' dog's DOG'S dog's. it's, 5's 's 's' don't - – naïve
café cafe\u0301 ÉCOLE İstanbul ΟΔΟΣ ΣΑΣ ß ẞ Ǆ ǅ 中文 中文。 東京です コーヒー、 カタカナ ひらがな 你好,世界! ㈱ ㍿ ﷽ ！ ？ ｡ ･ ⟦ ∑x +1 a+b x²
½ Ⅷ ٣٫٥ १२३ १२.३ العربية، עברית שָׁלוֹם 한국어 ไทย 😀 👩‍👩‍👧 🇺🇦 e\u0301\u0302 \u200d \u200b \ufeff \u2028 ﬁn 𝔘𝔫𝔦 𠀀𠀁 \u00ad a\u00a0b x\u3000y
\u1680 \x1c a\x1fb \x85 a\x0bb \x00 \ud7ff \ue000 \uffff \U0010ffff a\tb a\nb a-\nb a\n-b \r\n ~ ` ^ _ a_b | \\ * = % ++ x.y,z
""".split(" ")
WORDS = [part for word in WORDS for part in ([word] if len(word) < 2 else word.split("\n"))] + ["a\nb", "a-\nb", "a\n-b", "\n", "\t"]
COMMON = "the a of to in and said that it was for on with as he by at from his".split()
SAMPLES = [
    line.strip()
    for path in sorted((pathlib.Path(__file__).parents[2] / "corpora" / "samples").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.strip()
]
SPACES = [" "] * 30 + ["  ", "\u00a0", "\n", "\t", "", "", "\u3000", "-\n", "\n-"]


def segment(rng, length):
    """A segment of about so many words."""
    kind = rng.random()
    if kind < 0.03:
        return rng.choice(["", " ", "\n", "\t \u00a0", ".", "a", "😀", "中", "\u0301", "-", "'s", "a 's", "()", "a b"])
    if kind > 0.85:
        # A real sentence, as far as the length goes.
        return " ".join(rng.choice(SAMPLES).split(" ")[:length])
    out = []
    for _ in range(length):
        if kind < 0.5:
            word = rng.choice(COMMON) if rng.random() < 0.5 else rng.choice(WORDS)
        elif kind < 0.8:
            word = rng.choice(WORDS)
        elif kind < 0.9:
            word = rng.choice(COMMON[:5])
        else:
            word = "".join(rng.choice("abAB.,-5 '中é&") for _ in range(rng.randint(1, 9)))
        out.append(word)
        out.append(rng.choice(SPACES))
    return "".join(out)


def changed(rng, text):
    """The segment with words left out, put in, changed and moved."""
    words = text.split(" ")
    for _ in range(rng.randint(0, max(1, len(words) // 3))):
        if not words:
            break
        at = rng.randrange(len(words))
        act = rng.random()
        if act < 0.25:
            del words[at]
        elif act < 0.45:
            words.insert(at, rng.choice(COMMON if rng.random() < 0.6 else WORDS))
        elif act < 0.65:
            words[at] = rng.choice(WORDS)
        elif act < 0.7:
            words[at] = words[at].upper()
        else:
            end = min(len(words), at + rng.randint(1, 12))
            run = words[at:end]
            del words[at:end]
            to = rng.randint(0, len(words))
            words[to:to] = run
    return " ".join(words)


def case(rng, metric, longest):
    """A random case in the form that examples/metrics.rs reads."""
    count = rng.choice([1, 1, 1, 2, 4])
    hyps, refs = [], []
    for _ in range(count):
        length = rng.randint(0, rng.choice([4, 12, 40, longest]))
        ref = segment(rng, length)
        hyps.append(changed(rng, ref) if rng.random() < 0.75 else segment(rng, rng.randint(0, max(1, length * 2))))
        if rng.random() < 0.05:
            hyps[-1] = ref
        own = [ref]
        for _ in range(rng.choice([0, 0, 0, 1, 2, 3])):
            own.append(changed(rng, ref) if rng.random() < 0.7 else segment(rng, length))
        rng.shuffle(own)
        refs.append(own)
    if metric == "BLEU":
        options = {
            "tokenize": rng.choice(["13a", "intl", "zh", "char", "none"]),
            "lowercase": rng.random() < 0.3,
            "smooth_method": rng.choice(["exp", "floor", "add-k", "none"]),
            "effective_order": rng.random() < 0.5,
            "max_ngram_order": rng.choice([4, 4, 4, 1, 2, 3, 5, 8, 16]),
        }
        if options["smooth_method"] in ("floor", "add-k"):
            options["smooth_value"] = rng.choice([None, 0.0, 0.01, 0.5, 1.0, 2.5])
    elif metric == "CHRF":
        char, word = rng.choice([(6, 0), (6, 0), (6, 2), (6, 2), (1, 0), (3, 1), (0, 2), (8, 0), (10, 4), (16, 0), (2, 14), (9, 2)])
        options = {
            "char_order": char,
            "word_order": word,
            "beta": rng.choice([2, 2, 1, 3, 0, 0.5]),
            "lowercase": rng.random() < 0.3,
            "whitespace": rng.random() < 0.3,
            "eps_smoothing": rng.random() < 0.3,
        }
    else:
        options = {name: rng.random() < 0.4 for name in ("normalized", "no_punct", "asian_support", "case_sensitive")}
    return {"metric": metric, "options": options, "hyps": hyps, "refs": refs}


def expected(case):
    """What sacreBLEU gives for a case."""
    options = case["options"]
    metric = {"BLEU": BLEU, "CHRF": CHRF, "TER": TER}[case["metric"]](**options)
    most = max(len(refs) for refs in case["refs"])
    streams = [[refs[i] if i < len(refs) else None for refs in case["refs"]] for i in range(most)]
    score = metric.corpus_score(case["hyps"], streams).score
    signature = metric.get_signature()
    single = metric
    if case["metric"] == "BLEU":
        single = BLEU(**{**options, "effective_order": True})
    sentences = [single.sentence_score(hyp, refs).score for hyp, refs in zip(case["hyps"], case["refs"])]
    return {"score": score, "sentences": sentences, "signature": signature.format(), "short": signature.format(short=True)}


def without_version(signature):
    """The signature up to the version, which is each package's own."""
    return signature.rsplit("|", 1)[0]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--cases", type=int, default=12000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=90)
    parser.add_argument("--metric", choices=["BLEU", "CHRF", "TER"])
    args = parser.parse_args()
    if sacrebleu.__version__ != "2.6.0":
        sys.exit(f"sacrebleu {sacrebleu.__version__} found; expected 2.6.0")
    rng = random.Random(args.seed)
    names = [args.metric] if args.metric else ["BLEU", "CHRF", "TER"]
    cases = [case(rng, names[i % len(names)], args.longest) for i in range(args.cases)]
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    answers = subprocess.run([args.binary], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    if len(answers) != len(cases):
        sys.exit(f"{len(answers)} answers to {len(cases)} cases")
    worst = 0.0
    segments = 0
    for case_, answer in zip(cases, answers):
        answer, wanted = json.loads(answer), expected(case_)
        pairs = list(zip([answer["score"], *answer["sentences"]], [wanted["score"], *wanted["sentences"]]))
        difference = max(abs(a - b) for a, b in pairs)
        signatures = all(without_version(answer[key]) == without_version(wanted[key]) for key in ("signature", "short"))
        if not difference <= 1e-9 or not signatures:
            print(json.dumps(case_, ensure_ascii=True), json.dumps(answer), json.dumps(wanted), sep="\n")
            sys.exit(f"differs by {difference}")
        worst = max(worst, difference)
        segments += len(case_["hyps"])
    print(f"{len(cases)} cases of {segments} segments agree; the largest difference is {worst:.2g}")


if __name__ == "__main__":
    main()
