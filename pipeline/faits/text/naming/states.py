"""Parties named by a common noun: States and governments, ministries, families."""

from __future__ import annotations

from faits.lexicons.names import Known, territories
from faits.lexicons.naming import phrases
from faits.text.naming.ground import Candidate, Ground

_DE = frozenset({"de", "du", "des", "d'"})


def with_states(ground: Ground, found: list[Candidate]) -> list[Candidate]:
    """The candidates and the French State, which the press calls by its common noun ("une aide de l'État")."""
    words = ground.words
    taken = {i for one in found for i in range(one.first, one.end)}
    states = []
    for at in range(1, len(words)):
        if words.norms[at] not in _STATE or not words.capital(at) or at in taken or words.norm(at - 1, at) != "l'":
            continue
        after = words.norm(at + 1, at)
        if phrases("fr", "role").ending(words.norms, at + 1) or after in _DE | {"-", "membre"}:
            continue
        if after in phrases("fr", "demonym") and not after.startswith("français"):
            end, known = at + 2, None  # "l'État belge"
        elif _is_abroad(ground, found):
            continue
        else:
            end, known = at + 1 + after.startswith("français"), _FRENCH_STATE
        state = Candidate(at, end, known=known, described=True)
        state.vote("ORG", 5.0)
        states.append(state)
    return sorted([*found, *states], key=lambda one: (one.first, -one.end)) if states else found


_GOVERNMENT = {"fr": frozenset({"gouvernement"}), "en": frozenset({"government", "state"})}
_NOMINAL = frozenset({"NOUN", "ADJ", "PROPN"})


def with_families(ground: Ground, found: list[Candidate]) -> list[Candidate]:
    """The candidates, those that name a family grown to hold its noun: "la famille Roussel", "the Bagaria family"."""
    words, lang = ground.words, ground.lang
    for number, one in enumerate(found):
        head = one.first - 1 if lang == "fr" else one.end
        if one.nested or one.known or words.norm(head, one.first) not in _FAMILY[lang]:
            continue
        if lang == "fr" or words.norm(one.first - 1, one.first) == "the":
            found[number] = Candidate(min(head, one.first), max(head + 1, one.end), described=True)
            found[number].vote("ORG", 5.0)
    return found


_FAMILY = {"fr": frozenset({"famille"}), "en": frozenset({"family", "brothers", "sisters"})}


def with_governments(ground: Ground, found: list[Candidate]) -> list[Candidate]:
    """The candidates and the governments named by their nation ("the British government")."""
    words, lang = ground.words, ground.lang
    taken = {i for one in found for i in range(one.first, one.end)}
    governments = []
    for at, norm in enumerate(words.norms):
        if norm not in _GOVERNMENT[lang] or (norm == "state" and _is_qualifying(ground, at)):
            continue
        nation = at + 1 if lang == "fr" else at - 1
        if words.norm(nation, at) in phrases(lang, "demonym") and not taken & {at, nation}:
            one = Candidate(min(at, nation), max(at, nation) + 1, described=True)
            one.vote("ORG", 5.0)
            governments.append(one)
    return sorted([*found, *governments], key=lambda one: (one.first, -one.end)) if governments else found


def _is_qualifying(ground: Ground, at: int) -> bool:
    """Whether a noun tells what kind the next one is ("the French state broadcaster")."""
    words = ground.words
    return words.same_line(at, at + 1) and ground.pos.get(words.starts[at + 1]) in _NOMINAL


def with_ministries(ground: Ground, found: list[Candidate]) -> list[Candidate]:
    """The candidates and ministries in small letters: "le ministère de l'énergie", "the transport ministry"."""
    words, lang = ground.words, ground.lang
    taken = {i for one in found for i in range(one.first, one.end)}
    ministries = []
    for at, norm in enumerate(words.norms):
        if norm != _MINISTRY[lang] or at in taken:
            continue
        first, end = (at, _portfolio(ground, at + 1)) if lang == "fr" else (at - 1, at + 1)
        fits = end > at + 1 if lang == "fr" else _is_portfolio_noun(ground, first)
        if fits and not taken & set(range(first, end)):
            one = Candidate(first, end, described=True)
            one.vote("ORG", 5.0)
            ministries.append(one)
    return sorted([*found, *ministries], key=lambda one: (one.first, -one.end)) if ministries else found


_MINISTRY = {"fr": "ministère", "en": "ministry"}


def _is_portfolio_noun(ground: Ground, at: int) -> bool:
    words = ground.words
    small = words.norm(at, at + 1).isalpha() and words.written[at].islower()
    return small and words.norm(at - 1, at) in {"the", "its", "'s"} and words.norms[at] not in phrases("en", "modifier")


def _portfolio(ground: Ground, at: int) -> int:
    """The place after "de l'énergie et des mines" from `at` on; `at` itself where no such words stand there."""
    words, end = ground.words, at
    while True:
        noun = end + (words.norm(end, at) == "et" and end > at)
        if words.norm(noun, at) not in _DE:
            return end
        noun += 1
        noun += words.norm(noun, at) in {"la", "l'"}
        if not words.norm(noun, at).isalpha() or words.norms[noun] in phrases("fr", "determiner"):
            return end
        end = noun + 1


_STATE = frozenset({"état", "etat"})
_FRENCH_STATE = Known("État français", "ORG", "État français", "French State", ("État français", "État", "l'État"))
_ABROAD = 2


def _is_abroad(ground: Ground, found: list[Candidate]) -> bool:
    """Whether the article names other countries, twice at least, and never France."""
    if any(norm == "france" or norm.startswith("français") for norm in ground.words.norms):
        return False
    return sum(one.known is not None and one.known.name in territories() for one in found) >= _ABROAD
