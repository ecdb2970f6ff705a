"""Runs of capital words: where a name starts, and how far it goes on past joiners, numbers and complements."""

from __future__ import annotations

import re

from faits.lexicons.names import fold_pieces
from faits.lexicons.naming import Group, given_names, phrases
from faits.model import Lang
from faits.text.naming.commons import is_word, never_name
from faits.text.naming.ground import Candidate, Ground
from faits.text.naming.words import Words

_DE = {"fr": frozenset({"de", "du", "des", "d'"}), "en": frozenset({"of"})}
_ARTICLES = {"fr": frozenset({"la", "le", "les", "l'"}), "en": frozenset({"the"})}
_UNIT = re.compile(
    r"(?:[kMGTP]?(?:W|Wh|Wc|We|Wp|eV|tep|toe|bit|B|o|b|Hz|flops)|[kM]?V|CO2e?q?|Mds?€?|k€|M€|Mt|Gt|MtCO2)\Z"
)


def run_at(ground: Ground, at: int) -> Candidate | None:
    words = ground.words
    first = at
    if _is_unit(words.written[at]) or _starts_nothing(ground, at):
        return None
    end = at + 1
    while (step := _extension(ground, first, end)) > end:
        end = step
    if words.norms[end - 1] in ground.owning and words.norm(end, first) == "'s":
        one = Candidate(first, end + 1, capital=True)
        one.vote("ORG", 3.0)  # shops and brands are called so
        return one
    return Candidate(first, end, capital=not words.opening[first] or end - first > 1)


def _is_unit(word: str) -> bool:
    return bool(_UNIT.match(word)) or (len(word) == 1 and not word.isalpha())


def _starts_nothing(ground: Ground, at: int) -> bool:
    """Whether no name starts at a capital word: a title, a role, a word the sentence opens with."""
    words, lang = ground.words, ground.lang
    follows = words.same_line(at, at + 1) and words.capital(at + 1) and _adjacent(words, at)
    if _opens_title(ground, at) or (follows and _is_first_name(ground, at)):
        return False
    if follows and _is_trade_before_person(ground, at):
        return True
    if _is_portfolio(ground, at):
        return True
    if never_name(ground, at):
        tailed = follows and _is_tail(ground, at + 1)
        if follows and lang == "en" and _is_nation_of_name(ground, at):
            return False
        return not (tailed and any(words.norms[at] in phrases(lang, group) for group in _TAILED))
    if not words.opening[at]:
        return len(words.written[at]) == 1 and not follows
    if words.norms[at] in given_names() or (_opens_name(ground, at) and (follows or _completed(ground, at))):
        return False
    return is_word(ground, at)


def _is_first_name(ground: Ground, at: int) -> bool:
    """Whether a month's abbreviation is a given name before a name ("Jan De Vries")."""
    norm = ground.words.norms[at]
    return norm in given_names() and len(norm) == 3 and norm in phrases(ground.lang, "common")


def _is_trade_before_person(ground: Ground, at: int) -> bool:
    """Whether a word of the language opens a sentence before a given name ("Pharmacist Joan Pell sued …")."""
    words = ground.words
    if not words.opening[at] or not words.written[at][1:].islower() or at in ground.strange:
        return False
    if words.norms[at] in given_names() or _opens_name(ground, at) or "-" in words.norms[at]:
        return False
    return ground.lang == "en" and words.norms[at + 1] in given_names() and bool(_JOB.search(words.norms[at]))


_JOB = re.compile(r"(?:ists?|ers?|ors?|ians?|ants?|ents?|man|woman|men|women)\Z")
_FIRST: tuple[Group, ...] = ("org_first", "event_first", "place_first")


def _opens_name(ground: Ground, at: int) -> bool:
    return any(ground.words.norms[at] in phrases(ground.lang, group) for group in _FIRST)


def _completed(ground: Ground, at: int) -> bool:
    """Whether "of" or "de" and a capital follow: "University of Norfold"."""
    words, lang = ground.words, ground.lang
    after = at + 2 + (words.norm(at + 2, at) in _ARTICLES[lang])
    return words.norm(at + 1, at) in _DE[lang] and words.same_line(at, after) and words.capital(after)


def _is_tail(ground: Ground, i: int) -> bool:
    """Whether a word ends names of companies and is none by itself in lower case: "Energy", not "AI"."""
    norm = ground.words.norms[i]
    return norm in phrases(ground.lang, "org_tail") and norm not in phrases(ground.lang, "common")


