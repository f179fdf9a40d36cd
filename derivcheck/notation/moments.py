"""Names of moments of random quantities."""

from __future__ import annotations

from dataclasses import dataclass

from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.transposes import TRANSPOSES
from derivcheck.notation.walk import subtrees

VARIANCES = frozenset({"Var", "var", "VAR"})
COVARIANCES = frozenset({"Cov", "cov", "COV"})
EXPECTATIONS = frozenset({"bb:E", "rm:E", "sf:E"})  # by their font; a plain E may be anything
SIGNS = EXPECTATIONS | {"bb:P", "bb:V"}


def is_moment(head: tree.Node) -> bool:
    """𝔼, Var, Cov, by their looks."""
    name = head.base if isinstance(head, tree.Script) else head
    if isinstance(name, tree.Name):
        return name.text in VARIANCES | COVARIANCES
    return symbol_key(name) in SIGNS


def is_expectation(head: tree.Node) -> bool:
    """𝔼, or E where that is one."""
    return symbol_key(head.base if isinstance(head, tree.Script) else head) in EXPECTATIONS | {"E", "bf:E"}


def may_be_moment(head: tree.Node) -> bool:
    """Those, and E."""
    name = head.base if isinstance(head, tree.Script) else head
    return is_moment(head) or symbol_key(name) in ("E", "bf:E")


BARS = frozenset({"|", "\\mid", "\\vert"})


def conditioned(body: tree.Node) -> tuple[tree.Node, tuple[tree.Node, ...]]:
    """(Y, (X,)) of `Y \\mid X`, (Y, ()) of anything without a bar; (body, ()) where it stands elsewhere."""
    match body:
        case tree.Sequence(items=(first, *given), separators=(bar, *commas)) if bar in BARS and BARS.isdisjoint(commas):
            return first, tuple(given)
        case _:
            return body, ()


@dataclass(frozen=True, slots=True)
class Told:
    """What an equation tells of the law of a symbol: its mean, its covariance, or E[x xᵀ]."""

    key: str
    mean: tree.Node | None = None
    covariance: tree.Node | None = None
    square: tree.Node | None = None


def told(left: tree.Node, right: tree.Node) -> Told | None:
    """`E[x] = μ`, `Var(x) = σ²`, `E[x xᵀ] = Q`: a moment of a symbol is given a value that does not hold the symbol."""
    match left:
        case tree.Juxt(items=(head, tree.Fence(body=body))) if may_be_moment(head):
            pass
        case _:
            return None
    body, _ = conditioned(body)
    subject, square = _squared(body) if is_expectation(head) else (body, False)
    if isinstance(subject, tree.Sequence):  # Cov(x, x)
        subject = subject.items[0] if len(set(subject.items)) == 1 else subject
    key = symbol_key(subject)
    parts = list(subtrees(right))
    if key is None or any(symbol_key(n) == key or may_be_moment(n) for n in parts):
        return None
    if square:
        return Told(key, square=right)
    return Told(key, mean=right) if is_expectation(head) else Told(key, covariance=right)


def _squared(body: tree.Node) -> tuple[tree.Node, bool]:
    """(x, true) of x xᵀ and x², (body, false) of anything else."""
    match body:
        case tree.Juxt(items=(first, tree.Script(base=base, sub=None, sup=sup))) if first == base and sup is not None:
            return (first, True) if symbol_key(sup) in TRANSPOSES else (body, False)
        case tree.Script(base=base, sub=None, sup=tree.Num(text="2"), primes=0):
            return base, True
        case _:
            return body, False
