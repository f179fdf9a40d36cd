"""The hook, installed by pre-commit itself: a wrong equation cannot be committed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
    pytest.mark.skipif(importlib.util.find_spec("pre_commit") is None, reason="pre-commit is not installed"),
]

WRONG = "Let $A$ and $B$ be invertible $n \\times n$ matrices.\n\n$$\n(AB)^{-1} = A^{-1} B^{-1}\n$$\n"
RIGHT = WRONG.replace("A^{-1} B^{-1}", "B^{-1} A^{-1}")


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    names = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
    names |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    environment = {**own, **names, "PRE_COMMIT_HOME": str(folder.parent / "cache")}
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def snapshot(folder: Path) -> str:
    """This checkout as it lies in the working tree, in a repository of its own; its commit."""
    skip = shutil.ignore_patterns(".git", ".venv", "venv", "*.pyc", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(ROOT, folder, ignore=skip)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    assert git(folder, "commit", "-q", "-m", "snapshot").returncode == 0
    return git(folder, "rev-parse", "HEAD").stdout.strip()


def test_a_wrong_equation_is_refused_until_it_is_corrected(tmp_path: Path) -> None:
    pytest.importorskip("derivcheck.pipeline")
    revision = snapshot(tmp_path / "derivcheck")
    notes = tmp_path / "notes"
    notes.mkdir()
    git(notes, "init", "-q")
    (notes / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {tmp_path / 'derivcheck'}\n  rev: {revision}\n  hooks:\n  - id: derivcheck\n",
        "utf-8",
    )
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache")}
    install = [sys.executable, "-m", "pre_commit", "install", "--install-hooks"]
    subprocess.run(install, cwd=notes, env=environment, check=True)

    (notes / "inverse.md").write_text(WRONG, "utf-8")
    git(notes, "add", ".")
    refused = git(notes, "commit", "-m", "inverse of a product")
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1, said
    assert "inverse.md:4" in said

    (notes / "inverse.md").write_text(RIGHT, "utf-8")
    git(notes, "add", ".")
    accepted = git(notes, "commit", "-m", "inverse of a product")
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert git(notes, "rev-list", "--count", "HEAD").stdout.strip() == "1"
