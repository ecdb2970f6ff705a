"""Institutions and sites named by a common noun: "tribunal de Melun", "parc de Penmarch", "Coventry plant"."""

from __future__ import annotations

import re

from faits.lexicons.naming import phrases
from faits.model import EntityType, Lang
from faits.text.naming.ground import Candidate, Ground
from faits.text.naming.states import with_families, with_governments, with_ministries, with_states

_DE = frozenset({"de", "du", "des", "d'"})
_ARTICLES = frozenset({"la", "l'", "le", "les"})
_ADJECTIVE = re.compile(
    r"(?:al|ale|aux|ales|ique|iques|ien|ienne|iens|iennes|éen|éenne|aire|aires|if|ive|ifs|ives|ais|aise|ois|oise|ain|aine"
    r"|ieure?|ieure?s|ible|able|el|elle|els|elles|eux|euse|ier|ière|oire|é|ée|ées|és|ant|ante|ants|antes|in|ine|ins|ines)\Z"
)
_MAX_WORDS = 9


def described(ground: Ground, found: list[Candidate]) -> list[Candidate]:
    """The candidates, those that complete an institution or a site grown to hold its noun, and institutions alone.

    The place that a site is named by stays, nested in it: "usine de Lannion" and "Lannion".
    """
    if ground.lang == "fr":
        completed = [part for one in found for part in _with_head(ground, one)]
        bodies = _institutions(ground, [_metropolis(ground, one) for one in completed])
        bodies = with_ministries(ground, with_states(ground, with_families(ground, bodies)))
        return with_governments(ground, bodies)
    sites = [part for one in found for part in _with_tail(ground, one)]
    return with_governments(ground, with_ministries(ground, with_families(ground, sites)))


_TOPONYM = {
    "fr": re.compile(r"[a-zà-ÿ][^A-ZÀ-ÖØ-Þ]*?\b(?:de |d['’]|du |des |à )(?:la |l['’])?((?:L[ae]s? )?[A-ZÀ-ÖØ-Þ].*)\Z"),
    "en": re.compile(r"([A-ZÀ-ÖØ-Þ]\S*(?: \S+)*?)(?: [a-z][\w-]*)+\Z"),
}


def toponym(name: str, lang: Lang) -> str | None:
    """What a site that is told by its noun is named by, without the noun; None where no noun tells it.

    >>> toponym("parc éolien de Penmarch", "fr"), toponym("Coventry battery plant", "en"), toponym("Iter", "en")
    ('Penmarch', 'Coventry', None)
    """
    match = _TOPONYM[lang].match(name)
    return match[1] if match else None


def _with_head(ground: Ground, one: Candidate) -> list[Candidate]:
    """French: the candidate with the noun whose complement it is ("parc de" + "Penmarch"), and its own place."""
    words = ground.words
    at = one.first - 1
    direct = True
    if words.norm(at, one.first) in _ARTICLES and words.norm(at - 1, one.first) == "de":
        at, direct = at - 2, False
    elif words.norm(at, one.first) in _DE:
        at, direct = at - 1, False
    head, kind = _head(ground, at, one.first, direct=direct)
    if kind is None or words.norms[head] in _not_heads(ground) or not _is_definite(ground, head):
        return [one]
    if kind == "PLACE" and (one.known or one.votes.get("PERSON", 0.0) >= 2.5):
        return [one]
    # "Usine de puces de …": who makes the chips may stand there, and where; the more a noun parts them, the likelier.
    leaning = one.known.type if one.known else _leaning(one) if head >= at - 1 else None
    if kind == "PROJECT" and leaning in {"ORG", "PERSON", "PRODUCT"}:
        return [one]
    at_town = words.norm(one.end, head) == "à" and words.same_line(head, one.end + 1) and words.capital(one.end + 1)
    if kind == "PROJECT" and one.known is None and at_town:
        one.vote("ORG", 2.5)  # "le site de Circéa à Béthune": who runs it, then where it is
        return [one]
    if kind == "ORG" and one.known is not None and one.known.type not in {"PLACE", "PERSON"}:
        return [one]
    if kind == "ORG" and not direct and one.end - one.first > 1 and _leaning(one) == "PERSON":
        return [one]  # "le comité des pêcheurs de Loïc Rabeau": his, not named for him
    grown = Candidate(head, one.end, described=True)
    grown.vote(kind, 5.0)
    if kind != "PROJECT" or direct:
        return [grown]
    # Few towns bear an article: "le parc du Grand Pertuis" is named Grand Pertuis.
    named = one.known is None and (words.norm(one.first - 1, head) in _CONTRACTED or at < one.first - 2)
    return [grown, _inside(one, "PROJECT" if named else "PLACE")]


