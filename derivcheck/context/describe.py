"""From "these formulas are a symmetric m×n matrix" to facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from derivcheck.context.clauses import Attribution, Described
from derivcheck.context.facts import HALF, DefinitionFact, Fact, FunctionFact, MeaningFact, RankFact, ShapeFact
from derivcheck.context.phrases import Role
from derivcheck.context.site import Site
from derivcheck.context.spoken import spoken
from derivcheck.context.subjects import Subject, subject
from derivcheck.notation.capitals import CAPITAL_INDICES
from derivcheck.notation.tree import Juxt, Script, Sym

_SQUARE = frozenset({
    "symmetric", "skew", "spd", "psd", "orthogonal", "rotation", "diagonal", "upper", "lower",
    "unitriangular",
    "idempotent", "projection", "invertible", "permutation", "stochastic",
})  # fmt: skip
_OF_INDICES = frozenset({"symmetric", "skew", "spd", "psd"})
_VARIABLES = frozenset("uvwxyz")
_LASTING = frozenset({
    "commutation", "duplication", "elimination", "identity", "levi-civita", "kronecker", "centering",
    "ones", "basis",
})  # fmt: skip
_VECTOR_KINDS = frozenset({"vector", "column", "row"})
_TENSOR_KINDS = frozenset({"vector", "matrix", "square"})
_INDICES = frozenset("ijklmnpqrs") | CAPITAL_INDICES | {"\\alpha", "\\beta", "\\gamma", "\\mu", "\\nu"}
_BASIS = frozenset({"e", "g"})  # letters of base vectors
_REMAINDERS = {"even": "", "odd": "+1"}  # of sizes, divided by two
_FUNCTION_KINDS = {
    "function": "",
    "scalar function": "scalar",
    "vector function": "vector",
    "matrix function": "matrix",
}


@dataclass(frozen=True, slots=True)
class FormulaTexts:
    """What `describe` needs to know of a formula inside a phrase: its dimension, its size, the symbols it
    names."""

    dimension: str | None
    size: tuple[str, str] | None
    subjects: tuple[Subject, ...]
    sized: bool = False  # it names the set of its symbols, and with it their shape
    symbols: frozenset[str] = frozenset()  # of a compound such as `AB`; empty for a list of symbols


@dataclass(slots=True)
class _Summary:
    """The description put together."""

    kind: str = ""
    rows: str = ""
    cols: str = ""
    length: str = ""
    order: str = ""
    rank: str = ""
    sizes: tuple[tuple[str, str], ...] = ()
    unlike: bool = False  # of different sizes


def describe(
    attribution: Attribution,
    subjects: Sequence[Subject],
    neighbours: Sequence[Subject],
    formulas: dict[int, FormulaTexts],
    text: str,
    site: Site,
    sized: frozenset[str] = frozenset(),
    components: bool = False,
) -> Iterator[Fact]:
    """The facts of one attribution. `formulas`: by offset in the sentence `text`, those inside its
    phrases; `sized`: keys of the subjects whose own formula says their shape; `components`: the text sums over
    repeated indices."""
    said = [d for d in attribution.description if not d.negated]
    if not said or not subjects:
        return
    summary = _summary(said, formulas)
    props = list(dict.fromkeys([*(p for d in said for p in d.phrase.props), *_full_rank(summary)]))
    function = summary.kind in _FUNCTION_KINDS or any(d.phrase.argument or d.phrase.elementwise for d in said)
    if not (summary.sizes or summary.rows or summary.order) and _OF_INDICES & set(props):
        subjects = [_whole(s) for s in subjects]
    if components and summary.kind in _TENSOR_KINDS and not _is_family(said, subjects, text):
        subjects = [_tensor(s) for s in subjects]
    for k, s in enumerate(subjects):
        if function:
            yield from _function(s, summary, said, formulas, site)
        elif s.key not in sized:
            for fact in _shape(s, k, len(subjects), summary, props, site):
                anew = isinstance(fact, ShapeFact) and _introduces(attribution, fact, text)
                yield replace(fact, anew=True) if isinstance(fact, ShapeFact) and anew else fact
        yield from _properties(s, props, summary, site)
        yield from _meanings(s, said, formulas, text, site)
    yield from _likenesses(said, subjects, neighbours, formulas, site)


def _introduces(attribution: Attribution, fact: ShapeFact, text: str) -> bool:
    """Whether it says without sizes what its subjects are, rather than naming them by what they are known to be. "For
    square $A$" is a case of what $A$ was before."""
    if fact.rows or fact.cols:
        return False
    if fact.kind == "square":
        return attribution.mood in (Role.DEFINE, Role.LET)
    definite = text[: attribution.start].rstrip().lower().endswith("the")
    return attribution.predicate or (attribution.mood in _INTRODUCING and not definite)


