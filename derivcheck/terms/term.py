"""Typed terms: what a side of an equation means under one reading. A closed set, handled with `match`.

Every term has a `shape` of symbolic dimensions; scalars are (1, 1). Terms are immutable values. Spans point
back to the math block (offsets of the surface node the term came from) and do not take part in equality.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from derivcheck.terms.dim import SCALAR, Dim, Shape


@dataclass(frozen=True, slots=True)
class _Term:
    shape: Shape = field(default=SCALAR, kw_only=True)
    start: int = field(default=0, compare=False, kw_only=True)
    end: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(_Term):
    value: Fraction
    text: str = field(default="", compare=False)  # as written; "3.14" tells a decimal


@dataclass(frozen=True, slots=True)
class Constant(_Term):
    name: str  # "pi", "e", "euler_gamma", "infinity"


@dataclass(frozen=True, slots=True)
class Size(_Term):
    """A dimension used as a number: the n of `(det A)^{n-1}`."""

    dim: Dim


@dataclass(frozen=True, slots=True)
class Variable(_Term):
    """A symbol; its properties stand in `Claim.symbols[key]`. With `indices` it is one member of a family
    (`x_i`: the i-th vector), a different value for each index value."""

    key: str
    indices: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Index(_Term):
    """An index variable used as an integer (1-based), bound by a Fold or free in the claim."""

    name: str


@dataclass(frozen=True, slots=True)
class Apply(_Term):
    """An operator of the table applied; `dims` are its explicit dimension parameters (size of I, K_{mn} …)."""

    operator: str
    args: tuple[Term, ...]
    dims: tuple[Dim, ...] = ()


@dataclass(frozen=True, slots=True)
class Call(_Term):
    """An unspecified function: a random polynomial map, the same for the same `key` everywhere in the claim.

    `elementwise`: a scalar function applied entry by entry. `order`: how many primes (derivatives of a
    scalar function of one scalar).
    """

    key: str
    args: tuple[Term, ...]
    elementwise: bool = False
    order: int = 0


@dataclass(frozen=True, slots=True)
class Entry(_Term):
    """base[row, column], 1-based; a vector's entry has column Number(1)."""

    base: Term
    row: Term
    column: Term


@dataclass(frozen=True, slots=True)
class Fold(_Term):
    """Σ, Π, max or min over index = lower..upper (integers) of body, restricted by `condition` when given."""

    kind: str  # "sum" | "product" | "max" | "min"
    index: str
    lower: Term
    upper: Term
    body: Term
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Condition(_Term):
    """left relation right on scalars: = ≠ < ≤ > ≥ (as "=", "!=", "<", "<=", ">", ">=")."""

    left: Term
    relation: str
    right: Term


@dataclass(frozen=True, slots=True)
class Block(_Term):
    """An explicit or block matrix."""

    rows: tuple[tuple[Term, ...], ...]


class Arrangement(Enum):
    """How the partial derivatives ∂y_ij/∂x_kl are laid out. No layout convention is left to the evaluator."""

    JACOBIAN = "jacobian"  # rows: entries of vec(y); columns: entries of vec(x)
    JACOBIAN_T = "jacobian transposed"
    LIKE_VARIABLE = "like variable"  # scalar y: the shape of x
    LIKE_VARIABLE_T = "like variable transposed"
    LIKE_OPERAND = "like operand"  # scalar x: the shape of y
    LIKE_OPERAND_T = "like operand transposed"


@dataclass(frozen=True, slots=True)
class Derivative(_Term):
    """∂ operand / ∂ variable. `variable` is a Variable, an Entry of one, or a term whose value is varied as
    such (an expression: the derivative by it is taken where it is itself a defined symbol)."""

    operand: Term
    variable: Term
    arrangement: Arrangement


@dataclass(frozen=True, slots=True)
class Differential(_Term):
    """d operand: the directional derivative along independent random directions of the `varying` symbols.

    `dX` itself is Differential(Variable X). Nested differentials reuse the same directions (d²).
    """

    operand: Term
    varying: frozenset[str]


@dataclass(frozen=True, slots=True)
class Substitute(_Term):
    """body with the symbol `key` replaced by `value` (evaluated point; function argument)."""

    body: Term
    key: str
    value: Term


@dataclass(frozen=True, slots=True)
class Cases(_Term):
    """The first branch whose condition holds; a branch with condition None always does."""

    branches: tuple[tuple[Term, Condition | None], ...]


@dataclass(frozen=True, slots=True)
class Integral(_Term):
    """∫_lower^upper body d(key), entry by entry for matrices."""

    body: Term
    key: str
    lower: Term
    upper: Term


@dataclass(frozen=True, slots=True)
class Limit(_Term):
    """lim_{key → point} body; side is "", "+" or "-"."""

    body: Term
    key: str
    point: Term
    side: str = ""


Term = (
    Number | Constant | Size | Variable | Index | Apply | Call | Entry | Fold | Condition | Block | Derivative
    | Differential | Substitute | Cases | Integral | Limit
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Symbol:
    """What is known of a variable when a claim is sampled.

    properties: any of the scalar words positive, negative, nonnegative, nonzero, integer, natural,
    sign (±1), bit (0 or 1), unit_interval (0<x<1), greater_one; of the matrix words symmetric, skew, spd, psd,
    orthogonal, rotation, diagonal, idempotent, projection, upper, lower, unitriangular, invertible, full_column_rank,
    full_row_rank, permutation, stochastic; of the vector words unit, probability, one_hot, positive, nonzero,
    orthonormal (a family); of functions affine, quadratic.
    `definition`: its value is this term's (differentiating may override it). `depends`: it is an unspecified
    function of these symbols. `latex`: as the author writes it. `constant`: the text says so.
    """

    key: str
    shape: Shape
    properties: frozenset[str] = frozenset()
    definition: Term | None = None
    depends: tuple[str, ...] = ()
    latex: str = ""
    constant: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """lhs relation rhs, closed: everything needed to decide it.

    `free`: indices that stand for every value 1..dim. `dim_facts`: pairs (larger, smaller): larger ≥ smaller.
    `dim_equal`: pairs that must be equal (residue of unification, e.g. a·b = r·s).
    `given`: conditions (scalars) that sampled points must satisfy (x < 1, c^T w > 0).
    """

    lhs: Term
    rhs: Term
    relation: str  # "=", "!=", "<", "<=", ">", ">=", "approx"
    symbols: Mapping[str, Symbol]
    free: tuple[tuple[str, Dim], ...] = ()
    dim_facts: tuple[tuple[Dim, Dim], ...] = ()
    dim_equal: tuple[tuple[Dim, Dim], ...] = ()
    given: tuple[Condition, ...] = ()

    def written(self) -> dict[str, Symbol]:
        """The symbols that the document writes: those that stand for an argument of a function left out."""
        return {key: s for key, s in self.symbols.items() if "@" not in key}
