"""Hostile files through the real pipeline: no crash, and nothing unread looks clean."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("derivcheck.pipeline")

Run = Callable[..., Any]

IDENTITY = "$$\n(a + b)^2 = a^2 + 2 a b + b^2\n$$\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["note.md", "note.tex"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"$$",
        b"\\[",
        b"$$\n\\frac{\n$$",
        b"\\begin{align}",
        b"{" * 20_000,
        b"$$" + b"{" * 5_000 + b"=" + b"}" * 5_000 + b"$$",
        b"$$ a " + b"= a " * 2_000 + b"$$",
        b"$$ \\def\\x{\\x\\x} \\x = \\x $$",
        b"\xef\xbb\xbf$$ 1 = 1 $$\n",
        b"$$ x^{9^{9^{9^{9}}}} = 1 $$\n",
        b"$$ \x1b[2J = \x07 $$\n",
    ],
    ids=range(13),
)
def test_no_content_crashes(folder: Path, run: Run, name: str, data: bytes) -> None:
    Path(name).write_bytes(data)
    result = run("check", name, "--deadline", "5", "--show-unknown")
    assert result.code in (0, 1), result.err
    assert result.err == ""
    assert "\x1b" not in result.out


def test_a_binary_file_is_said_not_to_be_read(folder: Path, run: Run) -> None:
    Path("image.md").write_bytes(bytes(range(256)) * 100)
    result = run("check", "image.md")
    assert "Traceback" not in result.err
    assert "image.md" in result.out + result.err
    assert "binary" in result.out + result.err


def test_a_gbk_file_is_read(folder: Path, run: Run) -> None:
    Path("note.md").write_bytes(("设 $a$, $b$ 为实数，则\n\n" + IDENTITY).encode("gbk"))
    result = run("check", "note.md", "--output-format", "json")
    assert result.code == 0
    (file,) = json.loads(result.out)["files"]
    assert [link["verdict"] for e in file["equations"] for link in e["links"]] in (["proved"], ["verified"])
    assert "GB18030" in file["problems"][0]["message"]


def test_a_large_file_is_said_not_to_be_read(folder: Path, run: Run) -> None:
    Path("derivcheck.toml").write_text("max-bytes = 10\n", "utf-8")
    Path("note.md").write_text(IDENTITY, "utf-8")
    result = run("check", "note.md")
    assert "larger than 10 bytes" in result.out + result.err


def test_a_path_that_does_not_exist(folder: Path, run: Run) -> None:
    Path("note.md").write_text(IDENTITY, "utf-8")
    result = run("check", "gone.md", "note.md")
    assert result.code == 2
    assert "gone.md" in result.err
    assert "1 link" in result.out


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(folder: Path, run: Run) -> None:
    Path("shut.md").write_text(IDENTITY, "utf-8")
    Path("note.md").write_text(IDENTITY, "utf-8")
    Path("shut.md").chmod(0)
    result = run("check", "shut.md", "note.md")
    assert result.code == 2
    assert result.err == "derivcheck: shut.md: PermissionError: Permission denied\n"
    assert "1 link" in result.out


def test_input_cannot_leave_the_root(folder: Path, run: Run) -> None:
    (folder / "secret.tex").write_text("\\[ 1 = 2 \\]\n", "utf-8")
    paper = folder / "paper"
    paper.mkdir()
    (paper / "main.tex").write_text("\\input{../secret}\n", "utf-8")
    (paper / "derivcheck.toml").write_text("", "utf-8")
    result = run("check", "paper/main.tex", "--output-format", "json")
    assert result.code == 0, result.err
    assert "1 = 2" not in result.out


def test_jobs_do_not_change_the_report(folder: Path, run: Run) -> None:
    for i in range(3):
        Path(f"n{i}.md").write_text(IDENTITY * (i + 1), "utf-8")
    one = run("check", ".", "--output-format", "json")
    two = run("check", ".", "--output-format", "json", "--jobs", "2")
    assert (one.code, one.err) == (0, "")
    assert one.out == two.out
