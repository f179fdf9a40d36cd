"""One-edit mutants of a claim: transposes, swaps, signs, factors, dropped terms, inverses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prove_terms import T, add, apply, claim, inv, neg, num, sc

from derivcheck.terms.term import Apply, Claim, Derivative, Differential, Entry, Fold, Index, Term, Variable


def edits(t: Term) -> Iterator[Term]:
    """Single edits at this node, some of them ill-shaped (then skipped) or without effect (then true)."""
    match t:
        case Variable():
            yield from (T(t), inv(t)) if t.shape[0] == t.shape[1] and t.shape[0].constant != 1 else ()
            return
        case Apply(operator="transpose" | "inverse" | "negate", args=(inner,)) if inner.shape == t.shape:
            yield inner
        case Apply(operator="matmul" | "kronecker" | "khatri_rao", args=args):
            for i in range(len(args) - 1):
                yield _again(t, (*args[:i], args[i + 1], args[i], *args[i + 2 :]))
            for i in range(len(args)):
                if len(args) > 2:
                    yield _again(t, args[:i] + args[i + 1 :])
        case Apply(operator="add", args=args):
            for i in range(len(args)):
                yield add(*args[:i], neg(args[i]), *args[i + 1 :])
                yield args[1 - i] if len(args) == 2 else add(*args[:i], *args[i + 1 :])
        case Apply(operator="commutation", dims=(m, n)):
            yield apply("commutation", (), (n, m))
        case Entry(base=base, row=row, column=column) if isinstance(row, Index) and isinstance(column, Index):
            yield Entry(base, column, row)
        case _:
            pass
    yield neg(t)
    yield sc(num(2), t)
    if t.shape[0] == t.shape[1] and t.shape[0].constant != 1:
        yield T(t)


def _again(t: Apply, args: tuple[Term, ...]) -> Term:
    return apply(t.operator, args, t.dims)


def everywhere(t: Term) -> Iterator[Term]:
    """The term with one edit somewhere in it."""
    try:
        for edited in edits(t):
            if edited.shape == t.shape:
                yield edited
    except ValueError:
        pass
    match t:
        case Apply(args=args):
            for i, a in enumerate(args):
                for b in everywhere(a):
                    yield _again(t, (*args[:i], b, *args[i + 1 :]))
        case Fold(body=body) | Entry(base=body):
            name = "body" if isinstance(t, Fold) else "base"
            for b in everywhere(body):
                yield replace(t, **{name: b})
        case Differential(operand=operand) | Derivative(operand=operand):
            if not isinstance(operand, Variable):
                for b in everywhere(operand):
                    yield replace(t, operand=b)
        case _:
            pass


def mutants(original: Claim) -> Iterator[Claim]:
    words = {k: " ".join(sorted(s.properties)) for k, s in original.symbols.items()}
    for side in ("lhs", "rhs"):
        for edited in everywhere(getattr(original, side)):
            changed = replace(original, **{side: edited})
            yield replace(claim(changed.lhs, changed.rhs, words), free=original.free)
