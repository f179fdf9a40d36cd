"""Derivatives by an expression, and the operators in front of what they act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.notation import derivatives, tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings import (
    arrangement,
    calls,
    differentials,
    entries,
    families,
    fields,
    flows,
    folds,
    gradients,
    heads,
    jacobians,
    named,
    points,
    symbols,
)
from derivcheck.readings.errors import BY_EXPRESSION, Unread
from derivcheck.terms.term import Apply, Derivative, Entry, Term, Variable

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def fraction(e: Elaborator, node: tree.Frac) -> Term:
    """A quotient, a binomial coefficient, or a derivative written as a fraction."""
    if node.style == "binom":
        return e.apply("binomial", (e.read(node.num), e.read(node.den)), node)
    split = derivatives.split_derivative(node.num, node.den)
    if split is not None:
        operand, denominators = split
        if operand is None:
            raise Unread("unparsed", "a derivative of nothing", node.start, node.end)
        return differentiate(e, operand, denominators, node)
    from derivcheck.readings.products import divide

    return divide(e, e.read(node.num), e.divisor(node.den), node)


def inline_quotient(e: Elaborator, node: tree.Infix) -> Term | None:
    """`∂f/∂x` on one line; None when it is an ordinary quotient."""
    split = derivatives.split_derivative(node.left, node.right)
    if split is None or split[0] is None:
        return None
    return differentiate(e, split[0], split[1], node)


def differentiate(e: Elaborator, operand: tree.Node, denominators: tuple[tree.Node, ...], node: tree.Node) -> Term:
    """∂…∂ operand over the denominators."""
    term = e.read(operand)
    if isinstance(operand, tree.Juxt | tree.Infix) is False:
        term = folds.contract(e, term, [term])
    for den in derivatives.acting(denominators):
        entry = _member(e, den) if _is_undefined(e, term) else None
        term = derivative(e, term, entry or e.read(den), node)
    return term


def _member(e: Elaborator, node: tree.Node) -> Term | None:
    """The entry y_i of a vector y whose members the text defines, y_i = γ x_i + β: a function of them varies with y."""
    match node:
        case tree.Script(base=tree.Sym() as base, sub=tree.Sym() as sub, sup=None, primes=0):
            key = symbol_key(base)
            if key is None or not families.is_defined_by_members(e.known, key):
                return None
            whole = symbols.variable(e, key, base)
            return entries.at(e, whole, (sub,), node) if e.is_column(whole) else None
        case _:
            return None


def derivative(e: Elaborator, operand: Term, variable: Term, node: tree.Node, *, nabla: bool = False) -> Term:
    """∂operand/∂variable laid out by the layout in force."""
    stripped, transposed = _strip(variable)
    if isinstance(variable, Variable) and variable.key == "t" and (slope := flows.along(e, operand, node)) is not None:
        return slope
    if not _can_vary(stripped):
        raise Unread("unsupported operator", BY_EXPRESSION, node.start, node.end)
    folds.share_range(e, stripped)
    if not transposed and (at := points.of_denominator(e, operand, stripped, node)) is not None:
        return at.substituted(derivative(e, at.body, at.variable, node, nabla=nabla))
    if isinstance(stripped, Apply) and stripped.operator != "vec" and _is_undefined(e, operand):
        raise Unread("undefined function", "of the expression it is differentiated by", node.start, node.end)
    laid, shape = arrangement.arrange(e, operand, variable, transposed, node, nabla=nabla)
    if transposed:
        stripped = _untransposed(e, variable, node)
    return Derivative(operand, stripped, laid, shape=shape, start=node.start, end=node.end)


def _is_undefined(e: Elaborator, operand: Term) -> bool:
    match operand:
        case Variable(key=key):
            return e.symbols[key].definition is None
        case _:
            return False


def _strip(variable: Term) -> tuple[Term, bool]:
    """The variable without outer transposes; whether it was transposed."""
    transposed = False
    while isinstance(variable, Apply) and variable.operator == "transpose":
        variable = variable.args[0]
        transposed = not transposed
    return variable, transposed


def _untransposed(e: Elaborator, variable: Term, node: tree.Node) -> Term:
    return _strip(variable)[0]


def _can_vary(term: Term) -> bool:
    match term:
        case Variable() | Entry(base=Variable()):
            return True
        case Apply(operator="vec", args=(inner,)):
            return _can_vary(_strip(inner)[0])
        case Apply():
            return True
        case _:
            return False


def operator(e: Elaborator, item: tree.Node, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int] | None:
    """d/dx, ∂_i, ∇, ∇_x, ∇², d acting on what follows items[i]; None when items[i] is no such operator."""
    if fields.acts(e, item):
        operand, after = _operand(e, items, i)
        return fields.operator(e, item, operand), after
    match item:
        case tree.Frac(style="frac", num=num, den=den) | tree.Infix(op="/", left=num, right=den):
            split = derivatives.split_derivative(num, den)
            if split is None:
                return None
            if split[0] is not None:
                return points.quotient(e, split[0], split[1], items, i)
            operand, after = _operand(e, items, i)
            return differentiate(e, operand, split[1], _spanning(item, items, after)), after
        case tree.Sym(name="\\nabla") | tree.Script(base=tree.Sym(name="\\nabla")):
            call = gradients.called(e, items, i + 1)
            if call is not None:
                value = gradients.nabla(e, item, call.call, _spanning(item, items, call.after))
                return calls.rescript(e, value, call.script), call.after
            operand, after = _operand(e, items, i)
            return gradients.nabla(e, item, operand, _spanning(item, items, after)), after
        case tree.Script(base=tree.Sym(name="\\partial"), sub=sub, sup=None, primes=0) if sub is not None:
            operand, after = _operand(e, items, i)
            return gradients.partial(e, sub, operand, _spanning(item, items, after)), after
        case tree.Script() | tree.Sym() if (jacobian := jacobians.operator(e, item, items, i)) is not None:
            return jacobian
        case _:
            return differentials.differential(e, item, items, i)


def _spanning(item: tree.Node, items: tuple[tree.Node, ...], after: int) -> tree.Node:
    return tree.Juxt(items, start=item.start, end=items[after - 1].end)


def _operand(e: Elaborator, items: tuple[tree.Node, ...], i: int) -> tuple[tree.Node, int]:
    """What a derivative operator acts on: all factors that follow, or the next one on request."""
    if e.choice.tight_operators and i + 2 < len(items):
        two = named.function_name(items[i + 1]) is not None or heads.is_call(e, items[i + 1], items[i + 2])
        after = i + 3 if two else i + 2
        if not _shares_symbol(items[i + 1 : after], items[after:]):
            return derivatives.rest(items[:after], i + 1), after
    return derivatives.rest(items, i + 1), len(items)


def _shares_symbol(near: tuple[tree.Node, ...], far: tuple[tree.Node, ...]) -> bool:
    """Whether what lies beyond the nearest factor could vary with it: then the operator must act on it too."""
    names = {symbol_key(n) for root in near for n in subtrees(root) if isinstance(n, tree.Sym)}
    return any(
        symbol_key(n) in names for root in far for n in subtrees(root) if isinstance(n, tree.Sym) and n.name != "T"
    )
