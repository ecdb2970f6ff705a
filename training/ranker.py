"""Fits the weights by which the linker chooses the subject of a claim; writes pipeline/faits/models/ranker.json.

    python training/ranker.py OUT.json GOLD_DIR:TEXT_DIR... [--hold-out 3] [--folds 5] [--decay 10]

Every gold fact with a figure or a date asks one question: which of the parties in reach is its subject? The answer is
a softmax over the candidates, linear in the features of `stages/linking/weighing.py`; another one, over the words
around the figure, asks for its predicate (`stages/linking/choosing.py`). The mentions and the names are
those the pipeline finds, so the weights learn to live with its misses. Which candidates are right is what
`tools/score.py` says; a common noun counts as right only where no entity in reach is. With `--hold-out N` each Nth
article is left out of everything; with `--folds` the accuracy is that of cross-validation over whole articles.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from faits.model import FactValue, Mention, Quantity
from faits.stages.linking import choosing, ranking
from faits.stages.linking.calibrating import confidence, log_odds
from faits.stages.linking.candidates import Anchor, Memory, candidates
from faits.stages.linking.choosing import Choice, choose, options
from faits.stages.linking.events import events
from faits.stages.linking.ranking import rank_subjects
from faits.stages.linking.scene import Scene
from faits.stages.linking.talk import Talk
from faits.stages.linking.weighing import features, view_of
from goldset import GoldArticle, figures, read_gold

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from score import FAMILIES, gold_value, names_of, same_entity, same_time, same_value

FOLDS, STEPS, RATE, SEEN, CROSSED = 4, 150, 0.05, 3, 6.0

# What is known before any fit, the gold having too few: "un investissement dans la start-up X" pays X, whoever else
# stands near; a name in brackets, in a row, or by its rank is what the grammar says. The fit starts from here and is
# held to it as others are held to nothing.
KNOWN = {
    "payer × preposition of object": -2.0, "preposition of object": -0.5, "payer PERSON": 0.3, "thing PROJECT": 0.7,
    "thing ORG": -0.4, "plant PROJECT": 0.5, "names it": 2.5, "owns the brackets": 2.0,
    "aligned": 2.0, "not aligned": -0.5, "by its rank": 1.5,
}  # fmt: skip


@dataclass
class Question:
    """The candidates of one fact, as features, and which of them are its subject; `all` counts those with no answer."""

    rows: list[dict[str, float]]
    right: list[bool]


@dataclass
class Asked:
    """What some articles ask: the questions that have an answer, and how many facts have none in reach."""

    put: list[Question] = field(default_factory=list)
    out_of_reach: int = 0


def questions(article: GoldArticle) -> Asked:
    """What one article asks, with the linker's own predicates and its own memory."""
    out = Asked()
    for scene in article.scenes:
        talk = Talk(scene)
        for anchors in (_figures(talk), _events(scene)):
            memory = Memory()
            for m, anchor in anchors:
                _ask(article, talk, m, anchor, memory, out)
    return out


def _figures(talk: Talk) -> list[tuple[Mention, Anchor]]:
    return [(m, anchor) for m, anchor, _ in _chosen(talk)]


def _chosen(talk: Talk) -> list[tuple[Mention, Anchor, Choice]]:
    """The figures of a text, each with the predicate the weights choose."""
    out: list[tuple[Mention, Anchor, Choice]] = []
    last = None
    for m in figures(talk.scene):
        sentence = talk.scene.sentence_at(m.start)
        choice = choose(talk, m, sentence, last)
        last = (m, choice)
        out.append((m, Anchor(m.start, m.end, m.kind, sentence, choice.predicate, choice.trigger), choice))
    return out


def _events(scene: Scene) -> list[tuple[Mention, Anchor]]:
    """The dates whose own clause names no subject: theirs is ranked like that of a figure."""
    return [
        (one.date, Anchor(one.date.start, one.date.end, "date", one.sentence, one.predicate, None))
        for one in events(scene)
        if one.subject is None
    ]


def _ask(article: GoldArticle, talk: Talk, m: Mention, anchor: Anchor, memory: Memory, out: Asked) -> None:
    wanted = subjects(article, m)
    if wanted:
        found = candidates(talk, anchor, memory)
        view = view_of(talk, anchor)
        names = names_of(article.gold, [])
        right = [any(same_entity(s, one.party.model_dump(), names) for s in wanted) for one in found]
        if any(r and one.value is not None for r, one in zip(right, found, strict=True)):
            keep = [not r or one.value is not None for r, one in zip(right, found, strict=True)]
            found = [one for one, k in zip(found, keep, strict=True) if k]
            right = [r for r, k in zip(right, keep, strict=True) if k]
        if any(right):
            out.put.append(Question([features(talk, anchor, one, memory, view) for one in found], right))
        else:
            out.out_of_reach += 1
    ranked = rank_subjects(talk, anchor, memory)
    if ranked:
        memory.keep(ranked[0].candidate.key, anchor)


def subjects(article: GoldArticle, m: Mention) -> set[str]:
    """The subjects gold gives to the facts told by one mention."""
    return {f["subject"] for f in _told(article, m)}


