"""Differentials and Jacobians of networks: one occurrence at a time is replaced.

d of a product is the sum over its factors; the atom dX takes the place of X, and a partial derivative by X_kl
puts the index pair (k, l) where dX stood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from derivcheck.prove import atoms
from derivcheck.prove.graph import Monomial, Node, Powers, add_powers
from derivcheck.prove.polynomial import (
    Polynomial,
    Structure,
    added,
    combined,
    hadamard,
    multiplied,
    scaled,
    traced,
    transposed,
)  # fmt: skip
from derivcheck.prove.proof import OutOfReach
from derivcheck.prove.rewrite import normalised
from derivcheck.prove.scalars import raised
from derivcheck.prove.session import (
    ConstantAtom,
    DeterminantAtom,
    FunctionAtom,
    InverseAtom,
    OpaqueAtom,
    Session,
    VariableAtom,
)  # fmt: skip
from derivcheck.terms.term import Arrangement, Derivative, Differential, Symbol, Variable

if TYPE_CHECKING:
    from derivcheck.prove.lower import Lowering

# Properties that do not tie the entries of a variable to one another: its differential is arbitrary.
_UNTIED = frozenset(
    {"positive", "negative", "nonnegative", "nonzero", "invertible", "full_column_rank", "full_row_rank",
     "unit_interval", "greater_one"}
)  # fmt: skip


def total(term: Differential, to: Lowering) -> Polynomial:
    """d operand."""
    for key in sorted(term.varying):
        _check_free(to.symbol(key), also={"symmetric", "spd", "psd"})
    return differential(to.lower(term.operand), term.varying, to)


def derivative(term: Derivative, to: Lowering) -> Polynomial:
    """∂ operand / ∂ variable, arranged; the variable is a symbol whose entries are independent."""
    if not isinstance(term.variable, Variable) or term.variable.indices:
        raise OutOfReach("derivative by an expression")
    symbol = to.symbol(term.variable.key)
    _check_free(symbol, also=set())
    if any(symbol.key in s.depends for s in to.claim.symbols.values()):
        raise OutOfReach("implicit dependence")
    rows, cols = atoms.legs_of(symbol.shape)
    operand = to.lower(term.operand)
    moved = differential(operand, frozenset({symbol.key}), to)
    label = _moved_label(symbol, to.session)
    terms = [_opened(m, label, len(rows)) for m in moved.terms]
    return _arranged(operand.rows, operand.cols, rows, cols, terms, term.arrangement)


def _check_free(symbol: Symbol, also: set[str]) -> None:
    if symbol.definition is not None:
        raise OutOfReach("derivative by a defined symbol")
    if symbol.properties - _UNTIED - also:
        raise OutOfReach("derivative by a constrained symbol")


def _moved_label(symbol: Symbol, session: Session) -> str:
    return f"d v{session.number('symbol ' + symbol.key)}"


Opened = tuple[Monomial, tuple[int, ...], tuple[int, ...]]  # with the legs where dX stood


def _opened(m: Monomial, label: str, row_count: int) -> Opened:
    places = [i for i, n in enumerate(m.nodes) if n.label == label]
    if len(places) != 1:
        raise OutOfReach("not linear in the differential")
    legs = m.nodes[places[0]].legs
    rest = replace(m, nodes=tuple(n for i, n in enumerate(m.nodes) if i != places[0]))
    return rest, legs[:row_count], legs[row_count:]


def _arranged(
    y_rows: Structure,
    y_cols: Structure,
    x_rows: Structure,
    x_cols: Structure,
    terms: Iterable[Opened],
    arrangement: Arrangement,
) -> Polynomial:
    scalar_operand, scalar_variable = not (y_rows or y_cols), not (x_rows or x_cols)
    match arrangement:
        case Arrangement.JACOBIAN:
            made = [replace(m, rows=m.cols + m.rows, cols=j + k) for m, k, j in terms]
            return Polynomial(y_cols + y_rows, x_cols + x_rows, tuple(made))
        case Arrangement.JACOBIAN_T:
            made = [replace(m, rows=j + k, cols=m.cols + m.rows) for m, k, j in terms]
            return Polynomial(x_cols + x_rows, y_cols + y_rows, tuple(made))
        case Arrangement.LIKE_VARIABLE if scalar_operand:
            return Polynomial(x_rows, x_cols, tuple(replace(m, rows=k, cols=j) for m, k, j in terms))
        case Arrangement.LIKE_VARIABLE_T if scalar_operand:
            return Polynomial(x_cols, x_rows, tuple(replace(m, rows=j, cols=k) for m, k, j in terms))
        case Arrangement.LIKE_OPERAND if scalar_variable:
            return Polynomial(y_rows, y_cols, tuple(m for m, _, _ in terms))
        case Arrangement.LIKE_OPERAND_T if scalar_variable:
            return transposed(Polynomial(y_rows, y_cols, tuple(m for m, _, _ in terms)))
        case _:
            raise OutOfReach("arrangement of this shape")


def differential(p: Polynomial, varying: frozenset[str], to: Lowering) -> Polynomial:
    """dp along the differentials of the varying symbols."""
    parts = [Polynomial(p.rows, p.cols, ())]
    for m in p.terms:
        for i, node in enumerate(m.nodes):
            rest = replace(m, nodes=m.nodes[:i] + m.nodes[i + 1 :])
            moved = _node(node, varying, to)
            if moved is not None and moved.terms:
                parts.append(_grafted(Polynomial(p.rows, p.cols, (rest,)), node.legs, moved, to.session))
        for atom, exponent in m.powers:
            moved = _closed_atom(atom, varying, to)
            if moved is None or not moved.terms:
                continue
            lowered: Powers = add_powers(m.powers, [(atom, Fraction(-1))])
            factor = replace(m, powers=lowered, coefficient=m.coefficient * exponent)
            parts.append(multiplied(Polynomial(p.rows, p.cols, (factor,)), moved, to.session.indices))
    return normalised(added(parts, to.session.indices), to.session)


def _grafted(rest: Polynomial, legs: tuple[int, ...], moved: Polynomial, session: Session) -> Polynomial:
    """The term less one node, times what takes the node's place; `moved` has the node's legs as rows."""

    def join(a: Monomial, b: Monomial) -> tuple[list[tuple[int, int]], tuple[int, ...], tuple[int, ...]]:
        return list(zip(legs, b.rows, strict=True)), a.rows, a.cols

    return combined(rest, moved, join, rest.rows, rest.cols, session.indices)


def _row(labels: Node, session: Session) -> Polynomial:
    """A single node as a polynomial with its legs as rows."""
    fresh = tuple(session.indices.fresh_like(i) for i in labels.legs)
    return Polynomial(
        tuple(session.indices.dims[i] for i in fresh), (),
        (Monomial(Fraction(1), (Node(labels.label, fresh, labels.symmetric),), (), fresh),),
    )  # fmt: skip


def _node(node: Node, varying: frozenset[str], to: Lowering) -> Polynomial | None:
    """What replaces the node in the differential, legs as rows; None for a constant."""
    session = to.session
    atom = session.atoms.get(node.label, ConstantAtom())
    match atom:
        case ConstantAtom():
            return None
        case VariableAtom():
            return _variable(node, atom, varying, to)
        case InverseAtom():
            return _inverse(node, atom, varying, to)
        case FunctionAtom():
            return _function(atom, varying, to)
        case DeterminantAtom():
            inner = differential(atom.argument, varying, to)
            if not inner.terms:
                return None
            product = multiplied(atoms.inverse(atom.argument, session), inner, session.indices)
            return multiplied(_row(node, session), traced(product, session.indices), session.indices)
        case OpaqueAtom():
            if any(differential(p, varying, to).terms for p in atom.arguments):
                raise OutOfReach("differential of an opaque function")
            return None
        case _:
            assert_never(atom)


def _variable(node: Node, atom: VariableAtom, varying: frozenset[str], to: Lowering) -> Polynomial | None:
    symbol = to.symbol(atom.key)
    dependent = any(_reaches(name, varying, to) for name in symbol.depends)
    if atom.key not in varying and not dependent:
        return None
    if atom.order and not dependent:
        return None  # the direction dX is fixed
    label = "d " + node.label
    to.session.atoms.setdefault(label, VariableAtom(atom.key, atom.order + 1, atom.diagonal))
    return _row(Node(label, node.legs, node.symmetric), to.session)


def _reaches(name: str, varying: frozenset[str], to: Lowering, depth: int = 0) -> bool:
    if name in varying:
        return True
    symbol = to.claim.symbols.get(name)
    if symbol is None or depth > 20:
        return depth > 20
    if symbol.definition is not None:
        raise OutOfReach("dependence through a definition")
    return any(_reaches(other, varying, to, depth + 1) for other in symbol.depends)


def _inverse(node: Node, atom: InverseAtom, varying: frozenset[str], to: Lowering) -> Polynomial | None:
    """d(S⁻¹) = −S⁻¹ dS S⁻¹."""
    inner = differential(atom.argument, varying, to)
    if not inner.terms:
        return None
    session, half = to.session, len(node.legs) // 2
    flat = _row(node, session)
    (m,) = flat.terms
    S = Polynomial(flat.rows[:half], flat.rows[half:], (replace(m, rows=m.rows[:half], cols=m.rows[half:]),))
    left = multiplied(S, inner, session.indices)
    moved = scaled(multiplied(left, S, session.indices), -1)
    return Polynomial(
        moved.rows + moved.cols, (), tuple(replace(t, rows=t.rows + t.cols, cols=()) for t in moved.terms)
    )


def _function(atom: FunctionAtom, varying: frozenset[str], to: Lowering) -> Polynomial | None:
    """d f(u) = f'(u) du entry by entry."""
    inner = differential(atom.argument, varying, to)
    if not inner.terms:
        return None
    slope = _slope(atom, to.session)
    return hadamard(slope, inner, to.session.indices)


