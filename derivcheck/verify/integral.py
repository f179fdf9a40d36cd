"""Definite integrals."""

from __future__ import annotations

from collections.abc import Callable

from derivcheck.algebra.matrix import Matrix
from derivcheck.terms.term import Integral, Term
from derivcheck.verify.environment import Environment
from derivcheck.verify.errors import Unsupported


def integral(term: Integral, env: Environment, evaluate: Callable[[Term, Environment], Matrix]) -> Matrix:
    raise Unsupported("an integral")
