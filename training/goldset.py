"""Annotated articles as the linker meets them: read by the pipeline itself, with its own misses and its own names."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faits.extractors import dates, entities
from faits.flow import headings
from faits.model import Article, Mention
from faits.stages.annotate import annotate
from faits.stages.clean import clean
from faits.stages.find import find, outer
from faits.stages.linking.scene import Scene
from faits.stages.load import load
from faits.stages.normalise import normalise
from faits.text.view import view_of


@dataclass(frozen=True)
class GoldArticle:
    """One annotated article and its scenes, one a language."""

    gold: dict[str, Any]
    article: Article
    scenes: list[Scene]


def read_gold(gold: Path, texts: Path) -> Iterator[GoldArticle]:
    """Every article of a gold folder, by name, read by the pipeline up to the linker."""
    for path in sorted(gold.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        if "mentions" not in row:
            continue
        raw, _ = load(texts / str(row["file"]), root=texts)
        if raw.metadata.published is None and row.get("published"):
            # What the annotation knows of the date the linker may know too: a sidecar would say it.
            known = raw.metadata.model_copy(update={"published": row["published"], "published_source": "sidecar"})
            raw = raw.model_copy(update={"metadata": known})
        article, _ = clean(raw, published_in=dates.published_in)
        yield GoldArticle(row, article, [_scene(article, lang) for lang in sorted({p.lang for p in article.passages})])


def _scene(article: Article, lang: Any) -> Scene:
    shown = view_of(article, lang)
    doc = annotate(shown.text, lang)
    found = find(shown.text, lang, doc)
    mentions, _ = normalise(found, shown.text, lang, doc, published=article.metadata.published)
    speaking = outer(mentions)
    described = entities.descriptions(shown.text, lang, speaking, doc)
    return Scene(shown.text, lang, doc, speaking, described, headings(article, shown))


def figures(scene: Scene) -> list[Mention]:
    """The figures that become claims."""
    from faits.stages.link import is_fact

    return [m for m in scene.figures if is_fact(m)]
