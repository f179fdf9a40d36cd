"""How one display was read: symbols, shapes with origins, the readings tried, the verdict of each."""

from __future__ import annotations

from collections.abc import Mapping

from derivcheck.documents.model import Document
from derivcheck.judge.model import Judged
from derivcheck.judge.outcome import Outcome
from derivcheck.judge.question import Tried
from derivcheck.report.assemble import show_shape
from derivcheck.scope.slip import Slip
from derivcheck.statements.model import Display
from derivcheck.verify.evidence import Agreed, Refuted, Undecided


def explanation(
    document: Document,
    displays: Mapping[int, Display],
    judged: Mapping[int, Judged],
    slips: Mapping[int, tuple[Slip, ...]],
    line: int,
) -> str:
    """Text for the display that covers the line, or the next one after it."""
    chosen = None
    for item in judged:
        first, _, last, _ = document.position(displays[item].block.span)
        if first <= line <= last:
            chosen = item
            break
        if chosen is None and first > line:
            chosen = item
    if chosen is None:
        return f"no display at line {line} or after it\n"
    display = displays[chosen]
    first, _, last, _ = document.position(display.block.span)
    out = [f"display at lines {first}-{last}"]
    if display.unparsed:
        out.append(f"  not read: {display.unparsed}")
    out.extend(f"  {slip.rule}: {slip.message}" for slip in slips.get(chosen, ()))
    for chain, outcomes in zip(display.chains, judged[chosen].outcomes, strict=True):
        for k, outcome in enumerate(outcomes):
            out.append("")
            out.append(f"  {chain.members[k].latex} {chain.relations[k].latex} {chain.members[k + 1].latex}")
            out.extend(f"    {text}" for text in _outcome(outcome))
    return "\n".join(out) + "\n"


def _outcome(outcome: Outcome) -> list[str]:
    out = [f"{outcome.verdict.value}" + (f" ({outcome.reason})" if outcome.reason else "")]
    if outcome.detail:
        out.append(outcome.detail)
    if outcome.settled is None:
        return out
    best = outcome.settled.best.reading
    if best.claim is not None:
        for key, symbol in best.claim.written().items():
            words = ", ".join(sorted(symbol.properties))
            origin = best.origins.get(key, "")
            extra = f" [{words}]" if words else ""
            depends = f" depends on {', '.join(symbol.depends)}" if symbol.depends else ""
            out.append(f"{symbol.latex or key}: {show_shape(symbol.shape)}{extra} ({origin}){depends}")
        for name, dim in best.claim.free:
            out.append(f"free index {name}: 1..{dim}")
    out.append("readings tried:")
    elsewhere = outcome.settled.elsewhere
    tried = (*outcome.settled.tried, *((elsewhere,) if elsewhere is not None else ()))
    out.extend("  " + _tried(t) for t in _distinct(tried))
    return out


def _distinct(tried: tuple[Tried, ...]) -> list[Tried]:
    """Readings that differ: the same claim or the same failure is told once."""
    out: list[Tried] = []
    for t in tried:
        same = (t.reading.claim, t.reading.failure)
        if all((o.reading.claim, o.reading.failure) != same for o in out):
            out.append(t)
    return out


def _tried(tried: Tried) -> str:
    choice = tried.reading.choice
    laid = choice.layout.spoken(tried.reading.laid)
    what = ", ".join((*((laid,) if laid else ()), *choice.notes())) or "as written"
    match tried.evidence:
        case Agreed(points=points):
            found = f"holds at {points} points"
        case Refuted(witness=witness):
            found = f"false: {witness.lhs} ≠ {witness.rhs}"
        case Undecided(reason=reason, detail=detail):
            found = f"undecided: {reason.value} {detail}"
        case None:
            failure = tried.reading.failure
            found = f"no reading: {failure.reason}: {failure.detail}" if failure is not None else "no reading"
    return f"{what}: {found}"
