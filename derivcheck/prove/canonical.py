"""Canonical names of connected networks: colour refinement, then individualisation where that stops."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from derivcheck.prove.graph import Node
from derivcheck.prove.proof import OutOfReach
from derivcheck.terms.dim import Dim

MAX_LEAVES = 720  # labellings tried per component before giving up

Colours = list[int]


class _Component:
    """Vertices are the nodes, then the inner indices; open indices are labels."""

    def __init__(self, nodes: Sequence[Node], labels: Mapping[int, str], dims: Mapping[int, Dim]) -> None:
        self.nodes = nodes
        self.labels = labels
        self.inner = sorted({leg for n in nodes for leg in n.legs if leg not in labels})
        self.vertex = {index: len(nodes) + i for i, index in enumerate(self.inner)}
        self.dims = [str(dims[index]) for index in self.inner]
        self.touching: list[list[tuple[int, int]]] = [[] for _ in self.inner]
        for i, node in enumerate(nodes):
            for position, leg in enumerate(node.legs):
                if leg in self.vertex:
                    self.touching[self.vertex[leg] - len(nodes)].append(
                        (i, 0 if node.symmetric else position)
                    )
        self.leaves = 0

    def leg_name(self, leg: int, colours: Colours) -> tuple[str, int]:
        return (self.labels[leg], -1) if leg in self.labels else ("", colours[self.vertex[leg]])

    def described(self, node: Node, colours: Colours) -> tuple[str, tuple[tuple[str, int], ...]]:
        legs = tuple(self.leg_name(leg, colours) for leg in node.legs)
        return node.label, tuple(sorted(legs)) if node.symmetric else legs

    def refined(self, colours: Colours) -> Colours:
        size = len(self.nodes)
        while True:
            signatures: list[tuple[Any, ...]] = [
                (0, colours[i], *self.described(node, colours)) for i, node in enumerate(self.nodes)
            ]
            signatures += [
                (1, colours[size + i], self.dims[i], tuple(sorted((colours[n], p) for n, p in touching)))
                for i, touching in enumerate(self.touching)
            ]
            ranks = {s: r for r, s in enumerate(sorted(set(signatures)))}
            finer = [ranks[s] for s in signatures]
            if len(ranks) == len(set(colours)):
                return finer
            colours = finer

    def least(self, colours: Colours) -> str:
        colours = self.refined(colours)
        classes: dict[int, list[int]] = {}
        for vertex, colour in enumerate(colours):
            classes.setdefault(colour, []).append(vertex)
        tied = sorted((c, vs) for c, vs in classes.items() if len(vs) > 1)
        tied = [(c, vs) for c, vs in tied if not self.same_node(vs)]
        if not tied:
            self.leaves += 1
            if self.leaves > MAX_LEAVES:
                raise OutOfReach("too symmetric a network")
            return self.spelled(colours)
        _, vertices = tied[0]
        best: str | None = None
        for v in vertices:
            one = [2 * c for c in colours]
            one[v] -= 1
            text = self.least(one)
            best = text if best is None or text < best else best
        assert best is not None
        return best

    def same_node(self, vertices: list[int]) -> bool:
        """Are these copies of one and the same node (same label, same legs)? Their order does not matter."""
        if vertices[0] >= len(self.nodes):
            return False
        first = self.nodes[vertices[0]]
        legs = sorted(first.legs) if first.symmetric else list(first.legs)
        return all(
            (sorted(self.nodes[v].legs) if first.symmetric else list(self.nodes[v].legs)) == legs
            for v in vertices[1:]
        )

    def spelled(self, colours: Colours) -> str:
        """Names the component in full: nodes with their legs, inner indices with their dimensions."""
        order = sorted(range(len(self.inner)), key=lambda i: colours[len(self.nodes) + i])
        number = {self.inner[i]: k for k, i in enumerate(order)}
        spelled = []
        for node in self.nodes:
            legs = [self.labels.get(leg) or str(number[leg]) for leg in node.legs]
            spelled.append(f"{node.label}({','.join(sorted(legs) if node.symmetric else legs)})")
        dims = ",".join(self.dims[i] for i in order)
        return "·".join(sorted(spelled)) + (f"[{dims}]" if dims else "")


def component_name(nodes: Sequence[Node], labels: Mapping[int, str], dims: Mapping[int, Dim]) -> str:
    """The same text for isomorphic components and for no others."""
    component = _Component(nodes, labels, dims)
    if not component.inner:
        return component.spelled([])
    return component.least([0] * (len(nodes) + len(component.inner)))


def components(nodes: Sequence[Node], open_indices: frozenset[int]) -> list[list[Node]]:
    """Groups of nodes connected through inner indices."""
    by_index: dict[int, int] = {}
    parent = list(range(len(nodes)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, node in enumerate(nodes):
        for leg in node.legs:
            if leg not in open_indices:
                j = by_index.setdefault(leg, i)
                parent[find(i)] = find(j)
    groups: dict[int, list[Node]] = {}
    for i, node in enumerate(nodes):
        groups.setdefault(find(i), []).append(node)
    return list(groups.values())
