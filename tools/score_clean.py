"""Scores the cleaner: how much of the page is removed, how much of the article is kept.

    python tools/score_clean.py [--corpus corpus] [--more FOLDER] [--seeds FOLDER --segments FILE] [--errors N]

A folder of gold holds one JSON file an article with `file` and `boilerplate` (spans with `kind`). The segments file
holds one JSON object a line with `file`, `start`, `end`, `label`. Blanks and marks are not counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from faits.errors import CorpusError
from faits.model import Article
from faits.stages.clean import clean
from faits.stages.load import load

# Labels of the segments file that are neither article nor clutter: either way is right.
NEUTRAL = {"metadata"}
UNWANTED = {"boilerplate", "duplicate"}


def main() -> int:
    """Print the table; return 1 when an article could not be read."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--seeds", type=Path)
    parser.add_argument("--segments", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    if args.seeds and args.segments:
        cases = segment_cases(args.seeds, args.segments)
    else:
        cases = gold_cases(args.corpus, args.gold or args.corpus / "gold")
    report = score(cases, args.errors)
    print(json.dumps(report) if args.json else table(report))
    return 0


def gold_cases(corpus: Path, gold: Path) -> list[tuple[Article, dict[int, str], set[int]]]:
    """Articles with the kind of each unwanted offset, and offsets that do not count."""
    cases = []
    for path in sorted(gold.glob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(entry, dict) or "file" not in entry or entry["file"].endswith(".html"):
            continue
        article = read(corpus / entry["file"], corpus)
        unwanted = {
            at: span["kind"]
            for span in entry.get("boilerplate", [])
            if span["start"] is not None
            for at in range(span["start"], span["end"])
        }
        front = entry.get("front_matter") or {"start": 0, "end": 0}
        cases.append((article, unwanted, set(range(front["start"], front["end"]))))
    return cases


def segment_cases(folder: Path, segments: Path) -> list[tuple[Article, dict[int, str], set[int]]]:
    """The same from a list of segments that covers every character."""
    listed = defaultdict(list)
    for line in segments.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        listed[row["file"]].append(row)
    cases = []
    for name, rows in sorted(listed.items()):
        unwanted = {at: r["kind"] for r in rows if r["label"] in UNWANTED for at in range(r["start"], r["end"])}
        neutral = {
            at
            for r in rows
            if r["label"] in NEUTRAL or r["kind"] == "hoisted_heading"
            for at in range(r["start"], r["end"])
        }
        cases.append((read(folder / name, folder), unwanted, neutral))
    return cases


def read(path: Path, root: Path) -> Article:
    """One cleaned article."""
    try:
        return clean(load(path, root=root)[0])[0]
    except CorpusError as error:
        sys.exit(f"{path}: {error}")


def score(cases: list[tuple[Article, dict[int, str], set[int]]], errors: int) -> dict[str, object]:
    """Character precision, recall and F1 of boilerplate, recall of content, and recall by kind."""
    counts: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    shown = 0
    for article, unwanted, neutral in cases:
        dropped = {at: span.kind for span in article.removed for at in range(span.start, span.end)}
        lost, left = [], []
        for at, char in enumerate(article.source):
            if not char.isalnum() or at in neutral:
                continue
            if at in unwanted:
                kinds[unwanted[at]]["hit" if at in dropped else "miss"] += 1
                kinds[unwanted[at]]["named"] += dropped.get(at) == unwanted[at]
            outcome = ("hit" if at in dropped else "miss") if at in unwanted else "lost" if at in dropped else "kept"
            counts[outcome] += 1
            if outcome == "lost":
                lost.append(at)
            elif outcome == "miss":
                left.append(at)
        for name, offsets in (("LOST", lost), ("LEFT", left)):
            for start, end in runs(offsets):
                if shown < errors:
                    shown += 1
                    kind = dropped.get(start) if name == "LOST" else unwanted[start]
                    print(name, article.id, kind, repr(article.source[start:end][:150]), file=sys.stderr)
    return {"all": rates(counts), "kinds": {kind: dict(c) for kind, c in sorted(kinds.items())}}


def runs(offsets: list[int]) -> list[tuple[int, int]]:
    """Offsets gathered into spans, small holes included."""
    spans: list[tuple[int, int]] = []
    for at in offsets:
        if spans and at - spans[-1][1] <= 6:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans


def rates(counts: Counter[str]) -> dict[str, float]:
    """Precision, recall, F1 of what is removed; recall of what is kept."""
    hit, miss, lost, kept = (counts[name] for name in ("hit", "miss", "lost", "kept"))
    precision = hit / (hit + lost) if hit + lost else 1.0
    recall = hit / (hit + miss) if hit + miss else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "content_recall": kept / (kept + lost or 1)}


def table(report: dict[str, object]) -> str:
    """The figures in lines."""
    overall = report["all"]
    assert isinstance(overall, dict)
    lines = [" ".join(f"{name} {value:.4f}" for name, value in overall.items())]
    kinds = report["kinds"]
    assert isinstance(kinds, dict)
    for kind, c in kinds.items():
        total = c.get("hit", 0) + c.get("miss", 0)
        lines.append(f"  {kind:18} recall {c.get('hit', 0) / total:.3f}  named so {c['named'] / total:.3f}  of {total}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
