"""However a corpus came to be what it is, its tables are those of a run that starts from nothing."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from engines import Quick
from faits.flow import Settings
from faits.runner.local import Summary, extract

NAMES = st.sampled_from(["a.txt", "b.txt", "d/a.txt", "z.md", "c.txt"])
LINES = st.sampled_from(
    [
        "a 2024-01 | EDF -> Hinkley Point C | cost | 31e9 GBP",
        "a 2024-01 | EDF -> Hinkley Point C | cost | 32e9 GBP | in 2024",
        "a 2024-01 | RTE | revenue | 6e9 EUR | in 2023",
        "a 2024-01 | le barrage | power_capacity | 5e9 W",
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
            shutil.rmtree(clean)


def run(corpus: Path, outputs: Path) -> Summary:
    return extract(corpus, outputs, settings=Settings(), engine=Quick)


Corpus.TestCase.settings = settings(max_examples=12, stateful_step_count=12, deadline=None)
TestIncremental = Corpus.TestCase
