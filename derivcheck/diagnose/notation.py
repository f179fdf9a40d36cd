"""How the author writes a transpose: in the equation, else in its display, else elsewhere in the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from derivcheck.context.facts import Convention, DefinitionFact, HypothesisFact
from derivcheck.diagnose.places import TRANSPOSES, is_transpose
from derivcheck.diagnose.primes import PRIME
from derivcheck.diagnose.render import balanced
from derivcheck.documents.model import Macro
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse
from derivcheck.notation.printer import to_latex
from derivcheck.notation.walk import subtrees
from derivcheck.readings.known import Known

Mark = tuple[tree.Node, str]  # the sign, and the text that puts it on a base: (\\top, "^\\top")
_IN_TEXT = re.compile(
    r"\^\s*(?:\\(?:top|intercal|mathsf|mathrm|rm|sf)(?![a-zA-Z])(?:\s*\{?[Tt]\}?)?|\{[^{}]{1,12}(?:\{[Tt]\})?\s*\}|T(?![a-zA-Z]))"
)
_MAX_FACTS = 200
_LONGEST = 24
_MAX_MACROS = 100


def transpose_mark(sides: Iterable[tree.Node], text: str, known: Known, macros: Mapping[str, Macro]) -> Mark:
    """The transpose sign in force, `^\\top` when the document shows none."""
    if known.has(Convention.PRIME_TRANSPOSE):
        return PRIME, "'"
    for side in sides:
        for node, sup in _marked(side):
            return sup, _text_of(node, text, sup, macros)
    for match in _IN_TEXT.finditer(text):
        read = _read(match.group(), macros)
        if read is not None:
            return read, match.group()
    for name in list(macros)[:_MAX_MACROS]:
        read = _read(name, macros)
        if read is not None:
            return read, name
    for fact in known.contexts.facts[-_MAX_FACTS:]:
        for root in _trees(fact):
            for _, sup in _marked(root):
                return sup, _plain(sup)
    top = tree.Sym("\\top")
    return top, "^\\top"


def _marked(root: tree.Node) -> Iterator[tuple[tree.Script, tree.Node]]:
    for node in subtrees(root):
        if isinstance(node, tree.Script) and node.sup is not None and symbol_key(node.sup) in TRANSPOSES:
            yield node, node.sup


def _trees(fact: object) -> tuple[tree.Node, ...]:
    match fact:
        case DefinitionFact(left=left, right=right):
            return (left, right)
        case HypothesisFact(relation=relation):
            return (relation,)
        case _:
            return ()


def _text_of(node: tree.Script, text: str, sup: tree.Node, macros: Mapping[str, Macro]) -> str:
    """What stands behind the base in the source, when it puts the same sign on any base."""
    if node.sub is None and not node.primes and node.base.end < node.end <= len(text):
        mark = text[
            balanced(text, node.base.start, node.base.end)[1] : balanced(text, node.start, node.end)[1]
        ]
        if len(mark) <= _LONGEST and _read(mark, macros) == sup:
            return mark
    return _plain(sup)


def _read(mark: str, macros: Mapping[str, Macro]) -> tree.Node | None:
    """The transpose sign that a mark puts on a letter."""
    match parse(tokenize("X" + mark, macros), "X" + mark):
        case tree.Script(base=tree.Sym(name="X"), sub=None, sup=sup, primes=0) if (
            sup is not None and is_transpose(sup)
        ):
            return sup
        case _:
            return None


def _plain(sup: tree.Node) -> str:
    text = to_latex(sup)
    return "^" + (text if len(text) == 1 or text[1:].isalpha() else f"{{{text}}}")
