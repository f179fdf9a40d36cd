"""Under which names a fact is found, besides the symbol that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from derivcheck.context.facts import DefinitionFact, Fact, MeaningFact, ShapeFact
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key


class Named(Enum):
    """In which way a fact speaks of a name."""

    ITSELF = auto()  # a declaration of the symbol
    MEMBERS = auto()  # a definition of the members or entries of the symbol: `p_k = …` of p
    OPERATOR = auto()  # a definition of an operator by its effect on a function: `D F(X) := …` of D
    INFIX = auto()  # a definition of an infix sign: `A * B := …` of *
    SUBSCRIPTED = auto()  # what a letter with subscripts means: K_{mn} of K


def names_of(fact: Fact) -> Iterator[tuple[Named, str]]:
    """All names under which a fact is found."""
    match fact:
        case ShapeFact(key=key):
            yield Named.ITSELF, key
        case MeaningFact(key=key):
            yield from ((Named.SUBSCRIPTED, key[:at]) for at, sign in enumerate(key) if sign == "_")
        case DefinitionFact(left=left):
            if (base := member_base(left)) is not None:
                yield Named.MEMBERS, base
            match left:
                case tree.Juxt(items=(tree.Sym() as sign, tree.Sym(), tree.Fence(open="("))):
                    yield Named.OPERATOR, symbol_key(sign) or ""
                case tree.Infix(op=op, left=one, right=other):
                    if symbol_key(one) is not None and symbol_key(other) not in (None, symbol_key(one)):
                        yield Named.INFIX, op
                case _:
                    pass
        case _:
            pass


def member_base(left: tree.Node) -> str | None:
    """The symbol whose members a definition's left side speaks of: `p_k` → p, `[A]_{ij}` → A."""
    match left:
        case tree.Juxt(items=(head, tree.Fence(open="("))):
            return member_base(head)
        case tree.Script(base=tree.Fence(open="[" | "(", body=body), sub=sub, sup=None) if sub is not None:
            return symbol_key(body)
        case tree.Script(base=tree.Sym() | tree.Accent() as base, sub=sub, sup=None, primes=primes) if sub is not None:
            return symbol_key(tree.Script(base, primes=primes) if primes else base)
        case _:
            return None
