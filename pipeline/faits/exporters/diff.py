"""What changed between two tables: which facts came, went, changed or were renamed, and why where it can be told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from faits.errors import UsageError
from faits.exporters.reading import read_rows

# Fields of a row whose change is worth telling; evidence is told as articles that came and went.
FIELDS = (
    "predicate", "subject", "object", "value", "time", "modality", "attribution", "articles", "conflicts", "updates",
    "review",
)  # fmt: skip

# What run.json says that can change a table though no article changed.
VERSIONS = ("faits", "schema", "extractors", "pipelines")

Kind = Literal["came", "went", "changed", "renamed"]


@dataclass(frozen=True)
class Table:
    """A facts table and what its folder says of the run that wrote it."""

    facts: tuple[Mapping[str, Any], ...]
    articles: Mapping[str, str] = field(default_factory=dict)  # id -> sha256
    versions: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """One fact that differs between two tables."""

    kind: Kind
    id: str
    statement: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)  # name -> before, after
    former: tuple[str, ...] = ()  # ids it went by, for a renamed fact
    why: str | None = None

    def __str__(self) -> str:
        """One line, for people."""
        sign = {"came": "+", "went": "-", "changed": "~", "renamed": ">"}[self.kind]
        parts = [f"{sign} {self.id}  {self.statement}"]
        parts += [f"{name}: {_shown(old)} -> {_shown(new)}" for name, (old, new) in self.fields.items()]
        parts += [f"was {', '.join(self.former)}"] if self.former else []
        parts += [f"({self.why})"] if self.why else []
        return "; ".join(parts)

    def row(self) -> dict[str, Any]:
        """The change as a JSON object."""
        return {
            "kind": self.kind,
            "id": self.id,
            "statement": self.statement,
            "fields": {name: {"before": old, "after": new} for name, (old, new) in self.fields.items()},
            "former": list(self.former),
            "why": self.why,
        }


def read_table(path: Path) -> Table:
    """Read facts.jsonl, or the folder it stands in with articles.jsonl and run.json where they are there.

    Raises:
        UsageError: there is no such table, or it is no JSON Lines.
    """
    folder = path if path.is_dir() else path.parent
    facts = path / "facts.jsonl" if path.is_dir() else path
    if not facts.is_file():
        raise UsageError(f"{path}: no facts table there; looked for {facts.name}; name a folder faits has written")
    run = folder / "run.json"
    return Table(
        facts=tuple(read_rows(facts)),
        articles={row["id"]: row["sha256"] for row in read_rows(folder / "articles.jsonl")},
        versions=_versions(run) if run.is_file() else {},
    )


def diff(old: Table, new: Table, *, lang: str = "fr") -> list[Change]:
    """The changes from `old` to `new`: what went, came, was renamed and changed, each in order of statement.

    A fact whose id is gone, but which a new row names in `replaces`, was renamed, or taken into that row.
    """
    changes = _Comparison(old, new, lang).changes()
    order = {"went": 0, "came": 1, "renamed": 2, "changed": 3}
    return sorted(changes, key=lambda change: (order[change.kind], change.statement, change.id))


class _Comparison:
    def __init__(self, old: Table, new: Table, lang: str) -> None:
        self.old, self.new, self.lang = old, new, lang
        self.before = {fact["id"]: fact for fact in old.facts}
        self.after = {fact["id"]: fact for fact in new.facts}
        self.former = {id_: self._gone(fact.get("replaces", ())) for id_, fact in self.after.items()}

    def changes(self) -> Iterator[Change]:
        absorbed = {former for ids in self.former.values() for former in ids}
        for id_ in self.before.keys() - self.after.keys() - absorbed:
            fact = self.before[id_]
            yield Change("went", id_, _statement(fact, self.lang), why=self._why(_articles(fact)))
        for id_, fact in self.after.items():
            if id_ in self.before:
                yield from self._changed(self.before[id_], fact)
            elif self.former[id_]:
                yield self._renamed(fact)
            else:
                yield Change("came", id_, _statement(fact, self.lang), why=self._why(_articles(fact)))

    def _gone(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Those ids that the old table had and the new one has not."""
        return tuple(id_ for id_ in ids if id_ in self.before and id_ not in self.after)

    def _changed(self, old: Mapping[str, Any], fact: Mapping[str, Any]) -> Iterator[Change]:
        fields, former = _fields(old, fact), self.former[fact["id"]]
        if fields or former:
            why = self._why(_articles(fact) ^ _articles(old)) or self._why(_articles(fact))
            yield Change("changed", fact["id"], _statement(fact, self.lang), fields, former, why)

    def _renamed(self, fact: Mapping[str, Any]) -> Change:
        former = self.former[fact["id"]]
        first = self.before[former[0]]
        why = self._why(_articles(fact) ^ _articles(first))
        if why is None and len(former) > 1:
            why = f"{len(former)} facts turned out to be one"
        return Change("renamed", fact["id"], _statement(fact, self.lang), _fields(first, fact), former, why)

    def _why(self, articles: Iterable[str]) -> str | None:
        """Why facts of these articles differ, as far as the tables say."""
        was, now = self.old.articles, self.new.articles
        if not was or not now:
            return None
        named = sorted(articles)
        for what, hit in (
            ("article removed", [a for a in named if a in was and a not in now]),
            ("new article", [a for a in named if a not in was and a in now]),
            ("article edited", [a for a in named if a in was and a in now and was[a] != now[a]]),
        ):
            if hit:
                return f"{what}: {', '.join(hit)}"
        old, new = self.old.versions, self.new.versions
        changed = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
        return f"another version of {', '.join(changed)}" if changed else None


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (old.get(name), new.get(name)) for name in FIELDS if _compared(old.get(name)) != _compared(new.get(name))
    }


def _compared(value: Any) -> Any:
    """A field without what does not change the fact: aliases, and how a figure was written."""
    if isinstance(value, Mapping):
        return {k: v for k, v in value.items() if k not in ("aliases", "stated", "of")}
    return value or None


def _articles(fact: Mapping[str, Any]) -> set[str]:
    return {proof["article"] for proof in fact["evidence"]}


def _statement(fact: Mapping[str, Any], lang: str) -> str:
    statement = fact.get("statement") or {}
    return str(statement.get(lang) or f"{fact['subject']['name']} {fact['predicate']}")


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        for key in ("name", "edtf"):
            if value.get(key):
                return str(value[key])
        if "unit" in value:
            number = value.get("number")
            figure = f"{number:g}" if number is not None else f"{value.get('low')}..{value.get('high')}"
            return f"{value.get('bound', 'exact')} {figure} {value['unit']}".removeprefix("exact ")
    return json.dumps(value, ensure_ascii=False) if value is not None else "nothing"


def _versions(path: Path) -> Mapping[str, Any]:
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError:
        return {}  # run.json explains changes; the changes stand without it
    return {name: run[name] for name in VERSIONS if name in run} if isinstance(run, Mapping) else {}
