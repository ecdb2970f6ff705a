"""What people said of the table, applied last: confirm, reject, replace a field, merge or split entities.

A correction hangs on the words it is about (article, exact text, what stands before and after), not on a row or an
offset: it survives another extraction, an edit of the article and a renamed folder. One that no longer finds its
words is reported, never dropped.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, model_validator

from faits.model import Evidence, Fact, Party, Predicate, Problem, Row, Statement
from faits.stages.merging.counting import count
from faits.stages.merging.ids import hashed, key_of
from faits.text.anchors import Place, Quote, locate

FIELDS = ("predicate", "subject", "object", "value", "time", "modality", "attribution")


class Correction(Row):
    """One line of corrections.jsonl."""

    action: Literal["confirm", "reject", "replace", "merge", "split"]
    quote: Quote = Field(description="the words the fact was read from")
    predicate: Predicate | None = Field(None, description="which of the facts read there, where there are several")
    fact: str | None = Field(None, description="the id the fact had; a hint where there are several")
    scope: Literal["fact", "passage"] = Field("fact", description="reject the row, or only this proof of it")
    field: Literal[FIELDS] | None = Field(None, description="replace: the field")  # type: ignore[valid-type]  # a tuple of names
    value: Any = Field(None, description="replace: what it should be, in the row's own form")
    entity: str | None = Field(None, description="merge, split: id of the entity that is wrong")
    into: Party | None = Field(None, description="merge, split: the entity it is")
    note: str | None = None
    by: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Correction:
        if self.action == "replace" and self.field is None:
            raise ValueError("replace needs a field")
        if self.action in ("merge", "split") and (self.entity is None or self.into is None or self.into.id is None):
            raise ValueError(f"{self.action} needs entity and into, both with ids")
        return self


class Outcome(Row):
    """What became of a correction: a row of `faits review list`."""

    correction: Correction
    place: Place | None = Field(description="where its words stand now; null for an orphan")
    facts: tuple[str, ...] = Field(description="ids of the facts it changed, as they were before")
    problem: Problem | None = None


def read(path: Path) -> tuple[list[Correction], list[Problem]]:
    """Read corrections.jsonl; a line that is none is a problem, and the others stand.

    Raises:
        OSError: the file cannot be read.
    """
    found, problems = [], []
    # Not splitlines: a quote may hold U+2028 or U+0085, which end no line of JSON Lines.
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(Correction.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError) as error:
            why = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            problems.append(
                Problem(
                    article=None,
                    code="bad_correction",
                    what=f"line {number} of {path.name} is no correction",
                    why=why,
                    advice="correct the line; the other lines are applied",
                    text=line[:200],
                )
            )
    return found, problems


def apply(
    facts: Iterable[Fact],
    corrections: Sequence[Correction],
    sources: Mapping[str, str],
    *,
    copies: Mapping[str, str] | None = None,
    state: Callable[..., Statement] | None = None,
) -> tuple[list[Fact], list[Outcome]]:
    """Apply corrections in order: the rows as people want them, and what became of each correction.

    One that found no place, or more than one, changes nothing; its outcome holds the problem. `sources` holds the
    source text of every article. `state` writes the sentence of a changed row; without it the row keeps its sentence.
    """
    table = _Table(facts, copies or {}, state)
    outcomes = [_applied(table, correction, sources) for correction in corrections]
    return table.rows(), outcomes


def _applied(table: _Table, correction: Correction, sources: Mapping[str, str]) -> Outcome:
    place = locate(correction.quote, sources)
    if place is None:
        return _orphan(correction, None, "its words are no longer in the article", "look for them, or delete the line")
    facts = table.at(place, correction)
    if not facts:
        why = "no such fact is read from those words any more"
        return _orphan(correction, place, why, "delete the line if the fact is rightly gone")
    if len(facts) > 1 and correction.action != "merge":
        why = f"{len(facts)} facts are read from those words ({', '.join(sorted(f.id for f in facts))})"
        return _orphan(correction, place, why, "give `predicate` or `fact`", code="ambiguous_correction")
    try:
        changed = _ACTIONS[correction.action](table, facts[0], place, correction)
    except ValidationError as error:
        why = f"{correction.field} cannot be that: {error.errors()[0]['msg']}"
        return _orphan(correction, place, why, "correct the value", code="bad_correction")
    return Outcome(correction=correction, place=place, facts=tuple(sorted(changed)))


def _orphan(
    correction: Correction, place: Place | None, why: str, advice: str, *, code: str = "orphan_correction"
) -> Outcome:
    problem = Problem(
        article=place.article if place is not None else correction.quote.article,
        code=code,
        what=f'the correction "{correction.action}" on "{correction.quote.exact[:80]}" was not applied',
        why=why,
        advice=advice,
        start=place.start if place is not None else None,
        end=place.end if place is not None else None,
        text=correction.quote.exact if place is not None else None,
    )
    return Outcome(correction=correction, place=place, facts=(), problem=problem)


# --- the actions: each gives back the ids of the rows it changed ------------------------------------------------------


def _confirm(table: _Table, fact: Fact, place: Place, correction: Correction) -> list[str]:
    table.put(fact, fact.model_copy(update={"review": "confirmed"}))
    return [fact.id]


def _reject(table: _Table, fact: Fact, place: Place, correction: Correction) -> list[str]:
    kept = [proof for proof in fact.evidence if correction.scope == "passage" and not place.touches(proof)]
    table.put(fact, table.proved(fact, kept))
    return [fact.id]


def _replace(table: _Table, fact: Fact, place: Place, correction: Correction) -> list[str]:
    row = fact.model_dump(mode="json", by_alias=True)
    row[str(correction.field)] = correction.value
    # A field a person has settled is no longer disputed.
    row["disagreements"] = [one for one in row["disagreements"] if one["field"] != correction.field]
    table.put(fact, table.restated(Fact.model_validate({**row, "review": "corrected"}), fact))
    return [fact.id]


def _merge(table: _Table, fact: Fact, place: Place, correction: Correction) -> list[str]:
    found = [one for one in table.rows() if correction.entity in (one.subject.id, one.object and one.object.id)]
    for one in found:
        table.put(one, table.restated(_renamed(one, correction), one))
    return [one.id for one in found]


def _split(table: _Table, fact: Fact, place: Place, correction: Correction) -> list[str]:
    here = [proof for proof in fact.evidence if place.touches(proof)]
    there = [proof for proof in fact.evidence if not place.touches(proof)]
    moved = table.proved(_renamed(fact, correction), here)
    table.put(fact, table.proved(fact, there))
    if moved is not None:
        restated = table.restated(moved, fact)
        table.add(restated.model_copy(update={"replaces": fact.replaces} if there else {}))
    return [fact.id]


_Action = Callable[["_Table", Fact, Place, Correction], list[str]]
_ACTIONS: dict[str, _Action] = {
    "confirm": _confirm,
    "reject": _reject,
    "replace": _replace,
    "merge": _merge,
    "split": _split,
}


def _renamed(fact: Fact, correction: Correction) -> Fact:
    def party(old: Party | None) -> Party | None:
        if old is None or correction.into is None or old.id != correction.entity:
            return old
        aliases = {*old.aliases, *correction.into.aliases} - {correction.into.name}
        return correction.into.model_copy(update={"aliases": tuple(sorted(aliases))})

    return fact.model_copy(update={"subject": party(fact.subject), "object": party(fact.object), "review": "corrected"})


# --- the table while it is corrected ----------------------------------------------------------------------------------


class _Table:
    """The rows by id, kept consistent: ids follow their content, and no row points to one that is gone."""

    def __init__(
        self, facts: Iterable[Fact], copies: Mapping[str, str], state: Callable[..., Statement] | None
    ) -> None:
        self._facts = {fact.id: fact for fact in facts}
        self._copies, self._state = copies, state
        self._now: dict[str, str | None] = {}
        self._by_article: dict[str, set[str]] = defaultdict(set)
        for fact in self._facts.values():
            self._index(fact)

    def rows(self) -> list[Fact]:
        """The rows in the order of the table."""
        linked = (self._linked(fact) for fact in self._facts.values())
        return sorted(linked, key=lambda fact: (fact.subject.name, fact.predicate, fact.id))

    def at(self, place: Place, correction: Correction) -> list[Fact]:
        """The facts read from a place that a correction can be about."""
        near = (self._facts[id_] for id_ in sorted(self._by_article[place.article]) if id_ in self._facts)
        found = [fact for fact in near if any(place.touches(proof) for proof in fact.evidence)]
        if correction.action in ("merge", "split"):
            parties = ({fact.subject.id, fact.object.id if fact.object else None} for fact in found)
            found = [fact for fact, ids in zip(found, parties, strict=True) if correction.entity in ids]
        # What the correction says of the fact may be out of date; it decides between several.
        for narrower in (
            [fact for fact in found if correction.predicate in (None, fact.predicate)],
            [fact for fact in found if _was(fact, correction.fact)],
            [fact for fact in found if any(place.covers(proof) for proof in fact.evidence)],
        ):
            both = [fact for fact in found if fact in narrower]
            found = both if both and len(found) > 1 else found
        return [fact for fact in found if correction.predicate in (None, fact.predicate) or _was(fact, correction.fact)]

    def put(self, old: Fact, new: Fact | None) -> None:
        """Put a row in the place of another; None takes it out."""
        self._facts.pop(old.id, None)
        self._now[old.id] = new.id if new is not None else None
        if new is not None:
            self.add(new)

    def add(self, fact: Fact) -> None:
        """Add a row; with one of the same id it becomes one, their proofs together."""
        twin = self._facts.get(fact.id)
        if twin is not None:
            fact = self._together(twin, fact)
        self._facts[fact.id] = fact
        self._index(fact)

    def proved(self, fact: Fact, proofs: Sequence[Evidence]) -> Fact | None:
        """The row with these proofs, counted anew; None without any."""
        if not proofs:
            return None
        articles, mentions = count(proofs, self._copies)
        gone = len(proofs) != len(fact.evidence)  # what a reading counts its proofs by has moved
        return fact.model_copy(
            update={
                "evidence": tuple(proofs),
                "articles": articles,
                "mentions": mentions,
                "disagreements": () if gone else fact.disagreements,
            }
        )

    def restated(self, fact: Fact, old: Fact) -> Fact:
        """A changed row with the id its content gives it, and a sentence that says it."""
        same = key_of(old.predicate, old.subject, old.object, old.value, old.time)
        key = key_of(fact.predicate, fact.subject, fact.object, fact.value, fact.time)
        update: dict[str, object] = {}
        if key != same:
            update = {"id": hashed(key), "replaces": tuple(sorted({*fact.replaces, old.id} - {hashed(key)}))}
        if self._state is not None:
            update["statement"] = self._state(**{field: getattr(fact, field) for field in FIELDS})
        return fact.model_copy(update=update)

    def _together(self, twin: Fact, fact: Fact) -> Fact:
        first, second = sorted((twin, fact), key=lambda one: (-one.articles, one.model_dump_json()))
        places = {(p.article, p.start, p.end): p for p in (*second.evidence, *first.evidence)}
        merged = self.proved(first, [places[place] for place in sorted(places)])
        assert merged is not None
        replaces = tuple(sorted({*first.replaces, *second.replaces} - {first.id}))
        return merged.model_copy(update={"replaces": replaces, "review": first.review or second.review})

    def _linked(self, fact: Fact) -> Fact:
        conflicts, updates = self._pointing(fact.conflicts, fact), self._pointing(fact.updates, fact)
        if (conflicts, updates) == (fact.conflicts, fact.updates):
            return fact
        return fact.model_copy(update={"conflicts": conflicts, "updates": updates})

    def _pointing(self, ids: Iterable[str], fact: Fact) -> tuple[str, ...]:
        found = {self._current(id_) for id_ in ids} - {None, fact.id}
        return tuple(sorted(id_ for id_ in found if id_ is not None))

    def _current(self, id_: str) -> str | None:
        seen: set[str] = set()
        now: str | None = id_
        while now is not None and now in self._now and now not in self._facts and now not in seen:
            seen.add(now)
            now = self._now[now]
        return now if now in self._facts else None

    def _index(self, fact: Fact) -> None:
        for proof in fact.evidence:
            self._by_article[proof.article].add(fact.id)


def _was(fact: Fact, id_: str | None) -> bool:
    return id_ is not None and id_ in (fact.id, *fact.replaces)
