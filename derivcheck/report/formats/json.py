"""`json`: everything, in the schema `derivcheck/1`. Keys stand in a fixed order; a view hides nothing."""

from __future__ import annotations

from json import dumps
from typing import Any

from derivcheck.report.model import (
    EquationReport,
    FileReport,
    LinkReport,
    Note,
    Place,
    Repair,
    Report,
    ShapeNote,
    SlipReport,
    WitnessNote,
)
from derivcheck.report.summary import Summary, summarize
from derivcheck.report.view import View

SCHEMA = "derivcheck/1"

Object = dict[str, Any]


def json(report: Report, view: View) -> str:
    """UTF-8 text ended by a newline; `summary` counts findings as the view selects them."""
    document: Object = {
        "schema": SCHEMA,
        "files": [_file(file) for file in report.files],
        "summary": _summary(summarize(report, view)),
    }
    return dumps(document, ensure_ascii=False, indent=1) + "\n"


def _file(file: FileReport) -> Object:
    return {
        "path": file.path,
        "error": {"kind": file.error.kind, "message": file.error.message} if file.error else None,
        "problems": [_note(note) for note in file.problems],
        "equations": [_equation(equation) for equation in file.equations],
    }


def _equation(equation: EquationReport) -> Object:
    return {
        "index": equation.index,
        **_place(equation.place),
        "path": equation.path,
        "latex": equation.latex,
        "unparsed": equation.unparsed,
        "links": [_link(link) for link in equation.links],
        "slips": [_slip(slip) for slip in equation.slips],
    }


def _link(link: LinkReport) -> Object:
    return {
        "index": link.index,
        "chain": link.chain,
        "chain_link": link.chain_link,
        "relation": link.relation,
        "lhs": link.lhs,
        "rhs": link.rhs,
        **_place(link.place),
        "verdict": link.verdict.value,
        "rule": link.rule,
        "reason": link.reason,
        "message": link.message,
        "suspect": link.suspect,
        "evidence": link.evidence,
        "caret": _place(link.caret) if link.caret else None,
        "reading": list(link.reading),
        "shapes": [_shape(shape) for shape in link.shapes],
        "witness": _witness(link.witness) if link.witness else None,
        "repair": _repair(link.repair) if link.repair else None,
        "notes": [_note(note) for note in link.notes],
    }


def _slip(slip: SlipReport) -> Object:
    return {"rule": slip.rule, "message": slip.message, **_place(slip.place)}


def _place(place: Place) -> Object:
    return {
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }


def _shape(shape: ShapeNote) -> Object:
    return {
        "symbol": shape.symbol,
        "shape": shape.shape,
        "origin": shape.origin,
        "place": _place(shape.place) if shape.place else None,
    }


def _witness(witness: WitnessNote) -> Object:
    return {
        "dims": dict(witness.dims),
        "values": dict(witness.values),
        "lhs": witness.lhs,
        "rhs": witness.rhs,
        "entry": list(witness.entry) if witness.entry else None,
    }


def _repair(repair: Repair) -> Object:
    return {
        "kind": repair.kind,
        "rule": repair.rule,
        "old": repair.old,
        "new": repair.new,
        **_place(repair.place),
        "alternatives": repair.alternatives,
    }


def _note(note: Note) -> Object:
    return {"message": note.message, "place": _place(note.place) if note.place else None, "rule": note.rule}


def _summary(summary: Summary) -> Object:
    return {
        "files": summary.files,
        "failed": summary.failed,
        "equations": summary.equations,
        "unread": dict(summary.unread),
        "links": summary.links,
        "verdicts": {verdict.value: n for verdict, n in summary.verdicts.items()},
        "reasons": dict(summary.reasons),
        "rules": dict(summary.rules),
        "findings": summary.findings,
        "ignored": summary.ignored,
        "suspects": summary.suspects,
        "slips": summary.slips,
        "notes": summary.notes,
    }
