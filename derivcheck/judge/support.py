"""A finding without an edit needs a text that was understood.

An edit that makes an identity of a false equation explains it. Where there is none, the letters may well mean something
that was not read: in long documents full of equations that could not be decided, such findings outnumber the slips.
There one is believed only if it is claimed, and the text gives the shape of each of its symbols or another equation
about one of them was shown to hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from derivcheck.diagnose.missing import IDENTITIES
from derivcheck.diagnose.places import TRANSPOSES
from derivcheck.judge.model import Judged, LinkPlace
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.question import Question
from derivcheck.notation import tree
from derivcheck.notation.contraction import index_letters
from derivcheck.notation.keys import symbol_keys
from derivcheck.terms.dim import SCALAR
from derivcheck.verdict import Verdict

_PASSES = (Verdict.PROVED, Verdict.VERIFIED)
_BARE = frozenset({"DC101", "DC201"})  # that the sides differ or do not fit, and no more
_MANY = 12  # links that are no passes: a short note is read as a whole
_SIGNS = TRANSPOSES | {"\\partial", "\\nabla", "d", "rm:d"}
_SAID = "no other equation that holds speaks of its symbols"


def with_support(judged: Mapping[int, Judged]) -> Mapping[int, Judged]:
    """The same, with what nothing supports undecided."""
    out = dict(judged)
    bare = [(place, o) for place, o in _places(judged) if _is_bare(o)]
    vain = sum(o.verdict not in _PASSES for _, o in _places(judged))
    if not bare or vain < _MANY:
        return out
    told = frozenset(key for _, o in _places(judged) if o.verdict in _PASSES for key in _symbols(o))
    for place, outcome in bare:
        if outcome.settled is None or not (_symbols(outcome) & told or _is_declared(outcome)):
            reason = "unshaped symbol" if outcome.verdict is Verdict.ILL_SHAPED else "hypothesis not used"
            open_ = replace(
                outcome, verdict=Verdict.UNKNOWN, reason=reason, detail=_SAID, diagnosis=None, suspect=True
            )
            out[place[0]] = out[place[0]].having(place[1], place[2], open_)
    return out


def _places(judged: Mapping[int, Judged]) -> Iterator[tuple[LinkPlace, Outcome]]:
    for item, found in judged.items():
        for c, outcomes in enumerate(found.outcomes):
            yield from (((item, c, k), outcome) for k, outcome in enumerate(outcomes))


def _is_bare(outcome: Outcome) -> bool:
    found = outcome.diagnosis
    return outcome.verdict.is_finding and found is not None and found.repair is None and found.rule in _BARE


def _symbols(outcome: Outcome) -> frozenset[str]:
    """What an equation speaks of: no sizes, no indices."""
    question = outcome.asked
    if question is None:
        return frozenset()
    claim = outcome.settled.best.reading.claim if outcome.settled is not None else None
    return frozenset(claim.symbols) if claim is not None else _written(question)


def _written(question: Question) -> frozenset[str]:
    indices = frozenset[str]().union(*map(index_letters, question.nodes))
    keys = {question.known.alias(key) for key in symbol_keys(*question.nodes)}
    return frozenset(k for k in keys - indices - _SIGNS if not question.known.is_dimension(k))


def _is_declared(outcome: Outcome) -> bool:
    """Whether the text gives the shape of each vector and matrix of what it claims; of numbers, whether one has to
    calculate."""
    question = outcome.asked
    if question is None:
        return False
    symbols = _symbols(outcome)
    if not symbols:
        return outcome.verdict is Verdict.REFUTED and not all(isinstance(n, tree.Num) for n in question.nodes)
    arrays = symbols - _scalars(outcome)
    return bool(arrays) and all(question.known.shape(key) is not None for key in arrays)


def _scalars(outcome: Outcome) -> frozenset[str]:
    """The symbols that are numbers, by their shape or by their looks, and the identity."""
    assert outcome.settled is not None
    reading = outcome.settled.best.reading
    if reading.claim is not None:
        return frozenset(k for k, s in reading.claim.symbols.items() if s.shape == SCALAR)
    looks = outcome.settled.tried[0].reading.conventional
    return frozenset(key for key, kind in looks if kind == "scalar") | IDENTITIES
