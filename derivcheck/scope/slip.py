"""A slip: a mistake in how a variable is bound, visible in what is written."""

from __future__ import annotations

from dataclasses import dataclass

from derivcheck.notation.tree import Node


@dataclass(frozen=True, slots=True)
class Slip:
    """`node` is what is wrong; `links` are the (chain, link) of the display that hold it."""

    rule: str
    message: str
    node: Node
    links: tuple[tuple[int, int], ...] = ()

    @property
    def start(self) -> int:
        """An offset in the text of the block, as is `end`."""
        return self.node.start

    @property
    def end(self) -> int:
        return self.node.end
