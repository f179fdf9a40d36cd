"""Hostile files and folders through the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def check(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "derivcheck", "check", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=cwd, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_files_that_include_each_other(tmp_path: Path) -> None:
    (tmp_path / "a.tex").write_text("\\input{b}\\[2 + 2 = 4\\]")
    (tmp_path / "b.tex").write_text("\\input{a}\\[2 + 3 = 5\\]")
    done = check("a.tex", cwd=tmp_path)
    assert done.returncode == 0
    assert "include each other" in done.stdout
    assert done.stderr == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    done = check("pipe.md", cwd=tmp_path)
    assert "pipe.md" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_links_that_lead_in_circles(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("$$\n2 + 2 = 4\n$$\n")
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "here.md").symlink_to(tmp_path / "here.md")
    (tmp_path / "lost.md").symlink_to(tmp_path / "nowhere.md")
    done = check(".", cwd=tmp_path)
    assert "1 display" in done.stdout
    assert "Traceback" not in done.stderr


def test_nothing_too_large_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(10**12)  # a hole: no disk holds it
    done = check("huge.md", cwd=tmp_path)
    assert "huge.md" in done.stdout + done.stderr
    assert "not read" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
