"""Writes golden.json: what sacreBLEU 2.6.0 gives for the segments below under many options.

    pip install sacrebleu==2.6.0
    python tests/score/golden.py > tests/score/golden.json

Made with Python 3.11. All segments were written for this file.
"""

import itertools
import json
import logging

from sacrebleu.metrics import BLEU, CHRF, TER

logging.getLogger("sacrebleu").setLevel(logging.ERROR)

# A name, and pairs of a hypothesis and its references.
SETS = {
    "news": [
        ("The minister has put off the vote on the budget until next Tuesday.",
         ["The minister postponed the budget vote until next Tuesday."]),
        ("On Monday in Lyon the talks between the two sides broke down after six hours.",
         ["The talks between the two sides broke down in Lyon on Monday after six hours."]),
        ("Prices rose 3.5% in May, to 1,250.75 euros, said the U.S.-based firm.",
         ["Prices rose by 3.5 percent in May to 1,250.75 euros, the U.S.-based firm said."]),
        ("“We will not give in”, he has declared.", ["\"We will not give in,\" he said."]),
        ("The dog's owner, aged 40-45, won 2-0 ...", ["The dog's owner, aged 40-45, won 2-0."]),
        ("Nothing here agrees", ["Quite another sentence altogether, with no word in common."]),
        ("The same words stand in both.", ["The same words stand in both."]),
        ("yesterday the court the appeal of the company against the fine of the regulator has rejected",
         ["the court rejected the company's appeal against the regulator's fine yesterday"]),
    ],
    "odd": [
        ("", [""]),
        ("", ["Something."]),
        ("Something.", [""]),
        (" \t\u00a0\u3000 ", ["  "]),
        ("a", ["a"]),
        ("a", ["b"]),
        (".", ["."]),
        ("...", [".."]),
        ("a..b .,5 5., 1.,2 -5 5- 5-x ,.", ["a..b . ,5 5. , 1. ,2 - 5 5 - 5 - x , ."]),
        ("x\u00a0y\u2003z\u1680a\x1cb\x85c\u200bd", ["x y z a b c\u200bd"]),
        ("one\ntwo-\nthree\n-four\r\n", ["one two three four"]),
        ("&quot;AT&amp;T&quot; &lt;b&gt; &amp;lt; &amp;amp;quot; <skipped>x", ["\"AT&T\" <b> < &quot; x"]),
        ("dogs' dog's DOG'S 's it's. it's, g's.x (it's) 'tis", ["dogs 's dog 's it 's . it's g's x"]),
        ("(hi) [1] {x} a/b a_b a+b $5 50% @me #it ~ ` ^ |", ["hi 1 x a b 5 50 me it"]),
        ("the the the the the the the", ["the cat is on the mat"]),
        ("CAPITAL Letters ÀÉÎ ΟΔΟΣ İI ẞ", ["capital letters àéî οδος i̇i ß"]),
    ],
    "scripts": [
        ("他昨天在北京宣布了新的预算，共3.5亿元。", ["昨天他在北京公布了3.5亿元的新预算。"]),
        ("首相は「予算案」を発表した。コーヒー・タイム！", ["首相が予算案を発表しました。コーヒータイム。"]),
        ("정부는 새 예산안을 발표했다.", ["정부가 새로운 예산안을 발표했다."]),
        ("أعلن الوزير الميزانية الجديدة، أمس.", ["أعلن الوزير أمس الميزانية الجديدة."]),
        ("שר האוצר הציג את התקציב – ״חדש״.", ["שר האוצר הציג תקציב חדש."]),
        ("बजट १२.५ करोड़ का है।", ["बजट १२.५ करोड़ है।"]),
        ("Good news 😀👩‍👩‍👧🇺🇦!", ["Good news 😀 👩‍👩‍👧 🇺🇦"]),
        ("cafe\u0301 nai\u0308ve e\u0301\u0302", ["café naïve ế"]),
        ("€5–6 ½ x² ∑x → «oui» ‘non’ …", ["€ 5–6 ½ x² ∑ x → « oui » ‘ non ’ …"]),
        ("𝔘𝔫𝔦 𠀀𠀁 \ue000 \ufeffbom", ["𝔘𝔫𝔦 𠀀 𠀁 \ue000 bom"]),
        ("㈱東京㍿　ＦＵＬＬ（ｗｉｄｔｈ）！ ｡･", ["㈱ 東京 ㍿ ＦＵＬＬ ｗｉｄｔｈ"]),
    ],
    "several": [
        ("The vote was put off by the minister.",
         ["The minister postponed the vote.", "The vote was postponed by the minister.", "The vote has been put off."]),
        ("He said: no.", ["“No,” he said.", "He said no."]),
        ("Rain is expected", ["Rain is forecast.", "Rain is expected", "It may rain", "Showers are expected"]),
        ("One only.", ["Only one."]),
        ("", ["", "Not nothing"]),
    ],
}

