"""Equations of complex numbers: their real parts and their imaginary parts."""

from __future__ import annotations

import pytest

from derivcheck import check_text
from derivcheck.verdict import Verdict

PASS = (Verdict.VERIFIED, Verdict.PROVED)
SAID = "We compute with complex numbers. Let $p = a + ib$ and $q = c + id$.\n\n"


def verdict(formula: str, said: str = SAID) -> Verdict:
    report = check_text(f"{said}$$\n{formula}\n$$\n", path="note.md")
    assert report.error is None
    return report.equations[-1].links[-1].verdict


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"(a + ib)(c + id) = ac - bd + i(ad + bc)", r"(a + ib)(c + id) = ac + bd + i(ad + bc)"),
        (r"\frac{a + ib}{c - id} = \frac{(a + ib)(c + id)}{c^2 + d^2}", r"\frac{a + ib}{c - id} = \frac{(a + ib)(c - id)}{c^2 + d^2}"),
        (r"|pq| = |p||q|", r"|pq| = 2|p||q|"),
        (r"p\bar p = a^2 + b^2", r"p\bar p = a^2 - b^2"),
        (r"(\cos t + i\sin t)^n = \cos nt + i\sin nt", r"(\cos t + i\sin t)^n = \cos nt - i\sin nt"),
        (r"e^{a + ib} = e^a(\cos b + i\sin b)", r"e^{a + ib} = e^b(\cos a + i\sin a)"),
        (r"\sum_{k=0}^{n-1} e^{ikt} = \frac{e^{int} - 1}{e^{it} - 1}", r"\sum_{k=0}^{n-1} e^{ikt} = \frac{e^{int} + 1}{e^{it} - 1}"),
        (r"\frac{d}{dt}e^{ict} = ic\,e^{ict}", r"\frac{d}{dt}e^{ict} = c\,e^{ict}"),
    ],
)  # fmt: skip
def test_both_parts_are_compared(right: str, wrong: str) -> None:
    assert verdict(right) in PASS
    assert verdict(wrong) is Verdict.REFUTED


def test_an_upright_unit_needs_no_words() -> None:
    assert verdict(r"\mathrm{i}^3 = -\mathrm{i}", "Note.\n\n") in PASS


@pytest.mark.parametrize("formula", [r"A e^{i} = e^{i}A^\top", r"\sqrt{p^2} = -p", r"\ln(e^{ib}) = 2ib"])
def test_what_has_no_rule_is_not_read(formula: str) -> None:
    assert verdict(formula) not in (*PASS, Verdict.REFUTED)


def test_a_letter_that_counts_is_no_unit() -> None:
    assert verdict(r"x_i = i^2 + 1", SAID + "Let $x_i = i^2 + 1$.\n\n") is not Verdict.REFUTED
    assert verdict(r"(2i + 1)^2 = 4i^2 + 4i + 1", "A sum of odd numbers.\n\n") is Verdict.UNKNOWN
