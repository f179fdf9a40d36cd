from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from derivcheck.config import KEYS, ConfigError, Options, find, find_root, load
from derivcheck.documents.model import Flavour


def test_every_key_is_a_field() -> None:
    assert {name for name, _ in KEYS.values()} == {field.name for field in fields(Options)}


def test_all_keys_are_read(tmp_path: Path) -> None:
    file = tmp_path / "derivcheck.toml"
    file.write_text(
        """
        root = ".."
        format = "latex"
        inline = true
        suspects = true
        preamble = "macros.tex"
        select = ["DC1"]
        ignore = ["DC101"]
        exclude = ["drafts/"]
        deadline = 2.5
        max-bytes = 1000
        jobs = 3
        """,
        "utf-8",
    )
    assert load(file) == Options(
        root=tmp_path / "..",
        flavour=Flavour.LATEX,
        inline=True,
        suspects=True,
        preamble=tmp_path / "macros.tex",
        select=("DC1",),
        ignore=("DC101",),
        exclude=("drafts/",),
        deadline=2.5,
        max_bytes=1000,
        jobs=3,
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("colour = 1", "unknown key `colour`"),
        ("jobs = 0", "`jobs`: expected a whole number"),
        ("jobs = true", "`jobs`: expected a whole number"),
        ("deadline = -1", "`deadline`: expected a positive number"),
        ("deadline = nan", "`deadline`: expected a positive number"),
        ("inline = 1", "`inline`: expected true or false"),
        ("select = 'DC1'", "`select`: expected a list"),
        ("select = [1]", "`select`: expected a list"),
        ("preamble = 3", "`preamble`: expected a path"),
        ("format = 'rst'", '`format`: expected "markdown" or "latex"'),
        ("jobs = ", "not valid TOML"),
        ("\xff", "not valid TOML"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "derivcheck.toml"
    file.write_text(text, "latin-1")
    with pytest.raises(ConfigError) as error:
        load(file)
    assert complaint in str(error.value)
    assert str(file) in str(error.value)


def test_the_nearest_configuration_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "derivcheck.toml").write_text("", "utf-8")
    (inner / "pyproject.toml").write_text("[project]\nname = 'other'\n", "utf-8")  # says nothing about us
    assert find([inner / "x.md"]) == tmp_path / "derivcheck.toml"
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.derivcheck]\njobs = 2\n", "utf-8")
    assert find([inner]) == tmp_path / "a" / "pyproject.toml"
    assert load(tmp_path / "a" / "pyproject.toml").jobs == 2
    assert find([inner, tmp_path]) == tmp_path / "derivcheck.toml"


def test_own_file_wins_over_the_shared_one(tmp_path: Path) -> None:
    (tmp_path / "derivcheck.toml").write_text("", "utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.derivcheck]\n", "utf-8")
    assert find([tmp_path]) == tmp_path / "derivcheck.toml"


def test_a_table_that_is_none_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("tool.derivcheck = 3\n", "utf-8")
    with pytest.raises(ConfigError):
        find([tmp_path])


def test_the_root_is_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "paper" / "chapters"
    inner.mkdir(parents=True)
    assert find_root([inner / "one.tex", inner / "two.tex"]) == inner
    (tmp_path / ".git").mkdir()
    assert find_root([inner / "one.tex"]) == tmp_path
