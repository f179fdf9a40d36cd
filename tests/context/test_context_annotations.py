"""The comments a user writes for derivcheck."""

from __future__ import annotations

import pytest

from derivcheck.context.annotations import annotation_problems
from derivcheck.context.collect import collect
from derivcheck.context.facts import (
    Convention,
    ConventionFact,
    FunctionFact,
    PropertyFact,
    RankFact,
    ShapeFact,
)
from derivcheck.documents.model import Annotation, Document, Flavour, ParagraphBreak, Source, Span


def facts(text: str) -> tuple[object, ...]:
    source = Source.of("n.md", text)
    span = Span(0, len(text))
    document = Document(Flavour.MARKDOWN, (source,), (Annotation(text, span), ParagraphBreak(span)))
    return collect(document, {})


def test_declarations() -> None:
    found = facts("let A, B: matrix(m,n); x: vector(n); lambda: scalar, positive; S: spd(n+1); X: symmetric")
    shapes = {(f.key, f.kind, f.rows, f.cols) for f in found if isinstance(f, ShapeFact)}
    assert shapes == {
        ("A", "matrix", "m", "n"), ("B", "matrix", "m", "n"), ("x", "vector", "n", ""),
        ("\\lambda", "scalar", "1", "1"), ("S", "square", "n+1", "n+1"),
    }  # fmt: skip
    props = {(f.key, f.prop) for f in found if isinstance(f, PropertyFact)}
    assert props == {("\\lambda", "positive"), ("S", "spd"), ("X", "symmetric")}


def test_functions() -> None:
    found = facts("f: function(x, \\theta) -> scalar; F: function(X) -> matrix(p, q)")
    functions = {(f.key, f.args, f.rows, f.cols) for f in found if isinstance(f, FunctionFact)}
    assert functions == {("f", ("x", "\\theta"), "1", "1"), ("F", ("X",), "p", "q")}


def test_assumptions_and_conventions() -> None:
    found = facts(
        "A: matrix(m,n); assume m >= n; assume Q = Q^T; assume t > 0; layout numerator; einstein; ignore"
    )
    assert [(f.larger, f.smaller) for f in found if isinstance(f, RankFact)] == [("m", "n")]
    assert {(f.key, f.prop) for f in found if isinstance(f, PropertyFact)} == {
        ("Q", "symmetric"),
        ("t", "positive"),
    }
    conventions = {f.convention for f in found if isinstance(f, ConventionFact)}
    assert conventions == {Convention.NUMERATOR, Convention.EINSTEIN}


@pytest.mark.parametrize(
    "text", ["A: matrx(m,n)", "A: matrix(m)", "hello", "A: scalar, funny", "layout sideways", "assume"]
)
def test_misread_is_a_problem(text: str) -> None:
    assert annotation_problems(Annotation(text, Span(0, 1)), {})


def test_good_comment_has_no_problem() -> None:
    assert not annotation_problems(Annotation("let A: matrix(m,n); ignore", Span(0, 1)), {})
