"""Outcomes → report entries: positions, messages, shapes with origins, witnesses, repairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from derivcheck.context.annotations import annotation_problems
from derivcheck.documents.model import Annotation, Document, MathBlock, Problem, Span
from derivcheck.judge.model import Judged
from derivcheck.judge.outcome import Outcome
from derivcheck.readings.chain import LinkReading
from derivcheck.report.model import (
    EquationReport,
    FileError,
    FileReport,
    LinkReport,
    Note,
    Place,
    Repair,
    ShapeNote,
    SlipReport,
    WitnessNote,
)
from derivcheck.scope.slip import Slip
from derivcheck.statements.model import Display, Member, Relation
from derivcheck.terms.dim import Shape
from derivcheck.verdict import Verdict
from derivcheck.verify.evidence import Agreed, Refuted

_HOLDS = frozenset({Verdict.PROVED, Verdict.VERIFIED})
_ORIGINS = {
    "declared": "declared",
    "definition": "from its definition",
    "convention": "by convention",
    "reading": "needed here",
    "declared earlier": "declared in an earlier section",
    "stated convention": "by the stated convention",
    "gradient taken": "its gradient is taken",
    "inferred": "from an earlier equation",
    "indices": "from its indices",
}  # fmt: skip


def unreadable(path: str, message: str) -> FileReport:
    """A file that was not read at all."""
    return FileReport(path, (), error=FileError("Unreadable", message))


def file_report(
    path: str,
    text: str,
    document: Document,
    displays: Mapping[int, Display],
    judged: Mapping[int, Judged],
    slips: Mapping[int, tuple[Slip, ...]],
) -> FileReport:
    """The report of one document."""
    equations: list[EquationReport] = []
    for item, verdicts in judged.items():
        equation = _equation(len(equations) + 1, document, displays[item], verdicts)
        equations.append(_with_slips(equation, document, displays[item], slips.get(item, ())))
    remarks = (*document.problems, *_misread(document))
    problems = tuple(Note(p.message, _place(document, p.span)) for p in remarks)
    crashed = next((o.error for j in judged.values() for c in j.outcomes for o in c if o.error is not None), None)
    error = FileError.of(crashed) if crashed is not None else None
    return FileReport(path, tuple(equations), problems, error=error, source=text)


def _misread(document: Document) -> tuple[Problem, ...]:
    """Comments addressed to derivcheck that could not be read."""
    found = (annotation_problems(i, document.macros) for i in document.items if isinstance(i, Annotation))
    return tuple(problem for problems in found for problem in problems)


def _place(document: Document, span: Span) -> Place:
    return Place(*document.position(span))


def _equation(index: int, document: Document, display: Display, judged: Judged) -> EquationReport:
    block = display.block
    links: list[LinkReport] = []
    number = 0
    for chain, outcomes in zip(display.chains, judged.outcomes, strict=True):
        if not chain.relations:
            continue
        for k, (relation, outcome) in enumerate(zip(chain.relations, outcomes, strict=True)):
            left = k if outcome.against is None else outcome.against
            members = (chain.members[left], chain.members[k + 1])
            links.append(_link(len(links), number, k, document, block, relation, members, outcome))
        number += 1
    path = document.sources[block.span.source].path if block.span.source else None
    return EquationReport(index, _place(document, block.span), block.text, tuple(links), display.unparsed, path)


def _with_slips(
    equation: EquationReport, document: Document, display: Display, slips: Sequence[Slip]
) -> EquationReport:
    """The slips of a display beside its links. What was shown to hold is no slip; what is a finding is told the slip
    as a note."""
    places = [(c, k) for c, chain in enumerate(display.chains) for k in range(len(chain.relations))]
    links = dict(zip(places, equation.links, strict=True))
    alone: list[SlipReport] = []
    for slip in slips:
        report = SlipReport(slip.rule, slip.message, _place(document, display.block.source_span(slip.start, slip.end)))
        wrong = next((place for place in slip.links if links[place].verdict.is_finding), None)
        if wrong is not None:
            note = Note(slip.message, report.place)
            links[wrong] = replace(links[wrong], notes=(*links[wrong].notes, note))
        elif not any(links[place].verdict in _HOLDS for place in slip.links):
            alone.append(report)
    return replace(equation, links=tuple(links.values()), slips=tuple(alone))


def _link(
    index: int, chain: int, chain_link: int, document: Document, block: MathBlock, relation: Relation,
    members: tuple[Member, Member], outcome: Outcome,
) -> LinkReport:  # fmt: skip
    def place(start: int, end: int) -> Place:
        return _place(document, block.source_span(start, max(end, start)))

    left, right = members
    reading = outcome.settled.best.reading if outcome.settled is not None else None
    evidence = outcome.settled.best.evidence if outcome.settled is not None else None
    finding = outcome.verdict.is_finding
    repair = None
    if outcome.diagnosis is not None and outcome.diagnosis.repair is not None:
        edit = outcome.diagnosis.repair
        repair = Repair(
            edit.kind, edit.rule, edit.old, edit.new, place(edit.start, edit.end), outcome.diagnosis.alternatives
        )
    witness = None
    if isinstance(evidence, Refuted) and (finding or outcome.suspect):
        witness = _witness(evidence, reading)
    caret = repair.place if repair is not None else _clash_place(outcome, place) or place(right.start, right.end)
    return LinkReport(
        index, chain, chain_link, relation.latex, left.latex, right.latex, place(relation.start, relation.end),
        outcome.verdict,
        rule=outcome.diagnosis.rule if outcome.diagnosis is not None and finding else None,
        reason=outcome.reason,
        message=_message(outcome),
        reading=_reading_notes(outcome),
        shapes=_shapes(reading) if reading is not None and (finding or outcome.suspect) else (),
        witness=witness,
        repair=repair if finding else None,
        notes=tuple(Note(r.message, _place(document, r.span) if r.span else None, r.rule) for r in outcome.notes),
        lhs_place=place(left.start, left.end),
        rhs_place=place(right.start, right.end),
        caret=caret if finding else None,
        suspect=outcome.suspect,
        evidence=_evidence(outcome),
    )  # fmt: skip


def _clash_place(outcome: Outcome, place: object) -> Place | None:
    failure = outcome.settled.tried[0].reading.failure if outcome.settled is not None else None
    if (
        outcome.verdict is Verdict.ILL_SHAPED
        and failure is not None
        and failure.end > failure.start
        and callable(place)
    ):
        found = place(failure.start, failure.end)
        assert isinstance(found, Place)
        return found
    return None


def _message(outcome: Outcome) -> str:
    if outcome.diagnosis is not None and outcome.verdict.is_finding:
        return outcome.diagnosis.message or outcome.detail
    return outcome.detail


def _reading_notes(outcome: Outcome) -> tuple[str, ...]:
    if outcome.settled is None or outcome.settled.best.reading.claim is None:
        return ()
    laid = (outcome.fit.spoken(),) if outcome.fit is not None else ()
    return (*laid, *outcome.settled.best.reading.choice.notes())


def _evidence(outcome: Outcome) -> str:
    if outcome.proof:
        return outcome.proof
    if outcome.settled is None or not isinstance(outcome.settled.best.evidence, Agreed):
        return ""
    agreed = outcome.settled.best.evidence
    how = "exactly" if agreed.exact else f"to {agreed.digits} digits"
    sizes = f", {len(agreed.dimensions)} assignments of dimensions" if agreed.dimensions else ""
    return f"agrees {how} at {agreed.points} random points{sizes}"


def _shapes(reading: LinkReading) -> tuple[ShapeNote, ...]:
    if reading.claim is None:
        return ()
    out = []
    for key, symbol in reading.claim.written().items():
        origin = reading.origins.get(key, "")
        out.append(ShapeNote(symbol.latex or key, show_shape(symbol.shape), _ORIGINS.get(origin, origin)))
    return tuple(out)


def show_shape(shape: Shape) -> str:
    rows, cols = shape
    if rows.constant == 1 == cols.constant:
        return "scalar"
    return f"{rows}×{cols}".replace("?", "_")


def _witness(evidence: Refuted, reading: LinkReading | None) -> WitnessNote:
    found = evidence.witness
    names = {}
    if reading is not None and reading.claim is not None:
        names = {k: s.latex or k for k, s in reading.claim.symbols.items()}
    values = {names.get(k, k): v for k, v in found.values.items() if "@" not in k}
    entry = (found.entry[0] + 1, found.entry[1] + 1) if found.entry is not None else None
    dims = {k: v for k, v in found.dims.items() if not k.startswith("?")}
    return WitnessNote({**dims, **found.free}, values, found.lhs, found.rhs, entry)
