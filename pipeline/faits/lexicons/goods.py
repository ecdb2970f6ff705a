"""Rows of goods.toml: what is sold by weight, volume or energy under no firm's name ("blé tendre", "natural gas")."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.predicates import FormRow, Forms, compile_forms
from faits.model import Lang


class GoodsRow(LexiconRow):
    """Goods of one kind, with the nouns for them in both languages."""

    kind: str
    fr: tuple[str, ...] = Field(min_length=1)
    en: tuple[str, ...] = Field(min_length=1)


@cache
def goods(lang: Lang) -> Forms[FormRow]:
    """The nouns of goods in one language.

    Raises:
        LexiconError: a row is malformed or lacks examples.
    """
    table = rows("goods.toml", "goods", GoodsRow)
    return compile_forms([FormRow(written=row.fr if lang == "fr" else row.en, examples=row.examples) for row in table])
