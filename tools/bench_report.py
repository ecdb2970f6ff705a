"""How long a report of many facts takes to show and to search, and how large it is: `make bench-report`.

Needs Chromium, and Playwright from the development dependencies. The facts are made up: sentences of a few words drawn
from a fixed sequence, a thousand articles.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from faits.exporters.reading import Plain
from faits.exporters.report import report

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
SYLLABLES = ("ba", "co", "di", "fé", "gra", "hu", "lan", "mo", "nel", "or", "pi", "qua", "ré", "sol", "ti", "ven")
PREDICATES = ("investment", "cost", "power_capacity", "revenue", "start_date", "count", "role", "share")
TYPED = ("b", "bo", "bor", "boré", "12", "millions", "sol ven", "gra mo pi", "introuvable", "2030")


def main() -> None:
    """Print one line a measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=20_000)
    parser.add_argument("--articles", type=int, default=1_000)
    arguments = parser.parse_args()
    tables, texts = made_up(arguments.facts, arguments.articles)
    began = time.perf_counter()
    page = report(tables, texts)
    print(f"written in        {time.perf_counter() - began:.1f} s")
    print(f"size              {len(page.encode()) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(page, encoding="utf-8")
        measure(file)


def measure(file: Path) -> None:
    """Open the page, type, open a fact; print what each took."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(file.as_uri())
        page.wait_for_selector("#row-0")
        rows = page.evaluate("new Promise(done => requestAnimationFrame(() => done(performance.now())))")
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        print(f"first paint       {paint / 1000:.2f} s")
        print(f"rows shown after  {rows / 1000:.2f} s")
        print(f"search, at once   {typed(page, 'x'):.0f} ms (as soon as rows show)")
        page.wait_for_selector("html[data-folded=yes]", timeout=240_000)
        times = [typed(page, text) for text in TYPED for _ in range(3)]
        print(f"search            median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms")
        browser.close()


# From the keystroke to the frame that shows what it found.
TYPE = """text => new Promise(done => {
  const box = document.getElementById('search');
  const began = performance.now();
  box.value = text;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""


def typed(page: Any, text: str) -> float:
    """Milliseconds from typing `text` to seeing what it finds."""
    return float(page.evaluate(TYPE, text))


def made_up(facts: int, articles: int) -> tuple[Plain, dict[str, str]]:
    """Tables of so many facts, and the texts they quote."""
    draw = random.Random(7)
    names = [(_word(draw, 2) + " " + _word(draw, 3)).title() for _ in range(2_000)]
    rows: dict[str, list[tuple[str, str, str]]] = {f"{i:05}.txt": [] for i in range(articles)}
    made = []
    for i in range(facts):
        subject, target, number = draw.choice(names), draw.choice(names), draw.randint(1, 999)
        where = draw.sample(sorted(rows), 2 if i % 10 == 0 else 1)
        quote = f"{number} millions de dollars"
        sentence = f"{subject} {_word(draw, 2)} {quote} {' '.join(_word(draw, 3) for _ in range(14))} {target}."
        for name in where:
            rows[name].append((f"f-{i:016x}", sentence, quote))
        made.append(_fact(i, draw, subject, target, number, where, sentence, quote))
    texts, starts = {}, {}
    for name, said in rows.items():
        texts[name] = "\n".join(" ".join((sentence, *(_word(draw, 3) for _ in range(12)))) for _, sentence, _ in said)
        starts |= {(name, id_): texts[name].index(sentence) + sentence.index(quote) for id_, sentence, quote in said}
    for fact in made:
        for proof in fact["evidence"]:
            proof["start"] = starts[proof["article"], fact["id"]]
            proof["end"] = proof["start"] + len(proof["quote"])
    listed = tuple(_article(name, text) for name, text in texts.items())
    return Plain(facts=tuple(made), articles=listed), texts


def _fact(
    i: int, draw: random.Random, subject: str, target: str, number: int, where: list[str], sentence: str, quote: str
) -> dict[str, Any]:
    year = str(draw.randint(2005, 2040))
    when = {"edtf": year, "earliest": f"{year}-01-01", "latest": f"{year}-12-31", "relation": "in"}
    value = {"number": number * 1e6, "unit": "USD", "bound": "exact", "kind": "money"}
    told = f"{subject} – {quote} – {target}."
    return {
        "id": f"f-{i:016x}", "predicate": draw.choice(PREDICATES), "subject": _party(subject), "object": _party(target),
        "value": value, "time": when,
        "modality": draw.choice(("asserted", "asserted", "planned", "conditional")), "attribution": None,
        "statement": {"fr": told, "en": told}, "articles": len(where), "mentions": len(where), "disagreements": [],
        "conflicts": [], "updates": [], "review": None, "confidence": None,
        "evidence": [
            {"article": name, "quote": quote, "sentence": sentence, "published": "2025-01-01", "stated": None}
            for name in where
        ],
    }  # fmt: skip


def _party(name: str) -> dict[str, Any]:
    return {"id": "org-" + name.lower().replace(" ", "-"), "name": name, "type": "ORG", "aliases": []}


def _article(name: str, text: str) -> dict[str, Any]:
    known = {"id": name, "sha256": "", "lang": "fr", "title": text[:60], "published": "2025-01-01", "words": 500}
    return {**known, "removed": [], "publisher": "Le Phare", "url": None, "near_duplicate_of": None}


def _word(draw: random.Random, syllables: int) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(syllables))


if __name__ == "__main__":
    main()
