"""f_x, f_{xy}, ∇f(a, b): derivatives of a function of several numbers that the document defines, by its parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.readings.definitions import target
from derivcheck.readings.known import Known

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator
    from derivcheck.terms.term import Term


@dataclass(frozen=True, slots=True)
class Partial:
    """The function, its parameters, and those by which it is differentiated, one after the other."""

    function: tree.Sym
    parameters: tuple[str, ...]
    by: tuple[str, ...]


def partial(known: Known, node: tree.Node) -> Partial | None:
    """What `f_{xy}` stands for after `f(x, y) = …`; None for a symbol that has a meaning of its own, and for one that
    is called with fewer arguments, as marginal densities are."""
    match node:
        case tree.Script(base=tree.Sym() as function, sub=sub, sup=None, primes=0) if sub is not None:
            key, whole = symbol_key(function) or "", symbol_key(node) or ""
            definition = known.definition(known.alias(key))
            names = target(definition.left)[1] if definition is not None else ()
            by = [symbol_key(n) for n in (sub.items if isinstance(sub, tree.Juxt) else (sub,))]
            counts = [h for h in known.usage.of(whole) if h.startswith("arguments ")]
            if len(names) < 2 or known.declared(whole) or counts not in ([], [f"arguments {len(names)}"]):
                return None
            found = tuple(name for name in by if name in names)
            return Partial(function, names, found) if len(found) == len(by) else None
        case _:
            return None


def read(e: Elaborator, found: Partial, node: tree.Node) -> Term:
    """The derivative, at the parameters."""
    from derivcheck.readings import marks, symbols

    value = symbols.variable(e, e.known.alias(symbol_key(found.function) or ""), found.function)
    for name in found.by:
        value = marks.derivative_by_parameter(e, value, name, 1, node)
    return value


def by_all(e: Elaborator, operand: tree.Node, order: int, node: tree.Node) -> Term | None:
    """The column of the derivatives of `f` or `f(a, b)` after `f(x, y) = …`, of order 2 the matrix of the second ones;
    None where the operand is no function of several numbers."""
    from derivcheck.readings import functions, grids, symbols

    match operand:
        case tree.Juxt(items=(tree.Sym() as head, tree.Fence(open="(", body=body))):
            args = body.items if isinstance(body, tree.Sequence) else (body,)
        case tree.Sym() as head:
            args = ()
        case _:
            return None
    key = e.known.alias(symbol_key(head) or "")
    definition = e.known.definition(key) if key and key not in e.parameters else None
    names = target(definition.left)[1] if definition is not None else ()
    if len(names) < 2 or (args and len(args) != len(names)):
        return None
    symbols.variable(e, key, head)
    if not all(name in e.symbols and e.unifier.is_scalar(e.symbols[name].shape) for name in names):
        return None
    ways = [(a,) for a in names] if order == 1 else [(a, b) for a in names for b in names]
    cells = [read(e, Partial(head, names, way), node) for way in ways]
    width = len(cells) // len(names)
    rows = tuple(tuple(cells[k : k + width]) for k in range(0, len(cells), width))
    value = grids.block(e, rows, node)
    return functions.substituted(e, value, names, tuple(e.read(a) for a in args), node) if args else value
