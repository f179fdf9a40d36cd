"""Where and how a statement is made: what every fact builder needs to know about its place."""

from __future__ import annotations

from dataclasses import dataclass

from derivcheck.context.facts import PropertyFact, Scope, ShapeFact, TaintFact
from derivcheck.documents.model import Span


@dataclass(frozen=True, slots=True)
class Site:
    """`scope` is that of shapes, `narrow` of properties ("square" is one) and constraints, `forward` of definitions.

    `marked`: a define-word governs it; `derived`: it is announced as a consequence, so it constrains nothing;
    `conditional`: a word such as if, let, where governs it; `spent`: it is the condition of a sentence that has said
    what follows from it, so that it defines nothing for what follows.
    """

    span: Span
    item: int
    scope: Scope
    narrow: Scope
    forward: Scope
    marked: bool = False
    derived: bool = False
    conditional: bool = False
    spent: bool = False
    lasting: Scope | None = None  # of meanings that a document gives once (the commutation matrix)

    def shape(self, key: str, kind: str, rows: str = "", cols: str = "", like: str = "") -> ShapeFact:
        scope = self.narrow if kind == "square" and not rows and not cols else self.scope
        return ShapeFact(self.span, scope, self.item, key, kind, rows, cols, like)

    def property(self, key: str, prop: str) -> PropertyFact:
        return PropertyFact(self.span, self.narrow, self.item, key, prop)

    def taint(self, key: str, words: str) -> TaintFact:
        return TaintFact(self.span, self.narrow, self.item, key, " ".join(words.split())[:80])

    def sized(self, key: str, rows: str, cols: str) -> ShapeFact:
        """A shape fact of the kind that rows × cols implies."""
        if rows == cols == "1":
            return self.shape(key, "scalar", "1", "1")
        if cols == "1":
            return self.shape(key, "column", rows, "1")
        if rows == "1":
            return self.shape(key, "row", "1", cols)
        return self.shape(key, "square" if rows == cols else "matrix", rows, cols)
