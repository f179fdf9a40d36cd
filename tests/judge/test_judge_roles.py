
"""What a link is: a claim, a definition, an assumption; and which false claims are findings."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.report.model import LinkReport


def links(said: str, latex: str) -> list[LinkReport]:
    report = check_text(f"{said}\n\n$$\n{latex}\n$$\n", path="note.md")
    assert report.error is None
    return [link for equation in report.equations for link in equation.links]


def verdicts(said: str, latex: str) -> list[str]:
    return [link.verdict.value for link in links(said, latex)]


REGRESSION = "Let $X \\in \\mathbb R^{n\\times p}$, $w \\in \\mathbb R^p$ and $y \\in \\mathbb R^n$."
SQUARE = "Let $A, B \\in \\mathbb R^{n\\times n}$ and $x \\in \\mathbb R^n$."


@pytest.mark.parametrize(
    ("said", "latex"),
    [
        (REGRESSION, "r := y - Xw"),
        (REGRESSION, "r \\triangleq y - Xw"),
        (REGRESSION, "r \\coloneqq y - Xw"),
        (REGRESSION, "r = y - Xw"),
        (REGRESSION, "L(w) = \\|y - Xw\\|^2"),
        (REGRESSION + " We write", "P = X(X^\\top X)^{-1}X^\\top"),
        ("记", "S = X^\\top X"),
    ],
)
def test_definitions(said: str, latex: str) -> None:
    assert verdicts(said, latex) == ["definition"]


@pytest.mark.parametrize(
    ("said", "latex"),
    [
        (REGRESSION + " The update is", "w_{k+1} = w_k - \\eta X^\\top(Xw_k - y)"),
        (REGRESSION + " We assume that", "Xw = y"),
        (REGRESSION + " Suppose that", "X^\\top X = I"),
        (REGRESSION + " Setting the gradient to zero, we solve", "X^\\top Xw = X^\\top y"),
        (REGRESSION + " Minimise the norm subject to", "Xw = y"),
        (REGRESSION + " 假设", "Xw = y"),
        ("", "w \\leftarrow w - \\eta g"),
        ("", "p(\\theta) \\propto e^{-\\theta^2}"),
        ("", "T(n) = 2T(n/2) + O(n)"),
        ("", "e_h = O(h^2)"),
        ("", "\\sin h \\approx h"),
    ],
)
def test_assumptions(said: str, latex: str) -> None:
    assert verdicts(said, latex) == ["assumption"]


@pytest.mark.parametrize(
    "latex",
    ["x^\\top x \\le 2", "x^\\top x > 0", "x^\\top Ax \\geq 0", "x \\in \\mathbb R^n", "x \\sim \\mathcal N(0, I)"],
)
def test_other_relations_are_never_findings(latex: str) -> None:
    assert not any(link.verdict.is_finding for link in links(SQUARE, latex))


def test_a_condition_is_an_assumption() -> None:
    found = verdicts("Let $a$ be a real number.", "\\frac{a^2}{a} = a, \\quad \\text{if } a = 2")
    assert found[-1] == "assumption" and found[0] in ("proved", "verified")


@pytest.mark.parametrize(
    ("said", "latex"),
    [
        (SQUARE, "A^\\top A x = A^\\top b"),
        (REGRESSION, "X^\\top X w = X^\\top y"),
        ("", "\\frac{dN}{dt} = rN"),
        ("", "ax^2 + bx + c = 0"),
        (SQUARE + " For an eigenvector $x$ with eigenvalue $\\lambda$,", "Ax = \\lambda x"),
    ],
)
def test_equations_to_solve_are_no_findings(said: str, latex: str) -> None:
    assert not any(link.verdict.is_finding for link in links(said, latex))


@pytest.mark.parametrize(
    ("said", "latex", "rule"),
    [
        (SQUARE, "(AB)^\\top = A^\\top B^\\top", "DC104"),
        (SQUARE, "(A + B)^\\top = A^\\top - B^\\top", "DC103"),
        (SQUARE, "x^\\top A^\\top Bx = x^\\top B^\\top A^\\top x", "DC102"),
        ("We use numerator layout throughout. " + SQUARE, "\\frac{\\partial(Bx)}{\\partial x} = B^\\top", "DC301"),
        ("We use denominator layout throughout. " + SQUARE, "\\frac{\\partial(Bx)}{\\partial x} = B", "DC301"),
        ("全文采用分子布局。" + SQUARE, "\\frac{\\partial(Bx)}{\\partial x} = B^\\top", "DC301"),
        ("全文采用分母布局。" + SQUARE, "\\frac{\\partial(Bx)}{\\partial x} = B", "DC301"),
        ("Let $A \\in \\mathbb R^{m\\times n}$.", "AA = A^2", "DC201"),
    ],
)
def test_findings_and_their_rules(said: str, latex: str, rule: str) -> None:
    found = links(said, latex)[-1]
    assert found.verdict.is_finding and found.rule is not None and found.rule.startswith(rule)


def test_a_repair_is_an_edit_that_holds() -> None:
    found = links(SQUARE, "(AB)^\\top = A^\\top B^\\top")[-1]
    assert found.repair is not None
    repaired = "A^\\top B^\\top".replace(found.repair.old, found.repair.new)
    assert verdicts(SQUARE, f"(AB)^\\top = {repaired}") == ["proved"]


def test_a_certificate_comes_with_a_refutation() -> None:
    found = links(
        "Let $A \\in \\mathbb R^{m\\times n}$.", "\\operatorname{tr}(A^\\top A) = 2\\operatorname{tr}(AA^\\top)"
    )[-1]
    assert found.verdict.value == "refuted" and found.witness is not None
    assert found.witness.dims["m"] != found.witness.dims["n"] and found.witness.lhs != found.witness.rhs


def test_a_hypothesis_that_would_do_is_named() -> None:
    found = links("Let $a \\in \\mathbb R$.", "|a| = a")[-1]
    assert found.rule == "DC401" and "positive" in found.message


def test_symmetry_must_be_said() -> None:
    latex = "\\nabla_x x^\\top Ax = 2Ax"
    assert verdicts("Let $A$ be a matrix.", latex) == ["refuted"]
    assert verdicts("Let $A$ be symmetric.", latex)[0] in ("proved", "verified")
    assert verdicts("设 $A$ 为对称矩阵。", latex)[0] in ("proved", "verified")


@pytest.mark.parametrize(
    "latex",
    [
        "(AB)^\\top = A^\\top B^\\top",
        "\\operatorname{tr}(AB) = \\operatorname{tr}(A)\\operatorname{tr}(B)",
        "x^\\top Ax = x^\\top xA",
        "AB = BA",
        "\\mathbf{AB} = \\mathbf{BA}",
        "(AB)^{-1} = A^{-1}B^{-1}",
    ],
)
def test_scalars_do_not_save_a_matrix_identity(latex: str) -> None:
    assert verdicts("", latex)[0] not in ("proved", "verified")


def test_tainted_symbols_make_suspects() -> None:
    found = links(SQUARE + " Let $v$ be the optimal direction and $A$ be a random matrix.", "Av + Bv = ABv")[-1]
    assert not found.verdict.is_finding


def test_shapes_must_be_declared_to_clash() -> None:
    assert verdicts("Let $A \\in \\mathbb R^{m\\times n}$ and $x \\in \\mathbb R^m$.", "Ax + x = x + Ax") == [
        "ill-shaped"
    ]
    assert not any(link.verdict.is_finding for link in links("", "Ax + \\beta = \\mathbf u"))


def test_a_chain_is_judged_link_by_link() -> None:
    found = verdicts(SQUARE, "\\operatorname{tr}(AB) = \\operatorname{tr}(BA) = \\operatorname{tr}(B^\\top A) ")
    assert found == ["proved", "refuted"]


def test_aligned_rows_are_one_chain() -> None:
    found = links(SQUARE, "\\begin{aligned}(AB)^\\top &= B^\\top A^\\top\\\\ &= (AB)^\\top\\\\ &= AB\\end{aligned}")
    assert [link.verdict.is_finding for link in found] == [False, False, True]
    assert [(link.chain, link.chain_link) for link in found] == [(0, 0), (0, 1), (0, 2)]


MEAN = "Let $x, y \\in \\mathbb R^n$ and $J := I_n - \\frac1n \\mathbf 1\\mathbf 1^\\top$."
SPD = "Let $P \\in \\mathbb R^{n\\times n}$, $R \\in \\mathbb R^{m\\times m}$ be positive definite, $H \\in \\mathbb R^{m\\times n}$."
OBLIQUE = "Let $G, H \\in \\mathbb R^{n\\times k}$, $H^\\top G$ invertible, and $S := G(H^\\top G)^{-1}H^\\top$."


@pytest.mark.parametrize(
    ("said", "latex", "new"),
    [
        (MEAN, "x^\\top Jy = \\sum_{i=1}^n x_ix_i - \\frac1n \\mathbf 1^\\top x\\,\\mathbf 1^\\top y", "y"),
        (SPD, "(P^{-1} + H^\\top R^{-1}H)^{-1} = P - PH^\\top(HPH^\\top + I_m)^{-1}HP", "R"),
        (OBLIQUE, "SG = H", "G"),
        (SQUARE + " Let $C \\in \\mathbb R^{n\\times n}$.", "A(B + C) = AB + AB", "C"),
    ],
)
def test_a_symbol_that_was_forgotten_is_a_slip(said: str, latex: str, new: str) -> None:
    """It stands on one side only, but with it in its place the equation is an identity."""
    found = links(said, latex)[-1]
    assert found.verdict.is_finding and found.repair is not None
    assert found.repair.new == new


@pytest.mark.parametrize(
    ("said", "latex"),
    [
        (SQUARE + " Let $b \\in \\mathbb R^n$.", "A^\\top Ax = A^\\top b"),
        (SQUARE + " Let $b \\in \\mathbb R^n$.", "x^\\top b = x^\\top x"),
        (SQUARE + " Let $b \\in \\mathbb R^n$.", "b^\\top x = \\|x\\|^2"),
        (SQUARE + " Let $b, c \\in \\mathbb R^n$.", "x^\\top b = c^\\top x"),
        (SQUARE, "A^\\top X + XA = -B"),
        (SQUARE, "(Y - Ax)^\\top(y - Ax) = \\|y - Ax\\|^2"),
        (SQUARE, "\\sin^2 s + \\cos^2 t = 1"),
    ],
)
def test_a_condition_is_not_taken_for_a_slip(said: str, latex: str) -> None:
    assert not any(link.verdict.is_finding for link in links(said, latex))


@pytest.mark.parametrize("said", ["that is symmetric", "which is symmetric", "that is real symmetric"])
def test_relative_clauses_describe(said: str) -> None:
    text = f"Let $A$ be an $n\\times n$ matrix {said} and $x \\in \\mathbb R^n$."
    assert verdicts(text, "\\nabla_x x^\\top Ax = 2Ax")[0] in ("proved", "verified")


@pytest.mark.parametrize("said", ["that commute", "which commute", "that commute with each other"])
def test_what_may_be_granted_by_words_is_no_finding(said: str) -> None:
    text = f"Let $A$ and $B$ be $n\\times n$ matrices {said}."
    for latex in ("(AB)^2 = A^2B^2", "(A + B)^2 = A^2 + 2AB + B^2"):
        assert not any(link.verdict.is_finding for link in links(text, latex))


def test_a_law_taken_for_granted_names_what_it_rests_on() -> None:
    found = links(SQUARE, "(A + B)^2 = A^2 + 2AB + B^2")[-1]
    assert found.repair is not None and found.repair.kind == "symmetry"
    assert any("commute" in note.message for note in found.notes)
    assert links(SQUARE, "(AB)^2 = A^2B^2")[-1].rule == "DC401"


RECTANGULAR = "Let $P \\in \\mathbb R^{m\\times n}$ and $Q \\in \\mathbb R^{n\\times m}$."


@pytest.mark.parametrize(
    ("latex", "square"),
    [
        ("\\det(PQ) = \\det(P)\\det(Q)", True),
        ("(PP^\\top)^{-1} = P^{-\\top}P^{-1}", True),
        ("P + Q = P", False),
        ("PP = P^2", False),
    ],
)
def test_a_clash_that_squareness_mends_says_so(latex: str, square: bool) -> None:
    found = links(RECTANGULAR, latex)[-1]
    assert found.verdict.value == "ill-shaped" and found.rule == "DC201"
    assert ("m = n" in found.message) is square


def test_a_forgotten_commutation_matrix() -> None:
    said = "Let $K_{mn}$ be the commutation matrix, $X \\in \\mathbb R^{m\\times n}$ and $P \\in \\mathbb R^{p\\times n}$."
    jacobian = "\\frac{\\partial\\operatorname{vec}(PX^\\top)}{\\partial(\\operatorname{vec}X)^\\top}"
    found = links(said, f"{jacobian} = (I_m \\otimes P)")[-1]
    assert found.repair is not None and "K_{m n}" in found.repair.new
    assert verdicts(said, f"{jacobian} = (I_m \\otimes P)K_{{mn}}")[-1] in ("proved", "verified")


def test_a_law_quoted_with_the_usual_letters_is_no_clash() -> None:
    said = "Let $A, X \\in \\mathbb R^{m\\times n}$ and $B \\in \\mathbb R^{m\\times m}$."
    law = "\\operatorname{vec}(AXB) = (B^\\top\\otimes A)\\operatorname{vec}(X)"
    assert verdicts(said, law) == ["unknown"]
    assert verdicts(said, law.replace("B^\\top", "B")) == ["ill-shaped"]
    assert verdicts(said, "\\det(XA) = \\det(X)\\det(A)") == ["ill-shaped"]
