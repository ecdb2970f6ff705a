"""Fits the weights by which the linker tells how a figure stands; writes pipeline/faits/models/moods.json.

    python training/moods.py OUT.json GOLD_DIR:TEXT_DIR... [--hold-out 3] [--folds 5] [--decay 6]

Every figure that gold has a fact of asks one question: is what it measures said to be, to come (or to be possible), or
not to be? The answer is a softmax over the three, linear in the features of `stages/linking/moods.py`, one of which is
what the cues of its clause say by themselves; the figures of an article are one chain (`training/chains.py`). Its
subject and predicate are the linker's own. A figure of which gold tells two things that stand differently asks nothing.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from chains import Chain, Question
from faits.stages.link import asked_of
from faits.stages.linking.chaining import shares
from faits.stages.linking.modality import modality_of
from faits.stages.linking.moods import MOOD_OF, MOODS, Mood, Outlooks, features, rows, tied
from faits.stages.linking.whom import told_of_whom
from goldset import GoldArticle
from ranker import KNOWN, fit, split


def questions(article: GoldArticle) -> tuple[list[Chain], list[list[Mood]]]:
    """What one article asks, a chain a text, and what the cues alone would answer."""
    chains, ruled = [], []
    for talk in article.talks:
        published = article.article.metadata.published
        chosen, ranked = told_of_whom(talk)
        read, before = Outlooks(talk, published), None
        chain: Chain = []
        by_rule: list[Mood] = []
        for (m, anchor, _), some in zip(chosen, ranked, strict=True):
            one = asked_of(m, anchor, some)
            how, _ = modality_of(talk.scene, m.start, m.end, anchor.sentence)
            told = {MOOD_OF[f.get("modality") or "asserted"] for f in article.told(m)}
            known = len(told) == 1
            right = [mood in told for mood in MOODS] if known else [True] * len(MOODS)
            chain.append(Question(rows(features(talk, one, how, read)), right, list(MOODS), tied(before, one), known))
            by_rule.append(MOOD_OF[how])
            before = one
        if any(q.known for q in chain):
            chains.append(chain)
            ruled.append(by_rule)
    return chains, ruled


def answered(chain: Chain, table: dict[str, float]) -> list[Mood]:
    """The moods the weights give to the questions of a chain."""

    def weigh(row: dict[str, float]) -> float:
        return sum(table.get(n, 0.0) * v for n, v in row.items())

    said = shares(
        [list(MOODS)] * len(chain),
        [[weigh(r) for r in q.rows] for q in chain],
        [[weigh(r) for r in q.again] for q in chain],
    )
    return [MOODS[max(range(len(MOODS)), key=some.__getitem__)] for some in said]


def tally(chain: Chain, given: list[Mood]) -> Counter[str]:
    """How many questions of known answer there are, and how many are answered right."""
    marks = [q.right[MOODS.index(mood)] for q, mood in zip(chain, given, strict=True) if q.known]
    return Counter(asked=len(marks), right=sum(marks))


def _said(by_rule: Counter[str], weighed: Counter[str]) -> str:
    share = [c["right"] / max(1, c["asked"]) for c in (by_rule, weighed)]
    return f"{weighed['asked']} figures, right by the cues alone {share[0]:.3f}, weighed {share[1]:.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", nargs="+")
    parser.add_argument("--hold-out", type=int, default=0)
    parser.add_argument("--decay", type=float, default=6.0)
    parser.add_argument("--folds", type=int, default=5)
    args = parser.parse_args()
    KNOWN.clear()  # what is known of subjects says nothing of moods
    articles, kept = split(args.gold, args.hold_out)
    put = [questions(article) for article in articles]
    by_rule, weighed = Counter[str](), Counter[str]()
    for n in range(args.folds):
        table = fit([c for i, (chains, _) in enumerate(put) if i % args.folds != n for c in chains], args.decay)
        for chains, ruled in put[n :: args.folds]:
            for chain, cues in zip(chains, ruled, strict=True):
                by_rule += tally(chain, cues)
                weighed += tally(chain, answered(chain, table))
    print(f"{len(articles)} articles; cross-validation {_said(by_rule, weighed)}")
    table = fit([c for chains, _ in put for c in chains], args.decay)
    by_rule, weighed = Counter[str](), Counter[str]()
    for chains, ruled in map(questions, kept):
        for chain, cues in zip(chains, ruled, strict=True):
            by_rule += tally(chain, cues)
            weighed += tally(chain, answered(chain, table))
    print(f"held out: {len(kept)} articles, {_said(by_rule, weighed)}; {len(table)} weights")
    about = "how a figure stands, a softmax over three moods linear in named features; training/moods.py"
    args.out.write_text(
        json.dumps({"about": about, "mood": table}, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    )


if __name__ == "__main__":
    main()