def _is_nation_of_name(ground: Ground, at: int) -> bool:
    """Whether an English nation's adjective and the one capital word behind it are a name ("Irish Distillers")."""
    words = ground.words
    word = words.norms[at + 1]
    if words.norms[at] not in phrases("en", "demonym") or words.written[at + 1].isupper():
        return False
    if (words.same_line(at, at + 2) and words.capital(at + 2)) or word in given_names() or never_name(ground, at + 1):
        return False
    return ground.gazetteer.lookup(fold_pieces(word)) is None


# Words that are no names by themselves and begin names of companies: "Czech Radio", "Lord Énergie".
_TAILED: tuple[Group, ...] = ("demonym", "title")


_CHAIN = frozenset({",", "et", "and", "à", "au", "aux", "chargé", "chargée", "auprès", "for", "of", "the"})
_MINISTERS = frozenset({"ministre", "ministres", "minister", "ministers"})
_MAX_CHAIN = 14
_CLAUSAL: tuple[Group, ...] = ("role", "agency")


def _is_portfolio(ground: Ground, at: int) -> bool:
    """Whether a capital word says what a minister is in charge of ("ministre de l'Économie et des Finances")."""
    words, lang = ground.words, ground.lang
    if words.norms[at] in given_names():
        return False
    i = at - 1
    linked = words.norm(i, at) in _DE[lang] | _ARTICLES[lang] | {"aux", "à", "for"}
    while linked and at - i <= _MAX_CHAIN and words.same_line(i, at):
        norm = words.norms[i]
        if norm in _MINISTERS:
            return words.norm(i - 1, at) not in {"premier", "première", "prime"}
        if not (norm in _CHAIN or norm.isalpha() or norm[-1] == "'") or norm in given_names():
            return False
        if norm not in _CHAIN and any(phrases(lang, g).ending(words.norms, i + 1) for g in _CLAUSAL):
            return False
        i -= 1
    return False


def _opens_title(ground: Ground, at: int) -> bool:
    """Whether a capital article inside a sentence opens a title: "selon La Dépêche", "told The Lantern"."""
    words = ground.words
    article = words.norms[at] in _ARTICLES[ground.lang] and words.written[at][0].isupper()
    return article and not words.opening[at] and words.same_line(at, at + 1) and words.capital(at + 1)


def _adjacent(words: Words, i: int) -> bool:
    """Whether only spaces, of one line, stand between word `i` and the next."""
    return words.ends[i] < words.starts[i + 1]


def _extension(ground: Ground, first: int, end: int) -> int:
    """Where the run goes on to from `end`: past a capital word, a joiner and its capital, a number; else `end`."""
    words = ground.words
    if not words.same_line(first, end):
        return end
    if words.written[end] in "'’" and _is_owned_by_many(ground, end):
        return end + 2
    if words.ends[end - 1] == words.starts[end] and words.norms[end - 1][-1] != "'":
        return end
    if words.capital(end):
        stops = (
            _is_unit(words.written[end]) or words.norms[end] in phrases(ground.lang, "role") or _is_month(ground, end)
        )
        return end if stops else end + 1
    if words.written[end].isdigit():
        return end + 1 if _is_name_number(ground, first, end) else end
    return _joined(ground, first, end)


def _is_owned_by_many(ground: Ground, at: int) -> bool:
    """Whether an apostrophe stands inside an institution's name ("Ontario Teachers' Pension Plan")."""
    words = ground.words
    if ground.lang != "en" or words.ends[at - 1] != words.starts[at] or words.norms[at - 1][-1] != "s":
        return False
    last = at
    while words.same_line(at, last + 1) and words.capital(last + 1):
        last += 1
    return last > at and words.norms[last] in phrases("en", "institution")


def _is_month(ground: Ground, i: int) -> bool:
    norm = ground.words.norms[i]
    return norm in phrases(ground.lang, "common") and len(norm) > 3


def _is_name_number(ground: Ground, first: int, i: int) -> bool:
    """Whether digits belong to the name before them ("Llama 2", "Flamanville 3"), and do not count what follows."""
    words, number = ground.words, ground.words.written[i]
    if len(number) > 2 and not (len(number) == 3 and words.written[i - 1].isupper()):
        return number.startswith("20") and len(number) == 4 and words.norms[i - 1] in _DATED
    if number.startswith("0"):
        return False
    after = words.norm(i + 1, i)
    if not after or words.capital(i + 1):
        return not after or not _is_unit(words.written[i + 1])
    return (not after[0].isalnum() and after not in "%€$£°") or after in _AFTER_NUMBER[ground.lang]


