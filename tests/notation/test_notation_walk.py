"""Children of surface nodes: none forgotten, in the order written."""

from __future__ import annotations

from dataclasses import fields

import pytest

from derivcheck.notation import tree
from derivcheck.notation.walk import children, rewrite, subtrees

A, B, C = tree.Sym("a"), tree.Sym("b"), tree.Sym("c")


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (tree.Num("1"), ()),
        (tree.Script(A, None, B), (A, B)),
        (tree.Juxt((A, B, C), (True, False)), (A, B, C)),
        (tree.Big("sum", A, B, C), (A, B, C)),
        (tree.Grid("matrix", ".", ".", ((A, B), (C,))), (A, B, C)),
        (tree.Add(("+", "-"), (A, B)), (A, B)),
        (tree.Styled("cancel", A, B), (A, B)),
        (tree.Sequence((A, B), (",",)), (A, B)),
    ],
)
def test_children(node: tree.Node, expected: tuple[tree.Node, ...]) -> None:
    assert children(node) == expected


def test_no_field_that_holds_nodes_is_forgotten() -> None:
    """A field is either of nodes, in one of the four forms that are walked, or of plain values."""
    walked = {"Node", "Node | None", "tuple[Node, ...]", "tuple[tuple[Node, ...], ...]"}
    for kind in tree.Node.__args__:
        for field in fields(kind):
            assert "Node" not in str(field.type) or str(field.type) in walked, (kind, field.name)


def test_rewriting_changes_what_it_is_told_to() -> None:
    node = tree.Frac(tree.Juxt((A, B)), tree.Script(A, sub=C))
    renamed = rewrite(node, lambda n: tree.Sym("z") if n == A else None)
    assert [n.name for n in subtrees(renamed) if isinstance(n, tree.Sym)] == ["z", "b", "z", "c"]
    assert rewrite(node, lambda n: None) == node
