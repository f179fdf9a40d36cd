"""Remarks on a text that keeps to one layout here and to another there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from derivcheck.context.conventions import layouts_named
from derivcheck.documents.model import Document, Heading, Prose
from derivcheck.judge.layouts import Fit, exception, mixture
from derivcheck.judge.model import Course, Judged, LinkPlace
from derivcheck.judge.outcome import Remark
from derivcheck.readings.layouts import COHERENT, Layout
from derivcheck.verdict import Verdict


def with_mixtures(course: Course, judged: Mapping[int, Judged]) -> Mapping[int, Judged]:
    """The same with a remark where the text leaves the layout it keeps to elsewhere, one for each declaration in force;
    a link that is alone against several is undecided.

    A text that names both layouts and declares neither compares them."""
    fits: dict[tuple[Layout, ...], dict[LinkPlace, Fit]] = {}
    for item, found in judged.items():
        for c, outcomes in enumerate(found.outcomes):
            for k, outcome in enumerate(outcomes):
                if outcome.fit is not None:
                    fits.setdefault(outcome.fit.allowed, {})[item, c, k] = outcome.fit
    out = dict(judged)
    for allowed, group in fits.items():
        if allowed == COHERENT and _compares_layouts(course.document):
            continue
        alone = exception(group)
        mixed = alone or mixture(group)
        if mixed is not None:
            odd, other = mixed
            said = f"layouts are mixed: here {group[odd].spoken()}; there {group[other].spoken()}"
            remark = Remark(said, course.link_span(other), "DC302")
            out[odd[0]] = _remarked(out[odd[0]], odd, remark, doubted=alone is not None)
    return out


def _remarked(judged: Judged, place: LinkPlace, remark: Remark, *, doubted: bool) -> Judged:
    """With a remark; what only holds in a layout that the text uses nowhere else is `doubted`: it may be a slip."""
    _, c, k = place
    found = judged.outcomes[c][k]
    outcome = replace(found, notes=(*found.notes, remark))
    if doubted:
        outcome = replace(outcome, verdict=Verdict.UNKNOWN, reason="ambiguous", proof="", suspect=True)
    return judged.having(c, k, outcome)


def _compares_layouts(document: Document) -> bool:
    return len({name for i in document.items if isinstance(i, Prose | Heading) for name in layouts_named(i.text)}) > 1
