"""An evaluator of terms of its own: rows of Fractions (floats under roots, logs, …), differences for derivatives."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from derivcheck.terms.dim import ONE
from derivcheck.terms.term import (
    Apply,
    Arrangement,
    Claim,
    Derivative,
    Differential,
    Entry,
    Fold,
    Index,
    Number,
    Size,
    Term,
    Variable,
)  # fmt: skip

Rows = list[list[Any]]
STEP = 1e-4


class Singular(Exception):
    pass


def times(a: Rows, b: Rows) -> Rows:
    return [[sum(p * q for p, q in zip(row, col, strict=True)) for col in zip(*b, strict=True)] for row in a]


def flip(a: Rows) -> Rows:
    return [list(row) for row in zip(*a, strict=True)]


def entrywise(f: Any, *a: Rows) -> Rows:
    return [[f(*e) for e in zip(*rows, strict=True)] for rows in zip(*a, strict=True)]


def divided(a: Rows, by: Rows) -> Rows:
    return entrywise(lambda e: e / by[0][0], a)


def unit(n: int) -> Rows:
    return [[Fraction(int(i == j)) for j in range(n)] for i in range(n)]


def determinant(a: Rows) -> Any:
    if len(a) == 1:
        return a[0][0]
    return sum(
        (-1) ** j * a[0][j] * determinant([row[:j] + row[j + 1 :] for row in a[1:]]) for j in range(len(a))
    )


def inverse(a: Rows) -> Rows:
    n, det = len(a), determinant(a)
    if abs(det) < 1e-9:
        raise Singular
    if n == 1:
        return [[1 / det]]
    return [
        [
            (-1) ** (i + j) * determinant([r[:i] + r[i + 1 :] for k, r in enumerate(a) if k != j]) / det
            for j in range(n)
        ]
        for i in range(n)
    ]


def stacked(a: Rows) -> Rows:
    return [[row[j]] for j in range(len(a[0])) for row in a]


def kron(a: Rows, b: Rows) -> Rows:
    return [[p * q for p in r for q in s] for r in a for s in b]


class Evaluation:
    def __init__(
        self, claim: Claim, sizes: Mapping[str, int], values: Mapping[str, Rows], moves: Mapping[str, Rows]
    ):
        self.claim, self.sizes, self.values, self.moves = claim, sizes, dict(values), moves

    def of(self, t: Term, at: Mapping[str, int]) -> Rows:
        match t:
            case Number(value=value):
                return [[value]]
            case Size(dim=dim):
                return [[Fraction(dim.value(self.sizes))]]
            case Variable(key=key):
                return self.values[key]
            case Index(name=name):
                return [[Fraction(at[name])]]
            case Entry(base=base, row=row, column=column):
                return [[self.of(base, at)[self.place(row, at)][self.place(column, at)]]]
            case Fold(index=index, upper=upper, body=body):
                count = int(self.of(upper, at)[0][0])
                parts = [self.of(body, {**at, index: k}) for k in range(1, count + 1)]
                return entrywise(lambda *e: sum(e), *parts)
            case Differential(operand=operand, varying=varying):
                return self.moved(operand, {k: self.moves[k] for k in varying}, at)
            case Derivative(operand=operand, variable=Variable(key=key), arrangement=arrangement):
                return self.derivative(operand, key, arrangement, at)
            case Apply(operator=name, args=args, dims=dims):
                return operate(name, [self.of(a, at) for a in args], [d.value(self.sizes) for d in dims])
            case _:
                raise NotImplementedError

    def place(self, t: Term, at: Mapping[str, int]) -> int:
        return int(self.of(t, at)[0][0]) - 1

    def moved(self, t: Term, moves: Mapping[str, Rows], at: Mapping[str, int]) -> Rows:
        """Central difference of order four along `moves`."""
        kept = dict(self.values)

        def shifted(h: float) -> Rows:
            for key, move in moves.items():
                self.values[key] = entrywise(lambda v, w: float(v) + h * float(w), kept[key], move)
            try:
                return self.of(t, at)
            finally:
                self.values = dict(kept)

        near, far = (shifted(STEP), shifted(-STEP)), (shifted(2 * STEP), shifted(-2 * STEP))
        return entrywise(
            lambda p, q, r, s: (8 * (p - q) - (r - s)) / (12 * STEP), near[0], near[1], far[0], far[1]
        )

    def derivative(self, t: Term, key: str, arrangement: Arrangement, at: Mapping[str, int]) -> Rows:
        rows, cols = len(self.values[key]), len(self.values[key][0])
        columns = []
        for j in range(cols):
            for i in range(rows):
                move = [[int((i, j) == (k, q)) for q in range(cols)] for k in range(rows)]
                columns.append(self.moved(t, {key: move}, at))
        if arrangement is Arrangement.LIKE_VARIABLE:
            return [[columns[j * rows + i][0][0] for j in range(cols)] for i in range(rows)]
        jacobian = flip([[e[0] for e in stacked(c)] for c in columns])
        assert arrangement is Arrangement.JACOBIAN
        return jacobian


def operate(name: str, a: list[Rows], dims: list[int]) -> Rows:
    match name:
        case "add":
            return entrywise(lambda *e: sum(e), *a)
        case "negate":
            return entrywise(lambda e: -e, a[0])
        case "scale":
            return entrywise(lambda e: a[0][0][0] * e, a[1])
        case "divide":
            if abs(a[1][0][0]) < 1e-9:
                raise Singular
            return entrywise(lambda e: e / a[1][0][0], a[0])
        case "matmul":
            out = a[0]
            for b in a[1:]:
                out = times(out, b)
            return out
        case "transpose":
            return flip(a[0])
        case "inverse":
            return inverse(a[0])
        case "trace":
            return [[sum(a[0][i][i] for i in range(len(a[0])))]]
        case "det":
            return [[determinant(a[0])]]
        case "vec":
            return stacked(a[0])
        case "kronecker":
            return kron(a[0], a[1])
        case "khatri_rao":
            return flip([[p * q for p in r for q in s] for r, s in zip(flip(a[0]), flip(a[1]), strict=True)])
        case "hadamard":
            return entrywise(lambda p, q: p * q, a[0], a[1])
        case "frobenius_inner":
            return [[sum(map(sum, operate("hadamard", a, [])))]]
        case "sum_entries":
            return [[sum(map(sum, a[0]))]]
        case "norm2" | "norm_frobenius":
            return [[math.sqrt(sum(e * e for row in a[0] for e in row))]]
        case "identity":
            return unit(dims[0])
        case "ones":
            return [[Fraction(1)] * dims[1] for _ in range(dims[0])]
        case "commutation":
            m, n = dims
            return [
                [Fraction(int(r == j * m + i)) for j in range(n) for i in range(m)] for r in _swapped(m, n)
            ]
        case "diag_matrix":
            return [[a[0][i][0] if i == j else 0 for j in range(len(a[0]))] for i in range(len(a[0]))]
        case "diag_vector":
            return [[a[0][i][i]] for i in range(len(a[0]))]
        case "power" | "power_scalar":
            out = unit(len(a[0]))
            for _ in range(int(a[1][0][0])):
                out = times(out, a[0])
            return out
        case "exp" | "log" | "sin" | "cos":
            try:
                return entrywise(getattr(math, name), a[0])
            except ValueError:
                raise Singular from None
        case _:
            raise NotImplementedError(name)


def _swapped(m: int, n: int) -> list[int]:
    """Row i·n + j of K picks entry j·m + i of vec A."""
    return [j * m + i for i in range(m) for j in range(n)]


def sample(claim: Claim, draw: Any, sizes: Mapping[str, int]) -> dict[str, Rows]:
    """Small random values with the properties that the symbols have."""
    values = {}
    for key, symbol in sorted(claim.symbols.items()):
        rows, cols = (d.value(sizes) for d in symbol.shape)
        G = [[Fraction(draw.randint(-5, 5), draw.randint(1, 3)) for _ in range(cols)] for _ in range(rows)]
        words = symbol.properties
        if words & {"symmetric"}:
            G = entrywise(lambda p, q: p + q, G, flip(G))
        if words & {"spd"}:
            G = entrywise(lambda p, q: p + q, times(G, flip(G)), unit(rows))
        if words & {"skew"}:
            G = entrywise(lambda p, q: p - q, G, flip(G))
        if words & {"diagonal"}:
            G = [[G[i][j] if i == j else Fraction(0) for j in range(cols)] for i in range(rows)]
        if words & {"unit"}:
            length = math.sqrt(sum(r[0] * r[0] for r in G)) or 1
            G = [[float(r[0]) / length] for r in G]
        if words & {"orthogonal", "idempotent"}:
            w = [[Fraction(draw.randint(1, 5))] for _ in range(rows)]
            projector = divided(times(w, flip(w)), times(flip(w), w))
            reflection = entrywise(lambda i, p: i - 2 * p, unit(rows), projector)
            G = reflection if "orthogonal" in words else projector
            if "idempotent" in words:  # an oblique one: w vᵀ / vᵀw
                v = [[Fraction(draw.randint(1, 5))] for _ in range(rows)]
                G = divided(times(w, flip(v)), times(flip(v), w))
            if "orthogonal" in words and rows > 1:  # reflection with two rows swapped: not symmetric
                G[0], G[1] = G[1], G[0]
        if symbol.shape == (ONE, ONE) and G[0][0] == 0:
            G = [[Fraction(2)]]
        values[key] = G
    return values


def gap(claim: Claim, draw: Any, sizes: Mapping[str, int]) -> float:
    """max |lhs − rhs| at a random point, relative to the size of the sides."""
    values = sample(claim, draw, sizes)
    moves = sample(claim, draw, sizes)
    evaluation = Evaluation(claim, sizes, values, moves)
    worst = 0.0
    for at in _assignments(claim, sizes):
        left, right = evaluation.of(claim.lhs, at), evaluation.of(claim.rhs, at)
        for p, q in zip(left, right, strict=True):
            for s, t in zip(p, q, strict=True):
                worst = max(worst, float(abs(s - t)) / (1 + float(abs(s)) + float(abs(t))))
    return worst


def _assignments(claim: Claim, sizes: Mapping[str, int]) -> list[dict[str, int]]:
    out: list[dict[str, int]] = [{}]
    for name, dim in claim.free:
        out = [{**a, name: k} for a in out for k in range(1, dim.value(sizes) + 1)]
    return out
