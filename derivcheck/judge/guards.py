"""Why a claim that is false may still be no finding.

A guard looks at what was refuted and gives the outcome that takes the place of the finding, or None. Those of
`NEVER_A_CLAIM` come before the search for a repair: there an edit that happens to satisfy the equation proves nothing.
Those of `PERHAPS_NO_CLAIM` come after it: a single edit that makes an identity of the equation speaks louder than they.
Those of `NO_CLAIM_WITHOUT_REPAIR` come last, where nothing else speaks against a finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise, product

from derivcheck.context.facts import Convention, DefinitionFact
from derivcheck.judge import chances, differentiated, redefined, unsaid
from derivcheck.judge.gate import undefined
from derivcheck.judge.one_word import hangs_on_a_word
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.question import Question, Settled, Tried
from derivcheck.judge.roles import Role
from derivcheck.judge.vanishing import has_zero_sides
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.remainders import is_expansion
from derivcheck.notation.walk import subtrees
from derivcheck.readings.definitions import target
from derivcheck.readings.known import Known
from derivcheck.readings.points import DUMMY
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import (
    Apply,
    Call,
    Claim,
    Derivative,
    Differential,
    Fold,
    Integral,
    Number,
    Size,
    Substitute,
    Term,
    Variable,
)
from derivcheck.terms.walk import subterms
from derivcheck.verdict import Verdict
from derivcheck.verify.decide import passes


@dataclass(frozen=True, slots=True)
class Refutation:
    """A link whose best reading is false: the claim of that reading."""

    question: Question
    settled: Settled
    claim: Claim

    @property
    def known(self) -> Known:
        return self.question.known

    def unknown(self, reason: str, detail: str = "") -> Outcome:
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, reason, detail, self.settled, suspect=True)

    def assumption(self, detail: str = "") -> Outcome:
        return Outcome(Verdict.ASSUMPTION, Role.ASSUMPTION, detail=detail, settled=self.settled, suspect=True)

    def definition(self) -> Outcome:
        return Outcome(Verdict.DEFINITION, Role.DEFINITION, settled=self.settled, suspect=True)


_MOST_NUMBERS = 4  # that are put in

Guard = Callable[[Refutation], Outcome | None]


def guarded(refutation: Refutation, guards: tuple[Guard, ...]) -> Outcome | None:
    """What the first guard says that says something."""
    return next((found for guard in guards if (found := guard(refutation)) is not None), None)


def _definition_left_out(r: Refutation) -> Outcome | None:
    """A definition that cannot be read leaves its symbol free: what fails may hold for its value. An expansion is said
    of every function."""
    weakened = r.settled.best.reading.weakened
    return r.unknown("definition unread", weakened) if weakened and not is_expansion(*r.question.nodes) else None


def _condition(r: Refutation) -> Outcome | None:
    """`∂f/∂x = 0`, `F(x, y) = 0` with an unspecified function: an equation to solve, whatever edit might satisfy it."""
    if not has_zero_side(r.claim):
        return None
    unspecified = any(s.depends for s in r.claim.symbols.values())
    return r.assumption() if unspecified or any(isinstance(t, Call) for t in _terms(r.claim)) else None


def _lapsed_condition(r: Refutation) -> Outcome | None:
    """It holds under a condition that was stated of a display before, and may go on; in another section as well, where
    it named a case."""
    choice = r.settled.best.reading.choice
    near = [choice.but(lapsed=True)] if r.known.conditions_lapsed and not choice.lapsed else []
    far = [choice.but(lapsed=True, far=True)] if r.known.conditions_far else []
    for claim in (r.question.read(way).claim for way in (*near, *far)):
        if claim is not None and claim != r.claim and passes(claim) is not None and not has_zero_sides(claim):
            return r.unknown("hypothesis not used", "it holds under a condition stated before")
    return None


def _of_unnamed(r: Refutation) -> Outcome | None:
    """Said of matrices without a name, "for symmetric matrices": what else the words say of them is not known."""
    unnamed = r.settled.best.reading.choice.generic and r.known.has(Convention.OPEN_SIZES)
    return r.unknown("hypothesis not used", "said of matrices that are not named") if unnamed else None


def without_summation(r: Refutation) -> Outcome | None:
    """It holds where repeated indices are not summed, whatever the text says elsewhere."""
    choice = r.settled.best.reading.choice
    if not choice.einstein:
        return None
    claim = r.question.read(replace(choice, einstein=False)).claim
    holds = claim is not None and claim != r.claim and passes(claim) is not None
    return r.unknown("ambiguous", "it holds where repeated indices are not summed") if holds else None


def _named_beside_members(r: Refutation) -> Outcome | None:
    """b_t beside the b_s of a sum that ends at t: one of them was taken for a symbol of its own."""
    symbols = r.claim.symbols
    ends = {t.dim.name for t in _terms(r.claim) if isinstance(t, Size)} - {None}
    for base, _, sub in (key.rpartition("_") for key in symbols):
        if base and sub in ends and (base in symbols or f"{base}_·" in symbols):
            return r.unknown("ambiguous", f"`{base}_{sub}` is one of several, or a symbol of its own")
    return None


def _stretched(r: Refutation) -> Outcome | None:
    """It has shapes only by notation that authors rarely mean: then a number may be what looks like a matrix, 1 + kᵀB
    with a B of one column."""
    choice = r.settled.best.reading.choice
    return r.unknown("unshaped symbol", ", ".join(choice.notes())) if choice.stretched else None


def _called_and_bare(r: Refutation) -> Outcome | None:
    """b(λ) − b: a function beside its own letter, which may well be something else."""
    both = sorted(_called(r.question) & _standing(r.question))
    name = next((key for key in both if (d := r.known.definition(key)) and target(d.left)[1]), None)
    return r.unknown("ambiguous", f"`{name}` is a function and stands alone") if name is not None else None


def _called(question: Question) -> frozenset[str]:
    """The symbols with arguments."""
    calls = (target(n) for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Juxt))
    return frozenset(key for key, arguments in calls if key is not None and arguments)


def _standing(question: Question) -> frozenset[str]:
    """The symbols that are terms of a sum, or a side, without arguments."""
    sums = (n.terms for root in question.nodes for n in subtrees(root) if isinstance(n, tree.Add))
    terms = (term for group in (question.nodes, *sums) for term in group)
    return frozenset(key for term in terms if (key := symbol_key(term)) is not None)


def _italic_d(r: Refutation) -> Outcome | None:
    """An undeclared d right before a letter or a bracket, which was read as a factor."""
    if "d" not in r.claim.symbols or r.known.declared("d"):
        return None
    sides = [n for root in r.question.nodes for n in subtrees(root) if isinstance(n, tree.Juxt)]
    before_a_letter = any(
        a == tree.Sym("d") and isinstance(b, tree.Sym | tree.Script | tree.Fence | tree.Accent)
        for n in sides
        for a, b in pairwise(n.items)
    )
    return r.unknown("ambiguous", "`d` may be a differential") if before_a_letter else None


def _function_equation(r: Refutation) -> Outcome | None:
    """f(−x) = −f(x): an equation for an unspecified function, no identity; or S(m), where S may be one."""
    return r.unknown("undefined function") if _is_function_equation(r.claim, r.known) else None


def _to_solve(r: Refutation) -> Outcome | None:
    """An equation in a single undeclared scalar, without derivative or sum: x² + x = 1."""
    operations = Derivative | Integral | Fold | Apply
    series = _is_series_of_a_number(*r.question.nodes)
    if not series and any(isinstance(t, operations) and not _is_arithmetic(t) for t in _terms(r.claim)):
        return None
    free = [k for k, s in r.claim.symbols.items() if s.definition is None and not k.startswith(DUMMY)]
    single = len(free) == 1 and r.claim.symbols[free[0]].shape == SCALAR and not r.known.declared(free[0])
    return r.assumption() if single else None


def _is_series_of_a_number(left: tree.Node, right: tree.Node) -> bool:
    """Σ_{k=0}^∞ x^k = 3."""
    numbers = [all(isinstance(n, tree.Num) for n in subtrees(side)) for side in (left, right)]
    sums = (n for side in (left, right) for n in subtrees(side) if isinstance(n, tree.Big))
    return any(numbers) and any(n.sup == tree.Sym("\\infty") for n in sums)


def _value_put_in(r: Refutation) -> Outcome | None:
    """`y_2 = m x_2 = m · 0`: a number stands where the other side has a symbol that it lacks."""
    sides = (r.claim.lhs, r.claim.rhs)
    if r.claim.relation != "=" or any(isinstance(side, Number) for side in sides):
        return None
    for side, other in (sides, sides[::-1]):
        lone = undefined(side, r.claim.symbols) - undefined(other, r.claim.symbols)
        keys = [key for key in sorted(lone) if key in r.claim.symbols and r.claim.symbols[key].shape == SCALAR]
        for key, number in product(keys, _numbers(other, side) if len(lone) == 1 else ()):
            put_in = Substitute(side, key, number, shape=side.shape)
            if passes(replace(r.claim, lhs=put_in, rhs=other)) is not None:
                return r.assumption()
    return None


def _numbers(term: Term, other: Term) -> tuple[Number, ...]:
    """The numbers written in a term more often than in another one, with either sign: the smallest ones."""
    found = _written_numbers(term) - _written_numbers(other)
    return tuple(Number(sign * value) for value in sorted(found)[:_MOST_NUMBERS] for sign in (1, -1))


def _word_of_another_symbol(r: Refutation) -> Outcome | None:
    word = hangs_on_a_word(r.question)
    return r.unknown("unshaped symbol", f"what is said of {word} in words") if word is not None else None


def _written_numbers(term: Term) -> Counter[Fraction]:
    return Counter(t.value for t in subterms(term) if isinstance(t, Number) and t.start < t.end)


def recalled_in_several_ways(tried: Tried, known: Known) -> list[str]:
    """The symbols that a reading takes from earlier sections which define them in several ways: which one is meant is
    not known."""
    claim = tried.reading.claim
    if claim is None or not tried.reading.choice.recalled:
        return []
    recalled = (k for k, s in claim.symbols.items() if s.definition is not None and known.definition(k) is None)
    return sorted(k for k in recalled if known.ended_in_several_ways(k))


def _recalled_in_several_ways(r: Refutation) -> Outcome | None:
    several = recalled_in_several_ways(r.settled.best, r.known)
    return r.unknown("ambiguous", f"{', '.join(several)} defined in several ways before") if several else None


def _given_several_values(r: Refutation) -> Outcome | None:
    """A symbol that the text has given several values so far, of one case after the other: which is meant is not
    known."""
    known = r.known
    for key in sorted(symbol_keys(*r.question.nodes)):
        stated = known.contexts.keyed(DefinitionFact, key, known.at.item)
        if len({f.right for f in stated if f.item < known.at.item}) > 1:
            return r.unknown("ambiguous", f"{key} defined in several ways before")
    return None


NEVER_A_CLAIM: tuple[Guard, ...] = (
    _recalled_in_several_ways,
    _definition_left_out,
    differentiated.by_a_stranger,
    differentiated.rate_equation,
    differentiated.by_a_moving_state,
    differentiated.constants,
    differentiated.one_component,
    differentiated.equations_of_fields,
    _condition,
    _value_put_in,
    _lapsed_condition,
    _of_unnamed,
    chances.law_given,
    chances.usual_law,
    chances.sums_to_one,
    chances.data_given,
    _called_and_bare,
    _named_beside_members,
    _italic_d,
    unsaid.numbers,
    unsaid.of_positive_numbers,
    redefined.another_case,
    unsaid.along_another_flow,
)
PERHAPS_NO_CLAIM: tuple[Guard, ...] = (
    differentiated.fields,
    redefined.redefinition,
    _function_equation,
    _to_solve,
    _stretched,
)
NO_CLAIM_WITHOUT_REPAIR: tuple[Guard, ...] = (
    differentiated.other_rates,
    differentiated.arguments_left_out,
    _word_of_another_symbol,
    unsaid.of_orthonormal_vectors,
    _given_several_values,
)


def _is_function_equation(claim: Claim, known: Known) -> bool:
    terms = _terms(claim)
    bare = {t.key for t in terms if isinstance(t, Variable)}
    if any(isinstance(t, Call) and t.key in bare for t in terms):
        return True  # ∂f/∂c beside f(y, c): of which argument was not read
    if any(isinstance(t, Derivative | Differential) for t in terms):
        return False
    if any(isinstance(t, Call) for t in terms):
        return True
    applied = [
        k for k in claim.symbols if any(h.startswith("of ") for h in known.usage.of(k)) and not known.declared(k)
    ]
    return any(not known.usage.of(k) & {"matrix", "nonscalar", "vector"} for k in applied)


_ARITHMETIC = frozenset({"add", "negate", "scale", "divide", "power", "power_scalar", "sqrt", "abs"})


def _is_arithmetic(term: Term) -> bool:
    return isinstance(term, Apply) and term.operator in _ARITHMETIC


def has_zero_side(claim: Claim) -> bool:
    return _is_zero(claim.lhs) or _is_zero(claim.rhs)


def _is_zero(term: Term) -> bool:
    match term:
        case Number(value=value):
            return value == 0
        case Apply(operator="zeros"):
            return True
        case Apply(operator="transpose" | "negate", args=(inner,)):
            return _is_zero(inner)
        case _:
            return False


def _terms(claim: Claim) -> list[Term]:
    return [t for side in (claim.lhs, claim.rhs) for t in subterms(side)]
