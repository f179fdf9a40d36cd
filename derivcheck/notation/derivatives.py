"""Derivatives written as quotients, ∂f/∂x: what is differentiated, and by what."""

from __future__ import annotations

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.transposes import TRANSPOSES

MAX_ORDER = 4


def is_d(node: tree.Node) -> bool:
    return isinstance(node, tree.Sym) and node.name == "d" and node.font in ("", "rm", "it")


def is_sign(node: tree.Node) -> bool:
    """∂ or an upright or italic d."""
    return isinstance(node, tree.Sym) and (node.name == "\\partial" or is_d(node))


def power_of_sign(node: tree.Node) -> int | None:
    """The k of ∂^k; 1 for a bare sign."""
    match node:
        case tree.Script(base=base, sub=None, sup=tree.Num(text=text), primes=0) if is_sign(base) and text.isdigit():
            return int(text) if int(text) <= MAX_ORDER else None
        case _:
            return 1 if is_sign(node) else None


def split_derivative(num: tree.Node, den: tree.Node) -> tuple[tree.Node | None, tuple[tree.Node, ...]] | None:
    """(operand or None, denominators in writing order) of a derivative fraction; None when it is none.

    `∂²f / ∂x∂xᵀ` has denominators (x, xᵀ); `d²f / dx²` has (x, x).
    """
    above = _without_sign(num)
    if above is None:
        return None
    order, operand = above
    for variances in (False, True):
        below = _denominators(den, variances)
        if below is not None and len(below) == order:
            return operand, below
    return None


def _is_variance(node: tree.Node) -> bool:
    """σ² of `∂²f / ∂μ∂σ²`, where it counts once: a variance is a variable; a Latin x² is a slip of ∂²/∂x²."""
    match node:
        case tree.Script(base=tree.Sym(name=name), sub=None, sup=tree.Num(text="2")):
            return name.startswith("\\")
        case _:
            return False


def _without_sign(num: tree.Node) -> tuple[int, tree.Node | None] | None:
    """(order, operand) of a numerator that begins with ∂^order: `∂ x`, `∂ xᵀ · x`, `∂ y − Xw`; None for any other."""
    match num:
        case tree.Infix(op=op, left=left, right=right):
            inner = _without_sign(left)
            if inner is None or inner[1] is None:
                return None
            return inner[0], tree.Infix(op, inner[1], right, start=inner[1].start, end=num.end)
        case tree.Add(signs=("+", *signs), terms=(first, *terms)):
            inner = _without_sign(first)
            if inner is None or inner[1] is None:
                return None
            return inner[0], tree.Add(("+", *signs), (inner[1], *terms), start=inner[1].start, end=num.end)
        case _:
            items = num.items if isinstance(num, tree.Juxt) else (num,)
            order = power_of_sign(items[0])
            if order is None:
                return None
            return order, rest(items, 1) if len(items) > 1 else None


def rest(items: tuple[tree.Node, ...], i: int) -> tree.Node:
    if i + 1 == len(items):
        return items[i]
    return tree.Juxt(items[i:], start=items[i].start, end=items[-1].end)


def _denominators(den: tree.Node, variances: bool = False) -> tuple[tree.Node, ...] | None:
    """What stands below ∂s, each as often as it is differentiated by."""
    match den:
        case tree.Script(base=tree.Juxt(items=(sign, variable)), sub=None, sup=tree.Num(text=text), primes=0):
            # `\mathrm{dt}^2`
            order = int(text) if text.isdigit() else 0
            return (variable,) * order if is_sign(sign) and 0 < order <= MAX_ORDER else None
        case tree.Juxt(items=items):
            if not is_sign(items[0]):
                return None
            groups: list[list[tree.Node]] = []
            for item in items:
                if is_sign(item):
                    groups.append([])
                else:
                    groups[-1].append(item)
            out: list[tree.Node] = []
            for group in groups:
                if not group:
                    return None
                last = group[-1]
                if variances and len(group) == 1 and _is_variance(last):
                    out.append(last)
                elif (
                    len(group) == 1
                    and isinstance(last, tree.Script)
                    and isinstance(last.sup, tree.Num)
                    and last.sup.text.isdigit()
                ):
                    base = tree.Script(last.base, last.sub, start=last.start, end=last.end) if last.sub else last.base
                    out.extend([base] * min(int(last.sup.text), MAX_ORDER))
                else:
                    out.append(rest(tuple(group), 0))
            return tuple(out)
        case tree.Add(signs=signs, terms=(first, *others)) if not isinstance(first, tree.Add):
            # `∂ y - Xw`: the denominator is the whole expression
            head = _denominators(first)
            if head is None or len(head) != 1:
                return None
            return (tree.Add(signs, (head[0], *others), start=den.start, end=den.end),)
        case _:
            return None


def bare(denominator: tree.Node) -> tree.Node:
    """x of `x`, `xᵀ` and `x_i`."""
    return denominator.base if isinstance(denominator, tree.Script) else denominator


def acting(denominators: tuple[tree.Node, ...]) -> tuple[tree.Node, ...]:
    """In the order in which they act: as written, but in ∂²f/∂x∂xᵀ as in ∂²f/∂xᵀ∂x xᵀ acts first: ∂f/∂xᵀ is a row in
    every layout, and the derivative of a row by a column has a row for each entry of the column."""
    match denominators:
        case (first, second) if is_transposed(second) and not is_transposed(first):
            return (second, first)
        case _:
            return denominators


def is_transposed(node: tree.Node) -> bool:
    match node:
        case tree.Script(sup=sup) if sup is not None:
            return symbol_key(sup) in TRANSPOSES
        case tree.Juxt(items=items):
            return is_transposed(items[-1])
        case _:
            return False
