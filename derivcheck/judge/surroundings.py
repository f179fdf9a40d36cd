"""What stands around a chain: the words before its display, comments, the conditions of its display."""

from __future__ import annotations

from dataclasses import dataclass

from derivcheck.documents.model import Annotation, Document, Heading, MathBlock, ParagraphBreak, Prose
from derivcheck.judge.formula import Formula
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.statements.model import Chain, Connective, Display, RelationKind

_A_SENTENCE = 12  # items between two displays of one chain
_NEAR = 3  # items between a display and the comment that belongs to it


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a chain's display says: its introduction, whether an earlier equation of it is a condition, whether the
    chain may follow from an equation of the display before, its conditions, the symbols it says are distributed in some
    way, the members of the chains nearby, and the formulas of the display with the place of the chain's first."""

    prose: str
    after_condition: bool
    follows: bool
    conditions: tuple[tree.Node, ...]
    distributed: frozenset[str]
    everything: tuple[tree.Node, ...]
    formulas: tuple[Formula, ...]
    first: int
    case: bool = False  # the display gives its first member other values under other conditions


def introduction(document: Document, item: int) -> str:
    """The words that lead to a display: its sentence so far, back to the previous display at most."""
    parts: list[str] = []
    for i in range(item - 1, max(-1, item - 12), -1):
        found = document.items[i]
        match found:
            case Prose(text=text):
                parts.append(text)
            case MathBlock(display=True) | Heading():
                break
            case ParagraphBreak() if parts:
                break
            case _:
                pass
    text = " ".join(reversed(parts)).strip()
    cut = max(text.rstrip(".。 ").rfind(". "), text.rstrip("。").rfind("。"), text.rfind("；"))
    return text[cut + 1 :]


def ignored(document: Document, item: int) -> bool:
    """Whether a comment `derivcheck: ignore` stands right before or right behind the block."""
    for step in (-1, 1):
        i = item + step
        while 0 <= i < len(document.items) and abs(i - item) <= _NEAR:
            found = document.items[i]
            if isinstance(found, Annotation):
                if found.text.strip().split(" ")[0] == "ignore":
                    return True
            elif not isinstance(found, ParagraphBreak) and not (isinstance(found, Prose) and not found.text.strip()):
                break
            i += step
    return False


def goes_on_from(chain: Chain, ended: tuple[int, tree.Node] | None, item: int) -> tree.Node | None:
    """The end of the display before, with which a chain goes on that begins with `=` behind a few words."""
    begins = isinstance(chain.members[0].node, tree.Empty) and chain.relations[0].kind is RelationKind.EQUAL
    return ended[1] if begins and ended is not None and item - ended[0] <= _A_SENTENCE else None


def conditions_of(display: Display) -> tuple[tree.Node, ...]:
    """The relations of the display's condition chains (`if x ≠ 0`)."""
    out: list[tree.Node] = []
    for chain in display.chains:
        if chain.connective is Connective.CONDITION and chain.relations:
            ops = tuple(r.kind.value for r in chain.relations)
            out.append(tree.Rel(tuple(m.node for m in chain.members), ops))
    return tuple(out)


def cases_of(display: Display) -> frozenset[int]:
    """The chains that say, by cases, what one formula is: `y = 1` if … and `y = x` otherwise."""
    chains = [c for c in display.chains if c.relations]
    if not any(c.connective is Connective.CONDITION for c in chains):
        return frozenset()
    firsts = [c.members[0].node for c in chains if c.connective is not Connective.CONDITION]
    return frozenset(k for k, c in enumerate(display.chains) if firsts.count(c.members[0].node) > 1)


def distributed_in(display: Display) -> frozenset[str]:
    """Symbols of which the display says `ε ∼ …`."""
    return frozenset(
        key
        for chain in display.chains
        for member, relation in zip(chain.members, chain.relations, strict=False)
        if relation.latex.strip() == "\\sim" and (key := symbol_key(member.node)) is not None
    )


def implies(display: Display, number: int) -> bool:
    """Whether a chain follows from the one before it."""
    return number < len(display.chains) and display.chains[number].connective in (Connective.IMPLIES, Connective.IFF)
