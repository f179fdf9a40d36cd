"""The surface tree: what is written, with ambiguity kept. No meaning yet.

Every node has `start` and `end`: offsets in the text of its math block. Nodes are values: equality ignores
position. Nothing here decides whether `f(x)` is a call, `^T` a transpose, `|x|` a determinant, `d` a differential.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class _Node:
    start: int = field(compare=False, kw_only=True, default=0)
    end: int = field(compare=False, kw_only=True, default=0)


@dataclass(frozen=True, slots=True)
class Num(_Node):
    text: str  # "12", "3.14"


@dataclass(frozen=True, slots=True)
class Sym(_Node):
    """One letter or symbol-like command (`x`, `\\alpha`, `\\ell`, `\\partial`, `\\nabla`, `\\infty`, `\\top`).

    `font` is "" or one of bf (mathbf, bm, boldsymbol, pmb, textbf), cal, scr, frak, bb, sf, tt, rm, it.
    """

    name: str
    font: str = ""


@dataclass(frozen=True, slots=True)
class Name(_Node):
    """A multi-letter upright name: log of `\\log`, vec of `\\operatorname{vec}`, tr of `\\mathrm{tr}` …"""

    text: str


@dataclass(frozen=True, slots=True)
class Accent(_Node):
    """hat, bar, tilde, dot, ddot, vec, overline, widehat, underline, check, breve, mathring …"""

    accent: str
    body: Node


@dataclass(frozen=True, slots=True)
class Script(_Node):
    """base_sub^sup with `primes` prime marks; `sub` and `sup` may be lists (`_{i,j}`) or relations (`_{t=0}`)."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Juxt(_Node):
    """Two or more things side by side: product, call, or operator applied; nobody knows yet."""

    items: tuple[Node, ...]
    gaps: tuple[bool, ...] = field(compare=False, default=())  # white space or \, before items[i+1]


@dataclass(frozen=True, slots=True)
class Infix(_Node):
    """left op right, left associative.

    The signs: \\cdot \\times \\otimes \\odot \\circ \\ast * \\star / \\div : \\wedge \\oplus \\bullet .
    """

    op: str  # with its backslash, or the character
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Add(_Node):
    """A signed sum: `signs[i]` is "+", "-", "\\pm" or "\\mp" before `terms[i]`; a lone signed term is an Add of one.

    `-A B` is Add(("-",), (Juxt(A, B),)). A first term without a sign has "+" and explicit[0] is False.
    """

    signs: tuple[str, ...]
    terms: tuple[Node, ...]
    leading: bool = False  # the first sign is written


@dataclass(frozen=True, slots=True)
class Frac(_Node):
    num: Node
    den: Node
    style: str = "frac"  # frac, binom


@dataclass(frozen=True, slots=True)
class Sqrt(_Node):
    body: Node
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Fence(_Node):
    """A delimited group. `open`/`close` are ( ) [ ] { } | \\| < > \\lfloor \\rfloor \\lceil \\rceil or "." (none).

    `<`/`>` stand for \\langle/\\rangle. `{`/`}` here are the visible braces \\{ \\}. Invisible TeX groups vanish.
    """

    open: str
    close: str
    body: Node


@dataclass(frozen=True, slots=True)
class Sequence(_Node):
    """Things separated by `,` `;` or `\\mid`/`|` (conditional arguments): `f(x; θ)`, `\\langle a, b\\rangle`, `_{i,j}`.

    A trailing or doubled separator leaves an Empty element.
    """

    items: tuple[Node, ...]
    separators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Empty(_Node):
    """An empty group: `{}`, the base of `{}^{\\mathsf T}`."""


@dataclass(frozen=True, slots=True)
class Big(_Node):
    """\\sum, \\prod, \\int (also \\iint, \\oint), \\lim, \\max, \\min, \\sup, \\inf, \\arg\\max (argmax), \\bigcup …

    `body` is the product that follows (for integrals: everything up to and with the differential `d x`, the
    differential staying in the body); None when nothing follows.
    """

    op: str  # "sum", "prod", "int", "lim", …
    sub: Node | None
    sup: Node | None
    body: Node | None


@dataclass(frozen=True, slots=True)
class Grid(_Node):
    """matrix, pmatrix, bmatrix, vmatrix, Vmatrix, array, smallmatrix, cases (open "{"), aligned inside a formula."""

    env: str
    open: str
    close: str
    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Factorial(_Node):
    body: Node
    count: int = 1


@dataclass(frozen=True, slots=True)
class At(_Node):
    """`\\left. body \\right|_{sub}^{sup}` or `body \\big|_{sub}`: an evaluated expression."""

    body: Node
    sub: Node | None
    sup: Node | None


@dataclass(frozen=True, slots=True)
class Rel(_Node):
    """A chain of relations inside a subtree (`i\\ne j`, `t=0`, `k=1`, `x \\in S`): items[0] ops[0] items[1] …"""

    items: tuple[Node, ...]
    ops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Styled(_Node):
    """Decoration around a body: cancel, underbrace, overbrace, underline, boxed, color; `note` is its label.

    Layout-only wrappers (\\displaystyle, \\mathstrut, \\phantom, \\left) leave no node. `cancel` is kept since a
    cancelled term is zero in one author's hand and merely simplified in another's.
    """

    style: str
    body: Node
    note: Node | None = None


@dataclass(frozen=True, slots=True)
class Stack(_Node):
    """\\overset{above}{body}, \\underset{below}{body}, \\stackrel: not around relation signs (those are relations)."""

    body: Node
    above: Node | None = None
    below: Node | None = None


@dataclass(frozen=True, slots=True)
class Dots(_Node):
    kind: str  # cdots, ldots, vdots, ddots, dots


@dataclass(frozen=True, slots=True)
class Words(_Node):
    """Prose inside math: \\text{if }, CJK runs."""

    text: str


@dataclass(frozen=True, slots=True)
class Opaque(_Node):
    """What could not be read, and why. An unknown command is opaque, never a factor."""

    source: str
    reason: str


Node = (
    Num | Sym | Name | Accent | Script | Juxt | Infix | Add | Frac | Sqrt | Fence | Sequence | Empty | Big | Grid
    | Factorial | At | Rel | Styled | Stack | Dots | Words | Opaque
)  # fmt: skip
