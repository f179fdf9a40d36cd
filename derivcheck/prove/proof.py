"""What a proof yields, and why a claim may lie outside the reach of the proof tier."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proof:
    """The claim holds for all dimensions and all values at which both sides are defined, under `assumptions`.

    method: "tensor network" or "sympy". steps: one line saying how, for the report.
    """

    method: str
    assumptions: tuple[str, ...] = ()
    steps: str = ""


class OutOfReach(Exception):
    """The claim cannot be brought to normal form: an unsupported node, or a cap. Never leaves `prove`."""
