"""Definite integrals over finite intervals: of polynomials exactly, of other scalars by rigorous quadrature."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import prod

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
from derivcheck.terms.term import Apply, Fold, Integral, Substitute, Term, Variable
from derivcheck.verify.agreement import MIN_BITS
from derivcheck.verify.cotes import newton_cotes
from derivcheck.verify.degree import degree
from derivcheck.verify.environment import Environment, Evaluator
from derivcheck.verify.errors import CannotDecide, Inaccurate, Unsupported
from derivcheck.verify.fold import MAX_ITERATIONS, integer
from derivcheck.work import INTEGRAND_EVALUATED, METER

_EVALUATIONS = 4000


Values = Mapping[str, acb]  # of the variables of integration
Function = Callable[[Values, bool], acb]


@dataclass(frozen=True, slots=True)
class Integrands:
    """Scalar terms as functions of complex variables, those of integration: put together once, called often.

    Their second argument, `analytic`: the quadrature asks for analyticity, and a ball across a branch cut has no value.
    """

    env: Environment
    evaluate: Evaluator
    variables: frozenset[str] = frozenset()

    def within(self, key: str) -> Integrands:
        """With one more variable."""
        return Integrands(self.env, self.evaluate, self.variables | {key})

    def function(self, term: Term) -> Function:
        """Unsupported for terms that have no complex form."""
        if self._is_constant(term):
            value = acb(_real(self.evaluate(term, self.env)))
            return lambda at, analytic: value
        match term:
            case Variable(key=key):
                if key in self.variables:
                    return lambda at, analytic: at[key]
                definition = self.env.point.structure.symbol(key).definition
                if definition is None or term.indices:
                    raise Unsupported("an integrand with an unspecified function")
                return self.function(definition)
            case Apply():
                return self._apply(term)
            case Fold():
                return self._fold(term)
            case Substitute(body=body, key=key, value=inner):
                put_in, whole = self.function(inner), self.within(key).function(body)
                return lambda at, analytic: whole({**at, key: put_in(at, analytic)}, analytic)
            case Integral():
                lower, upper, over = self.function(term.lower), self.function(term.upper), self.over(term)
                return lambda at, analytic: over(at, analytic, lower(at, analytic), upper(at, analytic))
            case _:
                raise Unsupported("an integrand of this kind")

    def _is_constant(self, term: Term) -> bool:
        return self.variables.isdisjoint(self.env.point.structure.names(term))

    def _apply(self, term: Apply) -> Function:
        if term.operator in ("power_scalar", "power"):
            return self._power(*term.args)
        found = _FUNCTIONS.get(term.operator)
        if found is None or len(term.args) > 2:
            raise Unsupported(f"{term.operator} in an integrand")
        first, *others = [self.function(a) for a in term.args]
        if not others:
            return lambda at, analytic: found(analytic, first(at, analytic))
        (second,) = others
        return lambda at, analytic: found(analytic, first(at, analytic), second(at, analytic))

    def _power(self, base_term: Term, exponent: Term) -> Function:
        z = self.function(base_term)
        if self._is_constant(exponent):
            k = to_integer(base(self.evaluate(exponent, self.env)))
            if k is not None:
                return lambda at, analytic: z(at, analytic) ** k
        w = self.function(exponent)
        return lambda at, analytic: (w(at, analytic) * z(at, analytic).log(analytic=analytic)).exp()

    def _fold(self, term: Fold) -> Function:
        lower, upper = (integer(bound, self.env, self.evaluate) for bound in (term.lower, term.upper))
        if upper - lower >= MAX_ITERATIONS or term.condition is not None:
            raise Unsupported("a long or conditional sum in an integrand")
        bound = [self.env.with_index(term.index, value) for value in range(lower, upper + 1)]
        items = [Integrands(env, self.evaluate, self.variables).function(term.body) for env in bound]
        if term.kind == "sum":
            return lambda at, analytic: sum((item(at, analytic) for item in items), acb(0))
        return lambda at, analytic: prod((item(at, analytic) for item in items), start=acb(1))

    def over(self, term: Integral) -> Callable[[Values, bool, acb, acb], acb]:
        """The integral of the body from one bound to another, its integrand put together when first called."""
        body = cache(lambda: self.within(term.key).function(term.body))

        def integral(at: Values, within_analytic: bool, lower: acb, upper: acb) -> acb:
            def integrand(z: acb, analytic: bool) -> acb:
                METER.spent += INTEGRAND_EVALUATED
                self.env.deadline.check()
                return body()({**at, term.key: z}, analytic or within_analytic)

            return _quadrature(integrand, lower, upper)

        return integral


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
        whole = Integrands(env, evaluate).over(term)({}, False, acb(_real(lower)), acb(_real(upper)))
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


def _quadrature(f: Callable[[acb, bool], acb], lower: acb, upper: acb) -> acb:
    failure: list[Exception] = []

    def integrand(z: acb, analytic: bool) -> acb:
        if failure:  # nothing may be raised through the quadrature's own frames
            return acb("nan")
        try:
            return f(z, analytic)
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
