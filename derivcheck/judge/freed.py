"""Definitions that stand in the way of what moves: after F = RU, dF/dt with R and U of which no rate is spoken.

What holds with such a symbol free holds for every value of it; what is false then says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from derivcheck.judge.question import Question
from derivcheck.notation import tree
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.keys import base_key, symbol_key, symbol_keys
from derivcheck.notation.walk import subtrees
from derivcheck.readings.known import Known
from derivcheck.readings.variation import survey

_MAX_DEFINITIONS = 12


def freed(question: Question) -> Question | None:
    """The question without the definitions of what it differentiates, or differentiates by, that are made of nothing
    else that varies; None where there are none."""
    known = question.known
    made_of = _made_of(question.nodes, known)
    varying = _varying((*question.nodes, *(d for d, _ in made_of.values())))
    keys = frozenset(k for k in varying if _is_defined(known, k) and not _reached(k, made_of) & (varying - {k}))
    if not keys:
        return None
    free = known.freeing(keys)
    return replace(question, known=free, chain=survey(question.nodes, question.nodes, free))


def _is_defined(known: Known, key: str) -> bool:
    return known.definition(key) is not None or known.by_members(key) is not None


def _made_of(roots: Iterable[tree.Node], known: Known) -> dict[str, tuple[tree.Node, frozenset[str]]]:
    """What the symbols are defined to be, and the symbols of that."""
    found: dict[str, tuple[tree.Node, frozenset[str]]] = {}
    waiting = list(symbol_keys(*roots))
    while waiting and len(found) < _MAX_DEFINITIONS:
        key = waiting.pop(0)
        definition = known.definition(key) if key not in found else None
        if definition is not None:
            found[key] = (definition.right, frozenset(symbol_keys(definition.right)))
            waiting.extend(sorted(found[key][1]))
    return found


def _reached(key: str, made_of: dict[str, tuple[tree.Node, frozenset[str]]]) -> frozenset[str]:
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        if (made := made_of.get(waiting.pop())) is not None:
            waiting.extend(sorted(made[1] - seen))
            seen |= made[1]
    return frozenset(seen)


def _varying(roots: Iterable[tree.Node]) -> frozenset[str]:
    """The symbols under dots, and those by which derivatives are taken."""
    found: set[str | None] = set()
    for node in (n for root in roots for n in subtrees(root)):
        match node:
            case tree.Accent(accent="dot" | "ddot", body=body):
                found.add(symbol_key(body))
            case tree.Frac(num=num, den=den) if (split := split_derivative(num, den)) is not None:
                found |= {symbol_key(v) for v in split[1]} | {base_key(v) for v in split[1]}
                found |= {f"bf:{base_key(v)}" for v in split[1] if base_key(v) is not None}  # 𝐅 of F_ij
            case _:
                pass
    return frozenset(key for key in found if key is not None)
