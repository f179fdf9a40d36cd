"""Expectations as averages over the outcomes of an experiment.

Outcomes ω = 1 … K are equally likely, a random symbol x has a value x_ω in each, and E[f(x)] = (1/K) Σ_ω f(x_ω). What
holds for all such laws, whatever K and the values, holds for every law with the moments it speaks of, since these laws
approximate it; what fails for one is false in general. One outcome decides all random symbols, but for those that are
said to be independent: each of these has an experiment of its own.

Where the law is normal and the choice says so, the outcomes are the points of a rule that is exact for polynomials of
degree 5 (`operators/cubature.py`): that verifies moments of higher order, and refutes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derivcheck.context.facts import LawFact
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.errors import Clash, Unread
from derivcheck.readings.expectations import EXPECTATION, expectation
from derivcheck.readings.numbers import number
from derivcheck.records import dataclass, field, replace
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
    met = _Occurrences(e)
    met.note(left)
    met.note(right)
    if not met.expected:
        return None
    random = met.random()
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
class _Occurrences:
    """Which symbols stand outside of expectations, and which in each of them; those of definitions with them."""

    e: Elaborator
    expected: bool = False
    over: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    bodies: list[set[str]] = field(default_factory=list)
    limited: list[tuple[set[str], set[str]]] = field(default_factory=list)  # (over, in the body), where one says so
    _opened: set[str] = field(default_factory=set)  # symbols whose definitions are being followed

    def note(self, term: Term) -> None:
        """Notes a side of the link."""
        self._note(term, self.outside)

    @property
    def met(self) -> set[str]:
        return self.outside.union(*self.bodies)

    def _note(self, term: Term, symbols: set[str]) -> None:
        match term:
            case Apply(operator=operator, args=(body, *over)) if operator == EXPECTATION:
                self.expected = True
                keys, within = {t.key for t in over if isinstance(t, Variable)}, set[str]()
                self.over |= keys
                self.bodies.append(within)
                if keys:
                    self.limited.append((keys, within))
                self._note(body, within)
                return
            case Variable(key=key) if key not in symbols:
                symbols.add(key)
                symbol = self.e.symbols.get(key)
                if symbol is not None and symbol.definition is not None and key not in self._opened:
                    self._opened.add(key)
                    self._note(symbol.definition, symbols)
                    self._opened.discard(key)
            case _:
                pass
        for child in children(term):
            self._note(child, symbols)

    def random(self) -> set[str]:
        """What is said to be random, what an expectation is over; and what stands within expectations only, in one
        where nothing else is random."""
        declared = {k for k in self.met if "random" in self.e.known.properties(k)} | self.over
        parameters = {letter for k in declared for letter in _parameters(self.e, k)}
        alone = set[str]().union(*(body for body in self.bodies if not body & declared)) - self.outside - parameters
        free = declared | {k for k in alone if not self.e.symbols[k].constant}
        return {k for k in free if k in self.e.symbols and self.e.symbols[k].definition is None}

    def derived(self, random: set[str]) -> set[str]:
        """The symbols that are random by their definitions."""
        found: set[str] = set()
        for _ in self.e.symbols:
            new = {
                k for k, s in self.e.symbols.items()
                if k not in found and s.definition is not None and _free(s.definition, random | found)
            }  # fmt: skip
            if not new:
                break
            found |= new
        return found


def _free(term: Term, keys: set[str]) -> bool:
    """Whether one of the symbols stands in the term outside its expectations."""
    match term:
        case Apply(operator=operator) if operator == EXPECTATION:
            return False
        case Variable(key=key) if key in keys:
            return True
        case _:
            return any(_free(c, keys) for c in children(term))


@dataclass(slots=True)
class Averaging:
    """Rewrites terms. `experiments`: by random symbol, the index of its outcomes; `derived`: symbols whose definitions
    are random; `values`: what a random symbol is where its mean or covariance is known."""

    e: Elaborator
    experiments: dict[str, str]
    derived: set[str]
    values: dict[str, Callable[[Variable], Term]] = field(default_factory=dict)
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
            case Derivative() | Differential() if any(_free(t, set(self.experiments)) for t in subterms(term)):
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
        for key in sorted(self.experiments):
            shape = self.e.unifier.shape(self.e.symbols[key].shape)
            self.e.sizes.append((COUNT, shape[0] + TWO))  # so that covariances have inverses
            kin = first.setdefault(shape, key)
            law = self.e.known.law(key)
            if self.e.choice.normal and law is not None and law.normal:
                self._be_normal(key, law, shape)
            elif self.e.choice.alike and kin != key:
                self.kin[key] = kin
            elif law is not None and not self.e.is_matrix(Variable(key, shape=shape)):
                self._have(key, law, met)
            elif self.e.choice.centred:
                self.values[key] = lambda x: _difference(x, expectation(x))

    def _be_normal(self, key: str, law: LawFact, shape: Shape) -> None:
        """x = μ + Σ^{1/2} ξ with ξ standard normal."""
        experiment = self.experiments[key]
        x = Variable(key, shape=shape)
        mean, square = self._read(law.mean, shape), (shape[0], shape[0])
        covariance = self._read(law.covariance, square)
        if mean is None or covariance is None or list(self.experiments.values()).count(experiment) > 1:
            raise Unread("unsupported operator", "a normal law beside others", 0, 0)
        self.e.weakened = self.e.weakened or "moments of the normal law"
        self.normal[experiment] = shape[0]
        operator = "sqrt" if self.e.is_scalar(x) else "matrix_sqrt"
        moved = _times(self.e, Apply(operator, (covariance,), shape=square), x)
        self.values[key] = lambda _: Apply("add", (mean, moved), shape=shape)

    def _have(self, key: str, law: LawFact, met: set[str]) -> None:
        """x = μ + (x̃ − E x̃) for x̃ of any law; Σ is then the covariance of x̃, or x̃ is scaled to have it."""
        e = self.e
        drawn = Variable(key, shape=e.symbols[key].shape)
        mean = self._read(law.mean, drawn.shape)
        own = _difference(drawn, expectation(drawn))
        spread = expectation(_outer(e, own, own))
        scale = None
        told = law.covariance or (law.square if law.mean == tree.Num("0") else None)
        if told is not None and met & _letters(told):
            covariance = self._read(told, spread.shape)
            if isinstance(covariance, Variable) and e.symbols[covariance.key].definition is None:
                symbol = e.symbols[covariance.key]
                e.symbols[covariance.key] = replace(symbol, definition=spread, properties=frozenset())
            elif covariance is not None:
                scale = _root(e, covariance, spread)

        def value(x: Variable) -> Term:
            deviation = _difference(x, expectation(x))
            deviation = deviation if scale is None else _times(e, scale, deviation)
            return Apply("add", (expectation(x) if mean is None else mean, deviation), shape=x.shape)

        if mean is not None or scale is not None:
            self.values[key] = value

    def _read(self, node: tree.Node | None, shape: Shape) -> Term | None:
        """A parameter of a law; None where it has no reading of that shape."""
        e = self.e
        if node is None:
            return None
        mark, before = e.unifier.mark(), dict(e.symbols)
        try:
            return e.fit(e.read(node), shape)
        except (Unread, Clash):
            e.unifier.reset(mark)
            e.symbols = before
            return None


def _parameters(e: Elaborator, key: str) -> set[str]:
    """The symbols of a random symbol's law."""
    law = e.known.law(key)
    nodes = (law.mean, law.covariance, law.square) if law is not None else ()
    return {letter for node in nodes if node is not None for letter in _letters(node)}


