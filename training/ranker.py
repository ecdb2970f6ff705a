"""Fits the weights by which the linker chooses the subject of a claim; writes pipeline/faits/models/ranker.json.

    python training/ranker.py OUT.json GOLD_DIR:TEXT_DIR... [--parse] [--hold-out 3] [--folds 5]

Every gold fact with a figure or a date asks one question: which of the entities in reach is its subject? The answer
is a softmax over the candidates, linear in the features of `stages/linking/candidates.py`. With `--hold-out N` each
Nth article is left out of everything; with `--folds` the accuracy is that of cross-validation over whole articles.
"""

import argparse
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from faits.model import Mention
from faits.stages.linking import ranking
from faits.stages.linking.candidates import Anchor, Memory, candidates, features
from faits.stages.linking.choosing import FIXED, Choice, choose
from faits.stages.linking.events import events
from faits.stages.linking.scene import Scene
from goldset import GoldArticle, read_gold

ROUNDS, STEPS, RATE = 3, 250, 0.15


@dataclass
class Question:
    """The candidates of one fact, as features, and which of them are its subject."""

    article: str
    rows: list[dict[str, float]]
    right: list[bool]


def questions(article: GoldArticle, *, parse: bool) -> list[Question]:
    """What one article asks, with the linker's own predicates and its own memory."""
    scene = Scene(article.text, article.gold["lang"], _doc(article) if parse else None, article.mentions, ())
    memory, last, out = Memory(), None, []
    told = {
        one.date.start: Anchor(one.date.start, one.date.end, "date", one.sentence, one.predicate, None)
        for one in events(scene)
    }
    for m in [*scene.figures, *scene.dates]:
        anchor = told.get(m.start)
        if m.kind != "date":
            choice: Choice = choose(scene, m, scene.sentence_at(m.start), last)
            last = (m, choice)
            predicate = FIXED.get(m.kind, choice.predicate)
            anchor = Anchor(m.start, m.end, m.kind, scene.sentence_at(m.start), predicate, choice.trigger)
        wanted = subjects(article, m)
        if anchor is None:
            continue
        found = candidates(scene, anchor, memory)
        rows = [features(scene, anchor, one, memory) for one in found]
        right = [one.value.name in wanted for one in found]
        if any(right) and not all(right):
            out.append(Question(article.gold["id"], rows, right))
        ranked = ranking.rank_subjects(scene, anchor, memory)
        if ranked:
            memory.subject, memory.sentence = ranked[0][1].value, anchor.sentence.index
    return out


_DOCS: dict[str, Any] = {}


def _doc(article: GoldArticle) -> Any:
    from faits.stages.annotate import annotate

    key = article.gold["id"]
    if key not in _DOCS:
        _DOCS[key] = annotate(article.text, article.gold["lang"])
    return _DOCS[key]


def subjects(article: GoldArticle, m: Mention) -> set[str]:
    """The subjects gold gives to facts told at one mention."""
    names = {e["name"] for e in article.gold["entities"]}
    return {
        fact["subject"]
        for fact in article.gold["facts"]
        if fact.get("surface")
        and fact["surface"] in m.text + "\0" + article.text[m.start - 4 : m.end + 4]
        and fact["subject"] in names
        and (m.kind != "date" or fact.get("value") is None)
    }


def fit(put: list[Question], decay: float) -> dict[str, float]:
    """The weights that make the right candidates likeliest; features seen in fewer than four questions are left out."""
    seen = Counter(name for q in put for name in {n for row in q.rows for n in row})
    names = {name: i for i, name in enumerate(sorted(n for n, k in seen.items() if k >= 4))}
    blocks = []
    for q in put:
        x = np.zeros((len(q.rows), len(names)))
        for i, row in enumerate(q.rows):
            for name, value in row.items():
                if name in names:
                    x[i, names[name]] = value
        blocks.append((x, np.array(q.right)))
    w, velocity = np.zeros(len(names)), np.zeros(len(names))
    for _ in range(STEPS):
        gradient = decay * w
        for x, right in blocks:
            p = _softmax(x @ w)
            inside = p * right
            gradient += x.T @ (p - inside / max(inside.sum(), 1e-12))
        velocity = 0.9 * velocity - RATE * gradient / len(blocks)
        w = w + velocity
    return {name: round(float(w[i]), 3) for name, i in names.items() if abs(w[i]) >= 0.005}


def train(articles: list[GoldArticle], decay: float, *, parse: bool) -> dict[str, float]:
    """The weights fitted on `articles` alone.

    The memory of the last subject is the ranker's own, so the questions are asked again with each fit. It starts from
    nothing: weights that have seen an article would carry it into the folds that must not know it.
    """
    table: dict[str, float] = {}
    for _ in range(ROUNDS):
        table = fit([q for a in articles for q in asked(a, table, parse=parse)], decay)
    return table


def asked(article: GoldArticle, table: dict[str, float], *, parse: bool) -> list[Question]:
    """What an article asks when the linker's memory comes from these weights."""
    ranking.weights = lambda: table
    return questions(article, parse=parse)


def measure(articles: list[GoldArticle], table: dict[str, float], *, parse: bool) -> float:
    """How often the weights choose right, over the questions of `articles`."""
    return accuracy([q for a in articles for q in asked(a, table, parse=parse)], table)


def _softmax(s: np.ndarray) -> np.ndarray:
    e = np.exp(s - s.max())
    return e / e.sum()


def accuracy(put: list[Question], table: dict[str, float]) -> float:
    """How often the best candidate is right."""
    hits = 0
    for q in put:
        scores = [sum(table.get(n, 0.0) * v for n, v in row.items()) for row in q.rows]
        hits += q.right[scores.index(max(scores))]
    return hits / len(put) if put else math.nan


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--parse", action="store_true")
    parser.add_argument("--hold-out", type=int, default=0)
    parser.add_argument("--decay", type=float, default=3.0)
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    articles, kept = [], []
    for pair in args.gold:
        folder, texts = pair.split(":")
        names = [p.stem for p in sorted(Path(folder).glob("*.json"))]
        for article in read_gold(Path(folder), Path(texts)):
            held = args.hold_out and names.index(Path(article.gold["id"]).stem) % args.hold_out == args.hold_out - 1
            (kept if held else articles).append(article)
    rules = ranking.weights()
    print(f"{len(articles)} articles; weights at hand: {measure(articles, rules, parse=args.parse):.3f}")
    scores = []
    for fold in range(args.folds):
        part = train([a for i, a in enumerate(articles) if i % args.folds != fold], args.decay, parse=args.parse)
        scores.append(measure(articles[fold :: args.folds], part, parse=args.parse))
    print(f"cross-validation {np.mean(scores):.3f} ({', '.join(f'{score:.3f}' for score in scores)})")
    table = train(articles, args.decay, parse=args.parse)
    print(f"fitted {measure(articles, table, parse=args.parse):.3f}")
    if kept:
        before, after = (measure(kept, weights, parse=args.parse) for weights in (rules, table))
        print(f"held out: {len(kept)} articles, fitted {after:.3f}, weights before {before:.3f}")
    about = "subject ranker: softmax over candidates, linear; training/ranker.py"
    args.out.write_text(json.dumps({"about": about, "subject": table}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
