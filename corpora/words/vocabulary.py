"""Words that are spelled right, and how common they are: `corpora/words/vocabulary.fst`.

    apt-get install wamerican-large wbritish-large wcanadian-large
    pip install wordfreq==3.1.1
    python corpora/words/vocabulary.py | cargo run --release --example pack_vocabulary -- corpora/words/vocabulary.fst

Writes lines of a word in lower case, a tab, and a number: 10 × its Zipf frequency (0 where it is not known), plus 128 for
a word of the dictionaries, plus 256 for a word that they write with a capital letter. Words that are in no dictionary are
names and new words that are often met, unless a much commoner word is one slip away.
"""

import string
import sys

from wordfreq import get_frequency_dict

import math

FOLDER = "/usr/share/dict/"
LISTS = ("american-english-large", "british-english-large", "canadian-english-large")
LETTERS = string.ascii_lowercase
# Zipf frequency from which a word that no dictionary has is taken as one.
OFTEN = 2.8
# How much commoner the word one slip away must be for the rarer one to be called a slip.
APART = 1.3


def slips(word):
    """All words that one slip of the fingers makes of a word."""
    parts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    for a, b in parts:
        if b:
            yield a + b[1:]
        if len(b) > 1:
            yield a + b[1] + b[0] + b[2:]
        for letter in LETTERS:
            if b:
                yield a + letter + b[1:]
            yield a + letter + b


def main():
    zipf = {word: math.log10(share * 1e9) for word, share in get_frequency_dict("en", "large").items()}
    flags = {}
    for name in LISTS:
        with open(FOLDER + name, encoding="utf-8") as lines:
            for line in lines:
                word = line.strip()
                if word.endswith("'s") or not word:
                    continue
                lower = word.lower()
                flags[lower] = flags.get(lower, 0) | (256 if word != lower else 128)
    bare = {word.replace("'", "") for word in flags if "'" in word}
    for word, value in zipf.items():
        if value < OFTEN or word in flags or word in bare or len(word) < 3 or not word.isalpha():
            continue
        nearest = max((zipf.get(slip, 0) for slip in slips(word) if slip in flags), default=0)
        if nearest < value + APART:
            flags[word] = 0
    for word in sorted(flags, key=lambda word: word.encode()):
        if "\t" not in word:
            sys.stdout.write(f"{word}\t{flags[word] + max(0, round(zipf.get(word, 0) * 10))}\n")


if __name__ == "__main__":
    main()
