import json

import pytest

from claims import claim, state
from faits.errors import UsageError
from faits.exporters.diff import Table, diff, read_table
from faits.model import EntityValue
from faits.stages.merge import merge


def table(*lines, entities=None, **fields):
    facts = merge(map(claim, lines), entities=entities, state=state)
    return Table(tuple(fact.model_dump(mode="json", by_alias=True) for fact in facts), **fields)


def test_equal_tables_do_not_differ():
    assert diff(table("a | Borée | cost | 4e9 USD"), table("a | Borée | cost | 4e9 USD")) == []


def test_what_came_and_went_is_said_with_the_article_to_blame():
    old = table("a | Borée | cost | 4e9 USD", articles={"a": "1"})
    new = table("b | Borée | cost | 9e9 USD", articles={"b": "1"})

    assert [(c.kind, c.why) for c in diff(old, new)] == [("went", "article removed: a"), ("came", "new article: b")]


def test_a_changed_field_is_shown_before_and_after():
    old = table("a | Borée | cost | 4e9 USD", articles={"a": "1"})
    new = table("a | Borée | cost | approx 4e9 USD", articles={"a": "2"})

    (change,) = diff(old, new)

    assert (change.kind, list(change.fields), change.why) == ("changed", ["value"], "article edited: a")
    assert "4e+09 USD -> approx 4e+09 USD" in str(change)


def test_a_row_that_took_in_another_says_so():
    lines = ["a | Borée | cost | 4e9 USD", "b | Boreas | cost | 4e9 USD"]
    one = EntityValue(id="org-boree", name="Borée", type="ORG")

    (change,) = diff(table(*lines), table(*lines, entities={("b", "org-borea"): one}))

    assert (change.kind, len(change.former), "articles" in change.fields) == ("changed", 1, True)


def test_another_version_explains_what_no_article_does():
    old = table("a | Borée | cost | 4e9 USD", articles={"a": "1"}, versions={"extractors": ["money@1"]})
    new = table("a | Borée | cost | 9e9 USD", articles={"a": "1"}, versions={"extractors": ["money@2"]})

    assert {change.why for change in diff(old, new)} == {"another version of extractors"}


def test_a_table_is_read_from_its_folder(tmp_path):
    row = table("a | Borée | cost | 4e9 USD").facts[0]
    (tmp_path / "facts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (tmp_path / "run.json").write_text(json.dumps({"faits": "1", "seconds": 3}), encoding="utf-8")

    found = read_table(tmp_path)

    assert (found.facts, found.versions) == ((row,), {"faits": "1"})
    with pytest.raises(UsageError, match="no facts table"):
        read_table(tmp_path / "nowhere")
