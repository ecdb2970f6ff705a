"""Claims without what merging does not ask of them, and with one object for what many of them say.

A million claims are held by their parts; a party, a date, a sentence that stands in a thousand is held once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from faits.model import Claim, DateValue, Party

T = TypeVar("T")

# How the link was found: `faits explain` tells it, from the article.
_NOT_ASKED: dict[str, object] = {"rules": (), "refused": (), "rivals": (), "score": None}

# Which fields were set is kept by pydantic in a set for each object, larger than the object; nothing asks for it.
_ANY = "__pydantic_fields_set__"


def lean(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, made smaller one by one as they come."""
    held = _Held()
    for claim in claims:
        yield held.of(claim)


class _Held:
    """What is held already, and need not be held twice."""

    def __init__(self) -> None:
        self._same: dict[object, object] = {}
        self._set: dict[type[BaseModel], set[str]] = {}

    def of(self, claim: Claim) -> Claim:
        """A claim made smaller."""
        value = claim.value
        if value is not None:
            self._without_set(value)
            if value.stated is not None:
                self._without_set(value.stated)
        return self._without_set(
            claim.model_copy(
                update={
                    **_NOT_ASKED,
                    "article": self._one(claim.article),
                    "published": self._one(claim.published),
                    "subject": self._party(claim.subject),
                    "object": self._party(claim.object) if claim.object is not None else None,
                    "time": self._time(claim.time) if claim.time is not None else None,
                    "attribution": self._one(claim.attribution),
                    "sentence": self._one(claim.sentence),
                }
            )
        )

    def _one(self, said: T) -> T:
        return self._same.setdefault(said, said)  # type: ignore[return-value]  # equal things are of one type here

    def _party(self, party: Party) -> Party:
        key = (Party, party.id, party.name, party.type, party.aliases)
        return self._same.setdefault(key, self._without_set(party))  # type: ignore[return-value]  # by its key

    def _time(self, time: DateValue) -> DateValue:
        key = (DateValue, time.edtf, time.earliest, time.latest, time.relation, time.relative, time.anchor)
        return self._same.setdefault(key, self._without_set(time))  # type: ignore[return-value]  # by its key

    def _without_set(self, row: T) -> T:
        fields = self._set.setdefault(type(row), set(type(row).model_fields))  # type: ignore[arg-type, attr-defined]
        object.__setattr__(row, _ANY, fields)
        return row
