"""Which names of one article are one entity: spellings, last names, short forms, acronyms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from faits.lexicons.names import Known, fold_pieces
from faits.lexicons.naming import phrases
from faits.model import EntityType, Lang
from faits.text.naming.ground import Candidate, Ground, key_of


@dataclass(slots=True)
class Name:
    """One spelling-independent name of an article and every place it stands at."""

    key: str
    written: str
    pieces: tuple[str, ...]
    described: bool
    known: Known | None
    places: list[Candidate] = field(default_factory=list)
    votes: dict[EntityType, float] = field(default_factory=dict)
    heard: list[EntityType] = field(default_factory=list)

    def type(self) -> EntityType:
        """The type that most speaks for, with what is usual in the press where nothing does."""
        if self.known:
            return self.known.type
        prior: dict[EntityType, float] = {"ORG": 0.6, "PERSON": 0.0, "PLACE": 0.3, "PRODUCT": 0.0, "PROJECT": 0.0}
        if len(self.pieces) == 2 and all(w.isalpha() and w.istitle() for w in self.written.split()):
            prior["PERSON"] = 0.8
        totals = {kind: self.votes.get(kind, 0.0) + prior.get(kind, 0.0) for kind in (*prior, "EVENT")}
        for kind in set(self.heard):
            # The trained pipeline types single words poorly, people above all: it breaks ties, no more.
            lone = len(self.pieces) == 1 and kind == "PERSON"
            totals[kind] += _HEARD * self.heard.count(kind) / len(self.heard) * (0.3 if lone else 1.0)
        return max(totals, key=lambda kind: totals[kind])

    def strength(self) -> float:
        """How much speaks for its best type."""
        return max(self.votes.values(), default=0.0)


# What the trained pipeline's word is worth, all places of a name together.
_HEARD = 1.2


def names_of(ground: Ground, found: Iterable[Candidate]) -> list[Name]:
    """The distinct names among candidates, in order of first appearance, with the evidence of all their places."""
    names: dict[object, Name] = {}
    listed = list(found)
    # "Open AI" beside "OpenAI": another spelling of a name the gazetteer knows is that name.
    spelled = {key_of(name): one.known for one in listed if one.known for name in one.known.names}
    for one in listed:
        written = ground.text_of(one)
        known = one.known or (None if one.described else spelled.get(key_of(written)))
        key: object = known or (key_of(written) if not one.described else _described_key(written))
        name = names.get(key)
        if name is None:
            name = names[key] = Name(key_of(written), written, fold_pieces(written), one.described, known)
        name.places.append(one)
        if len(written) > len(name.written) and not known:
            name.written = written
        if one.heard:
            name.heard.append(one.heard)
        for kind, weight in one.votes.items():
            name.votes[kind] = name.votes.get(kind, 0.0) + weight
    return list(names.values())


def _described_key(written: str) -> tuple[str, str]:
    """A site by its noun and its place: "parc de Penmarch" and "parc éolien de Penmarch" are one."""
    pieces = fold_pieces(written)
    codes = "".join(piece for piece in pieces[1:-1] if len(piece) == 1 or piece.isdigit())  # "ligne B", "réacteur 3"
    return (pieces[0] + codes, pieces[-1])


def grouped(ground: Ground, names: Sequence[Name]) -> list[list[Name]]:
    """Names of one entity together, the fullest first; groups in order of first appearance."""
    owner: dict[int, int] = {}
    index = _Index(names)
    acronyms = _defined_acronyms(ground, names)
    for i, name in enumerate(names):
        longer = acronyms.get(i)
        if longer is None:
            longer = _longer(ground.lang, index, i, name)
        if longer is not None and longer != i:
            owner[i] = longer
    groups: dict[int, list[Name]] = defaultdict(list)
    for i, name in enumerate(names):
        root = i
        seen = {i}
        while root in owner and owner[root] not in seen:
            root = owner[root]
            seen.add(root)
        groups[root].append(name)
    return [
        sorted(group, key=lambda n: (n is not names[root], -len(n.pieces), n.written)) for root, group in groups.items()
    ]


class _Index:
    """Longer names by their first and their last piece."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = names
        self.by_first: dict[str, list[int]] = defaultdict(list)
        self.by_last: dict[str, list[int]] = defaultdict(list)
        for i, name in enumerate(names):
            if len(name.pieces) > 1 and not name.described:
                self.by_first[name.pieces[0]].append(i)
                self.by_last[name.pieces[-1]].append(i)


def _longer(lang: Lang, index: _Index, i: int, name: Name) -> int | None:
    """The one longer name that `name` is short for; None when there is none or more than one."""
    if name.described and (own := _own_name(index, i)) is not None:
        return own
    if name.described and name.pieces[0] in _GENERIC_SITES:
        sites = [j for j, n in enumerate(index.names) if j != i and _is_same_site(name, n)]
        return sites[0] if len(sites) == 1 else None
    if name.known or name.described or not name.pieces:
        return None
    if name.type() == "PROJECT" and all(place.nested for place in name.places):
        return _bearer(index, name)
    persons: list[int] = [
        j
        for j in {*index.by_last.get(name.pieces[-1], ()), *index.by_first.get(name.pieces[0], ())}
        if j != i and index.names[j].type() == "PERSON" and _is_short_person(name, index.names[j])
    ]
    others: list[int] = [
        j
        for j in {*index.by_first.get(name.pieces[0], ()), *index.by_last.get(name.pieces[-1], ())}
        if j != i and index.names[j].type() != "PERSON" and _is_short_form(lang, name, index.names[j])
    ]
    firm = name.votes.get("ORG", 0.0) > name.votes.get("PERSON", 0.0)
    if len(persons) == 1 and not (firm and (others or _is_called_firm(name))):
        return persons[0] if name.type() in {"PERSON", "ORG"} or name.strength() < _OWN else None
    if (firm or not persons) and (full := _most_named(index, others)) is not None:
        return full if _compatible(name, index.names[full]) else None
    return None


