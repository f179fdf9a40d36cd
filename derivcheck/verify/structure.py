"""The structure of the terms of one claim: children, the names they depend on, occurrences of a subterm."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from derivcheck.terms.dim import Dim
from derivcheck.terms.term import (
    Apply,
    Block,
    Call,
    Cases,
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
    Symbol,
    Term,
    Variable,
)
from derivcheck.terms.walk import children
from derivcheck.verify.errors import TooLarge, Unsupported

MAX_DEPTH = 120
Names = frozenset[str]  # symbol keys, and index names with a leading "#"
_NONE: Names = frozenset()


def index_name(index: str) -> str:
    """The name of an index among symbol keys."""
    return "#" + index


def rebuild(term: Term, change: Callable[[Term], Term]) -> Term:
    """The term with `change` applied to its direct subterms; itself when none changes.

    Conditions, bounds, indices and the variables of derivatives stay as they are.
    """
    match term:
        case Apply() | Call():
            args = tuple(change(a) for a in term.args)
            same = all(new is old for new, old in zip(args, term.args, strict=True))
            return term if same else replace(term, args=args)
        case Variable() | Number() | Constant() | Size() | Index() | Condition():
            return term
        case Entry():
            base = change(term.base)
            return term if base is term.base else replace(term, base=base)
        case Fold() | Substitute() | Integral() | Limit():
            body = change(term.body)
            return term if body is term.body else replace(term, body=body)
        case Derivative() | Differential():
            operand = change(term.operand)
            return term if operand is term.operand else replace(term, operand=operand)
        case Block():
            rows = tuple(tuple(change(c) for c in row) for row in term.rows)
            return term if rows == term.rows else replace(term, rows=rows)
        case Cases():
            branches = tuple((change(b), c) for b, c in term.branches)
            return term if branches == term.branches else replace(term, branches=branches)
    assert_never(term)


@dataclass(frozen=True, slots=True)
class Reach:
    """The names a term depends on and how deeply it is nested, definitions included."""

    names: Names
    height: int


def _union(parts: list[Reach]) -> Names:
    return parts[0].names.union(*(r.names for r in parts[1:])) if parts else _NONE


class Structure:
    """Names and definitions of one claim's symbols, with what was computed about its terms remembered."""

    def __init__(self, symbols: Mapping[str, Symbol]) -> None:
        self.symbols: dict[str, Symbol] = dict(symbols)
        self._reach: dict[int, tuple[Term, Reach]] = {}
        self._symbol_reach: dict[str, Reach] = {}
        self._open: list[str] = []
        self._variables: dict[str, Variable] = {}
        self._replaced: dict[tuple[int, int], tuple[Term, Term, Term, Variable]] = {}

    def symbol(self, key: str) -> Symbol:
        try:
            return self.symbols[key]
        except KeyError:
            raise Unsupported(f"nothing is known of the symbol {key}") from None

    def variable(self, key: str) -> Variable:
        """The symbol as a term."""
        found = self._variables.get(key)
        if found is None:
            found = self._variables[key] = Variable(key, shape=self.symbol(key).shape)
        return found

    def names(self, term: Term) -> Names:
        """Every symbol and index the value of a term depends on, also through definitions and dependence.

        Raises TooLarge for terms nested too deeply, definitions included, Unsupported for circular
        definitions.
        """
        known = self._reach.get(id(term))
        return (self._reached(term, 0) if known is None else known[1]).names

    def symbol_names(self, key: str) -> Names:
        """The symbol itself and everything its definition or dependence reaches."""
        return self._symbol_reached(key, 0).names

    def _reached(self, term: Term, depth: int) -> Reach:
        known = self._reach.get(id(term))
        if known is not None:
            return known[1]
        if depth > MAX_DEPTH:
            raise TooLarge("nested too deeply")
        below = [self._reached(child, depth + 1) for child in children(term)]
        if isinstance(term, Variable):
            below.append(self._symbol_reached(term.key, depth + 1))
        height = 1 + max((r.height for r in below), default=0)
        if height > MAX_DEPTH:
            raise TooLarge("nested too deeply")
        found = Reach(self._free_names(term, below), height)
        self._reach[id(term)] = (term, found)
        return found

    def _free_names(self, term: Term, below: list[Reach]) -> Names:
        match term:
            case Index():
                return frozenset((index_name(term.name),))
            case Fold():
                outside = self.names(term.lower) | self.names(term.upper)
                return (_union(below) - {index_name(term.index)}) | outside
            case Substitute():
                return (self.names(term.body) - {term.key}) | self.names(term.value)
            case Integral():
                return (self.names(term.body) - {term.key}) | self.names(term.lower) | self.names(term.upper)
            case Limit():
                return (self.names(term.body) - {term.key}) | self.names(term.point)
            case _:
                return _union(below)

    def _symbol_reached(self, key: str, depth: int) -> Reach:
        known = self._symbol_reach.get(key)
        if known is not None:
            return known
        if key in self._open:
            raise Unsupported(f"circular definition of {key}")
        symbol = self.symbol(key)
        self._open.append(key)
        try:
            if symbol.definition is not None:
                below = [self._reached(symbol.definition, depth + 1)]
            else:
                below = [self._symbol_reached(k, depth + 1) for k in symbol.depends]
        finally:
            self._open.pop()
        height = 1 + max((r.height for r in below), default=0)
        found = self._symbol_reach[key] = Reach(_union(below) | {key}, height)
        return found

    def subterms(self, term: Term) -> Iterator[Term]:
        """The term and everything below it, definitions included once."""
        stack, seen = [term], set()
        while stack:
            top = stack.pop()
            yield top
            stack.extend(children(top))
            if isinstance(top, Variable) and top.key not in seen:
                seen.add(top.key)
                definition = self.symbol(top.key).definition
                if definition is not None:
                    stack.append(definition)

    def expression_variable(self, operand: Term, expression: Term) -> tuple[Term, Variable] | None:
        """The operand with an expression in it replaced by a fresh symbol defined as it, and this symbol.

        None when the expression occurs nowhere.
        A symbol already defined as the expression is taken as it is.
        """
        reached = self.names(operand)
        for key in sorted(reached & self.symbols.keys()):
            if self.symbols[key].definition == expression:
                return operand, self.variable(key)
        known = self._replaced.get((id(operand), id(expression)))
        if known is None:
            key = f"∂{len(self._replaced)}"
            self.symbols[key] = Symbol(key, expression.shape, definition=expression)
            fresh = self.variable(key)
            known = (operand, expression, self._replace(operand, expression, fresh), fresh)
            self._replaced[(id(operand), id(expression))] = known
        return None if known[2] is operand else (known[2], known[3])

    def _replace(self, term: Term, expression: Term, fresh: Variable) -> Term:
        if term == expression:
            return fresh
        if isinstance(term, Variable):
            definition = self.symbol(term.key).definition
            if definition is not None:
                new = self._replace(definition, expression, fresh)
                return term if new is definition else new
            return term
        return rebuild(term, lambda child: self._replace(child, expression, fresh))


def own_dims(term: Term) -> tuple[Dim, ...]:
    """The dimensions a node mentions itself."""
    match term:
        case Size():
            return (term.dim,)
        case Apply():
            return (*term.dims, *term.shape)
        case _:
            return term.shape
