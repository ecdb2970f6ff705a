"""Measures merging by itself: the facts of the hand-made gold as claims, merged and compared with what should meet.

    python tools/score_merge.py GOLD_DIR [--errors 20]

GOLD_DIR holds `NAME.json`, `same_facts.json` and `same_entities.json`. `make score` measures the whole path, where a
wrong subject keeps two tellings apart; here every claim is right, so that what is missed is missed by the merger.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from faits.flow import Settings
from faits.model import Claim, DateValue, Fact, FactValue, Party, Statement
from faits.runner.mentions import mentions
from faits.stages.merge import merge
from faits.text.edtf import parse
from faits.text.folding import fold
from score import gold_value, near, score_merge

KINDS = {"W": "power", "J": "energy", "m": "length", "m2": "area", "m3": "volume", "s": "duration", "kg": "mass"}
OPEN = {"../": "by", "/..": "from"}


def main() -> int:
    """Print recall and precision of merging, and how many of the annotated contradictions are marked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="how many errors of each sort to show")
    args = parser.parse_args()
    same = json.loads((args.gold / "same_facts.json").read_text(encoding="utf-8"))
    names = Names(json.loads((args.gold / "same_entities.json").read_text(encoding="utf-8"))["same_as"])
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(args.gold.glob("*.json"))]
    gold = {f"{row['id']}#{i}": (row, i, fact) for row in rows if "facts" in row for i, fact in enumerate(row["facts"])}
    void = {ref for ref, (_, _, fact) in gold.items() if fact.get("void")}
    readings = read_figures({ref: (row, fact) for ref, (row, _, fact) in gold.items()})
    claims = {ref: claim(row, i, fact, names, readings[ref]) for ref, (row, i, fact) in gold.items() if ref not in void}
    facts = merge(claims.values(), state=lambda **_: Statement(fr="", en=""))
    rows_of = {f"{proof.article}#{proof.start}": fact for fact in facts for proof in fact.evidence}
    print("merge", {k: round(v, 3) for k, v in score_merge(same, {r: f.id for r, f in rows_of.items()}, void).items()})
    wrong = [*apart(same["same"], rows_of), *together(same, rows_of)]
    for pairs, kind in ((marked(same["related"], rows_of, kind), kind) for kind in ("conflict", "update")):
        hits = sum(hit for hit, *_ in pairs)
        print(f"{kind}s marked: {hits} of {len(pairs)}")
        wrong += [(f"{kind} not marked", a, b) for hit, a, b in pairs if not hit]
    links = sum(len(fact.conflicts) for fact in facts) // 2, sum(len(fact.updates) for fact in facts)
    print(f"{len(claims)} claims, {len(facts)} facts; all conflicts {links[0]}, all updates {links[1]}")
    show(wrong, claims, args.errors)
    return 0


class Names:
    """What each entity is called across articles."""

    def __init__(self, same_as: list[list[str]]) -> None:
        self.first = {fold(name): group[0] for group in same_as for name in group}

    def party(self, name: str, entities: dict[str, dict[str, Any]]) -> Party:
        """The party a gold name stands for: an entity of the article, or its words."""
        entity = entities.get(name)
        if entity is None:
            return Party(id=None, name=name, type=None)
        known = self.first.get(fold(name), name)
        slug = "-".join(fold(known))
        return Party(id=f"gold-{slug}", name=known, type=entity["type"])


