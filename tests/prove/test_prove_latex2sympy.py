"""An independent second reader of scalar sides: latex2sympy2 (does not import on Python 3.13 and later)."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from prove_latex import DIFFERENCES, SIDES, lower_scalar

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 13), reason="latex2sympy2 does not import")


def same(ours: Any, theirs: Any) -> bool:
    """Equal as functions: symbols by name, difference simplified, one-sided limits read as two-sided."""
    import sympy

    names = {
        s: sympy.Symbol(str(s).strip("{}"), positive=True) for s in ours.free_symbols | theirs.free_symbols
    }
    left, right = (side.xreplace({s: names[s] for s in side.free_symbols}).doit() for side in (ours, theirs))
    return bool(sympy.simplify(left - right) == 0)


def test_the_table_is_large_enough() -> None:
    assert len(set(SIDES)) == len(SIDES) >= 60
    assert all(why.partition(":")[0] in ("derivcheck", "latex2sympy2") for *_, why in DIFFERENCES)


@pytest.mark.parametrize("latex", SIDES)
def test_latex2sympy2_reads_the_side_at_all(latex: str) -> None:
    latex2sympy = pytest.importorskip("latex2sympy2").latex2sympy
    assert latex2sympy(latex) is not None


@pytest.mark.parametrize("latex", SIDES)
def test_both_readers_agree(latex: str) -> None:
    pytest.importorskip("derivcheck.readings.chain")
    latex2sympy = pytest.importorskip("latex2sympy2").latex2sympy
    assert same(lower_scalar(latex), latex2sympy(latex))


def test_the_logarithm_differs() -> None:
    pytest.importorskip("derivcheck.readings.chain")
    latex2sympy = pytest.importorskip("latex2sympy2").latex2sympy
    latex = DIFFERENCES[0][0]
    assert not same(lower_scalar(latex), latex2sympy(latex))
