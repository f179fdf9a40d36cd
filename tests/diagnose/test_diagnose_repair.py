"""The likeliest edit of a false equation, at its exact place and in the author's notation."""

from __future__ import annotations

import pytest
from diagnose_cases import DECLARED, case, passes

from derivcheck.diagnose.model import Limits

# (false equation, the equation after the repair, the kind of mistake)
REPAIRS = [
    (r"(PQ)^\top = Q^\top P", r"(PQ)^\top = Q^\top P^\top", "transpose"),
    (r"(AB)^{\mathsf T} = B^{\mathsf T} A", r"(AB)^{\mathsf T} = B^{\mathsf T} A^{\mathsf T}", "transpose"),
    (r"x^T A^T y = y^T A^T x", r"x^T A^T y = y^T A x", "transpose"),
    (r"(BA^{-1})^\top = A^{-1}B^\top", r"(BA^{-1})^\top = A^{-\top}B^\top", "transpose"),
    (r"(AB)^\top = A^\top B^\top", r"(AB)^\top = B^\top A^\top", "factors swapped"),
    (r"(AB)^{-1} = A^{-1} B^{-1}", r"(AB)^{-1} = B^{-1} A^{-1}", "factors swapped"),
    (r"x^\top B A B^\top x = x^\top B^\top A B x", r"x^\top B A B^\top x = x^\top B A B^\top x", None),
    (
        r"\operatorname{vec}(uv^\top) = u \otimes v",
        r"\operatorname{vec}(uv^\top) = v \otimes u",
        "Kronecker factors swapped",
    ),
    (r"(A+B)^2 = A^2 - AB + BA + B^2", r"(A+B)^2 = A^2 + AB + BA + B^2", "sign"),
    (r"A^{-1} - B^{-1} = A^{-1}(A-B)B^{-1}", r"A^{-1} - B^{-1} = A^{-1}(B-A)B^{-1}", "sign"),
    (r"\det(-2t) = 2t", r"\det(-2t) = -2t", "sign"),
    (
        r"(x+y)^\top(x+y) = x^\top x + x^\top y + y^\top y",
        r"(x+y)^\top(x+y) = x^\top x + 2x^\top y + y^\top y",
        "scalar factor",
    ),
    (
        r"\operatorname{tr}(2A) = 4\operatorname{tr}(A)",
        r"\operatorname{tr}(2A) = 2\operatorname{tr}(A)",
        "number",
    ),
    (r"(x - y)^\top (x - y) = x^\top x - 2 x^\top y + x^\top 3 x + y^\top y - 3 x^\top 3 x", None, None),
    (r"\det(2A) = 2^{n-1}\det(A)", r"\det(2A) = 2^n\det(A)", "exponent"),
    (r"(s+t)(s-t) = s^2 - t^3", r"(s+t)(s-t) = s^2 - t^2", "exponent"),
    (r"\det(A^{-1}) = \det(A)", None, None),
    (r"ABA^{-1}AB^{-1} = B", None, None),
    (r"(AB)^{-1} = B^{-1} A", r"(AB)^{-1} = B^{-1} A^{-1}", "inverse"),
    (
        r"\operatorname{tr}(AB) = \sum_{i,j} A_{ij} B_{ij}",
        r"\operatorname{tr}(AB) = \sum_{i,j} A_{ij} B_{ji}",
        "index",
    ),
    (r"[Ax]_i = \sum_{j=1}^n A_{ij} x_i", r"[Ax]_i = \sum_{j=1}^n A_{ij} x_j", "index"),
    (r"\sin(s+t) = \sin s\cos t + \cos s\cos t", r"\sin(s+t) = \sin s\cos t + \cos s\sin t", "function"),
    (r"A(B+C) = AB + AB", r"A(B+C) = AB + AC", "symbol"),
    (r"A(B+C) = AB + AC + BC", r"A(B+C) = AB + AC", "extra term"),
    (r"\nabla_x\, x^\top A x = 2Ax", r"\nabla_x\, x^\top A x = (A+A^\top)x", "symmetry"),
    (
        r"\operatorname{tr}(A+B) = \operatorname{tr}(A)\operatorname{tr}(B)",
        r"\operatorname{tr}(A+B) = \operatorname{tr}(A) + \operatorname{tr}(B)",
        None,
    ),
    (r"(A+B)^2 = A^2 + 2AB + B^2", r"(A+B)^2 = A^2 + AB+BA + B^2", "symmetry"),
    (r"\frac{d}{ds}\cos(ts) = -\sin(ts)", r"\frac{d}{ds}\cos(ts) = -t \sin(ts)", "inner derivative"),
    (
        r"\log(s^2 - t^2) - \log(s+t) = \log s - \log t",
        r"\log(s^2 - t^2) - \log(s+t) = \log(s - t)",
        "sum or product",
    ),
    (
        r"(AB\otimes C)^\top = (AB\otimes C)",
        r"(AB\otimes C)^\top = (B^\top A^\top \otimes C^\top)",
        "transpose",
    ),
    (
        r"(u\otimes v)(x\otimes y)^\top = (uy^\top)\otimes(vx^\top)",
        r"(u\otimes v)(x\otimes y)^\top = (ux^\top)\otimes(vy^\top)",
        "symbol",
    ),
    (r"\sum_{k=1}^{m} k = \frac{m(m-1)}{2}", r"\sum_{k=1}^{m} k = \frac{m(m+1)}{2}", "sign"),
]  # fmt: skip


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("{", "").replace("}", "").strip()


