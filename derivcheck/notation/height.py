"""How high a tree is, without recursion: later stages recurse over trees and must be able to."""

from __future__ import annotations

from derivcheck.notation.tree import Node
from derivcheck.notation.walk import children


def height_exceeds(node: Node, limit: int) -> bool:
    level = [node]
    for _ in range(limit):
        level = [child for parent in level for child in children(parent)]
        if not level:
            return False
    return True

