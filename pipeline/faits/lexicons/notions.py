"""Rows of notions.toml: what a figure is about, as one notion in both languages ("longueur", "length").

The merger reads the free words beside a figure ("carnet de commandes", "order backlog") with these rows, to know
whether two articles, in two languages or in one, speak of one thing.
"""

from __future__ import annotations

from typing import Literal

from faits.lexicons.loader import LexiconRow
from faits.model import Lang

FILE = "notions.toml"

Part = Literal["thing", "filler", "former", "variant", "generic", "title"]


class NotionRow(LexiconRow):
    """A notion and the words for it; `part` says what it does in a description.

    A `thing` tells figures apart; a `filler` ("montant") says nothing; `former` ("initial") marks a figure since
    replaced; `variant` ("scénario") one hypothesis among several; `generic` ("le groupe") stands for some name;
    a `title` ("PDG") is a function. Of the notions that share a `one_of`, a thing is at most one.
    """

    code: str
    part: Part = "thing"
    one_of: str | None = None
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class FunctionWordRow(LexiconRow):
    """The little words of a language: no content, but they tell the language."""

    lang: Lang
    words: tuple[str, ...]
