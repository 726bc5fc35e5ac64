#!/usr/bin/env python3
"""Derives corpora/words/inflections.tsv from lemminflect's table of inflections (MIT, see corpora/README.md).

    pip install lemminflect==0.2.3
    python3 corpora/words/inflections.py > corpora/words/inflections.tsv

A row is a class (v, n, a, r), a lemma and its forms, in the order

    v  past, past participle, present participle, third person singular
    n  plural          a, r  comparative, superlative

with `/` between variants, the first preferred. A form that follows the rules in src/text/inflect.rs is left out as
`-`, trailing ones altogether. Names, that is capitalised lemmas, are left out.
"""
import csv
import gzip
import os
import sys

import lemminflect

VOWELS = "aeiou"
# Forms that the table has as lemmas of their own.
FORMS = {"bungling", "consisted"}

def es(word):
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and len(word) > 1 and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + "s"

def ed(word):
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and len(word) > 1 and word[-2] not in VOWELS:
        return word[:-1] + "ied"
    return word + "ed"

def ing(word):
    if word.endswith("e") and not word.endswith(("ee", "ye", "oe")) and len(word) > 2:
        return word[:-1] + "ing"
    return word + "ing"

def verb(lemma, forms):
    past, participle, present, third = (forms + ["", "", "", ""])[:4]
    out = [past, participle or past, present, third]
    rules = [ed(lemma), past, ing(lemma), es(lemma)]
    return ["-" if not form or form == rule else form for form, rule in zip(out, rules)]

def main():
    path = os.path.join(os.path.dirname(lemminflect.__file__), "resources", "infl_lu.csv.gz")
    rows = set()
    with gzip.open(path, "rt", encoding="utf-8") as table:
        for lemma, kind, *forms in csv.reader(table):
            if not lemma.isascii() or not lemma.isalpha() or lemma != lemma.lower():
                continue
            if kind == "verb" and lemma in FORMS:
                continue
            if kind == "verb":
                rows.add(("v", lemma, *verb(lemma, forms)))
            elif kind == "noun":
                plural = forms[0] if forms else ""
                rows.add(("n", lemma, "-" if plural == es(lemma) else plural or "-"))
            elif kind in ("adj", "adv"):
                rows.add(("a" if kind == "adj" else "r", lemma, *[f or "-" for f in forms[:2]]))
    for row in sorted(rows):
        row = list(row)
        while row[-1] == "-":
            row.pop()
        sys.stdout.write("\t".join(row) + "\n")

if __name__ == "__main__":
    main()
