"""Layout: how the partial derivatives of an operand by a variable are laid out, and the shape that results.

The usual tables (numerator and denominator layout) as in Magnus & Neudecker 1999, ch. 9, and Petersen & Pedersen
2012, sec. 2; an explicit transpose in the denominator, ∂y/∂xᵀ, always asks for one row per output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.layouts import Side
from derivcheck.terms.dim import ONE, Dim, Shape
from derivcheck.terms.term import Arrangement, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def arrange(
    e: Elaborator, operand: Term, variable: Term, transposed: bool, node: tree.Node, *, nabla: bool = False
) -> tuple[Arrangement, Shape]:
    """(arrangement, shape) of ∂operand/∂variable. `variable` as written; `transposed`: it stands under a transpose."""
    if e.is_scalar(variable):
        return _by_scalar(e, operand)
    if e.is_scalar(operand):
        if e.is_matrix(variable):
            return _scalar_by_matrix(e, variable, transposed, nabla)
        return _scalar_by_vector(e, variable, nabla)
    if e.is_matrix(variable) or e.is_matrix(operand):
        said = "derivative of a matrix by a vector or matrix"
        raise Unread("unsupported operator", said, node.start, node.end, broken=True)
    return _vector_by_vector(e, operand, variable, nabla, node)


def _side(e: Elaborator, kind: str) -> Side:
    """What the layout in force says of one kind of derivative (a field of Layout): the reading depends on it."""
    e.laid.add(kind)
    side: Side = getattr(e.choice.layout, kind)
    return side


def _by_scalar(e: Elaborator, operand: Term) -> tuple[Arrangement, Shape]:
    if e.is_column(operand) and _side(e, "vector_scalar") is Side.DENOMINATOR:
        return Arrangement.LIKE_OPERAND_T, (operand.shape[1], operand.shape[0])
    return Arrangement.LIKE_OPERAND, operand.shape


def _scalar_by_matrix(e: Elaborator, variable: Term, transposed: bool, nabla: bool) -> tuple[Arrangement, Shape]:
    """The shape of the variable as written, transposed in numerator layout; that of ∇ never."""
    side = Side.DENOMINATOR if nabla else _side(e, "scalar_matrix")
    shape = variable.shape if side is Side.DENOMINATOR else (variable.shape[1], variable.shape[0])
    like = (side is Side.DENOMINATOR) != transposed
    return (Arrangement.LIKE_VARIABLE if like else Arrangement.LIKE_VARIABLE_T), shape


def _scalar_by_vector(e: Elaborator, variable: Term, nabla: bool) -> tuple[Arrangement, Shape]:
    """A row for ∂f/∂xᵀ; for ∂f/∂x what the layout says."""
    size = _length(e, variable)
    if e.is_row(variable):
        return Arrangement.JACOBIAN, (ONE, size)
    if _side(e, "nabla" if nabla else "scalar_vector") is Side.NUMERATOR:
        return Arrangement.JACOBIAN, (ONE, size)
    return Arrangement.JACOBIAN_T, (size, ONE)


def _vector_by_vector(
    e: Elaborator, operand: Term, variable: Term, nabla: bool, node: tree.Node
) -> tuple[Arrangement, Shape]:
    outputs, inputs = _length(e, operand), _length(e, variable)
    if e.is_row(variable):
        if e.is_row(operand) and not e.choice.rows_as_columns:
            raise Clash("derivative of a row by a row", node.start, node.end)
        return Arrangement.JACOBIAN, (outputs, inputs)
    if e.is_row(operand) and not e.choice.rows_as_columns and not _numerator_tables(e):
        return Arrangement.JACOBIAN_T, (inputs, outputs)
    if _side(e, "nabla_vector" if nabla else "vector_vector") is Side.NUMERATOR:
        return Arrangement.JACOBIAN, (outputs, inputs)
    return Arrangement.JACOBIAN_T, (inputs, outputs)


def _numerator_tables(e: Elaborator) -> bool:
    """In the tables of numerator layout ∂(xᵀA)/∂x is Aᵀ: there is one row per output, be the operand a row or not."""
    return e.known.has(Convention.NUMERATOR) and _side(e, "vector_vector") is Side.NUMERATOR


def _length(e: Elaborator, term: Term) -> Dim:
    return term.shape[1] if e.is_row(term) else term.shape[0]
