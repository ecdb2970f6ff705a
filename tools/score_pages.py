"""Scores the cleaner on whole web pages, line by line: as their plain text, and as HTML.

    python tools/score_pages.py PAGES_DIR [--corrections training/lines.toml] [--errors N]

PAGES_DIR is what tools/pages.py reads. For plain text a line counts as dropped when half of its letters are. For HTML
a line of the article counts as kept when the text of the page holds it and the cleaner keeps it, and a line of the page
around it as dropped when that text does not hold it, or the cleaner drops it. Headlines and unclear lines do not count.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

from faits.errors import CorpusError
from faits.model import Article, Metadata, RawArticle
from faits.stages.clean import clean
from faits.text.html import read_page
from pages import LabelledPage, bare, labelled_pages


def main() -> int:
    """Print one line for each way of reading and language."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--corrections", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    shown = 0
    for spaced in (False, True):
        for page in labelled_pages(args.pages, args.corrections, spaced=spaced):
            ways = {"text, blank lines" if spaced else "text": in_text(page)}
            if not spaced:
                ways["html"] = in_html(page)
            for way, dropped in ways.items():
                for line, label, drop in zip(page.lines(), page.labels, dropped, strict=True):
                    if label in ("article", "page"):
                        outcome = {"article": ("kept", "lost"), "page": ("left", "hit")}[label][drop]
                        counts[way, page.lang][outcome] += 1
                        if outcome == "lost" and shown < args.errors:
                            shown += 1
                            print("LOST", way, page.name, repr(line[:100]), file=sys.stderr)
    for (way, lang), found in sorted(counts.items()):
        print(f"{way:18} {lang} {rates(found)}")
    return 0


def in_text(page: LabelledPage) -> list[bool]:
    """Which lines are dropped when the page is read as plain text."""
    article = cleaned(page.text, "text")
    gone = {at for span in article.removed for at in range(span.start, span.end)} if article else set()
    dropped, at = [], 0
    for line in page.lines():
        letters = [at + i for i, char in enumerate(line) if char.isalnum()]
        dropped.append(bool(letters) and 2 * sum(i in gone for i in letters) >= len(letters))
        at += len(line) + 1
    return dropped


def in_html(page: LabelledPage) -> list[bool]:
    """Which lines are dropped when the page is read as HTML."""
    article = cleaned(read_page(page.html).text, "html")
    if article is None:
        return [True] * len(page.labels)
    kept = "\n".join(article.source[p.start : p.end] for p in article.passages)
    lines = Counter(text for line in kept.splitlines() if (text := bare(line)))
    whole = bare(kept)
    dropped = []
    for line in page.lines():
        text = bare(line)
        known = lines[text] > 0 or (len(text) >= 30 and text in whole)
        lines[text] -= lines[text] > 0
        dropped.append(not known)
    return dropped


def cleaned(text: str, form: str) -> Article | None:
    """The cleaned article; None where there is none in a language we read."""
    raw = RawArticle.model_validate(
        {"id": "page", "sha256": "", "source": text, "encoding": "utf-8", "format": form, "metadata": Metadata()}
    )
    try:
        return clean(raw)[0]
    except CorpusError:
        return None


def rates(found: Counter[str]) -> str:
    """Precision, recall and F1 of the lines dropped, and the share of the article's lines kept."""
    precision = found["hit"] / max(1, found["hit"] + found["lost"])
    recall = found["hit"] / max(1, found["hit"] + found["left"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    kept = found["kept"] / max(1, found["kept"] + found["lost"])
    return f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}, of the article kept {kept:.3f}"


if __name__ == "__main__":
    sys.exit(main())
