"""Mutation run: every passed link of `fixtures/correct`, with single standard slips, must be found out.

    python -m benchmarks.mutation [name …] [--every N] [--from K]

Links are mutated on their trees and judged as the original was, gate and repair search included. A mutant is killed
when it is refuted or ill-shaped. What is not killed is put before a second judge (`benchmarks.oracle`), so that true
mutants (a transpose under a trace) are told from holes; what is refuted is put before it too. What the tool has no
reading of is put before it as the original was read: where X is a number, Xᵀ is the same one. What neither of them can
judge counts as false; what has no value at any point (a root of −1) says nothing and counts neither way. The rate is
that of the mutants killed among those that are false.

Two things are no slips in a claim, and not counted among them. Where the words before a display set something to zero,
`E = 0` is a condition, which holds by what the text says next; with a slip in E it is another condition, no falsehood.
And what an operator acts on is no factor beside it: ∇ xᵀA x is not mutated to x A ∇xᵀ, nor Df(x)[h] to f(x) D[h].

One mutant in N is run (default 10), from the K-th on (default the N-th): the choice is the same in every run, and
another K gives a sample that no change was made for. With `--every 1` all are.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from unittest.mock import patch

from benchmarks.oracle import Opinion, opinion
from derivcheck.config import Options
from derivcheck.diagnose.groups import groups, is_bracket
from derivcheck.diagnose.kinds import KINDS
from derivcheck.diagnose.patience import Patience
from derivcheck.diagnose.places import is_operator, places, replaced
from derivcheck.diagnose.scene import scene_of
from derivcheck.diagnose.variant import EditKind
from derivcheck.judge import course
from derivcheck.judge.circumstances import Circumstances
from derivcheck.judge.judge import Prover, judge
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.question import Question, Settled
from derivcheck.judge.roles import Role
from derivcheck.notation import tree
from derivcheck.notation.printer import to_latex
from derivcheck.pipeline import check_document
from derivcheck.readings.known import Known
from derivcheck.terms.term import Claim
from derivcheck.verdict import Verdict

ROOT = Path(__file__).resolve().parent.parent / "fixtures"
EVERY = 10
STANDARD = (
    "transpose",
    "factors swapped",
    "Kronecker factors swapped",
    "sign",
    "scalar factor",
    "inverse",
    "extra term",
    "index",
)
_PASSES = (Verdict.VERIFIED, Verdict.PROVED)


class Fate(Enum):
    """What becomes of a mutant; the first six are false statements as far as anyone can tell."""

    KILLED = "killed"
    WRONGLY_PASSED = "wrongly passed"
    NO_CLAIM = "no claim any more"
    UNKNOWN = "unknown"
    UNCONFIRMED = "passed, not confirmed"
    CRASHED = "crashed"
    WRONGLY_REFUTED = "wrongly refuted"
    TRUE = "true"
    TRUE_OTHERWISE = "true in another reading"
    TRUE_UNDECIDED = "true, not decided"
    NO_VALUE = "without value"
    CONDITION = "another condition"


FALSE = (Fate.KILLED, Fate.WRONGLY_PASSED, Fate.NO_CLAIM, Fate.UNKNOWN, Fate.UNCONFIRMED, Fate.CRASHED)


@dataclass(frozen=True, slots=True)
class Passed:
    """A link that passed: its question, what surrounds it, and how it was settled."""

    path: str
    question: Question
    around: Circumstances
    settled: Settled


@dataclass(frozen=True, slots=True)
class Mutant:
    kind: str
    question: Question
    of: Passed


@dataclass(frozen=True, slots=True)
class Result:
    mutant: Mutant
    fate: Fate
    detail: str = ""
    suspect: bool = False  # told on request, with its counterexample


def passed_links(path: Path) -> list[Passed]:
    """The questions of a note that were answered with a pass."""
    found: list[Passed] = []

    def recording(question: Question, around: Circumstances, prover: Prover) -> Outcome:
        outcome = judge(question, around, prover)
        if outcome.verdict in _PASSES and outcome.settled is not None:
            found.append(Passed(path.name, question, around, outcome.settled))
        return outcome

    with patch.object(course, "judge", recording):
        check_document(path.read_text(encoding="utf-8"), path=str(path), options=Options(root=ROOT, deadline=600.0))
    return found


def mutants(link: Passed) -> Iterator[Mutant]:
    """Single slips of either side."""
    for kind in KINDS:
        if kind.name in STANDARD:
            for question in _edited(link, kind):
                yield Mutant(kind.name, question, link)


_ADDED = frozenset({"an inverse is missing"})  # of inverses, dropping one is the slip


def _edited(link: Passed, kind: EditKind) -> Iterator[Question]:
    scene = scene_of(link.question, link.around.text, link.around.macros)
    for side in ("rhs", "lhs"):
        root = getattr(link.question, side)
        for place in places(root):
            for variant in kind.variants(place, scene):
                if variant.words in _ADDED or _tears(place.node, variant.node, scene.known):
                    continue
                new = replaced(root, place.path, variant.node)
                if new not in link.question.nodes:
                    yield replace(link.question, **{side: new})


def _tears(before: tree.Node, after: tree.Node, known: Known) -> bool:
    """Whether factors were exchanged across an operator, so that it acts on something else."""
    if not isinstance(before, tree.Juxt) or not isinstance(after, tree.Juxt):
        return False
    for start, end in groups(before.items, known):
        operator = before.items[start]
        if is_operator(operator) and not is_bracket(before.items[end - 1]):
            k = after.items.index(operator) if operator in after.items else -1
            if k < 0 or Counter(after.items[k + 1 :]) != Counter(before.items[start + 1 :]):
                return True
    return False


def result(mutant: Mutant) -> Result:
    """Judged by the tool, and by the oracle where the tool found a claim."""
    try:
        around = replace(mutant.of.around, patience=Patience())  # as in a document with this one mistake
        outcome = judge(mutant.question, around, lambda _: "")
    except Exception as error:  # a crash of the tool is a result to be counted
        return Result(mutant, Fate.CRASHED, type(error).__name__)
    claim = outcome.settled.best.reading.claim if outcome.settled is not None else None
    second = _second(mutant, claim)
    detail = " ".join(filter(None, (outcome.verdict.value, outcome.reason, outcome.detail)))
    return Result(mutant, _fate(mutant, outcome, second), detail, outcome.suspect)


def _second(mutant: Mutant, claim: Claim | None) -> Opinion:
    """The second judge on the claim that the tool found, or on the mutant read as the original was."""
    claim = claim or mutant.question.read(mutant.of.settled.best.reading.choice).claim
    return opinion(claim) if claim is not None else Opinion.NONE


def _fate(mutant: Mutant, outcome: Outcome, second: Opinion) -> Fate:
    match outcome.verdict:
        case Verdict.REFUTED | Verdict.ILL_SHAPED:
            return Fate.WRONGLY_REFUTED if second is Opinion.TRUE else Fate.KILLED
        case Verdict.VERIFIED | Verdict.PROVED:
            if second is Opinion.FALSE:
                return Fate.WRONGLY_PASSED
            if second is not Opinion.TRUE:
                return Fate.UNCONFIRMED
            assert outcome.settled is not None
            same = outcome.settled.best.reading.choice == mutant.of.settled.best.reading.choice
            return Fate.TRUE if same else Fate.TRUE_OTHERWISE
        case _ if _is_condition(mutant):
            return Fate.CONDITION
        case _:
            if second is Opinion.TRUE:
                return Fate.TRUE_UNDECIDED
            if second is Opinion.NO_VALUE:
                return Fate.NO_VALUE
            return Fate.UNKNOWN if outcome.verdict is Verdict.UNKNOWN else Fate.NO_CLAIM


def _is_condition(mutant: Mutant) -> bool:
    """Whether the words before the display assume it, and a side is 0 before and after."""
    sides = zip(mutant.of.question.nodes, mutant.question.nodes, strict=True)
    zero = any(old == new == tree.Num("0") for old, new in sides)
    return zero and mutant.of.around.role.weak is Role.ASSUMPTION


def run(names: list[str], every: int, first: int = 0) -> list[Result]:
    """The results of one mutant in `every`, from the `first` on, of the notes whose names contain one of these."""
    found: list[Result] = []
    number = 0
    for path in sorted((ROOT / "correct").glob("*.*")):
        if names and not any(n in path.name for n in names):
            continue
        for link in passed_links(path):
            for mutant in mutants(link):
                number += 1
                if number % every == first % every:
                    found.append(result(mutant))
    return found


def rate(fates: Mapping[Fate, int], suspects: int = 0) -> str:
    """Killed among those that are false."""
    false = sum(fates[f] for f in FALSE)
    return f"{(fates[Fate.KILLED] + suspects) / false:.1%}" if false else "-"


def main(arguments: list[str]) -> None:
    every, first = (_option(arguments, name, usual) for name, usual in (("--every", EVERY), ("--from", 0)))
    results = run([a for a in arguments if not a.startswith("-")], every, first)
    counts: defaultdict[str, Counter[Fate]] = defaultdict(Counter)
    suspects: Counter[str] = Counter()
    for r in results:
        for kind in (r.mutant.kind, "all"):
            counts[kind][r.fate] += 1
            suspects[kind] += r.suspect and r.fate in (Fate.NO_CLAIM, Fate.UNKNOWN)
    expected = (Fate.KILLED, Fate.TRUE)
    for r in sorted((r for r in results if r.fate not in expected), key=lambda r: (r.fate.value, r.mutant.kind)):
        question = r.mutant.question
        formula = f"{to_latex(question.lhs)} = {to_latex(question.rhs)}"
        print(f"{r.fate.value}: {r.mutant.kind}: {r.mutant.of.path}: {formula}  [{r.detail}]")
    for kind, fates in sorted(counts.items(), key=lambda item: (item[0] == "all", item[0])):
        print(_row(kind, fates, suspects[kind]))


def _option(arguments: list[str], name: str, usual: int) -> int:
    return int(arguments.pop(arguments.index(name) + 1)) if name in arguments else usual


def _row(name: str, fates: Counter[Fate], suspects: int) -> str:
    listed = ", ".join(f"{fates[f]} {f.value}" for f in Fate if fates[f])
    found = f"{rate(fates)} of the false ones killed, {rate(fates, suspects)} with suspects"
    return f"{name:28} {sum(fates.values()):5} mutants, {found}: {listed}"


if __name__ == "__main__":
    main(sys.argv[1:])
