"""FollowTheMoney entities, one a line, as Aleph and OpenSanctions read them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from faits.exporters.reading import Plain, PlainRow
from faits.stages.write import replacing

# A Company can own and be owned; what FollowTheMoney has no word for is a Thing of the nearest kind.
_SCHEMATA = {"ORG": "Company", "PERSON": "Person", "PLACE": "Address", "PRODUCT": "Asset", "PROJECT": "Project",
             "EVENT": "Event", None: "Asset"}  # fmt: skip
_MONEY_FLOWS = {"investment", "contract_value", "subsidy", "spending", "debt", "funding_raised", "acquisition"}
_OWNERS = {"Company", "Person"}
_OWNED = {"Company", "Asset"}


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write the entities; the path written."""
    with replacing(path) as file:
        for entity in entities(tables):
            file.write(json.dumps(entity, ensure_ascii=False) + "\n")
    return [path]


def entities(tables: Plain) -> Iterator[dict[str, Any]]:
    """Entities, documents and the links between them; each once, in a fixed order."""
    found: dict[str, dict[str, Any]] = {}
    for article in tables.articles:
        _add(found, _document(article))
    for fact in tables.facts:
        for party in (fact["subject"], fact.get("object")):
            if party:
                _add(found, _party(party))
        link = _link(fact)
        if link is not None:
            _add(found, link)
    yield from (found[key] for key in sorted(found))


def _add(found: dict[str, dict[str, Any]], entity: dict[str, Any]) -> None:
    old = found.setdefault(entity["id"], entity)
    for name, values in entity["properties"].items():
        known = old["properties"].setdefault(name, [])
        known += [value for value in values if value not in known]


def _party(party: PlainRow) -> dict[str, Any]:
    schema = _SCHEMATA[party["type"]]
    properties = {"name": [party["name"]], "alias": list(party.get("aliases", ()))}
    if schema == "Address":
        properties["full"] = [party["name"]]
    return _entity(_party_id(party), schema, properties)


def _document(article: PlainRow) -> dict[str, Any]:
    properties = {
        "title": [article.get("title") or article["id"]],
        "author": [article.get("author")],
        "publisher": [article.get("publisher")],
        "sourceUrl": [article.get("url")],
        "publishedAt": [_date(article.get("published"))],
        "fileName": [article["id"]],
        "language": [{"fr": "fra", "en": "eng"}.get(str(article.get("lang")))],
    }
    return _entity(_hashed("article", article["id"]), "Article", properties)


def _link(fact: PlainRow) -> dict[str, Any] | None:
    """The fact as a link between its two parties; None for one that has a single party or is denied."""
    if not fact.get("object") or fact["modality"] == "negated":
        return None
    subject, target = _party_id(fact["subject"]), _party_id(fact["object"])
    schemata = _SCHEMATA[fact["subject"]["type"]], _SCHEMATA[fact["object"]["type"]]
    value, time = fact.get("value") or {}, fact.get("time") or {}
    ends: dict[str, list[Any]]
    properties: dict[str, list[Any]] = {
        "summary": [fact["statement"]["en"], fact["statement"]["fr"]],
        "date": [_date(time.get("edtf"))],
        "proof": sorted({_hashed("article", proof["article"]) for proof in fact["evidence"]}),
        "recordId": [fact["id"]],
    }
    if fact["predicate"] == "ownership" and schemata[0] in _OWNERS and schemata[1] in _OWNED:
        share = f"{value['number'] * 100:g}" if value.get("number") is not None and value.get("unit") == "1" else None
        schema, ends = "Ownership", {"owner": [subject], "asset": [target], "percentage": [share]}
    elif fact["predicate"] in _MONEY_FLOWS and set(schemata) <= _OWNERS and len(value.get("unit", "")) == 3:
        payer, taker = (target, subject) if fact["predicate"] in ("debt", "funding_raised") else (subject, target)
        amount = [f"{value['number']:.15g}"] if value.get("number") is not None else []
        schema, ends = (
            "Payment",
            {"payer": [payer], "beneficiary": [taker], "amount": amount, "currency": [value["unit"]]},
        )
        properties["purpose"] = [fact["predicate"].replace("_", " ")]
    else:
        schema, ends = (
            "UnknownLink",
            {"subject": [subject], "object": [target], "role": [fact["predicate"].replace("_", " ")]},
        )
    return _entity(fact["id"], schema, {**ends, **properties})


def _entity(id_: str, schema: str, properties: Mapping[str, list[Any]]) -> dict[str, Any]:
    kept = {name: known for name, values in properties.items() if (known := [v for v in values if v])}
    return {"id": id_, "schema": schema, "properties": kept}


def _party_id(party: PlainRow) -> str:
    return str(party["id"]) if party["id"] else _hashed("noun", party["name"])


def _hashed(kind: str, name: str) -> str:
    # FollowTheMoney drops ids with other signs than these in silence.
    return f"{kind}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _date(edtf: str | None) -> str | None:
    """A year, month or day; what EDTF says beyond that FollowTheMoney has no way to say."""
    text = (edtf or "").rstrip("~?%")
    parts = text.split("-")
    plain = all(part.isdigit() for part in parts) and len(parts[0]) == 4 and len(parts) <= 3
    return text if plain and (len(parts) == 1 or 1 <= int(parts[1]) <= 12) else None
