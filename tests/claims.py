"""Claims written on one line, for the tests of merging.

    a 2024-01 | EDF -> Hinkley Point C | cost | range 31e9 34e9 GBP / 1e9 | in 2024 | planned | attribution

Article and publication date; subject and object (a name in capitals is an entity, other words a description);
predicate; value ([bound] numbers unit [/ resolution] [per X] [of X]); time (relation and period); modality. Fields may
be left out from the right, and "-" is nothing. "a.2" is a second passage of article a; "en" beside the article's date
says that it is written in English.
"""

from __future__ import annotations

import calendar
import re

from faits.model import Claim, DateValue, FactValue, Party, Stated, Statement
from faits.text.folding import fold

KINDS = {"W": "power", "J": "energy", "m": "length", "m2": "area", "m3": "volume", "s": "duration", "kg": "emissions"}
_VALUE = re.compile(
    r"(?:(?P<bound>exact|approx|min|max|gt|lt|range|indefinite) )?"
    r"(?P<number>[-\d.e]+)(?: (?P<high>[-\d.e]+))? (?P<unit>\S+)"
    r"(?: / (?P<resolution>[\d.e-]+))?(?: per (?P<per>\w+))?(?: of (?P<of>[^/]+))?"
)


def claim(line: str) -> Claim:
    """The claim a line describes."""
    head, *fields = (part.strip() for part in line.split("|"))
    parties, predicate, value, time, modality, source = [*fields, *["-"] * (6 - len(fields))]
    label, *about = head.split()
    article, _, passage = label.partition(".")
    published = next((word for word in about if word[0].isdigit()), None)
    subject, _, other = parties.partition(" -> ")
    start = int(passage or 1) * 100
    return Claim.model_validate(
        {
            "article": article,
            "published": published,
            "predicate": predicate,
            "subject": party(subject),
            "object": party(other) if other else None,
            "value": figure(value) if value != "-" else None,
            "time": period(time) if time != "-" else None,
            "modality": modality if modality != "-" else "asserted",
            "attribution": source if source != "-" else None,
            "start": start,
            "end": start + 50,
            "quote": line,
            "sentence": f"{'It is said in the news that' if 'en' in about else 'Il est dit dans la presse que'} {line}",
        }
    )


def party(name: str) -> Party:
    """An entity for a name in capitals, an organisation unless a type ("[PLACE]") is behind it; else a description."""
    name, _, kind = name.removesuffix("]").partition(" [")
    if kind:
        return Party.model_validate({"id": "-".join((kind.lower(), *fold(name))), "name": name, "type": kind})
    if name[0].isupper():
        return Party(id="org-" + "-".join(fold(name)), name=name, type="ORG")
    return Party(id=None, name=name, type=None)


def figure(text: str) -> FactValue:
    """The value a text like "gt 13e9 USD / 1e9" describes."""
    match = _VALUE.fullmatch(text)
    assert match, text
    found = match.groupdict()
    number, high = float(found["number"]), float(found["high"]) if found["high"] else None
    ends = {"low": number, "high": high} if high is not None else {"number": number}
    unit, kind = found["unit"], KINDS.get(found["unit"], "money")
    if unit in ("count", "ratio"):
        unit, kind = "1", unit
    resolution = float(found["resolution"]) if found["resolution"] else None
    return FactValue.model_validate(
        {
            **ends, "unit": unit, "kind": kind, "bound": found["bound"] or ("range" if high is not None else "exact"),
            "per": found["per"], "of": found["of"], "stated": Stated(**ends, unit=unit, resolution=resolution),
        }
    )  # fmt: skip


def period(text: str) -> DateValue:
    """The date a text like "from 2028" describes."""
    relation, _, edtf = text.rpartition(" ")
    first, _, last = edtf.partition("/")
    return DateValue.model_validate(
        {"edtf": edtf, "earliest": _day(first, 0), "latest": _day(last or first, 1), "relation": relation or "in"}
    )


def _day(edtf: str, end: int) -> str:
    year, month, day = [int(part) for part in [*edtf.split("-"), *["0"] * 2][:3]]
    month = month or (1, 12)[end]
    return f"{year:04}-{month:02}-{day or (1, calendar.monthrange(year, month)[1])[end]:02}"


def state(**_: object) -> Statement:
    """A stand-in for the wording of facts."""
    return Statement(fr="", en="")
