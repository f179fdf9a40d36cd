"""Side by side: products, calls, operators applied to what follows; and the infix products."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import derivatives, tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.transposes import TRANSPOSES
from derivcheck.notation.walk import rewrite
from derivcheck.operators.table import BY_NOTATION
from derivcheck.readings import calculus, calls, expectations, fields, folds, heads, named, triples
from derivcheck.readings.errors import Clash, Unread
from derivcheck.terms.term import Apply, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_MAX_FACTORS = 120
_CLOSE_BINDING = frozenset({"det", "vec", "rank", "adjugate", "vech", "diag_vector", "diag_matrix", "inverse"})


def juxtaposition(e: Elaborator, items: tuple[tree.Node, ...], node: tree.Node) -> Term:
    """The product of the factors that stand side by side."""
    if len(items) > _MAX_FACTORS:
        raise Unread("too large", "a long product", node.start, node.end)
    factors: list[Term] = []
    i = 0
    while i < len(items):
        term, i = factor(e, items, i)
        factors.append(term)
    return folds.contract(e, product(e, factors, node), factors)


def factor(e: Elaborator, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int]:
    """The factor that starts at items[i], with the arguments it takes, and where the next one starts."""
    item = items[i]
    if i + 1 < len(items):
        operator = calculus.operator(e, item, items, i)
        if operator is not None:
            return operator
        defined = _defined_operator(e, item, items, i)
        if defined is not None:
            return defined
        averaged = expectations.average(e, items, i)
        if averaged is not None:
            return averaged
        head = named.function_name(item)
        if head is not None:
            return _named_function(e, head, items, i)
        following = items[i + 1]
        if isinstance(following, tree.At) and heads.is_call(e, item, following.body):
            # f'\left.(x)\right|_{x=1}: the bar belongs to the whole call
            applied = tree.Juxt((item, following.body), start=item.start, end=following.body.end)
            return e.read(replace(following, body=applied)), i + 2
        called = _called(e, item, following)
        if called is not None:
            return called, i + 2
        if isinstance(item, tree.Script) and isinstance(item.base, tree.Empty) and item.sub is None:
            # {}^tA: the transpose written on the left
            operand, after = factor(e, items, i + 1)
            if item.sup is not None and symbol_key(item.sup) in TRANSPOSES:
                return e.apply("transpose", (operand,), item), after
    return e.read(item), i + 1


def _called(e: Elaborator, head: tree.Node, following: tree.Node) -> Term | None:
    """`f(x)`, `g^\\top(x)`; None where it is a product: of another kind of head, or `A(BC)`, `A^\\top(Ax - b)` of what
    also is a function, of an argument that has another shape."""
    mark, before = e.unifier.mark(), dict(e.symbols)
    try:
        raised = calls.raised_call(e, head, following)
        if raised is not None:
            return raised
        if not heads.is_call(e, head, following):
            return None
        value = calls.call(e, head, following)
        e.applied.add(head.start)
        return value
    except Clash:
        fence, _ = heads.fenced(following)
        function = head.base if isinstance(head, tree.Script) and head.sup is not None else head
        listed = fence is not None and isinstance(fence.body, tree.Sequence)
        number = fence is not None and isinstance(fence.body, tree.Num)
        declared = number and heads.is_declared_function(e, function)
        if listed or declared or heads.has_signature(e, function):
            raise  # a list is no factor, and nobody writes f(0) for a product
        e.unifier.reset(mark)
        e.symbols = before
        return None


def _defined_operator(e: Elaborator, item: tree.Node, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int] | None:
    """`D(XᵀX)` after `D F(X) := …`: the definition with the operand in place of F(X)."""
    key = symbol_key(item) if isinstance(item, tree.Sym) else None
    fact = e.known.operator(key) if key is not None else None
    if fact is None or not isinstance(fact.left, tree.Juxt) or f"operator {key}" in e.defining:
        return None
    _, function, argument = fact.left.items
    if isinstance(items[i + 1], tree.Fence):
        operand, after = items[i + 1], i + 2
    elif i + 2 < len(items) and isinstance(items[i + 2], tree.Fence):
        operand, after = tree.Juxt(items[i + 1 : i + 3], start=items[i + 1].start, end=items[i + 2].end), i + 3
    else:
        operand, after = items[i + 1], i + 2

    def change(node: tree.Node) -> tree.Node | None:
        if isinstance(node, tree.Juxt):
            for k in range(len(node.items) - 1):
                if node.items[k] == function and node.items[k + 1] == argument:
                    new = (*node.items[:k], operand, *node.items[k + 2 :])
                    return tree.Juxt(new, start=item.start, end=operand.end) if len(new) > 1 else operand
        return None

    outer = e.defining
    e.defining = outer | {f"operator {key}"}
    try:
        return e.read(rewrite(fact.right, change)), after
    finally:
        e.defining = outer


def _named_function(e: Elaborator, head: named.Head, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int]:
    """`\\log …`, `\\operatorname{tr}(…)`, `\\sin^2 x`: a fence is the argument; without one, what follows."""
    fence, script = heads.fenced(items[i + 1])
    if fence is not None:
        value = named.apply_function(e, head, fence, items[i])
        return calls.rescript(e, value, script), i + 2
    operators = BY_NOTATION.get(head.name, ())
    if "trace" in operators or (e.choice.wide_functions and any(o in _CLOSE_BINDING for o in operators)):
        return _trace(e, head, items, i)
    if any(o in _CLOSE_BINDING for o in operators):
        argument, after = factor(e, items, i + 1)
        return named.apply_to_term(e, head, argument, items[i]), after
    argument, after = factor(e, items, i + 1)
    if named.function_name(items[i + 1]) is None and after == i + 2:
        run = [argument]
        while after < len(items) and _continues(items[after]) and e.is_scalar(run[-1]):
            if e.choice.tight_functions and not isinstance(items[after - 1], tree.Num):
                break
            mark, symbols = e.unifier.mark(), dict(e.symbols)
            term, following = factor(e, items, after)
            if not e.is_scalar(term):
                e.unifier.reset(mark)
                e.symbols = symbols  # with the sizes that their definitions have found
                break
            run.append(term)
            after = following
        argument = product(e, run, items[i + 1]) if len(run) > 1 else argument
    return named.apply_to_term(e, head, argument, items[i]), after


def _trace(e: Elaborator, head: named.Head, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int]:
    """`\\tr AB` is tr(AB): everything that follows, when that is square; else the next factor."""
    mark, symbols = e.unifier.mark(), dict(e.symbols)
    end = next((k for k in range(i + 2, len(items)) if named.function_name(items[k]) is not None), len(items))
    try:
        argument = e.read(derivatives.rest(items[:end], i + 1))
        return named.apply_to_term(e, head, argument, items[i]), end
    except Clash:
        e.unifier.reset(mark)
        e.symbols = symbols
    argument, after = factor(e, items, i + 1)
    return named.apply_to_term(e, head, argument, items[i]), after


def open_ended(items: tuple[tree.Node, ...]) -> bool:
    """Whether more than one factor may belong to a function without brackets: `\\sin\\theta\\,\\dot\\theta`."""
    return any(
        isinstance(head, tree.Name) and not isinstance(first, tree.Num) and _continues(first) and _continues(second)
        for head, first, second in zip(items, items[1:], items[2:], strict=False)
    )


def _continues(item: tree.Node) -> bool:
    """Whether an item goes on with the argument of a function without brackets: `\\sin 2x`, `\\log 2\\pi`."""
    match item:
        case tree.Num() | tree.Accent():
            return True
        case tree.Sym(name=name):
            return name not in ("\\partial", "\\nabla", "d")
        case tree.Script(base=base):
            return isinstance(base, tree.Sym | tree.Num) and base != tree.Sym("\\nabla")
        case tree.Frac():
            return True
        case _:
            return False


# -- multiplication -------------------------------------------------------------------------------------------


def product(e: Elaborator, factors: list[Term], node: tree.Node) -> Term:
    """Product from the left; where that does not fit, from the right (`A x^T y` is A times a scalar)."""
    if len(factors) == 1:
        return factors[0]
    mark = e.unifier.mark()
    try:
        total = factors[0]
        for f in factors[1:]:
            total = multiply(e, total, f, node)
        return total
    except Clash as clash:
        if len(factors) == 2:
            raise
        e.unifier.reset(mark)
        try:
            total = factors[-1]
            for f in reversed(factors[:-1]):
                total = multiply(e, f, total, node)
            return total
        except Clash:
            e.unifier.reset(mark)
            raise clash from None


def multiply(e: Elaborator, a: Term, b: Term, node: tree.Node) -> Term:
    """a b: multiple by a scalar, or matrix product."""
    start, end = a.start or node.start, b.end or node.end
    if e.is_scalar(a):
        return Apply("scale", (a, b), shape=b.shape, start=start, end=end)
    if e.is_scalar(b):
        return Apply("scale", (b, a), shape=a.shape, start=start, end=end)
    if e.choice.entrywise and e.is_column(a) and e.is_column(b):
        return e.apply("hadamard", (a, b), node)
    try:
        e.unifier.unify(a.shape[1], b.shape[0])
    except Clash:
        message = f"{e.show(a.shape)} times {e.show(b.shape)}"
        raise Clash(message, start, end) from None
    return Apply("matmul", (a, b), shape=(a.shape[0], b.shape[1]), start=start, end=end)


def infix(e: Elaborator, node: tree.Infix) -> Term:
    """left op right for the written products."""
    if node.op in ("/", "\\div"):
        quotient = calculus.inline_quotient(e, node)
        if quotient is not None:
            return quotient
    if node.op == "\\circ" and any(_is_function(e, side) for side in (node.left, node.right)):
        raise Unread("unsupported operator", "composition", node.start, node.end)
    defined = _defined_infix(e, node) or fields.infix(e, node) or triples.dot(e, node)
    if defined is not None:
        return defined
    left = e.read(node.left)
    right = e.divisor(node.right) if node.op in ("/", "\\div") else e.read(node.right)
    term = _combine(e, node, left, right)
    return folds.contract(e, term, [left, right]) if node.op in ("\\cdot", "\\times", "*") else term


def _defined_infix(e: Elaborator, node: tree.Infix) -> Term | None:
    """`X * Y` after `A * B := …`: the definition with the operands in place of its letters.

    A sign that has a meaning of its own keeps it where the definition cannot be read.
    """
    fact = e.known.infix(node.op)
    name = f"infix {node.op}"
    if fact is None or not isinstance(fact.left, tree.Infix) or name in e.defining:
        return None
    operands = {symbol_key(fact.left.left): node.left, symbol_key(fact.left.right): node.right}
    mark, symbols, outer = e.unifier.mark(), dict(e.symbols), e.defining
    e.defining = outer | {name}
    try:
        return e.read(rewrite(fact.right, lambda n: operands.get(symbol_key(n)) if symbol_key(n) else None))
    except Unread as problem:
        if node.op in _USUAL:
            e.unifier.reset(mark)
            e.symbols = symbols
            return None
        raise Unread("definition unread", f"{node.op}: {problem}", node.start, node.end) from None
    finally:
        e.defining = outer


_USUAL = frozenset({"\\cdot", "\\times", "\\otimes", "\\odot", "\\circ", ":", "/"})


def _is_function(e: Elaborator, node: tree.Node) -> bool:
    key = symbol_key(node)
    if key is None or e.known.shape(key) is not None:
        return False
    function = e.known.function(key)
    hints = e.known.usage.of(key)
    called = "called" in hints and not hints & {"matrix", "nonscalar", "vector"}  # A(B + C) does not call A
    return called if function is None else not function.elementwise


def _combine(e: Elaborator, node: tree.Infix, left: Term, right: Term) -> Term:
    by_columns = e.known.conventions().get(Convention.KHATRI_RAO)
    match node.op:
        case sign if by_columns is not None and sign == by_columns.detail:
            return e.apply("khatri_rao", (left, right), node)
        case "*" | "\\ast" if e.choice.asterisk_entrywise and not (e.is_scalar(left) or e.is_scalar(right)):
            return e.apply("hadamard", (left, right), node)
        case "\\cdot" | "\\bullet" | "*" | "\\ast" | ".":
            if e.is_column(left) and e.is_column(right):
                return e.apply("dot", (left, right), node)
            return multiply(e, left, right, node)
        case "\\times":
            if e.is_column(left) and e.is_column(right):
                return e.apply("cross", (left, right), node)
            return multiply(e, left, right, node)
        case "\\otimes":
            return e.apply("kronecker", (left, right), node)
        case "\\odot" | "\\circ" | "\\star":
            return e.apply("hadamard", (left, right), node)
        case ":":
            return e.apply("frobenius_inner", (left, right), node)
        case "/" | "\\div":
            return divide(e, left, right, node)
        case _:
            raise Unread("unsupported operator", node.op, node.start, node.end)


def divide(e: Elaborator, above: Term, below: Term, node: tree.Node) -> Term:
    """above / below: by a scalar; entrywise where the reading says so."""
    if e.is_scalar(below):
        return e.apply("divide", (above, below), node)
    if e.choice.entrywise and not e.is_scalar(above):
        return e.apply("elementwise_divide", (above, below), node)
    if e.choice.entrywise and e.is_scalar(above):
        return Apply("scale", (above, e.apply("elementwise_inverse", (below,), node)), shape=below.shape)
    raise Clash(f"division by a {e.show(below.shape)} matrix", node.start, node.end)
