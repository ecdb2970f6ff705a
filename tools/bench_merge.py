"""Measures `merge` on invented claims: seconds of processor time and memory, from a thousand to a million.

    python tools/bench_merge.py [--most 1000000]

A claim is one of many tellings of one of many facts: names, figures, roundings and dates vary, and a few subjects
are in the news all the time, so that caches are not flattered and blocks are as uneven as in a real archive.
"""

from __future__ import annotations

import argparse
import gc
import random
import resource
import sys
import time
from collections.abc import Iterator

from faits.model import Claim, DateValue, FactValue, Party, Predicate, Stated, Statement
from faits.stages.merge import merge

PREDICATES: tuple[Predicate, ...] = ("investment", "cost", "revenue", "profit", "power_capacity", "count", "valuation")
NOUNS = ("avions livrés", "réacteurs", "salariés", "centres de données", "clients", "panneaux", "lits", "actions")
SEED = 20240101


def main() -> int:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=1_000_000)
    most = parser.parse_args().most
    print(f"{'claims':>10} {'facts':>9} {'seconds':>9} {'µs/claim':>9} {'peak MB':>8}")
    size = 1_000
    while size <= most:
        claims = list(invented(size))
        gc.collect()
        began = time.process_time()
        facts = merge(claims, state=_state)
        seconds = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{size:>10} {len(facts):>9} {seconds:>9.2f} {seconds / size * 1e6:>9.1f} {peak:>8}")
        sys.stdout.flush()
        del facts, claims
        size *= 10
    return 0


def invented(size: int) -> Iterator[Claim]:
    """`size` claims, about a third as many facts."""
    random_ = random.Random(SEED)
    for n in range(size):
        fact = random.Random(random_.randrange(max(1, size // 3)))
        yield _claim(fact, random_, n)


def _claim(fact: random.Random, telling: random.Random, n: int) -> Claim:
    # Zipf: subject k is in the news k times less often than the first.
    subject = int(fact.paretovariate(0.7))
    predicate = fact.choice(PREDICATES)
    number = float(f"{fact.uniform(1, 10) * 10 ** fact.randint(6, 10):.4g}")
    year = fact.choice((None, *range(2015, 2026)))
    shown = telling.choice((2, 3, 4))
    stated = float(f"{number:.{shown}g}")
    noun = fact.choice(NOUNS)
    article = f"news/{n // 8}.txt"
    return Claim(
        article=article,
        published=f"20{telling.randint(15, 25)}-{telling.randint(1, 12):02}",
        predicate=predicate,
        subject=_company(subject),
        object=_company(int(fact.paretovariate(0.7)) + 1_000_000) if predicate == "investment" else None,
        value=_value(predicate, stated, shown, noun, telling),
        time=_year(year) if year is not None and telling.random() < 0.7 else None,
        start=n % 8 * 100,
        end=n % 8 * 100 + 20,
        quote=f"{stated:g}",
        sentence=f"La société {subject} a annoncé {stated:g} en {year}.",
    )


def _company(number: int) -> Party:
    return Party(id=f"org-{number}", name=f"Société {number}", type="ORG")


def _value(predicate: Predicate, number: float, shown: int, noun: str, telling: random.Random) -> FactValue:
    unit, kind = {"power_capacity": ("W", "power"), "count": ("1", "count")}.get(predicate, ("EUR", "money"))
    magnitude = 10.0 ** (len(str(int(number))) - shown)
    return FactValue.model_validate(
        {
            "kind": kind, "number": number, "unit": unit, "bound": telling.choice(("exact", "exact", "approx", "gt")),
            "of": noun if kind == "count" else None, "stated": Stated(number=number, unit=unit, resolution=magnitude),
        }
    )  # fmt: skip


def _year(year: int) -> DateValue:
    return DateValue(edtf=str(year), earliest=f"{year}-01-01", latest=f"{year}-12-31")


def _state(**_: object) -> Statement:
    return Statement(fr="", en="")


if __name__ == "__main__":
    sys.exit(main())
