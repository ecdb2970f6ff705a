"""Why two names of different articles can be one entity: the comparators, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from faits.lexicons.names import fold_pieces
from faits.lexicons.naming import phrases
from faits.lexicons.sites import same_site, site_of
from faits.model import EntityType, EntityValue
from faits.text.naming.ground import key_of

LANGS = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Why two names can be one, and how many other entities both must be named beside before they are."""

    why: str
    shared: int = 0


def alike(one: EntityValue, other: EntityValue) -> Likeness | None:
    """The strongest reason to take two entities of different articles for one; None where there is none.

    >>> from faits.model import EntityValue as E
    >>> alike(E(id="org-x", name="Helion SA", type="ORG"), E(id="org-y", name="Helion", type="ORG"))
    Likeness(why='the same name but for its legal form', shared=0)
    >>> alike(E(id="person-a", name="Altman", type="PERSON"), E(id="person-b", name="Sam Altman", type="PERSON"))
    Likeness(why='the last name of one is the whole name of the other', shared=2)
    >>> alike(E(id="person-a", name="Robert Altman", type="PERSON"), E(id="person-b", name="Sam Altman", type="PERSON"))
    """
    if one.type != other.type:
        return _other_type(one, other)
    if one.type == "PERSON":
        return _person(one, other)
    if key_of(one.name) == key_of(other.name):
        return Likeness("the same name")
    if one.type == "ORG" and bare(one.name) == bare(other.name):
        return Likeness("the same name but for its legal form")
    same = same_site(one.name, other.name) if one.type == "PROJECT" else False
    if same:
        return Likeness("the same kind of site at the same place")
    return _short(one, other) or (
        Likeness("a site at the same place, told in general words", 2) if same is None else None
    )


def _other_type(one: EntityValue, other: EntityValue) -> Likeness | None:
    types = {one.type, other.type}
    if "PERSON" not in types and key_of(one.name) == key_of(other.name):
        return Likeness("the same name, taken for another type", 2)
    if types == {"PROJECT", "ORG"} and (goes_by(one, other) or goes_by(other, one)):
        return Likeness("the bare name of a site that the other article names in full", 2)
    return None


def goes_by(short: EntityValue, full: EntityValue) -> bool:
    """Whether an article says that `full` goes by the name of `short`, too.

    >>> goes_by(EntityValue(id="project-x", name="Les Îlots", type="PROJECT"),
    ...         EntityValue(id="project-y", name="centrale des Îlots", type="PROJECT", aliases=("Îlots",)))
    True
    """
    return key_of(short.name) in {key_of(alias) for alias in full.aliases if _is_telling(alias)}


def _person(one: EntityValue, other: EntityValue) -> Likeness | None:
    short, full = sorted((fold_pieces(one.name), fold_pieces(other.name)), key=len)
    if short == full:
        return Likeness("the same last name", 2) if len(short) == 1 else Likeness("the same full name")
    if short[-1:] != full[-1:]:
        return None
    if len(short) == 1:
        return Likeness("the last name of one is the whole name of the other", 2)
    if len(short[0]) == 1 and short[0] == full[0][0]:
        return Likeness("the same last name and initial", 1)
    return Likeness("the same given name and last name", 1) if short[0] == full[0] else None


def _short(one: EntityValue, other: EntityValue) -> Likeness | None:
    for short, full in ((one, other), (other, one)):
        if goes_by(short, full):
            kind = "acronym" if short.name.isupper() else "short form"
            return Likeness(f"the {kind} that the other article spells out", 1)
    if acronyms(one) & acronyms(other):
        return Likeness("the same acronym", 1)
    if one.type == "ORG" and stem(one.name) == stem(other.name):
        return Likeness("the same name but for a common last word", 2)
    return None


def _is_telling(alias: str) -> bool:
    return len(key_of(alias)) > 2 and any(letter.isupper() for letter in alias)


def acronyms(value: EntityValue) -> set[str]:
    """The acronyms an entity goes by."""
    return {name for name in (value.name, *value.aliases) if name.isupper() and name.isalnum() and len(name) > 2}


def bare(name: str) -> tuple[str, ...]:
    """The pieces of a company's name without its legal form.

    >>> bare("Siemens Energy AG"), bare("SA")
    (('siemens', 'energy'), ('sa',))
    """
    return _without(fold_pieces(name), _legal_forms())


def stem(name: str) -> tuple[str, ...]:
    """The pieces of a company's name without its legal form and the common words it ends with.

    >>> stem("Helion Energy"), stem("Energy")
    (('helion',), ('energy',))
    """
    return _without(bare(name), _tails())


def _without(pieces: tuple[str, ...], ends: frozenset[str]) -> tuple[str, ...]:
    while len(pieces) > 1 and pieces[-1] in ends:
        pieces = pieces[:-1]
    return pieces


@cache
def _legal_forms() -> frozenset[str]:
    return frozenset(piece for lang in LANGS for form in phrases(lang, "legal_form").single for piece in _one(form))


@cache
def _tails() -> frozenset[str]:
    return frozenset(piece for lang in LANGS for form in phrases(lang, "org_tail").single for piece in _one(form))


def _one(form: str) -> tuple[str, ...]:
    pieces = fold_pieces(form)
    return pieces if len(pieces) == 1 else ()


def blocking_keys(value: EntityValue) -> Iterator[str]:
    """What `value` has in common with every entity that `alike` can find it to be."""
    if value.type == "PERSON":
        yield "last:" + fold_pieces(value.name)[-1]
        return
    yield from dict.fromkeys("name:" + key for key in _keys(value))
    if (site := site_of(value.name)) is not None:
        yield f"site:{' '.join(site[1][: 2 if len(site[1][0]) < 3 else 1])}"


def _keys(value: EntityValue) -> Iterable[str]:
    yield key_of(value.name)
    yield from (key_of(alias) for alias in value.aliases if _is_telling(alias))
    if value.type == "ORG":
        yield "".join(bare(value.name))
        yield "".join(stem(value.name))


ORDER: tuple[EntityType, ...] = ("ORG", "PERSON", "PLACE", "PROJECT", "PRODUCT", "EVENT")
