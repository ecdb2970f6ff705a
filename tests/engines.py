"""A reader that needs no model, for tests of what runs it: a line of an article is a claim, as claims.py has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from claims import claim
from faits.errors import CorpusError
from faits.flow import ReadArticle, Settings
from faits.model import Article, Claim, EntityValue, Mention, Passage
from faits.runner.keeping import packed
from faits.runner.limits import Limits
from faits.runner.reading import Answer, key_of, problem_of
from faits.stages.load import decoded, gather


class Quick:
    """Reads claims, one a line; remembers what it was asked for."""

    asked: ClassVar[list[str]] = []

    def __init__(self, root: Path, settings: Settings, of_reading: str, jobs: int, limits: Limits) -> None:
        self.root, self.of_reading = root, of_reading

    def __enter__(self) -> Quick:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held."""

    def read(self, paths: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Answer]]:
        """An answer for each path."""
        for path, name in paths:
            Quick.asked.append(name)
            yield path, self._answer(Path(path))

    def _answer(self, path: Path) -> Answer:
        gathered = gather(path, root=self.root)
        key = key_of(gathered, self.of_reading)
        try:
            raw, faults = decoded(gathered)
        except CorpusError as error:
            return Answer(key, packed(None, [problem_of(gathered.name, error)]))
        said = tuple(_claims(raw.source, raw.id))
        article = Article(
            id=raw.id, sha256=raw.sha256, source=raw.source, lang="fr", metadata=raw.metadata,
            passages=(Passage(start=0, end=len(raw.source), lang="fr"),), words=len(raw.source.split()),
        )  # fmt: skip
        return Answer(key, packed(ReadArticle(article, tuple(_mentions(said, raw.id)), said, ()), faults))


def _claims(source: str, article: str) -> Iterator[Claim]:
    for line in source.splitlines():
        if "|" in line:
            yield claim(line).model_copy(update={"article": article})


def _mentions(said: Iterable[Claim], article: str) -> Iterator[Mention]:
    for one in said:
        party = one.subject
        if party.id is not None and party.type is not None:
            value = EntityValue(id=party.id, name=party.name, type=party.type)
            yield Mention(article=article, kind="entity", start=one.start, end=one.end, text=party.name, value=value)
