"""Facts a document states about its symbols, each with its place and its scope.

Symbols are named by keys (`notation.keys.symbol_key`): "x", "A", "bf:X", "cal:K", "hat(x)", "H_1", "\\Sigma",
"x^*": letter with font, accents, and a subscript that is a name. Dimensions are kept as text of dimension
expressions over symbol keys ("m", "n*p", "n+1", "3").
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from derivcheck.documents.model import Span
from derivcheck.notation.tree import Node


@dataclass(frozen=True, slots=True)
class Scope:
    """Item indices of the document in which a fact holds: first ≤ i < last. Order of statement decides ties.

    What is said of the next display only ("if A is square") may be meant on to `echo`, where nothing else is said; what
    is said of every case of a kind ("for a rotation R") perhaps as `far` as the end of the document."""

    first: int
    last: int
    echo: int = 0
    far: int = 0

    def covers(self, item: int, *, lapsed: bool = False, far: bool = False) -> bool:
        """Whether it holds at an item; with `lapsed` and `far`, whether it may be meant there."""
        return self.first <= item < max(self.last, self.echo if lapsed else 0, self.far if far else 0)

    def meets(self, other: Scope) -> bool:
        """Whether both hold somewhere."""
        return self.first < other.last and other.first < self.last


@dataclass(frozen=True, slots=True)
class _Fact:
    span: Span
    scope: Scope
    item: int  # index of the item in which it is stated


@dataclass(frozen=True, slots=True)
class ShapeFact(_Fact):
    """rows × cols as dimension texts; kind is scalar, column, row, matrix, square, vector (orientation usual), or
    "like" with `like` the key of the symbol whose shape it shares. Empty dimension texts are unknown. `example`: it
    is stated where a layout is explained ("for a p×q matrix X the derivative is q×p"), and binds X no further. `anew`:
    the symbol is introduced, not only named by its kind ("for matrices X and Y", not "the matrix X"). `in_passing`: a
    formula that uses the symbol tells its kind, as N(x | μ, Σ) does of μ, and says nothing new of it."""

    key: str
    kind: str
    rows: str = ""
    cols: str = ""
    like: str = ""
    example: bool = False
    anew: bool = False
    in_passing: bool = False

    @property
    def is_column(self) -> bool:
        return self.kind in ("column", "vector")


@dataclass(frozen=True, slots=True)
class PropertyFact(_Fact):
    """A property word of terms.Symbol (symmetric, spd, …), or constant, variable, random,
    independent (of the other random ones)."""

    key: str
    prop: str


HALF = "½"


@dataclass(frozen=True, slots=True)
class RankFact(_Fact):
    """larger ≥ smaller between dimension texts (or = when `equal`): n = 2 ½n + 1 is odd."""

    larger: str
    smaller: str
    equal: bool = False

    @property
    def of_parity(self) -> bool:
        """Whether it says of a size that it is even or odd."""
        return self.equal and HALF in self.smaller


@dataclass(frozen=True, slots=True)
class FunctionFact(_Fact):
    """key is a function of `args` (keys): `A = A(X)`, `f: R^n → R`; elementwise when the text says so."""

    key: str
    args: tuple[str, ...] = ()
    rows: str = ""
    cols: str = ""
    elementwise: bool = False
    arg_shapes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DefinitionFact(_Fact):
    """left := right as surface trees; marked: by :=, let, define, 记 …; an unmarked inline `a = b` has False.

    `derived`: announced as a consequence, "it follows that $a = b$", it defines only what has no definition.
    `others`: the further members of `s = dev σ = σ - …`, for a reader who does not know the first."""

    left: Node
    right: Node
    marked: bool
    derived: bool = False
    others: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class HypothesisFact(_Fact):
    """A stated relation that is not a definition (`A^T A = I`, `x > 0`, `AB = BA`): items and ops as in tree.Rel."""

    relation: Node


@dataclass(frozen=True, slots=True)
class MeaningFact(_Fact):
    """A word that defines a symbol: commutation, duplication, elimination, cofactor, minor, adjugate, identity, zero,
    ones, basis (e_i), stationary, eigenvector, … `of` are the keys it refers to ("cofactor of A")."""

    key: str
    word: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LawFact(_Fact):
    """The random symbol `key` has this mean and covariance (a number: variance), None where it is not said; `square`:
    E[x xᵀ]; `normal`: its law is the normal one."""

    key: str
    mean: Node | None = None
    covariance: Node | None = None
    square: Node | None = None
    normal: bool = False


@dataclass(frozen=True, slots=True)
class TaintFact(_Fact):
    """The text constrains this symbol in a way that was not understood."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class DenialFact(_Fact):
    """The text says of the formula at this item that it does not hold."""


class Convention(Enum):
    NUMERATOR = "numerator layout"
    DENOMINATOR = "denominator layout"
    MIXED = "gradient a column, Jacobian m×n"
    GRADIENT_COLUMN = "gradient is a column"
    GRADIENT_ROW = "gradient is a row"
    GRADIENT_LIKE = "gradient has the shape of the variable"
    EINSTEIN = "summation over repeated indices"
    INDEX_RANGE = "indices run from 1 to the same number"
    GREEK_RANGE = "Greek indices run from 0 to a number"
    BOLD_LOWER_VECTOR = "bold lower case letters are vectors"
    BOLD_UPPER_MATRIX = "bold upper case letters are matrices"
    LOWER_VECTOR = "lower case letters are vectors"
    UPPER_MATRIX = "upper case letters are matrices"
    ITALIC_SCALAR = "italic letters are scalars"
    GREEK_SCALAR = "Greek letters are scalars"
    ELEMENTWISE_FUNCTIONS = "functions act entry by entry"
    CIRC_HADAMARD = "\\circ is the entrywise product"
    KHATRI_RAO = "a sign (the detail) is the Khatri-Rao product"
    VEC_ROWS = "vec stacks rows"
    PRIME_TRANSPOSE = "prime is transpose"
    T_TRANSPOSE = "superscript t or T is transpose"
    STAR_ADJOINT = "star is the conjugate transpose"
    SPECTRAL_NORM = "the norm of a matrix is the spectral norm"
    FROBENIUS_NORM = "the norm of a matrix is the Frobenius norm"
    SQUARE_MATRICES = "all matrices are square"
    INVERTIBLE = "inverses exist where written"
    OPEN_SIZES = "said of matrices that are not named: sizes stated before need not hold"
    SYMMETRIC_FREE = "entries of a symmetric variable are treated as independent"


@dataclass(frozen=True, slots=True)
class ConventionFact(_Fact):
    convention: Convention
    detail: str = ""  # e.g. the dimension shared by all matrices


@dataclass(frozen=True, slots=True)
class LayoutFact(_Fact):
    """An equation lays out one kind of derivative (a field of `readings.layouts.Layout`) as numerator layout does, or
    as denominator layout does."""

    kind: str
    numerator: bool


LAYOUTS = frozenset({Convention.NUMERATOR, Convention.DENOMINATOR, Convention.MIXED, Convention.GRADIENT_LIKE})

Fact = (
    ShapeFact | PropertyFact | RankFact | FunctionFact | DefinitionFact | HypothesisFact | MeaningFact | LawFact
    | TaintFact | ConventionFact | LayoutFact | DenialFact
)  # fmt: skip
