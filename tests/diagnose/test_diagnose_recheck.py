"""Which edits are not believed, whatever fits."""

from __future__ import annotations

import pytest

from derivcheck.context.view import ContextView
from derivcheck.diagnose.candidate import candidates
from derivcheck.diagnose.model import Limits
from derivcheck.diagnose.recheck import edits_an_argument
from derivcheck.diagnose.scene import scene_of
from derivcheck.judge.question import Question
from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse
from derivcheck.readings.elaborator import Calculus
from derivcheck.readings.known import Known, Usage
from derivcheck.statements.model import RelationKind


@pytest.mark.parametrize(("left", "doubted"), [("l(a + b) x^T", True), ("A(a + b) x^T", False), ("(a + b) x^T", False)])
def test_brackets_behind_a_letter_that_may_be_a_function(left: str, doubted: bool) -> None:
    view = ContextView(())
    known = Known(view, view.at(0), Usage(), frozenset())
    question = Question(parse(tokenize(left)), parse(tokenize("y")), RelationKind.EQUAL, known, Calculus())
    every = list(candidates(question, scene_of(question, left), Limits()))
    assert any(edits_an_argument(candidate, question) for candidate in every) is doubted
