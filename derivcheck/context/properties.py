"""Properties that equations state: `A^\\top = A`, `S_{ij} = S_{ji}`, `Q^\\top Q = I`, `\\|u\\| = 1`, `K'' = 0`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derivcheck.context.subjects import ADJOINTS, is_number, key_of
from derivcheck.notation.tree import Add, Fence, Juxt, Node, Num, Script, Sym


def property_of(left: Node, right: Node) -> tuple[str, str] | None:
    """The symbol of which an equation says a property, and the property: `A^T = A`, `‖u‖ = 1`."""
    if found := _symmetry(left, right) or _symmetry(right, left) or _by_entries(left, right):
        return found
    if straight := _straight(left, right):
        return straight, "affine"
    unit = _unit(left, right)
    return (unit, "unit") if unit else None


def transposed(node: Node) -> Node | None:
    """X of X^T."""
    match node:
        case Script(base=base, sub=sub, sup=Sym(name=name), primes=0) if name in ADJOINTS:
            return base if sub is None else replace(node, sup=None)
        case Script(base=base, sub=sub, sup=None, primes=1):
            return base if sub is None else replace(node, primes=0)
        case _:
            return None


def _symmetry(left: Node, right: Node) -> tuple[str, str] | None:
    """`A^T = A`, `A^T = -A`, `A^2 = A`, `Q^T = Q^{-1}`."""
    base = transposed(left)
    if base is not None and (key := key_of(base)):
        if right == base:
            return key, "symmetric"
        match right:
            case Add(signs=("-",), terms=(term,)) if term == base:
                return key, "skew"
            case Script(base=inner, sub=None, sup=Add(signs=("-",), terms=(Num(text="1"),))) if inner == base:
                return key, "orthogonal"
            case _:
                return None
    match left:
        case Script(base=square, sub=None, sup=Num(text="2")) if right == square and (key := key_of(square)):
            return key, "idempotent"
        case _:
            return None


def _by_entries(left: Node, right: Node) -> tuple[str, str] | None:
    """`S_{ij} = S_{ji}`, `w_{ij} = -w_{ji}`."""
    sign, other = ("skew", right.terms[0]) if isinstance(right, Add) and right.signs == ("-",) else ("symmetric", right)
    match left, other:
        case (
            Script(base=Sym() as base, sub=Juxt(items=(Sym() as i, Sym() as j)), sup=None, primes=0),
            Script(base=again, sub=Juxt(items=(k, m)), sup=None, primes=0),
        ) if base == again and (i, j) == (m, k) and i != j and (key := key_of(base)):
            return key, sign
        case _:
            return None


def _straight(left: Node, right: Node) -> str | None:
    """`K'' = 0`."""
    match left:
        case Script(base=base, sub=None, sup=None, primes=2) if is_number(right, "0"):
            return key_of(base)
        case _:
            return None


def _unit(left: Node, right: Node) -> str | None:
    """`\\|u\\| = 1`, `u^T u = 1`."""
    if not is_number(right, "1"):
        return None
    match left:
        case Fence(open="\\|", close="\\|", body=body):
            return key_of(body)
        case Script(base=Fence(open="\\|", close="\\|", body=body), sub=None | Num(text="2"), sup=None | Num(text="2")):
            return key_of(body)
        case Juxt(items=(first, second)) if transposed(first) == second:
            return key_of(second)
        case _:
            return None


def grams(members: Sequence[Node]) -> tuple[tuple[str, str], ...]:
    """(Q, orthogonal) of `Q^T Q = Q Q^T = I`; (U, orthonormal), (V, orthonormal) of `U^T U = V^T V = I`."""
    *products, identity = members
    columns = [orthonormal(product, identity) for product in products]
    if len(products) < 2 or not any(columns):
        return ()
    rows = [orthonormal_rows(product, identity) for product in products]
    if not all(c or r in columns for c, r in zip(columns, rows, strict=True)):
        return ()
    return tuple((key, "orthogonal" if key in rows else "orthonormal") for key in dict.fromkeys(columns) if key)


def orthonormal_rows(left: Node, right: Node) -> str | None:
    """Q of `Q Q^T = I`."""
    match left:
        case Juxt(items=(first, second)) if transposed(second) == first and _is_identity(right):
            return key_of(first)
        case _:
            return None


def orthonormal(left: Node, right: Node) -> str | None:
    """Q of `Q^T Q = I`."""
    match left:
        case Juxt(items=(first, second)) if transposed(first) == second and _is_identity(right):
            return key_of(second)
        case _:
            return None


def _is_identity(node: Node) -> bool:
    letter = node.base if isinstance(node, Script) else node
    return isinstance(letter, Sym) and letter.name in ("I", "\\mathbb{1}", "E")