_CONTRACTED = frozenset({"du", "des"})


def _inside(one: Candidate, kind: EntityType = "PLACE") -> Candidate:
    one.nested = True
    one.vote(kind, 2.5)
    return one


def _metropolis(ground: Ground, one: Candidate) -> Candidate:
    """The body that governs a town and its neighbours: "Brest métropole"."""
    if one.described or ground.words.norm(one.end, one.first) != "métropole":
        return one
    grown = Candidate(one.first, one.end + 1, described=True)
    grown.vote("ORG", 5.0)
    return grown


_INDEFINITE = frozenset({"un", "une", "des", "d'", "aucun", "aucune", "chaque", "quelque", "plusieurs", "plus"})


def _is_definite(ground: Ground, head: int) -> bool:
    """Whether the noun at `head` points to one thing: "l'usine de …", not "une usine de …", "la plus grosse …"."""
    words = ground.words
    at = head - 1
    for _ in range(3):
        norm = words.norm(at, head)
        if not norm or norm in _INDEFINITE:
            return not norm
        if not (norm in phrases("fr", "modifier") or _ADJECTIVE.search(norm) or norm in _SIZES):
            return True
        at -= 1
    return True


_SIZES = frozenset(
    {"gros", "grosse", "grand", "grande", "petit", "petite", "vaste", "haut", "haute", "vieux", "vieille"}
)


def _not_heads(ground: Ground) -> frozenset[str]:
    return frozenset({"l'", "d'"})


def _leaning(one: Candidate) -> EntityType | None:
    kind = max(one.votes, key=one.votes.__getitem__, default=None)
    return kind if kind is not None and one.votes[kind] >= 1.5 else None


def _head(ground: Ground, at: int, near: int, *, direct: bool) -> tuple[int, EntityType | None]:
    """The noun that governs the name, left of it over adjectives and complements ("parc éolien en mer de …")."""
    words = ground.words
    for back in range(5):
        i = at - back
        norm = words.norm(i, near)
        coded = _is_code(ground, i)
        if not norm or not (norm[0].isalpha() or coded):
            break
        institution = phrases("fr", "public_body").ending(words.norms, i + 1)
        if institution and not (direct and back) and _fits_institution(norm, direct=direct):
            return i + 1 - institution, "ORG"
        if not (direct or back) and norm in phrases("fr", "natural"):
            return i, "PLACE"
        if direct and not back and (bearing := phrases("fr", "bearing").ending(words.norms, i + 1)):
            return i + 1 - bearing, "PROJECT"
        site = phrases("fr", "site_head").ending(words.norms, i + 1)
        if site and not direct:
            return _with_line(ground, i + 1 - site), "PROJECT"
        passed = _ADJECTIVE.search(norm) or norm in phrases("fr", "modifier") or norm in _DE or norm == "en"
        passed = passed or coded
        # A noun inside the chain is passed over only when a preposition ties it to what stands before it.
        if not passed and words.norm(i - 1, near) not in _DE | {"en", "à"}:
            break
    return at, None


def _is_code(ground: Ground, i: int) -> bool:
    """Whether word `i` is the letter or number that tells one of several sites ("la ligne B", "le réacteur 3")."""
    words = ground.words
    written = words.written[i]
    return len(written) <= 2 and (written.isdigit() or written.isupper()) and _site_before(ground, i) > 0


def _site_before(ground: Ground, i: int) -> int:
    return phrases("fr", "site_head").ending(ground.words.norms, i)


def _with_line(ground: Ground, head: int) -> int:
    """Where the noun begins whose complement a site is: "la ligne B du tramway de X" is no tramway."""
    code = head - 2
    joined = code > 0 and ground.words.norm(head - 1, head) in _DE and ground.words.same_line(code, head)
    return code - _site_before(ground, code) if joined and _is_code(ground, code) else head


# Those take the place's name without "de": "région Bretagne", "ministère" never does.
_BARE = frozenset({"région", "département", "métropole", "syndicat", "centre", "santé", "collectivité", "université"})


def _fits_institution(norm: str, *, direct: bool) -> bool:
    return not direct or norm in _BARE


