"""Every export, read back by the one it is for."""

from __future__ import annotations

import csv
import importlib
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from faits.cli import main
from faits.exporters import labelstudio
from faits.exporters.columns import COLUMNS
from faits.exporters.reading import Plain
from faits.exporters.targets import TARGETS
from shown import TEXTS, facts, tables


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Exports the small corpus, or other tables, and gives back where."""

    def exported(to: str, given: Plain | None = None) -> Path:
        target = TARGETS[to]
        path = tmp_path / target.name
        target.writer()(given if given is not None else with_mentions(), path, TEXTS)
        return path

    return exported


def with_mentions() -> Plain:
    """The small corpus with a mention for each proof, a date and a name."""
    found = []
    for fact in tables().facts:
        for proof in fact["evidence"]:
            value, kind = (fact["value"], fact["value"]["kind"]) if fact["value"] else (fact["time"], "date")
            plain = {key: field for key, field in value.items() if key != "kind"}
            found.append(
                {
                    **{k: proof[k] for k in ("article", "start", "end")},
                    "kind": kind,
                    "text": proof["quote"],
                    "value": plain,
                }
            )
    return tables(mentions=tuple(sorted(found, key=lambda m: (m["article"], m["start"], m["end"]))))


def the(predicate: str) -> Any:
    return next(fact for fact in facts() if fact.predicate == predicate)


# --- CSV


@pytest.mark.parametrize(
    ("to", "suffix", "delimiter"), [("csv", "csv", ","), ("tsv", "tsv", "\t"), ("excel-csv", "csv", ";")]
)
def test_delimited_files_hold_facts_and_evidence(
    export: Callable[..., Path], to: str, suffix: str, delimiter: str
) -> None:
    folder = export(to)

    rows = {}
    for name in ("facts", "evidence"):
        text = (folder / f"{name}.{suffix}").read_bytes().decode("utf-8-sig" if to == "excel-csv" else "utf-8")
        rows[name] = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    capacity = next(row for row in rows["facts"] if row["predicate"] == "power_capacity")
    quote = next(row for row in rows["evidence"] if row["fact"] == capacity["id"])
    assert len(rows["facts"]) == len(facts())
    assert (float(capacity["number"].replace(",", ".")), capacity["unit"], capacity["object"]) == (96e6, "W", "")
    assert TEXTS[quote["article"]][int(quote["start"]) : int(quote["end"])] == quote["quote"]


def test_excel_meets_a_mark_semicolons_and_decimal_commas(export: Callable[..., Path]) -> None:
    written = (export("excel-csv") / "facts.csv").read_bytes()

    assert written.startswith(b"\xef\xbb\xbfid;statement_fr;")
    assert b";-0,12;" in written and written.endswith(b"\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
@pytest.mark.parametrize("to", ["csv", "tsv", "excel-csv"])
def test_a_cell_never_starts_a_formula(export: Callable[..., Path], to: str, start: str) -> None:
    row = {**tables().facts[0], "attribution": f'{start}HYPERLINK("https://phare.example")'}
    folder = export(to, tables(facts=(row,)))

    delimiter = {"csv": ",", "tsv": "\t", "excel-csv": ";"}[to]
    text = next(folder.glob("facts.*")).read_bytes().decode("utf-8-sig")
    read = next(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))

    assert read["attribution"] == f"'{row['attribution']}"


# --- typed tables


def test_parquet_keeps_types_and_holds_evidence_as_records(export: Callable[..., Path]) -> None:
    import pyarrow as pa
    import pyarrow.parquet

    folder = export("parquet")
    table = pyarrow.parquet.read_table(folder / "facts.parquet")

    assert table.num_rows == len(facts())
    assert table.schema.field("confidence").type == pa.float64() and table["confidence"].null_count == table.num_rows
    assert table["evidence"][0].as_py()[0]["quote"] == facts()[0].evidence[0].quote
    assert {path.stem for path in folder.iterdir()} == set(COLUMNS)


def test_parquet_of_no_facts_has_its_columns(export: Callable[..., Path]) -> None:
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(export("parquet", Plain()) / "facts.parquet")

    assert table.num_rows == 0 and table.schema.field("number").type == "double"


def test_sqlite_searches_without_accents(export: Callable[..., Path]) -> None:
    database = sqlite3.connect(export("sqlite"))

    found = database.execute(
        "select f.predicate from facts_fts s join facts f using (id) where facts_fts match 'boree ouvrira' order by 1"
    ).fetchall()
    proofs = database.execute("select count(*) from evidence join facts on fact = facts.id").fetchone()
    broken = database.execute("pragma foreign_key_check").fetchall()
    database.close()

    assert found == [("power_capacity",), ("start_date",)]
    assert (proofs, broken) == ((sum(len(fact.evidence) for fact in facts()),), [])


# Datasette runs an event loop of its own, and warns of things of its own: it gets a process of its own.
_ASK = """
import asyncio, json, sys
from datasette.app import Datasette
async def ask():
    served = Datasette([sys.argv[1]], metadata=json.load(open(sys.argv[2])))
    await served.invoke_startup()
    sql = "select+subject,number+from+facts+where+predicate='power_capacity'"
    query = await served.client.get(f"/faits.json?sql={sql}&_shape=array")
    searched = await served.client.get("/faits/facts.json?_search=lumen&_shape=array")
    page = await served.client.get("/faits/facts")
    canned = await served.client.get("/faits/shared.json?_shape=array")
    found = [row["predicate"] for row in searched.json()]
    print(json.dumps([query.json(), found, page.status_code, len(canned.json())]))
