"""Subscripts: entries, members of a family, sizes of special matrices, or parts of a name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import dotted_name, symbol_key
from derivcheck.readings import definitions, entries, families, fields, listed, partials, shapes, sized, symbols
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import plain
from derivcheck.terms.dim import SCALAR, Shape
from derivcheck.terms.term import Symbol, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def subscripted(e: Elaborator, base: tree.Node, sub: tree.Node, node: tree.Script) -> Term:
    """base_sub without its superscript."""
    whole = tree.Script(base, sub, start=node.start, end=node.end)
    key = symbol_key(whole)
    base_key = symbol_key(base)
    if key is not None and key in e.parameters:
        return symbols.variable(e, key, whole)
    if (derived := partials.partial(e.known, whole)) is not None:
        return partials.read(e, derived, whole)
    if base_key is not None:
        special = sized.sized_symbol(e, base_key, key, sub, node)
        if special is not None:
            return special
    if base_key is not None:
        inlined = defined_member(e, base_key, sub)
        if inlined is not None:
            return inlined
    declared = key is not None and (e.known.declared(key) or e.home.declared(key))
    running = _uses_bound(e, sub) or (base_key in e.chain.summed and not _is_label(sub))
    if key is not None and declared and not running and not _spoken_of_by_entries(e, base_key):
        return symbols.named(e, key, whole)
    if isinstance(base, tree.Num):
        return sized.numeral(e, base, sub, node)
    if base_key is None:
        return _entry_of_expression(e, base, sub, node)
    if isinstance(moving := dotted_name(whole), tree.Accent) and (rate := _rate_of_name(e, moving)) is not None:
        return rate
    items = entries.index_items(sub)
    if items is not None and len(items) == 2:
        cofactors = symbols.of_cofactors(e, base_key, base)
        if cofactors is not None:
            return entries.at(e, cofactors, items, node)
    items = listed.component(e, base_key, sub) or items
    for twin in _twins(e, base_key, len(items or ())):
        if items is not None and all(entries.may_be_index(e, twin, i) for i in items):
            whole_symbol = symbols.named(e, twin, base)
            if e.is_matrix(whole_symbol) == (len(items) == 2) and not e.is_scalar(whole_symbol):
                return entries.at(e, whole_symbol, items, node)
    marked = _marked_capital(e, base) if items is not None and len(items) == 2 else None
    if items is not None and marked is not None and all(entries.may_be_index(e, base_key, i) for i in items):
        return entries.at(e, e.read(marked), items, node)
    base_key = e.known.alias(base_key)
    if items is None or not all(entries.may_be_index(e, base_key, i) for i in items):
        return _name(e, key, whole)
    return _indexed(e, base_key, base, items, key, whole)


def _rate_of_name(e: Elaborator, node: tree.Accent) -> Term | None:
    """`\\dot q_1` where q_1 is a name, no entry of a vector q."""
    state = e.read(node.body)
    if not isinstance(state, Variable) or state.key != symbol_key(node.body):
        return None
    return symbols.symbol(e, node)


def _spoken_of_by_entries(e: Elaborator, base_key: str | None) -> bool:
    meaning = e.known.special(base_key) if base_key is not None else None
    return meaning is not None and meaning.word in ("cofactor", "adjugate")


def _twins(e: Elaborator, base_key: str, indices: int) -> list[str]:
    """The symbols whose entries an italic letter may denote: a_i of 𝐚, A_ij of 𝐀, a_ij of 𝐀 or A."""
    if ":" in base_key or (len(base_key) > 1 and not base_key.startswith("\\")):
        return []
    upper = base_key.upper() if len(base_key) == 1 else base_key
    names = [f"bf:{base_key}", f"bf:{upper}"] if base_key not in e.chain.bare else []
    if indices == 2 and upper != base_key:
        names = [f"bf:{upper}", upper, f"sf:{upper}", *names]
    found = [n for n in dict.fromkeys(names) if n in e.chain.bare]
    told = indices == 1 and e.known.shape(f"{base_key}_·") is not None  # "let x_1, …, x_n be real", beside a vector 𝐱
    if e.known.shape(base_key) is None and not told:
        known = [n for n in dict.fromkeys(names) if n not in found and e.known.shape(n) is not None]
        itself = indices == 2 and bool(e.known.properties(base_key) & shapes.SQUARE)  # "w_ij = -w_ji", W an energy
        used = (
            [n for n in dict.fromkeys(names) if "bare" in e.known.usage.of(n)]
            if indices == 2 and not itself and (upper != base_key or "bare" not in e.known.usage.of(base_key))
            else []
        )
        found += known or [n for n in used if n not in found]
    return found or _accented(e, base_key, indices)


def whole(e: Elaborator, letter: tree.Sym) -> Term:
    """The matrix of whose entries a letter speaks: 𝐗 of X_ijᵀ."""
    twins = (symbols.named(e, twin, letter) for twin in _twins(e, symbol_key(letter) or "", 2))
    return next((t for t in twins if e.is_matrix(t)), None) or e.read(letter)


def _accented(e: Elaborator, base_key: str, indices: int) -> list[str]:
    """a of a_i beside an a with an arrow: its entries, where a never stands without it."""
    if indices != 1 or e.known.declared(base_key) or base_key in e.chain.bare:
        return []
    arrow = f"vec({base_key})"
    return [arrow] if arrow in e.chain.bare or "bare" in e.known.usage.of(arrow) else []


def _marked_capital(e: Elaborator, base: tree.Node) -> tree.Accent | None:
    """Ȧ of ȧ_ij and Ȧ_ij, Â of â_ij: the matrix under the same mark, where the text has it and nothing else of that
    letter."""
    match base:
        case tree.Accent(body=tree.Sym(name=name) as letter) if len(name) == 1 and name.islower():
            capital = replace(letter, name=name.upper())
            marked = replace(base, body=capital)
            key, own = symbol_key(marked), symbol_key(base)
            if key is None or own in e.chain.bare or e.known.declared(own or ""):
                return None
            shown = key in e.chain.bare or "bare" in e.known.usage.of(key)
            return marked if shown or (base.accent == "dot" and symbol_key(capital) in e.chain.bare) else None
        case tree.Accent(accent="dot", body=tree.Sym() as letter):  # of the rate of a matrix, if the rate is no symbol
            shape = e.known.shape(symbol_key(letter) or "")
            matrix = shape is not None and shape.kind in ("matrix", "square")
            return base if matrix and not e.known.declared(symbol_key(base) or "") else None
        case _:
            return None


def defined_member(
    e: Elaborator, base_key: str, sub: tree.Node, args: tuple[Term, ...] | None = None
) -> Term | None:
    """`p_j` after `p_k = …`: the body with the letter renamed, and with the arguments put in."""
    fact = e.known.by_members(base_key)
    items = entries.index_items(sub)
    if fact is None or items is None:
        return None
    if args is not None and not definitions.target(fact.left)[1]:
        args = None  # `p_j(x)` where `p_k = …x…` was defined without parameter
    try:
        return definitions.member(e, fact, items, args)
    except Unread:
        e.weakened = f"definition of {base_key}"  # it stays free: what then holds, holds for all values
        return None


def _is_label(sub: tree.Node) -> bool:
    return isinstance(sub, tree.Words | tree.Name)


def _uses_bound(e: Elaborator, sub: tree.Node) -> bool:
    items = entries.index_items(sub)
    return items is not None and any(symbol_key(i) in e.bound for i in items)


def _name(e: Elaborator, key: str | None, node: tree.Script) -> Term:
    if key is None:
        raise Unread("unsupported operator", "subscript", node.start, node.end)
    return symbols.named(e, key, node)


def _indexed(
    e: Elaborator, base_key: str, base: tree.Node, items: tuple[tree.Node, ...], key: str | None, node: tree.Script
) -> Term:
    running = any(entries.mentions_bound(e, i) for i in items) or base_key in e.chain.summed
    numeric = all(isinstance(i, tree.Num) for i in items)
    line = families.line(e, base_key, items, node)
    if line is not None:
        return line
    family = e.known.shape(f"{base_key}_·")
    kind = _known_kind(e, base_key)
    if family is not None and family.kind == "scalar" and kind == "vector" and base_key in e.chain.bare:
        return entries.at(e, symbols.variable(e, base_key, base), items, node)  # y_i ∈ {0, 1} beside y: its entries
    if family is not None and len(items) == 1:
        return families.member(e, base_key, items, node)
    if len(items) == 2:
        return _two(e, base_key, base, items, kind, numeric, key, node)
    if len(items) > 2:
        raise Unread("unsupported operator", "more than two indices", node.start, node.end)
    if items[0] == tree.Num("0") and base_key not in e.chain.summed:
        return _name(e, key, node)  # entries are counted from 1: x_0 is a point of its own
    hints = e.known.usage.of(base_key)
    listed = kind is None and "indexed" in hints and "bare" in hints
    if numeric and kind in (None, "matrix") and not listed and base_key not in e.chain.summed:
        return _name(e, key, node)
    if kind in ("vector", None) and e.choice.sequences and not numeric:
        return families.of_its_kind(e, base_key, base, items, node)
    if kind == "vector" and e.choice.numbers_apart:
        return families.member(e, base_key, items, node, (SCALAR, "reading"))
    if kind == "vector" and running and "indexed nonscalar" in hints and e.known.shape(base_key) is None:
        return families.member(e, base_key, items, node)  # a_i of a_i b_iᵀ: no entry of an a that stands elsewhere
    if kind == "vector" and (not base_key.startswith("bf:") or running or e.choice.einstein):
        return entries.at(e, symbols.variable(e, base_key, base), items, node)
    if kind == "matrix":
        return families.member(e, base_key, items, node) if running else _name(e, key, node)
    upper = _matrix_of(e, base_key)
    if kind is None and upper is not None and running and "indexed nonscalar" in hints:
        return families.member(e, base_key, items, node)
    if kind is None and e.choice.einstein and e.chain.indexed:
        return families.scalar_sequence(e, base_key, base, items, node)
    if running or e.choice.einstein:
        if base_key.startswith("bf:") or "indexed nonscalar" in hints or plain(base_key)[:1].isupper():
            return families.member(e, base_key, items, node)
        if kind is None or kind == "scalar":
            return families.scalar_sequence(e, base_key, base, items, node)
    if kind is None and base_key in e.chain.summed and _runs(e, items[0]):
        if base_key.startswith("bf:") or "indexed nonscalar" in hints:
            return families.member(e, base_key, items, node)
        if "bare" not in hints:
            return families.scalar_sequence(e, base_key, base, items, node)
    small = not base_key.startswith("bf:") and not plain(base_key)[:1].isupper()
    if kind is None and base_key in e.chain.by_entries and small and "bare" in hints and _runs(e, items[0]):
        return families.scalar_sequence(e, base_key, base, items, node)
    if kind == "scalar" or kind is None:
        entries_named = not numeric and "bare" in hints and bool(hints & {"vector", "nonscalar"})
        if entries_named and not base_key.startswith("bf:") and not plain(base_key)[:1].isupper():
            return entries.at(e, symbols.variable(e, base_key, base), items, node)
        return _name(e, key, node)
    return _name(e, key, node)


def _runs(e: Elaborator, item: tree.Node) -> bool:
    """A letter that is an index rather than a size: i of x_i next to Σ_k x_k, not n of x_n."""
    key = symbol_key(item)
    return isinstance(item, tree.Sym) and key is not None and not e.known.is_dimension(key)


def _known_kind(e: Elaborator, key: str) -> str | None:
    """vector, matrix or scalar when the document or this attempt settles it for the bare symbol."""
    if (field := fields.kind_of(e, key)) is not None and e.known.shape(key) is None:
        return {"column": "vector"}.get(field, field)
    if (kind := e.choice.kind(key)) is not None:
        return {"column": "vector", "row": "vector", "square": "matrix"}.get(kind, kind)
    if key in e.symbols:
        return _kind_of(e, e.symbols[key].shape)
    fact = e.known.shape(key)
    if fact is not None:
        if fact.kind == "like" and fact.like and fact.like != key:
            return _known_kind(e, fact.like)
        return {"column": "vector", "row": "vector", "vector": "vector", "scalar": "scalar"}.get(fact.kind, "matrix")
    properties = e.known.properties(key)
    if properties & shapes.VECTOR:
        return "vector"
    if e.known.definition(key) is not None:
        try:
            return _kind_of(e, symbols.named(e, key, tree.Sym(key)).shape)
        except (Unread, Clash):
            return None
    hints = e.known.usage.of(key)
    if "matrix" in hints:
        return "matrix"
    if "vector" in hints:
        return "vector"
    return None


def _kind_of(e: Elaborator, shape: Shape) -> str:
    if e.unifier.is_scalar(shape):
        return "scalar"
    rows, cols = e.unifier.shape(shape)
    return "vector" if cols.constant == 1 or rows.constant == 1 else "matrix"


def _two(
    e: Elaborator, base_key: str, base: tree.Node, items: tuple[tree.Node, ...], kind: str | None, numeric: bool,
    key: str | None, node: tree.Script,
) -> Term:  # fmt: skip
    """A_ij, a_ij (entries of A), numeric blocks such as A_{11} are names unless A is declared."""
    if numeric:
        capital = plain(base_key)[:1].isupper() or plain(base_key)[1:2].isupper()  # A_{12} may be a block as well
        if kind == "matrix" and e.known.shape(base_key) is not None and not capital:
            whole = symbols.variable(e, base_key, base)
            return entries.at(e, whole, items, node)
        return _name(e, key, node)
    told = kind is None and bool(e.known.properties(base_key) & shapes.SQUARE)  # "g_ij is symmetric"
    if e.choice.sequences and kind in ("vector", None) and not told and _matrix_of(e, base_key) is None:
        return families.of_its_kind(e, base_key, base, items, node)  # x_{it}: what was seen of i at time t
    matrix = base_key if kind == "matrix" or told else _matrix_of(e, base_key)
    if matrix is None:
        if kind == "vector":
            return _name(e, key, node)
        matrix = base_key
        said = e.known.properties(matrix) & shapes.SQUARE  # symmetric: a matrix by what is said of it
        if matrix not in e.symbols and e.choice.kind(matrix) is None and not said:
            shape = shapes.shape_of_kind(e, "matrix")
            e.symbols[matrix] = Symbol(matrix, shape, frozenset(), None, (), matrix)
            e.origins[matrix] = "indices"
            symbols.add_dependence(e, matrix, node)
    word = e.known.meaning(base_key)
    target = (
        symbols.named(e, matrix, base) if matrix != base_key or word is not None else symbols.variable(e, matrix, base)
    )
    return entries.at(e, target, items, node)


def _matrix_of(e: Elaborator, base_key: str) -> str | None:
    """The capital whose entries a lower-case letter denotes: a_ij of A."""
    meaning = e.known.meaning(base_key)
    if meaning is not None and meaning.word not in ("rows", "columns", "entries"):
        return base_key
    letter = plain(base_key)
    if len(letter) != 1 or not letter.islower():
        return None
    for font in ("", "bf:", "sf:"):
        upper = font + letter.upper()
        if e.known.declared(upper) or "matrix" in e.known.usage.of(upper) or upper in e.symbols:
            return upper
    return None


def _entry_of_expression(e: Elaborator, base: tree.Node, sub: tree.Node, node: tree.Script) -> Term:
    """[AB]_{ij}, (Ax)_i, [Ax]_{i,j} (a comma derivative), ‖x‖_2."""
    from derivcheck.readings import fences, marks

    if isinstance(base, tree.Fence) and base.open in ("\\|", "|"):
        return fences.norm(e, base, sub, node)
    items = entries.index_items(sub)
    if items is None:
        raise Unread("unsupported operator", "subscript", node.start, node.end)
    inner = e.read(base)
    comma = isinstance(sub, tree.Sequence)
    if comma and len(items) == 2 and (e.is_column(inner) or e.is_row(inner)):
        return marks.comma_derivative(e, inner, items, node)
    return entries.at(e, inner, items, node)
