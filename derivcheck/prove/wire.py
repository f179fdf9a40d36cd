"""Claims as plain JSON lists, for the child process that holds SymPy: `["kind", …]`, nothing executable."""

from __future__ import annotations

from fractions import Fraction

from derivcheck.prove.proof import OutOfReach
from derivcheck.terms.term import (
    Apply,
    Block,
    Call,
    Cases,
    Claim,
    Condition,
    Constant,
    Derivative,
    Differential,
    Entry,
    Fold,
    Index,
    Integral,
    Limit,
    Number,
    Size,
    Substitute,
    Term,
    Variable,
)  # fmt: skip

Json = None | bool | int | str | list["Json"]

MAX_NODES = 2000


class Encoder:
    """Terms of one claim; definitions are expanded, symbols are numbered."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.numbers: dict[str, int] = {}
        self.bound: tuple[str, ...] = ()
        self.nodes = 0
        self.depth = 0

    def symbol(self, name: str) -> int:
        return self.numbers.setdefault(name, len(self.numbers))

    def term(self, t: Term) -> Json:
        """The term as lists; OutOfReach for what SymPy is not asked about."""
        self.nodes += 1
        if self.nodes > MAX_NODES or self.depth > 60:
            raise OutOfReach("too large a term")
        self.depth += 1
        try:
            return self._term(t)
        finally:
            self.depth -= 1

    def _term(self, t: Term) -> Json:
        match t:
            case Number():
                return number(t.value)
            case Constant():
                return ["constant", t.name]
            case Size():
                return self.size(t)
            case Variable():
                return self.variable(t)
            case Index():
                return ["index", self.symbol("index " + t.name)]
            case Apply():
                dims = [d.constant for d in t.dims]
                if any(d is None for d in dims):
                    raise OutOfReach("symbolic dimension")
                return ["apply", t.operator, list(dims), *map(self.term, t.args)]
            case Entry():
                return ["entry", self.term(t.base), self.term(t.row), self.term(t.column)]
            case Fold():
                if t.condition is not None:
                    raise OutOfReach("condition")
                index = self.symbol("index " + t.index)
                return ["fold", t.kind, index, self.term(t.lower), self.term(t.upper), self.term(t.body)]
            case Block():
                return ["block", *([self.term(e) for e in row] for row in t.rows)]
            case Integral():
                return ["integral", *self.binder(t.body, t.key), self.term(t.lower), self.term(t.upper)]
            case Limit():
                return ["limit", *self.binder(t.body, t.key), self.term(t.point), t.side]
            case Derivative(variable=Variable(key=key, indices=())) if _is_scalar(t.operand) and _is_scalar(
                t.variable
            ):
                symbol = self.claim.symbols.get(key)
                if symbol is None or (symbol.definition is not None and key not in self.bound):
                    raise OutOfReach("derivative by a defined symbol")
                return ["derivative", self.term(t.operand), self.term(t.variable)]
            case Substitute():
                return ["substitute", *self.binder(t.body, t.key), self.term(t.value)]
            case Call() | Condition() | Cases() | Derivative() | Differential():
                raise OutOfReach(f"{type(t).__name__} is not for SymPy")

    def binder(self, body: Term, key: str) -> list[Json]:
        """body and the symbol it binds: inside, neither its definition nor its properties count."""
        outer, self.bound = self.bound, (*self.bound, key)
        try:
            return [self.term(body), ["symbol", self.symbol("bound " + key)]]
        finally:
            self.bound = outer

    def size(self, t: Size) -> Json:
        total: list[Json] = ["apply", "add", [], number(Fraction(0))]
        for names, c in t.dim.terms:
            factors: list[Json] = [["symbol", self.symbol("dim " + n)] for n in names]
            total.append(["apply", "product", [], number(Fraction(c)), *factors])
        return total

    def variable(self, t: Variable) -> Json:
        if t.key in self.bound and _is_scalar(t):
            return ["symbol", self.symbol("bound " + t.key)]
        symbol = self.claim.symbols.get(t.key)
        if symbol is None or t.indices or t.key in self.bound:
            raise OutOfReach("family")
        if symbol.depends:
            raise OutOfReach("unspecified function")
        if symbol.definition is not None:
            if self.bound:
                raise OutOfReach("definition under a binder")  # it may or may not contain the bound symbol
            return self.term(symbol.definition)
        rows, cols = symbol.shape[0].constant, symbol.shape[1].constant
        if (rows, cols) == (1, 1):
            return ["symbol", self.symbol("symbol " + t.key)]
        if rows is None or cols is None or rows * cols > 16:
            raise OutOfReach("symbolic dimension")
        if symbol.properties - {"invertible"}:
            raise OutOfReach("constrained matrix")
        name = self.symbol("symbol " + t.key)
        return ["matrix", name, rows, cols]

    def words(self) -> list[Json]:
        """For each number in turn: what is known of it."""
        out: list[Json] = []
        for name in self.numbers:
            kind, _, key = name.partition(" ")
            out.append([*self.known(kind, key)])
        return out

    def known(self, kind: str, key: str) -> tuple[str, ...]:
        match kind:
            case "dim":
                return ("natural", "positive")
            case "index":
                return ("integer",)
            case "symbol" if key in self.claim.symbols:
                return tuple(sorted(self.claim.symbols[key].properties))
            case _:
                return ()


def number(value: Fraction) -> Json:
    return ["number", str(value.numerator), str(value.denominator)]


def _is_scalar(t: Term) -> bool:
    return t.shape[0].constant == 1 and t.shape[1].constant == 1


def encoded(claim: Claim) -> Json:
    """`[symbol words, lhs, rhs]`; OutOfReach when SymPy is not asked."""
    encoder = Encoder(claim)
    lhs, rhs = encoder.term(claim.lhs), encoder.term(claim.rhs)
    return [encoder.words(), lhs, rhs]
