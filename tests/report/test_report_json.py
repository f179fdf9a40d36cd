"""The schema derivcheck/1, key by key and in order: a change here is a change of the schema."""

from __future__ import annotations

import json
from typing import Any

from derivcheck.report.formats.json import json as render
from derivcheck.report.model import Report, Verdict
from derivcheck.report.view import View

PLACE = {"line": int, "column": int, "end_line": int, "end_column": int}
NOTE = {"message": str, "place": (PLACE, None), "rule": (str, None)}
LINK = {
    "index": int,
    "chain": int,
    "chain_link": int,
    "relation": str,
    "lhs": str,
    "rhs": str,
    **PLACE,
    "verdict": str,
    "rule": (str, None),
    "reason": (str, None),
    "message": str,
    "suspect": bool,
    "evidence": str,
    "caret": (PLACE, None),
    "reading": [str],
    "shapes": [{"symbol": str, "shape": str, "origin": str, "place": (PLACE, None)}],
    "witness": ({"dims": dict, "values": dict, "lhs": str, "rhs": str, "entry": ([int], None)}, None),
    "repair": ({"kind": str, "rule": str, "old": str, "new": str, **PLACE, "alternatives": int}, None),
    "notes": [NOTE],
}
SLIP = {"rule": str, "message": str, **PLACE}
SCHEMA = {
    "schema": str,
    "files": [
        {
            "path": str,
            "error": ({"kind": str, "message": str}, None),
            "problems": [NOTE],
            "equations": [
                {
                    "index": int,
                    **PLACE,
                    "path": (str, None),
                    "latex": str,
                    "unparsed": (str, None),
                    "links": [LINK],
                    "slips": [SLIP],
                }
            ],
        }
    ],
    "summary": {
        "files": int,
        "failed": int,
        "equations": int,
        "unread": dict,
        "links": int,
        "verdicts": dict,
        "reasons": dict,
        "rules": dict,
        "findings": int,
        "ignored": int,
        "suspects": int,
        "slips": int,
        "notes": int,
    },
}


def conforms(value: Any, schema: Any, at: str = "$") -> None:
    match schema:
        case None:
            assert value is None, at
        case (inner, None):
            if value is not None:
                conforms(value, inner, at)
        case [inner]:
            assert isinstance(value, list), at
            for i, item in enumerate(value):
                conforms(item, inner, f"{at}[{i}]")
        case dict():
            assert list(value) == list(schema), at  # the order as well
            for key, inner in schema.items():
                conforms(value[key], inner, f"{at}.{key}")
        case kind:
            assert type(value) is kind, at


def test_the_document_conforms(report: Report) -> None:
    document = json.loads(render(report, View()))
    conforms(document, SCHEMA)
    assert document["schema"] == "derivcheck/1"


def test_values(report: Report) -> None:
    document = json.loads(render(report, View()))
    notes, bad = document["files"]
    assert bad["error"] == {"kind": "ValueError", "message": "boom"}
    first, second, third = notes["equations"]
    assert (first["index"], first["line"], first["end_line"]) == (1, 3, 5)
    link = first["links"][0]
    assert (link["line"], link["column"], link["end_column"]) == (4, 23, 24)
    assert link["verdict"] == "refuted"
    assert link["rule"] == "DC102"
    assert link["witness"]["entry"] == [1, 1]
    assert link["repair"]["new"] == "A^\\top"
    assert [item["verdict"] for item in second["links"]] == ["proved", "unknown"]
    assert third["unparsed"] == "unclosed group"
    assert document["summary"]["verdicts"] == {
        verdict.value: {"proved": 1, "refuted": 1, "unknown": 1}.get(verdict.value, 0) for verdict in Verdict
    }
    assert document["summary"]["unread"] == {"unclosed group": 1}


def test_text_form(report: Report) -> None:
    text = render(report, View())
    assert text.endswith("}\n")
    assert "notes/梯度.md" in text  # not escaped


def test_a_view_hides_nothing(report: Report) -> None:
    plain = json.loads(render(report, View()))
    narrow = json.loads(render(report, View(ignore=("DC",), quiet=True, color=True)))
    assert narrow["files"] == plain["files"]
    assert (narrow["summary"]["findings"], narrow["summary"]["ignored"]) == (0, 1)
