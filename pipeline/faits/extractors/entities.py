"""Named entities of a text: found, typed, and one entity under all its names within the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from faits.lexicons.names import EMPTY, Gazetteer, fold_pieces, gazetteer, own_gazetteer
from faits.model import EntityType, EntityValue, Lang, Mention
from faits.text.naming.anaphora import descriptions_in
from faits.text.naming.described import toponym
from faits.text.naming.finder import Reading, find_names
from faits.text.naming.roles import Role, roles_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["EMPTY", "VERSION", "Gazetteer", "Role", "descriptions", "find", "normalise", "own_gazetteer", "roles"]

VERSION = "entities@3"


def find(text: str, lang: Lang, doc: Doc | None, *, gazetteer: Gazetteer | None = None) -> list[Mention]:
    """Every entity mention of `text`, in reading order; `doc` may lack syntax and names.

    Mentions overlap only where one is nested in another ("usine de Lannion" and "Lannion"), as its reading says.

    >>> [m.text for m in find("Selon l’AIE, Microsoft achètera le courant d’Helion.", "fr", None)]
    ['AIE', 'Microsoft', 'Helion']
    """
    known = _default() if gazetteer is None else gazetteer
    return [
        Mention(kind="entity", start=start, end=end, text=text[start:end], reading=reading)
        for start, end, reading in find_names(text, lang, doc, known)
    ]


def _default() -> Gazetteer:
    return gazetteer()


def normalise(mentions: Sequence[Mention], text: str, lang: Lang, doc: Doc | None) -> list[Mention]:
    """The same mentions, each with its entity: one id, name and set of aliases for all the names of one entity.

    >>> found = find("Sam Altman dirige OpenAI. M. Altman a investi dans Open AI.", "fr", None)
    >>> sorted({m.value.id for m in normalise(found, "", "fr", None)})
    ['org-openai', 'person-sam-altman']
    """
    spelled: dict[int, set[str]] = {}
    for mention in mentions:
        if isinstance(mention.reading, Reading):
            spelled.setdefault(mention.reading.group, set()).add(" ".join(mention.text.split()))
    values: dict[int, EntityValue] = {}
    named = []
    for mention in mentions:
        reading = mention.reading
        if not isinstance(reading, Reading):
            named.append(mention)
            continue
        if reading.group not in values:
            values[reading.group] = _value(reading, spelled[reading.group], lang)
        named.append(mention.model_copy(update={"value": values[reading.group]}))
    called = _by_toponym(values.values(), lang)
    return [
        mention.model_copy(update={"value": called[mention.value.id]})
        if isinstance(mention.value, EntityValue) and mention.value.id in called
        else mention
        for mention in named
    ]


def _by_toponym(values: Iterable[EntityValue], lang: Lang) -> dict[str, EntityValue]:
    """The sites that a text may also call by their bare name, with that as an alias: "Penmarch" for its wind farm."""
    owners = {fold_pieces(value.name) for value in values if value.type in {"ORG", "PERSON"}}
    found = {}
    for value in values:
        bare = toponym(value.name, lang) if value.type == "PROJECT" else None
        if bare is not None and fold_pieces(bare) not in owners:
            found[value.id] = value.model_copy(update={"aliases": tuple(sorted({*value.aliases, bare}))})
    return found


def _value(reading: Reading, spelled: set[str], lang: Lang) -> EntityValue:
    known = reading.known
    name = known.called(lang) if known else " ".join(reading.name.split())
    stable = known.name if known else name
    return EntityValue(
        id=entity_id(reading.type, stable), name=name, type=reading.type, aliases=tuple(sorted(spelled - {name}))
    )


def entity_id(kind: EntityType, name: str) -> str:
    """The id of an entity: its type and its name in plain letters.

    >>> entity_id("ORG", "Électricité de France")
    'org-electricite-de-france'
    """
    return "-".join((kind.lower(), *fold_pieces(name)))


def descriptions(
    text: str, lang: Lang, mentions: Sequence[Mention], doc: Doc | None
) -> list[tuple[int, int, EntityValue]]:
    """Definite descriptions ("la start-up", "the company") and the entity each points to; none where in doubt.

    `mentions` are those of `normalise`; the result is in reading order.
    """
    return descriptions_in(text, lang, mentions)


def roles(text: str, lang: Lang, mentions: Sequence[Mention], doc: Doc | None) -> list[Role]:
    """The functions that `text` says people hold, in reading order ("le PDG d'OpenAI, Sam Altman").

    `mentions` are those of `normalise`.
    """
    return roles_in(text, lang, [(m.start, m.end, m.value.type) for m in mentions if isinstance(m.value, EntityValue)])
