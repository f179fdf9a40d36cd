"""README, CI and package data say the same."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from identify.extensions import EXTENSIONS

from derivcheck.cli import main
from derivcheck.config import KEYS
from derivcheck.documents.read import flavour_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def command(name: str) -> str:
    match = re.search(rf"<!-- command: {name} -->\n```sh\n(.*?)\n```", README, re.DOTALL)
    assert match, name
    return match[1]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert f"tests() {{ {command('test')}; }}" in script
    assert script.rstrip().endswith("\ntests")


def test_the_ci_script_is_valid_and_executable() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o100
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_main_command_checks_what_exists() -> None:
    assert (ROOT / command("run").split()[-1]).exists()


def test_the_readme_names_every_configuration_key() -> None:
    section = README.partition("## Telling it more")[2].partition("## Limits")[0]
    sample = tomllib.loads(re.findall(r"```toml\n(.*?)```", section, re.DOTALL)[0])
    assert set(sample) | set(re.findall(r"`([a-z-]+)`", section)) >= set(KEYS)
    assert set(sample) <= set(KEYS)


def test_the_hook_takes_only_files_that_can_be_read() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    (kinds,) = re.findall(r"types_or: \[(.*)\]", hooks)
    (exclude,) = re.findall(r"exclude: (.*)", hooks)
    for kind in kinds.split(", "):
        extensions = [ext for ext, tags in EXTENSIONS.items() if kind in tags]
        assert extensions, f"{kind} is no tag of identify"
        taken = [f"x.{ext}" for ext in extensions if not re.search(exclude, f"x.{ext}")]
        assert taken
        assert all(flavour_of(name) for name in taken), taken


def test_the_readme_shows_the_real_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("derivcheck.pipeline")
    monkeypatch.chdir(ROOT)
    assert main(command("example").split("derivcheck ")[1].split()) == 0
    shown = README.partition("<!-- output: example -->\n```text\n")[2].partition("```")[0]
    assert capsys.readouterr().out == shown
