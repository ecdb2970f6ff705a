"""Rows of lexicons/{fr,en}/betweens.toml: what is written between two names and says how they stand to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from pydantic import Field

from faits.lexicons.loader import LexiconRow, rows
from faits.lexicons.predicates import fold
from faits.model import Lang, Predicate

Pattern = re.Pattern[str]


class BetweenRow(LexiconRow):
    """Words between two names, and beside them, that tell a relation; `subject` says which of the two is its subject.

    In a form "…" stands for up to eight words without a mark of punctuation, "aux" for the helping words of a verb,
    "*" for the rest of a word. `before` and `after` must stand right before the first name and right behind the second.
    """

    predicate: Predicate
    subject: Literal["first", "second"]
    between: tuple[str, ...] = Field(min_length=1)
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Between:
    """A form of a row, matched in folded text; its patterns are made when first asked for.

    `anchor` is the beginning of the word that a text must have for the form to be there, "" where any may be.
    """

    row: BetweenRow
    form: str
    anchor: str
    lang: Lang

    @cached_property
    def between(self) -> Pattern:
        """All that stands between the two names."""
        return re.compile(rf"\s*{_form(self.form, self.lang)}\s*{_BEFORE_NAME[self.lang]}")

    @cached_property
    def before(self) -> Pattern | None:
        """What stands before the first name and ends there; None where anything may."""
        if not self.row.before:
            return None
        return re.compile(rf"(?:^|\W)(?:{_any(self.row.before, self.lang)})\s*{_BEFORE_NAME[self.lang]}$")

    @cached_property
    def after(self) -> Pattern | None:
        """What stands right behind the second name; None where anything may."""
        return re.compile(rf"\s*(?:{_any(self.row.after, self.lang)})(?!\w)") if self.row.after else None


@dataclass(frozen=True, slots=True)
class Betweens:
    """The forms of one language, in the order of the file, by the first letters of their anchors."""

    by_letters: dict[str, list[tuple[int, Between]]]
    short: list[tuple[int, Between]]

    def of(self, gap: str) -> list[Between]:
        """The forms that may be what is written in a gap, in the order of the file."""
        words = gap.split()
        found = dict(self.short) if len(words) <= _FEW else {}
        for word in words:
            found.update((n, one) for n, one in self.by_letters.get(word[:3], ()) if word.startswith(one.anchor))
        return [found[n] for n in sorted(found)]


# Forms without a word of three letters ("et", "à") stand between names alone, or with a determiner and an adjective.
_FEW = 4


@cache
def betweens(lang: Lang) -> Betweens:
    """The forms of one language.

    Raises:
        LexiconError: a row is malformed or lacks examples.
    """
    table = Betweens({}, [])
    for n, one in enumerate(_forms(lang)):
        (table.by_letters.setdefault(one.anchor[:3], []) if one.anchor else table.short).append((n, one))
    return table


def _forms(lang: Lang) -> Iterator[Between]:
    for row in rows(f"{lang}/betweens.toml", "between", BetweenRow):
        for form in row.between:
            words = (word.strip("*") for word in re.findall(r"[^\W\d_]+\*?", fold(form)) if word != "aux")
            anchor = max(words, key=len, default="")
            yield Between(row, form, anchor if len(anchor) >= _ANCHOR else "", lang)


_ANCHOR = 3


# What stands between the words and a name: "to the Danish utility Orsted", "à l'allemand Siemens".
_BEFORE_NAME: dict[Lang, str] = {
    "fr": r"(?:(?:le|la|les|du|au|aux|des|un|une|son|sa|leur|ses) |l'|d')?(?:[a-z][\w'-]*\s+){0,3}",
    "en": r"(?:(?:the|a|an|its|their) )?(?:[a-z][\w'-]*\s+){0,3}",
}
_AUX: dict[Lang, str] = {
    "fr": r"(?:(?:,? ?qui )?(?:(?:n'|s'|se |y |en |lui )?(?:a|ont|avait|avaient|aura|aurait|va|vont|vient de"
    r"|viennent de|doit|doivent|devra|devrait|pourrait|veut|compte|prevoit de|espere|est|etait|sera|serait) )?"
    r"(?:deja |aussi |egalement |ete |desormais )?)",
    "en": r"(?:(?:,? ?(?:which|who|that) )?(?:(?:has|have|had|will|would|could|may|is|was|are|were|plans to|wants to"
    r"|is to|is due to|hopes to) )?(?:already |also |since |now |been )?)",
}
_SOME_WORDS = r"(?:[^\s.,;:!?()«»“”\"]+\s+){0,8}?"


def _any(forms: tuple[str, ...], lang: Lang) -> str:
    return "|".join(_form(form, lang) for form in forms)


def _form(form: str, lang: Lang) -> str:
    out = ""
    for word in fold(form.replace("…", "\0")).split():
        if word == "\0":
            out += _SOME_WORDS
        elif word == "aux":
            out += _AUX[lang]
        else:
            out += re.escape(word.rstrip("*")) + (r"\w{0,8}" if word.endswith("*") else "") + r"(?!\w)\s*"
    return out
