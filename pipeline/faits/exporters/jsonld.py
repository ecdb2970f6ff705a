"""JSON-LD: facts as linked data, with QUDT units and PROV derivation down to the characters of an article."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from faits.exporters.reading import Plain, PlainRow
from faits.stages.write import replacing

VOCABULARY = "urn:faits:vocabulary#"
_QUDT = "http://qudt.org/vocab/unit/"
# QUDT's own names of the units a table holds.
_UNITS = {
    "W": "W", "J": "J", "kg": "KiloGM", "m": "M", "m2": "M2", "m3": "M3", "K": "K", "s": "SEC", "1": "UNITLESS",
    "B": "BYTE", "m/s": "M-PER-SEC", "Hz": "HZ", "A": "A", "V": "V", "Pa": "PA", "N": "N", "mol": "MOL", "cd": "CD",
    "C": "C",
}  # fmt: skip
_CLASSES = {
    "ORG": "schema:Organization", "PERSON": "schema:Person", "PLACE": "schema:Place", "PRODUCT": "schema:Product",
    "PROJECT": "schema:Project", "EVENT": "schema:Event",
}  # fmt: skip
_DOUBLE = "http://www.w3.org/2001/XMLSchema#double"
_DATE = "http://www.w3.org/2001/XMLSchema#date"

CONTEXT: dict[str, Any] = {
    "faits": VOCABULARY,
    "qudt": "http://qudt.org/schema/qudt/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "schema": "https://schema.org/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "id": "@id",
    "type": "@type",
    "label": {"@id": "rdfs:label", "@container": "@language"},
    "name": "schema:name",
    "predicate": {"@id": "faits:predicate", "@type": "@vocab"},
    "modality": {"@id": "faits:modality", "@type": "@vocab"},
    "bound": {"@id": "faits:bound", "@type": "@vocab"},
    "relation": {"@id": "faits:relation", "@type": "@vocab"},
    "subject": {"@id": "faits:subject", "@type": "@id"},
    "object": {"@id": "faits:object", "@type": "@id"},
    "value": {"@id": "faits:value", "@type": "@id"},
    "number": {"@id": "qudt:numericValue", "@type": _DOUBLE},
    "low": {"@id": "faits:low", "@type": _DOUBLE},
    "high": {"@id": "faits:high", "@type": _DOUBLE},
    "unit": {"@id": "qudt:unit", "@type": "@id"},
    "per": "faits:per",
    "edtf": {"@id": "faits:time", "@type": "http://id.loc.gov/datatypes/edtf"},
    "earliest": {"@id": "faits:earliest", "@type": _DATE},
    "latest": {"@id": "faits:latest", "@type": _DATE},
    "attribution": "faits:attribution",
    "articles": "faits:articles",
    "conflicts": {"@id": "faits:conflictsWith", "@type": "@id"},
    "evidence": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "article": {"@id": "prov:wasQuotedFrom", "@type": "@id"},
    "quote": "oa:exact",
    "start": "oa:start",
    "end": "oa:end",
    "published": "schema:datePublished",
    "url": {"@id": "schema:url", "@type": "@id"},
    "@vocab": VOCABULARY,
}


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write the document; the path written."""
    with replacing(path) as file:
        json.dump(document(tables), file, ensure_ascii=False, indent=1)
        file.write("\n")
    return [path]


def document(tables: Plain) -> dict[str, Any]:
    """The whole as one JSON-LD document: facts, then entities, then articles. No blank nodes: it is the same twice."""
    parties: dict[str, dict[str, Any]] = {}
    facts = [node for fact in tables.facts for node in _fact(fact, parties)]
    articles = [_article(row) for row in tables.articles]
    return {"@context": CONTEXT, "@graph": [*facts, *(parties[key] for key in sorted(parties)), *articles]}


def _fact(fact: PlainRow, parties: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    me = f"urn:faits:fact:{fact['id']}"
    time = fact.get("time") or {}
    node = {
        "id": me,
        "type": ["faits:Fact", "prov:Entity"],
        "label": fact["statement"],
        "predicate": fact["predicate"],
        "subject": _party(fact["subject"], parties),
        "object": _party(fact["object"], parties) if fact.get("object") else None,
        "value": f"{me}/value" if fact.get("value") else None,
        **{name: time.get(name) for name in ("edtf", "earliest", "latest")},
        "relation": time.get("relation"),
        "modality": fact["modality"],
        "attribution": fact.get("attribution"),
        "articles": fact["articles"],
        "conflicts": [f"urn:faits:fact:{other}" for other in fact.get("conflicts", ())] or None,
        "evidence": [f"{me}/evidence/{i}" for i in range(len(fact["evidence"]))],
    }
    yield _known(node)
    if fact.get("value"):
        yield _value(me, fact["value"])
    for i, proof in enumerate(fact["evidence"]):
        kept = {name: proof[name] for name in ("quote", "start", "end")}
        yield {"id": f"{me}/evidence/{i}", "type": ["prov:Entity"], "article": _article_id(proof["article"]), **kept}


def _value(me: str, value: PlainRow) -> dict[str, Any]:
    kept = {name: value.get(name) for name in ("number", "low", "high", "bound", "per")}
    return _known({"id": f"{me}/value", "type": "qudt:QuantityValue", "unit": unit_of(value["unit"]), **kept})


def unit_of(unit: str) -> str:
    """The address of a unit: QUDT's own where it has one, else one of ours that spells it."""
    if unit in _UNITS:
        return _QUDT + _UNITS[unit]
    if len(unit) == 3 and unit.isupper():
        return f"http://qudt.org/vocab/currency/{unit}"
    return f"urn:faits:unit:{quote(unit.replace('/', '-PER-'), safe='')}"


def _party(party: PlainRow, parties: dict[str, dict[str, Any]]) -> str:
    me = f"urn:faits:entity:{party['id']}" if party["id"] else f"urn:faits:noun:{quote(party['name'], safe='')}"
    parties.setdefault(me, {"id": me, "type": _CLASSES.get(party["type"] or "", "schema:Thing"), "name": party["name"]})
    return me


def _article(row: PlainRow) -> dict[str, Any]:
    url = row.get("url") if str(row.get("url") or "").startswith(("http://", "https://")) else None
    node = {"id": _article_id(row["id"]), "type": ["schema:NewsArticle", "prov:Entity"], "name": row.get("title")}
    return _known(
        {**node, "published": row.get("published"), "url": quote(url, safe=":/?#[]@!$&'()*+,;=%~") if url else None}
    )


def _article_id(article: str) -> str:
    return f"urn:faits:article:{quote(article, safe='')}"


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value is not None}
