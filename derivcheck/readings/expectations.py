"""`\\mathbb{E}[X]`, `\\operatorname{Var}(X)`, `\\operatorname{Cov}(X, Y)` as written.

Var x = E[(x − E x)²] of a number and E[(x − E x)(x − E x)ᵀ] of a column; Cov(x, y) = E[(x − E x)(y − E y)ᵀ]. What is
random in it shows only when the whole link is read (`readings/outcomes.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.moments import BARS, VARIANCES, conditioned, is_moment
from derivcheck.notation.transposes import TRANSPOSE_SIGNS
from derivcheck.readings import calls, heads, numbers
from derivcheck.readings.errors import Unread
from derivcheck.terms.term import Apply, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

EXPECTATION = "expectation"  # of its first argument, over the others where there are any; never evaluated as such


def average(e: Elaborator, items: tuple[tree.Node, ...], i: int) -> tuple[Term, int] | None:
    """The expectation, variance or covariance that starts at items[i], and where the next factor starts."""
    head = items[i]
    name = head.base if isinstance(head, tree.Script) else head
    if isinstance(name, tree.Name) and is_moment(name):
        letter = "V" if name.text in VARIANCES else "C"
    elif heads.is_expectation(e, head):
        letter = (symbol_key(name) or "")[-1]
    else:
        return None
    if not _plainly(e, name):
        raise Unread("unsupported operator", "an expectation", head.start, head.end)
    if letter == "P":
        raise Unread("unsupported operator", "a probability", head.start, head.end)
    marked = _marked(e, head)
    over = _over(e, head)
    following = items[i + 1]
    fence, script = heads.fenced(following)
    if fence is None:
        if not _is_closed(following, braces=letter != "E"):
            raise Unread("unsupported operator", "an expectation without bracket", head.start, head.end, broken=True)
        body = e.read(following)
        value = expectation(body, over) if letter == "E" else _covariance(e, body, body, over, head)
        return calls.rescript(e, value, marked), i + 2
    inside, given = conditioned(fence.body)
    _note_given(e, given, head)
    parts = inside.items if isinstance(inside, tree.Sequence) else (inside,)
    if isinstance(inside, tree.Sequence) and not BARS.isdisjoint(inside.separators):
        raise Unread("unsupported operator", "a conditional", head.start, head.end)
    read = [e.read(p) for p in parts]
    match letter, read:
        case "E", [body]:
            value = expectation(body, over)
        case "V" | "C", [body]:
            value = _covariance(e, body, body, over, head)
        case "C", [first, second]:
            value = _covariance(e, first, second, over, head)
        case _:
            raise Unread("unsupported operator", "an expectation of a list", head.start, head.end)
    return calls.rescript(e, calls.rescript(e, value, script), marked), i + 2


def _marked(e: Elaborator, head: tree.Node) -> tree.Script | None:
    """The mark of E²[X] = (E[X])² and E^⊤[x] = (E[x])^⊤; any other may name the law."""
    if not isinstance(head, tree.Script) or (head.sup is None and not head.primes):
        return None
    known = head.sup is not None and (head.sup == tree.Num("2") or symbol_key(head.sup) in TRANSPOSE_SIGNS)
    if head.primes or not known:
        raise Unread("unsupported operator", "a power of an expectation sign", head.start, head.end)
    return replace(head, sub=None)


def _note_given(e: Elaborator, given: tuple[tree.Node, ...], node: tree.Node) -> None:
    """What an expectation is conditioned on, which is held fixed then: the same in all of a link."""
    keys = [symbol_key(n) for n in given]
    if None in keys:
        raise Unread("unsupported operator", "a conditional", node.start, node.end)
    e.given.add(frozenset(k for k in keys if k is not None))
    if len(e.given) > 1:
        raise Unread("unsupported operator", "expectations under several conditions", node.start, node.end)


def _plainly(e: Elaborator, name: tree.Node) -> bool:
    """Whether a plain E can be nothing else: the text speaks of expectations, and E never stands alone."""
    key = symbol_key(name)
    alone = e.known.usage.of(key) & {"combined", "nonscalar", "matrix", "vector"} if key is not None else frozenset()
    return is_moment(name) or (e.known.topics.chances and not alone)


def expectation(body: Term, over: tuple[Term, ...] = ()) -> Term:
    """E[body], to be carried out when the link is read."""
    return Apply(EXPECTATION, (body, *over), shape=body.shape, start=body.start, end=body.end)


def _covariance(e: Elaborator, x: Term, y: Term, over: tuple[Term, ...], node: tree.Node) -> Term:
    first, second = (e.add([t, e.apply("negate", (expectation(t, over),), node)], node) for t in (x, y))
    if e.is_scalar(first) and e.is_scalar(second):
        square = numbers.power(e, first, numbers.number(2), node) if x is y else None
        return expectation(square or Apply("scale", (first, second), shape=first.shape), over)
    if e.is_matrix(first) or e.is_matrix(second):
        raise Unread("unsupported operator", "the covariance of a matrix", node.start, node.end, broken=True)
    return expectation(e.apply("matmul", (first, e.apply("transpose", (second,), node)), node), over)


def _is_closed(node: tree.Node, *, braces: bool) -> bool:
    """‖x‖², ⟨x, y⟩: it shows by itself where it ends; with `braces`, X of \\Var{X} as well."""
    base = node.base if isinstance(node, tree.Script) else node
    return isinstance(base, tree.Fence) or (braces and isinstance(node, tree.Sym | tree.Accent | tree.Add))


def _over(e: Elaborator, head: tree.Node) -> tuple[Term, ...]:
    """x of E_{x ∼ p} and E_x. What else a subscript may say (the law, a parameter) is not known."""
    if not isinstance(head, tree.Script) or head.sub is None:
        return ()
    match head.sub:
        case tree.Rel(items=(drawn, _), ops=("\\sim",)):
            pass
        case drawn:
            pass
    parts = drawn.items if isinstance(drawn, tree.Sequence) else (drawn,)
    if any(symbol_key(p) is None for p in parts):
        raise Unread("unsupported operator", "an expectation under a law", head.start, head.end)
    e.weakened = e.weakened or "a subscript of an expectation"
    return tuple(e.read(p) for p in parts)
