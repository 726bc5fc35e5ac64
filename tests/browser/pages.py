#!/usr/bin/env python3
"""Opens reports in Chromium: `pages.py FAUXAMI [--pictures FOLDER]`.

Holds that a page asks for nothing but itself, runs nothing of a story's, logs no error, that its keys work, and that it
stays usable with 10,000 findings. Needs `chromium` and `chromedriver`; pictures are of the samples, light and dark.
"""

import argparse
import json
import os
import pathlib
import subprocess
import tempfile
import time

from webdriver import Browser

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpora" / "samples"

HOSTILE = """The <script>document.title = 'run'</script> minister took the the vote.

</style></script><img src=x onerror="document.title='run'"><svg onload="document.title='run'"> A \u202eevil\u202c name &amp; \
&lt;b&gt; took the the vote.

--> ]]> <a href="javascript:document.title='run'">the the</a> <iframe src="https://example.org/"></iframe> \
<link rel=stylesheet href="https://example.org/x.css"> end end.

שלום <base href="https://example.org/"> the the {{7*7}} ${7*7} `the the`.
"""


def holds(truth, what):
    if not truth:
        raise SystemExit(f"FAILED: {what}")


class Pages:
    def __init__(self, program, folder, browser):
        self.program, self.folder, self.browser = program, folder, browser

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def make(self, name, *args):
        """A page of the program's, opened; says how long the first paint took, in milliseconds."""
        with open(self.folder / name, "wb") as page:
            run = subprocess.run([self.program, *args, "--format", "html"], cwd=self.folder, stdout=page, stderr=subprocess.PIPE)
        holds(run.returncode in (0, 1), f"{args}: {run.stderr.decode()}")
        return self.open(name)

    def open(self, name):
        url = (self.folder / name).as_uri()
        self.browser.open(url)
        said, asked = self.browser.said(), self.browser.asked()
        holds(not said, f"{name}: the console says {said}")
        holds(asked == [url], f"{name}: asked for {asked}")
        paint = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"
        return round(self.browser.run(paint))

    def quiet(self, name):
        said = self.browser.said()
        holds(not said, f"{name}: the console says {said}")
        holds(not self.browser.asked(), f"{name}: asked for something")

    def place(self):
        return self.browser.run("return document.getElementById('place').textContent")

    def focused(self):
        return self.browser.run("return document.activeElement.className + ' ' + document.activeElement.textContent")

    def seen(self, css):
        """How many elements of that selector are shown."""
        return self.browser.run("return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility()).length", css)


def story(pages):
    """The sample story: keys walk, the filter filters, the table sorts."""
    browser = pages.browser
    pages.make("story.html", "audit", str(SAMPLES / "fr-diplomacy.txt"), "-r", str(SAMPLES / "fr-diplomacy.ref.txt"))
    count = pages.seen("li.note")
    holds(count > 10 and pages.place() == f"{count} findings", "the findings are counted")
    browser.press("j")
    holds(pages.place() == f"1 of {count}" and "head of French diplomacy" in pages.focused(), "j goes to the first finding")
    browser.press("j", "j")
    holds(pages.place() == f"3 of {count}", "j goes on")
    browser.press("k")
    holds(pages.place() == f"2 of {count}", "k goes back")
    browser.press("k", "k")
    holds(pages.place() == f"{count} of {count}", "k goes round")
    inside = "const box = document.activeElement.getBoundingClientRect(); return box.top > 52 && box.bottom < innerHeight"
    holds(browser.run(inside), "what has the focus can be seen")
    holds(pages.seen("#told") == 1 and browser.run("return document.getElementById('told').textContent").startswith("Finding "),
          "a screen reader is told")
    browser.press("f")
    holds(pages.seen("#filter") == 1, "f opens the filter")
    browser.run("document.activeElement.blur(); document.querySelector('#filter input[value=major]').focus()")
    browser.press("Space")
    holds(pages.seen("li.note.major") == 0 and 0 < pages.seen("li.note") < count, "a severity is left out")
    browser.run("for (const b of document.querySelectorAll('#filter input[name=rule]')) if (b.value !== 'quote-style') b.click()")
    holds(pages.seen("li.note") == pages.seen('li.note[data-r="quote-style"]') > 0, "one rule is left")
    browser.press("Escape")
    holds(pages.seen("#filter") == 0, "Escape closes the filter")
    browser.press("j")
    holds(pages.place().startswith("1 of ") or " of " in pages.place(), "j walks what is left")
    browser.press("f")
    browser.run("document.querySelector('#filter [data-do=all]').click()")
    browser.press("Escape")
    holds(pages.seen("li.note") == count, "all are back")
    browser.run("document.querySelector('details.table summary').click()")
    holds(pages.seen("details.table tbody tr") == count, "the table has all findings")
    browser.run("document.querySelectorAll('details.table th button')[1].click()")
    order = "return [...document.querySelectorAll('details.table tbody tr')].map(row => row.dataset.s)"
    ranks = [["critical", "major", "minor", "neutral"].index(level) for level in browser.run(order)]
    holds(ranks == sorted(ranks), "the table is sorted by severity")
    browser.press("?")
    holds(pages.seen("#help[open]") == 1, "? opens the help")
    browser.press("Escape")
    holds(pages.seen("#help[open]") == 0, "Escape closes the help")
    background = "return getComputedStyle(document.body).backgroundColor"
    before = browser.run(background)
    browser.press("t")
    holds(browser.run(background) != before, "t changes the colours")
    browser.press("t")
    holds(browser.run(background) == before, "and back")
    browser.run("scrollTo(0, 0)")
    browser.point("a.hit")
    holds(pages.seen("#card") == 1, "a mark under the pointer shows its note")
    pages.quiet("story.html")


