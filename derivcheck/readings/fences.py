"""Brackets of every kind: grouping, absolute values and determinants, norms, inner products, floors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings import dots
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.folds import contract
from derivcheck.terms.dim import Dim
from derivcheck.terms.term import Size, Term
from derivcheck.terms.walk import free_indices

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


_NABLA = tree.Sym("\\nabla")


def fence(e: Elaborator, node: tree.Fence) -> Term:
    """A delimited group."""
    pair = (node.open, node.close)
    match pair:
        case ("(", ")") | ("[", "]") | ("{", "}") | (".", "."):
            if isinstance(node.body, tree.Sequence):
                return _list(e, node, node.body)
            if numbers := _listed_numbers(node.body):
                return e.read(tree.Grid("matrix", "(", ")", (numbers,), start=node.start, end=node.end))
            if node.open == "[" and (listed := _listed_columns(e, node.body)):
                return e.read(tree.Grid("matrix", "[", "]", (listed,), start=node.start, end=node.end))
            if node.open == "[" and (columns := _columns(e, node) or _side_by_side(e, node)) is not None:
                return columns
            inner = e.read(node.body)
            if (
                node.open == "["
                and e.is_scalar(inner)
                and free_indices(inner) - set(e.bound)
                and isinstance(node.body, tree.Script | tree.Frac)
            ):
                raise Unread("unsupported operator", "a matrix given by its entries", node.start, node.end)
            return contract(e, inner, [inner])
        case ("|", "|") if (key := symbol_key(node.body)) is not None and key in e.chain.counted:
            return Size(Dim.of(f"|{key}|"), start=node.start, end=node.end)
        case ("|", "|") if _is_set(e, node.body):
            raise Unread("unsupported operator", "the number of members", node.start, node.end)
        case ("|", "|") if (columns := _columns(e, node)) is not None:
            return e.apply("det", (columns,), node)
        case ("|", "|"):
            inner = e.read(node.body)
            if e.is_scalar(inner):
                return e.apply("abs", (inner,), node)
            if e.is_column(inner) or e.is_row(inner):
                return e.apply("norm2", (_column(e, inner, node),), node)
            return e.apply("det", (inner,), node)
        case ("\\|", "\\|"):
            return norm(e, node, None, node)
        case ("<", ">"):
            if isinstance(node.body, tree.Sequence) and len(node.body.items) == 2:
                a, b = (e.read(i) for i in node.body.items)
                if node.body.separators != (",",) and e.is_scalar(a) and e.is_scalar(b):
                    raise Unread("unsupported operator", "states with labels", node.start, node.end)
                if e.is_column(a) and e.is_column(b):
                    return e.apply("dot", (a, b), node)
                return e.apply("frobenius_inner", (a, b), node)
            raise Unread("unsupported operator", "angle brackets", node.start, node.end)
        case ("\\lfloor", "\\rfloor"):
            return e.apply("floor", (e.read(node.body),), node)
        case ("\\lceil", "\\rceil"):
            return e.apply("ceil", (e.read(node.body),), node)
        case _:
            raise Unread("unsupported operator", f"{node.open} … {node.close}", node.start, node.end)


def _is_set(e: Elaborator, node: tree.Node) -> bool:
    """A letter in blackboard bold of which nothing is said: 𝔽, 𝔽_2."""
    base = node.base if isinstance(node, tree.Script) else node
    return isinstance(base, tree.Sym) and base.font == "bb" and not e.known.declared(symbol_key(base) or "")


def _column(e: Elaborator, term: Term, node: tree.Node) -> Term:
    return e.apply("transpose", (term,), node) if e.is_row(term) else term


def _listed_numbers(body: tree.Node) -> tuple[tree.Node, ...]:
    """`0.2\\: 0.3\\: 0.5`: numbers next to each other are no product, they make a row."""
    match body:
        case tree.Juxt(items=items) if len(items) > 1 and all(isinstance(i, tree.Num) for i in items):
            return items
        case _:
            return ()


def _listed_columns(e: Elaborator, body: tree.Node) -> tuple[tree.Node, ...]:
    """`a_1\\; a_2 \\cdots a_n` of columns, which have no product."""
    if not isinstance(body, tree.Juxt) or not any(isinstance(i, tree.Dots) for i in body.items):
        return ()
    bases = {symbol_key(i.base) for i in body.items if isinstance(i, tree.Script)}
    plain = all(isinstance(i, tree.Dots) or (isinstance(i, tree.Script) and i.sup is None) for i in body.items)
    family = bases.pop() if len(bases) == 1 else None
    return body.items if plain and family is not None and _is_column(e, family) else ()


def _is_column(e: Elaborator, key: str) -> bool:
    meaning = e.known.meaning(key)
    return e.known.is_column(f"{key}_·") or (meaning is not None and meaning.word == "columns")


def _columns(e: Elaborator, node: tree.Fence) -> Term | None:
    """[a b c], |a b c|: columns next to each other have no product, they make a matrix."""
    match node.body:
        case tree.Juxt(items=items) if all(isinstance(i, tree.Sym | tree.Script | tree.Accent) for i in items):
            pass
        case _:
            return None
    if not all((key := symbol_key(i)) is not None and e.known.is_column(key) for i in items):
        return None
    from derivcheck.readings.grids import block

    return block(e, (tuple(e.read(i) for i in items),), node)


def _side_by_side(e: Elaborator, node: tree.Fence) -> Term | None:
    """[X_1\\; X_2]: matrices set apart that have no product."""
    match node.body:
        case tree.Juxt(items=items, gaps=gaps) if all(gaps):
            pass
        case _:
            return None
    if not all(isinstance(i, tree.Sym | tree.Script) for i in items) or items[0] == _NABLA:
        return None  # [∇ x A x] clashes for want of a transpose
    mark = e.unifier.mark()
    try:
        return e.read(node.body)
    except Clash:
        e.unifier.reset(mark)
    from derivcheck.readings.grids import block

    return block(e, (tuple(e.read(i) for i in items),), node)


def _list(e: Elaborator, node: tree.Fence, body: tree.Sequence) -> Term:
    """(x₁, …, x_n) is a column of scalars; [A, B] puts blocks side by side."""
    bars = node.open == "[" and all(s in ("|", "\\mid") for s in body.separators)
    if not bars and any(s != "," for s in body.separators):
        raise Unread("unsupported operator", "a list", node.start, node.end)
    if bars and any(isinstance(i, tree.Dots) for i in body.items):
        return e.read(tree.Grid("matrix", "[", "]", (body.items,), start=node.start, end=node.end))
    if any(isinstance(i, tree.Dots) for i in body.items):
        return dots.listed(e, body.items, node)
    parts = [e.read(i) for i in body.items]
    if bars and any(e.is_scalar(p) for p in parts):
        raise Unread("unsupported operator", "a condition", node.start, node.end)
    if all(e.is_scalar(p) for p in parts):
        from derivcheck.readings.grids import block

        rows = tuple((p,) for p in parts) if node.open == "(" else (tuple(parts),)
        return block(e, rows, node)
    if node.open == "[":
        from derivcheck.readings.grids import block

        if e.choice.commutator and len(parts) == 2:
            return e.apply("commutator", tuple(parts), node)

        return block(e, (tuple(parts),), node)
    raise Unread("unsupported operator", "a tuple", node.start, node.end)


def norm(e: Elaborator, node: tree.Fence, sub: tree.Node | None, whole: tree.Node) -> Term:
    """‖x‖, ‖x‖₂, ‖x‖₁, ‖x‖_∞, ‖A‖_F, ‖A‖₂, ‖A‖_*; the bare norm of a matrix is Frobenius unless said otherwise."""
    inner = e.read(node.body)
    name = ""
    if sub is not None:
        name = sub.text if isinstance(sub, tree.Num | tree.Name | tree.Words) else (symbol_key(sub) or "?")
    if node.open == "|" and sub is not None and name not in ("F", "rm:F", "2"):
        raise Unread("unsupported operator", "norm", whole.start, whole.end)
    vector = e.is_column(inner) or e.is_row(inner) or e.is_scalar(inner)
    if vector:
        column = _column(e, inner, whole)
        operator = {"": "norm2", "2": "norm2", "F": "norm2", "1": "norm1", "\\infty": "norm_inf"}.get(name)
        if operator is None:
            raise Unread("unsupported operator", f"norm {name}", whole.start, whole.end)
        return e.apply(operator, (column,), whole)
    return e.apply(_matrix_norm(e, name, whole), (inner,), whole)


def _matrix_norm(e: Elaborator, name: str, whole: tree.Node) -> str:
    """The operator that a subscript of a norm names."""
    match name:
        case "F" | "rm:F" | "sf:F" | "\\mathrm F" | "Fro" | "fro":
            return "norm_frobenius"
        case "":
            spectral = e.known.has(Convention.SPECTRAL_NORM) or e.choice.other_norm
            return "norm_spectral" if spectral else "norm_frobenius"
        case "2":
            return "norm_frobenius" if e.choice.other_norm else "norm_spectral"
        case "op" | "sp" | "spec" | "\\sigma":
            return "norm_spectral"
        case "*" | "\\ast" | "nuc":
            return "norm_nuclear"
        case _:
            raise Unread("unsupported operator", "matrix norm", whole.start, whole.end)
