"""Rows of lexicons/{fr,en}/explanations.toml: the words rules are explained with.

The linker names its rules in short English; `said` puts those into each language, longest first, and leaves what stands
in quotation marks, which is the article's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from faits.errors import LexiconError
from faits.lexicons.loader import LexiconRow, rows
from faits.model import Lang


class LabelRow(LexiconRow):
    """The name of a field, of a value of one, or a sentence of the explanation."""

    code: str
    text: str


class RuleRow(LexiconRow):
    """A rule as the linker names it, and as it is told."""

    rule: str
    said: str


class QuoteRow(LexiconRow):
    """How a passage is quoted."""

    frame: str


@dataclass(frozen=True)
class Explanations:
    """The words of one language for how a fact came to be."""

    labels: dict[str, str]
    rules: dict[str, str]
    frame: str

    def text(self, code: str) -> str:
        """The words for a field or sentence; the code itself where none are known."""
        return self.labels.get(code, code)

    def rule(self, rule: str) -> str:
        """A rule of the linker in plain words."""
        parts = re.split(r"(“[^”]*”)", rule)
        return "".join(part if part.startswith("“") else self._said(part) for part in parts)

    def _said(self, text: str) -> str:
        if not self.rules:
            return text
        wanted = "|".join(re.escape(rule) for rule in sorted(self.rules, key=lambda r: (-len(r), r)))
        return re.sub(rf"(?<!\w)(?:{wanted})(?!\w)", lambda match: self.rules[match.group()], text)

    def quoted(self, text: str) -> str:
        """A passage between the language's quotation marks."""
        return self.frame.format(text)


@cache
def explanations(lang: Lang) -> Explanations:
    """The words of one language.

    Raises:
        LexiconError: there is not exactly one row for quotation.
    """
    file = f"{lang}/explanations.toml"
    frames = rows(file, "quote", QuoteRow)
    if len(frames) != 1:
        raise LexiconError(f"{file}: {len(frames)} [[quote]] rows; keep exactly one")
    return Explanations(
        labels={row.code: row.text for row in rows(file, "label", LabelRow)},
        rules={row.rule: row.said for row in rows(file, "rule", RuleRow)},
        frame=frames[0].frame,
    )
