"""Characters a second of the finders alone, one core, beside quantulum3 and dateparser.search on the same text.

    python tools/bench_finders.py [--corpus corpus] [--bytes 2000000] [--seconds 20]

The text is of at least `--bytes`, in articles made of those of the corpus (`make_corpus.py`): none is read twice, so
that no cache is flattered. Ours read all of it; a finder that is still reading after `--seconds` is stopped at a
paragraph, and its figure is over what it has read.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from faits.extractors import dates, money, quantities
from faits.model import Lang
from faits.text.figures import figures
from make_corpus import made

Finder = Callable[[str, Lang], object]


def our_figures(text: str, lang: Lang) -> object:
    found = figures(text, lang)
    return money.find(text, lang, found), quantities.find(text, lang, found)


def our_dates(text: str, lang: Lang) -> object:
    return dates.find(text, lang)


def quantulum3_parse(text: str, lang: Lang) -> object:
    from quantulum3 import parser

    return parser.parse(text)  # it knows English only, and reads French as if it were


def dateparser_search(text: str, lang: Lang) -> object:
    from dateparser.search import search_dates

    return search_dates(text, languages=[lang])


# Ours first; every entry reads the same paragraphs in the same run.
FINDERS: dict[str, Finder] = {
    "faits figures, money, quantities": our_figures,
    "faits dates, durations": our_dates,
    "quantulum3": quantulum3_parse,
    "dateparser.search": dateparser_search,
}
OURS = frozenset({"faits figures, money, quantities", "faits dates, durations"})


def paragraphs(corpus: Path, size: int) -> list[tuple[str, Lang]]:
    """Articles made of those of the corpus, in paragraphs with their language, of at least `size` bytes together."""
    if not any(corpus.glob("*.txt")):
        raise SystemExit(f"{corpus}: no text; bench needs a corpus of .txt files; give --corpus")
    taken: list[tuple[str, Lang]] = []
    total = 0
    for name, text in made(corpus, size):
        if total >= size:
            break
        if not name.endswith(".txt"):
            continue
        lang: Lang = "en" if text.lower().count(" the ") > text.lower().count(" le ") else "fr"
        taken += [(block, lang) for block in text.split("\n\n") if block.strip()]
        total += len(text.encode())
    return taken


def speed(finder: Finder, blocks: list[tuple[str, Lang]], seconds: float) -> tuple[float, int]:
    """Characters a second of processor time, and characters read; what is loaded lazily is loaded before."""
    for lang in ("fr", "en"):
        finder("3 GW", lang)
    read, begin = 0, time.process_time()
    for block, lang in blocks:
        finder(block, lang)
        read += len(block)
        if time.process_time() - begin > seconds:
            break
    return read / (time.process_time() - begin), read


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--bytes", type=int, default=2_000_000)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    blocks = paragraphs(options.corpus, options.bytes)
    total = sum(len(block) for block, _ in blocks)
    print(f"{total} characters in {len(blocks)} paragraphs")
    for name, finder in FINDERS.items():
        try:
            rate, read = speed(finder, blocks, float("inf") if name in OURS else options.seconds)
        except ImportError as error:
            print(f"{name:34} not installed: {error}", file=sys.stderr)
            continue
        print(f"{name:34} {rate:12,.0f} chars/s  over {read / total:7.2%} of the text")
    return 0


if __name__ == "__main__":
    sys.exit(main())
