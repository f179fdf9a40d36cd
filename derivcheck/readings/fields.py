"""Fields over space: ∂_i u_j, ∇·u, ∇×u, (w·∇)u, ∇φ, ∇²u where the text names no variable.

Under this reading the letters that ∇ and ∂_i stand before are functions of the position, all others are constants.
In coordinates, div u = ∂_i u_i, (curl u)_i = ε_ijk ∂_j u_k, ((w·∇)u)_i = w_j ∂_j u_i, (∇φ)_i = ∂_i φ, ∇²u = ∂_i ∂_i u.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.space import NABLA, along, ends_in_nabla, is_nabla
from derivcheck.readings import entries, numbers
from derivcheck.readings.errors import Unread
from derivcheck.terms.dim import ONE
from derivcheck.terms.term import Arrangement, Derivative, Fold, Index, Size, Symbol, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

POSITION = "x@"


def kind_of(e: Elaborator, key: str) -> str | None:
    """The kind of a field that shows, and of the position; None for any other letter."""
    if e.choice.fields and key == e.chain.place:
        return "column"
    return dict(e.chain.fields).get(_plain(key)) or None if e.choice.fields else None


def dependence(e: Elaborator, key: str) -> tuple[str, ...]:
    """The position, for a field."""
    return (e.chain.place or POSITION,) if e.choice.fields and _plain(key) in dict(e.chain.fields) else ()


def _plain(key: str) -> str:
    return key.removeprefix("vec(").removesuffix(")") if key.startswith("vec(") else key


def position(e: Elaborator) -> Term:
    """The vector by whose entries ∇ and ∂_i differentiate."""
    from derivcheck.readings import symbols

    if e.chain.place:
        term = symbols.variable(e, e.chain.place, tree.Sym(e.chain.place))
        if not e.is_column(term):
            raise Unread("dependence", "the position", 0, 0)
        return term
    if POSITION not in e.symbols:
        size = e.unifier.fresh(proper=True)
        e.symbols[POSITION] = Symbol(POSITION, (size, ONE), latex="x")
        e.origins[POSITION] = "coordinates"
    return symbols.variable(e, POSITION, tree.Sym(POSITION))


def by_coordinate(e: Elaborator, operand: Term, sub: tree.Node, node: tree.Node) -> Term:
    """∂_i operand."""
    return _partial(operand, entries.at(e, position(e), (sub,), node), node)


def infix(e: Elaborator, node: tree.Infix) -> Term | None:
    """∇·u, ∇×u, w·∇u; None for any other product."""
    if not e.choice.fields:
        return None
    if ends_in_nabla(node.left) and node.op in ("\\cdot", "\\times"):
        u = e.read(node.right)
        curl = node.op == "\\times"
        value = _curl(e, u, node) if curl else e.apply("trace", (_jacobian(e, u, node),), node)
        factors = node.left.items[:-1] if isinstance(node.left, tree.Juxt) else ()
        return _times(e, factors, value, node)
    match node.right:
        case tree.Juxt(items=(tree.Sym(name="\\nabla"), *rest)) if node.op == "\\cdot" and rest:
            operand = rest[0] if len(rest) == 1 else tree.Juxt(tuple(rest), start=rest[0].start, end=node.end)
            term = e.read(operand)
            return None if e.is_scalar(term) else _directional(e, e.read(node.left), term, node)
        case _:
            return None


def _times(e: Elaborator, factors: tuple[tree.Node, ...], value: Term, node: tree.Node) -> Term:
    from derivcheck.readings import products

    return products.product(e, [*(e.read(f) for f in factors), value], node) if factors else value


def acts(e: Elaborator, node: tree.Node) -> bool:
    """Whether it is ∇, ∇² or (w·∇), and a letter behind it is a field."""
    return e.choice.fields and (is_nabla(node) or along(node) is not None)


def operator(e: Elaborator, node: tree.Node, operand: tree.Node) -> Term:
    """(w·∇)u, ∇φ and ∇²u."""
    direction, term = along(node), e.read(operand)
    if direction is not None:
        return _directional(e, e.read(direction), term, node)
    if node != NABLA:
        return _laplacian(e, term, node)
    if not e.is_scalar(term):
        raise Unread("unsupported operator", "∇ of a vector field", node.start, node.end)
    return _gradient(e, term, node)


def _partial(operand: Term, by: Term, node: tree.Node) -> Term:
    like = Arrangement.LIKE_OPERAND
    return Derivative(operand, by, like, shape=operand.shape, start=node.start, end=node.end)


def _gradient(e: Elaborator, f: Term, node: tree.Node) -> Term:
    """∂_i f, a column."""
    where = position(e)
    return Derivative(f, where, Arrangement.JACOBIAN_T, shape=where.shape, start=node.start, end=node.end)


def _jacobian(e: Elaborator, u: Term, node: tree.Node) -> Term:
    """∂_k u_i at row i, column k."""
    where = position(e)
    e.unifier.unify_shapes(u.shape, where.shape)
    square = (where.shape[0], where.shape[0])
    return Derivative(u, where, Arrangement.JACOBIAN, shape=square, start=node.start, end=node.end)


def _curl(e: Elaborator, u: Term, node: tree.Node) -> Term:
    """The vector whose cross product matrix is J − Jᵀ."""
    jacobian = _jacobian(e, u, node)
    transposed = e.apply("transpose", (jacobian,), node)
    return e.apply("vee", (e.add([jacobian, e.apply("negate", (transposed,), node)], node),), node)


def _directional(e: Elaborator, w: Term, u: Term, node: tree.Node) -> Term:
    """Σ_k w_k ∂_k u."""
    e.unifier.unify_shapes(w.shape, position(e).shape)
    if e.is_scalar(u):
        return e.apply("dot", (w, _gradient(e, u, node)), node)
    return e.apply("matmul", (_jacobian(e, u, node), w), node)


def _laplacian(e: Elaborator, u: Term, node: tree.Node) -> Term:
    """Σ_k ∂_k ∂_k u."""
    where, name = position(e), f"k@{len(e.bound)}"
    with e.binding(name):
        by = entries.entry(e, where, (Index(name),), node)
        body = _partial(_partial(u, by, node), by, node)
    return Fold("sum", name, numbers.number(1), Size(where.shape[0]), body, shape=u.shape)
