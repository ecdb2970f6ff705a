"""Describes the tables for readers and machines: docs/data-format.md and the JSON Schema, both from `model.py`."""

from __future__ import annotations

import json
from typing import Any

from faits.model import SCHEMA, TABLES, Fact, Row

_INTRODUCTION = """# Data format

Generated from `pipeline/faits/model.py` by `make docs`; edit that file, not this one.

All tables are JSON Lines in UTF-8: one object a line, keys and rows in a fixed order, nothing that depends on when or
how fast they were made. Offsets count Unicode code points, half-open, in the article's *source text*: for text and
Markdown the decoded file itself (a byte order mark excepted), newlines untouched; for HTML the text extracted from it,
kept in `outputs/texts/`. `text` and `quote` always equal `source[start:end]`. What is unknown is `null`.
"""


def json_schema() -> str:
    """The JSON Schema of a row of facts.jsonl, as a JSON document."""
    schema = Fact.model_json_schema(by_alias=True, mode="serialization")
    return json.dumps({"$id": SCHEMA, **schema}, ensure_ascii=False, indent=1) + "\n"


def data_format() -> str:
    """The page that explains every field of every table, as Markdown."""
    parts = [_INTRODUCTION]
    shown: set[str] = set()
    for table, model in TABLES.items():
        schema = model.model_json_schema(by_alias=True, mode="serialization")
        parts.append(f"## {table}.jsonl\n\n{_first_line(model)}\n\n{_fields(schema)}")
        for name, definition in sorted(schema.get("$defs", {}).items()):
            if name not in shown and "properties" in definition:
                shown.add(name)
                what = definition.get("description", "").splitlines()[0]
                parts.append(f"### {name}\n\n{what}\n\n{_fields(definition)}")
    return "\n".join(parts)


def _first_line(model: type[Row]) -> str:
    return (model.__doc__ or "").splitlines()[0]


def _fields(schema: dict[str, Any]) -> str:
    fields = schema["properties"].items()
    rows = [f"| `{name}` | {_type(field)} | {field.get('description', '')} |" for name, field in fields]
    return "\n".join(["| field | type | what |", "| --- | --- | --- |", *rows]) + "\n"


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "enum" in field:
        return ", ".join(str(value) for value in field["enum"])
    if "anyOf" in field:
        return " or ".join(_type(option) for option in field["anyOf"])
    if "const" in field:
        return str(field["const"])
    if field.get("type") == "array":
        if "items" in field:
            return f"list of {_type(field['items'])}"
        return f"list of {len(field.get('prefixItems', []))}"
    return {"object": "object", None: "any"}.get(field.get("type"), str(field.get("type")))
