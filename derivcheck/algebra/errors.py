"""Why a value cannot be had at a sampled point."""

from __future__ import annotations


class Undefined(ArithmeticError):
    """The operation has no value here (singular matrix, log of a negative number): draw another point."""


class Imprecise(ArithmeticError):
    """The ball is too wide to know: raise the working precision `flint.ctx.prec`."""
