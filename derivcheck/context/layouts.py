"""Equations that define a layout: `[∂y/∂x]_{ij} = ∂y_i/∂x_j`, `∂f/∂x = (∂f/∂x_1, …, ∂f/∂x_n)ᵀ`, a Jacobian written out.

On one side stands a derivative, on the other its entries; which index runs along the rows tells the layout.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from derivcheck.context.facts import Fact, LayoutFact, Scope, ShapeFact
from derivcheck.context.scopes import Outline
from derivcheck.notation.derivatives import is_transposed, split_derivative
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.tree import Dots, Empty, Fence, Frac, Grid, Infix, Juxt, Node, Num, Script, Sym
from derivcheck.notation.tree import Sequence as Listed
from derivcheck.statements.model import Display

Rows = tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class _Derivative:
    """∂operand/∂variable or ∇operand; the variable of ∇ may be left unsaid."""

    operand: Node
    variable: Node | None
    nabla: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """∂f_a/∂x_b: the letters with what stands below them."""

    operand: str
    above: tuple[Node, ...]
    variable: str
    below: tuple[Node, ...]


def layout_facts(displays: Mapping[int, Display], outline: Outline, stated: Sequence[Fact]) -> Iterator[LayoutFact]:
    """The layouts that equations of the document define. Two that contradict each other compare layouts: none counts.

    `stated`: what else the document states; a row of ∂y/∂x_j with a vector y says nothing of gradients.
    """
    vectors = {_letter(f.key) for f in stated if isinstance(f, ShapeFact) and f.kind in ("vector", "column", "row")}
    found: dict[tuple[str, bool], LayoutFact] = {}
    for item, display in displays.items():
        scope = Scope(0 if outline.everywhere(item) else item, outline.last)
        for chain in display.chains:
            for left, right in combinations([m.node for m in chain.members[:_MANY]], 2):
                defined = defined_layout(left, right, vectors)
                if defined is not None:
                    found.setdefault(defined, LayoutFact(display.block.span, scope, item, *defined))
    yield from (fact for (kind, numerator), fact in found.items() if (kind, not numerator) not in found)


_MANY = 6  # members of a chain among which a definition is looked for


def defined_layout(left: Node, right: Node, vectors: Collection[str] = ()) -> tuple[str, bool] | None:
    """(kind of derivative, numerator layout?) if the equation defines one; the kind is a field of `readings.Layout`."""
    return _defined(left, right, vectors) or _defined(right, left, vectors)


def _defined(left: Node, right: Node, vectors: Collection[str]) -> tuple[str, bool] | None:
    match left:
        case Script(base=Fence(body=body), sub=sub, sup=None, primes=0) if sub is not None:
            whole, entry = _derivative(body), _entry(right)
            if whole is None or entry is None or not _belongs(entry, whole):
                return None
            return _by_indices(_indices(sub), entry, whole.nabla)
        case _:
            whole, rows = _derivative(left), _rows(right)
            if whole is None or rows is None or any(len(row) != len(rows[0]) for row in rows):
                return None
            cells = [[_entry(cell) for cell in row] for row in rows]
            if not _all_entries(rows, cells, whole):
                return None
            return _by_position(cells, whole.nabla, vectors)


def _by_indices(indices: tuple[Node, ...], entry: _Entry, nabla: bool) -> tuple[str, bool] | None:
    match (*entry.above, *entry.below):
        case (a, b) if a != b and (a, b) in (indices, indices[::-1]):
            if entry.above:
                return "nabla_vector" if nabla else "vector_vector", (a, b) == indices
            return None if nabla else ("scalar_matrix", (a, b) != indices)
        case _:
            return None


def _by_position(cells: list[list[_Entry | None]], nabla: bool, vectors: Collection[str]) -> tuple[str, bool] | None:
    """From the first entry and those farthest along its row and its column."""
    first = cells[0][0]
    across, down = cells[0][-1], cells[-1][0]
    if first is None or across is None or down is None:
        return None
    if first.above:
        kind = "nabla_vector" if nabla else "vector_vector"
        return _orientation(kind, (first.above, first.below), (across.above, across.below), (down.above, down.below))
    if len(first.below) > 1:
        pairs = ((entry.below[1:], entry.below[:1]) for entry in (first, across, down))
        return None if nabla else _orientation("scalar_matrix", *pairs)
    if first.operand in vectors or (len(cells) > 1) == (len(cells[0]) > 1):
        return None
    return "nabla" if nabla else "scalar_vector", len(cells) == 1


_Pair = tuple[tuple[Node, ...], tuple[Node, ...]]


def _orientation(kind: str, first: _Pair, across: _Pair, down: _Pair) -> tuple[str, bool] | None:
    """Numerator layout if the first of the pair stays the same along a row, the second along a column."""
    along = (first[0] == across[0], first[1] == across[1])
    below = (first[0] == down[0], first[1] == down[1])
    if along == (True, False) and below == (False, True):
        return kind, True
    return (kind, False) if along == (False, True) and below == (True, False) else None


def _all_entries(rows: Rows, cells: list[list[_Entry | None]], whole: _Derivative) -> bool:
    """Whether every cell is an entry of the derivative, or dots."""
    return all(
        isinstance(node, Dots | Empty) if entry is None else _belongs(entry, whole)
        for row, found in zip(rows, cells, strict=True)
        for node, entry in zip(row, found, strict=True)
    )


def _belongs(entry: _Entry, whole: _Derivative) -> bool:
    """Whether ∂f_a/∂x_b is an entry of ∂f/∂x: the same letters, in whatever font and case."""
    operand = _indexed(whole.operand)
    variable = _indexed(whole.variable) if whole.variable is not None else (entry.variable, ())
    if operand is None or variable is None or operand[1] or variable[1]:
        return False
    return (entry.operand.lower(), entry.variable.lower()) == (operand[0].lower(), variable[0].lower())


def _derivative(node: Node) -> _Derivative | None:
    match node:
        case Frac(style="frac", num=num, den=den) | Infix(op="/", left=num, right=den):
            split = split_derivative(num, den)
            if split is None or split[0] is None or len(split[1]) != 1 or is_transposed(split[1][0]):
                return None
            return _Derivative(split[0], split[1][0])
        case Juxt(items=(Sym(name="\\nabla"), *operand)) if operand:
            return _Derivative(_joined(operand), None, nabla=True)
        case Juxt(items=(Script(base=Sym(name="\\nabla"), sub=sub, sup=None), *operand)) if sub is not None and operand:
            return _Derivative(_joined(operand), sub, nabla=True)
        case _:
            return None


def _joined(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Juxt(tuple(nodes))


def _entry(node: Node) -> _Entry | None:
    whole = _derivative(node)
    if whole is None or whole.nabla or whole.variable is None:
        return None
    operand, variable = _indexed(whole.operand), _indexed(whole.variable)
    if operand is None or variable is None or not variable[1]:
        return None
    return _Entry(operand[0], operand[1], variable[0], variable[1])


def _indexed(node: Node) -> tuple[str, tuple[Node, ...]] | None:
    """(letter without its font, indices) of `y`, `y_i`, `X_{ij}`, `f_i(x)`."""
    match node:
        case Juxt(items=(head, Fence(open="("))):
            return _indexed(head)
        case Script(base=base, sub=sub, sup=None, primes=0) if sub is not None:
            key = symbol_key(base)
            return (_letter(key), _indices(sub)) if key is not None else None
        case _:
            key = symbol_key(node)
            return (_letter(key), ()) if key is not None else None


def _letter(key: str) -> str:
    return key.rpartition(":")[2]


def _indices(node: Node) -> tuple[Node, ...]:
    """`ij`, `i,j`, `12`: one node for each index."""
    match node:
        case Listed(items=items) | Juxt(items=items):
            return items
        case Num(text=text) if len(text) > 1:
            return tuple(map(Num, text))
        case _:
            return (node,)


def _rows(node: Node) -> Rows | None:
    """What is written out in rows; `(a, b)` alone may stand for a column, with a transpose it surely is one."""
    match node:
        case Grid(rows=rows) if rows and rows[0]:
            return rows
        case Script(base=base) if is_transposed(node):
            inner = _listed(base) or _rows(base)
            return tuple(zip(*inner, strict=False)) if inner is not None else None
        case Fence(body=Grid() as grid):
            return _rows(grid)
        case _:
            return None


def _listed(node: Node) -> Rows | None:
    match node:
        case Fence(open="(" | "[", body=Listed(items=items)):
            return (items,)
        case _:
            return None
