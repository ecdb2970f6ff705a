"""Who holds which function where: functions beside a name, and verbs of leading and founding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from faits.lexicons.frames import FrameRow, found_in, frames
from faits.lexicons.naming import phrases
from faits.lexicons.predicates import AnaphorRow, Found, fold
from faits.model import EntityType, EntityValue, Mention, Party
from faits.stages.linking.affiliations import affiliations
from faits.stages.linking.gender import is_woman
from faits.stages.linking.grammar import head_of, parsed, slots_of
from faits.stages.linking.referents import Referent, Referents, neighbours, party_of
from faits.stages.linking.scene import Scene

if TYPE_CHECKING:
    from faits.text.parse import Doc, Token

# predicate, subject, object, start, end, score, rule, cue: the fields of `relations.Related`.
Told = tuple[Any, Party, Party, int, int, float, str, tuple[int, int] | None]

_ORGANISATIONS: frozenset[EntityType] = frozenset({"ORG", "PROJECT", "PLACE", "EVENT"})
_PERSON: frozenset[EntityType] = frozenset({"PERSON"})
_LED: frozenset[EntityType] = frozenset({"ORG", "PROJECT"})
_NAMED_AFTER = {"appos", "flat", "nmod", "flat:name", "compound"}
_OWN = re.compile(r"\b(?:son|sa|leur|its|their)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_LAST_NOUN = re.compile(r"(?:de l['’]|de la |du |of the |d['’]|de |of )[\w-]+$")
# What may still belong to a title after its organisation: "ministre des Finances" + "du Québec".
_REST = re.compile(r"(\s(?:de l['’]|de la |du |des |de |d['’]|of the |of )\s*)$")
_TRADES = {
    "fr": re.compile(
        r"(?:[iy]ste|consultante?|logue|graphe|ateur|atrice|icien|icienne|eur|euse|naute|thérapeute|avocate?)$"
    ),
    "en": re.compile(r"(?:ist|ologist|ician|grapher|analyst|consultant|lawyer|researcher|engineer|professor)$"),
}


def functions(scene: Scene, referents: Referents, roles: Sequence[Any]) -> Iterator[Told]:
    """Every function a person of the text is said to hold; each person and function once."""
    seen: set[tuple[str | None, str]] = set()
    spans: list[tuple[int, int]] = []
    doc = scene.doc if scene.doc is not None and parsed(scene.doc) else None
    for one in _all(scene, referents, roles, doc):
        spans.append(one[3:5])
        key = (one[1].id, fold(one[2].name))
        if key not in seen:
            seen.add(key)
            yield (*one[:2], one[2].model_copy(update={"name": one[2].name.replace("’", "'")}), *one[3:])
    for person, other, start, end, rule in affiliations(scene, spans):
        yield "role", person, other, start, end, 0.6, rule, None


def _all(scene: Scene, referents: Referents, roles: Sequence[Any], doc: Doc | None) -> Iterator[Told]:
    for role in roles:
        told = _beside(scene, referents, role, doc)
        if told is not None:
            yield told
    yield from _apposed_trades(scene, {role.person for role in roles})
    if doc is not None:
        yield from _led(scene, referents, doc)
        yield from _trades(scene, referents, doc, {role.person for role in roles})


def _beside(scene: Scene, referents: Referents, role: Any, doc: Doc | None) -> Told | None:
    person = _entity_at(scene, *role.person)
    if person is None or (doc is not None and _is_verb(scene, doc, role)):
        return None
    name = _title(scene, referents, role)
    spans = [role.person, role.title]
    return (
        "role", party_of(person), Party(id=None, name=name, type=None),
        min(a for a, _ in spans), max(b for _, b in spans), 1.0, "role beside the name", None,
    )  # fmt: skip


def _is_verb(scene: Scene, doc: Doc, role: Any) -> bool:
    """Whether what looks like a function is a verb: "« … », juge Anne Sorel"."""
    (start, end), (_, name_end) = role.title, role.person
    if name_end <= start and any(c in scene.text[name_end:start] for c in ",("):
        return False  # "Anne Sorel, déléguée CFDT": no verb stands in an apposition
    if " " in str(role.function):
        return False  # "managing director": no verb has two words
    head = head_of(doc, start, end)
    if head is None or head.idx > start + 20:
        return False
    before = scene.text[max(0, start - 4) : start].rstrip()
    return head.pos_ in {"VERB", "AUX"} or (before.endswith(("»,", '",', "”,", "»", "”")) and start == head.idx)


def _title(scene: Scene, referents: Referents, role: Any) -> str:
    """The function as written, its organisation under the name the text gives it."""
    start, end = role.title
    name: str = role.function
    if role.organisation is None or _entity_at(scene, *role.organisation) is None:
        return _completed(scene, referents, role)
    organisation = scene.text[slice(*role.organisation)]
    if start <= role.organisation[0] and role.organisation[1] <= end and role.organisation[0] > start + len(name) - 1:
        name = _plainly(scene, scene.text[start : role.organisation[0]]) + organisation
        name += _rest(scene, role.organisation[1])
    elif organisation.casefold() not in name.casefold():
        name += _of(scene, organisation)
    return _elided(" ".join(name.split()), scene)


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
            if a < place + len(name) and noun < b and value.type in _ORGANISATIONS:
                return name[: common.start()].rstrip() + _of(scene, _as_named(scene, value))
        for one in scene.anaphors.between(noun, place + len(name)):
            if (found := _meant(referents, one)) is not None:
                return name[: common.start()].rstrip() + _of(scene, _as_named(scene, found))
        return name
    if _OWN.search(scene.text[max(0, start - 24) : start]):
        return name + _whose(scene, referents, start)
    if _OFFICE[scene.lang].search(fold(name)):
        # "Solène Abadie, cofondatrice": of the firm that the article is about.
        owner = _house(scene, start)
        if owner is not None:
            return name + _of(scene, _as_named(scene, owner))
    return name


def _meant(referents: Referents, one: Found[AnaphorRow]) -> EntityValue | None:
    """The organisation that a description stands for; a firm is the one its sentence or its article is about."""
    types = frozenset(one.row.types) & _ORGANISATIONS
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
    return _of(scene, _as_named(scene, owner)) if owner is not None else ""


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


def _led(scene: Scene, referents: Referents, doc: Doc) -> Iterator[Told]:
    for one in found_in(frames(scene.lang), scene.folded):
        row = one.row
        token = head_of(doc, one.start, one.end)
        if row.function is None or token is None or token.pos_ == "PROPN":
            continue
        slots = slots_of(token, noun=row.pos == "noun")
        for other in doc.char_span(one.start, one.end, alignment_mode="expand") or ():
            if other.i != token.i and other.pos_ == "NOUN":
                slots = {**slots_of(other, noun=True), **slots}
        people = [r for slot in row.subject for t in slots.get(slot, []) if (r := referents.of(t, _PERSON)).value]
        places = [r for slot in row.object for t in slots.get(slot, []) if (r := _led_thing(referents, t)).value]
        if (not people or not places) and (pair := neighbours(scene, one.start, one.end)) is not None:
            people, places = ([Referent(m.start, m.end, _value(m), m.text, "name")] for m in pair)
        people = people or _written_near(scene, one.start, one.end)
        places = places or _led_before(scene, referents, one.start)
        if not people or not places or people[0].party.type != "PERSON" or places[0].party.type not in _LED:
            continue
        place = places[0]
        led = _as_named(scene, place.value) if place.value is not None else place.text
        for person in people:
            title = _function(scene, row, person, len(people)) + _of(scene, led)
            start, end = min(one.start, person.start, place.start), max(one.end, person.end, place.end)
            yield (
                "role", person.party, Party(id=None, name=title, type=None), start, end, 0.8,
                f"“{scene.text[one.start : one.end]}”, {person.how} and {place.how}", None,
            )  # fmt: skip


_BY = re.compile(r"^[^.;:«»(\n]{0,32}?\b(?:par|by)\s+(?:le |la |l['’]|the )?(?:[\w'’-]+ ){0,2}$")
_WHOM = re.compile(r"\b(?:que|qu['’]|dont|whom)\s*$")
_AFTER_VERB = re.compile(r"^\s*(?:depuis [\w ]{3,20} )?(?:le |la |l['’]|the )?(?:[\w'’-]+ ){0,2}$")
_REACH = 60


def _written_near(scene: Scene, start: int, end: int) -> list[Referent]:
    """Who leads or founded, where the parse has lost it: "fondée il y a douze ans par X", "que préside X"."""
    asked = _WHOM.search(scene.text[max(0, start - 8) : start].lower())
    for m in scene.entities_in(end, end + _REACH):
        gap = scene.text[end : m.start].lower()
        if _value(m).type == "PERSON" and (_BY.match(gap) or (asked and _AFTER_VERB.match(gap))):
            return [Referent(m.start, m.end, _value(m), m.text, "name")]
    return []


def _led_before(scene: Scene, referents: Referents, start: int) -> list[Referent]:
    """What is led or founded, right before the verb: a name, or a description of one."""
    near = [m for m in scene.entities_in(max(0, start - _REACH), start) if _value(m).type in _LED]
    if near and scene.words_between(near[-1].end, start) <= 3:
        return [Referent(near[-1].start, near[-1].end, _value(near[-1]), near[-1].text, "name")]
    for one in reversed(scene.anaphors.between(max(0, start - _REACH), start)):
        types = frozenset(one.row.types) & _LED
        if types and scene.words_between(one.end, start) <= 5 and len(one.row.types) <= 3:
            value = referents.firm_at(one.start) if types == {"ORG"} else referents.antecedent(one.start, types)
            return [Referent(one.start, one.end, value, "", "description")] if value is not None else []
    return []


def _value(m: Mention) -> EntityValue:
    assert isinstance(m.value, EntityValue)
    return m.value


def _led_thing(referents: Referents, token: Token) -> Referent:
    return referents.of(token, _LED)


def _function(scene: Scene, row: FrameRow, person: Referent, together: int) -> str:
    assert row.function is not None
    word = row.function[1 if is_woman(scene, person.party) else 0]
    if together > 1 and word.startswith(("fondat", "founder")):
        return f"co{word}" if scene.lang == "fr" else f"co-{word}"
    return word


_HIS_TRADE = re.compile(
    r"^,\s+(?:an? |the |une? |le |la |l['’])?((?:[\w-]+ ){0,2}?([\w-]+))"
    r"(\s+(?:at|for|of|with|chez|de|du|d['’])\s*(?:the |la |l['’])?)"
)


def _apposed_trades(scene: Scene, told: set[tuple[int, int]]) -> Iterator[Told]:
    """A trade after a name, with where it is plied: "Maeve Corrigan, an economist at Lansdowne Research"."""
    for m in scene.entities:
        if not isinstance(m.value, EntityValue) or m.value.type != "PERSON" or (m.start, m.end) in told:
            continue
        match = _HIS_TRADE.match(scene.text[m.end : m.end + 70])
        if match is None or not _TRADES[scene.lang].search(match[2].lower()):
            continue
        place = scene.entities_in(m.end + match.end(), m.end + match.end() + 1)
        if place and isinstance(place[0].value, EntityValue) and place[0].value.type in _ORGANISATIONS:
            name = " ".join(f"{match[1]}{match[3]}{place[0].value.name}".split())
            yield (
                "role", party_of(m.value), Party(id=None, name=_elided(name, scene), type=None), m.start, place[0].end,
                0.8, "trade after the name", None,
            )  # fmt: skip


def _trades(scene: Scene, referents: Referents, doc: Doc, told: set[tuple[int, int]]) -> Iterator[Told]:
    """A trade right before a name: "l'économiste Yves Marignan"."""
    for m in scene.entities:
        if not isinstance(m.value, EntityValue) or m.value.type != "PERSON" or (m.start, m.end) in told:
            continue
        head = head_of(doc, m.start, m.end)
        if head is None or head.i == 0:
            continue
        noun = head.head
        if noun.pos_ != "NOUN" or noun.i >= head.i or head.dep_ not in _NAMED_AFTER:
            continue
        gap = scene.text[noun.idx + len(noun.text) : m.start]
        if not _TRADES[scene.lang].search(noun.lower_) or len(gap.split()) > 2 or any(c in gap for c in ',;:.«»"('):
            continue
        name = scene.text[noun.idx : m.start].strip()
        if name.endswith((" de", " du", " d'", " of")):
            continue  # "la liste de Margaux Le Bihan" is no trade
        yield (
            "role", party_of(m.value), Party(id=None, name=name, type=None), noun.idx, m.end, 0.7,
            "trade before the name", None,
        )  # fmt: skip


_ARTICLE = {
    "le ": " du ", "du ": " du ", "au ": " du ", "la ": " de la ", "l'": " de l'", "les ": " des ", "des ": " des ",
    "aux ": " des ",
}  # fmt: skip


def _of(scene: Scene, name: str) -> str:
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


def _elided(name: str, scene: Scene) -> str:
    if scene.lang != "fr":
        return name
    name = re.sub(r"\bd['’] ?(?=[bcdfgjklmnpqrstvwxzBCDFGJKLMNPQRSTVWXZ])", "de ", name)
    return re.sub(r"\bde (?=[AEIOUÉÈÊaeiouéèê])", "d'", name)


def _as_named(scene: Scene, value: EntityValue) -> str:
    """The name by which the text calls an entity most often ("EDF"), its first one where two are as frequent."""
    surfaces = Counter(m.text for m in scene.entities if isinstance(m.value, EntityValue) and m.value.id == value.id)
    return surfaces.most_common(1)[0][0] if surfaces else value.name


def _entity_at(scene: Scene, start: int, end: int) -> EntityValue | None:
    for m in scene.entities_in(max(0, start - 40), end):
        if m.start < end and start < m.end and isinstance(m.value, EntityValue):
            return m.value
    return next((value for a, b, value in scene.descriptions if a < end and start < b), None)


def employers(scene: Scene, held: Sequence[tuple[Party, Party]]) -> dict[str, Party]:
    """For whom each person speaks, by the functions she holds there: person id -> organisation."""
    found: dict[str, Party] = {}
    values = {m.value.id: m.value for m in scene.entities if isinstance(m.value, EntityValue)}
    named = sorted((v for v in values.values() if v.type in {"ORG", "PLACE"}), key=lambda v: (-len(v.name), v.id))
    for person, function in held:
        value = next((v for v in named if any(name in function.name for name in (v.name, *v.aliases))), None)
        if person.id is not None and value is not None and not _FORMER.search(fold(function.name)):
            found.setdefault(person.id, party_of(value))
    return found


_FORMER = re.compile(
    r"\b(?:ex|ancien|ancienne|former|analyste?|analyst|economiste?|economist|expert|avocate?|lawyer)\b"
)
