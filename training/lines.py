"""Trains the line classifier of the cleaner: which lines of a page are article, which are the page around it.

    python training/lines.py PAGES_DIR

PAGES_DIR is what tools/pages.py reads. Each page is read as its plain text: whole, as its article alone, and as the
article with some of the lines around it, so that a text that is clean already is left alone. Prints precision, recall
and F1 by line on pages held out (five folds, no site in two of them), with the rules alone and with the classifier;
then fits all pages and writes pipeline/faits/models/lines.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt

from faits.text.context import FEATURES
from faits.text.glue import repairs
from faits.text.judge import features_of, likely_enough
from faits.text.segments import segments_of

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from pages import Label, LabelledPage, labelled_pages  # noqa: E402

Array = npt.NDArray[np.float64]

FOLDS = 5
# Of weights in standard deviations; stronger than what fits best, for other sites write other pages.
PENALTY = 20.0
# How much a line counts: each page as much as any, its cuts less than the whole, a headline only to be kept.
PART, HEADLINE = 0.7, 0.3


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading of a page: features, labels and weight of its lines."""

    page: LabelledPage
    whole: bool
    rows: Array
    labels: list[Label]
    weight: float


def main() -> int:
    """Measure on held-out pages, fit all of them, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--corrections", type=Path, default=ROOT / "training" / "lines.toml")
    parser.add_argument("--out", type=Path, default=ROOT / "pipeline" / "faits" / "models" / "lines.json")
    args = parser.parse_args()
    samples = [
        sample
        for spaced in (False, True)
        for page in labelled_pages(args.pages, args.corrections, spaced=spaced)
        for sample in samples_of(page)
    ]
    held_out: list[tuple[Sample, Array]] = []
    for fold in range(FOLDS):
        bias, weights = fit([s for s in samples if fold_of(s.page) != fold])
        held_out += [(s, bias + s.rows @ weights) for s in samples if fold_of(s.page) == fold and s.whole]
    for name, shift in (("rules", -99.0), ("rules and classifier", 0.0)):
        for lang in ("fr", "en"):
            print(name, lang, measured([(s, scores + shift) for s, scores in held_out if s.page.lang == lang]))
    bias, weights = fit(samples)
    pages = sorted({(s.page.name, s.page.lang) for s in samples})
    counts = Counter(lang for _, lang in pages)
    args.out.write_text(
        json.dumps(
            {
                "what": "logistic regression over faits.text.context.FEATURES, made by training/lines.py",
                "trained_on": f"{counts['fr']} French and {counts['en']} English pages, see training/README.md",
                "bias": round(bias, 4),
                "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)},
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    return 0


def samples_of(page: LabelledPage) -> list[Sample]:
    """The page whole, its article alone, and two cuts that hold the article and some lines around it."""
    own = [i for i, label in enumerate(page.labels) if label == "article"]
    everything = range(len(page.labels))
    if len(own) < 4:
        return [_sample(page, everything, 1.0)]
    first, last = own[0], own[-1]
    alone = [i for i in everything if first - 3 <= i <= last and page.labels[i] in ("article", "headline", "blank")]
    chance = random.Random(page.name)
    cuts = [
        range(
            max(0, first - chance.choice((0, 1, 2, 4, 8, 15))),
            min(len(page.labels), last + 1 + chance.choice((0, 1, 2, 4, 8, 15))),
        )
        for _ in range(2)
    ]
    return [_sample(page, everything, 1.0), *(_sample(page, lines, PART) for lines in (alone, *cuts))]


def _sample(page: LabelledPage, kept: Sequence[int], weight: float) -> Sample:
    lines = page.lines()
    text = "\n".join(lines[i] for i in kept) + "\n"
    begins = list(accumulate((len(lines[i]) + 1 for i in kept), initial=0))
    cuts = [edit.start for edit in repairs(text, page.lang, [(0, len(text))]) if edit.replacement == "\n"]
    segments = segments_of(text, 0, cuts, page.lang)
    return Sample(
        page,
        len(kept) == len(lines),
        np.array(features_of(segments), dtype=float).reshape(len(segments), len(FEATURES)),
        [page.labels[kept[bisect_right(begins, segment.start) - 1]] for segment in segments],
        weight,
    )


def fold_of(page: LabelledPage) -> int:
    """The fold of a page: pages of one site are in one."""
    return int(hashlib.sha256(page.site.encode()).hexdigest(), 16) % FOLDS


def fit(samples: Sequence[Sample]) -> tuple[float, Array]:
    """Bias and weights of the logistic regression, by Newton's method."""
    rows, wanted, counts = [], [], []
    for sample in samples:
        for row, label in zip(sample.rows, sample.labels, strict=True):
            if label in ("article", "page", "headline"):
                rows.append(row)
                wanted.append(float(label == "page"))
                weight = sample.weight * 20 / len(sample.labels) ** 0.5
                counts.append(weight * (HEADLINE if label == "headline" else 1.0))
    x, y, w = np.array(rows), np.array(wanted), np.array(counts)
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread == 0] = 1.0
    x = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    penalty = np.diag([PENALTY] * (x.shape[1] - 1) + [1e-6])
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (w * (p - y)) + penalty @ beta
        hessian = x.T @ (x * (w * p * (1 - p))[:, None]) + penalty
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = beta[:-1] / spread
    return float(beta[-1] - mean @ weights), weights


def measured(held_out: Sequence[tuple[Sample, Array]]) -> str:
    """Precision, recall and F1 of the lines dropped, and the share of the article's lines kept."""
    counts: Counter[tuple[Label, bool]] = Counter()
    dropped = FEATURES.index("dropped")
    for sample, scores in held_out:
        for row, label, score in zip(sample.rows, sample.labels, scores, strict=True):
            likely = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
            counts[label, bool(row[dropped]) or likely >= likely_enough(row)] += 1
    hit, left = counts["page", True], counts["page", False]
    lost, kept = counts["article", True], counts["article", False]
    precision, recall = hit / max(1, hit + lost), hit / max(1, hit + left)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    of_article = kept / max(1, kept + lost)
    return f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}, of the article kept {of_article:.3f}"


if __name__ == "__main__":
    sys.exit(main())
