"""What an inline relation declares: membership, bounds, orders, symmetries, signatures, dimension equations.

`relation_facts` gives the facts of one inline formula; what is neither declaration nor definition is a
hypothesis and taints its symbols.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from derivcheck.context.definitions import definition_facts
from derivcheck.context.facts import Fact, FunctionFact, HypothesisFact, MeaningFact, PropertyFact, RankFact
from derivcheck.context.site import Site
from derivcheck.context.spaces import Space, product, space
from derivcheck.context.subjects import (
    ADJOINTS,
    Subject,
    dimension,
    groups,
    is_number,
    is_range,
    key_of,
    letters_in,
    subject,
    symbols_in,
)
from derivcheck.notation.tree import Add, Fence, Frac, Infix, Juxt, Node, Num, Rel, Script, Sequence, Sym
from derivcheck.notation.walk import subtrees
from derivcheck.statements.model import Chain, Display, Relation, RelationKind

_IN = ("\\in", "\\isin", "∈")
_ARROWS = ("\\to", "\\rightarrow", "\\longrightarrow", "→")
_LOEWNER = {"\\succ": "spd", "\\succeq": "psd", "\\succcurlyeq": "psd", "\\succneqq": "spd"}
_LOWER_BOUND = {
    RelationKind.GREATER: ("positive", "greater_one"),
    RelationKind.GREATER_EQUAL: ("nonnegative", "greater_one"),
}


def relation_facts(display: Display, site: Site, dims: frozenset[str]) -> Iterator[Fact]:
    """The facts that the relations of an inline formula state. `dims`: the names used as dimensions
    anywhere."""
    for nodes, chain in groups(display):
        if chain is None or is_range(chain):
            continue
        if chain.relations[0].latex.strip() in _IN and not _subjects(nodes):
            continue
        found = list(_declared(nodes, chain, site, dims))
        yield from found if found else _constraint(chain, site, dims)


def is_composition(chain: Chain) -> bool:
    """`w \\to x \\to y`: each a function of the one before."""
    arrows = all(r.latex.strip() in _ARROWS for r in chain.relations)
    return (
        arrows and len(chain.relations) > 1 and all(isinstance(m.node, Sym | Script) for m in chain.members)
    )


def declarations(nodes: tuple[Node, ...], chain: Chain, site: Site, dims: frozenset[str]) -> Iterator[Fact]:
    """What a relation declares of the nodes on its left; nothing when it is only a constraint."""
    yield from _declared(nodes, chain, site, dims)


def _declared(nodes: tuple[Node, ...], chain: Chain, site: Site, dims: frozenset[str]) -> Iterator[Fact]:
    relation = chain.relations[0]
    sign = relation.latex.strip()
    right = chain.members[1].node
    if is_composition(chain):
        for before, after in pairwise(s for m in chain.members if (s := subject(m.node)) is not None):
            yield FunctionFact(site.span, site.scope, site.item, after.key, (before.key,))
    elif len(chain.relations) > 1:
        yield from _long(nodes, chain, site, dims)
    elif relation.kind is RelationKind.OTHER and sign in _IN:
        yield from _members(nodes, right, site, chain.members[1].latex)
    elif relation.kind is RelationKind.OTHER and sign in _LOEWNER and is_number(right, "0"):
        for s in _subjects(nodes):
            yield site.property(s.key, _LOEWNER[sign])
    elif relation.kind is RelationKind.OTHER and sign in _ARROWS:
        yield from _signature(chain.members[0].node, right, site)
    elif relation.kind is RelationKind.OTHER and sign == "\\sim":
        yield from _distributed(nodes, chain, site)
    elif relation.kind in _ORDERS:
        yield from _bound(nodes, relation, right, site, dims)
    elif relation.kind is RelationKind.NOT_EQUAL and is_number(right, "0"):
        for s in _subjects(nodes):
            yield site.property(s.key, "nonzero")
        if not _subjects(nodes):
            yield HypothesisFact(site.span, site.narrow, site.item, _relation(chain))
    elif relation.kind in (RelationKind.EQUAL, RelationKind.DEFINE, RelationKind.EQUIV):
        yield from _equation(chain, site, dims)


_IDENTITY = frozenset({"I", "bf:I", "sf:I", "rm:I"})
_ORDERS = frozenset(
    {RelationKind.GREATER, RelationKind.GREATER_EQUAL, RelationKind.LESS, RelationKind.LESS_EQUAL}
)


def _subjects(nodes: tuple[Node, ...]) -> tuple[Subject, ...]:
    return tuple(s for s in map(subject, nodes) if s is not None)


def _members(nodes: tuple[Node, ...], right: Node, site: Site, latex: str) -> Iterator[Fact]:
    kind = space(right)
    named = _subjects(nodes)
    members = {s.key for s in named if s.args is None}
    for s in named:
        if s.args and members.intersection(s.args):  # `f(x), x \\in D`: D is where f is defined
            yield FunctionFact(site.span, site.scope, site.item, s.key, s.args)
        elif kind is None:
            yield site.taint(s.key, f"in {latex}")
        else:
            yield from space_facts(s, kind, site)


def space_facts(s: Subject, kind: Space, site: Site) -> Iterator[Fact]:
    """A symbol of a known set; for `A(X) \\in …` also the function."""
    yield site.shape(s.key, kind.kind, kind.rows, kind.cols)
    for prop in kind.props:  # said with the shape, so it reaches as far
        yield PropertyFact(site.span, site.scope, site.item, s.key, prop)
    if s.args:
        cols = kind.cols or "1"
        yield FunctionFact(site.span, site.scope, site.item, s.key, s.args, kind.rows, cols)


def _signature(left: Node, codomain: Node, site: Site) -> Iterator[Fact]:
    """f : R^n → R^m, f : R^n × R^p → R."""
    named = _colon(left)
    target = space(codomain)
    if named is None or target is None:
        return
    names, domain = named
    sources = [space(factor) for factor in product(domain)]
    shapes = tuple((p.rows, p.cols or "1") for p in sources if p is not None)
    if len(shapes) != len(sources):
        shapes = ()
    for s in _subjects(names):
        yield FunctionFact(
            site.span, site.scope, site.item, s.key, (), target.rows, target.cols or "1", arg_shapes=shapes
        )


def _colon(node: Node) -> tuple[tuple[Node, ...], Node] | None:
    """`f : D` as ((f,), D)."""
    match node:
        case Infix(op=":" | "\\colon", left=left, right=right):
            return (left,), right
        case Rel(items=(left, right), ops=(":" | "\\colon",)):
            return (left,), right
        case Sequence(items=items, separators=separators) if len(items) > 1 and separators[-1] in (
            ":",
            "\\colon",
        ):
            return items[:-1], items[-1]
        case Juxt(items=items):
            for k, item in enumerate(items):
                if isinstance(item, Sym) and item.name in (":", "\\colon") and 0 < k < len(items) - 1:
                    rest = items[k + 1 :]
                    return (items[:k] if k == 1 else (Juxt(items[:k]),)), rest[0] if len(rest) == 1 else Juxt(
                        rest
                    )
            return None
        case _:
            return None


def _distributed(nodes: tuple[Node, ...], chain: Chain, site: Site) -> Iterator[Fact]:
    """x ∼ N(μ, Σ): x is random, Σ a covariance, x and μ are vectors; the name of the law
    (`P: x`) is left out."""
    law = chain.members[1]
    drawn = _subjects(tuple(named[1] if (named := _colon(n)) else n for n in nodes))
    for s in drawn:
        yield site.property(s.key, "random")
        yield site.taint(s.key, f"distributed as {law.latex}")
    covariance, mean = _subjects(_normal_covariance(law.node)), _subjects(_normal_mean(law.node))
    for s in covariance:
        yield site.property(s.key, "spd")
        of = tuple(dict.fromkeys(x.key for x in (*drawn, *mean)))
        if of:
            yield MeaningFact(site.span, site.scope, site.item, s.key, "covariance", of)
    for s in (*drawn, *mean) if covariance else ():
        yield site.shape(s.key, "vector")


def _normal_mean(node: Node) -> tuple[Node, ...]:
    """μ of N(μ, Σ)."""
    match node:
        case Juxt(items=(Sym(name="N"), Fence(body=Sequence(items=(mean, _))))):
            return (mean,)
        case _:
            return ()


def _capital(s: Subject) -> bool:
    return s.letter.lstrip("\\")[:1].isupper() and s.letter != "I"


def _normal_covariance(node: Node) -> tuple[Node, ...]:
    """Σ of N(μ, Σ), N(μ, σ²Σ), N(μ, (τΣ)^{-1}): the one capital of the last argument."""
    match node:
        case Juxt(items=(Sym(name="N"), Fence(body=Sequence(items=(_, covariance))))):
            named = {s.key: n for n in subtrees(covariance) if (s := subject(n)) and _capital(s)}
            inner = {s.key for n in named.values() if isinstance(n, Script) and (s := subject(n.base))}
            outer = [n for key, n in named.items() if key not in inner]
            return tuple(outer) if len(outer) == 1 else ()
        case _:
            return ()


def _bound(
    nodes: tuple[Node, ...], relation: Relation, right: Node, site: Site, dims: frozenset[str]
) -> Iterator[Fact]:
    greater = relation.kind in _LOWER_BOUND
    if len(nodes) == 1 and (pair := _dimension_pair(nodes[0], right, dims)):
        larger, smaller = pair if greater else pair[::-1]
        yield RankFact(site.span, site.narrow, site.item, larger, smaller)
        return
    if isinstance(right, Num):
        found = tuple(s for s in _subjects(nodes) if s.args is None)
        zero, value = right.text == "0", right.text
        for s in found:
            if zero:
                strict = relation.kind in (RelationKind.GREATER, RelationKind.LESS)
                if greater:
                    yield site.property(s.key, "positive" if strict else "nonnegative")
                elif strict:
                    yield site.property(s.key, "negative")
            elif greater and value == "1" and relation.kind is RelationKind.GREATER:
                yield site.property(s.key, "greater_one")
        if found and zero and (greater or relation.kind is RelationKind.LESS):
            return
        if found and value == "1" and relation.kind is RelationKind.GREATER:
            return
    left = nodes[-1]
    yield HypothesisFact(site.span, site.narrow, site.item, Rel((left, right), (relation.latex.strip(),)))


def _dimension_pair(left: Node, right: Node, dims: frozenset[str]) -> tuple[str, str] | None:
    """Both sides as dimension texts when all their symbols are dimensions of the document."""
    a, b = dimension(left), dimension(right)
    if not a or not b or not (set(symbols_in(left)) | set(symbols_in(right))):
        return None
    return (a, b) if (set(symbols_in(left)) | set(symbols_in(right))) <= dims else None


def _long(nodes: tuple[Node, ...], chain: Chain, site: Site, dims: frozenset[str]) -> Iterator[Fact]:
    """`0 < x < 1`, `m ≥ n ≥ 2`, `A = A^\\top \\succ 0`, `P^2 = P = P^\\top`, `A \\in S, …`."""
    members, relations = chain.members, chain.relations
    middle = members[1].node
    below = (RelationKind.LESS, RelationKind.LESS_EQUAL)
    rising = len(relations) == 2 and all(r.kind in below for r in relations)
    if rising and is_number(members[0].node, "0") and (s := subject(middle)):
        strict = relations[0].kind is RelationKind.LESS
        below_one = is_number(members[2].node, "1") and relations[1].kind is RelationKind.LESS
        yield site.property(
            s.key, "unit_interval" if strict and below_one else "positive" if strict else "nonnegative"
        )
        return
    if all(r.kind in _ORDERS for r in relations):
        for k, relation in enumerate(relations):
            yield from _bound((members[k].node,), relation, members[k + 1].node, site, dims)
        return
    if relations[-1].kind is RelationKind.OTHER and relations[-1].latex.strip() in _IN:  # y = A x \\in S
        named = tuple(m.node for m in members[:-1])
        yield from _members(named, members[-1].node, site, members[-1].latex)
        relations = relations[:-1]
    pairs = [Chain((members[k], members[k + 1]), (r,)) for k, r in enumerate(relations)]
    first = list(_declared((members[0].node,), pairs[0], site, dims))
    symmetries = [
        f for p in pairs[1:] for f in _declared((p.members[0].node,), p, site, dims) if not is_constraint(f)
    ]
    yield from first
    if first:
        yield from symmetries


def is_constraint(fact: Fact) -> bool:
    return isinstance(fact, HypothesisFact)


def _equation(chain: Chain, site: Site, dims: frozenset[str]) -> Iterator[Fact]:
    left, right = chain.members[0].node, chain.members[1].node
    if (pair := _dimension_pair(left, right, dims)) and chain.relations[0].kind is RelationKind.EQUAL:
        yield RankFact(site.span, site.narrow, site.item, *pair, equal=True)
        return
    if found := property_of(left, right):
        yield site.property(*found)
        return
    yield from definition_facts(chain, site)


def property_of(left: Node, right: Node) -> tuple[str, str] | None:
    """The symbol of which an equation says a property, and the property: `A^T = A`, `‖u‖ = 1`."""
    if found := _symmetry(left, right) or _symmetry(right, left):
        return found
    unit = _unit(left, right)
    return (unit, "unit") if unit else None


def _transposed(node: Node) -> Node | None:
    """X of X^T."""
    match node:
        case Script(base=base, sub=sub, sup=Sym(name=name), primes=0) if name in ADJOINTS:
            return base if sub is None else replace(node, sup=None)
        case Script(base=base, sub=None, sup=None, primes=1):
            return base
        case _:
            return None


def _symmetry(left: Node, right: Node) -> tuple[str, str] | None:
    """`A^T = A`, `A^T = -A`, `A^2 = A`, `Q^T = Q^{-1}`."""
    base = _transposed(left)
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


def _unit(left: Node, right: Node) -> str | None:
    """`\\|u\\| = 1`, `u^T u = 1`."""
    if not is_number(right, "1"):
        return None
    match left:
        case Fence(open="\\|", close="\\|", body=body):
            return key_of(body)
        case Script(
            base=Fence(open="\\|", close="\\|", body=body), sub=None | Num(text="2"), sup=None | Num(text="2")
        ):
            return key_of(body)
        case Juxt(items=(first, second)) if _transposed(first) == second:
            return key_of(second)
        case _:
            return None


def orthonormal(left: Node, right: Node) -> str | None:
    """Q of `Q^T Q = I`."""
    identity = right.base if isinstance(right, Script) else right
    if not (isinstance(identity, Sym) and identity.name in ("I", "\\mathbb{1}", "E")):
        return None
    match left:
        case Juxt(items=(first, second)) if _transposed(first) == second:
            return key_of(second)
        case _:
            return None


def _orthogonality(left: Node, right: Node) -> Rel:
    """`x \\perp y` as ⟨x, y⟩ = 0."""
    return Rel((Fence("<", ">", Sequence((left, right), (",",))), Num("0")), ("=",))


def _relation(chain: Chain) -> Rel:
    if len(chain.relations) == 1 and chain.relations[0].latex.strip() in ("\\perp", "\\bot"):
        return _orthogonality(chain.members[0].node, chain.members[1].node)
    return Rel(tuple(m.node for m in chain.members), tuple(r.latex.strip() for r in chain.relations))


def _derivative(node: Node) -> bool:
    """Does it differentiate (`\\nabla f`, `\\frac{\\partial f}{\\partial x}`, `\\frac{df}{dx}`)?"""
    if letters_in(node) & {"\\partial", "\\nabla"}:
        return True
    return isinstance(node, Frac) and "d" in letters_in(node.num) & letters_in(node.den)


def _universal(chain: Chain) -> bool:
    """Both sides speak of the same symbols and are more than a product: a law quoted in passing, no
    constraint."""
    sides = [frozenset(symbols_in(m.node)) for m in chain.members]
    return len(set(sides)) == 1 and not all(isinstance(m.node, Juxt) for m in chain.members)


def _constraint(chain: Chain, site: Site, dims: frozenset[str]) -> Iterator[Fact]:
    """A relation that is neither declaration nor definition; an arrow constrains nothing."""
    equation = len(chain.relations) == 1 and chain.relations[0].kind is RelationKind.EQUAL
    columns = orthonormal(chain.members[0].node, chain.members[1].node) if equation else None
    if site.derived and columns:
        yield site.property(columns, "orthonormal")  # premise or consequence, it is said of the matrix
    if site.derived or all(r.latex.strip() in (*_ARROWS, "\\mapsto") for r in chain.relations):
        return
    yield HypothesisFact(site.span, site.narrow, site.item, _relation(chain))
    if not site.conditional and (_derivative(chain.members[0].node) or _universal(chain)):
        return  # a formula quoted in passing, or a convention explained
    if any(
        r.kind in (RelationKind.APPROX, RelationKind.PROPORTIONAL, RelationKind.ASSIGN)
        for r in chain.relations
    ):
        return
    words = " ".join(m.latex for m in chain.members)
    if columns:
        yield site.property(columns, "orthonormal")
        return
    for key in dict.fromkeys(k for m in chain.members for k in symbols_in(m.node)):
        if key in dims or key in _IDENTITY:
            continue
        yield site.taint(key, words)
