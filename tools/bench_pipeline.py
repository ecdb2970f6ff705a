"""Where the time of reading goes: processor seconds by stage, words a second, on one core.

    python tools/bench_pipeline.py [--articles 120] [--from corpus] [--repeats 3] [--into FILE] [--hash] [--profile OUT]

The articles are made by tools/make_corpus.py, so that no cache is flattered; with --articles 0 those of --from are read
as they are. Pipelines and lexicons are loaded outside the clock. Of the repeats the quickest counts: other programs can
only slow a run down. `--hash` prints a digest of all that was read, to see that a change of speed changes nothing else.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import hashlib
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from faits import flow
from faits.errors import CorpusError
from faits.model import RawArticle
from faits.runner.worker import spare_collector
from faits.stages import annotate as annotating
from faits.stages import find as finding
from faits.stages.load import discover, load
from make_corpus import made

Seconds = dict[str, float]
# The functions of a run as the modules that call them know them: the stage, or its part, by its name in the table.
WATCHED: tuple[tuple[Any, str, str], ...] = (
    (flow, "clean", "clean"),
    (flow, "annotate", "annotate"),
    (finding, "figures", "find: figures"),
    (finding.entities, "find", "find: entities"),
    (finding.money, "find", "find: money"),
    (finding.quantities, "find", "find: quantities"),
    (finding.dates, "find", "find: dates"),
    (flow, "find", "find"),
    (flow, "normalise", "normalise"),
    (flow.entities, "descriptions", "naming: descriptions"),
    (flow.entities, "roles", "naming: roles"),
    (flow, "link", "link"),
)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--from", dest="origin", type=Path, default=Path("corpus"))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--hash", action="store_true")
    parser.add_argument("--profile", type=Path, help="where to write what cProfile saw")
    given = parser.parse_args()
    raws = articles(given.origin, given.articles)
    figures = measured(raws, given.repeats)
    print_table(figures)
    if given.hash:
        print("digest", digest(raws))
    if given.profile:
        with cProfile.Profile() as profile:
            for raw in raws:
                flow.read(raw, flow.Settings())
        profile.dump_stats(given.profile)
    if given.into:
        given.into.parent.mkdir(parents=True, exist_ok=True)
        given.into.write_text(json.dumps(figures, indent=1) + "\n")
    return 0


def articles(origin: Path, count: int) -> list[RawArticle]:
    """So many articles made of those of a folder, or with 0 these themselves."""
    if not count:
        return [load(path, root=origin)[0] for path in discover(origin)[0]]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in made(origin, count):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8", newline="")
        return [load(path, root=root)[0] for path in discover(root)[0]]


def measured(raws: list[RawArticle], repeats: int) -> dict[str, Any]:
    """Processor seconds of each stage, of the whole, and words a second, from the quickest of the repeats."""
    words = 0
    for raw in raws[:2]:
        flow.read(raw, flow.Settings())
    for lang in ("fr", "en"):
        annotating.load_pipeline(lang, None)
    spare_collector()  # as the workers do that read articles
    best: Seconds = {}
    for _ in range(repeats):
        words, seconds = _one_pass(raws)
        if not best or seconds["all"] < best["all"]:
            best = seconds
    return {"articles": len(raws), "words": words, "words_a_second": round(words / best["all"]), "seconds": best}


def _one_pass(raws: list[RawArticle]) -> tuple[int, Seconds]:
    spent: Seconds = defaultdict(float)
    words = 0
    gc.collect()
    with _watched(spent):
        began = time.process_time()
        for raw in raws:
            try:
                words += flow.read(raw, flow.Settings()).article.words
            except CorpusError:
                continue
        spent["all"] = time.process_time() - began
    return words, dict(spent)


@contextmanager
def _watched(spent: Seconds) -> Iterator[None]:
    """Count what the stages take while this lasts."""
    before = [(module, name, getattr(module, name)) for module, name, _ in WATCHED]
    for module, name, label in WATCHED:
        setattr(module, name, _timed(getattr(module, name), label, spent))
    pipes = []
    for lang in ("fr", "en"):
        nlp: Any = annotating.load_pipeline(lang, None)
        pipes.append((nlp, nlp.tokenizer, list(nlp._components)))
        nlp.tokenizer = _Timed(nlp.tokenizer, "annotate: tokens", spent)
        nlp._components = [(name, _Timed(pipe, f"annotate: {name}", spent)) for name, pipe in nlp._components]
    try:
        yield
    finally:
        for module, name, function in before:
            setattr(module, name, function)
        for nlp, tokenizer, components in pipes:
            nlp.tokenizer, nlp._components = tokenizer, components


def _timed(function: Callable[..., Any], label: str, spent: Seconds) -> Callable[..., Any]:
    def timed(*args: Any, **options: Any) -> Any:
        began = time.process_time()
        try:
            return function(*args, **options)
        finally:
            spent[label] += time.process_time() - began

    return timed


class _Timed:
    """A component of a spaCy pipeline, on the clock."""

    def __init__(self, pipe: Any, label: str, spent: Seconds) -> None:
        self._pipe, self._label, self._spent = pipe, label, spent

    def __call__(self, *args: Any, **options: Any) -> Any:
        return _timed(self._pipe, self._label, self._spent)(*args, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pipe, name)


def digest(raws: list[RawArticle]) -> str:
    """A digest of all that reading these articles gives."""
    whole = hashlib.sha256()
    for raw in raws:
        try:
            read = flow.read(raw, flow.Settings())
        except CorpusError as error:
            whole.update(str(error).encode())
            continue
        for row in (read.row, *read.mentions, *read.claims, *read.problems):
            whole.update(row.model_dump_json().encode())
    return whole.hexdigest()


def print_table(figures: dict[str, Any]) -> None:
    """The stages, their parts below them."""
    seconds, words = figures["seconds"], figures["words"]
    print(f"{figures['articles']} articles, {words} words, {figures['words_a_second']} words/s of processor time")
    print(f"{'stage':<32} {'seconds':>8} {'share':>7} {'µs a word':>10}")
    for label in sorted(seconds, key=lambda one: (one == "all", one)):
        spent = seconds[label]
        name = f"  {label.partition(': ')[2]}" if label.startswith(("annotate: ", "find: ")) else label
        print(f"{name:<32} {spent:>8.2f} {spent / seconds['all']:>7.1%} {spent / words * 1e6:>10.1f}")


if __name__ == "__main__":
    sys.exit(main())
