"""Expectations as averages over the outcomes of an experiment.

Outcomes ω = 1 … K are equally likely, a random symbol x has a value x_ω in each, and E[f(x)] = (1/K) Σ_ω f(x_ω). What
holds for all such laws, whatever K and the values, holds for every law with the moments it speaks of, since these laws
approximate it; what fails for one is false in general. One outcome decides all random symbols, but for those that are
said to be independent: each of these has an experiment of its own.

Where the law is normal and the choice says so, the outcomes are the points of a rule that is exact for polynomials of
degree 5 (`operators/cubature.py`): that verifies moments of higher order, and refutes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from derivcheck.readings import laws
from derivcheck.readings.errors import Unread
from derivcheck.readings.expectations import EXPECTATION
from derivcheck.readings.numbers import number
from derivcheck.readings.randomness import Occurrences, is_free
from derivcheck.terms.dim import ONE, Dim, Shape
from derivcheck.terms.term import Apply, Claim, Derivative, Differential, Fold, Index, Size, Term, Variable
from derivcheck.terms.walk import children, free_indices, subterms, with_children

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

OUTCOME = "outcome"  # the index that tells the outcome; within expectations it has primes, as many as these
COUNT = Dim.of("outcomes")
TWO = Dim.of(2)


def carried_out(e: Elaborator, left: Term, right: Term) -> tuple[Term, Term]:
    """Both sides with expectations as averages, also in the definitions of the symbols. Errors of `averaging`."""
    found = averaging(e, left, right)
    if found is None:
        return left, right
    left, right = found.apply(left), found.apply(right)
    found.define()
    return left, right


def averaging(e: Elaborator, left: Term, right: Term) -> Averaging | None:
    """How to carry out the expectations of two sides; None where there are none.

    Unread where nothing is random, and where an expectation is over some of what is random in it.
    """
    met = Occurrences(e)
    met.note(left)
    met.note(right)
    if not met.expected:
        return None
    random = met.random() - frozenset().union(*e.given)
    if not random:
        raise Unread("unsupported operator", "an expectation of what is not random", left.start, right.end)
    if any((within & random) - over for over, within in met.limited):
        raise Unread("unsupported operator", "an expectation over some of what is random", left.start, right.end)
    found = Averaging(e, _experiments(e, random), met.derived(random))
    found.standardise(met.met)
    return found


def _experiments(e: Elaborator, random: set[str]) -> dict[str, str]:
    """By random symbol: the experiment that decides it, one for all but those that are said to be independent."""
    apart = sorted(k for k in random if e.choice.independent or "independent" in e.known.properties(k))
    own = {key: f"_{n}" for n, key in enumerate(apart, 1)} if len(random) > 1 else {}
    return {key: OUTCOME + own.get(key, "") for key in sorted(random)}


@dataclass(slots=True)
class Averaging:
    """Rewrites terms. `experiments`: by random symbol, the index of its outcomes; `derived`: symbols whose definitions
    are random; `values`: what a random symbol is where its mean or covariance is known."""

    e: Elaborator
    experiments: dict[str, str]
    derived: set[str]
    values: dict[str, laws.Value] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)  # symbols whose definitions are being put in
    kin: dict[str, str] = field(default_factory=dict)  # the symbol that has the same law
    normal: dict[str, Dim] = field(default_factory=dict)  # by experiment of a normal law: how many variables it has

    def apply(self, term: Term, depth: int = 0) -> Term:
        """The term with the value that its random symbols have in the outcomes of a depth of expectations."""
        match term:
            case Apply(operator=operator, args=(body, *_)) if operator == EXPECTATION:
                return self._average(self.apply(body, depth + 1), depth + 1)
            case Variable(key=key) if key in self.experiments:
                return self._in_outcome(self._value(term), depth)
            case Variable(key=key) if key in self.derived and not term.indices:
                return self._inlined(key, depth)
            case Derivative() | Differential() if any(is_free(t, set(self.experiments)) for t in subterms(term)):
                raise Unread("unsupported operator", "a derivative of what is random", term.start, term.end)
            case _:
                return with_children(term, tuple(self.apply(c, depth) for c in children(term)))

    def _inlined(self, key: str, depth: int) -> Term:
        """The definition of a random symbol. Unread where it rests on itself: P = E[e eᵀ] with P in e."""
        definition = self.e.symbols[key].definition
        if definition is None or key in self.opened:
            raise Unread("definition unread", f"{key}: circular", 0, 0)
        self.opened.add(key)
        try:
            return self.apply(definition, depth)
        finally:
            self.opened.discard(key)

    def _value(self, term: Variable) -> Term:
        """What a random symbol, or a member of a family of such, is made of where its law is known."""
        if term.indices:
            self.e.weakened = self.e.weakened or "how the members of a random family depend on each other"
        value = self.values.get(term.key)
        return value(term) if value is not None else term

    def _in_outcome(self, term: Term, depth: int) -> Term:
        """Random symbols indexed by the outcome, expectations in it carried out."""
        match term:
            case Apply(operator=operator, args=(body, *_)) if operator == EXPECTATION:
                return self._average(self._in_outcome(body, depth + 1), depth + 1)
            case Variable(key=key) if key in self.experiments:
                outcome = self.experiments[key] + "'" * depth
                if (size := self.normal.get(self.experiments[key])) is not None:
                    if not depth or term.indices:
                        raise Unread("unsupported operator", "a value of a normal law", term.start, term.end)
                    return Apply("normal_point", (Index(outcome),), dims=(size,), shape=term.shape)
                if not depth:
                    self.e.unifier.unify(self.e.index_range(outcome), COUNT)
                return replace(term, key=self.kin.get(key, key), indices=(*term.indices, Index(outcome)))
            case _:
                return with_children(term, tuple(self._in_outcome(c, depth) for c in children(term)))

    def _average(self, value: Term, depth: int) -> Term:
        """The mean of a value over the outcomes that it depends on."""
        free = free_indices(value)
        for outcome in sorted(set(self.experiments.values())):
            index = outcome + "'" * depth
            if index in free:
                value = self._mean(value, index, self.normal.get(outcome))
        return value

    def _mean(self, value: Term, index: str, size: Dim | None) -> Term:
        """Over the outcomes of one experiment, of a normal law in `size` variables."""
        if size is None:
            total = Fold("sum", index, number(1), Size(COUNT), value, shape=value.shape)
            share = Apply("divide", (number(1), Size(COUNT)))
            return Apply("scale", (share, total), shape=value.shape, start=value.start, end=value.end)
        weighted = Apply("scale", (Apply("normal_weight", (Index(index), Size(size))), value), shape=value.shape)
        last = Size(size * size * TWO + ONE)
        return Fold("sum", index, number(1), last, weighted, shape=value.shape, start=value.start, end=value.end)

    def define(self) -> None:
        """Definitions that speak of expectations, with these carried out."""
        for key, symbol in list(self.e.symbols.items()):
            definition = symbol.definition
            if definition is not None and key not in self.derived and any(map(_is_expectation, subterms(definition))):
                self.e.symbols[key] = replace(symbol, definition=self.apply(definition))

    def standardise(self, met: set[str]) -> None:
        """Random symbols get the mean and the covariance that the text gives them, where the claim speaks of them."""
        first: dict[Shape, str] = {}
        for key, experiment in sorted(self.experiments.items()):
            shape = self.e.unifier.shape(self.e.symbols[key].shape)
            self.e.sizes.append((COUNT, shape[0] + TWO))  # so that covariances have inverses
            kin = first.setdefault(shape, key)
            law, value = self.e.known.law(key), None
            if self.e.choice.normal and law is not None and law.normal:
                if list(self.experiments.values()).count(experiment) > 1:
                    raise Unread("unsupported operator", "a normal law beside others", 0, 0)
                self.e.weakened = self.e.weakened or "moments of the normal law"
                self.normal[experiment] = shape[0]
                value = laws.normal(self.e, key, law, shape)
            elif self.e.choice.alike and kin != key:
                self.kin[key] = kin
            elif law is not None and not self.e.is_matrix(Variable(key, shape=shape)):
                value = laws.with_moments(self.e, key, law, met)
            elif self.e.choice.centred:
                value = laws.centred
            if value is not None:
                self.values[key] = value


def _is_expectation(term: Term) -> bool:
    return isinstance(term, Apply) and term.operator == EXPECTATION


def averages(claim: Claim) -> bool:
    """Whether expectations were carried out in a claim."""
    return any(isinstance(t, Size) and t.dim == COUNT for s in (claim.lhs, claim.rhs) for t in subterms(s))
