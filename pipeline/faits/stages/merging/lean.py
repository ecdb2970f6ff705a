"""Claims without what merging does not ask of them, and with one object for what many of them say.

A million claims are held by their parts; a party, a date, a sentence that stands in a thousand is held once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from faits.model import Claim, FactValue, Row

R = TypeVar("R", bound=Row)

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
        self._set: dict[type[Row], set[str]] = {}

    def of(self, claim: Claim) -> Claim:
        """A claim made smaller."""
        said = ("article", "published", "subject", "object", "value", "time", "attribution", "sentence")
        same = {field: self._one(getattr(claim, field)) for field in said}
        return self._without_set(claim.model_copy(update={**_NOT_ASKED, **same}))

    def _one(self, said: object) -> object:
        known = self._same.get(said)
        if known is None:
            known = self._same[said] = said
            if isinstance(said, FactValue) and said.stated is not None:
                self._without_set(said.stated)
            if isinstance(said, Row):
                self._without_set(said)
        return known

    def _without_set(self, row: R) -> R:
        fields = self._set.get(type(row))
        if fields is None:
            fields = self._set[type(row)] = set(type(row).model_fields)
        object.__setattr__(row, _ANY, fields)
        return row