def _slope(atom: FunctionAtom, session: Session) -> Polynomial:
    u, closed = atom.argument, atom.argument.is_scalar
    match atom.name:
        case "sin":
            return atoms.entrywise("cos", u, session)
        case "cos":
            return scaled(atoms.entrywise("sin", u, session), -1)
        case "exp" if not closed:
            return atoms.entrywise("exp", u, session)
        case "log" if closed:
            return raised(u, Fraction(-1), session)
        case "log":
            return atoms.entrywise("reciprocal", u, session)
        case "tanh":
            t = atoms.entrywise("tanh", u, session)
            one = replace(t, terms=tuple(replace(m, nodes=()) for m in t.terms))
            square = scaled(hadamard(t, t, session.indices), -1)
            return added([one, square], session.indices)
        case name if name.startswith("f") and name[1:].isdigit():
            return atoms.entrywise(name, u, session, atom.order + 1)
        case _:
            raise OutOfReach("no derivative known")


def _closed_atom(atom: str, varying: frozenset[str], to: Lowering) -> Polynomial | None:
    """The differential of a closed atom that stands with an exponent."""
    session = to.session
    if atom.startswith("#"):
        return None
    if atom in session.sums:
        return differential(session.sums[atom], varying, to)
    if atom.endswith("()") and isinstance(session.atoms.get(atom[:-2]), FunctionAtom):
        function = session.atoms[atom[:-2]]
        assert isinstance(function, FunctionAtom)
        inner = differential(function.argument, varying, to)
        if function.name == "exp":
            same = Polynomial((), (), (Monomial(Fraction(1), powers=((atom, Fraction(1)),)),))
            return multiplied(same, inner, session.indices)
    if atom not in session.closed:
        raise OutOfReach("unknown atom")
    nodes = session.closed[atom]
    return differential(Polynomial((), (), (Monomial(Fraction(1), nodes),)), varying, to)
