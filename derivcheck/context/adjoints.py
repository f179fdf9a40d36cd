r"""A mark for derivatives: after "$\bar X = \partial L/\partial X$" the bar over any letter means the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from derivcheck.context.facts import DefinitionFact, Fact
from derivcheck.notation.derivatives import split_derivative
from derivcheck.notation.tree import Accent, Frac, Infix, Node, Sym
from derivcheck.notation.walk import rewrite, subtrees
from derivcheck.statements.model import Display

_MARKS = frozenset({"bar", "overline", "tilde", "widetilde", "hat", "widehat", "dot", "check"})


def marked_derivatives(facts: Sequence[Fact], displays: Mapping[int, Display]) -> Iterator[DefinitionFact]:
    """The definitions of all other letters with a mark that a definition of one explains; those that the text defines
    otherwise keep what it says."""
    defined = [f for f in facts if isinstance(f, DefinitionFact)]
    own = {f.left for f in defined}
    for fact in defined:
        letter = _letter(fact)
        if letter is None or not isinstance(fact.left, Accent):
            continue
        for other in _marked(displays, fact.left.accent):
            left = replace(fact.left, body=other)
            if other != letter and left not in own:
                own.add(left)
                yield replace(fact, left=left, right=_with(fact.right, letter, other), marked=True)


def _letter(fact: DefinitionFact) -> Sym | None:
    """X of X̄ = ∂L/∂X, where L is something else."""
    match fact.left, fact.right:
        case Accent(accent=mark, body=Sym() as letter), Frac(num=num, den=den) | Infix(op="/", left=num, right=den):
            split = split_derivative(num, den) if mark in _MARKS else None
            if split is None or split[0] is None or split[1] != (letter,):
                return None
            return None if letter in subtrees(split[0]) else letter
        case _:
            return None


def _marked(displays: Mapping[int, Display], mark: str) -> Iterable[Sym]:
    nodes = (n for d in displays.values() for c in d.chains for m in c.members for n in subtrees(m.node))
    marked = (n.body for n in nodes if isinstance(n, Accent) and n.accent == mark)
    return dict.fromkeys(letter for letter in marked if isinstance(letter, Sym))


def _with(right: Node, letter: Sym, other: Sym) -> Node:
    return rewrite(right, lambda node: other if node == letter else None)
