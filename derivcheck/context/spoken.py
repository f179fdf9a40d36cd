"""Definitions in words: "let $B$ be the inverse of $A$", "where $J(x)$ is the Jacobian of $r$"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from derivcheck.context.facts import DefinitionFact
from derivcheck.notation.moments import may_be_moment
from derivcheck.notation.tree import Accent, Add, Fence, Frac, Juxt, Name, Node, Num, Script, Sqrt, Sym
from derivcheck.notation.walk import subtrees


def inverse(node: Node) -> Node:
    """The inverse of what a node stands for."""
    return Script(Fence("(", ")", node, start=node.start, end=node.end), None, _MINUS_ONE)


def rooted(left: Node, right: Node) -> tuple[Node, Node] | None:
    """(σ, √E) of `σ² = E`, `r² = x_i x_i`: a small letter whose square is given; None for anything else."""
    match left:
        case Script(base=Sym() | Accent(body=Sym()) as letter, sub=sub, sup=Num(text="2"), primes=0):
            base = letter.body if isinstance(letter, Accent) else letter
            parts = list(subtrees(right))
            named = any(isinstance(n, Sym) for n in parts) and not any(may_be_moment(n) for n in parts)
            named = named and right not in _IDENTITIES  # an involution
            if isinstance(base, Sym) and base.font in ("", "it") and _is_small(base.name) and named:
                name = letter if sub is None else Script(letter, sub, start=left.start, end=left.end)
                return name, Sqrt(right, start=right.start, end=right.end)
            return None
        case _:
            return None


def by_its_square(fact: DefinitionFact) -> bool:
    """Whether a definition was told as `σ² = E`: its root is nowhere written."""
    right = fact.right
    return isinstance(right, Sqrt) and (right.start, right.end) == (right.body.start, right.body.end)


def _is_small(name: str) -> bool:
    return name != "d" and name.lstrip("\\")[:1].islower()


def spoken(word: str, left: Node, of: Node, at: Node | None = None) -> Node | None:
    """What the word for an operation says that `left` is, `of` being what it is applied to; None for other words.

    A function that `left` shows with its argument is `of` at that argument: J(x) is the Jacobian of r at x.
    """
    operation = _OPERATIONS.get(word)
    argument = _argument(left) or (Fence("(", ")", at, start=at.start, end=at.end) if at is not None else None)
    return operation(_applied(of, argument)) if operation is not None else None


def _argument(node: Node) -> Fence | None:
    match node:
        case Juxt(items=(_, Fence(open="(") as fence)):
            return fence
        case _:
            return None


def _applied(of: Node, argument: Fence | None) -> Node:
    return Juxt((of, argument), start=of.start, end=of.end) if argument is not None and _argument(of) is None else of


_IDENTITIES = tuple(Sym("I", font) for font in ("", "bf", "rm", "sf"))
_MINUS_ONE = Add(("-",), (Num("1"),))


def _script(sup: Node) -> Callable[[Node], Node]:
    return lambda of: Script(of, None, sup, start=of.start, end=of.end)


def _function(name: str) -> Callable[[Node], Node]:
    return lambda of: Juxt((Name(name), Fence("(", ")", of)), start=of.start, end=of.end)


def _before(sign: Node) -> Callable[[Node], Node]:
    return lambda of: Juxt((sign, *_factors(of)), start=of.start, end=of.end)


def _factors(of: Node) -> tuple[Node, ...]:
    return of.items if isinstance(of, Juxt) else (of,)


def _jacobian(of: Node) -> Node | None:
    """∂r/∂xᵀ, one row per output in every layout; None where the words leave x unsaid."""
    argument = _argument(of)
    if argument is None or not isinstance(argument.body, Sym):
        return None
    sign = Sym("\\partial")
    below = Juxt((sign, Script(argument.body, None, Sym("\\top"))))
    return Frac(Juxt((sign, *_factors(of))), below, start=of.start, end=of.end)


_OPERATIONS: Mapping[str, Callable[[Node], Node | None]] = MappingProxyType({
    "inverse": _script(_MINUS_ONE),
    "transpose": _script(Sym("\\top")),
    "pseudoinverse": _script(Sym("\\dagger")),
    "determinant": _function("det"),
    "trace": _function("tr"),
    "gradient": _before(Sym("\\nabla")),
    "hessian": _before(Script(Sym("\\nabla"), None, Num("2"))),
    "jacobian": _jacobian,
})  # fmt: skip
