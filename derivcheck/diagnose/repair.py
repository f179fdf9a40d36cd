"""Repair search: single edits of a false link, each re-verified before it is spoken of."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from derivcheck.diagnose.edits import KINDS, EditKind, Scene, whole_sign
from derivcheck.diagnose.model import Diagnosis, Edit
from derivcheck.diagnose.paths import places, replaced
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.verify.decide import decide
from derivcheck.verify.evidence import Agreed

if TYPE_CHECKING:
    from derivcheck.judge.settle import Question, Settled

_SECONDS = 1.0
_CANDIDATES = 600
_WANTED = 6
_SIGN = EditKind("sign", "DC103", 1, True, whole_sign)


@dataclass(frozen=True, slots=True)
class Limits:
    """structural_only: only transpose, sign, swap, factor and inverse edits count (a symbol stands on one side only)."""

    structural_only: bool = False


def diagnose(question: Question, settled: Settled, text: str, limits: Limits) -> Diagnosis | None:
    """The smallest edit of either side that makes the link hold; None when there is none within the caps."""
    scene = _scene(question, text)
    choice = settled.best.reading.choice
    found: list[Edit] = []
    tried = 0
    deadline = time.monotonic() + _SECONDS
    for edit, side, node in _candidates(question, scene, limits):
        if tried >= _CANDIDATES or time.monotonic() > deadline or (found and edit.size > found[0].size + 1):
            break
        other = question.rhs if side == "lhs" else question.lhs
        if node == other:
            continue
        tried += 1
        changed = replace(question, lhs=node) if side == "lhs" else replace(question, rhs=node)
        reading = changed.read(choice)
        if reading.claim is None or reading.claim.lhs == reading.claim.rhs:
            continue
        if isinstance(decide(reading.claim, seconds=0.2), Agreed):
            found.append(edit)
            if len(found) >= _WANTED:
                break
    if not found:
        return None
    best = found[0]
    return Diagnosis(best.rule, _message(best), best, len(found) - 1)


def _message(edit: Edit) -> str:
    if edit.kind == "transpose":
        return "a transpose is missing" if len(edit.new) > len(edit.old) else "a transpose too many"
    if edit.kind == "inverse":
        return "an inverse is missing" if len(edit.new) > len(edit.old) else "an inverse too many"
    return {
        "sign": "wrong sign",
        "factors swapped": "factors in the wrong order",
        "Kronecker factors swapped": "operands in the wrong order",
        "scalar factor": "wrong numerical factor",
        "exponent": "wrong exponent",
        "index": "wrong index",
        "function": "wrong function",
        "symbol": "wrong symbol",
        "extra term": "a term too many",
        "extra factor": "a factor too many",
    }[edit.kind]


def _candidates(question: Question, scene: Scene, limits: Limits) -> Iterator[tuple[Edit, str, tree.Node]]:
    """Edits by size, the right side first."""
    sides = (("rhs", question.rhs), ("lhs", question.lhs))
    for size in sorted({k.size for k in KINDS}):
        for name, root in sides:
            if size == _SIGN.size:
                yield from _edits_at(_SIGN, (), root, name, root, scene)
            for path, node in places(root):
                for kind in KINDS:
                    if kind.size == size and (kind.structural or not limits.structural_only):
                        yield from _edits_at(kind, path, node, name, root, scene)


def _edits_at(
    kind: EditKind, path: tuple[tuple[str, int], ...], node: tree.Node, side: str, root: tree.Node, scene: Scene
) -> Iterator[tuple[Edit, str, tree.Node]]:
    for new, text in kind.variants(node, scene):
        edit = Edit(kind.name, kind.rule, side, node.start, node.end, scene.text[node.start : node.end], text, kind.size)
        yield edit, side, replaced(root, path, new)


def _scene(question: Question, text: str) -> Scene:
    transpose: tree.Node = tree.Sym("\\top")
    symbols: list[tree.Node] = []
    indices: list[tree.Sym] = []
    for root in question.nodes:
        for node in subtrees(root):
            match node:
                case tree.Script(sup=sup) if sup is not None and symbol_key(sup) in ("T", "\\top", "\\intercal", "sf:T", "rm:T", "rm:t", "sf:t"):
                    transpose = sup
                case tree.Sym(name=name) if name not in ("\\partial", "\\nabla", "d", "\\top", "\\intercal", "T"):
                    if node not in symbols and len(symbols) < 12:
                        symbols.append(node)
                case _:
                    pass
            if isinstance(node, tree.Script) and node.sub is not None:
                for s in subtrees(node.sub):
                    if isinstance(s, tree.Sym) and s not in indices and len(s.name) == 1:
                        indices.append(s)
    return Scene(text, transpose, tuple(symbols), tuple(indices))
