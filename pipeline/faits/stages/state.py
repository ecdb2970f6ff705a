"""States a fact in one readable sentence of each language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from faits.lexicons.predicates import fold
from faits.lexicons.statements import StatementRow, statements
from faits.model import Bound, DateValue, FactValue, Lang, Modality, Party, Predicate, Statement
from faits.text.wording import foreign, polish, with_article, write_place, write_time, write_value

_LANGS: tuple[Lang, ...] = ("fr", "en")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_FIELD = re.compile(r"{(\w+)}")


def state(
    *,
    predicate: Predicate,
    subject: Party,
    object: Party | None = None,  # noqa: A002 – the field of a fact is called so
    value: FactValue | None = None,
    time: DateValue | None = None,
    modality: Modality = "asserted",
    attribution: str | None = None,
) -> Statement:
    """The sentence that tells a fact, hedged as the fact is.

    >>> state(predicate="cost", subject=Party(id=None, name="Stargate", type=None),
    ...       value=FactValue(number=1e11, unit="USD", kind="money"), modality="planned").en
    'Stargate is to cost $100 billion.'
    """
    told: dict[Lang, str] = {
        lang: _Telling(predicate, subject, object, value, time, modality, attribution, lang).sentence()
        for lang in _LANGS
    }
    return Statement(fr=told["fr"], en=told["en"])


@dataclass(frozen=True)
class _Telling:
    """One fact to be told in one language."""

    predicate: Predicate
    subject: Party
    other: Party | None
    value: FactValue | None
    time: DateValue | None
    modality: Modality
    attribution: str | None
    lang: Lang

    def sentence(self) -> str:
        """The fact as a sentence with its full stop."""
        words = statements(self.lang)
        filled = _fill(self._template(), self._fields())
        if self.attribution:
            source = foreign(self.attribution, self.lang)
            filled = words.phrases.attributed.format(source=source, told=filled)
        return polish(filled[:1].upper() + filled[1:], self.lang) + "."

    def _row(self) -> StatementRow:
        told = statements(self.lang).told
        if self.other is not None and self.other.id is not None and (self.predicate, "named") in told:
            return told[self.predicate, "named"]
        if self.value is None and (self.predicate, "bare") in told:
            return told[self.predicate, "bare"]
        if self.predicate == "count" and self._is_owned():
            return told[self.predicate, "owned"]
        if self.predicate == "growth" and self.value is not None and _times(self.value, self.lang):
            return told[self.predicate, "times"]
        if self.other is None and (self.predicate, "alone") in told:
            return told[self.predicate, "alone"]
        if _negative(self.value) and (self.predicate, "negative") in told:
            return told[self.predicate, "negative"]
        return told[self.predicate, "plain"]

    def _is_owned(self) -> bool:
        """Whether what is counted is what a party can be said to have, in either language: no person has sites."""
        of = self.value.of if self.value is not None else None
        if of is None or self.subject.type == "PERSON":
            return False
        nouns = [word.removesuffix("s") for word in fold(of).split()]
        # The noun comes first in French and last in English; "flats" and "salariés" are one of "flat" and "salarié".
        return nouns[0] in statements("fr").owned or any(
            end in statements("en").owned for end in (nouns[-1], fold(of).split()[-1])
        )

    def _template(self) -> str:
        row = self._row()
        if self.modality == "negated":
            return row.denied
        hedge = statements(self.lang).hedges.get(self.modality)
        if hedge is None or self.modality in row.inherent:
            return row.told
        # Whatever stands before the verb in the plain sentence stands before the hedge too ("le marché de {subject}").
        head = row.told.split("}", 1)[0] + "}"
        return f"{head} {hedge.before} {row.infinitive}"

    def _written(self, value: FactValue) -> str:
        times = _times(value, self.lang) if self._row().case == "times" else ""
        return times or write_value(value, self.lang)

    def _fields(self) -> dict[str, str]:
        value = self.value
        about = "" if self.other is None else _called(self.other, self.lang)
        # A count of things says what it counts; told again as object it would be said twice.
        if self.other is not None and value is not None and value.of and value.of == self.other.name:
            about = ""
        if value is not None and self._row().case == "negative":
            value = _positive(value)
        return {
            "subject": _called(self.subject, self.lang),
            "object": about,
            "place": write_place(self.other.name, self.lang) if self.other is not None else "",
            "value": self._written(value) if value is not None else "",
            "when": (write_time(self.time, self.lang) or "") if self.time is not None else "",
        }


def _times(value: FactValue, lang: Lang) -> str:
    """A figure told by how many times, without that word; "" for every other one."""
    written = write_value(value, lang)
    bare = _TIMES.sub("", written)
    return bare if bare != written and value.kind == "ratio" else ""


_TIMES = re.compile(r"\s(?:fois|times)$")


def _called(party: Party, lang: Lang) -> str:
    if party.id is None:
        return foreign(party.name, lang)
    return with_article(party.name, lang) if party.type == "PLACE" else party.name


def _negative(value: FactValue | None) -> bool:
    if value is None:
        return False
    return any(number is not None and number < 0 for number in (value.number, value.low, value.high))


# A result of less than -860 is a loss of more than 860.
_MIRRORED: dict[Bound, Bound] = {"gt": "lt", "lt": "gt", "min": "max", "max": "min"}


def _positive(value: FactValue) -> FactValue:
    number, low, high = (None if n is None else abs(n) for n in (value.number, value.high, value.low))
    bound = _MIRRORED.get(value.bound, value.bound)
    return value.model_copy(update={"number": number, "low": low, "high": high, "bound": bound})


def _fill(template: str, fields: dict[str, str]) -> str:
    kept = (part for part, needed in _parts(template) if all(fields[name] for name in needed))
    return _FIELD.sub(lambda match: fields[match[1]], "".join(kept))


@cache
def _parts(template: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A template in parts, each with the fields without which it is left out: those of what stands in brackets."""
    cut = _OPTIONAL.split(template)
    return tuple((part, tuple(_FIELD.findall(part)) if n % 2 else ()) for n, part in enumerate(cut))
