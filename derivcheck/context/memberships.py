"""What an inline relation declares: membership, bounds, orders, symmetries, signatures, dimension equations.

`relation_facts` gives the facts of one inline formula; what is neither declaration nor definition is a
hypothesis and taints its symbols.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from derivcheck.context.definitions import contraction, definition_facts
from derivcheck.context.distributions import distributed, law_told, named_normal
from derivcheck.context.facts import DefinitionFact, Fact, FunctionFact, HypothesisFact, PropertyFact, RankFact
from derivcheck.context.properties import grams, orthonormal, property_of, transposed
from derivcheck.context.site import Site
from derivcheck.context.spaces import Space, product, space
from derivcheck.context.subjects import (
    ADJOINTS,
    Subject,
    colon,
    dimension,
    groups,
    is_number,
    is_range,
    letters_in,
    sized,
    subject,
    subjects,
    symbols_in,
)
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.moments import told
from derivcheck.notation.tree import Big, Fence, Frac, Juxt, Name, Node, Num, Rel, Script, Sequence, Sym
from derivcheck.notation.walk import subtrees
from derivcheck.statements.model import Chain, Display, Relation, RelationKind

_IN = ("\\in", "\\isin", "∈")
_QUANTIFIERS = ("\\forall", "\\exists")
_WITHIN = ("\\subset", "\\subseteq", "⊂", "⊆")
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
        if chain is None:
            for node in nodes:
                yield from named_normal(node, site)
            for key, (rows, cols) in (told for node in nodes if (told := sized(node)) is not None):
                yield site.sized(key, rows, cols)
            continue
        if is_range(chain):
            continue
        if chain.relations[0].kind is not RelationKind.OTHER:
            for member in chain.members:
                yield from named_normal(member.node, site)
        named = tuple(unquantified(n) for n in nodes)
        if chain.relations[0].latex.strip() in _IN and not subjects(named):
            continue
        own = site if named == nodes else replace(site, scope=site.narrow, forward=site.narrow)
        found = list(_declared(named, chain, own, dims))
        yield from found if found else _constraint(chain, site, dims)


def unquantified(node: Node) -> Node:
    """`x` of `\\forall x`."""
    match node:
        case Juxt(items=(Sym(name=name), *rest)) if name in _QUANTIFIERS and rest:
            return rest[0] if len(rest) == 1 else Juxt(tuple(rest))
        case _:
            return node


def is_composition(chain: Chain) -> bool:
    """`w \\to x \\to y`: each a function of the one before."""
    arrows = all(r.latex.strip() in _ARROWS for r in chain.relations)
    return arrows and len(chain.relations) > 1 and all(isinstance(m.node, Sym | Script) for m in chain.members)


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
    elif said := grams([m.node for m in chain.members]):
        yield from (site.property(key, prop) for key, prop in said)
    elif len(chain.relations) > 1:
        yield from _long(nodes, chain, site, dims)
    elif relation.kind is RelationKind.OTHER and sign in _IN:
        yield from _members(nodes, right, site, chain.members[1].latex)
    elif relation.kind is RelationKind.OTHER and sign in _LOEWNER and is_number(right, "0"):
        for s in subjects(nodes):
            yield site.property(s.key, _LOEWNER[sign])
    elif relation.kind is RelationKind.OTHER and sign in _ARROWS:
        yield from _signature(nodes, right, site)
    elif relation.kind is RelationKind.OTHER and sign == "\\sim":
        yield from distributed(nodes, chain.members[1], site)
    elif relation.kind in _ORDERS:
        yield from _bound(nodes, relation, right, site, dims)
    elif relation.kind is RelationKind.NOT_EQUAL and is_number(right, "0"):
        for s in subjects(nodes):
            yield site.property(s.key, "nonzero")
        if not subjects(nodes):
            yield HypothesisFact(site.span, site.narrow, site.item, _relation(chain))
    elif relation.kind in (RelationKind.EQUAL, RelationKind.DEFINE, RelationKind.EQUIV):
        yield from _equation(chain, site, dims)


_IDENTITY = frozenset({"I", "bf:I", "sf:I", "rm:I"})
_ORDERS = frozenset({RelationKind.GREATER, RelationKind.GREATER_EQUAL, RelationKind.LESS, RelationKind.LESS_EQUAL})


def _members(nodes: tuple[Node, ...], right: Node, site: Site, latex: str) -> Iterator[Fact]:
    kind = space(right)
    named = subjects(nodes)
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


def _signature(left: tuple[Node, ...], codomain: Node, site: Site) -> Iterator[Fact]:
    """f : R^n → R^m, f, g : R^n × R^p → R."""
    named = colon(left[-1])
    target = space(codomain)
    if named is None or target is None:
        return
    names, domain = named
    sources = [space(factor) for factor in product(domain)]
    shapes = tuple((p.rows, p.cols or "1") for p in sources if p is not None)
    if len(shapes) != len(sources):
        shapes = ()
    for s in subjects((*left[:-1], *names)):
        yield FunctionFact(
            site.span, site.scope, site.item, s.key, (), target.rows, target.cols or "1", arg_shapes=shapes
        )


def _bound(
    nodes: tuple[Node, ...], relation: Relation, right: Node, site: Site, dims: frozenset[str]
) -> Iterator[Fact]:
    greater = relation.kind in _LOWER_BOUND
    if len(nodes) == 1 and (pair := _dimension_pair(nodes[0], right, dims)):
        larger, smaller = pair if greater else pair[::-1]
        yield RankFact(site.span, site.narrow, site.item, larger, smaller)
        return
    if isinstance(right, Num):
        yield from (site.property(s.key, "natural") for s in _counted(nodes, relation, right))
        found = tuple(s for s in subjects(nodes) if s.args is None)
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


_COUNTING = frozenset({"n", "m", "k", "N"})


def _counted(nodes: tuple[Node, ...], relation: Relation, right: Num) -> Iterator[Subject]:
    """n of `n \\ge 2`: the letters for numbers that are counted with; nothing but n is counted from 0."""
    if relation.kind is RelationKind.GREATER_EQUAL and right.text.isdigit():
        letters = _COUNTING if right.text != "0" else {"n"}
        yield from (s for s in subjects(nodes) if s.args is None and s.key in letters)


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
        yield site.property(s.key, "unit_interval" if strict and below_one else "positive" if strict else "nonnegative")
        return
    if [r.latex.strip() in signs for r, signs in zip(relations, (_IN, _WITHIN), strict=False)] == [True, True]:
        yield from _members(nodes, members[2].node, site, members[2].latex)  # x \\in C \\subset \\mathbb{R}^n
        return
    if all(r.kind in _ORDERS for r in relations):
        for k, relation in enumerate(relations):
            yield from _bound((members[k].node,), relation, members[k + 1].node, site, dims)
        return
    if relations[-1].kind is RelationKind.OTHER and relations[-1].latex.strip() in _IN:  # y = A x \\in S
        named = tuple(m.node for m in members[:-1])
        yield from _members(named, members[-1].node, site, members[-1].latex)
        relations = relations[:-1]
    if (product := contraction(chain, site)) is not None:
        yield product
        return
    pairs = [Chain((members[k], members[k + 1]), (r,)) for k, r in enumerate(relations)]
    first = [_with_others(f, chain) for f in _declared((members[0].node,), pairs[0], site, dims)]
    symmetric = any(isinstance(f, PropertyFact) and f.prop in ("symmetric", "skew") for f in first)
    said = [replace(p, members=(members[0], p.members[1])) if symmetric else p for p in pairs[1:]]  # of Q, not of Qᵀ
    symmetries = [f for p in said for f in _declared((p.members[0].node,), p, site, dims) if not is_constraint(f)]
    yield from first
    if first:
        yield from symmetries


def _with_others(fact: Fact, chain: Chain) -> Fact:
    """A definition with the members that are equal to its value."""
    equal = takewhile(lambda r: r.kind is RelationKind.EQUAL, chain.relations[1:])
    others = tuple(m.node for m, _ in zip(chain.members[2:], equal, strict=False))
    if isinstance(fact, DefinitionFact) and fact.right == chain.members[1].node:
        return replace(fact, others=others)
    return fact


def is_constraint(fact: Fact) -> bool:
    return isinstance(fact, HypothesisFact)


def _equation(chain: Chain, site: Site, dims: frozenset[str]) -> Iterator[Fact]:
    left, right = chain.members[0].node, chain.members[1].node
    if (pair := _dimension_pair(left, right, dims)) and chain.relations[0].kind is RelationKind.EQUAL:
        yield RankFact(site.span, site.narrow, site.item, *pair, equal=True)
        return
    if law := told(left, right):
        yield from law_told(law, site)
        return
    if found := property_of(left, right):
        yield site.property(*found)
        if site.marked and found[1] in ("symmetric", "skew"):  # "let $P = P^\\top$ solve …": another P than before
            yield site.shape(found[0], "square")
        return
    yield from definition_facts(chain, site)


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
    sides = [frozenset(_free(m.node)) for m in chain.members]
    return len(set(sides)) == 1 and not all(isinstance(m.node, Juxt) for m in chain.members)


def _free(node: Node) -> tuple[str, ...]:
    """The symbols of which a formula says something: neither what its sums bind nor the base of `e^{tA}`."""
    nodes = list(subtrees(node))
    no_symbols = {key for n in nodes if isinstance(n, Script) and (key := _exponential(n))}
    for sign in nodes:
        if isinstance(sign, Big) and isinstance(sign.sub, Rel):
            no_symbols.update(symbols_in(sign.sub.items[0]))
    return tuple(k for k in symbols_in(node) if k not in no_symbols)


def _exponential(node: Script) -> str | None:
    """The key of Euler's number where a power of letters has it for its base."""
    key = symbol_key(node.base) if isinstance(node.base, Sym) else None
    raised = node.sup is not None and node.sub is None and set(letters_in(node.sup)) - ADJOINTS
    return key if key in ("e", "rm:e") and raised else None


