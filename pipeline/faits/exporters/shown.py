"""A fact as the page of the report shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from faits.exporters.reading import PlainRow
from faits.model import DateValue, FactValue, Lang
from faits.text.wording import write_time, write_value

_LANGS: tuple[Lang, ...] = ("fr", "en")


def shown(fact: PlainRow) -> dict[str, Any]:
    """A row with its value and time written out in both languages, and without what says nothing."""
    row = {key: field for key, field in fact.items() if key != "schema" and field is not None}
    for field, words_for_it in (("value", "written"), ("time", "when")):
        if fact.get(field):
            row[field] = _known(fact[field])
            row[words_for_it] = _in_words(field, fact[field])
    row["evidence"] = [_proof(proof) for proof in fact["evidence"]]
    row["disagreements"] = [
        {"field": one["field"], "readings": [_reading(one["field"], reading) for reading in one["readings"]]}
        for one in fact.get("disagreements", ())
    ]
    return row


def _known(row: PlainRow) -> dict[str, Any]:
    return {key: field for key, field in row.items() if field is not None}


def _proof(proof: PlainRow) -> dict[str, Any]:
    stated = proof.get("stated") or {}
    told = {field: in_words for field, value in stated.items() if (in_words := _in_words(field, value))}
    return {**_known(proof), "in_words": told} if told else _known(proof)


def _reading(field: str, reading: PlainRow) -> dict[str, Any]:
    in_words = _in_words(field, reading["value"])
    return {**reading, "in_words": in_words} if in_words else dict(reading)


def _in_words(field: str, value: Any) -> list[str | None] | None:
    """A value or time in French and English; None for fields that need no wording."""
    if not isinstance(value, Mapping) or field not in ("value", "time"):
        return None
    if field == "time":
        time = DateValue.model_validate(value)
        return [write_time(time, lang) for lang in _LANGS]
    figure = FactValue.model_validate(value)
    return [write_value(figure, lang) for lang in _LANGS]