asyncio.run(ask())
"""


def test_datasette_serves_the_sqlite_export_and_answers(export: Callable[..., Path]) -> None:
    path = export("sqlite")

    asked = subprocess.run(
        [sys.executable, "-c", _ASK, str(path), str(path.with_name("faits.metadata.json"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout) == [[{"subject": "Parc Borée", "number": 96e6}], ["growth"], 200, 1]


def test_duckdb_answers_across_its_tables(export: Callable[..., Path]) -> None:
    import duckdb

    with duckdb.connect(str(export("duckdb")), read_only=True) as database:
        row = database.execute(
            "select f.number, f.confidence, e.quote from facts f join evidence e on e.fact = f.id "
            "where f.predicate = 'revenue'"
        ).fetchone()
        types = dict(
            database.execute(
                "select column_name, data_type from duckdb_columns() where table_name = 'facts'"
            ).fetchall()
        )

    assert row == (58e6, None, "58 millions d'euros")
    assert (types["confidence"], types["articles"], types["conflicts"]) == ("DOUBLE", "BIGINT", "VARCHAR[]")


# --- graphs


def test_graphml_ties_entities_by_their_facts(export: Callable[..., Path]) -> None:
    import networkx

    graph = networkx.read_graphml(export("graphml"), force_multigraph=True)

    edge = graph.get_edge_data("org-solane", "org-parc-boree")[the("investment").id]
    assert (edge["predicate"], edge["number"], edge["unit"], edge["articles"]) == ("investment", 4e9, "USD", 2)
    assert graph.number_of_edges() == len(facts())


def test_graphml_survives_what_xml_has_no_place_for(export: Callable[..., Path]) -> None:
    import networkx

    row = {**tables().facts[0], "attribution": "a\x00b\x0b\ufffe"}

    graph = networkx.read_graphml(export("graphml", tables(facts=(row,))), force_multigraph=True)

    assert [data["attribution"] for *_, data in graph.edges(data=True)] == ["ab"]


@pytest.mark.parametrize("to", ["jsonld", "turtle"])
def test_linked_data_answers_what_is_quoted_from_where(export: Callable[..., Path], to: str) -> None:
    import rdflib

    graph = rdflib.Graph().parse(export(to), format={"jsonld": "json-ld", "turtle": "turtle"}[to])
    answers = graph.query("""
        PREFIX faits: <urn:faits:vocabulary#>
        PREFIX qudt: <http://qudt.org/schema/qudt/>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        PREFIX schema: <https://schema.org/>
        PREFIX unit: <http://qudt.org/vocab/unit/>
        SELECT ?name ?number ?quote ?title WHERE {
          ?fact a faits:Fact ; faits:predicate faits:power_capacity ; faits:subject/schema:name ?name ;
                faits:value [ qudt:numericValue ?number ; qudt:unit unit:W ] ; prov:wasDerivedFrom ?proof .
          ?proof oa:exact ?quote ; prov:wasQuotedFrom/schema:name ?title .
        }""")

    assert [tuple(cell.toPython() for cell in row) for row in answers] == [
        ("Parc Borée", 96e6, "puissance de 96 MW", "Le parc Borée en chantier")
    ]


def test_linked_data_is_the_same_twice(export: Callable[..., Path]) -> None:
    assert export("turtle").read_bytes() == export("turtle").read_bytes()


def test_followthemoney_takes_every_entity(export: Callable[..., Path]) -> None:
    # Its library needs the headers of ICU to be built; CI has them.
    try:
        model = importlib.import_module("followthemoney").model
    except ImportError:
        import os

        assert not os.environ.get("CI"), "followthemoney is not installed: pip install 'faits[ftm]'"
        pytest.skip("followthemoney is not installed: pip install 'faits[ftm]'")

    given = [json.loads(line) for line in export("ftm").read_text(encoding="utf-8").splitlines()]
    taken = [model.get_proxy(entity) for entity in given]

    lost = [
        (entity["id"], name) for entity, proxy in zip(given, taken, strict=True)
        for name, values in entity["properties"].items() if len(proxy.get(name)) != len(values)
    ]  # fmt: skip
    payment = next(proxy for proxy in taken if proxy.schema.name == "Payment")
    assert lost == [] and [proxy.id for proxy in taken] == [entity["id"] for entity in given]
    assert (payment.first("payer"), payment.first("beneficiary"), payment.first("currency")) == (
        "org-solane", "org-parc-boree", "USD",
    )  # fmt: skip


# --- annotations


def _wide(text: str) -> list[int]:
    """Each UTF-16 unit of a text, as a browser counts."""
    return list(memoryview(text.encode("utf-16-le")).cast("H"))


def test_web_annotations_select_the_words_in_both_ways(export: Callable[..., Path]) -> None:
    page = json.loads(export("webannotation").read_text(encoding="utf-8"))
    named = {row["url"] for row in tables().articles}

    assert len(page["items"]) == sum(len(fact.evidence) for fact in facts())
    for item in page["items"]:
        said, place = item["target"]["selector"]
        texts = [text for text in TEXTS.values() if text[place["start"] : place["end"]] == said["exact"]]
        assert any(said["prefix"] + said["exact"] + said["suffix"] in text for text in texts)
        assert item["target"]["source"] in named


def test_label_studio_counts_utf16_and_comes_back_in_code_points(export: Callable[..., Path]) -> None:
    path = export("labelstudio")
    given = json.loads(path.read_text(encoding="utf-8"))

    for task in given:
        units = _wide(task["data"]["text"])
        for region in task["predictions"][0]["result"]:
            value = region["value"]
            shown = b"".join(unit.to_bytes(2, "little") for unit in units[value["start"] : value["end"]])
            assert shown.decode("utf-16-le") == value["text"]
    mentions = with_mentions().mentions
    kept = [(s["article"], s["kind"], s["start"], s["end"], s["text"]) for s in labelstudio.read(path)]
    kept.sort()
    assert kept == sorted((m["article"], m["kind"], m["start"], m["end"], m["text"]) for m in mentions)


def test_label_studio_gives_back_what_an_annotator_made_of_it(export: Callable[..., Path]) -> None:
    path = export("labelstudio")
    given = json.loads(path.read_text(encoding="utf-8"))
    task = next(one for one in given if one["data"]["article"] == "borée.txt")
    start = len(task["data"]["text"][: task["data"]["text"].index("Le Phare")].encode("utf-16-le")) // 2
    region = {"type": "labels", "value": {"start": start, "end": start + 8, "text": "", "labels": ["entity"]}}
    task["annotations"] = [{"was_cancelled": True, "result": []}, {"result": [region, {"type": "relation"}]}]
    path.write_text(json.dumps([task]), encoding="utf-8")

    assert [(span["kind"], span["text"]) for span in labelstudio.read(path)] == [("entity", "Le Phare")]


def test_displacy_renders_the_mentions(export: Callable[..., Path]) -> None:
    from spacy import displacy

    documents = json.loads(export("displacy").read_text(encoding="utf-8"))
    markup = displacy.render(documents, style="ent", manual=True, page=False)

    assert markup.count("<mark") == len(with_mentions().mentions)
    assert "puissance de 96 MW" in markup


def test_brat_finds_its_spans_in_its_texts(export: Callable[..., Path]) -> None:
    folder = export("brat")

    found = 0
    for file in folder.glob("*.ann"):
        text = file.with_suffix(".txt").read_bytes().decode("utf-8")
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.startswith("T"):
                _, place, said = line.split("\t")
                pieces = [piece.split() for piece in place.partition(" ")[2].split(";")]
                assert " ".join(text[int(start) : int(end)] for start, end in pieces) == said
                found += 1
    assert found == len(with_mentions().mentions)
    assert "power\n" in (folder / "annotation.conf").read_text(encoding="utf-8")


# --- the command


def test_the_command_names_the_extra_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "facts.jsonl").write_text("", encoding="utf-8")
    for module in ("duckdb", "networkx", "rdflib", "pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, module, None)

    said = {}
    for to in ("duckdb", "graphml", "turtle", "parquet"):
        assert main(["export", str(tmp_path), "--to", to, "-o", str(tmp_path / to)]) == 2
        said[to] = capsys.readouterr().err

    extras = {"duckdb": "duckdb", "graphml": "graph", "turtle": "rdf", "parquet": "parquet"}
    assert all(f"pip install 'faits[{extra}]'" in said[to] for to, extra in extras.items())


@pytest.mark.parametrize("to", list(TARGETS))
def test_an_empty_table_is_exported_all_the_same(tmp_path: Path, to: str) -> None:
    (tmp_path / "facts.jsonl").write_text("", encoding="utf-8")

    assert main(["export", str(tmp_path), "--to", to]) == 0
    assert any((tmp_path / "export").iterdir())
