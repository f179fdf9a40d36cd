"""Definite integrals over finite intervals: of polynomials exactly, of other scalars by rigorous quadrature."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flint import acb, arb, arb_mat, ctx

from derivcheck.algebra.matrix import (
    Dual,
    Imprecise,
    Matrix,
    Undefined,
    add,
    base,
    mul,
    neg,
    shape,
    split,
    to_integer,
    top_level,
    zeros,
)
from derivcheck.records import dataclass
from derivcheck.terms.term import Apply, Fold, Integral, Substitute, Term, Variable
from derivcheck.verify.agreement import MIN_BITS
from derivcheck.verify.cotes import newton_cotes
from derivcheck.verify.degree import degree
from derivcheck.verify.environment import Environment, Evaluator
from derivcheck.verify.errors import CannotDecide, Inaccurate, Unsupported
from derivcheck.verify.fold import MAX_ITERATIONS, integer

_EVALUATIONS = 4000


@dataclass(frozen=True, slots=True)
class Integrand:
    """A scalar term as a function of complex variables, those of integration.

    `analytic`: the quadrature asks for analyticity, and a ball across a branch cut has no value.
    """

    env: Environment
    evaluate: Evaluator
    variables: Mapping[str, acb]
    analytic: bool

    def value(self, term: Term) -> acb:
        """Unsupported for terms that have no complex form."""
        names = self.env.point.structure.names(term)
        if self.variables.keys().isdisjoint(names):
            return acb(_real(self.evaluate(term, self.env)))
        match term:
            case Variable():
                known = self.variables.get(term.key)
                if known is not None:
                    return known
                definition = self.env.point.structure.symbol(term.key).definition
                if definition is None or term.indices:
                    raise Unsupported("an integrand with an unspecified function")
                return self.value(definition)
            case Apply():
                return self._apply(term)
            case Fold():
                return self._fold(term)
            case Substitute(body=body, key=key, value=value):
                there = {**self.variables, key: self.value(value)}
                return Integrand(self.env, self.evaluate, there, self.analytic).value(body)
            case Integral():
                inner = self.value(term.lower), self.value(term.upper)
                return _quadrature(self, term, *inner)
            case _:
                raise Unsupported("an integrand of this kind")

    def _apply(self, term: Apply) -> acb:
        if term.operator in ("power_scalar", "power"):
            return self._power(*term.args)
        found = _FUNCTIONS.get(term.operator)
        if found is None or len(term.args) > 2:
            raise Unsupported(f"{term.operator} in an integrand")
        return found(self.analytic, *(self.value(a) for a in term.args))

    def _power(self, base_term: Term, exponent: Term) -> acb:
        z = self.value(base_term)
        if self.variables.keys().isdisjoint(self.env.point.structure.names(exponent)):
            k = to_integer(base(self.evaluate(exponent, self.env)))
            if k is not None:
                return z**k
        return (self.value(exponent) * z.log(analytic=self.analytic)).exp()

    def _fold(self, term: Fold) -> acb:
        lower, upper = (integer(bound, self.env, self.evaluate) for bound in (term.lower, term.upper))
        if upper - lower >= MAX_ITERATIONS or term.condition is not None:
            raise Unsupported("a long or conditional sum in an integrand")
        total = acb(0 if term.kind == "sum" else 1)
        for value in range(lower, upper + 1):
            env = self.env.with_index(term.index, value)
            item = Integrand(env, self.evaluate, self.variables, self.analytic).value(term.body)
            total = total + item if term.kind == "sum" else total * item
        return total


def integral(term: Integral, env: Environment, evaluate: Evaluator) -> Matrix:
    """∫_lower^upper body d(key) as a ball, and its derivative by the bounds.

    For integrands that are no polynomials raises Unsupported for matrices, infinite intervals, integrands without a
    complex form, and derivatives by what the integrand depends on; Inaccurate when the quadrature stays wide; Undefined
    when it does not converge to a real number.
    """
    lower, upper = evaluate(term.lower, env), evaluate(term.upper, env)
    bound = degree(term.body, term.key, env.point.structure, env.point.degree)
    if bound is not None:
        return newton_cotes(term, lower, upper, bound, env, evaluate)
    return _between(lower, upper, term, env, evaluate)


def _between(lower: Matrix, upper: Matrix, term: Integral, env: Environment, evaluate: Evaluator) -> Matrix:
    level = top_level((lower, upper))
    if not level:
        whole = _quadrature(Integrand(env, evaluate, {}, False), term, acb(_real(lower)), acb(_real(upper)))
        if not whole.is_finite() or 0 not in whole.imag:
            raise Undefined("the quadrature does not converge to a real number")
        if whole.real.rad() > arb(2) ** -MIN_BITS and whole.real.rel_accuracy_bits() < MIN_BITS:
            raise Inaccurate("the quadrature stays too wide")
        return arb_mat([[whole.real]])
    (l0, l1), (u0, u1) = split(lower, level), split(upper, level)
    primal = _between(l0, u0, term, env, evaluate)
    tangent: Matrix = zeros(1, 1)
    for bound, change in ((u0, u1), (l0, None if l1 is None else neg(l1))):
        if change is not None:
            there = evaluate(term.body, env.with_value((term.key, ()), bound, env.level))
            tangent = add(tangent, mul(there, change))
    return Dual(primal, tangent, level)


def _quadrature(outer: Integrand, term: Integral, lower: acb, upper: acb) -> acb:
    failure: list[Exception] = []

    def integrand(z: acb, analytic: bool) -> acb:
        if failure:  # nothing may be raised through the quadrature's own frames
            return acb("nan")
        try:
            outer.env.deadline.check()
            variables = {**outer.variables, term.key: z}
            inside = Integrand(outer.env, outer.evaluate, variables, analytic or outer.analytic)
            return inside.value(term.body)
        except (CannotDecide, Undefined, Imprecise) as error:
            failure.append(error)
            return acb("nan")

    # Half the digits are plenty for agreement, and cost a third of the evaluations.
    tolerance = arb(2) ** -(ctx.prec * 9 // 16)
    found = acb.integral(
        integrand, lower, upper, rel_tol=tolerance, abs_tol=tolerance, eval_limit=_EVALUATIONS
    )
    if failure:
        raise failure[0]
    return found


def _real(value: Matrix) -> arb:
    if isinstance(value, Dual):
        raise Unsupported("a derivative of an integral")
    if shape(value) != (1, 1):
        raise Unsupported("an integral of matrices")
    return arb(value[0, 0])


_FUNCTIONS: dict[str, Callable[..., acb]] = {
    "add": lambda _, x, y: x + y,
    "negate": lambda _, x: -x,
    "matmul": lambda _, x, y: x * y,
    "scale": lambda _, x, y: x * y,
    "hadamard": lambda _, x, y: x * y,
    "dot": lambda _, x, y: x * y,
    "divide": lambda _, x, y: x / y,
    "elementwise_divide": lambda _, x, y: x / y,
    "inverse": lambda _, x: 1 / x,
    "elementwise_inverse": lambda _, x: 1 / x,
    "transpose": lambda _, x: x,
    "trace": lambda _, x: x,
    "exp": lambda _, x: x.exp(),
    "log": lambda analytic, x: x.log(analytic=analytic),
    "sqrt": lambda analytic, x: x.sqrt(analytic=analytic),
    "sin": lambda _, x: x.sin(),
    "cos": lambda _, x: x.cos(),
    "tan": lambda _, x: x.tan(),
    "cot": lambda _, x: x.cot(),
    "sec": lambda _, x: x.sec(),
    "csc": lambda _, x: x.csc(),
    "sinh": lambda _, x: x.sinh(),
    "cosh": lambda _, x: x.cosh(),
    "tanh": lambda _, x: x.tanh(),
    "sigmoid": lambda _, x: 1 / (1 + (-x).exp()),
    "erf": lambda _, x: x.erf(),
    "gamma": lambda _, x: x.gamma(),
}
