"""The layout that a document keeps to without saying so: what each link asks of it, and where links disagree.

A derivative is laid out by one of the coherent conventions (`readings.layouts.COHERENT`); a link that holds admits some
of them. The layout of the text is the one that most links admit; a link that does not admit it mixes layouts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from derivcheck.judge.question import Question, Settled, Trials, Tried
from derivcheck.readings.choice import Choice
from derivcheck.readings.layouts import COHERENT, Layout, Side, declared_layouts
from derivcheck.verify.evidence import Refuted

_Place = TypeVar("_Place")


@dataclass(frozen=True, slots=True)
class Fit:
    """Of the layouts that the text allows those that a link admits, not all; `kinds`: the fields that matter."""

    allowed: tuple[Layout, ...]
    admitted: frozenset[Layout]
    kinds: frozenset[str]

    def asks(self, kind: str) -> Side | None:
        """How the link wants one kind of derivatives laid out; None where it holds either way."""
        sides = {getattr(layout, kind) for layout in self.admitted}
        wanted: Side | None = next(iter(sides)) if kind in self.kinds and len(sides) == 1 else None
        return wanted

    def spoken(self) -> str:
        """What the link asks for, in words."""
        admitted = [layout for layout in self.allowed if layout in self.admitted]
        asked = [k for k in self.kinds if all(layout.agrees(admitted[0], (k,)) for layout in admitted)]
        return admitted[0].spoken(asked or self.kinds)


def fitting(question: Question, settled: Settled) -> Fit | None:
    """What a link that holds asks of the layout; None when it holds in each, or when kinds had to be guessed."""
    best = settled.best.reading
    allowed = declared_layouts(question.known) or COHERENT
    if not best.laid or best.choice.kinds:
        return None
    trials = Trials(question, list(settled.tried))
    admitted = frozenset(layout for layout in allowed if _admits(trials, best.choice.with_layout(layout)))
    return Fit(allowed, admitted, best.laid) if len(admitted) < len(allowed) else None


def _admits(trials: Trials, choice: Choice) -> bool:
    """Whether nothing speaks against the layout, even where the text does not tell rows from columns."""
    loose = replace(choice, rows_as_columns=True)
    return not _false(trials.attempt(choice)) or not _false(trials.attempt(loose))


def _false(tried: Tried) -> bool:
    return isinstance(tried.evidence, Refuted) or tried.reading.clashes


def mixture(fits: Mapping[_Place, Fit]) -> tuple[_Place, _Place] | None:
    """Of links in document order, under one declaration: the first at odds with the layout that most of them admit, and
    the first that is at odds with it in turn. None when one layout explains all."""
    places = list(fits)
    allowed = next(iter(fits.values())).allowed if fits else ()
    layouts = [layout for layout in allowed if layout in COHERENT] or allowed
    if not layouts:
        return None

    def rank(layout: Layout) -> tuple[int, int, int]:
        odd = [i for i, place in enumerate(places) if layout not in fits[place].admitted]
        return len(odd), -odd[0] if odd else 0, layouts.index(layout)

    chosen = min(layouts, key=rank)
    odd = next((place for place in places if chosen not in fits[place].admitted), None)
    return None if odd is None else (odd, _opponent(odd, chosen, fits))


def exception(fits: Mapping[_Place, Fit]) -> tuple[_Place, _Place] | None:
    """The only link that wants a derivative by a matrix laid out otherwise than several do, and the first of these.
    Gradients are rows in one place and columns in another of many a text; ∂s/∂X is not of the shape of Xᵀ only once."""
    places = {side: [place for place, fit in fits.items() if fit.asks("scalar_matrix") is side] for side in Side}
    few, many = sorted(places.values(), key=len)
    return (few[0], many[0]) if len(few) == 1 and len(many) > 1 else None


def _opponent(odd: _Place, chosen: Layout, fits: Mapping[_Place, Fit]) -> _Place:
    """A link that no layout reconciles with the odd one, else one that narrows what both admit."""
    asked = fits[odd].admitted
    others = [place for place, fit in fits.items() if chosen in fit.admitted]
    return min(others, key=lambda place: len(asked & fits[place].admitted))