def read_figures(gold: dict[str, tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """How finely each figure is stated, as our own finders read the words it stands in."""
    lines = [
        json.dumps({"id": ref, "text": fact["surface"], "lang": row["lang"]})
        for ref, (row, fact) in gold.items()
        if fact.get("surface")
    ]
    found = {answer["id"]: [m["value"] for m in answer["mentions"]] for answer in mentions(lines, Settings())}
    return {ref: found.get(ref, []) for ref in gold}


def claim(row: dict[str, Any], i: int, fact: dict[str, Any], names: Names, readings: list[dict[str, Any]]) -> Claim:
    """One gold fact as the linker would hand it over."""
    entities = {e["name"]: e for e in row["entities"]}
    other, surface = fact.get("object"), fact.get("surface") or ""
    return Claim(
        article=row["id"],
        published=row.get("published"),
        predicate=fact["predicate"],
        subject=names.party(fact["subject"], entities),
        object=names.party(other, entities) if other else None,
        value=figure(fact, readings),
        time=time(fact.get("time_edtf")),
        modality=fact["modality"],
        attribution=fact.get("attribution"),
        start=i,
        end=i + 1,
        quote=surface,
        sentence=("It is said that the " if row["lang"] == "en" else "Il est dit que le ") + surface,
    )


def figure(fact: dict[str, Any], readings: list[dict[str, Any]]) -> FactValue | None:
    """The figure of a fact, with how finely it was stated where our finders read the same number."""
    value = gold_value({**fact, "kind": None})
    if value["number"] is None and value["low"] is None and value["high"] is None:
        return None
    same = (r for r in readings if r and near(abs(value["number"] or 0), abs(r.get("number") or 0), 1e-3))
    reading = next(same, {}) if value["number"] is not None else {}
    bound = value["bound"] or "exact"
    unit = value["unit"] or "1"
    bare = "count" if fact["unit"] == "count" else "ratio"
    return FactValue(
        kind="money" if len(unit) == 3 and unit.isupper() else KINDS.get(unit, bare),
        number=value["number"], low=value["low"], high=value["high"], unit=unit,
        bound="range" if value["number"] is None and bound == "exact" else bound,
        per=fact.get("per"), of=fact.get("of"), stated=reading.get("stated"),
    )  # fmt: skip


def time(edtf: str | None) -> DateValue | None:
    """A gold period with its first and last day."""
    if not edtf:
        return None
    relation = next((word for mark, word in OPEN.items() if mark in edtf), "in")
    days = parse(re.sub(r"\.\./|/\.\.", "", edtf))
    if days is None:
        return None
    first, last = (None if end is None else end.isoformat() for end in (days.first, days.last))
    return DateValue(edtf=days.edtf, earliest=first, latest=last, relation=relation)


def apart(same: dict[str, list[list[str]]], rows_of: dict[str, Fact]) -> Iterator[tuple[str, str, str]]:
    """Pairs of gold facts of two articles that are one fact and stand in two rows."""
    for a, b in _pairs(same):
        if a in rows_of and b in rows_of and rows_of[a].id != rows_of[b].id:
            yield "kept apart", a, b


def together(same: dict[str, Any], rows_of: dict[str, Fact]) -> Iterator[tuple[str, str, str]]:
    """Pairs of gold facts of two articles that stand in one row and are not annotated as one fact."""
    told = {frozenset(pair) for pair in _pairs(same["same"])}
    by_row = defaultdict(list)
    for ref, fact in rows_of.items():
        by_row[fact.id].append(ref)
    for refs in by_row.values():
        for a, b in combinations(sorted(refs), 2):
            if frozenset((a, b)) not in told:
                yield ("put together" if _article(a) != _article(b) else "put together within an article"), a, b


def marked(related: list[dict[str, Any]], rows_of: dict[str, Fact], kind: str) -> list[tuple[bool, str, str]]:
    """For each annotated pair of one kind, whether the rows name each other in that field."""
    found = []
    for group in related:
        if group["type"] == kind:
            for a, b in combinations(group["members"], 2):
                left, right = rows_of.get(a), rows_of.get(b)
                links = [getattr(x, kind + "s") for x in (left, right) if x]
                found.append((bool(left and right and any(y.id in ids for ids in links for y in (left, right))), a, b))
    return found


def show(wrong: list[tuple[str, str, str]], claims: dict[str, Claim], most: int) -> None:
    """Print up to `most` errors of each sort."""
    counted: dict[str, int] = defaultdict(int)
    for what, a, b in wrong:
        counted[what] += 1
        if counted[what] <= most:
            print(f"{what}:", *(f"\n    {ref} {line(claims[ref])}" for ref in (a, b)))
    if most:
        print(dict(counted))


def line(one: Claim) -> str:
    """A claim on one line."""
    value = one.value
    figure_ = value and [value.number, value.low, value.high, value.unit, value.bound, value.per, value.of]
    time_ = one.time and (one.time.edtf, one.time.relation)
    return " | ".join(
        str(x) for x in (one.subject.name, one.predicate, one.object and one.object.name, figure_, time_, one.modality)
    )


def _pairs(same: dict[str, list[list[str]]]) -> Iterator[tuple[str, str]]:
    for clusters in same.values():
        for cluster in clusters:
            yield from ((a, b) for a, b in combinations(cluster, 2) if _article(a) != _article(b))


def _article(ref: str) -> str:
    return ref.split("#")[0]


if __name__ == "__main__":
    raise SystemExit(main())
