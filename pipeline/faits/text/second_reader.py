"""The second reader of English physical units: the wrapper of quantulum3, asked about what our lexicon leaves a count.

It is given the matched string alone ("4 furlongs"), and believed only where it reads all of it as one unit that is no
guess of its own making, that measures something we know how to write in SI, and that pint agrees about.
"""

from __future__ import annotations

import json
import warnings
from decimal import Decimal
from functools import cache
from importlib import resources

from faits.lexicons.loader import LexiconRow, rows
from faits.text.forms import Unit
from faits.text.values import si_factor

# What an entity of quantulum3 is called in our tables, and its SI unit. Time is the calendar's business; what is not
# here is left a count.
_MEASURES = {
    "length": ("length", "m"), "mass": ("mass", "kg"), "volume": ("volume", "m3"), "area": ("area", "m2"),
    "energy": ("energy", "J"), "power": ("power", "W"), "pressure": ("quantity", "Pa"), "force": ("quantity", "N"),
    "speed": ("quantity", "m/s"), "radioactivity": ("quantity", "Bq"), "charge": ("quantity", "C"),
    "electric potential": ("quantity", "V"),
}  # fmt: skip


class CommonNounRow(LexiconRow):
    """A name of a unit that is a common noun in the press: never read as a unit."""

    written: tuple[str, ...]


def read_unit(noun: str) -> Unit | None:
    """The unit an English counted noun is, or None when it is a thing one counts.

    >>> read_unit("furlongs").si, read_unit("reactors"), read_unit("leagues")
    ('m', None, None)
    """
    singular = noun.lower().removesuffix("s")
    if noun != noun.lower() or singular not in _surfaces() or singular in _common_nouns():
        return None
    return _read(noun)


@cache
def _read(noun: str) -> Unit | None:
    found = _parse(f"2 {noun}")
    if len(found) != 1 or found[0].surface != f"2 {noun}" or len(found[0].unit.original_dimensions or ()) != 1:
        return None
    measured = _MEASURES.get(found[0].unit.entity.name)
    if measured is None:
        return None
    kind, si = measured
    name = str(found[0].unit.name).replace(" ", "_")
    factor = si_factor(name, si)
    return None if factor is None else Unit(code=name, kind=kind, si=si, pint=None, factor=Decimal(factor))


def _parse(text: str):  # type: ignore[no-untyped-def]  # quantulum3 publishes no types
    with warnings.catch_warnings():
        # It misses its classifier, which we do not use: one string at a time leaves little to disambiguate.
        warnings.simplefilter("ignore")
        from quantulum3 import parser

        return parser.parse(text)


@cache
def _surfaces() -> frozenset[str]:
    """Every name of a unit quantulum3 knows, read from its table: loading the library itself takes seconds."""
    table = json.loads(resources.files("quantulum3").joinpath("units.json").read_text(encoding="utf-8"))
    return frozenset(str(name).lower() for unit in table.values() for name in unit.get("surfaces", ()))


@cache
def _common_nouns() -> frozenset[str]:
    return frozenset(word for row in rows("en/second_reader.toml", "noun", CommonNounRow) for word in row.written)
