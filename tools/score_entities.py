"""Entities against the hand-made gold: distinct names and types of each article, and one id for one entity.

    python tools/score_entities.py [--articles DIR --gold DIR] [--part all|dev|held] [--same FILE] [--why]
                                   [--no-gazetteer] [--no-model] [--descriptions] [--errors] [--losses]

An entity is right when its type is gold's and one of its names is one of gold's (case, accents and articles aside).
Gold's generic subjects ("centres de données") and entities with no name in the text count as any other.
`--part held` reads every third article of the gold folder, `--part dev` the others: rules are written on the one and
checked on the other. `--no-gazetteer` reads without names.toml and without the countries of the CLDR. `--why` says
why names of two articles were taken for one. `--descriptions` counts the definite descriptions that gold lists among
an entity's aliases ("l'éditeur", "the company") and that point to the right one. `--losses` counts what became of
each gold entity: right, of another type, split in two, one with another, found with other bounds, or not found.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from faits.extractors import entities
from faits.extractors.dates import published_in
from faits.lexicons.names import EMPTY, fold_pieces
from faits.model import EntityValue
from faits.stages.annotate import annotate
from faits.stages.clean import clean
from faits.stages.find import outer
from faits.stages.identify import explain, identify
from faits.stages.load import load
from faits.text.view import view_of

_ARTICLES = {"l", "le", "la", "les", "the", "un", "une", "a", "d", "de", "son", "sa", "ses", "leur", "its", "their"}


def folded(name: str) -> tuple[str, ...]:
    pieces = list(fold_pieces(name))
    while len(pieces) > 1 and pieces[0] in _ARTICLES:
        pieces.pop(0)
    return tuple("".join(pieces))


def found_in(path: Path, root: Path, *, gazetteer: bool, model: bool) -> list[EntityValue]:
    """The distinct entities of one article, as the pipeline finds them."""
    raw, _ = load(path, root=root)
    article, _ = clean(raw, published_in=published_in)
    values: dict[str, EntityValue] = {}
    for lang in sorted({p.lang for p in article.passages}):
        text = view_of(article, lang).text
        doc = annotate(text, lang) if model else None
        found = entities.find(text, lang, doc, gazetteer=None if gazetteer else EMPTY)
        for mention in entities.normalise(found, text, lang, doc):
            if isinstance(mention.value, EntityValue):
                values[mention.value.id] = mention.value
    return list(values.values())


def gold_files(gold: Path, part: str = "all") -> Iterator[dict[str, Any]]:
    for number, path in enumerate(sorted(gold.glob("*.json"))):
        content = json.loads(path.read_text(encoding="utf-8"))
        wanted = part == "all" or (number % 3 == 2) == (part == "held")
        if wanted and isinstance(content, dict) and "entities" in content:
            yield content


def matches(one: EntityValue, gold: dict[str, Any]) -> bool:
    names = {folded(n) for n in (gold["name"], *gold["aliases"])}
    return bool(names & {folded(n) for n in (one.name, *one.aliases)})


def pairs(found: list[EntityValue], gold: list[dict[str, Any]]) -> list[tuple[EntityValue, dict[str, Any]]]:
    """One to one, same type first."""
    taken: list[tuple[EntityValue, dict[str, Any]]] = []
    left, open_gold = list(found), list(gold)
    for typed in (True, False):
        for entity in list(open_gold):
            hit = next((f for f in left if matches(f, entity) and (not typed or f.type == entity["type"])), None)
            if hit is not None:
                taken.append((hit, entity))
                left.remove(hit)
                open_gold.remove(entity)
    return taken


def f1(right: int, found: int, gold: int) -> str:
    precision, recall = right / max(1, found), right / max(1, gold)
    score = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {score:.3f}  ({right} of {gold} gold, {found} found)"


def score_names(articles: dict[str, tuple[list[EntityValue], dict[str, Any]]], *, errors: bool) -> None:
    totals: Counter[str] = Counter()
    by_type: dict[str, Counter[str]] = defaultdict(Counter)
    for name, (found, gold) in articles.items():
        taken = pairs(found, gold["entities"])
        right = [(f, g) for f, g in taken if f.type == g["type"]]
        totals.update(right=len(right), named=len(taken), found=len(found), gold=len(gold["entities"]))
        for kind in {f.type for f in found} | {g["type"] for g in gold["entities"]}:
            by_type[kind].update(
                right=sum(g["type"] == kind for _, g in right),
                found=sum(f.type == kind for f in found),
                gold=sum(g["type"] == kind for g in gold["entities"]),
            )
        if errors:
            missed = [f"{g['type']}:{g['name']}" for g in gold["entities"] if all(g is not h for _, h in taken)]
            false = [f"{f.type}:{f.name}" for f in found if all(f is not h for h, _ in taken)]
            typed = [f"{f.name}: {f.type} not {g['type']}" for f, g in taken if f.type != g["type"]]
            print(f"{name}\n   missed {missed}\n   false  {false}\n   typed  {typed}")
    print("names and types", f1(totals["right"], totals["found"], totals["gold"]))
    print("names alone    ", f1(totals["named"], totals["found"], totals["gold"]))
    for kind, count in sorted(by_type.items()):
        print(f"  {kind:8}", f1(count["right"], count["found"], count["gold"]))


def score_identity(articles: dict[str, tuple[list[EntityValue], dict[str, Any]]], same: dict[str, Any]) -> None:
    """Pairs of gold entities of different articles: one id exactly when gold says they are one."""
    names = identify((name, value) for name, (found, _) in articles.items() for value in found)
    root = {alias: group[0] for group in same["same_as"] for alias in group}
    placed = [
        (root.get(gold["name"], gold["name"]), name, names[name, hit.id].id)
        for name, (found, content) in articles.items()
        for hit, gold in pairs(found, content["entities"])
    ]
    tally: Counter[str] = Counter()
    for (gold_a, _, id_a), (gold_b, _, id_b) in itertools.combinations(placed, 2):
        tally.update(wanted=gold_a == gold_b, merged=id_a == id_b, right=gold_a == gold_b and id_a == id_b)
        if id_a == id_b and gold_a != gold_b:
            print(f"  merged wrongly: {gold_a} and {gold_b} ({id_a})")
        elif gold_a == gold_b and id_a != id_b:
            print(f"  kept apart: {gold_a}: {id_a} and {id_b}")
    print("identity (pairs) ", f1(tally["right"], tally["merged"], tally["wanted"]))
    apart = [pair for pair in same["distinct"] if _ids(placed, pair[0]) & _ids(placed, pair[1])]
    print(f"distinct names with one id: {apart or 'none'} of {len(same['distinct'])}")


def score_descriptions(path: Path, root: Path, gold: list[dict[str, Any]]) -> Counter[str]:
    """The descriptions of one article that gold knows as an alias: pointed right, pointed wrong."""
    aliases: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for entity in gold:
        for alias in entity["aliases"]:
            aliases[folded(alias)].append(entity)
    raw, _ = load(path, root=root)
    article, _ = clean(raw, published_in=published_in)
    tally: Counter[str] = Counter()
    for lang in sorted({p.lang for p in article.passages}):
        text = view_of(article, lang).text
        doc = annotate(text, lang)
        named = outer(entities.normalise(entities.find(text, lang, doc), text, lang, doc))
        for start, end, value in entities.descriptions(text, lang, named, doc):
            known = aliases.get(folded(text[start:end]))
            tally["unlisted" if not known else "right" if any(matches(value, g) for g in known) else "wrong"] += 1
    return tally


def losses(found: list[EntityValue], gold: list[dict[str, Any]]) -> Counter[str]:
    """What became of each gold entity of one article."""
    hits = [[f for f in found if matches(f, entity)] for entity in gold]
    typed = [[f for f in near if f.type == entity["type"]] for near, entity in zip(hits, gold, strict=True)]
    owners = Counter(f.id for near, same in zip(hits, typed, strict=True) for f in same or near)
    tally: Counter[str] = Counter()
    for entity, near, same in zip(gold, hits, typed, strict=True):
        if not near:
            tally["other bounds" if any(_overlap(f, entity) for f in found) else "not found"] += 1
        elif any(owners[f.id] > 1 for f in same or near):
            tally["one with another"] += 1
        else:
            tally["split" if len(same or near) > 1 else "right" if same else "other type"] += 1
    return tally


def _overlap(one: EntityValue, gold: dict[str, Any]) -> bool:
    """Whether a name of one stands in a name of the other as whole words."""
    ours = [f" {' '.join(fold_pieces(name))} " for name in (one.name, *one.aliases)]
    theirs = [f" {' '.join(fold_pieces(name))} " for name in (gold["name"], *gold["aliases"])]
    return any(a in b or b in a for a in ours for b in theirs)


def _ids(placed: list[tuple[str, str, str]], name: str) -> set[str]:
    return {found for gold, _, found in placed if gold == name}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, default=Path("corpus"))
    parser.add_argument("--gold", type=Path, default=Path("corpus/gold"))
    parser.add_argument("--part", choices=("all", "dev", "held"), default="all", help="which articles of the gold")
    parser.add_argument("--same", type=Path, help="same_entities.json")
    parser.add_argument("--why", action="store_true", help="say why names of two articles are one entity")
    parser.add_argument("--descriptions", action="store_true", help="score what definite descriptions point to")
    parser.add_argument("--no-gazetteer", action="store_true", help="with the gazetteer emptied")
    parser.add_argument("--no-model", action="store_true", help="without the trained pipelines")
    parser.add_argument("--errors", action="store_true", help="show what is missed, false and mistyped")
    parser.add_argument("--losses", action="store_true", help="count what became of each gold entity")
    options = parser.parse_args()
    articles = {}
    pointed: Counter[str] = Counter()
    for gold in gold_files(options.gold, options.part):
        path = options.articles / gold["file"]
        if not path.exists():
            print(f"{path}: missing, left out", file=sys.stderr)
            continue
        if options.descriptions:
            pointed += score_descriptions(path, options.articles, gold["entities"])
        found = found_in(path, options.articles, gazetteer=not options.no_gazetteer, model=not options.no_model)
        articles[gold["id"]] = (found, gold)
    score_names(articles, errors=options.errors)
    if options.losses:
        lost = sum((losses(found, gold["entities"]) for found, gold in articles.values()), Counter[str]())
        print("of gold         ", ", ".join(f"{lost[k]} {k}" for k in sorted(lost, key=lambda k: (-lost[k], k))))
    if options.descriptions:
        print("descriptions    ", ", ".join(f"{pointed[k]} {k}" for k in ("right", "wrong", "unlisted")))
    if options.why:
        for same in explain((name, value) for name, (found, _) in articles.items() for value in found):
            print(f"  {same.one} and {same.other}: {same.why}")
    if options.same:
        score_identity(articles, json.loads(options.same.read_text(encoding="utf-8")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
