"""Equations that give a symbol its meaning: `S := X^\\top X`, "let $S = …$", `y = y(x)`, `A = [a_{ij}]`."""

from __future__ import annotations

from collections.abc import Iterator

from derivcheck.context.facts import DefinitionFact, Fact, FunctionFact, MeaningFact
from derivcheck.context.site import Site
from derivcheck.context.spoken import rooted
from derivcheck.context.subjects import ADJOINTS, Subject, dimension, key_of, letter_of, subject, symbols_in
from derivcheck.notation.keys import base_key
from derivcheck.notation.tree import Accent, Dots, Fence, Grid, Infix, Juxt, Name, Node, Script, Sequence, Sym
from derivcheck.notation.walk import subtrees
from derivcheck.statements.model import Chain, Display, RelationKind

_OPERATORS = frozenset({"d", "\\partial", "\\delta"})


def definition_facts(chain: Chain, site: Site) -> Iterator[Fact]:
    """The facts of an inline equation with a bare symbol, or a call of one, on its left; nothing for any
    other."""
    relation = chain.relations[0]
    left, right = chain.members[0].node, chain.members[1].node
    if site.spent:
        return
    if (call := function_meaning(left, right)) is not None:
        yield DefinitionFact(site.span, site.lasting or site.forward, site.item, call, right, True)
        return
    if (acting := _cross_product(left, right)) is not None:
        yield DefinitionFact(site.span, site.forward, site.item, *acting, True)
        return
    if (product := contraction(chain, site)) is not None:
        yield product
        return
    left, right = rooted(left, right) or (left, right)
    if _defines_sign(left, right):
        yield DefinitionFact(site.span, site.lasting or site.forward, site.item, left, right, True)
        return
    name = subject(left)
    if name is None or isinstance(left, Fence) or _explains_dots(left, right):
        return
    if relation.kind is RelationKind.EQUIV and not site.marked:
        return
    if isinstance(right, Sequence):
        return  # i = 1, 2: the values over which an index runs
    if (argued := _dependence(name, right)) is not None:
        yield FunctionFact(site.span, site.scope, site.item, name.key, argued)
        return
    if _lists_itself(name, right):
        yield site.shape(name.key, "vector")
        return
    if entries := _entries(name, right):
        word, family = entries
        yield MeaningFact(site.span, site.scope, site.item, family, word, (name.key,))
        if word == "columns" and (count := _count(right)) is not None:
            yield site.shape(name.key, "matrix", "", count)
        return
    if name.args is None and name.key in symbols_in(right, bases=False):
        return  # x = f(x): an equation to solve
    marked = site.marked or relation.kind is RelationKind.DEFINE
    a_value = name.args is not None and name.letter == "\\delta" and _is_a_value(right, name.args)
    if name.args is not None and name.letter in _OPERATORS and not (marked or a_value):
        return  # a rule for differentials, not a function called d
    yield DefinitionFact(site.span, site.forward, site.item, left, right, marked, site.derived and not marked)


def _is_a_value(right: Node, arguments: tuple[str, ...]) -> bool:
    """`δ(μ) = (A + μI)^{-1}g`: made of the argument, without any sign of differentials."""
    letters = {n.name for n in subtrees(right) if isinstance(n, Sym)}
    return not letters & _OPERATORS and set(arguments) < letters


def _explains_dots(left: Node, right: Node) -> bool:
    """`\\dot A = dA/dt`: what a dot means, nothing about A."""
    match left:
        case Accent(accent="dot", body=Sym(name=name)):
            letters = {n.name for n in subtrees(right) if isinstance(n, Sym)}
            return bool(letters & _OPERATORS) and letters - _OPERATORS == {name, "t"}
        case _:
            return False


def _defines_sign(left: Node, right: Node) -> bool:
    """`A \\oplus B = A \\otimes I + I \\otimes B`: what a sign without a usual meaning stands for."""
    match left:
        case Infix(op=op, left=Sym() as one, right=Sym() as other) if op in _WITHOUT_MEANING and one != other:
            nodes = list(subtrees(right))
            return one in nodes and other in nodes and not any(isinstance(n, Infix) and n.op == op for n in nodes)
        case _:
            return False