def _told(article: GoldArticle, m: Mention) -> list[dict[str, Any]]:
    facts = [f for f in article.gold["facts"] if not f.get("void") and _tells(f, m)]
    return [f for f in facts if f.get("surface") and (f["surface"] in m.text or m.text in f["surface"])] or facts


def _tells(fact: dict[str, Any], m: Mention) -> bool:
    gold = gold_value({**fact, "kind": None})
    has_value = any(gold[k] is not None for k in ("number", "low", "high"))
    if isinstance(m.value, Quantity):
        value = FactValue(**{n: getattr(m.value, n) for n in Quantity.model_fields}, kind=m.kind)
        told = value.model_dump(by_alias=True)
        minus = {**told, "number": None if told["number"] is None else -told["number"]}
        return has_value and (same_value(gold, told) or same_value(gold, minus))
    if has_value or not fact.get("time_edtf") or m.value is None:
        return False
    return same_time({"edtf": fact["time_edtf"]}, m.value.model_dump())


def fit(put: list[Question], decay: float) -> dict[str, float]:
    """The weights that make the right candidates likeliest; features seen in few questions are left out."""
    seen = Counter(name for q in put for name in {n for row in q.rows for n in row})
    names = {name: i for i, name in enumerate(sorted(n for n, k in seen.items() if k >= SEEN or n in KNOWN))}
    rows = [row for q in put for row in q.rows]
    cells = [(n, names[k], v) for n, row in enumerate(rows) for k, v in row.items() if k in names]
    row_of, column, value = (np.array(c) for c in zip(*cells, strict=True))
    sizes = [len(q.rows) for q in put]
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(put)), sizes)
    right = np.concatenate([np.array(q.right) for q in put])
    # A feature that says two things at once ("payer × ORG") is held back: it only refines the plain ones.
    held_back = np.array([decay * (CROSSED if "×" in name else 1.0) for name in names])
    known = np.array([KNOWN.get(name, 0.0) for name in names])
    w, velocity, square = known.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        s = np.bincount(row_of, value * w[column], len(rows))
        e = np.exp(s - np.maximum.reduceat(s, first)[owner])
        p = e / np.add.reduceat(e, first)[owner]
        inside = p * right
        target = inside / np.maximum(np.add.reduceat(inside, first), 1e-12)[owner]
        gradient = np.bincount(column, value * (p - target)[row_of], len(names)) + held_back * (w - known)
        velocity = 0.9 * velocity + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = RATE * (1 - step / (STEPS + 1))
        w = w - rate * (velocity / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(w[i]), 3) for name, i in names.items() if abs(w[i]) >= 0.01}


Weights = dict[str, dict[str, float]]


def train(articles: list[GoldArticle], decay: float) -> Weights:
    """The weights fitted on `articles` alone, first of predicates, then of subjects.

    The memory of the last subjects and the predicate of the figure before are the linker's own, so the questions are
    asked again with each fit; each article is asked by weights that have not seen it, or the fit would trust its
    memory more than it will deserve.
    """
    none: dict[str, float] = {}
    start = [predicates(a, none).put for a in articles]
    put = _asked_again(articles, decay, start, lambda n, t: predicates(articles[n], t))
    predicate = fit([q for qs in put for q in qs], decay)
    start = [asked(a, none, predicate).put for a in articles]
    put = _asked_again(articles, decay, start, lambda n, t: asked(articles[n], t, predicate))
    return {"subject": fit([q for qs in put for q in qs], decay), "predicate": predicate}


def _asked_again(
    articles: list[GoldArticle],
    decay: float,
    put: list[list[Question]],
    ask: Callable[[int, dict[str, float]], Asked],
) -> list[list[Question]]:
    tables = [fit([q for i, qs in enumerate(put) if i % FOLDS != fold for q in qs], decay) for fold in range(FOLDS)]
    return [ask(n, tables[n % FOLDS]).put for n in range(len(articles))]


def asked(article: GoldArticle, table: dict[str, float], predicate: dict[str, float]) -> Asked:
    """What an article asks about subjects when predicates and the linker's memory come from these weights."""
    tables = {"subject": table, "predicate": predicate}
    ranking.weights = choosing.weights = tables.__getitem__
    return questions(article)


def predicates(article: GoldArticle, table: dict[str, float]) -> Asked:
    """What one article asks about predicates, the predicate of the figure before being the linker's own."""
    choosing.weights = {"predicate": table}.__getitem__
    out = Asked()
    for scene in article.scenes:
        talk, last = Talk(scene), None
        for m in figures(scene):
            sentence = scene.sentence_at(m.start)
            found = options(talk, m, sentence, last)
            last = (m, choose(talk, m, sentence, last))
            told = _told(article, m)
            if not told or len(found) == 1:
                continue
            right = [any(_alike(one.predicate, f["predicate"]) for f in told) for one in found]
            if any(right):
                out.put.append(Question([one.features for one in found], right))
            else:
                out.out_of_reach += 1
    return out


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= family for family in FAMILIES)


