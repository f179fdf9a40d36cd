"""Letters that authors of tensors use for indices."""

from __future__ import annotations

GREEK_INDICES = frozenset({
    "\\alpha", "\\beta", "\\gamma", "\\kappa", "\\lambda", "\\mu", "\\nu", "\\rho", "\\sigma", "\\tau",
})  # fmt: skip
