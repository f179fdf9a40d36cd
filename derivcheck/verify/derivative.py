"""Derivatives and differentials by dual numbers, confirmed by difference quotients where a point asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from flint import fmpq_mat

from derivcheck.algebra.matrix import Dual, Matrix, Undefined, block, shape, split, transpose, vec, zeros
from derivcheck.terms.term import Apply, Arrangement, Derivative, Differential, Entry, Term, Variable
from derivcheck.verify.environment import Environment, Evaluator
from derivcheck.verify.errors import Unsupported
from derivcheck.verify.fold import integer
from derivcheck.verify.second_opinion import confirm, weighted
from derivcheck.verify.structure import Structure

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Coordinates:
    """The entries of a derivative's variable, in its shape, as positions in the symbol that varies."""

    symbol: Variable
    rows: tuple[tuple[Position, ...], ...]

    def transposed(self) -> Coordinates:
        return Coordinates(self.symbol, tuple(zip(*self.rows, strict=True)))

    def stacked(self) -> Coordinates:
        columns = zip(*self.rows, strict=True)
        return Coordinates(self.symbol, tuple((p,) for column in columns for p in column))


def base_variable(variable: Term) -> Variable | None:
    """The symbol whose entries are varied, None when the variable is another expression."""
    match variable:
        case Variable():
            return variable
        case Entry():
            return base_variable(variable.base)
        case Apply(operator="transpose" | "vec", args=(inner,)):
            return base_variable(inner)
        case _:
            return None


def _coordinates(variable: Term, env: Environment, evaluate: Evaluator) -> Coordinates:
    match variable:
        case Variable():
            rows, columns = shape(evaluate(variable, env))
            return Coordinates(variable, tuple(tuple((i, j) for j in range(columns)) for i in range(rows)))
        case Apply(operator="transpose", args=(inner,)):
            return _coordinates(inner, env, evaluate).transposed()
        case Apply(operator="vec", args=(inner,)):
            return _coordinates(inner, env, evaluate).stacked()
        case Entry():
            whole = _coordinates(variable.base, env, evaluate)
            i, j = integer(variable.row, env, evaluate) - 1, integer(variable.column, env, evaluate) - 1
            if not (0 <= i < len(whole.rows) and 0 <= j < len(whole.rows[0])):
                raise Undefined("index outside the variable")
            return Coordinates(whole.symbol, ((whole.rows[i][j],),))
        case _:
            raise Unsupported("a derivative by this expression")


def derivative(term: Derivative, env: Environment, evaluate: Evaluator) -> Matrix:
    """∂ operand / ∂ variable in the arrangement of the term: one dual evaluation per entry of the variable.

    A variable that is neither a symbol nor entries of one is replaced where it occurs in the operand;
    where it occurs nowhere, the derivative is zero.
    """
    operand, variable = term.operand, term.variable
    if base_variable(variable) is None:
        found = env.point.structure.expression_variable(operand, variable)
        if found is None:
            return _arranged_zero(term, env, evaluate)
        operand, variable = found
    where = _coordinates(variable, env, evaluate)
    symbol = where.symbol
    member = (symbol.key, tuple(integer(i, env, evaluate) for i in symbol.indices))
    current = evaluate(symbol, env)
    size = shape(current)
    level = env.level + 1

    def partial(position: Position) -> Matrix:
        direction = fmpq_mat(*size)
        direction[position] = 1
        child = env.with_value(member, Dual(current, direction, level), level)
        return _tangent(evaluate(operand, child), level)

    partials = [[partial(p) for p in row] for row in where.rows]
    if env.point.confirming and type(current) is fmpq_mat:
        value: fmpq_mat = current
        positions, slopes = [p for row in where.rows for p in row], [y for row in partials for y in row]
        step, slope = weighted(size, positions, slopes)
        confirm(term, env, slope, lambda t: evaluate(operand, env.with_value(member, value + step * t, level)))
    return _arrange(partials, term.arrangement)


def _tangent(value: Matrix, level: int) -> Matrix:
    tangent = split(value, level)[1]
    return zeros(*shape(value)) if tangent is None else tangent


def _arranged_zero(term: Derivative, env: Environment, evaluate: Evaluator) -> Matrix:
    rows, columns = shape(evaluate(term.variable, env))
    zero = zeros(*shape(evaluate(term.operand, env)))
    return _arrange([[zero] * columns] * rows, term.arrangement)


def _arrange(partials: list[list[Matrix]], arrangement: Arrangement) -> Matrix:
    """partials[k][l] = ∂y/∂x_kl."""
    match arrangement:
        case Arrangement.LIKE_OPERAND | Arrangement.LIKE_OPERAND_T:
            if len(partials) != 1 or len(partials[0]) != 1:
                raise Unsupported("a derivative by a matrix laid out like its operand")
            y = partials[0][0]
            return y if arrangement is Arrangement.LIKE_OPERAND else transpose(y)
        case Arrangement.LIKE_VARIABLE | Arrangement.LIKE_VARIABLE_T:
            if shape(partials[0][0]) != (1, 1):
                raise Unsupported("a derivative of a matrix laid out like its variable")
            like = block(partials)
            return like if arrangement is Arrangement.LIKE_VARIABLE else transpose(like)
        case Arrangement.JACOBIAN | Arrangement.JACOBIAN_T:
            by_column = [vec(row[j]) for j in range(len(partials[0])) for row in partials]
            jacobian = block([by_column])
            return jacobian if arrangement is Arrangement.JACOBIAN else transpose(jacobian)
    assert_never(arrangement)


def differential(term: Differential, env: Environment, evaluate: Evaluator) -> Matrix:
    """d operand: its tangent along the directions of the varying symbols."""
    child = env.with_varying(term.varying)
    tangent = _tangent(evaluate(term.operand, child), child.level)
    if env.point.confirming and not _depends_and_varies(term, env.point.structure):
        confirm(term, env, tangent, lambda t: evaluate(term.operand, env.with_varying(term.varying, t)))
    return tangent


def _depends_and_varies(term: Differential, structure: Structure) -> bool:
    """Whether a symbol varies by itself and is a function of others as well: its curve is then not one line."""
    varying = (structure.symbol(key) for key in term.varying & structure.names(term.operand))
    return any(symbol.depends for symbol in varying)
