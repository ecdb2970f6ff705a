"""A small set of tables with the texts they were read from, for the tests of what shows and exports them.

Nothing in it needs a model: the claims are written out, each on the words of an article, and merged as usual.
"""

from __future__ import annotations

import hashlib
from typing import Any

from claims import claim
from faits.exporters.reading import Plain
from faits.flow import kept_text
from faits.model import Article, ArticleRow, Claim, Fact, Metadata, Passage, Problem, Removed
from faits.stages.merge import merge
from faits.stages.state import state
from faits.text.shingles import near_duplicates

NEWSLETTER = "Recevez notre lettre du matin."
TEXTS = {
    "borée.txt": (
        "Le parc Borée en chantier\n\nSolane investit 4 milliards de dollars dans le parc Borée. 🌬️ D'une puissance de "
        f"96 MW, il ouvrira en 2030, selon « Le Phare ».\n\n{NEWSLETTER}\n"
    ),
    "boree-en.txt": (
        "Borée wind farm\n\nSolane invests $4 billion in the wind farm Borée. It will open in 2031 and create 310 jobs."
    ),
    "marché.txt": (
        "Les marchés\n\nLe chiffre d'affaires de Solane atteint 58 millions d'euros. La part de Lumen recule de 12 %."
    ),
}
LANGS = {"borée.txt": "fr", "boree-en.txt": "en", "marché.txt": "fr"}

# article, words the claim was read from, the claim.
SAID = (
    ("borée.txt", "investit 4 milliards de dollars", "Solane -> Parc Borée | investment | 4e9 USD / 1e9"),
    ("boree-en.txt", "invests $4 billion", "Solane -> Parc Borée | investment | 4e9 USD / 1e9"),
    ("borée.txt", "puissance de 96 MW", "Parc Borée | power_capacity | 96e6 W"),
    ("borée.txt", "ouvrira en 2030", "Parc Borée | start_date | - | in 2030 | planned"),
    ("boree-en.txt", "will open in 2031", "Parc Borée | start_date | - | in 2031 | planned"),
    ("boree-en.txt", "create 310 jobs", "Parc Borée | count | 310 1 of jobs | - | conditional"),
    ("marché.txt", "58 millions d'euros", "Solane | revenue | 58e6 EUR / 1e6 | in 2024"),
    ("marché.txt", "recule de 12 %", "Lumen | growth | -0.12 1 | - | negated"),
)


def facts() -> list[Fact]:
    """The facts of the small corpus, in the order of the table."""
    return merge((_placed(article, words, line) for article, words, line in SAID), state=state)


def tables(**changes: Any) -> Plain:
    """The four tables as they are written; `changes` replaces whole tables."""
    problem = Problem(
        article="marché.txt",
        code="no_publication_date",
        what="1 date left open",
        why="nobody says when",
        advice="say so",
    )
    rows = {
        "facts": _plain(facts()),
        "articles": _plain(_articles()),
        "problems": _plain([problem]),
        "run": {"faits": "0.1.0", "schema": "faits/1"},
    }
    return Plain(**{**rows, **changes})


def _placed(article: str, words: str, line: str) -> Claim:
    text = TEXTS[article]
    start = text.index(words)
    first = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start) + 1) + 1
    last = text.index(".", start + len(words)) + 1 if "." in text[start + len(words) :] else len(text)
    one = claim(f"a 2025-06-03 {'en' if LANGS[article] == 'en' else ''} | {line}")
    place = {
        "article": article,
        "start": start,
        "end": start + len(words),
        "quote": words,
        "sentence": text[first:last].strip(),
    }
    return one.model_copy(update=place)


def _articles() -> list[ArticleRow]:
    found = [_article(name, text) for name, text in sorted(TEXTS.items())]
    copies = near_duplicates((article.id, kept_text(article)) for article in found)
    assert not copies
    return [
        ArticleRow(
            id=a.id, sha256=a.sha256, lang=a.lang, title=a.metadata.title, author=None, publisher="Le Phare",
            url="https://phare.example/1", published="2025-06-03", published_source="text", words=a.words,
            removed=a.removed, near_duplicate_of=None, similarity=None,
        )
        for a in found
    ]  # fmt: skip


def _article(name: str, text: str) -> Article:
    at = text.find(NEWSLETTER)
    gone = (Removed(start=at, end=at + len(NEWSLETTER), kind="newsletter", reason="asks for an address", score=1.0),)
    return Article(
        id=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        source=text,
        lang=LANGS[name],  # type: ignore[arg-type]  # one of two
        metadata=Metadata(title=text.split("\n")[0]),
        removed=gone if at >= 0 else (),
        passages=(Passage(start=0, end=len(text), lang=LANGS[name]),),  # type: ignore[arg-type]  # as above
        words=len(text.split()),
    )


def _plain(rows: Any) -> tuple[dict[str, Any], ...]:
    return tuple(row.model_dump(mode="json", by_alias=True) for row in rows)
