"""Terms with their sizes resolved: one object for one term, so that what was evaluated is found again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from derivcheck.terms.dim import Dim
from derivcheck.terms.term import Apply, Size, Term
from derivcheck.terms.walk import children, with_children

Found = Mapping[int, tuple[Term, Term]]  # by identity: a term and what it became


class Resolution:
    """Resolves terms with one assignment of sizes; `known` are terms resolved before: they stay as they are.

    `variables`: the sizes that occur in what was resolved here.
    """

    def __init__(self, resolve: Callable[[Dim], Dim], known: Found) -> None:
        self._resolve = resolve
        self._known = known
        self.found: dict[int, tuple[Term, Term]] = {}
        self.variables: set[str] = set()

    def of(self, term: Term) -> Term:
        """The term with every dimension resolved."""
        known = self._known.get(id(term)) or self.found.get(id(term))
        if known is not None:
            return known[1]
        below = children(term)
        resolved = tuple(self.of(c) for c in below)
        same = all(a is b for a, b in zip(below, resolved, strict=True))
        new = self._sized(term if same else with_children(term, resolved))
        self.found[id(term)] = (term, new)
        return new

    def _sized(self, term: Term) -> Term:
        shape = (self._dim(term.shape[0]), self._dim(term.shape[1]))
        match term:
            case Apply(dims=dims) if dims:
                return replace(term, shape=shape, dims=tuple(self._dim(d) for d in dims))
            case Size(dim=dim):
                return replace(term, shape=shape, dim=self._dim(dim))
            case _:
                return term if shape == term.shape else replace(term, shape=shape)

    def _dim(self, dim: Dim) -> Dim:
        new = self._resolve(dim)
        self.variables |= new.variables()
        return new
