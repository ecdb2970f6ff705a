"""Gives each mention its value: SI and ISO 4217, EDTF, canonical entity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faits.extractors import dates, entities, money, quantities
from faits.model import Lang, Mention, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc, Token

_CALENDAR = {"date", "duration"}
_MONEY = {"money", "price"}


def normalise(
    mentions: list[Mention], text: str, lang: Lang, doc: Doc | None, *, published: str | None
) -> tuple[list[Mention], list[Problem]]:
    """The same mentions with their values, in the same order, and what could not be resolved.

    `published` is the article's publication date (EDTF, any grain): relative dates count from it.
    """
    dated, problems = dates.normalise(
        [m for m in mentions if m.kind in _CALENDAR], text, lang, published=published, tense=tense_of(doc)
    )
    named = entities.normalise([m for m in mentions if m.kind == "entity"], text, lang, doc)
    meant = money.currencies_meant(mentions, text, lang)
    counted = [
        money.normalise(m, meant=meant) if m.kind in _MONEY else quantities.normalise(m)
        for m in mentions
        if m.kind not in _CALENDAR and m.kind != "entity"
    ]
    return sorted([*dated, *named, *counted], key=lambda m: (m.start, m.end)), problems


def tense_of(doc: Doc | None) -> Callable[[int, int], str | None] | None:
    """A look-up of the tense of the verb that governs a span, or None when the Doc has no syntax."""
    if doc is None or not doc.has_annotation("DEP") or not doc.has_annotation("MORPH"):
        return None

    def tense(start: int, end: int) -> str | None:
        span = doc.char_span(start, end, alignment_mode="expand")
        return _tense(span.root) if span is not None and len(span) else None

    return tense


_TENSES = {"Past": "past", "Imp": "past", "Pqp": "past", "Fut": "future", "Pres": "present"}


def _tense(token: Token) -> str | None:
    """The tense of the first verb from `token` up, read off its auxiliary when it has one ("sera publié")."""
    for governor in [token, *token.ancestors]:
        if governor.pos_ not in {"VERB", "AUX"}:
            continue
        helpers = [child for child in governor.children if child.pos_ == "AUX"]
        done = any(helper.dep_ == "aux:tense" or helper.lemma_ == "have" for helper in helpers)
        verb = [*helpers, governor]
        if any(_is_future(word) for word in verb) or (not done and any(_is_conditional(word) for word in verb)):
            return "future"
        if done:
            return "past"  # passé composé, perfect: the auxiliary's present is no present
        stated = next((t for word in [*helpers, governor] for t in word.morph.get("Tense", [])), None)
        if stated:
            return _TENSES.get(stated)
    return None


def _is_future(token: Token) -> bool:
    return token.morph.get("Tense", []) == ["Fut"] or token.lower_ in {"will", "shall", "'ll", "’ll"}


def _is_conditional(token: Token) -> bool:
    """Whether a verb leaves open what is to come: "il verserait", "it could lead to"."""
    return token.morph.get("Mood", []) == ["Cnd"] or (token.pos_ == "AUX" and token.lower_ in _MODALS)


_MODALS = frozenset({"could", "may", "might", "should", "would"})
