"""What the shape of a line says of it, whatever its words: lists of links, dates, signatures, tickers, captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from faits.lexicons.boilerplate import button_words, common_words, folded_words, particles, words_of
from faits.text.segments import Segment


@dataclass(frozen=True, slots=True)
class Hint:
    """A reason to hold a segment for boilerplate of one kind, and how strong it is, 0 to 1."""

    kind: str
    strength: float
    reason: str


_SEPARATOR = re.compile(r"\s*(?:[|•·›»>☰→]|(?<=\s)[/–—-](?=\s))\s*")
_TEASER = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)?\s\|\s\w+(?:\W+\w+){3}")
_CRUMBS = re.compile(r"\s[›»>]\s|☰|\s/\s.*\s/\s")
_HASHTAG = re.compile(r"(?<![\w#])#[^\W\d_][\w-]+")
_CHANGE = re.compile(r"[+\-−–]\s?\d{1,3}(?:[.,]\d+)?[ \u00a0\u202f]?%")
_PERCENT = re.compile(r"\d(?:[ \u00a0\u202f])?%")
_ISIN = re.compile(r"\b[A-Z]{2}[A-Z0-9]{9}\d\b")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_FIELD = re.compile(r"\[\s*\]|_{4,}")
_FULL_DATE = re.compile(
    r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)\b|\b\d{4}-\d\d-\d\d\b"
    r"|\b\d{1,2}(?:er|st|nd|rd|th)?\s+[^\W\d_]{3,9}\.?,?\s+\d{4}\b|\b[^\W\d_]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b"
)
_CLOCK = re.compile(r"\b\d{1,2}\s?[h:]\s?\d\d\b|\b\d{1,2}(?:[.:]\d\d)?\s?[ap]\.?m\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞŒ](?:[^\W\d_]|['’.-])+")
_CREDIT_TAIL = re.compile(
    r"(?:©|\(c\)|[(/|–—:]\s*(?:dr|afp|ap|reuters|getty|epa|sipa|pool|istock|shutterstock|archives?|alamy|belga|keystone)\b"
    r"|\b(?:photos?|images?|cr[ée]dits?|credits?|illustration|infographie|dessin|picture|photograph|graphic)\s*(?:d['’]\w+\s*)?[:/©])",
    re.IGNORECASE,
)


def hints(segment: Segment) -> Iterator[Hint]:
    """Everything the shape of a segment tells, strongest not first."""
    if len(segment.text) > (200 if segment.prose else 600):
        return
    for look in (_menu, _teaser, _links, _hashtags, _ticker, _buttons, _date, _signature, _caption, _agency, _address):
        if hint := look(segment):
            yield hint


def is_stamp(segment: Segment) -> bool:
    """Whether a line gives the day and hour of something, as above or below what a reader wrote."""
    if segment.prose or not 2 <= len(segment.words) <= 25:
        return False
    known = folded_words(segment.lang, "date_word")
    if not _CLOCK.search(segment.text):
        return len(segment.words) <= 6 and all(word[0].isdigit() or word in known for word in segment.words)
    return bool(_FULL_DATE.search(segment.text)) or any(len(word) >= 3 and word in known for word in segment.words)


def items(segment: Segment) -> list[str]:
    """The parts a line falls into at bars, bullets and arrows; one part when there are none."""
    return [part for part in _SEPARATOR.split(segment.plain) if part.strip()]


def _links(segment: Segment) -> Hint | None:
    """A line of short items parted by bars or arrows; a table row of Markdown is none."""
    if segment.text.startswith("|") or segment.ended:
        return None
    parts = items(segment)
    if len(parts) < 3:
        return None
    lengths = [len(words_of(part)) for part in parts]
    if max(lengths) > 7 or sum(lengths) > 4 * len(parts) or _CHANGE.search(segment.text):
        return None
    if _CRUMBS.search(segment.text):
        return Hint("nav", 0.85, "short items parted by arrows")
    return Hint("links", 0.6, "short items parted by bars")


def _menu(segment: Segment) -> Hint | None:
    """A line of three or more words that menus are made of, and hardly another."""
    if segment.ended or not 3 <= len(segment.words) <= 40:
        return None
    words = [word for word in segment.words if not word[0].isdigit()]
    known = button_words(segment.lang)
    if 3 <= len(words) <= 30 and sum(map(known.__contains__, words)) >= 0.6 * len(words):
        return Hint("nav", 0.85, "words of a menu")
    return None


def _teaser(segment: Segment) -> Hint | None:
    """A label and a bar before a headline: "Vidéo | …", "À | …" where the rest of the label was lost."""
    if _TEASER.match(segment.plain) and len(items(segment)) == 2:
        return Hint("related", 0.65, "a label and a bar before a headline")
    return None


def _hashtags(segment: Segment) -> Hint | None:
    tags = _HASHTAG.findall(segment.text)
    if len(tags) >= 2 and 2 * len(tags) >= len(segment.text.split()):
        return Hint("tags", 0.97, "nothing but hashtags")
    return None


def _ticker(segment: Segment) -> Hint | None:
    """Prices and changes in a row with hardly a function word."""
    if "%" not in segment.text:
        return None
    if segment.common > 0.2 or segment.bullet:
        return None
    changes, percents = len(_CHANGE.findall(segment.text)), len(_PERCENT.findall(segment.text))
    if _ISIN.search(segment.text) and percents:
        return Hint("ad", 0.97, "a line of stock prices")
    if changes >= 2 or (percents >= 3 and changes):
        return Hint("ad", 0.9, "a line of stock prices")
    return None


def _buttons(segment: Segment) -> Hint | None:
    """A line of network names and verbs of sharing."""
    if len(segment.words) > 30:
        return None
    words = [word for word in segment.words if not word[0].isdigit()]
    networks = folded_words(segment.lang, "network")
    known = sum(map(networks.__contains__, words))
    if known >= 2 and known >= 0.6 * len(words):
        return Hint("share", 0.97, "nothing but networks to share on")
    return None


def _date(segment: Segment) -> Hint | None:
    """A line with nothing but a date, a time, or how long the reading takes."""
    if not segment.words or len(segment.words) > 24:
        return None
    known = folded_words(segment.lang, "date_word")
    if len(segment.words) < 2 or not all(word[0].isdigit() or word in known for word in segment.words):
        return None
    dated = _FULL_DATE.search(segment.text) or _CLOCK.search(segment.text)
    return Hint("credit", 0.95, "nothing but a date") if dated else None


def _signature(segment: Segment) -> Hint | None:
    """The line an author signs: "Par X", a name beside a date, or a name alone."""
    if len(segment.words) > 22 or segment.prose or segment.text.endswith(("?", "!")):
        return None
    text = segment.plain
    by = _after_by(text, segment)
    dated = bool(_FULL_DATE.search(text))
    if by is None and not dated and not (2 <= len(segment.words) <= 4 and not segment.ended):
        return None
    names = _names_only(by if by is not None else text, segment)
    if by is not None and (names or dated or _starts_with_name(by)):
        return Hint("credit", 0.92, "signed by an author")
    if dated and names:
        return Hint("credit", 0.9, "a name and a date")
    if names and by is None and not dated:
        return Hint("name", 0.5, "nothing but a name")
    return None


def _after_by(text: str, segment: Segment) -> str | None:
    first = text.split(maxsplit=1)
    if len(first) == 2 and first[0].rstrip(":").casefold() in ("par", "by") and len(segment.words) <= 18:
        return first[1]
    return None


def _starts_with_name(text: str) -> bool:
    words = text.split()[:3]
    return len(words) >= 2 and all(_NAME.match(word) for word in words[:2]) and len(text.split()) <= 12


def _names_only(text: str, segment: Segment) -> bool:
    """Whether all that is no date, time or signing word begins with a capital, as names do."""
    bare = _CLOCK.sub(" ", _FULL_DATE.sub(" ", text))
    signing = folded_words(segment.lang, "date_word") | folded_words(segment.lang, "agency")
    words = [word.strip(",;:()|•·–—-/.") for word in bare.split()]
    words = [word for word in words if word and (words_of(word) or [word])[0] not in signing]
    named = [word for word in words if word.casefold() not in particles()]
    if any((words_of(word) or [""])[0] in common_words(segment.lang) for word in named):
        return False  # "What Comes Next": a headline in capitals, as English writes them
    return 1 <= len(named) <= 7 and all(_NAME.fullmatch(word) for word in named)


def _caption(segment: Segment) -> Hint | None:
    """A caption: short, with the mark of a photographer in its last words."""
    if len(segment.words) > 45:
        return None
    if _CREDIT_TAIL.search(segment.text[-70:]):
        return Hint("credit", 0.85 if len(segment.words) <= 32 else 0.6, "ends with a photographer's mark")
    if segment.text.startswith(("©", "(c)")):
        return Hint("credit", 0.8, "begins with a photographer's mark")
    return None


def _agency(segment: Segment) -> Hint | None:
    agencies = folded_words(segment.lang, "agency")
    if 1 <= len(segment.words) <= 4 and all(word in agencies for word in segment.words):
        return Hint("source", 0.9, "nothing but an agency")
    return None


def _address(segment: Segment) -> Hint | None:
    """A web or mail address with hardly a word beside it, or the empty field of a form."""
    rest = _ADDRESS.sub("", segment.text)
    if rest != segment.text and len(rest.split()) <= 3:
        return Hint("nav", 0.8, "nothing but an address")
    if _FIELD.search(segment.text) and len(segment.words) <= 20:
        return Hint("newsletter", 0.6, "an empty field to fill in")
    return None