@pytest.mark.parametrize(("false", "mended", "kind"), [r for r in REPAIRS if r[1] and r[2]])
def test_first_repair(false: str, mended: str, kind: str) -> None:
    found = case(false)
    diagnosis = found.diagnosis(Limits(pairs=True))
    assert diagnosis is not None and diagnosis.repair is not None
    assert _bare(found.mended(diagnosis.repair)) == _bare(mended)
    assert diagnosis.repair.kind == kind
    assert diagnosis.rule == diagnosis.repair.rule
    assert diagnosis.message


@pytest.mark.parametrize("false", [r[0] for r in REPAIRS])
def test_every_repair_passes_when_applied(false: str) -> None:
    found = case(false)
    diagnosis = found.diagnosis(Limits(pairs=True))
    if diagnosis is not None and diagnosis.repair is not None:
        assert passes(found.mended(diagnosis.repair))


def test_the_edit_covers_the_smallest_text() -> None:
    found = case(r"(A+B)^2 = A^2 - AB + BA + B^2")
    diagnosis = found.diagnosis()
    assert diagnosis is not None and diagnosis.repair is not None
    assert (diagnosis.repair.old, diagnosis.repair.new) == ("-", "+")


def test_macros_stay_as_the_author_wrote_them() -> None:
    macros = r"$\newcommand{\mat}[1]{\mathbf{#1}}\newcommand{\T}{^{\top}}$"
    context = macros + "\n\n" + r"Let $\mat A, \mat B$ be $n \times n$ matrices."
    found = case(r"(\mat A\mat B)\T = \mat B\T\mat A", context)
    diagnosis = found.diagnosis()
    assert diagnosis is not None and diagnosis.repair is not None
    assert found.mended(diagnosis.repair).strip() == r"(\mat A\mat B)\T = \mat B\T\mat A\T"


def test_fonts_without_braces() -> None:
    context = r"Let $\mathbf A, \mathbf B$ be $n \times n$ matrices."
    found = case(r"(\mathbf A\mathbf B)^\top = \mathbf B^\top\mathbf A", context)
    diagnosis = found.diagnosis()
    assert diagnosis is not None and diagnosis.repair is not None
    assert (
        found.mended(diagnosis.repair).strip() == r"(\mathbf A\mathbf B)^\top = \mathbf B^\top\mathbf A^\top"
    )


def test_the_suspected_side_comes_first() -> None:
    found = case(r"A^\top B = (B^\top A^\top)^\top")
    usual, suspected = found.diagnosis(), found.diagnosis(Limits(suspect="lhs"))
    assert usual is not None and usual.repair is not None and usual.repair.side == "rhs"
    assert suspected is not None and suspected.repair is not None and suspected.repair.side == "lhs"


