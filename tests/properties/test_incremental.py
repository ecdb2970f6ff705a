"""However a corpus came to be what it is, its tables are those of a run that starts from nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from functools import partial
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engines import Quick
from faits.flow import Settings, tabulate
from faits.runner.cache import Cache
from faits.runner.keeping import KeptArticle
from faits.runner.local import extract
from faits.runner.record import Summary
from faits.runner.reviewing import corrections_of
from faits.stages.corrections import Correction
from faits.stages.write import line_of

NAMES = st.sampled_from(["a.txt", "b.txt", "d/a.txt", "z.md", "c.txt"])
LINES = st.sampled_from(
    [
        "a 2024-01 | EDF -> Hinkley Point C | cost | 31e9 GBP",
        "a 2024-01 | EDF -> Hinkley Point C | cost | 32e9 GBP | in 2024",
        "a 2024-01 | RTE | revenue | 6e9 EUR | in 2023",
        "a 2024-01 | le barrage | power_capacity | 5e9 W",
        "a 2024-01 | Hinkley Point C | cost | 31.5e9 GBP",
        "a 2024-01 | EDF -> Iter | investment | 31e9 GBP",
        "a.2 2024-01 | Électricité de France | revenue | 1.4e11 EUR | in 2023",
        "a.3 2025-03 | EDF | revenue | 1.1e11 EUR | in 2023",
        "",
        "rien à lire",
    ]
)
TABLES = ("facts.jsonl", "mentions.jsonl", "articles.jsonl", "problems.jsonl")


class Corpus(RuleBasedStateMachine):
    """Articles and sidecars come, change and go; runs happen in between, some on a cache that was damaged."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.corpus, self.outputs = self.folder / "corpus", self.folder / "outputs"
        self.corpus.mkdir()

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(name=NAMES, lines=st.lists(LINES, min_size=1, max_size=3))
    def write(self, name: str, lines: list[str]) -> None:
        path = self.corpus / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")

    @rule(name=NAMES, title=st.sampled_from(["un", "deux"]))
    def describe(self, name: str, title: str) -> None:
        path = (self.corpus / name).with_suffix(".json")
        if path.parent.is_dir():
            path.write_text(json.dumps({"title": title}))

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        (self.corpus / name).unlink(missing_ok=True)

    @rule(name=NAMES)
    def undescribe(self, name: str) -> None:
        (self.corpus / name).with_suffix(".json").unlink(missing_ok=True)

    @rule(place=st.integers(0, 30_000), length=st.integers(1, 4000))
    def damage_the_cache(self, place: int, length: int) -> None:
        path = self.outputs / ".faits" / "cache.sqlite"
        if path.exists():
            data = bytearray(path.read_bytes())
            data[place : place + length] = b"\xa5" * len(data[place : place + length])
            path.write_bytes(data)

    @rule(length=st.integers(0, 30_000))
    def truncate_the_cache(self, length: int) -> None:
        path = self.outputs / ".faits" / "cache.sqlite"
        if path.exists():
            path.write_bytes(path.read_bytes()[:length])

    @rule(table=st.sampled_from(TABLES))
    def damage_a_table(self, table: str) -> None:
        if (self.outputs / table).exists():
            (self.outputs / table).write_text("{")

    @rule()
    def extract(self) -> None:
        run(self.corpus, self.outputs)
        Quick.asked.clear()
        again = run(self.corpus, self.outputs)

        assert again.read == len(Quick.asked) == 0

    @invariant()
    def the_tables_are_those_of_a_clean_run(self) -> None:
        if self.outputs.exists():
            run(self.corpus, self.outputs)
            clean = self.folder / "clean"
            run(self.corpus, clean)
            for table in TABLES:
                assert (self.outputs / table).read_bytes() == (clean / table).read_bytes()
            assert (clean / "facts.jsonl").read_text() == at_once(clean, corrections_of(self.corpus)[0])
            shutil.rmtree(clean)

    @rule(table=st.sampled_from(("lines.jsonl", "cache.sqlite")))
    def lose(self, table: str) -> None:
        (self.outputs / ".faits" / table).unlink(missing_ok=True)

    @rule(place=st.integers(0, 2000))
    def damage_what_is_known_of_lines(self, place: int) -> None:
        path = self.outputs / ".faits" / "lines.jsonl"
        if path.exists():
            data = bytearray(path.read_bytes())
            data[place : place + 9] = b"\xa5" * len(data[place : place + 9])
            path.write_bytes(data)

    @rule(name=NAMES, other=NAMES)
    def rename(self, name: str, other: str) -> None:
        path = self.corpus / name
        if path.exists():
            (self.corpus / other).parent.mkdir(exist_ok=True)
            path.replace(self.corpus / other)

    @rule(line=LINES, reject=st.booleans())
    def correct(self, line: str, reject: bool) -> None:
        action = {"action": "reject" if reject else "confirm", "quote": {"article": "a.txt", "exact": line[:20] or "x"}}
        (self.corpus / "corrections.jsonl").write_text(json.dumps(action) + "\n")

    @rule()
    def take_back(self) -> None:
        (self.corpus / "corrections.jsonl").unlink(missing_ok=True)


def at_once(outputs: Path, corrections: list[Correction]) -> str:
    """The facts as `tabulate` makes them of all kept articles, each once more in memory."""
    cache = Cache(outputs / ".faits" / "cache.sqlite")
    try:
        readings = [KeptArticle(partial(cache.fetch, key)) for key in tuple(cache.keys())]
        facts = tabulate([one for one in readings if one.fetch("head")], (), corrections).facts
        return "".join(line_of(fact) + "\n" for fact in facts)
    finally:
        cache.close()


def run(corpus: Path, outputs: Path) -> Summary:
    return extract(corpus, outputs, settings=Settings(), engine=Quick)


Corpus.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
TestIncremental = Corpus.TestCase
