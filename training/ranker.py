"""Fits what the linker chooses the subject of a claim by; writes ranker.json and trees.json (pipeline/faits/models).

    python training/ranker.py OUT_DIR GOLD_DIR:TEXT_DIR... [--hold-out 3] [--decay 10]

Every gold fact with a figure or a date asks one question: which of the parties in reach is its subject? The answer is
a softmax over the candidates, linear in the features of `stages/linking/clues.py`; another one, over the words
around the figure, asks for its predicate (`stages/linking/choosing.py`). The mentions and the names are
those the pipeline finds, so the weights learn to live with its misses. The facts of an article are one chain
(`training/chains.py`, `stages/linking/chaining.py`): that two neighbours are about one party is weighed with what
speaks for each. Which candidates are right is what `tools/score.py` says, those named in full first. Then trees are
grown (`trees.py`) on how the likeliest parties of each figure look (`stages/linking/portraits.py`). With `--hold-out N`
each Nth article is left out of everything; the first accuracy is that of cross-validation over whole articles.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from chains import Chain, Chains, Question
from faits.model import Mention
from faits.stages.link import anchor_of
from faits.stages.linking import choosing, ranking
from faits.stages.linking.calibrating import confidence, log_odds
from faits.stages.linking.candidates import Anchor, Candidate, candidates
from faits.stages.linking.chaining import tied, ties
from faits.stages.linking.choosing import choose, options
from faits.stages.linking.clues import features
from faits.stages.linking.events import events
from faits.stages.linking.forest import forest_of
from faits.stages.linking.portraits import Gallery
from faits.stages.linking.ranking import rank_subjects
from faits.stages.linking.scene import Scene
from faits.stages.linking.talk import Talk
from faits.stages.linking.weighing import Sight
from faits.stages.linking.whom import chosen_predicates
from goldset import GoldArticle, figures, read_gold
from trees import Look, as_json, grow

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from score import FAMILIES, fold, names_of, same_entity

ASKED = ("predicate", "chain", "subject")
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
class Asked:
    """What an article asks: chains of questions, and how many facts have no answer in reach."""

    put: list[Chain] = field(default_factory=list)
    out_of_reach: int = 0


def questions(article: GoldArticle) -> Asked:
    """What one article asks about subjects, with the linker's own predicates."""
    out = Asked()
    for talk in article.talks:
        for anchors in (_figures(talk), _events(talk.scene, article.article.metadata.published)):
            chain: Chain = []
            before = None
            for m, anchor in anchors:
                question = _ask(article, talk, m, anchor, before, out)
                if question is not None:
                    chain.append(question)
                    before = anchor
            if chain:
                out.put.append(chain)
    return out


def _figures(talk: Talk) -> list[tuple[Mention, Anchor]]:
    return [(m, anchor) for m, anchor, _ in chosen_predicates(talk)]


def _events(scene: Scene, published: str | None) -> list[tuple[Mention, Anchor]]:
    """The dates whose own clause names no subject: theirs is ranked like that of a figure."""
    return [(one.date, anchor_of(one)) for one in events(scene, published) if one.subject is None]


def _ask(
    article: GoldArticle, talk: Talk, m: Mention, anchor: Anchor, before: Anchor | None, out: Asked
) -> Question | None:
    found = candidates(talk, anchor)
    if not found:
        return None
    sight, how = Sight(talk, anchor), ties(talk, before, anchor) if before is not None else ()
    right, accepted = _right(article, m, found)
    known = any(right)
    out.out_of_reach += not known and bool(subjects(article, m))
    return Question(
        [features(sight.clues(one)) for one in found],
        right if known else [True] * len(found),
        [one.key for one in found],
        [tied(how, one.slot.kind).features if how else {} for one in found],
        known,
        accepted,
    )


def _right(article: GoldArticle, m: Mention, found: list[Candidate]) -> tuple[list[bool], list[bool]]:
    """Which candidates are the subject: a name in full where there is one, else what the names share words with."""
    wanted = subjects(article, m)
    names = names_of(article.gold, [])
    right = [any(same_entity(s, one.party.model_dump(), names) for s in wanted) for one in found]
    full = [r and any(_in_full(s, one, names) for s in wanted) for r, one in zip(right, found, strict=True)]
    return (full if any(full) else right), right


def _in_full(wanted: str, one: Candidate, names: dict[str, str]) -> bool:
    want = names.get(fold(wanted), fold(wanted))
    return any(names.get(fold(n), fold(n)) == want for n in (one.party.name, *one.party.aliases))


def subjects(article: GoldArticle, m: Mention) -> set[str]:
    """The subjects gold gives to the facts told by one mention."""
    return {f["subject"] for f in article.told(m)}


