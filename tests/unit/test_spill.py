"""Tables on the disk that outlive nothing."""

import errno
from pathlib import Path

import pytest

from faits.stages import disk
from faits.stages.spill import Spill


def test_rows_come_back_in_the_order_asked_for_however_many(tmp_path: Path) -> None:
    numbers = [(n * 7919) % 10_007 for n in range(10_007)]

    with Spill(tmp_path) as spill:
        spill.make("CREATE TABLE numbers (number INTEGER)")
        with spill.into("numbers") as rows:
            for number in numbers:
                rows.add(number)
        found = [number for (number,) in spill.rows("SELECT number FROM numbers ORDER BY number")]

    assert found == list(range(10_007))


def test_names_are_in_the_order_python_has_them(tmp_path: Path) -> None:
    names = ["Z", "é", "e", "\U0001f600", "\uffee", "", "a\0b", "a"]

    with Spill(tmp_path) as spill:
        spill.make("CREATE TABLE names (name TEXT)")
        spill.put("names", [(name,) for name in names])

        assert [name for (name,) in spill.rows("SELECT name FROM names ORDER BY name")] == sorted(names)


def test_nothing_is_left_in_the_folder(tmp_path: Path) -> None:
    with Spill(tmp_path) as spill:
        spill.make("CREATE TABLE numbers (number INTEGER)")
        spill.put("numbers", [(1,)])

    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_put_aside_is_an_error_of_the_system(tmp_path: Path) -> None:
    def full(step: disk.Step, path: Path, target: Path | None) -> None:
        if step == "write":
            raise OSError(errno.ENOSPC, "no room", str(path))

    with Spill(tmp_path) as spill:
        spill.make("CREATE TABLE numbers (number INTEGER)")
        with disk.watched(full), pytest.raises(OSError, match="no room"):
            spill.put("numbers", [(1,)])


def test_what_sqlite_refuses_is_an_error_of_the_system() -> None:
    with Spill() as spill:
        spill.make("CREATE TABLE numbers (number INTEGER PRIMARY KEY)")
        spill.put("numbers", [(1,)])

        with pytest.raises(OSError, match="UNIQUE"):
            spill.put("numbers", [(1,)])
