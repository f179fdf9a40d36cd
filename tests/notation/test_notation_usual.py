"""Macros without a definition whose name says what they mean."""

from __future__ import annotations

import pytest

from derivcheck.documents.model import Macro
from derivcheck.notation.usual import usual, usual_macros

MEANT = [
    (r"\bx", r"\mathbf{x}"),
    (r"\bmu", r"\mathbf{\mu}"),
    (r"\bfSigma", r"\mathbf{\Sigma}"),
    (r"\vtheta", r"\mathbf{\theta}"),
    (r"\mA", r"\mathbf{A}"),
    (r"\bbR", r"\mathbb{R}"),
    (r"\RR", r"\mathbb{R}"),
    (r"\cL", r"\mathcal{L}"),
    (r"\betahat", r"\hat{\beta}"),
    (r"\xbar", r"\bar{x}"),
]


@pytest.mark.parametrize(("command", "body"), MEANT)
def test_a_name_spells_its_letter(command: str, body: str) -> None:
    found = usual(command)
    assert found is not None
    assert (found.body, found.arity) == (body, 0)


@pytest.mark.parametrize(
    "command",
    [r"\beta", r"\bar", r"\bf", r"\vec", r"\mod", r"\cos", r"\mu", r"\what", r"\hat", r"\bot", r"\unheard", r"\be1"],
)
def test_known_and_other_commands_are_left_alone(command: str) -> None:
    assert usual(command) is None


def test_the_document_defines_first() -> None:
    own = {r"\bx": Macro(r"\bx", 0, "x")}
    assert usual_macros([r"\bx + \by"], own).keys() == {r"\by"}


def test_a_transpose_stands_in_a_superscript_only() -> None:
    assert r"\T" in usual_macros([r"A^\T", r"A^{-\T}", r"x^{\T}"], {})
    assert r"\T" not in usual_macros([r"A^\T", r"\T x"], {})


def test_a_bold_letter_is_one_letter() -> None:
    assert r"\bvec" in usual_macros([r"\bvec{x}", r"\bvec{\hat{y}}", r"\bvec\alpha"], {})
    assert r"\bvec" not in usual_macros([r"\bvec{x}", r"\bvec{x + y}"], {})


def test_moments_with_their_argument_in_braces_or_brackets() -> None:
    assert usual_macros([r"\E{X^2} - \E{X}^2"], {})[r"\E"].body == r"\mathbb{E}\left[#1\right]"
    assert usual_macros([r"\E[X^2] - \E [X]^2"], {})[r"\E"].body == r"\mathbb{E}"
    assert r"\E" not in usual_macros([r"\E{X} = \E[X]"], {})