_WITHOUT_MEANING = frozenset({
    "\\oplus", "\\ominus", "\\diamond", "\\boxtimes", "\\boxplus", "\\oslash", "\\circledast", "\\bigcirc", "\\wedge",
})  # fmt: skip


def function_meaning(left: Node, right: Node) -> Node | None:
    """log(x) of `\\log x = \\ln x/\\ln 10`, `\\operatorname{sinc} x = \\sin(\\pi x)/(\\pi x)`: names with several usual
    meanings, and which of them it is. (Of other functions it is a claim: `\\tan x = \\sin x/\\cos x`.)"""
    match left:
        case Juxt(items=(Name(text=text), argument)) if text in _SEVERAL:
            inner = argument.body if isinstance(argument, Fence) and argument.open == "(" else argument
            letters = {n.name for n in subtrees(right) if isinstance(n, Sym)}
            names = {n.text for n in subtrees(right) if isinstance(n, Name)}
            alone = isinstance(inner, Sym) and letters - {"\\pi"} == {inner.name}
            if alone and names and names <= _SEVERAL[text]:
                fence = Fence("(", ")", inner, start=argument.start, end=argument.end)
                return Juxt((Sym(text, start=left.start), fence), start=left.start, end=left.end)
        case _:
            pass
    return None


def _cross_product(left: Node, right: Node) -> tuple[Node, Node] | None:
    """S(a) and [a]_× of `S(a)b = a × b`: what a matrix does to every vector says which one it is."""
    match left, right:
        case (
            Juxt(items=(head, Fence(open="(", body=argument) as fence, vector)),
            Infix(op="\\times", left=first, right=second),
        ) if (argument, vector) == (first, second) and argument != vector and subject(vector) is not None:
            call = Juxt((head, fence), start=left.start, end=fence.end)
            if (name := subject(call)) is None or name.args is None:
                return None
            bracket = Fence("[", "]", argument, start=fence.start, end=fence.end)
            return call, Script(bracket, Sym("\\times"), start=right.start, end=right.end)
        case _:
            return None


def contraction(chain: Chain, site: Site) -> DefinitionFact | None:
    """`A : B = \\sum_{ij} A_{ij} B_{ji} = \\operatorname{tr}(AB)` says which of its two usual products the colon is,
    best in the member where both letters stand as wholes."""
    left = chain.members[0].node
    match left:
        case Infix(op=":", left=Sym() as one, right=Sym() as other) if one != other:
            for member in chain.members[1:]:
                nodes = [*subtrees(member.node)]
                letters = {n.name for n in nodes if isinstance(n, Sym)}
                entries = {n.base for n in nodes if isinstance(n, Script) and n.sub is not None}
                again = any(isinstance(n, Infix) and n.op == ":" for n in nodes)
                if {one.name, other.name} <= letters and not again and not {one, other} & entries:
                    scope = site.lasting or site.forward
                    return DefinitionFact(site.span, scope, site.item, left, member.node, True)
        case _:
            pass
    return None


_SEVERAL = {"log": frozenset({"ln"}), "sinc": frozenset({"sin"})}


def _dependence(name: Subject, right: Node) -> tuple[str, ...] | None:
    """`y = y(x)`, `A = A(X)`: the arguments."""
    found = subject(right)
    if found is not None and found.args and found.key == name.key and name.args is None:
        return found.args
    return None


def _lists_itself(name: Subject, right: Node) -> bool:
    """`x = (x_1, …, x_n)^T`, `y_i = [y_{i1}, …, y_{ip}]`: entries by their usual names, a vector, no more.
    (`x_{1:n} = (x_1, …, x_n)` does introduce a name.)"""
    core = right.base if isinstance(right, Script) and right.sub is None else right
    items: tuple[Node, ...] = ()
    match core:
        case Fence(open="(" | "[" | "{", body=Sequence(items=found)):
            items = found
        case Grid(rows=rows) if rows and (len(rows) == 1 or all(len(row) == 1 for row in rows)):
            items = tuple(cell for row in rows for cell in row)
        case _:
            pass
    indexed = [i for i in items if isinstance(i, Script) and i.sub is not None]
    dots = sum(isinstance(i, Dots) for i in items)
    ranged = ":" in name.key.split("_")[-1]
    if not dots or len(indexed) + dots < len(items) or name.args is not None or ranged:
        return False
    return {letter_of(i) for i in indexed} == {name.letter}