def comparison(pages):
    """Two translations: facts are walked, wordings are folded and can be hidden."""
    browser = pages.browser
    a = pages.write("a.txt", "The minister said on Tuesday that 14 people were hurt in Lyon.\n\nHe did not rule out an attack on the plant.\n\nWork goes on.\n")
    b = pages.write("b.txt", "On Tuesday the minister said 40 people had been injured in Lyon.\n\nHe ruled out an attack on the factory.\n\nWork goes on.\n")
    pages.make("diff.html", "diff", a, b)
    facts = pages.seen("li.note.fact")
    holds(facts >= 2 and pages.place() == f"{facts} differences", "facts are counted")
    holds(pages.seen("li.note.quiet") == 0 and pages.seen("details.quiet") > 0, "wordings are folded")
    browser.press("j")
    holds(pages.place() == f"1 of {facts}", "j goes to a fact")
    holds(pages.seen("a.hit.on") == 2, "both sides of it are lit")
    browser.press("w")
    holds(pages.seen("details.quiet") == 0, "w hides wordings")
    browser.press("w")
    browser.run("document.querySelector('a.hit mark.style').click()")
    holds(pages.seen("li.note.quiet") > 0, "a mark of a wording opens its note")
    pages.make("diff3.html", "diff", a, b, a)
    holds(pages.seen("nav.card tbody tr") == 3, "three files are three comparisons")
    pages.quiet("diff3.html")


def hostile(pages):
    """A story that would run scripts, load files and turn the text around shows as text."""
    browser = pages.browser
    bad = pages.write("<img src=x onerror=alert(1)>.txt", HOSTILE)
    other = pages.write("other.txt", HOSTILE.replace("the the", "an <img src=x onerror=alert(2)>"))
    pairs = pages.write("pairs.jsonl", "".join(
        json.dumps({"id": f"<script>{k}</script>\u202e", "mt": text, "ref": "</style><script>alert(3)</script>"}) + "\n"
        for k, text in enumerate(HOSTILE.split("\n\n"))))
    for name, args in {
        "hostile.html": ("audit", bad), "against.html": ("audit", bad, "-r", other), "two.html": ("audit", bad, other),
        "diff.html": ("diff", bad, other), "corpus.html": ("score", "--pairs", pairs),
        "systems.html": ("score", "--mt", bad, "--mt", other, "--ref", bad),
    }.items():
        pages.make(name, *args)
        own = "return [document.title, document.scripts.length, document.querySelectorAll('img, iframe, link, base, main style').length]"
        title, scripts, strange = browser.run(own)
        holds(title != "run" and scripts == 2 and strange == 0, f"{name}: {title}, {scripts} scripts, {strange} strange elements")
        if name == "systems.html":
            continue
        text = browser.run("return document.querySelector('main').innerText")
        holds("onerror=" in text and "</script>" in text and "\u202e" not in text and "U+202E" in text, f"{name}: shows text as text")
        browser.press("j", "j", "k")
        pages.quiet(name)


def many(pages):
    """10,000 findings stay usable."""
    browser = pages.browser
    text = "\n\n".join(f"In year {k} they took the the vote, and then they left the the town hall at the the end." for k in range(3400))
    paint = pages.make("many.html", "audit", pages.write("many.txt", text + "\n"), "--rules", "repeated-word")
    size = (pages.folder / "many.html").stat().st_size / 1e6
    holds(browser.run("return document.querySelectorAll('li.note').length") > 10_000, "there are 10,000 findings")
    timed = "const t = performance.now(); actions[arguments[0]](document.querySelector(arguments[1])); document.body.offsetHeight; return performance.now() - t"
    times = {name: browser.run(timed, name, css) for name, css in
             {"next": "body", "before": "body", "filter": "body", "none": "body", "all": "body"}.items()}
    holds(pages.place().endswith("findings"), "all are back")
    begun = time.monotonic()
    browser.run("document.querySelector('details.table summary').click()")
    times["table"] = (time.monotonic() - begun) * 1000
    print(f"10,000 findings: {size:.1f} MB, first paint after {paint} ms;",
          ", ".join(f"{name} {ms:.0f} ms" for name, ms in times.items()))
    # A page that takes seconds for a key is of no use; the bound is far from what any machine needs.
    holds(max(times.values()) < 15_000, "a key is answered")
    pages.quiet("many.html")


def pictures(program, folder):
    """The pictures of the README."""
    os.chdir(ROOT)
    out = pathlib.Path(folder).resolve()
    browser = Browser(1000, 800)
    with tempfile.TemporaryDirectory() as name:
        page = pathlib.Path(name) / "report.html"
        sample = "corpora/samples/fr-diplomacy"
        page.write_bytes(subprocess.run([program, "audit", f"{sample}.txt", "-r", f"{sample}.ref.txt", "--format", "html"],
                                        stdout=subprocess.PIPE).stdout)
        for scheme in "light", "dark":
            browser.scheme(scheme)
            browser.open(page.as_uri())
            if scheme == "dark":
                browser.press("j", "j", "j")
            browser.picture(out / f"report-{scheme}.png")
    browser.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--pictures", metavar="FOLDER")
    asked = parser.parse_args()
    program = asked.program.resolve()
    if asked.pictures:
        return pictures(program, asked.pictures)
    browser = Browser()
    try:
        for check in story, comparison, hostile, many:
            for scheme in ("light", "dark") if check is story else ("light",):
                browser.scheme(scheme)
                with tempfile.TemporaryDirectory() as folder:
                    check(Pages(program, pathlib.Path(folder), browser))
            print("ok", check.__name__, flush=True)
    finally:
        browser.close()


if __name__ == "__main__":
    main()
