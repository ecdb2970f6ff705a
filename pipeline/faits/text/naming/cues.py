"""What speaks for a type: the words around a name ("la start-up X", "X, PDG de Y"), and the words it is made of."""

from __future__ import annotations

import re

from faits.lexicons.naming import TYPED, Group, given_names, phrases
from faits.model import EntityType
from faits.text.naming.candidates import Candidate, Ground

_TICKER = re.compile(r"\(\s*(?:[A-Z]{2,8}\s*:\s*)?[A-Z0-9]{1,6}(?:[.\-][A-Z]{1,3})?\s*\)|\[[A-Z0-9.]{2,10}\]")
_CAMEL = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
_QUOTES = frozenset("«»\"“”'‘’(")
_PLACELIKE = re.compile(
    r"(?:-(?:sur|sous|lès|lez|les|en|le|la|de|du|aux|upon|on)-|^(?:saint|sainte|st|port|mont|châtillon|villers)-"
    r"|(?:ville|bourg|burgh|court|shire|grad|stan|land|ton|ham|heim|dorf)\Z)"
)
_NUMBERED = re.compile(r"[A-Za-z-]{1,6}-?\d{1,4}[A-Za-z]{0,3}\Z")


def weigh(ground: Ground, one: Candidate) -> None:
    """Add to a candidate all the evidence there is at its place."""
    if not one.described:
        _shape(ground, one)
        _head_before(ground, one)
    _right_before(ground, one)
    _right_after(ground, one)


def _shape(ground: Ground, one: Candidate) -> None:
    """What the name itself says: its given name, its last word, its capitals."""
    words = ground.words
    norms = words.norms[one.first : one.end]
    written = words.written[one.first]
    several = len(norms) > 1
    if norms[0].split("-")[0] in given_names() or norms[0] in given_names():
        one.vote("PERSON", 3.0 if several else 1.2)
    elif len(written) == 1 and len(norms) == 2 and norms[1] not in phrases(ground.lang, "org_tail"):
        one.vote("PERSON", 1.5)
    if "&" in norms:
        one.vote("ORG", 2.0)
    if not several:
        _single(one, written)
        return
    _composed(ground, one, norms)
    _mixed(one, words.written[one.first : one.end])


def _composed(ground: Ground, one: Candidate, norms: list[str]) -> None:
    """What the first, the last and the middle words of a name of several say."""
    lang = ground.lang
    for group, kind, weight in _ENDINGS:
        if norms[-1] in phrases(lang, group) or norms[-1] in phrases("en", group):
            one.vote(kind, weight)
    for group, kind, weight in _BEGINNINGS:
        if norms[0] in phrases(lang, group):
            one.vote(kind, weight)
    if norms[0] in _ARTICLES[lang] and not ground.words.opening[one.first]:
        one.vote("ORG", 1.5)  # papers and broadcasters: "Le Progrès", "The Lantern"; towns have a "à" to tell
        one.vote("PERSON", -2.0)
    if any(n in phrases(lang, "particle") or n in _PARTICLES for n in norms[1:-1]):
        one.vote("PERSON", 1.5)
    if norms[-1].isdigit():
        one.vote("PRODUCT", 1.0)
        one.vote("PROJECT", 1.0)


def _mixed(one: Candidate, written: list[str]) -> None:
    """Capitals among words, letters with digits: "Santander UK", "BAE Systems", "Airbus A320neo"."""
    spelled = [w for w in written if w.isalpha() and len(w) > 1]
    if any(w.isupper() for w in spelled) and not all(w.isupper() for w in spelled):
        one.vote("ORG", 0.8)
        one.vote("PERSON", -1.5)
    if any(c.isdigit() for c in written[-1]) and not written[-1].isdigit():
        one.vote("PRODUCT", 2.0)


_ARTICLES = {"fr": frozenset({"la", "le", "les", "l'"}), "en": frozenset({"the"})}
_ENDINGS: tuple[tuple[Group, EntityType, float], ...] = (
    ("org_tail", "ORG", 3.5), ("legal_form", "ORG", 4.0), ("institution", "ORG", 3.5), ("place_tail", "PLACE", 3.0),
    ("project_tail", "PROJECT", 3.0), ("event_tail", "EVENT", 3.0), ("product_tail", "PRODUCT", 2.5),
)  # fmt: skip
_BEGINNINGS: tuple[tuple[Group, EntityType, float], ...] = (
    ("org_first", "ORG", 3.5), ("place_first", "PLACE", 3.0), ("event_first", "EVENT", 3.0),
    ("institution", "ORG", 3.5),
    ("project_head", "PROJECT", 3.0), ("site_head", "PROJECT", 3.0),
)  # fmt: skip
_PARTICLES = frozenset(
    {
        "le",
        "la",
        "van",
        "von",
        "der",
        "ben",
        "bin",
        "al",
        "el",
        "di",
        "da",
        "del",
        "de",
        "du",
        "mac",
        "ter",
        "ten",
        "dos",
        "al-",
    }
)


