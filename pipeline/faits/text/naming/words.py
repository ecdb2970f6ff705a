"""A text cut into words with what their capitals can mean: the ground the name finder walks on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Words keep their hyphens ("Saint-Nazaire", "Villeneuve-d'Ascq"), an inner ampersand ("AT&T"), the dots of initials
# ("U.S.") and of a web name ("Mistral.ai"). An elided article stands alone ("d'" + "Helion"), as does the English "'s".
_WORD = re.compile(
    r"(?P<elided>(?:[dlnjmtsc]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w))"
    r"|(?P<possessive>['’]s\b)"
    r"|(?P<word>(?:[A-Z]\.){2,}|[^\W_]+(?:&[^\W_]+)*"
    r"(?:-(?!(?:backed|based|owned|led|listed|style|built|made|run|born|wide|like|linked|controlled|funded)\b)"
    r"(?:[dl]['’])?[^\W_]+)*(?:\.(?:ai|com|io|fr|org|net)\b)?(?-i:(?:(?<=\bO)|(?<=[A-Z][a-z][a-z])|(?<=[a-z]{3}))['’](?=[A-ZÉ])[^\W_]+)?\+?)"
    r"|(?P<break>\n\s*)"
    r"|(?P<sign>[^\s])",
    re.IGNORECASE,
)

_ENDS = frozenset(".!?…")
_OPENERS = frozenset("«\"“”„‘(['’")
_BULLETS = frozenset("-–—•*▪·#>|")

# After these a full stop ends no sentence: titles and initials of both languages.
_ABBREVIATIONS = frozenset(
    [
        "m",
        "mm",
        "mr",
        "mrs",
        "ms",
        "dr",
        "me",
        "pr",
        "st",
        "ste",
        "art",
        "no",
        "vs",
        "inc",
        "corp",
        "co",
        "ltd",
        "sr",
        "jr",
        "gen",
        "gov",
        "sen",
        "rep",
        "prof",
        "av",
        "bd",
        "cf",
        "env",
        "approx",
    ]
)


@dataclass(slots=True)
class Words:
    """The words of a text as parallel lists; paragraph breaks are left out but remembered in `paragraph`.

    `norms` is the word in lower case with a straight apostrophe, `opening` whether its capital may come from its place
    (start of a sentence, a quotation, a line), `shouted` whether its line is written in capitals or in title case.
    """

    text: str
    starts: list[int]
    ends: list[int]
    written: list[str]
    norms: list[str]
    opening: list[bool]
    shouted: list[bool]
    paragraph: list[int]

    def __len__(self) -> int:
        return len(self.starts)

    def capital(self, i: int) -> bool:
        """Whether word `i` is written as a name would be: "Helion", "EDF", "xAI", "iPhone"."""
        return has_capital(self.written[i])

    def same_line(self, i: int, j: int) -> bool:
        """Whether both words exist and stand in one paragraph."""
        size = len(self.starts)
        return 0 <= i < size and 0 <= j < size and self.paragraph[i] == self.paragraph[j]

    def norm(self, i: int, near: int) -> str:
        """The norm of word `i`, or nothing when it is outside the paragraph of word `near`."""
        return self.norms[i] if self.same_line(i, near) else ""


@lru_cache(maxsize=2)
def words(text: str) -> Words:
    """Cut a text into words; what is given back is shared by all who ask, and not to be changed.

    >>> w = words("L'AIE cite d’Helion. Avec OpenAI")
    >>> w.norms
    ["l'", 'aie', 'cite', "d'", 'helion', '.', 'avec', 'openai']
    >>> [w.written[i] for i in range(len(w)) if w.opening[i]]
    ["L'", 'Avec']
    """
    matches: list[re.Match[str]] = []
    paragraphs: list[int] = []
    paragraph = 0
    for match in _WORD.finditer(text):
        if match.lastgroup == "break":
            paragraph += 1
        else:
            matches.append(match)
            paragraphs.append(paragraph)
    written = [match[0] for match in matches]
    norms = [word.lower().replace("’", "'") for word in written]
    starts, ends = [match.start() for match in matches], [match.end() for match in matches]
    found = Words(text, starts, ends, written, norms, [], [], paragraphs)
    found.opening.extend(_openings(found))
    _open_titles(found)
    found.shouted.extend(_shouting(found))
    return found


def has_capital(word: str) -> bool:
    """Whether a word is written as a name would be.

    >>> [has_capital(w) for w in ("Helion", "xAI", "iPhone", "mini", "5G", "d'")]
    [True, True, True, False, False, False]
    """
    if not word[0].isalpha():
        return False
    return word[0].isupper() or (len(word) > 2 and not word.islower() and (word[1].isupper() or word[2].isupper()))


def _openings(found: Words) -> Iterator[bool]:
    state, paragraph = True, -1
    for i, written in enumerate(found.written):
        if found.paragraph[i] != paragraph:
            state, paragraph = True, found.paragraph[i]
        yield state
        if written in _ENDS:
            state = not (written == "." and _is_abbreviation(found, i))
        elif written in _OPENERS:
            state = state or written not in "(['’"
        elif not (state and (written in _BULLETS or written.isdigit() or written in ").:")):
            state = False  # "L'Union" has a capital of its own: the sentence took that of "L'"


_CLOSERS = {"«": "»", "“": "”", "„": "”", '"': '"'}
_TITLE_WORDS = 7


def _open_titles(found: Words) -> None:
    """Take the words that open a short quoted title for what they are ("« L'Écho des tribunes »"): no sentence."""
    for i, sign in enumerate(found.written):
        close = _CLOSERS.get(sign)
        if close is None or not (found.same_line(i, i + 3) and has_capital(found.written[i + 1])):
            continue
        inside = found.written[i + 1 : i + 2 + _TITLE_WORDS]
        if close not in inside or not has_capital(inside[1]):
            continue
        title = inside[: inside.index(close)]
        if not any(word in _ENDS or word in ",;:" for word in title):
            found.opening[i + 1] = found.opening[i + 2] = False


def _is_abbreviation(found: Words, i: int) -> bool:
    """Whether the full stop at `i` belongs to the word before it ("M. Fontana", "J. Dupont")."""
    if i == 0 or found.ends[i - 1] != found.starts[i]:
        return False
    before = found.written[i - 1]
    return found.norms[i - 1] in _ABBREVIATIONS or (len(before) == 1 and before.isupper())


def _shouting(found: Words) -> Iterator[bool]:
    """For each word, whether capitals on its line say nothing: all in capitals, or a headline in title case."""
    first = 0
    while first < len(found):
        last = bisect_right(found.paragraph, found.paragraph[first], first)
        shouted = _is_shouted([w for w in found.written[first:last] if w[0].isalpha()], found.written[last - 1])
        for _ in range(first, last):
            yield shouted
        first = last


def _is_shouted(line: list[str], end: str) -> bool:
    content = [w for w in line if len(w) > 3]
    if len(content) < 2:
        return False
    capitals = sum(w.isupper() for w in content)
    if capitals >= 0.8 * len(content):
        return True
    titled = sum(has_capital(w) for w in content)
    return len(content) >= 4 and end not in _ENDS and titled >= 0.75 * len(content)
