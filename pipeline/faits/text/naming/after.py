"""What stands behind a name and tells its type: a ticker, an apposition ("X, PDG de Y"), a verb of speech."""

from __future__ import annotations

import re

from faits.lexicons.naming import Group, phrases
from faits.model import EntityType
from faits.text.naming.before import said
from faits.text.naming.ground import Candidate, Ground

_TICKER = re.compile(r"\(\s*(?:[A-Z]{2,8}\s*:\s*)?[A-Z0-9]{1,6}(?:[.\-][A-Z]{1,3})?\s*\)|\[[A-Z0-9.]{2,10}\]")
_CALLED_PROJECT = frozenset({"scheme", "project", "venture", "programme", "program"})
_AFTER: tuple[tuple[Group, EntityType, float], ...] = (
    ("role", "PERSON", 3.0), ("person_head", "PERSON", 2.5), ("org_head", "ORG", 2.5), ("trade", "ORG", 2.0),
    ("place_head", "PLACE", 2.5), ("project_head", "PROJECT", 2.0), ("product_head", "PRODUCT", 2.0),
    ("site_head", "PROJECT", 1.5), ("event_head", "EVENT", 2.0),
)  # fmt: skip


_CLOSING = frozenset('»”"')


def right_after(ground: Ground, one: Candidate) -> None:
    """Tickers, brackets, appositions after a comma, the verb."""
    words, lang = ground.words, ground.lang
    at = one.end
    if not words.same_line(one.first, at):
        return
    text, place = words.text, words.starts[at]
    if words.written[at] in "([" and _TICKER.match(text, place):
        one.vote("ORG", 1.5)
        one.standing += 1
    if words.written[at] in _CLOSING and words.same_line(at, at + 1):
        at += 1
    norm = words.norms[at]
    if norm == ",":
        _apposition(ground, one, at + 1)
    elif norm == "of" and lang == "en" and words.same_line(at, at + 1) and ground.is_place(at + 1):
        one.vote("ORG", 1.5)  # "Sungrow of China"
    elif norm == "'s":
        one.standing += 1
    dealing = phrases(lang, "dealing").starting(words.norms, at)
    if dealing or phrases(lang, "agency").starting(words.norms, at):
        one.standing += 2
        one.vote("ORG", 1.4 if dealing else 0.8)
        one.vote("PERSON", 0.5 if one.end - one.first > 1 else 0.2)
    if phrases(lang, "speech").starting(words.norms, at):
        one.standing += 1
        said(one)
    if lang == "en" and words.norms[at] in _CALLED_PROJECT and words.written[at].islower():
        one.vote("PROJECT", 2.5)  # "the H2Teesside scheme", "the Stargate Norway venture"
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
    if words.norms[at] == "which":
        one.vote("ORG", 1.0)  # no person is "which"
        one.vote("PERSON", -1.0)
        return
    start = at
    for _ in range(4):
        if (
            words.norm(at, start) in phrases(lang, "determiner")
            or words.norm(at, start) in phrases(lang, "modifier")
            or (at > start and words.norm(at, start) in phrases(lang, "demonym"))
        ):
            at += 1
    bare = words.norm(start, start) not in _DEFINITE
    lengths = [(phrases(lang, group).starting(words.norms, at), kind, weight) for group, kind, weight in _AFTER]
    length, kind, weight = max(lengths, key=lambda found: found[0])
    if length and words.norm(at + length, at) != "'s":  # "X, the city's biggest taxi firm"
        one.vote(kind, weight)
        one.standing += 2 if one.capital or bare else 0.5  # "Optimiste, l'entrepreneur …" is no name
        return
    if lang == "en" and at > start:
        _english_apposition(ground, one, start)


_DEFINITE = frozenset({"le", "la", "l'", "les", "the", "son", "sa", "ses", "its", "his", "her", "their"})


def _english_apposition(ground: Ground, one: Candidate, start: int) -> None:
    """ "X, a London-based cloud startup": the head is the last noun before the comma or the relative."""
    words = ground.words
    for at in range(start + 1, start + 8):
        norm = words.norm(at, start)
        if not norm or not (norm[0].isalpha() or norm == "'s"):
            return
        for group, kind, weight in _AFTER:
            length = phrases("en", group).starting(words.norms, at)
            if length and words.norm(at + length, at) != "'s":
                one.vote(kind, weight)
                one.standing += 2
                return
