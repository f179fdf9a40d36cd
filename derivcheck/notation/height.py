"""How high a tree is, without recursion: later stages recurse over trees and must be able to."""

from __future__ import annotations

from collections.abc import Iterator

from derivcheck.notation.tree import Node


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below, in order of writing."""
    for name in node.__dataclass_fields__:
        yield from _nodes(getattr(node, name))


def height_exceeds(node: Node, limit: int) -> bool:
    level = [node]
    for _ in range(limit):
        level = [child for parent in level for child in children(parent)]
        if not level:
            return False
    return True


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, Node):
        yield value
