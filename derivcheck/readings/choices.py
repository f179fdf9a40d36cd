"""Which choices to try for a chain, most natural first. Bounded: past the cap a link is `unknown(ambiguous)`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from derivcheck.context.facts import Convention
from derivcheck.notation import tree
from derivcheck.notation.keys import symbol_key
from derivcheck.notation.walk import subtrees
from derivcheck.readings.calculus import split_derivative
from derivcheck.readings.choice import DENOMINATOR, MIXED, NUMERATOR, NUMERATOR_ROWS, Choice, Layout, Side
from derivcheck.readings.known import Known

MAX_CHOICES = 64


def declared_layouts(known: Known) -> tuple[Layout, ...]:
    """Layouts the document allows here by its own words; () when it says nothing."""
    column = known.has(Convention.GRADIENT_COLUMN) or known.has(Convention.GRADIENT_LIKE)
    if known.has(Convention.NUMERATOR):
        if known.has(Convention.GRADIENT_ROW):
            return (NUMERATOR_ROWS,)
        return (NUMERATOR,) if column else (NUMERATOR, NUMERATOR_ROWS)
    if known.has(Convention.DENOMINATOR):
        return (DENOMINATOR, replace(DENOMINATOR, nabla_vector=Side.NUMERATOR))
    if known.has(Convention.MIXED):
        return (MIXED,)
    if known.has(Convention.GRADIENT_ROW):
        return (NUMERATOR_ROWS,)
    if column:
        return (MIXED, DENOMINATOR)
    return ()


def all_layouts() -> tuple[Layout, ...]:
    return (MIXED, DENOMINATOR, NUMERATOR, NUMERATOR_ROWS, replace(MIXED, nabla_vector=Side.DENOMINATOR))


def has_derivative(nodes: Iterable[tree.Node]) -> bool:
    for root in nodes:
        for node in subtrees(root):
            match node:
                case tree.Frac(num=num, den=den) | tree.Infix(op="/", left=num, right=den):
                    if split_derivative(num, den) is not None:
                        return True
                case tree.Sym(name="\\nabla"):
                    return True
                case _:
                    pass
    return False


def natural(nodes: tuple[tree.Node, ...], known: Known) -> Iterator[Choice]:
    """Choices that can refute: each layout allowed, summation convention where it is stated."""
    einstein = known.has(Convention.EINSTEIN) and not _has_sum(nodes)
    layouts: tuple[Layout, ...] = (MIXED,)
    if has_derivative(nodes):
        layouts = declared_layouts(known) or all_layouts()
    for layout in layouts:
        yield Choice(layout=layout, einstein=einstein)


def rescuing(nodes: tuple[tree.Node, ...], known: Known, base: Choice) -> Iterator[Choice]:
    """Less natural choices, each differing in one respect from `base`."""
    if not base.einstein and not _has_sum(nodes) and _has_repeated_index(nodes):
        yield replace(base, einstein=True)
    if base.einstein and _has_sum(nodes) is False:
        yield replace(base, einstein=False)
    if any(isinstance(n, tree.Add) for root in nodes for n in subtrees(root)):
        yield replace(base, broadcast=True)
        yield replace(base, scalar_identity=True)
        if _has_sum(nodes):
            yield replace(base, wide_sums=True)
    if any(isinstance(n, tree.Big) and isinstance(n.sub, tree.Rel) for root in nodes for n in subtrees(root)):
        yield replace(base, bind_both=True)
    if any(isinstance(n, tree.Name) and n.text in ("det", "rank", "vec") for root in nodes for n in subtrees(root)):
        yield replace(base, wide_functions=True)
    yield replace(base, entrywise=True)
    yield replace(base, entrywise=True, broadcast=True)
    if has_derivative(nodes):
        yield replace(base, rows_as_columns=True)
        yield replace(base, tight_operators=True)
        yield replace(base, gradient_through=True)
    yield replace(base, ignore_marks=True)
    yield replace(base, fit_identities=True)
    if any(isinstance(n, tree.Infix) and n.op == "\\otimes" or n == tree.Name("vec") for root in nodes for n in subtrees(root)):
        yield replace(base, commutation=True)


GENERALITY = {"scalar": 0, "column": 1, "row": 1, "matrix": 2}


def generalising(base: Choice, conventional: tuple[tuple[str, str], ...]) -> Iterator[Choice]:
    """Flips to less special kinds only; and everything a scalar where nothing is known to be more."""
    for key, now in conventional:
        for kind in ("column", "matrix"):
            if GENERALITY[kind] > GENERALITY.get(now, 2):
                yield replace(base, kinds=(*base.kinds, (key, kind)))


def all_scalars(base: Choice, conventional: tuple[tuple[str, str], ...]) -> Choice:
    return replace(base, kinds=tuple((key, "scalar") for key, _ in conventional))


def with_kinds(base: Choice, conventional: tuple[tuple[str, str], ...]) -> Iterator[Choice]:
    """Flip the kind of symbols whose shape is mere typography: one at a time, then all alike, then pairs."""
    flips = {"scalar": ("column", "matrix"), "column": ("scalar", "matrix"), "matrix": ("scalar", "column")}
    singles = [(key, kind) for key, now in conventional for kind in flips.get(now, ())]
    same = tuple((key, now) for key, now in conventional if now != "scalar")
    if same:
        yield replace(base, kinds=(*base.kinds, *same))  # sizes of their own for all of them
    for pair in singles:
        yield replace(base, kinds=(*base.kinds, pair))
    for wanted in ("column", "scalar", "matrix"):
        together = tuple((key, wanted) for key, now in conventional if now != wanted)
        if len(together) > 1:
            yield replace(base, kinds=(*base.kinds, *together))
    for i, a in enumerate(singles):
        for b in singles[i + 1 :]:
            if a[0] != b[0]:
                yield replace(base, kinds=(*base.kinds, a, b))


def _has_sum(nodes: Iterable[tree.Node]) -> bool:
    return any(isinstance(n, tree.Big) and n.op in ("sum", "prod") for root in nodes for n in subtrees(root))


def _has_repeated_index(nodes: Iterable[tree.Node]) -> bool:
    for root in nodes:
        letters: list[str] = []
        for node in subtrees(root):
            if isinstance(node, tree.Script) and node.sub is not None:
                letters.extend(k for s in subtrees(node.sub) if isinstance(s, tree.Sym) and (k := symbol_key(s)))
        if len(letters) != len(set(letters)):
            return True
    return False
