"""What the records say operators look like is what the notation layer reads."""

from __future__ import annotations

import pytest

from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse
from derivcheck.notation.tree import Infix, Name, Node, Opaque
from derivcheck.notation.walk import subtrees
from derivcheck.operators.table import BY_NOTATION, OPERATORS

_INFIX = (
    ":", "\\ast", "\\bmod", "\\cdot", "\\circ", "\\circledast", "\\odot", "\\oplus", "\\oslash", "\\otimes", "\\times",
)  # fmt: skip


def _read(latex: str) -> Node:
    tree = parse(tokenize(latex), latex)
    assert not any(isinstance(node, Opaque) for node in subtrees(tree))
    return tree


@pytest.mark.parametrize("name", [n for n, o in OPERATORS.items() if o.latex is not None])
def test_template_can_be_read(name: str) -> None:
    operator = OPERATORS[name]
    count = max(len(s.inputs) for s in operator.signatures)
    letters = "PQRSUVWXYZ"[:count]
    tree = _read(operator.latex.format(*letters))
    seen = {getattr(node, "name", "") for node in subtrees(tree)}
    unescaped = operator.latex.replace("{{", "").replace("}}", "")
    used = {x for k, x in enumerate(letters) if f"{{{k}}}" in unescaped}
    assert used <= seen


@pytest.mark.parametrize("word", sorted(w for w in BY_NOTATION if not w.startswith("\\") and len(w) > 1))
def test_function_name_is_one_name(word: str) -> None:
    tree = _read(f"\\operatorname{{{word}}}(X)")
    words = [getattr(node, "text", getattr(node, "op", "")) for node in subtrees(tree)]
    assert word in words


@pytest.mark.parametrize("sign", _INFIX)
def test_infix_sign_joins_two_operands(sign: str) -> None:
    tree = _read(f"X {sign} Y")
    assert isinstance(tree, Infix)
    assert tree.op == sign


def test_an_undefined_name_is_not_in_the_table() -> None:
    assert "frobnicate" not in BY_NOTATION
    assert isinstance(_read("\\operatorname{frobnicate}"), Name)
