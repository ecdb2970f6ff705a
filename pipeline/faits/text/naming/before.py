"""What stands before a name and tells its type: "la start-up X", "the French utility X", "à X", "baptisé X"."""

from __future__ import annotations

import re

from faits.lexicons.naming import TYPED, Group, phrases
from faits.model import EntityType
from faits.text.naming.ground import Candidate, Ground

_QUOTES = frozenset("«»\"“”'‘’(")
_TRADE = re.compile(r"(?:eur|ier|iste|icien|aire|euse|ière|eurs|iers|istes|iciens)\Z")
_DE = frozenset({"de", "du", "des", "d'", "de la"})
_DET = frozenset([
    "le", "la", "l'", "les", "un", "une", "des", "son", "sa", "ses", "leur", "leurs", "ce", "cet", "cette", "notre",
    "du", "au", "aux"
])  # fmt: skip
_POINTING = {
    "fr": frozenset({"le", "la", "l'", "son", "sa", "leur", "cette", "ce", "cet", "principal", "principale", "autre"}),
    "en": frozenset({"the", "its", "their", "his", "her", "main", "biggest", "largest", "other", "own", "new"}),
}
_SITUATED = {"fr": frozenset({"à"}), "en": frozenset({"in", "at", "near", "outside"})}
_HEADS: tuple[tuple[Group, EntityType, float], ...] = (
    ("title", "PERSON", 4.0), ("role", "PERSON", 3.0), *((g, t, 3.5) for g, t in TYPED.items()), ("trade", "ORG", 2.5),
    ("institution", "ORG", 3.0),
)  # fmt: skip
_BEFORE: tuple[tuple[Group, EntityType, float], ...] = (
    ("place_before", "PLACE", 2.5), ("org_before", "ORG", 2.5), ("person_before", "PERSON", 2.5),
)  # fmt: skip


_OWNED = frozenset({"usine", "site", "entrepôt"})  # "l'usine Renault": whose it is; "le site SeLoger"


def head_before(ground: Ground, one: Candidate) -> None:
    """A noun that the name stands in apposition to: "la start-up américaine X", "the French utility X"."""
    words, lang = ground.words, ground.lang
    at = one.first
    while at > 0 and words.same_line(at - 1, one.first) and words.written[at - 1] in _QUOTES:
        at -= 1
    if not words.same_line(at - 1, one.first):
        return
    for group, kind, weight in _HEADS:
        if phrases(lang, group).ending(words.norms, at):
            owner = group == "site_head" and words.norms[at - 1] in _OWNED and words.written[one.end - 1].isalpha()
            one.vote("ORG" if owner else kind, weight)
            one.standing += 2
            return
    if words.norms[at - 1] == ",":
        _head_before_comma(ground, one, at - 1)
    elif lang == "fr":
        _french_head(ground, one, at)
    elif words.norms[at - 1] in phrases(lang, "demonym") and not words.opening[one.first]:
        one.vote("ORG", 0.7)


def _head_before_comma(ground: Ground, one: Candidate, comma: int) -> None:
    """ "Le site retenu, X, …", "its main rival, X, …": the noun phrase that the name explains."""
    words, lang = ground.words, ground.lang
    after = words.norm(one.end, one.first)
    if after and after[0].isalnum():
        return
    for at in range(comma, max(0, comma - 4), -1):
        norm = words.norm(at - 1, comma)
        if not norm or not norm[0].isalpha() or words.capital(at - 1):
            return
        for group, kind, weight in _HEADS:
            length = phrases(lang, group).ending(words.norms, at)
            if length and words.norm(at - 1 - length, comma) in _POINTING[lang]:
                # What explains a site is mostly where it stands.
                one.vote("PLACE" if group == "site_head" else kind, weight - 1.0)
                return


def _french_head(ground: Ground, one: Candidate, at: int) -> None:
    """The head of "le fabricant américain de puces X": the first noun after the determiner, left of the name."""
    words = ground.words
    before = words.norms[at - 1]
    if before in phrases("fr", "place_before") or before in {"à", "en", "et", "ou", "par", "avec", "chez", "pour"}:
        return
    if before in _DE | {"l'", "la"}:
        _complement(ground, one, at)
        return
    i = at - 1
    while i >= 0 and at - i <= 8 and words.same_line(i, one.first):
        norm = words.norms[i]
        if norm in _DET and i == at - 2 and before in phrases("fr", "demonym"):
            _head_at(ground, one, i + 1, at)  # "le patron de l'américain Corvane"
            return
        if norm in _DET and not (
            norm in {"la", "l'", "les", "le", "des", "du"} and words.norm(i - 1, i) in {"de", "d'"}
        ):
            if norm in {"des", "du"} and at - i <= 7 and words.norm(i - 1, i).isalpha() and _is_noun(ground, i - 1):
                i -= 1
                continue
            _head_at(ground, one, i + 1, at)
            return
        if not (norm[0].isalpha() and (norm in _DE or not words.capital(i))) or _ends_head(norm):
            return
        i -= 1


