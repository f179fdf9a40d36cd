from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from derivcheck.documents.model import Flavour

Run = Callable[..., Any]


@pytest.fixture
def notes(calls: Any) -> Path:
    Path("good.md").write_text("fine\n", "utf-8")
    Path("bad.md").write_text("fine\nWRONG\n", "utf-8")
    return Path()


def test_nothing_found(notes: Path, run: Run) -> None:
    result = run("check", "good.md")
    assert (result.code, result.err) == (0, "")
    assert result.out == "Checked 1 file, 1 display, 1 link: 1 proved.\n"


def test_findings(notes: Path, run: Run) -> None:
    result = run("check", "bad.md")
    assert (result.code, result.err) == (1, "")
    assert "error[DC101]: the sides differ" in result.out
    assert "2 | WRONG" in result.out


def test_a_slip_is_a_finding(notes: Path, run: Run) -> None:
    Path("slip.md").write_text("fine SLIP\n", "utf-8")
    result = run("check", "slip.md")
    assert (result.code, result.err) == (1, "")
    assert "error[DC211]: a slip" in result.out
    assert run("check", "--ignore", "DC21", "slip.md").code == 0


def test_without_a_path_the_current_directory_is_checked(notes: Path, run: Run, calls: Any) -> None:
    assert run("check").code == 1
    assert calls.paths == ["bad.md", "good.md"]


def test_exit_zero(notes: Path, run: Run) -> None:
    result = run("check", "--exit-zero", "bad.md")
    assert result.code == 0
    assert "DC101" in result.out


def test_a_crash_in_one_file_is_neither_a_finding_nor_a_pass(notes: Path, run: Run) -> None:
    Path("crash.md").write_text("CRASH\n", "utf-8")
    result = run("check", ".", "--exit-zero")
    assert result.code == 2
    assert result.err == "derivcheck: crash.md: ZeroDivisionError: a crash\n"
    assert "DC101" in result.out  # the other files are reported
    assert "1 file could not be checked" in result.out


def test_a_traceback_is_shown_with_debug_only(notes: Path, run: Run) -> None:
    Path("crash.md").write_text("CRASH\n", "utf-8")
    assert "Traceback" not in run("check", "crash.md").err
    assert "Traceback" in run("check", "--debug", "crash.md").err
    assert "Traceback" in run("--debug", "check", "crash.md").err


def test_a_missing_path_fails_and_the_rest_is_checked(notes: Path, run: Run) -> None:
    result = run("check", "nowhere.md", "bad.md")
    assert result.code == 2
    assert result.err == "derivcheck: nowhere.md: no such file or directory\n"
    assert "DC101" in result.out


def test_an_odd_extension_needs_a_format(calls: Any, run: Run) -> None:
    Path("notes.rst").write_text("WRONG\n", "utf-8")
    result = run("check", "notes.rst")
    assert result.code == 2
    assert "--format" in result.err
    assert run("check", "notes.rst", "--format", "latex").code == 1
    assert calls.options[-1].flavour is Flavour.LATEX


