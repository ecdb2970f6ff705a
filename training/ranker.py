"""Fits the weights by which the linker chooses the subject of a claim; writes pipeline/faits/models/ranker.json.

    python training/ranker.py OUT.json GOLD_DIR:TEXT_DIR... [--hold-out 3] [--folds 5] [--decay 10]

Every gold fact with a figure or a date asks one question: which of the parties in reach is its subject? The answer is
a softmax over the candidates, linear in the features of `stages/linking/clues.py`; another one, over the words
around the figure, asks for its predicate (`stages/linking/choosing.py`). The mentions and the names are
those the pipeline finds, so the weights learn to live with its misses. The facts of an article are one chain
(`training/chains.py`, `stages/linking/chaining.py`): that two neighbours are about one party is weighed with what
speaks for each. Which candidates are right is what `tools/score.py` says, those named in full first. With
`--hold-out N` each Nth article is left out of everything; with `--folds` the accuracy is that of cross-validation
over whole articles.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from chains import Chain, Chains, Question
from faits.model import Mention
from faits.stages.link import anchor_of, chosen_predicates
from faits.stages.linking import choosing, ranking
from faits.stages.linking.calibrating import confidence, log_odds
from faits.stages.linking.candidates import Anchor, Candidate, candidates
from faits.stages.linking.chaining import shares, tied, ties
from faits.stages.linking.choosing import choose, options
from faits.stages.linking.clues import features
from faits.stages.linking.events import events
from faits.stages.linking.ranking import rank_subjects
from faits.stages.linking.scene import Scene
from faits.stages.linking.talk import Talk
from faits.stages.linking.weighing import Sight
from goldset import GoldArticle, figures, read_gold

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from score import FAMILIES, fold, names_of, same_entity

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


def train(articles: list[GoldArticle], decay: float) -> Weights:
    """The weights fitted on `articles` alone, first of predicates, then of subjects.

    The predicate of the figure before and that of the figure itself are the linker's own, so questions are asked again
    with each fit; each article is asked by weights that have not seen it, or the fit would trust them more than they
    will deserve.
    """
    predicate = train_predicate(articles, decay)
    put = [predicates(a, {}).put for a in articles]
    tables = [_fit_but(put, fold, decay) for fold in range(FOLDS)]
    put = [asked(a, tables[n % FOLDS]).put for n, a in enumerate(articles)]
    return {"subject": fit([chain for chains in put for chain in chains], decay), "predicate": predicate}


def train_predicate(articles: list[GoldArticle], decay: float) -> dict[str, float]:
    """The weights that choose predicates."""
    start = [predicates(a, {}).put for a in articles]
    tables = [_fit_but(start, fold, decay) for fold in range(FOLDS)]
    put = [predicates(a, tables[n % FOLDS]).put for n, a in enumerate(articles)]
    return fit([chain for chains in put for chain in chains], decay)


def _fit_but(put: list[list[Chain]], fold: int, decay: float) -> dict[str, float]:
    return fit([chain for n, chains in enumerate(put) if n % FOLDS != fold for chain in chains], decay)


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


def accuracy(articles: list[GoldArticle], table: Weights) -> dict[str, tuple[int, int, int]]:
    """By question: how many of `articles` the weights answer right, how many there are, how many have no answer."""
    out = {}
    for what in ("predicate", "subject"):
        hits = total = lost = 0
        for article in articles:
            told = (
                predicates(article, table["predicate"]) if what == "predicate" else asked(article, table["predicate"])
            )
            lost += told.out_of_reach
            for chain in told.put:
                answers = _answered(chain, table[what])
                total += len(answers)
                hits += sum(answers)
        out[what] = (hits, total, lost)
    return out


def _answered(chain: Chain, table: dict[str, float]) -> list[bool]:
    """Which questions of a chain that have an answer get it."""

    def weigh(row: dict[str, float]) -> float:
        return sum(table.get(n, 0.0) * v for n, v in row.items())

    keys = [q.keys or [str(n) for n in range(len(q.rows))] for q in chain]
    said = shares(keys, [[weigh(r) for r in q.rows] for q in chain], [[weigh(r) for r in q.again] for q in chain])
    out = []
    for q, names, some in zip(chain, keys, said, strict=True):
        if q.known:
            mass: Counter[str] = Counter()
            for key, share in zip(names, some, strict=True):
                mass[key] += share
            best = max(mass, key=lambda key: mass[key])
            out.append(any(r for r, key in zip(q.accepted or q.right, names, strict=True) if key == best))
    return out


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
    parser.add_argument("--folds", type=int, default=4)
    args = parser.parse_args()
    articles, kept = split(args.gold, args.hold_out)
    totals = dict.fromkeys(("predicate", "subject"), (0, 0, 0))
    unseen: list[Outcome] = []
    for n in range(args.folds):
        part = train([a for i, a in enumerate(articles) if i % args.folds != n], args.decay)
        for what, counts in accuracy(articles[n :: args.folds], part).items():
            hits, total, lost = (a + b for a, b in zip(totals[what], counts, strict=True))
            totals[what] = (hits, total, lost)
        unseen += [o for a in articles[n :: args.folds] for o in outcomes(a, part)]
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
