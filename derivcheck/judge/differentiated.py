"""Guards for what is differentiated: what a text leaves unsaid of dependence, constants and components."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from derivcheck.judge.gate import undefined
from derivcheck.judge.outcome import Outcome
from derivcheck.notation import tree
from derivcheck.notation.contraction import index_letters
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.definitions import target
from derivcheck.terms.term import Call, Derivative, Differential, Symbol, Term, Variable
from derivcheck.terms.walk import subterms
from derivcheck.verify.decide import passes

if TYPE_CHECKING:
    from derivcheck.judge.guards import Refutation
    from derivcheck.readings.known import Known

_DERIVING = (tree.Sym("\\partial"), tree.Sym("\\nabla"))


def by_a_stranger(r: Refutation) -> Outcome | None:
    """∂z/∂y for a y with a value of its own, which the value of z does not mention: how z rests on y was not read."""
    symbols = r.claim.symbols
    for t in (*subterms(r.claim.lhs), *subterms(r.claim.rhs)):
        if isinstance(t, Derivative) and isinstance(t.variable, Variable) and isinstance(t.operand, Variable):
            variable, operand = symbols.get(t.variable.key), symbols.get(t.operand.key)
            if variable is None or operand is None or variable.definition is None or operand.definition is None:
                continue
            if t.variable.key not in _made_of(operand, symbols):
                return r.unknown("dependence", f"{t.operand.key} on {t.variable.key}")
    return None


def by_a_moving_state(r: Refutation) -> Outcome | None:
    """∂T/∂q of a T that holds q̇: the two were read as one function of time, but are variables of their own."""
    symbols = r.claim.symbols
    for t in (*subterms(r.claim.lhs), *subterms(r.claim.rhs)):
        if isinstance(t, Derivative) and isinstance(t.variable, Variable) and t.variable.key in symbols:
            state = t.variable
            rates = (u for u in _expanded(t.operand, symbols) if isinstance(u, Derivative) and u.operand == state)
            if symbols[state.key].depends and any(True for _ in rates):
                return r.unknown("dependence", f"{state.key} and its rate")
    return None


def _expanded(side: Term, symbols: Mapping[str, Symbol]) -> list[Term]:
    """The terms of a side and of the values of its symbols."""
    named = {t.key for t in subterms(side) if isinstance(t, Variable) and t.key in symbols}
    named |= {k for key in named for k in _made_of(symbols[key], symbols) if k in symbols}
    values = [d for key in sorted(named) if (d := symbols[key].definition) is not None]
    return [t for term in (side, *values) for t in subterms(term)]


def _made_of(symbol: Symbol, symbols: Mapping[str, Symbol]) -> set[str]:
    """The symbols that a value mentions, with those that their values mention."""
    found: set[str] = set()
    stack = [symbol]
    while stack:
        s = stack.pop()
        if s.definition is not None:
            names = {t.key for t in subterms(s.definition) if isinstance(t, Variable)} - found
            found |= names
            stack.extend(symbols[n] for n in sorted(names) if n in symbols)
    return found


def rate_equation(r: Refutation) -> Outcome | None:
    """∂a/∂z = a(1 − a) for an a of which nothing else is said: an equation that a solves, whatever it is."""
    sides = (r.claim.lhs, r.claim.rhs)
    for side, other in (sides, sides[::-1]):
        if isinstance(side, Derivative) and isinstance(side.operand, Variable):
            key, symbols = side.operand.key, r.claim.symbols
            held = {t.key for t in subterms(other) if isinstance(t, Variable)}
            if key in held and key in symbols and symbols[key].depends and not _varies(other, symbols):
                return r.assumption()
    return None


def other_rates(r: Refutation) -> Outcome | None:
    """∂u/∂x = ∂v/∂y, tr(L dL/dt) = tr(L(ML − LM)): one side differentiates what the other does not, of functions of
    which nothing else is said, and has other rates or other symbols instead. An equation to solve."""
    symbols = r.claim.symbols
    left, right = (_rates(side, symbols) for side in (r.claim.lhs, r.claim.rhs))
    if not left.isdisjoint(right) or not (left or right):
        return None
    others = undefined(r.claim.lhs, symbols) ^ undefined(r.claim.rhs, symbols)
    return r.assumption() if (left and right) or others else None


def arguments_left_out(r: Refutation) -> Outcome | None:
    """∂x/∂p = ∂h/∂p − x ∂x/∂m for x(p, m) and h(p, u): what is held fixed, and where it is taken, stands in the
    brackets that are left out. So it does for ∇fᵀp = −rᵀJp, where r of r(x) is a function of which nothing else is
    told."""
    symbols = r.claim.symbols
    terms = [t for side in (r.claim.lhs, r.claim.rhs) for t in subterms(side)]
    if not any(isinstance(t, Derivative) for t in terms):
        return None
    bare = {t.key for t in terms if isinstance(t, Variable)}
    functions = {key: told for key in sorted(bare & symbols.keys()) if (told := _arguments(key, r.known))}
    unspecified = [key for key in functions if symbols[key].definition is None and not symbols[key].depends]
    if unspecified or len(set(functions.values())) > 1:
        return r.unknown("dependence", f"the arguments of {', '.join(unspecified or functions)} are left out")
    return None


def _arguments(key: str, known: Known) -> tuple[str, ...]:
    """(p, m) of x(p, m): the arguments with which the text declares or defines a function."""
    definition, function = known.definition(key), known.function(key)
    told = target(definition.left)[1] if definition is not None else ()
    spaces = function is not None and bool(function.arg_shapes)
    return told or (function.args or ("",) * spaces if function is not None else ())


def _rates(side: Term, symbols: Mapping[str, Symbol]) -> frozenset[tuple[str, str]]:
    """(u, x) of every ∂/∂x of what holds an unspecified function u of x, definitions expanded."""
    found: set[tuple[str, str]] = set()
    for t in _expanded(side, symbols):
        if isinstance(t, Derivative) and isinstance(t.variable, Variable):
            named = {u.key for u in _expanded(t.operand, symbols) if isinstance(u, Variable)}
            by = t.variable.key
            found |= {(k, by) for k in named if k in symbols and by in symbols[k].depends}
    return frozenset(found)


def _varies(side: Term, symbols: Mapping[str, Symbol]) -> bool:
    """Whether a derivative, a differential or an unspecified function stands in a term, definitions expanded."""
    return any(isinstance(t, Derivative | Differential | Call) for t in _expanded(side, symbols))


def constants(r: Refutation) -> Outcome | None:
    """Terms with dB left out: B was meant as a constant if the link then holds."""
    left_out = _differentials(r.claim.lhs, r.claim.symbols) ^ _differentials(r.claim.rhs, r.claim.symbols)
    varying = r.question.chain.varying - left_out
    if not left_out or not varying:
        return None
    question = replace(r.question, chain=replace(r.question.chain, varying=varying))
    claim = question.read(r.settled.best.reading.choice).claim
    holds = claim is not None and passes(claim) is not None
    return r.unknown("hypothesis not used", f"{', '.join(sorted(left_out))} constant") if holds else None


def _differentials(side: Term, symbols: Mapping[str, Symbol]) -> frozenset[str]:
    """The symbols under a d, alone there or marked; of one that has a value what that is made of."""
    operands = [_held(t.operand) for t in subterms(side) if isinstance(t, Differential)]
    keys = {key for held in operands if len(held) == 1 for key in held}
    inner = {part for key in keys if key in symbols for part in _made_of(symbols[key], symbols)}
    return frozenset(k for k in keys | inner if k not in symbols or symbols[k].definition is None)


def _held(operand: Term) -> set[str]:
    return {t.key for t in subterms(operand) if isinstance(t, Variable)}


def one_component(r: Refutation) -> Outcome | None:
    """`∇f = ∂f/∂x_i`: one component stands for all; the index is free on one side only."""
    if not all(any(isinstance(t, Derivative) for t in subterms(s)) for s in (r.claim.lhs, r.claim.rhs)):
        return None
    if any(isinstance(n, tree.Big | tree.Grid) for root in r.question.nodes for n in subtrees(root)):
        return None
    letters = [index_letters(side) for side in r.question.nodes]
    if all(letters) or not any(letters) or all(_is_name(k, r.known) for k in letters[0] | letters[1]):
        return None
    return r.unknown("ambiguous", "an index on one side only")


def fields(r: Refutation) -> Outcome | None:
    """Which letters vary in space was not said: ρ may be constant, u free of divergence."""
    fielded = r.settled.best.reading.choice.fields
    return r.unknown("dependence", "which letters are fields over space") if fielded else None


def equations_of_fields(r: Refutation) -> Outcome | None:
    """∂_iE_j = ∂_jE_i, ∇·B = 0: samples cannot be moved onto what is told of the derivatives of fields."""
    if not r.settled.best.reading.choice.fields:
        return None
    equations = [h for h in r.question.hypotheses if isinstance(h, tree.Rel) and "=" in h.ops]
    told = [h for h in equations if any(n in _DERIVING for n in subtrees(h))]
    shared = any(symbol_key(n) in r.claim.symbols for h in told for n in subtrees(h) if isinstance(n, tree.Sym))
    return r.unknown("hypothesis not used", "what is told of the derivatives of fields") if shared else None


def _is_name(letter: str, known: Known) -> bool:
    """The h of J_h, the m of I_m: a function or a size, no index."""
    return known.function(letter) is not None or known.definition(letter) is not None or known.is_dimension(letter)
