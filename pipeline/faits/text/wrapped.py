"""Line ends inside sentences: paragraphs broken at a fixed width, as in e-mails, wires and copies of PDF pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from faits.model import Edit

WRAPPED = "line end inside a sentence"

_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*")

# Most texts have no such line end; this says so at the speed of a plain search.
_MAYBE = re.compile(r"\n[ \t]*[a-zß-öø-ÿœ]")

_CLOSED = re.compile(r"[.!?…:;|][»”’\"')\]*_ \u00a0\u202f]*$")
_OPENS_ITEM = re.compile(r"[-–—•●▪*+►>#|☰✓]|\d{1,2}[.)]\s|[a-z]\)\s")
_LOWER = re.compile(r"[«“\"'(]?[a-zß-öø-ÿœ]")

_LEAST_CHARS, _MOST_CHARS = 40, 130
# A line ends where the next word would not fit: nearly all lines but the last of a paragraph are nearly full.
_FULL = 0.7


def wrap_repairs(source: str) -> list[Edit]:
    """Edits that read a line end inside a sentence as the blank it stands for.

    >>> text = "Le groupe a signé jeudi un contrat de vente\\nde trois ans avec deux villes du nord et une\\nde l'est."
    >>> [(e.start, e.replacement) for e in wrap_repairs(text)]
    [(43, ' '), (88, ' ')]
    """
    if not _MAYBE.search(source):
        return []
    return [
        Edit(start=end.start(), end=end.end(), replacement=blank, reason=WRAPPED)
        for block in _blocks(source)
        if _is_wrapped(source, block)
        for end, blank in _joined(source, block)
    ]


Block = Sequence[re.Match[str]]


def _blocks(source: str) -> Iterator[Block]:
    """The runs of lines without a blank line between them."""
    block: list[re.Match[str]] = []
    for line in _LINE.finditer(source):
        blank = not line[0].strip()
        if block and (blank or not _LINE_END.fullmatch(source, block[-1].end(), line.start())):
            yield block
            block = []
        if not blank:
            block.append(line)
    if block:
        yield block


def _is_wrapped(source: str, block: Block) -> bool:
    """Whether most lines are full and go on with a small letter: no heading, list or address is written so."""
    width = max(len(line[0].rstrip()) for line in block)
    if len(block) < 2 or not _LEAST_CHARS <= width <= _MOST_CHARS:
        return False
    pairs = list(pairwise(block))
    going_on = sum(
        _full(one, width) and not _CLOSED.search(one[0]) and bool(_LOWER.match(two[0].lstrip())) for one, two in pairs
    )
    if len(pairs) == 1:
        # A headline and its byline look like two such lines: a sentence must end here.
        return bool(going_on and _CLOSED.search(pairs[0][1][0]))
    return going_on >= 0.4 * len(pairs) and sum(_full(one, width) for one, _ in pairs) >= 0.7 * len(pairs)


def _full(line: re.Match[str], width: int) -> bool:
    return len(line[0].strip()) >= _FULL * width


def _joined(source: str, block: Block) -> Iterator[tuple[re.Match[str], str]]:
    width = max(len(line[0].rstrip()) for line in block)
    for one, two in pairwise(block):
        below = two[0].lstrip()
        if not _full(one, width) or _CLOSED.search(one[0]) or _OPENS_ITEM.match(below):
            continue
        end = _LINE_END.search(source, one.start() + len(one[0].rstrip()))
        if end is not None:
            yield end, "" if one[0].rstrip().endswith("-") else " "
