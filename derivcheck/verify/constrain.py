"""Points moved onto the equations among a claim's conditions, which random points would never satisfy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from flint import fmpq, fmpq_mat

from derivcheck.algebra.matrix import base, shape, to_exact
from derivcheck.terms.term import Apply, Condition, Term, Variable
from derivcheck.verify.environment import Environment, Point
from derivcheck.verify.errors import Deadline
from derivcheck.verify.evaluate import evaluate
from derivcheck.verify.having import TESTS

_ENTRIES_TRIED = 4
_SIMPLE = 8  # solutions that are tried to start from
_MOST_UNKNOWNS = 42  # entries of a matrix that an equation is solved for

Value = Callable[[fmpq_mat], fmpq_mat]


def satisfy_equations(point: Point, conditions: tuple[Condition, ...], deadline: Deadline) -> None:
    """Set sampled values so that each equation holds, where that is easy; no value is set for two equations.

    An equation is solved for a symbol that stands alone on one side, or whose inverse or transpose does, else for a
    symbol without properties in which it is affine with rational coefficients: one entry of it where the equation is
    one of numbers. Others are left as they are.
    """
    settled: set[str] = set()
    for condition in conditions:
        if condition.relation == "=":
            settled |= _solve(point, condition, deadline, settled)


def _solve(point: Point, condition: Condition, deadline: Deadline, settled: set[str]) -> frozenset[str]:
    names = point.structure.names(condition)
    if any(name.startswith("#") for name in names):
        return frozenset()
    for alone, other in ((condition.left, condition.right), (condition.right, condition.left)):
        key, back = _stands_alone(alone)
        if _is_free(point, key, settled, frozenset(TESTS)) and key not in point.structure.names(other):
            found = to_exact(base(evaluate(other, Environment(point, deadline))))
            value = _undone(back, found) if found is not None else None
            if value is not None and all(TESTS[p](value) for p in point.structure.symbol(key).properties):
                point.drawn[key, ()] = value
                return names
    free = tuple(key for key in sorted(names) if _is_free(point, key, settled))
    if any(_solve_for(point, condition, key, deadline) for key in free):
        return names
    return names if _on_quadric(point, condition, free, deadline) else frozenset()


def _stands_alone(side: Term) -> tuple[str, Value | None]:
    """The symbol that a side is, as it is, inverted or transposed, and how its value is got from that of the side; no
    symbol has the name ""."""
    match side:
        case Variable(key=key, indices=()):
            return key, lambda value: value
        case Apply(operator="inverse", args=(Variable(key=key, indices=()),)):
            return key, lambda value: value.inv()
        case Apply(operator="transpose", args=(Variable(key=key, indices=()),)):
            return key, lambda value: value.transpose()
        case _:
            return "", None


def _undone(back: Value | None, value: fmpq_mat) -> fmpq_mat | None:
    try:
        return None if back is None else back(value)
    except (ValueError, ZeroDivisionError):
        return None


def _is_free(point: Point, key: str, settled: set[str], admitted: frozenset[str] = frozenset()) -> bool:
    if not key or key in settled:
        return False
    symbol = point.structure.symbol(key)
    return symbol.properties <= admitted and symbol.definition is None and not symbol.depends


def _solve_for(point: Point, condition: Condition, key: str, deadline: Deadline) -> bool:
    original = point.value(key)
    residual = _residual(point, condition, key, original, deadline)
    if residual is None:
        return False
    if shape(residual) != (1, 1):
        return _solve_for_all(point, condition, key, original, residual, deadline)
    for changed in _positions(original):
        tried = (_with_entry(original, changed, t) for t in (0, 1, 2))
        found = _root(_number(_residual(point, condition, key, value, deadline)) for value in tried)
        if found is None or (found == 0 and shape(original) == (1, 1)):
            continue  # a scalar that is zero would satisfy much that nobody means
        point.drawn[key, ()] = _with_entry(original, changed, found)
        return True
    point.drawn[key, ()] = original
    return False


def _solve_for_all(
    point: Point, condition: Condition, key: str, original: fmpq_mat, residual: fmpq_mat, deadline: Deadline
) -> bool:
    """`C X = I` for C: an equation of matrices, affine in all entries of the symbol, F(C) = F(C₀) + J vec(C − C₀), of
    which as few entries are changed as the equation asks for."""
    places = [(i, j) for i in range(original.nrows()) for j in range(original.ncols())]
    if not places or not _is_affine(point, condition, key, original, residual, deadline):
        return False
    start = residual.entries()
    columns: list[list[fmpq]] = []
    for i, j in places if len(places) <= _MOST_UNKNOWNS else ():
        moved = _residual(point, condition, key, _with_entry(original, (i, j), original[i, j] + 1), deadline)
        if moved is None or shape(moved) != shape(residual):
            break
        columns.append([b - a for a, b in zip(start, moved.entries(), strict=True)])
    point.drawn[key, ()] = original
    if len(columns) < len(places):
        return False
    rows = [[column[r] for column in columns] + [-start[r]] for r in range(len(start))]
    reduced, rank = fmpq_mat(rows).rref()
    found = fmpq_mat(original)
    for r in range(rank):
        pivot = next(c for c in range(len(places) + 1) if reduced[r, c] != 0)
        if pivot == len(places):
            return False  # no value fulfils it
        found[places[pivot]] = original[places[pivot]] + reduced[r, len(places)]
    solved = _residual(point, condition, key, found, deadline)
    if any(found.entries()) and solved is not None and not any(solved.entries()):
        return True
    point.drawn[key, ()] = original
    return False


def _on_quadric(point: Point, condition: Condition, keys: tuple[str, ...], deadline: Deadline) -> bool:
    """`a² + bᵀb = 1`: the line from a simple solution, one entry 1 and the others 0, in the direction of the sample
    meets the quadric again where its parameter is rational (stereographic projection)."""
    sample = {key: point.value(key) for key in keys}

    def residual(values: dict[str, fmpq_mat]) -> fmpq | None:
        for key, value in values.items():
            point.drawn[key, ()] = value
        last = next(iter(values))
        return _number(_residual(point, condition, last, values[last], deadline))

    for start in islice(_unit_entries(sample), _SIMPLE):
        if residual(start) != 0:
            continue
        f1, f2, f3 = (residual({k: start[k] + sample[k] * s for k in keys}) for s in (1, 2, 3))
        if f1 is None or f2 is None or f3 is None:
            break
        square = (f2 - 2 * f1) / 2
        slope = f1 - square
        if square != 0 and slope != 0 and f3 == 9 * square + 3 * slope:
            end = {k: start[k] + sample[k] * (-slope / square) for k in keys}
            if residual(end) == 0:
                return True
    point.drawn.update({(key, ()): value for key, value in sample.items()})
    return False


def _unit_entries(sample: dict[str, fmpq_mat]) -> Iterator[dict[str, fmpq_mat]]:
    """All entries 0 but one, which is 1."""
    zeros = {key: fmpq_mat(*shape(value)) for key, value in sample.items()}
    for key, value in sample.items():
        for position in _positions(value):
            yield {**zeros, key: _with_entry(zeros[key], position, 1)}


def _is_affine(
    point: Point, condition: Condition, key: str, original: fmpq_mat, residual: fmpq_mat, deadline: Deadline
) -> bool:
    """Whether two equal steps change the residual equally, as far as one direction tells."""
    rows, columns = shape(original)
    step = fmpq_mat(rows, columns, [k + 1 for k in range(rows * columns)])
    once, twice = (_residual(point, condition, key, original + step * t, deadline) for t in (1, 2))
    point.drawn[key, ()] = original
    return once is not None and twice is not None and bool(twice - once == once - residual)


def _root(values: Iterator[fmpq | None]) -> fmpq | None:
    """Where an affine function is zero, by its values at 0, 1 and 2; no more of them are asked for than it takes."""
    f0 = next(values)
    f1 = next(values) if f0 is not None else None
    if f0 is None or f1 is None or f0 == f1:
        return None
    f2 = next(values)
    return f0 / (f0 - f1) if f2 is not None and f2 - f1 == f1 - f0 else None


def _positions(value: fmpq_mat) -> Iterator[tuple[int, int]]:
    rows, columns = shape(value)
    for k in range(min(_ENTRIES_TRIED, rows * columns)):
        yield divmod(rows * columns - 1 - k, columns)


def _with_entry(value: fmpq_mat, position: tuple[int, int], t: int | fmpq) -> fmpq_mat:
    changed = fmpq_mat(value)
    changed[position] = t
    return changed


def _residual(
    point: Point, condition: Condition, key: str, value: fmpq_mat, deadline: Deadline
) -> fmpq_mat | None:
    """left − right with the symbol at this value; None when it is not exact, or the sides differ in shape."""
    point.drawn[key, ()] = value
    env = Environment(point, deadline)
    left, right = (to_exact(base(evaluate(side, env))) for side in (condition.left, condition.right))
    if left is None or right is None or shape(left) != shape(right):
        return None
    return left - right


def _number(value: fmpq_mat | None) -> fmpq | None:
    return value[0, 0] if value is not None and shape(value) == (1, 1) else None