def accuracy(articles: list[GoldArticle], table: Weights) -> dict[str, tuple[int, int, int]]:
    """By question: how many of `articles` the weights answer right, how many there are, how many have no answer."""
    out = {}
    for what in ("predicate", "subject"):
        hits = total = lost = 0
        for article in articles:
            told = (
                predicates(article, table["predicate"])
                if what == "predicate"
                else asked(article, table["subject"], table["predicate"])
            )
            lost += told.out_of_reach
            total += len(told.put)
            hits += sum(_answered(q, table[what]) for q in told.put)
        out[what] = (hits, total, lost)
    return out


def _answered(q: Question, table: dict[str, float]) -> bool:
    scores = [sum(table.get(n, 0.0) * v for n, v in row.items()) for row in q.rows]
    return q.right[scores.index(max(scores))]


@dataclass(frozen=True)
class Outcome:
    """One claim as the weights make it: their shares for subject and predicate, and whether gold says both."""

    subject: float
    predicate: float
    right: bool


def outcomes(article: GoldArticle, table: Weights) -> list[Outcome]:
    """The claims about figures that the weights make of one article; one that gold has not at all is wrong."""
    ranking.weights = choosing.weights = table.__getitem__
    names, out = names_of(article.gold, []), []
    for scene in article.scenes:
        talk, memory = Talk(scene), Memory()
        for m, anchor, choice in _chosen(talk):
            ranked = rank_subjects(talk, anchor, memory)
            if not ranked:
                continue
            memory.keep(ranked[0].candidate.key, anchor)
            party = ranked[0].candidate.party.model_dump()
            right = any(
                _alike(choice.predicate, f["predicate"]) and same_entity(f["subject"], party, names)
                for f in _told(article, m)
            )
            out.append(Outcome(ranked[0].share, choice.score, right))
    return out


def calibrate(seen: list[Outcome]) -> dict[str, float]:
    """The logistic regression of being right on the log-odds of the two shares."""
    x = np.array([[1.0, log_odds(o.subject), log_odds(o.predicate)] for o in seen])
    y = np.array([o.right for o in seen], dtype=float)
    w = np.zeros(3)
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + np.eye(3)
        w = w + np.linalg.solve(hessian, x.T @ (y - p) - w)
    return {name: round(float(v), 3) for name, v in zip(("base", "subject", "predicate"), w, strict=True)}


def reliability(seen: list[Outcome], table: dict[str, float]) -> str:
    """How often claims of each confidence are right."""
    lines = []
    told = [(confidence(o.subject, o.predicate, table), o.right) for o in seen]
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        some = [(c, right) for c, right in told if low <= c < low + 0.2]
        if some:
            mean, share = (sum(pair[i] for pair in some) / len(some) for i in (0, 1))
            lines.append(f"{low:.1f} to {low + 0.2:.1f}: {len(some)} claims, said {mean:.2f}, right {share:.2f}")
    return "\n".join(lines)


def split(pairs: list[str], hold_out: int) -> tuple[list[GoldArticle], list[GoldArticle]]:
    """The articles of the gold folders to train on, and those held out."""
    articles, kept = [], []
    for pair in pairs:
        folder, texts = pair.split(":")
        for n, article in enumerate(read_gold(Path(folder), Path(texts))):
            held = hold_out and n % hold_out == hold_out - 1
            (kept if held else articles).append(article)
    return articles, kept


def _said(scores: dict[str, tuple[int, int, int]]) -> str:
    return "; ".join(
        f"{what} {hits / max(1, total + lost):.3f} ({hits} right of {total}, {lost} more out of reach)"
        for what, (hits, total, lost) in scores.items()
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--hold-out", type=int, default=0)
    parser.add_argument("--decay", type=float, default=10.0)
    parser.add_argument("--folds", type=int, default=4)
    args = parser.parse_args()
    articles, kept = split(args.gold, args.hold_out)
    totals = dict.fromkeys(("predicate", "subject"), (0, 0, 0))
    unseen: list[Outcome] = []
    for fold in range(args.folds):
        part = train([a for i, a in enumerate(articles) if i % args.folds != fold], args.decay)
        for what, counts in accuracy(articles[fold :: args.folds], part).items():
            hits, total, lost = (a + b for a, b in zip(totals[what], counts, strict=True))
            totals[what] = (hits, total, lost)
        unseen += [o for a in articles[fold :: args.folds] for o in outcomes(a, part)]
    sure = calibrate(unseen)
    print(f"{len(articles)} articles; cross-validation {_said(totals)}")
    print("confidence, of articles the weights have not seen:", reliability(unseen, sure), sep="\n")
    table = train(articles, args.decay)
    print(f"fitted {_said(accuracy(articles, table))}; {sum(map(len, table.values()))} weights")
    if kept:
        print(f"held out: {len(kept)} articles, {_said(accuracy(kept, table))}")
        print("confidence there:", reliability([o for a in kept for o in outcomes(a, table)], sure), sep="\n")
    about = "two softmax rankers over candidates, linear in named features, and a calibration; training/ranker.py"
    args.out.write_text(json.dumps({"about": about, **table, "confidence": sure}, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
