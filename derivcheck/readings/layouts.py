"""Layout conventions: how derivatives by and of vectors and matrices are laid out, and which ones a document allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain, product

from derivcheck.context.facts import Convention, ConventionFact, Fact
from derivcheck.readings.known import Known


class Side(Enum):
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout is not one value: each class of derivative is laid out by itself.

    scalar_vector: ∂s/∂x a column (denominator) or a row (numerator). vector_vector: ∂y/∂x with one row per y_i
    (numerator) or per x_i (denominator). scalar_matrix: the shape of X (denominator) or of Xᵀ (numerator).
    vector_scalar: ∂y/∂t like y (numerator) or transposed (denominator). nabla: ∇f a column (denominator) or a row;
    nabla_vector: ∇F with one row per F_i (numerator) or per x_i.
    """

    scalar_vector: Side = Side.DENOMINATOR
    vector_vector: Side = Side.NUMERATOR
    scalar_matrix: Side = Side.DENOMINATOR
    vector_scalar: Side = Side.NUMERATOR
    nabla: Side = Side.DENOMINATOR
    nabla_vector: Side = Side.NUMERATOR

    def agrees(self, other: Layout, kinds: Iterable[str]) -> bool:
        """Whether both lay out these kinds of derivatives (names of fields) in the same way."""
        return all(getattr(self, kind) is getattr(other, kind) for kind in kinds)

    def spoken(self, kinds: Iterable[str]) -> str:
        """How these kinds of derivatives are laid out, in words: "a derivative by a vector is a row" …"""
        return ", ".join(_SPOKEN[kind, getattr(self, kind)] for kind in sorted(kinds))


_N, _D = Side.NUMERATOR, Side.DENOMINATOR
MIXED = Layout()
DENOMINATOR = Layout(vector_vector=_D, nabla_vector=_D)
NUMERATOR = Layout(scalar_vector=_N, scalar_matrix=_N)

_SPOKEN: Mapping[tuple[str, Side], str] = {
    ("scalar_vector", _N): "∂s/∂x is a row (numerator layout)",
    ("scalar_vector", _D): "∂s/∂x is a column (denominator layout)",
    ("vector_vector", _N): "∂y/∂x has one row per entry of y (numerator layout)",
    ("vector_vector", _D): "∂y/∂x has one row per entry of x (denominator layout)",
    ("scalar_matrix", _N): "∂s/∂X has the shape of Xᵀ (numerator layout)",
    ("scalar_matrix", _D): "∂s/∂X has the shape of X (denominator layout)",
    ("vector_scalar", _N): "∂y/∂t is a column (numerator layout)",
    ("vector_scalar", _D): "∂y/∂t is a row (denominator layout)",
    ("nabla", _N): "∇f is a row",
    ("nabla", _D): "∇f is a column",
    ("nabla_vector", _N): "∇F has one row per entry of F",
    ("nabla_vector", _D): "∇F has one row per variable",
}

# The coherent ones, most natural first; ∇ has a convention of its own beside each.
_FAMILIES = (MIXED, DENOMINATOR, NUMERATOR)
COHERENT: tuple[Layout, ...] = tuple(
    dict.fromkeys(
        chain(
            _FAMILIES,
            (
                replace(layout, nabla=nabla, nabla_vector=rows)
                for nabla, rows in product((_D, _N), (_N, _D))
                for layout in _FAMILIES
            ),
        )
    )
)

# What a stated convention asks of a layout.
_ASKS: Mapping[Convention, Mapping[str, Side]] = {
    Convention.NUMERATOR: {"scalar_vector": _N, "vector_vector": _N, "scalar_matrix": _N, "nabla_vector": _N},
    Convention.DENOMINATOR: {"scalar_vector": _D, "vector_vector": _D, "scalar_matrix": _D, "nabla": _D},
    Convention.MIXED: {"scalar_vector": _D, "vector_vector": _N, "nabla": _D, "nabla_vector": _N},
    Convention.GRADIENT_COLUMN: {"nabla": _D, "scalar_vector": _D},
    Convention.GRADIENT_LIKE: {"nabla": _D, "scalar_vector": _D, "scalar_matrix": _D},
    Convention.GRADIENT_ROW: {"nabla": _N, "scalar_vector": _N, "nabla_vector": _N},
}
_NAMED = (Convention.NUMERATOR, Convention.DENOMINATOR, Convention.MIXED)
_STRICT = replace(DENOMINATOR, vector_scalar=_D)  # as some tables have it; never assumed without a declaration


def declared_layouts(known: Known) -> tuple[Layout, ...]:
    """Layouts the document allows here by its own words and equations; () when it says nothing.

    A layout that is named goes before what is said of single derivatives, and what was said last goes first: of two
    statements that contradict each other the first in this order counts.
    """
    stated = _stated(known)
    allowed = (*COHERENT, _STRICT) if known.has(Convention.DENOMINATOR) else COHERENT
    for fact in stated:
        for kind, side in _ASKS[fact.convention].items():
            allowed = tuple(layout for layout in allowed if getattr(layout, kind) is side) or allowed
    settled = {kind for fact in stated for kind in _ASKS[fact.convention]}
    defined = {fact.kind: _N if fact.numerator else _D for fact in known.at.layouts() if fact.kind not in settled}
    if not stated and not defined:
        return ()
    return tuple(dict.fromkeys(replace(layout, **defined) for layout in allowed))


def declaration(known: Known, kinds: Iterable[str]) -> Fact | None:
    """The statement that settles how one of these kinds of derivatives is laid out here."""
    said = (fact for fact in _stated(known) if any(kind in _ASKS[fact.convention] for kind in kinds))
    return next(said, None) or next((fact for fact in known.at.layouts() if fact.kind in kinds), None)


def _stated(known: Known) -> list[ConventionFact]:
    """Layout conventions that words state, the one that counts most first."""
    return sorted(
        (fact for convention, fact in known.conventions().items() if convention in _ASKS),
        key=lambda fact: (fact.convention not in _NAMED, fact.item > known.at.item, -fact.item),
    )
