"""d and δ in front of what varies."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from derivcheck.notation import derivatives, tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.operators.table import BY_NOTATION, OPERATORS
from derivcheck.readings.errors import Unread
from derivcheck.readings.known import Known
from derivcheck.terms.term import Differential, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def differential(e: Elaborator, item: tree.Node, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int] | None:
    """d of the factor that follows; d² twice."""
    order = derivatives.power_of_sign(item)
    sign = item.base if isinstance(item, tree.Script) else item
    size = e.divides and isinstance(sign, tree.Sym) and sign.font != "rm" and e.known.is_dimension(sign.name)
    if order is None or not isinstance(sign, tree.Sym) or size or not is_differential(
        e.known, sign, items[i + 1], e.chain.moving
    ):
        if not (isinstance(item, tree.Sym) and is_variation(e.known, item)):
            return None
        order = 1
    from derivcheck.readings.products import factor

    if i + 1 >= len(items):
        return None
    if not e.chain.varying:
        raise Unread("dependence", "which symbols vary", item.start, item.end)
    operand, after = factor(e, items, i + 1)
    for _ in range(order):
        operand = Differential(
            operand, e.chain.varying, shape=operand.shape, start=item.start, end=items[after - 1].end
        )
    return operand, after


def is_variation(known: Known, item: tree.Sym) -> bool:
    """δ where the text calls it a variation."""
    meaning = known.meaning(item.name) if item.name == "\\delta" else None
    return meaning is not None and meaning.word in ("variation", "differential")


def is_differential(
    known: Known, sign: tree.Sym, following: tree.Node | None = None, moving: Collection[str] = ()
) -> bool:
    """Whether `d` is a differential here: upright always, italic unless the document declares d as a symbol; where d is
    a size or used as a factor elsewhere, before a capital, a bold letter, a defined symbol, a function of matrices, or
    what moves, also in brackets: symbols of which a differential or a derivative stands in the same chain.
    """
    if sign.name == "\\partial":
        return following is not None and "differential" in known.usage.of("\\partial")
    if sign.font == "rm":
        return True
    size, factor = known.is_dimension("d"), _is_factor(known)
    if not size and known.declared("d"):
        return False
    if {"added", "averaged"} <= known.usage.of("d"):  # d − wᵀx, E[d²]: a random quantity
        return _moves(following, moving)
    return not (size or factor) or _can_only_be_varied(known, following) or _moves(following, moving)


def _is_factor(known: Known) -> bool:
    """Whether d carries scripts, or ends a product: but for the d² of d²f, in a text with dX."""
    hints = known.usage.of("d")
    powers, leading = ({h.rpartition(" ")[2] for h in hints if h.startswith(kind)} for kind in ("power", "leading"))
    return "scripted" in hints or (bool(powers) and not (powers <= leading and "before a capital" in hints))


def _moves(node: tree.Node | None, moving: Collection[str]) -> bool:
    bare = node.base if isinstance(node, tree.Script) and node.sub is None else node  # dbᵀ, d(XᵀX)⁻¹
    if isinstance(bare, tree.Fence):
        return any(symbol_key(n) in moving for n in subtrees(bare.body))
    return bare is not None and symbol_key(bare) in moving


def _can_only_be_varied(known: Known, following: tree.Node | None) -> bool:
    """What stands behind a `d` where no factor d is written before it."""
    if isinstance(following, tree.Name):
        return any(not OPERATORS[name].elementwise for name in BY_NOTATION.get(following.text, ()))
    bare = following.base if isinstance(following, tree.Script) and following.sub is None else following  # dXᵀ
    key = symbol_key(bare) if bare is not None else None
    return key is not None and (key.startswith("bf:") or key[:1].isupper() or known.definition(key) is not None)