def _is_called_firm(name: Name) -> bool:
    """Whether the article calls it a firm in one place at least ("la holding Tessonnet")."""
    return any(place.votes.get("ORG", 0.0) - place.votes.get("PERSON", 0.0) >= _OWN for place in name.places)


def _most_named(index: _Index, names: Sequence[int]) -> int | None:
    """The one of several names that the article gives most places; None where two have as many."""
    ranked = sorted(names, key=lambda j: -len(index.names[j].places))
    if len(ranked) > 1 and len(index.names[ranked[0]].places) == len(index.names[ranked[1]].places):
        return None
    return ranked[0] if ranked else None


_OWN = 2.5  # what must speak for a name's type before it stands alone beside a person of that last name


def _own_name(index: _Index, i: int) -> int | None:
    """The name a described site bears ("parc du Grand Pertuis"), where the article uses it alone."""
    site = index.names[i]
    if site.type() not in {"PROJECT", "PLACE"}:
        return None
    for j, name in enumerate(index.names):
        size = len(name.pieces)
        if name.described or name.known or size >= len(site.pieces) or site.pieces[-size:] != name.pieces:
            continue
        bears = len(site.pieces) - size == 1  # "tour Silex", where "parc de Penmarch" is named for a place
        if bears or (name.type() == site.type() and not all(place.nested for place in name.places)):
            return j
    return None


def _bearer(index: _Index, name: Name) -> int | None:
    """The described site that bears a name which the article never uses alone."""
    size = len(name.pieces)
    sites = (j for j, site in enumerate(index.names) if site.described and site.pieces[-size:] == name.pieces)
    return next(sites, None)


_GENERIC_SITES = frozenset({"site", "complexe", "plateforme", "chantier", "projet"})


def _is_same_site(generic: Name, name: Name) -> bool:
    """Whether "site de Penmarch" can be what the article also calls "usine de Penmarch"."""
    special = name.described and name.pieces[0] not in _GENERIC_SITES and not name.known
    return special and name.pieces[-1] == generic.pieces[-1] and name.type() == "PROJECT"


def _is_short_person(short: Name, full: Name) -> bool:
    """Whether `short` is the last name, the given name or the ends of `full` ("Altman", "Sam", "Le Guen")."""
    size = len(short.pieces)
    return size < len(full.pieces) and short.pieces in (full.pieces[-size:], full.pieces[:size])


def _is_short_form(lang: Lang, short: Name, full: Name) -> bool:
    """Whether `short` is `full` without its last words ("Helion"), or without its generic first ("Arvor")."""
    size = len(short.pieces)
    if size >= len(full.pieces):
        return False
    if short.pieces == full.pieces[:size]:
        if all(piece.isdigit() for piece in full.pieces[size:]):
            return False  # "Flamanville" is not "Flamanville 3", nor "Llama" "Llama 2"
        return full.known is None or full.known.type in {"ORG", "PROJECT"}
    generic = full.pieces[: len(full.pieces) - size]
    return short.pieces == full.pieces[-size:] and all(
        g in phrases(lang, "org_first") or g in phrases(lang, "org_head") or g == "the" for g in generic
    )


def _compatible(short: Name, full: Name) -> bool:
    if short.type() == "PERSON" and not any(place.votes.get("PERSON", 0.0) >= _OWN for place in short.places):
        return True  # "Océane" for "Océane Énergies": a given name alone makes no person
    return short.strength() < 2.0 or short.type() == full.type() or short.type() in {"ORG", "PRODUCT"} != {full.type()}


def _defined_acronyms(ground: Ground, names: Sequence[Name]) -> dict[int, int]:
    """Acronyms in brackets after their long form or before it ("Agence internationale de l'énergie (AIE)")."""
    words = ground.words
    at: dict[int, int] = {}
    for i, name in enumerate(names):
        for place in name.places:
            at[place.end] = i
    found: dict[int, int] = {}
    for i, name in enumerate(names):
        for place in name.places:
            first = place.first
            if not words.same_line(first - 1, first) or words.written[first - 1] not in "([":
                continue
            before = at.get(first - 1)
            if before is None or before == i:
                continue
            if _is_acronym(name, names[before]):
                found.setdefault(i, before)
            elif _is_acronym(names[before], name):
                found.setdefault(before, i)
    return found


def _is_acronym(short: Name, full: Name) -> bool:
    """Whether the letters of `short` are met in order at the heads of `full`'s words, its first letter first."""
    letters = short.key
    if not (2 <= len(letters) <= 10) or len(full.pieces) < 2 or len(short.pieces) != 1:
        return False
    if (not short.written.isupper() and len(letters) > 5) or letters[0] != full.pieces[0][0]:
        return False
    heads = iter("".join(p[:3] for p in full.pieces))
    return all(letter in heads for letter in letters)
