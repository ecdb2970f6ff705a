"""Tables in a program: typed rows, and data frames whose columns keep their types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

from pydantic import ValidationError

from faits.errors import UsageError
from faits.exporters.columns import COLUMNS, flat
from faits.exporters.optional import needed
from faits.exporters.reading import Plain, PlainRow, read_rows, read_tables
from faits.model import TABLES, ArticleRow, Fact, Mention, Problem, Row

R = TypeVar("R", bound=Row)

_PANDAS = {"text": "string", "real": "Float64", "whole": "Int64", "truth": "boolean", "texts": "object"}


class Rows(Sequence[R], Generic[R]):
    """The rows of one table, made into types when they are asked for."""

    def __init__(self, name: str, plain: Plain, path: Path) -> None:
        self._name, self._plain, self._path = name, plain, path
        self._rows: tuple[R, ...] | None = None

    def __len__(self) -> int:
        return len(self._given())

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | slice) -> R | tuple[R, ...]:
        return self._typed()[index]

    def __iter__(self) -> Iterator[R]:
        return iter(self._typed())

    def __repr__(self) -> str:
        return f"<{len(self)} {self._name} of {self._path}>"

    def to_pandas(self, table: str | None = None) -> Any:
        """A pandas DataFrame with nullable types; `table` may be "evidence", one row a passage."""
        pandas = needed("pandas", "pandas")
        name = table or self._name
        rows = list(flat(self._plain, name))
        columns = COLUMNS[name]
        return pandas.DataFrame(
            {c.name: pandas.Series([row[c.name] for row in rows], dtype=_PANDAS[c.type]) for c in columns},
            columns=[c.name for c in columns],
        )

    def to_polars(self, table: str | None = None) -> Any:
        """A Polars DataFrame with a stated schema; `table` may be "evidence", one row a passage."""
        polars = needed("polars", "polars")
        name = table or self._name
        types = {"text": polars.String, "real": polars.Float64, "whole": polars.Int64, "truth": polars.Boolean,
                 "texts": polars.List(polars.String)}  # fmt: skip
        schema = {column.name: types[column.type] for column in COLUMNS[name]}
        return polars.DataFrame(list(flat(self._plain, name)), schema=schema, orient="row")

    def to_duckdb(self, database: str = ":memory:") -> Any:
        """A DuckDB connection with this table under its name; facts bring their evidence."""
        from faits.exporters.duck import connected

        names = ("facts", "evidence") if self._name == "facts" else (self._name,)
        return connected(self._plain, database, names)

    def _given(self) -> tuple[PlainRow, ...]:
        given: tuple[PlainRow, ...] = getattr(self._plain, self._name)
        return given

    def _typed(self) -> tuple[R, ...]:
        if self._rows is None:
            model: Any = TABLES[self._name]
            try:
                self._rows = tuple(model.model_validate(row) for row in self._given())
            except ValidationError as error:
                first = error.errors()[0]
                where = ".".join(str(part) for part in first["loc"])
                raise UsageError(
                    f"{self._path}: {self._name}: {where}; {first['msg']}; run faits extract again"
                ) from None
        return self._rows


class Loaded(Rows[Fact]):
    """The facts of a folder; its other tables beside them."""

    def __init__(self, plain: Plain, path: Path) -> None:
        super().__init__("facts", plain, path)
        self.mentions: Rows[Mention] = Rows("mentions", plain, path)
        self.articles: Rows[ArticleRow] = Rows("articles", plain, path)
        self.problems: Rows[Problem] = Rows("problems", plain, path)

    @property
    def facts(self) -> Rows[Fact]:
        """The facts: this very object."""
        return self

    def to_duckdb(self, database: str = ":memory:") -> Any:
        """A DuckDB connection with all the tables under their names."""
        from faits.exporters.duck import connected

        return connected(self._plain, database)


def load(path: str | Path = "outputs") -> Loaded:
    """The tables of a folder, or the facts of one file.

    Raises:
        UsageError: there is no facts table, or it is no JSON Lines.
    """
    given = Path(path)
    if given.is_dir() or not given.suffix:
        return Loaded(read_tables(given), given)
    if not given.is_file():
        raise UsageError(f"{given}: cannot be loaded; no such file; name a folder that faits has written")
    return Loaded(Plain(facts=tuple(read_rows(given))), given)
