"""What the container of a text says of it: front matter, a header line, a sidecar, and the dates written there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate
from functools import cache
from typing import Any, Literal

from faits.model import Metadata, Removed

PublishedSource = Literal["sidecar", "metadata", "header", "text"]

# Names of one field in the containers we read: our sidecar, YAML front matter (Hugo, Jekyll, Pandoc), schema.org.
_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "titre"),
    "author": ("author", "authors", "byline", "creator", "auteur", "auteurs"),
    "publisher": ("publisher", "site", "site_name", "sitename", "publication", "source", "journal"),
    "url": ("url", "canonical", "canonical_url", "link", "permalink", "source_url"),
    "lang": ("lang", "language", "locale", "inlanguage", "langue"),
    "published": ("published", "date", "datepublished", "date_published", "published_at", "publishdate", "publish_date",
                  "pubdate", "published_time", "created"),
}  # fmt: skip

_HEADER = re.compile(r"\s{0,8}date (?P<date>\d{4}(?:-\d\d){0,2})(?=\s|$)[ \t]*")
_FENCE = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*\r?\n")
_ISO = re.compile(r"(?P<y>\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?)?(?:[T ]\d\d:?\d\d.{0,30})?$")
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{4,6}Z?)?$")
_SLASHED = re.compile(r"(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})$")
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?:\D{0,4}\d\d?[:h]\d\d.{0,12})?$")
_WORDED = re.compile(
    r"(?:\w+,?\s+)?(?:(?P<d>\d{1,2})(?:er|st|nd|rd|th)?\s+(?P<m>[^\W\d]+)\.?|(?P<m2>[^\W\d]+)\.?\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?)"
    r"\s+(?P<y>\d{4})(?:\D{0,6}\d\d?(?:[:h]\d\d)?.{0,20})?$"
)
_MONTH_ONLY = re.compile(r"(?P<m>[^\W\d]+)\.?\s+(?P<y>\d{4})$")

# A front matter longer than this is no front matter but a text between two rules.
_FRONT_MATTER_CHARS = 50_000
# A field longer than this is cut: a title of a megabyte is none.
_FIELD_CHARS = 2_000
# Half a character, as "\\ud800" in JSON gives it; no table can hold it.
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class ContainerError(ValueError):
    """A sidecar or a front matter says something that cannot be read; the text says what."""


def header_line(source: str) -> tuple[Removed, Metadata] | None:
    """The ` date 2024-06 ` prefix some collections put before a text, and the date it gives.

    >>> header_line(" date 2024-06 Le parc ouvre.")[1].published
    '2024-06'
    """
    found = _HEADER.match(source)
    published = edtf_date(found["date"]) if found else None
    if not found or not published:
        return None
    label = Removed(start=0, end=found.end(), kind="date_header", reason="date line at the head of the text", score=1.0)
    return label, Metadata(published=published, published_source="header")


def front_matter(source: str) -> tuple[Removed, str] | None:
    """The span of a YAML (---) or TOML (+++) front matter with its fences, and what stands between them."""
    opened = _FENCE.match(source)
    if not opened:
        return None
    fence = re.escape(opened["fence"])
    closed = re.compile(rf"^{fence}[ \t]*(?:\r?\n|\Z)", re.MULTILINE).search(
        source, opened.end(), opened.end() + _FRONT_MATTER_CHARS
    )
    if not closed:
        return None
    label = Removed(start=0, end=closed.end(), kind="front_matter", reason="front matter", score=1.0)
    return label, source[opened.end() : closed.start()]


def front_matter_fields(body: str, *, toml: bool) -> Mapping[str, Any]:
    """The fields of a front matter; scalars stay as written ("2025-12-04" stays a string).

    Raises:
        ContainerError: it is not YAML, not TOML, or no mapping.
    """
    return _toml(body) if toml else _yaml(body)


def _yaml(body: str) -> Mapping[str, Any]:
    import yaml

    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        fields = yaml.load(body, Loader=loader)  # BaseLoader builds strings, lists and dicts, nothing else
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ContainerError(str(error).splitlines()[0] if str(error) else "too deep") from error
    return _mapping(fields)


def _toml(body: str) -> Mapping[str, Any]:
    import tomllib

    try:
        return _mapping(tomllib.loads(body))
    except (ValueError, RecursionError) as error:  # ValueError: not TOML, or a number of thousands of digits
        raise ContainerError(str(error)) from error


def sidecar_fields(text: str) -> Mapping[str, Any]:
    """The fields of a sidecar.

    Raises:
        ContainerError: it is not JSON, or no object.
    """
    try:
        return _mapping(json.loads(text))
    except (ValueError, RecursionError) as error:  # ValueError: not JSON, or a number of thousands of digits
        raise ContainerError(str(error)) from error


def _mapping(fields: object) -> Mapping[str, Any]:
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        raise ContainerError(f"it holds a {type(fields).__name__}, not fields with names")
    return {str(key): value for key, value in fields.items()}


def metadata_of(fields: Mapping[str, Any], source: PublishedSource) -> tuple[Metadata, list[str]]:
    """The metadata a container's fields give, and in words what could not be used; unknown fields are ignored.

    >>> metadata_of({"date": "2025-12-04", "tags": "x"}, "metadata")[0].published
    '2025-12-04'
    """
    folded = {key.casefold().replace("-", "_"): value for key, value in fields.items()}
    taken: dict[str, str] = {}
    faults: list[str] = []
    for field, names in _KEYS.items():
        given = next((folded[name] for name in names if folded.get(name) not in (None, "", [], {})), None)
        value = _text(given)
        if given is not None and value is None:
            faults.append(f"{field} is a {type(given).__name__}, not a text")
        elif value is not None and field == "published" and edtf_date(value) is None:
            faults.append(f"{field} is no date: {value[:40]!r}")
        elif value is not None:
            taken[field] = value
    published = edtf_date(taken.pop("published", ""))
    if "lang" in taken:
        taken["lang"] = language_code(taken["lang"])
    return Metadata(**taken, published=published, published_source=source if published else None), faults


def _text(value: object, depth: int = 2) -> str | None:
    """A scalar, the name of a thing, or the names of some; `depth` ends the telling of names within names."""
    if depth < 0:
        return None
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", " ".join(value[:_FIELD_CHARS].split())) or None
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, date)):
        return str(value) if not isinstance(value, int) or abs(value) < 10**20 else None
    if isinstance(value, dict):
        return _text(value.get("name"), depth - 1)
    if isinstance(value, list):
        names = [_text(item, depth - 1) for item in value[:20] if isinstance(item, (str, dict))]
        return ", ".join(name for name in names if name)[:_FIELD_CHARS] or None
    return None


def language_code(tag: str) -> str:
    """The language of a tag: "fr" for "fr-FR", "en" for "en_GB.UTF-8".

    >>> language_code("FR-be")
    'fr'
    """
    return re.split(r"[-_.]", tag.strip().lower())[0]


def edtf_date(written: str) -> str | None:
    """The date a container gives, EDTF, as finely as it was written; None when it is none.

    >>> edtf_date("2025-08-06T09:20:00+02:00"), edtf_date("2024-06"), edtf_date("6 août 2025"), edtf_date("06/08/2025")
    ('2025-08-06', '2024-06', '2025-08-06', '2025-08-06')
    >>> edtf_date("2024-13"), edtf_date("hier")
    (None, None)

    The day is that of the place of publication: the time zone is not applied. Numbers alone are read day first,
    as French and British papers write them, unless only month first can be a date.
    """
    text = " ".join(written.split())[:80]
    for pattern in (_ISO, _COMPACT, _SLASHED):
        if found := pattern.match(text):
            return _valid(*(int(part) if part else None for part in found.groups()))
    if found := _DAY_FIRST.match(text):
        day, month, year = (int(part) for part in found.groups())
        return _valid(year, month, day) or _valid(year, day, month)
    return _worded(text) or _mail_date(text)


def _worded(text: str) -> str | None:
    if found := _WORDED.match(text):
        month = _months().get((found["m"] or found["m2"]).casefold())
        return _valid(int(found["y"]), month, int(found["d"] or found["d2"])) if month else None
    if found := _MONTH_ONLY.match(text):
        month = _months().get(found["m"].casefold())
        return _valid(int(found["y"]), month) if month else None
    return None


def _mail_date(text: str) -> str | None:
    """RFC 5322 dates, as feeds write them: "Wed, 06 Aug 2025 09:20:00 +0200"."""
    parts = parsedate(text)
    return _valid(*parts[:3]) if parts else None


@cache
def _months() -> dict[str, int]:
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for language in ("fr", "en")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }


def _valid(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """EDTF of a date that exists and that a press article can bear."""
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    if year is None or not 1600 <= year <= 2200:
        return None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])
