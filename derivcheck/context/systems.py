"""Linear systems that the text states: "$A x = b$ with $A$ invertible" gives x its value A⁻¹b."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from derivcheck.context.facts import (
    DefinitionFact,
    Fact,
    FunctionFact,
    HypothesisFact,
    LawFact,
    PropertyFact,
    ShapeFact,
    TaintFact,
)
from derivcheck.context.spoken import inverse
from derivcheck.context.subjects import ADJOINTS, key_of, symbols_in
from derivcheck.notation.tree import Add, Fence, Juxt, Node, Rel, Script, Sym
from derivcheck.notation.walk import rewrite

_REGULAR = frozenset({"invertible", "spd", "orthogonal", "rotation", "unitriangular"})
_IDLE = frozenset({"real", "constant", "variable"})


def with_solutions(facts: Sequence[Fact]) -> list[Fact]:
    """The facts, with the value of what solves a system in place of the equation."""
    said = [f for f in facts if isinstance(f, PropertyFact)]
    out, solved = list(facts), set[int]()
    for f in facts:
        if not isinstance(f, HypothesisFact) or not isinstance(f.relation, Rel):
            continue
        here = [p for p in said if p.scope.meets(f.scope)]
        if (system := _system(f, {p.key for p in here if p.prop in _REGULAR})) is None:
            continue
        matrix, unknown, right = system
        key = key_of(unknown)
        if key is None or key in (*symbols_in(right), *symbols_in(matrix)) or not symbols_in(right):
            continue  # RᵀR = I, Av = λv, Ax = 0
        if any(p.key == key and p.prop not in _IDLE for p in here) or _valued(facts, key, f):
            continue
        solved.add(f.item)
        factor = Fence("(", ")", right, start=right.start, end=right.end) if isinstance(right, Add) else right
        value = Juxt((inverse(matrix), factor), (False,), start=right.start, end=right.end)
        shown = dict(_shown(f.relation))
        plain = rewrite(value, partial(_bare, shown=shown))
        out.append(DefinitionFact(f.span, f.scope, f.item, unknown, plain, True))
        out.extend(FunctionFact(f.span, f.scope, f.item, k, (arg,)) for k, arg in shown.items())
        out.extend(_columns(facts, f, matrix, (unknown, _bare(right, shown) or right)))
    told = (HypothesisFact, TaintFact)
    return [f for f in out if not (isinstance(f, told) and f.item in solved)]


def _system(f: HypothesisFact, regular: set[str]) -> tuple[Node, Node, Node] | None:
    """(A, x, b) of `A x = b` and `A(θ) x = b(θ)` with a regular A, or its transpose."""
    match f.relation:
        case Rel(items=(Juxt(items=(matrix, *between, Sym() | Script(sup=None) as unknown)), right), ops=("=",)):
            plain = len(between) == 0 or (len(between) == 1 and isinstance(between[0], Fence))
            return (matrix, unknown, right) if plain and key_of(_transposed(matrix)) in regular else None
        case _:
            return None


def _transposed(matrix: Node) -> Node:
    """A of Aᵀ."""
    match matrix:
        case Script(base=base, sub=None, sup=Sym(name=name), primes=0) if name in ADJOINTS:
            return base
        case _:
            return matrix


def _valued(facts: Sequence[Fact], key: str, at: HypothesisFact) -> bool:
    """Whether something else gives the unknown a value where the equation holds."""
    here = [f for f in facts if f.scope.meets(at.scope)]
    values = (key_of(f.left) for f in here if isinstance(f, DefinitionFact))
    laws = (f.key for f in here if isinstance(f, LawFact))
    return key in values or key in laws


def _shown(relation: Node) -> Iterator[tuple[str, str]]:
    """(A, θ) for the A(θ) in an equation."""
    parts = relation.items if isinstance(relation, Rel) else ()
    for part in parts:
        items = part.items if isinstance(part, Juxt) else ()
        for head, fence in pairwise(items):
            if isinstance(fence, Fence) and (argument := key_of(fence.body)) and (key := key_of(_transposed(head))):
                yield key, argument


def _bare(node: Node, shown: dict[str, str]) -> Node | None:
    """A of A(θ)."""
    match node:
        case Juxt(items=(head, Fence(body=body))) if shown.get(key_of(_transposed(head)) or "") == key_of(body):
            return head
        case _:
            return None


def _columns(facts: Sequence[Fact], f: HypothesisFact, matrix: Node, nodes: tuple[Node, ...]) -> Iterator[ShapeFact]:
    """x and b, of which nothing else is said, have as many entries as A has rows."""
    shapes = {s.key: s for s in facts if isinstance(s, ShapeFact) and s.scope.meets(f.scope)}
    order = shapes.get(key_of(_transposed(matrix)) or "")
    for node in nodes:
        key = key_of(node)
        letter = (key or "").rpartition(":")[2]
        if key is not None and key not in shapes and not letter[:1].isupper():
            yield ShapeFact(f.span, f.scope, f.item, key, "vector", order.rows if order is not None else "")
