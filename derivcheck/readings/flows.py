"""Derivatives by time along a flow: with ẋ = F(x), d/dt E(x) is the derivative of E(x + s F(x)) by s at s = 0.

(Chain rule for Lie derivatives: H. K. Khalil, Nonlinear Systems, section 4.1.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.notation import tree
from derivcheck.notation.keys import dotted_name, marked, rate_key, symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings import points, symbols
from derivcheck.readings.errors import Unread
from derivcheck.readings.known import plain
from derivcheck.readings.numbers import number
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Apply, Arrangement, Derivative, Substitute, Symbol, Term, Variable
from derivcheck.terms.walk import subterms

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator
    from derivcheck.readings.known import Known

VELOCITY = "velocity"  # the hint of q where something is differentiated by q̇
_STEP = "s@"  # how the names of steps begin


def is_step(key: str) -> bool:
    """Whether a symbol of a claim is the step s of such a derivative."""
    return key.startswith(_STEP)


def is_rate(key: str) -> bool:
    """Whether a symbol of a claim is ẋ or ẍ."""
    return key.startswith(("dot(", "ddot("))


def has_rate(known: Known, key: str) -> bool:
    """Whether the text gives ẋ, or ẍ, or differentiates by ẋ: then x and ẋ are states."""
    if VELOCITY in known.usage.of(key.removeprefix("dot(").removesuffix(")")):
        return True
    return known.definition(rate_key(key)) is not None or known.definition(marked("ddot", key)) is not None


def is_derived(node: tree.Node, known: Known) -> bool:
    """Whether the text gives what this derivative by time is made of: ẍ of x with a rate, V̇ of a V defined by such,
    Ẇ(t) of a W defined as a function of t."""
    match dotted_name(node):
        case tree.Accent(accent="dot" | "ddot" as mark, body=body) if not known.declared(symbol_key(node) or ""):
            made_of = _made_of(node, body, known)
            moving = any(has_rate(known, k) for n in made_of if (k := _key(n)) is not None)
            return moving or tree.Sym("t") in made_of or (mark == "ddot" and has_rate(known, symbol_key(body) or ""))
        case _:
            return False


def has_moving_parts(node: tree.Node, known: Known) -> bool:
    """Whether it is V̇ of a V that is defined by what has a dot somewhere."""
    match dotted_name(node):
        case tree.Accent(accent="dot" | "ddot", body=body):
            keys = (k for n in _made_of(node, body, known) if (k := _key(n)) is not None)
            return any(known.usage.of(rate_key(k)) for k in keys)
        case _:
            return False


def _made_of(node: tree.Node, body: tree.Node, known: Known) -> tuple[tree.Node, ...]:
    """The parts of the value of a symbol whose rate, by itself, is nothing that was declared."""
    if known.declared(symbol_key(node) or ""):
        return ()
    key = symbol_key(body) or ""
    definition = known.definition(key) or known.ended_definition(key)
    return tuple(subtrees(definition.right)) if definition is not None else ()


def spelled_out(node: tree.Node, value: tree.Node, known: Known) -> bool:
    """V̇ of a defined V by what the symbols of V do: `V̇ = rᵀMṙ` after V = rᵀMr/2."""
    match dotted_name(node):
        case tree.Accent(accent="dot", body=body) if known.definition(symbol_key(node) or "") is None:
            definition = known.definition(symbol_key(body) or "")
            made_of = {_key(n) for n in subtrees(definition.right)} if definition is not None else set()
            rates = (n.body for n in subtrees(value) if isinstance(n, tree.Accent) and n.accent == "dot")
            return any(symbol_key(n) in made_of for n in rates)
        case _:
            return False


def _key(node: tree.Node) -> str | None:
    """x_2 of x_2 and of x_2²."""
    if isinstance(node, tree.Script) and node.sub is not None and node.sup is not None:
        return symbol_key(replace(node, sup=None))
    return symbol_key(node)


def along(e: Elaborator, operand: Term, node: tree.Node) -> Term | None:
    """The derivative of the operand by t, an expression in symbols whose rates are given; None where there is none."""
    moving = list(dict.fromkeys(_moving(e, operand, frozenset())))
    if not moving:
        return None
    rates = {key: rate_of(e, key, symbols.variable(e, key, node), node) for key in moving}
    _require_known_inputs(e, operand, moving, node)
    step = points.dummy(e, SCALAR, node, _STEP)
    body = operand
    for key, rate in rates.items():
        state = symbols.variable(e, key, node)
        body = _moved(body, state, Apply("scale", (step, rate), shape=state.shape))
    if any(v.key == "t" or "t" in e.symbols[v.key].depends for v in _reached(e, operand)):
        time = symbols.variable(e, "t", node)
        e.unifier.unify_shapes(time.shape, SCALAR)
        body = _moved(body, time, step)
    slope = Derivative(body, step, Arrangement.LIKE_OPERAND, shape=body.shape, start=node.start, end=node.end)
    return Substitute(slope, step.key, number(0), shape=body.shape, start=node.start, end=node.end)


def rate_of(e: Elaborator, key: str, state: Term, node: tree.Node) -> Term:
    """ẋ of the state x: as the text gives it, or a state of its own where it gives ẍ."""
    name = rate_key(key)
    if name not in e.symbols and e.known.definition(name) is None:
        e.symbols[name] = Symbol(name, state.shape, latex=f"\\dot {e.symbols[key].latex}")
    rate = symbols.variable(e, name, node)
    e.unifier.unify_shapes(state.shape, rate.shape)
    return rate


def _require_known_inputs(e: Elaborator, operand: Term, moving: list[str], node: tree.Node) -> None:
    """Unread where the operand holds a u of ẋ = f(x, u) of which nothing says how it moves."""
    rates = [e.symbols[rate_key(key)].definition for key in moving]
    within = {t.key for rate in rates if rate is not None for t in subterms(rate) if isinstance(t, Variable)}
    for t in _reached(e, operand):
        still = t.key not in moving and not e.symbols[t.key].depends and "constant" not in e.known.properties(t.key)
        if still and t.key in within and e.symbols[t.key].definition is None and t.key not in map(rate_key, moving):
            if e.is_column(t) or plain(t.key) == "u":
                raise Unread("dependence", f"whether {e.symbols[t.key].latex} varies", node.start, node.end)


def _reached(e: Elaborator, term: Term) -> list[Variable]:
    """The symbols of a term, those of their definitions included."""
    found: dict[str, Variable] = {}
    stack = [term]
    while stack:
        for t in subterms(stack.pop()):
            if isinstance(t, Variable) and t.key not in found:
                found[t.key] = t
                definition = e.symbols[t.key].definition
                if definition is not None:
                    stack.append(definition)
    return list(found.values())


def let_move(e: Elaborator, term: Term, node: tree.Node) -> None:
    """What stands under a dot here moves if it does so elsewhere, and alone in a definition: the chain, which tells
    what moves, need not show it."""
    for t in _reached(e, term):
        rates = (rate_key(t.key), rate_key(rate_key(t.key)))
        within = bool(e.defining) or t != term or e.known.definition(t.key) is not None  # one that was not read
        if within and any(e.known.usage.of(rate) for rate in rates):
            symbols.let_move(e, t.key, node)


def _moved(body: Term, state: Term, change: Term) -> Term:
    """The body at x + change."""
    assert isinstance(state, Variable)
    value = Apply("add", (state, change), shape=state.shape)
    return Substitute(body, state.key, value, shape=body.shape, start=body.start, end=body.end)


def _moving(e: Elaborator, term: Term, seen: frozenset[str]) -> Iterator[str]:
    """The states that a term is made of: of a symbol that is defined by states, these."""
    for t in subterms(term):
        if not isinstance(t, Variable) or t.indices or t.key in seen:
            continue
        definition = e.symbols[t.key].definition
        within = list(_moving(e, definition, seen | {t.key})) if definition is not None else []
        if within:
            yield from within
        elif has_rate(e.known, t.key) and rate_key(t.key) not in e.defining:
            yield t.key