# Programmes named by their year: "France 2030", "Horizon 2020".
_DATED = frozenset({"france", "horizon", "agenda", "vision", "mission", "objectif", "expo", "plan", "port"})
_AFTER_NUMBER: dict[Lang, frozenset[str]] = {
    "fr": frozenset(["de", "du", "des", "d'", "et", "ou", "est", "sont", "a", "ont", "sera", "serait", "était",
        "avait", "qui", "que", "en", "dans", "à", "au", "aux", "par", "pour", "sur", "n'", "ne", "se",
        "s'", "doit", "peut", "va", ",", ".", ")", ";"]),
    "en": frozenset(["of", "and", "or", "is", "are", "was", "were", "has", "had", "will", "would", "could",
        "can", "may", "in", "on", "at", "by", "for", "to", "from", "with",
        "that", "which", "'s", "who", "the", ",", ".", ")", ";"]),
}  # fmt: skip


def _joined(ground: Ground, first: int, end: int) -> int:
    """Past a joiner inside a name: "Ursula von der Leyen", "Bank of England", "Transitions & Énergies"."""
    words, lang = ground.words, ground.lang
    at = end
    if words.norms[end] == "&":
        at = end + 1
    elif words.norms[first].split("-")[0] in given_names() and words.norms[end] in phrases(lang, "particle"):
        while words.norm(at, first) in phrases(lang, "particle"):
            at += 1
    elif words.norms[end] == "d'" and "-" in words.written[end - 1] and words.capital(end - 1):
        at = end + 1  # "Provence-Alpes-Côte d'Azur"
    elif lang == "en" and words.norms[end] in _FRENCH and words.capital(end - 1):
        while words.norm(at, first) in _FRENCH:
            at += 1  # "Nant de Drance"
    elif words.norms[end] in _DE[lang] and (_takes_complement(ground, first, end) or _is_set_off(ground, first, end)):
        at = end + 1
        if words.norm(at, first) in _ARTICLES[lang]:
            at += 1
    elif lang == "en" and words.norms[end] in {"and", "for"} and _institution_follows(ground, first, end):
        at = end + 1
    return at + 1 if at > end and words.same_line(first, at) and words.capital(at) else end


_FRENCH = frozenset({"de", "du", "des", "d'", "la", "le", "les"})


def _is_set_off(ground: Ground, first: int, end: int) -> bool:
    """Whether "X de Y" is one name: between commas after a noun ("leur société, X de Y,"), or before a function."""
    words = ground.words
    if ground.lang != "fr" or end > first + 1:
        return False
    last = end + 1 + (words.norm(end + 1, first) in _ARTICLES["fr"])
    if (
        not words.same_line(first, last + 1)
        or not words.capital(last)
        or words.norms[last + 1] != ","
        or ground.is_place(first)
    ):
        return False
    if any(phrases("fr", group).starting(words.norms, last + 2) for group in _FUNCTIONS):
        return True  # "Ombline de Rocquigny, analyste"
    return words.norm(first - 1, first) == "," and words.norm(first - 2, first) in phrases("fr", "org_head")


_FUNCTIONS: tuple[Group, ...] = ("role", "person_head")


def _takes_complement(ground: Ground, first: int, end: int) -> bool:
    """Whether a word of the run is a noun that takes "de" or "of" inside a name: "Banque", "Department", "Golfe"."""
    lang, norms = ground.lang, ground.words.norms
    if norms[first] in phrases(lang, "place_first") and end == first + 1:
        return norms[first] in phrases(lang, "place_head") and not ground.words.written[first].isupper()
    return any(
        norms[i] in phrases(lang, "org_first") or norms[i] in phrases(lang, "institution") for i in range(first, end)
    )


def _institution_follows(ground: Ground, first: int, end: int) -> bool:
    """Whether "and" or "for" stands inside an institution's name ("Competition and Markets Authority")."""
    words = ground.words
    if words.norms[end] == "for":
        return words.norms[end - 1] in phrases("en", "org_first")
    last = end + 1
    while words.same_line(first, last) and words.capital(last):
        last += 1
    if last == end + 1 or words.norms[last - 1] not in phrases("en", "institution"):
        return False
    return last - end > 2 and end - first == 1
