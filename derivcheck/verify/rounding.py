"""Decimals as written: the numbers that round to them."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from derivcheck.terms.term import Number


def unit_in_last_place(number: Number) -> Fraction:
    """The place value of the last digit written, of the last digit that is not 0 in a whole number."""
    digits = number.text.replace(",", "").strip()
    whole, _, decimals = digits.partition(".")
    if decimals:
        return Fraction(1, 10 ** min(len(decimals), 400))
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    return Fraction(10 ** min(zeros, 400))


def rounding_ball(number: Number) -> arb:
    """The numbers that round to this decimal."""
    half = unit_in_last_place(number) / 2
    value = number.value
    return arb(fmpq(value.numerator, value.denominator)) + arb(0, arb(fmpq(half.numerator, half.denominator)))
