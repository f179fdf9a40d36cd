"""A second judge of claims, for measuring the first: floats, central differences, smooth unspecified functions.

It shares the terms with the tool and nothing of how these are evaluated: no balls, no rationals, no dual numbers, no
operator records, no sampling. What it does not know it has no opinion on.

Floats are compared up to 10⁻⁴ of their size, which is what differences leave. Rounded values, `π ≈ 3.1416`, are true
where they agree to this bound as well. Where they do not there is no opinion on them: how far a text has rounded is not
said, and rounding alone makes no value false.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from benchmarks import floats, operations
from benchmarks.floats import Matrix, NoValue
from benchmarks.sampling import direction, drawn
from derivcheck.terms.dim import Dim
from derivcheck.terms.term import (
    Apply,
    Arrangement,
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
    Symbol,
    Term,
    Variable,
)
from derivcheck.terms.walk import children, free_indices, subterms, with_children

_CLOSE = 1e-4  # relative; differences of fourth order leave less
_STEP = 5e-4
_STENCIL = ((-2, 1 / 12), (-1, -2 / 3), (1, 2 / 3), (2, -1 / 12))
_POINTS = 3
_MORE = 12  # points where pieces meet: of max(s/2, t) = max(s, t) a few may lie on one side
_ATTEMPTS = 40
_PANELS = 200
_SIZES = ((2, 3, 4, 2, 3, 4), (3, 2, 3, 4, 2, 3), (4, 3, 2, 3, 4, 2))
_ODD = (3, 5, 3, 5, 3, 5)  # where a sign may depend on the parity of a size
_PIECES = frozenset({"abs", "sign", "max", "min"})
_CONSTANTS = {"pi": math.pi, "e": math.e, "euler_gamma": 0.5772156649015329}


class Opinion(Enum):
    TRUE = "true"
    FALSE = "false"
    NO_VALUE = "without value"
    NONE = "no opinion"


_CONTRARY = {
    Opinion.TRUE: Opinion.FALSE,
    Opinion.FALSE: Opinion.TRUE,
    Opinion.NO_VALUE: Opinion.NO_VALUE,
    Opinion.NONE: Opinion.NONE,
}


class Unknown(Exception):
    """Something that the oracle has not learned."""


Member = tuple[str, tuple[int, ...]]


@dataclass(frozen=True)
class Here:
    """What a term is evaluated in: one point, index values, values put in place of symbols, differentials taken."""

    claim: Claim
    dims: Mapping[str, int]
    seed: str
    positive: bool
    indices: Mapping[str, int] = field(default_factory=dict)
    put: Mapping[Member, tuple[Matrix, Mapping[str, float]]] = field(default_factory=dict)
    shift: Mapping[str, float] = field(default_factory=dict)

    def at(self, index: str, value: int) -> Here:
        return replace(self, indices={**self.indices, index: value})

    def with_value(self, member: Member, value: Matrix) -> Here:
        return replace(self, put={**self.put, member: (value, self.shift)})


def opinion(claim: Claim) -> Opinion:
    """Whether both sides are equal, or differ, at a few points of a few sizes."""
    if claim.relation == "!=":
        return _CONTRARY[opinion(replace(claim, relation="="))]
    if claim.relation == "approx":
        equal = opinion(replace(claim, relation="="))
        return equal if equal is Opinion.TRUE else Opinion.NONE
    if claim.relation != "=":
        return Opinion.NONE
    seen = 0
    try:
        for dims in _dimensions(claim):
            found = _at_points(claim, dims)
            if found is False:
                return Opinion.FALSE
            seen += found is True
    except (Unknown, KeyError, ValueError, OverflowError, RecursionError):
        return Opinion.NONE
    return Opinion.TRUE if seen else Opinion.NO_VALUE


def _at_points(claim: Claim, dims: Mapping[str, int]) -> bool | None:
    """Whether the sides agree at some points of these sizes; None when they have a value at none."""
    agreed = 0
    for attempt in range(_ATTEMPTS):
        here = Here(claim, dims, f"{attempt}", positive=attempt % 3 == 1)
        try:
            for condition in claim.given:
                here = _meeting(condition, here)
            if not all(_holds(c, here) for c in claim.given):
                continue
            if not all(_close(evaluate(claim.lhs, e), evaluate(claim.rhs, e)) for e in _free(claim, here)):
                return False
        except (NoValue, ZeroDivisionError):
            continue
        agreed += 1
        if agreed == (_MORE if _is_piecewise(claim) else _POINTS):
            break
    return True if agreed else None


def _meeting(condition: Condition, here: Here) -> Here:
    """The point with one symbol changed where an equation that is given does not hold: put equal to the other side,
    made a polynomial of what it commutes with, or scaled until two numbers agree."""
    if condition.relation != "=" or _holds(condition, here):
        return here
    sides = condition.left, condition.right
    for side, other in (sides, sides[::-1]):
        if isinstance(side, Variable) and _is_free(side, here) and side.key not in _names(other):
            return here.with_value((side.key, ()), evaluate(other, here))
    if (pair := _commuting(condition)) is not None and _is_free(pair[1], here):
        a = evaluate(pair[0], here)
        square = operations.OPERATIONS["matmul"](a, a)
        return here.with_value((pair[1].key, ()), floats.add(square, floats.times(-0.7, a)))
    for side in subterms(condition.left):
        if isinstance(side, Variable) and _is_free(side, here) and (found := _scaled(condition, side, here)):
            return found
    return here


def _commuting(condition: Condition) -> tuple[Variable, Variable] | None:
    """The A and B of AB = BA."""
    match condition.left, condition.right:
        case Apply(operator="matmul", args=(Variable() as a, Variable() as b)), Apply(operator="matmul", args=args):
            return (a, b) if [t.key for t in args if isinstance(t, Variable)] == [b.key, a.key] else None
        case _:
            return None


def _names(term: Term) -> frozenset[str]:
    return frozenset(t.key for t in subterms(term) if isinstance(t, Variable))


def _is_free(term: Variable, here: Here) -> bool:
    if term.indices or (term.key, ()) in here.put:
        return False
    symbol = here.claim.symbols.get(term.key)
    return symbol is not None and symbol.definition is None and not symbol.depends


def _scaled(condition: Condition, variable: Variable, here: Here) -> Here | None:
    """The variable times the s with which the equation between numbers holds, by the secant rule."""
    value = evaluate(variable, here)

    def at(s: float) -> Here:
        return here.with_value((variable.key, ()), floats.times(s, value))

    def gap(s: float) -> float:
        left, right = evaluate(condition.left, at(s)), evaluate(condition.right, at(s))
        return left[0][0] - right[0][0] if floats.shape(left) == floats.shape(right) == (1, 1) else math.nan

    s, t = 1.0, 0.9
    for _ in range(60):
        one, other = gap(s), gap(t)
        if math.isnan(one) or abs(one) < 1e-12 or one == other:
            break
        s, t = s - one * (s - t) / (one - other), s
    return at(s) if abs(gap(s)) < 1e-9 else None


def _dimensions(claim: Claim) -> Iterator[dict[str, int]]:
    names = sorted({v for d in _all_dims(claim) for v in d.variables()})
    for values in (*_SIZES, _ODD) if _minds_parity(claim) else _SIZES:
        choices = [dict(zip(names, values, strict=False))] if len(names) <= len(values) else []
        if claim.dim_equal or claim.dim_facts or not choices:
            choices = [dict(zip(names, p, strict=True)) for p in itertools.product((2, 3, 4, 6), repeat=len(names))]
            choices = choices if len(names) < 5 else []
            random.Random(str(values)).shuffle(choices)
        for dims in choices:
            equal = all(a.value(dims) == b.value(dims) for a, b in claim.dim_equal)
            ordered = all(a.value(dims) >= b.value(dims) for a, b in claim.dim_facts)
            if equal and ordered and all(d.value(dims) > 0 for d in _all_dims(claim)):
                yield dims
                break


def _is_piecewise(claim: Claim) -> bool:
    terms = [t for side in (claim.lhs, claim.rhs) for t in subterms(side)]
    return any(isinstance(t, Apply) and t.operator in _PIECES for t in terms)


def _minds_parity(claim: Claim) -> bool:
    """Whether a determinant occurs: det(−A) is det A for even sizes, as a product of sizes mostly is."""
    terms = [t for side in (claim.lhs, claim.rhs) for t in subterms(side)]
    return any(isinstance(t, Apply) and t.operator == "det" for t in terms)


def _all_dims(claim: Claim) -> Iterator[Dim]:
    for side in (claim.lhs, claim.rhs, *(s.definition for s in claim.symbols.values() if s.definition is not None)):
        for t in subterms(side):
            yield from t.shape
            yield from t.dims if isinstance(t, Apply) else (t.dim,) if isinstance(t, Size) else ()
    for symbol in claim.symbols.values():
        yield from symbol.shape
    yield from (d for _, d in claim.free)


def _free(claim: Claim, here: Here) -> Iterator[Here]:
    ranges = [range(1, d.value(here.dims) + 1) for _, d in claim.free]
    for values in itertools.product(*ranges):
        yield replace(here, indices=dict(zip((n for n, _ in claim.free), values, strict=True)))


def _close(a: Matrix, b: Matrix) -> bool:
    if floats.shape(a) != floats.shape(b):
        raise Unknown("sides of different shapes")
    if not all(math.isfinite(x) for row in (*a, *b) for x in row):
        raise NoValue
    gap = floats.size(floats.add(a, floats.times(-1, b)))
    return gap <= _CLOSE * max(1.0, floats.size(a), floats.size(b))


# -- terms ----------------------------------------------------------------------------------------------------


def evaluate(term: Term, here: Here) -> Matrix:
    """The value of a term; a scalar is 1×1."""
    match term:
        case Number(value=value):
            return floats.number(float(value))
        case Constant(name=name) if name in _CONSTANTS:
            return floats.number(_CONSTANTS[name])
        case Size(dim=dim):
            return floats.number(float(dim.value(here.dims)))
        case Index(name=name):
            if name not in here.indices:
                raise Unknown(name)
            return floats.number(float(here.indices[name]))
        case Variable():
            return _variable(term, here)
        case Apply(operator=name, args=args, dims=dims):
            known = operations.OPERATIONS.get(name)
            if known is None:
                raise Unknown(name)
            return known(*(evaluate(a, here) for a in args), *(d.value(here.dims) for d in dims))
        case Call(key=key, args=args, elementwise=by_entry, order=order):
            return _call(key, [evaluate(a, here) for a in args], _size(term, here), by_entry, order)
        case Entry(base=base, row=row, column=column):
            a, i, j = evaluate(base, here), _integer(row, here) - 1, _integer(column, here) - 1
            if not (0 <= i < len(a) and 0 <= j < len(a[0])):
                raise NoValue
            return floats.number(a[i][j])
        case Fold():
            return _fold(term, here)
        case Block(rows=rows):
            return operations.block([[evaluate(c, here) for c in row] for row in rows])
        case Derivative():
            return _derivative(term, here)
        case Differential(operand=operand, varying=keys):
            return _slope(lambda t: evaluate(operand, _moved(here, keys, t)))
        case Substitute(body=body, key=key, value=value):
            return evaluate(body, here.with_value((key, ()), evaluate(value, here)))
        case Cases(branches=branches):
            for body, condition in branches:
                if condition is None or _holds(condition, here):
                    return evaluate(body, here)
            raise NoValue
        case Condition():
            return floats.number(float(_holds(term, here)))
        case Integral():
            return _integral(term, here)
        case Constant() | Limit():
            raise Unknown("no such value")


def _size(term: Term, here: Here) -> tuple[int, int]:
    return term.shape[0].value(here.dims), term.shape[1].value(here.dims)


def _integer(term: Term, here: Here) -> int:
    value = evaluate(term, here)[0][0]
    if abs(value - round(value)) > 1e-9:
        raise NoValue
    return round(value)


def _holds(condition: Condition, here: Here) -> bool:
    left, right = evaluate(condition.left, here), evaluate(condition.right, here)
    compare = operations.RELATIONS[condition.relation]
    pairs = zip((x for r in left for x in r), (x for r in right for x in r), strict=False)
    return all(compare(x - y) for x, y in pairs)


def _variable(term: Variable, here: Here) -> Matrix:
    indices = tuple(_integer(i, here) for i in term.indices)
    symbol = here.claim.symbols.get(term.key)
    if symbol is None:
        raise Unknown(term.key)
    held = here.put.get((term.key, indices))
    if held is not None:
        return _shifted(term.key, indices, held[0], here, held[1])
    if symbol.definition is not None:
        wanted = sorted(free_indices(symbol.definition))
        bound = here.at(wanted[0], indices[0]) if len(wanted) == len(indices) == 1 else here
        value = evaluate(symbol.definition, bound)
    elif symbol.depends:
        if symbol.properties - {"invertible"}:
            raise Unknown("a function with properties")
        args = [evaluate(Variable(k, shape=here.claim.symbols[k].shape), here) for k in symbol.depends]
        value = _call(f"{term.key}{indices}", args, _size(term, here), False, 0)
    else:
        value = drawn(symbol.properties, _size(term, here), f"{here.seed} {term.key} {indices}", here.positive)
        if value is None:
            raise Unknown(" ".join(sorted(symbol.properties)))
    return _shifted(term.key, indices, value, here, {})


def _shifted(
    key: str, indices: tuple[int, ...], value: Matrix, here: Here, before: Mapping[str, float]
) -> Matrix:
    """The value moved along the symbol's direction by the differentials taken since `before`."""
    t = here.shift.get(key, 0.0) - before.get(key, 0.0)
    if not t:
        return value
    symbol = here.claim.symbols[key]
    free = symbol.definition is not None or bool(symbol.depends)
    along = direction(frozenset() if free else symbol.properties, floats.shape(value), f"{here.seed} {key} {indices}")
    if along is None:
        raise Unknown("a differential within " + " ".join(sorted(symbol.properties)))
    return floats.add(value, floats.times(t, along))


