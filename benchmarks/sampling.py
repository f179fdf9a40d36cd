"""Random values of symbols for the oracle, with the properties that fixtures use."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks import floats
from benchmarks.floats import Matrix, NoValue

_GENERIC = frozenset({"invertible", "nonzero", "full_column_rank", "full_row_rank"})
Draw = Callable[[random.Random, int, int], Matrix]


def drawn(properties: frozenset[str], size: tuple[int, int], seed: str, positive: bool) -> Matrix | None:
    """A value; None for properties that are not known here."""
    numbers = random.Random(f"value {seed}")
    wanted = properties - _GENERIC
    if not wanted:
        return _positive(numbers, *size) if positive else _free(numbers, *size)
    for words, draw in _RULES:
        if words <= wanted and wanted <= words | _IMPLIED.get(words, frozenset()):
            return draw(numbers, *size)
    return None


def direction(properties: frozenset[str], size: tuple[int, int], seed: str) -> Matrix | None:
    """A direction in which a symbol with these properties may move; None when that is not known here."""
    numbers = random.Random(f"direction {seed}")
    if properties & {"symmetric", "spd", "psd"} and "diagonal" not in properties:
        return _symmetric(numbers, *size)
    if properties <= _GENERIC | {"positive", "nonnegative", "unit_interval", "greater_one"}:
        return _free(numbers, *size)
    for word, draw in (("skew", _skew), ("diagonal", _diagonal)):
        if word in properties:
            return draw(numbers, *size)
    return None


def _free(numbers: random.Random, rows: int, columns: int) -> Matrix:
    return floats.build(rows, columns, lambda i, j: numbers.choice((-1, 1)) * numbers.uniform(0.3, 1.5))


def _positive(numbers: random.Random, rows: int, columns: int) -> Matrix:
    return floats.build(rows, columns, lambda i, j: numbers.uniform(0.3, 1.5))


def _square(rows: int, columns: int) -> None:
    if rows != columns:
        raise NoValue


def _symmetric(numbers: random.Random, rows: int, columns: int) -> Matrix:
    _square(rows, columns)
    a = _free(numbers, rows, rows)
    return floats.add(a, floats.transpose(a))


def _skew(numbers: random.Random, rows: int, columns: int) -> Matrix:
    _square(rows, columns)
    a = _free(numbers, rows, rows)
    return floats.add(a, floats.times(-1, floats.transpose(a)))


def _spd(numbers: random.Random, rows: int, columns: int) -> Matrix:
    _square(rows, columns)
    a = _free(numbers, rows, rows)
    return floats.add(floats.multiply(a, floats.transpose(a)), floats.times(0.5, floats.identity(rows)))


def _masked(keep: Callable[[int, int], bool], draw: Draw = _free) -> Draw:
    def masked(numbers: random.Random, rows: int, columns: int) -> Matrix:
        a = draw(numbers, rows, columns)
        return floats.build(rows, columns, lambda i, j: a[i][j] if keep(i, j) else 0.0)

    return masked


_diagonal = _masked(lambda i, j: i == j)


def _orthogonal(numbers: random.Random, rows: int, columns: int) -> Matrix:
    """(I − S)(I + S)⁻¹ with S skew, and signs."""
    if rows < columns:
        raise NoValue
    s, unit = _skew(numbers, rows, rows), floats.identity(rows)
    turn = floats.multiply(floats.add(unit, floats.times(-1, s)), floats.inverse(floats.add(unit, s)))
    signs = [numbers.choice((-1, 1)) for _ in range(columns)]
    return floats.build(rows, columns, lambda i, j: signs[j] * turn[i][j])


def _rotation(numbers: random.Random, rows: int, columns: int) -> Matrix:
    _square(rows, columns)
    turn = _orthogonal(numbers, rows, rows)
    return turn if floats.determinant(turn) > 0 else [[-x for x in turn[0]], *turn[1:]]


def _projection(numbers: random.Random, rows: int, columns: int) -> Matrix:
    _square(rows, columns)
    u = _free(numbers, rows, 1)
    return floats.times(1 / floats.norm(u) ** 2, floats.multiply(u, floats.transpose(u)))


def _oblique(numbers: random.Random, rows: int, columns: int) -> Matrix:
    _square(rows, columns)
    u, v = _free(numbers, rows, 1), _positive(numbers, rows, 1)
    return floats.times(1 / floats.multiply(floats.transpose(v), u)[0][0], floats.multiply(u, floats.transpose(v)))


def _unit(numbers: random.Random, rows: int, columns: int) -> Matrix:
    u = _free(numbers, rows, columns)
    return floats.times(1 / floats.norm(u), u)


def _probability(numbers: random.Random, rows: int, columns: int) -> Matrix:
    u = _positive(numbers, rows, columns)
    return floats.times(1 / sum(x for row in u for x in row), u)


def _one_hot(numbers: random.Random, rows: int, columns: int) -> Matrix:
    hot = numbers.randrange(rows * columns)
    return floats.build(rows, columns, lambda i, j: float(i * columns + j == hot))


def _whole(numbers: random.Random, rows: int, columns: int) -> Matrix:
    return floats.build(rows, columns, lambda i, j: float(numbers.randint(1, 5)))


def _interval(low: float, high: float) -> Draw:
    return lambda numbers, rows, columns: floats.build(rows, columns, lambda i, j: numbers.uniform(low, high))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RULES: tuple[tuple[frozenset[str], Draw], ...] = (
    (_words("spd"), _spd),
    (_words("psd"), _spd),
    (_words("symmetric"), _symmetric),
    (_words("skew"), _skew),
    (_words("diagonal positive"), _masked(lambda i, j: i == j, _positive)),
    (_words("diagonal"), _diagonal),
    (_words("rotation"), _rotation),
    (_words("orthogonal"), _orthogonal),
    (_words("orthonormal"), _orthogonal),
    (_words("projection"), _projection),
    (_words("idempotent symmetric"), _projection),
    (_words("idempotent"), _oblique),
    (_words("upper"), _masked(lambda i, j: i <= j)),
    (_words("lower"), _masked(lambda i, j: i >= j)),
    (_words("unit"), _unit),
    (_words("probability"), _probability),
    (_words("one_hot"), _one_hot),
    (_words("natural"), _whole),
    (_words("integer"), _whole),
    (_words("unit_interval"), _interval(0.1, 0.9)),
    (_words("greater_one"), _interval(1.1, 2.5)),
    (_words("positive"), _positive),
    (_words("nonnegative"), _positive),
)
_IMPLIED = {
    _words("spd"): _words("psd symmetric"),
    _words("psd"): _words("symmetric"),
    _words("rotation"): _words("orthogonal orthonormal unit"),
    _words("orthogonal"): _words("orthonormal unit"),
    _words("projection"): _words("idempotent symmetric psd"),
    _words("one_hot"): _words("probability unit nonnegative"),
    _words("natural"): _words("integer positive nonnegative"),
    _words("integer"): _words("positive nonnegative"),
    _words("positive"): _words("nonnegative"),
    _words("diagonal"): _words("symmetric upper lower"),
}
