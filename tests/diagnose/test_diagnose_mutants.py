"""True equations with one slip each: a repair is found, and the display it gives passes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import pytest
from diagnose_cases import case, passes

from derivcheck.diagnose.candidate import Candidate, candidates
from derivcheck.diagnose.model import Limits
from derivcheck.diagnose.render import Writer
from derivcheck.diagnose.scene import scene_of
from derivcheck.notation.printer import to_latex
from derivcheck.verify.evidence import Refuted

TRUE = [
    r"(AB^\top)^{-1} = B^{-\top} A^{-1}",
    r"\nabla_x\, (x^\top A x + y^\top x) = (A + A^\top)x + y",
    r"\operatorname{vec}(ABC) = (C^\top \otimes A)\operatorname{vec}(B)",
    r"(x + y)^\top A (x - y) = x^\top A x - x^\top A y + y^\top A x - y^\top A y",
    r"\frac{d}{ds}\bigl(s^3 \sin(2s)\bigr) = 3s^2\sin(2s) + 2s^3\cos(2s)",
    r"[ABx]_i = \sum_{j=1}^n \sum_{k=1}^n A_{ij}B_{jk}x_k",
]
_SLIPS = ("transpose", "sign", "factors swapped", "scalar factor", "exponent", "number", "index")
_PER_KIND = 2


def _slips(equation: str) -> Iterator[str]:
    """The equation with one slip on its right side, a few of each kind."""
    true = case(equation)
    scene = scene_of(true.question, true.text)
    writer = Writer.of(scene, {}, true.question.nodes)
    assert writer.readable
    every = [c for c in candidates(true.question, scene, Limits()) if c.side == "rhs"]
    for kind in _SLIPS:
        for slip in islice((c for c in every if c.kind.name == kind), _PER_KIND):
            yield _written(writer, slip, true.question.lhs)


def _written(writer: Writer, slip: Candidate, lhs: object) -> str:
    written = writer.write(slip.place, slip.variant, (lhs, slip.root))  # type: ignore[arg-type]
    assert written is not None, to_latex(slip.root)
    return writer.text[: written.start] + written.new + writer.text[written.end :]


@pytest.mark.parametrize("equation", TRUE)
def test_a_slip_is_mended(equation: str) -> None:
    assert passes(equation)
    mended = false = 0
    for text in _slips(equation):
        found = case(text.strip())
        if not isinstance(found.settled.best.evidence, Refuted):
            continue
        false += 1
        diagnosis = found.diagnosis(Limits(pairs=True))
        if diagnosis is not None and diagnosis.repair is not None:
            assert passes(found.mended(diagnosis.repair).strip()), diagnosis
            mended += 1
    assert false >= 3
    assert mended == false
