"""Flag, environment, file: which one a command listens to, and what it says when asked to be quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from faits.cli import main
from faits.commands import defaults
from faits.commands.saying import is_quiet


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("flagged", "environed", "filed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "facts.jsonl").write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("flag", "environment", "file", "asked"),
    [
        (["flagged"], "environed", "filed", "flagged"),
        ([], "environed", "filed", "environed"),
        ([], None, "filed", "filed"),
    ],
)
def test_a_flag_stands_before_the_environment_and_that_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, flag: list[str], environment: str | None, file: str, asked: str
) -> None:
    (folder / "faits.toml").write_text(f'outputs = "{file}"\n', encoding="utf-8")
    if environment:
        monkeypatch.setenv("FAITS_OUTPUTS", environment)

    assert main(["report", *flag]) == 0

    assert [path.parent.name for path in folder.glob("*/report.html")] == [asked]


def test_the_file_that_a_flag_names_is_the_one_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "mine.toml").write_text('outputs = "filed"\nquiet = true\n', encoding="utf-8")
    (folder / "articles").mkdir()
    (folder / "articles" / "a.txt").write_text("Le parc de Borée ouvrira en 2030.\n", encoding="utf-8")

    status = main(["extract", "articles", "--config", "mine.toml"])

    assert (status, (folder / "filed" / "run.json").is_file(), capsys.readouterr().err) == (0, True, "")


@pytest.mark.parametrize(("name", "value"), [("FAITS_JOBS", "many"), ("FAITS_QUIET", "perhaps")])
def test_a_variable_that_cannot_be_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    assert main(["report", "filed"]) == 2
    assert f"{name}='{value}'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "line", [["--quiet", "report", "filed"], ["report", "filed", "--quiet"], ["report", "-q", "filed"]]
)
def test_quiet_says_nothing_but_what_went_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str], line: list[str]
) -> None:
    assert main(line) == 0
    assert capsys.readouterr().err == "" and is_quiet()

    assert main([word.replace("filed", "missing") for word in line]) == 2
    assert "missing" in capsys.readouterr().err
    main(["report", "filed"])
    assert not is_quiet()


def test_completion_knows_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    for shell in ("bash", "zsh"):
        assert main(["completion", shell]) == 0
        script = capsys.readouterr().out
        assert all(word in script for word in ("extract", "export", "excel-csv", "--no-report"))


def test_every_variable_is_a_key_of_the_configuration_or_names_it() -> None:
    from faits.runner.configuration import Configuration

    assert set(defaults._READERS) - {"config"} <= set(Configuration.model_fields)
