"""Signs of a transpose: superscripts that can mean nothing else, and the letters that may be exponents as well."""

from __future__ import annotations

TRANSPOSE_SIGNS = frozenset({"\\top", "\\intercal", "sf:T", "rm:T", "bf:T", "tt:T", "sf:t", "rm:t"})
TRANSPOSE_LETTERS = frozenset({"T", "t"})
TRANSPOSES = TRANSPOSE_SIGNS | TRANSPOSE_LETTERS
USUAL_TRANSPOSES = TRANSPOSES - {"t"}  # a small t is time far more often
