"""Facts of the claims of all articles: shuffled by whom they are about, merged by the code the local engine runs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from faits.model import Claim, Fact, Party
from faits.runner.distributed.components import components
from faits.runner.distributed.grouping import Rows, grouped, mapped
from faits.runner.distributed.survey import Told, told
from faits.stages.merge import facts_of, former_names
from faits.stages.merging.atoms import name_of, renamed
from faits.stages.merging.blocking import BOTH_WAYS
from faits.stages.merging.corroborating import TELLING_DIGITS, TOO_COMMON, corroborated
from faits.stages.merging.measuring import digits
from faits.stages.state import state
from faits.stages.write import line_of, rewritten

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_CLAIMS = (
    "article string, number long, subject string, other string, figure string, claim string, original string, "
    "former string"
)
_SETTLED = "article string, number long, subject string, other string, claim string"
_FACTS = "id string, name string, predicate string, replaces array<string>, line string"


def facts(readings: DataFrame, surveyed: DataFrame, held: Callable[[DataFrame, str], DataFrame]) -> DataFrame:
    """The lines of facts.jsonl with what they are sorted by: (id, name, predicate, replaces, line)."""
    from pyspark.sql import functions as f

    own = readings.where("article is not null").select("article", "claims")
    claims = held(own.join(surveyed, "article").mapInArrow(mapped(_claims, _CLAIMS), _CLAIMS), "claims")
    told = _corroborated(claims, held)
    # Whom claims may be about when their parties trade places: nothing else brings two of them together.
    edges = told.where("other is not null").select(f.col("subject").alias("a"), f.col("other").alias("b"))
    parts = components(edges, held)
    told = told.join(parts, f.col("subject") == f.col("node"), "left")
    told = told.withColumn("part", f.coalesce("component", "subject")).drop("node", "component")
    together = told.repartition("part").sortWithinPartitions("part", "article", "number")
    found = held(together.mapInArrow(mapped(grouped(_facts, "part"), _FACTS), _FACTS), "facts")
    return _without_ids_in_use(found)


def _claims(rows: Rows) -> Iterator[Mapping[str, Any]]:
    """The claims of an article, its parties under their names across articles."""
    for row in rows:
        one = told(row)
        for number, claim in enumerate(one.reading.claims):
            yield _row(renamed(claim, one.names), number, one)


def _row(claim: Claim, number: int, one: Told) -> Mapping[str, Any]:
    parties = {party.id for party in (claim.subject, claim.object, *(r.party for r in claim.rivals)) if party}
    former = {now: ids for (_, now), ids in former_names(one.names).items() if now in parties}
    return {
        **_place(claim, number),
        "figure": _figure(claim),
        "original": one.original[0] if one.original else None,
        "former": json.dumps(former) if former else None,
    }


def _place(claim: Claim, number: int) -> dict[str, Any]:
    """Where a claim stands, and whom it is about."""
    other = claim.object if claim.predicate in BOTH_WAYS and claim.object is not None and claim.object.id else None
    return {
        "article": claim.article,
        "number": number,
        "subject": _party(claim.subject),
        "other": _party(other) if other is not None else None,
        "claim": claim.model_dump_json(by_alias=True),
    }


def _party(party: Party) -> str:
    """What a claim is found under, as `blocking.keys` has it."""
    name = name_of(party)
    return f"id {name.id}" if name.id else f"words {' '.join(name.folded)}"


def _figure(claim: Claim) -> str | None:
    """What claims share that can settle whom another is about: at least what `corroborated` asks to be the same."""
    value = claim.value
    if value is None or value.number is None or not claim.rivals:
        return None
    if value.unit == "1" and digits(value) < TELLING_DIGITS:
        return None
    return f"{value.kind} {value.unit} {value.per} {value.number:.6g}"


def _corroborated(claims: DataFrame, held: Callable[[DataFrame, str], DataFrame]) -> DataFrame:
    """The claims, each in doubt about its subject with the one other articles give to the same figure."""
    from pyspark.sql import functions as f

    asked = claims.where("figure is not null").select("figure", "article", "number", "claim", "original")
    together = asked.repartition("figure").sortWithinPartitions("figure", "article", "number")
    settled = held(together.mapInArrow(mapped(grouped(_settled, "figure"), _SETTLED), _SETTLED), "settled")
    new = settled.select(
        "article", "number", *(f.col(name).alias(f"new_{name}") for name in ("subject", "other", "claim"))
    )
    both = claims.join(new, ["article", "number"], "left")
    changed = f.col("new_claim").isNotNull()
    return both.select(
        "article", "number", "original", "former",
        f.coalesce("new_subject", "subject").alias("subject"),
        f.when(changed, f.col("new_other")).otherwise(f.col("other")).alias("other"),
        f.coalesce("new_claim", "claim").alias("claim"),
    )  # fmt: skip


def _settled(_figure: str, rows: Rows) -> Iterator[Mapping[str, Any]]:
    """The claims of one figure that other articles give another subject or predicate."""
    group = list(islice(rows, TOO_COMMON + 1))
    if not 2 <= len(group) <= TOO_COMMON:
        return
    claims = [Claim.model_validate_json(row["claim"]) for row in group]
    copies = {row["article"]: row["original"] for row in group if row["original"]}
    for row, before, after in zip(group, claims, corroborated(claims, copies), strict=True):
        if (after.subject, after.predicate) != (before.subject, before.predicate):
            yield _place(after, row["number"])


def _facts(_part: str, rows: Rows) -> Iterator[Mapping[str, Any]]:
    """The facts of claims that have to do with each other."""
    claims: list[Claim] = []
    copies: dict[str, str] = {}
    former: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        claim = Claim.model_validate_json(row["claim"])
        claims.append(claim.model_copy(update={"rivals": ()}) if claim.rivals else claim)
        if row["original"]:
            copies[row["article"]] = row["original"]
        if row["former"]:
            former |= {(row["article"], now): ids for now, ids in json.loads(row["former"]).items()}
    for fact in facts_of(claims, copies=copies, former=former, state=state):
        yield _fact_row(fact)


def _fact_row(fact: Fact) -> Mapping[str, Any]:
    return {
        "id": fact.id,
        "name": fact.subject.name,
        "predicate": fact.predicate,
        "replaces": list(fact.replaces),
        "line": line_of(fact),
    }


def _without_ids_in_use(found: DataFrame) -> DataFrame:
    """The facts, none of which replaces an id that a fact of another part bears."""
    from pyspark.sql import functions as f

    former = found.select(f.explode("replaces").alias("id")).distinct()
    taken = frozenset(row.id for row in former.join(found.select("id"), "id", "left_semi").toLocalIterator())
    if not taken:
        return found

    def freed(rows: Rows) -> Iterator[Mapping[str, Any]]:
        for row in rows:
            kept = [one for one in row["replaces"] if one not in taken]
            whole = row if len(kept) == len(row["replaces"]) else {**row, "replaces": kept}
            yield whole if whole is row else {**whole, "line": rewritten(row["line"], replaces=kept)}

    return found.mapInArrow(mapped(freed, _FACTS), _FACTS)
