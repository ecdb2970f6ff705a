"""Measures merging on invented claims: seconds of processor time and memory, from a thousand to a million.

    python tools/bench_merge.py [--claims 1000000]

A claim is one of many tellings of one of many facts: names, figures, roundings and dates vary, and a few subjects
are in the news all the time, so that caches are not flattered and blocks are as uneven as in a real archive. They are
kept eight to an article, as a run keeps them; what is measured is all that a run makes of them: who is whom, which
claims have to do with each other, the facts, and their lines in order. Each size is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from pathlib import Path

from faits.flow import ReadArticle
from faits.model import Article, Claim, DateValue, FactValue, Metadata, Party, Predicate, Stated
from faits.runner.cache import Cache
from faits.runner.keeping import KeptArticle, packed
from faits.runner.merging import write_facts
from faits.runner.record import OWN, Made
from faits.runner.survey import survey
from faits.runner.switching import Switch
from faits.stages.spill import Spill

PREDICATES: tuple[Predicate, ...] = ("investment", "cost", "revenue", "profit", "power_capacity", "count", "valuation")
NOUNS = ("avions livrés", "réacteurs", "salariés", "centres de données", "clients", "panneaux", "lits", "actions")
SEED = 20240101
PER_ARTICLE = 8


def main() -> int:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", "--most", type=int, default=1_000_000, help="measure from 1,000 up to so many")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        print(json.dumps(measured(given.one)))
        return 0
    print(f"{'claims':>10} {'facts':>9} {'seconds':>9} {'µs/claim':>9} {'peak MB':>8}")
    size = 1_000
    while size <= given.claims:
        done = subprocess.run([sys.executable, __file__, "--one", str(size)], check=True, stdout=subprocess.PIPE)
        facts, seconds, peak = json.loads(done.stdout)
        print(f"{size:>10} {facts:>9} {seconds:>9.2f} {seconds / size * 1e6:>9.1f} {peak:>8}")
        sys.stdout.flush()
        size *= 10
    return 0


def measured(size: int) -> tuple[int, float, int]:
    """Facts, seconds of processor time, and the most memory held, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = Path(folder)
        (outputs / OWN).mkdir()
        cache = Cache(outputs / OWN / "cache.sqlite")
        keep(size, cache)
        began = time.process_time()
        facts = merged(cache, outputs)
        seconds = time.process_time() - began
        cache.close()
    return facts, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def keep(size: int, cache: Cache) -> None:
    """Keep invented claims as those of articles that were read."""
    for article, claims in groupby(invented(size), key=lambda claim: claim.article):
        empty = Article(id=article, sha256="", source="", lang="fr", metadata=Metadata(), words=0)
        cache.put(article, packed(ReadArticle(empty, (), tuple(claims), ()), ()))
    cache.commit()


def merged(cache: Cache, outputs: Path) -> int:
    """Write the facts of all that is kept; how many they are."""
    made_of = Made(articles="", problems="", corrections="", reading="", tabulating="")
    switch = Switch(outputs, outputs / OWN / "switch.json")
    with Spill(outputs / OWN) as spill:
        found = survey(((key, KeptArticle(partial(cache.fetch, key))) for key in cache.keys()), spill)  # noqa: SIM118 – no mapping
        lines = write_facts(found, made_of, outputs, switch, name="facts.jsonl")
        count = sum(some.count(b"\n") for some in lines)
    switch.abandon()
    return count


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
    article = f"news/{n // PER_ARTICLE:07}.txt"
    return Claim(
        article=article,
        published=f"20{telling.randint(15, 25)}-{telling.randint(1, 12):02}",
        predicate=predicate,
        subject=_company(subject),
        object=_company(int(fact.paretovariate(0.7)) + 1_000_000) if predicate == "investment" else None,
        value=_value(predicate, stated, shown, noun, telling),
        time=_year(year) if year is not None and telling.random() < 0.7 else None,
        start=n % PER_ARTICLE * 100,
        end=n % PER_ARTICLE * 100 + 20,
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


if __name__ == "__main__":
    sys.exit(main())
