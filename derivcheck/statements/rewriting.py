"""Notation that only the document as a whole explains, rewritten before anything is read. The order matters: a row may
rely on those above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from derivcheck.documents.model import Document
from derivcheck.statements.capitals import with_capital_indices
from derivcheck.statements.commas import with_comma_derivatives
from derivcheck.statements.densities import with_densities
from derivcheck.statements.increments import with_increments
from derivcheck.statements.model import Display
from derivcheck.statements.parameters import with_parameters
from derivcheck.statements.signals import with_signals
from derivcheck.statements.upper import with_upper_indices


@dataclass(frozen=True, slots=True)
class Written:
    """The displays by item, and the symbols that move with the states in their brackets: M of `M(q)`."""

    displays: Mapping[int, Display]
    document: Document
    moving: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rewriting:
    """`rewrite` replaces a notation throughout. `renames`: what an author would not recognise is left; slips are looked
    for before."""

    notation: str
    rewrite: Callable[[Written], Written]
    renames: bool = False


def _of_displays(change: Callable[[Mapping[int, Display]], Mapping[int, Display]]) -> Callable[[Written], Written]:
    return lambda written: replace(written, displays=change(written.displays))


def _of_document(
    change: Callable[[Mapping[int, Display], Document], Mapping[int, Display]],
) -> Callable[[Written], Written]:
    return lambda written: replace(written, displays=change(written.displays, written.document))


def _signals(written: Written) -> Written:
    displays, moving = with_signals(written.displays)
    return replace(written, displays=displays, moving=moving)


REWRITINGS = (
    Rewriting("u_{i,j} for ∂_j u_i", _of_document(with_comma_derivatives)),
    Rewriting("v^i, where commas are gone: T^i_{j,k}", _of_document(with_upper_indices)),
    Rewriting("Δx as one symbol", _of_displays(with_increments)),
    Rewriting("x(t) for a signal x, Δx(t) included", _signals),
    Rewriting("p(x | θ) by what stands in its bracket", _of_displays(with_densities), renames=True),
    Rewriting("F_{iJ}, where J is an index", _of_displays(with_capital_indices), renames=True),
    Rewriting("ℓ(μ, σ²) as a function of σ, densities included", _of_displays(with_parameters), renames=True),
)


def rewritten(written: Written, *, renaming: bool) -> Written:
    """With the rewritings that rename, or with the others."""
    for row in REWRITINGS:
        if row.renames is renaming:
            written = row.rewrite(written)
    return written
