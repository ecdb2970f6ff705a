"""Gives each mention its value: SI and ISO 4217, EDTF, canonical entity."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast, get_args

from faits.extractors import dates, entities, money, quantities
from faits.lexicons.calendar import calendar_words
from faits.model import Lang, Mention, Problem
from faits.text.parse import read_off

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy import tokens

    from faits.text.parse import Doc, Token

_CALENDAR = {"date", "duration"}
_MONEY = {"money", "price"}


def normalise(
    mentions: list[Mention], text: str, lang: Lang, doc: tokens.Doc | Doc | None, *, published: str | None
) -> tuple[list[Mention], list[Problem]]:
    """The same mentions with their values, in the same order, and what could not be resolved.

    `published` is the article's publication date (EDTF, any grain): relative dates count from it.
    """
    dated, problems = dates.normalise(
        [m for m in mentions if m.kind in _CALENDAR], text, lang, published=published, tense=tense_of(doc)
    )
    named = entities.normalise([m for m in mentions if m.kind == "entity"], text, lang, None)
    meant = money.currencies_meant(mentions, text, lang)
    counted = [
        money.normalise(m, meant=meant) if m.kind in _MONEY else quantities.normalise(m)
        for m in mentions
        if m.kind not in _CALENDAR and m.kind != "entity"
    ]
    return sorted([*dated, *named, *counted], key=lambda m: (m.start, m.end)), problems


def tense_of(doc: tokens.Doc | Doc | None) -> Callable[[int, int], str | None] | None:
    """A look-up of the tense of the verb that governs a span, or None when the Doc has no syntax."""
    if doc is None or not doc.has_annotation("DEP") or not doc.has_annotation("MORPH"):
        return None
    parse = read_off(doc)

    def tense(start: int, end: int) -> str | None:
        span = parse.char_span(start, end, alignment_mode="expand")
        return _tense(span.root) if span is not None and len(span) else None

    return tense


_TENSES = {"Past": "past", "Imp": "past", "Pqp": "past", "Fut": "future", "Pres": "present"}


def _tense(token: Token) -> str | None:
    """The tense of the first verb from `token` up, read off its auxiliary when it has one ("sera publié").

    What waits for something to come is of the future, whatever its form: "attendue à l'automne", "doit être reçue".
    """
    announced = _announced(token.doc.lang_)
    for governor in [token, *token.ancestors]:
        if governor.pos_ in {"VERB", "AUX", "ADJ"} and governor.lower_ in announced:
            helpers = [child for child in governor.children if child.pos_ == "AUX"]
            looks_back = any({"Imp", "Past"} & set(helper.morph.get("Tense", [])) for helper in helpers)
            return "past" if looks_back else "future"  # "était prévu en mars"
        if governor.pos_ not in {"VERB", "AUX"}:
            continue
        helpers = [child for child in governor.children if child.pos_ == "AUX"]
        done = any(helper.dep_ == "aux:tense" or helper.lemma_ == "have" for helper in helpers)
        verb = [*helpers, governor]
        if any(_is_future(word) for word in verb) or (not done and any(_is_conditional(word) for word in verb)):
            return "future"
        if done:
            # The auxiliary's present is no present; but "le tarif baissera, a confirmé le ministre".
            told = any(_is_future(word) for word in token.doc[token.i : max(token.i, governor.i)])
            return "future" if told else "past"
        if any(helper.morph.get("VerbForm", []) == ["Inf"] for helper in helpers):
            if _is_to(governor, helpers):
                return "future"
            continue  # "doit être reçue": the verb above says when
        stated = next((t for word in verb for t in word.morph.get("Tense", [])), None)
        if stated:
            return "past" if any(_is_imperfect(word) for word in verb) else _TENSES.get(stated)
    return None


@cache
def _announced(lang: str) -> frozenset[str]:
    """The single words that put what depends on them in the future: "prévu", "doit", "expected"."""
    if lang not in get_args(Lang):
        return frozenset()
    told = (row for row in calendar_words(cast("Lang", lang)) if row.role == "tense" and row.value == "future")
    return frozenset(form for row in told for form in row.written if " " not in form)


def _is_to(governor: Token, helpers: list[Token]) -> bool:
    """Whether something "is to be" done."""
    marked = any(child.lower_ == "to" for child in governor.children)
    return marked and any(helper.lower_ in {"is", "are"} for helper in helpers)


def _is_future(token: Token) -> bool:
    return token.morph.get("Tense", []) == ["Fut"] or token.lower_ in {"will", "shall", "'ll", "’ll"}


def _is_conditional(token: Token) -> bool:
    """Whether a verb leaves open what is to come: "il verserait", "it could lead to"."""
    if token.pos_ == "AUX" and token.lower_ in _MODALS:
        return True
    return token.morph.get("Mood", []) == ["Cnd"] and not _is_imperfect(token)


def _is_imperfect(token: Token) -> bool:
    """Whether a French verb that is taken for a conditional is an imperfect, by its ending: "lançait"."""
    return (
        token.morph.get("Mood", []) == ["Cnd"]
        and token.lower_[-4:] not in {"rais", "rait"}
        and (
            token.lower_.endswith(("ais", "ait")) or (token.lower_.endswith("aient") and token.lower_[-6:] != "raient")
        )
    )


_MODALS = frozenset({"could", "may", "might", "ought", "should", "would"})
