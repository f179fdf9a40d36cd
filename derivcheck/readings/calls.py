"""Calls `f(x)` of what is no name of the operator table, with the scripts behind the bracket: `f(x)^2`, `r_i(x)`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.densities import is_normal
from derivcheck.notation.keys import symbol_key
from derivcheck.readings import densities, entries, extremes, functions, heads, numbers, partials, scripts
from derivcheck.readings.errors import Unread
from derivcheck.readings.superscripts import Superscript, superscript_role
from derivcheck.terms.term import Apply, Term

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator


def raised_call(e: Elaborator, head: tree.Node, following: tree.Node) -> Term | None:
    """`g^2(x)` and `g^\\top(x)` of a function g: the square of g(x), its transpose."""
    match head:
        case tree.Script(base=tree.Sym() as base, sub=None, sup=sup, primes=0) if sup is not None:
            fence, script = heads.fenced(following)
            plainly = fence is not None and script is None and heads.is_declared_function(e, base)
            if not plainly or not heads.is_call(e, base, following):
                return None
            if isinstance(sup, tree.Num) and sup.text.isdigit():
                return numbers.power(e, call(e, base, following), numbers.number(int(sup.text)), head)
            if superscript_role(e, head) is Superscript.TRANSPOSE:
                return e.apply("transpose", (call(e, base, following),), head)
            return None
        case _:
            return None


def call(e: Elaborator, head: tree.Node, following: tree.Node) -> Term:
    """head(arguments), scripts behind the bracket included."""
    fence, script = heads.fenced(following)
    assert fence is not None
    primes = head.primes if isinstance(head, tree.Script) else 0
    base = heads.name_of(head)
    key = symbol_key(base)
    assert key is not None
    if heads.component_of(e, base) is not None and not primes:
        return rescript(e, _component(e, base, fence), script)
    if not primes and is_normal(base, fence.body) and not e.known.declared(key):
        assert isinstance(fence.body, tree.Sequence)
        return rescript(e, densities.normal(e, fence.body.items, head), script)
    key = e.known.alias(key)
    parts = fence.body.items if isinstance(fence.body, tree.Sequence) else (fence.body,)
    if isinstance(fence.body, tree.Sequence) and (given := [s for s in fence.body.separators if s not in (",", ";")]):
        if e.known.definition(key) is not None or e.known.law(key) is not None or len(given) > 1:
            raise Unread("unsupported operator", "a conditional", head.start, head.end)
        key = f"{key}|{fence.body.separators.index(given[0])}"  # p(y | x) is another function than p(y, x)
        e.weakened = e.weakened or "a conditional"
    if heads.is_gamma(e, head) and not primes:
        return rescript(e, e.apply("gamma", tuple(e.read(p) for p in parts), head), script)
    if (extreme := extremes.operator_of(head)) is not None:
        return rescript(e, extremes.extreme(e, extreme, e.read(fence.body), head), script)
    if len(parts) == 1 and _is_placeholder(parts[0]):
        raise Unread("unsupported operator", "placeholder argument", head.start, head.end)
    if not primes and e.known.definition(key) is None and heads.shows_state(e, key, fence):
        return rescript(e, e.read(base), script)
    args = tuple(e.read(p) for p in parts)
    if not primes and (derived := partials.partial(e.known, base)) is not None:
        slope = partials.read(e, derived, base)
        return rescript(e, functions.substituted(e, slope, derived.parameters, args, base), script)
    member = None if primes else _member_called(e, base, args)
    return rescript(e, member or functions.value(e, key, base, args, primes), script)


def _component(e: Elaborator, head: tree.Node, fence: tree.Fence) -> Term:
    """r_i(x), the i-th entry of r(x)."""
    assert isinstance(head, tree.Script) and head.sub is not None
    items = entries.index_items(head.sub)
    assert items is not None
    return entries.at(e, call(e, head.base, fence), items, head)


def _member_called(e: Elaborator, base: tree.Node, args: tuple[Term, ...]) -> Term | None:
    """`V_{t+1}(Ax)` after `V_t(x) = …`."""
    from derivcheck.readings import indices

    letter = symbol_key(base.base) if isinstance(base, tree.Script) else None
    if letter is None or not isinstance(base, tree.Script) or base.sub is None:
        return None
    return indices.defined_member(e, letter, base.sub, args)


def _is_placeholder(node: tree.Node) -> bool:
    return isinstance(node, tree.Sym) and node.name == "\\cdot"


def rescript(e: Elaborator, value: Term, script: tree.Script | None) -> Term:
    """`tr(A)^2`, `vec(P)^T`, `diag(x)_{ii}`: scripts behind the bracket, where there are any, belong to the whole
    call."""
    if script is None:
        return value
    if script.primes:
        if script.primes > 1 or script.sup is not None or not e.known.has(Convention.PRIME_TRANSPOSE):
            raise Unread("unsupported operator", "prime", script.start, script.end)
        value = rescript(e, value, replace(script, primes=0) if script.sub is not None else None)
        return _transposed(e, value, script)
    if script.sub is not None:
        items = entries.index_items(script.sub)
        if items is None:
            raise Unread("unsupported operator", "subscript", script.start, script.end)
        value = entries.at(e, value, items, script)
    if script.sup is None:
        return value
    role = superscript_role(e, script)
    if role is Superscript.NAME:
        raise Unread("unsupported operator", "superscript", script.start, script.end)
    if role is Superscript.TRANSPOSE and e.choice.marks_within:
        return _transposed(e, value, script)
    return scripts.raised(e, value, script.sup, role, script)


def _transposed(e: Elaborator, value: Term, script: tree.Script) -> Term:
    """(vec X)ᵀ of `vec(X)ᵀ`; vec(Xᵀ) where that has no meaning."""
    match value:
        case Apply(operator="vec" as operator, args=(inner,)) if e.choice.marks_within:
            return e.apply(operator, (e.apply("transpose", (inner,), script),), script)
        case _:
            return e.apply("transpose", (value,), script)