def test_pairs_only_on_request() -> None:
    found = case(r"(ABC)^\top = C B A^\top")
    assert found.diagnosis() is None
    both = found.diagnosis(Limits(pairs=True))
    assert both is not None and both.repair is not None
    assert _bare(found.mended(both.repair)) == _bare(r"(ABC)^\top = C^\top B^\top A^\top")


def test_structural_edits_only_when_a_symbol_stands_on_one_side() -> None:
    found = case(r"A(B+C) = AB + AB")
    assert found.diagnosis(Limits(structural_only=True)) is None


# Conditions, definitions, equations to solve: no edit of theirs makes a credible claim.
CONDITIONS = [
    r"A^\top = A",
    r"AB = BA",
    r"A^2 = A",
    r"A x = s x",
    r"A^\top A = I",
    r"A^\top B + B A = -C",
    r"A^\top A x = A^\top y",
    r"x^\top y = 0",
    r"x^\top x = 1",
    r"A^\top B = B^\top A",
    r"\frac{\partial f}{\partial x} = 0^\top",
    r"\nabla_x\, x^\top A x = v",
    r"x^\top A x = x^\top B x",
    r"s + t = t + v^\top u",
    r"y = Ax + u",
    r"A = B C",
    r"A x = s x + u",
    r"x = (y, u)",
]


@pytest.mark.parametrize("condition", CONDITIONS)
def test_conditions_have_no_repair(condition: str) -> None:
    assert case(condition).diagnosis() is None


def test_declared() -> None:
    assert passes(r"(PQ)^\top = Q^\top P^\top", DECLARED)


def test_what_is_added_is_written_with_the_author_s_macros() -> None:
    macros = r"$\newcommand{\mat}[1]{\mathbf{#1}}\newcommand{\T}{^{\top}}\newcommand{\Sp}{\operatorname{tr}}$"
    context = macros + "\n\n" + r"Let $\mat A$ be an $n \times n$ matrix and $x \in \mathbb{R}^n$."
    found = case(r"\nabla_x\, x\T\mat A x = 2\mat A x", context)
    diagnosis = found.diagnosis(Limits(pairs=True))
    assert diagnosis is not None and diagnosis.repair is not None
    assert _bare(found.mended(diagnosis.repair)) == _bare(r"\nabla_x\, x\T\mat A x = (\mat A+\mat A\T) x")
    found = case(r"\det(\exp(\mat A)) = \exp(\det(\mat A))", context)
    diagnosis = found.diagnosis(Limits(pairs=True))
    assert diagnosis is not None and diagnosis.repair is not None
    assert diagnosis.repair.new == r"\Sp"
    found = case(r"\operatorname{vec}(ACB) = (A\kp B^\top)\operatorname{vec}C", r"$\newcommand{\kp}{\otimes}$")
    diagnosis = found.diagnosis(Limits())
    assert diagnosis is not None and diagnosis.repair is not None
    assert diagnosis.repair.new == r"B^\top \kp A"


@pytest.mark.parametrize(
    ("false", "context"),
    [
        (r"\sqrt{s^2} = s - t", "Let $s, t$ be real numbers."),
        (r"\binom{n}{k} = \binom{n-1}{k} + \binom{n-1}{k+2}", "For integers $1 \\le k < n$:"),
    ],
)
def test_no_repair_that_holds_on_a_part_only(false: str, context: str) -> None:
    diagnosis = case(false, context).diagnosis(Limits(pairs=True))
    assert diagnosis is None or diagnosis.repair is None or "sqrt" not in diagnosis.repair.new


def test_a_symbol_stands_for_what_it_was_corrected_to() -> None:
    found = case(r"x^\top A x - x^\top BC x = x^\top A x", DECLARED + " Let $S := A - BC$.")
    diagnosis = found.diagnosis(Limits(pairs=True))
    assert diagnosis is not None and diagnosis.repair is not None
    assert (diagnosis.repair.old, diagnosis.repair.new) == ("A", "S")
