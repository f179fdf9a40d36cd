"""The output formats: each a pure function from a report and a view to text. One file each, one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from derivcheck.report.formats.concise import concise
from derivcheck.report.formats.full import full
from derivcheck.report.formats.json import json
from derivcheck.report.model import Report
from derivcheck.report.view import View

FORMATS: Mapping[str, Callable[[Report, View], str]] = {
    "full": full,
    "concise": concise,
    "json": json,
}
