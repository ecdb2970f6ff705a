"""Every row of the lexicons of figures reads its own examples, and every form it lists reads as the row."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest

from faits.errors import LexiconError
from faits.extractors.quantities import normalise
from faits.lexicons import figures as rows_of
from faits.lexicons.loader import rows
from faits.model import Lang, Mention
from faits.text.figures import Figure, figures
from faits.text.forms import grammar
from faits.text.numbers import parse_number
from faits.text.values import quantity_of

LANGS: tuple[Lang, ...] = ("fr", "en")


def unit_rows() -> list[Any]:
    found = [pytest.param("fr", row, id=row.code) for row in rows("units.toml", "unit", rows_of.UnitRow)]
    for lang in LANGS:
        found += [
            pytest.param(lang, row, id=f"{lang}-{row.code}-{n}")
            for n, row in enumerate(rows(f"{lang}/units.toml", "form", rows_of.UnitFormRow))
        ]
    return found


def units_read(text: str, lang: Lang) -> list[str]:
    found = []
    for figure in figures(text, lang):
        codes = [figure.unit.code if figure.unit else "", *(unit.code for unit in figure.over), figure.per or ""]
        found += codes
    return found


TIMES = {"s": "second", "min": "minute", "h": "hour", "d": "day", "a": "year"}


@pytest.mark.parametrize(("lang", "row"), unit_rows())
def test_a_unit_row_reads_its_examples(lang: Lang, row: Any) -> None:
    for example in row.examples:
        read = units_read(example, "en" if _english(example) else lang)

        assert any(code.endswith(row.code) or code == TIMES.get(row.code) for code in read), (example, read)


def _english(example: str) -> bool:
    return example.split()[0] in ("a", "an", "it")


@pytest.mark.parametrize("lang", LANGS)
def test_every_listed_form_of_a_unit_reads_as_that_unit(lang: Lang) -> None:
    wrong = []
    for row in rows(f"{lang}/units.toml", "form", rows_of.UnitFormRow):
        for form in row.written:
            text = f"un total de 3 {form}" if lang == "fr" else f"a total of 3 {form}"
            if row.prefixed or row.code in TIMES:
                continue
            if row.code not in units_read(text, lang):
                wrong.append((form, row.code, units_read(text, lang)))

    assert wrong == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_currency_row_reads_its_examples(lang: Lang) -> None:
    signs = rows("currencies.toml", "currency", rows_of.SignRow) if lang == "fr" else ()
    for row in (*signs, *rows(f"{lang}/currencies.toml", "currency", rows_of.CurrencyRow)):
        for example in row.examples:
            read = [figure.currency.code for figure in figures(example, lang) if figure.currency]

            assert row.code in read, example


@pytest.mark.parametrize("lang", LANGS)
def test_a_number_word_reads_its_value(lang: Lang) -> None:
    for form, row in rows_of.number_words(lang).items():
        if row.role not in ("unit", "ten", "hundred") or (
            form.endswith("s") and form[:-1] in rows_of.number_words(lang)
        ):
            continue
        text = f"a {form}" if form == "hundred" else form

        read = parse_number(text, lang)

        assert read is not None and read.number == row.number, form


@pytest.mark.parametrize("lang", LANGS)
def test_a_cue_row_reads_its_examples(lang: Lang) -> None:
    for row in rows(f"{lang}/figures.toml", "cue", rows_of.CueRow):
        for example in row.examples:
            assert row.bound in [figure.bound for figure in figures(example, lang)], example


@pytest.mark.parametrize("lang", LANGS)
def test_every_cue_bounds_the_number_beside_it(lang: Lang) -> None:
    wrong = []
    for row in rows(f"{lang}/figures.toml", "cue", rows_of.CueRow):
        for form in row.written:
            text = f"total : {form} 40 GW" if row.side == "before" else f"total : 40 GW {form}"
            read = [figure.bound for figure in figures(text, lang)]
            if read != [row.bound]:
                wrong.append((form, row.bound, read))

    assert wrong == []


@pytest.mark.parametrize("lang", LANGS)
def test_a_per_row_reads_its_examples(lang: Lang) -> None:
    for row in rows(f"{lang}/figures.toml", "per", rows_of.PerRow):
        for example in row.examples:
            pers = [figure.per for figure in figures(example, lang)]

            assert any(per == row.code or (row.own and per in row.written) for per in pers), example


@pytest.mark.parametrize("lang", LANGS)
def test_a_substance_makes_an_emission_of_a_mass(lang: Lang) -> None:
    for row in rows(f"{lang}/figures.toml", "substance", rows_of.SubstanceRow):
        for form in row.written:
            kinds = [figure.kind for figure in figures(f"3 tonnes {form}", lang)]

            assert kinds == ["emissions"], form


@pytest.mark.parametrize("lang", LANGS)
def test_a_multiple_reads_its_value(lang: Lang) -> None:
    for row in rows(f"{lang}/figures.toml", "multiple", rows_of.MultipleRow):
        for example in row.examples:
            assert [figure.number for figure in figures(example, lang)] == [row.value], example


def test_every_unit_has_a_factor_in_its_si_unit() -> None:
    for row in rows("units.toml", "unit", rows_of.UnitRow):
        unit = grammar("fr").symbols.get(row.symbols[0]) if row.symbols and row.bare else None
        if unit is None or row.kind == "time":
            continue
        figure = Figure("quantity", 0, 1, 0, 1, number=rows_of.Decimal(2), unit=unit)

        value = quantity_of(figure)

        assert value.number is not None and value.number > 0, row.code


def test_our_units_measure_what_quantulum3_says_they_measure() -> None:
    folder = resources.files("quantulum3")
    theirs: dict[str, set[str]] = {}
    for unit in json.loads(folder.joinpath("units.json").read_text(encoding="utf-8")).values():
        for name in (*unit.get("symbols", ()), *unit.get("surfaces", ())):
            theirs.setdefault(name, set()).add(unit["entity"])

    different = [
        (row.code, row.entity, theirs[symbol])
        for row in rows("units.toml", "unit", rows_of.UnitRow)
        for symbol in row.symbols
        if row.entity and row.bare and symbol in theirs and row.entity not in theirs[symbol]
    ]

    assert different == []


def test_a_unit_without_a_row_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    form = rows_of.UnitFormRow(code="Gw", written=("gigaw",), examples=("3 gigaw",))
    monkeypatch.setattr("faits.text.forms.rows", lambda file, table, schema: (form,) if table == "form" else ())

    with pytest.raises(LexiconError, match=r'fr/units\.toml, row 1: unit "Gw"'):
        grammar.__wrapped__("fr")


def test_a_mention_without_a_reading_keeps_no_value() -> None:
    mention = Mention(kind="count", start=0, end=1, text="3")

    assert normalise(mention).value is None
