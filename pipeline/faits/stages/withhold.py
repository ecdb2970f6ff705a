"""Lines that many articles of one site share: what the site writes, not the author.

The only step of cleaning that sees more than one article. It runs at the barrier, on what each article kept, so that
reading an article stays pure: adding an article never makes another one be read again.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from faits.lexicons.boilerplate import words_of
from faits.model import Removed

_LINE = re.compile(r"[^\r\n]+")

# Longer lines are paragraphs: a site writes few of those, and an author repeats some.
_MOST_CHARS = 300
_SENTENCE_WORDS = 12
_SENTENCE = "s"  # no hexadecimal digit

# A line of a site stands in so many of its articles, and in such a share of them; a whole sentence in more.
LEAST, _SHARE = 3, 1 / 3
_LEAST_SENTENCE, _SHARE_SENTENCE = 5, 1 / 2


Lines = Mapping[str, Sequence[tuple[int, int]]]


class Lined(Protocol):
    """What this step needs of an article."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def site(self) -> str:
        """Where it comes from, empty when that is not known."""

    def lines(self) -> Lines:
        """Its kept lines, as `lines_of` gives them; asked for only where there are enough articles of the site."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An article by its text, its headline and what was removed of it."""

    id: str
    site: str
    title: str | None
    source: Callable[[], str]
    removed: Sequence[Removed]

    def lines(self) -> Lines:
        """Its kept lines."""
        return lines_of(self.source(), self.title, self.removed)


def withhold(articles: Iterable[Lined], copies: Collection[str] = ()) -> dict[str, tuple[Removed, ...]]:
    """For each article that has some, the lines it shares with others of its site, to be removed from it as well.

    Near-duplicates (`copies`) are not counted: they share everything. A headline stays.
    The result does not depend on the order of `articles`.
    """
    sites: dict[str, list[Lined]] = defaultdict(list)
    for article in articles:
        if article.site:
            sites[article.site].append(article)
    found: dict[str, tuple[Removed, ...]] = {}
    for together in sites.values():
        if len(together) < LEAST:
            continue
        of_site = {article.id: article.lines() for article in together}
        counts = Counter(line for name, own in of_site.items() if name not in copies for line in own)
        counted = sum(name not in copies for name in of_site)
        shared = {line: count for line, count in counts.items() if is_of_the_site(line, count, counted)}
        for name, own in of_site.items():
            spans = shared_spans(own, shared, counted)
            if spans:
                found[name] = spans
    return found


def site_of(url: str | None, publisher: str | None) -> str:
    """The site an article comes from: host of its address, else its publisher; empty when neither is known.

    >>> site_of("https://www.example.org/a", None)
    'example.org'
    """
    host = urlsplit(url or "").hostname or ""
    return host.removeprefix("www.") or (publisher or "")


def shared_spans(own: Lines, shared: Mapping[str, int], counted: int) -> tuple[Removed, ...]:
    """The places of an article's lines that so many of the articles of its site share, in order."""
    spans = sorted((span, line) for line in own.keys() & shared.keys() for span in own[line])
    return tuple(
        Removed(
            start=start,
            end=end,
            kind="repeat",
            reason=f"stands in {shared[line]} of the {counted} articles of the site",
            score=round(shared[line] / counted, 3),
        )
        for (start, end), line in spans
    )


def is_of_the_site(line: str, count: int, of: int) -> bool:
    """Whether a line that so many of the articles of a site have is the site's own."""
    if line.startswith(_SENTENCE):
        return count >= max(_LEAST_SENTENCE, _SHARE_SENTENCE * of)
    return count >= max(LEAST, _SHARE * of)


def lines_of(source: str, title: str | None, removed: Sequence[Removed]) -> dict[str, list[tuple[int, int]]]:
    """The places of each line of an article, under a digest of its folded words; paragraphs and its headline left out.

    What was removed of the article already is no line of it.
    """
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    gone = sorted((span.start, span.end) for span in removed)
    headline = " ".join(words_of(title or ""))
    at = 0
    for line in _LINE.finditer(source):
        text = line[0].strip()
        if not text:
            continue
        start = line.start() + line[0].index(text)
        while at < len(gone) and gone[at][1] <= start:
            at += 1
        if at < len(gone) and gone[at][0] < start + len(text):
            continue
        key = " ".join(words_of(text)) if len(text) <= _MOST_CHARS else ""
        if key and key != headline:
            found[_digest(key)].append((start, start + len(text)))
    return dict(found)


def _digest(line: str) -> str:
    """Short enough to be kept of every line of an archive, and saying whether the line is a whole sentence."""
    mark = _SENTENCE if line.count(" ") + 1 >= _SENTENCE_WORDS else ""
    return mark + hashlib.blake2b(line.encode(), digest_size=8).hexdigest()