def _single(one: Candidate, written: str) -> None:
    if _CAMEL.search(written):
        one.vote("ORG", 1.5)
        one.standing += 2
    elif _NUMBERED.match(written):
        one.vote("PRODUCT", 1.5)
        one.standing += 1
    elif written.isupper() and 2 <= len(written) <= 6:
        one.vote("ORG", 1.5)
        one.standing += 1
    if _PLACELIKE.search(written.lower()):
        one.vote("PLACE", 1.8)


def _head_before(ground: Ground, one: Candidate) -> None:
    """A noun that the name stands in apposition to: "la start-up américaine X", "the French utility X"."""
    words, lang = ground.words, ground.lang
    at = one.first
    while at > 0 and words.same_line(at - 1, one.first) and words.written[at - 1] in _QUOTES:
        at -= 1
    if not words.same_line(at - 1, one.first):
        return
    for group, kind, weight in _HEADS:
        if phrases(lang, group).ending(words.norms, at):
            one.vote(kind, weight)
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


_POINTING = {
    "fr": frozenset({"le", "la", "l'", "son", "sa", "leur", "cette", "ce", "cet", "principal", "principale", "autre"}),
    "en": frozenset({"the", "its", "their", "his", "her", "main", "biggest", "largest", "other", "own", "new"}),
}


_HEADS: tuple[tuple[Group, EntityType, float], ...] = (
    ("title", "PERSON", 4.0), ("role", "PERSON", 3.0), *((g, t, 3.5) for g, t in TYPED.items()), ("trade", "ORG", 2.5),
    ("institution", "ORG", 3.0),
)  # fmt: skip
_DET = frozenset(
    [
        "le",
        "la",
        "l'",
        "les",
        "un",
        "une",
        "des",
        "son",
        "sa",
        "ses",
        "leur",
        "leurs",
        "ce",
        "cet",
        "cette",
        "notre",
        "du",
        "au",
        "aux",
    ]
)
_TRADE = re.compile(r"(?:eur|ier|iste|icien|aire|euse|ière|eurs|iers|istes|iciens)\Z")
_DE = frozenset({"de", "du", "des", "d'", "de la"})


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
    return norm in phrases("fr", "opener") and not any(norm in phrases("fr", group) for group, _, _ in _HEADS)


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
    elif phrases("fr", "described_org").ending(words.norms, end):
        one.vote("ORG", 1.0)


def _right_before(ground: Ground, one: Candidate) -> None:
    """Prepositions and verbs: "à X", "chez X", "explique X"."""
    words, lang = ground.words, ground.lang
    at = one.first
    if not words.same_line(at - 1, at):
        return
    for group, kind, weight in _BEFORE:
        if phrases(lang, group).ending(words.norms, at):
            one.vote(kind, weight)
    before = words.norms[at - 1]
    _situated(ground, one)
    if before == "à" and lang == "fr" and not _is_dative(ground, at - 1):
        one.vote("PLACE", 2.0)
    numbered = words.written[one.end - 1][-1].isdigit()
    if lang == "fr" and before in {"la", "l'", "le"} and not one.described and not numbered:
        upper = words.written[at].isupper() and len(words.written[at]) > 1
        one.vote("ORG" if upper else "PLACE", 0.8 if upper else 1.0)
        one.vote("PERSON", -2.0)  # French people bear no article
    if (lang == "fr" and before in {"un", "une", "des", "les", "ses", "son"}) or (
        lang == "en" and before in {"a", "an", "its"}
    ):
        one.vote("PRODUCT", 0.8)
        one.vote("PERSON", -1.5)
    if lang == "en" and before == "the":
        one.vote("PERSON", -1.5)
    if before in _CALLED:
        _called(ground, one, at - 1)
    if lang == "en" and before == "in":
        one.vote("PLACE", 2.0)
    if phrases(lang, "speech").ending(words.norms, at) and before not in _DE:
        _said(one)


_SITUATED = {"fr": frozenset({"à"}), "en": frozenset({"in", "at", "near", "outside"})}


def _situated(ground: Ground, one: Candidate) -> None:
    """A place by the wider place that follows it: "Nozay (Essonne)", "in Loughton, Essex,"."""
    words = ground.words
    at, after = one.first - 1, words.norm(one.end, one.first)
    plain = all(w.istitle() or w.islower() for w in words.written[one.first : one.end])
    if not plain or not words.same_line(at - 1, one.first) or not words.capital(at - 1):
        return
    if words.written[at] == "(" and after == ")":
        one.vote("PLACE", 2.0)
    elif words.written[at] == "," and after and not after[0].isalnum():
        first = at - 1
        while words.same_line(first - 1, at) and words.capital(first - 1):
            first -= 1
        if words.norm(first - 1, at) in _SITUATED[ground.lang]:
            one.vote("PLACE", 2.0)