_INTRODUCING = frozenset({Role.DEFINE, Role.LET, Role.FOR})


def _whole(s: Subject) -> Subject:
    """ε of "ε_ij symmetric": a property of how the indices stand is one of the matrix. (S_xx is a name.)"""
    match s.node:
        case Script(base=base, sub=Juxt(items=(Sym(name=one), Sym(name=other))), sup=None) if (
            one != other and not {one, other} & _VARIABLES
        ):
            return subject(base) or s
        case _:
            return s


def _is_family(said: Sequence[Described], subjects: Sequence[Subject], text: str) -> bool:
    """Whether the vectors are numbered: "the vectors $a_i$", base vectors."""
    nouns = [text[d.start : d.end].rstrip() for d in said if d.phrase.kind]
    many = len(subjects) == 1 and any(noun.endswith("s") for noun in nouns)
    return many or any(d.phrase.meaning == "basis" for d in said)


def _tensor(s: Subject) -> Subject:
    """u of "the vector u_i", σ of "the stress tensor σ_ij", in a text that sums over repeated indices."""
    match s.node:
        case Script(base=Sym(name=name, font="" | "it") as base, sub=sub, sup=None, primes=0) if name not in _BASIS:
            indices = sub.items if isinstance(sub, Juxt) else (sub,)
            named = all(isinstance(i, Sym) and i.name in _INDICES for i in indices)
            return (subject(base) or s) if named else s
        case _:
            return s


def _summary(said: Sequence[Described], formulas: dict[int, FormulaTexts]) -> _Summary:
    out = _Summary()
    for d in said:
        kind = d.phrase.kind
        if kind and (not out.kind or out.kind in ("square", "matrix", "vector") or kind == "matrix"):
            out.kind = _sharper(out.kind, kind)
        inside = [formulas[k] for k in range(d.start, d.end) if k in formulas]
        match d.phrase.extent:
            case "size":
                out.sizes = (*out.sizes, *(f.size for f in inside if f.size))
            case "rows-cols" if len(inside) == 2:
                out.rows, out.cols = inside[0].dimension or "", inside[1].dimension or ""
            case "rows" if inside:
                out.rows = inside[0].dimension or ""
            case "cols" if inside:
                out.cols = inside[0].dimension or ""
            case "length" if inside:
                out.length = inside[0].dimension or ""
            case "rank" if inside:
                out.rank = inside[0].dimension or ""
            case "unlike":
                out.unlike = True
            case "order" if inside:
                out.order = inside[0].dimension or ""
    return out


def _sharper(known: str, new: str) -> str:
    """The more telling of two kinds of one noun phrase: square over matrix, column over vector."""
    if not known or (known == "matrix" and new == "square") or (known == "vector" and new in ("column", "row")):
        return new
    if known in ("matrix", "square") and new in _VECTOR_KINDS | {"scalar"}:
        return new
    return known if new in ("matrix", "vector") or known not in ("square",) else new


def _full_rank(summary: _Summary) -> Iterator[str]:
    """ "$X$ ($n \\times k$, rank $k$)": the columns are independent."""
    for rows, cols in summary.sizes[:1] if summary.rank else ():
        if summary.rank in (rows, cols):
            yield "full_column_rank" if summary.rank == cols else "full_row_rank"


def _extent(s: Subject, k: int, count: int, summary: _Summary, props: Sequence[str]) -> tuple[str, str, str]:
    """(kind, rows, cols) of the k-th of `count` subjects; kind "" when nothing is said of its shape."""
    kind, rows, cols = summary.kind, summary.rows, summary.cols
    if summary.sizes:
        rows, cols = summary.sizes[k if len(summary.sizes) == count else 0]
        return ("sized", rows, cols)
    if summary.unlike and not kind and s.letter.islower():
        return _vector("vector", "")
    order = summary.order
    if summary.length:
        if kind in ("square", "matrix"):
            order = summary.length
        elif kind != "scalar" and (kind in _VECTOR_KINDS or not s.letter.isupper()):
            return _vector(kind or "vector", summary.length)
    if order:
        return ("square", order, order) if kind not in _VECTOR_KINDS else _vector(kind, order)
    if kind == "matrix" and _SQUARE & set(props):
        kind = "square"
    if kind == "scalar":
        rows = cols = "1"
    elif kind == "column":
        cols = "1"
    elif kind == "row":
        rows = "1"
    return kind, rows, cols


