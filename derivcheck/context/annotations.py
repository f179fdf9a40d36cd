"""What the user tells derivcheck in a comment: `<!-- derivcheck: … -->`, `% derivcheck: …`.

    annotation := statement (";" statement)*
    statement  := ["let"] names ":" kind ("," property)*
                | "assume" relation                            m >= n, A = A^T, x > 0, A \\succ 0
                | "layout" ("numerator" | "denominator" | "mixed")
                | "gradient" ("column" | "row" | "like")
                | "einstein"
                | "ignore"                                      (read by the pipeline, states nothing)
    names      := name ("," name)*                              LaTeX; Greek letters also spelled out (lambda)
    kind       := "scalar" | "vector(n)" | "column(n)" | "row(n)" | "matrix(m, n)" | "square(n)"
                | property "(n)"                                a square matrix: spd(n), orthogonal(n), …
                | "function(" names ")" ["->" kind]
    property   := positive | negative | nonnegative | nonzero | integer | natural | symmetric | skew | spd | …

It holds from the comment to the end of its section (before the first section: in the whole document).
A statement that cannot be read is a `Problem`; it never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from derivcheck.context.facts import Convention, ConventionFact, Fact, FunctionFact, Scope, ShapeFact
from derivcheck.context.memberships import relation_facts
from derivcheck.context.site import Site
from derivcheck.context.subjects import dimension, key_of
from derivcheck.documents.model import Annotation, Macro, MathBlock, Problem
from derivcheck.notation.lexer import tokenize
from derivcheck.notation.parser import parse
from derivcheck.notation.tree import Node
from derivcheck.statements.split import read_display

PROPERTIES = frozenset({
    "positive", "negative", "nonnegative", "nonzero", "integer", "natural", "unit_interval", "greater_one",
    "symmetric", "skew", "spd", "psd", "orthogonal", "rotation", "diagonal", "idempotent", "projection",
    "upper", "lower",
    "unitriangular", "invertible", "full_column_rank", "full_row_rank", "permutation", "stochastic", "unit",
    "probability", "one_hot", "orthonormal", "constant", "variable",
})  # fmt: skip
_GREEK = frozenset({
    "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota",
    "kappa",
    "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi",
    "omega",
    "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell",
})  # fmt: skip
_LAYOUTS = {
    "layout numerator": Convention.NUMERATOR,
    "layout denominator": Convention.DENOMINATOR,
    "layout mixed": Convention.MIXED,
    "gradient column": Convention.GRADIENT_COLUMN,
    "gradient row": Convention.GRADIENT_ROW,
    "gradient like": Convention.GRADIENT_LIKE,
    "einstein": Convention.EINSTEIN,
}
_CALL = re.compile(r"(\w+)\s*(?:\(([^()]*)\))?\s*(?:->\s*(.+))?$", re.DOTALL)
_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class Misread:
    statement: str
    reason: str


def annotation_facts(
    annotation: Annotation, site: Site, macros: Mapping[str, Macro], dims: frozenset[str]
) -> Iterator[Fact | Misread]:
    """The facts of one comment, and a Misread for each statement that is not understood."""
    for statement in annotation.text[:_LIMIT].split(";"):
        text = " ".join(statement.split())
        if not text or text == "ignore" or text.startswith("ignore "):
            continue
        if text in _LAYOUTS:
            yield ConventionFact(site.span, site.scope, site.item, _LAYOUTS[text])
        elif text.startswith("assume "):
            yield from _assumed(text.removeprefix("assume "), annotation, site, macros, dims)
        elif ":" in text:
            yield from _declared(text.removeprefix("let "), site, macros)
        else:
            yield Misread(text, "neither a declaration nor a known word")


def annotation_problems(annotation: Annotation, macros: Mapping[str, Macro]) -> tuple[Problem, ...]:
    """The statements of a comment that could not be read."""
    nowhere = Scope(0, 0)
    site = Site(annotation.span, 0, nowhere, nowhere, nowhere)
    found = annotation_facts(annotation, site, macros, frozenset())
    return tuple(
        Problem(f"derivcheck comment not understood: {m.statement!r}: {m.reason}", annotation.span)
        for m in found
        if isinstance(m, Misread)
    )


def _node(text: str, macros: Mapping[str, Macro]) -> Node:
    source = "\\" + text if text in _GREEK else text
    return parse(tokenize(source, macros), source)


def _keys(text: str, macros: Mapping[str, Macro]) -> tuple[str, ...] | None:
    found = [key_of(_node(name.strip(), macros)) for name in text.split(",")]
    return tuple(k for k in found if k is not None) if found and all(found) else None


def _declared(text: str, site: Site, macros: Mapping[str, Macro]) -> Iterator[Fact | Misread]:
    left, _, right = text.partition(":")
    keys = _keys(left, macros)
    if keys is None:
        yield Misread(text, f"{left.strip()!r} is no list of symbols")
        return
    kind, *words = _split(right)
    for word in words:
        if word not in PROPERTIES:
            yield Misread(text, f"unknown property {word!r}")
    for key in keys:
        yield from _kind(key, kind, site, macros, text)
        for word in words:
            if word in PROPERTIES:
                yield site.property(key, word)


def _split(text: str) -> list[str]:
    """At commas outside brackets."""
    out, depth, start = [], 0, 0
    for k, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if c == "," and depth <= 0:
            out.append(text[start:k].strip())
            start = k + 1
    return [*out, text[start:].strip()]


def _kind(key: str, kind: str, site: Site, macros: Mapping[str, Macro], text: str) -> Iterator[Fact | Misread]:
    m = _CALL.match(kind)
    word, inside, result = m.groups() if m else ("", None, None)
    if word == "function":
        yield from _function(key, inside or "", result, site, macros, text)
        return
    dims = [dimension(_node(d.strip(), macros)) for d in inside.split(",")] if inside else []
    match word, dims:
        case "scalar", []:
            yield site.shape(key, "scalar", "1", "1")
        case "vector", [str(n)]:
            yield site.shape(key, "vector", n, "")
        case "column", [str(n)]:
            yield site.shape(key, "column", n, "1")
        case "row", [str(n)]:
            yield site.shape(key, "row", "1", n)
        case "matrix", [str(rows), str(cols)]:
            yield site.sized(key, rows, cols)
        case "square", [str(n)]:
            yield site.shape(key, "square", n, n)
        case _, [str(n)] if word in PROPERTIES:
            yield site.shape(key, "square", n, n)
            yield site.property(key, word)
        case _, [] if word in PROPERTIES:
            yield site.property(key, word)
        case _:
            yield Misread(text, f"unknown kind {kind!r}")


def _function(
    key: str, inside: str, result: str | None, site: Site, macros: Mapping[str, Macro], text: str
) -> Iterator[Fact | Misread]:
    args = _keys(inside, macros)
    if args is None:
        yield Misread(text, f"{inside!r} is no list of arguments")
        return
    rows = cols = ""
    if result:
        for fact in _kind(key, result, site, macros, text):
            if isinstance(fact, Misread):
                yield fact
            elif isinstance(fact, ShapeFact):
                rows, cols = fact.rows, fact.cols or "1"
    yield FunctionFact(site.span, site.scope, site.item, key, args, rows, cols)


def _assumed(
    relation: str, annotation: Annotation, site: Site, macros: Mapping[str, Macro], dims: frozenset[str]
) -> Iterator[Fact | Misread]:
    source = relation.replace(">=", "\\ge ").replace("<=", "\\le ").replace("!=", "\\ne ")
    block = MathBlock(False, "$", source, range(len(source) + 1), annotation.span)
    found = tuple(relation_facts(read_display(block, macros), site, dims))
    yield from found if found else (Misread(relation, "no relation that can be used"),)
