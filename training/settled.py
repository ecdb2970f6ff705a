"""Says what grammar settles of figures, and how often it is right: by predicate, beside what the rankers alone say.

    python training/settled.py GOLD_DIR:TEXT_DIR... [--hold-out 3]

For each figure of gold whose subject or predicate `stages/linking/settling.py` and `turning.py` change: how many the
weights alone had right (subject, and subject with predicate), and how many are right as settled. The weights are those
shipped, which have seen these articles; grammar has none.
"""

import argparse
from collections import Counter

from faits.model import Mention, Party, Predicate
from faits.stages.linking.choosing import choose
from faits.stages.linking.ranking import rank_subjects
from faits.stages.linking.whom import chosen_predicates, told_of_whom
from goldset import GoldArticle
from ranker import split
from score import FAMILIES, names_of, same_entity

Answer = tuple[Predicate, Party | None]


def answers(article: GoldArticle) -> list[tuple[Mention, Answer, Answer]]:
    """Each figure with what the weights alone say of it, and what is said as settled."""
    out = []
    for talk in article.talks:
        settled = chosen_predicates(talk)
        weighed = rank_subjects(talk, [anchor for _, anchor, _ in settled])
        chosen, ranked = told_of_whom(talk)
        last = None
        for (m, anchor, _), before, (_, after, _), now in zip(settled, weighed, chosen, ranked, strict=True):
            choice = choose(talk, m, anchor.sentence, last)
            last = (m, choice)
            was = (choice.predicate, before[0].candidate.party if before else None)
            out.append((m, was, (after.predicate, now[0].candidate.party if now else None)))
    return out


def right(article: GoldArticle, m: Mention, answer: Answer) -> tuple[bool, bool]:
    """Whether the subject is right, and whether the predicate is with it."""
    names, (predicate, party) = names_of(article.gold, []), answer
    said = {"name": party.name, "aliases": list(party.aliases)} if party is not None else None
    facts = [f for f in article.told(m) if same_entity(f["subject"], said, names)]
    fits = any(
        f["predicate"] == predicate or any({f["predicate"], predicate} <= one for one in FAMILIES) for f in facts
    )
    return bool(facts), fits


def main() -> None:
    """Print a row a predicate, the settled one."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("places", nargs="+", metavar="GOLD_DIR:TEXT_DIR")
    parser.add_argument("--hold-out", type=int, default=3)
    args = parser.parse_args()
    read, held = split(args.places, args.hold_out)
    for part, articles in (("read", read), ("held out", held)):
        counts: Counter[tuple[str, str]] = Counter()
        for article in articles:
            for m, was, now in answers(article):
                if was == now or not article.told(m):
                    continue
                for key, value in zip(("s", "sp"), right(article, m, was), strict=True):
                    counts[now[0], f"weighed {key}"] += value
                for key, value in zip(("s", "sp"), right(article, m, now), strict=True):
                    counts[now[0], f"settled {key}"] += value
                counts[now[0], "figures"] += 1
        print(f"{part}: figures changed; subject right, with predicate: weighed, then settled")
        for predicate in sorted({p for p, _ in counts}):
            row = [counts[predicate, k] for k in ("figures", "weighed s", "weighed sp", "settled s", "settled sp")]
            print(f"  {predicate:20}", *(f"{n:5}" for n in row))
        total = [
            sum(n for (_, k), n in counts.items() if k == name)
            for name in ("figures", "weighed s", "weighed sp", "settled s", "settled sp")
        ]
        print(f"  {'all':20}", *(f"{n:5}" for n in total))


if __name__ == "__main__":
    main()
