"""The gate: whether a false claim is a finding.

A refuted link is reported when nothing suggests that it was never meant as a claim: every undefined symbol stands
on both sides and none is constrained by words that were not understood, or a single edit repairs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derivcheck.readings.known import Known, plain
from derivcheck.terms.term import Claim, Differential, Symbol, Term, Variable
from derivcheck.terms.walk import children


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a false claim may not be a claim: symbols on one side only, symbols under words not understood."""

    one_sided: tuple[str, ...]
    tainted: tuple[str, ...]

    @property
    def none(self) -> bool:
        return not self.one_sided and not self.tainted


def doubt(claim: Claim, known: Known) -> Doubt:
    """What speaks against taking the claim as one."""
    left, right = undefined(claim.lhs, claim.symbols), undefined(claim.rhs, claim.symbols)
    one_sided = tuple(sorted(left ^ right))
    tainted = tuple(sorted(k for k in left | right if known.taint(k) is not None or known.taint(plain(k)) is not None))
    return Doubt(one_sided, tainted)


def undefined(term: Term, symbols: Mapping[str, Symbol]) -> frozenset[str]:
    """Symbols without definition that a term rests on, definitions expanded, bound ones left out."""
    found: set[str] = set()
    seen: set[str] = set()
    stack: list[Term] = [term]
    while stack:
        t = stack.pop()
        match t:
            case Variable(key=key):
                symbol = symbols.get(key)
                if symbol is not None and symbol.definition is not None:
                    if key not in seen:
                        seen.add(key)
                        stack.append(symbol.definition)
                else:
                    found.add(key)
                    if symbol is not None:
                        found.update(symbol.depends)
            case Differential():
                pass
            case _:
                if hasattr(t, "elementwise"):
                    found.add(t.key)
        stack.extend(children(t))
    return frozenset(found)
