"""Solutions: `x = …` right after an equation for x is held against that equation.

A text that puts a derivative to zero and goes on with `x = …` claims that this x solves the equation, though `x = …`
alone only gives x a meaning. It passes when the equation holds for this x. It is a finding when the equation fails,
both speak of the same symbols (one that the solution lacks was eliminated by means that are not looked at here), and a
small edit of the solution mends it: else it may be a solution of another kind, by least squares or of a nearby problem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from derivcheck.context.facts import DefinitionFact, Scope
from derivcheck.diagnose.model import Limits
from derivcheck.documents.model import Span
from derivcheck.judge.gate import undefined
from derivcheck.judge.outcome import Outcome, Remark
from derivcheck.judge.question import Question, Settled
from derivcheck.judge.roles import Role
from derivcheck.judge.settle import settle
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key, symbol_keys
from derivcheck.notation.walk import subtrees
from derivcheck.readings.known import Known
from derivcheck.statements.model import Chain, RelationKind
from derivcheck.terms.term import Claim, Derivative, Differential
from derivcheck.terms.walk import subterms
from derivcheck.verdict import Verdict
from derivcheck.verify.evidence import Undecidable, Undecided

_SOLVED = re.compile(
    r"\b(hence|so|thus|therefore|then|solving|solved?|solution|gives?|yields?|get|obtain|whence|follows|implies|requires)\b"
    r"|因此|所以|从而|于是|可得|得到|解得|得|故"
    r"|\b(donc|d'où|logo|portanto|luego|tanto|entonces|então|also|daher|somit|ergibt|obtemos|obtenemos|obtient|obtém|obtiene|résolvant"
    r"|resolviendo|resolvendo|lösung|откуда|следовательно|получ\w+|решени\w+)\b|よって|したがって|ゆえに|解くと|따라서|그러므로|풀면",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(if|when|case|let|suppose|assume|instead|alternativ\w*|otherwise|approximat\w*|initial\w*|start\w*|choose|set"
    r"|define|example)\b|如果|若|当|设|令|假设|取|近似"
    r"|\b(si|wenn|falls|soit|soient|seja|sea|sei|seien|пусть|если|supon\w+|supposons|angenommen|exemple|ejemplo|exemplo|beispiel\w*"
    r"|aproxima\w*|approxima\w*|näherung\w*)\b|仮定|とする|とおく|ならば|가정|라 하|이면",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation of the text that did not turn out to hold for all values of its symbols."""

    item: int
    lhs: tree.Node
    rhs: tree.Node

    def speaks_of(self, chain: Chain) -> bool:
        """Whether it holds all symbols of the chain: "hence", and the chain may be a consequence of it."""
        written = symbol_keys(*(m.node for m in chain.members))
        return bool(written) and written <= symbol_keys(self.lhs, self.rhs)


def leads_to_a_solution(prose: str) -> bool:
    """Whether the words between two displays say that the second follows from the first."""
    return _SOLVED.search(prose) is not None and _OTHER.search(prose) is None


def held_against(
    key: str, solution: tree.Node, equations: Sequence[Equation], question: Question, text: str, limits: Limits
) -> Outcome | None:
    """A pass where the last of these equations that speaks of `key` holds for the solution, a finding where it fails,
    both speak of the same symbols, and an edit of the solution in `text` mends it, undecided where the solution has a
    value nowhere (the inverse of a matrix of rank one); None otherwise."""
    for equation in reversed(equations):
        keys = {symbol_key(n) for side in (equation.lhs, equation.rhs) for n in subtrees(side)}
        if key in keys:
            return _held_against(key, solution, equation, question, text, limits)
    return None


def _held_against(
    key: str, solution: tree.Node, equation: Equation, question: Question, text: str, limits: Limits
) -> Outcome | None:
    asked = replace(question, lhs=equation.lhs, rhs=equation.rhs, relation=RelationKind.EQUAL)

    def tried(value: tree.Node) -> Settled:
        return settle(replace(asked, known=_with_value(question.known, key, question.lhs, value)))

    def solves(settled: Settled) -> bool:
        reading = settled.best.reading
        return settled.agreed and reading.claim is not None and not reading.weakened and _uses(reading.claim, key)

    settled = tried(solution)
    claim = settled.best.reading.claim
    if solves(settled):
        if settle(asked).agreed:
            return None  # by now it holds whatever the symbol is
        return Outcome(Verdict.VERIFIED, Role.DEFINITION, settled=settled, detail="solves the equation before it")
    if isinstance(evidence := settled.best.evidence, Undecided) and evidence.reason is Undecidable.NO_VALID_POINTS:
        return Outcome(Verdict.UNKNOWN, Role.CLAIM, str(evidence.reason.value), evidence.detail, settled)
    if not settled.refuted or settled.forced or settled.best.reading.weakened or claim is None:
        return None
    if not _same_symbols(claim, key) or _differentiates(claim):
        return None
    from derivcheck.diagnose.repair import diagnose_value  # loaded for what is false only

    diagnosis = diagnose_value(question, lambda value: solves(tried(value)), text, limits)
    if diagnosis is None:
        return None
    note = Remark("as it stands it does not solve the equation before it")
    return Outcome(Verdict.REFUTED, Role.CLAIM, settled=settled, diagnosis=diagnosis, notes=(note,))


def _with_value(known: Known, key: str, left: tree.Node, solution: tree.Node) -> Known:
    item = known.at.item
    fact = DefinitionFact(Span(0, 0), Scope(item, item + 1), item, left, solution, True)
    return known.extended((fact,))


def _uses(claim: Claim, key: str) -> bool:
    """Whether the value given to the symbol takes part."""
    solved = claim.symbols.get(key)
    return solved is not None and solved.definition is not None


def _same_symbols(claim: Claim, key: str) -> bool:
    """Whether the equation rests on what the solution rests on, and on nothing else."""
    solved = claim.symbols.get(key)
    if solved is None or solved.definition is None:
        return False
    both = undefined(claim.lhs, claim.symbols) | undefined(claim.rhs, claim.symbols)
    return bool(both) and both == undefined(solved.definition, claim.symbols)


def _differentiates(claim: Claim) -> bool:
    """In ∂f/∂x = 0 the symbol x is the variable, not its value."""
    return any(isinstance(t, Derivative | Differential) for side in (claim.lhs, claim.rhs) for t in subterms(side))
