"""A repair is believed when the link with it, read anew, agrees at points and dimensions of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from string import ascii_uppercase
from typing import TYPE_CHECKING

from derivcheck.diagnose.candidate import Candidate
from derivcheck.diagnose.credible import credible, is_zero, says_something, trivial
from derivcheck.diagnose.identity import is_identity
from derivcheck.diagnose.model import Limits
from derivcheck.diagnose.places import Part, at_path
from derivcheck.notation import tree
from derivcheck.notation.contraction import has_triple
from derivcheck.notation.keys import symbol_key
from derivcheck.readings.chain import Begun, LinkReading
from derivcheck.readings.choice import Choice
from derivcheck.readings.known import plain
from derivcheck.terms.dim import SCALAR
from derivcheck.terms.term import Claim
from derivcheck.verify.decide import passes
from derivcheck.work import Allowance

_CAPITALS = frozenset(ascii_uppercase)

if TYPE_CHECKING:
    from derivcheck.judge.question import Question


@dataclass(slots=True)
class Original:
    """A link as it is written, under one choice: what does not change with an edit is read once."""

    question: Question
    choice: Choice
    _begun: Begun | None = None
    _reading: LinkReading | None = None

    def edited(self, candidate: Candidate) -> LinkReading:
        """The link with an edit."""
        question = self.question
        if candidate.side == "lhs":
            return replace(question, lhs=candidate.root).read(self.choice)
        if self._begun is None:
            self._begun = question.begun(self.choice)
        return self._begun.with_right(candidate.root, question.relation, question.hypotheses)

    @property
    def reading(self) -> LinkReading:
        """The link without any."""
        if self._reading is None:
            self._reading = self.question.read(self.choice)
        return self._reading


def holds(original: Original, candidate: Candidate, limits: Limits, allowance: Allowance) -> bool:
    """Whether the link with the edit says something and agrees, within what is allowed. A function of a
    bracket does not become a factor."""
    reading = original.edited(candidate)
    claim = reading.claim
    if claim is None or not says_something(claim):
        return False
    if original.choice.einstein and has_triple(candidate.root):
        return False
    before, question = original.reading, original.question
    if before.claim is None and edits_an_argument(candidate, question):
        return False
    if candidate.kind.rule != "DC111" and before.applied - reading.applied:
        return False
    if not _admissible(claim, candidate, limits):
        return False
    if limits.structural_only and before.claim is not None and _changes_kind(candidate, question, before.claim):
        return False
    evidence = passes(claim, seconds=allowance.left())
    zero = is_zero(claim.lhs) or is_zero(claim.rhs)
    return evidence is not None and credible(claim, evidence.dimensions, zero, allowance.left())


def edits_an_argument(candidate: Candidate, question: Question) -> bool:
    """Whether the edit marks the bracket behind a small letter of which nothing is said, and which may be a function:
    l(a + b)ᵀ for l(a + b) fits where l is a factor."""
    if candidate.place.part is not Part.BRACKET:
        return False
    *above, (_, position) = candidate.place.path
    product = at_path(question.lhs if candidate.side == "lhs" else question.rhs, tuple(above))
    if not isinstance(product, tree.Juxt):
        return False
    head = product.items[position - 1]
    keys = [k for n in (head, head.base if isinstance(head, tree.Script) else head) if (k := symbol_key(n)) is not None]
    return all(plain(k)[:1] not in _CAPITALS and not question.known.declared(k) for k in keys)


def _admissible(claim: Claim, candidate: Candidate, limits: Limits) -> bool:
    """Edits that change the symbols of a formula must not make a triviality of it, and must make an identity of it
    where a symbol stands on one side only."""
    if candidate.kind.structural:
        return True
    if trivial(claim):
        return False
    if not limits.structural_only or candidate.kind.balances is not None:
        return True
    return not _respells(candidate) and is_identity(claim)


def _respells(candidate: Candidate) -> bool:
    """Y for y, x for **x**: what stands on one side only is then another spelling of the same symbol."""
    old, new = symbol_key(candidate.place.node), symbol_key(candidate.variant.node)
    return old is not None and new is not None and plain(old).lower() == plain(new).lower()


def _changes_kind(candidate: Candidate, question: Question, claim: Claim) -> bool:
    """A scalar for a matrix: `∇ xᵀA x = 2 λ x` is what an eigenvector fulfils, no slip for `∇ xᵀλ x`."""
    keys = (symbol_key(candidate.place.node), symbol_key(candidate.variant.node))
    found = [claim.symbols.get(question.known.alias(key)) for key in keys if key is not None]
    one, other = found if len(found) == 2 else (None, None)
    return one is not None and other is not None and (one.shape == SCALAR) is not (other.shape == SCALAR)