def _is_moment(node: Node) -> bool:
    """`E[u | X]`, `Var(u)`: what is said of it constrains no value."""
    match node:
        case Juxt(items=(Sym(name="E" | "V", font="bb" | "rm") | Name(text="Var" | "Cov" | "E"), Fence())):
            return True
        case _:
            return False


def _pins_a_product(chain: Chain) -> bool:
    """`a^T b = 0`: a number for a product of symbols. Whatever it follows from, later formulas may rest on it."""
    left, right = (m.node for m in chain.members)
    if not isinstance(right, Num) or not isinstance(left, Juxt):
        return False
    return all(subject(transposed(item) or item) for item in left.items)


def _constraint(chain: Chain, site: Site, dims: frozenset[str]) -> Iterator[Fact]:
    """A relation that is neither declaration nor definition; an arrow constrains nothing."""
    equation = len(chain.relations) == 1 and chain.relations[0].kind is RelationKind.EQUAL
    columns = orthonormal(chain.members[0].node, chain.members[1].node) if equation else None
    if site.derived and columns:
        yield site.property(columns, "orthonormal")  # premise or consequence, it is said of the matrix
    announced = site.derived and not (equation and _pins_a_product(chain))
    if announced or all(r.latex.strip() in (*_ARROWS, "\\mapsto") for r in chain.relations):
        return
    yield HypothesisFact(site.span, site.narrow, site.item, _relation(chain))
    if not site.conditional and (_derivative(chain.members[0].node) or _universal(chain)):
        return  # a formula quoted in passing, or a convention explained
    if any(r.kind in (RelationKind.APPROX, RelationKind.PROPORTIONAL, RelationKind.ASSIGN) for r in chain.relations):
        return
    words = " ".join(m.latex for m in chain.members)
    if columns:
        yield site.property(columns, "orthonormal")
        return
    if any(_is_moment(m.node) for m in chain.members):
        return
    for key in dict.fromkeys(k for m in chain.members for k in _free(m.node)):
        if key in dims or key in _IDENTITY:
            continue
        yield site.taint(key, words)
