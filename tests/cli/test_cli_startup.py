"""What the command line imports, and that it holds up as a process."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import derivcheck

ROOT = Path(derivcheck.__file__).parent.parent
HEAVY = ("sympy", "flint", "markdown_it", "rich", "latex2sympy2", "click")


def python(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=cwd, check=False)


def imported_by(arguments: list[str]) -> set[str]:
    script = (
        "import sys\nfrom derivcheck.cli import main\n"
        f"main({arguments!r})\n"
        "print('modules', *{name.partition('.')[0] for name in sys.modules})"
    )
    return set(python("-c", script).stdout.splitlines()[-1].split())


def test_version_imports_nothing_heavy() -> None:
    assert not imported_by(["--version"]) & set(HEAVY)


def test_help_and_rule_pages_import_no_mathematics() -> None:
    for arguments in (["check", "--help"], ["rule", "DC101"]):
        assert not imported_by(arguments) & {"sympy", "flint", "markdown_it", "latex2sympy2"}


def test_version_is_that_of_the_project() -> None:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        version = tomllib.load(stream)["project"]["version"]
    result = python("-m", "derivcheck", "--version")
    assert result.stdout == f"derivcheck {version}\n"
    assert result.returncode == 0


def test_the_exit_code_is_that_of_the_process(tmp_path: Path) -> None:
    result = python("-m", "derivcheck", "check", "missing.md", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr == "derivcheck: missing.md: no such file or directory\n"


@pytest.mark.skipif(os.name != "posix", reason="pipes are closed differently elsewhere")
def test_a_reader_that_goes_away_is_no_crash(tmp_path: Path) -> None:
    command = f"{sys.executable} -m derivcheck rule; true"
    process = subprocess.Popen(
        ["bash", "-c", f"({command}) | true"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
    )
    assert process.communicate()[1] == ""
