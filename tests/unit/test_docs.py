"""What is generated from model.py is as fresh as model.py."""

import json
from pathlib import Path

import jsonschema
import pytest

from faits.exporters.schema import data_format, json_schema

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(("page", "made"), [("data-format.md", data_format()), ("fact.schema.json", json_schema())])
def test_a_generated_page_is_what_the_model_says(page: str, made: str) -> None:
    assert (DOCS / page).read_text(encoding="utf-8") == made, "stale: run make docs"


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(json_schema()))
