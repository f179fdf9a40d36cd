"""Derivatives and differentials as they are written: ∂f/∂x, d/dt, ∇, dots, primes, commas, `d`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings import arrangement, folds, symbols
from derivcheck.readings.errors import Unread
from derivcheck.readings.known import Known
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import (
    Apply,
    Arrangement,
    Derivative,
    Differential,
    Entry,
    Substitute,
    Symbol,
    Term,
    Variable,
)
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_MAX_ORDER = 4


# -- fractions ------------------------------------------------------------------------------------------------


def fraction(e: Elaborator, node: tree.Frac) -> Term:
    """A quotient, a binomial coefficient, or a derivative written as a fraction."""
    if node.style == "binom":
        return e.apply("binomial", (e.read(node.num), e.read(node.den)), node)
    split = split_derivative(node.num, node.den)
    if split is not None:
        operand, denominators = split
        if operand is None:
            raise Unread("unparsed", "a derivative of nothing", node.start, node.end)
        return differentiate(e, operand, denominators, node)
    from derivcheck.readings.products import divide

    return divide(e, e.read(node.num), e.read(node.den), node)


def inline_quotient(e: Elaborator, node: tree.Infix) -> Term | None:
    """`∂f/∂x` on one line; None when it is an ordinary quotient."""
    split = split_derivative(node.left, node.right)
    if split is None or split[0] is None:
        return None
    return differentiate(e, split[0], split[1], node)


def is_sign(node: tree.Node) -> bool:
    """∂ or an upright or italic d."""
    return isinstance(node, tree.Sym) and (node.name == "\\partial" or folds.is_d(node))


def _power_of_sign(node: tree.Node) -> int | None:
    """The k of ∂^k; 1 for a bare sign."""
    match node:
        case tree.Script(base=base, sub=None, sup=tree.Num(text=text), primes=0) if is_sign(base) and text.isdigit():
            return int(text) if int(text) <= _MAX_ORDER else None
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
    below = _denominators(den)
    if below is None or len(below) != order:
        return None
    return operand, below


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
            order = _power_of_sign(items[0])
            if order is None:
                return None
            return order, _rest(items, 1) if len(items) > 1 else None


def _rest(items: tuple[tree.Node, ...], i: int) -> tree.Node:
    if i + 1 == len(items):
        return items[i]
    return tree.Juxt(items[i:], start=items[i].start, end=items[-1].end)


def _denominators(den: tree.Node) -> tuple[tree.Node, ...] | None:
    match den:
        case tree.Script(base=tree.Juxt(items=(sign, variable)), sub=None, sup=tree.Num(text=text), primes=0):
            # `\mathrm{dt}^2`
            order = int(text) if text.isdigit() else 0
            return (variable,) * order if is_sign(sign) and 0 < order <= _MAX_ORDER else None
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
                if (
                    len(group) == 1
                    and isinstance(last, tree.Script)
                    and isinstance(last.sup, tree.Num)
                    and last.sup.text.isdigit()
                ):
                    base = tree.Script(last.base, last.sub, start=last.start, end=last.end) if last.sub else last.base
                    out.extend([base] * min(int(last.sup.text), _MAX_ORDER))
                else:
                    out.append(_rest(tuple(group), 0))
            return tuple(out)
        case tree.Add(signs=signs, terms=(first, *others)) if not isinstance(first, tree.Add):
            # `∂ y - Xw`: the denominator is the whole expression
            head = _denominators(first)
            if head is None or len(head) != 1:
                return None
            return (tree.Add(signs, (head[0], *others), start=den.start, end=den.end),)
        case _:
            return None


def differentiate(e: Elaborator, operand: tree.Node, denominators: tuple[tree.Node, ...], node: tree.Node) -> Term:
    """∂…∂ operand over the denominators; the last written acts first except in ∂²f/∂x∂xᵀ, where x acts first."""
    term = e.read(operand)
    if isinstance(operand, tree.Juxt | tree.Infix) is False:
        term = folds.contract(e, term, [term])
    order = denominators
    if len(order) == 2 and _is_transposed(order[0]) and not _is_transposed(order[1]):
        order = (order[1], order[0])
    for den in order:
        term = derivative(e, term, e.read(den), node)
    return term


def _is_transposed(node: tree.Node) -> bool:
    match node:
        case tree.Script(sup=sup) if sup is not None:
            return symbol_key(sup) in ("T", "\\top", "\\intercal", "sf:T", "rm:T", "t", "rm:t", "sf:t")
        case tree.Juxt(items=items):
            return _is_transposed(items[-1])
        case _:
            return False


def derivative(e: Elaborator, operand: Term, variable: Term, node: tree.Node, *, nabla: bool = False) -> Term:
    """∂operand/∂variable laid out by the layout in force."""
    stripped, transposed = _strip(variable)
    if not _can_vary(stripped):
        raise Unread("unsupported operator", "derivative by this expression", node.start, node.end)
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


# -- operators in front of what they act on -------------------------------------------------------------------


def operator(e: Elaborator, item: tree.Node, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int] | None:
    """d/dx, ∂_i, ∇, ∇_x, ∇², d acting on what follows items[i]; None when items[i] is no such operator."""
    match item:
        case tree.Frac(style="frac", num=num, den=den):
            split = split_derivative(num, den)
            if split is None or split[0] is not None:
                return None
            operand, after = _operand(e, items, i)
            return differentiate(e, operand, split[1], _spanning(item, items, after)), after
        case tree.Infix(op="/", left=left, right=right):
            split = split_derivative(left, right)
            if split is None or split[0] is not None:
                return None
            operand, after = _operand(e, items, i)
            return differentiate(e, operand, split[1], _spanning(item, items, after)), after
        case tree.Sym(name="\\nabla") | tree.Script(base=tree.Sym(name="\\nabla")):
            operand, after = _operand(e, items, i)
            return _nabla(e, item, operand, _spanning(item, items, after)), after
        case tree.Script(base=tree.Sym(name="\\partial"), sub=sub, sup=None, primes=0) if sub is not None:
            operand, after = _operand(e, items, i)
            return _partial(e, sub, operand, _spanning(item, items, after)), after
        case _:
            return _differential(e, item, items, i)


def _spanning(item: tree.Node, items: tuple[tree.Node, ...], after: int) -> tree.Node:
    return tree.Juxt(items, start=item.start, end=items[after - 1].end)


def _operand(e: Elaborator, items: tuple[tree.Node, ...], i: int) -> tuple[tree.Node, int]:
    """What a derivative operator acts on: all factors that follow, or the next one on request."""
    if e.choice.tight_operators and i + 2 < len(items):
        from derivcheck.readings import calls

        two = calls.function_name(items[i + 1]) is not None or calls.is_call(e, items[i + 1], items[i + 2])
        after = i + 3 if two else i + 2
        if not _shares_symbol(items[i + 1 : after], items[after:]):
            return _rest(items[:after], i + 1), after
    return _rest(items, i + 1), len(items)


def _shares_symbol(near: tuple[tree.Node, ...], far: tuple[tree.Node, ...]) -> bool:
    """Whether what lies beyond the nearest factor could vary with it: then the operator must act on it too."""
    names = {symbol_key(n) for root in near for n in subtrees(root) if isinstance(n, tree.Sym)}
    return any(
        symbol_key(n) in names for root in far for n in subtrees(root) if isinstance(n, tree.Sym) and n.name != "T"
    )


def _nabla(e: Elaborator, head: tree.Node, operand: tree.Node, node: tree.Node) -> Term:
    """∇f, ∇_x f, ∇²f: gradient, Jacobian of a vector, Hessian."""
    sub = head.sub if isinstance(head, tree.Script) else None
    second = isinstance(head, tree.Script) and isinstance(head.sup, tree.Num) and head.sup.text == "2"
    if isinstance(head, tree.Script) and head.sup is not None and not second:
        raise Unread("unsupported operator", "∇ with a superscript", node.start, node.end)
    term = e.read(operand)
    variable, point = _nabla_variable(e, sub, operand, term, node)
    body = _without_point(term, point)
    result = derivative(e, body, variable, node, nabla=True)
    if second:
        result = derivative(e, result, variable, node, nabla=True)
    if point is not None:
        result = Substitute(result, point[0], point[1], shape=result.shape, start=node.start, end=node.end)
    return result


def _without_point(term: Term, point: tuple[str, Term] | None) -> Term:
    return term.body if point is not None and isinstance(term, Substitute) else term


def _nabla_variable(
    e: Elaborator, sub: tree.Node | None, operand: tree.Node, term: Term, node: tree.Node
) -> tuple[Term, tuple[str, Term] | None]:
    """The variable of ∇ and, for `∇f(w_t)`, the point at which the gradient is taken."""
    if sub is not None:
        return e.read(sub), None
    match term:
        case Substitute(key=key, value=value) if not e.choice.gradient_through:
            return symbols.named(e, key, tree.Sym(key)), (key, value)
        case Variable(key=key) if e.symbols[key].depends:
            return symbols.variable(e, e.symbols[key].depends[0], node), None
        case Variable(key=key) if e.symbols[key].definition is not None:
            parameters = _parameters_of(e, key)
            if len(parameters) == 1:
                return symbols.variable(e, parameters[0], node), None
        case _:
            pass
    candidates = _vectors_in(e, term)
    if len(candidates) == 1:
        return symbols.variable(e, candidates[0], node), None
    for usual in ("x", "w", "\\theta", "bf:x", "bf:w", "\\beta", "z", "u"):
        if usual in candidates:
            return symbols.variable(e, usual, node), None
    raise Unread("dependence", "the variable of ∇", node.start, node.end)


def _parameters_of(e: Elaborator, key: str) -> tuple[str, ...]:
    from derivcheck.readings.definitions import target

    fact = e.known.definition(key)
    return target(fact.left)[1] if fact is not None else ()


def _vectors_in(e: Elaborator, term: Term) -> list[str]:
    found: list[str] = []
    for t in subterms(term):
        if isinstance(t, Variable) and not t.indices and e.is_column(t) and t.key not in found:
            if "constant" not in e.known.properties(t.key):
                found.append(t.key)
    return found


def _partial(e: Elaborator, sub: tree.Node, operand: tree.Node, node: tree.Node) -> Term:
    """∂_x f by the symbol x; ∂_i by the i-th coordinate is not decided."""
    key = symbol_key(sub)
    if key is None or (not e.known.declared(key) and len(key) == 1 and key in "ijklmn"):
        raise Unread("unsupported operator", "∂ by a coordinate", node.start, node.end)
    return derivative(e, e.read(operand), e.read(sub), node)


# -- differentials --------------------------------------------------------------------------------------------


def _differential(e: Elaborator, item: tree.Node, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int] | None:
    """d of the factor that follows; d² twice."""
    order = _power_of_sign(item)
    sign = item.base if isinstance(item, tree.Script) else item
    if order is None or not isinstance(sign, tree.Sym) or not is_differential(e.known, sign, items[i + 1]):
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


def is_differential(known: Known, sign: tree.Sym, following: tree.Node | None = None) -> bool:
    """Whether `d` is a differential here: upright always, italic unless the document uses d as a symbol; where d is
    a size, before a capital, a bold letter or a defined symbol."""
    if sign.name == "\\partial":
        return False
    if sign.font == "rm":
        return True
    if known.is_dimension("d"):
        key = symbol_key(following) if following is not None else None
        return key is not None and (key.startswith("bf:") or key[:1].isupper() or known.definition(key) is not None)
    return not known.declared("d") and "scripted" not in known.usage.of("d")


# -- evaluated points, primes, dots, commas ---------------------------------------------------------------------


def evaluated(e: Elaborator, node: tree.At) -> Term:
    """body |_{x = a}."""
    body = e.read(node.body)
    if any(isinstance(t, Differential) for t in subterms(body)):
        raise Unread("unsupported operator", "a differential at a point", node.start, node.end)
    if node.sup is not None:
        raise Unread("unsupported operator", "a difference of values", node.start, node.end)
    match node.sub:
        case tree.Rel(items=(left, right), ops=("=",)):
            key = symbol_key(left)
            if key is None or key not in e.symbols:
                raise Unread("unsupported operator", "evaluation point", node.start, node.end)
            value = e.fit(e.read(right), e.symbols[key].shape)
            return Substitute(body, key, value, shape=body.shape, start=node.start, end=node.end)
        case _:
            raise Unread("unsupported operator", "evaluation point", node.start, node.end)


def primed(e: Elaborator, node: tree.Script) -> Term:
    """x' standing alone: the derivative of a function of one scalar, else a name."""
    key = symbol_key(tree.Script(node.base, node.sub) if node.sub else node.base)
    whole = symbol_key(node)
    if whole is not None and e.known.declared(whole):
        return symbols.variable(e, whole, node)
    if key is None:
        raise Unread("unsupported operator", "a primed expression", node.start, node.end)
    depends = dict(e.chain.depends).get(key, ())
    if len(depends) == 1:
        base = symbols.variable(e, key, node)
        return derivative_by_parameter(e, base, depends[0], node.primes, node)
    if whole is None:
        raise Unread("unsupported operator", "a prime", node.start, node.end)
    if e.known.has(Convention.PRIME_TRANSPOSE):
        return e.apply("transpose", (symbols.named(e, key, node),), node)
    return symbols.variable(e, whole, node)