def test_an_empty_directory_is_said_to_be_empty(calls: Any, run: Run) -> None:
    result = run("check")
    assert result.code == 0
    assert result.err == "derivcheck: no Markdown or LaTeX files found\n"
    assert result.out == "Checked 0 files, 0 displays, 0 links.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--no-such-option"),
        ("check", "--output-format", "xml"),
        ("check", "--jobs", "0"),
        ("check", "--deadline", "0"),
        ("check", "--select", "DC777"),
        ("check", "--preamble", "missing.tex"),
        ("check", "--config", "missing.toml"),
        ("check", "-", "good.md"),
        ("check", "good.md", "--output-file", "no/such/folder/report.json"),
        ("chekc",),
        ("rule", "DC999"),
        ("explain", "good.md"),
        ("explain", "missing.md:3"),
    ],
)
def test_usage_errors_exit_with_2_and_one_message(notes: Path, run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert "Error: " in result.err
    assert "Traceback" not in result.err


def test_json_and_output_file(notes: Path, run: Run) -> None:
    printed = run("check", "bad.md", "--output-format", "json")
    assert json.loads(printed.out)["summary"]["findings"] == 1
    written = run("check", "bad.md", "--output-format", "json", "--output-file", "report.json")
    assert (written.code, written.out) == (1, "")
    assert Path("report.json").read_text("utf-8") == printed.out


def test_stdin(calls: Any, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def feed(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))

    feed("WRONG 矩阵\n".encode("gb18030"))
    result = run("check", "-")
    assert result.code == 1
    assert "<stdin>:1:3" in result.out
    assert "1 | WRONG 矩阵" in result.out
    assert "<stdin>: note: not UTF-8: read as GB18030" in result.out
    assert calls.options[-1].flavour is Flavour.MARKDOWN
    feed(b"fine\n")
    assert run("check", "-", "--stdin-filename", "paper.tex").code == 0
    assert (calls.paths[-1], calls.options[-1].flavour) == ("paper.tex", Flavour.LATEX)
    feed(b"CRASH\n")
    assert run("check", "-").code == 2


def test_ignored_rules_do_not_fail_a_run(notes: Path, run: Run) -> None:
    result = run("check", "bad.md", "--ignore", "DC1")
    assert result.code == 0
    assert "1 refuted" in result.out


def test_quiet(notes: Path, run: Run) -> None:
    assert run("check", "-q", "good.md").out == ""
    assert "Checked" not in run("check", "-q", "bad.md").out


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {}, False),
        ((), {}, False),  # not a terminal
    ],
)
def test_color(
    notes: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    colored: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("check", "bad.md", *arguments).out) is colored


def test_color_auto_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from derivcheck.commands.settings import colored

    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert colored("auto", to_file=False)
    assert not colored("auto", to_file=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colored("auto", to_file=False)


def test_the_command_line_overrides_the_configuration(notes: Path, run: Run, calls: Any) -> None:
    Path("derivcheck.toml").write_text("jobs = 2\ndeadline = 9\nignore = ['DC1']\n", "utf-8")
    assert run("check", "bad.md").code == 0
    assert (calls.jobs[-1], calls.options[-1].deadline) == (2, 9.0)
    assert run("check", "bad.md", "--jobs", "1", "--ignore", "DC2").code == 1
    assert (calls.jobs[-1], calls.options[-1].ignore) == (1, ("DC2",))


def test_a_configuration_error_is_a_usage_error(notes: Path, run: Run) -> None:
    Path("derivcheck.toml").write_text("jobz = 2\n", "utf-8")
    result = run("check", "good.md")
    assert result.code == 2
    assert "unknown key `jobz`" in result.err


def test_explain_and_rule(notes: Path, run: Run) -> None:
    assert run("explain", "bad.md:2").out == "bad.md line 2: WRONG\n"
    assert run("rule", "dc102").out.startswith("# DC102: ")
    assert run("rule", "wrong-sign").out.startswith("# DC103: ")
    assert "DC401  missing-hypothesis" in run("rule").out


def test_an_internal_error_is_one_line(notes: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(sys.modules["derivcheck.pipeline"], "check_paths", broken)
    result = run("check", "good.md")
    assert (result.code, result.err) == (2, "derivcheck: internal error: RuntimeError: out of order\n")
    assert "Traceback" in run("check", "good.md", "--debug").err


@pytest.mark.parametrize("command", [(), ("check",), ("explain",), ("rule",)])
def test_help(run: Run, command: tuple[str, ...]) -> None:
    result = run(*command, "--help")
    assert result.code == 0
    assert "Usage: derivcheck" in result.out


def test_a_rule_page_is_rendered_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from importlib import import_module

    from derivcheck.cli import main

    monkeypatch.setattr(import_module("derivcheck.commands.rule"), "colored", lambda wish, to_file: True)
    assert main(["rule", "DC102"]) == 0
    shown = capsys.readouterr().out
    assert "DC102" in shown and "# DC102" not in shown
