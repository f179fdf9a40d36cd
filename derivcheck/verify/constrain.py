"""Points moved onto the equations among a claim's conditions, which random points would never satisfy."""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq, fmpq_mat

from derivcheck.algebra.matrix import base, shape, to_exact
from derivcheck.terms.term import Condition, Term, Variable
from derivcheck.verify.environment import Environment, Point
from derivcheck.verify.errors import Deadline
from derivcheck.verify.evaluate import evaluate

_ENTRIES_TRIED = 4


def satisfy_equations(point: Point, conditions: tuple[Condition, ...], deadline: Deadline) -> None:
    """Set sampled values so that each equation holds, where that is easy; no value is set for two equations.

    An equation is solved for a symbol that stands alone on one side, else for an entry of a symbol without
    properties in which it is affine with rational coefficients. Others are left as they are.
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
        if isinstance(alone, Variable) and _is_free(point, alone.key, settled) and not alone.indices:
            found = to_exact(base(evaluate(other, Environment(point, deadline))))
            if alone.key not in point.structure.names(other) and found is not None:
                point.drawn[alone.key, ()] = found
                return names
    for key in sorted(names):
        if _is_free(point, key, settled) and _solve_for(point, condition, key, deadline):
            return names
    return frozenset()


def _is_free(point: Point, key: str, settled: set[str]) -> bool:
    symbol = point.structure.symbol(key)
    return key not in settled and not symbol.properties and symbol.definition is None and not symbol.depends


def _solve_for(point: Point, condition: Condition, key: str, deadline: Deadline) -> bool:
    original = point.value(key)
    for changed in _positions(original):
        tried = (_with_entry(original, changed, t) for t in (0, 1, 2))
        f0, f1, f2 = (_residual(point, condition, key, value, deadline) for value in tried)
        if f0 is not None and f1 is not None and f2 is not None and f0 != f1 and f2 - f1 == f1 - f0:
            found = f0 / (f0 - f1)
            if found == 0 and shape(original) == (1, 1):
                continue  # a scalar that is zero would satisfy much that nobody means
            point.drawn[key, ()] = _with_entry(original, changed, found)
            return True
    point.drawn[key, ()] = original
    return False


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
) -> fmpq | None:
    """left − right with the symbol at this value; None when it is no exact scalar."""
    point.drawn[key, ()] = value
    env = Environment(point, deadline)
    sides: list[fmpq] = []
    for side in _sides(condition):
        exact = to_exact(base(evaluate(side, env)))
        if exact is None or shape(exact) != (1, 1):
            return None
        sides.append(exact[0, 0])
    return sides[0] - sides[1]


def _sides(condition: Condition) -> tuple[Term, Term]:
    return condition.left, condition.right