def _ends_head(norm: str) -> bool:
    """Whether no noun phrase goes on over a word: one that opens sentences and heads no name ("selon", "depuis")."""
    return (
        norm not in _DE
        and norm in phrases("fr", "opener")
        and not any(norm in phrases("fr", group) for group, _, _ in _HEADS)
    )


def _is_noun(ground: Ground, i: int) -> bool:
    words = ground.words
    return any(
        phrases("fr", g).ending(words.norms, i + 1) for g in ("org_head", "trade", "person_head", "product_head")
    ) or bool(_TRADE.search(words.norms[i]))


def _head_at(ground: Ground, one: Candidate, at: int, name: int) -> None:
    words = ground.words
    while at < name and (words.norms[at] in phrases("fr", "modifier")):
        at += 1
    if at >= name:
        return
    for group, kind, weight in _HEADS:
        if phrases("fr", group).starting(words.norms, at):
            one.vote(kind, weight)
            one.standing += 2
            return
    if words.norms[at] in phrases("fr", "demonym") and at == name - 1:
        one.vote("ORG", 2.0)  # "le danois Nordvind", "l'américain Halden"
    elif _TRADE.search(words.norms[at]):
        one.vote("ORG", 1.5)


def _complement(ground: Ground, one: Candidate, at: int) -> None:
    """ "la ville de X", "le projet de X": the noun before "de" tells what X is."""
    words = ground.words
    end = at - 1 if words.norms[at - 1] in _DE else at - 2
    if end < 1 or words.norms[end] not in _DE:
        return
    if phrases("fr", "place_head").ending(words.norms, end):
        one.vote("PLACE", 3.0)
    elif phrases("fr", "role").ending(words.norms, end):
        one.vote("ORG", 2.5)
    elif phrases("fr", "settled").ending(words.norms, end):
        one.vote("PLACE", 1.5)
    elif phrases("fr", "described_org").ending(words.norms, end):
        one.vote("ORG", 1.0)


def right_before(ground: Ground, one: Candidate) -> None:
    """Prepositions and verbs: "à X", "chez X", "explique X"."""
    words, lang = ground.words, ground.lang
    at = one.first
    if not words.same_line(at - 1, at):
        return
    told = 0
    for group, kind, weight in _BEFORE:
        if length := phrases(lang, group).ending(words.norms, at):
            one.vote(kind, weight)
            told = max(told, length)
    before = words.norms[at - 1]
    _situated(ground, one)
    _by(ground, one, before)
    if lang == "fr":
        _french_before(ground, one, before)
    else:
        _english_before(ground, one, before, told)
    if before in phrases(lang, "called"):
        _called(ground, one, at - 1)
    if phrases(lang, "speech").ending(words.norms, at) and before not in _DE:
        said(one)


_BY = frozenset({"par", "by"})
_PASSING = frozenset({"passer", "passant", "passe", "passera", "passé", "transite", "transiter", "transitant"})


def _by(ground: Ground, one: Candidate, before: str) -> None:
    """Who does something is no town, but where one passes through it."""
    if before in _BY and ground.words.norm(one.first - 2, one.first) in _PASSING:
        one.vote("PLACE", 1.5)
    elif before in _BY:
        one.vote("ORG", 1.0)
        one.vote("PERSON", 0.8)


def _french_before(ground: Ground, one: Candidate, before: str) -> None:
    """ "À X", "la X", "un X"."""
    words, at = ground.words, one.first
    if before in _DE and words.norm(at - 2, at) in _PERCENT and _is_held(ground, at - 2):
        one.vote("ORG", 1.5)  # "détient 34 % de X"
        one.vote("PLACE", -1.0)
    if before == "à":
        _french_dative(ground, one, at - 1)
    numbered = words.written[one.end - 1][-1].isdigit()
    if before in {"la", "l'", "le"} and not one.described and not numbered:
        upper = words.written[at].isupper() and len(words.written[at]) > 1
        works = phrases("fr", "org_before").ending(words.norms, at - 1) > 1  # "chercheur à l'Ifri"
        one.vote("ORG" if upper or works else "PLACE", 2.5 if works else 0.8 if upper else 1.0)
        one.vote("PERSON", -2.0)  # French people bear no article
    if before in {"de", "à"} and words.norms[at] in _DET and one.end == at + 2:
        one.vote("PLACE", 1.8)  # "de La Cotinière": a town, where a paper has "du"
    if before in {"un", "une", "des", "les", "ses", "son"}:
        one.vote("PRODUCT", 0.8)
        one.vote("PERSON", -1.5)


