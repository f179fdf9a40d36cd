"""Atoms of the networks: variables, inverses, determinants, functions of canonical arguments."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

from derivcheck.prove.graph import Monomial, Node, refreshed
from derivcheck.prove.polynomial import (
    Polynomial,
    Structure,
    mapped,
    product_of,
    refinement,
    restructured,
    scaled,
    transposed,
)  # fmt: skip
from derivcheck.prove.proof import OutOfReach
from derivcheck.prove.rewrite import leading_term
from derivcheck.prove.session import (
    Atom,
    DeterminantAtom,
    FunctionAtom,
    InverseAtom,
    OpaqueAtom,
    Session,
    VariableAtom,
)  # fmt: skip
from derivcheck.terms.dim import ONE, Dim, Shape
from derivcheck.terms.term import Symbol

_ORTHOGONAL = frozenset({"orthogonal", "rotation", "permutation"})
_SYMMETRIC = frozenset({"symmetric", "spd", "psd", "projection"})


def legs_of(shape: Shape) -> tuple[Structure, Structure]:
    """The structure of an atom: a leg of dimension 1 is none."""
    rows, cols = shape
    return (() if rows == ONE else (rows,)), (() if cols == ONE else (cols,))


def variable(
    symbol: Symbol, members: tuple[tuple[str, Dim], ...], session: Session, suffix: str = ""
) -> Polynomial:
    """A symbol, or the member of a family picked by the index variables `members` or named by `suffix`."""
    rows, cols = legs_of(symbol.shape)
    words = symbol.properties
    number = session.number("symbol " + symbol.key)
    if "diagonal" in words:
        return _diagonal(symbol, number, members, session)
    if "skew" in words:
        return _skew(symbol, number, members, session)
    square = bool(rows) and rows == cols
    symmetric = square and bool(words & _SYMMETRIC) and not members
    label = f"v{number}{suffix}" + ("s" if symmetric else "")
    session.atoms.setdefault(label, VariableAtom(symbol.key))
    traits = set()
    if square and words & _ORTHOGONAL:
        traits.add("orthogonal")
    if square and words & {"idempotent", "projection"}:
        traits.add("idempotent")
    if bool(rows) != bool(cols):
        traits |= words & {"unit", "probability"}
        traits |= {"unit", "probability"} if "one_hot" in words else set()
    if traits and not members:
        session.traits[label] = frozenset(traits)
        session.assume(f"{symbol.latex or symbol.key} {', '.join(sorted(traits))}")
    if symmetric:
        session.assume(f"{symbol.latex or symbol.key} symmetric")
    if (
        not rows
        and not cols
        and not members
        and words & {"positive", "natural", "unit_interval", "greater_one"}
    ):
        session.positive.add(f"{label}()")
    return _single(label, rows, cols, members, session, symmetric)


def _single(
    label: str,
    rows: Structure,
    cols: Structure,
    members: tuple[tuple[str, Dim], ...],
    session: Session,
    symmetric: bool = False,
) -> Polynomial:
    row_legs = tuple(session.indices.fresh(d) for d in rows)
    col_legs = tuple(session.indices.fresh(d) for d in cols)
    bound: dict[str, int] = {}
    picks = []
    for name, dim in members:
        bound.setdefault(name, session.indices.fresh(dim))
        picks.append(bound[name])
    node = Node(label, (*row_legs, *col_legs, *picks), symmetric)
    m = Monomial(Fraction(1), (node,), (), row_legs, col_legs, tuple(sorted(bound.items())))
    return Polynomial(rows, cols, (m,))


def _diagonal(
    symbol: Symbol, number: int, members: tuple[tuple[str, Dim], ...], session: Session
) -> Polynomial:
    rows, cols = legs_of(symbol.shape)
    if rows != cols or not rows or members:
        raise OutOfReach("diagonal and not square")
    label = f"v{number}d"
    session.atoms.setdefault(label, VariableAtom(symbol.key, diagonal=True))
    session.assume(f"{symbol.latex or symbol.key} diagonal")
    index = session.indices.fresh(rows[0])
    return Polynomial(rows, cols, (Monomial(Fraction(1), (Node(label, (index,)),), (), (index,), (index,)),))


def _skew(symbol: Symbol, number: int, members: tuple[tuple[str, Dim], ...], session: Session) -> Polynomial:
    """K = G − Gᵀ with a general G: every skew matrix is of this form."""
    rows, cols = legs_of(symbol.shape)
    if rows != cols or not rows or members:
        raise OutOfReach("skew and not square")
    label = f"v{number}k"
    session.atoms.setdefault(label, VariableAtom(symbol.key))
    session.assume(f"{symbol.latex or symbol.key} skew")
    G = _single(label, rows, cols, (), session)
    H = transposed(_single(label, rows, cols, (), session))
    return Polynomial(rows, cols, G.terms + scaled(H, -1).terms)


def inverse(p: Polynomial, session: Session) -> Polynomial:
    """S⁻¹ of a square polynomial as an atom that cancels against S (`rewrite`)."""
    common = refinement(p.rows, p.cols)
    square = restructured(p, common, common, session.indices)
    if any(m.bound for m in square.terms):
        return opaque("inverse", (square,), (product_of(common), product_of(common)), session)
    session.assume("inverses exist where written")
    if not common:
        raise OutOfReach("inverse of a scalar")
    reciprocal = _diagonal_inverse(square, session)
    if reciprocal is not None:
        return reciprocal
    leading = max(session.collected(square).values(), key=abs, default=None)
    if leading is None:
        raise OutOfReach("inverse of zero")
    square = scaled(square, 1 / leading)
    text, mirrored = session.text(square), session.text(transposed(square))
    chosen = transposed(square) if mirrored < text else square
    label = f"inv{{{min(text, mirrored)}}}"
    if label not in session.atoms:
        session.atoms[label] = InverseAtom(chosen, leading_term(chosen, session))
    symmetric = text == mirrored and len(common) == 1
    result = _single(label, common, common, (), session, symmetric)
    return scaled(transposed(result) if mirrored < text else result, 1 / leading)


def _diagonal_inverse(p: Polynomial, session: Session) -> Polynomial | None:
    if len(p.terms) != 1 or len(p.terms[0].nodes) != 1:
        return None
    (m,) = p.terms
    (node,) = m.nodes
    atom = session.atoms.get(node.label)
    if not (isinstance(atom, VariableAtom) and atom.diagonal and m.rows == m.cols == node.legs):
        return None
    if m.powers or m.loose or not m.coefficient:
        return None
    label = session.reciprocal.get(node.label, node.label + "⁻¹")
    session.reciprocal[node.label], session.reciprocal[label] = label, node.label
    session.atoms.setdefault(label, OpaqueAtom((p,)))
    fresh = refreshed(
        replace(m, nodes=(Node(label, node.legs),), coefficient=1 / m.coefficient), session.indices
    )
    return Polynomial(p.rows, p.cols, (fresh,))


def determinant(p: Polynomial, positive: bool, session: Session) -> Polynomial:
    """det S as an atom; det Sᵀ is the same one."""
    common = refinement(p.rows, p.cols)
    square = restructured(p, common, common, session.indices)
    if any(m.bound for m in square.terms):
        return opaque("det", (square,), (ONE, ONE), session)
    text, mirrored = session.text(square), session.text(transposed(square))
    label = f"det{{{min(text, mirrored)}}}"
    session.atoms.setdefault(label, DeterminantAtom(square))
    if positive:
        session.positive.add(f"{label}()")
    return _single(label, (), (), (), session)


def flattened(p: Polynomial, session: Session) -> tuple[Polynomial, tuple[str, ...]]:
    """All free positions as rows: rows, columns, then the index variables (named in the second result)."""
    names = sorted({name for m in p.terms for name, _ in m.bound})
    if not names:
        return mapped(p, p.rows + p.cols, (), lambda m: (m.rows + m.cols, ()), session.indices), ()
    dims = {name: session.indices.dims[i] for m in p.terms for name, i in m.bound}
    terms = []
    for m in p.terms:
        bound = dict(m.bound)
        extra = tuple(bound.get(name, session.indices.fresh(dims[name])) for name in names)
        terms.append(replace(m, rows=(*m.rows, *m.cols, *extra), cols=(), bound=()))
    return Polynomial((*p.rows, *p.cols, *(dims[n] for n in names)), (), tuple(terms)), tuple(names)


def permuted(p: Polynomial, order: tuple[int, ...]) -> Polynomial:
    """Rows of a flattened polynomial in another order: new row k is old row order[k]."""
    terms = tuple(replace(m, rows=tuple(m.rows[k] for k in order)) for m in p.terms)
    return Polynomial(tuple(p.rows[k] for k in order), (), terms)


def entrywise(name: str, p: Polynomial, session: Session, order: int = 0) -> Polynomial:
    """f applied to each entry: a node with one leg per free position, in the order that names it least."""
    flat, names = flattened(p, session)
    count = len(flat.rows)
    orders = list(permutations(range(count))) if count <= 3 else [tuple(range(count))]
    ranked = sorted((session.text(permuted(flat, o)), o) for o in orders)
    text, best = ranked[0]
    label = f"{name}{chr(39) * order}{{{text}}}"
    session.atoms.setdefault(label, FunctionAtom(name, permuted(flat, best), order))
    symmetric = count == 2 and ranked[1][0] == text
    fresh = [session.indices.fresh(d) for d in flat.rows]
    node = Node(label, tuple(fresh[k] for k in best), symmetric)
    rows, cols = len(p.rows), len(p.rows) + len(p.cols)
    bound = tuple(zip(names, fresh[cols:], strict=True))
    m = Monomial(Fraction(1), (node,), (), tuple(fresh[:rows]), tuple(fresh[rows:cols]), bound)
    return Polynomial(p.rows, p.cols, (m,))


def opaque(name: str, arguments: tuple[Polynomial, ...], shape: Shape, session: Session,
           parameters: str = "", atom: Atom | None = None) -> Polynomial:  # fmt: skip
    """Any other function: equal canonical arguments give equal values, and nothing else is known."""
    names = sorted({name for p in arguments for m in p.terms for name, _ in m.bound})
    dims = {name: session.indices.dims[i] for p in arguments for m in p.terms for name, i in m.bound}
    position = {name: k for k, name in enumerate(names)}
    texts = []
    for p in arguments:
        flat, own = flattened(p, session)
        texts.append(f"{len(p.rows)}/{','.join(str(position[n]) for n in own)}/{session.text(flat)}")
    label = f"{name}<{parameters}>{{{';'.join(texts)}}}"
    session.atoms.setdefault(label, atom or OpaqueAtom(arguments))
    rows, cols = legs_of(shape)
    return _single(label, rows, cols, tuple((n, dims[n]) for n in names), session)
