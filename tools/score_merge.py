"""Measures merging by itself: the facts of the hand-made gold as claims, merged and compared with what should meet.

    python tools/score_merge.py GOLD_DIR [--stories acier,step] [--errors 20]

GOLD_DIR holds `NAME.json`; `same_facts.json` stands there or beside it, and so does `same_entities.json`, without which
entities are identified as in a run. `make score` measures the whole path, where a wrong subject keeps two tellings
apart; here every claim is right, so that what is missed is missed by the merger.
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

from faits.extractors.entities import entity_id
from faits.flow import Settings
from faits.model import Claim, DateValue, EntityValue, Fact, FactValue, Party, Statement
from faits.runner.mentions import mentions
from faits.stages.identify import identify
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
    parser.add_argument("--stories", help="only these stories of same_facts.json, parted by commas")
    parser.add_argument("--errors", type=int, default=0, help="how many errors of each sort to show")
    args = parser.parse_args()
    same = beside(args.gold, "same_facts.json") or {"same": {}, "related": []}
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(args.gold.glob("*.json"))]
    if args.stories:
        same, rows = only(set(args.stories.split(",")), same, rows)
    names = Names(beside(args.gold, "same_entities.json"), rows)
    gold = {f"{row['id']}#{i}": (row, i, fact) for row in rows if "facts" in row for i, fact in enumerate(row["facts"])}
    void = {ref for ref, (_, _, fact) in gold.items() if fact.get("void")}
    readings = read_figures({ref: (row, fact) for ref, (row, _, fact) in gold.items()})
    claims = {ref: claim(row, i, fact, names, readings[ref]) for ref, (row, i, fact) in gold.items() if ref not in void}
    facts = merge(claims.values(), state=lambda **_: Statement(fr="", en=""))
    rows_of = {f"{proof.article}#{proof.start}": fact for fact in facts for proof in fact.evidence}
    print("merge", {k: round(v, 3) for k, v in score_merge(same, {r: f.id for r, f in rows_of.items()}, void).items()})
    wrong: list[tuple[str, ...]] = [*apart(same["same"], rows_of), *together(same, rows_of)]
    for kind in ("conflict", "update"):
        groups = [group["members"] for group in same["related"] if group["type"] == kind]
        missed = [members for members in groups if not marked(members, rows_of, kind)]
        print(f"{kind}s marked: {len(groups) - len(missed)} of {len(groups)}")
        wrong += [(f"{kind} not marked", *members) for members in missed]
    wrong += unasked(same, rows_of)
    links = sum(len(fact.conflicts) for fact in facts) // 2, sum(len(fact.updates) for fact in facts)
    print(f"{len(claims)} claims, {len(facts)} facts; all conflicts {links[0]}, all updates {links[1]}")
    show(wrong, claims, args.errors)
    return 0


def beside(gold: Path, name: str) -> dict[str, Any] | None:
    """What a file of the gold's folder, or of the folder around it, says; None without one."""
    found = next((path for path in (gold / name, gold.parent / name) if path.exists()), None)
    return json.loads(found.read_text(encoding="utf-8")) if found else None


def only(
    stories: set[str], same: dict[str, Any], rows: list[dict[str, Any]]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What is annotated of some stories, and their articles."""
    clusters = {story: found for story, found in same["same"].items() if story in stories}
    articles = {_article(ref) for found in clusters.values() for cluster in found for ref in cluster}
    links = [group for group in same["related"] if group["group"] in stories]
    return {"same": clusters, "related": links}, [row for row in rows if row["id"] in articles]


class Names:
    """What each entity is called across articles: as annotated, or as a run would identify them."""

    def __init__(self, same_entities: dict[str, Any] | None, rows: list[dict[str, Any]]) -> None:
        groups = same_entities["same_as"] if same_entities is not None else []
        self.first = {fold(name): group[0] for group in groups for name in group}
        told = ((row["id"], _entity(one)) for row in rows for one in row.get("entities", ()))
        self.known = identify(told) if same_entities is None else {}

    def party(self, name: str, article: str, entities: dict[str, dict[str, Any]]) -> Party:
        """The party a gold name stands for: an entity of the article, or its words."""
        entity = entities.get(name)
        if entity is None:
            return Party(id=None, name=name, type=None)
        across = self.known.get((article, _entity(entity).id))
        if across is not None:
            return Party(id=across.id, name=across.name, type=across.type)
        known = self.first.get(fold(name), name)
        slug = "-".join(fold(known))
        return Party(id=f"gold-{slug}", name=known, type=entity["type"])


def _entity(one: dict[str, Any]) -> EntityValue:
    aliases = tuple(sorted(set(one.get("aliases", ()))))
    return EntityValue(id=entity_id(one["type"], one["name"]), name=one["name"], type=one["type"], aliases=aliases)


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
        subject=names.party(fact["subject"], row["id"], entities),
        object=names.party(other, row["id"], entities) if other else None,
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


def marked(members: list[str], rows_of: dict[str, Fact], kind: str) -> bool:
    """Whether two of the rows of some gold facts name each other in that field."""
    facts = [rows_of[ref] for ref in members if ref in rows_of]
    return any(b.id in _linked(a, kind) or a.id in _linked(b, kind) for a, b in combinations(facts, 2))


def unasked(same: dict[str, Any], rows_of: dict[str, Fact]) -> Iterator[tuple[str, ...]]:
    """Pairs of rows that name each other, of which no two gold facts are annotated so; a fact of each."""
    told = [(group["type"], set(group["members"])) for group in same["related"]]
    refs: dict[str, list[str]] = defaultdict(list)
    for ref, fact in rows_of.items():
        refs[fact.id].append(ref)
    facts = {fact.id: fact for fact in rows_of.values()}
    for kind in ("conflict", "update"):
        for a, b in sorted((one.id, other) for one in facts.values() for other in _linked(one, kind)):
            asked = any(kind == k and set(refs[a]) & known and set(refs[b]) & known for k, known in told)
            if not asked and (kind == "update" or a < b):
                yield f"{kind} not annotated", refs[b][0], refs[a][0]


def _linked(fact: Fact, kind: str) -> tuple[str, ...]:
    return fact.conflicts if kind == "conflict" else fact.updates


def show(wrong: list[tuple[str, ...]], claims: dict[str, Claim], most: int) -> None:
    """Print up to `most` errors of each sort."""
    counted: dict[str, int] = defaultdict(int)
    for what, *refs in wrong:
        counted[what] += 1
        if counted[what] <= most:
            print(f"{what}:", *(f"\n    {ref} {line(claims[ref])}" for ref in refs if ref in claims))
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
