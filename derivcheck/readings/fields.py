"""Fields over space: ∂_i u_j, ∇·u, ∇×u, (w·∇)u, ∇φ, ∇²u where the text names no variable.

Under this reading the letters that ∇ and ∂_i stand before are functions of the position, all others are constants.
In coordinates, div u = ∂_i u_i, (curl u)_i = ε_ijk ∂_j u_k, ((w·∇)u)_i = w_j ∂_j u_i, (∇φ)_i = ∂_i φ, ∇²u = ∂_i ∂_i u.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings import entries, numbers
from derivcheck.readings.errors import Unread
from derivcheck.terms.dim import ONE
from derivcheck.terms.term import Arrangement, Derivative, Fold, Index, Size, Symbol, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_NABLA = tree.Sym("\\nabla")
_INDICES = frozenset("ijklmn")
POSITION = "x@"


def fields(roots: Iterable[tree.Node]) -> tuple[tuple[str, str], ...]:
    """The letters right behind ∇ and ∂_i, with their kind: a vector behind ∇· and ∇×, else by their looks ("")."""
    found: dict[str, str] = {}
    for node in (n for root in roots for n in subtrees(root)):
        match node:
            case tree.Infix(op="\\cdot" | "\\times", left=left, right=right) if _ends_in_nabla(left):
                _note(found, right, "column")
            case tree.Infix(op="\\cdot", left=left, right=tree.Sym(name="\\nabla")):
                if (key := _letter(left)) in found:
                    found[key] = "column"
            case tree.Juxt(items=items):
                for head, operand in pairwise(items):
                    if is_coordinate(head) or is_nabla(head) or _along(head) is not None:
                        _note(found, operand, "")
            case _:
                pass
    return tuple(found.items())


def _note(found: dict[str, str], operand: tree.Node, kind: str) -> None:
    key = _letter(operand)
    if key:
        found[key] = kind or _by_indices(operand) or found.get(key, "")


def _by_indices(node: tree.Node) -> str:
    """F_j is an entry of a vector, F_jk one of a matrix."""
    match node:
        case tree.Script(sub=tree.Sym(name=name)) if name in _INDICES:
            return "column"
        case tree.Script(sub=tree.Juxt(items=(tree.Sym(), tree.Sym()))):
            return "matrix"
        case _:
            return ""


def _letter(node: tree.Node) -> str:
    """f of f, f_i, (f), and of the f with an arrow."""
    match node:
        case tree.Fence(open="(" | "[", body=body):
            return _letter(body)
        case tree.Script(base=base, sup=None, primes=0):
            return _letter(base)
        case tree.Accent(accent="vec", body=body):
            return _letter(body)
        case tree.Sym() if not is_nabla(node) and node.name != "\\partial":
            return symbol_key(node) or ""
        case _:
            return ""


def is_nabla(node: tree.Node) -> bool:
    """∇ or ∇²."""
    squared = isinstance(node, tree.Script) and node.base == _NABLA and node.sub is None and node.sup == tree.Num("2")
    return node == _NABLA or squared


def is_coordinate(node: tree.Node) -> bool:
    """∂_i."""
    match node:
        case tree.Script(base=tree.Sym(name="\\partial"), sub=tree.Sym(name=name), sup=None, primes=0):
            return name in _INDICES
        case _:
            return False


def _ends_in_nabla(node: tree.Node) -> bool:
    return node == _NABLA or (isinstance(node, tree.Juxt) and node.items[-1] == _NABLA)


def _along(node: tree.Node) -> tree.Node | None:
    """w of (w·∇)."""
    match node:
        case tree.Fence(open="(" | "[", body=tree.Infix(op="\\cdot", left=left, right=tree.Sym(name="\\nabla"))):
            return left
        case _:
            return None


# -- reading ------------------------------------------------------------------------------------------------


def kind_of(e: Elaborator, key: str) -> str | None:
    """The kind of a field behind ∇· or ∇×; None for any other letter."""
    return dict(e.chain.fields).get(_plain(key)) or None if e.choice.fields else None


def dependence(e: Elaborator, key: str) -> tuple[str, ...]:
    """The position, for a field."""
    return (POSITION,) if e.choice.fields and _plain(key) in dict(e.chain.fields) else ()


def _plain(key: str) -> str:
    return key.removeprefix("vec(").removesuffix(")") if key.startswith("vec(") else key


def position(e: Elaborator) -> Term:
    """The vector by whose entries ∇ and ∂_i differentiate."""
    from derivcheck.readings import symbols

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
    if _ends_in_nabla(node.left) and node.op in ("\\cdot", "\\times"):
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
    return e.choice.fields and (is_nabla(node) or _along(node) is not None)


def operator(e: Elaborator, node: tree.Node, operand: tree.Node) -> Term:
    """(w·∇)u, ∇φ and ∇²u."""
    along, term = _along(node), e.read(operand)
    if along is not None:
        return _directional(e, e.read(along), term, node)
    if node != _NABLA:
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