def _entries(name: Subject, right: Node) -> tuple[str, str] | None:
    """`A = [a_{ij}]` names the entries, `P = [p_1, …, p_s]` the columns."""
    core = right.base if isinstance(right, Script) and right.sub is not None else right
    if name.args is None and isinstance(core, Grid):
        return lines_of(name, core)
    if name.args is not None or not isinstance(core, Fence) or core.open not in "([":
        return None
    match core.body:
        case Script(base=base, sub=sub, sup=None) if sub is not None:
            family = key_of(base)
            return ("entries", family) if family else None
        case Sequence(items=items) | Juxt(items=items) if any(isinstance(i, Dots) for i in items):
            families = {base_key(i) for i in items if isinstance(i, Script)}
            family = families.pop() if len(families) == 1 else None
            upright = name.letter.isupper() and core is right
            return ("columns", family) if family and upright else None
        case _:
            return None


def _count(right: Node) -> str | None:
    """r of [a_1, …, a_r]."""
    match right:
        case Fence(body=Sequence(items=(*_, Script(sub=sub)))) if sub is not None:
            return dimension(sub)
        case _:
            return None


def lines_of(name: Subject, grid: Grid) -> tuple[str, str] | None:
    """`A = \\begin{bmatrix} a_1 & \\dots & a_n \\end{bmatrix}`, or the transposes of the a_i below each other."""
    columns = len(grid.rows) == 1
    if not columns and any(len(row) != 1 for row in grid.rows):
        return None
    cells = grid.rows[0] if columns else tuple(row[0] for row in grid.rows)
    named = [c for c in cells if isinstance(c, Script) and c.sub is not None]
    if len(named) < 2 or len(named) == len(cells) or not all(c in named or isinstance(c, Dots) for c in cells):
        return None
    marks = {c.sup.name if isinstance(c.sup, Sym) else c.sup for c in named}
    families = {key_of(c.base) for c in named}
    family = families.pop() if len(families) == 1 else None
    if family is None or not name.letter.isupper() or family == name.key:
        return None
    if columns:
        return ("columns", family) if marks == {None} else None
    return ("rows", family) if len(marks) == 1 and marks <= ADJOINTS else None


def display_definitions(display: Display, site: Site) -> Iterator[Fact]:
    """The definitions a display makes: `:=` always; a plain `=` when a define-word introduces the display."""
    for chain in display.chains:
        if not chain.relations:
            continue
        if (call := function_meaning(chain.members[0].node, chain.members[1].node)) is not None:
            scope = site.lasting or site.forward
            yield DefinitionFact(site.span, scope, site.item, call, chain.members[1].node, True)
            continue
        kind = chain.relations[0].kind
        listed = subject(chain.members[0].node)
        if listed is not None and _lists_itself(listed, chain.members[1].node):
            yield site.shape(listed.key, "vector")
            continue
        if listed is not None and (argued := _dependence(listed, chain.members[1].node)) is not None:
            yield FunctionFact(site.span, site.scope, site.item, listed.key, argued)
            continue
        right = chain.members[1].node
        if listed is not None and isinstance(right, Grid) and (lines := _entries(listed, right)):
            yield MeaningFact(site.span, site.scope, site.item, lines[1], lines[0], (listed.key,))
            continue
        introduced = site.marked and kind in (RelationKind.EQUAL, RelationKind.EQUIV)
        if kind is not RelationKind.DEFINE and not introduced:
            continue
        left, right = chain.members[0].node, chain.members[1].node
        name = subject(left)
        if isinstance(right, Sequence):
            continue
        if name is not None and name.args is None and name.key in symbols_in(right, bases=False):
            continue
        if (name is None and kind is not RelationKind.DEFINE) or _explains_dots(left, right):
            continue
        yield DefinitionFact(site.span, site.forward, site.item, left, right, True)
