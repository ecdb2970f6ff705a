"""Places where a text lost the blank or the line end between two sentences or two words, and how to put it back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from faits.lexicons.boilerplate import abbreviations, file_endings, glued_words, openers
from faits.model import Edit, Lang

# "d'électricité.Alors", "entreprise.« Nous", "nom ».Marc": a full stop, then a capital, and nothing between.
_STOP = re.compile(
    r"""
    (?P<left>(?<![^\W\d_])[^\W\d_]{2,}|\d%?|[»”"’)\]])        # a word, a figure or a closing mark, …
    (?P<stop>[»”’)\]]?(?:[ \u00a0\u202f](?=[?!]))?[.!?…]{1,3}[»”’)\]]?)   # … its stop, in or out of the marks, …
    (?P<right>[«“‘(]?[A-ZÀ-ÖØ-ÞŒ][\w’']*|[«“‘]\s?\w+)   # … and at once the next sentence
    """,
    re.VERBOSE,
)

# "négligeable...si": dots at the end of a thought, and the next word at once.
_DOTS = re.compile(r"(?<=[^\W\d_]{3})(?:\.{3,4}|…)(?=[^\W\d_]{2})")

# "partenariatLa réalisation": a small letter, then a capital word that is followed by a small one.
_JOINED = re.compile(
    r"(?<![\w.@/])(?P<left>[^\W\d_]{2,}[a-zß-öø-ÿœ]|\d{4})"
    r"(?P<right>[A-ZÀ-ÖØ-ÞŒ][a-zß-öø-ÿœ]{1,11})(?=[ \u00a0'’][\w«“(])"
)

# "Helion Energyune startup": a name, then a small function word, and nothing between.
# The look behind comes second: a pattern that opens with a class of characters is searched for much faster.
_NAME = re.compile(r"(?P<word>[A-ZÀ-ÖØ-ÞŒ](?<![\w-].)[^\W\d_]{6,30})(?=[ \u00a0][a-zß-ÿœ])")
_NAME_BEFORE = re.compile(r"(?<![\w-])(?P<name>[A-ZÀ-ÖØ-ÞŒ][^\W\d_]{2,30})[ \u00a0]\Z")
_NAME_CHARS = 33  # the longest name before, its blank, and the character before that

# Most texts have nothing to repair; this says so at the speed of a plain search.
_MAYBE_STOP = re.compile(r"[.!?…][»”’)\]]?(?:[«“‘(]?[A-ZÀ-ÖØ-ÞŒ]|[«“‘]\s?\w)")
_MAYBE_JOINED = re.compile(r"[A-ZÀ-ÖØ-ÞŒ](?<=[a-zß-öø-ÿœ\d].)[a-zß-öø-ÿœ]{1,11}[ \u00a0'’]")

# "soir."Nous" and "soir".Nous" with straight quotation marks, which do not tell whether they open or close.
_STRAIGHT = re.compile(r'[.!?…](?<=[^\W\d_]{2}.)"(?=[A-ZÀ-ÖØ-ÞŒ])')


def repairs(source: str, lang: Lang, spans: list[tuple[int, int]]) -> list[Edit]:
    """The blanks and line ends that are missing in `spans` of a source, in reading order.

    Every edit inserts and none takes away. What follows a lost line end is a paragraph of its own ("\\n"); what
    follows a name or dots goes on ("\\u0020").

    >>> [(e.start, e.replacement) for e in repairs("Elle vend du gaz.Alors il part.", "fr", [(0, 31)])]
    [(17, '\\n')]
    """
    found: dict[int, Edit] = {}
    seen: Counter[str] | None = None
    for start, end in spans:
        text = source[start:end]
        for at, blank, reason in (*_stops(text), *_dots(text)):
            found.setdefault(start + at, _edit(start + at, blank, reason))
        joined = list(_JOINED.finditer(text)) if _MAYBE_JOINED.search(text) else []
        named = [m for m in _NAME.finditer(text) if m["word"].endswith(glued_words(lang).tails)]
        if not joined and not named:
            continue
        seen = seen or Counter(re.findall(r"[^\W\d_]+", source))  # once: it costs as much as all the rest
        for at, blank, reason in (*_joined(joined, lang, seen), *_named(named, lang, seen)):
            found.setdefault(start + at, _edit(start + at, blank, reason))
    return [found[at] for at in sorted(found)]


Cut = tuple[int, str, str]


def _edit(at: int, blank: str, reason: str) -> Edit:
    return Edit(start=at, end=at, replacement=blank, reason=reason)


def _stops(text: str) -> Iterator[Cut]:
    if '"' in text:
        yield from _straight_quotes(text)
    if not _MAYBE_STOP.search(text):
        return
    for found in _STOP.finditer(text):
        left, stop, right = found["left"], found["stop"], found["right"]
        if left in abbreviations() or not _opens_sentence(right) or _in_address(text, found.start(), found.end()):
            continue
        if left.isalpha() and (left.isupper() or (len(left) == 2 and left[0].isupper())):
            continue  # U.S.A., Ph.D, J.-C.
        if left[0].isdigit() and (stop[0] not in ".!?… \u00a0\u202f" or len(right) == 1):
            continue  # 3»A, EY4108.I
        if left == '"' and found.start() and text[found.start() - 1].isspace():
            continue  # "...Two weeks": the mark opens
        yield found.start("right"), "\n", "line end lost after a full stop"


def _straight_quotes(text: str) -> Iterator[Cut]:
    """A mark that closes a quotation belongs to the sentence before, one that opens it to the next."""
    marks, counted = 0, 0
    for found in _STRAIGHT.finditer(text):
        marks += text.count('"', counted, found.end() - 1)
        counted = found.end() - 1
        yield (found.end() if marks % 2 else found.end() - 1), "\n", "line end lost after a full stop"


def _opens_sentence(right: str) -> bool:
    word = right.lstrip("«“‘( \u00a0\u202f")
    if right[0] in "«“":
        return True
    if word.lower() in file_endings():
        return False
    letters = word.replace("’", "'").split("'")[0]
    if len(letters) == 1:
        return letters in "ÀAÉYI" or "'" in word.replace("’", "'")
    # "Node.JS" against "l'énergie.EDF a": an acronym opens a sentence from three letters on.
    return not letters.isupper() or len(letters) >= 3


def _in_address(text: str, start: int, end: int) -> bool:
    """Whether the place is inside a web address, a path or an e-mail address."""
    first = max(text.rfind(" ", max(0, start - 80), start), text.rfind("\n", max(0, start - 80), start)) + 1
    last = text.find(" ", end, end + 80)
    token = text[max(first, start - 80) : last if last >= 0 else end + 20]
    return any(mark in token for mark in ("://", "www.", "@", "/", "\\", "_", "](", "="))


def _dots(text: str) -> Iterator[Cut]:
    if "..." not in text and "…" not in text:
        return
    for found in _DOTS.finditer(text):
        yield found.end(), " ", "blank lost after dots"


def _joined(found: list[re.Match[str]], lang: Lang, seen: Counter[str]) -> Iterator[Cut]:
    for match in found:
        left, right = match["left"], match["right"]
        if right not in openers(lang) or seen[left + right] > 1:
            continue
        if left.isalpha() and len(left) < 4 and not left.islower():
            continue  # LeMonde, McThe
        if left[0].isupper() and len(right) == 2:
            continue  # LinkedIn, ChapelLe: a short word may be the end of a name
        yield match.start("right"), "\n", "line end lost between two sentences"


def _named(found: list[re.Match[str]], lang: Lang, seen: Counter[str]) -> Iterator[Cut]:
    known = glued_words(lang)
    for match in found:
        word = match["word"]
        tail = next(tail for tail in known.tails if word.endswith(tail))
        name = word[: -len(tail)]
        if len(name) < 4 or word.lower() in known.unless or seen[word] > 1:
            continue
        # The name, or the name it is the second half of, must stand elsewhere in the text.
        if seen[name] or ((before := _name_before(match)) and seen[before] > 1):
            yield match.start("word") + len(name), " ", "blank lost between a name and the next word"


def _name_before(match: re.Match[str]) -> str | None:
    """The capitalised word right before a name, as the first half of it."""
    start = match.start()
    before = _NAME_BEFORE.search(match.string[max(0, start - _NAME_CHARS) : start])
    return before["name"] if before else None
