"""Under which name a site that its place tells apart goes: the one the text has for it, else its noun and its place."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from faits.lexicons.frames import general_sites
from faits.lexicons.names import fold_pieces
from faits.lexicons.naming import noun_types
from faits.lexicons.predicates import fold
from faits.lexicons.sites import site_of
from faits.model import EntityValue
from faits.stages.linking.scene import Scene

if TYPE_CHECKING:
    from faits.stages.linking.sites import Site

_CONTRACTED = re.compile(r"^(?:Le|Les) ")
_VOWEL = re.compile(r"^[aeiouyhàâéèêëîïôûAEIOUYHÀÂÉÈÊËÎÏÔÛ]")


def projects(scene: Scene) -> list[EntityValue]:
    """The projects that the text names, each once."""
    named = {m.value.id: m.value for m in scene.entities if isinstance(m.value, EntityValue)}
    return [value for value in named.values() if value.type == "PROJECT"]


def as_near(scene: Scene, one: Site, known: list[EntityValue]) -> Site:
    """The site under the name of the only one of its kind, whatever place that stands at exactly."""
    kind = (site_of(one.value.name) or ("",))[0]
    of_kind = [value for value in known if kind and kind == (site_of(value.name) or ("",))[0]]
    if len(of_kind) == 1:
        return replace(one, mention=one.mention.model_copy(update={"value": of_kind[0]}))
    return as_known(scene, one, known)


def as_known(scene: Scene, one: Site, known: list[EntityValue]) -> Site:
    """The site under the name the text has for it already, if one stands at its place and can be it."""
    assert isinstance(one.place.value, EntityValue)
    place = one.place.value
    at = {fold_pieces(name) for name in (place.name, *place.aliases, one.place.text)}
    there = [value for value in known if _stands_at(value, at) and can_be(scene, one.mention.text, value)]
    if len(there) == 1:
        return replace(one, mention=one.mention.model_copy(update={"value": there[0]}))
    if not there:
        known.append(one.value)
    return one


def _stands_at(value: EntityValue, at: set[tuple[str, ...]]) -> bool:
    """Whether a project has a place in its name, under one of its names: "usine de Fos", "Fos plant"."""
    pieces = fold_pieces(value.name)
    return any(len(pieces) > len(one) and one in (pieces[-len(one) :], pieces[: len(one)]) for one in at)


def can_be(scene: Scene, noun: str, value: EntityValue) -> bool:
    """Whether a project can be called by a noun: by its own, or where one of the two says little."""
    mine = " ".join(noun.lower().split())
    general = general_sites(scene.lang)
    if fold(mine) in general or fold_pieces(value.name)[0 if scene.lang == "fr" else -1] in general:
        return True
    own, other = site_of(called(scene, mine, "X")), site_of(value.name)
    if own is not None and other is not None:
        return own[0] == other[0]
    kinds = noun_types(scene.lang)
    said = [piece for piece in fold_pieces(value.name) if piece in kinds]
    return not said or fold_pieces(mine)[0] in said


def called(scene: Scene, noun: str, where: str) -> str:
    """The name of a site by its noun and its place, as each language says it."""
    return f"{where} {noun}" if scene.lang == "en" else f"{noun}{_of(where)}"


def _of(place: str) -> str:
    if _CONTRACTED.match(place):
        return f" des {place[4:]}" if place.startswith("Les ") else f" du {place[3:]}"
    return f" d'{place}" if _VOWEL.match(place) else f" de {place}"
