"""The value of a term in an environment, for every kind of term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from flint import arb, arb_mat, fmpq_mat

from derivcheck.algebra.matrix import Dual, Matrix, Undefined, add, block, entry, scalar, shape, zeros
from derivcheck.operators.record import Operator
from derivcheck.operators.table import OPERATORS
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
    Term,
    Variable,
)
from derivcheck.verify.condition import holds
from derivcheck.verify.derivative import derivative, differential
from derivcheck.verify.environment import Environment
from derivcheck.verify.errors import Unsupported
from derivcheck.verify.fold import fold, integer
from derivcheck.verify.integral import integral
from derivcheck.verify.rounding import rounding_ball
from derivcheck.verify.seed import derive
from derivcheck.verify.unspecified import call, degree_within, with_properties
from derivcheck.work import METER, TERM_EVALUATED

_OPERATORS: Mapping[str, Operator] = OPERATORS
_CONSTANTS = {
    "pi": arb.pi,
    "e": arb.const_e,
    "euler_gamma": arb.const_euler,
}


def evaluate(term: Term, env: Environment) -> Matrix:
    """The value of the term; a scalar is 1×1.

    Raises Undefined where there is none at this point, Imprecise when the working precision does not tell,
    Unsamplable when a symbol has no value at these dimensions, and CannotDecide.
    """
    if env.parent is not None:
        names = env.point.structure.names(term)
        while env.parent is not None and env.changed.isdisjoint(names):
            env = env.parent
    known = env.values.get(id(term))
    if known is not None:
        return known[1]
    value = _compute(term, env)
    env.values[id(term)] = (term, value)
    return value


def _compute(term: Term, env: Environment) -> Matrix:
    METER.spent += TERM_EVALUATED
    env.deadline.check()
    match term:
        case Apply():
            return _apply(term, env)
        case Variable():
            return _variable(term, env)
        case Number():
            return _number(term, env)
        case Index():
            return scalar(env.index(term.name))
        case Size():
            return scalar(term.dim.value(env.point.dims))
        case Entry():
            row, column = integer(term.row, env, evaluate), integer(term.column, env, evaluate)
            return entry(evaluate(term.base, env), row - 1, column - 1)
        case Fold():
            return fold(term, env, evaluate)
        case Call():
            return _call(term, env)
        case Derivative():
            return derivative(term, env, evaluate)
        case Differential():
            return differential(term, env, evaluate)
        case Constant():
            return _constant(term)
        case Condition():
            return scalar(int(holds(term, env, evaluate)))
        case Block():
            return _block(term, env)
        case Substitute():
            value = evaluate(term.value, env)
            return evaluate(term.body, env.with_value((term.key, ()), value, env.level))
        case Cases():
            return _cases(term, env)
        case Integral():
            return integral(term, env, evaluate)
        case Limit():
            raise Unsupported("a limit")
    assert_never(term)


def _apply(term: Apply, env: Environment) -> Matrix:
    operator = _OPERATORS.get(term.operator)
    if operator is None:
        raise Unsupported(f"the operator {term.operator}")
    dims = env.point.dims
    if term.operator == "scale" and _selects(term.args[0]) and _is_zero(evaluate(term.args[0], env)):
        return zeros(*(d.value(dims) for d in term.shape))  # most terms of ε_ijk ε_klm ∂_j ∂_l u_m are none
    args = tuple([evaluate(a, env) for a in term.args])
    return operator.evaluate(args, tuple([d.value(dims) for d in term.dims]))


def _selects(term: Term) -> bool:
    """Whether it is a δ or ε, or a product with one: zero for most indices."""
    match term:
        case Apply(operator="kronecker_delta" | "levi_civita"):
            return True
        case Apply(operator="scale", args=args):
            return any(map(_selects, args))
        case _:
            return False


def _is_zero(value: Matrix) -> bool:
    return type(value) is fmpq_mat and value == zeros(*shape(value))


def _number(term: Number, env: Environment) -> Matrix:
    if env.point.rounding and "." in term.text:
        return arb_mat([[rounding_ball(term)]])
    return scalar(term.value)


def _constant(term: Constant) -> Matrix:
    found = _CONSTANTS.get(term.name)
    if found is None:
        raise Unsupported(f"the constant {term.name}")
    return arb_mat([[found()]])


def _call(term: Call, env: Environment) -> Matrix:
    point = env.point
    rows, columns = (d.value(point.dims) for d in term.shape)
    args = [evaluate(a, env) for a in term.args]
    seed = derive(point.seed, "function", term.key)
    known = point.structure.symbols.get(term.key)
    degree = degree_within(known.properties, point.degree) if known is not None else point.degree
    return call(seed, args, rows, columns, degree, term.order, term.elementwise)


def _block(term: Block, env: Environment) -> Matrix:
    """Blocks without entries vanish, as in [A b] with no columns b."""
    rows = [[evaluate(cell, env) for cell in row] for row in term.rows]
    kept = [[cell for cell in row if shape(cell)[1]] for row in rows if shape(row[0])[0]]
    return block(kept)


def _cases(term: Cases, env: Environment) -> Matrix:
    for branch, condition in term.branches:
        if condition is None or holds(condition, env, evaluate):
            return evaluate(branch, env)
    raise Undefined("no case applies")


def _variable(term: Variable, env: Environment) -> Matrix:
    """Override, else definition, else an unspecified function of what it depends on, else the sampled value;
    then its change in every differential in which it varies."""
    indices = tuple([integer(i, env, evaluate) for i in term.indices])
    override = env.overrides.get((term.key, indices))
    if override is not None:
        return _vary(term.key, indices, override[0], env, override[1])
    symbol = env.point.structure.symbol(term.key)
    if symbol.definition is not None:
        value = evaluate(symbol.definition, _bind(term, symbol.definition, indices, env))
    elif symbol.depends:
        value = _dependent(term, indices, env)
    else:
        value = env.point.value(term.key, indices)
    return _vary(term.key, indices, value, env, 0)


def _vary(key: str, indices: tuple[int, ...], value: Matrix, env: Environment, level: int) -> Matrix:
    """Add ε·direction (or a step along it) for the differentials above this level, unless the symbol varies
    through others."""
    for varying in env.varying:
        if varying.level <= level or key not in varying.keys:
            continue
        if varying.keys & (env.point.structure.symbol_names(key) - {key}):
            continue
        direction, step = env.point.direction(key, indices, shape(value)), varying.step
        value = Dual(value, direction, varying.level) if step is None else add(value, direction * step)
    return value


def _dependent(term: Variable, indices: tuple[int, ...], env: Environment) -> Matrix:
    point = env.point
    symbol = point.structure.symbol(term.key)
    rows, columns = (d.value(point.dims) for d in symbol.shape)
    args = [evaluate(point.structure.variable(key), env) for key in symbol.depends]
    seed = derive(point.seed, "depends", term.key, indices)
    degree = degree_within(symbol.properties, point.degree)
    value = call(seed, args, rows, columns, degree, 0, by_entry=False)
    return with_properties(value, symbol.properties)


def _bind(term: Variable, definition: Term, indices: tuple[int, ...], env: Environment) -> Environment:
    """The environment for the definition of a family: its index variables bound to this member's.

    `x_i` defined by a term in i; a member `x_j` or `x_{i+1}` binds the one index variable of the definition.
    """
    names = [i.name for i in term.indices if isinstance(i, Index)]
    wanted = sorted(n[1:] for n in env.point.structure.names(definition) if n.startswith("#"))
    if not wanted or (len(names) == len(indices) and set(wanted) <= set(names)):
        return env
    if not indices and set(wanted) <= env.indices.keys():
        return env  # J^{(t)} under a sum over t: its name tells which member it is
    if len(wanted) == len(indices) == 1:
        return env.with_index(wanted[0], indices[0])
    raise Unsupported(f"the definition of the family {term.key}")