def _with_tail(ground: Ground, one: Candidate) -> list[Candidate]:
    """English: the place with the site it names ("Coventry" + "plant", "Okahandja" + "lithium project")."""
    words = ground.words
    if (one.known.type if one.known else _leaning(one)) in {"ORG", "PERSON", "PRODUCT"}:
        return [one]
    for skip in range(4):
        at = one.end + skip
        norm = words.norm(at, one.first)
        if not norm or not norm.isalpha() or words.capital(at):
            break
        length = phrases("en", "site_head").starting(words.norms, at)
        if length:
            grown = Candidate(one.first, at + length, described=True)
            grown.vote("PROJECT", 5.0)
            return [grown, _inside(one)]
        if norm in phrases("en", "determiner") or norm in _NOT_MODIFIERS:
            break
    return [one]


_NOT_MODIFIERS = frozenset(
    [
        "is",
        "was",
        "are",
        "were",
        "has",
        "had",
        "have",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "to",
        "of",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "but",
        "as",
        "that",
        "which",
        "who",
        "when",
        "while",
        "after",
        "before",
        "since",
        "until",
        "into",
        "over",
        "under",
        "about",
        "against",
        "its",
        "their",
        "his",
        "her",
        "says",
        "said",
    ]
)


def _institutions(ground: Ground, found: list[Candidate]) -> list[Candidate]:
    """Capitalised institutions grown over their lower-case words ("Autorité de sûreté nucléaire")."""
    ends: list[Candidate] = []
    reach = 0
    for one in found:
        if one.first < reach and not one.nested:
            continue  # swallowed by the institution before it
        grown = _grown(ground, one) if one.known is None and not one.described else one
        ends.append(grown)
        reach = grown.end
    return ends


def _grown(ground: Ground, one: Candidate) -> Candidate:
    words = ground.words
    last = one.end - 1
    titled = words.norms[one.first] in _ARTICLES and words.capital(one.first)
    institution = phrases("fr", "institution").starting(words.norms, one.first)
    if not (institution or titled) or words.opening[one.first]:
        return one
    end, at, complements = one.end, one.end, 0
    while words.same_line(one.first, at) and at - one.first < _MAX_WORDS:
        norm = words.norms[at]
        if words.capital(at):
            if end > one.end and norm and words.norms[one.first] in _BRANCHED:
                end = at = _last_capital(ground, at) + 1  # "Crédit mutuel Arkéa"
            break
        if norm in _DE or (norm == "et" and words.norm(at + 1, at) in _DE):
            at = _noun_after(ground, at + (norm == "et"))
            complements += norm != "et"
            if not at or complements > 2 + words.capital(at - 1) or (norm == "et" and words.capital(at - 1)):
                break
        elif norm in _MEANT and institution and words.norm(at + 1, at) in _ARTICLES:
            at = _noun_after(ground, at)
            if not at or words.norms[at - 1] in _ASIDES:
                break  # "la Commission pour le moment"
        elif _is_adjective(ground, at):
            at += 1
        else:
            break
        end = at
    if end - 1 == last:
        return one
    grown = Candidate(one.first, end, capital=True, described=True)
    if institution:
        grown.vote("ORG", 4.0)
    else:
        grown.votes, grown.heard = dict(one.votes), one.heard
    return grown


def _last_capital(ground: Ground, at: int) -> int:
    words = ground.words
    while words.same_line(at, at + 1) and words.capital(at + 1):
        at += 1
    return at


_BRANCHED = frozenset(
    {"crédit", "banque", "caisse", "mutuelle", "agence", "chambre", "direction", "office"}
)  # with a name behind: "Crédit mutuel Arkéa"
_MEANT = frozenset({"pour", "contre"})  # "Fondation pour le logement", "Ligue contre le cancer"
_ASIDES = frozenset({"moment", "instant", "compte", "coup", "fois", "plupart", "part"})


def _is_adjective(ground: Ground, i: int) -> bool:
    tag = ground.pos.get(ground.words.starts[i])
    return tag == "ADJ" or (bool(_ADJECTIVE.search(ground.words.norms[i])) and tag in {None, "NOUN", "PROPN"})


def _noun_after(ground: Ground, at: int) -> int:
    """The place after "de (la|l') NOUN"; 0 when no lower-case noun follows."""
    words = ground.words
    noun = at + 1
    if words.norm(noun, at) in _ARTICLES:
        noun += 1
    norm = words.norm(noun, at)
    fits = norm.replace("-", "").isalpha() and len(norm) > 2 and norm not in phrases("fr", "determiner")
    return noun + 1 if fits else 0
