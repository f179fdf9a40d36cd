from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from derivcheck.commands.output import write


def test_what_the_terminal_cannot_encode_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    write("梯 \ud800\n", None)
    sys.stdout.flush()
    assert raw.getvalue() == b"\\u68af \\ud800\n"


def test_files_are_utf8_with_plain_newlines(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    write("梯\ud800\n", file)
    assert file.read_bytes() == "梯\\ud800\n".encode()
