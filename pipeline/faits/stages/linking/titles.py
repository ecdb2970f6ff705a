"""What a function is called: its words as written, with the organisation under the name the text gives it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from faits.lexicons.naming import phrases
from faits.lexicons.predicates import AnaphorRow, Found, fold
from faits.model import EntityType, EntityValue
from faits.stages.linking.referents import Referents
from faits.stages.linking.scene import Scene

ORGANISATIONS: frozenset[EntityType] = frozenset({"ORG", "PROJECT", "PLACE", "EVENT"})
_OWN = re.compile(r"\b(?:son|sa|leur|its|their)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_LAST_NOUN = re.compile(r"(?:de l['’]|de la |du |of the |d['’]|de |of )[\w-]+$")
# What may still belong to a title after its organisation: "ministre des Finances" + "du Québec".
_REST = re.compile(r"(\s(?:de l['’]|de la |du |des |de |d['’]|of the |of )\s*)$")


def title_of(scene: Scene, referents: Referents, role: Any) -> str:
    """The function as written, its organisation under the name the text gives it."""
    start, end = role.title
    name: str = role.function
    if role.organisation is None or entity_at(scene, *role.organisation) is None:
        return _completed(scene, referents, role)
    organisation = scene.text[slice(*role.organisation)]
    if start <= role.organisation[0] and role.organisation[1] <= end and role.organisation[0] > start + len(name) - 1:
        name = _plainly(scene, scene.text[start : role.organisation[0]]) + organisation
        name += _rest(scene, role.organisation[1])
    elif organisation.casefold() not in name.casefold():
        name += of_name(scene, organisation)
    return elided(" ".join(name.split()), scene)


def _plainly(scene: Scene, before: str) -> str:
    """What stands before a name, without a nationality right before it: "patron de l'américain" is "patron de "."""
    match = _NATIONALITY[scene.lang].search(before)
    if match is None or match["word"].lower() not in phrases(scene.lang, "demonym"):
        return before
    return f"{before[: match.start()]}{_PLAIN.get(match['of'], match['of'])} "


_PLAIN = {"d": "de"}
_NATIONALITY = {
    "fr": re.compile(r"\b(?P<of>d)(?:e la |e l['’]|e |u |['’])(?P<word>[\w-]+) $"),
    "en": re.compile(r"\b(?P<of>of|at) (?:the )?(?P<word>[\w-]+) $"),
}


def _rest(scene: Scene, offset: int) -> str:
    after = scene.entities_in(offset, offset + 16)
    if after and isinstance(after[0].value, EntityValue) and (gap := _REST.match(scene.text[offset : after[0].start])):
        return gap[1] + after[0].value.name
    return ""


def _completed(scene: Scene, referents: Referents, role: Any) -> str:
    """A function whose organisation has no name beside it: "son patron", "directeur général de l'organisation"."""
    start, name = role.title[0], str(role.function)
    if role.organisation is not None and start <= role.organisation[0]:
        name = scene.text[start : role.organisation[1]]
    elif (said := _STATED.match(scene.text, role.title[1])) is not None and role.person[0] < start:
        name += said[0]  # "X, présidente de la région": no name, yet said
    common = _LAST_NOUN.search(name)
    if common is not None:
        place = scene.text.find(name, start, role.title[1] + len(name) + 4)
        noun = place + common.start() if place >= 0 else start
        for a, b, value in scene.descriptions:
            if a < place + len(name) and noun < b and value.type in ORGANISATIONS:
                return name[: common.start()].rstrip() + of_name(scene, as_named(scene, value))
        for one in scene.anaphors.between(noun, place + len(name)):
            if (found := _meant(referents, one)) is not None:
                return name[: common.start()].rstrip() + of_name(scene, as_named(scene, found))
        return name
    if _OWN.search(scene.text[max(0, start - 24) : start]):
        return name + _whose(scene, referents, start)
    if _OFFICE[scene.lang].search(fold(name)):
        # "Solène Abadie, cofondatrice": of the firm that the article is about.
        owner = _house(scene, start)
        if owner is not None:
            return name + of_name(scene, as_named(scene, owner))
    return name


def _meant(referents: Referents, one: Found[AnaphorRow]) -> EntityValue | None:
    """The organisation that a description stands for; a firm is the one its sentence or its article is about."""
    types = frozenset(one.row.types) & ORGANISATIONS
    if types == {"ORG"}:
        return referents.firm_at(one.start)
    # "la région", "la ville": whichever place was named before, it need not be the one.
    return referents.antecedent(one.start, types) if types - {"PLACE"} else None


def _whose(scene: Scene, referents: Referents, start: int) -> str:
    """Behind a function that somebody has ("son patron"), whose it is; nothing where that is not plain."""
    noun = referents.acting_noun(start)
    if noun is not None:
        return f" of {noun}" if scene.lang == "en" else _of_noun(scene, noun)
    owner = referents.owner(start, frozenset({"ORG"}))
    return of_name(scene, as_named(scene, owner)) if owner is not None else ""


def _house(scene: Scene, start: int) -> EntityValue | None:
    """The organisation of which one is "the chairman" without more: that of the sentence, if it is the article's too.

    Where a sentence names one and the article is about another, either may be meant, unless the sentence names it
    first: "À la Coopérative du Santerre, …, le président, X, parle d'une année à oublier".
    """
    topic = next((value for value in scene.ranked_topics if value.type == "ORG"), None)
    sentence = scene.sentence_at(start)
    here = [m.value for m in scene.entities_in(sentence.start, start) if isinstance(m.value, EntityValue)]
    named = {value.id: value for value in here if value.type == "ORG"}
    if len(named) == 1:
        return next(iter(named.values()))
    others = [value for value in scene.ranked_topics if value.type == "ORG"][1:2]
    rivalled = topic is not None and others and scene.frequency(others[0].id) * _RIVAL > scene.frequency(topic.id)
    return None if named or rivalled else topic


# How many times as often as the next firm an article must name the one whose "chairman" it leaves without more.
_RIVAL = 1.5


_STATED = re.compile(r" (?:de la |du |de l['’]|des |of the )[a-zà-ÿ-]+(?= *[,.;:)»”\n]|$)")
_OFFICE = {
    "fr": re.compile(
        r"^(?:co-?)?(?:fondat(?:eur|rice)|pdg|directeur|directrice|president|presidente|patron|patronne|dirigeante?"
        r"|porte-parole|secretaire general|secretaire generale|gerante?)"
        r"(?:\s+(?:generale?|financiere?|financier|technique|et|deleguee?|adjointe?|executif|executive|commerciale?"
        r"|(?:co-?)?fondat(?:eur|rice)|directeur|directrice|president|presidente))*$"
    ),
    "en": re.compile(
        r"^(?:co-?)?(?:founder|chief executive|ceo|cfo|chief financial officer|finance chief|chairman|chairwoman|chair"
        r"|boss|managing director|spokesman|spokeswoman|general manager)(?:\s+and\s+[\w ]+)?$"
    ),
}  # fmt: skip


_ARTICLE = {
    "le ": " du ", "du ": " du ", "au ": " du ", "la ": " de la ", "l'": " de l'", "les ": " des ", "des ": " des ",
    "aux ": " des ",
}  # fmt: skip


def of_name(scene: Scene, name: str) -> str:
    """ "de" before a name, with the article the text gives it ("du RC Vannes", "de l'Autorité")."""
    if scene.lang == "en":
        return f" of {name}"
    told = re.search(rf"(?:^|[\s(«])(le |la |l'|les |du |au |des |aux ){re.escape(fold(name))}(?!\w)", scene.folded)
    if told is not None:
        return _ARTICLE[told[1]] + name
    return f" d'{name}" if fold(name)[:1] in set("aeiouyh") else f" de {name}"


def _of_noun(scene: Scene, noun: str) -> str:
    """ "de" before a noun as written with its article: "de la communauté de communes", "du club"."""
    article = next((a for a in ("le ", "la ", "l'", "l’", "les ") if noun.lower().startswith(a)), "")
    if article in {"le ", "les "}:
        return f" {'du' if article == 'le ' else 'des'} {noun[len(article) :]}"
    return f" de {noun[0].lower()}{noun[1:]}" if article else f" de {noun}"


def elided(name: str, scene: Scene) -> str:
    """A French function with "de" and "d'" as the word behind them asks."""
    if scene.lang != "fr":
        return name
    name = re.sub(r"\bd['’] ?(?=[bcdfgjklmnpqrstvwxzBCDFGJKLMNPQRSTVWXZ])", "de ", name)
    return re.sub(r"\bde (?=[AEIOUÉÈÊaeiouéèê])", "d'", name)


def as_named(scene: Scene, value: EntityValue) -> str:
    """The name by which the text calls an entity most often ("EDF"), its first one where two are as frequent."""
    surfaces = Counter(m.text for m in scene.entities if isinstance(m.value, EntityValue) and m.value.id == value.id)
    return surfaces.most_common(1)[0][0] if surfaces else value.name


def entity_at(scene: Scene, start: int, end: int) -> EntityValue | None:
    """The entity named or described somewhere in `text[start:end]`."""
    for m in scene.entities_in(max(0, start - 40), end):
        if m.start < end and start < m.end and isinstance(m.value, EntityValue):
            return m.value
    return next((value for a, b, value in scene.descriptions if a < end and start < b), None)