def derivative_by_parameter(e: Elaborator, body: Term, parameter: str, order: int, node: tree.Node) -> Term:
    """The order-th derivative of body by a scalar parameter."""
    if parameter not in e.symbols:
        symbols.named_dependency(e, parameter, node)
    variable = symbols.variable(e, parameter, node)
    if not e.is_scalar(variable) or order > _MAX_ORDER:
        raise Unread("unsupported operator", "a prime", node.start, node.end)
    for _ in range(order):
        body = Derivative(body, variable, Arrangement.LIKE_OPERAND, shape=body.shape, start=node.start, end=node.end)
    return body


def time_derivative(e: Elaborator, body: tree.Node, order: int, node: tree.Node) -> Term:
    """ẋ = dx/dt."""
    if "t" not in e.symbols:
        e.symbols["t"] = Symbol("t", SCALAR, latex="t")
    term = e.read(body)
    return derivative_by_parameter(e, term, "t", order, node)


def comma_derivative(e: Elaborator, vector: Term, items: tuple[tree.Node, ...], node: tree.Node) -> Term:
    """[v]_{i,j} = ∂v_i/∂x_j, the variable being the only vector that v depends on."""
    from derivcheck.readings import indices
    from derivcheck.terms.term import Number

    candidates = _vectors_in(e, vector)
    if len(candidates) != 1:
        raise Unread("dependence", "the variable of a comma derivative", node.start, node.end)
    variable = symbols.variable(e, candidates[0], node)
    i, j = (indices.index_term(e, k) for k in items)
    component = indices.entry(e, vector, (i,), node)
    along = indices.entry(e, variable, (j,), node)
    assert isinstance(along, Entry) and isinstance(along.column, Number)
    return Derivative(component, along, Arrangement.LIKE_OPERAND, shape=SCALAR, start=node.start, end=node.end)