def fit(put: list[Chain], decay: float) -> dict[str, float]:
    """The weights that make the right candidates likeliest; features seen in few questions are left out."""
    asked = [q for chain in put for q in chain]
    seen = Counter(name for q in asked if q.known for name in {n for row in (*q.rows, *q.again) for n in row})
    names = {name: i for i, name in enumerate(sorted(n for n, k in seen.items() if k >= SEEN or n in KNOWN))}
    chains = Chains(put, names)
    # A feature that says two things at once ("payer × ORG") is held back: it only refines the plain ones.
    held_back = np.array([decay * (CROSSED if "×" in name else 1.0) for name in names])
    known = np.array([KNOWN.get(name, 0.0) for name in names])
    w, velocity, square = known.copy(), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        gradient = chains.gradient(w) + held_back * (w - known)
        velocity = 0.9 * velocity + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = RATE * (1 - step / (STEPS + 1))
        w = w - rate * (velocity / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(w[i]), 3) for name, i in names.items() if abs(w[i]) >= 0.01}


Weights = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Fitted:
    """All that is fitted: the weights of subjects and predicates, and the trees that look again."""

    table: Weights
    trees: list[Any]


class Folds:
    """The same articles fitted over and over, a fold or two left out.

    What learns from answers is never taught by those of weights that have seen the article: it would trust them more
    than they will deserve. Predicates are fitted first, subjects with the predicates found, trees with the shares.
    """

    def __init__(self, articles: list[GoldArticle], decay: float) -> None:
        self.articles, self.decay = articles, decay
        start = [predicates(a, {}).put for a in articles]
        tables = [_fit_but(start, frozenset({fold}), decay) for fold in range(FOLDS)]
        self._put = [predicates(a, tables[n % FOLDS]).put for n, a in enumerate(articles)]
        self.predicate = {out: _fit_but(self._put, out, decay) for out in (frozenset[int](), *self._each())}
        self._asked = [asked(a, self.predicate[frozenset({n % FOLDS})]).put for n, a in enumerate(articles)]
        self._subject: dict[frozenset[int], dict[str, float]] = {}

    def _each(self) -> list[frozenset[int]]:
        return [frozenset({fold}) for fold in range(FOLDS)]

    def subject(self, out: frozenset[int]) -> dict[str, float]:
        """The weights of subjects fitted without some folds."""
        if out not in self._subject:
            self._subject[out] = _fit_but(self._asked, out, self.decay)
        return self._subject[out]

    def fitted(self, out: frozenset[int] = frozenset()) -> Fitted:
        """All that is fitted without some folds."""
        seen: list[Look] = []
        for n, article in enumerate(self.articles):
            own = frozenset({n % FOLDS})
            if not own <= out:
                seen += looks(article, {"predicate": self.predicate[own], "subject": self.subject(out | own)})
        return Fitted({"subject": self.subject(out), "predicate": self.predicate[out]}, grow(seen))

    def each(self) -> Iterator[tuple[Fitted, list[GoldArticle]]]:
        """Each fold's articles, with what has been fitted on the others."""
        for n, out in enumerate(self._each()):
            yield self.fitted(out), self.articles[n::FOLDS]


def _fit_but(put: list[list[Chain]], out: frozenset[int], decay: float) -> dict[str, float]:
    return fit([chain for n, chains in enumerate(put) if n % FOLDS not in out for chain in chains], decay)


def looks(article: GoldArticle, table: Weights) -> list[Look]:
    """What the trees may learn from an article: the portraits of a figure's parties, and which of them are right."""
    use(table)
    out = []
    for talk in article.talks:
        chosen = _figures(talk)
        heard = [one for one in ranking.chain(talk, [anchor for _, anchor in chosen]) if one is not None]
        mentions = {(m.start, m.end): m for m, _ in chosen}
        gallery = Gallery(talk, heard)
        for n, one in enumerate(heard):
            found = [candidate for party in one.parties for candidate in party.candidates]
            right, _ = _right(article, mentions[one.anchor.start, one.anchor.end], found)
            keys = {candidate.key for candidate, is_right in zip(found, right, strict=True) if is_right}
            rows = gallery.portraits(n)
            out.append(Look(rows, [party.key in keys for party in one.parties[: len(rows)]]))
    return [one for one in out if any(one.right) and not all(one.right)]


def use(table: Weights, trees: list[Any] | None = None) -> None:
    """Let the linker choose by these weights, and by these trees if any."""
    choosing.weights = ranking.weights = table.__getitem__
    if trees is not None:
        grown = forest_of(trees)
        ranking.forest = lambda: grown


def asked(article: GoldArticle, predicate: dict[str, float]) -> Asked:
    """What an article asks about subjects when predicates come from these weights."""
    choosing.weights = {"predicate": predicate}.__getitem__
    return questions(article)


