"""Worked values, one row per case: operator, operands, explicit dimensions, expected value."""

from __future__ import annotations

import dataclasses
import math
from fractions import Fraction

import pytest
from flint import arb, arb_mat, ctx

from derivcheck.algebra import matrix
from derivcheck.algebra.matrix import from_rows, to_ball, to_exact
from derivcheck.operators.table import OPERATORS

H = Fraction(1, 2)
A = [[1, 2], [3, 4]]
B = [[0, 5], [6, 7]]
W = [[1, 2, 3], [4, 5, 6]]

# name, operands (numbers or rows), dims, expected (number or rows); floats are compared to 1e-13
CASES = [
    ("add", [A, B], (), [[1, 7], [9, 11]]),
    ("add", [A, B, A], (), [[2, 9], [12, 15]]),
    ("negate", [A], (), [[-1, -2], [-3, -4]]),
    ("scale", [3, W], (), [[3, 6, 9], [12, 15, 18]]),
    ("divide", [A, 2], (), [[H, 1], [3 * H, 2]]),
    ("matmul", [A, W], (), [[9, 12, 15], [19, 26, 33]]),
    ("matmul", [A, A, A], (), [[37, 54], [81, 118]]),
    ("hadamard", [A, B], (), [[0, 10], [18, 28]]),
    ("kronecker", [A, [[0, 1]]], (), [[0, 1, 0, 2], [0, 3, 0, 4]]),
    ("kronecker_sum", [[[2]], A], (), [[3, 2], [3, 6]]),
    ("khatri_rao", [[[1, 2], [3, 4]], [[5, 6]]], (), [[5, 12], [15, 24]]),
    ("frobenius_inner", [A, B], (), 56),
    ("dot", [[[1], [2]], [[3], [4]]], (), 11),
    ("dot", [[[1, 2]], [[3], [4]]], (), 11),
    ("outer", [[[1], [2]], [[3], [4], [5]]], (), [[3, 4, 5], [6, 8, 10]]),
    ("cross", [[[1], [0], [0]], [[0], [1], [0]]], (), [[0], [0], [1]]),
    ("cross", [[[1], [2], [3]], [[4], [5], [7]]], (), [[-1], [5], [-3]]),
    ("commutator", [A, B], (), [[-3, -1], [-3, 3]]),
    ("transpose", [W], (), [[1, 4], [2, 5], [3, 6]]),
    ("inverse", [A], (), [[-2, 1], [3 * H, -H]]),
    ("pseudo_inverse", [[[1], [2]]], (), [[Fraction(1, 5), Fraction(2, 5)]]),
    ("pseudo_inverse", [[[1, 1], [1, 1]]], (), [[H / 2, H / 2], [H / 2, H / 2]]),
    ("adjugate", [A], (), [[4, -2], [-3, 1]]),
    ("adjugate", [[[1, 2], [2, 4]]], (), [[4, -2], [-2, 1]]),
    ("cofactor", [A], (), [[4, -3], [-2, 1]]),
    ("trace", [A], (), 5),
    ("conjugate", [W], (), W),
    ("real_part", [3], (), 3),
    ("imaginary_part", [3], (), 0),
    ("det", [A], (), -2),
    ("rank", [[[1, 2], [2, 4]]], (), 1),
    ("rank", [W], (), 2),
    ("vec", [W], (), [[1], [4], [2], [5], [3], [6]]),
    ("vech", [A], (), [[1], [3], [4]]),
    ("vec_rows", [W], (), [[1], [2], [3], [4], [5], [6]]),
    ("unvec", [[[1], [4], [2], [5], [3], [6]]], (2, 3), W),
    ("lower_triangle", [A], (), [[1, 0], [3, 4]]),
    ("upper_triangle", [A], (), [[1, 2], [0, 4]]),
    ("diag_matrix", [[[1], [2]]], (), [[1, 0], [0, 2]]),
    ("diag_vector", [A], (), [[1], [4]]),
    ("block_diag", [[[1, 2]], [[3]]], (), [[1, 2, 0], [0, 0, 3]]),
    ("symmetric_part", [A], (), [[1, 5 * H], [5 * H, 4]]),
    ("skew_part", [A], (), [[0, -H], [H, 0]]),
    ("skew_matrix", [[[1], [2], [3]]], (), [[0, -3, 2], [3, 0, -1], [-2, 1, 0]]),
    ("vee", [[[0, -3, 2], [3, 0, -1], [-2, 1, 0]]], (), [[1], [2], [3]]),
    ("log_det", [[[2, 1], [1, 2]]], (), math.log(3)),
    ("identity", [], (2,), [[1, 0], [0, 1]]),
    ("zeros", [], (1, 2), [[0, 0]]),
    ("ones", [], (1, 2), [[1, 1]]),
    ("broadcast", [7], (1, 2), [[7, 7]]),
    ("basis", [2], (3,), [[0], [1], [0]]),
    ("normal_point", [3], (2,), [[-2], [0]]),
    ("normal_point", [2], (1,), [[math.sqrt(3)]]),
    ("normal_weight", [1, 2], (), H),
    ("normal_weight", [2, 1], (), Fraction(1, 6)),
    ("commutation", [], (2, 1), [[1, 0], [0, 1]]),
    ("commutation", [], (2, 2), [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]),
    ("duplication", [], (2, 3), [[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1]]),
    ("elimination", [], (2,), [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]]),
    ("elimination", [], (3, 2), [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]]),
    ("norm2", [[[3], [4]]], (), 5),
    ("norm_frobenius", [[[1, 2], [2, 4]]], (), 5),
    ("norm1", [[[3], [-4]]], (), 7),
    ("norm1", [[[1, -2], [-3, 1]]], (), 4),
    ("norm_inf", [[[3], [-4]]], (), 4),
    ("norm_inf", [[[1, -2], [-3, 1]]], (), 4),
    ("norm_inf", [[[1, -2], [-3, 2]]], (), 5),
    ("norm_spectral", [[[3, 0], [0, -4]]], (), 4.0),
    ("norm_spectral", [[[3, 4]]], (), 5.0),
    ("norm_nuclear", [[[3, 0], [0, -4]]], (), 7.0),
    ("min_singular_value", [[[3, 0], [0, -4], [0, 0]]], (), 3.0),
    ("norm_p", [[[3], [-4]], 2], (), 5.0),
    ("norm_p", [[[1], [2]], 3], (), 9 ** (1 / 3)),
    ("max", [2, 5], (), 5),
    ("max", [[[2], [5], [-7]]], (), 5),
    ("min", [2, 5], (), 2),
    ("min", [[[2], [5], [-7]]], (), -7),
    ("elementwise_inverse", [[[2, 4]]], (), [[H, H / 2]]),
    ("elementwise_divide", [[[2, 4]], [[4, 2]]], (), [[H, 2]]),
    ("sum_entries", [W], (), 21),
    ("power", [A, 3], (), [[37, 54], [81, 118]]),
    ("power", [A, -1], (), [[-2, 1], [3 * H, -H]]),
    ("power", [A, 0], (), [[1, 0], [0, 1]]),
    ("power", [[[4, 0], [0, 9]], H], (), [[2.0, 0.0], [0.0, 3.0]]),
    ("power_scalar", [2, 10], (), 1024),
    ("power_scalar", [-2, -3], (), -Fraction(1, 8)),
    ("power_scalar", [2, H], (), math.sqrt(2)),
    ("power_scalar", [0, 0], (), 1),
    ("power_elementwise", [[[2, 3]], 2], (), [[4, 9]]),
    ("power_elementwise", [2, [[2, 3]]], (), [[4, 8]]),
    ("matrix_exp", [[[0, 1], [0, 0]]], (), [[1.0, 1.0], [0.0, 1.0]]),
    ("matrix_exp", [[[0, -1], [1, 0]]], (), [[math.cos(1), -math.sin(1)], [math.sin(1), math.cos(1)]]),
    ("matrix_sin", [[[0, -1], [1, 0]]], (), [[0.0, -math.sinh(1)], [math.sinh(1), 0.0]]),
    ("matrix_cos", [[[0, -1], [1, 0]]], (), [[math.cosh(1), 0.0], [0.0, math.cosh(1)]]),
    ("matrix_sinh", [[[0, -1], [1, 0]]], (), [[0.0, -math.sin(1)], [math.sin(1), 0.0]]),
    ("matrix_cosh", [[[0, -1], [1, 0]]], (), [[math.cos(1), 0.0], [0.0, math.cos(1)]]),
    ("matrix_log", [[[2, 0], [0, 3]]], (), [[math.log(2), 0.0], [0.0, math.log(3)]]),
    ("matrix_log", [[[1, 1], [0, 1]]], (), [[0.0, 1.0], [0.0, 0.0]]),
    ("matrix_sqrt", [[[5, 4], [4, 5]]], (), [[2.0, 1.0], [1.0, 2.0]]),
    ("matrix_inverse_sqrt", [[[4, 0], [0, 9]]], (), [[0.5, 0.0], [0.0, 1 / 3]]),
    ("max_eigenvalue", [[[2, 1], [1, 2]]], (), 3.0),
    ("min_eigenvalue", [[[2, 1], [1, 2]]], (), 1.0),
    ("condition_number", [[[3, 0], [0, -4]]], (), 4 / 3),
    ("erfc", [1], (), math.erfc(1)),
    ("logit", [H / 2], (), -math.log(3)),
    ("gelu", [1], (), (1 + math.erf(math.sqrt(0.5))) / 2),
    ("silu", [1], (), 1 / (1 + math.exp(-1))),
    ("sinc", [2], (), math.sin(2) / 2),
    ("softmax", [[[0], [1]]], (), [[1 / (1 + math.e)], [math.e / (1 + math.e)]]),
    ("softmax_rows", [[[0, 0], [5, 5]]], (), [[0.5, 0.5], [0.5, 0.5]]),
    ("log_sum_exp", [[[0], [1]]], (), math.log(1 + math.e)),
    ("factorial", [5], (), 120),
    ("factorial", [H], (), math.gamma(1.5)),
    ("double_factorial", [7], (), 105),
    ("double_factorial", [6], (), 48),
    ("double_factorial", [-1], (), 1),
    ("binomial", [5, 2], (), 10),
    ("binomial", [H, 2], (), -Fraction(1, 8)),
    ("binomial", [2, 5], (), 0),
    ("binomial", [3, -1], (), 0),
    ("beta", [2, 3], (), 1 / 12),
    ("kronecker_delta", [2, 2], (), 1),
    ("kronecker_delta", [1, 2], (), 0),
    ("levi_civita", [1, 2, 3], (), 1),
    ("levi_civita", [2, 1, 3], (), -1),
    ("levi_civita", [1, 1, 3], (), 0),
    ("mod", [-7, 3], (), 2),
    ("gcd", [12, 18], (), 6),
    ("lcm", [4, 6], (), 12),
    ("exp", [1], (), math.e),
    ("log", [2], (), math.log(2)),
    ("log2", [8], (), 3.0),
    ("log10", [1000], (), 3.0),
    ("sqrt", [2], (), math.sqrt(2)),
    ("sin", [1], (), math.sin(1)),
    ("cos", [1], (), math.cos(1)),
    ("tan", [1], (), math.tan(1)),
    ("cot", [1], (), 1 / math.tan(1)),
    ("sec", [1], (), 1 / math.cos(1)),
    ("csc", [1], (), 1 / math.sin(1)),
    ("arcsin", [H], (), math.asin(0.5)),
    ("arccos", [H], (), math.acos(0.5)),
    ("arctan", [2], (), math.atan(2)),
    ("arccot", [-2], (), math.pi / 2 + math.atan(2)),
    ("sinh", [1], (), math.sinh(1)),
    ("cosh", [1], (), math.cosh(1)),
    ("tanh", [1], (), math.tanh(1)),
    ("coth", [1], (), 1 / math.tanh(1)),
    ("sech", [1], (), 1 / math.cosh(1)),
    ("csch", [1], (), 1 / math.sinh(1)),
    ("arcsinh", [2], (), math.asinh(2)),
    ("arccosh", [2], (), math.acosh(2)),
    ("arctanh", [H], (), math.atanh(0.5)),
    ("sigmoid", [1], (), 1 / (1 + math.exp(-1))),
    ("softplus", [1], (), math.log(1 + math.e)),
    ("relu", [[[-2, 3]]], (), [[0, 3]]),
    ("step", [[[-2, 3]]], (), [[0, 1]]),
    ("sign", [[[-2, 0, 3]]], (), [[-1, 0, 1]]),
    ("abs", [[[-2, 3]]], (), [[2, 3]]),
    ("floor", [[[-3 * H, 3 * H]]], (), [[-2, 1]]),
    ("ceil", [[[-3 * H, 3 * H]]], (), [[-1, 2]]),
    ("erf", [1], (), math.erf(1)),
    ("gamma", [H], (), math.gamma(0.5)),
    ("log_gamma", [5], (), math.lgamma(5)),
    ("digamma", [1], (), -0.57721566490153286),
]


