"""What a reading asks of its choice decides whether another choice gives the same one."""

from __future__ import annotations

import pytest

from derivcheck.context.view import ContextView
from derivcheck.judge.question import Question
from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse
from derivcheck.readings.choice import Choice
from derivcheck.readings.choices import natural, rescuing, with_kinds
from derivcheck.readings.elaborator import Calculus
from derivcheck.readings.known import Known, Usage
from derivcheck.statements.model import RelationKind

EQUATIONS = (
    (r"A x + b", r"b + A x"),
    (r"\frac{\partial}{\partial x} x^\top A x", r"(A + A^\top) x"),
    (r"\sum_{i=1}^n a_i b_i", r"b_j a_j"),
    (r"\nabla \|x\|^2", r"2 x^\top"),
    (r"\det A B + \lambda", r"\det(A) \det(B) + \lambda I"),
    (r"[A, B]", r"A B - B A"),
)


def question(left: str, right: str) -> Question:
    view = ContextView(())
    known = Known(view, view.at(0), Usage(), frozenset())
    return Question(parse(tokenize(left)), parse(tokenize(right)), RelationKind.EQUAL, known, Calculus())


def choices(asked: Question) -> list[Choice]:
    layouts = list(natural(asked.nodes, asked.known))
    kinds = list(with_kinds(layouts[0], asked.read(layouts[0]).conventional))
    return [*layouts, *rescuing(asked.nodes, asked.known, layouts[0]), *kinds]


@pytest.mark.parametrize(("left", "right"), EQUATIONS)
def test_a_reading_that_is_taken_over_is_the_one_that_would_be_read(left: str, right: str) -> None:
    asked = question(left, right)
    tried = choices(asked)
    readings = [asked.read(choice) for choice in tried]
    shared = [(reading.under(choice), fresh) for reading in readings for choice, fresh in zip(tried, readings, strict=True)]
    assert all(taken is None or taken == fresh for taken, fresh in shared)
    assert sum(taken is not None for taken, _ in shared) > len(tried)  # not only by the choice itself


def test_what_is_asked_tells_choices_apart() -> None:
    asked = question("x^2 + 1", "y")
    plain, broadcast = asked.read(Choice()), Choice(broadcast=True, kinds=(("y", "column"),))
    assert plain.under(broadcast) is None
    assert plain.under(Choice(commutator=True)) is not None


@pytest.mark.parametrize(("left", "right"), EQUATIONS)
def test_right_sides_go_on_from_one_left_side(left: str, right: str) -> None:
    asked = question(left, right)
    for choice in choices(asked)[:30]:
        begun = asked.begun(choice)
        for side in (left, right, left):
            whole = question(left, side)
            assert begun.with_right(whole.rhs, whole.relation) == whole.read(choice)


def test_a_choice_has_no_other_fields() -> None:
    assert Choice().but(order="n") == Choice(order="n")
    with pytest.raises(TypeError):
        Choice().but(ordre="n")
