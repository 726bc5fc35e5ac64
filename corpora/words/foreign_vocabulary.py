"""Common words of the languages that news is translated from, in Latin letters: `corpora/words/foreign.fst`.

    pip install wordfreq==3.1.1
    python corpora/words/vocabulary.py > vocabulary.tsv
    python corpora/words/foreign_vocabulary.py vocabulary.tsv | cargo run --release --example pack_vocabulary -- corpora/words/foreign.fst

Writes lines of a word in lower case, a tab, and a number: 10 × its Zipf frequency in the language where it is commonest,
plus 128 × that language's place in LANGUAGES, which `src/text/vocabulary.rs` repeats.
"""

import math
import sys

from wordfreq import get_frequency_dict

LANGUAGES = ["cs", "da", "de", "es", "fi", "fr", "hu", "id", "it", "nb", "nl", "pl", "pt", "ro", "sv", "tr"]
# Least Zipf frequency that is kept, and from which an English word met less than RARE is taken for a foreign one.
LEAST, RARE, SURE = 4.0, 2.3, 4.6


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        english = dict(line.rstrip("\n").split("\t") for line in lines)
    spoken = {word: math.log10(share * 1e9) for word, share in get_frequency_dict("en", "large").items()}
    best = {}
    for index, language in enumerate(LANGUAGES):
        for word, share in get_frequency_dict(language, "best").items():
            zipf = math.log10(share * 1e9)
            if zipf < LEAST or len(word) < 3 or not word.isalpha() or "\u0250" <= max(word) and max(word) < "\u1e00":
                continue
            # Names and loans are met in English too.
            usual = spoken.get(word, 0)
            if word in english and not (usual < RARE and zipf >= SURE and int(english[word]) < 256) or usual > zipf - 1.2:
                continue
            if zipf > best.get(word, (0, 0))[0]:
                best[word] = (zipf, index)
    for word in sorted(best, key=lambda word: word.encode()):
        zipf, index = best[word]
        sys.stdout.write(f"{word}\t{128 * index + round(zipf * 10)}\n")


if __name__ == "__main__":
    main()
