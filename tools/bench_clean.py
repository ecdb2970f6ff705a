"""How fast the cleaner is, and how often it repairs what is whole.

    python tools/bench_clean.py [--corpus corpus] [--clean FILE...]

Prints articles a second of plain text on one core, and seconds for one line of 1 and of 10 million characters. Each
FILE is text known to be clean, or a CoNLL-U treebank, .gz or not: every repair proposed in it is printed, to be judged.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import time
from collections.abc import Callable
from pathlib import Path

from faits.model import Metadata, RawArticle
from faits.stages.clean import clean
from faits.stages.load import load

SENTENCE = "Le groupe a vendu 12 trains à la région, pour un montant de 80 millions d'euros. "


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--clean", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    raws = [load(path, root=args.corpus)[0] for path in sorted(args.corpus.glob("*.txt"))]
    for raw in raws:
        clean(raw)  # lexicons are read once
    seconds = min(timed(lambda: [clean(raw) for raw in raws]) for _ in range(7))
    size = sum(len(raw.source) for raw in raws)
    print(f"{len(raws) / seconds:.0f} articles/s, {size / seconds / 1e6:.2f} M characters/s")
    for size in (1_000_000, 10_000_000):
        line = raw_of((SENTENCE * (size // len(SENTENCE) + 1))[:size])
        print(f"one line of {size:,} characters: {timed(lambda line=line: clean(line)):.2f} s")  # type: ignore[misc]
    words = repairs = 0
    for path in args.clean:
        text = text_of(path)
        words += len(text.split())
        for edit in clean(raw_of(text))[0].edits:
            repairs += 1
            print(f"{path.name}: {text[max(0, edit.start - 30) : edit.start]!r} | {text[edit.start : edit.end + 25]!r}")
    if args.clean:
        print(f"{repairs} repairs in {words:,} words")
    return 0


def timed(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    began = time.process_time()
    work()
    return time.process_time() - began


def raw_of(text: str) -> RawArticle:
    """A text as the loader gives it."""
    return RawArticle(id="text", sha256="", source=text, encoding="utf-8", format="text", metadata=Metadata())


def text_of(path: Path) -> str:
    """A clean text; of a treebank its sentences, five in a paragraph."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = data.decode("utf-8")
    if ".conllu" not in path.name:
        return text
    sentences = [line.partition("=")[2].strip() for line in text.splitlines() if line.startswith("# text =")]
    return "\n".join(" ".join(sentences[i : i + 5]) for i in range(0, len(sentences), 5))


if __name__ == "__main__":
    sys.exit(main())
