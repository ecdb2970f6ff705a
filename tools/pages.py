"""Web pages as labelled lines: what the cleaner is trained on and measured with.

A folder holds one HTML file a page (`NAME.html`) and, for some of them, the text of the article alone (`NAME.txt`).
Where there is no text, trafilatura's is taken: it sees the tags, which a reader of plain text must do without.
`labels.toml`-like files put right what that gets wrong.
"""

from __future__ import annotations

import logging
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

import lxml.html  # type: ignore[import-untyped]  # lxml publishes no types
import trafilatura

from faits.model import Lang
from faits.text.encoding import decode
from faits.text.html import declared_charset
from faits.text.languages import READ, language_of

# A line is of the article, of the page around it, a headline, unclear, or blank. Only the first two are counted.
Label = Literal["article", "page", "headline", "unclear", "blank"]

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
        "br",
        "option",
        "button",
        "label",
        "legend",
        "summary",
        "details",
        "td",
        "th",
    ]
)
_PARAGRAPHS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "ul",
        "ol",
        "table",
        "blockquote",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "aside",
        "form",
        "figure",
    ]
)
_UNSEEN = frozenset(["script", "style", "head", "template", "svg", "noscript", "iframe", "select"])


# The host of the address a page gives as its own.
_SITE = re.compile(r"""(?:rel=["']canonical["']|property=["']og:url["'])[^>]*?//(?:www\.)?([\w.-]+)""")


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """The plain text of a page, its lines and what each is."""

    name: str
    site: str
    lang: Lang
    html: str
    text: str
    labels: tuple[Label, ...]

    def lines(self) -> list[str]:
        """The lines, as many as there are labels."""
        return self.text.split("\n")


def labelled_pages(folder: Path, corrections: Path | None = None, *, spaced: bool = False) -> Iterator[LabelledPage]:
    """The French and English articles of a folder of pages, in order of their names.

    `spaced` puts a blank line between paragraphs, as browsers do when text is copied.
    """
    told = tomllib.loads(corrections.read_text(encoding="utf-8")) if corrections else {}
    logging.disable(logging.CRITICAL)
    for path in sorted(folder.glob("*.html")):
        if path.stem in told.get("skip", ()):
            continue
        page = _page(path, [row for row in told.get("lines", ()) if row["page"] == path.stem], spaced)
        if page:
            yield page
    logging.disable(logging.NOTSET)


def _page(path: Path, corrections: list[dict[str, object]], spaced: bool) -> LabelledPage | None:
    data = path.read_bytes()
    html = decode(data, declared=declared_charset(data)).text
    try:
        tree = lxml.html.fromstring(html.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.LxmlError, ValueError):
        return None
    text_file = path.with_suffix(".txt")
    if text_file.exists():
        gold = text_file.read_text(encoding="utf-8")
    else:
        gold = trafilatura.extract(html, include_comments=False, include_tables=True) or ""
    lang = language_of(gold)
    if len(gold) < 500 or lang not in READ:
        return None
    headlines = {bare(node.text_content()) for node in tree.iter("h1")}
    body = tree.find("body")
    text = _visible(body if body is not None else tree, spaced)
    labels = _labels(text.split("\n"), gold, headlines)
    numbered = [i for i, label in enumerate(labels) if label != "blank"]
    for row in corrections:
        for i in range(int(str(row["first"])), int(str(row["last"])) + 1):
            if i < len(numbered):
                labels[numbered[i]] = cast(Label, row["label"])
    site = _SITE.search(html)
    host = site[1] if site else ""
    known = sum(len(bare(line)) for line, label in zip(text.split("\n"), labels, strict=True) if label == "article")
    if known < 0.5 * len(bare(gold)):
        return None  # the text is not on the page as we see it
    return LabelledPage(path.stem, host or path.stem, "fr" if lang == "fr" else "en", html, text, tuple(labels))


def _visible(root: lxml.html.HtmlElement, spaced: bool) -> str:
    """The text a reader sees, block by block."""
    parts: list[str] = []

    def walk(node: lxml.html.HtmlElement) -> None:
        tag = node.tag if isinstance(node.tag, str) else "script"
        if tag not in _UNSEEN and "display:none" not in (node.get("style") or "").replace(" ", ""):
            edge = "" if tag not in _BLOCKS else "\0\0" if spaced and tag in _PARAGRAPHS else "\0"
            parts.extend((edge, node.text or ""))
            for child in node:
                walk(child)
            parts.append(edge)
        parts.append(node.tail or "")

    walk(root)
    text = re.sub(r" ?\0 ?", "\0", re.sub(r"[ \t\r\n\f\xa0]+", " ", "".join(parts)))
    text = re.sub(r"\0{2,}", "\n\n" if spaced else "\n", text).replace("\0", "\n")
    return re.sub(r"\n(?: *\n)+", "\n\n" if spaced else "\n", text).strip() + "\n"


def bare(text: str) -> str:
    """A text without marks and case, to compare by."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def _labels(lines: list[str], gold: str, headlines: set[str]) -> list[Label]:
    whole = bare(gold)
    known = {text for line in gold.splitlines() if (text := bare(line))}
    long = [line for line in known if len(line) >= 40]
    labels: list[Label] = [_label(bare(line), whole, known, long, headlines) for line in lines]
    sure = [i for i, label in enumerate(labels) if label == "article" and len(lines[i]) >= 60]
    for i, label in enumerate(labels):
        # A short line that the article has too stands elsewhere on the page as well: in its menu, in a teaser.
        if label == "article" and len(lines[i]) < 40 and not (sure and sure[0] - 4 <= i <= sure[-1] + 3):
            labels[i] = "page"
    return labels


def _label(line: str, whole: str, known: set[str], long: list[str], headlines: set[str]) -> Label:
    if not line:
        return "blank"
    if line in headlines:
        return "headline"
    if line in known or (len(line) >= 30 and line in whole):
        return "article"
    inside = sum(len(part) for part in long if part in line)
    return "article" if inside >= 0.6 * len(line) else "page"
