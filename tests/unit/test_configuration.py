"""The configuration file is read strictly: a key we do not know is an error, never a silent nothing."""

from pathlib import Path

import pytest

from faits.errors import UsageError
from faits.flow import Settings
from faits.runner.configuration import settings


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert settings() == Settings()


def test_a_file_in_the_current_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("faits.toml").write_text('max_bytes = 10\n[pipelines]\nfr = "fr_core_news_md"\n')

    assert settings() == Settings(pipelines={"fr": "fr_core_news_md"}, max_bytes=10)


@pytest.mark.parametrize(
    ("text", "named"),
    [("max_byte = 1", "max_byte"), ("[pipelines]\nde = 'x'", "pipelines.de"), ("max_bytes = [", "TOML")],
)
def test_a_file_that_is_wrong_is_named_with_what_is_wrong(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "faits.toml"
    file.write_text(text)

    with pytest.raises(UsageError, match=named) as raised:
        settings(file)

    assert str(file) in str(raised.value)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        settings(tmp_path / "none.toml")


def test_a_gazetteer_is_read_from_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text('[[name]]\nname = "Kervane"\ntype = "PRODUCT"\n')
    (tmp_path / "faits.toml").write_text('gazetteer = "ours.toml"\n')

    assert settings(tmp_path / "faits.toml").gazetteer == (tmp_path / "ours.toml").read_text()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[name]]\nname = 'Kervane'\ntype = 'FIRM'", "name row 1: type"),
        ("[[name]", "not TOML"),
        ("name = 1", "a list"),
    ],
)
def test_a_gazetteer_that_is_wrong_is_named_with_its_row(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "ours.toml").write_text(text)
    (tmp_path / "faits.toml").write_text('gazetteer = "ours.toml"\n')

    with pytest.raises(UsageError, match=named) as raised:
        settings(tmp_path / "faits.toml")

    assert "ours.toml" in str(raised.value)


def test_a_gazetteer_that_is_named_must_exist(tmp_path: Path) -> None:
    (tmp_path / "faits.toml").write_text('gazetteer = "none.toml"\n')

    with pytest.raises(UsageError, match=r"none\.toml"):
        settings(tmp_path / "faits.toml")