@pytest.fixture(autouse=True)
def precision():
    with ctx.workprec(128):
        yield


def _operand(x):
    return from_rows(x) if isinstance(x, list) else matrix.scalar(x)


def _holds(operator, operands, dims, expected) -> bool:
    value = operator.evaluate(tuple(_operand(x) for x in operands), dims)
    rows = expected if isinstance(expected, list) else [[expected]]
    if any(isinstance(x, float) for row in rows for x in row):
        ball = to_ball(value)
        wanted = arb_mat(len(rows), len(rows[0]), [arb(x, 1e-13) for row in rows for x in row])
        return (ball.nrows(), ball.ncols()) == (len(rows), len(rows[0])) and wanted.contains(ball)
    return to_exact(value) == from_rows(rows)


@pytest.mark.parametrize(("name", "operands", "dims", "expected"), CASES)
def test_value(name, operands, dims, expected) -> None:
    assert _holds(OPERATORS[name], operands, dims, expected)


def test_every_operator_has_a_worked_value() -> None:
    assert {case[0] for case in CASES} == set(OPERATORS)


@pytest.mark.parametrize("name", OPERATORS)
def test_a_wrong_value_is_noticed(name: str) -> None:
    true = OPERATORS[name]
    wrong = dataclasses.replace(true, evaluate=lambda a, d: _shifted(true.evaluate(a, d)))
    cases = [case for case in CASES if case[0] == name]
    assert not any(_holds(wrong, *case[1:]) for case in cases)


def _shifted(a):
    rows, columns = matrix.shape(a)
    return matrix.add(a, matrix.scale(matrix.scalar(Fraction(1, 10**6)), matrix.ones(rows, columns)))


_WITH_SYMPY = [
    case for case in CASES if OPERATORS[case[0]].sympy and not any(isinstance(x, list) for x in case[1])
]


@pytest.mark.parametrize(("name", "operands", "dims", "expected"), _WITH_SYMPY)
def test_symbolic_form_has_the_same_value(name, operands, dims, expected) -> None:
    sympy = pytest.importorskip("sympy")
    args = [sympy.Rational(Fraction(x).numerator, Fraction(x).denominator) for x in operands]
    symbolic = sympy.N(OPERATORS[name].sympy(*args), 30)
    value = to_ball(OPERATORS[name].evaluate(tuple(_operand(x) for x in operands), dims))[0, 0]
    assert abs(arb(str(symbolic)) - value) < arb(10) ** -12
