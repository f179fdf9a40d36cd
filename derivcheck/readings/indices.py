"""Subscripts: entries, members of a family, sizes of special matrices, or parts of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.printer import to_latex
from derivcheck.readings import definitions, numbers, scripts, symbols
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.known import plain
from derivcheck.terms.dim import ONE
from derivcheck.terms.term import Apply, Entry, Index, Number, Size, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_INDEX_LETTERS = frozenset("ijklmnpqrstuvhab") | {"\\alpha", "\\beta", "\\mu", "\\nu", "\\ell"}
_SIZED_WORDS = frozenset({"commutation", "duplication", "elimination", "identity", "zero", "ones"})
_EPSILON = frozenset({"\\epsilon", "\\varepsilon"})


def subscripted(e: Elaborator, base: tree.Node, sub: tree.Node, node: tree.Script) -> Term:
    """base_sub without its superscript."""
    whole = tree.Script(base, sub, start=node.start, end=node.end)
    key = symbol_key(whole)
    base_key = symbol_key(base)
    if key is not None and key in e.parameters:
        return symbols.variable(e, key, whole)
    if base_key is not None:
        special = _sized(e, base_key, key, sub, node)
        if special is not None:
            return special
    if base_key is not None:
        inlined = defined_member(e, base_key, sub)
        if inlined is not None:
            return inlined
    if key is not None and e.known.declared(key) and not _uses_bound(e, sub) and not _spoken_of_by_entries(e, base_key):
        return symbols.named(e, key, whole)
    if base_key is None:
        return _entry_of_expression(e, base, sub, node)
    items = index_items(sub)
    if items is not None and len(items) == 2:
        cofactors = symbols.of_cofactors(e, base_key, base)
        if cofactors is not None:
            return entry(e, cofactors, tuple(index_term(e, i) for i in items), node)
    for twin in _twins(e, base_key, len(items or ())):
        if items is not None and all(_may_be_index(e, twin, i) for i in items):
            whole_symbol = symbols.named(e, twin, base)
            if e.is_matrix(whole_symbol) == (len(items) == 2) and not e.is_scalar(whole_symbol):
                return entry(e, whole_symbol, tuple(index_term(e, i) for i in items), node)
    base_key = e.known.alias(base_key)
    if items is None or not all(_may_be_index(e, base_key, i) for i in items):
        return _name(e, key, whole)
    return _indexed(e, base_key, base, items, key, whole)


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
    if e.known.shape(base_key) is None:
        known = [n for n in dict.fromkeys(names) if n not in found and e.known.shape(n) is not None]
        used = (
            [n for n in dict.fromkeys(names) if "bare" in e.known.usage.of(n)]
            if indices == 2 and upper != base_key
            else []
        )
        found += known or [n for n in used if n not in found]
    return found


def defined_member(e: Elaborator, base_key: str, sub: tree.Node) -> Term | None:
    """`p_j` after `p_k = …`: the body with the letter renamed."""
    fact = e.known.by_members(base_key)
    items = index_items(sub)
    if fact is None or items is None or (fact.item == e.known.at.item and not fact.marked):
        return None
    return definitions.member(e, fact, items)


def _uses_bound(e: Elaborator, sub: tree.Node) -> bool:
    items = index_items(sub)
    return items is not None and any(symbol_key(i) in e.bound for i in items)


def _name(e: Elaborator, key: str | None, node: tree.Script) -> Term:
    if key is None:
        raise Unread("unsupported operator", "subscript", node.start, node.end)
    return symbols.named(e, key, node)


def _sized(e: Elaborator, base_key: str, key: str | None, sub: tree.Node, node: tree.Script) -> Term | None:
    """I_n, 0_{m×n}, 1_n, K_{mn}, D_n, L_n, e_i, δ_ij, ε_ijk."""
    meaning = e.known.meaning(base_key) or (e.known.meaning(key) if key is not None else None)
    if meaning is None and (found := e.known.special(base_key)) is not None and found.word in _SIZED_WORDS:
        meaning = found
    word = meaning.word if meaning is not None else ""
    if e.choice.commutation and not word and plain(base_key) in ("K", "T", "C") and len(index_items(sub) or ()) == 2:
        word = "commutation"
    declared = e.known.shape(base_key) is not None or e.known.definition(base_key) is not None
    letter = plain(base_key)
    if word == "identity" or (letter == "I" and not declared and not word):
        if isinstance(sub, tree.Num) and key is not None:
            e.typographic.setdefault(key, "matrix")  # I_1, I_2 may be names as well
        return _identity(e, sub)
    if word == "zero" or base_key in ("bf:0", "bb:0") or (isinstance(node.base, tree.Num) and node.base.text == "0"):
        return _filled(e, "zeros", sub)
    if word == "ones" or base_key in ("bf:1", "bb:1"):
        return _filled(e, "ones", sub)
    if word in ("commutation", "duplication", "elimination"):
        return _stacking(e, word, sub)
    if word == "basis" or (letter in ("e",) and "entry" not in e.known.usage.of(base_key) and word == "basis"):
        return _basis(e, sub)
    items = index_items(sub)
    if items is not None and letter == "\\delta" and len(items) == 2 and not declared:
        return e.apply("kronecker_delta", _paired(e, [index_term(e, i) for i in items]), node)
    if items is not None and letter in _EPSILON and len(items) == 3 and not declared:
        from derivcheck.terms.dim import Dim

        parts = [index_term(e, i) for i in items]
        for p in parts:
            if isinstance(p, Index):
                e.unifier.unify(e.index_range(p.name), Dim.of(3))
        return e.apply("levi_civita", tuple(parts), node)
    return None


def _paired(e: Elaborator, parts: list[Term]) -> tuple[Term, ...]:
    """The two indices of δ_ij run over one range."""
    names = [p.name for p in parts if isinstance(p, Index)]
    if len(names) == 2:
        e.unifier.unify(e.index_range(names[0]), e.index_range(names[1]))
    return tuple(parts)


def _identity(e: Elaborator, sub: tree.Node) -> Term:
    size = scripts.size_of(sub)
    if isinstance(sub, tree.Infix) and sub.op == "\\times":
        size = scripts.size_of(sub.left)
    if size is None:
        size = e.unifier.fresh(proper=True)
    return Apply("identity", (), dims=(size,), shape=(size, size))


def _filled(e: Elaborator, name: str, sub: tree.Node) -> Term:
    """0_{m×n}, 0_n, 1_n: a single size is a column."""
    match sub:
        case tree.Infix(op="\\times", left=left, right=right):
            pair = (scripts.size_of(left), scripts.size_of(right))
        case tree.Sequence(items=(left, right)):
            pair = (scripts.size_of(left), scripts.size_of(right))
        case _:
            pair = (scripts.size_of(sub), ONE)
    rows, cols = pair[0] or e.unifier.fresh(), pair[1] or e.unifier.fresh()
    return Apply(name, (), dims=(rows, cols), shape=(rows, cols))


def _stacking(e: Elaborator, word: str, sub: tree.Node) -> Term:
    """K_{mn} (vec A ↦ vec Aᵀ for m×n), D_n, L_n. Magnus & Neudecker 1999, ch. 3."""
    parts = index_items(sub)
    sizes = [scripts.size_of(p) for p in parts] if parts is not None else [scripts.size_of(sub)]
    if any(s is None for s in sizes):
        raise Unread("unsupported operator", word, sub.start, sub.end)
    known = [s for s in sizes if s is not None]
    if word == "commutation":
        m, n = (known[0], known[1]) if len(known) == 2 else (known[0], known[0])
        return Apply("commutation", (), dims=(m, n), shape=(m * n, m * n))
    (n, *rest) = known
    if rest:
        raise Unread("unsupported operator", word, sub.start, sub.end)
    half = e.unifier.fresh()
    shape = (n * n, half) if word == "duplication" else (half, n * n)
    return Apply(word, (), dims=(n,), shape=shape)


def _basis(e: Elaborator, sub: tree.Node) -> Term:
    size = e.unifier.fresh(proper=True)
    term = index_term(e, sub)
    if isinstance(term, Index):
        e.unifier.unify(e.index_range(term.name), size)
    return Apply("basis", (term,), dims=(size,), shape=(size, ONE))


# -- entries and families -----------------------------------------------------------------------------------


def index_items(sub: tree.Node) -> tuple[tree.Node, ...] | None:
    """The indices a subscript lists: `ij`, `i,j`, `i+1`, `1`; None when it is something else."""
    match sub:
        case tree.Juxt(items=items):
            if all(isinstance(i, tree.Sym | tree.Num) for i in items):
                return items
            return (sub,) if len(items) == 2 and isinstance(items[0], tree.Num) else None
        case tree.Sequence(items=items, separators=separators):
            return items if all(s == "," for s in separators) else None
        case tree.Num(text=text):
            if len(text) == 2 and "0" not in text and text.isdigit():
                return (
                    tree.Num(text[0], start=sub.start, end=sub.end),
                    tree.Num(text[1], start=sub.start, end=sub.end),
                )
            return (sub,)
        case tree.Sym() | tree.Add():
            return (sub,)
        case _:
            return None


def _may_be_index(e: Elaborator, base_key: str, item: tree.Node) -> bool:
    match item:
        case tree.Num(text=text):
            return text.isdigit() and len(text) < 4
        case tree.Sym(name=name, font=font):
            key = symbol_key(item)
            return key in e.bound or (font in ("", "it") and (name in _INDEX_LETTERS))
        case tree.Add(terms=terms):
            return all(_may_be_index(e, base_key, t) for t in terms)
        case tree.Juxt(items=items):
            return all(_may_be_index(e, base_key, t) for t in items)
        case _:
            return False


def index_term(e: Elaborator, node: tree.Node) -> Term:
    """An index expression: a letter (bound or free), an integer, a sum of such."""
    match node:
        case tree.Num():
            return numbers.literal(node)
        case tree.Sym() | tree.Script() | tree.Accent():
            key = symbol_key(node)
            if key is None:
                raise Unread("unparsed", "index", node.start, node.end)
            if key not in e.bound and e.known.is_dimension(key) and key not in e.ranges and _is_last(e, key):
                from derivcheck.terms.dim import Dim

                return Size(Dim.of(key), start=node.start, end=node.end)
            e.index_range(key)
            return Index(key, start=node.start, end=node.end)
        case tree.Add(signs=signs, terms=terms):
            parts = []
            for s, t in zip(signs, terms, strict=True):
                part = index_term(e, t)
                parts.append(Apply("negate", (part,)) if s == "-" else part)
            return Apply("add", tuple(parts), start=node.start, end=node.end) if len(parts) > 1 else parts[0]
        case tree.Juxt(items=items):
            product = index_term(e, items[0])
            for item in items[1:]:
                product = Apply("scale", (product, index_term(e, item)), start=node.start, end=node.end)
            return product
        case _:
            raise Unread("unsupported operator", "index", node.start, node.end)


def _is_last(e: Elaborator, key: str) -> bool:
    """A declared dimension used as an index means its last value, unless it is a usual running index."""
    return key not in ("i", "j", "k", "l")


def _indexed(
    e: Elaborator, base_key: str, base: tree.Node, items: tuple[tree.Node, ...], key: str | None, node: tree.Script
) -> Term:
    bound = [symbol_key(i) in e.bound for i in items]
    running = any(_mentions_bound(e, i) for i in items)
    numeric = all(isinstance(i, tree.Num) for i in items)
    line = _line(e, base_key, items, node)
    if line is not None:
        return line
    family = e.known.shape(f"{base_key}_·")
    kind = _known_kind(e, base_key)
    if family is not None and len(items) == 1:
        return _member(e, base_key, items, node)
    if len(items) == 2:
        return _two(e, base_key, base, items, kind, numeric, key, node)
    if len(items) > 2:
        raise Unread("unsupported operator", "more than two indices", node.start, node.end)
    hints = e.known.usage.of(base_key)
    if numeric and (kind is None or kind == "matrix") and not (kind is None and "indexed" in hints and "bare" in hints):
        return _name(e, key, node)
    if kind == "vector" and not base_key.startswith("bf:"):
        return entry(e, symbols.variable(e, base_key, base), (index_term(e, items[0]),), node)
    if kind == "vector" and (bound[0] or running or e.choice.einstein):
        return entry(e, symbols.variable(e, base_key, base), (index_term(e, items[0]),), node)
    if kind == "matrix":
        return _member(e, base_key, items, node) if running else _name(e, key, node)
    upper = _matrix_of(e, base_key)
    if kind is None and upper is not None and running and _is_column_family(e, base_key):
        return _member(e, base_key, items, node)
    if running or e.choice.einstein:
        if base_key.startswith("bf:") or "indexed nonscalar" in hints or plain(base_key)[:1].isupper():
            return _member(e, base_key, items, node)
        if kind is None or kind == "scalar":
            return _scalar_sequence(e, base_key, base, items, node)
    if kind == "scalar" or kind is None:
        if not numeric and "bare" in hints and hints & {"vector", "nonscalar"} and not base_key.startswith("bf:"):
            return entry(e, symbols.variable(e, base_key, base), (index_term(e, items[0]),), node)
        return _name(e, key, node)
    return _name(e, key, node)


def _line(e: Elaborator, base_key: str, items: tuple[tree.Node, ...], node: tree.Script) -> Term | None:
    """x_n where the text says that the x_n are the rows or columns of X: a column vector either way."""
    meaning = e.known.meaning(base_key) or e.known.special(base_key)
    if meaning is None or meaning.word not in ("rows", "columns") or len(meaning.of) != 1 or len(items) != 1:
        return None
    matrix = symbols.named(e, meaning.of[0], node)
    if not e.is_matrix(matrix):
        return None
    if meaning.word == "rows":
        matrix = e.apply("transpose", (matrix,), node)
    index = index_term(e, items[0])
    size = matrix.shape[1]
    if isinstance(index, Index):
        e.unifier.unify(e.index_range(index.name), size)
    unit = Apply("basis", (index,), dims=(size,), shape=(size, ONE))
    return Apply("matmul", (matrix, unit), shape=(matrix.shape[0], ONE), start=node.start, end=node.end)


def _mentions_bound(e: Elaborator, item: tree.Node) -> bool:
    match item:
        case tree.Sym():
            return symbol_key(item) in e.bound
        case tree.Add(terms=terms):
            return any(_mentions_bound(e, t) for t in terms)
        case tree.Juxt(items=items):
            return any(_mentions_bound(e, t) for t in items)
        case _:
            return False


def _known_kind(e: Elaborator, key: str) -> str | None:
    """vector, matrix or scalar when the document or this attempt settles it for the bare symbol."""
    kinds = dict(e.choice.kinds)
    if key in kinds:
        return {"column": "vector", "row": "vector", "square": "matrix"}.get(kinds[key], kinds[key])
    if key in e.symbols:
        shape = e.symbols[key].shape
        if e.unifier.is_scalar(shape):
            return "scalar"
        rows, cols = e.unifier.shape(shape)
        return "vector" if cols.constant == 1 or rows.constant == 1 else "matrix"
    fact = e.known.shape(key)
    if fact is not None:
        if fact.kind == "like" and fact.like and fact.like != key:
            return _known_kind(e, fact.like)
        return {"column": "vector", "row": "vector", "vector": "vector", "scalar": "scalar"}.get(fact.kind, "matrix")
    properties = e.known.properties(key)
    if properties & {"unit", "probability"}:
        return "vector"
    if e.known.definition(key) is not None:
        try:
            shape = symbols.named(e, key, tree.Sym(key)).shape
        except (Unread, Clash):
            return None
        if e.unifier.is_scalar(shape):
            return "scalar"
        rows, cols = e.unifier.shape(shape)
        return "vector" if cols.constant == 1 or rows.constant == 1 else "matrix"
    hints = e.known.usage.of(key)
    if "matrix" in hints:
        return "matrix"
    if "vector" in hints:
        return "vector"
    return None


def _two(
    e: Elaborator, base_key: str, base: tree.Node, items: tuple[tree.Node, ...], kind: str | None, numeric: bool,
    key: str | None, node: tree.Script,
) -> Term:  # fmt: skip
    """A_ij, a_ij (entries of A), numeric blocks such as A_{11} are names unless A is declared."""
    if numeric:
        capital = plain(base_key)[:1].isupper() or plain(base_key)[1:2].isupper()  # A_{12} may be a block as well
        if kind == "matrix" and e.known.shape(base_key) is not None and not capital:
            return entry(
                e, symbols.variable(e, base_key, base), (index_term(e, items[0]), index_term(e, items[1])), node
            )
        return _name(e, key, node)
    matrix = base_key if kind == "matrix" else _matrix_of(e, base_key)
    if matrix is None:
        if kind == "vector":
            return _name(e, key, node)
        matrix = base_key
        kinds = dict(e.choice.kinds)
        if matrix not in e.symbols and matrix not in kinds:
            from derivcheck.terms.term import Symbol

            shape = symbols.shape_of_kind(e, "matrix")
            e.symbols[matrix] = Symbol(matrix, shape, frozenset(), None, (), matrix)
            e.origins[matrix] = "indices"
    word = e.known.meaning(base_key)
    target = (
        symbols.named(e, matrix, base) if matrix != base_key or word is not None else symbols.variable(e, matrix, base)
    )
    return entry(e, target, (index_term(e, items[0]), index_term(e, items[1])), node)


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


def _is_column_family(e: Elaborator, base_key: str) -> bool:
    return "indexed nonscalar" in e.known.usage.of(base_key)


def _member(e: Elaborator, base_key: str, items: tuple[tree.Node, ...], node: tree.Script) -> Term:
    """x_i as the i-th member of a family of like-shaped things."""
    indices = tuple(index_term(e, i) for i in items)
    key = f"{base_key}_·"
    if key not in e.symbols:
        from derivcheck.terms.term import Symbol

        fact = e.known.shape(key)
        properties = e.known.properties(key) - {"constant", "variable", "random", "real"}
        if fact is not None:
            shape, origin = symbols.shape_of(e, key, properties)
        else:
            bold_or_vector = base_key.startswith("bf:") or "indexed nonscalar" in e.known.usage.of(base_key)
            upper = plain(base_key)[:1].isupper()
            usual = "matrix" if upper else "column" if bold_or_vector else "scalar"
            kind = dict(e.choice.kinds).get(key, usual)
            if kind != usual:
                e.flipped[key] = usual
            shape, origin = symbols.shape_of_kind(e, kind), "convention"
            e.typographic.setdefault(key, kind)
        e.symbols[key] = Symbol(key, shape, properties, None, (), to_latex(node.base))
        e.origins[key] = origin
    return Variable(key, indices, shape=e.symbols[key].shape, start=node.start, end=node.end)


def _scalar_sequence(
    e: Elaborator, base_key: str, base: tree.Node, items: tuple[tree.Node, ...], node: tree.Script
) -> Term:
    """x_i with x undeclared: the entries of a vector x (scalars), so that bare x agrees with it."""
    plain_index = isinstance(items[0], tree.Sym)
    hints = e.known.usage.of(base_key)
    if base_key in e.symbols and e.unifier.is_scalar(e.symbols[base_key].shape):
        return _member_scalar(e, base_key, items, node)
    if not plain_index or ("bare" in hints and not hints & {"vector", "nonscalar"}):
        return _member_scalar(e, base_key, items, node)
    if base_key not in e.symbols:
        from derivcheck.terms.term import Symbol

        properties = e.known.properties(f"{base_key}_·") - {"constant", "variable", "random", "real"}
        properties |= e.known.properties(base_key) - {"constant", "variable", "random", "real", "integer", "natural"}
        e.symbols[base_key] = Symbol(base_key, symbols.shape_of_kind(e, "column"), properties, None, (), to_latex(base))
        e.origins[base_key] = "indices"
    return entry(e, symbols.variable(e, base_key, base), (index_term(e, items[0]),), node)


def _member_scalar(e: Elaborator, base_key: str, items: tuple[tree.Node, ...], node: tree.Script) -> Term:
    from derivcheck.terms.dim import SCALAR
    from derivcheck.terms.term import Symbol

    key = f"{base_key}_·"
    if key not in e.symbols:
        properties = e.known.properties(key) - {"constant", "variable", "random", "real"}
        e.symbols[key] = Symbol(key, SCALAR, properties, None, (), to_latex(node.base))
        e.origins[key] = "indices"
    return Variable(
        key, tuple(index_term(e, i) for i in items), shape=e.symbols[key].shape, start=node.start, end=node.end
    )


def _entry_of_expression(e: Elaborator, base: tree.Node, sub: tree.Node, node: tree.Script) -> Term:
    """[AB]_{ij}, (Ax)_i, [Ax]_{i,j} (a comma derivative), ‖x‖_2."""
    from derivcheck.readings import calculus, fences

    if isinstance(base, tree.Fence) and base.open in ("\\|", "|"):
        return fences.norm(e, base, sub, node)
    items = index_items(sub)
    if items is None:
        raise Unread("unsupported operator", "subscript", node.start, node.end)
    inner = e.read(base)
    comma = isinstance(sub, tree.Sequence)
    if comma and len(items) == 2 and (e.is_column(inner) or e.is_row(inner)):
        return calculus.comma_derivative(e, inner, items, node)
    return entry(e, inner, tuple(index_term(e, i) for i in items), node)


def entry(e: Elaborator, base: Term, at: tuple[Term, ...], node: tree.Node) -> Term:
    """base[at], the ranges of plain indices tied to the shape of the base."""
    rows, cols = e.unifier.shape(base.shape)
    one = Number(numbers.number(1).value)
    if e.is_scalar(base):
        raise Clash("an index on a scalar", node.start, node.end)
    match at:
        case (i,) if cols.constant == 1:
            _tie(e, i, rows)
            return Entry(base, i, one, start=node.start, end=node.end)
        case (j,) if rows.constant == 1:
            _tie(e, j, cols)
            return Entry(base, one, j, start=node.start, end=node.end)
        case (i, j):
            _tie(e, i, rows)
            _tie(e, j, cols)
            return Entry(base, i, j, start=node.start, end=node.end)
        case _:
            raise Unread("unsupported operator", "a single index on a matrix", node.start, node.end)


def _tie(e: Elaborator, index: Term, size: object) -> None:
    from derivcheck.terms.dim import Dim

    if isinstance(index, Index) and isinstance(size, Dim):
        e.unifier.unify(e.index_range(index.name), size)
