"""Main text and metadata of an HTML page: the wrapper of trafilatura and htmldate."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faits.model import Metadata
from faits.text.containers import edtf_date, language_code

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]  # lxml publishes no types

# What a page declares before its head ends; WHATWG has browsers look at 1,024 bytes, real pages are sloppier.
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_CHARSET_BYTES = 4096

# Types of schema.org that are the article itself, not the crumbs and logos around it.
_ARTICLE = re.compile(r"Article|Posting|Report|Review|WebPage")

# A date search that may not look at today: no page is dated later.
_MAX_DATE = "2199-12-31"


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of a page, and what its head says."""

    text: str
    metadata: Metadata


def declared_charset(data: bytes) -> str | None:
    """The encoding a page says it is in.

    >>> declared_charset(b'<meta charset="windows-1252">')
    'windows-1252'
    """
    found = _CHARSET.search(data[:_CHARSET_BYTES])
    return found[1].decode("ascii", "ignore") if found else None


def read_page(html: str) -> Page:
    """The article of a page and its metadata; the text is empty when there is none.

    Paragraphs, headings and list items are lines of their own; comments are left out.
    """
    tree = _tree(html)
    if tree is None:
        return Page("", Metadata())
    said = _metadata(tree)  # first: trafilatura prunes the tree it is given
    return Page(_main_text(html), said)


def _tree(html: str) -> HtmlElement | None:
    from lxml import etree  # type: ignore[import-untyped]  # lxml publishes no types
    from lxml.html import HTMLParser, fromstring

    # Bytes with the encoding told: a string with its own encoding declaration is refused.
    parser = HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        tree: HtmlElement = fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree


def _main_text(html: str) -> str:
    import trafilatura

    _silence()
    document = trafilatura.bare_extraction(html, include_comments=False, include_tables=True, with_metadata=False)
    return str(getattr(document, "text", None) or "")


def _silence() -> None:
    """Trafilatura logs every odd page as an error; what matters of it becomes a problem row of ours."""
    for name in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _metadata(tree: HtmlElement) -> Metadata:
    told = {**_from_head(tree), **_from_json_ld(tree)}  # JSON-LD is written for machines: it wins
    language = told.get("lang") or tree.get("lang") or ""
    published = _first_date(told.get("published", ""), told.get("og_published", "")) or _searched_date(tree)
    return Metadata(
        title=told.get("title") or told.get("og_title") or _page_title(tree, told.get("publisher")),
        author=told.get("author"),
        publisher=told.get("publisher"),
        url=told.get("url"),
        lang=language_code(language) if language else None,
        published=published,
        published_source="metadata" if published else None,
    )


# Meta names in falling order of trust, by the field they give.
_META: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("og:title", "twitter:title", "dc.title", "citation_title")),
    ("author", ("author", "article:author", "og:article:author", "dc.creator", "parsely-author", "sailthru.author")),
    ("publisher", ("og:site_name", "dc.publisher", "application-name", "citation_journal_title")),
    ("url", ("og:url", "twitter:url", "parsely-link")),
    ("lang", ("og:locale", "dc.language", "content-language")),
    ("published", ("article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "dc.date",
                   "dc.date.issued", "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date",
                   "publish-date", "publication_date", "cxenseparse:recs:publishtime", "citation_publication_date")),
)  # fmt: skip


def _from_head(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv") or ""
        content = " ".join((node.get("content") or "").split())
        if name and content:
            metas.setdefault(name.lower(), content)
    told = {field: value for field, names in _META if (value := next((metas[n] for n in names if n in metas), ""))}
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            told["url"] = link.get("href") or ""
    if told.get("author", "").startswith(("http://", "https://")):
        del told["author"]  # article:author is often the address of a profile
    return told


def _from_json_ld(tree: HtmlElement) -> dict[str, str]:
    for node in tree.iter("script"):
        if (node.get("type") or "").strip().lower() != "application/ld+json":
            continue
        for item in _articles(_json(node.text or "")):
            fields = {
                "title": _name(item.get("headline")),
                "author": _name(item.get("author")),
                "publisher": _name(item.get("publisher")),
                "published": _name(item.get("datePublished")),
                "lang": _name(item.get("inLanguage")),
                "url": _name(item.get("url")) or _name(item.get("mainEntityOfPage")),
            }
            return {field: value for field, value in fields.items() if value}
    return {}


def _json(text: str) -> object:
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _articles(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects that are articles, the page's own before those nested in it."""
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data[:50]:
            yield from _articles(item, depth + 1)
    elif isinstance(data, dict):
        if _ARTICLE.search(_name(data.get("@type"))) and (data.get("headline") or data.get("datePublished")):
            yield data
        yield from _articles(data.get("@graph"), depth + 1)


def _name(value: object) -> str:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return _name(value.get("name") or value.get("@id"))
    if isinstance(value, list):
        return ", ".join(name for name in map(_name, value[:20]) if name)
    return ""


def _first_date(*written: str) -> str | None:
    return next((date for text in written if (date := edtf_date(text))), None)


def _page_title(tree: HtmlElement, publisher: str | None) -> str | None:
    """The first big heading, else the window title without the name of the site."""
    for tag in ("h1", "title"):
        node = next(iter(tree.iter(tag)), None)
        text = " ".join(node.text_content().split()) if node is not None else ""
        if tag == "title" and publisher:
            text = re.sub(rf"\s*[|–—-]\s*{re.escape(publisher)}\s*$", "", text)
        if text:
            return text
    return None


def _searched_date(tree: HtmlElement) -> str | None:
    """What htmldate finds in time tags, addresses and bylines when no field gives a date.

    A first of January is dropped: it is what htmldate makes of a bare year, and nobody wrote that day.
    """
    from copy import deepcopy

    from htmldate import find_date

    _silence()
    found = find_date(deepcopy(tree), extensive_search=False, original_date=True, max_date=_MAX_DATE)
    return edtf_date(found) if found and not found.endswith("-01-01") else None