def _vector(kind: str, length: str) -> tuple[str, str, str]:
    match kind:
        case "row":
            return "row", "1", length
        case "column":
            return "column", length, "1"
        case _:
            return "vector", length, ""


def _shape(s: Subject, k: int, count: int, summary: _Summary, props: Sequence[str], site: Site) -> Iterator[Fact]:
    kind, rows, cols = _extent(s, k, count, summary, props)
    if not kind and s.args:
        yield FunctionFact(site.span, site.scope, site.item, s.key, s.args)
    if not kind:
        return
    yield site.sized(s.key, rows, cols) if kind == "sized" else site.shape(s.key, kind, rows, cols)
    if s.args:
        out_cols = cols or ("1" if kind in _VECTOR_KINDS else "")
        yield FunctionFact(site.span, site.scope, site.item, s.key, s.args, rows, out_cols)


def _function(
    s: Subject, summary: _Summary, said: Sequence[Described], formulas: dict[int, FormulaTexts], site: Site
) -> Iterator[Fact]:
    given = [
        x.key
        for d in said
        if d.phrase.argument
        for k in range(d.start, d.end)
        if k in formulas
        for x in formulas[k].subjects
    ]
    args = s.args or tuple(dict.fromkeys(given)) or tuple(d.phrase.by for d in said if d.phrase.by)[:1]
    elementwise = any(d.phrase.elementwise for d in said)
    rows, cols = summary.rows, summary.cols
    if summary.sizes:
        rows, cols = summary.sizes[0]
    match _FUNCTION_KINDS.get(summary.kind, summary.kind):
        case "scalar":
            rows = cols = "1"
        case "vector" | "column":
            rows, cols = summary.length, "1"
        case _:
            pass
    yield FunctionFact(site.span, site.scope, site.item, s.key, args, rows, cols, elementwise)


def _properties(s: Subject, props: Sequence[str], summary: _Summary, site: Site) -> Iterator[Fact]:
    for prop in props:
        if prop == "orthogonal" and (summary.kind in _VECTOR_KINDS or (s.letter.islower() and not summary.kind)):
            yield site.taint(s.key, "orthogonal")
        elif prop in _REMAINDERS:
            twice = f"2*{HALF}{s.key}{_REMAINDERS[prop]}"
            yield RankFact(site.span, site.narrow, site.item, s.key, twice, equal=True)
        else:
            yield site.property(s.key, prop)


def _meanings(
    s: Subject, said: Sequence[Described], formulas: dict[int, FormulaTexts], text: str, site: Site
) -> Iterator[Fact]:
    said_before: set[str] = set()
    for d in said:
        if d.phrase.meaning and d.phrase.meaning not in said_before:
            said_before.add(d.phrase.meaning)
            inside = [x.key for k in range(d.start, d.end) if k in formulas for x in formulas[k].subjects]
            of = tuple(dict.fromkeys(inside)) if d.phrase.of else ()
            lasting = site.lasting if d.phrase.meaning in _LASTING and site.lasting else site.scope
            yield MeaningFact(site.span, lasting, site.item, s.key, d.phrase.meaning, of)
            whole = [x.node for k in range(d.start, d.end) if k in formulas for x in formulas[k].subjects]
            right = spoken(d.phrase.meaning, s.node, *whole) if d.phrase.of and 0 < len(whole) < 3 else None
            if right is not None:
                yield DefinitionFact(site.span, site.forward, site.item, s.node, right, True)
        if d.phrase.taint:
            words = "".join(c for c in text[d.start : d.end] if not "\ue000" <= c <= "\uf8ff")
            yield site.taint(s.key, words)


def _likenesses(
    said: Sequence[Described],
    subjects: Sequence[Subject],
    neighbours: Sequence[Subject],
    formulas: dict[int, FormulaTexts],
    site: Site,
) -> Iterator[Fact]:
    for d in said:
        if not d.phrase.like:
            continue
        named = [x for k in range(d.start, d.end) if k in formulas for x in formulas[k].subjects]
        if named:
            pairs = [(s, named[0]) for s in subjects]
        elif len(subjects) > 1:
            pairs = [(s, subjects[0]) for s in subjects[1:]]
        else:
            pairs = [(subjects[0], n) for n in neighbours[-1:]]
        for s, model in pairs:
            if s.key != model.key:
                yield site.shape(s.key, "like", like=model.key)
