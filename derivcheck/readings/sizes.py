"""Subscripts read as sizes."""

from __future__ import annotations

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.terms.dim import ONE, Dim


def size_of(node: tree.Node) -> Dim | None:
    """A subscript read as a size: `n`, `nq` (a product), `n^2`, `m+n`, `3`."""
    match node:
        case tree.Num(text=text):
            return Dim.of(int(text)) if text.isdigit() and len(text) < 6 else None
        case tree.Juxt(items=items):
            total = ONE
            for item in items:
                part = size_of(item)
                if part is None:
                    return None
                total = total * part
            return total
        case tree.Infix(op="\\cdot" | "\\times" | "*", left=left, right=right):
            a, b = size_of(left), size_of(right)
            return a * b if a is not None and b is not None else None
        case tree.Script(base=base, sub=None, sup=tree.Num(text=text), primes=0) if text in ("2", "3", "4"):
            part = size_of(base)
            if part is None:
                return None
            total = part
            for _ in range(int(text) - 1):
                total = total * part
            return total
        case tree.Add(signs=signs, terms=terms) if all(s in "+-" for s in signs):
            total = Dim.of(0)
            for s, t in zip(signs, terms, strict=True):
                part = size_of(t)
                if part is None:
                    return None
                total = total + (part if s == "+" else -part)
            return total
        case tree.Fence(open="(", body=body):
            return size_of(body)
        case tree.Sym() | tree.Script() | tree.Accent():
            key = symbol_key(node)
            return Dim.of(key) if key is not None else None
        case _:
            return None