def _letters(node: tree.Node) -> set[str]:
    return {key for n in subtrees(node) if (key := symbol_key(n)) is not None}


def _difference(a: Term, b: Term) -> Term:
    return Apply("add", (a, Apply("negate", (b,), shape=b.shape)), shape=a.shape)


def _outer(e: Elaborator, a: Term, b: Term) -> Term:
    """a bᵀ."""
    row = b if e.is_scalar(b) else Apply("transpose", (b,), shape=(b.shape[1], b.shape[0]))
    return _times(e, a, row)


def _times(e: Elaborator, a: Term, b: Term) -> Term:
    operator = "scale" if e.is_scalar(a) else "matmul"
    return Apply(operator, (a, b), shape=(a.shape[0], b.shape[1]))


def _root(e: Elaborator, covariance: Term, spread: Term) -> Term:
    """Σ^{1/2} S^{-1/2}: times it, what has covariance S has covariance Σ."""
    if e.is_scalar(spread):
        return Apply("sqrt", (Apply("divide", (covariance, spread)),))
    root = Apply("matrix_sqrt", (covariance,), shape=covariance.shape)
    whitening = Apply("matrix_inverse_sqrt", (spread,), shape=spread.shape)
    return Apply("matmul", (root, whitening), shape=covariance.shape)


def _is_expectation(term: Term) -> bool:
    return isinstance(term, Apply) and term.operator == EXPECTATION


def averages(claim: Claim) -> bool:
    """Whether expectations were carried out in a claim."""
    return any(isinstance(t, Size) and t.dim == COUNT for s in (claim.lhs, claim.rhs) for t in subterms(s))
