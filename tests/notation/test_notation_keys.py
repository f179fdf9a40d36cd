"""When two occurrences are the same symbol."""

from __future__ import annotations

import pytest

from derivcheck.notation.keys import base_key, symbol_key
from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse


@pytest.mark.parametrize(
    ("latex", "key", "base"),
    [
        ("x", "x", "x"),
        (r"\Sigma", "\\Sigma", "\\Sigma"),
        (r"\mathbf X", "bf:X", "bf:X"),
        (r"\boldsymbol\beta", "bf:\\beta", "bf:\\beta"),
        (r"\mathcal{K}", "cal:K", "cal:K"),
        (r"\mathit x", "x", "x"),
        (r"\mathrm{R}", "rm:R", "rm:R"),
        (r"\mathsf M", "sf:M", "sf:M"),
        (r"\mathbf 1", "bf:1", "bf:1"),
        (r"\hat x", "hat(x)", "hat(x)"),
        (r"\widehat{\mathbf{x}}", "hat(bf:x)", "hat(bf:x)"),
        (r"\hat{x}_i", "hat(x)_i", "hat(x)"),
        (r"\hat{x_i}", "hat(x)_i", "hat(x)"),
        ("x_1", "x_1", "x"),
        ("H_{ab}", "H_{ab}", "H"),
        ("a_{i,j}", "a_{i,j}", "a"),
        (r"a_{\alpha b}", "a_{\\alpha b}", "a"),
        ("x_{t+1}", "x_{t+1}", "x"),
        ("x_{1:n}", "x_{1:n}", "x"),
        (r"x_{\mathrm{max}}", "x_{max}", "x"),
        (r"x_\text{max}", "x_{max}", "x"),
        ("x_{max}", "x_{max}", "x"),
        (r"\Sigma_{\mathbf{x}}", "\\Sigma_{bf:x}", "\\Sigma"),
        ("x^*", "x^*", "x"),
        (r"w^\ast", "w^*", "w"),
        ("x^{(k)}", "x^{(k)}", "x"),
        ("x'", "x'", "x"),
        ("x''_1", "x''_1", "x"),
        ("x^2", None, "x"),
        (r"A^\top", None, "A"),
        ("A^{-1}", None, "A"),
        ("AB", None, None),
        ("f(x)", None, None),
        ("12", None, None),
        (r"\mathrm{loss}", "loss", "loss"),
    ],
)
def test_keys(latex: str, key: str | None, base: str | None) -> None:
    node = parse(tokenize(latex))
    assert (symbol_key(node), base_key(node)) == (key, base)