def predicates(article: GoldArticle, table: dict[str, float]) -> Asked:
    """What one article asks about predicates, the predicate of the figure before being the linker's own."""
    choosing.weights = {"predicate": table}.__getitem__
    out = Asked()
    for talk in article.talks:
        last = None
        for m in figures(talk.scene):
            sentence = talk.scene.sentence_at(m.start)
            found = options(talk, m, sentence, last)
            last = (m, choose(talk, m, sentence, last))
            told = article.told(m)
            if not told or len(found) == 1:
                continue
            right = [any(_alike(one.predicate, f["predicate"]) for f in told) for one in found]
            if any(right):
                out.put.append([Question([one.features for one in found], right)])
            else:
                out.out_of_reach += 1
    return out


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= family for family in FAMILIES)


def accuracy(articles: list[GoldArticle], fitted: Fitted) -> dict[str, tuple[int, int, int]]:
    """By question: how many of `articles` are answered right, how many there are, how many have no answer in reach.

    "chain" are the subjects of figures before the trees have looked.
    """
    out = {}
    for what in ASKED:
        hits = total = lost = 0
        for article in articles:
            if what == "predicate":
                answers, missed = _predicates(article, fitted)
            else:
                answers, missed = _subjects(article, fitted, again=what == "subject")
            hits, total, lost = hits + sum(answers), total + len(answers), lost + missed
        out[what] = (hits, total, lost)
    return out


def _predicates(article: GoldArticle, fitted: Fitted) -> tuple[list[bool], int]:
    """Which figures whose predicate is among those offered get it, and how many have theirs not there."""
    table = fitted.table["predicate"]
    told = predicates(article, table)
    out = []
    for question in (q for chain in told.put for q in chain):
        scores = [sum(table.get(n, 0.0) * v for n, v in row.items()) for row in question.rows]
        out.append(question.right[scores.index(max(scores))])
    return out, told.out_of_reach


def _subjects(article: GoldArticle, fitted: Fitted, *, again: bool) -> tuple[list[bool], int]:
    """Which figures that have a subject in gold and in reach get it, and how many have none in reach."""
    use(fitted.table, fitted.trees)
    names, out, lost = names_of(article.gold, []), [], 0
    for talk in article.talks:
        chosen = _figures(talk)
        ranked = ranking.rank_subjects(talk, [anchor for _, anchor in chosen], again=again)
        for (m, _), some in zip(chosen, ranked, strict=True):
            wanted = subjects(article, m)
            right = [any(same_entity(s, r.candidate.party.model_dump(), names) for s in wanted) for r in some]
            if any(right):
                out.append(right[0])
            elif wanted:
                lost += 1
    return out, lost


@dataclass(frozen=True)
class Outcome:
    """One claim as the weights make it: their shares for subject and predicate, and whether gold says both."""

    subject: float
    predicate: float
    right: bool


def outcomes(article: GoldArticle, fitted: Fitted) -> list[Outcome]:
    """The claims about figures that are made of one article; one that gold has not at all is wrong."""
    use(fitted.table, fitted.trees)
    names, out = names_of(article.gold, []), []
    for talk in article.talks:
        chosen = chosen_predicates(talk)
        ranked = rank_subjects(talk, [anchor for _, anchor, _ in chosen])
        for (m, _, choice), some in zip(chosen, ranked, strict=True):
            if not some:
                continue
            party = some[0].candidate.party.model_dump()
            right = any(
                _alike(choice.predicate, f["predicate"]) and same_entity(f["subject"], party, names)
                for f in article.told(m)
            )
            out.append(Outcome(some[0].share, choice.score, right))
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
    args = parser.parse_args()
    articles, kept = split(args.gold, args.hold_out)
    folds = Folds(articles, args.decay)
    totals = dict.fromkeys(ASKED, (0, 0, 0))
    unseen: list[Outcome] = []
    for part, tested in folds.each():
        for what, counts in accuracy(tested, part).items():
            hits, total, lost = (a + b for a, b in zip(totals[what], counts, strict=True))
            totals[what] = (hits, total, lost)
        unseen += [o for a in tested for o in outcomes(a, part)]
    sure = calibrate(unseen)
    print(f"{len(articles)} articles; cross-validation {_said(totals)}")
    print("confidence, of articles the weights have not seen:", reliability(unseen, sure), sep="\n")
    fitted = folds.fitted()
    print(f"fitted {_said(accuracy(articles, fitted))}; {sum(map(len, fitted.table.values()))} weights")
    if kept:
        print(f"held out: {len(kept)} articles, {_said(accuracy(kept, fitted))}")
        print("confidence there:", reliability([o for a in kept for o in outcomes(a, fitted)], sure), sep="\n")
    write(args.out, fitted, sure)


def write(folder: Path, fitted: Fitted, sure: dict[str, float]) -> None:
    """Write ranker.json and trees.json into a folder."""
    about = "two softmax rankers over candidates, linear in named features, and a calibration; training/ranker.py"
    table = {"about": about, **fitted.table, "confidence": sure}
    (folder / "ranker.json").write_text(json.dumps(table, indent=1, sort_keys=True) + "\n")
    (folder / "trees.json").write_text(as_json(fitted.trees))


if __name__ == "__main__":
    main()
