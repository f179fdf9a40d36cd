"""The contract of every operator record: shapes as declared, derivatives as an independent one says."""

from __future__ import annotations

import random
from fractions import Fraction

from flint import arb, arb_mat, ctx, fmpq_mat

from derivcheck.algebra.exact import difference_quotient, reduce_mod, second_difference_quotient
from derivcheck.algebra.matrix import Dual, Matrix, base, from_rows, shape, split, to_ball, zeros
from derivcheck.operators.record import Operator, Signature

DISCRETE = {"integer", "natural"}
STEP_BITS = 90


class ContractBroken(AssertionError):
    """What the record says and what it does differ."""


def dimensions(signature: Signature) -> dict[str, int]:
    """Pairwise distinct sizes for the letters; those that an equation fixes from the others."""
    letters = sorted({v for s in (*signature.inputs, signature.output) for d in s for v in d.variables()})
    tied = {x for left, _ in signature.equal for x in left.variables()}
    free = [x for x in letters if x not in tied]
    sizes = {letter: 2 + k for k, letter in enumerate(free)}
    for left, right in signature.equal:  # c·h = polynomial of the others
        (letter,) = left.variables()
        sizes[letter] = right.value(sizes) // left.value({letter: 1})
        assert left.value(sizes) == right.value(sizes)
    return sizes


def _number(rng: random.Random, words: frozenset[str]) -> Fraction:
    if words & DISCRETE:
        return Fraction(rng.choice([1, 2]))
    if "unit_interval" in words:
        return Fraction(rng.randint(1, 15), 16)
    if "greater_one" in words:
        return Fraction(rng.randint(9, 30), 8)
    if "positive" in words:
        return Fraction(rng.randint(1, 30), 8)
    return Fraction(rng.choice([-1, 1]) * rng.randint(1, 30), 8) + Fraction(1, 16)


def sample(rng: random.Random, rows: int, columns: int, words: frozenset[str]) -> fmpq_mat:
    a = from_rows([[_number(rng, words) for _ in range(columns)] for _ in range(rows)])
    if "spd" in words or "symmetric" in words:
        return a * a.transpose() + from_rows([[int(i == j) for j in range(rows)] for i in range(rows)])
    return a


def arguments(operator: Operator, signature: Signature, seed: int = 0) -> tuple[fmpq_mat, ...]:
    rng = random.Random(f"{operator.name} {signature.text} {seed}")
    sizes = dimensions(signature)
    domains = (*operator.domain, *[frozenset()] * len(signature.inputs))
    return tuple(
        sample(rng, s[0].value(sizes), s[1].value(sizes), words)
        for s, words in zip(signature.inputs, domains, strict=False)
    )


def explicit_dims(signature: Signature) -> tuple[int, ...]:
    return tuple(dimensions(signature)[letter] for letter in signature.parameters)


def check_shape(operator: Operator, signature: Signature) -> None:
    """Does the value have the declared shape, over rationals and over balls?"""
    sizes = dimensions(signature)
    declared = signature.output[0].value(sizes), signature.output[1].value(sizes)
    args = arguments(operator, signature)
    for given in (args, tuple(arb_mat(a) for a in args)):
        value = operator.evaluate(given, explicit_dims(signature))
        if shape(value) != declared:
            raise ContractBroken(f"{operator.name}: declared {declared}, evaluated {shape(value)}")


def tangent(value: Matrix, level: int) -> Matrix:
    primal, change = split(value, level)
    return zeros(*shape(primal)) if change is None else change


def check_derivatives(operator: Operator, signature: Signature) -> None:
    """First and second derivative in every operand that can vary."""
    args, dims = arguments(operator, signature), explicit_dims(signature)
    domains = (*operator.domain, *[frozenset()] * len(args))
    for k, X in enumerate(args):
        if domains[k] & DISCRETE:
            continue

        def f(x: Matrix, k: int = k) -> Matrix:
            return operator.evaluate((*args[:k], x, *args[k + 1 :]), dims)

        rng = random.Random(f"directions {operator.name} {k}")
        E, F = (sample(rng, *shape(X), frozenset()) for _ in range(2))
        # an integer multiple of a large prime moves the argument to another piece
        rational = not operator.piecewise and type(f(X)) is fmpq_mat
        (_check_exactly if rational else _check_by_mean_value)(operator.name, f, X, E, F)


def _check_exactly(name, f, X, E, F) -> None:
    first = tangent(f(Dual(X, E, 1)), 1)
    if reduce_mod(first) != difference_quotient(f, X, E):
        raise ContractBroken(f"{name}: first derivative differs from the exact quotient")
    second = tangent(tangent(f(Dual(Dual(X, E, 1), F, 2)), 2), 1)
    if reduce_mod(second) != second_difference_quotient(f, X, E, F):
        raise ContractBroken(f"{name}: second derivative differs from the exact quotient")


def _check_by_mean_value(name, f, X, E, F) -> None:
    """(f(X + hE) − f(X))/h lies, entry by entry, in the derivative over the whole segment."""

    def slope(x: Matrix) -> Matrix:
        return tangent(f(Dual(x, E, 1)), 1)

    def curvature(x: Matrix, A: Matrix, B: Matrix) -> Matrix:
        return tangent(tangent(f(Dual(Dual(x, A, 1), B, 2)), 2), 1)

    with ctx.workprec(400):
        X, E, F = to_ball(X), to_ball(E), to_ball(F)
        _mean_value(f"{name}: first derivative", f, slope, X, E)
        _mean_value(f"{name}: second derivative", slope, lambda x: curvature(x, E, F), X, F)
        if not overlap(curvature(X, E, F), curvature(X, F, E)):
            raise ContractBroken(f"{name}: second derivative not symmetric")


def _mean_value(what, f, derivative, X, E) -> None:
    h = arb(2) ** -STEP_BITS
    quotient = (to_ball(base(f(X + E * h))) - to_ball(base(f(X)))) * (1 / h)
    segment = X + E * arb(h / 2, h / 2)
    enclosure = to_ball(base(derivative(segment)))
    if not quotient.overlaps(enclosure):
        raise ContractBroken(f"{what}: {quotient} not in {enclosure}")
    if any(x.rad() > 1e-6 for x in enclosure.entries()):
        raise ContractBroken(f"{what}: the enclosure says nothing")


def overlap(a: Matrix, b: Matrix) -> bool:
    return to_ball(base(a)).overlaps(to_ball(base(b)))


def check(operator: Operator) -> None:
    for signature in operator.signatures:
        check_shape(operator, signature)
        if operator.smooth:
            check_derivatives(operator, signature)
