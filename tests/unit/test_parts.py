"""The facts of parts are the same whoever merges them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from faits.flow import Settings, read
from faits.model import Problem
from faits.runner import parts
from faits.runner.parts import PartClaims, Told, merged_by, merged_here
from faits.runner.reading import Answer
from faits.stages.load import load

GOLDEN = Path(__file__).parents[1] / "golden" / "articles"


@pytest.fixture(scope="module")
def some() -> list[PartClaims]:
    """A part an article, and one of all of them, one article being a copy."""
    claims = []
    for path in sorted(GOLDEN.iterdir()):
        if path.suffix in {".txt", ".md", ".html"}:
            raw, _ = load(path, root=GOLDEN)
            claims.append(read(raw, Settings()).claims)
    assert len([one for one in claims if one]) > 1
    every = [claim for one in claims for claim in one]
    first, last = every[0].article, every[-1].article
    former = {(first, "org-edf"): ["org-edf-sa"], (last, every[-1].subject.id or "x"): ["y", "z"]}
    return [
        *(PartClaims(f"{n}", one, {}, {}) for n, one in enumerate(claims) if one),
        PartClaims("all", every, {last: first}, former),
    ]


def told_here(some: Iterable[PartClaims]) -> list[Told]:
    return sorted((one for part in some for one in merged_here(part)), key=lambda one: (one.part, one.id))


def ordered(found: Iterable[Told]) -> list[Told]:
    return sorted(found, key=lambda one: (one.part, one.id))


def test_worker_processes_make_the_same_lines(some: list[PartClaims]) -> None:
    assert told_here(some)
    assert ordered(merged_by(2, some)) == told_here(some)


def test_parts_too_large_to_be_sent_are_merged_here(some: list[PartClaims], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_HERE", 3)

    assert ordered(merged_by(1, some)) == told_here(some)


def test_what_a_worker_dies_of_is_merged_here(some: list[PartClaims], monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(article="facts", code="died", what="was given up", why="it ended", advice="none")

    class Dying(parts.Pool):
        def read(self, paths: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Answer]]:
            for asked, _ in paths:
                yield asked, Answer(problem=problem)

    monkeypatch.setattr(parts, "Pool", Dying)

    assert ordered(merged_by(2, some)) == told_here(some)