def _moved(here: Here, keys: frozenset[str], t: float) -> Here:
    """The symbols of a differential moved, but for those that move because others do."""
    own = {k for k in keys if k in here.claim.symbols and not (_reach(k, here.claim) - {k}) & keys}
    return replace(here, shift={**here.shift, **{k: here.shift.get(k, 0.0) + t for k in own}})


def _reach(key: str, claim: Claim, seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """The symbol and all that its definition or dependence mentions."""
    symbol = claim.symbols.get(key)
    if symbol is None or key in seen:
        return frozenset()
    below = set(symbol.depends)
    if symbol.definition is not None:
        below |= {t.key for t in subterms(symbol.definition) if isinstance(t, Variable)}
    return frozenset({key}).union(*(_reach(k, claim, seen | {key}) for k in below))


def _fold(term: Fold, here: Here) -> Matrix:
    total: Matrix | None = None
    combine = operations.FOLDS[term.kind]
    for value in range(_integer(term.lower, here), _integer(term.upper, here) + 1):
        inside = here.at(term.index, value)
        if term.condition is not None and not _holds(term.condition, inside):
            continue
        item = evaluate(term.body, inside)
        total = item if total is None else combine(total, item)
    if total is not None:
        return total
    if term.kind in ("max", "min"):
        raise NoValue
    rows, columns = _size(term, here)
    return floats.build(rows, columns, lambda i, j: 0.0 if term.kind == "sum" else float(i == j))


def _integral(term: Integral, here: Here) -> Matrix:
    """Simpson's rule."""
    low, high = (evaluate(t, here)[0][0] for t in (term.lower, term.upper))
    h = (high - low) / _PANELS
    total: Matrix | None = None
    for k in range(_PANELS + 1):
        weight = h / 3 * (1 if k in (0, _PANELS) else 4 if k % 2 else 2)
        value = evaluate(term.body, here.with_value((term.key, ()), floats.number(low + k * h)))
        part = floats.times(weight, value)
        total = part if total is None else floats.add(total, part)
    assert total is not None
    return total


def _call(key: str, args: list[Matrix], size: tuple[int, int], by_entry: bool, order: int) -> Matrix:
    """Unspecified functions: a sine and a square of a random linear form, one for each entry of the value."""
    if by_entry and len(args) == 1:
        return floats.entrywise(lambda x: _wave(key, 0, [x], order), args[0])
    u = [x for a in args for x in floats.stacked(a)]
    if order and len(u) != 1:
        raise Unknown("a prime on a function of several numbers")
    rows, columns = size
    return floats.build(rows, columns, lambda i, j: _wave(key, j * rows + i, u, order))


def _wave(key: str, place: int, u: list[float], order: int) -> float:
    """The derivative of the given order of sin(a·u + b) + c (a·u)² (with a·u = a u when there is one number)."""
    numbers = random.Random(f"{key} {place}")
    a = [numbers.uniform(0.4, 1.1) for _ in u]
    b, c = numbers.uniform(0.0, 1.0), numbers.uniform(0.2, 0.8)
    s = sum(x * y for x, y in zip(a, u, strict=True))
    square = (c * s * s, 2 * c * s * a[0], 2 * c * a[0] ** 2)
    return a[0] ** order * math.sin(s + b + order * math.pi / 2) + (square[order] if order < len(square) else 0.0)


# -- derivatives ----------------------------------------------------------------------------------------------


def _slope(f: Callable[[float], Matrix]) -> Matrix:
    """The derivative at 0 by a difference of fourth order."""
    total: Matrix | None = None
    for k, weight in _STENCIL:
        part = floats.times(weight / _STEP, f(k * _STEP))
        total = part if total is None else floats.add(total, part)
    assert total is not None
    return total


def _derivative(term: Derivative, here: Here) -> Matrix:
    if isinstance(term.variable, Apply) and term.variable.operator == "add":
        return _by_expression(term, here)
    symbol, places = _coordinates(term.variable, here)
    member = (symbol.key, tuple(_integer(i, here) for i in symbol.indices))
    value = evaluate(symbol, here)

    def partial(place: tuple[int, int]) -> Matrix:
        def moved(t: float) -> Matrix:
            changed = [list(row) for row in value]
            changed[place[0]][place[1]] += t
            return evaluate(term.operand, here.with_value(member, changed))

        return _slope(moved)

    return _arranged([[partial(p) for p in row] for row in places], term.arrangement)


def _by_expression(term: Derivative, here: Here) -> Matrix:
    """∂L/∂(y − Xw): a new variable takes the place of the expression in what is differentiated."""
    new = Variable("∂", shape=term.variable.shape)
    operand = _exchanged(term.operand, term.variable, new, here.claim.symbols)
    if operand == term.operand:
        raise Unknown("a derivative by an expression")
    symbols = {**here.claim.symbols, new.key: Symbol(new.key, new.shape)}
    there = replace(here, claim=replace(here.claim, symbols=symbols))
    value = evaluate(term.variable, here)
    return _derivative(replace(term, operand=operand, variable=new), there.with_value((new.key, ()), value))


def _exchanged(term: Term, old: Term, new: Term, symbols: Mapping[str, Symbol]) -> Term:
    """The term with another one in the place of `old`, in definitions too."""
    if term == old:
        return new
    definition = symbols[term.key].definition if isinstance(term, Variable) and term.key in symbols else None
    if definition is not None:
        inner = _exchanged(definition, old, new, symbols)
        return inner if inner != definition else term
    return with_children(term, tuple(_exchanged(c, old, new, symbols) for c in children(term)))


def _coordinates(variable: Term, here: Here) -> tuple[Variable, list[list[tuple[int, int]]]]:
    match variable:
        case Variable():
            rows, columns = _size(variable, here)
            return variable, [[(i, j) for j in range(columns)] for i in range(rows)]
        case Apply(operator="transpose", args=(inner,)):
            symbol, places = _coordinates(inner, here)
            return symbol, [list(column) for column in zip(*places, strict=True)]
        case Apply(operator="vec", args=(inner,)):
            symbol, places = _coordinates(inner, here)
            return symbol, [[p] for column in zip(*places, strict=True) for p in column]
        case Entry(base=base, row=row, column=column):
            symbol, places = _coordinates(base, here)
            i, j = _integer(row, here) - 1, _integer(column, here) - 1
            if not (0 <= i < len(places) and 0 <= j < len(places[0])):
                raise NoValue
            return symbol, [[places[i][j]]]
        case _:
            raise Unknown("a derivative by an expression")


def _arranged(partials: list[list[Matrix]], arrangement: Arrangement) -> Matrix:
    match arrangement:
        case Arrangement.LIKE_OPERAND:
            return partials[0][0]
        case Arrangement.LIKE_OPERAND_T:
            return floats.transpose(partials[0][0])
        case Arrangement.LIKE_VARIABLE:
            return [[p[0][0] for p in row] for row in partials]
        case Arrangement.LIKE_VARIABLE_T:
            return floats.transpose([[p[0][0] for p in row] for row in partials])
        case Arrangement.JACOBIAN:
            return floats.transpose([floats.stacked(p) for column in zip(*partials, strict=True) for p in column])
        case Arrangement.JACOBIAN_T:
            return [floats.stacked(p) for column in zip(*partials, strict=True) for p in column]
