"""Where names may stand: runs of capitals, names of the gazetteer, institutions named by a common noun."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from faits.lexicons.names import Gazetteer, fold_pieces
from faits.lexicons.naming import Group, given_names, phrases
from faits.text.naming.commons import never_name
from faits.text.naming.ground import Candidate, Ground
from faits.text.naming.runs import run_at
from faits.text.naming.words import Words

_PIECE = re.compile(r"[^\W_]+")


def candidates(ground: Ground, gazetteer: Gazetteer) -> list[Candidate]:
    """Every stretch that may be a name, in reading order, never overlapping."""
    known = known_names(ground.words, gazetteer)
    found: list[Candidate] = []
    coded = _codes(ground.words)
    at, size = 0, len(ground.words)
    while at < size:
        if at in coded:
            at = coded[at]
            continue
        one = _at(ground, known, at)
        if one is None:
            at += 1
            continue
        found += _reconciled(ground, one, known)
        at = max(one.end, found[-1].end if found else 0)
    return found


# A stock code with its market, which is no name beside the company's: "(CRWV.O)", "(9984.T)", "(NASDAQ: NVDA)".
_CODE = re.compile(r"[(\[<]\s*(?:[A-Z0-9]{1,6}\.[A-Z]{1,3}|[A-Za-z][A-Za-z ]{1,14}\s?:\s?[A-Z0-9.]{1,8})\s*[)\]>]")


def _codes(words: Words) -> dict[int, int]:
    """For the first word of each stock code in brackets, the word after it."""
    found = {}
    for match in _CODE.finditer(words.text):
        first, after = bisect_left(words.starts, match.start()), bisect_left(words.starts, match.end())
        if first > 0 and words.same_line(first - 1, first) and words.capital(first - 1):
            found[first] = after
    return found


def known_names(words: Words, gazetteer: Gazetteer) -> dict[int, Candidate]:
    """Names of the gazetteer by the word they start at, the longest first come."""
    pieces, written, word_of = _pieces(tuple(words.written))
    found: dict[int, Candidate] = {}
    after, longest = 0, gazetteer.longest
    for at, piece in enumerate(pieces):
        if at < after or piece not in longest:
            continue
        hit = gazetteer.match(pieces, written, at)
        if hit is None or not _whole(words, word_of, at, at + hit[0]):
            continue
        first = word_of[at]
        found[first] = Candidate(first, word_of[at + hit[0] - 1] + 1, known=hit[1], capital=not words.opening[first])
        after = at + hit[0]
    return found


@lru_cache(maxsize=2)
def _pieces(written: tuple[str, ...]) -> tuple[list[str], list[str], list[int]]:
    """The words cut as the gazetteer's names are: each piece folded, as written, and the word it is of."""
    pieces: list[str] = []
    raw: list[str] = []
    word_of: list[int] = []
    for i, word in enumerate(written):
        key, cut = _piece(word)
        pieces.extend(key)
        raw.extend(cut)
        word_of.extend([i] * len(key))
    return pieces, raw, word_of


@lru_cache(maxsize=20_000)
def _piece(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    key = fold_pieces(word) or ("",)
    raw = _PIECE.findall(word) if len(key) > 1 else [word.strip("'’") or word]
    return key, tuple(raw) if len(raw) == len(key) else (word,) * len(key)


def _whole(words: Words, word_of: list[int], start: int, end: int) -> bool:
    """Whether pieces start to end are whole words of one paragraph."""
    starts = start == 0 or word_of[start - 1] != word_of[start]
    ends = end == len(word_of) or word_of[end - 1] != word_of[end]
    return starts and ends and words.same_line(word_of[start], word_of[end - 1])


def _at(ground: Ground, known: dict[int, Candidate], at: int) -> Candidate | None:
    """The candidate that starts at word `at`, if one does."""
    words = ground.words
    run = run_at(ground, at) if words.capital(at) and not words.shouted[at] else None
    match = known.get(at)
    if match and (run is None or match.end >= run.end):
        return match
    return run


def _reconciled(ground: Ground, one: Candidate, known: dict[int, Candidate]) -> list[Candidate]:
    """The run, or the gazetteer's names inside it where the rest of it is no part of them."""
    if one.known:
        return [one]
    inside = [known[i] for i in range(one.first, one.end) if i in known]
    if inside and _is_counted(ground, one, inside[0]):
        return inside[:1]
    if not inside or _is_person(ground, one):
        return [one]
    head, tail = inside[0], inside[-1]
    if _is_from(ground, one, head):
        rest = Candidate(head.end, one.end)
        rest.vote("ORG", 2.5)
        return [head, rest]  # "le groupe d'Annecy Rochebrune"
    if tail.end > one.end:
        # The last name goes on past the run: "Chez Banque centrale européenne".
        before = [Candidate(one.first, tail.first, capital=one.capital)] if tail.first > one.first else []
        return [*(b for b in before if not _empty(ground, b)), tail]
    lead = range(one.first, head.first)
    if len(lead) > 1 and ground.words.norms[one.first] in phrases(ground.lang, "org_first"):
        return [one]  # "Gaz de Lorraine"
    if lead and all(_is_weak(ground, i) for i in lead):
        return inside if head.end == one.end else [Candidate(head.first, one.end)]
    return [one]


def _is_counted(ground: Ground, one: Candidate, known: Candidate) -> bool:
    """Whether the run is a company or a place followed by a figure of its own ("Groupama 40, Axa 30")."""
    assert known.known is not None
    number = ground.words.written[one.end - 1].isdigit() and known.end == one.end - 1
    return number and known.first == one.first and known.known.type in {"ORG", "PLACE", "PERSON"}


def _is_from(ground: Ground, one: Candidate, town: Candidate) -> bool:
    """Whether a run is a firm behind the town that its noun is from."""
    words = ground.words
    if ground.lang != "fr" or town.known is None or town.known.type != "PLACE" or town.end == one.end:
        return False
    return (
        town.first == one.first
        and words.norm(one.first - 1, one.first) in {"de", "d'"}
        and any(phrases("fr", group).ending(words.norms, one.first - 1) for group in _FIRMS)
    )


_FIRMS: tuple[Group, ...] = ("settled", "described_org")


def _empty(ground: Ground, one: Candidate) -> bool:
    return all(_is_weak(ground, i) for i in range(one.first, one.end))


def _is_weak(ground: Ground, i: int) -> bool:
    """Whether a capital word before a known name is likelier a word than a part of the name."""
    words = ground.words
    norm = words.norms[i]
    return (words.opening[i] and norm not in given_names()) or norm in ground.lower_seen or never_name(ground, i)


def _is_person(ground: Ground, one: Candidate) -> bool:
    return one.end - one.first > 1 and ground.words.norms[one.first].split("-")[0] in given_names()