long = " ".join(f"w{i % 37} of{i % 5} the" for i in range(45))
words = long.split()
SETS["long"] = [
    (" ".join(words[60:] + words[:60]), [long]),
    (" ".join(words[::2]), [long]),
    (" ".join(reversed(words)), [long]),
    ("short", [long]),
    (long, ["short of the"]),
]


def cases():
    """Metric, options, and the names of the sets to run them on; all if none."""
    smoothings = [("exp", None), ("floor", None), ("floor", 0.02), ("add-k", None), ("add-k", 0.5), ("none", None)]
    for tokenize, lowercase in itertools.product(["13a", "intl", "zh", "char", "none"], [False, True]):
        yield BLEU, {"tokenize": tokenize, "lowercase": lowercase}
    for (method, value), effective in itertools.product(smoothings, [False, True]):
        yield BLEU, {"smooth_method": method, "smooth_value": value, "effective_order": effective}
    for order in [1, 2, 7]:
        yield BLEU, {"max_ngram_order": order, "effective_order": True}
    for word_order, lowercase, whitespace, eps in itertools.product([0, 2], [False, True], [False, True], [False, True]):
        yield CHRF, {"word_order": word_order, "lowercase": lowercase, "whitespace": whitespace, "eps_smoothing": eps}
    for char_order, word_order, beta in [(1, 0, 1), (3, 1, 3), (9, 0, 2), (12, 4, 0.5), (0, 2, 2)]:
        yield CHRF, {"char_order": char_order, "word_order": word_order, "beta": beta}
    for normalized, no_punct, asian, case in itertools.product([False, True], repeat=4):
        yield TER, {"normalized": normalized, "no_punct": no_punct, "asian_support": asian, "case_sensitive": case}


def run(kind, options, name):
    """The scores and signatures of one metric on one set."""
    pairs = SETS[name]
    hyps = [hyp for hyp, _ in pairs]
    most = max(len(refs) for _, refs in pairs)
    streams = [[refs[i] if i < len(refs) else None for _, refs in pairs] for i in range(most)]
    metric = kind(**options)
    score = metric.corpus_score(hyps, streams).score
    signature = metric.get_signature()
    single = kind(**{**options, "effective_order": True}) if kind is BLEU else metric
    return {
        "metric": kind.__name__,
        "options": options,
        "set": name,
        "score": score,
        "sentences": [single.sentence_score(hyp, refs).score for hyp, refs in pairs],
        "signature": signature.format(),
        "short": signature.format(short=True),
    }


print('{"made_by": "python tests/score/golden.py, sacrebleu 2.6.0",')
print('"sets": ' + json.dumps(SETS, ensure_ascii=True, indent=0) + ",")
print('"cases": [')
lines = [json.dumps(run(kind, options, name)) for kind, options in cases() for name in SETS]
print(",\n".join(lines))
print("]}")
