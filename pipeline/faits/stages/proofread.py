"""Says where a text is not what its author meant to write, so that its figures are read with care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faits.model import Lang, Problem
from faits.text.slips import slips

if TYPE_CHECKING:
    from spacy import tokens

    from faits.text.parse import Doc


def proofread(doc: tokens.Doc | Doc, lang: Lang) -> list[Problem]:
    """One problem for each word that is missing, doubled or does not agree, in offsets of the text."""
    return [
        Problem(
            article=None,
            code="damaged",
            what="a word seems to be missing or wrong",
            why=slip.why,
            advice="read what is extracted there with care, or compare with the page it was copied from",
            start=slip.start,
            end=slip.end,
            text=doc.text[slip.start : slip.end],
        )
        for slip in slips(doc, lang)
    ]