_BEFORE: tuple[tuple[Group, EntityType, float], ...] = (
    ("place_before", "PLACE", 2.5), ("org_before", "ORG", 2.5), ("person_before", "PERSON", 2.5),
)  # fmt: skip


_CALLED = frozenset(
    [
        "baptisé",
        "baptisée",
        "baptisés",
        "nommé",
        "nommée",
        "dénommé",
        "dénommée",
        "appelé",
        "appelée",
        "surnommé",
        "surnommée",
        "intitulé",
        "intitulée",
        "dubbed",
        "called",
        "named",
        "codenamed",
    ]
)


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


def _said(one: Candidate) -> None:
    """Who speaks is a person by two names, or an organisation by one."""
    full = one.end - one.first > 1
    one.vote("PERSON", 1.2 if full else 0.5)
    one.vote("ORG", 0.6 if full else 1.0)


def _is_dative(ground: Ground, at: int) -> bool:
    """Whether "à" follows a verb of giving, selling, belonging within its clause ("a vendu sa filiale à X")."""
    words = ground.words
    for i in range(at - 1, max(-1, at - 9), -1):
        if not words.same_line(i, at) or words.written[i] in ".;:":
            return False
        if words.norms[i] in phrases("fr", "dative"):
            return True
    return False


def _right_after(ground: Ground, one: Candidate) -> None:
    """Tickers, brackets, appositions after a comma, the verb."""
    words, lang = ground.words, ground.lang
    at = one.end
    if not words.same_line(one.first, at):
        return
    text, place = words.text, words.starts[at]
    if words.written[at] in "([" and _TICKER.match(text, place):
        one.vote("ORG", 1.5)
        one.standing += 1
    norm = words.norms[at]
    if norm == ",":
        _apposition(ground, one, at + 1)
    elif norm == "'s":
        one.standing += 1
    if phrases(lang, "agency").starting(words.norms, at):
        one.standing += 2
        one.vote("ORG", 0.8)
        one.vote("PERSON", 0.5 if one.end - one.first > 1 else 0.2)
    if phrases(lang, "speech").starting(words.norms, at):
        one.standing += 1
        _said(one)
    if phrases(lang, "role").starting(words.norms, at) and lang == "en":
        one.vote("ORG", 1.0)


def _apposition(ground: Ground, one: Candidate, at: int) -> None:
    """ "X, PDG de Y", "X, une start-up", "X, 45 ans", "X, in Idaho"."""
    words, lang = ground.words, ground.lang
    if not words.same_line(one.first, at):
        return
    if words.written[at].isdigit() and (words.norm(at + 1, at) in {"ans", "ano"} or words.norm(at + 1, at) == ","):
        one.vote("PERSON", 2.0 if words.written[at].isdigit() and len(words.written[at]) == 2 else 0.0)
        return
    start = at
    for _ in range(4):
        if (
            words.norm(at, start) in phrases(lang, "determiner")
            or words.norm(at, start) in phrases(lang, "modifier")
            or (at > start and words.norm(at, start) in phrases(lang, "demonym"))
        ):
            at += 1
    for group, kind, weight in _AFTER:
        if at < len(words) and phrases(lang, group).starting(words.norms, at):
            one.vote(kind, weight)
            one.standing += 2 if one.capital else 0.5  # "Optimiste, l'entrepreneur …" is no name
            return
    if lang == "en" and at > start:
        _english_apposition(ground, one, start)


_AFTER: tuple[tuple[Group, EntityType, float], ...] = (
    ("role", "PERSON", 3.0), ("person_head", "PERSON", 2.5), ("org_head", "ORG", 2.5), ("trade", "ORG", 2.0),
    ("place_head", "PLACE", 2.5), ("project_head", "PROJECT", 2.0), ("product_head", "PRODUCT", 2.0),
    ("site_head", "PROJECT", 1.5), ("event_head", "EVENT", 2.0),
)  # fmt: skip


def _english_apposition(ground: Ground, one: Candidate, start: int) -> None:
    """ "X, a London-based cloud startup": the head is the last noun before the comma or the relative."""
    words = ground.words
    for at in range(start + 1, start + 8):
        norm = words.norm(at, start)
        if not norm or not norm[0].isalpha():
            return
        for group, kind, weight in _AFTER:
            if phrases("en", group).starting(words.norms, at):
                one.vote(kind, weight)
                one.standing += 2
                return