def _english_before(ground: Ground, one: Candidate, before: str, told: int) -> None:
    """ "In X", "at X", "Poland's X", "a X"; `told` is how many words before have spoken already."""
    words, at = ground.words, one.first
    if before in {"in", "at"} and told < 2:  # "a stake in X" has said more than "in X" can
        one.vote("PLACE", 2.0 if before == "in" else 1.6)
    elif before == "of" and words.norm(at - 2, at) in _PERCENT and _is_held(ground, at - 2):
        one.vote("ORG", 1.5)
        one.vote("PLACE", -1.0)
    elif before == "to" and _sold(ground, one.first - 2):
        one.vote("ORG", 1.0)
    elif before == "'s" and ground.is_place(one.first - 2):
        one.vote("ORG", 2.0)  # "Poland's Orlen"
    elif before in {"a", "an", "its"}:
        one.vote("PRODUCT", 0.8)
        one.vote("PERSON", -1.5)
    elif before == "the":
        one.vote("PERSON", -1.5)


_PERCENT = frozenset({"%", "cent", "percent"})


def _is_held(ground: Ground, at: int) -> bool:
    """Whether the words before a share say that it is held, bought or sold."""
    words = ground.words
    return any(words.norm(i, at) in phrases(ground.lang, "held") for i in range(at, max(-1, at - 8), -1))


def _sold(ground: Ground, at: int) -> bool:
    """Whether something is given, sold or owed within the words before ("a stake sold to X")."""
    words = ground.words
    return any(words.norm(i, at) in phrases("en", "dative") for i in range(at, max(-1, at - 9), -1))


def _situated(ground: Ground, one: Candidate) -> None:
    """A place by the wider place that follows it: "Nozay (Essonne)", "in Loughton, Essex,"."""
    words = ground.words
    at, after = one.first - 1, words.norm(one.end, one.first)
    plain = all(w.istitle() or w.islower() for w in words.written[one.first : one.end])
    if not plain or not words.same_line(at - 1, one.first) or not words.capital(at - 1):
        return
    if words.written[at] == "(" and after == ")":
        one.vote("PLACE", 2.0)
    elif words.written[at] == "," and after and not after[0].isalnum() and not _is_apposed(ground, one.end + 1):
        first = at - 1
        while words.same_line(first - 1, at) and words.capital(first - 1):
            first -= 1
        if words.norm(first - 1, at) in _SITUATED[ground.lang]:
            one.vote("PLACE", 2.0)


def _is_apposed(ground: Ground, at: int) -> bool:
    """Whether a noun phrase opens at a place: "near Paris, Dalkia, a subsidiary of EDF" names no town Dalkia."""
    return ground.words.norm(at, at) in phrases(ground.lang, "determiner")


def _called(ground: Ground, one: Candidate, at: int) -> None:
    """ "un troisième campus, baptisé X": the nearest noun before says what X is."""
    words, lang = ground.words, ground.lang
    for i in range(at, max(0, at - 9), -1):
        if not words.same_line(i, at) or words.written[i] in ".;":
            return
        for group, kind, weight in _HEADS[2:]:
            if phrases(lang, group).ending(words.norms, i):
                one.vote(kind, weight)
                one.standing += 2
                return


def _french_dative(ground: Ground, one: Candidate, at: int) -> None:
    """ "à X" is where something is, or who is given something ("a vendu sa filiale à X", "3 millions d'euros à X")."""
    given = _dative(ground, at)
    if not given:
        one.vote("PLACE", 2.0)
    elif given not in _MOVED:
        one.vote("ORG", 1.0)


_MONEY = frozenset({"millions", "milliards", "million", "milliard", "euros", "dollars", "€", "$"})


_LOCUTIONS = frozenset({"face", "grâce", "quant", "rapport"})  # "face à X", not "en face, X … à Y"
# What is delivered goes to a firm or to a town.
_MOVED = frozenset({"livrer", "livre", "livré", "livrera", "livrés", "livraison", "transférer", "transféré"})


def _dative(ground: Ground, at: int) -> str:
    """The verb of giving, selling, belonging that "à" follows within its clause, or the amount; "" without any."""
    words = ground.words
    if words.norm(at - 1, at) in _MONEY:
        return words.norms[at - 1]
    for i in range(at - 1, max(-1, at - 9), -1):
        if not words.same_line(i, at) or words.written[i] in ".;:":
            return ""
        if words.norms[i] in phrases("fr", "dative") and (i == at - 1 or words.norms[i] not in _LOCUTIONS):
            return words.norms[i]
    return ""


def said(one: Candidate) -> None:
    """Who speaks is a person by two names, or an organisation by one."""
    full = one.end - one.first > 1
    one.vote("PERSON", 1.2 if full else 0.5)
    one.vote("ORG", 0.6 if full else 1.0)
