"""Annotated articles as the linker meets them: read by the pipeline itself, with its own misses and its own names."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from faits.extractors import dates, entities
from faits.flow import headings
from faits.model import Article, FactValue, Mention, Quantity
from faits.stages.annotate import annotate
from faits.stages.clean import clean
from faits.stages.find import find, outer
from faits.stages.linking.scene import Scene
from faits.stages.linking.sites import with_sites
from faits.stages.linking.talk import Talk
from faits.stages.load import load
from faits.stages.normalise import normalise
from faits.text.parse import read_off
from faits.text.view import view_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from score import gold_value, same_time, same_value


@dataclass(frozen=True)
class GoldArticle:
    """One annotated article and its scenes, one a language."""

    gold: dict[str, Any]
    article: Article
    scenes: list[Scene]

    @cached_property
    def talks(self) -> list[Talk]:
        """The scenes as talks, made once however often they are asked."""
        return [Talk(scene) for scene in self.scenes]

    @cached_property
    def _told(self) -> dict[tuple[int, int], list[dict[str, Any]]]:
        return {}

    def told(self, m: Mention) -> list[dict[str, Any]]:
        """The facts of gold that one mention tells, by value or by date."""
        key = (m.start, m.end)
        if key not in self._told:
            facts = [f for f in self.gold["facts"] if not f.get("void") and _tells(f, m)]
            near = [f for f in facts if f.get("surface") and (f["surface"] in m.text or m.text in f["surface"])]
            self._told[key] = near or facts
        return self._told[key]


def _tells(fact: dict[str, Any], m: Mention) -> bool:
    gold = gold_value({**fact, "kind": None})
    has_value = any(gold[k] is not None for k in ("number", "low", "high"))
    if isinstance(m.value, Quantity):
        value = FactValue(**{n: getattr(m.value, n) for n in Quantity.model_fields}, kind=m.kind)
        told = value.model_dump(by_alias=True)
        minus = {**told, "number": None if told["number"] is None else -told["number"]}
        return has_value and (same_value(gold, told) or same_value(gold, minus))
    if has_value or not fact.get("time_edtf") or m.value is None:
        return False
    return same_time({"edtf": fact["time_edtf"]}, m.value.model_dump())


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
    return with_sites(Scene(shown.text, lang, read_off(doc), speaking, described, headings(article, shown)))


def figures(scene: Scene) -> list[Mention]:
    """The figures that become claims."""
    from faits.stages.linking.passing import is_in_passing
    from faits.stages.linking.whom import is_fact

    return [m for m in scene.figures if is_fact(m) and not is_in_passing(scene, m)]
