"""Binders: which variables a sum, a product, an integral, a union or an extremum binds, and over what range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from derivcheck.notation.symbols import INTEGRALS, LETTER_COMMANDS
from derivcheck.notation.tree import Big, Fence, Frac, Juxt, Node, Rel, Script, Sequence, Sym
from derivcheck.notation.walk import children, subtrees

LIMITS = frozenset({"lim", "limsup", "liminf", "plim", "injlim", "projlim", "varlimsup", "varliminf"})
EXTREMA = frozenset(
    {"max", "min", "sup", "inf", "argmax", "argmin", "esssup", "essinf", "maximize", "minimize"}
)
_NOUNS = {"sum": "sum", "prod": "product", "bigcup": "union", "bigcap": "intersection"}
_NO_VARIABLES = frozenset({"\\infty", "\\partial", "\\nabla", "\\pi", "\\hbar", "\\Re", "\\Im", "\\mho", "\\eth"})


class Range(Enum):
    """How the variables are bound."""

    FROM = "="  # \\sum_{i=1}^n, \\sum_{i,j=1}^n
    MEMBER = "in"  # \\sum_{i \\in S}, \\sum_{S \\subseteq T}
    ALONE = ""  # \\sum_i, \\sum_{i,j}
    DIFFERENTIAL = "d"  # \\int … dx
    OTHER = "other"  # \\sum_{i \\ne j}, \\sum_{1 \\le i < j \\le n}, \\lim_{h \\to 0}: what varies is not certain


@dataclass(frozen=True, slots=True, eq=False)
class Binder:
    """A big operator. `variables` are certainly bound in its body; of the letters in `perhaps` nobody knows."""

    node: Big
    range: Range
    variables: tuple[Sym, ...]
    perhaps: frozenset[str]

    @property
    def letters(self) -> frozenset[str]:
        return frozenset([v.name for v in self.variables])

    @property
    def noun(self) -> str:
        """What to call it."""
        return _NOUNS.get(self.node.op, self.node.op)

    @property
    def runs_to_infinity(self) -> bool:
        return isinstance(self.node.sup, Sym) and self.node.sup.name == "\\infty"

    @property
    def is_sum(self) -> bool:
        """Is it a sum, a product, a union or the like: something that runs over an index?"""
        op = self.node.op
        return op not in INTEGRALS and op not in LIMITS and op not in EXTREMA

    @property
    def is_integral(self) -> bool:
        return self.node.op in INTEGRALS

    def binds(self, symbol: Sym) -> bool:
        """Is this very node the place where a variable is introduced?"""
        return any(symbol is v for v in self.variables)


def is_letter(symbol: Sym) -> bool:
    """Is it a letter that can stand for anything, Latin or Greek, whatever its font?"""
    name = symbol.name
    return (len(name) == 1 and name.isalpha()) or (name in LETTER_COMMANDS and name not in _NO_VARIABLES)


def letters_of(node: Node | None) -> frozenset[str]:
    """Every letter below a node, whatever its font."""
    return frozenset() if node is None else frozenset([n.name for n in subtrees(node) if isinstance(n, Sym)])


def read_binder(node: Big) -> Binder:
    """What `node` binds. A sum without a range and an integral without a differential may bind anything."""
    if node.op in INTEGRALS:
        found = tuple(differentials(node.body))
        variables = tuple(v for v in found if isinstance(v, Sym))
        unsure = letters_of(node.sub).union(*map(letters_of, found or (node.body,)))
        return Binder(node, Range.DIFFERENTIAL, variables, unsure)
    kind, variables = _range(node.sub)
    return Binder(node, kind, variables, letters_of(node.body if node.sub is None else node.sub))


def _range(sub: Node | None) -> tuple[Range, tuple[Sym, ...]]:
    match sub:
        case Sym() if is_letter(sub):
            return Range.ALONE, (sub,)
        case Rel((first, _), ("=",)):
            names = _names(first)
            return (Range.FROM, names) if names else (Range.OTHER, ())
        case Rel((first, _), ("\\in" | "\\subseteq" | "\\subset",)):
            names = _names(first)
            return (Range.MEMBER, names) if names else (Range.OTHER, ())
        case Sequence(items, signs) if set(signs) <= {","}:
            parts = [_range(item) for item in items]
            if all(names for _, names in parts):
                return parts[-1][0], tuple(name for _, names in parts for name in names)
    return Range.OTHER, ()


def _names(node: Node) -> tuple[Sym, ...]:
    """`i`, `i, j` or `(i, j)` before the relation sign."""
    match node:
        case Sym() if is_letter(node):
            return (node,)
        case Fence("(", ")", Sequence() as body):
            return _names(body)
        case Sequence(items, signs) if set(signs) <= {","}:
            found = tuple(n for item in items for n in _names(item))
            return found if len(found) == len(items) else ()
    return ()


def differentials(body: Node | None) -> Iterator[Node]:
    """The variables of the differentials of one integral: the `x` of `dx`, the operand of `d` in general."""
    match body:
        case Juxt(items):
            for i, item in enumerate(items):
                if _is_d(item) and i + 1 < len(items):
                    yield _measured(items[i + 1], items[i + 2] if i + 2 < len(items) else None)
                elif not (i and _is_d(items[i - 1])):
                    yield from differentials(item)
        case Fence("(", ")", Juxt((first, *_))) if _is_d(first):
            yield body  # \mu(dx): a measure
        case None | Big() | Script():
            return
        case Frac(num):
            yield from differentials(num)
        case _:
            for child in children(body):
                yield from differentials(child)


def _measured(variable: Node, following: Node | None) -> Node:
    """`x` of `dx (1 + x)`; of `d\\mu(x)` and `dF(x)`, where a measure stands, its argument."""
    if isinstance(following, Fence) and following.open == "(" and isinstance(variable, Sym):
        if variable.name.startswith("\\") or variable.name.isupper():
            return following
    return variable


def _is_d(node: Node) -> bool:
    match node:
        case Sym("d") | Script(Sym("d"), None, _, 0):
            return True
    return False
