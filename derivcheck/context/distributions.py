"""What `x \\sim N(\\mu, \\Sigma)` declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from derivcheck.context.facts import Fact, LawFact, MeaningFact
from derivcheck.context.site import Site
from derivcheck.context.subjects import Subject, colon, subject, subjects
from derivcheck.notation.moments import Told
from derivcheck.notation.tree import Fence, Juxt, Node, Script, Sequence, Sym
from derivcheck.notation.walk import subtrees
from derivcheck.statements.model import Member


def distributed(nodes: tuple[Node, ...], law: Member, site: Site) -> Iterator[Fact]:
    """x ∼ N(μ, Σ): x is random, Σ a covariance, x and μ are vectors; the name of the law
    (`P: x`) is left out."""
    drawn = subjects(tuple(named[1] if (named := colon(n)) else n for n in nodes))
    for s in drawn:
        yield site.property(s.key, "random")
        yield site.taint(s.key, f"distributed as {law.latex}")
        if (parameters := _normal(law.node)) is not None:
            if is_matrix_valued(parameters[1]):
                yield site.shape(s.key, "vector")
            yield LawFact(site.span, site.narrow, site.item, s.key, *parameters, normal=True)
    covariance, mean = subjects(_normal_covariance(law.node)), subjects(_normal_mean(law.node))
    for s in covariance:
        yield site.property(s.key, "spd")
        of = tuple(dict.fromkeys(x.key for x in (*drawn, *mean)))
        if of:
            yield MeaningFact(site.span, site.scope, site.item, s.key, "covariance", of)
    for s in (*drawn, *mean) if covariance else ():
        yield site.shape(s.key, "vector")


def named_normal(node: Node, site: Site) -> Iterator[Fact]:
    """The normal laws N(μ, Σ) and densities N(x | μ, Σ) of which a formula speaks: Σ is a covariance, μ a vector."""
    for law in _laws(node):
        covariance, mean = subjects(_normal_covariance(law)), subjects(_normal_mean(law))
        for s in covariance:
            yield site.property(s.key, "spd")
            if s.key != s.letter:  # a member Σ_k of a family, which else might be an entry of Σ
                yield replace(site.shape(s.key, "square"), in_passing=True)
        for s in mean if covariance else ():
            yield replace(site.shape(s.key, "vector"), in_passing=True)


def _laws(node: Node) -> Iterator[Node]:
    """N(…) in a formula, whatever stands before and after it."""
    for part in subtrees(node):
        if isinstance(part, Juxt):
            yield from (Juxt(pair) for pair in pairwise(part.items) if _normal(Juxt(pair)) is not None)


def _normal(node: Node) -> tuple[Node, Node] | None:
    """(μ, Σ) of N(μ, Σ), N(x | μ, Σ) and N(x; μ, Σ)."""
    match node:
        case Juxt(items=(Sym(name="N"), Fence(body=Sequence(items=(mean, covariance), separators=(",",))))):
            return mean, covariance
        case Juxt(items=(Sym(name="N"), Fence(body=Sequence(items=(_, mean, covariance), separators=(sign, ","))))):
            return (mean, covariance) if sign in _GIVEN else None
        case _:
            return None


_GIVEN = frozenset({"\\mid", "|", "\\vert", ";"})


def _normal_mean(node: Node) -> tuple[Node, ...]:
    """μ of N(μ, Σ)."""
    found = _normal(node)
    return () if found is None else (found[0],)


def is_capital(s: Subject) -> bool:
    """Whether a covariance is a matrix, by its letter."""
    return s.letter.lstrip("\\")[:1].isupper() and s.letter != "I"


def _normal_covariance(node: Node) -> tuple[Node, ...]:
    """Σ of N(μ, Σ), N(μ, σ²Σ), N(μ, (τΣ)^{-1}): the one capital of the last argument."""
    found = _normal(node)
    if found is None:
        return ()
    named = {s.key: n for n in subtrees(found[1]) if (s := subject(n)) and is_capital(s)}
    inner = {s.key for n in named.values() if isinstance(n, Script) and (s := subject(n.base))}
    outer = [n for key, n in named.items() if key not in inner]
    return tuple(outer) if len(outer) == 1 else ()


def is_matrix_valued(covariance: Node) -> bool:
    """Whether a covariance is a matrix by its letters: Σ, σ²I, L Lᵀ."""
    return any((s := subject(n)) is not None and (is_capital(s) or s.letter == "I") for n in subtrees(covariance))


def law_told(law: Told, site: Site) -> Iterator[Fact]:
    """`E[ε] = 0`, `Var(ε) = σ²I`."""
    yield site.property(law.key, "random")
    yield LawFact(site.span, site.narrow, site.item, law.key, law.mean, law.covariance, law.square)
    spread = law.covariance or law.square
    if spread is not None and is_matrix_valued(spread):
        yield site.shape(law.key, "vector")
        for s in subjects((spread,)):
            yield site.property(s.key, "psd")
