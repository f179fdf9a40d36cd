"""Shapes of symbols without definition: what the document declares, its use needs or its looks suggest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from derivcheck.context.facts import Convention, FunctionFact, ShapeFact
from derivcheck.notation import tree
from derivcheck.readings import fields
from derivcheck.readings.known import plain
from derivcheck.readings.unify import parse_dim
from derivcheck.terms.dim import ONE, SCALAR, Dim, Shape

if TYPE_CHECKING:
    from derivcheck.readings.elaborator import Elaborator

_BLOCK_NAME = re.compile(r"[_^]\{?[1-3]\s*,?\s*[1-3]\}?$")  # A_{12}, Σ^{11}: a block of any size
_KIND_OF = {"scalar": "scalar", "column": "column", "vector": "column", "row": "row"}
_SCALAR = frozenset({"integer", "natural", "unit_interval", "greater_one"})
VECTOR = frozenset({"unit", "probability", "one_hot"})
SQUARE = frozenset({
    "symmetric", "skew", "spd", "psd", "orthogonal", "rotation", "diagonal", "idempotent", "projection", "upper",
    "lower", "unitriangular", "invertible", "permutation", "stochastic",
})  # fmt: skip


def shape_of(e: Elaborator, key: str, properties: frozenset[str]) -> tuple[Shape, str]:
    """Shape of an undefined symbol and where it comes from."""
    field = fields.kind_of(e, key)
    if field is not None and e.known.shape(key) is None:
        return shape_of_kind(e, field), "field"
    if (kind := e.choice.kind(key)) is not None:
        e.flipped[key] = default_kind(e, key)
        return shape_of_kind(e, kind), "reading"
    fact = e.known.shape(key)
    if fact is not None:
        return declared_shape(e, fact), "declared"
    function = e.known.function(key)
    if function is not None and (function.rows or function.cols):
        return _function_shape(e, function), "declared"
    if properties & _SCALAR:
        return SCALAR, "declared"
    if properties & VECTOR:
        return shape_of_kind(e, "column"), "declared"
    if properties & SQUARE:
        return shape_of_kind(e, "square"), "declared"
    if properties & {"full_column_rank", "full_row_rank"}:
        return shape_of_kind(e, "matrix"), "declared"
    if key in e.known.learned:
        return shape_of_kind(e, e.known.learned[key]), "inferred"
    like = _like_its_kin(e, key)
    if like is not None:
        return like
    if key.startswith("bf:") and _names_a_matrix_by_entries(e, key):
        return shape_of_kind(e, "matrix"), "indices"
    if key in e.chain.potentials:
        return SCALAR, "gradient taken"
    earlier = e.known.earlier_shape(key)
    domain = _domain(e, key, earlier.item if earlier is not None else -1)
    if domain is not None:
        e.typographic.setdefault(key, "scalar" if e.unifier.is_scalar(domain) else "column")
        return domain, ARGUMENT
    if earlier is not None:
        e.typographic.setdefault(key, _KIND_OF.get(earlier.kind, "matrix"))
        return declared_shape(e, earlier), "declared earlier"
    bare = _estimated(key)
    if bare is not None and (fact := e.known.shape(bare) or e.known.earlier_shape(bare)) is not None:
        e.typographic.setdefault(key, _KIND_OF.get(fact.kind, "matrix"))
        return declared_shape(e, fact), "declared without its accent"
    stated = _stated_kind(e, key)
    if stated is not None:
        return shape_of_kind(e, stated), "stated convention"
    kind = "any" if _BLOCK_NAME.search(key) else default_kind(e, key)
    e.typographic.setdefault(key, kind)
    return shape_of_kind(e, kind), "convention"


ARGUMENT = "argument of a declared function"  # where a shape comes from
_RANDOM = frozenset("STUVXYZ")  # usual letters for random variables
_RUNNING = "ijklmnpqrst"
_KINDS_SHOWN = frozenset({"matrix", "vector", "nonscalar"})


def _like_its_kin(e: Elaborator, key: str) -> tuple[Shape, str] | None:
    """x_j as x_i is declared, read or known from what was verified, d_2 as d_1 is read; None where nothing is said of
    any."""
    base, _, index = key.rpartition("_")
    if base and len(index) == 1 and index.isdigit():
        taken = next((kind for k, kind in e.choice.kinds if k[:-1] == f"{base}_" and k[-1].isdigit()), None)
        return (shape_of_kind(e, taken), "reading") if taken is not None else None
    for other in _kin(key):
        if (kind := e.choice.kind(other)) is not None:
            return shape_of_kind(e, kind), "reading"
        fact = e.known.shape(other)
        if fact is not None and not (fact.kind == "like" and fact.like == key):
            return declared_shape(e, fact), "declared"
        if other in e.known.learned:
            return shape_of_kind(e, e.known.learned[other]), "inferred"
    return None


def _estimated(key: str) -> str | None:
    """x of x̂ and x̃: an estimate of it, an error in it, of its shape. A mean x̄ may be a number."""
    name, bracket, inner = key.partition("(")
    return inner[:-1] if bracket and inner.endswith(")") and name in _ESTIMATES else None


_ESTIMATES = frozenset({"hat", "widehat", "tilde", "widetilde"})


def _kin(key: str) -> tuple[str, ...]:
    """x_i, x_k, … for x_j."""
    base, _, index = key.rpartition("_")
    if not base or len(index) != 1 or index not in _RUNNING:
        return ()
    return tuple(f"{base}_{letter}" for letter in _RUNNING if letter != index)


def _domain(e: Elaborator, key: str, since: int) -> Shape | None:
    """The shape of x from f: ℝⁿ → ℝ where the document writes f(x); None where functions disagree, or where these were
    declared no later than the item `since`, in which x was something itself."""
    found = set()
    for hint in e.known.usage.of(key):
        match hint.split():
            case ["argument", place, "of", count, "of", name]:
                function = e.known.function(name)
                if function is not None and len(function.arg_shapes) == int(count) and function.item > since:
                    found.add(function.arg_shapes[int(place)])
            case _:
                pass
    if len(found) != 1:
        return None
    return domain_shape(*found.pop())


def domain_shape(rows: str, cols: str) -> Shape | None:
    """The shape that a space in a signature names."""
    sizes = (parse_dim(rows or "1"), parse_dim(cols or "1"))
    return (sizes[0], sizes[1]) if sizes[0] is not None and sizes[1] is not None else None


def _names_a_matrix_by_entries(e: Elaborator, key: str) -> bool:
    """𝐜 beside c_{ij}: a matrix, unless the entries belong to the capital of the letter or 𝐜 is used as a vector."""
    letter = plain(key)
    if "double" not in e.known.usage.of(letter) or e.known.usage.of(key) & {"vector", "nonscalar"}:
        return False
    capitals = [font + letter.upper() for font in ("", "bf:", "sf:")] if len(letter) == 1 else []
    return not any(e.known.declared(c) or e.known.usage.of(c) for c in capitals if c not in (key, letter))


def _stated_kind(e: Elaborator, key: str) -> str | None:
    """The kind that a convention in words gives a letter."""
    letter = plain(key).split("_")[0]
    bold = key.startswith("bf:")
    if (
        bold
        and e.known.has(Convention.BOLD_LOWER_VECTOR)
        and (letter[:1].islower() or (letter[:1] == "\\" and letter[1:2].islower()))
    ):
        return "column"
    if bold and e.known.has(Convention.BOLD_UPPER_MATRIX) and letter[:1].isupper():
        return "matrix"
    return None


def shape_of_kind(e: Elaborator, kind: str) -> Shape:
    u = e.unifier
    match kind:
        case "scalar":
            return SCALAR
        case "column" | "vector":
            return (u.fresh(proper=True), ONE)
        case "row":
            return (ONE, u.fresh(proper=True))
        case "square":
            n = _common_order(e) or u.fresh(proper=True)
            return (n, n)
        case "any":
            return u.fresh_shape()
        case _:
            order = _common_order(e)
            return (order, order) if order is not None else (u.fresh(proper=True), u.fresh(proper=True))


def _common_order(e: Elaborator) -> Dim | None:
    """The order of all matrices where the document says that they are square of one order."""
    if not e.known.has(Convention.SQUARE_MATRICES):
        return None
    fact = e.known.at.conventions().get(Convention.SQUARE_MATRICES)
    return parse_dim(fact.detail) if fact is not None else None


def declared_shape(e: Elaborator, fact: ShapeFact) -> Shape:
    rows, cols = parse_dim(fact.rows), parse_dim(fact.cols)
    u = e.unifier
    match fact.kind:
        case "scalar":
            return SCALAR
        case "column" | "vector":
            return (rows or u.fresh(proper=True), ONE)
        case "row":
            return (ONE, cols or u.fresh(proper=True))
        case "square":
            n = rows or cols or u.fresh(proper=True)
            return (n, n)
        case "like" if fact.like and fact.like != fact.key and fact.like not in e.defining:
            return _shape_like(e, fact)
        case _:
            return (rows or u.fresh(proper=True), cols or u.fresh(proper=True))


def _shape_like(e: Elaborator, fact: ShapeFact) -> Shape:
    from derivcheck.readings import symbols

    outer, e.defining = e.defining, e.defining | {fact.key}
    try:
        symbols.named_dependency(e, fact.like, tree.Sym(fact.like))
    finally:
        e.defining = outer
    return e.symbols[fact.like].shape


def _function_shape(e: Elaborator, fact: FunctionFact) -> Shape:
    return (parse_dim(fact.rows) or ONE, parse_dim(fact.cols) or ONE)


def default_kind(e: Elaborator, key: str) -> str:
    """What typography and use suggest for an undeclared symbol: stated conventions, use, then the usual ones."""
    hints = e.known.usage.of(key)
    for kin in _kin(key):
        hints |= e.known.usage.of(kin) & _KINDS_SHOWN
    letter = plain(key).split("_")[0].split("^")[0]
    if letter.startswith(("hat(", "bar(", "tilde(", "overline(", "widehat(", "widetilde(", "vec(", "Delta(")):
        inner = key.split("(", 1)[1].split(")")[0]
        if letter.startswith("vec("):
            return "column"
        key, letter = inner, plain(inner).split("_")[0]
    bold = key.startswith(("bf:",))
    upper = letter[:1].isupper() or (letter.startswith("\\") and letter[1:2].isupper())
    if "matrix" in hints:
        return "matrix"
    if "number" in hints and not bold and not hints & {"nonscalar", "vector", "double"}:
        return "scalar"
    if key in e.chain.intermediate and not upper:
        return "column"
    if e.known.has(Convention.ITALIC_SCALAR) and not bold and ":" not in key:
        return "matrix" if upper and "nonscalar" in hints else "scalar"
    if upper and hints & {"divisor", "potential"} and not bold and not hints & {"nonscalar", "vector"}:
        if "divisor" in hints or "combined" not in hints:  # the L of ∂L/∂W, of which nothing else is made
            return "scalar"
    if upper and {"called", "primed"} <= hints and "of t" not in hints and not bold:
        if not hints & {"nonscalar", "vector"}:  # the V of V'(r); X'(t) may be anything that moves
            return "scalar"
    if letter in _RANDOM and not bold and ("averaged" in hints or "random" in e.known.properties(key)):
        if not hints & {"nonscalar", "vector", "double"}:
            return "scalar"
        if not hints & {"multiplies", "double"}:
            return "column"
    if upper and not key.startswith(("cal:", "scr:", "bb:", "frak:")):
        return "matrix"
    if upper:
        return "matrix" if "nonscalar" in hints else "scalar"
    if bold or hints & {"vector", "nonscalar"}:
        return "column"
    if any(_is_vector(e, hint.removeprefix("beside ")) for hint in hints if hint.startswith("beside ")):
        return "column"
    if e.known.has(Convention.LOWER_VECTOR) and not letter.startswith("\\") and letter not in "ijklmnpqrst":
        return "column"
    return "scalar"


def _is_vector(e: Elaborator, key: str) -> bool:
    return e.known.is_column(key) or bool(e.known.usage.of(key) & {"vector", "nonscalar"})
